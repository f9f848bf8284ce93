"""Comparing two tables, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.checks.compare import RELATIVE, is_gap, same, shown
from kit.checks.rows import NEAR_ZERO, aligned, has_meaning, is_real
from kit.words import _

if TYPE_CHECKING:
    import pandas as pd


def difference(
    got: pd.DataFrame,
    expected: pd.DataFrame,
    *,
    tolerance: float = RELATIVE,
    row_order: bool = True,
) -> str | None:
    """The first difference of two tables, in words (Markdown), or None where they are equal.

    Looks at the columns, then the number of rows, then the index, then the cells from the top.
    Where the order of rows is free, the index counts only where it says something of its row.
    """
    return (
        _columns_difference(got, expected)
        or _rows_difference(got, expected)
        or _cells_difference(got, expected, tolerance=tolerance, row_order=row_order)
    )


def _columns_difference(got: pd.DataFrame, expected: pd.DataFrame) -> str | None:
    have, want = list(got.columns), list(expected.columns)
    if have == want:
        return None
    missing = [name for name in want if name not in have]
    extra = [name for name in have if name not in want]
    if missing and extra:
        return _("The column {extra} is not asked for, and {missing} is missing.").format(
            extra=shown(extra[0]), missing=shown(missing[0])
        )
    if missing:
        return _("The column {name} is missing; yours has {columns}.").format(
            name=shown(missing[0]), columns=shown(have)
        )
    if extra:
        return _("The column {name} is more than was asked for.").format(name=shown(extra[0]))
    if len(have) != len(want):
        return _("A column is there twice: {columns}.").format(columns=shown(have))
    return _("The columns are right, but in another order: {columns} was asked for.").format(
        columns=shown(want)
    )


def _rows_difference(got: pd.DataFrame, expected: pd.DataFrame) -> str | None:
    if len(got) == len(expected):
        return None
    said = _("Your table has {got} rows; {expected} were expected.").format(
        got=len(got), expected=len(expected)
    )
    if len(got) > len(expected):
        return f"{said} " + _("Which of yours should not be there?")
    return f"{said} " + _("Which ones are missing: were they filtered, grouped or dropped?")


def _cells_difference(
    got: pd.DataFrame, expected: pd.DataFrame, *, tolerance: float, row_order: bool
) -> str | None:
    labels = got.index
    if not row_order:
        got, expected = aligned(got, expected, tolerance)
    labels_count = row_order or has_meaning(expected.index)
    if labels_count and not _same_labels(got, expected, tolerance):
        return _("The cells may be right, but the row labels (the index) are {got}.").format(
            got=shown(list(labels))
        )
    for position, name in enumerate(expected.columns):
        found = _column_difference(
            name, got.iloc[:, position], expected.iloc[:, position], tolerance
        )
        if found:
            return found
    return None


def _same_labels(got: pd.DataFrame, expected: pd.DataFrame, tolerance: float) -> bool:
    return got.index.equals(expected.index) or same(
        list(got.index), list(expected.index), tolerance
    )


def _column_difference(
    name: Any, mine: pd.Series[Any], theirs: pd.Series[Any], tolerance: float
) -> str | None:
    if mine.array.equals(theirs.array):  # much faster than cell by cell, and the usual case
        return None
    if _type_name(mine) != _type_name(theirs):
        return _("The column {name} should hold {expected}; yours holds {got}.").format(
            name=shown(name), got=_type_name(mine), expected=_type_name(theirs)
        )
    if is_real(mine) and is_real(theirs) and _all_close(mine, theirs, tolerance):
        return None
    for label, one, other in zip(mine.index, mine, theirs, strict=True):
        if not same(one, other, tolerance):
            return _cell_feedback(name, label, one, other)
    return None


def _all_close(mine: pd.Series[Any], theirs: pd.Series[Any], tolerance: float) -> bool:
    """Whether all numbers are the same, in one step; where not, the cells say which."""
    import numpy as np

    one, other = (each.to_numpy(dtype=np.float64, na_value=np.nan) for each in (mine, theirs))
    with np.errstate(invalid="ignore"):
        hair = tolerance * np.maximum(np.abs(one), np.abs(other))
        close = np.abs(one - other) <= np.maximum(hair, tolerance * NEAR_ZERO)
    finite = np.isfinite(one) & np.isfinite(other)
    gaps = np.isnan(one) & np.isnan(other)
    return bool(np.all((close & finite) | (one == other) | gaps))


def _cell_feedback(name: Any, label: Any, one: Any, other: Any) -> str:
    place = _("In the column {name}, row {label}, there is {got}").format(
        name=shown(name), label=shown(label), got=_("a gap") if is_gap(one) else shown(one)
    )
    if is_gap(other):
        return _("{place}; a gap was expected.").format(place=place)
    return _("{place}; {expected} was expected.").format(place=place, expected=shown(other))


def _type_name(column: pd.Series[Any]) -> str:
    from pandas.api import types

    if types.is_bool_dtype(column):
        return _("True and False")
    if types.is_numeric_dtype(column):
        return _("numbers")
    if types.is_datetime64_any_dtype(column):
        return _("dates")
    if any(callable(value) for value in column):
        return _("methods that were not called (are the brackets `()` missing?)")
    return _("text")
