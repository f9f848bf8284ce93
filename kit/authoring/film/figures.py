"""What a lesson's ``make_figures.py`` draws with: figures that fit a slide and its captions.

A figure is an SVG file with the same bytes each time it is drawn, in the kit's colours, on no
background, with no text below 26 pixels, the smallest that can be read in a small player.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

PIXELS = 96  # of a browser, in an inch
WIDTH, HEIGHT = 1088, 344  # pixels on a slide, above the captions
INK, QUIET, GREY, ACCENT = "#1c1d1f", "#5b5f66", "#80848c", "#1f5fae"  # as in tokens.css
_STYLE: Any = {
    "font.size": 26 * 72 / PIXELS,  # points
    "font.family": "sans-serif",
    "font.sans-serif": ["Liberation Sans", "Arial", "DejaVu Sans"],
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.edgecolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.hashsalt": "lesson-kit",  # the same names of paths each time
}


def slide_style() -> AbstractContextManager[None]:
    """matplotlib's settings for a slide, for as long as the ``with`` lasts."""
    return mpl.rc_context(_STYLE)


def slide_axes(columns: int = 1, *, height: int = HEIGHT) -> tuple[Figure, list[Axes]]:
    """Empty axes side by side, together of a slide's width.

    Args:
        columns: How many.
        height: In pixels of the slide; less where more text stands above.
    """
    size = (WIDTH / PIXELS, height / PIXELS)
    figure, subplots = plt.subplots(1, columns, figsize=size, layout="constrained", squeeze=False)
    figure.patch.set_alpha(0)
    for subplot in subplots[0]:
        subplot.patch.set_alpha(0)
    return figure, list(subplots[0])


def save_figure(figure: Figure, path: Path) -> None:
    """Write an SVG file without a date in it, and close the figure."""
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)
