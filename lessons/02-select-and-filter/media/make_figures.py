"""Draw the figure of slides.md from the Palmer penguins (palmerpenguins 0.1.6, CC0).

Run it from the top of the checkout: ``python lessons/02-select-and-filter/media/make_figures.py``
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kit.authoring.film.figures import ACCENT, GREY, INK, save_figure, slide_axes, slide_style

HERE = Path(__file__).parent
LIMIT = 50  # mm, of the film's question


def kept(penguins: pd.DataFrame) -> None:
    """How many rows of each species the filter of the film keeps, out of all."""
    longer = penguins["bill_length_mm"] > LIMIT
    rows = penguins["species"].value_counts()
    counts = penguins.loc[longer, "species"].value_counts().reindex(rows.index, fill_value=0)
    counts = counts.sort_values()
    figure, (subplot,) = slide_axes()
    subplot.barh(counts.index, rows[counts.index], color=GREY, alpha=0.35, height=0.66)
    subplot.barh(counts.index, counts, color=ACCENT, height=0.66)
    for place, (name, count) in enumerate(counts.items()):
        words = f"{count} of {rows[name]}"
        subplot.text(rows[name] + 2, place, words, va="center", color=ACCENT, fontweight="bold")
    subplot.set(xlabel=f"number of rows (blue: bill of more than {LIMIT} mm)", xlim=(0, 185))
    subplot.tick_params("y", length=0, labelcolor=INK)
    save_figure(figure, HERE / "kept.svg")


if __name__ == "__main__":
    with slide_style():
        kept(pd.read_csv(HERE.parent / "data" / "penguins.csv"))
