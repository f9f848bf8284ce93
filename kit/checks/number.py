"""number: a quantity, with its unit and tolerance."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar

from kit.checks.arguments import (
    is_number,
    need_feedback,
    need_tolerance,
    need_words,
    refuse_unknown,
)
from kit.checks.check import Check, Example
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.checks.quote import cut
from kit.checks.rules import Wrong, examples_of, first_fit, plain_keys
from kit.checks.units import OtherDimension, UnknownUnit, convert
from kit.errors import CheckError
from kit.words import _

MAX_DIGITS = 15
"""What a float can tell apart."""
MAX_SHOWN = 40


def number(
    prompt: str,
    *,
    answer: float,
    otherwise: str,
    tolerance: float = 0.0,
    relative: float = 0.0,
    digits: int = 0,
    unit: str = "",
    ask_unit: bool = False,
    wrong: Wrong | None = None,
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
        relative: the same as a share of the answer, such as 0.01.
        digits: significant digits to which both are rounded first; 0 for none.
        unit: shown beside the input; a learner may type it, another one of the same dimension
            (4.2 kg for 4200 g), or none.
        ask_unit: the unit is not shown: naming it is part of the answer.
        wrong: misconceptions: the value each one gives, in ``unit``, and what to say to it; the
            predicate of a ``when`` gets such a value.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(number, more)
    wrong = {_plain(value): words for value, words in dict(wrong or {}).items()}
    return Number(
        prompt=prompt, answer=_plain(answer), otherwise=otherwise, tolerance=_plain(tolerance),
        relative=_plain(relative), digits=digits, unit=unit, ask_unit=ask_unit, wrong=wrong,
        hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Number(Check):
    """See ``number``."""

    answer: float
    otherwise: str
    tolerance: float = 0.0
    relative: float = 0.0
    digits: int = 0
    unit: str = ""
    ask_unit: bool = False
    wrong: Wrong = field(default_factory=dict)
    kind: ClassVar[str] = "number"

    def __post_init__(self) -> None:
        super().__post_init__()
        for value in (self.answer, *plain_keys(self.wrong)):
            if not is_number(value):
                raise CheckError(
                    _("{value!r} is not a number.").format(value=value),
                    _("Give numbers without quotes."),
                )
        need_tolerance(self.tolerance)
        need_tolerance(self.relative, "relative")
        if type(self.digits) is not int or not 0 <= self.digits <= MAX_DIGITS:
            raise CheckError(
                _("digits={value!r} is not a number of significant digits.").format(
                    value=self.digits
                ),
                _("As in: digits=3"),
            )
        if self.ask_unit and not self.unit:
            raise CheckError(_("ask_unit needs a unit."), _('As in: unit="g", ask_unit=True'))
        need_words("otherwise", self.otherwise)
        need_feedback("wrong", self.wrong)
        for value in plain_keys(self.wrong):
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
        number, unit = split_unit(written, self.unit)
        values = readings(number)
        if not values:
            return NotAttempted(self._not_a_number(written))
        if self.ask_unit and not unit:
            return Failed(
                _("“{got}” has no unit: {got} of what?").format(got=cut(written, MAX_SHOWN))
            )
        if unit and unit.casefold() != self.unit.casefold():
            return self._judge_in_unit(values, unit, written)
        return self._judge_values(values, self._shown(values[0]))

    def _judge_in_unit(self, values: Sequence[float], unit: str, written: str) -> Outcome:
        """The outcome for a text with a unit of the learner's own."""
        try:
            converted = [convert(value, unit, self.unit) for value in values]
        except UnknownUnit:
            return NotAttempted(self._not_a_number(written))
        except OtherDimension as other:
            return Failed(self._other_dimension(written, str(other)))
        return self._judge_values(converted, cut(written, MAX_SHOWN))

    def _judge_values(self, values: Sequence[float], got: str) -> Outcome:
        """The outcome for what a text can mean, in the check's unit; ``got``: the text."""
        if any(self._matches(value, self.answer) for value in values):
            return Passed(
                self.why or _("Yes: {value} is right.").format(value=self._shown(self.answer))
            )
        for value in values:
            if failed := first_fit(self.wrong, value, partial(self._matches, value)):
                return failed
        return Failed(f"{self._general_feedback(values[0], got)} {self.otherwise}")

    def solution(self) -> str:
        return f"**{self._shown(self.answer)}**\n\n{self.why}".strip()

    def form(self) -> dict[str, Any]:
        return {"unit": "" if self.ask_unit else self.unit}

    def examples(self) -> Iterable[Example]:
        yield Example("", "not_attempted")
        yield Example("about that", "not_attempted")
        unit = f" {self.unit}" if self.ask_unit else ""
        yield Example(repr(self.answer) + unit, "passed")
        for value, message in examples_of(self.wrong):
            yield Example(f"{value}{unit}", "failed", message)
        yield from self._own_examples()

    def _matches(self, value: float, target: float) -> bool:
        # A hair is added so that 4201.76 is within 0.01 of 4201.75 in binary floating point too.
        hair = 1e-9 * max(abs(target), 1.0 if self.tolerance else 0.0)
        if self.digits:
            value, target = _rounded(value, self.digits), _rounded(target, self.digits)
        return abs(value - target) <= self.tolerance + self.relative * abs(target) + hair

    def _shown(self, value: float) -> str:
        return f"{value:,.12g} {self.unit}".strip()

    def _not_a_number(self, written: str) -> str:
        if self.unit and re.search(r"\d", written):
            return _("“{written}” cannot be read. Give one number{in_unit}.").format(
                written=cut(written, MAX_SHOWN),
                in_unit="" if self.ask_unit else _(", in {unit}").format(unit=self.unit),
            )
        return _("“{written}” is not a number. Give the result in digits, without words.").format(
            written=cut(written, MAX_SHOWN)
        )

    def _other_dimension(self, written: str, other: str) -> str:
        if self.ask_unit:
            return _("“{written}” is {other}, and that is not what was asked for.").format(
                written=cut(written, MAX_SHOWN), other=other
            )
        return _("“{written}” is {other}; the answer is measured in {unit}.").format(
            written=cut(written, MAX_SHOWN), other=other, unit=self.unit
        )

    def _general_feedback(self, value: float, got: str) -> str:
        """What can be said of any wrong number without giving the right one away."""
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


def _rounded(value: float, digits: int) -> float:
    """A number to so many significant digits."""
    return float(f"{value:.{digits - 1}e}")


def _plain(value: Any) -> Any:
    """A number that numpy or pandas computed, as Python's own; anything else as it is."""
    return value.item() if hasattr(value, "item") and getattr(value, "ndim", 0) == 0 else value


_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’_]+")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


_NUMBER_THEN_UNIT = re.compile(
    r"(?P<number>[^A-Za-zµμ°Ω%‰]*(?:[eE][+-]?\d+)?)(?P<unit>.*)", re.DOTALL
)


def split_unit(written: str, unit: str = "") -> tuple[str, str]:
    """A text as a number and the unit after it, or "" where there is none.

    Args:
        unit: one that is told from the number whatever its letters, such as "parts per 1000".
    """
    text = written.strip()
    if unit and text.casefold().endswith(unit.casefold()):
        before = text[: -len(unit)]
        if not before[-1:].isalpha():  # and not the g of kg
            return before, unit
    found = _NUMBER_THEN_UNIT.fullmatch(text)
    return (found["number"], found["unit"].strip()) if found else (text, "")


def readings(written: str) -> list[float]:
    """The numbers that a text can mean, the likeliest first; none where it is no number.

    Point or comma may be the decimal mark and the other one may group thousands. "4,201" is
    ambiguous, so both readings are given. "1/3" is a number too.
    """
    above, slash, below = written.partition("/")
    if slash:
        if "/" in below:
            return []
        return [a / b for a in readings(above) for b in readings(below) if b]
    text = _SPACES.sub("", written.replace("\u2212", "-"))
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
