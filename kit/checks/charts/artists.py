"""From what matplotlib draws with (artists) to marks: what a chart shows, whatever drew it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kit.checks.charts.mark import BOXES, HISTOGRAM, LINE, POINTS, Mark, date_words

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_COLOURS = 12
"""More colours than this are a scale, and not groups."""
A_SEGMENT = 2
A_BOX = (5, 11)
"""How many points the outline of a box has: plain, and with a notch."""


def marks_of(axes: Axes) -> tuple[Mark, ...]:
    """What is drawn in an Axes; decoration (text, arrows, shading) is left out."""
    seen: set[int] = set()
    found = [*_of_containers(axes, seen), *_of_boxes(axes, seen)]
    for line in axes.lines:
        if id(line) not in seen and line.get_visible():
            found += _of_line(axes, line)
    for collection in axes.collections:
        if id(collection) not in seen and collection.get_visible():
            found += _of_collection(axes, collection)
    patches = [patch for patch in axes.patches if id(patch) not in seen and patch.get_visible()]
    found += [*_of_patches(patches), *_of_pie(patches)]
    found += [
        Mark("heat map", _floats([]), _floats(image.get_array()))
        for image in axes.images
        if image.get_visible()
    ]
    return tuple(mark for mark in found if mark.y.size)


def is_dated(axis: Axis) -> bool:
    """Whether dates lie along an axis."""
    kind = type(axis.get_converter()).__name__
    return "Date" in kind or "Period" in kind


def _of_containers(axes: Axes, seen: set[int]) -> Iterator[Mark]:
    """Bars, error bars and stems: artists that belong together."""
    from matplotlib.container import BarContainer, StemContainer

    for container in axes.containers:
        parts = container.get_children()
        if isinstance(container, BarContainer):
            yield from _of_bars(axes, container)
        elif isinstance(container, StemContainer):
            x, y = _xy(axes, container.markerline)
            yield Mark("stems", x, y, label=_label(container))
        else:  # of error bars, the line counts as any other
            parts = [part for part in parts if part is not container[0]]
        seen.update(map(id, parts))


def _of_bars(axes: Axes, container: Any) -> Iterator[Mark]:
    import numpy as np

    lying = container.orientation == "horizontal"
    boxes = _floats(
        [
            (bar.get_x(), bar.get_width(), bar.get_y(), bar.get_height())
            for bar in container.patches
            if bar.get_visible()
        ]
    ).reshape(-1, 4)
    left, width, bottom, height = boxes[np.argsort(boxes[:, 2 if lying else 0])].T
    if lying:
        left, width, bottom, height = bottom, height, left, width
    axis = axes.yaxis if lying else axes.xaxis
    label = _label(container)
    if len(left) > 1 and _touch(left, width) and _tick_names(axis) is None:
        edges = np.append(left, left[-1] + width[-1])
        yield Mark(f"horizontal {HISTOGRAM}" if lying else HISTOGRAM, edges, height, label=label)
    elif len(left):
        kind = "horizontal bars" if lying else "bars"
        stacked = bool(np.any(bottom != 0))
        middles = _as_days(axis, left + width / 2)
        yield Mark(
            f"stacked {kind}" if stacked else kind, middles, height,
            names=_names(axis, left + width / 2, middles), label=label, period=_period(axis),
        )  # fmt: skip


def _touch(left: Floats, width: Floats) -> bool:
    """Whether each bar begins where the one before it ends."""
    import numpy as np

    return bool(np.allclose(left[1:], left[:-1] + width[:-1], rtol=0, atol=1e-6 * width.max()))


def _of_boxes(axes: Axes, seen: set[int]) -> Iterator[Mark]:
    """Box plots: matplotlib draws each box as lines that no legend may name, in a fixed order."""
    parts: list[Any] = [
        line for line in axes.lines if id(line) not in seen and line.get_label() == "_nolegend_"
    ]
    segments = [xy for xy in (line.get_xydata() for line in parts) if len(xy) == A_SEGMENT]
    flat = [xy for xy in segments if xy[0, 1] == xy[1, 1] and xy[0, 0] != xy[1, 0]]
    upright = [xy for xy in segments if xy[0, 0] == xy[1, 0] and xy[0, 1] != xy[1, 1]]
    value, place = (1, 0) if len(flat) > len(upright) else (0, 1)
    boxes = _gathered(segments, place)
    if not boxes:
        return
    rows = [
        (low[1, value], low[0, value], others[-1][0, value], high[0, value], high[1, value])
        for low, high, *others in boxes
    ]
    seen.update(map(id, parts))
    seen.update(id(line) for line in axes.lines if _is_outline(line))
    places = _floats([box[0][0, place] for box in boxes])
    axis = axes.yaxis if place else axes.xaxis
    kind = f"horizontal {BOXES}" if place else BOXES
    yield Mark(kind, places, _floats(rows), names=_names(axis, places, places))


def _gathered(segments: Sequence[Any], place: int) -> list[list[Any]]:
    """The segments of each box: two whiskers, then what lies across (caps, the middle line)."""
    boxes: list[list[Any]] = []
    for xy in segments:
        across = xy[0, place] != xy[1, place]
        if boxes and (across or len(boxes[-1]) == 1):
            boxes[-1].append(xy)
        else:
            boxes.append([xy])
    return [box for box in boxes if len(box) > A_SEGMENT]


def _is_outline(line: Any) -> bool:
    xy = line.get_xydata()
    return len(xy) in A_BOX and (len(xy) != A_BOX[0] or bool((xy[0] == xy[-1]).all()))


def _of_line(axes: Axes, line: Any) -> Iterator[Mark]:
    import numpy as np

    x, y = _xy(axes, line)
    dotted = line.get_linestyle() in {"None", " ", ""} or line.get_linewidth() == 0
    if dotted and line.get_marker() in {None, "None", " ", ""}:
        return
    label, period = _label(line), _period(axes.xaxis)
    along_x, along_y = line.get_transform().contains_branch_seperately(axes.transData)
    finite = np.isfinite(x) & np.isfinite(y)
    if not finite.any():
        return
    if not (along_x and along_y) or (len(x) == A_SEGMENT and (x[0] == x[1]) != (y[0] == y[1])):
        upright = along_x and x[0] == x[-1]
        where = x[:1] if upright else y[:1]
        yield Mark("vertical line" if upright else "horizontal line", where, where, label=label)
    elif dotted:
        yield Mark(POINTS, x[finite], y[finite], label=label, period=period)
    else:
        inner = slice(np.argmax(finite), len(finite) - np.argmax(finite[::-1]))
        yield Mark(_on(axes, LINE), x[inner], y[inner], label=label, period=period)


def _of_collection(axes: Axes, collection: Any) -> Iterator[Mark]:
    import numpy as np
    from matplotlib import collections

    label = _label(collection)
    if isinstance(collection, collections.PathCollection):
        points = _floats(collection.get_offsets()).reshape(-1, 2)
        finite = np.isfinite(points).all(axis=1)
        x, y = points[finite].T
        colours = _colours(collection, finite)
        yield Mark(_on(axes, POINTS), x, y, label=label, colours=colours)
    elif isinstance(collection, collections.QuadMesh):
        yield Mark("heat map", _floats([]), _floats(collection.get_array()))
    elif isinstance(collection, collections.LineCollection):
        yield from _of_segments(collection, label)
    else:
        paths = [path.vertices for path in collection.get_paths()]
        if len(collection.get_offsets()) > 1:  # one form at many places, such as hexagons
            paths = [collection.get_offsets()]
        corners = np.concatenate(paths) if paths else np.empty((0, 2))
        kind = "area" if "Fill" in type(collection).__name__ else type(collection).__name__
        x, y = _floats(corners).reshape(-1, 2).T
        yield Mark(_on(axes, kind), x, y, label=label)


def _of_segments(collection: Any, label: str) -> Iterator[Mark]:
    """Lines across a chart (``vlines``, ``hlines``); others that come by the dozen."""
    for segment in collection.get_segments():
        if len(segment) != A_SEGMENT:
            continue
        (x, y), (to_x, to_y) = segment
        if x == to_x and y != to_y:
            yield Mark("vertical line", _floats([x]), _floats([x]), label=label)
        elif y == to_y and x != to_x:
            yield Mark("horizontal line", _floats([y]), _floats([y]), label=label)


def _colours(collection: Any, finite: Any) -> tuple[int, ...]:
    """A number for the colour of each point, where few colours tell groups apart."""
    import numpy as np

    values = collection.get_array()
    by_point = collection.get_facecolors() if values is None else np.asarray(values)
    if len(by_point) != len(finite):  # one colour for all
        return ()
    colours, numbers = np.unique(by_point[finite], axis=0, return_inverse=True)
    if not 1 < len(colours) <= min(MOST_COLOURS, len(numbers) // 2):
        return ()
    return tuple(int(number) for number in numbers.ravel())


def _of_patches(patches: Sequence[Any]) -> Iterator[Mark]:
    """Histograms that are drawn as an outline."""
    import numpy as np
    from matplotlib.patches import Polygon, StepPatch

    for patch in patches:
        if isinstance(patch, StepPatch):
            heights, edges, _base = patch.get_data()
            yield Mark(HISTOGRAM, _floats(edges), _floats(heights), label=_label(patch))
        elif type(patch) is Polygon:
            corners = patch.get_xy()
            bins = (len(corners) - 2) // 2 if len(corners) % 2 == 0 else (len(corners) - 1) // 4
            edges, heights = corners[: 2 * bins + 2 : 2, 0], corners[1 : 2 * bins + 1 : 2, 1]
            if np.array_equal(corners[1 : 2 * bins + 2 : 2, 0], edges):
                yield Mark(HISTOGRAM, edges, heights, label=_label(patch))


def _of_pie(patches: Sequence[Any]) -> Iterator[Mark]:
    from matplotlib.patches import Wedge

    wedges = [patch for patch in patches if isinstance(patch, Wedge)]
    if wedges:
        shares = _floats([(wedge.theta2 - wedge.theta1) / 360 for wedge in wedges])
        names = [_label(wedge) or str(place) for place, wedge in enumerate(wedges)]
        yield Mark("pie", _floats(range(len(wedges))), shares, names=_distinct(names))


def _on(axes: Axes, kind: str) -> str:
    """A kind of mark, named with the sort of axes where those are not the usual ones."""
    return kind if axes.name == "rectilinear" else f"{axes.name} {kind}"


def _xy(axes: Axes, line: Any) -> tuple[Floats, Floats]:
    x, y = _floats(line.get_xdata(orig=False)), _floats(line.get_ydata(orig=False))
    return _as_days(axes.xaxis, x), y


def _period(axis: Axis) -> str:
    """The length of the periods that pandas draws dates as, such as "M", or ""."""
    freq = getattr(axis, "freq", None)
    return getattr(freq, "name", str(freq)) if freq is not None else ""


def _as_days(axis: Axis, values: Floats) -> Floats:
    """Places along an axis; periods that pandas numbers its own way as days since 1970."""
    import numpy as np
    import pandas as pd

    period = _period(axis)
    if not period or not np.isfinite(values).all():
        return values
    whole = np.round(values).astype(np.int64)
    days = pd.PeriodIndex.from_ordinals(whole, freq=axis.freq).to_timestamp()  # type: ignore[attr-defined]
    return np.asarray((days - pd.Timestamp(0)) / pd.Timedelta(days=1))


def _names(axis: Axis, places: Floats, days: Floats) -> tuple[str, ...]:
    """What an axis calls its places: by their tick, by the date, or else by the number."""
    ticks = _tick_names(axis)
    if is_dated(axis):
        names = [date_words(day) for day in days]
    elif ticks:
        names = [ticks[min(ticks, key=lambda tick: abs(tick - place))] for place in places]
    else:
        names = [f"{place:.10g}" for place in places]
    return _distinct(names)


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Names, the second of one name with its number."""
    counted: dict[str, int] = {}
    found = []
    for name in names:
        counted[name] = counted.get(name, 0) + 1
        found.append(name if counted[name] == 1 else f"{name} ({counted[name]})")
    return tuple(found)


def _tick_names(axis: Axis) -> dict[float, str] | None:
    """The names that somebody gave to places along an axis; None where it shows numbers."""
    from matplotlib.ticker import ScalarFormatter

    fixed = type(axis.get_major_locator()).__name__ in {"FixedLocator", "StrCategoryLocator"}
    if not fixed or isinstance(axis.get_major_formatter(), ScalarFormatter):
        return None
    labels = [label.get_text() for label in axis.get_majorticklabels()]
    return dict(zip(map(float, axis.get_majorticklocs()), labels, strict=False)) or None


def _label(artist: Any) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else label


def _floats(values: Any) -> Floats:
    """An array of numbers, with NaN where one is masked or is none."""
    import numpy as np

    if isinstance(values, range):
        values = list(values)
    return np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan)
