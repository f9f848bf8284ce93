"""What is asked: each check is shown, has its starter, its hints, its kinds and its answers."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from kit.authoring.lint.finding import ERROR, WARNING, Finding
from kit.authoring.lint.linted import Cell, Linted
from kit.authoring.lint.rules.registry import rule
from kit.authoring.lint.shown import word_count
from kit.checks.code_check import CodeCheck
from kit.notebook import WORK
from kit.progress import PLAYED
from kit.words import _

HINTS = 3
KINDS = 4
CHECKS = range(7, 10)
LEAST_EACH = 2
LEAST_WORDS = 4


@rule("check-exists", ERROR)
def each_check_that_is_shown_exists(lesson: Linted) -> Iterator[Finding]:
    """Each `checks.name` of the notebook is a check in checks.py."""
    for cell in lesson.cells:
        for name in cell.checks:
            if name not in lesson.checks:
                near = difflib.get_close_matches(name, lesson.checks, 1)
                mend = _("Did you mean checks.{near}?") if near else _("Write it in checks.py.")
                yield lesson.in_cell(
                    cell,
                    _("checks.py has no check {name!r}."),
                    mend,
                    name=name,
                    near=near[0] if near else "",
                )


@rule("check-shown", ERROR)
def each_check_is_shown_once(lesson: Linted) -> Iterator[Finding]:
    """The notebook shows each check of checks.py once; a film may ask it as well."""
    shown = Counter(name for cell in lesson.cells if not _plays(cell) for name in cell.checks)
    asked = Counter(name for cell in lesson.cells if _plays(cell) for name in cell.checks)
    for name in lesson.checks:
        if not shown[name] + asked[name]:
            message = _("The notebook never shows this check.")
            mend = _("Add a code cell with checks.{id}, or take the check out of checks.py.")
            yield lesson.in_checks(name, message, mend)
        elif shown[name] > 1:
            last = [cell for cell in lesson.cells if name in cell.checks][-1]
            message = _("checks.{name} is shown {n} times; the question counts once.")
            mend = _("Keep one of the cells.")
            yield lesson.in_cell(last, message, mend, name=name, n=shown[name])


def _plays(cell: Cell) -> bool:
    """Whether it shows a video or a sound: the checks in it open while that plays."""
    return any(each.kind in PLAYED for each in cell.shows)


@rule("starter-cell", ERROR)
def the_cell_above_holds_the_starter(lesson: Linted) -> Iterator[Finding]:
    """Right above a check that takes code stands a cell tagged `work` with its starter."""
    above = {
        name: before for before, after in pairwise([None, *lesson.cells]) if after
        for name in after.checks
    }  # fmt: skip
    starters = set()
    for name, check in lesson.checks.items():
        if not isinstance(check, CodeCheck) or name not in above:
            continue
        starter, cell = check.form()["starter"], above[name]
        starters.add(cell.id if cell else "")
        if cell is None or WORK not in cell.tags:
            message = _("Above checks.{id} there is no cell tagged `work` with its starter.")
            mend = _("Put the starter into a code cell right above it, tagged `work`.")
            yield lesson.in_checks(name, message, mend)
        elif cell.source.strip() != starter.strip():
            message = _("This cell is not the starter of checks.{name}: left as it is, it counts.")
            mend = _("Make the cell and starter= in checks.py the same, letter by letter.")
            yield lesson.in_cell(cell, message, mend, name=name)
    for cell in lesson.cells:
        if WORK in cell.tags and cell.id not in starters:
            message = _("This cell is tagged `work`, but no check that takes code follows it.")
            mend = _("Take the tag away; the app does not show such cells.")
            yield lesson.in_cell(cell, message, mend)


@rule("hints", WARNING)
def hints_come_in_three_steps(lesson: Linted) -> Iterator[Finding]:
    """Each check has hints in three steps: direct the eye, name the tool, nearly the answer."""
    for name, check in lesson.checks.items():
        if len(check.hints) < HINTS:
            message = _("{n} hints; a learner who is stuck needs three steps.")
            mend = _("Add to hints=[...]: where to look, what to use, nearly the answer.")
            yield lesson.in_checks(name, message, mend, n=len(check.hints) or _("No"))


@rule("distractor-feedback", ERROR)
def each_distractor_has_feedback_of_its_own(lesson: Linted) -> Iterator[Finding]:
    """Each wrong option says why it is wrong, in words of its own."""
    for name, check in lesson.checks.items():
        seen: dict[str, str] = {}
        for text, words in check.wrong_options():
            if words is None or word_count(words) < LEAST_WORDS:
                message = _("The wrong option {text!r} does not say why it is wrong.")
                mend = _("Say what it would mean, and what to look at: one or two sentences.")
                yield lesson.in_checks(name, message, mend, text=text)
            elif words in seen:
                message = _("The wrong options {text!r} and {other!r} have the same feedback.")
                mend = _("Say for each what is wrong with it.")
                yield lesson.in_checks(name, message, mend, text=text, other=seen[words])
            else:
                seen[words] = text


@rule("kinds", ERROR)
def questions_are_of_four_kinds(lesson: Linted) -> Iterator[Finding]:
    """A lesson has checks of at least four kinds."""
    kinds = sorted({check.kind for check in lesson.checks.values()})
    if lesson.checks and len(kinds) < KINDS:
        message = _("The checks are of {n} kinds only: {kinds}.")
        mend = _("Ask one of them in another way, such as order, blanks, match or table.")
        yield lesson.in_file(
            lesson.checks_path, "", message, mend, n=len(kinds), kinds=", ".join(kinds)
        )


@rule("check-count", WARNING)
def a_lesson_has_seven_to_nine_checks(lesson: Linted) -> Iterator[Finding]:
    """A lesson has seven to nine checks; those that only a film asks come on top."""
    in_text = {name for cell in lesson.cells if not _plays(cell) for name in cell.checks}
    in_films = {name for cell in lesson.cells if _plays(cell) for name in cell.checks}
    n = len(lesson.checks.keys() - (in_films - in_text))
    if n and n not in CHECKS:
        message = _("{n} checks; seven to nine fit into one sitting.")
        mend = _("Add some, or split the lesson.")
        yield lesson.in_file(lesson.checks_path, "", message, mend, n=n)


@rule("code-answers", ERROR)
def code_is_tried_with_two_right_and_two_wrong(lesson: Linted) -> Iterator[Finding]:
    """A check that takes code comes with two right and two wrong answers at least."""
    for name, check in lesson.checks.items():
        if not isinstance(check, CodeCheck):
            continue
        outcomes = Counter(each.example.outcome for each in lesson.trials if each.check.id == name)
        if outcomes["passed"] < LEAST_EACH:
            message = _("Only the solution is tried; another right way may be refused.")
            mend = _("Give one more in passes=[...].")
            yield lesson.in_checks(name, message, mend)
        if outcomes["failed"] < LEAST_EACH:
            message = _("{n} wrong answers are tried; two are the least.")
            mend = _("Add misconceptions to wrong={{...}}, each with what to say to it.")
            yield lesson.in_checks(name, message, mend, n=outcomes["failed"])
