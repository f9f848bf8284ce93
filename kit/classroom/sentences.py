"""The first lines of the dashboard: who is stuck where, and what most got wrong, in sentences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from kit.classroom.class_data import Learner
from kit.classroom.insight import Insight, LessonInsight, MarksInsight, WorkInsight
from kit.classroom.items import Item
from kit.classroom.sections import STUCK_AFTER, Column
from kit.words import _, ngettext

FEWEST = 2
"""Learners below whom nothing is said to be common, or hard for a class."""


@dataclass(frozen=True)
class Sentence:
    """What is said, and the part of the page that shows it."""

    text: str
    part: str


def of_the_class(learners: Sequence[Learner], marks: MarksInsight) -> list[Sentence]:
    """How many there are, and of how many work is graded."""
    if not learners:
        return []
    everybody = ngettext("{n} learner", "{n} learners", len(learners))
    graded = ngettext("work of {n} is graded", "work of {n} is graded", len(marks.totals))
    return [Sentence(f"{everybody}: {graded}.", "marks")]


def of_lessons(lessons: LessonInsight) -> list[Sentence]:
    """Where most are stuck, and the commonest mistake."""
    if not lessons.seen:
        return []
    text = ngettext(
        "{n} learner has handed in progress.", "{n} learners have handed in progress.", lessons.seen
    )
    return [Sentence(text, "progress"), _stuck(lessons), *_mistake(lessons)]


def _stuck(lessons: LessonInsight) -> Sentence:
    if not lessons.stuck:
        text = _("Nobody is stuck: no check was answered wrong {n} times and never right.")
        return Sentence(text.format(n=STUCK_AFTER), "stuck")
    most = lessons.stuck[0]
    place = title_of(lessons.columns, most.lesson, most.section)
    text = ngettext(
        "The commonest place to be stuck is “{section}” ({lesson}): {n} learner of "
        "{tried} who tried {check} was wrong {times} times or more, and never right.",
        "The commonest place to be stuck is “{section}” ({lesson}): {n} learners of "
        "{tried} who tried {check} were wrong {times} times or more, and never right.",
        len(most.learners),
        section=place.title,
        lesson=place.lesson_title,
        tried=most.tried_by,
        check=most.check,
        times=STUCK_AFTER,
    )
    return Sentence(text, "stuck")


def _mistake(lessons: LessonInsight) -> list[Sentence]:
    if not lessons.wrong or len(lessons.wrong[0].learners) < FEWEST:
        return []
    wrong = lessons.wrong[0]
    text = _("The commonest mistake in lessons: {n} of {tried} answered {check} with “{answer}”.")
    said = text.format(
        n=len(wrong.learners), tried=wrong.tried_by, check=wrong.check,
        answer=one_line(wrong.answer),
    )  # fmt: skip
    if wrong.misconception:
        said += _(" What they mistook: {what}.").format(what=wrong.misconception)
    return [Sentence(said, "wrong")]


def of_marks(marks: MarksInsight) -> list[Sentence]:
    """What most got wrong in each assignment, and what waits for the teacher."""
    said = []
    for assignment in marks.assignments:
        item = _hardest([each for each in marks.items if each.assignment == assignment])
        if item and item.difficulty is not None:
            text = _(
                "In {assignment} the hardest was {cell}: {n} of {learners} got less than all "
                "of its {most:g} points, and {mean:.0%} of them on average."
            ).format(
                assignment=assignment, cell=item.cell, n=len(item.less),
                learners=item.learners, most=item.most, mean=item.difficulty,
            )  # fmt: skip
            said.append(Sentence(text, "items"))
    if waiting := sum(each.waiting for each in marks.items):
        text = ngettext(
            "{n} answer waits to be marked by hand.",
            "{n} answers wait to be marked by hand.",
            waiting,
        )
        said.append(Sentence(text, "marks"))
    return said


def of_work(work: WorkInsight) -> list[Sentence]:
    """The commonest error, and whether submissions are nearly the same."""
    said = []
    if work.errors and len(work.errors[0].learners) >= FEWEST:
        error = work.errors[0]
        text = _("The commonest error: for {n} learners, {cell} of {assignment} says “{message}”.")
        words = text.format(
            n=len(error.learners), cell=error.cell or error.notebook, assignment=error.assignment,
            message=one_line(error.message or error.error).rstrip("."),
        )  # fmt: skip
        said.append(Sentence(words, "errors"))
    if work.similar:
        words = ngettext(
            "{n} pair of submissions is nearly the same: look before you conclude anything.",
            "{n} pairs of submissions are nearly the same: look before you conclude anything.",
            len(work.similar),
        )
        said.append(Sentence(words, "similar"))
    return said


def nobody(insight: Insight) -> str:
    """Why there is nobody to show."""
    if insight.everybody:
        text = _("No learner of this class has “{words}” in their name or id.")
        return text.format(words=insight.choice.learners)
    assignments = insight.course.root / "assignments"
    return _(
        "There is no class here yet. It shows once a gradebook is in {folder}, or progress files "
        "that students handed in are in {progress}. To try it with a class in which nobody is "
        "real, type: kit simulate demo, and then: kit start demo"
    ).format(folder=assignments, progress=assignments / "progress")


def title_of(columns: Sequence[Column], lesson: str, section: str) -> Column:
    return next(each for each in columns if (each.lesson, each.section) == (lesson, section))


def one_line(text: str, most: int = 90) -> str:
    """The beginning of a text, without Markdown's marks; of an answer in JSON, what is in it."""
    line = " ".join(_plain(text).replace("**", "").replace("`", "").split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _plain(text: str) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if isinstance(value, dict):
        return "; ".join(f"{name}: {each}" for name, each in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else text


def _hardest(items: Sequence[Item]) -> Item | None:
    """The task at which most points were lost, if it is worth a sentence."""
    known = [
        each
        for each in items
        if each.difficulty is not None and each.learners >= FEWEST and each.difficulty < 1
    ]
    return min(known, key=lambda each: each.difficulty or 0.0, default=None)
