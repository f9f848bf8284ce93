"""Units of measurement: what a learner types after a number, in the unit that a check asks for."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from kit.words import _

if TYPE_CHECKING:
    import pint

_WORD = r"[A-Za-zµμ°Ω%‰]{1,24}(?:\^-?\d|\*\*-?\d|[²³])?"
_UNIT = re.compile(rf"{_WORD}(?:\s*[ */·]\s*{_WORD}){{0,4}}")
"""What is given to pint: names and small powers, so that nothing costly can be asked of it."""


class UnknownUnit(ValueError):
    """No unit of that name."""


class OtherDimension(ValueError):
    """A unit of something else; the text says of what, in the learner's words."""


def convert(value: float, unit: str, wanted: str) -> float:
    """A value in ``wanted`` units.

    Raises:
        UnknownUnit: one of the two is no unit.
        OtherDimension: they measure different things.
    """
    import pint

    source, target = _unit(unit), _unit(wanted)
    try:
        return float(_registry().Quantity(value, source).to(target).magnitude)
    except pint.DimensionalityError:
        raise OtherDimension(_dimension_of(source)) from None


@cache
def _registry() -> pint.UnitRegistry[Any]:
    import pint

    # Its file of units takes half a second to read; the cache, in the user's own folder, a tenth.
    return pint.UnitRegistry(cache_folder=":auto:")


@cache
def _unit(text: str) -> Any:
    text = text.strip().replace("²", "^2").replace("³", "^3")
    if not _UNIT.fullmatch(text):
        raise UnknownUnit(text)
    for form in (text, text.lower()):  # as in "KG" or "Kg"
        try:
            return _registry().parse_units(form)
        except Exception:  # noqa: S112 - pint raises many kinds for what it cannot read
            continue
    raise UnknownUnit(text)


def _dimension_of(unit: Any) -> str:
    names = {
        "[mass]": _("a mass"),
        "[length]": _("a length"),
        "[time]": _("a time"),
        "[temperature]": _("a temperature"),
        "[length] ** 2": _("an area"),
        "[length] ** 3": _("a volume"),
        "[length] / [time]": _("a speed"),
        "dimensionless": _("a number without a unit"),
    }
    return names.get(str(unit.dimensionality), _("something else"))
