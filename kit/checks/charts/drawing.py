"""Drawing: what a chart shows, as plain data.

Colours, sizes and fonts are no part of it, nor what drew it: pyplot, pandas or seaborn.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kit.checks.charts.mark import Mark, count_words, size
from kit.words import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOUR_BAR = "<colorbar>"
"""What matplotlib calls the axes of one."""
LOOKED_AT = 100
"""How many parts of a learner's list or array are looked at for charts."""


@dataclass(frozen=True, eq=False)
class Drawing:
    """What an Axes shows.

    Attributes:
        marks: what is drawn; see ``Mark``.
        title, xlabel, ylabel: texts, "" where there is none.
        xlim, ylim: the limits of the axes, as they are set (the first may be the larger one).
        xscale, yscale: "linear", "log", ...
        legend: what its entries say, () where there is none.
        dated: whether dates lie along x.
        others: the further axes of the figure, or those that share this one's place.
    """

    marks: tuple[Mark, ...]
    title: str
    xlabel: str
    ylabel: str
    xlim: tuple[float, float]
    ylim: tuple[float, float]
    xscale: str
    yscale: str
    legend: tuple[str, ...]
    dated: bool = False
    others: tuple[Drawing, ...] = ()

    @property
    def kinds(self) -> list[str]:
        """The kinds of its marks, each once."""
        return list(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def panels(self) -> tuple[Drawing, ...]:
        """This and its further axes."""
        return (self, *self.others)


def drawing_of(value: Any) -> Drawing | None:
    """What a chart shows; None where a value is none.

    Args:
        value: an Axes, a Figure, or what a call that draws gives back (pandas, pyplot, seaborn).
    """
    axes = _axes_of(value)
    if not axes:
        return None
    first, *others = map(_drawing, axes)
    return replace(first, others=tuple(others))


def describe(value: Any) -> str:
    """A chart in a line of words, in the place of its picture."""
    drawing = drawing_of(value)
    panels = [_panel_words(panel) for panel in drawing.panels] if drawing else [_("empty")]
    return _("Chart: {parts}").format(parts="; ".join(panels))


def _panel_words(drawing: Drawing) -> str:
    counts: dict[str, int] = {}
    for mark in drawing.marks:
        counts[mark.kind] = counts.get(mark.kind, 0) + size(mark)
    parts = [
        drawing.title,
        " + ".join(counts) or _("empty"),
        f"x: {drawing.xlabel}" if drawing.xlabel else "",
        f"y: {drawing.ylabel}" if drawing.ylabel else "",
        *(count_words(kind, n) for kind, n in counts.items()),
    ]
    return ", ".join(" ".join(part.split()) for part in parts if part)


def _axes_of(value: Any, depth: int = 3) -> list[Axes]:
    """The axes that a value is, has or was drawn in; [] for anything that is no chart."""
    if "matplotlib.axes" not in sys.modules or not depth:
        return []
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import FigureBase

    if isinstance(value, Axes):
        return [value, *_twins(value)]
    if isinstance(value, FigureBase):
        inside: list[Any] = value.axes  # type: ignore[assignment]  # stubs: as of any artist
        return [axes for axes in inside if axes.get_label() != COLOUR_BAR]
    if isinstance(value, Artist):
        return _axes_of(value.axes)
    try:
        figure = value.figure  # as seaborn's grids have one
    except Exception:  # a learner's own class may do anything
        figure = None
    if isinstance(figure, FigureBase):
        return _axes_of(figure)
    found: list[Axes] = []
    for each in _parts(value):
        found += _axes_of(each, depth - 1)
    return list(dict.fromkeys(found))


def _parts(value: Any) -> Sequence[Any]:
    """What a list, a tuple, a dictionary or an array of anything holds."""
    if type(value).__name__ == "ndarray" and value.dtype == object:
        value = value.ravel().tolist()
    parts = list(value.values()) if isinstance(value, dict) else value
    return parts[:LOOKED_AT] if isinstance(parts, list | tuple) else []


def _twins(axes: Axes) -> list[Axes]:
    """The other axes in the same place, such as those that ``twinx`` makes."""
    figure = axes.get_figure()
    place = axes.get_position().bounds
    return [
        other
        for other in (figure.axes if figure else [])
        if other is not axes
        and other.get_position().bounds == place
        and other.get_label() != COLOUR_BAR
    ]


def _drawing(axes: Axes) -> Drawing:
    from kit.checks.charts.artists import is_dated, marks_of

    return Drawing(
        marks=marks_of(axes),
        title=_title(axes),
        xlabel=axes.get_xlabel().strip(),
        ylabel=axes.get_ylabel().strip(),
        xlim=_limits(axes.get_xlim()),
        ylim=_limits(axes.get_ylim()),
        xscale=axes.get_xscale(),
        yscale=axes.get_yscale(),
        legend=_legend(axes),
        dated=is_dated(axes.xaxis),
    )


def _limits(limits: tuple[Any, Any]) -> tuple[float, float]:
    return float(limits[0]), float(limits[1])


def _title(axes: Axes) -> str:
    """The title of the axes, or of a figure that has no others."""
    for place in ("center", "left", "right"):
        if title := axes.get_title(loc=place).strip():
            return title
    figure = axes.get_figure(root=True)
    return figure.get_suptitle().strip() if figure and len(figure.axes) == 1 else ""


def _legend(axes: Axes) -> tuple[str, ...]:
    figure = axes.get_figure(root=True)
    legends = [axes.get_legend(), *(figure.legends if figure else [])]
    return tuple(text.get_text() for each in legends if each for text in each.get_texts())
