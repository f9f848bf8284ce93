"""Draw the figures of slides.md from Seattle's weather (NOAA, through vega-datasets 0.9.0).

Run it from the top of the checkout: ``python lessons/05-dates-and-gaps/media/make_figures.py``
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from kit.authoring.film.figures import ACCENT, GREY, save_figure, slide_axes, slide_style

HERE = Path(__file__).parent
JULY, FIRST_LOST, LAST_LOST = "2014-07", 2, 11  # the gap that the film makes


def swapped(weather: pd.DataFrame) -> None:
    """The mean highest temperature by month, and by what the wrong format takes for the month."""
    right = weather.groupby(weather["day"].dt.month)["temp_max"].mean()
    wrong = pd.to_datetime(weather["date"], format="%d/%m/%Y", errors="coerce")
    flat = weather.groupby(wrong.dt.month)["temp_max"].mean()
    figure, (subplot,) = slide_axes()
    subplot.bar(right.index, right, color=GREY, alpha=0.45, label="month first")
    subplot.plot(flat.index, flat, "o-", color=ACCENT, markersize=11, label="day first")
    subplot.set_xticks(right.index)
    subplot.set(xlabel="month", ylabel="mean (°C)", ylim=(0, 30))
    subplot.legend(frameon=False, ncols=2, loc="upper left")
    save_figure(figure, HERE / "swapped.svg")


def july(weather: pd.DataFrame) -> None:
    """One July with a gap, and what two rules write into it."""
    days = weather.loc[weather["day"].dt.strftime("%Y-%m") == JULY].set_index("day")["temp_max"]
    days.index = days.index.day
    known = days.copy()
    known.loc[FIRST_LOST:LAST_LOST] = None
    lost = range(FIRST_LOST, LAST_LOST + 1)
    figure, (subplot,) = slide_axes()
    subplot.plot(known.index, known, "o-", color=GREY, markersize=8)
    copied = known[FIRST_LOST - 1]
    for value, words in ((copied, f"the day before, copied: {copied} °C"), (0, "zeros: 0 °C")):
        subplot.plot(lost, [value] * len(lost), "o-", color=ACCENT, markersize=8)
        subplot.text(FIRST_LOST, value + 2, words, va="bottom", color=ACCENT)
    subplot.set_xticks([1, *range(5, 31, 5)])
    subplot.set(xlabel="day of July 2014", ylabel="highest (°C)", xlim=(0, 32), ylim=(-3, 44))
    save_figure(figure, HERE / "july.svg")


if __name__ == "__main__":
    with slide_style():
        table = pd.read_csv(HERE.parent / "data" / "seattle_weather.csv")
        table["day"] = pd.to_datetime(table["date"], format="%m/%d/%Y")
        swapped(table)
        july(table)
