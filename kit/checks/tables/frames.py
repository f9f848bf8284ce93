"""Comparing two tables, or two columns (Series), in words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

from kit.checks.arguments import is_number
from kit.checks.compare import RELATIVE, is_gap, same, shown
from kit.checks.tables.columns import (
    DATES,
    DURATIONS,
    METHODS,
    NUMBERS,
    TEXT,
    TRUTH,
    column_pairs,
    family,
    first_unequal,
    share_apart,
)
from kit.checks.tables.rows import (
    aligned,
    alignments,
    can_match,
    has_meaning,
    likeliest,
    unmatched,
)
from kit.words import _

if TYPE_CHECKING:
    import pandas as pd

    Frame = pd.DataFrame
    Column = pd.Series[Any]
    Index = pd.Index[Any]

VALUES = "\0values"
"""The name of the one column of what was a Series: a learner knows it by none."""
CELLS = 3
"""How many cells say which row is meant."""
LABELS = 60
"""How many row labels are shown at most."""
NEARLY = 0.005
"""Who is this close (relative) to a number is told how close one must be."""


def difference(
    got: Frame | Column,
    expected: Frame | Column,
    *,
    tolerance: float = RELATIVE,
    row_order: bool = True,
    dtypes: bool = False,
    index_names: bool = True,
) -> str | None:
    """The first difference of two tables, in words (Markdown), or None where they are equal.

    Looks at the columns, what they hold, the number of rows, the index, then the cells from the
    top. Where the order of rows is free, the index counts only where it says something of its row.

    Args:
        got, expected: two tables, or two Series, whose names do not count.
        tolerance: how far numbers may differ, relative.
        row_order: whether the order of rows matters.
        dtypes: whether the columns' types must be the very same; else numbers are numbers.
        index_names: whether the names of the index matter, where ``expected`` has any.
    """
    mine, theirs = _as_frame(got), _as_frame(expected)
    return (
        _columns_difference(mine, theirs)
        or _types_difference(mine, theirs, exact=dtypes)
        or _rows_difference(mine, theirs, tolerance)
        or _content_difference(mine, theirs, tolerance, row_order=row_order)
        or (_names_difference(mine.index, theirs.index, row_order) if index_names else None)
    )


def is_same(
    got: Frame | Column,
    expected: Frame | Column,
    *,
    tolerance: float = RELATIVE,
    row_order: bool = True,
    dtypes: bool = False,
    index_names: bool = True,
) -> bool:
    """Whether ``difference`` would find none, without looking for words."""
    mine, theirs = _as_frame(got), _as_frame(expected)
    if mine.shape != theirs.shape or not can_match(mine, theirs, tolerance):
        return False
    if _columns_difference(mine, theirs) or _types_difference(mine, theirs, exact=dtypes):
        return False
    means = has_meaning(theirs.index)
    return (
        _are_equal(mine, theirs, tolerance, labels=row_order or means)
        or (
            not row_order
            and _are_equal(aligned(mine, theirs, tolerance), theirs, tolerance, labels=means)
        )
    ) and not (index_names and _names_difference(mine.index, theirs.index, row_order))


def _as_frame(table: Frame | Column) -> Frame:
    import pandas as pd

    return table.to_frame(VALUES) if isinstance(table, pd.Series) else table


def _columns_difference(got: Frame, expected: Frame) -> str | None:
    have, want = list(got.columns), list(expected.columns)
    if have == want or same(have, want):
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


def _types_difference(got: Frame, expected: Frame, *, exact: bool) -> str | None:
    words = _family_words()
    for mine, theirs in column_pairs(got, expected):
        if exact and mine.dtype != theirs.dtype:
            have, want = f"`{mine.dtype}`", f"`{theirs.dtype}`"
            said = _("{column} should have the type {expected}; yours has {got}.")
        else:
            have, want = words.get(family(mine), ""), words.get(family(theirs), "")
            said = _("{column} should hold {expected}; yours holds {got}.")
        if have and want and have != want:
            column = (
                _("The Series")
                if theirs.name == VALUES
                else _("The column {n}").format(n=shown(theirs.name))
            )
            return said.format(column=column, expected=want, got=have)
    return None


def _family_words() -> dict[str, str]:
    """What a learner would call what a column holds; not of a mixture, nor of mere gaps."""
    return {
        NUMBERS: _("numbers"),
        TRUTH: _("True and False"),
        DATES: _("dates"),
        DURATIONS: _("durations"),
        TEXT: _("text"),
        METHODS: _("methods that were not called (are the brackets `()` missing?)"),
    }


def _rows_difference(got: Frame, expected: Frame, tolerance: float) -> str | None:
    if len(got) == len(expected):
        return None
    said = (
        _("Your Series has {got} values; {expected} were expected.")
        if VALUES in expected.columns
        else _("Your table has {got} rows; {expected} were expected.")
    ).format(got=len(got), expected=len(expected))
    more = len(got) > len(expected)
    ask = (
        _("Which of yours should not be there?")
        if more
        else _("Which ones are missing: were they filtered, grouped or dropped?")
    )
    extra, missing = unmatched(got, expected, tolerance)
    if more and len(extra) < len(got):  # else the columns differ, and every row with them
        return f"{said} {ask} " + _("Row {row} is one.").format(row=_row(got, extra[0]))
    if not more and len(missing) < len(expected):
        means = has_meaning(expected.index)
        return f"{said} {ask} " + _("One is the row {row}.").format(
            row=_row(expected, missing[0], label=means)
        )
    return f"{said} {ask}"


def _row(frame: Frame, place: int, *, label: bool = True) -> str:
    """A row as a learner can find it: by its label and its first cells."""
    values = [frame.iat[place, column] for column in range(min(CELLS, frame.shape[1]))]
    cells = ", ".join(_cell(value) for value in values)
    return f"{shown(frame.index[place])} ({cells})" if label else cells


def _content_difference(
    got: Frame, expected: Frame, tolerance: float, *, row_order: bool
) -> str | None:
    """The first difference in the rows of two tables that have as many, and the same columns."""
    means = has_meaning(expected.index)
    if _are_equal(got, expected, tolerance, labels=row_order or means):
        return None
    tries = alignments(got, expected, tolerance)
    if row_order:
        return _order_difference(got, expected, tolerance, tries) or _row_by_row(
            got, expected, tolerance, labels=True
        )
    placed = next(tries)
    if _are_equal(placed, expected, tolerance, labels=means):
        return None
    placed = likeliest(chain([placed], tries), expected, tolerance)
    return _row_by_row(placed, expected, tolerance, labels=means)


def _are_equal(got: Frame, expected: Frame, tolerance: float, *, labels: bool) -> bool:
    """Whether two tables are equal row by row, and so are their labels, where these count."""
    return not (labels and _labels_difference(got.index, expected.index, tolerance)) and all(
        first_unequal(mine, theirs, tolerance) is None
        for mine, theirs in column_pairs(got, expected)
    )


def _order_difference(
    got: Frame, expected: Frame, tolerance: float, tries: Iterator[Frame]
) -> str | None:
    """Whether only the order of the rows is wrong."""
    cells = _cells_difference(got, expected, tolerance)
    if not cells or not _are_equal(next(tries), expected, tolerance, labels=False):
        return None
    labels = _labels_difference(got.index, expected.index, tolerance)
    said = _("All rows are there, but in another order")
    return f"{said}: {labels}" if labels else f"{said}. {cells}"


def _row_by_row(got: Frame, expected: Frame, tolerance: float, *, labels: bool) -> str | None:
    found = _labels_difference(got.index, expected.index, tolerance) if labels else None
    if found:
        return _("The cells may be right, but {labels}").format(labels=found)
    return _cells_difference(got, expected, tolerance)


def _labels_difference(got: Index, expected: Index, tolerance: float) -> str | None:
    """How two indices differ, as the end of a sentence."""
    if got.equals(expected):
        return None
    if got.nlevels != expected.nlevels:
        return _("the row labels (the index) have {got} levels; {expected} were expected.").format(
            got=got.nlevels, expected=expected.nlevels
        )
    for level in range(expected.nlevels):
        mine, theirs = (each.get_level_values(level).to_series() for each in (got, expected))
        place = first_unequal(mine, theirs, tolerance)
        if place is not None:
            return _(
                "the row labels (the index) are {labels}. There, {got} stands where {expected} "
                "was expected."
            ).format(
                labels=shown(list(got[:LABELS])),
                got=shown(got[place]),
                expected=shown(expected[place]),
            )
    return None


def _names_difference(got: Index, expected: Index, row_order: bool) -> str | None:
    for have, want in zip(got.names, expected.names, strict=False):
        if want is not None and have != want and (row_order or has_meaning(expected)):
            return _(
                "The table is right, but its row labels (the index) are called {got}; {expected} "
                "was expected."
            ).format(got=shown(have), expected=shown(want))
    return None


def _cells_difference(got: Frame, expected: Frame, tolerance: float) -> str | None:
    """The first difference in the column that is wrong: the one in which most cells differ."""
    apart = [
        (mine, theirs, place)
        for mine, theirs in column_pairs(got, expected)
        if (place := first_unequal(mine, theirs, tolerance)) is not None
    ]
    if not apart:
        return None
    mine, theirs, place = max(apart, key=lambda each: share_apart(each[0], each[1], tolerance))
    one, other = mine.iloc[place], theirs.iloc[place]
    where = _place_words(theirs.name, mine.index[place])
    return f"{_cell_words(where, one, other)} {_nearly(one, other, tolerance)}".strip()


def _place_words(name: Any, label: Any) -> str:
    if name == VALUES:
        return _("In row {label}, there is").format(label=shown(label))
    return _("In the column {name}, row {label}, there is").format(
        name=shown(name), label=shown(label)
    )


def _cell_words(where: str, one: Any, other: Any) -> str:
    if is_gap(other):
        return _("{where} {got}; a gap was expected.").format(where=where, got=_cell(one))
    return _("{where} {got}; {expected} was expected.").format(
        where=where, got=_cell(one), expected=_cell(other)
    )


def _cell(value: Any) -> str:
    return _("a gap") if is_gap(value) else shown(value)


def _nearly(one: Any, other: Any, tolerance: float) -> str:
    """How close is close enough, where that mattered."""
    if not (is_number(one) and is_number(other)) or abs(one - other) > NEARLY * abs(other):
        return ""
    return _("It may differ by {percent:g} % at most: was it rounded?").format(
        percent=100 * tolerance
    )
