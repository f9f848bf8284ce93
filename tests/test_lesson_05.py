"""Dates and gaps: its data are the published ones, and its numbers are what pandas gives."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import palmerpenguins
import pandas as pd
import pytest

from kit.checks import Check, load_checks
from tests.narration import numbers_told

FOLDER = Path(__file__).parent.parent / "lessons" / "05-dates-and-gaps"
# Of seattle-weather.csv in the wheel of vega-datasets 0.9.0.
PUBLISHED = "62f0609f787158128aa2bd102967173a4953122dd4f872bf1d502cae1037df0b"
UNREAD = {"id", "namespace", "family", "passes", "fails", "cases"}
"""Fields of a check that no learner reads (of the cases they read ``because``)."""


# What a learner may read ------------------------------------------------------------------------


@cache
def checks() -> dict[str, Check]:
    return load_checks(FOLDER / "checks.py")


@cache
def prose() -> str:
    cells = json.loads((FOLDER / "lesson.ipynb").read_text(encoding="utf-8"))["cells"]
    texts = ["".join(each["source"]) for each in cells if each["cell_type"] == "markdown"]
    return " ".join(" ".join(texts).split())


def words_in(value: Any, name: str = "") -> Iterator[str]:
    """Every text within a check, except the sources that are keys of ``wrong``."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in UNREAD:
                yield from words_in(getattr(value, field.name), field.name)
    elif isinstance(value, Mapping):
        for key, said in value.items():
            yield from words_in(said)
            if name != "wrong":
                yield from words_in(key)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from words_in(each)


def words_of(check: Check) -> str:
    because = [each.because for each in getattr(check, "cases", ())]
    return " ".join(" ".join([*words_in(check), *because]).split())


@cache
def all_words() -> str:
    """The lesson, its checks, its notes, on one line."""
    beside = [FOLDER / "notes.md", FOLDER / "data" / "README.md"]
    notes = [" ".join(path.read_text(encoding="utf-8").split()) for path in beside]
    return " ".join([prose(), *(words_of(check) for check in checks().values()), *notes])


# The data ---------------------------------------------------------------------------------------


def test_the_weather_is_that_of_vega_datasets_with_its_dates_written_anew() -> None:
    header, *rows = (FOLDER / "data" / "seattle_weather.csv").read_text().splitlines()
    original = [header]
    for row in rows:
        date, rest = row.split(",", 1)
        month, day, year = date.split("/")
        original.append(f"{year}/{month:0>2}/{day:0>2},{rest}")
    text = "\n".join([*original, ""])
    assert hashlib.sha256(text.encode()).hexdigest() == PUBLISHED


def test_the_penguins_are_those_of_palmerpenguins_unchanged() -> None:
    published = Path(palmerpenguins.__file__).parent / "data" / "penguins-raw.csv"
    assert (FOLDER / "data" / "penguins_raw.csv").read_bytes() == published.read_bytes()


@pytest.fixture(scope="module")
def weather() -> pd.DataFrame:
    table = pd.read_csv(FOLDER / "data" / "seattle_weather.csv")
    table["day"] = pd.to_datetime(table["date"], format="%m/%d/%Y")
    table["month"] = table["day"].dt.month
    table["year"] = table["day"].dt.year
    return table


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    table = pd.read_csv(FOLDER / "data" / "penguins_raw.csv")
    table["day"] = pd.to_datetime(table["Date Egg"], format="%Y-%m-%d")
    table["month"] = table["day"].dt.month
    return table


# The numbers ------------------------------------------------------------------------------------

MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip


def driest(amounts: pd.Series) -> tuple[str, float]:
    """The month of the smallest of twelve values, by name, and that value."""
    assert list(amounts.index) == list(range(1, 13))
    return MONTHS[amounts.argmin()], float(amounts.min())


def dates(weather: pd.DataFrame, _raw: pd.DataFrame) -> list[str]:
    """What becomes of the dates, as text, by the right format and by the wrong one."""
    rows, written = len(weather), weather["date"]
    swapped = pd.to_datetime(written, format="%d/%m/%Y", errors="coerce")
    gaps, read = swapped.isna().sum(), swapped.notna()
    moved, kept = (read & (swapped != weather["day"])).sum(), (swapped == weather["day"]).sum()
    one_year = read[weather["year"] == 2013].sum()
    month, mean = driest(weather.groupby(swapped.dt.month)["precipitation"].mean())
    first_gap = written[swapped.isna()].iloc[0]
    return [
        f"`{written.iloc[0]}` to `{written.iloc[-1]}`",
        f'`"{first_gap}" doesn\'t match format "%d/%m/%Y"`',
        f"(`day_first` ends on {swapped.max().day} {MONTHS[swapped.max().month - 1]} 2015.)",
        f"{gaps} are gaps now; whoever counts them is warned. {read.sum()} could be read",
        f"**How many of the {read.sum()} are the wrong day now?**",
        f"{read.sum()} would be all that could be read",
        f"{kept} is how many stay right: {kept // 4} a year, from 1/1 to 12/12. How many of the "
        f"{read.sum()} does",
        f"{gaps} is how many could *not* be read",
        f"the question is about the other {read.sum()}",
        f"{one_year - kept // 4} are wrong in one year: {one_year} could be read, and "
        f"{kept // 4} of these stay right",
        f"{read.sum() - kept // 4} is {read.sum()} − {kept // 4}. In *one* year, {kept // 4} days",
        f"{read.sum() - 4} is {read.sum()} − 4: you kept the four days of New Year",
        f"{rows - kept:,} is {rows:,} − {kept}: it counts the {gaps} gaps as well. They have no "
        f"day at all. How many of the {read.sum()}",
        f"{kept // 4} a year, in four years. Take them away from {read.sum()}",
        f"{kept // 4} a year, {kept} in all. {read.sum()} − {kept} = {moved} days moved",
        f'| day first, with `errors="coerce"` | {month}, {mean:.2f} mm a day |',
        f'with `errors="coerce"`: {gaps} of {rows:,} dates become gaps, and most of the others '
        f"are moved without a word. {month} then looks driest, with {mean:.2f} mm a day",
        f"| {rows:,} days, 2012 to 2015 |",
        f"| {weather['day'].min():%Y-%m-%d}, {weather['day'].max():%Y-%m-%d}, no gap |",
        f"seattle_weather.csv: {rows:,} rows, 6 columns",
    ]


def months(weather: pd.DataFrame, _raw: pd.DataFrame) -> list[str]:
    """The driest month, and the months that slips make the driest."""
    rain = weather.groupby("month")["precipitation"]
    month, mean = driest(rain.mean())
    wet_month, wet = driest(weather[weather["precipitation"] > 0].groupby("month")[
        "precipitation"].mean())  # fmt: skip
    labelled = (weather["weather"] == "rain").groupby(weather["month"]).sum()
    fog = weather[weather["weather"] == "fog"]
    days, july = rain.count(), rain.sum()[7]
    dry = (weather["precipitation"] == 0).groupby(weather["month"])
    share_month = MONTHS[dry.mean().argmax()]
    zero_medians = (rain.median() == 0).sum()
    years = weather.groupby(["year", "month"])["precipitation"].sum().groupby("year").idxmin()
    by_year = {year: MONTHS[number - 1] for year, number in years}
    july_years = [str(year) for year, name in by_year.items() if name == month]
    each = weather.groupby(["month", "year"])["precipitation"].mean()
    names = {7: "seven", 8: "eight"}
    wettest = MONTHS[rain.mean().argmax()]
    rain_label = weather[weather["weather"] == "rain"]
    assert month == "July"
    assert days[2] == days.min()
    assert all(each[low].min() < 0.3 for low in (6, 7, 8, 9))
    assert not any(each[high].min() < 0.3 for high in (1, 2, 3, 4, 5, 10, 11, 12))
    return [
        f"{month} has the smallest mean, {mean:.2f} mm a day",
        f"Those {days[7]} days are four Julys",
        f"one July had a quarter of it, {july / 4:.2f} mm, on average",
        f"| wet days only, as if 0.0 were a gap | {wet_month}, {wet:.2f} mm a day |",
        f"| {driest(labelled)[0]}, {labelled.min()} days; but of {len(fog)} days called `fog`, "
        f"{(fog['precipitation'] > 0).sum()} were wet, too |",
        f"| the median of the days | {names[zero_medians]} months share 0.0 mm |",
        f"{share_month} comes out on top: {dry.sum()[7]} of its {days[7]} days were dry, a share "
        f"of {dry.mean()[7]:.2f}",
        f"says {days[1]} for January, all its days",
        f"name {wet_month}, with {wet:.2f} mm per *wet* day",
        f"Over wet days only, {wet_month} looks driest, with {wet:.2f} mm a day",
        f"| {month}: {days[7]} days, {mean:.2f} mm a day |",
        f"Seattle had {mean:.2f} mm of precipitation a day in {month}",
        f"all {days[7]} days were measured",
        f"July was the driest month in {' and '.join(july_years)}, "
        f"{by_year[2012]} in 2012 and {by_year[2014]} in 2014",
        f"The lowest is {month} with {mean:.2f} mm, the highest {wettest} with "
        f"{rain.mean().max():.2f} mm",
        f"In December they spread from {each[12].min():.1f} to {each[12].max():.1f} mm",
        f"Of the {len(fog)} days called `fog`, {(fog['precipitation'] > 0).sum()} had "
        f"precipitation; of the {len(rain_label)} called `rain`, "
        f"{(rain_label['precipitation'] == 0).sum()} had none",
    ]


def broken_gauge(weather: pd.DataFrame, _raw: pd.DataFrame) -> list[str]:
    """A year whose November is lost, and what rules make of it; a gauge that overflows."""
    year = weather[weather["year"] == 2014]
    log = year.copy()
    log.loc[log["month"] == 11, "precipitation"] = None
    rain, true = log.groupby("month")["precipitation"], year.groupby("month")["precipitation"].sum()
    filled = log["precipitation"].ffill()[log["month"] == 11]
    full = weather["precipitation"]
    overflowing = full.where(full <= 20)
    lost = overflowing.isna()
    assert rain.sum().idxmin() == 11
    assert rain.sum(min_count=1).idxmin() == rain.mean().idxmin() == 6
    assert (rain.size() - rain.count())[11] == 30
    assert not lost[weather["month"] == 7].any()
    assert overflowing.fillna(20).groupby(weather["month"]).mean().idxmin() == 7
    assert true.drop(11).max() < filled.sum()
    return [
        f"in truth {true[11]:.1f} mm fell",
        f"before June with its {rain.sum()[6]:.1f} mm",
        f"On 31 October, {filled.iloc[0]:.1f} mm had fallen, so each day of November gets "
        f"{filled.max():.1f} mm: {filled.sum():.0f} mm in all, where {true[11]:.1f} mm were true",
        f"In `log` it is 0.0 mm for {'eight' if (rain.median() == 0).sum() == 8 else '?'} months",
        f"about {rain.mean().min():.2f} mm a day for `log`",
        f"the *wettest* month, {rain.mean().idxmax()} for `log`",
        f"so `log` says {rain.min().idxmin()}",
        f"with its {len(log[log['month'] == 11])} rows, as you saw",
        f"that would be {lost.sum()} of the {len(full):,} days",
        f"for the {lost.sum()} gaps, and why",
        f"What do the {lost.sum()} days have in common",
        f"the mean {overflowing.mean():.2f} mm a day; filled with 0, it is "
        f"{overflowing.fillna(0).mean():.2f} mm. Both are too low: in truth it was "
        f"{full.mean():.2f} mm",
        f"*at least {overflowing.fillna(20).mean():.2f} mm a day; {lost.sum()} of {len(full):,} "
        "days, each with more than 20 mm",
    ]


def penguins(_weather: pd.DataFrame, raw: pd.DataFrame) -> list[str]:
    """What ``dropna`` leaves of them, and the two months of the eggs."""
    rows, mass, gaps = len(raw), raw["Body Mass (g)"], raw.isna().sum()
    left = raw.dropna()
    by_month, known = raw.groupby("month"), mass.notna().sum()
    zero = mass.fillna(0).groupby(raw["month"]).mean()[12]
    mean = mass.fillna(mass.mean()).groupby(raw["month"]).mean()[12]
    swapped = pd.to_datetime(raw["Date Egg"], format="%Y-%d-%m", errors="coerce")
    commented = raw["Comments"].count()
    december = raw[raw["month"] == 12]
    assert set(left["Comments"]) == {"Nest never observed with full clutch."}
    assert list(by_month.size().index) == [11, 12]
    assert mass.isna().groupby(raw["month"]).sum().sum() == 2
    assert swapped.dt.month.nunique() == 12
    # As in 2007-11-16, of which the feedback asks what comes second.
    assert {"2007-11-11", "2007-11-16"} <= set(raw["Date Egg"])
    return [
        f"**How many of the {rows} rows are left?**",
        f"{len(left)} Yes. Of the {commented} rows with a comment, "
        f"{commented - len(left)} lack something else",
        f"The comment of all {len(left)} is",
        f"Their mean body mass is {left['Body Mass (g)'].mean():,.2f} g; that of all {known} known "
        f"masses is {mass.mean():,.2f} g",
        f"{known} {known} rows have a known body mass",
        f"{commented} {commented} rows have a comment, so no more",
        f"{rows - gaps.sum()} is {rows} − {gaps.sum()}, as if each of the {gaps.sum()} gaps",
        f"not more than {rows} − {gaps['Comments']}",
        f"Your table rests on {left.groupby('month').size()[11]} rows and "
        f"{left.groupby('month').size()[12]}:",
        f"the mean of month 12 falls to {zero:,.2f} g",
        f"month 12 gets {mean:,.2f} g",
        f"{swapped.isna().sum()} dates become gaps",
        f"{raw['Date Egg'].nunique()} rows: one for each *day*",
        f"{december['Body Mass (g)'].median():,.0f} g in month 12",
        f"All {rows} rows are there",
        f"{december['Species'].str.startswith('Gentoo').sum()} of its {len(december)} birds",
        f"{known} of the {rows} penguin rows",
        f"penguins_raw.csv: {rows} rows, {raw.shape[1] - 2} columns",
        f"| 0 | | `Body Mass (g)` | body mass | g | {gaps['Body Mass (g)']} |",
        f"| remarks, among them why a value is missing | | {gaps['Comments']} |",
    ]


def a_gap_in_july(weather: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The maxima of July 2014, and the same without ten days."""
    july = weather[weather["day"].dt.strftime("%Y-%m") == "2014-07"].set_index("day")["temp_max"]
    gap = july.copy()
    gap["2014-07-02":"2014-07-11"] = None
    return july, gap


def asked_in_the_film(weather: pd.DataFrame, _raw: pd.DataFrame) -> list[str]:
    """A hot day and a cool one, copied into a gap of ten days."""
    july, gap = a_gap_in_july(weather)
    hot, lost = f"{july.iloc[0]} °C", f"{july[gap.isna()].mean():.2f} °C"
    copied, zeros = (f"{each.mean():.2f} °C" for each in (gap.ffill(), gap.fillna(0)))
    assert gap.fillna(20).mean() < july.mean() < gap.ffill().mean()
    return [
        f"1 July 2014 was a hot day, {hot}, and copied ten times it moved the mean up to {copied}",
        f"The ten lost days had {lost} on average, and ten times 20 °C is less",
        f"The lost days had {lost} on average.",
        f"to {zeros}, as the zeros did",
        f"{zeros} is what ten days of 0 °C make",
        f"The ten lost days had {lost} on average. Is 20 °C",
        f"{hot} was more than {lost}, and the mean went up",
    ]


SUBJECTS = (dates, months, broken_gauge, penguins, asked_in_the_film)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_the_text_states_is_what_pandas_gives(
    subject: Any, weather: pd.DataFrame, raw: pd.DataFrame
) -> None:
    """Each sentence is written anew from the data and looked for in the lesson."""
    assert [phrase for phrase in subject(weather, raw) if phrase not in all_words()] == []


# Numbers that are no results: years, versions, names, a reference, made-up cases.
GIVEN = [
    r"\b20(?:0[789]|1[2345])\b", r"\b\d+/\d+(?:/\d+)?\b", r"`20\d\d-\d\d-\d\d`", r"31\.12\.2015",
    r"December 31, 2015", r"1[23] (?:January|December)", r"31 (?:October|December)",
    r"day 12 of month 31", r"31 can only be a day, so the 12", r"\| (?:31|12|15) \|", r'"10"',
    r"\b0\.[19]\.[06]\b", r"10\.1371/\S+", r"\bCC0 1\.0\b", r"9\(3\): e90081", r"\(20\d\d\)",
    r"2020\)", r"months 1 to 12", r"00:00:00", r"below 0\.3 mm", r"\b0\.0\b", r"more than 20 mm",
    r"20 mm, the least", r"fill in 20", r"hold 20 mm", r"says 11\b", r"[Mm]onth 1[012]\b",
    r"the label, 11", r"month 1 has 10 mm", r"6 has 12 mm", r"\b20 °C",
]  # fmt: skip
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")


def test_no_number_of_the_text_goes_unchecked(weather: pd.DataFrame, raw: pd.DataFrame) -> None:
    """Each one of two digits or more is in a sentence that was computed, or is given."""
    text = all_words()
    computed = [re.escape(phrase) for subject in SUBJECTS for phrase in subject(weather, raw)]
    ranges = [re.escape(row) for row in _ranges(weather)]
    checked: set[int] = set()
    for pattern in (*computed, *ranges, *GIVEN):
        for found in re.finditer(pattern, text):
            checked.update(range(*found.span()))
    numbers = [found for found in NUMBER.finditer(text) if len(found[0].strip(",")) > 1]
    unchecked = [found.start() for found in numbers if found.start() not in checked]
    assert len(numbers) > 150
    assert [text[max(0, start - 40) : start + 20] for start in unchecked] == []


def _ranges(weather: pd.DataFrame) -> list[str]:
    """The lowest and the highest value of each column, as the notes on the data list them."""
    units = {"precipitation": "mm", "temp_max": "°C", "temp_min": "°C", "wind": "m/s"}
    rows = [
        f"| {unit} | {weather[name].min()} | {weather[name].max()} |"
        for name, unit in units.items()
    ]
    labels = weather["weather"].value_counts()
    return [*rows, f"{', '.join(labels.index)} ({', '.join(map(str, labels))} days)"]


def test_the_notes_on_the_data_give_the_range_of_every_column(weather: pd.DataFrame) -> None:
    assert [row for row in _ranges(weather) if row not in all_words()] == []
    assert not weather.isna().any(axis=None)
    assert (weather["day"].diff().dropna() == pd.Timedelta(days=1)).all()


def test_the_answers_are_what_pandas_gives(weather: pd.DataFrame, raw: pd.DataFrame) -> None:
    swapped = pd.to_datetime(weather["date"], format="%d/%m/%Y", errors="coerce")
    moved = (swapped.notna() & (swapped != weather["day"])).sum()
    assert checks()["moved_days"].answer == moved  # type: ignore[attr-defined]
    assert right_option("text_maximum") == weather["date"].max()
    assert right_option("after_dropna") == str(len(raw[list(raw)[:17]].dropna()))
    for given, pattern in checks()["formats"].pairs:  # type: ignore[attr-defined]
        assert pd.to_datetime(given.strip("`"), format=pattern) == pd.Timestamp("2015-12-31")


def right_option(check_id: str) -> str:
    options = checks()[check_id].options  # type: ignore[attr-defined]
    return str(next(option.text for option in options if option.is_right))


def test_no_answer_stands_in_the_open() -> None:
    """Neither in the text nor in what is read before another check is passed."""
    secrets = {
        "text_maximum": right_option("text_maximum"),
        "moved_days": "528",
        "after_dropna": right_option("after_dropna"),
    }
    for asked, secret in secrets.items():
        pattern = re.compile(rf"(?<![\w.,/]){re.escape(secret)}(?![\w/]|\.\d)")
        elsewhere = [prose(), *(words_of(each) for name, each in checks().items() if name != asked)]
        assert not [text for text in elsewhere if pattern.search(text)], asked
    formats = [pattern for _, pattern in checks()["formats"].pairs]  # type: ignore[attr-defined]
    assert not [each for each in formats if each in prose()]


# The film ---------------------------------------------------------------------------------------


def told_in_the_film(weather: pd.DataFrame) -> list[str]:
    by_month = weather.groupby("month")["temp_max"].agg(days="count", mean="mean")
    swapped = pd.to_datetime(weather["date"], format="%d/%m/%Y", errors="coerce")
    flat = weather.groupby(swapped.dt.month)["temp_max"].mean()
    july, gap = a_gap_in_july(weather)
    shown, summer = [0, 1, -1], by_month.loc[6:9]
    assert flat.idxmax() == 6
    means = [
        *summer["mean"],
        flat.max(),
        *(each.mean() for each in (july, gap, gap.fillna(0), gap.ffill(), july[gap.isna()])),
    ]
    drawn = [*by_month.loc[[1, 8, 12], "mean"], flat.min(), round(flat.max(), 2) + 0.001]
    counts = [
        *summer["days"],
        (weather["date"] >= "7/1/2015").sum(),
        (weather["day"] >= "2015-07-01").sum(),
        gap.count(),
        gap.isna().sum(),
        0,  # what is written into the gaps
    ]
    whole = [by_month["mean"].min(), by_month["mean"].max(), flat.mean()]
    return [
        *(f"{row:,}" for row in weather.index[shown]),
        *weather["temp_max"].iloc[shown].astype(str),
        *(f"{mean:.2f}" for mean in means),
        *(f"{mean:.1f}" for mean in drawn),
        *(f"{mean:.0f}" for mean in whole),
        *map(str, counts),
        str(july.iloc[0]),
    ]


def test_every_number_of_the_film_is_what_pandas_gives(weather: pd.DataFrame) -> None:
    given = [
        r"\b\d+/\d+/201\d", r"\b201[2345]\b", r"\b1 (?:July|January|October)", r"15 August",
        r"(?:31|7) December", r"2 to 11 July", r"months 1 to 12", r"[Tt]rap [123]",
        r"\| \d (?=convert|test|take|sum)", r"an 8 stands", r"(?:after|before) a 7", r"since a 1\b",
    ]  # fmt: skip
    assert numbers_told(FOLDER, given) == set(told_in_the_film(weather))


def test_what_the_film_says_of_single_days_is_so(weather: pd.DataFrame) -> None:
    days = ["8/15/2012", "10/1/2015"]
    assert [day >= "7/1/2015" for day in days] == [True, False]
    warmest = weather.groupby(["year", "month"])["temp_max"].mean().groupby("year").idxmax()
    assert list(warmest) == [(2012, 8), (2013, 8), (2014, 7), (2015, 7)]
