"""Numbers: what the text states, the data give.

Of what no output shows, checks.py gives the values, best as it computes them::

    NUMBERS = [penguins["body_mass_g"].max(), raw.size, 2014, "0.1.6"]
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any

from kit.authoring.lint.figures import Figure, figures_in, prose_of, values_in
from kit.authoring.lint.finding import WARNING, Finding, UnusableError
from kit.authoring.lint.linted import Linted
from kit.authoring.lint.rules.registry import rule
from kit.words import _

SHOWN_AS = ("text/plain", "text/html", "text/markdown")


@rule("numbers", WARNING)
def numbers_are_computed(lesson: Linted) -> Iterator[Finding]:
    """A number of three digits or with decimals is in an output, data/README.md or `NUMBERS`."""
    given = values_in([*outputs_of(lesson), lesson.readme]) | set(_declared(lesson))
    for cell in lesson.prose:
        told = (figure for figure in figures_in(prose_of(cell.source)) if figure.says_much)
        missing = [each.text for each in dict.fromkeys(told) if not _is_given(each, given)]
        if missing:
            message = _("No output gives what is stated here: {numbers}.")
            mend = _("Compute it in a cell, or in checks.py: NUMBERS = [what gives it, ...]")
            yield lesson.in_cell(cell, message, mend, numbers="; ".join(missing))


def outputs_of(lesson: Linted) -> list[str]:
    """What the run's cells print and show, as text; without the checks' own.

    Raises:
        UnusableError: the run did not come to its end.
    """
    if lesson.run.fault:
        raise UnusableError
    return [
        text
        for cell in lesson.code
        if not cell.shows
        for output in lesson.run.outputs.get(cell.id, ())
        for text in _texts(output)
    ]


def _texts(output: Any) -> Iterator[str]:
    """The texts of an output; tags and what belongs to them left out of HTML."""
    yield _joined(output.get("text", ""))
    for kind, content in output.get("data", {}).items():
        if kind in SHOWN_AS:
            plain = re.sub(r"<style.*?</style>", " ", _joined(content), flags=re.DOTALL)
            yield re.sub(r"<[^>]+>", " ", plain)


def _joined(content: Any) -> str:
    return "".join(content) if isinstance(content, list) else str(content)


def _declared(lesson: Linted) -> Iterator[float]:
    """The numbers that checks.py gives in ``NUMBERS``: values, or texts with numbers in them."""
    declared = lesson.declared("NUMBERS")
    values = declared if isinstance(declared, list | tuple | dict | set) else ()
    for each in values:
        if isinstance(each, str):
            yield from values_in([each])
        else:
            try:
                yield float(each)
            except (TypeError, ValueError, OverflowError):
                continue  # the rule on declarations says so


def _is_given(figure: Figure, given: Iterable[float]) -> bool:
    return any(figure.rounds(value) for value in given if math.isfinite(value))
