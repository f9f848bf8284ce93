"""What is worked out of a class, on one so small that it was worked out by hand as well."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from kit.classroom import sentences, tables
from kit.classroom.choice import Choice
from kit.classroom.class_data import (
    ClassProgress,
    ClassWork,
    Failure,
    Gradebook,
    Learner,
    Mark,
    Pair,
    Submission,
    Task,
    Tried,
    WasAt,
    Work,
    Wrong,
)
from kit.classroom.insight import Insight
from kit.classroom.items import correlation
from kit.course import Course, load_course
from tests.conftest import ROOT
from tests.small_class import LESSON, POINTS

TASKS = [Task("a1", "field", "t1", 2), Task("a1", "field", "t2", 4), Task("a1", "field", "t3", 10)]
GAP = Wrong("344", "Gaps are no values.")


class SmallClass:
    """Six learners with marks; of three of them there is progress, of a seventh nothing else."""

    def gradebook(self) -> Gradebook:
        return Gradebook(
            learners=[Learner("ada", "Ada Lovelace"), *(Learner(each) for each in [*POINTS][1:])],
            tasks=TASKS,
            submissions=[
                Submission(each, "a1", "field", f"key-{each}", 1.5 if each == "kim" else 0.0)
                for each in POINTS
            ],
            marks=[
                Mark(learner, "a1", "field", cell, points)
                for learner, own in POINTS.items()
                for cell, points in zip(("t1", "t2", "t3"), own, strict=True)
            ],
        )

    def progress(self) -> ClassProgress:
        return ClassProgress(
            tried=[
                Tried("ada", LESSON, "rows_are", 1, True),
                Tried("ada", LESSON, "known_sex", 2, True, [GAP]),
                Tried("ben", LESSON, "known_sex", 3, False, [GAP, Wrong("11", "The other way.")]),
                Tried("zoe", LESSON, "known_sex", 2, False, [GAP]),
                Tried("zoe", LESSON, "no_more_there", 9, False, [GAP]),
            ],
            places=[
                WasAt("ada", LESSON, "known_sex", "2026-03-02T10:00:00+00:00"),
                WasAt("ben", LESSON, "known_sex", "2026-03-03T10:00:00+00:00"),
                WasAt("zoe", LESSON, "", "2026-03-01T10:00:00+00:00"),
            ],
        )

    def work(self) -> ClassWork:
        failed = [Failure("t1", "AssertionError", "Too few rows.")]
        return ClassWork(
            [
                Work("ada", "a1", "field", []),
                Work("ben", "a1", "field", [*failed, *failed]),
                Work("joe", "a1", "field", [*failed, Failure("t2", "NameError", "name 'x'")]),
            ]
        )

    def similar(self) -> Sequence[Pair]:
        return [Pair("a1", "field", "ben", "joe", 0.9, 20, ["t1"])]


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT / "lessons")


def insight(course: Course, **chosen: str) -> Insight:
    return Insight(course, SmallClass(), Choice(**chosen))


def test_difficulty_and_discrimination_are_what_a_hand_works_out(course: Course) -> None:
    """t1: (2+2+1+0+0+1) of 12 points; with t2, its rest while a report waits: 5 / sqrt(4 * 10).

    t3: 30 of 50 points of the five whose report is marked; with t1 + t2 = 6, 5, 3, 2, 2 of these
    (3.6 in the middle): 17 / sqrt(30 * 13.2).
    """
    one, two, three = insight(course).marks.items
    assert one.difficulty == pytest.approx(0.5)
    assert one.discrimination == pytest.approx(5 / math.sqrt(40))
    assert two.difficulty == pytest.approx(0.5)
    assert two.discrimination == pytest.approx(5 / math.sqrt(40))
    assert three.difficulty == pytest.approx(0.6)
    assert three.discrimination == pytest.approx(17 / math.sqrt(30 * 13.2))
    assert (one.learners, three.learners, three.waiting) == (6, 5, 1)
    assert one.less == ("eve", "ida", "joe", "kim")


def test_a_correlation_of_what_is_all_the_same_is_none() -> None:
    assert correlation([1, 1, 1], [1, 2, 3]) is None
    assert correlation([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)


def test_with_few_learners_nothing_is_said_of_discrimination(course: Course) -> None:
    few = insight(course, learners="ada,ben,eve,ida")
    assert [each.discrimination for each in few.marks.items] == [None] * 3
    assert few.marks.items[0].difficulty == pytest.approx(5 / 8)


def test_totals(course: Course) -> None:
    totals = insight(course).marks.totals
    assert (totals["ada"]["a1"].points, totals["ada"]["a1"].most) == (15, 16)
    assert totals["kim"]["a1"].points == 4 - 1.5
    assert (totals["joe"]["a1"].points, totals["joe"]["a1"].waiting) == (0, 1)
    assert totals["ada"]["a1"].key == "key-ada"


def test_bands_of_marks(course: Course) -> None:
    """15, 13, 8, 8 and 2.5 of 16 points; one waits, and of one there is no work."""
    table = tables.marks_table(insight(course).marks, insight(course).learners)
    assert [row.keys for row in table.rows] == [
        ["a1:3"], ["a1:3"], ["a1:2"], ["a1:2"], ["a1:4"], ["a1:0"], ["a1:5"],
    ]  # fmt: skip
    assert table.rows[4].cells[1].text == "0/16 so far"
    assert table.rows[0].cells[1].link == "formgrader/submissions/key-ada/?index=0"


def test_who_is_how_far(course: Course) -> None:
    """Of those with marks, and of one of whom there is only progress."""
    found = insight(course)
    assert [each.id for each in found.learners] == [*POINTS, "zoe"]
    columns, rows = found.lessons.columns, found.lessons.rows
    place = next(n for n, each in enumerate(columns) if "known_sex" in each.checks)
    assert (rows[0].done[place], sum(rows[0].done), sum(rows[0].tried)) == (1, 2, 0)
    assert (rows[1].done[place], rows[1].tried[place]) == (0, 1)
    assert found.lessons.seen == 3
    assert sum(len(each.checks) for each in columns) == 59
    (row,) = tables.progress_table(found.lessons, found.learners).rows[-1:]
    assert row.cells[1].text == "0"
    assert row.cells[2].text.startswith("Sunday, 1 Mar 2026")


def test_stuck_is_who_was_wrong_three_times_and_never_right(course: Course) -> None:
    (stuck,) = insight(course).lessons.stuck
    assert (stuck.check, stuck.learners, stuck.tried_by) == ("known_sex", ("ben",), 3)


def test_the_same_feedback_is_the_same_mistake(course: Course) -> None:
    first, second = insight(course).lessons.wrong
    assert (first.answer, first.learners) == ("344", ("ada", "ben", "zoe"))
    assert (second.answer, second.learners) == ("11", ("ben",))


def test_an_error_counts_once_for_each_learner(course: Course) -> None:
    first, second = insight(course).work.errors
    assert (first.cell, first.message, first.learners) == ("t1", "Too few rows.", ("ben", "joe"))
    assert second.learners == ("joe",)


def test_sentences(course: Course) -> None:
    found = insight(course)
    said = [
        *sentences.of_the_class(found.learners, found.marks),
        *sentences.of_lessons(found.lessons),
        *sentences.of_marks(found.marks),
        *sentences.of_work(found.work),
    ]
    assert [each.text for each in said] == [
        "7 learners: work of 6 is graded.",
        "3 learners have handed in progress.",
        "The commonest place to be stuck is “What do the columns hold?” (Meet the table): 1 "
        "learner of 3 who tried known_sex was wrong 3 times or more, and never right.",
        "The commonest mistake in lessons: 3 of 3 answered known_sex with “344”.",
        "In a1 the hardest was t1: 4 of 6 got less than all of its 2 points, and 50% of them on "
        "average.",
        "1 answer waits to be marked by hand.",
        "The commonest error: for 2 learners, t1 of a1 says “Too few rows”.",
        "1 pair of submissions is nearly the same: look before you conclude anything.",
    ]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("love", ["ada"]),
        ("ADA", ["ada"]),
        ("e", ["ada", "ben", "eve", "joe", "zoe"]),
        ("joe, kim,", ["joe", "kim"]),
        ("nobody", []),
        (" , ", [*POINTS, "zoe"]),
    ],
)
def test_learners_are_chosen_by_parts_of_names(
    course: Course, words: str, meant: list[str]
) -> None:
    assert [each.id for each in insight(course, learners=words).learners] == meant


def test_a_whole_id_means_its_learner_alone() -> None:
    those = [Learner("s1"), Learner("s10"), Learner("s11")]
    assert Choice(learners="s1").of(those) == [Learner("s1")]
    assert Choice(learners="s").of(those) == those


def test_a_lesson_or_a_section_is_chosen(course: Course) -> None:
    section = next(s for s in course.lesson(LESSON).sections if s.title.startswith("What do the c"))
    only = insight(course, lesson=LESSON, section=section.id)
    assert [each.title for each in only.lessons.columns] == [section.title]
    assert len(insight(course, lesson="02-select-and-filter").lessons.stuck) == 0


def test_pairs_are_shown_with_either_of_them(course: Course) -> None:
    assert len(insight(course, learners="joe").work.similar) == 1
    assert insight(course, learners="ada").work.similar == []
    assert insight(course, assignment="a2").work.similar == []


def test_an_empty_class_has_no_sentences(course: Course, tmp_path: Path) -> None:
    class Empty:
        def gradebook(self) -> Gradebook:
            return Gradebook()

        def progress(self) -> ClassProgress:
            return ClassProgress()

        def work(self) -> ClassWork:
            return ClassWork()

        def similar(self) -> Sequence[Pair]:
            return []

    found = Insight(course, Empty(), Choice())
    assert sentences.of_the_class(found.learners, found.marks) == []
    assert sentences.of_lessons(found.lessons) == []
    assert sentences.of_marks(found.marks) == sentences.of_work(found.work) == []
    assert "There is no class here yet." in sentences.nobody(found)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('{"a": "x", "b": 2}', "a: x; b: 2"),
        ('["one", "two"]', "one; two"),
        ("**No**: `size` counts\n\ncells", "No: size counts cells"),
        ("[" * 100_000, "[" * 89 + "…"),
    ],
)
def test_an_answer_is_shown_on_one_line(written: str, shown: str) -> None:
    assert sentences.one_line(written) == shown
