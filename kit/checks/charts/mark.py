"""Mark: one thing that is drawn in a chart, such as points, a line or bars, and its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kit.words import _, ngettext

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

POINTS, LINE, HISTOGRAM, BOXES = "scatter", "line", "histogram", "boxes"
BARS = ("bars", "horizontal bars", "stacked bars", "stacked horizontal bars")
NAMED = (*BARS, BOXES, "pie")
"""Kinds of which each part has a name, in whatever order they stand."""
GUIDES = ("vertical line", "horizontal line")
"""Lines that only guide the eye: more of them than asked for do no harm."""


@dataclass(frozen=True, eq=False)
class Mark:
    """One thing drawn: the points of one ``scatter``, a line, the bars of one ``bar``.

    Attributes:
        kind: "scatter", "line", "bars", "horizontal bars", "stacked bars", "histogram",
            "boxes", "pie", "area", "heat map", "vertical line", ...
        x, y: the data; of bars their places and lengths, of a histogram its edges and heights,
            of boxes their places and rows of five numbers, of a heat map nothing and its cells.
            Dates are days since 1970.
        names: what the axis calls each bar, box or slice.
        label: what a legend calls it, or "".
        colours: a number for each point, the same where the colour is; empty where it is one.
        period: the length of the periods that pandas drew the dates as, such as "M", or "".
    """

    kind: str
    x: Floats
    y: Floats
    names: tuple[str, ...] = ()
    label: str = ""
    colours: tuple[int, ...] = field(default=(), repr=False)
    period: str = ""


def kind_words(kind: str) -> str:
    """What a learner would call marks of a kind, and how to draw them."""
    return {
        POINTS: _("points (`scatter`)"),
        LINE: _("lines (`plot`)"),
        HISTOGRAM: _("bars of a histogram (`hist`)"),
        BOXES: _("boxes (`boxplot`)"),
        "bars": _("bars (`bar`)"),
        "horizontal bars": _("horizontal bars (`barh`)"),
        "stacked bars": _("bars on top of others (`bar` with `bottom`)"),
        "stacked horizontal bars": _("bars in a row (`barh` with `left`)"),
        "pie": _("slices of a pie (`pie`)"),
        "area": _("filled areas (`fill_between`)"),
        "heat map": _("cells of an image (`imshow`)"),
        "vertical line": _("vertical lines (`axvline`)"),
        "horizontal line": _("horizontal lines (`axhline`)"),
    }.get(kind, f"`{kind}`")


def count_words(kind: str, n: int) -> str:
    """How many of a kind, such as "3 lines"."""
    return {
        POINTS: ngettext("{n} point", "{n} points", n),
        HISTOGRAM: ngettext("{n} bin", "{n} bins", n),
        BOXES: ngettext("{n} box", "{n} boxes", n),
        "pie": ngettext("{n} slice", "{n} slices", n),
        "area": ngettext("{n} area", "{n} areas", n),
        "heat map": ngettext("{n} cell", "{n} cells", n),
        **dict.fromkeys((LINE, *GUIDES), ngettext("{n} line", "{n} lines", n)),
        **dict.fromkeys(BARS, ngettext("{n} bar", "{n} bars", n)),
    }.get(kind, ngettext("{n} part", "{n} parts", n))


def size(mark: Mark) -> int:
    """How many points, bars, bins, ... it has."""
    if mark.kind == "heat map":
        return int(mark.y.size)
    return 1 if mark.kind in {LINE, *GUIDES, "area"} else len(mark.y)


def date_words(days: float) -> str:
    """A date, from days since 1970, with the time of the day where there is one."""
    import pandas as pd

    when = pd.Timestamp(0) + pd.Timedelta(days=float(days))
    return str(when.round("s")).removesuffix(" 00:00:00")


def number_words(value: float) -> str:
    """A number as an axis shows it: 4,201.75."""
    return f"{float(value):,.6g}"
