"""Reshape and join: every number of its text is computed here from the lesson's own data."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import palmerpenguins
import pandas as pd
import pytest

from kit.checks import load_checks
from kit.notebook import is_check_cell
from tests.narration import numbers_told

FOLDER = Path(__file__).parent.parent / "lessons" / "04-reshape-and-join"
NOTEBOOK = json.loads((FOLDER / "lesson.ipynb").read_text(encoding="utf-8"))
CELLS = [{**cell, "source": "".join(cell["source"])} for cell in NOTEBOOK["cells"]]
WHO = ["season", "label"]


def is_code(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return "\n" in text


def words_of_checks() -> Iterator[str]:
    """The texts of checks.py: all but the sources that it runs and the comments."""
    for node in ast.walk(ast.parse((FOLDER / "checks.py").read_text(encoding="utf-8"))):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and not is_code(value):
            yield value


def words_of_the_page() -> list[str]:
    alts = [cell["metadata"].get("alt", "") for cell in CELLS]
    return [cell["source"] for cell in CELLS if cell["cell_type"] == "markdown"] + alts


def words() -> str:
    """What a learner may read in the lesson, on one line."""
    beside = sorted([*FOLDER.glob("*.md"), *FOLDER.glob("data/*.md")])
    notes = [path.read_text(encoding="utf-8") for path in beside]
    return " ".join(" ".join([*words_of_the_page(), *words_of_checks(), *notes]).split())


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """The names that the notebook's worked cells make."""
    mpl.use("Agg")
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(FOLDER)
        for cell in CELLS:
            if cell["cell_type"] == "code" and not is_check_cell(cell["source"]):
                exec(compile(cell["source"], cell["id"], "exec"), names)
    plt.close("all")
    return names


def written(value: float, places: int = 2) -> str:
    """A number as the lessons write it: 4,201.75 or −25.69."""
    return f"{value:,.{places}f}".replace("-", "−")


def mean_of(raw: pd.DataFrame, column: str) -> pd.DataFrame:
    """The means of a column: a row for each species, the columns FEMALE and MALE."""
    short = raw.assign(species=raw["species"].str.split().str[0])
    return short.pivot_table(index="species", columns="sex", values=column)


def reshaped(made: dict[str, Any]) -> list[str]:
    """Rows of long tables, and what comes of a weak key in pivot_table."""
    raw, blood, long_sizes = made["raw"], made["blood"], made["long_sizes"]
    known = blood[["nitrogen", "carbon"]].count()
    by_label = blood.melt(id_vars="label")
    assert len(by_label) == len(blood.melt(id_vars="season")) == 3 * len(blood)
    assert (by_label["variable"] == "season").sum() == len(blood)
    one = raw[raw["label"] == "N8A1"]
    lengths = [f"{value:.0f}" for value in one["flipper_length_mm"]]
    by_sex = raw.melt(id_vars=["species", "sex"], value_vars=["nitrogen", "carbon"])
    mixed = by_sex.groupby(["species", "sex"])["value"].mean().iloc[0]
    averaged = long_sizes.pivot_table(index="label", columns="part", values="mm")
    return [
        f"`blood` has {len(blood)} rows and four columns",
        f"{len(blood)} is the number of rows in `blood`",
        f"{blood.size:,} counts all four columns: {len(blood)} × 4",
        f"{known.sum()} is how many values are *known*: {known['nitrogen']} of nitrogen and "
        f"{known['carbon']} of carbon",
        f"{3 * len(blood):,} is {len(blood)} × 3",
        f"{len(blood) // 2} is half of {len(blood)}",
        f"{len(blood) + 2} is {len(blood)} + 2. Two values in *each* of the {len(blood)} rows",
        f"{len(blood)} rows with a place for nitrogen",
        f"{len(blood)} × 2 = {2 * len(blood)}",
        f"{3 * len(blood):,} rows, and in {len(blood)} of them the value is a text such as PAL0708",
        f"{3 * len(blood):,} rows, and in {len(blood)} of them the value is a text such as N1A1",
        f"has three flipper lengths, {lengths[0]}, {lengths[1]} and {lengths[2]} mm",
        f"their *mean*, {written(one['flipper_length_mm'].mean())} mm",
        f"Of {len(raw)} rows, {len(averaged)} are left",
        f"*one* mean, {written(mixed)} for the Adelie females",
    ]


def joined(made: dict[str, Any]) -> list[str]:
    """Repeats of a key, and the rows that joins have."""
    raw, field, nests, lab = (made[name] for name in ("raw", "field", "nests", "lab"))
    remarks = raw[[*WHO, "comment"]].dropna()
    islands = made["islands"]
    weak = field.merge(nests, on="label")
    inner, left = made["inner"], made["left"]
    lost = len(field) - len(inner)
    on_island = field.merge(islands, on="island")
    torgersen = (field["island"] == "Torgersen").sum()
    birds = field.merge(lab, on=WHO, how="left")
    assert left["sex"].isna().sum() == lost
    assert len(field.merge(islands, on="island", how="right")) == len(on_island)
    assert len(field.merge(islands, on="island", how="outer")) == len(field)
    assert len(lab.merge(field, on=WHO, how="left")) == len(field.merge(lab, on=WHO))
    zero = birds["nitrogen"].fillna(0).mean()
    assert birds["mass_g"].isna().sum() == 2
    return [
        f"{raw.duplicated('label').sum()} rows repeat a label; none",
        f"{raw.duplicated('sample').sum()} rows repeat a number",
        f"{raw.duplicated(['season', 'sample']).sum()} rows repeat what",
        f"{raw.duplicated(['label', 'species']).sum()} rows repeat what",
        f"{len(field)} is how many rows each table has",
        f"{len(weak)} is how many rows the whole result has",
        f"the {len(field)} rows become {len(weak)}, without a message. Their mean mass is "
        f"{written(weak['mass_g'].mean())} g instead of {written(field['mass_g'].mean())} g",
        f"{len(field)} rows joined with {len(nests)} others on the label alone make {len(weak)},",
        f"the inner join dropped {lost} rows",
        f"only the {len(remarks)} rows of `raw` with a comment",
        f"{len(field.merge(remarks, on='label', how='left'))} rows for {len(field)}",
        f"keeps the {len(field.merge(remarks, on=WHO))} rows with a comment and drops the other "
        f"{len(field) - len(remarks)}",
        f"That asks for {len(remarks)} rows",
        f"of the {len(field)} rows of `field` it gives back {len(on_island)}",
        f"{len(on_island)} of {len(field)} rows. An inner join",
        f"{len(on_island)} of {len(field)} rows are left",
        f"all {torgersen} rows of Torgersen are gone. The mean mass of the rest is "
        f"{written(on_island['mass_g'].mean())} g instead of {written(field['mass_g'].mean())} g",
        f"{len(on_island)} rows again",
        f"you see {len(field)} rows, and it looks right",
        f"of `field`, {len(on_island.dropna())} are left",
        f"All {len(field)} rows come back, and the {torgersen} of Torgersen have a gap",
        f"{len(field.merge(lab, on=WHO))} rows. Without `how=` this is an inner join, and the "
        f"{len(field) - len(lab)} rows without both blood values",
        f"{len(field.merge(lab, on='label', how='left'))} rows instead of {len(field)}",
        f"{len(field.merge(lab, on='label'))} rows. On the label alone",
        f"{len(field.merge(lab, on='season', how='left')):,} rows: on the season alone",
        f'{len(lab)} rows: `how="left"`',
        f"becomes {written(zero)} instead of {written(birds['nitrogen'].mean())}",
        f"{len(birds)} rows, as before the join: none lost, none copied, and "
        f"{birds['nitrogen'].isna().sum()} of them with a gap in both",
    ]


def answered(made: dict[str, Any]) -> list[str]:
    """The lesson's question: all birds, then females and males within a species."""
    raw, heavy, light = made["raw"], made["heavy"], made["light"]
    middle = written(raw["mass_g"].median(), 0)
    high, low = written(heavy["nitrogen"].mean()), written(light["nitrogen"].mean())
    gentoos = heavy["species"].str.startswith("Gentoo").sum()
    mass, nitrogen, carbon = (mean_of(raw, name) for name in ("mass_g", "nitrogen", "carbon"))
    heavier = mass["MALE"] - mass["FEMALE"]
    more = nitrogen["MALE"] - nitrogen["FEMALE"]
    smallest, largest = written(heavier.min(), 0), written(heavier.max(), 0)
    by = f"by {written(more.min())} to {written(more.max())}"
    drawn = raw[["mass_g", "nitrogen"]].dropna()
    adelie = raw[raw["species"].str.startswith("Adelie")]
    females, males = (adelie[adelie["sex"] == sex] for sex in ("FEMALE", "MALE"))
    apart = (carbon["MALE"] - carbon["FEMALE"]).abs().max()
    return [
        f"The mass in the middle is {middle} g",
        f"{high} parts per thousand in the heavy birds, {low} in the others",
        f"{gentoos} of the {len(heavy)} heavy ones are Gentoos",
        f"by {smallest} g in the Chinstraps, by {largest} g in the Gentoos",
        f"by {smallest} to {largest} g, and yet their mean nitrogen is *higher*, {by}",
        f"{high} parts per thousand against {low}",
        f"{high} parts per thousand above {middle} g ({heavy['nitrogen'].count()} values), {low} "
        f"for the rest ({light['nitrogen'].count()} values)",
        f"all birds above and below {middle} g",
        f"Birds above {middle} g have a mean nitrogen value of {high} parts per thousand, the "
        f"others {low}",
        f"is the higher one, {by}",
        f"the sexes differ by {apart:.2f} at most",
        f"the Adelie males have {written(males['nitrogen'].fillna(0).mean())} for nitrogen instead "
        f"of {written(males['nitrogen'].mean())}",
        f"{written(females['nitrogen'].median())} for the nitrogen of the Adelie females",
        f"{females['nitrogen'].count()} Adelie females with a nitrogen value",
        f"{len(drawn)} points, body mass from {written(drawn['mass_g'].min(), 0)} to "
        f"{written(drawn['mass_g'].max(), 0)} g, nitrogen from {drawn['nitrogen'].min():.1f} to "
        f"{drawn['nitrogen'].max():.1f} parts per thousand",
        f"{len(drawn)} points, body mass from {written(drawn['mass_g'].min(), 0)} to "
        f"{written(drawn['mass_g'].max(), 0)} g against nitrogen from "
        f"{drawn['nitrogen'].min():.1f} to {drawn['nitrogen'].max():.1f} parts",
    ]


def asked_in_the_film(made: dict[str, Any]) -> list[str]:
    """A join on a table in which one species stands twice."""
    species = made["raw"]["species"].str.split().str[0]
    rows, per = len(species), species.value_counts()
    gentoos, adelies = per["Gentoo"], per["Adelie"]
    names = pd.DataFrame({"species": [*per.index, "Gentoo"]})
    joined = len(species.to_frame().merge(names, on="species"))
    return [
        f"The full table has {rows} rows, and {gentoos} of them are Gentoos",
        f"{rows} would be right with each species once",
        f"{rows + 1} is {rows} + 1, one row more for the row too many. But each of the {gentoos}",
        f"{rows + adelies} was the result with Adelie twice: {rows} + {adelies}",
        f"{2 * gentoos} is the Gentoos alone, each of them twice",
        f"{rows - gentoos} is all rows without the Gentoos",
        f"In the film, {adelies} Adelies were copied once more: {rows} and {adelies} made "
        f"{rows + adelies}",
        f"Add one copy of each Gentoo to the {rows} rows",
        f"{rows} + {gentoos} = {joined}: each Gentoo is there twice",
        f"{joined} rows",
        f"{rows + 2 * gentoos}",  # in `fails`: two copies of each
    ]


SUBJECTS = (reshaped, joined, answered, asked_in_the_film)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_what_the_text_states_is_what_pandas_gives(subject: Any, made: dict[str, Any]) -> None:
    """Each sentence is written anew from the data and looked for in the lesson."""
    text = words()
    assert [phrase for phrase in subject(made) if phrase not in text] == []


# Numbers that are no results: years, versions, names, a reference; and the notes on the data, whose
# gaps are counted below.
GIVEN = [
    r"\b200[789]\b", r"\(2014\)", r"2020\)", r"\b0\.1\.6\b", r"10\.1371/\S+", r"\bCC0 1\.0\b",
    r"9\(3\): e90081", r"Delta 1[35] [NC]", r"season: 344 rows", r"penguins_raw.csv: 17 columns",
    r"\| \d+ \|",
]  # fmt: skip
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")


def test_no_number_of_the_text_goes_unchecked(made: dict[str, Any]) -> None:
    """Each one of two digits or more is in a sentence that was computed, or is given."""
    text = words()
    computed = [re.escape(phrase) for subject in SUBJECTS for phrase in subject(made)]
    checked: set[int] = set()
    for pattern in (*computed, *GIVEN):
        for found in re.finditer(pattern, text):
            checked.update(range(*found.span()))
    numbers = [found for found in NUMBER.finditer(text) if len(found[0].strip(",")) > 1]
    unchecked = [found.start() for found in numbers if found.start() not in checked]
    assert len(numbers) > 100
    assert [text[max(0, start - 40) : start + 20] for start in unchecked] == []


def test_the_data_are_those_of_palmerpenguins_unchanged() -> None:
    published = Path(palmerpenguins.__file__).parent / "data" / "penguins-raw.csv"
    assert (FOLDER / "data" / "penguins_raw.csv").read_bytes() == published.read_bytes()


def test_the_notes_on_the_data_give_the_gaps_and_the_lesson_s_name_of_every_column(
    made: dict[str, Any],
) -> None:
    notes = (FOLDER / "data" / "README.md").read_text(encoding="utf-8")
    published = pd.read_csv(FOLDER / "data" / "penguins_raw.csv")
    lines = [line.split("|")[1:-1] for line in notes.splitlines() if line.startswith("| `")]
    told = {line[0].strip(" `"): (line[1].strip(" `"), int(line[-1])) for line in lines}
    assert {name: gaps for name, (_, gaps) in told.items()} == published.isna().sum().to_dict()
    assert [short or name for name, (short, _) in told.items()] == list(made["raw"])


def test_checks_py_has_the_tables_of_the_notebook(made: dict[str, Any]) -> None:
    """A learner's code is tried beside those of checks.py, and run beside the notebook's."""
    namespace = next(iter(load_checks(FOLDER / "checks.py").values())).namespace
    for name in ("raw", "blood", "field", "nests", "sexes", "lab", "islands"):
        pd.testing.assert_frame_equal(namespace[name], made[name])
    assert namespace["who"] == made["who"]
    assert set(pd.unique(namespace["remarks"]["season"])) <= set(made["raw"]["season"])


def test_the_answers_in_numbers_are_what_pandas_gives(made: dict[str, Any]) -> None:
    checks: Any = load_checks(FOLDER / "checks.py")
    blood, field, nests = made["blood"], made["field"], made["nests"]
    long_blood = blood.melt(id_vars=WHO, var_name="isotope", value_name="per_thousand")
    assert checks["long_rows"].answer == len(long_blood)
    weak = field.merge(nests, on="label")
    assert checks["one_label"].answer == (weak["label"] == "N8A1").sum()


def test_the_answers_in_numbers_stand_nowhere_else() -> None:
    """Not on the page, nor in another check; in its own they come last."""
    page = " ".join(words_of_the_page())
    assert not re.search(r"\b688\b|(?<![\d.,])9(?![\d.,])|\bnine\b", page)
    assert sum("688" in text for text in words_of_checks()) == 1


def test_what_the_gaps_of_there_and_back_make_brings_every_value_back(
    made: dict[str, Any],
) -> None:
    blood = made["blood"]
    long_blood = blood.melt(id_vars=WHO, var_name="isotope", value_name="per_thousand")
    wide = long_blood.pivot(index=WHO, columns="isotope", values="per_thousand").reset_index()
    same = wide.merge(blood, on=[*WHO, "nitrogen", "carbon"], validate="one_to_one")
    assert len(same) == len(blood)
    with pytest.raises(ValueError, match="Index contains duplicate entries, cannot reshape"):
        made["long_sizes"].pivot(index="label", columns="part", values="mm")
    for column in (["nitrogen", "carbon"], "nitrogen"):
        with pytest.raises(KeyError):
            long_blood.pivot(index=WHO, columns=column, values="per_thousand")


def test_a_key_is_a_key_and_its_distractors_are_none(made: dict[str, Any]) -> None:
    checks: Any = load_checks(FOLDER / "checks.py")
    for option in checks["keys"].options:
        columns = re.findall(r"`(.+?)`", option.text)
        assert (made["raw"].duplicated(columns).sum() == 0) == option.is_right
    assert not made["raw"].duplicated(WHO).any()


def test_what_the_text_says_of_single_rows_and_of_species(made: dict[str, Any]) -> None:
    raw = made["raw"]
    kind = raw["species"].str.split().str[0]
    first = raw[(raw["season"] == "PAL0708") & (raw["sample"] == 1)]
    assert sorted(first["species"].str[:4]) == ["Adel", "Chin", "Gent"]
    ranges = raw.groupby(["species", "season"])["sample"].agg(["min", "max"])
    for species in ranges.index.levels[0]:
        lows, highs = ranges.loc[species, "min"], ranges.loc[species, "max"]
        assert lows.iloc[0] == 1
        assert list(lows.iloc[1:]) == list(highs.iloc[:-1] + 1)  # never starts again
    assert list(kind[raw["label"] == "N8A1"]) == ["Adelie", "Gentoo", "Gentoo"]
    weight = raw["label"].map(raw["label"].value_counts()).groupby(kind).mean()
    assert weight.idxmax() == "Gentoo"
    islands = raw.assign(kind=kind).groupby("island")["kind"].unique().map(sorted).to_dict()
    assert islands == {
        "Biscoe": ["Adelie", "Gentoo"],
        "Dream": ["Adelie", "Chinstrap"],
        "Torgersen": ["Adelie"],
    }
    blood = made["blood"]
    assert (blood["nitrogen"].isna() & blood["carbon"].notna()).sum() == 1


def test_the_answer_holds_over_all_birds_and_not_within_a_species(made: dict[str, Any]) -> None:
    raw = made["raw"]
    assert raw["mass_g"].corr(raw["nitrogen"]) == pytest.approx(-0.54, abs=0.005)
    for _, group in raw.groupby("species"):
        assert abs(group["mass_g"].corr(group["nitrogen"])) < 0.15
    assert (mean_of(raw, "mass_g")["MALE"] > mean_of(raw, "mass_g")["FEMALE"]).all()
    assert (mean_of(raw, "nitrogen")["MALE"] > mean_of(raw, "nitrogen")["FEMALE"]).all()
    heavier = mean_of(raw, "mass_g")["MALE"] - mean_of(raw, "mass_g")["FEMALE"]
    assert (heavier.idxmin(), heavier.idxmax()) == ("Chinstrap", "Gentoo")
    assert mean_of(raw, "nitrogen").mean(axis=1).idxmin() == "Gentoo"


# The film ---------------------------------------------------------------------------------------


def tables_of_the_film(raw: pd.DataFrame) -> dict[str, pd.DataFrame]:
    wide = raw.groupby(["island", "season"]).size().unstack().reset_index()
    kinds = sorted(raw["species"].unique())
    names = pd.DataFrame({"species": kinds, "short": ["Adelie", "Chinstrap", "Gentoo"]})
    typed = names.assign(species=names["species"].str.replace("Gentoo penguin", "Gentoo Penguin"))
    first, third = (raw[raw["season"] == season] for season in ("PAL0708", "PAL0910"))
    return {
        "wide": wide,
        "long": wide.melt(id_vars="island", var_name="season", value_name="count"),
        "names": names,
        "grown": first.merge(third, on="label"),
        "inner": raw.merge(typed, on="species"),
        "left": raw.merge(typed, on="species", how="left"),
        "twice": raw.merge(pd.concat([names, names.iloc[:1]]), on="species"),
    }


def told_in_the_film(raw: pd.DataFrame) -> list[str]:
    of = tables_of_the_film(raw)
    grown, all_melted = of["grown"], of["wide"].melt()
    three = grown.set_index("label").loc[["N1A1", "N1A2", "N6A1"], ["mass_g_x", "mass_g_y"]]
    gained = grown["mass_g_y"] - grown["mass_g_x"]
    counts = [
        *of["wide"].drop(columns="island").to_numpy().ravel(),
        len(raw),
        4,  # rows of the long table that the slide shows, of nine
        len(of["long"]),
        len(all_melted),
        (all_melted.iloc[:, 0] == "island").sum(),
        raw.duplicated("label").sum(),
        raw.duplicated(["island", "Date Egg"]).sum(),
        raw.duplicated(["season", "label"]).sum(),
        len(grown),
        (grown["species_x"] != grown["species_y"]).sum(),
        len(of["names"]),
        *(len(of[name]) for name in ("inner", "left", "twice")),
        *(of[name]["short"].isna().sum() for name in ("inner", "left")),
        *raw["species"].value_counts()[lambda rows: rows > 100],
    ]
    masses = [
        gained.mean(),
        *three.to_numpy().ravel(),
        raw["mass_g"].mean(),
        of["twice"]["mass_g"].mean(),
    ]
    lengths = [of[name]["flipper_length_mm"].mean() for name in ("inner", "left")]
    return [*map(str, counts), *(written(each, 0) for each in masses), *map(written, lengths)]


def test_every_number_of_the_film_is_what_pandas_gives(made: dict[str, Any]) -> None:
    given = [
        r"\b200[789]\b", r"PAL\d{4}", r"N\dA\d", r"[Tt]rap [123]", r"step 1\b",
        r"\| \d (?=say|name|which|what|how)",
    ]  # fmt: skip
    assert numbers_told(FOLDER, given) == set(told_in_the_film(made["raw"]))


def test_the_tables_of_the_film_keep_all_rows_where_it_says_so(made: dict[str, Any]) -> None:
    of = tables_of_the_film(made["raw"])
    assert of["long"]["count"].sum() == len(made["raw"])
    shown = of["long"].head(4)
    assert list(shown["island"]) == ["Biscoe", "Dream", "Torgersen", "Biscoe"]
    assert list(shown["season"]) == [*["PAL0708"] * 3, "PAL0809"]
    right = made["raw"].merge(of["names"], on="species", how="left", validate="many_to_one")
    assert len(right) == len(made["raw"])


def test_the_answer_to_the_film_is_what_pandas_gives(made: dict[str, Any]) -> None:
    gentoos = made["raw"]["species"].str.startswith("Gentoo")
    checks: Any = load_checks(FOLDER / "checks.py")
    assert checks["gentoo_twice"].answer == len(made["raw"]) + gentoos.sum()
