"""Lesson 01, "Meet the table": its data and each number it states. `kit lint` holds the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import palmerpenguins
import pandas as pd
import pytest

from kit.checks import Check, load_checks
from kit.checks.number import Number
from kit.course import CHECKS_FILE, Lesson, load_course

ROOT = Path(__file__).parent.parent
COURSE = load_course(ROOT / "lessons")


@cache
def checks_of(lesson: Lesson) -> dict[str, Check]:
    return load_checks(lesson.folder / CHECKS_FILE)


@cache
def cells_of(lesson: Lesson) -> list[dict[str, Any]]:
    """The notebook's cells as they are on disk, with ``source`` as one text."""
    notebook = json.loads(lesson.notebook.read_text(encoding="utf-8"))
    return [{**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]]


def prose_of(lesson: Lesson) -> str:
    """The text of the notebook."""
    prose = [cell["source"] for cell in cells_of(lesson) if cell["cell_type"] == "markdown"]
    return "\n\n".join(prose)


def words_of(check: Check) -> Iterator[str]:
    """Everything that a learner may read of a check: questions, options, feedback, hints."""
    for name in {field.name for field in fields(check)} & {"prompt", "why", "otherwise"}:
        yield getattr(check, name)
    yield from check.hints
    yield from dict(getattr(check, "wrong", {})).values()
    for option in getattr(check, "options", ()):
        yield from (option.text, option.because)
    for each in getattr(check, "cases", ()):
        yield each.because


def all_words_of(lesson: Lesson) -> str:
    """What a learner may read in the lesson and its notes, on one line."""
    of_checks = (words for check in checks_of(lesson).values() for words in words_of(check))
    texts = [prose_of(lesson), *of_checks, *_beside(lesson)]
    return " ".join(" ".join(texts).split())


def _beside(lesson: Lesson) -> list[str]:
    paths = [*lesson.folder.glob("*.md"), *lesson.folder.glob("data/*.md")]
    return [path.read_text(encoding="utf-8") for path in sorted(paths)]


TABLE = COURSE.lesson("01-meet-the-table")
HUMPS = ("tall hump near 3,600 g", "small second hump near 5,600 g")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("penguins.csv", "penguins.csv"), ("penguins_raw.csv", "penguins-raw.csv")],
)
def test_the_data_are_those_of_palmerpenguins_unchanged(ours: str, theirs: str) -> None:
    published = Path(palmerpenguins.__file__).parent / "data" / theirs
    assert (TABLE.folder / "data" / ours).read_bytes() == published.read_bytes()


@pytest.fixture(scope="module")
def penguins() -> pd.DataFrame:
    return pd.read_csv(TABLE.folder / "data" / "penguins.csv")


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    return pd.read_csv(TABLE.folder / "data" / "penguins_raw.csv")


def written(value: float, places: int = 2) -> str:
    """A number as the lessons write it: 4,201.75 or −25.69."""
    return f"{value:,.{places}f}".replace("-", "−")


def sizes(penguins: pd.DataFrame, raw: pd.DataFrame) -> list[str]:
    """Rows, columns and cells, and what is mistaken for them."""
    rows, columns = raw.shape
    return [
        f"`({len(penguins)}, {penguins.shape[1]})`",
        f"`({rows}, {columns})`",
        f"{rows} rows with {columns} cells each",
        f"{rows} × {columns} = {raw.size:,}",
        f"Each of the {rows} rows has {columns} of them",
        f"{rows} is the number of rows",
        f"{columns} is the number of columns",
        f"{rows + columns} is {rows} + {columns}, rows and columns added up",
        f"{rows} lines of {columns} squares",
        f"{penguins.size:,} is the size of `penguins`, {rows} × {penguins.shape[1]}",
        f"`size` counts cells ({penguins.size:,})",
        f"{raw.count().sum():,} is how many cells of `raw` are *filled*. "
        f"`size` counts the {raw.isna().sum().sum()} empty ones",
        f"this table of {rows} rows would have 4 × {rows} = {4 * rows:,}",
        f"the table would end after {penguins['species'].nunique()} rows",
        f"`known` says {rows} in each row: `len` counts rows",
        f"`known` says {rows * 3:,} in each row: `size` counts all cells, here {rows} × 3",
        f"`missing` says {raw.isna().count().iloc[0]} in each row",
        f"Known and missing should make {rows} together",
        f"Each pair of counts makes {rows}",
        f"penguins.csv: {penguins.shape[1]} columns",
        f"penguins_raw.csv: {columns} columns",
    ]


def labels(penguins: pd.DataFrame, raw: pd.DataFrame) -> list[str]:
    """What the column Individual ID holds, and counts of the other labels."""
    label = raw["Individual ID"]
    species = raw.groupby("Individual ID")["Species"].nunique()
    sexes = raw.groupby("Individual ID")["Sex"].nunique()
    gentoos = raw["Species"].str.startswith("Gentoo")
    first = raw.drop_duplicates("Individual ID")
    per = {name: penguins[name].value_counts() for name in penguins}
    by_year = [per["year"][year] for year in (2007, 2008, 2009)]
    adelie, gentoo, chinstrap = (per["species"][n] for n in ("Adelie", "Gentoo", "Chinstrap"))
    biscoe, dream, torgersen = (per["island"][n] for n in ("Biscoe", "Dream", "Torgersen"))
    return [
        f"{len(raw)} rows, {label.nunique()} different labels",
        f"{label.nunique()} labels, used again for other birds",
        f"{label.nunique()} different values in {len(raw)} rows",
        f"{label.nunique()} birds, many of them met",
        f"{label.nunique()} birds; the other {len(raw) - label.nunique()} rows are copies",
        f"{(species > 1).sum()} of the {label.nunique()} labels stand with more than one species",
        f"{(species > 1).sum()} of them stand with more than one species, and "
        f"{(sexes > 1).sum()} with both sexes",
        f"{gentoos.sum() - first['Species'].str.startswith('Gentoo').sum()} of the "
        f"{gentoos.sum()} Gentoos are gone; the mean body mass falls from "
        f"{written(raw['Body Mass (g)'].mean())} g to {written(first['Body Mass (g)'].mean())} g",
        f"{len(raw)} different birds",
        f"{len(raw)} rows, then. Are they {len(raw)} different",
        f"{len(raw)} records",
        f"{len(raw)} rows, in the same order in both",
        f"{adelie} rows of Adelie, {gentoo} of Gentoo, {chinstrap} of Chinstrap",
        f"{adelie} Adelie, {gentoo} Gentoo and {chinstrap} Chinstrap",
        f"{adelie} Adelie, {gentoo} Gentoo, {chinstrap} Chinstrap",
        f"Adelie, Chinstrap, Gentoo ({adelie}, {chinstrap}, {gentoo} rows)",
        f"Biscoe, Dream, Torgersen ({biscoe}, {dream}, {torgersen} rows)",
        f"female, male ({per['sex']['female']}, {per['sex']['male']} rows)",
        f"{by_year[0]} rows in 2007, {by_year[1]} in 2008, {by_year[2]} in 2009",
        f"2007, 2008 and 2009 ({by_year[0]}, {by_year[1]} and {by_year[2]} rows)",
        f"2007, 2008, 2009 ({by_year[0]}, {by_year[1]}, {by_year[2]} rows)",
        f"the mean of `year` is {penguins['year'].mean():.2f}, a season that never was",
        f"{penguins['year'].mean():.2f}, a season that never was",
        f"Its mean, {written(raw['Sample Number'].mean())}, says how the samples",
    ]


def gaps(penguins: pd.DataFrame, raw: pd.DataFrame) -> list[str]:
    """How much is missing, and the answers that come of counting it in a wrong way."""
    rows = len(penguins)
    sex, mass, comments = penguins["sex"], penguins["body_mass_g"], raw["Comments"]
    no_sex, no_mass = sex.isna().sum(), mass.isna().sum()
    unmeasured = (mass.isna() & sex.isna()).sum()
    every_gap = penguins.isna().sum().sum()
    why = raw.loc[raw["Sex"].isna(), "Comments"].str
    share = mass.isna().mean()
    return [
        f"in how many of the {rows} rows",
        f"Of the {no_sex} rows without a sex, {why.contains('not sampled').sum()} are of birds "
        f"that were not sampled, {why.contains('No blood').sum()} of birds that gave no blood for "
        f"the test, and for {why.contains('not amplify').sum()} the test failed",
        f"{no_sex} in `sex`, {no_mass} in each measurement",
        f"The {unmeasured} rows without measurements are among the {no_sex} without a sex",
        f"{rows} rows, {no_sex} of them with a gap in `sex`: {rows} − {no_sex}",
        f"{rows} rows − {no_sex} gaps = {sex.count()}",
        f"{no_sex} is how many are *missing*. How many of the {rows} does",
        f"{mass.count()} have a known body mass: you took away its {no_mass} gaps",
        f"{rows - no_sex - no_mass} takes away {no_sex} and then {no_mass}",
        f"the {unmeasured} birds without measurements are among the {no_sex} without a sex",
        f"{rows - every_gap} takes away all {every_gap} gaps of the table",
        f"{rows + no_sex} is {rows} + {no_sex}, more than there are rows",
        f"The gaps are part of the {rows}",
        f"{(sex == 'male').sum()} is the males alone",
        f"{(sex == 'female').sum()} is the females alone",
        f"Of {no_sex}, the sex is not known",
        f"Are {comments.isna().sum()} gaps many? In {rows} rows",
        f"`Comments` that gives {comments.isna().sum()} / {comments.count()} = "
        f"{comments.isna().sum() / comments.count():.2f}",
        f"that is {no_mass} of {rows}, about {share:.4f}",
        f"{no_mass} for the body mass. Is {no_mass} many? Of 3 values yes, of {rows} no",
        f"*known*: {1 - share:.4f} for the body mass",
        f"percent: {100 * share:.2f} for the body mass",
        f"divide by the {rows} rows of `penguins`",
        f"gives {rows} / {no_mass} = {rows / no_mass:.0f}",
        f"isotopes in the blood | parts per thousand | {raw['Delta 15 N (o/oo)'].isna().sum()} |",
        f"isotopes in the blood | parts per thousand | {raw['Delta 13 C (o/oo)'].isna().sum()} |",
        f"why a value is missing | | {comments.isna().sum()} |",
        f"| | {no_sex} |",
    ]


def masses_and_flippers(penguins: pd.DataFrame, raw: pd.DataFrame) -> list[str]:
    """Means of amounts, with gaps left out and with zeros in their place."""
    rows, mass, flipper = len(penguins), penguins["body_mass_g"], penguins["flipper_length_mm"]
    mean, zero_mean = written(mass.mean()), written(mass.fillna(0).mean())
    first = penguins.iloc[0]
    bill = raw[["Culmen Length (mm)", "Culmen Depth (mm)"]].mean()
    return [
        f"a bill {first['bill_length_mm']} mm long and a mass of "
        f"{written(first['body_mass_g'], 0)} g",
        f"weighed one animal and wrote {mass[0]:.0f}, then weighed another and wrote {mass[1]:.0f}",
        f"The sum is the same, {written(mass.sum(), 0)} g, but $n$ is {mass.count()} in one line "
        f"and {rows} in the other. The first mean, {mean} g, is about",
        f"The second, {zero_mean} g, claims that two penguins",
        f"{mean} g, of {mass.count()} known values",
        f"the mean mass is {zero_mean} g, not {mean} g",
        f"{mass.count()} body masses, from {written(mass.min(), 0)} to {written(mass.max(), 0)} g",
        f"marks the mean, {written(mass.mean(), 0)} g",
        f"measured {mass.count()} of them; the mean body mass was {written(mass.mean(), 0)} g",
        f"it gives {written(flipper.sum() / rows)} mm",
        f"Still as at the start: {written(flipper.fillna(0).mean())} mm",
        f"{written(flipper.mean())} mm for the flippers. `column.mean()`",
        f"{flipper.nunique()} for the flippers, so the mean becomes "
        f"{written(flipper.sum() / flipper.nunique(), 0)} mm",
        f"the middle: {written(flipper.median(), 0)} mm for the flippers",
        f"{flipper.count()} is right for the flippers",
        f"“on average, {written(bill.iloc[0])} mm”",
        f"“on average, {written(bill.iloc[1])} mm”",
        f"“on average, {written(raw['Flipper Length (mm)'].mean())} mm”",
        f"“on average, {written(raw['Body Mass (g)'].mean())} g”",
        f"{mass.count()} known, {mass.isna().sum()} missing, {mean} g on average",
        f"says {mass.nunique()} for the body mass: `nunique()`",
        f"{mass.isna().sum()} known masses and {mass.count()} missing?",
        f"the middle: {written(mass.median(), 0)} g for the masses",
    ]


def blood(_penguins: pd.DataFrame, raw: pd.DataFrame) -> list[str]:
    """The isotopes, and the table that the last check asks for."""
    rows, carbon, nitrogen = len(raw), raw["Delta 13 C (o/oo)"], raw["Delta 15 N (o/oo)"]
    known, missing = carbon.count(), carbon.isna().sum()
    total, mean, zero_mean = carbon.sum(), carbon.mean(), carbon.fillna(0).mean()
    mass = raw["Body Mass (g)"]
    complete = raw[["Body Mass (g)", "Delta 15 N (o/oo)", "Delta 13 C (o/oo)"]].dropna()
    return [
        f"its {known} known values are **all below zero**, their mean is {written(mean)}, and "
        f"{missing} values are missing. Somebody writes 0 into the {missing} gaps",
        f"The zeros leave the sum, {written(total)}, as it is. What do they do to the count of "
        f"{known}?",
        f"It was {written(total)} / {known}. Now it is {written(total)} / {rows}.",
        f"It rises, to {written(zero_mean)}.",
        f"the count grows from {known} to {rows}",
        f"negative sum by {rows} instead of {known}",
        f"It stays at {written(mean)}, since",
        f"it stays at {written(total)}. But",
        f"with the zeros there are {missing} more",
        f"halfway to 0, to {written(mean / 2)}.",
        f"{written(mean / 2)} is the middle of {written(mean)} and 0, as if the {missing} zeros "
        f"counted as much as all {known} measured values",
        f"one value among {rows}",
        f"“on average, {written(nitrogen.mean())} parts per thousand”",
        f"“on average, {written(carbon.mean())} parts per thousand”",
        f"The means, {written(mass.fillna(0).mean())}, {written(nitrogen.fillna(0).mean())} and "
        f"{written(zero_mean)}, lie too near to 0",
        f"`known` says {len(complete)} in each row: `dropna()` threw out every row that has a gap "
        f"anywhere, and {mass.count() - len(complete)} known masses with them",
    ]


SUBJECTS = (sizes, labels, gaps, masses_and_flippers, blood)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_the_text_states_is_what_pandas_gives(
    subject: Any, penguins: pd.DataFrame, raw: pd.DataFrame
) -> None:
    """Each sentence is written anew from the data and looked for in the lesson."""
    text = all_words_of(TABLE)
    assert [phrase for phrase in subject(penguins, raw) if phrase not in text] == []


# Numbers that are no results: years, versions, names, a reference, made-up cases.
GIVEN = [
    r"\b200[789]\b", r"\(2014\)", r"2020\)", r"\b0\.1\.6\b", r"10\.1371/\S+", r"\bCC0 1\.0\b",
    r"nest 67\b", r"Delta 1[35] [NC]", r"\* 100`", r"\b0\.5 when every second", r"9\(3\): e90081",
    r"No gap here: 85 divided by 5", r"no value: 582 divided by 3", r"a value: 30 divided by 3",
]  # fmt: skip
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")


def test_no_number_of_the_text_goes_unchecked(penguins: pd.DataFrame, raw: pd.DataFrame) -> None:
    """Each one of two digits or more is in a sentence that was computed, or is given."""
    text = all_words_of(TABLE)
    computed = [re.escape(phrase) for subject in SUBJECTS for phrase in subject(penguins, raw)]
    checked: set[int] = set()
    for pattern in (*computed, *HUMPS, *GIVEN):
        for found in re.finditer(pattern, text):
            checked.update(range(*found.span()))
    numbers = [found for found in NUMBER.finditer(text) if len(found[0].strip(",")) > 1]
    unchecked = [found.start() for found in numbers if found.start() not in checked]
    assert len(numbers) > 200
    assert [text[max(0, start - 40) : start + 20] for start in unchecked] == []


def test_the_notes_on_the_data_count_the_gaps_of_every_column(
    penguins: pd.DataFrame, raw: pd.DataFrame
) -> None:
    notes = (TABLE.folder / "data" / "README.md").read_text(encoding="utf-8")
    _, ours, full = notes.split("\n## penguins")
    for table, text in ((penguins, ours), (raw, full)):
        lines = [line.split("|") for line in text.splitlines() if line.startswith("| `")]
        told = {name: int(line[-2]) for line in lines for name in re.findall("`(.+?)`", line[1])}
        assert told == table.isna().sum().to_dict()


def test_the_answers_in_numbers_are_what_pandas_gives(
    penguins: pd.DataFrame, raw: pd.DataFrame
) -> None:
    right = {"known_sex": penguins["sex"].count(), "size_counts": raw.size}
    numbers = [check for check in checks_of(TABLE).values() if isinstance(check, Number)]
    assert {check.id: check.answer for check in numbers} == right
    for check in numbers:
        for value, message in check.wrong.items():
            assert f"{value:,}" in message


def test_the_humps_of_the_body_masses_are_where_the_text_sees_them(penguins: pd.DataFrame) -> None:
    counts, edges = np.histogram(penguins["body_mass_g"].dropna(), range(2500, 6501, 250))
    assert all(hump in all_words_of(TABLE) for hump in HUMPS)
    first, second = counts.argmax(), np.searchsorted(edges, 5600) - 1
    assert edges[first] <= 3600 < edges[first + 1]
    assert counts[second] > max(counts[second - 1], counts[second + 1])


def test_the_rows_that_the_text_points_to_hold_what_it_says(
    penguins: pd.DataFrame, raw: pd.DataFrame
) -> None:
    top = penguins.iloc[0][["species", "island", "sex", "year"]]
    assert list(top) == ["Adelie", "Torgersen", "male", 2007]
    assert (penguins["species"].head() == "Adelie").all()
    assert penguins.iloc[3].isna().any()
    assert raw["Comments"][3] == "Adult not sampled."
    assert not raw.duplicated(["studyName", "Individual ID"]).any()
    assert not raw.duplicated().any()
    one_label = raw[raw["Individual ID"] == "N67A1"].sort_values("Date Egg")
    told = one_label["Date Egg"].str[:4] + one_label["Species"].str[:6] + one_label["Sex"]
    assert list(told) == ["2007ChinstFEMALE", "2008ChinstMALE", "2009AdelieFEMALE"]


def test_the_label_that_the_film_shows_stands_for_two_penguins(raw: pd.DataFrame) -> None:
    one_label = raw[raw["Individual ID"] == "N1A1"].sort_values("Date Egg")
    told = one_label["Date Egg"] + " " + one_label["Species"].str[:6] + " " + one_label["Island"]
    assert told.iloc[0] == "2007-11-11 Adelie Torgersen"
    assert told.iloc[-1] == "2009-11-18 Gentoo Biscoe"
