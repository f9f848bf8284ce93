"""The checks of the lesson "Meet the table".

Each check is one name: `rows_are = choice(...)`. The name is the check's id, under which a
student's progress is kept, so a name stays for ever, even when the wording changes. In the
notebook, `checks.rows_are` on a line of its own shows it.

Two skills are practised three times, each time with less help and on other columns:

    counting gaps           worked for `sex`, partly done in share_missing, own code in report
    a mean of known values  worked for `body_mass_g`, repaired in mean_known, own code in report

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

# Which checks practise which objective of the lesson, by the objective's first words.
OBJECTIVES = {
    "say what one row stands for": ["rows_are", "size_counts", "different_birds"],
    "read a column": ["known_sex", "share_missing", "not_an_amount"],
    "choose a summary": ["filled_with_zero", "mean_known", "not_an_amount", "report"],
}

# The numbers of the text that no cell of the notebook shows.
_mass = penguins["body_mass_g"]
NUMBERS = [
    _mass.min(),
    _mass.max(),
    penguins["year"].mean(),
    3600,  # grams, read off the histogram: its tall hump
    5600,  # and its small one
]


# 1. What one row is --------------------------------------------------------------------------

# A choice: each wrong option is a way in which people do misread a table, and its feedback says
# what the table would look like if that reading were true.
rows_are = choice(
    "What does **one row** of `penguins` stand for?",
    right(
        "one adult penguin, in one season",
        "Yes. A row names one species, one island and one year, and has room for one set of "
        "measurements: one adult penguin, in one season.",
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
    "The video ends with this question: in how many of the 344 rows **is the sex known?**",
    answer=333,
    otherwise="In the overview above the video, look up how many gaps `sex` has. In all the other "
    "rows the sex is known.",
    unit="rows",
    wrong={
        344: "344 is the number of rows. Each row has a place for the sex, but in some rows that "
        "place is empty. How many gaps does `sex` have?",
        11: "11 is how many are *missing*. How many of the 344 does that leave?",
        342: "342 have a known body mass: you took away its 2 gaps. Each column has gaps of its "
        "own; look at the line of `sex`.",
        331: "331 takes away 11 and then 2. But the 2 birds without measurements are among the 11 "
        "without a sex, so they are taken away already.",
        325: "325 takes away all 19 gaps of the table, whichever column they are in. "
        "For the sex, only the gaps in `sex` matter.",
        355: "355 is 344 + 11, more than there are rows. The gaps are part of the 344.",
        168: "168 is the males alone. A bird that is known to be female has a known sex too.",
        165: "165 is the females alone. A bird that is known to be male has a known sex too.",
    },
    hints=[
        "Find the line of `sex` in the overview above the video.",
        "Its number of gaps tells you in how many rows the sex is missing. In the others it is "
        "known.",
        "344 rows, 11 of them with a gap in `sex`: 344 − 11.",
    ],
    why='344 rows − 11 gaps = 333. `penguins["sex"].count()` gives it in one step, since '
    "`count()` skips gaps.",
)


# 3. Counting rows --------------------------------------------------------------------------------

# A prediction: a student who has said what will happen looks closer at what does.
size_counts = number(
    "**Predict, before you go on.** The shape of `raw` is `(344, 17)`. Which number will "
    "`raw.size` give?",
    answer=5848,
    otherwise="`size` counts every cell of the table, filled or empty. Each of the 344 rows "
    "has 17 of them.",
    wrong={
        344: "344 is the number of rows, and the name `size` does sound like it. But `size` "
        "counts something smaller than a row. What is a row made of?",
        17: "17 is the number of columns. `size` counts something smaller than a column. "
        "What is a column made of?",
        361: "361 is 344 + 17, rows and columns added up. Think of a page of squared paper, 344 "
        "lines of 17 squares: how many squares?",
        2752: "2,752 is the size of `penguins`, 344 × 8. How many columns does `raw` have?",
        5512: "5,512 is how many cells of `raw` are *filled*. `size` counts the 336 empty ones "
        "as well.",
    },
    hints=[
        "The shape has two numbers, and `size` is one. How could it come from both?",
        "`size` counts cells: the places where a row and a column meet.",
        "344 rows with 17 cells each: multiply.",
    ],
    why="344 × 17 = 5,848: `size` counts cells, empty ones too. To count rows, use `len(raw)`.",
)

different_birds = choice(
    "344 rows, 190 different labels, and the three rows of `N67A1` above. What may you write in "
    "a report?",
    right(
        "344 records; how many different birds they are, the table cannot say",
        "Yes. The label was given again to other birds, so it cannot show you who came back. "
        "You say what was recorded, and you say where that knowledge ends.",
    ),
    wrong(
        "190 birds, many of them met in several seasons",
        "Then the bird `N67A1` was a Chinstrap female in 2007, a Chinstrap male in 2008 and an "
        "Adelie female in 2009. And 94 of the 190 labels stand with more than one species. "
        "What does that say about the label?",
    ),
    wrong(
        "344 different birds",
        "Within one season no label repeats, so there you may count birds. But a bird of "
        "2007 may have come back in 2008, at another nest and with another label. "
        "Would you see it in this table?",
    ),
    wrong(
        "190 birds; the other 154 rows are copies and should go",
        "Compare the three rows of `N67A1`: they are no copies, and `raw.duplicated().sum()` finds "
        "none in the whole table. Keep only the first row of each label, and 104 of the 124 "
        "Gentoos are gone; the mean body mass falls from 4,201.75 g to 3,852.91 g.",
    ),
    hints=[
        "Look at the three rows of `N67A1`, column by column: species, island, date, sex.",
        "Can one animal be all three rows? Then ask what that means for the label.",
        "Counting a label that is given out again counts labels, not birds. Choose the sentence "
        "that claims no more than you know.",
    ],
)


# 4. Gaps -----------------------------------------------------------------------------------------

# Code: the notebook holds the `starter` in a cell right above the check, word for word. The student
# finishes the function there, and it is called with each case. The cases are small columns
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


share_missing(penguins["body_mass_g"])""",
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
            pd.Series([1.0, None, None, 4.0, 5.0, 6.0, 7.0]),
            because="Here, 2 of 7 values are gaps: keep all the decimals.",
        ),
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
""": "You divide by the *known* values, since `count()` skips gaps. For `Comments` that gives 290 / "
        "54 = 5.37, as if more than the whole column were missing. Divide by all values.",
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
    why="Gaps divided by all values, known or not. `column.isna().mean()` is the short form, "
    "since True counts as 1.",
)

filled_with_zero = choice(
    "**Predict, before you go on.** The column `Delta 13 C (o/oo)` of `raw` was measured in the "
    "birds' blood. You need to know only this: its 331 known values are **all below zero**, their "
    "mean is −25.69, and 13 values are missing. Somebody writes 0 into the 13 gaps. What "
    "happens to the mean?",
    right(
        "It rises, to −24.72.",
        "Yes. The sum stays and the count grows from 331 to 344, so the mean moves *towards 0*: down for "
        "masses, up for values below zero. A gap that is filled with 0 is wrong in both. "
        '`raw["Delta 13 C (o/oo)"].fillna(0).mean()` computes it.',
    ),
    wrong(
        "It falls, as the mean of the masses did.",
        "The masses were all above 0, and the zeros pulled their mean down towards 0. These values "
        "are all below 0. Divide the same negative sum by 344 instead of 331: where does it go?",
    ),
    wrong(
        "It stays at −25.69, since adding 0 changes nothing.",
        "You are right about the sum: it stays at −8,502.16. But a mean divides the sum by how "
        "many values there are, and with the zeros there are 13 more. Divide again.",
    ),
    wrong(
        "It goes halfway to 0, to −12.84.",
        "−12.84 is the middle of −25.69 and 0, as if the 13 zeros counted as much as all 331 "
        "measured values together. Each zero is one value among 344.",
    ),
    hints=[
        "A mean is a sum divided by a count. Look at each of the two by itself.",
        "The zeros leave the sum, −8,502.16, as it is. What do they do to the count of 331?",
        "It was −8,502.16 / 331. Now it is −8,502.16 / 344. Which of the two is nearer to 0?",
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


mean_known(penguins["flipper_length_mm"])""",
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
    why="The sum of the known values divided by how many are known, 200.92 mm for the flippers. "
    "`column.mean()` does both.",
)


# 5. A summary that fits --------------------------------------------------------------------------

# A text: case, spaces and quotes do not matter, and `answer` lists what is as good. Students write
# the other six names with their unit or without it, so the loop below makes a message for both.
_AMOUNTS = {
    "Culmen Length (mm)": "43.92 mm",
    "Culmen Depth (mm)": "17.15 mm",
    "Flipper Length (mm)": "200.92 mm",
    "Body Mass (g)": "4,201.75 g",
    "Delta 15 N (o/oo)": "8.73 parts per thousand",
    "Delta 13 C (o/oo)": "−25.69 parts per thousand",
}
_NOT_THE_LABEL = {}
for _name, _mean in _AMOUNTS.items():
    _message = (
        f"`{_name}` holds amounts: “on average, {_mean}” does say something about these birds. "
        "Which of the seven names has no unit after it?"
    )
    _NOT_THE_LABEL[_name] = _message
    _NOT_THE_LABEL[_name.split(" (")[0]] = _message

not_an_amount = text(
    "pandas has averaged seven columns of `raw`. **One** of these means says nothing about any "
    "penguin. Type the name of its column.",
    answer=["Sample Number", 'raw["Sample Number"]', "sample numbers", "SampleNumber"],
    otherwise="Take one of the seven names above. Say for each: “on average, these penguins "
    "have a ... of ...”. Which sentence makes no sense?",
    wrong={
        **_NOT_THE_LABEL,
        "Sample": "You have found it. Now type its whole name: it has a second word.",
        "year": "`year` is such a label, but in `penguins`. `raw` has another: look through its "
        "seven means.",
        "Individual ID": "`Individual ID` is a label, you are right, but it is text, and pandas does "
        "not average text. The one to find is stored as *numbers*.",
    },
    hints=[
        "Read the seven names again. Which of them was not measured on a bird?",
        "An amount has a unit. Six of the seven names end in theirs, in brackets.",
        "Somebody numbered the samples: 1, 2, 3 and so on. What would the mean of these "
        "numbers tell you about a bird?",
    ],
    why="Yes: `Sample Number` is a label written in digits. Its mean, 63.15, says how the samples "
    "were numbered, and nothing about penguins.",
)

# A table: what the student's code makes is compared with what the solution makes. With this
# tolerance, a mean that is rounded to two decimals is as good.
_CHOSEN = 'chosen = raw[["Body Mass (g)", "Delta 15 N (o/oo)", "Delta 13 C (o/oo)"]]\n'

report = table(
    "**Now on your own.** Take three columns of `raw`: the body mass, and two values from the blood, "
    "which hint at what the birds ate (o/oo means parts per thousand). Make the table `report` with "
    "**one row for each of the three**, and with the columns `known`, `missing` and `mean`, in this "
    "order.",
    frame="report",
    tolerance=5e-4,
    starter="""\
# Choose the columns
chosen = raw[["Body Mass (g)", "Delta 15 N (o/oo)", "Delta 13 C (o/oo)"]]

# Put their counts and means side by side
report = ...
report""",
    solution="""\
# Choose the columns
chosen = raw[["Body Mass (g)", "Delta 15 N (o/oo)", "Delta 13 C (o/oo)"]]

# Put their counts and means side by side
report = pd.DataFrame({
    "known": chosen.count(),
    "missing": chosen.isna().sum(),
    "mean": chosen.mean(),
})
report
""",
    passes=[
        _CHOSEN
        + """\
report = pd.DataFrame({
    "known": chosen.notna().sum(),
    "missing": len(raw) - chosen.count(),
    "mean": (chosen.sum() / chosen.count()).round(2),
})
""",
    ],
    wrong={
        _CHOSEN
        + """\
report = pd.DataFrame({
    "known": len(chosen),
    "missing": chosen.isna().sum(),
    "mean": chosen.mean(),
})
""": "`known` says 344 in each row: `len` counts rows, gaps included. Known and missing should "
        "make 344 together. Which count skips gaps?",
        _CHOSEN
        + """\
report = pd.DataFrame({
    "known": chosen.size,
    "missing": chosen.isna().sum(),
    "mean": chosen.mean(),
})
""": "`known` says 1,032 in each row: `size` counts all cells, here 344 × 3. Known and missing should "
        "make 344 together. Which count skips gaps, column by column?",
        _CHOSEN
        + """\
report = pd.DataFrame({
    "known": chosen.nunique(),
    "missing": chosen.isna().sum(),
    "mean": chosen.mean(),
})
""": "`known` says 94 for the body mass: `nunique()` counts *different* values. Two birds of the same "
        "mass are still two birds. Count all known values.",
        _CHOSEN
        + """\
report = pd.DataFrame({
    "known": chosen.count(),
    "missing": chosen.isna().count(),
    "mean": chosen.mean(),
})
""": "`missing` says 344 in each row. `isna()` answers True or False for every cell, and "
        "`count()` counts all these answers. To count the True ones, add them up.",
        _CHOSEN
        + """\
report = pd.DataFrame({
    "known": chosen.isna().sum(),
    "missing": chosen.count(),
    "mean": chosen.mean(),
})
""": "`known` and `missing` have changed places: 2 known masses and 342 missing? `count()` counts "
        "what is known.",
        _CHOSEN
        + """\
report = pd.DataFrame({
    "known": chosen.count(),
    "missing": chosen.isna().sum(),
    "mean": chosen.fillna(0).mean(),
})
""": "The counts are right. The means, 4,177.33, 8.38 and −24.72, lie too near to 0, because gaps "
        "were counted as zeros. Take the mean of the known values only.",
        _CHOSEN
        + """\
chosen = chosen.dropna()
report = pd.DataFrame({
    "known": chosen.count(),
    "missing": chosen.isna().sum(),
    "mean": chosen.mean(),
})
""": "`missing` says 0 and `known` says 330 in each row: `dropna()` threw out every row that has a gap "
        "anywhere, and 12 known masses with them. Count first, on the whole columns.",
        _CHOSEN
        + """\
report = pd.DataFrame({
    "known": chosen.count(),
    "missing": chosen.isna().sum(),
    "mean": chosen.median(),
})
""": "The counts are right. In `mean` stands the median, the value in the middle: 4,050 g for the "
        "masses. Here, the mean is wanted.",
        _CHOSEN
        + """\
report = pd.DataFrame({
    "known": chosen.count(),
    "missing": chosen.isna().sum(),
    "mean": chosen.mean(),
}).T
""": "The numbers are right, but rows and columns have changed places (`.T` turns a table over). "
        "One row for each of the three was asked for.",
        """\
measured = penguins[["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]]
report = pd.DataFrame({
    "known": measured.count(),
    "missing": measured.isna().sum(),
    "mean": measured.mean(),
})
""": "This is the table of the four measurements again: its lines still say `measured`. "
        "The three columns asked for are in `chosen`.",
    },
    # The same wrong table as `fillna(0)` makes, by another way.
    fails={
        _CHOSEN
        + """\
report = pd.DataFrame({
    "known": chosen.count(),
    "missing": chosen.isna().sum(),
    "mean": chosen.sum() / len(chosen),
})
""": "gaps were counted as zeros",
    },
    hints=[
        "The table of the four measurements above has the same three columns. Which word in its "
        "lines says where the numbers come from?",
        "`pd.DataFrame({...})` takes a name and a column for each entry. The three columns come "
        "from `count()`, `isna().sum()` and `mean()`.",
        "Begin with `report = pd.DataFrame({` and a first entry, "
        '`"known": chosen.count(),`. Add `"missing"` and `"mean"` in the same way, then close '
        "with `})`.",
    ],
    why="Each pair of counts makes 344, and each mean has its count beside it. The masses are as "
    "you knew them: 342 known, 2 missing, 4,201.75 g on average.",
)
