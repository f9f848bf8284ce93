"""The lesson "Select and filter": every number that it states is what pandas gives."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import palmerpenguins
import pandas as pd
import pytest

from kit.checks import Check, attempt, load_checks
from tests.narration import numbers_told

FOLDER = Path(__file__).parent.parent / "lessons" / "02-select-and-filter"
CHECKS = load_checks(FOLDER / "checks.py")
DRILL = "left_out"  # its numbers are drawn; a test of its own holds them
SOURCES = {"right_source", "starter", "passes", "fails", "namespace", "family", "arguments"}
VARIANTS = range(60)


@pytest.fixture(scope="module")
def penguins() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "data" / "penguins.csv")


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "data" / "penguins_raw.csv")


def words_in(value: Any) -> Iterator[str]:
    """Every text in a check that a learner may read; of rules, what they say."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for each in value.values() for text in words_in(each))
    elif isinstance(value, list | tuple):
        yield from (text for each in value for text in words_in(each))
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in SOURCES:
                yield from words_in(getattr(value, field.name))


def text_of_the_lesson() -> str:
    """The notebook's text and pictures in words, the checks, the notes: on one line."""
    notebook = json.loads((FOLDER / "lesson.ipynb").read_text(encoding="utf-8"))
    cells = notebook["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    texts += [cell["metadata"].get("alt", "") for cell in cells]
    texts += [word for name, check in CHECKS.items() if name != DRILL for word in words_in(check)]
    texts += [
        path.read_text(encoding="utf-8")
        for path in (FOLDER / "notes.md", FOLDER / "data" / "README.md")
    ]
    return " ".join(" ".join(texts).split())


def selections(penguins: pd.DataFrame, _raw: pd.DataFrame) -> list[str]:
    """What comes back when rows are picked out by label and by position."""
    by_label, by_position = penguins.loc[40:50], penguins.iloc[40:50]
    notes = [f"`penguins.loc[200:203]` | {len(penguins.loc[200:203])} rows"]
    notes += [f"`penguins.iloc[200:203]` | {len(penguins.iloc[200:203])} rows"]
    return [
        *notes,
        f"Yes, {len(penguins.loc[0:5])} rows",
        f"A list gives {len(list(range(9))[0:5])} values",
        f"`loc` gives {len(penguins.loc[0:5])} rows",
        f"with all that lies in between: it gives {len(penguins.loc[0:5])} rows",
        f"The stretch from 0 to 5 has {len(penguins.loc[0:5])} labels",
        f"one column, a Series of {len(penguins['year'])} values",
        f"a table with {len(penguins)} rows and {penguins[['year']].shape[1]} column",
        f"a table with {len(by_label)} rows",
        f"a table with {len(by_position)} rows",
        f"{len(by_position)} is what a list would give",
        f"{len(by_label)} would include the end",
        f"a table with {len(penguins.loc[[40, 50]])} rows",
    ]


def masses(penguins: pd.DataFrame, _raw: pd.DataFrame) -> list[str]:
    """Who exceeds 4,000 g, who does not, and who is on neither side."""
    rows, mass, sex = len(penguins), penguins["body_mass_g"], penguins["sex"]
    heavy, up_to = mass > 4000, mass <= 4000
    limit = (mass == 4000).sum()
    species, among = penguins["species"], penguins.loc[heavy, "species"].value_counts()
    known = penguins.groupby("species")["body_mass_g"].count()
    adelie, chinstrap = species == "Adelie", species == "Chinstrap"
    meant, unlike = ((adelie | chinstrap) & heavy).sum(), (adelie | chinstrap & heavy).sum()
    heavy_sex = penguins.loc[heavy, "sex"]
    unbracketed = mass > 4000 & sex.isna()
    light = mass[(species == "Gentoo") & up_to]
    gentoo, others = mass[species == "Gentoo"], mass[species != "Gentoo"]
    assert len(light) == 1
    assert others.max() == 4800
    assert heavy.idxmax() == 7
    return [
        f"{heavy.sum()} rows exceed 4 kg. Had you counted with `heavy.count()`, you would have got "
        f"{heavy.count()}",
        f"the first one is still called {heavy.idxmax()}",
        f"leaves out the {limit} rows of exactly 4,000 g. With `>=` you would have kept "
        f"{(mass >= 4000).sum()}",
        f"Back to the {heavy.sum()}. They are exactly half of the {2 * heavy.sum()} rows",
        f"`heavy.sum()` gave {heavy.sum()}, half of the {rows} rows",
        f"fewer than {heavy.sum()}",
        f"more than {heavy.sum()}, since 4,000",
        f"{heavy.sum()}, the other half",
        f"Yes: {up_to.sum()}. And {heavy.sum()} + {up_to.sum()} = {heavy.sum() + up_to.sum()}",
        f"It gives {up_to.sum()}. Together that makes {heavy.sum() + up_to.sum()} of {rows} rows",
        f"It gives {up_to.sum()}. The {limit} rows of exactly 4,000 g are among them",
        f"they were not among the {heavy.sum()} before",
        f"It gives {up_to.sum()}, without an error. The same column, gaps and all, gave you the "
        f"{heavy.sum()} above",
        f"for `<=`, when {heavy.sum()} and the gaps are taken away",
        f"a single answer, and here are {rows}",
        f"a single True or False, and here are {rows}",
        f"{meant} is right. The {unlike} are *all* {adelie.sum()} Adelies, heavy or not, and the "
        f"{(chinstrap & heavy).sum()} heavy",
        f"keeps {(adelie & chinstrap).sum()} rows: no row is of both",
        f"keeps {unbracketed.sum()} rows, with no error. With brackets around the comparison, it "
        f"keeps {(heavy & sex.isna()).sum()}",
        f"`~heavy` keeps {(~heavy).sum()} rows, and {mass[~heavy].isna().sum()} of them are birds",
        f"keeps {unlike} rows; `(adelie | chinstrap) & heavy` keeps the {meant} that",
        f"`~heavy` keeps {mass[~heavy].isna().sum()} birds that nobody weighed",
        f"then `heavy.sum()` | {heavy.sum()} |",
        f'["species", "sex"]]` | {heavy.sum()} rows, 2 columns',
        f"{heavy.sum()} rows or {(mass >= 4000).sum()}",
        f"Of {known['Adelie']} weighed Adelies, {among['Adelie']} lie beyond 4,000 g, of "
        f"{known['Chinstrap']} Chinstraps {among['Chinstrap']}. Of {known['Gentoo']} Gentoos all "
        f"lie beyond it but one, of {light.item():,.0f} g. Beyond {others.max():,.0f} g there",
        f"Adelie: {among['Adelie']} of {known['Adelie']} dots are blue, none beyond 4,800 g",
        f"Chinstrap: {among['Chinstrap']} of {known['Chinstrap']}, none beyond 4,800 g",
        f"Gentoo: {among['Gentoo']} of {known['Gentoo']}, up to {gentoo.max():,.0f} g; a single "
        f"grey dot lies at {light.item():,.0f} g",
        f"{heavy.sum()} rows exceed 4,000 g: {among['Gentoo']} Gentoos, {among['Adelie']} Adelies "
        f"and {among['Chinstrap']} Chinstraps",
        f"{heavy_sex.isna().sum()} more disappear: of the {heavy.sum()}, "
        f"{(heavy_sex == 'male').sum()} are male, {(heavy_sex == 'female').sum()} female, and of "
        f"{heavy_sex.isna().sum()} nobody knows",
        f"“{heavy.sum()} of {2 * heavy.sum()} rows is exactly half",
        f"Of the {mass.count()} rows with a known mass, {heavy.sum()} exceed 4,000 g "
        f"({100 * heavy.sum() / mass.count():.1f} %) and {up_to.sum()} do not; {limit} of these "
        f"{up_to.sum()} weigh exactly 4,000 g. The other {mass.isna().sum()} rows",
        f"{heavy.sum()} of the {mass.count()} *known* masses",
        f"My counts make all {rows} rows together",
        f"“Of the {mass.count()} rows with a known mass, ...”",
    ]


def flippers_and_bills(penguins: pd.DataFrame, _raw: pd.DataFrame) -> list[str]:
    """The filter with gaps to fill, and the account of the bill depths."""
    dream, torgersen = penguins["island"] == "Dream", penguins["island"] == "Torgersen"
    flipper, depth = penguins["flipper_length_mm"], penguins["bill_depth_mm"]
    islands, long = dream | torgersen, flipper >= 195
    right = (islands & long).sum()
    more, up_to, gaps = (depth > 18).sum(), (depth <= 18).sum(), depth.isna().sum()
    return [
        f"the {(islands & (flipper == 195)).sum()} rows whose flipper is exactly 195 mm: "
        f"{(islands & (flipper > 195)).sum()} rows instead of {right}",
        f"keeps {(dream | torgersen & long).sum()} rows instead of {right}: *all* {dream.sum()} of "
        f"Dream, however short, and the {(torgersen & long).sum()} long ones of Torgersen",
        f"keeps {(torgersen | dream & long).sum()} rows instead of {right}: *all* "
        f"{torgersen.sum()} of Torgersen, however short, and the {(dream & long).sum()} long ones "
        "of Dream",
        f"keeps {(dream & torgersen & long).sum()} rows: none is from both",
        f"keeps {(dream | torgersen | long).sum()} rows: a long flipper alone",
        f"all {(dream | torgersen).sum()} rows of the two islands",
        f"the {long.sum()} long flippers of all three islands",
        f"{right} rows: the brackets settle “one island or the other” first. Of the long flippers, "
        f"{(torgersen & long).sum()} are from Torgersen and {(dream & long).sum()} from Dream",
        f"you get {more} + {(~(depth > 18)).sum()} + {gaps} = "
        f"{more + (~(depth > 18)).sum() + gaps}, and there are {len(depth)} rows",
        f"you get {more} + {(depth < 18).sum()} + {gaps} = {more + (depth < 18).sum() + gaps}, and "
        f"there are {len(depth)} rows",
        f"you get {(depth >= 18).sum()} + {up_to} + {gaps} = {(depth >= 18).sum() + up_to + gaps}, "
        f"and there are {len(depth)} rows",
        f"you get {(depth > 18).count()} three times",
        f"For the bill depths: {more} + {up_to} + {gaps} = {len(depth)}",
    ]


def sexes(penguins: pd.DataFrame, _raw: pd.DataFrame) -> list[str]:
    """What becomes of the gaps in the sex."""
    sex = penguins["sex"]
    gaps, unequal, nan = sex.isna().sum(), sex != "male", float("nan")
    assert (sex == "NaN").sum() == (sex == nan).sum() == 0
    return [
        f"finds 0 of the {gaps} gaps",
        f"`== np.nan` finds 0 of {gaps}",
        f'`penguins["sex"].notna()` | {gaps}; all others',
        f"the females *and* the {gaps} of unknown sex",
        f'and `"male"` it gives {unequal.sum()}, and there are not',
        f"Still as at the start: {len(sex) - (sex == 'male').sum()} for the sexes",
        f"the females *and* the {gaps} gaps",
        f"*are* `label`: {(sex == 'male').sum()} males",
        f"all known values, {sex.notna().sum()} for the sexes",
        f"fits one of them: {(unequal | sex.notna()).sum()} for the sexes",
        f"the gaps alone, {(unequal & sex.isna()).sum()} for the sexes",
        f"Still {(unequal & (sex != nan)).sum()} for the sexes",
        f"the False ones too: {unequal.count()} for the sexes",
        f"{gaps} gaps is right for the sexes",
        f"it gives the {(unequal & sex.notna()).sum()} females; the {gaps} rows",
    ]


def blood(penguins: pd.DataFrame, raw: pd.DataFrame) -> list[str]:
    """Whose nitrogen value is missing, and the counts of the data's README."""
    nitrogen, carbon = raw["Delta 15 N (o/oo)"], raw["Delta 13 C (o/oo)"]
    flipper = raw["Flipper Length (mm)"]
    lost = raw[nitrogen.isna() & flipper.notna()]
    speaks = lost["Comments"].str.contains("blood").sum()
    per = {name: penguins[name].value_counts() for name in ("species", "island", "sex")}
    return [
        f"`Delta 15 N (o/oo)` has {nitrogen.isna().sum()} gaps",
        f"{nitrogen.isna().sum()} rows: all that have no nitrogen value",
        f"{(nitrogen.isna() | flipper.notna()).sum()} rows: with `|`",
        f"{(nitrogen.isna() & flipper.isna()).sum()} rows: those without nitrogen *and*",
        f"{(nitrogen.notna() & flipper.notna()).sum()} rows: the birds whose nitrogen",
        f"{flipper.notna().sum()} rows: all that were measured",
        f"{(raw['Sex'].isna() & flipper.notna()).sum()} rows: you asked for the gaps of `Sex`",
        f"{(carbon.isna() & flipper.notna()).sum()} rows: you asked for the gaps of the carbon",
        f"{len(lost)} rows. For {speaks} of them the comment speaks of the blood",
        f"{len(raw)} rows, in the same order in both",
        f"Adelie, Chinstrap, Gentoo ({per['species']['Adelie']}, {per['species']['Chinstrap']}, "
        f"{per['species']['Gentoo']} rows)",
        f"Biscoe, Dream, Torgersen ({per['island']['Biscoe']}, {per['island']['Dream']}, "
        f"{per['island']['Torgersen']} rows)",
        f"female, male ({per['sex']['female']}, {per['sex']['male']} rows) | | "
        f"{penguins['sex'].isna().sum()} |",
        f"isotopes in the blood | parts per thousand | {nitrogen.isna().sum()} |",
        f"why a value is missing | | {raw['Comments'].isna().sum()} |",
        f"among the {penguins['sex'].isna().sum()} without a sex and among the "
        f"{nitrogen.isna().sum()} without a nitrogen value",
    ]


def asked_in_the_film(penguins: pd.DataFrame, _raw: pd.DataFrame) -> list[str]:
    """An account of the flippers, and the wrong ways to complete it."""
    flipper = penguins["flipper_length_mm"]
    rows, gaps = len(flipper), flipper.isna().sum()
    long, short = (flipper > 200).sum(), (flipper <= 200).sum()
    return [
        f"Another account of the {rows} rows: {long} flippers are longer than 200 mm, and {gaps} "
        "were never measured",
        f"{rows - long} is {rows} − {long}, all rows that are not known to be longer. The {gaps} ",
        f"{flipper.count()} is how many flippers are known",
        f"{rows - long + gaps} is {rows} − {long} + {gaps}: you put the {gaps} gaps",
        f"{rows + long} is {rows} + {long}, more than",
        f"Take {long} and {gaps} away from {rows}",
        f"{long} + {short} + {gaps} = {rows}",
    ]


SUBJECTS = (selections, masses, flippers_and_bills, sexes, blood, asked_in_the_film)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_the_text_states_is_what_pandas_gives(
    subject: Any, penguins: pd.DataFrame, raw: pd.DataFrame
) -> None:
    """Each sentence is written anew from the data and looked for in the lesson."""
    text = text_of_the_lesson()
    assert [phrase for phrase in subject(penguins, raw) if phrase not in text] == []


# Numbers that are no results: limits that a question sets, labels, years, versions, a reference.
GIVEN = [
    r"\b200[789]\b", r"\(2014\)", r"2020\)", r"\b0\.1\.6\b", r"10\.1371/\S+", r"\bCC0 1\.0\b",
    r"9\(3\): e90081", r"Delta 1[35] [NC]", r"\b4,000\b", r"4000\b", r"\b195 mm", r"195",
    r"\b18 is not \*more than\* 18", r"loc\[\[?40[:,] ?(?:50|\"year\")\]", r"stops before 50",
    r"loc\[200:203\]", r"label 50 belongs", r"From 40 to 50", r"\*one\* label, 40", r"Row 40\b",
    r"from 2,500 to 6,500 g", r"\b4,800 g",
    # Made-up cases: their results are checked by running them.
    r"More than 18: two\. At most 18: two", r"exactly 40 is at most 40",
    r"−24\.7 is more than −25", r"at most 200 mm",
]  # fmt: skip
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")


def test_no_number_of_the_text_goes_unchecked(penguins: pd.DataFrame, raw: pd.DataFrame) -> None:
    """Each one of two digits or more is in a sentence that was computed, or is given."""
    text = text_of_the_lesson()
    computed = [re.escape(phrase) for subject in SUBJECTS for phrase in subject(penguins, raw)]
    checked: set[int] = set()
    for pattern in (*computed, *GIVEN):
        for found in re.finditer(pattern, text):
            checked.update(range(*found.span()))
    numbers = [found for found in NUMBER.finditer(text) if len(found[0].strip(",")) > 1]
    unchecked = [found.start() for found in numbers if found.start() not in checked]
    assert len(numbers) > 100
    assert [text[max(0, start - 40) : start + 20] for start in unchecked] == []


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("penguins.csv", "penguins.csv"), ("penguins_raw.csv", "penguins-raw.csv")],
)
def test_the_data_are_those_of_palmerpenguins_unchanged(ours: str, theirs: str) -> None:
    published = Path(palmerpenguins.__file__).parent / "data" / theirs
    assert (FOLDER / "data" / ours).read_bytes() == published.read_bytes()


def test_the_birds_that_nobody_weighed_are_those_of_the_text(
    penguins: pd.DataFrame, raw: pd.DataFrame
) -> None:
    """An Adelie of 2007 and a Gentoo of 2009, without any measurement; row 3 is the first."""
    unweighed = penguins[penguins["body_mass_g"].isna()]
    assert unweighed.index[0] == 3
    assert list(unweighed["species"]) == ["Adelie", "Gentoo"]
    assert list(unweighed["year"]) == [2007, 2009]
    assert unweighed.filter(like="_mm").isna().all(axis=None)
    assert raw.loc[unweighed.index, "Comments"].str.contains("Adult not sampled").all()
    assert raw.loc[unweighed.index, ["Sex", "Delta 15 N (o/oo)"]].isna().all(axis=None)


def test_all_gentoos_were_recorded_on_one_island(penguins: pd.DataFrame) -> None:
    assert set(penguins.loc[penguins["species"] == "Gentoo", "island"]) == {"Biscoe"}


def test_the_readme_counts_the_gaps_of_the_columns_that_it_lists(
    penguins: pd.DataFrame, raw: pd.DataFrame
) -> None:
    readme = (FOLDER / "data" / "README.md").read_text(encoding="utf-8")
    gaps = {**penguins.isna().sum(), **raw.isna().sum()}
    lines = re.findall(r"^\|[^|]*\| `([^`]+)` \|.*\| (\d+) \|$", readme, re.MULTILINE)
    assert len(lines) == 12
    assert [name for name, told in lines if gaps[name] != int(told)] == []


# The drill ------------------------------------------------------------------------------------


def variant_of_the_drill(number: int) -> Check:
    family = CHECKS[DRILL].family
    assert family
    return family.variant(number)


def rows_of(check: Check) -> pd.DataFrame:
    """The rows that the question shows, labelled with the words that stand for them."""
    options = check.form()["options"]
    values = [re.fullmatch(r"(\w+), (?:sex )?(\w+), mass (\w+)", each) for each in options]
    birds = pd.DataFrame(
        [found.groups() for found in values if found],
        columns=["species", "sex", "mass"],
        index=options,
    ).replace("NaN", None)
    return birds.assign(mass=pd.to_numeric(birds["mass"]))


def test_the_drill_asks_about_each_of_its_three_conditions() -> None:
    prompts = [variant_of_the_drill(number).prompt for number in VARIANTS]
    for condition in ("[~(birds", '["sex"] != "male"]', "[adelie | chinstrap & heavy]"):
        assert sum(condition in prompt for prompt in prompts) > len(prompts) / 6


@pytest.mark.parametrize("number", VARIANTS)
def test_the_drill_knows_what_pandas_leaves_out(number: int) -> None:
    check = variant_of_the_drill(number)
    birds = rows_of(check)
    assert birds["mass"].isna().sum() == birds["sex"].isna().sum() == 1
    kept = re.search(r"`(birds\.loc.+?)`", check.prompt)
    limit = re.search(r"mass is more than (\d+)", check.prompt)
    assert kept
    names = {
        "birds": birds,
        "adelie": birds["species"] == "Adelie",
        "chinstrap": birds["species"] == "Chinstrap",
        "heavy": birds["mass"] > int(limit[1] if limit else 0),
    }
    assert len(birds) == 6
    left = birds.index.difference(eval(kept[1], names).index)
    assert attempt(check, list(left)).name == "passed"


@pytest.mark.parametrize("number", VARIANTS)
def test_every_answer_to_the_drill_gets_the_words_that_are_promised(number: int) -> None:
    check = variant_of_the_drill(number)
    for example in check.examples():
        outcome = attempt(check, example.answer)
        assert outcome.name == example.outcome
        assert example.says in outcome.feedback


# The film ---------------------------------------------------------------------------------------


def told_in_the_film(penguins: pd.DataFrame) -> list[str]:
    bill, species, year = (penguins[name] for name in ("bill_length_mm", "species", "year"))
    longer, in_2007, in_2009 = bill > 50, year == 2007, year == 2009
    rows, unmeasured, nan = [2, 153, 172], bill.index[bill.isna()], float("nan")
    counts = [
        len(penguins),
        longer.sum(),
        (bill >= 50).sum(),
        (bill == 50).sum(),
        (in_2007 | in_2009 & longer).sum(),
        ((in_2007 | in_2009) & longer).sum(),
        in_2007.sum(),
        (in_2009 & longer).sum(),
        (in_2007 & longer).sum(),
        (in_2007 & in_2009).sum(),
        (bill == nan).sum(),
        (bill <= 50).sum(),
        longer.sum() + (bill <= 50).sum(),
        bill.isna().sum(),
        bill[~longer].isna().sum(),
        (~longer).sum(),
        *((longer & (species == name)).sum() for name in ("Adelie", "Chinstrap", "Gentoo")),
        *species.value_counts(),
    ]
    return [str(each) for each in (*rows, *unmeasured, *bill[rows], *counts)]


def test_every_number_of_the_film_is_what_pandas_gives(penguins: pd.DataFrame) -> None:
    given = [
        r"\b4\s?kg", r"\b200[789]\b", r"[<>]=? 50\b", r"(?:\bthan|at most|exactly) 50\b(?!\.\d)",
        r"\b50 (?:mm|millimetres)", r"\| \d (?=ask|count|keep|it fits|it does|nobody|add)",
    ]  # fmt: skip
    assert numbers_told(FOLDER, given) == set(told_in_the_film(penguins))


def test_the_birds_that_the_film_names_are_those_of_the_table(penguins: pd.DataFrame) -> None:
    unmeasured = penguins[penguins["bill_length_mm"].isna()]
    assert list(unmeasured["species"]) == ["Adelie", "Gentoo"]
    assert list(unmeasured["year"]) == [2007, 2009]
    assert list(penguins.loc[[2, 153, 172], "species"]) == ["Adelie", "Gentoo", "Gentoo"]


def test_the_answer_to_the_film_is_what_pandas_gives(penguins: pd.DataFrame) -> None:
    short = (penguins["flipper_length_mm"] <= 200).sum()
    assert CHECKS["fill_the_account"].answer == short  # type: ignore[attr-defined]
