"""Promises: what an author says of answers holds when they are given, and the notebook runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kit.authoring.lint.finding import ERROR, Finding
from kit.authoring.lint.linted import Linted
from kit.authoring.lint.rules.registry import rule
from kit.authoring.lint.trials import Trial
from kit.checks import Broken
from kit.errors import NoSuchCheck
from kit.words import _

SHOWN = 90
"""Characters of an answer or a message that a finding quotes."""


@rule("runs", ERROR)
def the_lesson_runs_from_top_to_bottom(lesson: Linted) -> Iterator[Finding]:
    """The notebook runs from top to bottom in a new kernel, each cell in 20 seconds."""
    fault = lesson.run.fault
    if fault is None or fault.kind == NoSuchCheck.__name__:  # check-exists says that
        return
    if not fault.cell:
        message = _("The notebook cannot be run: {what}.")
        mend = _("Does `jupyter kernelspec list` show python3? Set the kit up again: make start.")
        yield lesson.in_file(lesson.path, "", message, mend, what=fault.what)
        return
    cell = next(each for each in lesson.code if each.id == fault.cell)
    message = _("Run from top to bottom, the notebook stops at this cell: {what}.")
    mend = _("Mend it, then try Kernel, Restart Kernel and Run All Cells in JupyterLab.")
    if not fault.kind:
        mend = _("Let it do less: take fewer rows, or keep the result in data/.")
    yield lesson.in_cell(cell, message, mend, what=fault.what)


@rule("check-breaks", ERROR)
def no_check_breaks(lesson: Linted) -> Iterator[Finding]:
    """No answer makes a check itself raise."""
    broken = {trial.check.id: trial for trial in lesson.trials if trial.outcome.name == "broken"}
    for trial in broken.values():
        assert isinstance(trial.outcome, Broken)  # noqa: S101 - for the types
        yield _finding(
            lesson,
            trial,
            _("The check itself breaks on the answer {answer}: “{fault}”"),
            _("Mend what that names; a learner would read that the check is broken."),
            fault=trial.outcome.fault.strip().splitlines()[-1],
        )


@rule("right-passes", ERROR)
def right_answers_pass(lesson: Linted) -> Iterator[Finding]:
    """Each check passes its own solution, and all that its author lists as right."""
    for trial in _unlike(lesson, "passed"):
        message = _("An answer that should pass does not ({outcome}): {answer} It says: {says}")
        mend = _("Mend the check or the answer: a learner who is right must not be told otherwise.")
        yield _finding(lesson, trial, message, mend)


@rule("starter-waits", ERROR)
def what_is_no_answer_yet_does_not_count(lesson: Linted) -> Iterator[Finding]:
    """An empty answer, or the starter as it was, is "not attempted": it counts as neither."""
    for trial in _unlike(lesson, "not_attempted"):
        message = _("What is no answer yet counts as {outcome}: {answer}")
        mend = _("Make the starter differ from every answer; an empty answer is none.")
        yield _finding(lesson, trial, message, mend)


@rule("wrong-fails", ERROR)
def wrong_answers_fail(lesson: Linted) -> Iterator[Finding]:
    """Each answer in `wrong` or `fails` fails."""
    for trial in _unlike(lesson, "failed"):
        message = _("An answer that should fail does not ({outcome}): {answer}")
        mend = _("Add a case that tells it from a right one, or take it out of wrong=.")
        yield _finding(lesson, trial, message, mend)


@rule("own-message", ERROR)
def each_misconception_gets_its_own_message(lesson: Linted) -> Iterator[Finding]:
    """Each misconception is told what its author wrote for it, and nothing written for another."""
    for trial in lesson.trials:
        if trial.outcome.name == "failed" == trial.example.outcome:
            yield from _misdirected(lesson, trial)


def _misdirected(lesson: Linted, trial: Trial) -> Iterator[Finding]:
    feedback, says = trial.outcome.feedback, trial.example.says
    other = next((each for each in _others(lesson, trial) if each in feedback), None)
    if says in feedback and other is None:
        return
    if other:
        message = _("The answer {answer} is told what another rule says: {other}")
        mend = _(
            "The first rule that fits speaks: put the narrower one first, or make them differ."
        )
    else:
        message = _("The answer {answer} is not told what its author wrote, but: {says}")
        mend = _("Make the key in wrong= the answer that this misconception really gives.")
    yield _finding(lesson, trial, message, mend, other=_short(other or ""))


def _others(lesson: Linted, trial: Trial) -> Iterator[str]:
    """What the rules of this check say to other wrong answers; not parts of the same words."""
    own, fails = trial.example.says, trial.check.fails
    parts = set(fails.values() if isinstance(fails, Mapping) else (says for _answer, says in fails))
    for each in lesson.trials:
        says = each.example.says
        is_other = says not in own and own not in says and says not in parts
        if each.check is trial.check and says and is_other:
            yield says


def _unlike(lesson: Linted, promised: str) -> Iterator[Trial]:
    for trial in lesson.trials:
        if trial.example.outcome == promised and trial.outcome.name not in {promised, "broken"}:
            yield trial


def _finding(lesson: Linted, trial: Trial, message: str, mend: str, **more: str) -> Finding:
    names = {
        "passed": _("passed"), "failed": _("failed"), "not_attempted": _("not attempted"),
        "broken": _("broken"),
    }  # fmt: skip
    return lesson.in_checks(
        trial.check.id,
        message,
        mend,
        outcome=names[trial.outcome.name],
        answer=_short(str(trial.example.answer) or _("(empty)")),
        says=_short(trial.outcome.feedback),
        **more,
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= SHOWN else line[: SHOWN - 1] + '…'}”"
