"""What a run of a learner's code shows under the editor of the app."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from kit.checks.charts.drawing import describe
from kit.checks.running.explain import explain
from kit.checks.running.limits import TimeUp, time_limit
from kit.checks.running.work import MISSING, Run
from kit.widgets.markdown import clean_html, to_html
from kit.words import _

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MAX_CHARACTERS = 20_000
MAX_PICTURES = 4
DRAWING_SECONDS = 3.0
MAX_URL = 300_000
"""How many characters the address of a picture may have, which holds the picture itself."""
RESOLUTIONS = (144, 100, 72, 48)
"""Dots per inch, the first of which makes a picture that is small enough."""
SCREEN = 96
"""Dots per inch at which a page shows it."""
MAX_PIXELS = 2400
"""The longer side of a picture."""


def output_of(run: Run) -> dict[str, Any]:
    """What a run shows under the editor: text printed, the last value, or the error explained.

    Gives:
        text: plain text.
        html: a table, or the error.
        images: the charts that it drew, each with its ``src``, ``alt`` and ``width``.
    """
    shown: dict[str, Any] = {"text": _plain(run.printed), "html": "", "images": []}
    try:
        with time_limit():
            shown["images"] = _images(run)
            if not run.error and run.value is not MISSING:
                shown = _with_value(shown, run.value)
    except BaseException as error:
        return {**shown, "html": to_html(explain(run.error or error))}
    return {**shown, "html": to_html(explain(run.error))} if run.error else shown


def _with_value(shown: dict[str, Any], value: Any) -> dict[str, Any]:
    """The value of the last line too: as a table, or in Python's words."""
    as_html = getattr(value, "_repr_html_", None)
    table = as_html() if callable(as_html) else None
    if isinstance(table, str):
        return {**shown, "html": clean_html(table)}
    if shown["images"] and _is_of_a_chart(value):  # its words say nothing beside the picture
        return shown
    return {**shown, "text": shown["text"] + _plain(repr(value))}


def _is_of_a_chart(value: Any) -> bool:
    """Whether a value is what a call that draws gives back, such as an Axes or a list of lines."""
    if type(value).__module__.startswith("matplotlib."):
        return True
    parts = value.ravel().tolist() if hasattr(value, "ravel") else value
    return isinstance(parts, list | tuple) and any(map(_is_of_a_chart, parts[:MAX_PICTURES]))


def _images(run: Run) -> list[dict[str, Any]]:
    """The figures that a run left open, and one that is its last value."""
    figures = [*run.figures]
    if hasattr(run.value, "savefig") and not any(run.value is each for each in figures):
        figures.append(run.value)
    try:
        with time_limit(DRAWING_SECONDS):
            return [_image(figure) for figure in figures[:MAX_PICTURES]]
    except TimeUp:
        return [_too_much()]


def _image(figure: Figure) -> dict[str, Any]:
    """A figure as a picture whose address holds the picture itself."""
    inches = max(figure.get_size_inches())
    for resolution in RESOLUTIONS:
        dots = min(resolution, MAX_PIXELS / inches)
        png = _png(figure, dots)
        url = f"data:image/png;base64,{base64.b64encode(png).decode()}"
        if len(url) <= MAX_URL:
            pixels = int.from_bytes(png[16:20])  # where a PNG says how wide it is
            width = round(pixels * SCREEN / dots)
            return {"src": url, "alt": _plain(describe(figure)), "width": width}
    return _too_much()


def _too_much() -> dict[str, Any]:
    return {"src": "", "alt": _("There is too much in the chart to show it here."), "width": 0}


def _png(figure: Figure, dots: float) -> bytes:
    file = io.BytesIO()
    # Cut to what is drawn, as a notebook does, unless something lies far outside the figure.
    width, height = figure.get_size_inches()
    around = figure.get_tightbbox()
    inside = around.width < 2 * width and around.height < 2 * height
    figure.savefig(file, format="png", dpi=dots, bbox_inches="tight" if inside else None)
    return file.getvalue()


def _plain(text: str) -> str:
    """Text of a size and kind that can be sent: a lone half of a character cannot."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode()
