"""Draw the figure of slides.md from the Palmer penguins (palmerpenguins 0.1.6, CC0).

Run it from the top of the checkout: ``python lessons/03-groups/media/make_figures.py``
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
    "svg.hashsalt": "groups",  # the same bytes each time
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


def bills(penguins: pd.DataFrame) -> None:
    """Each bill length as a tick, in a line for each pair of island and species."""
    figure, subplot = axes()
    names = []
    for place, ((island, species), birds) in enumerate(penguins.groupby(["island", "species"])):
        lengths = birds["bill_length_mm"].dropna()
        subplot.plot(lengths, [place] * len(lengths), "|", color=GREY, markersize=20)
        subplot.plot(lengths.mean(), place, "o", color=ACCENT, markersize=13)
        names.append(f"{island}: {species}s")
    subplot.set_yticks(range(len(names)), names)
    subplot.set_ylim(len(names) - 0.4, -0.6)  # the first pair on top
    subplot.tick_params("y", length=0, labelcolor=INK)
    subplot.set(xlabel="bill length (mm); the dot is the mean of its line")
    save(figure, "bills.svg")


if __name__ == "__main__":
    with mpl.rc_context(STYLE):
        bills(pd.read_csv(HERE.parent / "data" / "penguins.csv"))
