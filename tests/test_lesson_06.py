"""The lesson "Plots and a story": its numbers are right, and it gives no answer away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import palmerpenguins
import pandas as pd
import pytest

from kit.checks import Check, load_checks
from tests.narration import numbers_told

FOLDER = Path(__file__).parent.parent / "lessons" / "06-plots-and-a-story"
SPECIES = ("Adelie", "Chinstrap", "Gentoo")
LENGTH, DEPTH = "bill_length_mm", "bill_depth_mm"
FLIPPER, MASS = "flipper_length_mm", "body_mass_g"


@pytest.fixture(scope="module")
def checks() -> dict[str, Check]:
    return load_checks(FOLDER / "checks.py")


@pytest.fixture(scope="module")
def cells() -> list[dict[str, Any]]:
    notebook = json.loads((FOLDER / "lesson.ipynb").read_text(encoding="utf-8"))
    return [{**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]]


@pytest.fixture(scope="module")
def penguins() -> Any:
    return pd.read_csv(FOLDER / "data" / "penguins.csv")


# What can be read -------------------------------------------------------------------------------


def read_at_once(check: Check) -> Iterator[str]:
    """What anybody may read of a check without having passed it: question, hints, feedback."""
    yield check.prompt
    yield from check.hints
    yield getattr(check, "otherwise", "")
    for rules in ("wrong", "distractors"):
        told = getattr(check, rules, {})
        yield from told.values() if isinstance(told, dict) else told
    for pair in getattr(check, "pairs", ()):
        yield from pair
    for option in getattr(check, "options", ()):
        yield option.text
        if not option.is_right:
            yield option.because
    for each in getattr(check, "cases", ()):
        yield each.because


def read_when_passed(check: Check) -> Iterator[str]:
    """What only who has passed it may read."""
    yield check.why
    yield from (option.because for option in getattr(check, "options", ()) if option.is_right)
    yield getattr(check, "model", "")
    yield from getattr(check, "points", ())


@pytest.fixture(scope="module")
def text(checks: dict[str, Check], cells: list[dict[str, Any]]) -> str:
    """All that a student may read, the descriptions of charts too, on one line."""
    texts = [cell["source"] for cell in cells if cell["cell_type"] == "markdown"]
    texts += [cell["metadata"].get("alt", "") for cell in cells]
    for check in checks.values():
        texts += [*read_at_once(check), *read_when_passed(check)]
    beside = sorted([*FOLDER.glob("*.md"), *FOLDER.glob("data/*.md")])
    texts += [path.read_text(encoding="utf-8") for path in beside]
    return " ".join(" ".join(texts).split())


# Numbers ----------------------------------------------------------------------------------------


def written(value: float, places: int = 0) -> str:
    """A number as the lesson writes it: 4,202 or −0.24."""
    return f"{value:,.{places}f}".replace("-", "−")


def r(table: Any, one: str, other: str) -> str:
    return written(table[one].corr(table[other]), 2)


def by(label: str, table: Any) -> dict[str, Any]:
    return dict(iter(table.groupby(label)))


def dots(penguins: Any) -> list[str]:
    """How many birds there are to draw, and between which values."""
    known = penguins[[LENGTH, DEPTH, FLIPPER, MASS]].dropna()
    low, high, all_known = known.min(), known.max(), len(known)
    gentoos = by("species", penguins)["Gentoo"][MASS].count()
    lengths = f"{low[LENGTH]:.0f} to {high[LENGTH]:.0f}"
    depths = f"{low[DEPTH]:.0f} to {high[DEPTH]:.0f}"
    rows = {name: penguins[name].value_counts().sort_index() for name in penguins}
    return [
        f"The table holds both for {all_known} birds",
        f"{all_known} dots, from {lengths} mm long and from {depths} mm deep",
        f"(Two rows of the {len(penguins)} have no measurements",
        f"Scatter plot of {all_known} dots: bill length from {lengths} mm across, "
        f"bill depth from {depths} mm up",
        f"The same {all_known} dots in three colours",
        f"any chart of two measurements has {all_known} dots",
        f"Of how {all_known} masses are spread out",
        f"one cloud of all {all_known} birds",
        f"has the dots of *all* {all_known} birds",
        f"{3 * all_known:,} dots instead of {all_known}",
        f"Only the Gentoos are there, {gentoos} dots",
        f"the masses should run from {written(low[MASS])} to {written(high[MASS])} g. Bill lengths "
        f"run from {lengths} mm, flipper lengths from {low[FLIPPER]:.0f} to {high[FLIPPER]:.0f} mm",
        f"{len(penguins)} rows, {penguins.shape[1]} columns",
        f"Adelie, Chinstrap, Gentoo ({', '.join(map(str, rows['species']))} rows)",
        f"Biscoe, Dream, Torgersen ({', '.join(map(str, rows['island']))} rows)",
        f"female, male ({', '.join(map(str, rows['sex']))} rows)",
        f"| | {penguins['sex'].isna().sum()} |",
    ]


def bills(penguins: Any) -> list[str]:
    """Bill length and bill depth, of all birds and group by group."""
    species, island, sex = (by(label, penguins) for label in ("species", "island", "sex"))
    whole = r(penguins, LENGTH, DEPTH)
    a, c, g = (r(species[name], LENGTH, DEPTH) for name in SPECIES)
    n_a, n_c, n_g = (species[name][LENGTH].count() for name in SPECIES)
    means = penguins.groupby("species")[[LENGTH, DEPTH]].mean()
    length_a, length_g = (f"{means.loc[name, LENGTH]:.1f}" for name in ("Adelie", "Gentoo"))
    depth_a, depth_g = (f"{means.loc[name, DEPTH]:.1f}" for name in ("Adelie", "Gentoo"))
    males = {name: by("sex", species[name])["male"] for name in SPECIES}
    return [
        f"*r* is {whole}: longer bills tend to be a little shallower",
        f"*r* is {a} for Adelies, {c} for Chinstraps and {g} for Gentoos, but {whole} for all",
        f"({length_g} and {length_a} mm) and shallower ({depth_g} and {depth_a} mm)",
        f"*r* is {a} for {n_a} Adelies, {c} for {n_c} Chinstraps and {g} for {n_g} Gentoos. "
        f"For all {n_a + n_c + n_g} birds together it is {whole}",
        f"{whole} is about any bird of the table",
        f"{r(males['Chinstrap'], LENGTH, DEPTH)} at most, for the male Chinstraps, and "
        f"{r(males['Adelie'], LENGTH, DEPTH)} for the {len(males['Adelie'])} male Adelies",
        f"*r* is {whole} for all {n_a + n_c + n_g} birds, but {a}, {c} and {g} within",
        f"bill *length* and bill depth, {a} for the Adelies",
        f"*r* is {r(sex['female'], LENGTH, DEPTH)} for females and "
        f"{r(sex['male'], LENGTH, DEPTH)} for males",
        f"even further below than the {whole} of all",
        f"by island, Biscoe still gives {r(island['Biscoe'], LENGTH, DEPTH)}",
    ]


def islands(penguins: Any) -> list[str]:
    """Who lives on the islands, and what comes of splitting the bills by them."""
    island = by("island", penguins)
    counts = {name: group[LENGTH].count() for name, group in island.items()}
    biscoe, dream = by("species", island["Biscoe"]), by("species", island["Dream"])
    adelies, gentoos = (r(biscoe[name], LENGTH, DEPTH) for name in ("Adelie", "Gentoo"))
    return [
        f"there are {len(biscoe['Adelie'])} Adelies, with short, deep bills, and "
        f"{len(biscoe['Gentoo'])} Gentoos, with long, shallow ones",
        f"*r* is {adelies} for the Adelies and {gentoos} for the Gentoos of Biscoe",
        f"Keep Biscoe's Adelies: *r* is {adelies}. Keep its Gentoos: {gentoos}",
        f"{len(dream['Adelie'])} Adelies and {len(dream['Chinstrap'])} Chinstraps, and there "
        f"*r* is {r(island['Dream'], LENGTH, DEPTH)}",
        f"{counts['Biscoe']} birds are too few",
        f"Torgersen has {counts['Torgersen']} birds and Dream {counts['Dream']}, fewer than "
        f"Biscoe, and both are above 0. All {sum(counts.values())} together",
    ]


def masses_and_depths(penguins: Any) -> list[str]:
    """Body mass and bill depth, which are predicted, drawn and told."""
    species = by("species", penguins)
    whole = r(penguins, MASS, DEPTH)
    a, c, g = (r(species[name], MASS, DEPTH) for name in SPECIES)
    n_a, n_c, n_g = (species[name][MASS].count() for name in SPECIES)
    means = penguins.groupby("species")[[MASS, DEPTH]].mean()
    mass = written(means.loc["Gentoo", MASS])
    depth_a, depth_c, depth_g = (f"{value:.1f}" for value in means[DEPTH])
    slope = means.loc["Adelie", DEPTH] / means.loc["Adelie", MASS]
    males = by("sex", species["Adelie"])["male"]
    others = penguins[penguins["species"] != "Adelie"]
    return [
        f"*r* is {whole} among all {n_a + n_c + n_g} birds",
        f"Yes: {a} for Adelies, {c} for Chinstraps, {g} for Gentoos",
        f"But {whole} also depends on",
        f"({mass} g on average) and have the shallowest bills ({depth_g} mm)",
        f"than the others: {mass} g and {depth_g} mm on average",
        f"the cloud falls, with an *r* of {whole}",
        f"{whole} for each one in `penguins`",
        f"body mass and bill *length*, {r(species['Adelie'], MASS, LENGTH)} for the Adelies",
        f"For the Adelies in `penguins`, that gives {r(others, MASS, DEPTH)}",
        f"the Adelies get {slope:.3f}",
        f"{a} for Adelies, {c} for Chinstraps and {g} for Gentoos: above 0 each time",
        f"what would an *r* of {whole} be a share of?",
        f"{a} for {n_a} Adelies, {c} for {n_c} Chinstraps and {g} for {n_g} Gentoos. "
        f"Taken together, all {n_a + n_c + n_g} birds do show a fall (*r* = {whole})",
        f"{depth_g} mm on average, against {depth_a} mm for Adelies and {depth_c} mm for Chin",
        f"the {males[MASS].count()} male Adelies alone *r* is only {r(males, MASS, DEPTH)}",
    ]


def bars(penguins: Any) -> list[str]:
    """Means as the heights of bars, from 0 and from elsewhere, and lines through labels."""
    masses = penguins.groupby("species")[MASS].agg(["mean", "count", "min", "max"])
    a, c, g = masses["mean"]
    mass_a, mass_c, mass_g = written(a), written(c), written(g)
    n_a, n_c, n_g = masses["count"]
    true, seen = f"{g / a:.2f}", f"{(g - 3400) / (a - 3400):.1f}"
    short, middle, long = penguins.groupby("species")[FLIPPER].mean()
    usual = penguins[[FLIPPER, MASS]].mean()
    return [
        f"Adelie {mass_a} g, Chinstrap {mass_c} g, Gentoo {mass_g} g. Left, the axis begins at "
        "3,400 g",
        f"{mass_a} g for Adelies, {mass_c} g for Chinstraps and {mass_g} g for Gentoos",
        f"the Gentoo bar is {true} times as tall as the Adelie bar, as it should be",
        f"it is {seen} times as tall: ({mass_g} − 3,400) / ({mass_a} − 3,400)",
        f"From 3,400 g up, the Gentoo bar looks {seen} times as tall as the Adelie bar; the masses "
        f"differ by a factor of {true}",
        f"Their mean is {mass_g} g ({n_g} birds), against {mass_c} g for Chinstraps ({n_c}) and "
        f"{mass_a} g for Adelies ({n_a})",
        f"the lightest Gentoo, at {written(masses.loc['Gentoo', 'min'])} g, weighs less than the "
        f"heaviest Adelie, at {written(masses.loc['Adelie', 'max'])} g",
        f"Halfway from Chinstrap to Gentoo it would read {written((c + g) / 2)} g",
        f"Two bars, {written(usual[FLIPPER], 2)} mm and {written(usual[MASS], 2)} g",
        f"Adelie {short:.0f} mm, Chinstrap {middle:.0f} mm, Gentoo {long:.0f} mm. The axis runs "
        "from 180 to 220 mm",
        f"{long / short:.2f} times as long as an Adelie's, and the chart makes them look "
        f"{(long - 180) / (short - 180):.1f} times as long",
        f"Beginning at 150 mm, for example, a Gentoo's bar is "
        f"{(long - 150) / (short - 150):.1f} times as tall",
        f"*above* 180 mm: {short - 180:.0f}, {middle - 180:.0f} and {long - 180:.0f} mm",
        f"halfway from Chinstrap to Gentoo it reads {(middle + long) / 2:.1f} mm",
        f"the Gentoo bar is {long / short:.2f} times as tall as the Adelie bar",
    ]


def flippers_and_masses(penguins: Any) -> list[str]:
    """What may be said of flipper length and body mass, and what may not."""
    known = penguins[[FLIPPER, MASS]].dropna()
    whole = r(penguins, FLIPPER, MASS)
    a, c, g = (r(group, FLIPPER, MASS) for group in by("species", penguins).values())
    b, d, t = (r(group, FLIPPER, MASS) for group in by("island", penguins).values())
    long = known[known[FLIPPER] > known[FLIPPER].mean()]
    both = (long[MASS] > known[MASS].mean()).sum()
    steep = np.polyfit(known[FLIPPER], known[MASS], 1)[0]
    means = penguins.groupby("sex")[[FLIPPER, MASS]].mean()
    (flipper_f, mass_f), (flipper_m, mass_m) = means.loc["female"], means.loc["male"]
    return [
        f"This line prints {whole} for each island",
        f"(*r* is {b}, {d} and {t}.)",
        f"*r* is {whole} for all {len(known)} birds; it is {a} for Adelies, {c} for Chinstraps "
        f"and {g} for Gentoos",
        f"Yes: {whole} is the evidence",
        f"Yes: {a}, {c} and {g} are all nearer to 0 than {whole}",
        f"flippers of {flipper_m:.1f} mm and {written(mass_m)} g on average, against "
        f"{flipper_f:.1f} mm and {written(mass_f)} g for females",
        f"{100 * float(whole):.0f}% of the birds with long flippers",
        f"{len(long)} birds have flippers above the mean, and {both} of them a mass above the "
        f"mean. That is {100 * both / len(long):.0f}%",
        f"mass grows by {whole} g",
        f"the one with *{whole} g*",
        f"rises by {steep:.1f} g with each millimetre",
    ]


def asked_in_the_film(penguins: Any) -> list[str]:
    """The bars of the seasons, seen from 0, from 100 and from 105."""
    first, second, last = penguins["year"].value_counts().sort_index()
    assert (last - 100) / (first - 100) == 2
    assert (last - 105) / (first - 105) == 3
    return [
        f"The bars stand for {first}, {second} and {last} rows",
        f"How much is that for {last}, and how much for {first}?",
        f"from 105 up: {last - 105} against {first - 105}",
        f"{last / first:.2f} is {last} / {first}, the truth",
        f"{last / 100} is {last} / 100. Compare what is seen of the two bars: {last - 100} of the",
        f"{last - first} is how many rows more 2009 has",
        f"From 105 up it was {last - 105} against {first - 105}",
        f"{last - 100} against {first - 100}",
    ]


SUBJECTS = (
    dots, bills, islands, masses_and_depths, bars, flippers_and_masses, asked_in_the_film,
)  # fmt: skip


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: str(subject.__name__))
def test_what_the_text_states_is_what_pandas_gives(subject: Any, penguins: Any, text: str) -> None:
    """Each sentence is written anew from the data and looked for in the lesson."""
    assert [phrase for phrase in subject(penguins) if phrase not in text] == []


# Numbers that are no results: years, versions, a reference, limits of axes, made-up cases.
GIVEN = [
    r"\b200[789]\b", r"\(2014\)", r"2020\)", r"\b0\.1\.6\b", r"10\.1371/\S+", r"\bCC0 1\.0\b",
    r"9\(3\): e90081", r"whether 200 are millimetres", r"(?:[Ff]rom|above|begins at) 100\b",
]  # fmt: skip
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")


def test_no_number_of_the_text_goes_unchecked(penguins: Any, text: str) -> None:
    """Each one of two digits or more is in a sentence that was computed, or is given."""
    computed = [re.escape(phrase) for subject in SUBJECTS for phrase in subject(penguins)]
    checked: set[int] = set()
    for pattern in (*computed, *GIVEN):
        for found in re.finditer(pattern, text):
            checked.update(range(*found.span()))
    numbers = [found for found in NUMBER.finditer(text) if len(found[0].strip(",")) > 1]
    unchecked = [found.start() for found in numbers if found.start() not in checked]
    assert len(numbers) > 150
    assert [text[max(0, start - 40) : start + 20] for start in unchecked] == []


def test_what_the_text_says_in_words_of_groups_is_so(penguins: Any) -> None:
    """Signs, orders and extremes that stand without a number."""
    species, both = by("species", penguins), penguins.groupby(["species", "sex"])
    means = both[[LENGTH, DEPTH, MASS]].mean()
    for name in SPECIES:
        assert species[name][LENGTH].corr(species[name][DEPTH]) > 0
        assert species[name][MASS].corr(species[name][DEPTH]) > 0
        assert (means.loc[name, "male"] > means.loc[name, "female"]).all()
    within = {pair: group[LENGTH].corr(group[DEPTH]) for pair, group in both}
    assert max(within, key=lambda pair: within[pair]) == ("Chinstrap", "male")
    assert min(within, key=lambda pair: within[pair]) == ("Adelie", "male")
    mean = penguins.groupby("species")[[LENGTH, DEPTH, MASS]].mean()
    assert mean[MASS].idxmax() == mean[DEPTH].idxmin() == "Gentoo"
    living = penguins.groupby("island")["species"].unique().map(sorted).to_dict()
    assert living == {
        "Biscoe": ["Adelie", "Gentoo"], "Dream": ["Adelie", "Chinstrap"], "Torgersen": ["Adelie"],
    }  # fmt: skip
    assert sorted(penguins.loc[penguins[MASS].isna(), "species"]) == ["Adelie", "Gentoo"]
    assert (penguins[[LENGTH, DEPTH, FLIPPER, MASS]].isna().sum(axis=1).isin([0, 4])).all()


# The data and the answers -----------------------------------------------------------------------


def test_the_data_are_those_of_palmerpenguins_unchanged() -> None:
    published = Path(palmerpenguins.__file__).parent / "data" / "penguins.csv"
    assert (FOLDER / "data" / "penguins.csv").read_bytes() == published.read_bytes()


def test_the_notes_on_the_data_count_the_gaps_of_every_column(penguins: Any) -> None:
    notes = (FOLDER / "data" / "README.md").read_text(encoding="utf-8")
    lines = [line.split("|") for line in notes.splitlines() if line.startswith("| `")]
    told = {line[1].strip(" `"): int(line[-2]) for line in lines}
    assert told == penguins.isna().sum().to_dict()


def test_no_answer_stands_where_it_can_be_read_before_it_is_earned(
    checks: dict[str, Check], cells: list[dict[str, Any]]
) -> None:
    """Neither the predicted numbers, nor a line of a solution, nor the words of a right option."""
    open_to_all = [cell["source"] + cell["metadata"].get("alt", "") for cell in cells]
    open_to_all += [words for check in checks.values() for words in read_at_once(check)]
    everything = "\n".join(open_to_all)
    for number in ("0.58", "0.60", "0.72"):
        assert not re.search(rf"(?<!\d){re.escape(number)}(?!\d)", everything)
    for check in checks.values():
        for words in read_when_passed(check):
            assert len(words) < 20 or words not in everything
        lines = getattr(check, "right_source", "").splitlines()
        own = getattr(check, "starter", "")
        others = everything.replace(own, "")
        for line in {each.strip() for each in lines if len(each.strip()) > 20}:
            hint = "\n".join(check.hints)
            assert line in own or line in hint or line not in others, line


def test_the_right_options_stand_nowhere_else(
    checks: dict[str, Check], cells: list[dict[str, Any]]
) -> None:
    for check in checks.values():
        others = [each for each in checks.values() if each is not check]
        elsewhere = [words for other in others for words in read_at_once(other)]
        elsewhere += [cell["source"] for cell in cells]
        for option in getattr(check, "options", ()):
            assert not option.is_right or not any(option.text in words for words in elsewhere)


# The film ---------------------------------------------------------------------------------------


def told_in_the_film(penguins: Any) -> list[str]:
    known, length = penguins[[FLIPPER, DEPTH]].dropna(), penguins[FLIPPER]
    seasons = penguins["year"].value_counts().sort_index()
    species, sex = by("species", penguins), by("sex", penguins)
    adelies = by("sex", species["Adelie"])
    bars = np.histogram(known[FLIPPER], np.arange(170, 236, 5))[0]
    assert bars[6] == bars[7]  # 200 to 210 mm
    counts = [
        len(known),
        len(known.drop_duplicates()),
        len(known) - len(known.drop_duplicates()),
        *(group[FLIPPER].count() for group in (*species.values(), *adelies.values())),
        bars.max(),
        bars[6],
        *seasons,
        seasons[2009] - 105,
        seasons[2007] - 105,
        *(f"{each:.0f}" for each in (length.min(), length.max())),
        *(f"{each:.0f}" for each in (np.floor(known[DEPTH].min()), np.ceil(known[DEPTH].max()))),
    ]
    groups = [penguins, *species.values(), *sex.values(), *adelies.values()]
    strengths = [r(group, FLIPPER, DEPTH).lstrip("−") for group in groups]
    return [*map(str, counts), *strengths, written(seasons[2009] / seasons[2007], 2)]


def test_every_number_of_the_film_is_what_pandas_gives(penguins: Any) -> None:
    given = [
        r"\b200[789]\b", r"bars of (?:20|5)\b", r"from 105", r"begins? at (?:105|0)\b", r"at 105",
        r"from 0\b", r"[Tt]rap [1234]", r"\| \d (?=ask|find|choose|say)", r"at 0,",
        r"(?:below|above) 0\b", r"190 to (?:195|210)", r"215 to 220", r"200 to 210",
    ]  # fmt: skip
    assert numbers_told(FOLDER, given) == set(told_in_the_film(penguins))


def test_within_each_species_the_film_s_trend_rises(penguins: Any) -> None:
    for birds in by("species", penguins).values():
        assert birds[FLIPPER].corr(birds[DEPTH]) > 0
    for birds in (penguins, *by("sex", penguins).values()):
        assert birds[FLIPPER].corr(birds[DEPTH]) < -0.5
