"""number: a quantity, with its unit and tolerance."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from kit.checks.check import (
    Check,
    Example,
    is_number,
    need_feedback,
    need_tolerance,
    need_words,
    refuse_unknown,
)
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.errors import CheckError
from kit.words import _


def number(
    prompt: str,
    *,
    answer: float,
    otherwise: str,
    tolerance: float = 0.0,
    unit: str = "",
    wrong: Mapping[float, str] | None = None,
    hints: Sequence[str] = (),
    why: str = "",
    **more: Any,
) -> Number:
    """Ask for a number.

    Args:
        prompt: the question, in Markdown.
        answer: the right value, in ``unit``.
        otherwise: what to try, for a value that is none of ``wrong``.
        tolerance: how far off still counts as right, in ``unit`` (absolute).
        unit: shown beside the input; a learner may type it or leave it.
        wrong: misconceptions: the value each one gives, and what to say to it.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(number, more)
    wrong = {_plain(value): words for value, words in dict(wrong or {}).items()}
    return Number(
        prompt=prompt, answer=_plain(answer), otherwise=otherwise, tolerance=_plain(tolerance),
        unit=unit, wrong=wrong, hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Number(Check):
    """See ``number``."""

    answer: float
    otherwise: str
    tolerance: float = 0.0
    unit: str = ""
    wrong: Mapping[float, str] = field(default_factory=dict)
    kind: ClassVar[str] = "number"

    def __post_init__(self) -> None:
        super().__post_init__()
        for value in (self.answer, *self.wrong):
            if not is_number(value):
                raise CheckError(
                    _("{value!r} is not a number.").format(value=value),
                    _("Give numbers without quotes."),
                )
        need_tolerance(self.tolerance)
        need_words("otherwise", self.otherwise)
        need_feedback("wrong", self.wrong)
        for value in self.wrong:
            if self._matches(value, self.answer):
                raise CheckError(
                    _(
                        "wrong={{{value!r}: ...}} is within the tolerance of the answer {answer!r}."
                    ).format(value=value, answer=self.answer),
                    _("Make the tolerance smaller or take that entry out."),
                )

    def judge(self, answer: Any) -> Outcome:
        written = str(answer).strip()
        if not written:
            return NotAttempted(_("Type a number, then choose Check."))
        values = readings(written, self.unit)
        if not values:
            return NotAttempted(self._not_a_number(written))
        if any(self._matches(value, self.answer) for value in values):
            return Passed(self.why or _("Yes, {value}.").format(value=self._shown(self.answer)))
        for value in values:
            for mistaken, message in self.wrong.items():
                if self._matches(value, mistaken):
                    return Failed(message)
        return Failed(f"{self._general_feedback(values[0])} {self.otherwise}")

    def solution(self) -> str:
        return f"**{self._shown(self.answer)}**\n\n{self.why}".strip()

    def form(self) -> dict[str, Any]:
        return {"unit": self.unit}

    def examples(self) -> Iterable[Example]:
        yield Example("", "not_attempted")
        yield Example("about that", "not_attempted")
        yield Example(repr(self.answer), "passed")
        for value, message in self.wrong.items():
            yield Example(repr(value), "failed", message)
        yield from self._own_examples()

    def _matches(self, value: float, target: float) -> bool:
        # A hair is added so that 4201.76 is within 0.01 of 4201.75 in binary floating point too.
        return abs(value - target) <= self.tolerance + 1e-9 * max(1.0, abs(target))

    def _shown(self, value: float) -> str:
        return f"{value:,.15g} {self.unit}".strip()

    def _not_a_number(self, written: str) -> str:
        if self.unit and re.search(r"\d", written):
            return _("“{written}” cannot be read. Give one number; its unit is {unit}.").format(
                written=written[:40], unit=self.unit
            )
        return _("“{written}” is not a number. Give the result in digits, without words.").format(
            written=written[:40]
        )

    def _general_feedback(self, value: float) -> str:
        """What can be said of any wrong number without giving the right one away."""
        got = self._shown(value)
        ratio = value / self.answer if self.answer else math.inf
        if value == -self.answer:
            return _("{got} has the right size but the wrong sign.").format(got=got)
        for power in (10, 100, 1000):
            if math.isclose(ratio, power) or math.isclose(ratio, 1 / power):
                return _("{got} has the right digits; the decimal point is elsewhere.").format(
                    got=got
                )
        if abs(ratio - 1) < 0.005 and not float(self.answer).is_integer():  # noqa: PLR2004
            return _("{got} is close, but not close enough: was it rounded too early?").format(
                got=got
            )
        too = _("{got} is too high.") if value > self.answer else _("{got} is too low.")
        return too.format(got=got)


def _plain(value: Any) -> Any:
    """A number that numpy or pandas computed, as Python's own; anything else as it is."""
    return value.item() if hasattr(value, "item") and getattr(value, "ndim", 0) == 0 else value


_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’_]+")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def readings(written: str, unit: str = "") -> list[float]:
    """The numbers that a text can mean, the likeliest first; none where it is no number.

    Point or comma may be the decimal mark and the other one may group thousands. "4,201" is
    ambiguous, so both readings are given. A ``unit`` at the end is allowed.
    """
    text = written.strip().replace("\u2212", "-")
    if unit and text.casefold().endswith(unit.casefold()):
        text = text[: -len(unit)]
    text = _SPACES.sub("", text)
    forms = [text]
    if "," in text and "." in text:
        grouping = "," if text.rindex(".") > text.rindex(",") else "."
        forms = [text.replace(grouping, "").replace(",", ".")]
    elif "," in text:
        forms = [text.replace(",", ".")]
        if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+", text):
            forms.insert(0, text.replace(",", ""))
    elif re.fullmatch(r"[+-]?\d{1,3}(\.\d{3})+", text):
        forms.append(text.replace(".", ""))
    values = [float(form) for form in forms if _PLAIN.fullmatch(form)]
    return [value for value in values if math.isfinite(value)]
