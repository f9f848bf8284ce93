"""The checks of the lesson "Reshape and join".

Each check is one name: `long_rows = number(...)`. The name is the check's id, under which a
student's progress is kept, so a name stays for ever, even when the wording changes. In the
notebook, `checks.long_rows` on a line of its own shows it.

Two skills are practised with less and less help, each time on other columns:

    melt and pivot      worked for three lengths, gaps to fill for the blood values
                        (there_and_back), worked once more for mass and flipper, own code in by_sex
    join and count      worked for `nests` and `sexes`, lines to put in order for `remarks`
                        (safe_join), a repair (with_second), own code for `lab` (birds)

The numbers in the feedback are the ones that pandas gives for the file in data/. When a message
quotes a wrong number, that is the number a student gets who thinks that way.
"""

from pathlib import Path

import pandas as pd

from kit.checks import (
    blanks,
    called,
    case,
    choice,
    code,
    gap,
    number,
    order,
    reflect,
    right,
    table,
    wrong,
)

# The tables of the lesson, made as in the notebook and under the same names: a student's code, and
# the sources in this file, may use them.
DATA = Path(__file__).parent / "data"
raw = pd.read_csv(DATA / "penguins_raw.csv").rename(
    columns={
        "studyName": "season",
        "Individual ID": "label",
        "Sample Number": "sample",
        "Species": "species",
        "Island": "island",
        "Sex": "sex",
        "Clutch Completion": "clutch",
        "Comments": "comment",
        "Body Mass (g)": "mass_g",
        "Culmen Length (mm)": "bill_length_mm",
        "Culmen Depth (mm)": "bill_depth_mm",
        "Flipper Length (mm)": "flipper_length_mm",
        "Delta 15 N (o/oo)": "nitrogen",
        "Delta 13 C (o/oo)": "carbon",
    }
)
who = ["season", "label"]
blood = raw[["season", "label", "nitrogen", "carbon"]]
field = raw[["season", "label", "species", "island", "mass_g"]]
nests = raw[["season", "label", "clutch"]]
sexes = raw[["season", "label", "sex"]].dropna()
remarks = raw[["season", "label", "comment"]].dropna()
lab = blood.dropna()
islands = pd.DataFrame(
    {
        "island": ["Biscoe", "Dream"],
        "second_species": ["Gentoo", "Chinstrap"],
    }
)

# Which check practises which objective of the title cell, under the first words of its line.
# (`claim` says in words what the table of `by_sex` shows.)
OBJECTIVES = {
    "turn a wide table into a long one": ["long_rows", "there_and_back", "by_sex", "claim"],
    "find columns that point to exactly one row": ["keys", "one_label", "birds"],
    "find out, by counting rows": [
        "one_label",
        "gentoo_twice",
        "safe_join",
        "with_second",
        "birds",
    ],
}

# No mistake, though it looks like one: without `on=`, `merge` joins on all columns that both tables
# have. In with_second that is `island` alone, in birds the whole key, `season` and `label`. (A case
# of with_second with a second shared column would tell the two apart. But its result would need the
# endings _x and _y, and would fail those who look the species up rightly without a join.)
EQUIVALENT = {
    "with_second": ["return birds.merge(islands, how='left')"],
    "birds": ["birds = field.merge(lab, how='left', validate='one_to_one')"],
}

# The numbers of the text that no cell of the notebook shows.
_one_label = raw.loc[raw["label"] == "N8A1", "flipper_length_mm"]
_weak = field.merge(nests, on="label")
_by_sex = raw.groupby(["species", "sex"])["mass_g"].mean().unstack()
_drawn = raw[["mass_g", "nitrogen"]].dropna()
NUMBERS = [
    # The three flippers of one label, their mean, and the rows left with one for each label.
    *_one_label,
    _one_label.mean(),
    raw["label"].nunique(),
    # The join on the label alone: its rows, its mean mass, and the mean mass before it.
    len(_weak),
    _weak["mass_g"].mean(),
    field["mass_g"].mean(),
    # The mass in the middle, and how many rows exceed it.
    raw["mass_g"].median(),
    (raw["mass_g"] > raw["mass_g"].median()).sum(),
    # By how much the males of each species are heavier than the females.
    *(_by_sex["MALE"] - _by_sex["FEMALE"]),
    # The picture: from the least to the most, of the mass and of the nitrogen.
    *_drawn.min(),
    *_drawn.max(),
]


# 1. Wide and long --------------------------------------------------------------------------------

# A prediction: the number is never shown on the page, the next cell melts other columns.
long_rows = number(
    "`blood` has 344 rows and four columns. Imagine it written anew, with **one row for each blood "
    "value**: the season, the label, which of the two it is (nitrogen or carbon), and the value. "
    "A gap gets a row as well.\n\n"
    "**Predict, before you go on.** How many rows will the new table have?",
    answer=688,
    otherwise="One row of `blood` holds two blood values, side by side. In the new table each of the "
    "two has a row of its own.",
    unit="rows",
    wrong={
        344: "344 is the number of rows in `blood`. But a row of the new table is one *value*, "
        "and `blood` has two of them in each row.",
        1376: "1,376 counts all four columns: 344 × 4. But `season` and `label` are no blood values. "
        "They say whose value it is, and are repeated beside each one.",
        661: "661 is how many values are *known*: 330 of nitrogen and 331 of carbon. Here, a gap gets "
        "a row as well.",
        1032: "1,032 is 344 × 3. Which columns of `blood` hold a blood value? Count them again.",
        172: "172 is half of 344. But nothing is thrown away: each of the two values in a row "
        "still needs its place.",
        346: "346 is 344 + 2. Two values in *each* of the 344 rows: is that a sum?",
    },
    hints=[
        "Look at row 1 of `blood`. Which of its four entries are blood values?",
        "Each row of `blood` turns into as many rows as it has blood values, gaps included.",
        "344 rows with a place for nitrogen and one for carbon: multiply.",
    ],
    why="344 × 2 = 688: what was one row for a bird is now one row for each of its values.",
)

# Gaps in code: the worked cells above have the same two calls, for other columns.
there_and_back = blanks(
    "**Fill the gaps.** The first call writes `blood` long, so that `nitrogen` and `carbon` go into rows. "
    "The second makes it wide again.",
    """\
# Long: a row for each value
long_blood = blood.melt(
    id_vars={{keep}}, var_name="isotope", value_name="per_thousand"
)

# Wide again: a column for each isotope
wide_blood = long_blood.pivot(
    index=who, columns={{headings}}, values={{cells}}
)""",
    gaps={
        "keep": gap(
            "who",
            also=['["season", "label"]', '["label", "season"]', '("season", "label")'],
            wrong={
                '"label"': "Then `season` goes into the rows as well, as if it were a blood value: 1,032 "
                "rows, and in 344 of them the value is a text such as PAL0708. Keep both columns "
                "that say whose value it is.",
                '"season"': "Then `label` goes into the rows as well, as if it were a blood value: "
                "1,032 rows, and in 344 of them the value is a text such as N1A1. Keep both columns that "
                "say whose value it is.",
                '["nitrogen", "carbon"]': "`id_vars` are the columns that *stay*. With these two, "
                "the seasons and labels go into the rows: texts, where blood values should be.",
                '"isotope"': "There is no such column in `blood` yet: `melt` makes it. Which columns of "
                "`blood` say whose values they are?",
            },
        ),
        "headings": gap(
            '"isotope"',
            also=['["isotope"]'],
            wrong={
                '["nitrogen", "carbon"]': "In `long_blood`, these two are no columns any more, and "
                "pandas stops with a `KeyError`. They are entries of a column: which one?",
                '"nitrogen"': "In `long_blood`, that is no column any more, and pandas stops with a "
                "`KeyError`. It is an entry of a column: which one?",
                '"part"': "`part` was the name that the worked cell chose for lengths. Which name did "
                "`melt` get here, in `var_name`?",
                '"per_thousand"': "That would make a heading of each measured value. Which column "
                "says *what* was measured?",
                '"label"': "The labels say whose value it is: they belong in `index`. Which column "
                "says *what* was measured?",
            },
        ),
        "cells": gap(
            '"per_thousand"',
            wrong={
                '["per_thousand"]': "Nearly: in square brackets, each heading gets a second line above it, "
                "`per_thousand`. Leave the brackets out.",
                '"mm"': "`mm` was the name that the worked cell chose for lengths. Which name did "
                "`melt` get here, in `value_name`?",
                '"isotope"': "That fills the cells with the words nitrogen and carbon. Which column of "
                "`long_blood` holds the numbers?",
                '"value"': "`value` would be the name if you chose none. Here `value_name` gives "
                "another.",
                '["nitrogen", "carbon"]': "These two are no columns of `long_blood`. All numbers stand "
                "in one column there: which name did `value_name` give it?",
            },
        ),
    },
    code=True,
    otherwise="Compare with the worked cells above: what stays, where the old headings went, and where the "
    "values went.",
    passes=[
        {"keep": '["season", "label"]', "headings": '"isotope"', "cells": '"per_thousand"'},
        {"keep": "who", "headings": "'isotope'", "cells": "'per_thousand'"},
    ],
    fails=[
        (
            {"keep": "who", "headings": '"per_thousand"', "cells": '"per_thousand"'},
            "a heading of each measured value",
        ),
        (
            {"keep": "blood", "headings": '"isotope"', "cells": '"per_thousand"'},
            "Compare with the worked cells above",
        ),
    ],
    hints=[
        "In the worked cells, follow `who`, `part` and `mm`: where does each of them stand?",
        "`id_vars` are the columns that stay. `pivot` then needs the two columns that `melt` made.",
        "First gap: the name that holds season and label. The other two: the texts that `melt` gets "
        "as `var_name` and as `value_name`.",
    ],
    why="`melt` keeps the columns that say whose value it is, and `pivot` takes the two columns that "
    "`melt` made. There and back, no value is lost.",
)


# 2. What points to one row -----------------------------------------------------------------------

keys = choice(
    "Which of these sets of columns are also a **key** of `raw`? Choose **all** that are.\n\n"
    "You need to know this: `sample` numbers the samples of each species, from 1 on. It goes on through "
    "all three seasons and never starts again.",
    right(
        "`species` and `sample`",
        "`species` and `sample`: within a species, the number never comes back.",
    ),
    right(
        "`season`, `label` and `island`",
        "`season`, `label` and `island`: what points to one row still does with a column added.",
    ),
    wrong(
        "`sample`",
        "Each species begins at 1, so number 1 is there three times, and 192 rows repeat a number. "
        "A column of numbers may still point to many rows.",
    ),
    wrong(
        "`season` and `sample`",
        "In the first season, an Adelie, a Chinstrap and a Gentoo all have number 1. 124 rows "
        "repeat what an earlier row has.",
    ),
    wrong(
        "`label` and `species`",
        "A label is given again in another season, sometimes to the same species: `N8A1` was a "
        "Gentoo's in two seasons. 60 rows repeat what an earlier row has.",
    ),
    many=True,
    hints=[
        "Take one set after the other, and try to find two rows that are alike in all its columns.",
        "Labels come back in another season, sample numbers come back in another species. Which sets "
        "leave no room for either?",
        "Two sets are right. One of them adds a column to the key that you know. The other holds "
        "what tells two equal sample numbers apart.",
    ],
    why="Both have 0 repeats. A key may be built from different columns, and a column more does not "
    "spoil it. For a join, both tables must have all of them.",
)


# 3. A join on too little --------------------------------------------------------------------------

# A prediction, with a question for how sure they are: the copies of a join surprise most people.
one_label = number(
    "You have seen the three rows of `N8A1` in `field`. `nests` has three rows of `N8A1` too, one for "
    "each season.\n\n"
    '**Predict, before you go on.** Somebody forgets the season: `field.merge(nests, on="label")`. '
    "How many rows of the result carry the label `N8A1`?",
    answer=9,
    otherwise="Take the first row of `N8A1` in `field`. How many rows of `nests` have the same label? So "
    "many rows does it become. Then go on with the second.",
    unit="rows",
    confidence=True,
    wrong={
        3: 'Three would be right if each row found the nest of its own season. But with `on="label"` '
        "pandas does not look at the season: each row of `field` meets *every* row of `nests` with that "
        "label.",
        6: "Six is 3 + 3, the rows written below each other. A join writes them *side by side*, in every "
        "pair that has the same label.",
        1: "One would be right if the label stood for one bird with one row in each table. It stands in "
        "three rows of each.",
        0: "None would mean that an unclear key makes pandas stop, as `pivot` did. `merge` does not "
        "stop: it makes every pair with the same label.",
        732: "732 is how many rows the whole result has. Count only the ones with the label `N8A1`.",
        344: "344 is how many rows each table has in all. Here, count only the ones with the label "
        "`N8A1`.",
    },
    hints=[
        "Look at the word *every* in the sentence about `merge`.",
        "The Adelie of the first season meets the nest of the first season, and which others?",
        "Three rows on the left, and each of them meets three on the right: multiply.",
    ],
    why="3 × 3 = 9: every row meets every row with its label, and the mass of an Adelie comes to "
    "stand beside the nests of two Gentoos.",
)

# In the film: at the end of the chapter "Trap 3: a row that is there twice".
gentoo_twice = number(
    "The full table has 344 rows, and 124 of them are Gentoos. This time it is Gentoo that stands twice in "
    "`names`. **How many rows come out of the join?**",
    answer=468,
    otherwise="Each Gentoo meets two rows of `names`, every other bird meets one.",
    unit="rows",
    wrong={
        344: called(
            "copies overlooked",
            "344 would be right with each species once. A bird whose species stands there twice meets both "
            "rows, and is copied. pandas does not choose one of them.",
        ),
        345: called(
            "one row more for one row more",
            "345 is 344 + 1, one row more for the row too many. But each of the 124 Gentoos meets that row.",
        ),
        496: "496 was the result with Adelie twice: 344 + 152. How many Gentoos are there?",
        248: "248 is the Gentoos alone, each of them twice. The other birds come out of the join as well.",
        220: "220 is all rows without the Gentoos. None is lost here; some are copied.",
    },
    passes=["468 rows"],
    fails={"592": "every other bird meets one"},
    hints=[
        "Which birds are copied, and how often does each of them come out?",
        "In the film, 152 Adelies were copied once more: 344 and 152 made 496.",
        "Add one copy of each Gentoo to the 344 rows.",
    ],
    why='344 + 124 = 468: each Gentoo is there twice. `validate="many_to_one"` would have stopped the join.',
)

# Lines to put in order. The assert is the audit; two of the distractors are the two ways in which
# a join goes wrong without a message, the third is an audit that asks the wrong thing.
safe_join = order(
    "`remarks` has only the 54 rows of `raw` with a comment, and the same key. **Put the lines in "
    "order**, indented as Python needs it, so that `with_remarks` gives back every row of `field`, with its "
    "comment or a gap, and stops if one was lost or copied. Three lines are not needed.",
    [
        "def with_remarks(field, remarks):",
        '    joined = field.merge(remarks, on=["season", "label"], how="left")',
        "    assert len(joined) == len(field)",
        "    return joined",
    ],
    distractors={
        'joined = field.merge(remarks, on="label", how="left")': "The label alone repeats from season "
        "to season. This join gives 359 rows for 344: some birds get a comment that was "
        "written about another bird.",
        'joined = field.merge(remarks, on=["season", "label"])': "Without `how=`, this is an inner join. It "
        "keeps the 54 rows with a comment and drops the other 290.",
        "assert len(joined) == len(remarks)": "That asks for 54 rows, one for each comment. *Every* row of "
        "`field` shall come back: how many are those?",
    },
    indent=True,
    otherwise="Read your lines from the top as Python does: each name must have been made before it is used, "
    "and nothing after `return` runs. All lines below `def` are indented.",
    fails=[
        (
            [
                ("def with_remarks(field, remarks):", 0),
                ('joined = field.merge(remarks, on="label", how="left")', 1),
                ("assert len(joined) == len(field)", 1),
                ("return joined", 1),
            ],
            "repeats from season to season",
        ),
        (
            [
                ("def with_remarks(field, remarks):", 0),
                ('joined = field.merge(remarks, on=["season", "label"])', 1),
                ("assert len(joined) == len(field)", 1),
                ("return joined", 1),
            ],
            "inner join",
        ),
    ],
    hints=[
        "A function begins with `def` and ends with what it gives back. What must happen in between, "
        "and in which order?",
        "Of the three lines with `merge`, choose the one with the whole key *and* with the `how=` that keeps "
        "every bird.",
        "`def`, then the join, then the `assert` that compares with `field`, then "
        "`return`; all but the first indented once.",
    ],
    why="First the join on the whole key, then the count, and only then the result. With a row lost or "
    "copied, the function stops instead of handing it on.",
)

# A repair: the starter runs without an error and loses birds. The cases are small tables made up
# here; in some of them nothing is lost, in one of them almost everything.
_CASES = [
    case(
        pd.DataFrame({"label": ["N1A1", "N1A2"], "island": ["Dream", "Dream"]}),
        pd.DataFrame({"island": ["Dream"], "second_species": ["Chinstrap"]}),
        because="Every bird's island is in the small table, and no bird is lost.",
    ),
    case(
        pd.DataFrame(
            {"label": ["N1A1", "N2A1", "N3A1"], "island": ["Torgersen", "Biscoe", "Dream"]}
        ),
        pd.DataFrame({"island": ["Biscoe", "Dream"], "second_species": ["Gentoo", "Chinstrap"]}),
        because="Three birds go in, so three come out. The one of Torgersen gets a gap.",
    ),
    case(
        pd.DataFrame({"label": ["N4A1", "N4A2"], "island": ["Torgersen", "Torgersen"]}),
        pd.DataFrame({"island": ["Biscoe"], "second_species": ["Gentoo"]}),
        because="No bird's island is in the small table: all of them stay, with gaps.",
    ),
    case(
        pd.DataFrame({"label": ["N5A1", "N6A1"], "island": ["Dream", "Torgersen"]}),
        pd.DataFrame({"island": ["Biscoe", "Dream"], "second_species": ["Gentoo", "Chinstrap"]}),
        because="No bird of Biscoe goes in, so no row of Biscoe comes out.",
    ),
]

with_second = code(
    "**Repair this function.** It is meant to give back *every* bird, with the second species of its "
    "island, or a gap. It stops with no error, yet of the 344 rows of `field` it gives back 292. Find the "
    "cause and mend it.",
    function="with_second",
    starter="""\
def with_second(birds, islands):
    # Beside each bird, put the second species of its island
    return birds.merge(islands, on="island")


len(with_second(field, islands))""",
    solution="""\
def with_second(birds, islands):
    # Keep every bird, with a gap where its island is not in the small table
    return birds.merge(islands, on="island", how="left")
""",
    passes=[
        """\
def with_second(birds, islands):
    joined = birds.merge(islands, on=["island"], how="left", validate="many_to_one")
    assert len(joined) == len(birds)
    return joined
""",
        """\
def with_second(birds, islands):
    return pd.merge(birds, islands, how="left")
""",
    ],
    cases=_CASES,
    wrong={
        # The misconception of the starter, in other words.
        """\
def with_second(birds, islands):
    return birds.merge(islands, on="island", how="inner")
""": "Still as at the start, 292 of 344 rows. An inner join keeps only islands that both tables have, "
        "and all 52 rows of Torgersen are gone. The mean mass of the rest is 4,288.57 g instead of 4,201.75 g. "
        "Which `how=` keeps every row of `birds`?",
        """\
def with_second(birds, islands):
    return birds.merge(islands, on="island", how="right")
""": '`how="right"` keeps every row of `islands`, the table in the brackets. With `field` that is '
        "292 rows again. The table that must stay whole stands *before* `.merge`.",
        """\
def with_second(birds, islands):
    return birds.merge(islands, on="island", how="outer")
""": '`how="outer"` keeps the rows of *both* tables. With `field` you see 344 rows, and it looks right. '
        "But an island without a bird also gets a row: a row that is no bird.",
        """\
def with_second(birds, islands):
    return islands.merge(birds, on="island", how="right")
""": "No bird is lost, but the columns of `islands` now come first. Let `birds` stand before `.merge`, and choose "
        "the `how=` that keeps the table there.",
        """\
def with_second(birds, islands):
    return birds.merge(islands, how="cross")
""": '`how="cross"` puts every bird beside every island: with `field`, each bird is there twice. A bird '
        "belongs to one island.",
        """\
def with_second(birds, islands):
    joined = birds.merge(islands, on="island", how="left")
    return joined.dropna()
""": "The join is right, and then `dropna()` throws out every bird with a gap: of `field`, 291 are left. "
        "Here a gap is an answer: no second species on that island.",
        """\
def with_second(birds, islands):
    return birds.merge(islands, on="island", how="left").fillna("none")
""": "No bird is lost any more. But you wrote a word into *every* gap, also those of other columns: "
        "in `field`, an unknown mass becomes the text “none”. Leave the gaps as they are.",
    },
    hints=[
        "Which birds are missing? Compare the islands in `field` with the islands in `islands`.",
        "Without `how=`, a join is an inner one. Another value of `how` keeps every row of the table before "
        "`.merge`.",
        'In the brackets of `merge`, after `on="island"`, add a comma and the `how=` that is named after '
        "the side on which `birds` stands.",
    ],
    why="All 344 rows come back, and the 52 of Torgersen have a gap. A gap can be seen and counted; "
    "a lost row cannot.",
)

# A table: what the student's code makes is compared with what the solution makes.
birds = table(
    "**Now on your own.** Make the table `birds`: **every** row of `field`, with `nitrogen` and `carbon` from "
    "`lab` beside it, and a gap where the laboratory has no values. Its columns are those of `field`, "
    "then `nitrogen`, then `carbon`. Count its rows before you choose Check.",
    frame="birds",
    starter="""\
# Keep every row of `field`, with its values from `lab`
birds = ...
birds""",
    solution="""\
# Keep every row of `field`, with its values from `lab`
birds = field.merge(lab, on=who, how="left", validate="one_to_one")
birds
""",
    passes=[
        """\
birds = pd.merge(field, lab, on=["season", "label"], how="left")
""",
        """\
birds = field.merge(lab, how="outer")
""",
    ],
    wrong={
        """\
birds = field.merge(lab, on=who)
""": "330 rows. Without `how=` this is an inner join, and the 14 rows without both blood values are gone, "
        "with their masses. Every row of `field` was asked for.",
        """\
birds = field.merge(lab, on="label", how="left")
""": "703 rows instead of 344: on the label alone, a bird also meets the blood of other birds that had its "
        "label in other seasons. (`season_x` and `season_y` are the two seasons that did not "
        "take part.) Join on the whole key.",
        """\
birds = field.merge(lab, on="label")
""": "701 rows. On the label alone, a bird also meets the blood of other birds that had its "
        "label in other seasons; and birds without blood values are gone. Join on the whole key, and keep every "
        "row of `field`.",
        """\
birds = field.merge(lab, on="season", how="left")
""": "37,936 rows: on the season alone, each bird meets the blood of all birds of its season. "
        "Join on the whole key.",
        """\
birds = lab.merge(field, on=who, how="left")
""": '330 rows: `how="left"` keeps the table before `.merge`, and that is `lab` here. Let `field` and '
        "`lab` change places.",
        """\
birds = field.merge(lab, on=who, how="left").fillna(0)
""": "The join is right, but then zeros were written into the gaps. The mean of `nitrogen` becomes 8.38 "
        "instead of 8.73, and two masses are 0 g. Leave the gaps.",
        """\
birds = field.merge(blood, on=who, how="left")
""": "The join is right, but with `blood`. `lab` holds only the rows with both values; "
        "in `blood`, one row has a carbon value and no nitrogen.",
    },
    fails={
        "birds = pd.concat([field, lab], axis=1)\n": "twice",
        "birds = field.merge(lab, on=who, how='left').dropna()\n": "rows without both blood values",
    },
    hints=[
        "Two questions decide a join: which columns point to one row, and which table must stay whole?",
        "`merge` with `on=` and `how=`, as for `sexes`. The table that must stay whole stands before `.merge`.",
        "Begin with `birds = field.merge(lab, ` and add two things: `on=` with season and label, and the `how=` "
        "that keeps all of `field`.",
    ],
    why="344 rows, as before the join: none lost, none copied, and 14 of them with a gap in both blood values.",
)


# 4. The question ------------------------------------------------------------------------------------

_LONG = """\
long_isotopes = raw.melt(
    id_vars=["species", "sex"], value_vars=["nitrogen", "carbon"],
    var_name="isotope", value_name="per_thousand",
)
"""
_MEANS = """\
isotope_means = long_isotopes.groupby(["species", "isotope", "sex"], as_index=False)[
    "per_thousand"
].mean()
"""
_WIDE = """\
by_sex = isotope_means.pivot(index=["species", "isotope"], columns="sex", values="per_thousand")
"""

# With this tolerance, means that are rounded to two decimals are as good.
by_sex = table(
    "**Now on your own**, for the blood: make the table `by_sex` from `raw`, with **one row for each species and "
    "isotope** (3 × 2 rows), a column `FEMALE` and a column `MALE`, and in the cells the means of `nitrogen` and "
    "`carbon`. The worked cell above takes the same three steps.",
    frame="by_sex",
    tolerance=6e-4,
    starter="""\
# Long: a row for each value of nitrogen and carbon
long_isotopes = ...

# One mean for each species, isotope and sex
isotope_means = ...

# Wide again: females and males side by side
by_sex = ...
by_sex""",
    solution=f"""\
# Long: a row for each value of nitrogen and carbon
{_LONG}
# One mean for each species, isotope and sex
{_MEANS}
# Wide again: females and males side by side
{_WIDE}by_sex
""",
    passes=[
        _LONG
        + """\
by_sex = long_isotopes.pivot_table(
    index=["species", "isotope"], columns="sex", values="per_thousand"
).round(2)
""",
        """\
long = raw.melt(id_vars=["species", "sex"], value_vars=["carbon", "nitrogen"])
means = long.groupby(["species", "sex", "variable"])["value"].mean().reset_index()
by_sex = means.pivot(index=["species", "variable"], columns="sex", values="value")
""",
    ],
    wrong={
        """\
long = raw.melt(
    id_vars=["species", "sex"], value_vars=["mass_g", "flipper_length_mm"],
    var_name="measure", value_name="value",
)
means = long.groupby(["species", "measure", "sex"], as_index=False)["value"].mean()
by_sex = means.pivot(index=["species", "measure"], columns="sex", values="value")
""": "This is the worked table again: its rows say `mass_g` and `flipper_length_mm`. Which columns "
        "does `value_vars` need here?",
        _LONG
        + """\
means = long_isotopes.groupby(["species", "sex"], as_index=False)["per_thousand"].mean()
by_sex = means.pivot(index="species", columns="sex", values="per_thousand")
""": "Three rows: the nitrogen and the carbon values of a species went into *one* mean, −8.50 for the Adelie "
        "females, which says nothing about either. Put the isotope into the groups and into the rows.",
        _LONG
        + _MEANS
        + """\
by_sex = isotope_means.pivot(index=["species", "sex"], columns="isotope", values="per_thousand")
""": "The means are right, but the two sexes stand below each other. To compare them they shall stand side by "
        "side: which column holds the headings then?",
        _LONG
        + """\
long_isotopes = long_isotopes.fillna({"per_thousand": 0})
"""
        + _MEANS
        + _WIDE: "The means lie too near to 0, as gaps were counted as zeros: the Adelie males have 8.32 for "
        "nitrogen instead of 8.93. Take the mean of the known values only.",
        _LONG
        + _MEANS.replace(".mean()", ".median()")
        + _WIDE: "These are medians, the values in the middle: 8.81 for the nitrogen of the Adelie "
        "females. A good summary, but another one. Here, the mean is wanted.",
        _LONG
        + _MEANS.replace(".mean()", ".count()")
        + _WIDE: "These are counts: 71 Adelie females with a nitrogen value. Good to know, but the mean is wanted "
        "here.",
        """\
by_sex = raw[raw["nitrogen"].notna()].melt(
    id_vars=["species", "sex"], value_vars=["nitrogen"], var_name="isotope", value_name="per_thousand"
).pivot_table(index=["species", "isotope"], columns="sex", values="per_thousand")
""": "Nitrogen is right; carbon is missing. `value_vars` takes a list: both columns can go into the rows at "
        "once.",
    },
    fails={
        _LONG
        + _MEANS
        + 'by_sex = isotope_means.pivot(index="species", columns="sex", values="per_thousand")\n': (
            "duplicate entries"
        ),
        _LONG + 'by_sex = long_isotopes.groupby(["species", "isotope"])["per_thousand"].mean()\n': (
            "one column (Series)"
        ),
    },
    hints=[
        "Go through the worked cell line by line. Which words in it belong to masses and flippers, and which to "
        "every such table?",
        "`melt` with other `value_vars`, then `groupby` with three columns and `mean()`, then `pivot` with two "
        "columns as `index`.",
        "Copy the worked cell. Put the two blood columns into `value_vars`, the three new names in front of the `=` "
        "signs, and your `var_name` and `value_name` wherever its own names stood.",
    ],
    why="Read it row by row: in every species, the mean nitrogen value of the males is the higher one, by 0.11 "
    "to 0.21, although they weigh more. For carbon, the sexes differ by 0.04 at most.",
)

claim = reflect(
    "Somebody writes: “Heavier penguins have lower nitrogen values, 8.44 parts per thousand against "
    "9.02. So the isotopes go with body mass.” **Write your own answer** to the lesson's question, in three "
    "to five sentences: what you claim, which numbers carry it, and where your knowledge ends.",
    model="Over all birds, heavier goes with lower nitrogen: 8.44 parts per thousand above 4,050 g (164 "
    "values), 9.02 for the rest (166 values). But most of the heavy birds are Gentoos, the species with the lowest values. Within each "
    "species the males weigh more, by 412 to 805 g, and yet their mean nitrogen is *higher*, by 0.11 to 0.21; "
    "for carbon there is next to no difference. So the isotopes go with the species, and the table does not show that they "
    "go with mass. Its limits: it holds three species and three seasons; a bird may stand in it in more than one of them; males and females differ in more than mass; and "
    "what the birds ate, it does not say.",
    points=[
        "I say what holds over all birds *and* what holds within a species.",
        "I give at least two means, with their unit.",
        "I do not say that mass causes the difference.",
        "I name something that the table cannot tell.",
    ],
    least=30,
    hints=[
        "Compare two numbers: all birds above and below 4,050 g. Then look at females and males in your table.",
        "Who are the heavy birds? And within one species, is it the heavier sex that has the lower value?",
        "Begin: “Over all birds, ... . Within each species, however, ... . The table cannot say ...”.",
    ],
)
