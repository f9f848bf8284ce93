"""Draw the figure of slides.md from the Palmer penguins (palmerpenguins 0.1.6, CC0).

Run it from the top of the checkout: ``python lessons/03-groups/media/make_figures.py``
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kit.authoring.film.figures import ACCENT, GREY, INK, save_figure, slide_axes, slide_style

HERE = Path(__file__).parent


def bills(penguins: pd.DataFrame) -> None:
    """Each bill length as a tick, in a line for each pair of island and species."""
    figure, (subplot,) = slide_axes()
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
    save_figure(figure, HERE / "bills.svg")


if __name__ == "__main__":
    with slide_style():
        bills(pd.read_csv(HERE.parent / "data" / "penguins.csv"))
