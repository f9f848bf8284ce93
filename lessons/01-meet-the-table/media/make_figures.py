"""Draw the figures of slides.md from the Palmer penguins (palmerpenguins 0.1.6, CC0).

Run it from the top of the checkout: ``python lessons/01-meet-the-table/media/make_figures.py``
"""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from palmerpenguins import load_penguins

HERE = Path(__file__).parent
PIXELS = 96  # of a browser, in an inch
WIDTH, HEIGHT = 1088, 296  # pixels on the slide, above the captions
INK, QUIET, GREY, ACCENT = "#1c1d1f", "#5b5f66", "#80848c", "#1f5fae"  # as in tokens.css
RANGE = 250  # grams in a bar of the histogram
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
    "svg.hashsalt": "meet-the-table",  # the same bytes each time
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


def body_mass(penguins: pd.DataFrame) -> None:
    """The histogram of body mass, with the gaps as the zeros that they are not."""
    mass = penguins["body_mass_g"]
    edges = np.arange(0, 6500 + RANGE, RANGE)
    figure, subplot = axes()
    subplot.hist(mass.dropna(), bins=edges, color=GREY, edgecolor="white")
    gaps = int(mass.isna().sum())
    subplot.bar(0, gaps, width=RANGE, align="edge", color=ACCENT)
    subplot.annotate(
        f"{gaps} gaps, filled with 0", (RANGE / 2, gaps), (60, 22), color=ACCENT,
        arrowprops={"arrowstyle": "-", "color": ACCENT, "relpos": (0.03, 0)},
    )  # fmt: skip
    subplot.set(xlabel="body mass (g)", ylabel="number of rows", xlim=(0, 6500))
    subplot.set_xticks(range(0, 6001, 1000), [f"{grams:,}" for grams in range(0, 6001, 1000)])
    save(figure, "body-mass.svg")


def species(penguins: pd.DataFrame) -> None:
    """How many rows each species has."""
    counts = penguins["species"].value_counts().sort_values()
    figure, subplot = axes()
    bars = subplot.barh(counts.index, counts, color=ACCENT, height=0.66)
    subplot.bar_label(bars, padding=10, color=ACCENT, fontweight="bold")
    subplot.set(xlabel="number of rows", xlim=(0, 170))
    subplot.tick_params("y", length=0, labelcolor=INK)
    save(figure, "species.svg")


if __name__ == "__main__":
    with mpl.rc_context(STYLE):
        table = load_penguins()
        body_mass(table)
        species(table)
