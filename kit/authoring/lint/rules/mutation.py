"""Mutants: a check sees each small mistake that is put into its solution."""

from __future__ import annotations

from collections.abc import Iterator

from kit.authoring.lint.finding import ERROR, NOTE, WARNING, Finding
from kit.authoring.lint.linted import Linted, is_list_of_texts
from kit.authoring.lint.rules.registry import rule
from kit.checks.code_check import CodeCheck
from kit.words import _


@rule("declarations", ERROR)
def what_lint_reads_has_its_shape(lesson: Linted) -> Iterator[Finding]:
    """`EQUIVALENT`, `OBJECTIVES` and `NUMBERS` in checks.py have their shape and name checks."""
    for name in ("EQUIVALENT", "OBJECTIVES"):
        value = lesson.declared(name)
        entries = value.items() if isinstance(value, dict) else [(None, value)]
        if value is not None and not all(is_list_of_texts(*each) for each in entries):
            message = _("{id} is not a dictionary of lists of texts.")
            yield lesson.in_checks(name, message, _('As in: {id} = {{"...": ["...", "..."]}}'))
    for each in lesson.declared_lists("EQUIVALENT"):
        if each not in lesson.checks or not isinstance(lesson.checks[each], CodeCheck):
            message = _("{id} names {check!r}, which is no check that takes code.")
            mend = _("Take that entry out, or mend the name.")
            yield lesson.in_checks("EQUIVALENT", message, mend, check=each)
    numbers = lesson.declared("NUMBERS")
    if numbers is not None and not isinstance(numbers, list | tuple | dict | set):
        message = _("{id} is not a list of numbers and texts.")
        yield lesson.in_checks("NUMBERS", message, _("As in: {id} = [raw.size, 2014]"))


@rule("mutants", ERROR)
def mistakes_in_the_solution_are_seen(lesson: Linted) -> Iterator[Finding]:
    """A solution with a small mistake put in does not pass, or is in `EQUIVALENT`."""
    for name, score in lesson.scores.items():
        for mutant in score.survived:
            yield lesson.in_checks(
                name,
                _("A solution with a mistake passes: `{line}` in the place of `{was}`."),
                _(
                    "Add a case (or data) in which the two differ. If it is no mistake, say so in "
                    "checks.py: EQUIVALENT = {{{id!r}: [{line!r}]}}"
                ),
                line=mutant.line,
                was=mutant.was,
            )


@rule("equivalent-used", WARNING)
def declared_mutants_exist(lesson: Linted) -> Iterator[Finding]:
    """Each line in `EQUIVALENT` is one of a mutant that passes."""
    for name, score in lesson.scores.items():
        for line in score.unused:
            message = _("EQUIVALENT has the line {line!r} for {check}, which no mutant needs.")
            mend = _("Take it out.")
            yield lesson.in_checks("EQUIVALENT", message, mend, line=line, check=name)


@rule("mutants-counted", NOTE)
def mutants_are_counted(lesson: Linted) -> Iterator[Finding]:
    """How many mutants of the solutions fail, are declared equivalent, and survive."""
    scores = lesson.scores.values()
    figures = {
        "killed": sum(score.killed for score in scores),
        "equivalent": sum(score.equivalent for score in scores),
        "survived": sum(len(score.survived) for score in scores),
    }
    if any(figures.values()):
        message = _("Mutants: {killed} fail, {equivalent} equivalent, {survived} survive.")
        yield Finding(lesson.checks_path, "", message.format(**figures), "", figures=figures)
