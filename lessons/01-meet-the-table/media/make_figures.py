"""Draw the figures of slides.md from the Palmer penguins (palmerpenguins 0.1.6, CC0).

Run it from the top of the checkout: ``python lessons/01-meet-the-table/media/make_figures.py``
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from palmerpenguins import load_penguins

from kit.authoring.film.figures import ACCENT, GREY, INK, save_figure, slide_axes, slide_style

HERE = Path(__file__).parent
HEIGHT = 296  # pixels: these slides have a line of text more
RANGE = 250  # grams in a bar of the histogram


def body_mass(penguins: pd.DataFrame) -> None:
    """The histogram of body mass, with the gaps as the zeros that they are not."""
    mass = penguins["body_mass_g"]
    edges = np.arange(0, 6500 + RANGE, RANGE)
    figure, (subplot,) = slide_axes(height=HEIGHT)
    subplot.hist(mass.dropna(), bins=edges, color=GREY, edgecolor="white")
    gaps = int(mass.isna().sum())
    subplot.bar(0, gaps, width=RANGE, align="edge", color=ACCENT)
    subplot.annotate(
        f"{gaps} gaps, filled with 0", (RANGE / 2, gaps), (60, 22), color=ACCENT,
        arrowprops={"arrowstyle": "-", "color": ACCENT, "relpos": (0.03, 0)},
    )  # fmt: skip
    subplot.set(xlabel="body mass (g)", ylabel="number of rows", xlim=(0, 6500))
    subplot.set_xticks(range(0, 6001, 1000), [f"{grams:,}" for grams in range(0, 6001, 1000)])
    save_figure(figure, HERE / "body-mass.svg")


def species(penguins: pd.DataFrame) -> None:
    """How many rows each species has."""
    counts = penguins["species"].value_counts().sort_values()
    figure, (subplot,) = slide_axes(height=HEIGHT)
    bars = subplot.barh(counts.index, counts, color=ACCENT, height=0.66)
    subplot.bar_label(bars, padding=10, color=ACCENT, fontweight="bold")
    subplot.set(xlabel="number of rows", xlim=(0, 170))
    subplot.tick_params("y", length=0, labelcolor=INK)
    save_figure(figure, HERE / "species.svg")


if __name__ == "__main__":
    with slide_style():
        table = load_penguins()
        body_mass(table)
        species(table)
