"""Objectives: three of them, each practised, and nothing asked that serves none.

The title cell lists them ("- You can read a column: its type, its unit, its gaps."), and
checks.py says which checks serve which, each under the first words of its line::

    OBJECTIVES = {
        "say what one row stands for": ["rows_are", "size_counts", "different_birds"],
        "read a column": ["known_sex", "share_missing"],
        "choose a summary": ["mean_known", "report"],
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kit.authoring.lint.finding import ERROR, WARNING, Finding
from kit.authoring.lint.linted import Linted
from kit.authoring.lint.rules.registry import rule
from kit.words import _

OBJECTIVES = 3
YOU_CAN = re.compile(r"^\s*[-*+\d.]+\s+(?:\*\*)?You can\s+(.+)$", re.MULTILINE)
ANY_LINE = re.compile(r"^\s*[-*+]\s+(.+)$", re.MULTILINE)


def objectives_of(lesson: Linted) -> list[str]:
    """The objectives of the title cell, without "You can"; in another language, all its points."""
    pattern = YOU_CAN if lesson.course.language.startswith("en") else ANY_LINE
    return [found[1] for cell in lesson.prose[:1] for found in pattern.finditer(cell.source)]


@rule("objectives", ERROR)
def three_objectives_are_stated(lesson: Linted) -> Iterator[Finding]:
    """The title cell states three objectives, each a line "- You can ..."."""
    stated = objectives_of(lesson)
    if len(stated) != OBJECTIVES and lesson.prose:
        message = _("The title cell has {n} lines “- You can …”; three are asked for.")
        mend = _("Write each as something that a learner can do afterwards: - You can count rows.")
        yield lesson.in_cell(lesson.prose[0], message, mend, n=len(stated) or _("no"))


@rule("objectives-declared", WARNING)
def objectives_are_declared(lesson: Linted) -> Iterator[Finding]:
    """checks.py says in `OBJECTIVES` which checks serve which objective."""
    if lesson.checks and lesson.declared("OBJECTIVES") is None:
        message = _("Nothing says which check serves which objective.")
        mend = _('Add: OBJECTIVES = {{"first words of an objective": ["a_check", ...], ...}}')
        yield lesson.in_file(lesson.checks_path, "", message, mend)


@rule("objectives-served", ERROR)
def each_objective_is_practised(lesson: Linted) -> Iterator[Finding]:
    """Each objective has a check, each check an objective, and `OBJECTIVES` names both rightly."""
    declared, stated = lesson.declared_lists("OBJECTIVES"), objectives_of(lesson)
    if not declared or len(stated) != OBJECTIVES:
        return  # that is mended first
    for words, names in declared.items():
        if not any(_begins(line, words) for line in stated):
            message = _("No objective of the title cell begins with {words!r}.")
            mend = _("Give the first words after “You can”, as they stand there.")
            yield lesson.in_checks("OBJECTIVES", message, mend, words=words)
        for name in sorted(set(names) - set(lesson.checks)):
            message = _("OBJECTIVES names {name!r}, which is no check.")
            yield _in_objectives(lesson, message, _("Mend the name, or take it out."), name)
    for line in stated:
        if not any(names for words, names in declared.items() if _begins(line, words)):
            message = _("No check serves the objective “You can {name}”")
            mend = _("Name its checks in OBJECTIVES, or write one.")
            yield _in_objectives(lesson, message, mend, line)
    for name in lesson.checks:
        if not any(name in names for names in declared.values()):
            message = _("This check serves no objective.")
            mend = _("Add {id!r} to an objective in OBJECTIVES, or take the check out.")
            yield lesson.in_checks(name, message, mend)


def _in_objectives(lesson: Linted, message: str, mend: str, name: str) -> Finding:
    where = lesson.in_checks("OBJECTIVES", "", "").cell
    return lesson.in_file(lesson.checks_path, where, message, mend, name=name)


def _begins(line: str, words: str) -> bool:
    return " ".join(line.split()).casefold().startswith(" ".join(words.split()).casefold())
