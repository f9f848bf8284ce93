"""A lesson is edited while learners are in the middle of it: nobody loses progress."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kit.checks import load_checks
from kit.course import Course, load_course
from kit.journal import Journal
from kit.progress import continue_at, fold
from kit.summary import summary
from kit.widgets.check import CheckWidget
from tests.learner import check_in

FIRST = """
from kit.checks import choice, number, right, text, variants, wrong
rows = choice("What is a row?", right("a bird", "Yes, it is."), wrong("an island", "No: look."))
mean = number("The mean?", answer=4, otherwise="Add and divide.", hints=["Add.", "Divide."])
word = text("Which method?", answer="count", otherwise="It counts.")
total = number("The sum?", answer=12, otherwise="Add them all.")
@variants(seed=1)
def again(draw):
    n = draw.randint(2, 99)
    return number(f"Twice {n}?", answer=2 * n, otherwise="Add it to itself.")
"""
SECOND = """
from kit.checks import blanks, choice, gap, number, right, text, variants, wrong
@variants(seed=2)
def again(draw):
    n = draw.randint(100, 999)
    return number(f"Twice as much as {n}?", answer=2 * n, otherwise="Add it to itself.")
total = blanks("The sum is {{n}}.", "sum: {{n}}", gaps={"n": gap("12")}, otherwise="Add them all.")
newer = text("Another question?", answer="yes", otherwise="Say yes.")
mean = number("What is the average?", answer=4, otherwise="Add, then divide.", hints=["Add them."])
rows = choice("One row is?", right("a penguin", "Yes, it is."), wrong("an island", "No: look."))
"""


def edition(folder: Path, checks: str, order: list[str]) -> Course:
    """Write a lesson with these checks, shown in this order, each in a section of its own."""
    import nbformat

    new = nbformat.v4
    lesson = folder / "lessons" / "01-rows"
    lesson.mkdir(parents=True, exist_ok=True)
    toml = 'id = "c"\ntitle = "Rows"\n[[lesson]]\nid = "01-rows"\n'
    (lesson.parent / "course.toml").write_text(toml)
    (lesson / "checks.py").write_text(checks)
    cells = [new.new_markdown_cell("# Rows")]
    for name in order:
        cells.append(new.new_markdown_cell(f"## About {name}", id=f"about-{name}"))
        cells.append(new.new_code_cell(f"checks.{name}", id=f"check-{name}"))
    nbformat.write(new.new_notebook(cells=cells), lesson / "lesson.ipynb")
    return load_course(lesson.parent)


def widgets_of(course: Course) -> dict[str, CheckWidget]:
    lesson = course.lesson("01-rows")
    checks = load_checks(lesson.folder / "checks.py")
    journal = Journal(course, lesson)
    return {name: CheckWidget(each, journal, {}, in_app=True) for name, each in checks.items()}


@pytest.fixture
def learnt(tmp_path: Path, data: Path) -> Path:
    """A learner has done all of the first edition, taking hints and a variant on the way."""
    names = ["rows", "mean", "word", "total", "again"]
    widgets = widgets_of(edition(tmp_path, FIRST, names))
    for name, answers in {
        "rows": ["an island", "a bird"], "mean": ["5", "4"], "word": ["count"], "total": ["12"],
    }.items():  # fmt: skip
        for answer in answers:
            check_in(widgets[name], answer)
    widgets["mean"].receive({"do": "hint"})
    widgets["mean"].receive({"do": "hint"})
    widgets["again"].receive({"do": "another"})
    check_in(widgets["again"], str(widgets["again"].check.answer))  # type: ignore[attr-defined]
    return tmp_path


def test_what_was_passed_stays_passed(learnt: Path) -> None:
    """Reworded, reordered, of another kind, drawn from another seed: an id is what counts."""
    course = edition(learnt, SECOND, ["again", "total", "newer", "mean", "rows"])
    lesson = course.lesson("01-rows")
    progress = Journal(course, lesson).progress()
    assert {name: progress.item(name).passed for name in lesson.check_ids} == {
        "again": True, "total": True, "newer": False, "mean": True, "rows": True,
    }  # fmt: skip
    shown = summary(lesson, progress)
    assert shown["words"] == "4 of 5 checks"


def test_each_answer_is_shown_as_far_as_the_new_edition_can(learnt: Path) -> None:
    widgets = widgets_of(edition(learnt, SECOND, ["again", "total", "newer", "mean", "rows"]))
    states: dict[str, Any] = {name: widget.state for name, widget in widgets.items()}
    assert states["mean"]["outcome"] == "passed"
    assert states["mean"]["tried"] == [{"answer": "5", "shown": "5"}]
    assert len(states["mean"]["hints"]) == 1
    assert states["mean"]["hints_left"] == 0
    assert states["rows"]["outcome"] == "passed"
    assert states["rows"]["answer"] == "a bird", "no option any more, but what was answered"
    assert states["total"]["outcome"] == "passed"
    assert states["newer"]["outcome"] == "fresh"
    assert not any(state["problem"] for state in states.values())


def test_a_check_of_another_kind_can_be_answered_anew(learnt: Path) -> None:
    widgets = widgets_of(edition(learnt, SECOND, ["total"]))
    state = check_in(widgets["total"], '{"n": "11"}')
    assert state["outcome"] == "failed"
    assert state["problem"] == ""


def test_a_check_that_came_back_has_its_progress(learnt: Path) -> None:
    """Taken out by mistake in one edition, it is there again in the next."""
    edition(learnt, SECOND, ["mean", "rows"])
    course = edition(learnt, FIRST, ["rows", "mean", "word", "total", "again"])
    progress = Journal(course, course.lesson("01-rows")).progress()
    assert progress.done(course.lesson("01-rows").check_ids) == 5


def test_continue_finds_a_place_though_the_last_one_is_gone(learnt: Path) -> None:
    course = edition(learnt, SECOND, ["mean", "newer"])
    journal = Journal(course, course.lesson("01-rows"))
    events = journal.store.events(learner=journal.learner, course=course.id)
    place = continue_at(course, fold(events))
    assert place
    assert place.section in {"", "about-mean", "about-newer"}


ODD = """
from kit.checks import number, order, text
lines = order("In order?", lines=["for x in y:", "    print(x)", "print(1)"], otherwise="Loop.")
word = text("Which word?", answer="NaN", otherwise="Look.")
share = number("What share?", answer=0.5, otherwise="Divide.")
"""


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("lines", '[["for x in y:", 1000000000000]]'), ("lines", "[" * 20_000),
        ("word", "x \ud800"), ("share", "/".join(["1,001"] * 40)), ("share", "1/3/" * 4000),
    ],
)  # fmt: skip
def test_no_answer_makes_a_check_unusable(
    tmp_path: Path, data: Path, name: str, answer: str
) -> None:
    """Whatever was sent, or stands in a file that was imported, the check can be shown again."""
    course = edition(tmp_path, ODD, ["lines", "word", "share"])
    state = check_in(widgets_of(course)[name], answer)
    assert state["outcome"] in {"failed", "not_attempted"}
    journal = Journal(course, course.lesson("01-rows"))
    journal.record("answered", name, {"answer": answer, "outcome": "failed", "feedback": answer})
    assert widgets_of(course)[name].state["outcome"] == "failed"
