"""Matching the rows of two tables where their order is free.

Rows are told apart column by column, until each has a group of its own: first by the columns that
tell most of them apart, last by those that cannot be right as a whole. Only rows that still share
a group are looked at again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kit.checks.compare import NEAR_ZERO
from kit.checks.tables.columns import SAMPLE, column_pairs, numbers_of, share_apart

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

OTHER_ORDERS = 3
ROUNDING = 1e-9
"""How far (relative) sums of the same numbers in another order may differ."""


def aligned(got: pd.DataFrame, expected: pd.DataFrame, tolerance: float) -> pd.DataFrame:
    """The rows of ``got``, each where ``expected`` has its equal.

    Both have as many rows, and the same columns by position. A hair between two numbers, and
    whole numbers stored as decimals, move no row. Rows without an equal take what places are left.
    """
    return next(alignments(got, expected, tolerance))


def alignments(
    got: pd.DataFrame, expected: pd.DataFrame, tolerance: float
) -> Iterator[pd.DataFrame]:
    """As ``aligned``, then others: of tables that differ, any column may be the wrong one."""
    for pairs in _orders(_pairs(got, expected, tolerance)):
        yield got.iloc[_places(pairs, len(got), tolerance)]


def likeliest(
    tries: Iterable[pd.DataFrame], expected: pd.DataFrame, tolerance: float
) -> pd.DataFrame:
    """Of alignments, one in which the fewest columns are wrong as a whole."""
    best, fewest = expected, expected.shape[1] + 1
    for placed in tries:
        wrong = _wrong_columns(placed, expected, tolerance)
        if wrong < fewest:
            best, fewest = placed, wrong
        if fewest < 2:  # noqa: PLR2004 - one column may well be wrong
            break
    return best


def _orders(pairs: list[_Pair]) -> Iterator[list[_Pair]]:
    """What to tell rows apart by: as it is, then with one of the first as the last."""
    yield pairs
    for place in range(min(OTHER_ORDERS, len(pairs) - 1)):
        yield [*pairs[:place], *pairs[place + 1 :], pairs[place]]


def _places(pairs: list[_Pair], rows: int, tolerance: float) -> Ints:
    """Where in ``got`` each row of ``expected`` has its equal, or else a row left over."""
    import numpy as np

    mine, theirs = _matched(pairs, rows, rows, tolerance)
    places = np.empty(rows, dtype=np.intp)
    places[theirs] = mine
    places[_others(theirs, rows)] = _others(mine, rows)
    return places


def _wrong_columns(got: pd.DataFrame, expected: pd.DataFrame, tolerance: float) -> int:
    """In how many columns most cells differ."""
    pairs = column_pairs(got, expected)
    shares = (share_apart(mine, theirs, tolerance) for mine, theirs in pairs)
    return sum(share > 1 / 2 for share in shares)


def unmatched(
    got: pd.DataFrame, expected: pd.DataFrame, tolerance: float
) -> tuple[list[int], list[int]]:
    """The places of the rows that only ``got`` has, and of those that only ``expected`` has.

    A row that has its like is not among them, even if one of its cells is wrong.
    """
    mine, theirs = matched(got, expected, tolerance)
    return _others(mine, len(got)).tolist(), _others(theirs, len(expected)).tolist()


def matched(got: pd.DataFrame, expected: pd.DataFrame, tolerance: float) -> tuple[Ints, Ints]:
    """The places of the rows that have their like: those in ``got``, those of the likes.

    What tells the rows of ``expected`` apart is the same in both; other columns may differ.
    """
    pairs = _pairs(got, expected, tolerance)
    return _matched(pairs, len(got), len(expected), tolerance)


def _matched(
    pairs: list[_Pair], rows: int, expected_rows: int, tolerance: float
) -> tuple[Ints, Ints]:
    import numpy as np

    groups, numbers = _groups(pairs, rows, rows + expected_rows, tolerance)
    if max(np.bincount(each).max(initial=0) for each in (groups[:rows], groups[rows:])) > 1:
        groups = _one_each(groups, numbers, rows)
    size = int(groups.max(initial=0)) + 1
    mine, theirs = np.full(size, -1), np.full(size, -1)
    mine[groups[:rows]] = np.arange(rows)
    theirs[groups[rows:]] = np.arange(expected_rows)
    both = (mine >= 0) & (theirs >= 0)
    return mine[both], theirs[both]


def can_match(got: pd.DataFrame, expected: pd.DataFrame, tolerance: float) -> bool:
    """Whether the rows may be equal in some order, as far as can be seen fast."""
    return not any(_pair(*each).disagrees(tolerance) for each in column_pairs(got, expected))


def has_meaning(index: pd.Index[Any]) -> bool:
    """Whether row labels say something of their row: text, dates, or an index with a name.

    Bare whole numbers only say where a row once stood: any way of filtering leaves others.
    """
    from pandas.api import types

    return any(name is not None for name in index.names) or not types.is_integer_dtype(index)


def _others(places: Ints, rows: int) -> Ints:
    import numpy as np

    rest = np.ones(rows, dtype=bool)
    rest[places] = False
    return np.flatnonzero(rest)


def _one_each(groups: Ints, numbers: list[Floats], rows: int) -> Ints:
    """Groups in which each table has one row at most: the first ones, the second ones, ..."""
    import numpy as np
    import pandas as pd

    place = np.empty(len(groups), dtype=np.int64)
    for part in (slice(None, rows), slice(rows, None)):
        # Rows of one group differ by a chain of hairs at most: their numbers put them in order.
        order = np.lexsort((*(each[part] for each in numbers), groups[part]))
        ordered = groups[part][order]
        firsts = np.flatnonzero(np.diff(ordered, prepend=-1))
        since = np.arange(len(ordered)) - np.repeat(firsts, np.diff(firsts, append=len(ordered)))
        place[part][order] = since
    codes: Ints = pd.factorize(groups * (place.max(initial=0) + 1) + place)[0]
    return codes


@dataclass(frozen=True)
class _Pair:
    """A column of both tables, ``got``'s above ``expected``'s."""

    one: pd.Series[Any]
    other: pd.Series[Any]
    numbers: Floats | None

    def disagrees(self, tolerance: float) -> bool:
        """Whether the two columns cannot be equal in any order: seen fast, and not always."""
        import numpy as np

        if self.numbers is None or len(self.one) != len(self.other):
            return False
        mine, theirs = self.numbers[: len(self.one)], self.numbers[len(self.one) :]
        if np.isnan(mine).sum() != np.isnan(theirs).sum():
            return True
        with np.errstate(all="ignore"):
            apart = abs(np.nansum(mine) - np.nansum(theirs))
            hairs = 2 * tolerance * (np.nansum(np.abs(theirs)) + NEAR_ZERO * len(theirs))
            return bool(apart > hairs + ROUNDING * np.nansum(np.abs(theirs)))

    def rank(self, tolerance: float) -> tuple[bool, int, bool]:
        """The smaller, the better a column is for telling rows apart."""
        apart = self.other.iloc[:SAMPLE].astype(str).nunique()
        return self.disagrees(tolerance), -apart, self.numbers is None

    def key(self, rows: Ints, tolerance: float) -> tuple[Ints, bool]:
        """A number for each of these rows, the same where two are; and whether hairs lie there."""
        if self.numbers is not None:
            return _near_key(self.numbers[rows], tolerance)
        return _exact_key(self.one, self.other)[rows], False


def _groups(
    pairs: list[_Pair], rows: int, both: int, tolerance: float
) -> tuple[Ints, list[Floats]]:
    """A number for each row of ``got``, then of ``expected``: the same where the rows are equal.

    Besides, numbers that put the rows of one group in order, where hairs lie between them.

    Args:
        pairs: what tells rows apart, the best first.
        rows, both: how many rows ``got`` has, and both have.
    """
    import numpy as np
    import pandas as pd

    groups = np.zeros(both, dtype=np.int64)
    shared = np.arange(both)
    numbers: list[Floats] = []
    for pair in pairs:
        if not len(shared):
            break
        key, blurred = pair.key(shared, tolerance)
        if blurred and pair.numbers is not None:
            numbers.append(pair.numbers)
        codes = pd.factorize(groups[shared] * (key.max() + 2) + key + 1)[0]
        groups[shared] = codes + groups.max() + 1  # new ones, beside those of the other rows
        in_got, in_expected = (
            np.bincount(codes[part], minlength=len(shared))[codes]
            for part in (shared < rows, shared >= rows)
        )
        shared = shared[(in_got > 0) & (in_expected > 0) & (in_got + in_expected > 2)]  # noqa: PLR2004 - one of each
    return groups, numbers


def _pairs(got: pd.DataFrame, expected: pd.DataFrame, tolerance: float) -> list[_Pair]:
    """What tells rows apart, the best first: labels that mean something, then the columns."""
    labels = []
    if has_meaning(expected.index) and got.index.nlevels == expected.index.nlevels:
        labels = [
            _pair(*(each.index.get_level_values(level).to_series() for each in (got, expected)))
            for level in range(expected.index.nlevels)
        ]
    columns = [_pair(*each) for each in column_pairs(got, expected)]
    return labels + sorted(columns, key=lambda pair: pair.rank(tolerance))


def _pair(one: pd.Series[Any], other: pd.Series[Any]) -> _Pair:
    import numpy as np

    mine, theirs = numbers_of(one), numbers_of(other)
    both = None if mine is None or theirs is None else np.concatenate([mine, theirs])
    return _Pair(one, other, both)


def _exact_key(one: pd.Series[Any], other: pd.Series[Any]) -> Ints:
    """Numbers that are equal where two cells are; a gap is -1."""
    import pandas as pd

    both = pd.concat([one, other], ignore_index=True)
    try:
        return pd.factorize(both)[0]
    except TypeError:  # cells that cannot be hashed, such as lists
        return pd.factorize(both.astype(str))[0]


def _near_key(values: Floats, tolerance: float) -> tuple[Ints, bool]:
    """Numbers that are equal where two values are within a chain of hairs; a gap too.

    Besides, whether hairs lie between some of one number.
    """
    import numpy as np

    order = np.argsort(values)  # gaps at the end
    ordered = values[order]
    with np.errstate(invalid="ignore", over="ignore"):
        hair = np.maximum(tolerance * np.abs(ordered), tolerance * NEAR_ZERO)
        step = np.diff(ordered)
        apart = step > np.maximum(hair[1:], hair[:-1])
        apart |= np.isnan(ordered[1:]) & ~np.isnan(ordered[:-1])
    keys = np.empty(len(values), dtype=np.int64)
    keys[order] = np.concatenate([np.zeros(1, dtype=bool), apart])[: len(order)].cumsum()
    return keys, bool(np.any((step > 0) & ~apart))
