"""Comparing two columns: what each holds, and the first place where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kit.checks.compare import NEAR_ZERO, same

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

SAMPLE = 1000
"""How many rows say what a column holds, and how well it tells rows apart."""

NUMBERS, TRUTH, DATES, DURATIONS, TEXT, METHODS, MIXED, GAPS = (
    "numbers", "truth", "dates", "durations", "text", "methods", "mixed", "gaps",
)  # fmt: skip
_BY_DTYPE = {"i": NUMBERS, "u": NUMBERS, "f": NUMBERS, "b": TRUTH, "M": DATES, "m": DURATIONS}
_BY_VALUES = {
    "integer": NUMBERS, "floating": NUMBERS, "mixed-integer-float": NUMBERS, "decimal": NUMBERS,
    "boolean": TRUTH, "datetime64": DATES, "datetime": DATES, "date": DATES,
    "timedelta64": DURATIONS, "timedelta": DURATIONS, "string": TEXT, "empty": GAPS,
}  # fmt: skip
"""What pandas calls the values of a column that may hold anything."""


def column_pairs(
    got: pd.DataFrame, expected: pd.DataFrame
) -> list[tuple[pd.Series[Any], pd.Series[Any]]]:
    """The columns of two tables that have as many, each with the one in its place."""
    mine, theirs = ([column for _name, column in each.items()] for each in (got, expected))
    return list(zip(mine, theirs, strict=True))


def family(column: pd.Series[Any]) -> str:
    """What a column holds, however pandas stores it; ``GAPS`` where it holds nothing else."""
    import pandas as pd
    from pandas.api import types

    if isinstance(column.dtype, pd.StringDtype):
        return TEXT
    if isinstance(column.dtype, pd.CategoricalDtype):
        return family(column.cat.categories.to_series()) if column.notna().any() else GAPS
    by_dtype = _BY_DTYPE.get(column.dtype.kind)
    if by_dtype:
        return by_dtype if column.notna().any() else GAPS
    by_values = _BY_VALUES.get(types.infer_dtype(column, skipna=True), MIXED)
    return METHODS if by_values == MIXED and any(map(callable, column)) else by_values


def numbers_of(column: pd.Series[Any]) -> NDArray[np.float64] | None:
    """A column's numbers, with NaN for a gap; None where it does not hold real numbers."""
    import numpy as np

    if column.dtype.kind not in "iuf":
        # The first values rule most columns of text out, where looking at all takes its time.
        parts = (column.iloc[:SAMPLE], column) if column.dtype.kind == "O" else ()
        if not parts or any(family(part) not in {NUMBERS, GAPS} for part in parts):
            return None
    try:
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    except (OverflowError, TypeError, ValueError):  # beyond all floats; gaps of dates
        return None


def first_unequal(mine: pd.Series[Any], theirs: pd.Series[Any], tolerance: float) -> int | None:
    """The first place where two columns of one length differ, or None; labels do not count."""
    import numpy as np

    one, other = numbers_of(mine), numbers_of(theirs)
    if one is not None and other is not None:
        places = np.flatnonzero(~_close(one, other, tolerance))
        return int(places[0]) if len(places) else None
    places = np.flatnonzero(_unequal(mine, theirs))
    mine, theirs = mine.iloc[places], theirs.iloc[places]
    apart = ~(mine.isna().to_numpy() & theirs.isna().to_numpy())
    for place in np.flatnonzero(apart):
        if not _is_same(mine.iloc[place], theirs.iloc[place], tolerance):
            return int(places[place])
    return None


def share_apart(mine: pd.Series[Any], theirs: pd.Series[Any], tolerance: float) -> float:
    """The share of places where two columns of one length differ, 0 to 1, from some of them."""
    import numpy as np

    step = len(mine) // SAMPLE + 1
    mine, theirs = mine.iloc[::step], theirs.iloc[::step]
    one, other = numbers_of(mine), numbers_of(theirs)
    if one is not None and other is not None:
        return 1 - float(np.mean(_close(one, other, tolerance)))
    gaps = mine.isna().to_numpy() & theirs.isna().to_numpy()
    return float(np.mean(_unequal(mine, theirs) & ~gaps))


def _close(
    one: NDArray[np.float64], other: NDArray[np.float64], tolerance: float
) -> NDArray[np.bool_]:
    """Where numbers are the same, as ``same`` has it."""
    import numpy as np

    with np.errstate(invalid="ignore", over="ignore"):
        hair = tolerance * np.maximum(np.abs(one), np.abs(other))
        close = np.abs(one - other) <= np.maximum(hair, tolerance * NEAR_ZERO)
    finite = np.isfinite(one) & np.isfinite(other)
    gaps = np.isnan(one) & np.isnan(other)
    result: NDArray[np.bool_] = (close & finite) | (one == other) | gaps
    return result


def _unequal(mine: pd.Series[Any], theirs: pd.Series[Any]) -> NDArray[np.bool_]:
    """Where two cells are not equal at first sight: most are, and ``same`` is slow."""
    import numpy as np

    try:
        if mine.dtype.kind in "Mm" and theirs.dtype.kind in "Mm":
            return np.asarray(mine.array != theirs.array, dtype=bool)
        one, other = (np.asarray(each.array, dtype=object) for each in (mine, theirs))
        return np.asarray(one != other, dtype=bool)
    except Exception:  # cells may hold anything, such as arrays
        return np.ones(len(mine), dtype=bool)


def _is_same(one: Any, other: Any, tolerance: float) -> bool:
    try:
        return same(one, other, tolerance)
    except Exception:  # a learner's own object may have a faulty ==
        return False
