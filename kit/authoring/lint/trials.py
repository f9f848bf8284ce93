"""Trials: what a check says to the answers whose outcome its author promises."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass

from kit.checks import Broken, Check, Example, Outcome, attempt
from kit.checks.code_check import CodeCheck

VARIANTS = 5
"""How many of the variants of a check are tried: a fault of all shows in the first ones."""


@dataclass(frozen=True)
class Trial:
    """One answer, and what came of it."""

    check: Check
    example: Example
    outcome: Outcome


def trials_of(check: Check) -> Iterator[Trial]:
    """A check's examples, and those of some of its variants, each with what came of it."""
    try:
        for variant in _variants(check):
            for example in variant.examples():
                yield Trial(variant, example, _tried(variant, example))
    except Exception:
        # The author's own function of a rule or of a variant raised: the check cannot be used.
        yield Trial(check, Example("", "passed"), Broken("", traceback.format_exc()))


def _variants(check: Check) -> Iterator[Check]:
    if check.family is None:
        yield check
    else:
        yield from (check.family.variant(number) for number in range(VARIANTS))


def _tried(check: Check, example: Example) -> Outcome:
    answer = check.work(example.answer) if isinstance(check, CodeCheck) else example.answer
    return attempt(check, answer)
