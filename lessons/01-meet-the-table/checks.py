"""The checks of the lesson "Meet the table".

Each check is one name: `rows_are = choice(...)`. The name is the check's id, under which a
student's progress is kept, so a name stays for ever, even when the wording changes. In the
notebook, `checks.rows_are` on a line of its own shows it.

Which check practises which objective of the lesson:

    1  say what one row stands for, and count rows      rows_are, size_counts, different_birds
    2  read a column: its type, its unit, its gaps      known_sex, share_missing, not_an_amount
    3  choose a summary that fits, gaps left out        filled_with_zero, mean_known,
                                                        not_an_amount, report

Two skills are practised three times, each time with less help and on other columns:

    counting gaps          worked for `sex`, partly done in share_missing, own code in report
    a mean of known values worked for `body_mass_g`, repaired in mean_known, own code in report

The numbers in the feedback are the ones that pandas gives for the two files in data/. When a
message quotes a wrong number, that is the number a student gets who thinks that way.
"""

from pathlib import Path

import pandas as pd

from kit.checks import case, choice, code, number, right, table, text, wrong

# The tables of the lesson, under the names that they have in the notebook: a student's code, and
# the sources in this file, may use them.
DATA = Path(__file__).parent / "data"
penguins = pd.read_csv(DATA / "penguins.csv")
raw = pd.read_csv(DATA / "penguins_raw.csv")


# 1. What one row is --------------------------------------------------------------------------

# A choice: each wrong option is a way in which people do misread a table, and its feedback says
# what the table would look like if that reading were true.
rows_are = choice(
    "What does **one row** of `penguins` stand for?",
    right(
        "one adult penguin, in one season",
        "Yes. A row names one species, one island and one year, and holds one set of "
        "measurements: one adult penguin, met in one season.",
    ),
    wrong(
        "one species",
        "All five rows on your screen say *Adelie*. If a row were a species, Adelie could be "
        "there only once, and the table would end after 3 rows. What is different from one of "
        "these rows to the next?",
    ),
    wrong(
        "one measurement, such as a bill length",
        "A row holds four measurements side by side: two of the bill, the flipper, the mass. "
        "With a row for each of them, this table of 344 rows would have 4 × 344 = 1,376. "
        "What do the four in one row have in common?",
    ),
    wrong(
        "one penguin, followed through all three seasons",
        "Then a row would need room for three masses: one of 2007, one of 2008, one of 2009. "
        "It has one `body_mass_g` and one `year`. Read the last column again.",
    ),
    hints=[
        "Read row 0 from left to right. How many species does it name, how many years, how many "
        "body masses?",
        "Compare row 0 with row 1: same species, same island, same year. What must differ, "
        "since the masses do?",
        "Somebody weighed one animal and wrote 3750, then weighed another and wrote 3800. "
        "Each weighing has a row.",
    ],
)


# 2. What the columns hold (straight after the video, which ends with this question) -------------

# A number: `wrong` lists the values that misconceptions really give, `otherwise` is for the rest.
known_sex = number(
    "The video ends with this question: of the 344 rows, **how many have a known sex?**",
    answer=333,
    otherwise="Look up how many gaps `sex` has in the overview above the video, and take them "
    "away from 344.",
    unit="birds",
    wrong={
        344: "344 is the number of rows. Each row has a place for the sex, but in some rows that "
        "place is empty. How many gaps does `sex` have?",
        11: "11 is how many are *missing*. How many of the 344 does that leave?",
        342: "342 have a known body mass: you took away its 2 gaps. Each column has gaps of its "
        "own; look at the line of `sex`.",
        325: "325 takes away all 19 gaps of the table, whichever column they are in. "
        "For the sex, only the gaps in `sex` matter.",
        355: "355 is 344 + 11, more than there are rows. Gaps are part of the 344, so take "
        "them away.",
        168: "168 is the males alone. A bird that is known to be female has a known sex too.",
        165: "165 is the females alone. A bird that is known to be male has a known sex too.",
    },
    hints=[
        "Find the line of `sex` in the overview above the video.",
        "Its number of gaps tells you in how many rows the sex is missing. The others are known.",
        "344 rows, 11 of them with a gap in `sex`: 344 − 11.",
    ],
    why='Yes: 344 rows − 11 gaps = 333. `penguins["sex"].count()` gives it in one step, since '
    "`count()` skips gaps.",
)


# 3. Counting rows --------------------------------------------------------------------------------

# A prediction: a student who has said what will happen looks closer at what does.
size_counts = number(
    "**Predict, before you go on.** The shape of `penguins` is `(344, 8)`. Which number will "
    "`penguins.size` give?",
    answer=2752,
    otherwise="`size` counts every cell of the table, filled or empty. Each of the 344 rows "
    "has 8 of them.",
    wrong={
        344: "344 is the number of rows, and the name `size` does sound like it. But `size` "
        "counts something smaller than a row. What is a row made of?",
        8: "8 is the number of columns. `size` counts something smaller than a column. "
        "What is a column made of?",
        352: "352 is 344 + 8, rows and columns added up. Think of a page of squared paper, 344 "
        "lines of 8 squares: how many squares?",
        2733: "2,733 is how many cells are *filled*. `size` counts the 19 empty ones as well.",
        336: "336 is 344 − 8. Think of a page of squared paper, 344 lines of 8 squares: how many "
        "squares?",
    },
    hints=[
        "The shape has two numbers, and `size` is one. How could it come from both?",
        "`size` counts cells: the places where one row and one column meet.",
        "344 rows with 8 cells each: multiply.",
    ],
    why="Yes, 344 × 8 = 2,752: `size` counts cells, empty ones too. Rows are counted by "
    "`len(penguins)`.",
)

different_birds = choice(
    "344 rows, 190 different labels, and the two rows of `N1A1` above. What may you write in "
    "a report?",
    right(
        "344 records; how many different birds they are, the table cannot say",
        "Yes. The label is used again for another bird, so it cannot tell you who came "
        "back. You know what was recorded, and you know where that knowledge ends.",
    ),
    wrong(
        "190 birds, many of them met in several seasons",
        "By this reading, `N1A1` was an Adelie male in 2007 and a Gentoo female in 2009. It is not "
        "alone: 94 of the 190 labels stand with more than one species. What does that "
        "say about the label?",
    ),
    wrong(
        "344 different birds",
        "Within one season no label repeats, so there you may count birds. But a bird of "
        "2007 may have come back in 2008, perhaps at another nest and with another label. "
        "Would you see it in this table?",
    ),
    wrong(
        "190 birds; the other 154 rows are copies and should go",
        "Compare the two rows of `N1A1`: hardly a cell agrees, and `raw.duplicated().sum()` finds "
        "0 copies. Keep the first row of each label only, and 104 of the 124 Gentoos are gone; the "
        "mean body mass falls from 4,201.75 g to 3,852.91 g.",
    ),
    hints=[
        "Look at the two rows of `N1A1`, column by column: species, date, sex, mass.",
        "Can one animal be both of these rows? Then ask what that means for the label.",
        "A label that is handed out again counts labels, not birds. Choose the sentence that "
        "claims no more than you know.",
    ],
)


# 4. Gaps -----------------------------------------------------------------------------------------

# Code: the student writes a function, and it is called with each case. The cases are small columns
# made up here, so that a function with the numbers of the penguins written into it does not pass.
share_missing = code(
    "**Finish the function.** `share_missing(column)` gives back the share of a column's values "
    "that are missing: 0 when there is no gap, 0.5 when every second value is one. For "
    '`penguins["body_mass_g"]` that is 2 of 344, about 0.0058.',
    function="share_missing",
    starter="""\
def share_missing(column):
    # Count the gaps
    missing = column.isna().sum()

    # Divide by the number of all values, known or not
    return ...


share_missing(penguins["body_mass_g"])
""",
    solution="""\
def share_missing(column):
    # Count the gaps
    missing = column.isna().sum()

    # Divide by the number of all values, known or not
    return missing / len(column)
""",
    # Another right way; every check is tried with answers that must pass and that must fail.
    passes=[
        """\
def share_missing(column):
    return column.isna().mean()
""",
        """\
def share_missing(column):
    return 1 - column.count() / column.size
""",
    ],
    cases=[
        case(pd.Series([3750.0, None, 3250.0, None]), because="Here, 2 of 4 values are gaps."),
        case(pd.Series([19.3, 20.6, 17.8]), because="Here, nothing is missing."),
        case(
            pd.Series(["male", None, "female", "male", None]),
            because="A column of text has gaps too: here, 2 of 5.",
        ),
        case(pd.Series([None, None, 195.0, None]), because="Here, 3 of 4 values are gaps."),
        case(
            pd.Series([0.0, 0.0, None, 5.0]),
            because="A 0 that was written down is a value: here, 1 of 4 is a gap.",
        ),
    ],
    # What a student says here is found by running these sources: whoever gets the same results
    # reads the same message, however their code is written.
    wrong={
        """\
def share_missing(column):
    missing = column.isna().sum()
    return missing / column.count()
""": "You divide by the *known* values, since `count()` skips gaps. For `sex` that gives 11 / 333 = "
        "0.0330, not 11 / 344 = 0.0320, and a column with 3 gaps and 1 value would be 300% "
        "missing. Divide by all values.",
        """\
def share_missing(column):
    missing = column.isna().sum()
    return missing
""": "That is *how many* are missing: 2 for the body mass. Is 2 many? Of 3 values yes, of 344 "
        "no. Divide it by how many values there are in all.",
        """\
def share_missing(column):
    return column.count() / len(column)
""": "That is the share that is *known*: 0.9942 for the body mass. Known and missing make 1 "
        "together, so you are one step away.",
        """\
def share_missing(column):
    missing = column.isna().sum()
    return missing / len(column) * 100
""": "Those are percent: 0.58 for the body mass. A share runs from 0 to 1, so leave out the "
        "`* 100`.",
        """\
def share_missing(column):
    missing = column.isna().sum()
    return missing / 344
""": "You divide by the 344 rows of `penguins`. The function must hold for a column of any "
        "length: ask `column` itself how long it is.",
        """\
def share_missing(column):
    missing = column.isna().sum()
    return len(column) / missing
""": "Turned over: you divide all values by the missing ones, and the body mass gives 344 / 2 = "
        "172. A share is the part divided by the whole.",
    },
    hints=[
        "`missing` is already there. Only the `...` in the last line is left: what is a share "
        "a share *of*?",
        "`len(column)` counts all values of a column, `column.count()` only the known ones.",
        "Replace the `...`: `return missing / ` and then the one of these two that counts gaps as "
        "well.",
    ],
    why="Yes: gaps divided by all values, known or not. `column.isna().mean()` is the short form, "
    "since True counts as 1.",
)

filled_with_zero = choice(
    "**Predict, before you go on.** The mean of the 342 known masses is 4,201.75 g. A colleague "
    "writes 0 into the 2 gaps and takes the mean again. What comes out?",
    right(
        "a little less: about 4,177 g",
        "Yes. The sum stays the same and is divided by 344 instead of 342. Two birds that "
        "nobody weighed now weigh nothing, and the mean is 24 g too low.",
    ),
    wrong(
        "the same, since adding 0 changes nothing",
        "You are right about the sum: it stays at 1,437,000 g. But a mean divides that sum by how "
        "many values there are, and with the zeros there are two more. Divide again.",
    ),
    wrong(
        "about half: 2,101 g",
        "2,101 g is halfway between 4,201.75 g and 0: as if the two zeros counted as much as all "
        "342 weighed birds together. Each zero is one value among 344.",
    ),
    wrong(
        "`NaN`, since a gap spoils the sum",
        "Your caution is sound: in plain Python, adding `NaN` to a sum does spoil it. "
        "But after filling, no gap is left: there are 344 numbers, two of them 0. "
        "What does that do to the mean?",
    ),
    hints=[
        "A mean is a sum divided by a count. Look at each of the two by itself.",
        "The zeros add nothing to the sum of 1,437,000 g. What do they do to the count of 342?",
        "It was 1,437,000 / 342. Now it is 1,437,000 / 344: more, less, and by how much?",
    ],
)

# A repair: the starter runs without an error and gives a wrong number. (Left as it is, it counts
# as not attempted.)
mean_known = code(
    "**Repair this function.** It is meant to give the mean of the *known* values. It stops with "
    'no error, yet for `penguins["flipper_length_mm"]` it gives 199.75 mm, over a millimetre '
    "too little. Find the cause and mend it.",
    function="mean_known",
    starter="""\
def mean_known(column):
    # Add up the values (a sum leaves gaps out)
    total = column.sum()

    # Divide by how many values there are
    return total / len(column)


mean_known(penguins["flipper_length_mm"])
""",
    solution="""\
def mean_known(column):
    # Add up the values (a sum leaves gaps out)
    total = column.sum()

    # Divide by how many values are known
    return total / column.count()
""",
    passes=[
        """\
def mean_known(column):
    return column.mean()
""",
        """\
def mean_known(column):
    known = column.dropna()
    return known.sum() / len(known)
""",
    ],
    cases=[
        case(pd.Series([20.0, 18.0, 18.0, 16.0, 13.0]), because="No gap here: 85 divided by 5."),
        case(
            pd.Series([190.0, None, 190.0, 202.0]),
            because="The gap is no value: 582 divided by 3.",
        ),
        case(pd.Series([None, 20.0, None, None]), because="One value is known, so it is the mean."),
        case(
            pd.Series([0.0, None, 10.0, 20.0]),
            because="A 0 that was measured is a value: 30 divided by 3.",
        ),
    ],
    wrong={
        # The misconception of the starter, written in another way.
        """\
def mean_known(column):
    return column.fillna(0).mean()
""": "Still as at the start: 199.75 mm for the flippers. The sum leaves the gaps out, but the number "
        "that you divide by counts them, as if two birds had flippers of 0 mm. Which count "
        "skips gaps? (`dropna()` makes a *new* column; the old one stays as it was.)",
        """\
def mean_known(column):
    return column.mean(skipna=False)
""": "With `skipna=False`, one gap turns the whole mean into `NaN`: honest, but here the known "
        "values are wanted. Leave the gaps out of the sum *and* of the count.",
        """\
def mean_known(column):
    return column.sum() / column.nunique()
""": "`nunique()` counts *different* values: 55 for the flippers, so the mean becomes 1,249 mm. "
        "Two birds with the same flipper are still two birds. Count all known values.",
        """\
def mean_known(column):
    return column.median()
""": "That is the median, the value in the middle: 197 mm for the flippers. A good summary, but "
        "another one. Here, divide the sum by a count.",
        """\
def mean_known(column):
    return column.sum() / 342
""": "342 is right for the flippers, and for no column with other gaps. Ask `column` how many "
        "of its values are known.",
        """\
def mean_known(column):
    return column.sum() / (len(column) - 2)
""": "Two gaps less is right for the flippers, and for no column with other gaps. Ask `column` "
        "how many of its values are known.",
    },
    hints=[
        "The sum is fine. Look at the last line: which values does `len(column)` count?",
        "`len(column)` counts gaps too. A column has another way of counting, which skips them; you "
        "met it with `sex`.",
        "In the last line, put `column.count()` in the place of `len(column)`.",
    ],
    why="Yes: the sum of the known values divided by how many are known, 200.92 mm for the flippers. "
    "`column.mean()` does both.",
)


# 5. A summary that fits --------------------------------------------------------------------------

# A text: case, spaces and quotes do not matter. `answer` lists what is as good.
not_an_amount = text(
    "Five columns of `penguins` hold numbers. For **one** of them a mean says nothing about any "
    "penguin. Type the name of that column.",
    answer=["year", 'penguins["year"]', "the year", "year column", "the year column", "years"],
    otherwise="Five columns have numbers in the overview of types and gaps. Say for each: “on "
    "average, these penguins have a ... of ...”. Which sentence makes no sense?",
    wrong={
        "body_mass_g": "`body_mass_g` is an amount with a unit: “on average, these penguins "
        "have a mass of 4,201.75 g” says something about them. Which column of numbers has no unit?",
        "flipper_length_mm": "`flipper_length_mm` is an amount with a unit: “on average, 200.92 mm” "
        "says something about these birds. Which column of numbers has no unit?",
        "bill_length_mm": "`bill_length_mm` is an amount with a unit: “on average, 43.92 mm” says "
        "something about these birds. Which column of numbers has no unit?",
        "bill_depth_mm": "`bill_depth_mm` is an amount with a unit: “on average, 17.15 mm” says "
        "something about these birds. Which column of numbers has no unit?",
        "species": "`species` has no mean, you are right, but it is text, and pandas refuses to "
        "average it. The one to find is stored as *numbers*, and nobody stops you.",
        "island": "`island` has no mean, you are right, but it is text, and pandas refuses to "
        "average it. The one to find is stored as *numbers*, and nobody stops you.",
        "sex": "`sex` has no mean, you are right, but it is text, and pandas refuses to average "
        "it. The one to find is stored as *numbers*, and nobody stops you.",
    },
    hints=[
        "Go back to the overview of types and gaps, and read the lines with `float64` and `int64`.",
        "An amount has a unit. Four of the five names end in theirs: `_mm` or `_g`.",
        "The fifth says *when*. It would work as well with the names *first*, *second* and "
        "*third*.",
    ],
    why="Yes: `year` is a label written in digits. Its mean, 2008.03, is no season that ever "
    "was. Count its rows instead: 110 in 2007, 114 in 2008, 120 in 2009.",
)

# A table: what the student's code makes is compared with what the solution makes. Tolerance: a mean
# rounded to two decimals is as good.
_ISOTOPES = 'isotopes = raw[["Delta 15 N (o/oo)", "Delta 13 C (o/oo)"]]\n'

report = table(
    "**Now on your own.** Two columns of `raw` come from the birds' blood and hint at what they "
    "ate; their unit is o/oo, parts per thousand. Make the table `report`: **one row for each of the two "
    "columns**, with the columns `known`, `missing` and `mean`, in this order.",
    frame="report",
    tolerance=5e-4,
    starter="""\
# Choose the two columns
isotopes = raw[["Delta 15 N (o/oo)", "Delta 13 C (o/oo)"]]

# Put their counts and means side by side
report = ...
report
""",
    solution="""\
# Choose the two columns
isotopes = raw[["Delta 15 N (o/oo)", "Delta 13 C (o/oo)"]]

# Put their counts and means side by side
report = pd.DataFrame({
    "known": isotopes.count(),
    "missing": isotopes.isna().sum(),
    "mean": isotopes.mean(),
})
report
""",
    passes=[
        _ISOTOPES
        + """\
report = pd.DataFrame({
    "known": isotopes.notna().sum(),
    "missing": len(raw) - isotopes.count(),
    "mean": (isotopes.sum() / isotopes.count()).round(2),
})
""",
    ],
    wrong={
        _ISOTOPES
        + """\
report = pd.DataFrame({
    "known": len(isotopes),
    "missing": isotopes.isna().sum(),
    "mean": isotopes.mean(),
})
""": "`known` says 344 in both rows: `len` counts rows, gaps included. Known and missing should make "
        "344 together. Which count skips gaps?",
        _ISOTOPES
        + """\
report = pd.DataFrame({
    "known": isotopes.count(),
    "missing": isotopes.isna().count(),
    "mean": isotopes.mean(),
})
""": "`missing` says 344 in both rows. `isna()` answers True or False for every cell, and "
        "`count()` counts all these answers. To count the True ones, add them up.",
        _ISOTOPES
        + """\
report = pd.DataFrame({
    "known": isotopes.isna().sum(),
    "missing": isotopes.count(),
    "mean": isotopes.mean(),
})
""": "`known` and `missing` have changed places: 14 known and 330 missing would be a sad "
        "yield. `count()` counts what is known.",
        _ISOTOPES
        + """\
report = pd.DataFrame({
    "known": isotopes.count(),
    "missing": isotopes.isna().sum(),
    "mean": isotopes.fillna(0).mean(),
})
""": "The counts are right. The means, 8.38 and −24.72, lie too near to 0, because gaps were "
        "counted as zeros. Take the mean of the known values only.",
        _ISOTOPES
        + """\
report = pd.DataFrame({
    "known": isotopes.count(),
    "missing": isotopes.isna().sum(),
    "mean": isotopes.sum() / len(isotopes),
})
""": "The counts are right. The means, 8.38 and −24.72, lie too near to 0, because gaps were "
        "counted as zeros. Take the mean of the known values only.",
        _ISOTOPES
        + """\
isotopes = isotopes.dropna()
report = pd.DataFrame({
    "known": isotopes.count(),
    "missing": isotopes.isna().sum(),
    "mean": isotopes.mean(),
})
""": "`missing` says 0 in both rows: `dropna()` took away every row with a gap before you counted, "
        "and with it one known value of the second column. Count first, on the whole columns.",
        _ISOTOPES
        + """\
report = pd.DataFrame({
    "known": isotopes.count(),
    "missing": isotopes.isna().sum(),
    "mean": isotopes.median(),
})
""": "The counts are right. In `mean` stands the median, 8.65 and −25.83: the value in the middle. "
        "Here, the mean is wanted.",
    },
    hints=[
        "The table of the four measurements above has the same three columns. Which of its lines "
        "name the table that the numbers come from?",
        "`pd.DataFrame({...})` takes a name and a column for each entry. The three columns come "
        "from `count()`, `isna().sum()` and `mean()`.",
        "Begin with `report = pd.DataFrame({` and a first entry, "
        '`"known": isotopes.count(),`. Add `"missing"` and `"mean"` in the same way, then close '
        "with `})`.",
    ],
    why="Yes: 330 and 331 known values, 14 and 13 gaps, each pair making 344, and a mean with its "
    "count beside it: 8.73 and −25.69 parts per thousand.",
)
