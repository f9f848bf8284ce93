"""variants: a check that is drawn anew, so that it can be practised again with other numbers."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kit.checks.check import Check
from kit.errors import CheckError
from kit.words import _

TRIES = 50
"""How many draws ``another`` looks at for a question that differs from the present one."""


@dataclass(frozen=True)
class Family:
    """All the variants of a check; ``load_checks`` takes the first one.

    Attributes:
        seed: with a variant's number it settles what is drawn, on every machine.
        make: draws a check.
        id, namespace: see ``Check``.
    """

    seed: int
    make: Callable[[random.Random], Check]
    id: str = ""
    namespace: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def variant(self, number: int) -> Check:
        """The variant of a number, 0 for the first: the same one each time.

        Raises:
            CheckError: the author's function gives no check.
        """
        # A text as the seed, because Python hashes it alike in every version and process.
        check = self.make(random.Random(f"{self.seed}/{number}"))  # noqa: S311 - no secret
        if not isinstance(check, Check):
            raise CheckError(
                _("{name}(draw) gives back no check.").format(name=self.make.__name__),
                _("Its last line should be: return number(...), or another kind."),
            )
        return replace(check, id=self.id, namespace=self.namespace, family=self, variant=number)

    def another(self, number: int) -> Check:
        """The next variant that asks something else, or the next one where none does."""
        now = self.variant(number).version()
        nexts = (self.variant(number + step) for step in range(1, TRIES))
        return next((each for each in nexts if each.version() != now), self.variant(number + 1))


def variants(seed: int) -> Callable[[Callable[[random.Random], Check]], Family]:
    """Make a check of a function that draws one; its name is the check's id.

    As in::

        @variants(seed=7)
        def mean_of_three(draw):
            values = draw.sample(range(2, 30), 3)
            return number(f"What is the mean of {values}?", answer=sum(values) / 3, ...)

    Args:
        seed: any whole number. Another seed gives other variants; keep it once students have begun.
    """
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise CheckError(
            _("variants({seed!r}) has no whole number as its seed.").format(seed=seed),
            _("As in: @variants(seed=7)"),
        )
    return lambda make: Family(seed, make)
