"""The checks of the lesson "Select and filter".

Two skills are practised three times, each time with less help and on other columns:

    filtering rows and choosing columns   worked for body_mass_g and species, gaps to fill for island
                                          and flipper_length_mm (long_flippers), own code for the
                                          blood and the flippers of `raw` (lost)
    counting without losing the gaps      worked for body_mass_g, repaired for sex (count_others),
                                          own code for any column of numbers (account)

When a message quotes a wrong number, that is the number that pandas gives a student who thinks
that way; tests/test_lesson_02.py computes each of them again.
"""

from pathlib import Path

import numpy as np  # noqa: F401 - some of the sources below need it
import pandas as pd

from kit.checks import (
    blanks,
    called,
    case,
    choice,
    code,
    gap,
    holds,
    match,
    number,
    pattern,
    reflect,
    right,
    table,
    variants,
    wrong,
)

# The tables and libraries of the lesson, under the names that they have in the notebook: a
# student's code, and the sources in this file, may use them.
DATA = Path(__file__).parent / "data"
penguins = pd.read_csv(DATA / "penguins.csv")
raw = pd.read_csv(DATA / "penguins_raw.csv")

# Which check practises which objective of the title cell, under the first words of its line.
OBJECTIVES = {
    "pick out rows and columns": ["zero_to_five", "what_comes_back", "long_flippers", "lost"],
    "write conditions": ["long_flippers", "left_out", "count_others"],
    "account for every row": [
        "other_half",
        "fill_the_account",
        "left_out",
        "account",
        "lost",
        "two_halves",
    ],
}

# No mistake, though it looks like one: joined to a condition by `&`, a column of numbers counts as
# True where there is a number other than 0, and as False where there is a gap.
EQUIVALENT = {"lost": ["measured = raw['Flipper Length (mm)']"]}

# The numbers of the text that no cell of the notebook shows.
_mass = penguins["body_mass_g"]
_gentoo = penguins["species"] == "Gentoo"
NUMBERS = [
    4000,  # grams: the limit of the opening question
    (_mass >= 4000).sum(),
    (_mass > 4000 & penguins["sex"].isna()).sum(),  # without brackets, as the text warns
    *penguins.groupby("species")["body_mass_g"].count(),
    _mass[_gentoo].min(),
    _mass[~_gentoo].max(),
]


# 1. Rows and columns -----------------------------------------------------------------------------

# A prediction: the result stands in the feedback alone, so that it is there after the thought.
zero_to_five = choice(
    "**Predict, before you run anything.** What does `penguins.loc[0:5]` give?",
    right(
        "the rows 0 to 5, and row 5 is one of them",
        "Yes, 6 rows. `loc` goes by labels, and a label is a name: *from 0 to 5* takes in both "
        "ends.",
    ),
    wrong(
        "the rows 0 to 4, as `[0:5]` does with a list",
        "A list gives 5 values, since it counts positions and leaves out the end. `loc` gives 6 "
        "rows: it goes by labels. On a list of names, “from Ann to Eve” includes Eve.",
    ),
    wrong(
        "two rows, 0 and 5",
        "A colon means a stretch, with all that lies in between: it gives 6 rows. The two rows alone "
        "are `penguins.loc[[0, 5]]`, a list of labels.",
    ),
    wrong(
        "the rows 1 to 5, since the first row is row 1",
        "Look at the table above: its first row is labelled 0. The stretch from 0 to 5 has 6 "
        "labels. Which of them did you leave out?",
    ),
    hints=[
        "Look at the bold labels in the table above. With which one does it begin?",
        "`loc` goes by labels, and labels are names. When you say “from Ann to Eve”, does Eve come?",
        "Write down the labels from 0 to 5. For names, both ends belong to the stretch.",
    ],
)

# Reading before writing: each line of code goes with what comes back. `wrong` has words for the
# pairs that a misconception makes.
what_comes_back = match(
    "What comes back? Give each line of code its result. Two results are left over.",
    pairs={
        '`penguins["year"]`': "one column, a Series of 344 values",
        '`penguins[["year"]]`': "a table with 344 rows and 1 column",
        "`penguins.loc[40:50]`": "a table with 11 rows",
        "`penguins.iloc[40:50]`": "a table with 10 rows",
        '`penguins.loc[40, "year"]`': "a single value",
    },
    distractors=["a list with one name in it", "a table with 2 rows"],
    wrong={
        (
            '`penguins["year"]`',
            "a table with 344 rows and 1 column",
        ): "One name in quotes gives the column itself, a Series. For a table, ask with a list.",
        (
            '`penguins[["year"]]`',
            "one column, a Series of 344 values",
        ): "The inner pair of brackets makes a list of names. A list gives a table, even when it holds "
        "one name.",
        (
            '`penguins[["year"]]`',
            "a list with one name in it",
        ): 'The inner part, `["year"]`, is such a list. But you hand it to `penguins`, and back come '
        "the columns that it names.",
        (
            "`penguins.loc[40:50]`",
            "a table with 10 rows",
        ): "10 is what a list would give. `loc` goes by labels, and the label 50 belongs to it.",
        (
            "`penguins.iloc[40:50]`",
            "a table with 11 rows",
        ): "11 would include the end. `iloc` counts positions, as a list does, and stops before 50.",
        (
            "`penguins.loc[40:50]`",
            "a table with 2 rows",
        ): "The colon means the whole stretch. Two rows alone would be `penguins.loc[[40, 50]]`.",
        (
            "`penguins.iloc[40:50]`",
            "a table with 2 rows",
        ): "The colon means the whole stretch. Two rows alone would be `penguins.iloc[[40, 50]]`.",
        (
            '`penguins.loc[40, "year"]`',
            "a list with one name in it",
        ): "Row 40, column `year`: one row and one column meet in one cell. What is in a cell?",
        (
            '`penguins.loc[40, "year"]`',
            "one column, a Series of 344 values",
        ): "Before the comma stands *one* label, 40. How many rows are that, and how many columns?",
    },
    otherwise="Look at one line at a time: how many rows does it ask for, how many columns, and is "
    "there a list in it?",
    hints=[
        "First tell the lines with a colon from those with a name in quotes.",
        "`loc` goes by labels and takes in both ends; `iloc` goes by positions and leaves the end out. "
        "A list of names gives a table.",
        "From 40 to 50 with both ends are eleven labels; without the end, ten positions. One row and "
        "one column meet in one cell.",
    ],
    why="Labels take in both ends, positions leave the end out. One name gives a Series, a list of "
    "names a table, and one row with one column a single value.",
)


# 2. A question to every row ----------------------------------------------------------------------

# A prediction again, this time with “How sure are you?”: who was sure and wrong remembers it best.
other_half = choice(
    "**Predict, before you go on.** `heavy.sum()` gave 172, half of the 344 rows. How many rows will "
    'answer `True` to `penguins["body_mass_g"] <= 4000`?',
    right(
        "fewer than 172",
        "Yes: 170. And 172 + 170 = 342, so two rows answer `False` to both questions. They are the two "
        "without a mass. A little further on you meet them.",
    ),
    wrong(
        "172, the other half",
        "It gives 170. Together that makes 342 of 344 rows. Every *number* is above 4,000 or it is "
        "not; but does every row have a number? Remember the gaps of `body_mass_g`.",
    ),
    wrong(
        "more than 172, since 4,000 itself counts, too",
        "It gives 170. The 5 rows of exactly 4,000 g are among them, you are right. But they are "
        "no extra: they were not among the 172 before. And some rows are on neither side: which?",
    ),
    wrong(
        "none: a column with gaps stops with an error",
        "It gives 170, without an error. The same column, gaps and all, gave you the 172 above. What "
        "might a gap answer to a question about its size?",
    ),
    confidence=True,
    hints=[
        "Are there only two sorts of rows, above 4,000 and not above?",
        "In the lesson before, `penguins.isna().sum()` counted the gaps of each column. `body_mass_g` "
        "has some.",
        "A gap is neither more than 4,000 nor at most 4,000. So what is left for `<=`, when 172 and "
        "the gaps are taken away?",
    ],
)


# 3. Two conditions at once -----------------------------------------------------------------------

# Between the worked example and own code: the steps are there, and what matters is left out.
long_flippers = blanks(
    "**Complete the filter.** It keeps the rows from Dream **or** Torgersen whose flipper is "
    "**at least** 195 mm long, with the two columns `island` and `flipper_length_mm`, in this order.",
    """\
# Give each condition a name
dream = penguins["island"] {{same}} "Dream"
torgersen = penguins["island"] == "Torgersen"
long_flipper = penguins["flipper_length_mm"] {{least}} 195

# Keep the rows that fit, and two columns
penguins.loc[{{rows}}, {{columns}}]""",
    gaps={
        "same": gap(
            "==",
            wrong={
                "=": "One `=` gives a name to a value. A *question*, are they equal?, has two.",
                "is": "`is` asks whether two things are one and the same object. To compare each "
                'row\'s text with `"Dream"`, use two equals signs.',
            },
        ),
        "least": gap(
            ">=",
            wrong={
                ">": "`>` leaves out the 15 rows whose flipper is exactly 195 mm: 56 rows instead of 71. "
                "*At least* includes the limit.",
                "<=": "That is *at most*: the short ones. Which way round is *at least*?",
                "=>": "Python writes this sign the other way round, as you say it: greater, or equal.",
            },
        ),
        "rows": gap(
            "(dream | torgersen) & long_flipper",
            also=[
                "(torgersen | dream) & long_flipper",
                "long_flipper & (dream | torgersen)",
                "long_flipper & (torgersen | dream)",
                "((dream | torgersen) & long_flipper)",
                "((dream) | (torgersen)) & (long_flipper)",
                "(dream & long_flipper) | (torgersen & long_flipper)",
                "dream & long_flipper | torgersen & long_flipper",
            ],
            wrong={
                "dream | torgersen & long_flipper": "That keeps 142 rows instead of 71: *all* 124 of "
                "Dream, however short, and the 18 long ones of Torgersen. `&` goes before `|`, "
                "unless brackets say otherwise.",
                "torgersen | dream & long_flipper": "That keeps 105 rows instead of 71: *all* 52 of "
                "Torgersen, however short, and the 53 long ones of Dream. `&` goes before `|`, "
                "unless brackets say otherwise.",
                "dream & torgersen & long_flipper": "That keeps 0 rows: none is from both islands. In "
                "words we say “the rows of Dream and of Torgersen”; each single row is from one "
                "*or* the other.",
                "(dream & torgersen) & long_flipper": "That keeps 0 rows: none is from both islands. In "
                "words we say “the rows of Dream and of Torgersen”; each single row is from one "
                "*or* the other.",
                "dream | torgersen | long_flipper": "That keeps 308 rows: a long flipper alone is now "
                "enough, on any island. The flipper is a *second* condition, which must hold, too.",
                "(dream | torgersen) | long_flipper": "That keeps 308 rows: a long flipper alone is now "
                "enough, on any island. The flipper is a *second* condition, which must hold, too.",
                "(dream or torgersen) and long_flipper": "With `or` and `and` your code stops: they want "
                "a single True or False, and here are 344. The signs for conditions are `|` and `&`.",
                "dream or torgersen and long_flipper": "With `or` and `and` your code stops: they want "
                "a single True or False, and here are 344. The signs for conditions are `|` and `&`.",
                "dream | torgersen": "These are all 176 rows of the two islands. The flipper is missing.",
                "long_flipper": "These are the 203 long flippers of all three islands. Which two "
                "islands were asked for?",
            },
        ),
        "columns": gap(
            '["island", "flipper_length_mm"]',
            also=["['island', 'flipper_length_mm']", '("island", "flipper_length_mm")'],
            wrong={
                '"island", "flipper_length_mm"': "After the comma, `loc` takes one thing. Two names "
                "become one thing in a list: which brackets make a list?",
                '["flipper_length_mm", "island"]': "Both columns are there. The order asked for is "
                "`island` first.",
                '[["island", "flipper_length_mm"]]': "In `penguins[[...]]` the outer pair belongs to "
                "`penguins`. Here `loc` has that pair already: one pair is enough for the list.",
            },
        ),
    },
    code=True,
    otherwise="Compare it with the two examples above: the one with `heavy`, and the one with brackets.",
    hints=[
        "Look at the two worked examples above: how do they compare, how do they join, and what stands "
        "after the comma?",
        "First one island *or* the other, then *and* the flipper: brackets settle what comes first. "
        "Several columns go into a list.",
        "The rows: put the two islands, joined by `|`, into round brackets, and join `long_flipper` to "
        "them with `&`. The columns: two names in quotes, in square brackets.",
    ],
    why="71 rows: the brackets settle “one island or the other” first. Of the long flippers, 18 are "
    "from Torgersen and 53 from Dream.",
)


# 4. Who disappears? ------------------------------------------------------------------------------

# In the film: at the end of the chapter "Worked example: make an account".
fill_the_account = number(
    "Another account of the 344 rows: 148 flippers are longer than 200 mm, and 2 were never measured. "
    "**How many flippers are at most 200 mm long?**",
    answer=194,
    otherwise="The three counts of an account make all rows together: those that fit, those that do not, "
    "and those of which nobody knows.",
    unit="rows",
    wrong={
        196: called(
            "not more taken for at most",
            "196 is 344 − 148, all rows that are not known to be longer. The 2 that nobody measured are "
            "among them. Of these, nobody knows.",
        ),
        342: "342 is how many flippers are known. The long ones are among them.",
        198: "198 is 344 − 148 + 2: you put the 2 gaps on the other side. They belong to neither side.",
        492: "492 is 344 + 148, more than the table has rows.",
    },
    passes=["194 rows"],
    fails={"146": "The three counts of an account"},
    hints=[
        "Step 4 of the account: which number must all three make together?",
        "You know two of the three counts, and their sum.",
        "Take 148 and 2 away from 344.",
    ],
    why="148 + 194 + 2 = 344: every row belongs to one of the three, and to no second one.",
)

# A drill: six rows are drawn anew each time, and with them one of three conditions. `draw` is where
# the chance comes from; the same seed gives the same rows to everybody.
_SPECIES = ("Adelie", "Chinstrap", "Gentoo")


def _six_rows(draw):
    """Six made-up rows, as (species, sex, mass), and a limit; None is a gap.

    One mass is the limit itself, one is a gap; one sex is a gap.
    """
    limit = draw.choice([3500, 3800, 4000, 4200])
    more, less = (draw.sample(range(100, 900, 50), 2) for _ in range(2))
    masses = [limit, None, *(limit + each for each in more), *(limit - each for each in less)]
    sexes = ["female", "female", "female", "male", "male", None]
    species = [*_SPECIES, *_SPECIES]
    for column in (masses, sexes, species):
        draw.shuffle(column)
    return list(zip(species, sexes, masses, strict=True)), limit


def _says_not_more(row, limit):
    """For `~(mass > limit)`: is this row left out, and what to say about it."""
    mass = row[2]
    if mass is None:
        return False, (
            f"Its mass is a gap, so `> {limit}` says False, and `~` turns that into True. The row "
            "is kept, though nobody knows its mass."
        )
    if mass > limit:
        return True, f"{mass} is more than {limit}. That is True, and `~` turns it into False."
    if mass == limit:
        return False, (
            f"{mass} is not *more* than {limit}, so `>` says False. `~` turns that into True: the "
            "row is kept."
        )
    return False, (
        f"`{mass} > {limit}` says False, and `~` turns that into True: the row is kept. Did you "
        "tick the rows that stay?"
    )


def _says_unequal(row, _limit):
    """The same for `sex != "male"`."""
    sex = row[1]
    if sex is None:
        return False, (
            "Its sex is a gap. A gap is unequal to everything, so `!=` says True and the row is "
            "kept, though nobody knows whether it is a male."
        )
    if sex == "male":
        return True, 'It is a male, so `!= "male"` says False.'
    return False, f'To a female {row[0]}, `!= "male"` says True: the row is kept.'


def _says_without_brackets(row, limit):
    """The same for `adelie | chinstrap & heavy`: & goes first, so every Adelie is kept."""
    species, _, mass = row
    if species == "Adelie":
        return False, (
            f"An Adelie is kept whatever its mass is, here {mass or 'unknown'}. Without brackets `&` "
            "goes first, so `heavy` is asked of the Chinstraps alone."
        )
    if species == "Gentoo":
        return True, "A Gentoo is neither an Adelie nor a Chinstrap."
    if mass is None:
        return True, "A Chinstrap is kept when it is heavy, and to `heavy` a gap says False."
    if mass > limit:
        return False, f"It is a Chinstrap of {mass} g, more than {limit}: the row is kept."
    return True, f"It is a Chinstrap of {mass} g, which is not more than {limit}."


@variants(seed=8)
def left_out(draw):
    rows, limit = _six_rows(draw)
    condition, says = draw.choice(
        [
            (f'`birds.loc[~(birds["mass"] > {limit})]`', _says_not_more),
            ('`birds.loc[birds["sex"] != "male"]`', _says_unequal),
            ("`birds.loc[adelie | chinstrap & heavy]`", _says_without_brackets),
        ]
    )
    names = (
        f" (`heavy` asks whether the mass is more than {limit}.)" if "heavy" in condition else ""
    )
    options = []
    for row in rows:
        species, sex, mass = row
        is_left_out, because = says(row, limit)
        make = right if is_left_out else wrong
        options.append(make(f"{species}, {sex or 'sex NaN'}, mass {mass or 'NaN'}", because))
    return choice(
        f"Here are six made-up rows of a table `birds`. Tick **every row that {condition} leaves "
        f"out.**{names}",
        *options,
        many=True,
        hints=[
            "Go from row to row, and put the question to each: True or False?",
            "To `>`, a gap says False; to `!=`, it says True. `~` turns both answers over. `&` goes "
            "before `|`.",
            "Write True or False beside each row, gaps included, and tick the False ones.",
        ],
        why="Yes: each row that is left out answered False in the end, and each gap went where the "
        "sign sent it. Another one?",
    )


# A repair: the starter runs without an error and gives a wrong number. (Left as it is, it counts
# as not attempted.)
count_others = code(
    "**Repair this function.** It is meant to count the values that are *known* and are not `label`. "
    'It stops with no error. But for `penguins["sex"]` and `"male"` it gives 176, and there are not '
    "that many females. Find the cause and mend it.",
    function="count_others",
    starter="""\
def count_others(column, label):
    # Ask each value: is it another one?
    other = column != label

    # Count the values that answer True
    return other.sum()


count_others(penguins["sex"], "male")""",
    solution="""\
def count_others(column, label):
    # Ask each value: is it another one, and is it known?
    other = (column != label) & column.notna()

    # Count the values that answer True
    return other.sum()
""",
    passes=[
        """\
def count_others(column, label):
    known = column.dropna()
    return (known != label).sum()
""",
        """\
def count_others(column, label):
    return column.count() - (column == label).sum()
""",
        """\
def count_others(column, label):
    other = column != label
    return other.sum() - column.isna().sum()
""",
    ],
    # Small columns made up here, so that a function with the numbers of the penguins in it fails.
    cases=[
        case(
            pd.Series(["female", None, "male", "female"]),
            "male",
            because="Two values are known and are not male; the gap is not one of them.",
        ),
        case(
            pd.Series(["Dream", "Biscoe", "Biscoe"]),
            "Biscoe",
            because="No gap here: one value is another one.",
        ),
        case(
            pd.Series([None, "Yes", None, None, "No", "No"]),
            "Yes",
            because="Three gaps, and two values that are known and are not Yes.",
        ),
        case(
            pd.Series(["male", None, "male"]),
            "male",
            because="No value is known to be another one.",
        ),
        case(
            pd.Series([2007.0, 2009.0, None, 2008.0, 2009.0]),
            2009.0,
            because="It works for numbers, too: here, two values are others.",
        ),
    ],
    # Misconceptions that give the same results as others, or an error, are known by their code: `_` in a
    # `pattern` stands for anything.
    wrong={
        pattern(
            "_ != _ & _",
            example="""\
def count_others(column, label):
    other = column != label & column.notna()
    return other.sum()
""",
        ): called(
            "comparison without brackets",
            "`&` goes before `!=`, so Python first tries `label & column.notna()`, and stops. Put the "
            "comparison into brackets.",
        ),
        pattern(
            "_ != np.nan",
            example="""\
def count_others(column, label):
    other = (column != label) & (column != np.nan)
    return other.sum()
""",
        ): called(
            "compared with nan",
            "Still 176 for the sexes: `!= np.nan` is True for every value, gaps included, so it "
            "leaves nothing out. Ask with `notna()`.",
        ),
        pattern(
            "_ | _",
            example="""\
def count_others(column, label):
    other = (column != label) | column.notna()
    return other.sum()
""",
        ): called(
            "or for and",
            "With `|` one of the two is enough, and each value fits one of them: 344 for the sexes. "
            "Both must hold.",
        ),
        """\
def count_others(column, label):
    return len(column) - (column == label).sum()
""": called(
            "gap counted as another value",
            "Still as at the start: 176 for the sexes. All rows without the males are the females "
            "*and* the 11 gaps. Ask a second question, whether the value is known.",
        ),
        """\
def count_others(column, label):
    return (column == label).sum()
""": "That counts the ones that *are* `label`: 168 males. The others are wanted, as long as they are "
        "known.",
        """\
def count_others(column, label):
    return (column == "female").sum()
""": 'Right for the sexes, and for no other column: `count_others(penguins["island"], "Dream")` '
        "would be 0. Write the function with `label` and without the word female.",
        """\
def count_others(column, label):
    return column.notna().sum()
""": "That counts all known values, 333 for the sexes, with the males among them. *Join* the two "
        "questions: another one, **and** known.",
        """\
def count_others(column, label):
    other = (column != label) & column.isna()
    return other.sum()
""": "That counts the gaps alone, 11 for the sexes. `isna()` asks for gaps; which is its opposite?",
        """\
def count_others(column, label):
    other = (column != label) and column.notna()
    return other.sum()
""": called(
            "and for &",
            "`and` wants a single True or False, and a column has one for each row: so it stops with a "
            "`ValueError`. Join conditions with `&`, and keep the brackets.",
        ),
        """\
def count_others(column, label):
    other = (column != label) & column.notna()
    return other.count()
""": "The condition is right. But `count()` counts every answer, the False ones too: 344 for the sexes. "
        "`sum()` counts the True ones.",
        """\
def count_others(column, label):
    return (column != label).sum() - 11
""": "11 gaps is right for the sexes, and for no other column. Ask `column` itself which values are "
        "known.",
    },
    hints=[
        "To `!=`, which rows answer True? Think of all three sorts: males, females, gaps.",
        "Two questions must hold together: the value is another one, and it is known. `notna()` asks "
        "the second one; `&` joins them.",
        "In the line of `other`, put round brackets around `column != label`, and after them "
        "`& column.` with the question whether a value is known.",
    ],
    why="Both must hold: another value, and a known one. Now it gives the 165 females; the 11 rows of "
    "which nobody knows the sex are no longer among them.",
)

# Own code. `properties` hold for any column: the kit makes up columns and looks for one for which
# the counts do not make all rows together.
account = code(
    "**Finish the function.** `account(column, limit)` gives back three counts: how many values are "
    "more than `limit`, how many are at most `limit`, and how many are missing. The line with "
    "`return`, which puts them into a Series with a name for each, is right as it is.",
    function="account",
    starter="""\
def account(column, limit):
    # Count the values of more than the limit
    more = ...

    # Count the values up to the limit
    up_to = ...

    # Count the gaps
    unknown = ...

    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})


account(penguins["bill_depth_mm"], 18)""",
    solution="""\
def account(column, limit):
    # Count the values of more than the limit
    more = (column > limit).sum()

    # Count the values up to the limit
    up_to = (column <= limit).sum()

    # Count the gaps
    unknown = column.isna().sum()

    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})
""",
    passes=[
        """\
def account(column, limit):
    known = column.dropna()
    more = len(known[known > limit])
    counts = [more, len(known) - more, len(column) - len(known)]
    return pd.Series(counts, index=["more", "up to", "unknown"])
""",
        """\
def account(column, limit):
    more = (column > limit).sum()
    up_to = (~(column > limit) & column.notna()).sum()
    unknown = len(column) - more - up_to
    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})
""",
    ],
    cases=[
        case(
            pd.Series([17.5, 18.9, None, 20.1, 15.0]),
            18,
            because="More than 18: two. At most 18: two. One gap.",
        ),
        case(
            pd.Series([39.1, 40.0, 40.0, 46.2]),
            40,
            because="A value of exactly 40 is at most 40. No gap here.",
        ),
        case(pd.Series([None, 210.0, None, None]), 200, because="Three gaps and one long flipper."),
        case(
            pd.Series([-24.7, -26.1, None]),
            -25,
            because="Values below zero are values: −24.7 is more than −25.",
        ),
        case(
            pd.Series([3500.0, None, 3900.0, 4000.0, None]),
            4000,
            because="No value is more than 4,000; three are at most 4,000; two are gaps.",
        ),
    ],
    properties=[
        holds(
            "the three counts make all values together",
            # Columns of up to eight numbers and gaps (None).
            given=lambda st: [
                st.lists(st.none() | st.integers(0, 9), max_size=8),
                st.integers(0, 9),
            ],
            check=lambda account, values, limit: (
                account(pd.Series(values, dtype=float), limit).sum() == len(values)
            ),
            because="Every row belongs to one of the three, and to no second one.",
        )
    ],
    wrong={
        """\
def account(column, limit):
    more = (column > limit).sum()
    up_to = (~(column > limit)).sum()
    unknown = column.isna().sum()
    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})
""": called(
            "not more taken for at most",
            "The gaps are counted twice, among `up_to` and among `unknown`: for the bill depths you get 130 "
            "+ 214 + 2 = 346, and there are 344 rows. `~` turns the False of a gap into True. Ask for "
            "*at most* with its own sign.",
        ),
        """\
def account(column, limit):
    more = (column > limit).sum()
    up_to = (column < limit).sum()
    unknown = column.isna().sum()
    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})
""": called(
            "limit left out",
            "The values that are exactly the limit belong nowhere: for the bill depths you get 130 + 207 + "
            "2 = 339, and there are 344 rows. *At most* includes the limit.",
        ),
        """\
def account(column, limit):
    more = (column >= limit).sum()
    up_to = (column <= limit).sum()
    unknown = column.isna().sum()
    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})
""": "The values that are exactly the limit are counted twice: for the bill depths you get 135 + 212 + "
        "2 = 349, and there are 344 rows. *More than* leaves the limit out.",
        """\
def account(column, limit):
    more = (column >= limit).sum()
    up_to = (column < limit).sum()
    unknown = column.isna().sum()
    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})
""": "Your counts make all rows together, but the limit itself is on the wrong side: 18 is not *more "
        "than* 18. Which of the two signs needs the `=`?",
        """\
def account(column, limit):
    more = (column > limit).count()
    up_to = (column <= limit).count()
    unknown = column.isna().count()
    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})
""": called(
            "count for sum",
            "For the bill depths you get 344 three times: `count()` counts every answer, True or False. "
            "`sum()` adds up the True ones.",
        ),
        """\
def account(column, limit):
    more = (column > limit).sum()
    up_to = (column <= limit).sum()
    unknown = (column == np.nan).sum()
    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})
""": called(
            "compared with nan",
            "`== np.nan` finds 0 gaps, in any column: a gap is not even equal to itself. Which method "
            "asks for gaps?",
        ),
        """\
def account(column, limit):
    more = column > limit
    up_to = column <= limit
    unknown = column.isna()
    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})
""": "These are the answers, a True or a False for each row. Count the True ones: `.sum()` adds them up.",
    },
    # The first of the misconceptions, by subtraction.
    fails={
        """\
def account(column, limit):
    more = (column > limit).sum()
    up_to = len(column) - more
    unknown = column.isna().sum()
    return pd.Series({"more": more, "up to": up_to, "unknown": unknown})
""": "The gaps are counted twice",
    },
    hints=[
        "The three comments say what to count. Look at the limit itself: on which side is it?",
        "Each count is a condition in brackets and then `.sum()`. For the gaps, a method asks the "
        "question.",
        "The first one is `more = (column > limit).sum()`. The second has another sign, the third asks "
        "`column.isna()`.",
    ],
    why="Three questions that share no row and leave none out. For the bill depths: 130 + 212 + 2 = 344.",
)

# Own code on other columns, the third time that rows and columns are picked out together.
lost = table(
    "**Whose nitrogen value is missing, although the bird was measured?** From `raw`, make the table "
    "`lost`: the rows in which `Delta 15 N (o/oo)` is a gap and `Flipper Length (mm)` is known, with the "
    "columns `Species`, `Island` and `Comments`. Then read the comments.",
    frame="lost",
    starter="""\
# Ask every row two questions

# Keep the rows that answer True to both, and three columns
lost = ...
lost""",
    solution="""\
# Ask every row two questions
no_nitrogen = raw["Delta 15 N (o/oo)"].isna()
measured = raw["Flipper Length (mm)"].notna()

# Keep the rows that answer True to both, and three columns
lost = raw.loc[no_nitrogen & measured, ["Species", "Island", "Comments"]]
lost
""",
    passes=[
        """\
chosen = raw[raw["Delta 15 N (o/oo)"].isna() & raw["Flipper Length (mm)"].notna()]
lost = chosen[["Species", "Island", "Comments"]]
""",
        """\
known = raw.dropna(subset=["Flipper Length (mm)"])
lost = known.loc[known["Delta 15 N (o/oo)"].isna(), ["Species", "Island", "Comments"]]
""",
        """\
gap = raw["Delta 15 N (o/oo)"].isna()
lost = raw.loc[gap & ~raw["Flipper Length (mm)"].isna(), ["Species", "Island", "Comments"]]
""",
    ],
    wrong={
        """\
lost = raw.loc[raw["Delta 15 N (o/oo)"].isna(), ["Species", "Island", "Comments"]]
""": "14 rows: all that have no nitrogen value. Two of them are birds that were not measured at all. "
        "The second condition, a known flipper, is missing.",
        """\
no_nitrogen = raw["Delta 15 N (o/oo)"].isna()
measured = raw["Flipper Length (mm)"].notna()
lost = raw.loc[no_nitrogen | measured, ["Species", "Island", "Comments"]]
""": called(
            "or for and",
            "344 rows: with `|`, one of the two conditions is enough, and every row fits one of them. "
            "Which sign means that both must hold?",
        ),
        """\
no_nitrogen = raw["Delta 15 N (o/oo)"] == np.nan
measured = raw["Flipper Length (mm)"].notna()
lost = raw.loc[no_nitrogen & measured, ["Species", "Island", "Comments"]]
""": called(
            "compared with nan",
            "0 rows. A gap equals nothing, not even `np.nan`. Which method asks for gaps?",
        ),
        """\
no_nitrogen = raw["Delta 15 N (o/oo)"].isna()
measured = raw["Flipper Length (mm)"].isna()
lost = raw.loc[no_nitrogen & measured, ["Species", "Island", "Comments"]]
""": "2 rows: those without nitrogen *and* without a flipper, the two above. You want the others, whose "
        "flipper is known. What is the opposite of `isna()`?",
        """\
no_nitrogen = raw["Delta 15 N (o/oo)"].notna()
measured = raw["Flipper Length (mm)"].notna()
lost = raw.loc[no_nitrogen & measured, ["Species", "Island", "Comments"]]
""": "330 rows: the birds whose nitrogen value *is* known. `notna()` asks for known values; for the "
        "nitrogen you look for gaps.",
        """\
no_nitrogen = raw["Delta 13 C (o/oo)"].isna()
measured = raw["Flipper Length (mm)"].notna()
lost = raw.loc[no_nitrogen & measured, ["Species", "Island", "Comments"]]
""": "11 rows: you asked for the gaps of the carbon, `Delta 13 C (o/oo)`. Nitrogen is the column beside "
        "it, `Delta 15 N (o/oo)`.",
        """\
lost = raw.loc[raw["Flipper Length (mm)"].notna(), ["Species", "Island", "Comments"]]
""": "342 rows: all that were measured. The other condition is missing: no nitrogen value.",
        """\
no_sex = raw["Sex"].isna()
measured = raw["Flipper Length (mm)"].notna()
lost = raw.loc[no_sex & measured, ["Species", "Island", "Comments"]]
""": "9 rows: you asked for the gaps of `Sex`. The nitrogen is in `Delta 15 N (o/oo)`.",
        """\
no_nitrogen = raw["Delta 15 N (o/oo)"].isna()
measured = raw["Flipper Length (mm)"].notna()
lost = raw.loc[no_nitrogen & measured]
""": "The rows are right. Now the columns: after a comma, give `loc` a list of the three names.",
        """\
no_nitrogen = raw["Delta 15 N (o/oo)"].isna()
measured = raw["Flipper Length (mm)"].notna()
lost = raw.loc[no_nitrogen & measured, ["Species", "Island", "Sex", "Comments"]]
""": "The rows are right. `Sex` is one column more than was asked for.",
    },
    # Another way to the same wrong table: a text is no gap, either.
    fails={
        """\
no_nitrogen = raw["Delta 15 N (o/oo)"] == "NaN"
measured = raw["Flipper Length (mm)"].notna()
lost = raw.loc[no_nitrogen & measured, ["Species", "Island", "Comments"]]
""": "A gap equals nothing",
        """\
measured = raw["Flipper Length (mm)"].notna()
lost = raw.loc[measured & raw["Delta 15 N (o/oo)"].isna(), "Comments"]
""": "one column (Series)",
    },
    hints=[
        "Look at the cell in which the rows without a flipper are picked out: there you see the form. "
        "What is different here?",
        "`isna()` asks for gaps, `notna()` for known values. `&` joins the two questions, and the three "
        "columns go into a list.",
        '`no_nitrogen = raw["Delta 15 N (o/oo)"].isna()` is the first question. Write the second as '
        "`measured`. Then `raw.loc[` both joined by `&`, a comma, the list `]`.",
    ],
    why="12 rows. For 11 of them the comment speaks of the blood: too little, or none. For the last, the "
    "laboratory sent no value. Each gap has a reason.",
)


# 5. The answer -----------------------------------------------------------------------------------

# A claim to judge in one's own words. No program marks it: the model answer and the points appear
# once something is written.
two_halves = reflect(
    "Somebody sums up: *“172 of 344 rows is exactly half. So half of the penguins weigh more than 4 kg, "
    "and the other half weigh 4 kg or less.”* What is wrong with that? Write it anew, in two or three "
    "sentences that you can defend.",
    model="Of the 342 rows with a known mass, 172 exceed 4,000 g (50.3 %) and 170 do not; 5 of these "
    "170 weigh exactly 4,000 g. The other 2 rows have no mass, so they belong to neither side. And a row "
    "is one bird in one season: how many different penguins these are, the table cannot say.",
    points=[
        "I say that 2 rows have no mass, and put them on neither side.",
        "I say what my share is a share of: 172 of the 342 *known* masses.",
        "My counts make all 344 rows together.",
        "I speak of rows or records, since a bird may be there more than once.",
    ],
    least=20,
    hints=[
        "Make the account: how many rows exceed 4,000 g, how many do not, of how many nobody knows?",
        '`account(penguins["body_mass_g"], 4000)` gives you all three counts, once your function is '
        "right.",
        "Begin like this: “Of the 342 rows with a known mass, ...”. Then say where the other 2 are.",
    ],
)
