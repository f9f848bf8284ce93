"""The lesson "Groups": its numbers are what pandas gives, and it gives no answer away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

from kit.checks import Check, attempt, load_checks
from tests.narration import numbers_told

FOLDER = Path(__file__).parent.parent / "lessons" / "03-groups"
MEASUREMENTS = ("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g")
ISLANDS, SPECIES = ("Biscoe", "Dream", "Torgersen"), ("Adelie", "Chinstrap", "Gentoo")

SOURCES = {"starter", "right_source", "passes", "fails"}
NOT_READ = SOURCES | {"id", "namespace", "family", "name", "answer", "answers", "arguments"}


@cache
def checks() -> dict[str, Check]:
    return load_checks(FOLDER / "checks.py")


@cache
def notebook() -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads((FOLDER / "lesson.ipynb").read_text(encoding="utf-8"))[
        "cells"
    ]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]


def read_in(part: object) -> Iterator[str]:
    """The texts within a part of a check: of rules the feedback alone, for keys may be sources."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping):
        for each in part.values():
            yield from read_in(each)
    elif isinstance(part, list | tuple):
        for each in part:
            yield from read_in(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            if field.name not in NOT_READ:
                yield from read_in(getattr(part, field.name))


@cache
def words() -> str:
    """What a learner may read, on one line; without the question whose numbers are drawn."""
    texts = [cell["source"] for cell in notebook() if cell["cell_type"] == "markdown"]
    texts += [cell["metadata"].get("alt", "") for cell in notebook()]
    texts += [text for check in checks().values() if not check.family for text in read_in(check)]
    beside = sorted([*FOLDER.glob("*.md"), *FOLDER.glob("data/*.md")])
    texts += [path.read_text(encoding="utf-8") for path in beside]
    return " ".join(" ".join(texts).split())


@cache
def penguins() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "data" / "penguins.csv")


def written(value: float, places: int = 2) -> str:
    """A number as the lessons write it: 4,201.75 or −25.69."""
    return f"{value:,.{places}f}".replace("-", "−")


def summed_up(by: str | list[str], column: str, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Rows, known values, mean and sum of each group; rows without a label are a group too."""
    groups = (penguins() if rows is None else rows).groupby(by, dropna=False)[column]
    return pd.DataFrame(
        groups.agg(rows="size", known="count", mean="mean", sum="sum", median="median")
    )


def of(species: str) -> pd.DataFrame:
    return penguins().loc[penguins()["species"] == species]


# The data ---------------------------------------------------------------------------------------


def test_the_data_are_those_of_the_first_lesson() -> None:
    first = FOLDER.parent / "01-meet-the-table" / "data" / "penguins.csv"
    assert (FOLDER / "data" / "penguins.csv").read_bytes() == first.read_bytes()


def test_the_notes_on_the_data_count_gaps_and_pairs() -> None:
    notes = (FOLDER / "data" / "README.md").read_text(encoding="utf-8")
    lines = [line.split("|") for line in notes.splitlines() if line.startswith("| `")]
    gaps = {line[1].strip().strip("`"): int(line[-2]) for line in lines}
    assert gaps == penguins().isna().sum().to_dict()
    pairs = penguins().groupby(["island", "species"]).size()
    for island in ISLANDS:
        line = next(line for line in notes.splitlines() if line.startswith(f"| {island} |"))
        told = [int(cell) if cell.strip() else 0 for cell in line.split("|")[2:-1]]
        assert told == [pairs.get((island, species), 0) for species in SPECIES]


# The numbers ------------------------------------------------------------------------------------


def islands() -> list[str]:
    """The masses of the islands, and what comes of counting in a wrong way."""
    island = summed_up("island", "body_mass_g")
    biscoe, dream, torgersen = (written(island["mean"][name], 0) for name in ISLANDS)
    rows = [island["rows"][name] for name in ISLANDS]
    known = [island["known"][name] for name in ISLANDS]
    wrong = island["sum"]["Torgersen"] / rows[2]
    too_little = (
        f"{written(wrong)} g, {written(island['mean']['Torgersen'] - wrong, 0)} g too little"
    )
    gaps = penguins().isna().sum()
    return [
        f"{rows[0]}, {rows[1]} and {rows[2]} rows, which makes {len(penguins())}",
        f"| {rows[0]}, {rows[1]}, {rows[2]} |",
        f"{len(penguins())} rows went in, three numbers came out: {biscoe} g on Biscoe, "
        f"{dream} g on Dream, {torgersen} g on Torgersen",
        f"| {biscoe} g on Biscoe, {dream} g on Dream, {torgersen} g on Torgersen |",
        f"{biscoe} g on Biscoe ({known[0]} birds), {dream} g on Dream ({known[1]}) and "
        f"{torgersen} g on Torgersen ({known[2]})",
        f"all of Biscoe, {biscoe} g",
        f"`body_mass_g` has {gaps['body_mass_g']} gaps, `sex` has {gaps['sex']}",
        f"Torgersen has {rows[2]} rows and {known[2]} known masses. Divide the sum of its masses "
        f"by {rows[2]}, and you get {too_little}",
        f"Torgersen: {rows[2]} rows, {known[2]} known masses",
        f"Dividing Torgersen's grams by {rows[2]} rows gives {too_little}",
    ]


def pairs_of_labels() -> list[str]:
    """Islands and species: the masses, and the picture of them."""
    pair = summed_up(["island", "species"], "body_mass_g")
    mean, known = pair["mean"], pair["known"]
    adelies = [written(mean[name, "Adelie"], 0) for name in ISLANDS]
    gentoo = written(mean["Biscoe", "Gentoo"], 0)
    biscoe = penguins().loc[penguins()["island"] == "Biscoe", "body_mass_g"]
    light = penguins().loc[penguins()["species"] != "Gentoo", "body_mass_g"]
    heavy = of("Gentoo")["body_mass_g"]
    small, large = known["Biscoe", "Adelie"], known["Biscoe", "Gentoo"]
    whole = written(biscoe.mean(), 0)
    assert len(pair) == 5
    assert round((biscoe.mean() - mean["Biscoe", "Adelie"]) / 1000, 1) == 1.0
    assert abs(mean.drop(("Biscoe", "Gentoo")) - 3700).max() < 50
    return [
        f"{adelies[0]} g on Biscoe, {adelies[1]} g on Dream, {adelies[2]} g on Torgersen",
        f"the Adelies of the three islands weigh {adelies[0]}, {adelies[1]} and {adelies[2]} g",
        f"The Gentoos, {gentoo} g on average, are all on Biscoe. So its {whole} g "
        f"mixes {small} lighter birds with {large} heavier ones",
        f"its Gentoos, {large} of the {biscoe.count()}",
        f"Biscoe's {whole} g mixes Gentoos of {gentoo} g with Adelies of {adelies[0]} g",
        f"between {written(light.min(), 0)} and {written(light.max(), 0)} g, with their dots near "
        f"3,700 g. {large} Gentoos on Biscoe lie between {written(heavy.min(), 0)} and "
        f"{written(heavy.max(), 0)} g, with their dot at {gentoo} g",
        f"{small} Adelies on Biscoe, {known['Dream', 'Adelie']} on Dream and "
        f"{known['Torgersen', 'Adelie']} on Torgersen and {known['Dream', 'Chinstrap']} Chinstraps",
        f"between {written(light.min(), 0)} and {written(light.max(), 0)} g, with their means near "
        f"3,700 g. The line of the Gentoos reaches from {written(heavy.min(), 0)} to "
        f"{written(heavy.max(), 0)} g",
    ]


def flippers() -> list[str]:
    """The two checks on flippers, and read_the_line."""
    species, island = (summed_up(by, "flipper_length_mm") for by in ("species", "island"))
    adelies = summed_up("island", "flipper_length_mm", of("Adelie"))
    mean = {name: written(species["mean"][name]) for name in SPECIES}
    by_island = [written(island["mean"][name]) for name in ISLANDS]
    like = [written(adelies["mean"][name]) for name in ISLANDS]
    rows, known, total = species["rows"], species["known"], species["sum"]
    assert island["mean"].idxmax() == "Biscoe" == adelies["mean"].idxmin()
    return [
        f"{mean['Adelie']} mm for the Adelies, {mean['Chinstrap']} for the Chinstraps, "
        f"{mean['Gentoo']} for the Gentoos",
        f"keeps {rows['Adelie']} of the {len(penguins())} rows",
        f"Sorted rows are still {len(penguins())} rows",
        f"{penguins()['flipper_length_mm'].nunique()} groups, one for each length",
        f"{known['Adelie']} for the Adelies, and they have {rows['Adelie']} rows",
        f"{rows['Gentoo']} for the Gentoos, and {known['Gentoo']} of them were measured",
        f"{written(total['Adelie'], 0)} for the Adelies. The rows",
        f"{written(total['Gentoo'], 0)} for the Gentoos. The measured",
        f"The Gentoos have {rows['Gentoo']} rows and {known['Gentoo']} known flippers, the Adelies "
        f"{rows['Adelie']} and {known['Adelie']}",
        f"flippers are {by_island[0]} mm long on average, on Dream {by_island[1]} mm, on Torgersen "
        f"{by_island[2]} mm",
        f"again: {by_island[0]} mm on Biscoe",
        f"a mean of {mean['Adelie']} mm",
        f"{like[0]} mm on Biscoe, {like[1]} on Dream and {like[2]} on Torgersen",
    ]


def without_a_group() -> list[str]:
    """Rows whose label is a gap."""
    sex, mass = penguins()["sex"], penguins()["body_mass_g"]
    rows, gaps, known = len(sex), sex.isna().sum(), sex.count()
    unmeasured = (sex.isna() & mass.isna()).sum()
    gentoos = summed_up("sex", "body_mass_g", of("Gentoo"))
    assert unmeasured == mass.isna().sum()
    return [
        f"{rows} − {gaps} = {known}: a row whose label",
        f"mean mass is {written(mass[sex.notna()].mean())} g; that of all birds weighed is "
        f"{written(mass.mean())} g",
        f"{rows} is all rows of the table",
        f"{mass.count()} are the rows with a known body mass",
        f"{gaps} are the rows *without* a label",
        f"{rows - gaps - mass.isna().sum()} takes away the {gaps} gaps of `sex` and the "
        f"{mass.isna().sum()} of the mass",
        f"{rows + gaps} is {rows} + {gaps}, more than the table has rows",
        f"label does each of the {rows} rows",
        f"The table has {rows} rows, and in {gaps} of them nobody knows the sex",
        f"| {gentoos['rows'].iloc[-1]} of {len(of('Gentoo'))} Gentoos |",
    ]


def depths() -> list[str]:
    """biscoe_bills: where each option would put the mean of all."""
    depth = summed_up(["island", "species"], "bill_depth_mm")
    biscoe = penguins().loc[penguins()["island"] == "Biscoe", "bill_depth_mm"]
    small, large = depth["known"]["Biscoe", "Adelie"], depth["known"]["Biscoe", "Gentoo"]
    below, middle = depth["mean"]["Biscoe", "Gentoo"], biscoe.mean()
    low, mid = written(below), written(middle)
    adelies = {name: depth["mean"][name, "Adelie"] for name in ISLANDS}
    others = [written(adelies[name]) for name in ("Dream", "Torgersen")]
    mirrored, halfway = 2 * middle - below, (below + middle) / 2

    def of_all(mean: float) -> str:
        return written((small * mean + large * below) / (small + large))

    assert 2.5 < large / small < 3
    assert round((adelies["Biscoe"] - middle) / (middle - below)) == 3
    return [
        f"On Biscoe, {biscoe.count()} bills were measured, and they are {mid} mm *deep* on "
        f"average. {large} of them are of Gentoos, with a mean of {low} mm. The other "
        f"{small} are of Adelies",
        f"near {adelies['Biscoe']:.1f} mm: three times as far above {mid} as",
        f"Yes, {written(adelies['Biscoe'])} mm.",
        f"{others[0]} mm on Dream and {others[1]} mm on Torgersen",
        f"near {middle:.1f} mm: that is the mean on Biscoe",
        f"{mid} mm is the mean of both species together, and the Gentoos lie below it. "
        f"With Adelies at {mid} mm, nobody would pull the mean of all up again: it would "
        f"be {of_all(middle)} mm",
        f"near {mirrored:.1f} mm: as far above {mid} as",
        f"{small} stand against {large}, and with Adelies at {written(mirrored)} mm the mean of "
        f"all would be {of_all(mirrored)} mm, not {mid}",
        f"near {halfway:.1f} mm: halfway between {low} and {mid}",
        f"below {mid} mm, and so would the mean of both: {of_all(halfway)} mm",
        f"Gentoos: {low}. All together: {mid}. On which side of {mid} must",
        f"balanced at {mid}: {large} birds sit on one side, {small} on the other",
        f"{written(middle - below)} mm away from the middle",
        f"{large} is nearly three times {small}",
    ]


def means_of_means() -> list[str]:
    """mean_of_all, and the text before it."""
    island, species = (summed_up(by, "body_mass_g") for by in ("island", "species"))
    mass = penguins()["body_mass_g"]
    of_all = written(mass.mean())
    by_island, by_species = written(island["mean"].mean()), written(species["mean"].mean())
    by_rows = (island["rows"] * island["mean"]).sum() / island["rows"].sum()
    known = island["known"]
    return [
        f"The mean of all known masses is {of_all} g. The mean of the three *species'* "
        f"means is {by_species} g; of the three *islands'* means, {by_island} g",
        f"a group of {known['Torgersen']} birds counted as much as one of {known['Biscoe']}",
        f"{by_species} g by species and {by_island} g by island; the mean of all is {of_all} g",
        f"for the three islands it gives {by_island} g",
        f"the mean of the three means, {by_island} g: each island counts once, Torgersen's "
        f"{known['Torgersen']} birds as much as Biscoe's {known['Biscoe']}",
        f"Nearly: {written(by_rows)} g.",
        f"the {mass.isna().sum()} birds without a mass",
        f"{written(mass.fillna(0).mean())} g: you have all the grams, and divide them by all "
        f"{len(mass)} rows",
        f"{written(mass.sum() / 3, 0)} g, the grams of an average *island*",
        f"{written(mass.sum(), 0)} g is what all birds weigh together",
        f"{mass.count()} is right for these birds' masses",
        f"the mean in the middle, {written(island['mean'].median())} g",
        f"right for the masses, {of_all} g",
        f"{written(mass.sum(), 0)} g divided by {mass.count()} known masses is {of_all} g",
    ]


def bills_of_the_sexes() -> list[str]:
    """bills and claim: males and females, of all species and of each."""
    all_birds = summed_up("sex", "bill_length_mm")["mean"]
    pair = summed_up(["species", "sex"], "bill_length_mm")
    mean, known, rows = pair["mean"], pair["known"], pair["rows"]
    ahead = {name: written(mean[name, "male"] - mean[name, "female"]) for name in SPECIES}
    female, male = (
        {name: written(mean[name, sex]) for name in SPECIES} for sex in ("female", "male")
    )
    sex, length = penguins()["sex"], penguins()["bill_length_mm"]
    assert known["Adelie", "female"] == known["Adelie", "male"]
    assert known["Chinstrap", "female"] == known["Chinstrap", "male"]
    nobody = {
        name: pair.loc[name].loc[pair.loc[name].index.isna()].iloc[0]
        for name in ("Adelie", "Gentoo")
    }
    of_sex = {sex: of("Adelie")["sex"] == sex for sex in ("female", "male")}
    adelies = of("Adelie")["bill_length_mm"]
    assert adelies[of_sex["male"]].min() < adelies[of_sex["female"]].max()
    sexes = [rows["Gentoo", sex] for sex in ("male", "female")]
    return [
        f"bills of {written(all_birds['female'])} mm on average, males of "
        f"{written(all_birds['male'])} mm",
        f"{written(all_birds['female'])} mm and {written(all_birds['male'])} mm, as before",
        f"{sex.isna().sum()} of the {len(sex)} birds are missing, those without a known sex, and "
        f"{(sex.isna() & length.notna()).sum()} of them have a measured bill",
        f"{nobody['Adelie']['rows']:.0f} rows and {nobody['Adelie']['known']:.0f} known, "
        f"{nobody['Gentoo']['rows']:.0f} rows and {nobody['Gentoo']['known']:.0f} known",
        f"{written(pair['median']['Adelie', 'female'])} mm for the female Adelies",
        f"by {ahead['Adelie']} mm (Adelie), {ahead['Chinstrap']} mm (Chinstrap) and "
        f"{ahead['Gentoo']} mm (Gentoo)",
        f"{male['Adelie']} mm against {female['Adelie']} mm among the Adelies "
        f"({rows['Adelie', 'male']} birds each), {male['Chinstrap']} against "
        f"{female['Chinstrap']} among the Chinstraps ({rows['Chinstrap', 'male']} each), "
        f"{male['Gentoo']} against {female['Gentoo']} among the Gentoos "
        f"({sexes[0]} and {sexes[1]})",
        f"Of {sex.isna().sum()} birds the sex is not known",
    ]


def of_the_data() -> list[str]:
    """data/README.md."""
    per = {name: penguins()[name].value_counts() for name in ("species", "island", "sex", "year")}
    counts = {
        "species": ", ".join(str(per["species"][name]) for name in SPECIES),
        "island": ", ".join(str(per["island"][name]) for name in ISLANDS),
        "sex": f"{per['sex']['female']}, {per['sex']['male']}",
        "year": ", ".join(str(per["year"][year]) for year in (2007, 2008, 2009)),
    }
    gaps = penguins().isna().sum()
    unmeasured = penguins()[penguins()["body_mass_g"].isna()]
    pairs = penguins().groupby(["island", "species"]).size()
    assert list(zip(unmeasured["species"], unmeasured["island"], strict=True)) == [
        ("Adelie", "Torgersen"), ("Gentoo", "Biscoe"),
    ]  # fmt: skip
    assert unmeasured[list(MEASUREMENTS)].isna().all(axis=None)
    assert unmeasured["sex"].isna().all()
    return [
        f"in one season. {len(penguins())} rows",
        *(f"({each} rows)" for each in counts.values()),
        f"are among the {gaps['sex']} without a sex",
        f"| `sex` | female, male ({counts['sex']} rows) | | {gaps['sex']} |",
        f"| Biscoe | {pairs['Biscoe', 'Adelie']} | | {pairs['Biscoe', 'Gentoo']} |",
        f"| Dream | {pairs['Dream', 'Adelie']} | {pairs['Dream', 'Chinstrap']} | |",
        f"| Torgersen | {pairs['Torgersen', 'Adelie']} | | |",
    ]


def asked_in_the_film() -> list[str]:
    """The bills of Torgersen and Dream, and of whom they are."""
    island: Any = summed_up("island", "bill_length_mm")
    pair: Any = summed_up(["island", "species"], "bill_length_mm")["mean"]
    torgersen, dream = island.loc["Torgersen"], island.loc["Dream"]
    adelies, chinstraps = (written(pair["Dream", name]) for name in ("Adelie", "Chinstrap"))
    mean = written(torgersen["mean"])
    return [
        f"The mean bill is {mean} mm on Torgersen and {written(dream['mean'])} mm on Dream",
        f"even a little longer: {mean} mm, and {adelies} mm on Dream",
        f"Compare them: {mean} mm on Torgersen, {adelies} mm on Dream",
        f"{torgersen['known']:.0f} birds against {dream['known']:.0f}",
        f"down to {written(torgersen['sum'] / torgersen['rows'])} mm; but {mean} mm is the mean of "
        f"the {torgersen['known']:.0f} known bills",
        f"Dream's mean lies between two species, at {adelies} and {chinstraps} mm",
    ]


SUBJECTS = (
    islands, pairs_of_labels, flippers, without_a_group, depths, means_of_means,
    bills_of_the_sexes, of_the_data, asked_in_the_film,
)  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_the_text_states_is_what_pandas_gives(subject: Any) -> None:
    """Each sentence is written anew from the data and looked for in the lesson."""
    assert [phrase for phrase in subject() if phrase not in words()] == []


# Numbers that are no results: years, versions, a reference, made-up cases.
GIVEN = [
    r"\b200[789]\b", r"\(2014\)", r"2020\)", r"\b0\.1\.6\b", r"10\.1371/\S+", r"\bCC0 1\.0\b",
    r"9\(3\): e90081", r"3,000 g and three of 5,000 g: 18,000 g for 4 birds",
    r"Here, 2 of the first 4 rows are gaps: 60 for 4", r"160 \+ 450 \+ 225, for 16",
    r"−6 and 12 together",
]  # fmt: skip
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")


def test_no_number_of_the_text_goes_unchecked() -> None:
    """Each one of two digits or more is in a sentence that was computed, or is given."""
    computed = [re.escape(phrase) for subject in SUBJECTS for phrase in subject()]
    checked: set[int] = set()
    for pattern in (*computed, *GIVEN):
        for found in re.finditer(pattern, words()):
            checked.update(range(*found.span()))
    numbers = [found for found in NUMBER.finditer(words()) if len(found[0].strip(",")) > 1]
    unchecked = [found.start() for found in numbers if found.start() not in checked]
    assert len(numbers) > 150
    assert [words()[max(0, start - 40) : start + 20] for start in unchecked] == []


def test_the_rows_in_groups_are_those_with_a_known_sex() -> None:
    assert checks()["rows_in_groups"].answer == penguins().groupby("sex").size().sum()  # type: ignore[attr-defined]


def test_every_variant_has_one_right_answer_that_is_the_mean_of_all_ten() -> None:
    family = checks()["mean_of_two_groups"].family
    assert family
    for number in Random(0).sample(range(1000), 60):
        check = family.variant(number)
        adelies, light, gentoos, heavy = (
            int(each.replace(",", "")) for each in re.findall(r"\d[\d,]*", check.prompt)
        )
        birds = pd.Series([light] * adelies + [heavy] * gentoos)
        assert len(birds) == 10
        assert attempt(check, str(birds.mean())).name == "passed"
        for example in check.examples():
            outcome = attempt(check, example.answer)
            assert (outcome.name, example.says in outcome.feedback) == (example.outcome, True)


# Answers ----------------------------------------------------------------------------------------


def test_no_answer_stands_where_it_can_be_read_before_it_is_earned() -> None:
    """Not in the notebook, and not in the question, the hints and the feedback of any check."""
    shown = "\n".join(cell["source"] for cell in notebook())
    for check in checks().values():
        hidden = {"why", "model", "points"}
        open_to_all = [
            text
            for field in fields(check)
            if field.name not in NOT_READ | hidden | {"options"}
            for text in read_in(getattr(check, field.name))
        ]
        shown += "\n".join([*open_to_all, check.form().get("starter", "")])
        options = getattr(check, "options", ())
        shown += "\n".join(each.because for each in options if not each.is_right)
    assert not re.search(r"(?<![\d.,])333(?![\d.,])", shown)
    assert not re.search(r"\b18\.(?:37|4)\b", shown)
    for name in ("mean_of_all", "bills"):
        starter = checks()[name].form()["starter"]
        lines = [line.strip() for line in checks()[name].right_source.splitlines()]  # type: ignore[attr-defined]
        secret = [line for line in lines if len(line) > 12 and line not in starter]
        assert secret
        assert [line for line in secret if line in shown] == []


# The film ---------------------------------------------------------------------------------------


def told_in_the_film() -> list[str]:
    island: Any = summed_up("island", "bill_length_mm")
    pair: Any = summed_up(["island", "species"], "bill_length_mm")
    species = summed_up("species", "bill_length_mm")
    bill, mean, dream = penguins()["bill_length_mm"], pair["mean"], pair.loc["Dream"]
    torgersen = island.loc["Torgersen"]
    means = [
        *island["mean"],
        torgersen["sum"] / torgersen["rows"],
        *(mean[place, "Adelie"] for place in ISLANDS),
        mean["Dream", "Chinstrap"],
        island.loc["Biscoe", "mean"] - mean["Biscoe", "Adelie"],
        mean["Dream", "Chinstrap"] - mean["Dream", "Adelie"],
        dream["mean"].mean(),
        bill.mean(),
        island["mean"].mean(),
        species["mean"].mean(),
    ]
    counts = [
        *island["rows"],
        *island["known"],
        *dream["known"],
        *(penguins().groupby(each).ngroups for each in ("island", "species", "bill_length_mm")),
        (bill.value_counts() == 1).sum(),
        bill.count(),
        int(island.loc["Dream", "mean"] - torgersen["mean"]),  # "more than 5 millimetres"
    ]
    in_the_picture = [written(each, 1) for each in mean]
    sums = [written(each, 1) for each in (torgersen["sum"], *dream["sum"], dream["sum"].sum())]
    return [*map(written, means), *map(str, counts), *sums, *in_the_picture]


def test_every_number_of_the_film_is_what_pandas_gives() -> None:
    given = [r"\| \d (?=split|take|sum)"]
    assert numbers_told(FOLDER, given) == set(told_in_the_film())


def test_the_adelies_of_the_film_are_alike_on_all_islands() -> None:
    pair = summed_up(["island", "species"], "bill_length_mm")["mean"]
    means = pair.xs("Adelie", level="species")
    assert means.max() - means.min() < 0.5
    assert len(pair) == 5
    assert set(penguins().loc[penguins()["island"] == "Torgersen", "species"]) == {"Adelie"}
