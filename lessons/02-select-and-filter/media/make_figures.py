"""Draw the figure of slides.md from the Palmer penguins (palmerpenguins 0.1.6, CC0).

Run it from the top of the checkout: ``python lessons/02-select-and-filter/media/make_figures.py``
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

HERE = Path(__file__).parent
PIXELS = 96  # of a browser, in an inch
WIDTH, HEIGHT = 1088, 344  # pixels on the slide, above the captions
INK, QUIET, GREY, ACCENT = "#1c1d1f", "#5b5f66", "#80848c", "#1f5fae"  # as in tokens.css
LIMIT = 50  # mm, of the film's question
STYLE = {
    "font.size": 26 * 72 / PIXELS,  # points: 26 pixels, the smallest text on a slide
    "font.family": "sans-serif",
    "font.sans-serif": ["Liberation Sans", "Arial", "DejaVu Sans"],
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.edgecolor": QUIET,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "svg.hashsalt": "select-and-filter",  # the same bytes each time
}


def axes() -> tuple[Figure, Axes]:
    """Empty axes of the slide's width."""
    size = (WIDTH / PIXELS, HEIGHT / PIXELS)
    figure, subplot = plt.subplots(figsize=size, layout="constrained")
    figure.patch.set_alpha(0)
    subplot.patch.set_alpha(0)
    return figure, subplot


def save(figure: Figure, name: str) -> None:
    """Write an SVG file without a date in it."""
    figure.savefig(HERE / name, metadata={"Date": None})
    plt.close(figure)


def kept(penguins: pd.DataFrame) -> None:
    """How many rows of each species the filter of the film keeps, out of all."""
    longer = penguins["bill_length_mm"] > LIMIT
    rows = penguins["species"].value_counts()
    counts = penguins.loc[longer, "species"].value_counts().reindex(rows.index, fill_value=0)
    counts = counts.sort_values()
    figure, subplot = axes()
    subplot.barh(counts.index, rows[counts.index], color=GREY, alpha=0.35, height=0.66)
    subplot.barh(counts.index, counts, color=ACCENT, height=0.66)
    for place, (name, count) in enumerate(counts.items()):
        words = f"{count} of {rows[name]}"
        subplot.text(rows[name] + 2, place, words, va="center", color=ACCENT, fontweight="bold")
    subplot.set(xlabel=f"number of rows (blue: bill of more than {LIMIT} mm)", xlim=(0, 185))
    subplot.tick_params("y", length=0, labelcolor=INK)
    save(figure, "kept.svg")


if __name__ == "__main__":
    with mpl.rc_context(STYLE):
        kept(pd.read_csv(HERE.parent / "data" / "penguins.csv"))
