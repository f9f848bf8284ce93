"""The questions of this lesson.

Each question is one name: `one_row = choice(...)`. The name is its id, under which a student's
progress is kept, so it stays for ever, even when the wording changes. In the notebook,
`checks.one_row` in a cell of its own shows it.

Every question says what it does with an answer that is empty, right, a known mistake, or anything
else. These fields do it, and every kind has them:

    hints=[...]        three steps: where to look, what to use, nearly the answer
    wrong={...}        a wrong answer -> what to say to it: what that answer would mean
    otherwise=         what to try, for any other wrong answer
    why=               shown with a right answer: why it is right, in one line
    passes=[...]       more answers that must pass     `kit lint` gives all of these,
    fails={...}        more answers that must fail     and the ones in `wrong`, to the question
    solution_after=3   wrong answers until the solution may be seen; "never" for not at all
    confidence=True    first ask "How sure are you?"

Feedback that says what an answer shows teaches far more than "wrong". So for each question, think
first of two or three ways in which your students go astray, and of the answer that each one gives.
"""

from pathlib import Path

import pandas as pd

from kit.checks import blanks, case, choice, code, gap, number, order, reflect, right, wrong

# The data, under the names that they have in the notebook: students' code and the sources in this
# file may use them.
rain = pd.read_csv(Path(__file__).parent / "data" / "rain.csv")

# Which questions serve which objective of the notebook's first cell, by its first words. An
# objective without a question is a wish, and a question without an objective a detour.
OBJECTIVES = {
    "say what one row": ["one_row"],
    "tell a gap from a zero": ["dry_days", "gaps_as_dry"],
    "compare two groups": ["valley_share", "very_wet", "dry_share", "conclusion"],
}

# Numbers that the text states and no cell prints, as what gives them: lint compares the two.
NUMBERS = [5 / 7, 4 / 5, 4 / 7]


# 1. What one row is --------------------------------------------------------------------------

# choice: one of several options. Each wrong one is a way in which people do misread a table, and
# says what the table would look like if that reading were true. With two or more right(...) and
# many=True, students tick all that are right.
one_row = choice(
    "What does **one row** of `rain` stand for?",
    right(
        "one morning at one gauge",
        "Yes. A row names one day and one gauge, and has room for one measurement.",
    ),
    wrong(
        "one day",
        "Then 2 March would be there once. Look for it: in how many rows is it, and in what do "
        "these rows differ?",
    ),
    wrong(
        "one rain gauge",
        "There are two gauges, so the table would end after 2 rows. It has 14. How often is each "
        "gauge there?",
    ),
    wrong(
        "one rainy day",
        "Then no row could say `0.0`. Look at the second row: was that a rainy day?",
    ),
    hints=[
        "Read the first row aloud from left to right, as a sentence.",
        "Compare the first row with the eighth: same day. What differs?",
        "Somebody looked into one of the gauges and wrote 4.0. When they looked into the other, "
        "that made another row.",
    ],
)


# 2. A gap is not a zero ------------------------------------------------------------------------

# number: `wrong` lists the numbers that mistakes really give. `tolerance` is how far off still
# counts as right (relative=0.01: one per cent; digits=3: three significant digits). Students may
# leave the unit out, or type another one of the same kind: 0.4 cm where the unit is mm.
dry_days = number(
    "On how many days was the **valley** gauge measured and found dry?",
    answer=1,
    unit="days",
    otherwise="Go through the seven rows of the valley. Which of them say `0.0`?",
    wrong={
        3: "You count the two gaps as dry. On those days nobody looked: it may have poured.",
        2: "2 is the number of gaps in the valley, or of dry days on the *hill*. Which did you "
        "count?",
        5: "On 5 days the valley was measured. On how many of these was it dry?",
        7: "7 is the number of rows for the valley: one for each day of the week.",
    },
    hints=[
        "Look at the rows whose `gauge` is `valley`, the lower half of the table.",
        "Dry and measured: the value is `0.0`. A `NaN` was not measured.",
        "It is dry on 3 March. Is there another `0.0` below it?",
    ],
    why="Only 3 March. The two `NaN` are days on which nobody looked.",
)

# A prediction: who has said what will happen looks closer at what does.
gaps_as_dry = choice(
    "**Predict, before you go on.** Somebody writes 0 into the two gaps and then divides the wet "
    "days of the valley by all of its days. What happens to the share?",
    right(
        "It falls: the two days count as dry.",
        "Yes, from 4 of 5 to 4 of 7. Nobody saw a dry morning, and the share claims two of them.",
    ),
    wrong(
        "It stays: a zero adds nothing.",
        "A zero adds nothing to a *sum*. But a share is divided by a count, and the count grows "
        "from 5 to 7 days. What does that do?",
    ),
    wrong(
        "It rises: there are more days now.",
        "There are more days, but not more *wet* ones. The part stays 4; which way does a "
        "fraction go when only its lower number grows?",
    ),
    hints=[
        "Write the share as a fraction before and after: a part, and a whole.",
        "Which of the two numbers changes when two zeros are added?",
        "The wet days stay 4. The days that are counted become 7.",
    ],
)


# 3. A share of what is known -----------------------------------------------------------------

# blanks: the second step from worked example to own code. {{name}} is a gap, and `gaps` says what
# belongs there; also=[...] lists what is as good, options=[...] makes a drop-down. code=True: it
# is Python, and spaces and the style of quotes do not matter.
valley_share = blanks(
    "**Fill the gaps**, so that the last line gives the share of wet days in the valley.",
    """\
valley = rain[rain["gauge"] == {{which}}]
wet = (valley["rain_mm"] > {{limit}}).sum()
measured = valley["rain_mm"].{{method}}
wet / measured""",
    gaps={
        "which": gap(
            '"valley"',
            wrong={
                "valley": "Without quotes, Python looks for a variable of that name, and here "
                "that is the table itself. A text needs quotes.",
                '"hill"': "That gives the hill once more. Which gauge do you want?",
            },
        ),
        "limit": gap(
            "0",
            wrong={"1": "Then half a millimetre would be no rain. What is the least that is rain?"},
        ),
        "method": gap(
            "count()",
            wrong={
                "size": "`size` counts every row, with the gaps: 7. How many were measured?",
                "sum()": "`sum()` adds up the millimetres: 30. You need how many *days* there are.",
            },
        ),
    },
    otherwise="Compare with the hill, line by line: what is the same, and what is not?",
    code=True,
    hints=[
        "The example for the hill has the same four steps. Look at the same places there.",
        "First gap: which gauge, as a text in quotes. Last gap: a method that skips gaps.",
        "The first gap is the name of the other gauge, in quotes; the second is the number that "
        "a dry day has; the last begins with `count`.",
    ],
    why="4 wet days of 5 measured ones, a share of 0.8.",
)

# order: lines to be put in order, with their indentation (four spaces a step). `distractors` are
# lines that do not belong, each with what to say; `also` lists other orders that are as right.
# With code=False the lines are steps in words.
very_wet = order(
    "**Put the lines in order.** `very_wet(column)` gives the share of the measured days with more "
    "than 5 mm. One line does not belong.",
    lines=[
        "def very_wet(column):",
        "    above = (column > 5).sum()",
        "    known = column.count()",
        "    return above / known",
    ],
    also=[
        [
            "def very_wet(column):",
            "    known = column.count()",
            "    above = (column > 5).sum()",
            "    return above / known",
        ]
    ],
    distractors={
        "known = len(column)": "`len` counts every row, also those that nobody measured: for the "
        "valley 7, not 5. Which line counts the known ones?",
    },
    otherwise="A name has to be made before it is used. Which lines make one, and which one needs "
    "both?",
    hints=[
        "Begin with the line that gives the function its name; all others belong into it.",
        "`return` needs `above` and `known`. So where does it stand?",
        "First `def`, then the two lines that count, in any order, then `return`; all but the "
        "first are indented.",
    ],
    why="Part, whole, division: the same steps as for the hill, with another condition.",
)

# code: a function that is called with each case, and compared with the `solution`. Make the cases
# small and unlike the lesson's data, so that no number from the page passes. The keys of `wrong`
# are sources of wrong functions: whoever gets the same results reads that message, however the
# code is written. `starter` is what the notebook's cell above holds, letter by letter. Besides,
# properties=[holds(...)] says what must hold for any column, uses={...} and avoids={...} how the
# code is to be written. (table and plot ask for a table and a chart; see the end of this file.)
dry_share = code(
    "**Write the function.** `dry_share(column)` gives the share of the measured days that were "
    "dry, from 0 to 1.",
    function="dry_share",
    starter="""\
def dry_share(column):
    # Divide the dry days by the measured ones
    return ...


dry_share(hill["rain_mm"])""",
    solution="""\
def dry_share(column):
    return (column == 0).sum() / column.count()
""",
    passes=[
        """\
def dry_share(column):
    values = column.dropna()
    return (values == 0).mean()
""",
        """\
def dry_share(column):
    return 1 - (column > 0).sum() / column.notna().sum()
""",
    ],
    cases=[
        case(pd.Series([0.0, 3.0, 0.0, 8.0]), because="Here, 2 of 4 days were dry."),
        case(pd.Series([0.0, 0.0, 0.0]), because="Here, every day was dry."),
        case(pd.Series([5.0, None, 0.0, None]), because="Here, 2 days were measured, 1 was dry."),
        case(pd.Series([1.0, 1.0, 2.0, 0.0, None]), because="Here, 1 of 4 measured days was dry."),
        case(pd.Series([4.0, None]), because="Here, no day was dry that anybody knows of."),
    ],
    wrong={
        """\
def dry_share(column):
    return (column == 0).sum() / len(column)
""": "You divide by all days. `len(column)` counts the gaps too, and for the valley gives 1 of 7 "
        "where 1 of 5 is known. Divide by the days that were measured.",
        """\
def dry_share(column):
    return (column.fillna(0) == 0).sum() / len(column)
""": "You count the gaps as dry. For the valley that makes 3 dry days of 7, and two of these "
        "nobody has seen.",
        """\
def dry_share(column):
    return (column == 0).sum()
""": "That is *how many* days were dry. For a share, divide it by how many were measured.",
        """\
def dry_share(column):
    return (column > 0).sum() / column.count()
""": "That is the share of *wet* days, the rest. For the hill it gives 5 of 7. Which condition "
        "fits a dry day?",
    },
    hints=[
        "It has the steps of `very_wet`: a part, a whole, a division. Which part is it here?",
        "A condition such as `column > 5` gives True and False, and `.sum()` counts the True. "
        "For a dry day, ask `==`.",
        "In brackets, compare the column with 0 and sum up; divide that by the column's `count()`.",
    ],
    why="Dry days divided by measured ones. For the valley 1 of 5: the gaps count in neither.",
)


# 4. The answer ------------------------------------------------------------------------------------

# reflect: a free text, kept and never judged. Then the student sees `model` and ticks which of
# `points` their own text has.
conclusion = reflect(
    "**Where does it rain more often?** Answer in two or three sentences: what you claim, the "
    "counts that speak for it, and what you cannot know.",
    model="In this week it rained more often in the valley: on 4 of the 5 days that were measured "
    "there, against 5 of 7 on the hill. What fell into the valley on the other two days is not "
    "known, and a single week says little about the weeks to come.",
    points=[
        "It names a place, and the week that it is about.",
        "Each share comes with its two counts.",
        "It says that two days in the valley are unknown.",
    ],
    least=15,
    hints=[
        "Take the two shares from the picture above, with their counts.",
        "Begin with the claim; then “because”, and the counts; then “but”, and what is missing.",
        "“It rained more often in ..., on ... of ... measured days against ... of .... For two "
        "days ...”",
    ],
)


# Other kinds, to be copied --------------------------------------------------------------------
#
# Take the # away, add the kind to the import above, and show it in the notebook. Each one works.
#
# A word or a short phrase; capitals and spaces do not matter, unless exact=True:
#
# asks_for_gaps = text(
#     "Which method of a column says for each value whether it is missing?",
#     answer=["isna", "isna()", "isnull", "isnull()"],
#     otherwise="Its name says “is” and, in two letters, “not available”.",
#     wrong={"count": "That counts the values that are known. Which one answers value by value?"},
# )
#
# Several right options, with boxes to tick; partial credit:
#
# from_the_table = choice(
#     "What can you read from this table?",
#     right("how much fell on the hill on 2 March", "Yes, 4 mm."),
#     right("how many mornings the valley was measured", "Yes, on 5."),
#     wrong("how much fell into the valley on 4 March", "That value is missing: nobody looked."),
#     many=True,
# )
#
# Pairs; each left side gets a drop-down of all the right sides:
#
# what_it_says = match(
#     "What does each of these say?",
#     pairs={"`0.0`": "measured, and dry", "`NaN`": "not measured", "`4.0`": "measured, and wet"},
#     wrong={("`NaN`", "measured, and dry"): "Nobody looked: what did they measure?"},
#     otherwise="Who went out, and what did they find?",
# )
#
# A table that the student makes, compared with the one that the solution makes:
#
# wettest = table(
#     "Make `wettest`: the rows with more than 8 mm.",
#     frame="wettest",
#     starter="wettest = ...",
#     solution='wettest = rain[rain["rain_mm"] > 8]',
#     passes=['wettest = rain.query("rain_mm > 8")'],
#     wrong={
#         'wettest = rain[rain["rain_mm"] >= 8]': "8 mm is not more than 8 mm.",
#         'wettest = rain[rain["rain_mm"] < 8]': "Those are the rows with less.",
#     },
# )
#
# A chart that the student draws; colours and sizes never count:
#
# hill_in_bars = plot(
#     "Draw `ax`: a bar for each day on the hill, with the millimetres as its height.",
#     figure="ax",
#     starter='hill = rain[rain["gauge"] == "hill"]\nax = ...',
#     solution='hill = rain[rain["gauge"] == "hill"]\n'
#     'ax = hill.plot.bar(x="day", y="rain_mm", ylabel="rain (mm)")',
#     label_words={"ylabel": ["mm"]},
#     wrong={
#         'ax = rain.plot.bar(x="day", y="rain_mm", ylabel="rain (mm)")': "Both gauges: 14 bars.",
#         'ax = rain[rain["gauge"] == "hill"].plot(x="day", y="rain_mm", ylabel="rain (mm)")':
#         "A line says that there is something between two days. Draw a bar for each.",
#     },
# )
#
# Practice with other numbers each time ("Another one"); `draw` is a random.Random:
#
# @variants(seed=1)
# def share_of_days(draw):
#     whole = draw.choice([11, 13, 17, 19])
#     part = draw.randrange(1, whole)
#     return number(
#         f"It rained on {part} of {whole} measured days. Which share is that? (three decimals)",
#         answer=part / whole,
#         tolerance=0.001,
#         otherwise="Divide the part by the whole.",
#     )
