"""Draw the figures of slides.md from the Palmer penguins (palmerpenguins 0.1.6, CC0).

Run it from the top of the checkout: ``python lessons/06-plots-and-a-story/media/make_figures.py``
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kit.authoring.film.figures import ACCENT, GREY, INK, save_figure, slide_axes, slide_style

HERE = Path(__file__).parent
FLIPPER, DEPTH = "flipper_length_mm", "bill_depth_mm"
CUT = 105  # rows, where the axis of the bars without feet begins
# As in the picture of lesson 04: told apart by colour and by shape.
MARKS = {"Adelie": ("#b3541e", "o"), "Chinstrap": ("#6a4c93", "^"), "Gentoo": ("#1f5fae", "s")}


def one_colour(penguins: pd.DataFrame) -> None:
    """All birds as one cloud."""
    figure, (subplot,) = slide_axes()
    subplot.scatter(penguins[FLIPPER], penguins[DEPTH], color=GREY, s=36, alpha=0.7)
    _name(subplot)
    save_figure(figure, HERE / "one-colour.svg")


def species(penguins: pd.DataFrame) -> None:
    """The same birds, each species in a colour and a shape of its own."""
    figure, (subplot,) = slide_axes()
    for name, birds in penguins.groupby("species"):
        colour, shape = MARKS[str(name)]
        subplot.scatter(
            birds[FLIPPER], birds[DEPTH], color=colour, marker=shape, s=36, alpha=0.8, label=name
        )
    _name(subplot)
    subplot.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    save_figure(figure, HERE / "species.svg")


def _name(subplot: Axes) -> None:
    subplot.set(xlabel="flipper length (mm)", ylabel="bill depth (mm)")


def bins(penguins: pd.DataFrame) -> None:
    """One column as a histogram, with bars of two widths."""
    lengths = penguins[FLIPPER].dropna()
    figure, subplots = slide_axes(columns=2)
    for subplot, width, colour in zip(subplots, (20, 5), (GREY, ACCENT), strict=True):
        edges = np.arange(170, 230 + width + 1, width)
        subplot.hist(lengths, bins=edges, color=colour, edgecolor="white")
        subplot.set(xlabel=f"flipper (mm), bars of {width} mm", ylabel="birds")
    save_figure(figure, HERE / "bins.svg")


def years(penguins: pd.DataFrame) -> None:
    """The rows of each season as bars, with and without their feet."""
    counts = penguins["year"].value_counts().sort_index()
    labels = counts.index.astype(str)
    figure, subplots = slide_axes(columns=2)
    ranges = ((CUT, 124), (0, 140))
    for subplot, (foot, top), colour in zip(subplots, ranges, (GREY, ACCENT), strict=True):
        bars = subplot.bar(labels, counts, color=colour, width=0.6)
        subplot.bar_label(bars, padding=4)
        subplot.set(ylabel=f"rows, from {foot}", ylim=(foot, top))
        subplot.tick_params("x", length=0, labelcolor=INK)
    save_figure(figure, HERE / "years.svg")


if __name__ == "__main__":
    with slide_style():
        table = pd.read_csv(HERE.parent / "data" / "penguins.csv")
        one_colour(table)
        species(table)
        bins(table)
        years(table)
