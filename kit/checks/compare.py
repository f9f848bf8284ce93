"""Comparing what a learner got with what was expected, in words."""

from __future__ import annotations

import contextlib
import math
import numbers
from datetime import date
from itertools import islice
from typing import Any

from kit.checks.quote import as_code
from kit.checks.running.limits import time_limit
from kit.words import _

RELATIVE = 1e-6
"""Two numbers this close (relative) are equal unless a check says otherwise."""

NEAR_ZERO = 1e-3
"""Around 0 two numbers are equal within this share of the relative tolerance."""

MAX_SHOWN = 120
REPR_SECONDS = 1.0


def shown(value: Any) -> str:
    """A short form of a value, as inline code; of what is no plain value, its kind in words."""
    if callable(value):
        return kind_of(value)
    return as_code(short(value))


def short(value: Any) -> str:
    """A value as text of at most ``MAX_SHOWN`` characters."""
    try:
        with time_limit(REPR_SECONDS):
            text = _text(value)
    except BaseException:  # a learner's own class may have a faulty __repr__
        text = f"<{type(value).__name__}>"
    text = text.replace("\n", " ")  # of an array
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def _text(value: Any) -> str:
    kind = type(value).__name__
    if kind == "Series":
        return f"Series({_text(value.head(MAX_SHOWN).tolist())})"
    if kind == "DataFrame":
        columns = ", ".join(map(str, value.columns[:MAX_SHOWN]))
        return f"DataFrame with {len(value)} rows: {columns}"
    if type(value) in {str, bytes, list, tuple, dict}:
        return _beginning(value)
    if isinstance(value, date):
        return str(value).removesuffix(" 00:00:00")
    if type(value) not in {bool, int} and isinstance(value, numbers.Real):
        with contextlib.suppress(OverflowError):  # of a fraction beyond all floats
            return f"{float(value):.10g}"
    return repr(value)


def _beginning(value: Any) -> str:
    """A text or a collection, of a huge one its beginning; numpy's numbers in it as any other."""
    if isinstance(value, str | bytes):
        return repr(value[:MAX_SHOWN])
    if isinstance(value, dict):
        pairs = islice(value.items(), MAX_SHOWN)
        return f"{{{', '.join(f'{_text(key)}: {_text(each)}' for key, each in pairs)}}}"
    items = ", ".join(map(_text, value[:MAX_SHOWN]))
    return f"[{items}]" if isinstance(value, list) else f"({items}{',' * (len(value) == 1)})"


def same(got: Any, expected: Any, tolerance: float = RELATIVE) -> bool:  # noqa: PLR0911
    """Whether two values are equal: numbers within a relative tolerance, gaps equal to gaps."""
    got, expected = _unwrapped(got), _unwrapped(expected)
    if is_gap(got) or is_gap(expected):
        return is_gap(got) and is_gap(expected)
    if _is_bool(expected):
        return _is_bool(got) and bool(got) == bool(expected)
    if isinstance(expected, numbers.Number) and isinstance(got, numbers.Number):
        return not _is_bool(got) and _close(got, expected, tolerance)
    if getattr(expected, "shape", ()):
        return _same_array(got, expected, tolerance)
    if isinstance(expected, list | tuple):
        return type(got) is type(expected) and _same_items(got, expected, tolerance)
    if isinstance(expected, dict):
        return (
            isinstance(got, dict)
            and got.keys() == expected.keys()
            and all(same(got[key], expected[key], tolerance) for key in expected)
        )
    return type(got) is type(expected) and bool(got == expected)


def is_gap(value: Any) -> bool:
    """Whether a value stands for a missing one: None, NaN, NA or NaT."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return True
    # Of all numbers, NaN alone differs from itself (and may lie beyond all floats, unlike isnan).
    return isinstance(value, numbers.Number) and bool(value != value)  # noqa: PLR0124


def kind_of(value: Any) -> str:
    """What a learner would call the type of a value."""
    names = {
        "DataFrame": _("a table (DataFrame)"),
        "Series": _("one column (Series)"),
        "NoneType": _("nothing (None)"),
        "str": _("text"),
        "int": _("a whole number"),
        "float": _("a number"),
        "float64": _("a number"),
        "int64": _("a whole number"),
        "bool": _("True or False"),
        "list": _("a list"),
        "dict": _("a dictionary"),
        "tuple": _("a tuple: several values side by side"),
        "ndarray": _("an array"),
        "function": _("a function that was not called: are the brackets `()` missing?"),
        "method": _("a method that was not called: are the brackets `()` missing?"),
        "DataFrameGroupBy": _("groups that were not summarised yet"),
    }
    name = type(value).__name__
    return names.get(name, f"`{name}`")


def _unwrapped(value: Any) -> Any:
    """The value within an array without dimensions; anything else as it is."""
    return value.item() if type(value).__name__ == "ndarray" and not value.shape else value


def _is_bool(value: Any) -> bool:
    return type(value).__name__ in {"bool", "bool_"}


def _close(got: Any, expected: Any, tolerance: float) -> bool:
    if got == expected:
        return True
    try:
        return math.isclose(got, expected, rel_tol=tolerance, abs_tol=tolerance * NEAR_ZERO)
    except OverflowError:  # beyond all floats
        return False
    except TypeError:  # complex numbers
        return bool(abs(got - expected) <= tolerance * abs(expected))


def _same_items(got: Any, expected: Any, tolerance: float) -> bool:
    return len(got) == len(expected) and all(
        same(one, other, tolerance) for one, other in zip(got, expected, strict=True)
    )


def _same_array(got: Any, expected: Any, tolerance: float) -> bool:
    if type(got).__name__ != type(expected).__name__:
        return False
    if getattr(got, "shape", None) != expected.shape:
        return False
    if type(expected).__name__ in {"DataFrame", "Series"}:
        from kit.checks.tables.frames import is_same  # which compares cells with same

        return is_same(got, expected, tolerance=tolerance, index_names=False)
    return _same_items(got.tolist(), expected.tolist(), tolerance)
