"""The checks of the lesson "Groups".

Each check is one name: `bills = table(...)`. The name is the check's id, under which a student's
progress is kept, so a name stays for ever, even when the wording changes. In the notebook,
`checks.bills` on a line of its own shows it.

Each skill is practised with less and less help, and on other columns:

    split, count, average   worked for the body mass by island, gaps to fill in for the flippers by
                            species (flippers_by_species), own code for the bills (bills)
    compare like with like  worked for the body mass, lines to put in order for the flippers
                            (adelie_flippers), own code and own words for the bills (bills, claim)
    the mean of all         small numbers (mean_of_two_groups), then a repair (mean_of_all)

The numbers in the feedback are the ones that pandas gives for data/penguins.csv. When a message
quotes a wrong number, that is the number a student gets who thinks that way. `called("...", ...)`
gives a misconception a name, under which a teacher finds it again.
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
    match,
    number,
    order,
    reflect,
    right,
    table,
    variants,
    wrong,
)

# The tables of the lesson, under the names that they have in the notebook: a student's code, and
# the sources in this file, may use them.
DATA = Path(__file__).parent / "data"
penguins = pd.read_csv(DATA / "penguins.csv")
summary = penguins.groupby("island")["body_mass_g"].agg(rows="size", known="count", mean="mean")

# Which check practises which objective of the title cell, under the first words of its line.
OBJECTIVES = {
    "split a table into groups": ["read_the_line", "flippers_by_species", "bills"],
    "say how many rows": ["flippers_by_species", "rows_in_groups", "mean_of_all", "bills"],
    "compare like with like": [
        "biscoe_bills",
        "why_torgersen",
        "adelie_flippers",
        "mean_of_two_groups",
        "bills",
        "claim",
    ],
}

# The numbers of the text that no cell of the notebook shows.
_mass = penguins["body_mass_g"]
_gentoo = penguins["species"] == "Gentoo"
_torgersen = penguins["island"] == "Torgersen"
NUMBERS = [
    # A bird that was never weighed, taken for one of 0 g: Torgersen's grams divided by its rows.
    _mass[_torgersen].sum() / _torgersen.sum(),
    # The picture: from the lightest to the heaviest bird, of the Gentoos and of the others.
    _mass[_gentoo].min(),
    _mass[_gentoo].max(),
    _mass[~_gentoo].min(),
    _mass[~_gentoo].max(),
    # The picture: "near 3,700 g", the means of all lines but the Gentoos', to the nearest hundred.
    *penguins[~_gentoo].groupby(["island", "species"])["body_mass_g"].mean().round(-2),
    # The mean of all birds, and the mean of the three species' means.
    _mass.mean(),
    penguins.groupby("species")["body_mass_g"].mean().mean(),
    # The comparison to be questioned: bills of females and males, all species together.
    *penguins.groupby("sex")["bill_length_mm"].mean(),
]


# 1. One number for each group -------------------------------------------------------------------

# A match: what is on the left gets a partner from the right; some on the right stay alone. `wrong`
# answers a pair that a misconception makes.
_SPLITS = "puts the rows with the same label together"
_PICKS = "picks the values that are worked with"
_ONE_EACH = "puts one number in the place of each group"
_FILTERS = "keeps one species and leaves out the others"
_SORTS = "puts the rows in order, from A to Z"

read_the_line = match(
    "Here is another such line, for another column. What does each part of it do?\n\n"
    "```python\n"
    'penguins.groupby("species")["flipper_length_mm"].mean()\n'
    "```",
    pairs={
        '`.groupby("species")`': _SPLITS,
        '`["flipper_length_mm"]`': _PICKS,
        "`.mean()`": _ONE_EACH,
    },
    distractors=[_FILTERS, _SORTS],
    otherwise="Read the line from left to right: first it makes groups, then it says *of what*, "
    "then it works something out. Which part does which?",
    wrong={
        ('`.groupby("species")`', _FILTERS): called(
            "grouping as filtering",
            'A condition does that: `penguins["species"] == "Adelie"` keeps 152 of the 344 rows. '
            "`groupby` names no species to keep. Adelie, Chinstrap and Gentoo all come out of it.",
        ),
        ('`.groupby("species")`', _SORTS): called(
            "grouping as sorting",
            "Sorted rows are still 344 rows, one for each bird. This line ends with 3 numbers, one "
            "for each species. What must happen to the rows before that?",
        ),
        ('`["flipper_length_mm"]`', _FILTERS): "A condition keeps rows and leaves out others. Here "
        "stands the name of a column alone, and no row is lost by it.",
        (
            "`.mean()`",
            _PICKS,
        ): "`.mean()` works something out. Of *which* values, the part before it says.",
        ("`.mean()`", _SPLITS): "When `.mean()` comes, the groups are there already. What does it "
        "make of each?",
    },
    hints=[
        "Compare the line with the code above it. The three comments there name the three steps.",
        "The name in the round brackets holds labels, such as Adelie. The name in the square "
        "brackets holds amounts, in mm.",
        "The last part leaves 3 numbers for 3 species. The first part is where the 3 come from. "
        "What is left for the one in the middle?",
    ],
    why="Split by a label, take a column, work out one number for each group: 189.95 mm for the "
    "Adelies, 195.82 for the Chinstraps, 217.19 for the Gentoos.",
)


# 2. How many birds stand behind a mean? ---------------------------------------------------------

# Blanks: a text with gaps, here a piece of code. Each gap has its own wrong answers. The quotes
# stand in the template; whoever types them again (`also`) is right as well.
flippers_by_species = blanks(
    "**Fill in the gaps.** The code is to give, for each **species**, how many rows it has, how "
    "many **flippers** were measured, and their mean length.",
    template="""\
groups = penguins.groupby("{{label}}")

groups["{{column}}"].agg(rows="{{rows}}", known="{{known}}", mean="mean")""",
    gaps={
        "label": gap(
            "species",
            also=['"species"'],
            wrong={
                "island": "This splits by island. There are three of those, too, so the result "
                "looks right: read its labels. Asked for is one row for each *species*.",
                "flipper_length_mm": called(
                    "grouping by the measurement",
                    "`groupby` gets the label, not the measurement. Split by length, and you get "
                    "55 groups, one for each length in the table.",
                ),
                "Adelie": "`Adelie` is one of the labels. `groupby` wants the name of the "
                "*column* in which the labels stand.",
                "penguins": "`penguins` is the whole table. In the brackets stands the name of "
                "the column with the labels.",
            },
        ),
        "column": gap(
            "flipper_length_mm",
            also=['"flipper_length_mm"'],
            wrong={
                "flipper_length": "Nearly: the name in the table ends in the unit.",
                "body_mass_g": "That is the mass, of the example above. Here, the flippers are "
                "wanted.",
                "species": "The species are the labels, and the rows are split by them already. "
                "Here stands what was *measured*.",
            },
        ),
        "rows": gap(
            "size",
            also=['"size"'],
            wrong={
                "count": called(
                    "count for rows",
                    "`count` leaves the gaps out: 151 for the Adelies, and they have 152 rows.",
                ),
                "len": "`len` is Python's own word for it, and `agg` does not know it by this "
                "name. Which of its two ways of counting takes every row?",
                "sum": "`sum` adds up the millimetres: 28,683 for the Adelies. The rows are to be "
                "counted.",
            },
        ),
        "known": gap(
            "count",
            also=['"count"'],
            wrong={
                "size": called(
                    "size for known values",
                    "`size` counts rows with a gap, too: 124 for the Gentoos, and 123 of them were "
                    "measured.",
                ),
                "sum": "`sum` adds up the millimetres: 26,714 for the Gentoos. The measured "
                "flippers are to be counted.",
                "nunique": "`nunique` counts *different* values. Two birds with the same flipper "
                "length are still two birds.",
            },
        ),
    },
    code=True,
    otherwise="Compare it, part by part, with the code for the masses above: what stands in the "
    "same place there?",
    hints=[
        "The first two gaps hold names of columns: the one with the labels, then the one with the "
        "measurement.",
        "The last two hold the two ways of counting. One counts every row, the other leaves gaps "
        "out.",
        "The measurements of the table are called `bill_length_mm`, `bill_depth_mm`, "
        "`flipper_length_mm` and `body_mass_g`. To count `rows`, gaps do not matter; to "
        "count `known`, they do.",
    ],
    why="The Gentoos have 124 rows and 123 known flippers, the Adelies 152 and 151: the two ways of "
    "counting differ by their gaps.",
)

# A prediction, with the question "How sure are you?" before the verdict.
rows_in_groups = number(
    '**Predict, before you run anything.** `penguins.groupby("sex").size()` gives the number of '
    "rows of each group. You add them up. What comes out?",
    answer=333,
    otherwise="`size` counts all rows of a group. The question is which rows *are* in a group: what "
    "label does each of the 344 rows have in `sex`?",
    unit="rows",
    confidence=True,
    wrong={
        344: called(
            "every row has a group",
            "344 is all rows of the table, as if each of them had a group. The labels are `female` "
            "and `male`. Where does a row go whose `sex` is a gap?",
        ),
        342: "342 are the rows with a known body mass. Nothing is asked of the mass here: the "
        "groups come from the labels in `sex`, and it has gaps of its own.",
        11: "11 are the rows *without* a label. How many are left that have one?",
        331: "331 takes away the 11 gaps of `sex` and the 2 of the mass. Nothing is asked of the "
        "mass here; and those 2 birds have no sex either.",
        355: "355 is 344 + 11, more than the table has rows. `groupby` makes no new rows.",
        2: "2 is how many groups there are. Added up are the rows *in* them.",
    },
    hints=[
        "Look at the counts of gaps in the text above. Which of them matters here?",
        "A row joins the group whose label it has. A row whose label is a gap has none to join.",
        "The table has 344 rows, and in 11 of them nobody knows the sex. No message tells you that "
        "these are left out.",
    ],
    why="344 − 11 = 333: a row whose label is a gap gets into no group, and nothing tells you. Their "
    "mean mass is 4,207.06 g; that of all birds weighed is 4,201.75 g.",
)


# 3. Who lives on Biscoe? ------------------------------------------------------------------------

# A prediction by reasoning: no printed table gives the answer, and no exact computing is needed.
biscoe_bills = choice(
    "**Predict, without computing.** On Biscoe, 167 bills were measured, and they are 15.87 mm "
    "*deep* on average. 123 of them are of Gentoos, with a mean of 14.98 mm. The other 44 are of "
    "Adelies. Where does **their** mean lie?",
    right(
        "near 18.4 mm: three times as far above 15.87 as the Gentoos are below it",
        "Yes, 18.37 mm. There are nearly three Gentoos for each Adelie, so each Adelie has to make up "
        "for almost three. Biscoe's shallow bills are its Gentoos': Adelies have bills of 18.25 mm "
        "on Dream and 18.43 mm on Torgersen.",
    ),
    wrong(
        "near 15.9 mm: that is the mean on Biscoe, so it holds for its Adelies, too",
        "15.87 mm is the mean of both species together, and the Gentoos lie below it. With Adelies at "
        "15.87 mm, nobody would pull the mean of all up again: it would be 15.22 mm.",
    ),
    wrong(
        "near 16.8 mm: as far above 15.87 as the Gentoos are below it",
        "That would fit if there were as many Adelies as Gentoos. But 44 stand against 123, and "
        "with Adelies at 16.77 mm the mean of all would be 15.45 mm, not 15.87.",
    ),
    wrong(
        "near 15.4 mm: halfway between 14.98 and 15.87",
        "Then both species would lie below 15.87 mm, and so would the mean of both: 15.10 mm. If one "
        "group lies below the mean of all, where must the other lie?",
    ),
    confidence=True,
    hints=[
        "Gentoos: 14.98. All together: 15.87. On which side of 15.87 must the Adelies lie?",
        "Think of a see-saw that is balanced at 15.87: 123 birds sit on one side, 44 on the other.",
        "The Gentoos sit 0.89 mm away from the middle. The smaller group has to sit farther out "
        "to balance them: 123 is nearly three times 44.",
    ],
)


# 4. Compare like with like ----------------------------------------------------------------------

# In the film: at the end of the chapter "Compare like with like".
why_torgersen = choice(
    "The mean bill is 38.95 mm on Torgersen and 44.17 mm on Dream. **Why is Torgersen's mean lower?**",
    right(
        "Torgersen has Adelies only; Dream has Chinstraps, too, whose bills are long.",
        "Yes. Adelie against Adelie, Torgersen's bills are even a little longer: 38.95 mm, and 38.50 mm on "
        "Dream.",
    ),
    wrong(
        "The Adelies of Torgersen have shorter bills than those of Dream.",
        "Compare them: 38.95 mm on Torgersen, 38.50 mm on Dream. Like with like, Torgersen is not behind. "
        "Who else lives on Dream?",
    ),
    wrong(
        "On Torgersen fewer birds were measured, and that lowers a mean.",
        "51 birds against 124: fewer birds make a mean less sure, not lower. Which birds are they?",
    ),
    wrong(
        "One bird of Torgersen was never measured.",
        "pandas leaves that bird out of the sum and of the count. Taken for a zero, it would pull the mean down "
        "to 38.20 mm; but 38.95 mm is the mean of the 51 known bills.",
    ),
    hints=[
        "Go back to the picture of the five lines. Which species are there on each of the two islands?",
        "Compare the Adelies of both islands first. Do they explain the difference?",
        "Dream's mean lies between two species, at 38.50 and 48.83 mm. How many species has Torgersen?",
    ],
)

# Order (a Parsons problem): the lines are given, in a mixed order and with some that do not belong.
adelie_flippers = order(
    "On Biscoe, flippers are 209.71 mm long on average, on Dream 193.07 mm, on Torgersen 191.20 mm. "
    "Is that fair? **Compare the Adelies of the three islands.** Put the lines in order. Two do not "
    "belong.",
    lines=[
        'adelies = penguins.loc[penguins["species"] == "Adelie"]',
        'islands = adelies.groupby("island")',
        'flippers = islands["flipper_length_mm"]',
        'flippers.agg(known="count", mean="mean")',
    ],
    distractors={
        'islands = penguins.groupby("island")': called(
            "unlike with unlike",
            "This line splits *all* birds, so the Gentoos are in again: 209.71 mm on Biscoe, as "
            "before. Split the birds that you picked.",
        ),
        'islands = adelies.groupby("species")': "All of `adelies` are of one species, so this makes one "
        "group, with a mean of 189.95 mm, and nothing to compare. By what do you want to compare "
        "them?",
    },
    indent=False,
    otherwise="Each line uses a name that an earlier line has made; `penguins` is there from the "
    "start.",
    hints=[
        "Look at the name on the left of each `=`: which line needs it?",
        "Pick the birds of one species, split them, take the column, summarise it.",
        "It begins with the line that makes `adelies` and ends with the line that has `agg`. Of the "
        "lines that make `islands`, take the one that splits *Adelies* by *island*.",
    ],
    why="Adelies' flippers are 188.80 mm on Biscoe, 189.73 on Dream and 191.20 on Torgersen: like with "
    "like, Biscoe's are not the longest but the shortest.",
)


# 5. From the means of groups to the mean of all --------------------------------------------------


# Variants: the function draws a question, and "Another one" draws the next. All numbers come out
# whole, and the groups are never of the same size.
@variants(seed=3)
def mean_of_two_groups(draw):
    gentoos = draw.choice([2, 3, 4, 6, 7, 8])
    adelies = 10 - gentoos
    light = draw.choice([3500, 3600, 3700, 3800])
    heavy = light + draw.choice([1000, 1200, 1500])
    grams = adelies * light + gentoos * heavy
    larger = "Gentoos" if gentoos > adelies else "Adelies"
    return number(
        f"Ten made-up birds: {adelies} Adelies with a mean of {light:,} g, and {gentoos} Gentoos with a "
        f"mean of {heavy:,} g. What is the mean of all ten?",
        answer=grams / 10,
        otherwise=f"The mean of all lies between {light:,} and {heavy:,} g, nearer to the larger "
        "group. First find out what all ten weigh together.",
        unit="g",
        wrong={
            (light + heavy) / 2: called(
                "mean of means",
                "That is halfway between the two means. It would be right for five and five. Here, "
                f"the {larger} are more, so the mean of all lies nearer to theirs.",
            ),
            (gentoos * light + adelies * heavy) / 10: "The counts have changed places: "
            f"the mean of {light:,} g is that of the {adelies} Adelies.",
            grams: "That is what all ten weigh together. Their mean is one more step away.",
            light + heavy: "That is the sum of two means. A mean lies between the lightest and the "
            "heaviest bird.",
        },
        hints=[
            "Which group is larger? The mean of all leans towards it.",
            "A mean times its count gives back what the group weighs.",
            f"{adelies} × {light:,} g and {gentoos} × {heavy:,} g make what all weigh. Share it out "
            "among ten.",
        ],
        why=f"({adelies} × {light:,} + {gentoos} × {heavy:,}) / 10 = {grams / 10:,.0f} g: the larger "
        "group has the greater say.",
    )


# A repair: the starter runs without an error and gives a wrong number. The cases are summaries made
# up here, so that a function with the penguins' numbers written into it does not pass. `_made` makes
# one, with a row for each group.
def _made(*groups):
    return pd.DataFrame(groups, columns=["rows", "known", "mean"])


mean_of_all = code(
    "**Repair this function.** `mean_of_all(summary)` gets a summary with the columns `rows`, `known` "
    "and `mean`, of any groups, and is meant to give the mean of **all known values**. It stops with "
    "no error, yet for the three islands it gives 4,045.10 g.",
    function="mean_of_all",
    starter="""\
def mean_of_all(summary):
    # Take the mean of each group
    means = summary["mean"]

    # Make one number of them
    return means.mean()


mean_of_all(summary)""",
    solution="""\
def mean_of_all(summary):
    # Get back the sum of each group
    sums = summary["known"] * summary["mean"]

    # Divide what all make together by how many values are known
    return sums.sum() / summary["known"].sum()
""",
    passes=[
        """\
def mean_of_all(summary):
    share = summary["known"] / summary["known"].sum()
    return (share * summary["mean"]).sum()
""",
        """\
def mean_of_all(summary):
    total = 0
    birds = 0
    for known, mean in zip(summary["known"], summary["mean"]):
        total = total + known * mean
        birds = birds + known
    return total / birds
""",
    ],
    cases=[
        case(
            _made((1, 1, 3000.0), (3, 3, 5000.0)),
            because="One bird of 3,000 g and three of 5,000 g: 18,000 g for 4 birds.",
        ),
        case(
            _made((4, 2, 10.0), (2, 2, 20.0)),
            because="Here, 2 of the first 4 rows are gaps: 60 for 4 known values.",
        ),
        case(
            _made((5, 4, 40.0), (10, 9, 50.0), (3, 3, 75.0)),
            because="Three groups: 160 + 450 + 225, for 16 known values.",
        ),
        case(_made((7, 6, 12.5)), because="One group: its mean is the mean of all."),
        case(
            _made((2, 2, -3.0), (8, 6, 2.0)),
            because="A mean may lie below zero: −6 and 12 together, for 8 known values.",
        ),
    ],
    wrong={
        """\
def mean_of_all(summary):
    return summary["mean"].sum() / len(summary)
""": called(
            "mean of means",
            "Still the mean of the three means, 4,045.10 g: each island counts once, Torgersen's 51 "
            "birds as much as Biscoe's 167. Let each *bird* count once.",
        ),
        """\
def mean_of_all(summary):
    sums = summary["rows"] * summary["mean"]
    return sums.sum() / summary["rows"].sum()
""": called(
            "size for known values",
            "Nearly: 4,201.81 g. You count each group by its *rows*, as if the 2 birds without a "
            "mass had been weighed. On how many values does each mean rest?",
        ),
        """\
def mean_of_all(summary):
    sums = summary["known"] * summary["mean"]
    return sums.sum() / summary["rows"].sum()
""": called(
            "missing as zero",
            "4,177.33 g: you have all the grams, and divide them by all 344 rows. Two of these birds "
            "were never weighed. How many were?",
        ),
        """\
def mean_of_all(summary):
    sums = summary["rows"] * summary["mean"]
    return sums.sum() / summary["known"].sum()
""": "You give each group grams for all its *rows*, then divide by the known values. Use the same "
        "count in both places: the one on which the means rest.",
        """\
def mean_of_all(summary):
    sums = summary["known"] * summary["mean"]
    return sums.mean()
""": "479,000 g, the grams of an average *island*. The grams are right; share them out among the "
        "birds, not among the groups.",
        """\
def mean_of_all(summary):
    sums = summary["known"] * summary["mean"]
    return sums.sum()
""": "1,437,000 g is what all birds weigh together. Share it out among them.",
        """\
def mean_of_all(summary):
    sums = summary["known"] * summary["mean"]
    return sums.sum() / 342
""": "342 is right for these birds' masses, and for no other summary. Ask `summary` how many values "
        "are known.",
        """\
def mean_of_all(summary):
    return summary["mean"].median()
""": "That is the mean in the middle, 3,712.90 g. Each group still counts once, whatever its size.",
        """\
def mean_of_all(summary):
    return summary["grams"].sum() / summary["known"].sum()
""": "The way is right, but `grams` is a column that was added to the one summary above. The "
        "function gets `rows`, `known` and `mean`: work the grams out inside of it.",
        """\
def mean_of_all(summary):
    return penguins["body_mass_g"].mean()
""": "That is right for the masses, 4,201.75 g, because you have all the birds here. The function "
        "must hold where there is only a summary: use the one it is given.",
    },
    hints=[
        "Each mean counts once here, however many birds it rests on. Which column says how many "
        "those are?",
        "In the cell above the function, a mean times its count gave the grams of a group. Do the "
        "same here; then you need the grams of *all*, and the count of *all*.",
        'Multiply `summary["mean"]` by the column of the known values, add up the products with '
        "`.sum()`, and divide by the `.sum()` of the same column.",
    ],
    why="1,437,000 g divided by 342 known masses is 4,201.75 g, however the birds are grouped.",
)


# 6. Your own comparison -------------------------------------------------------------------------

# A table: what the student's code makes is compared with what the solution makes. With this
# tolerance, a mean that is rounded to two decimals is as good.
_GROUPS = 'groups = penguins.groupby(["species", "sex"], dropna=False)\n'

bills = table(
    "**Now on your own.** Do males have longer bills, species by species? Make the table `bills`: one row "
    "for each pair of **species** and **sex**, in this order, with the birds of unknown sex as groups "
    "of their own (`NaN`). Its columns are `rows`, `known` and `mean`, of `bill_length_mm`.",
    frame="bills",
    tolerance=5e-4,
    starter="""\
# Split the rows by species and sex; keep the rows without a sex
groups = ...

# Count the rows, count the known bill lengths, average them
bills = ...
bills""",
    solution="""\
# Split the rows by species and sex; keep the rows without a sex
groups = penguins.groupby(["species", "sex"], dropna=False)

# Count the rows, count the known bill lengths, average them
bills = groups["bill_length_mm"].agg(rows="size", known="count", mean="mean")
bills
""",
    passes=[
        _GROUPS
        + """\
bills = pd.DataFrame({
    "rows": groups.size(),
    "known": groups["bill_length_mm"].count(),
    "mean": groups["bill_length_mm"].mean().round(2),
})
""",
    ],
    wrong={
        """\
groups = penguins.groupby(["species", "sex"])
bills = groups["bill_length_mm"].agg(rows="size", known="count", mean="mean")
""": called(
            "every row has a group",
            "Six rows: the pairs are right. But add up `rows`: 11 of the 344 birds are missing, those "
            "without a known sex, and 9 of them have a measured bill. Leave their gaps in the table, and "
            "tell `groupby` not to drop them.",
        ),
        """\
groups = penguins.groupby("sex", dropna=False)
bills = groups["bill_length_mm"].agg(rows="size", known="count", mean="mean")
""": called(
            "unlike with unlike",
            "These are the sexes of all species together: 42.10 mm and 45.85 mm, as before. To compare "
            "like with like, split by the species as well: a *list* of two labels.",
        ),
        """\
groups = penguins.groupby("species", dropna=False)
bills = groups["bill_length_mm"].agg(rows="size", known="count", mean="mean")
""": "One row for each species, with both sexes in it. To compare the sexes, split by them as "
        "well: a *list* of two labels.",
        """\
groups = penguins.groupby(["sex", "species"], dropna=False)
bills = groups["bill_length_mm"].agg(rows="size", known="count", mean="mean")
""": "The numbers are right, and the labels stand the other way round. Give the species first: "
        "then both sexes of a species stand side by side, ready to be compared.",
        """\
groups = penguins.groupby(["island", "species"], dropna=False)
bills = groups["bill_length_mm"].agg(rows="size", known="count", mean="mean")
""": "These are the pairs of island and species, as in the example. The question is about the sexes: "
        "pairs of species and sex.",
        _GROUPS
        + """\
bills = groups["body_mass_g"].agg(rows="size", known="count", mean="mean")
""": "The groups are right. The means are the masses of the example, in g; the question is about "
        "bills.",
        _GROUPS
        + """\
bills = groups["bill_length_mm"].agg(rows="count", known="count", mean="mean")
""": called(
            "count for rows",
            "`rows` and `known` are the same. But an Adelie and a Gentoo without a sex were not "
            "measured either: 6 rows and 5 known, 5 rows and 4 known. `count` leaves the gaps out.",
        ),
        _GROUPS
        + """\
bills = groups["bill_length_mm"].agg(rows="size", known="size", mean="mean")
""": called(
            "size for known values",
            "`rows` and `known` are the same. But an Adelie and a Gentoo without a sex were not "
            "measured either: 6 rows and 5 known, 5 rows and 4 known. `size` does not see gaps.",
        ),
        _GROUPS
        + """\
bills = groups["bill_length_mm"].agg(rows="count", known="size", mean="mean")
""": "`rows` and `known` have changed places: 5 rows and 6 known bills? `count` leaves the gaps out.",
        _GROUPS
        + """\
bills = groups["bill_length_mm"].agg(rows="size", known="count", mean="median")
""": "The counts are right. In `mean` stands the median, the value in the middle: 37.00 mm for the "
        "female Adelies. Here, the mean is wanted.",
        _GROUPS
        + """\
bills = groups["bill_length_mm"].agg(["size", "count", "mean"])
""": "The numbers are right. Now give the columns the names that were asked for, as in "
        '`rows="size"`.',
        _GROUPS
        + """\
bills = groups["bill_length_mm"].agg(rows="size", known="count", mean="mean").reset_index()
""": "The numbers are right, but the labels have become columns. Leave them in front of the rows: "
        "no `reset_index()`, no `as_index=False`.",
        """\
named = penguins.fillna({"sex": "unknown"})
groups = named.groupby(["species", "sex"])
bills = groups["bill_length_mm"].agg(rows="size", known="count", mean="mean")
""": "The numbers are right, and nobody is lost. But a gap is not a third sex called `unknown`: leave "
        "it a gap, and tell `groupby` not to drop it.",
    },
    # The six rows of the first one, by two other ways.
    fails={
        """\
known = penguins.dropna()
groups = known.groupby(["species", "sex"], dropna=False)
bills = groups["bill_length_mm"].agg(rows="size", known="count", mean="mean")
""": "Leave their gaps in the table",
        """\
known = penguins.loc[penguins["sex"].notna()]
bills = known.groupby(["species", "sex"])["bill_length_mm"].agg(
    rows="size", known="count", mean="mean"
)
""": "11 of the 344 birds are missing",
    },
    hints=[
        "Two examples above have what you need: one splits by two labels, the other keeps the rows "
        "whose label is a gap.",
        "`groupby` takes a list of labels first, and `dropna=False` after a comma. `agg` takes a "
        "name and a summary for each of the three columns.",
        "The first line begins with `groups = penguins.groupby([`, then two labels, then "
        '`], dropna=False)`. The second begins with `bills = groups["bill_length_mm"].agg(`.',
    ],
    why="Like with like, males' bills are longer in all three species: by 3.13 mm (Adelie), 4.52 mm "
    "(Chinstrap) and 3.91 mm (Gentoo). This difference stays.",
)

# A text of their own: it is kept, never judged; then the model and the points to compare it with
# appear.
claim = reflect(
    "Do males have longer bills? Write **two or three sentences** for somebody who has not seen your table: "
    "what you claim, the numbers that it rests on, and what you cannot say.",
    model="In each of the three species, males had longer bills than females on average: 40.39 mm against "
    "37.26 mm among the Adelies (73 birds each), 51.09 against 46.57 among the Chinstraps (34 each), "
    "49.47 against 45.56 among the Gentoos (61 and 58). Of 11 birds the sex is not known; they are in "
    "neither group. And these are means: not every male has a longer bill than every female.",
    points=[
        "It compares males and females of the **same** species.",
        "It gives means with their **unit**.",
        "It says **how many birds** the means rest on.",
        "It names a **limit**: who is left out, or what a mean does not say.",
    ],
    least=20,
    hints=[
        "Look at one species in `bills`: two means, two counts.",
        "Claim: one sentence that could be wrong. Numbers: a mean for each sex, with unit and count. "
        "Limit: who is in neither group?",
        "You can begin like this: “In each of the three species ...”, then “Of ... birds, ...”.",
    ],
)
