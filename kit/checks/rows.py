"""Putting the rows of two tables into one order, where the order of rows is free."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

NEAR_ZERO = 1e-3
"""Around 0 two numbers are equal within this share of the relative tolerance."""


def aligned(
    got: pd.DataFrame, expected: pd.DataFrame, tolerance: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables with equal rows at equal places, and rows that the other lacks at the top.

    Both have the same number of rows and of columns. Columns are taken by position; a hair
    between two numbers, and whole numbers stored as decimals, move no row.
    """
    import numpy as np

    rows = len(got)
    pairs = list(_pairs(got, expected))
    group = np.zeros(2 * rows, dtype=np.int64)
    for key in chain(_exact_keys(pairs), _near_keys(pairs, tolerance)):
        group = _combined(group, key)
        if _all_differ(group[rows:]):  # each expected row is known already
            break
    mine, theirs = group[:rows], group[rows:]
    return (
        got.iloc[_order(mine, np.isin(mine, theirs), [one for one, _other in pairs])],
        expected.iloc[_order(theirs, np.isin(theirs, mine), [other for _one, other in pairs])],
    )


def has_meaning(index: pd.Index[Any]) -> bool:
    """Whether row labels say something of their row: text, dates, or an index with a name.

    Bare whole numbers only say where a row once stood: any way of filtering leaves others.
    """
    from pandas.api import types

    return any(name is not None for name in index.names) or not types.is_integer_dtype(index)


def _pairs(got: pd.DataFrame, expected: pd.DataFrame) -> Any:
    """What tells rows apart: labels that mean something, then each column; of both tables."""
    if has_meaning(expected.index) and got.index.nlevels == expected.index.nlevels:
        for level in range(expected.index.nlevels):
            yield (
                got.index.get_level_values(level).to_series(),
                expected.index.get_level_values(level).to_series(),
            )
    for position in range(expected.shape[1]):
        yield got.iloc[:, position], expected.iloc[:, position]


def _are_numbers(one: pd.Series[Any], other: pd.Series[Any]) -> bool:
    return is_real(one) and is_real(other)


def is_real(column: pd.Series[Any]) -> bool:
    """Whether a column holds real numbers (not True and False, not complex ones)."""
    from pandas.api import types

    return (
        types.is_numeric_dtype(column)
        and not types.is_bool_dtype(column)
        and not types.is_complex_dtype(column)
    )


def _exact_keys(pairs: list[Any]) -> Any:
    """Numbers that are equal where the texts of two rows are; a gap is -1."""
    import pandas as pd

    for one, other in pairs:
        if not _are_numbers(one, other):
            both = pd.concat([one, other], ignore_index=True)
            codes = pd.factorize(both.astype(str) if both.dtype == object else both)[0]
            codes[both.isna().to_numpy()] = -1
            yield codes


def _near_keys(pairs: list[Any], tolerance: float) -> Any:
    """Numbers that are equal where two rows' numbers are within a chain of hairs; a gap too."""
    import numpy as np

    for one, other in pairs:
        if _are_numbers(one, other):
            values = _as_floats(one, other)
            order = np.argsort(values, kind="stable")  # gaps at the end
            ordered = values[order]
            with np.errstate(invalid="ignore"):
                hair = np.maximum(tolerance * np.abs(ordered), tolerance * NEAR_ZERO)
                apart = np.diff(ordered) > np.maximum(hair[1:], hair[:-1])
                apart |= np.isnan(ordered[1:]) & ~np.isnan(ordered[:-1])
            keys = np.empty(len(values), dtype=np.int64)
            keys[order] = np.concatenate([np.zeros(1, dtype=bool), apart])[: len(order)].cumsum()
            yield keys


def _as_floats(*columns: pd.Series[Any]) -> NDArray[np.float64]:
    import numpy as np

    return np.concatenate([each.to_numpy(dtype=np.float64, na_value=np.nan) for each in columns])


def _combined(group: NDArray[np.int64], key: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each pair of a group and a key."""
    import pandas as pd

    codes: NDArray[np.int64] = pd.factorize(group * (key.max(initial=0) + 2) + key + 1)[0]
    return codes


def _all_differ(group: NDArray[np.int64]) -> bool:
    import pandas as pd

    return len(pd.unique(group)) == len(group)


def _order(
    group: NDArray[np.int64], shared: NDArray[np.bool_], columns: list[pd.Series[Any]]
) -> NDArray[np.intp]:
    import numpy as np

    if _all_differ(group):
        return np.lexsort((group, shared))
    # Rows of one group differ by a chain of hairs at most: their numbers put them in order.
    numbers = [_as_floats(column) for column in reversed(columns) if is_real(column)]
    return np.lexsort((*numbers, group, shared))
