"""Comparing what is drawn in two charts, one kind of mark after another, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kit.checks.charts.mark import (
    BARS,
    BOXES,
    HISTOGRAM,
    LINE,
    NAMED,
    POINTS,
    Mark,
    count_words,
    date_words,
    kind_words,
    number_words,
)
from kit.words import _, ngettext

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def difference(
    kind: str, got: Sequence[Mark], expected: Sequence[Mark], tolerance: float, dates: bool
) -> str | None:
    """The first difference of the marks of one kind in two charts, in words; None where equal.

    Args:
        kind: theirs.
        got, expected: the marks of that kind; their order, colours and sizes do not matter.
        tolerance: how far numbers may differ, relative.
        dates: whether what lies on the x axis are dates.
    """
    groups = [part for mark in got for part in _by_colour(mark)] if len(expected) > 1 else []
    mine = groups if len(groups) == len(expected) else list(got)
    if kind == POINTS and len(expected) == 1 and len(mine) > 1:  # told apart: more than was asked
        mine = [_together(mine)]
    if len(mine) != len(expected):
        return _number_difference(kind, mine, expected, tolerance)
    for theirs in expected:
        # What has the same label is meant to be the same, wherever it stands.
        mine.sort(key=lambda mark: mark.label != theirs.label)
        equal = next((mark for mark in mine if is_same(mark, theirs, tolerance)), None)
        if equal is None:
            of = _("“{label}”: ").format(label=theirs.label) if theirs.label else ""
            return f"{of}{_mark_difference(mine[0], theirs, tolerance, dates=dates)}"
        mine.remove(equal)
    return None


def is_same(got: Mark, expected: Mark, tolerance: float) -> bool:
    """Whether two marks are of one kind and show the same data."""
    return (
        got.kind == expected.kind
        and got.y.shape == expected.y.shape
        and (got.kind != POINTS or _may_be_same(got, expected, tolerance))
        and not _mark_difference(got, expected, tolerance, dates=False)
    )


def _may_be_same(got: Mark, expected: Mark, tolerance: float) -> bool:
    """Whether points have the same x and the same y, whichever belong together: seen fast."""
    import numpy as np

    return all(
        bool(np.all(_close(np.sort(mine), np.sort(theirs), tolerance)))
        for mine, theirs in ((got.x, expected.x), (got.y, expected.y))
    )


def _by_colour(mark: Mark) -> Iterator[Mark]:
    """The points of each colour as marks of their own."""
    import numpy as np

    if not mark.colours:
        yield mark
    colours = np.asarray(mark.colours)
    for colour in dict.fromkeys(mark.colours):
        here = colours == colour
        yield replace(mark, x=mark.x[here], y=mark.y[here], colours=())


def _together(marks: Sequence[Mark]) -> Mark:
    import numpy as np

    first = marks[0]
    x, y = (np.concatenate([getattr(each, axis) for each in marks]) for axis in "xy")
    return Mark(first.kind, x, y, label=first.label, period=first.period)


def _number_difference(
    kind: str, got: Sequence[Mark], expected: Sequence[Mark], tolerance: float
) -> str:
    """Where there are more or fewer marks than expected."""
    if kind == POINTS and got:
        mine, theirs = _together(got), _together(expected)
        if not any(_unmatched(mine, theirs, tolerance)):
            return _(
                "All points are there, but {n} groups of them were asked for, each with a colour "
                "of its own; yours has {got}."
            ).format(n=len(expected), got=len(got))
    if kind in {POINTS, *BARS}:
        sets = ngettext("{n} set of {kind}", "{n} sets of {kind}", len(got), kind=kind_words(kind))
    else:
        sets = count_words(kind, len(got))
    return _should_have(sets, len(expected))


def _should_have(got: str, expected: int) -> str:
    return _("Your chart has {got}; it should have {n}.").format(got=got, n=expected)


def _mark_difference(got: Mark, expected: Mark, tolerance: float, *, dates: bool) -> str | None:
    got, expected = _in_periods(got, expected.period), _in_periods(expected, got.period)
    if expected.kind == POINTS:
        return _points_difference(got, expected, tolerance, dates)
    if expected.kind in NAMED:
        return _named_difference(got, expected, tolerance)
    if expected.kind == HISTOGRAM:
        return _histogram_difference(got, expected, tolerance)
    if expected.kind == LINE:
        return _line_difference(got, expected, tolerance, dates)
    return _other_difference(got, expected, tolerance)


def _in_periods(mark: Mark, period: str) -> Mark:
    """Its dates as the beginnings of periods, where the other chart has those."""
    import numpy as np
    import pandas as pd

    if not period or mark.period == period:
        return mark
    days = pd.to_datetime(mark.x, unit="D").to_period(period).to_timestamp()
    return replace(mark, x=np.asarray((days - pd.Timestamp(0)) / pd.Timedelta(days=1)))


def _points_difference(got: Mark, expected: Mark, tolerance: float, dates: bool) -> str | None:
    if _is_close(_sorted(got), _sorted(expected), tolerance):
        return None
    extra, missing = _unmatched(got, expected, tolerance)
    if not extra and not missing:
        return None
    if len(extra) > 1 and not any(_unmatched(replace(got, x=got.y, y=got.x), expected, tolerance)):
        return _("The two axes are swapped: what is on x belongs on y.")
    if len(got.x) != len(expected.x):
        said = _should_have(count_words(POINTS, len(got.x)), len(expected.x))
        return f"{said} " + _("Which rows are left out, or are too many?")
    return _("There is a point at {got}, where none was expected; one is missing at {n}.").format(
        got=_at(got, extra[0], dates), n=_at(expected, missing[0], dates)
    )


def _line_difference(got: Mark, expected: Mark, tolerance: float, dates: bool) -> str | None:
    if _is_close(got, expected, tolerance) or _is_close(_backwards(got), expected, tolerance):
        return None
    if len(got.x) != len(expected.x):
        return _("Your line has {got}; it should have {n}.").format(
            got=count_words(POINTS, len(got.x)), n=len(expected.x)
        )
    if not any(_unmatched(got, expected, tolerance)):
        return _(
            "The points of your line are right, but joined in another order: sort the rows first."
        )
    if _is_close(replace(got, x=got.y, y=got.x), expected, tolerance):
        return _("The two axes are swapped: what is on x belongs on y.")
    place = _first_apart(got, expected, tolerance)
    return _("Your line goes through {got}; {n} was expected there.").format(
        got=_at(got, place, dates), n=_at(expected, place, dates)
    )


def _sorted(mark: Mark) -> Mark:
    import numpy as np

    order = np.lexsort((mark.y, mark.x))
    return replace(mark, x=mark.x[order], y=mark.y[order])


def _backwards(mark: Mark) -> Mark:
    return replace(mark, x=mark.x[::-1], y=mark.y[::-1])


def _named_difference(got: Mark, expected: Mark, tolerance: float) -> str | None:
    """Of bars, boxes or slices: each is known by its name."""
    import numpy as np

    kind = kind_words(expected.kind)
    if len(got.names) != len(expected.names):
        return _should_have(count_words(expected.kind, len(got.names)), len(expected.names))
    mine = {name.casefold(): place for place, name in enumerate(got.names)}
    theirs = {name.casefold(): name for name in expected.names}
    extra = [name for name in got.names if name.casefold() not in theirs]
    missing = [name for folded, name in theirs.items() if folded not in mine]
    if missing:
        return _("Among the {kind}, {missing} is missing; yours are called {names}.").format(
            kind=kind, missing=f"“{missing[0]}”", names=", ".join(got.names[:10])
        )
    if extra:
        return _("Among the {kind}, “{extra}” was not asked for.").format(kind=kind, extra=extra[0])
    for place, name in enumerate(expected.names):
        one, other = got.y[mine[name.casefold()]], expected.y[place]
        if not np.all(_close(one, other, tolerance)):
            return _named_words(expected.kind, name, one, other)
    return None


def _named_words(kind: str, name: str, one: Any, other: Any) -> str:
    import numpy as np

    if kind == "pie":
        return _("The slice “{name}” is {got} of the whole; {n} was expected.").format(
            name=name, got=number_words(one), n=number_words(other)
        )
    if kind == BOXES:
        return _(
            "The box “{name}” has whiskers, edges and middle line at {got}; {n} was expected."
        ).format(name=name, got=_numbers(np.sort(one)), n=_numbers(np.sort(other)))
    return _("The bar “{name}” is {got} long; {n} was expected.").format(
        name=name, got=number_words(one), n=number_words(other)
    )


def _histogram_difference(got: Mark, expected: Mark, tolerance: float) -> str | None:
    if len(got.y) != len(expected.y):
        return _should_have(count_words(HISTOGRAM, len(got.y)), len(expected.y))
    place = _first_place(got.x, expected.x, tolerance)
    if place is not None:
        return _("A bin of yours has an edge at {got}; {n} was expected.").format(
            got=number_words(got.x[place]), n=number_words(expected.x[place])
        )
    place = _first_place(got.y, expected.y, tolerance)
    if place is None:
        return None
    return _("The bin from {left} to {right} is {got} high; {n} was expected.").format(
        left=number_words(got.x[place]),
        right=number_words(got.x[place + 1]),
        got=number_words(got.y[place]),
        n=number_words(expected.y[place]),
    )


def _other_difference(got: Mark, expected: Mark, tolerance: float) -> str | None:
    kind = kind_words(expected.kind)
    if got.y.shape != expected.y.shape:
        return _("Among the {kind}, there are {got} values; {n} should be there.").format(
            kind=kind, got=" × ".join(map(str, got.y.shape)),
            n=" × ".join(map(str, expected.y.shape)),
        )  # fmt: skip
    for mine, theirs in ((got.x, expected.x), (got.y, expected.y)):
        place = _first_place(mine.ravel(), theirs.ravel(), tolerance)
        if place is not None:
            return _("Among the {kind}, there is {got}, where {n} was expected.").format(
                kind=kind, got=number_words(mine.flat[place]), n=number_words(theirs.flat[place])
            )
    return None


def _is_close(got: Mark, expected: Mark, tolerance: float) -> bool:
    return len(got.x) == len(expected.x) and _first_apart(got, expected, tolerance) is None


def _first_apart(got: Mark, expected: Mark, tolerance: float) -> Any:
    """The first place where one of x and y differs, of marks of one length."""
    places = [
        _first_place(mine, theirs, tolerance)
        for mine, theirs in ((got.x, expected.x), (got.y, expected.y))
    ]
    return min((place for place in places if place is not None), default=None)


def _first_place(got: Floats, expected: Floats, tolerance: float) -> int | None:
    import numpy as np

    if got.shape != expected.shape:
        return 0
    apart = np.flatnonzero(~_close(got, expected, tolerance))
    return int(apart[0]) if len(apart) else None


def _close(one: Any, other: Any, tolerance: float) -> Any:
    """Where numbers are the same, within a share of the largest of all; gaps are the same."""
    import numpy as np

    finite = np.abs(other[np.isfinite(other)]) if np.ndim(other) else np.abs([other])
    hair = tolerance * np.max(finite, initial=0)
    return np.isclose(one, other, rtol=tolerance, atol=hair, equal_nan=True)


def _unmatched(got: Mark, expected: Mark, tolerance: float) -> tuple[list[int], list[int]]:
    """The points that only one of two marks has, in whatever order they come."""
    import numpy as np

    from kit.checks.tables.rows import matched

    mine, theirs = matched(_frame(got), _frame(expected), tolerance)
    equal = _close(got.x[mine], expected.x[theirs], tolerance) & _close(
        got.y[mine], expected.y[theirs], tolerance
    )
    extra = np.setdiff1d(np.arange(len(got.x)), mine[equal])
    missing = np.setdiff1d(np.arange(len(expected.x)), theirs[equal])
    return extra.tolist(), missing.tolist()


def _frame(mark: Mark) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({"x": mark.x, "y": mark.y})


def _at(mark: Mark, place: int, dates: bool) -> str:
    x = date_words(mark.x[place]) if dates else number_words(mark.x[place])
    return f"({x}; {number_words(mark.y[place])})"


def _numbers(values: Any) -> str:
    return ", ".join(number_words(value) for value in values)
