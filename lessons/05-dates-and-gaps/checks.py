"""The checks of the lesson "Dates and gaps".

Each check is one name: `text_maximum = choice(...)`. The name is the check's id, under which a
student's progress is kept, so a name stays for ever, even when the wording changes. In the
notebook, `checks.text_maximum` on a line of its own shows it.

Three skills are practised with less and less help, and on other columns:

    a format for dates      worked for `date`, matched in formats, own code for `Date Egg` in eggs
    a summary by month      worked for `precipitation`, put in order for dry days in dry_share,
                            own code for body masses in eggs
    a rule for gaps         worked for a broken gauge, repaired in driest, argued for in overflow

The numbers in the feedback are the ones that pandas gives for the two files in data/. When a
message quotes a wrong number, that is the number a student gets who thinks that way.
"""

from pathlib import Path

import pandas as pd

from kit.checks import (
    called,
    case,
    choice,
    code,
    match,
    number,
    order,
    reflect,
    right,
    table,
    wrong,
)

# The tables of the lesson, under the names that they have in the notebook: a student's code, and
# the sources in this file, may use them.
DATA = Path(__file__).parent / "data"
weather = pd.read_csv(DATA / "seattle_weather.csv")
weather["day"] = pd.to_datetime(weather["date"], format="%m/%d/%Y")
weather["month"] = weather["day"].dt.month

# The year in which the gauge "failed", as the notebook makes it.
log = weather[weather["day"].dt.year == 2014].copy()
log.loc[log["month"] == 11, "precipitation"] = None

raw = pd.read_csv(DATA / "penguins_raw.csv")

# Which check practises which objective of the title cell, under the first words of its line.
OBJECTIVES = {
    "turn text into dates with a format": ["text_maximum", "formats", "moved_days", "eggs"],
    "sum up days month by month": ["dry_share", "driest", "eggs"],
    "choose a rule for gaps": ["a_cool_first", "sum_of_gaps", "driest", "after_dropna", "overflow"],
}

# No mistake: 2007-11-11 is the standard way of writing a date (ISO 8601), which pandas reads as
# year, month, day without a format, too.
EQUIVALENT = {"eggs": ["raw['day'] = pd.to_datetime(raw['Date Egg'])"]}

# The numbers of the text that no cell of the notebook shows.
_swapped = pd.to_datetime(weather["date"], format="%d/%m/%Y", errors="coerce")
_wet = weather[weather["precipitation"] > 0]
_in_2014 = weather["day"].dt.year == 2014
_november = weather["month"] == 11
_decembers = weather[weather["month"] == 12].groupby(weather["day"].dt.year)["precipitation"].mean()
NUMBERS = [
    # What fell in one July, on average: a quarter of what fell in the four of them.
    weather.loc[weather["month"] == 7, "precipitation"].sum() / 4,
    # Slips, and the mean of the month that then looks driest: day and month swapped, wet days only.
    weather.groupby(_swapped.dt.month)["precipitation"].mean().min(),
    _wet.groupby("month")["precipitation"].mean().min(),
    # November 2014: what fell in truth, and what it becomes when the day before is copied.
    weather.loc[_in_2014 & _november, "precipitation"].sum(),
    log["precipitation"].ffill()[log["month"] == 11].sum(),
    # The picture: from the lowest to the highest dot of December.
    _decembers.min(),
    _decembers.max(),
    0.3,  # read off the picture: four months have a dot below it
]


# 1. Text and dates ---------------------------------------------------------------------------

# A prediction, with the question "How sure are you?": whoever was sure and wrong remembers it.
text_maximum = choice(
    "**Predict, before you go on.** The rows run from `1/1/2012` to `12/31/2015`, in order. "
    '`max()` gives the largest value of a column. What will `weather["date"].max()` give?',
    right(
        "9/9/2015",
        "Yes. `date` is text, and text is compared character by character. No other character "
        "that a date begins with comes after the 9, so a day in September is “the largest”. "
        "No error, and a wrong last day.",
    ),
    wrong(
        "12/31/2015",
        "That is the last *day*. But the types above say that `date` is text (`str`), and text is "
        "compared character by character, from the left: a 1 against a 9, say. Which date wins?",
    ),
    wrong(
        "12/9/2015",
        "You put the months in order as numbers, and then the days as text. Text is compared "
        "as text from the very first character: a 1 at the beginning loses against a 9.",
    ),
    wrong(
        "an error: text has no maximum",
        "Text can be sorted, as the words of a dictionary are, so it has a first and a last "
        "value: no error, no warning. Which of the dates would stand last in a dictionary?",
    ),
    hints=[
        "Look at the type of the column `date` in the list of types.",
        "It is text, and text is put in order like words: first by the first character, then by "
        "the second, and so on.",
        "Each date begins with a character from 1 to 9. Which one stands last? Compare the next "
        "characters in the same way.",
    ],
    confidence=True,
)

# Matching: the left-hand sides are all the same day, so that only the way of writing differs.
formats = match(
    "The same day, written in four ways. **Match each with its format.** Two formats are left "
    "over.",
    pairs={
        "`2015/12/31`": "%Y/%m/%d",
        "`31.12.2015`": "%d.%m.%Y",
        "`12/31/15`": "%m/%d/%y",
        "`December 31, 2015`": "%B %d, %Y",
    },
    distractors=["%m/%d/%Y", "%Y/%d/%m"],
    wrong={
        ("`12/31/15`", "%m/%d/%Y"): called(
            "%Y for two digits",
            "In `12/31/15` the year has two digits, and `%Y` asks for four. Look at the last line "
            "of the table of codes.",
        ),
        ("`2015/12/31`", "%Y/%d/%m"): called(
            "day and month swapped",
            "With that format, `2015/12/31` would be day 12 of month 31. Which of the two numbers "
            "can be a month?",
        ),
        ("`December 31, 2015`", "%m/%d/%Y"): called(
            "format for the meaning",
            "A format says how a date is *written*, not what it means: here the month is a word, "
            "and there are a space and a comma.",
        ),
    },
    otherwise="Go through each date from left to right: is it a day, a month or a year, with how "
    "many digits, and which sign comes next?",
    hints=[
        "Look at the signs between the parts first: dots, slashes, or a comma. They must be in the "
        "format, too.",
        "Then take the parts one by one: 31 can only be a day, so the 12 beside it is the month. "
        "How many digits has the year?",
        "The one with dots begins with `%d`; the one that begins with the year begins with `%Y`; "
        "a month's name is `%B`; a year of two digits is `%y`.",
    ],
    why="Each part has its code, and each sign between the parts stands for itself.",
)

# A number to think out. 528 dates are wrong and have no gap to show for it.
moved_days = number(
    "885 are gaps now; whoever counts them is warned. 576 could be read, without a word. But "
    "`2/1/2012`, the first of February, has become 2 January. **How many of the 576 are the wrong "
    "day now?** No code is needed.",
    answer=528,
    otherwise="Ask which days *stay right* when day and month change places. How many are there "
    "in a year, and in four?",
    unit="days",
    wrong={
        576: called(
            "all were moved",
            "576 would be all that could be read. But what becomes of `3/3/2012`, when day and "
            "month change places?",
        ),
        0: called(
            "no gap, no error",
            "If 0 were wrong, `2/1/2012` would still be the first of February. That pandas could "
            "read a date does not mean that it read it as you do.",
        ),
        48: called(
            "the right ones counted",
            "48 is how many stay right: 12 a year, from 1/1 to 12/12. How many of the 576 does "
            "that leave?",
        ),
        885: called(
            "gaps counted",
            "885 is how many could *not* be read. They are gaps, and gaps can be seen. Here the "
            "question is about the other 576.",
        ),
        132: called(
            "one year only",
            "132 are wrong in one year: 144 could be read, and 12 of these stay right. The table "
            "has four years.",
        ),
        564: called(
            "one year of right days",
            "564 is 576 − 12. In *one* year, 12 days stay right. The table has four years.",
        ),
        572: called(
            "only New Year stays",
            "572 is 576 − 4: you kept the four days of New Year, 1/1. In other months, too, there "
            "is a day that stays right when day and month change places.",
        ),
        1413: called(
            "gaps taken for wrong days",
            "1,413 is 1,461 − 48: it counts the 885 gaps as well. They have no day at all. How many "
            "of the 576 are a wrong one?",
        ),
    },
    hints=[
        "Write down five dates as month/day, and swap the two numbers. Which of them stay the "
        "same day?",
        "A date stays right when its day and its month are the same number: 1/1, 2/2, and so on. "
        "How many of these has a year?",
        "12 a year, in four years. Take them away from 576.",
    ],
    why="Only 1/1, 2/2 and so on to 12/12 stay right: 12 a year, 48 in all. 576 − 48 = 528 days "
    "moved, and neither an error nor a gap shows it. So give the format that the file has, and "
    'leave out `errors="coerce"`.',
)


# 2. Month by month -----------------------------------------------------------------------------

# In the film: at the end of the chapter "Why did leaving out work?".
a_cool_first = choice(
    "1 July 2014 was a hot day, 34.4 °C, and copied ten times it moved the mean up to 29.29 °C. Suppose that it "
    "had been a cool day, of 20 °C. **Where would the copies move the mean?**",
    right(
        "down, below the truth",
        "Yes. The ten lost days had 27.00 °C on average, and ten times 20 °C is less than that. The result "
        "hangs on one day, the last one before the gap.",
    ),
    wrong(
        "up, as before: copies make a mean higher",
        "Copies repeat one day. A hot one moves the mean up; which way does a cool one move it?",
    ),
    wrong(
        "nowhere: ten equal days change nothing",
        "They do, if they differ from the days that they stand for. The lost days had 27.00 °C on average.",
    ),
    wrong(
        "to 18.19 °C, as the zeros did",
        "18.19 °C is what ten days of 0 °C make. Ten days of 20 °C are cool, but far from frost.",
    ),
    hints=[
        "Compare what is written into the gaps with what the lost days had in truth.",
        "The ten lost days had 27.00 °C on average. Is 20 °C more or less?",
        "34.4 °C was more than 27.00 °C, and the mean went up. Turn that around.",
    ],
)

# A Parsons problem: the lines are all there, and the distractors are lines that people write.
_DAY = 'weather["day"] = pd.to_datetime(weather["date"], format="%m/%d/%Y")'
_MONTH = 'weather["month"] = weather["day"].dt.month'
_DRY = 'weather["dry"] = weather["precipitation"] == 0'
_SHARE = 'share = weather.groupby("month")["dry"].mean()'
_PRINT = "print(share)"

dry_share = order(
    "**Put these lines in order**, so that they show the share of dry days in each month: 0 for "
    "a month that never had one, 1 for a month without rain. Begin with the text of the dates. "
    "Three lines are not needed.",
    lines=[_DAY, _MONTH, _DRY, _SHARE, _PRINT],
    also=[
        [(_DAY, 0), (_DRY, 0), (_MONTH, 0), (_SHARE, 0), (_PRINT, 0)],
        [(_DRY, 0), (_DAY, 0), (_MONTH, 0), (_SHARE, 0), (_PRINT, 0)],
    ],
    distractors={
        'weather["month"] = weather["date"].dt.month': called(
            "text taken for dates",
            "`date` is still text, and text has no `.dt`: pandas would stop with an error. Which "
            "column holds the dates?",
        ),
        'weather["dry"] = weather["precipitation"].isna()': called(
            "zero as missing",
            "A dry day is no gap: somebody looked, and nothing had fallen. This table has no gaps, so "
            "each month would get the share 0.",
        ),
        'share = weather.groupby("month")["dry"].count()': called(
            "counting False as well",
            "`count()` counts the False, too: it says 124 for January, all its days. A share is the "
            "mean of True and False.",
        ),
    },
    indent=False,
    otherwise="Ask of each line which columns it *uses*. The lines that make these columns must "
    "stand above it.",
    hints=[
        "Which line uses nothing but the text of the dates? And which one can only come at the "
        "very end?",
        "`groupby` needs two columns: the month of each day, and whether the day was dry. Both "
        "must be there before.",
        "Dates first, then the month out of them, then dry or not, then the share, then print.",
    ],
    why="A column must be made before it is used; whether the day was dry could be asked at any "
    "point before `groupby`. July comes out on top: 113 of its 124 days were dry, a share of 0.91.",
)


# 3. Gaps ---------------------------------------------------------------------------------------

sum_of_gaps = choice(
    "**Predict, before you go on.** Of November, nothing is known in `log`. Now somebody asks for "
    'the totals, `log.groupby("month")["precipitation"].sum()`. What will stand beside month 11?',
    right(
        "0.0, less than for any other month",
        "Yes. `sum()` leaves gaps out, and a sum of no numbers is 0. So a broken gauge "
        "makes November the driest month of 2014, before June with its 18.8 mm.",
    ),
    wrong(
        "NaN, since nothing is known",
        "That would be honest, and `mean()` does say so. But `sum()` leaves gaps out, and "
        "adds up what remains. What is the sum of no numbers at all?",
    ),
    wrong(
        "Nothing: there will be no month 11",
        "A row gets into no group when its *label* is a gap. Here the label, 11, is known: the "
        "group is there, with its 30 rows, as you saw. What does `sum()` find to add up in it?",
    ),
    wrong(
        "An error: gaps cannot be added",
        "Then you would be warned. But `sum()` leaves gaps out without a word, as `mean()` does, "
        "and adds up what remains. How much is that, when nothing remains?",
    ),
    hints=[
        "The table above says how many known values month 11 has.",
        "`sum()` leaves gaps out, then adds up the known values.",
        "How much is a sum to which nothing was added?",
    ],
    confidence=True,
)

# A repair: the starter runs without an error and names a wrong month. (Left as it is, it counts as
# not attempted.) The hidden tables are small, and their months are others than those of `log`.
driest = code(
    "**Repair this function.** It is meant to name the month with the least precipitation **per "
    "known day**, and to be fair to a month with *some* gaps, too. It stops with no error, but the "
    "gaps in `log` lead it to a wrong month. Find the cause and mend it.",
    function="driest",
    starter="""\
def driest(table):
    # Put the days of each month together
    months = table.groupby("month")["precipitation"]

    # Find the month with the least
    return months.sum().idxmin()


driest(log)""",
    solution="""\
def driest(table):
    # Put the days of each month together
    months = table.groupby("month")["precipitation"]

    # Find the month with the least per known day
    return months.mean().idxmin()
""",
    passes=[
        """\
def driest(table):
    months = table.groupby("month")["precipitation"]
    return (months.sum() / months.count()).idxmin()
""",
        """\
def driest(table):
    known = table.dropna(subset=["precipitation"])
    means = known.groupby("month")["precipitation"].mean()
    return means.sort_values().index[0]
""",
    ],
    cases=[
        case(
            pd.DataFrame({"month": [1, 1, 2, 2], "precipitation": [4.0, 6.0, 1.0, 2.0]}),
            because="No gap here: month 2 has 3 mm in 2 days, month 1 has 10 mm.",
        ),
        case(
            pd.DataFrame({"month": [4, 4, 5, 5], "precipitation": [3.0, 1.0, None, None]}),
            because="Nothing is known of month 5, so only month 4 can be named.",
        ),
        case(
            pd.DataFrame(
                {
                    "month": [8, 8, 8, 9, 9, 9],
                    "precipitation": [6.0, None, None, 2.0, 3.0, 4.0],
                }
            ),
            because="Month 8 has one known day with 6 mm; month 9 has three, with 3 mm a day.",
        ),
        case(
            pd.DataFrame(
                {"month": [3, 3, 3, 10, 10, 10], "precipitation": [0.0, 0.0, 6.0, 3.0, 3.0, 3.0]}
            ),
            because="A 0.0 is a known day: month 3 has 6 mm in 3 days, month 10 has 9 mm.",
        ),
        case(
            pd.DataFrame(
                {"month": [6, 6, 6, 7, 7, 7], "precipitation": [0.0, 0.0, 12.0, 1.0, 1.0, 1.0]}
            ),
            because="Month 6 has 12 mm in 3 days, month 7 has 3 mm.",
        ),
        case(
            pd.DataFrame(
                {"month": [5, 5, 5, 8, 8, 8], "precipitation": [0.0, 3.0, 6.0, 1.0, 2.0, 3.0]}
            ),
            because="One day with 0.0 mm is not a month: month 5 has 9 mm, month 8 has 6 mm.",
        ),
        case(
            pd.DataFrame(
                {"month": [11, 11, 11, 11, 12, 12], "precipitation": [2.0, 2.0, 2.0, 2.0, 3.0, 3.0]}
            ),
            because="Month 11 has more days, and 2 mm on each; month 12 has 3 mm a day.",
        ),
        case(
            pd.DataFrame(
                {
                    "month": [1, 1, 1, 2, 2, 2],
                    "precipitation": [2.0, 2.0, 2.0, 4.0, 4.0, None],
                    "wind": [None, None, None, 3.1, 4.0, 2.2],
                }
            ),
            because="The gaps of another column, `wind`, have no say: month 1 has 2 mm a day.",
        ),
    ],
    # What a student says here is found by running these sources: whoever gets the same results
    # reads the same message, however their code is written.
    wrong={
        """\
def driest(table):
    table = table.assign(precipitation=table["precipitation"].fillna(0))
    return table.groupby("month")["precipitation"].mean().idxmin()
""": called(
            "missing as zero",
            "A gap counts as a day with 0 mm here, so November has 0.0 mm a day, and `log` still "
            "says 11. But a gap is not a dry day: leave it out of the sum *and* of the count.",
        ),
        """\
def driest(table):
    return table.groupby("month")["precipitation"].sum(min_count=1).idxmin()
""": called(
            "totals of unequal months",
            "A month of nothing but gaps is out now, and `log` says 6. But a total is still too small "
            "where *some* days are missing, and too large where a month has more days. Compare "
            "per known day.",
        ),
        """\
def driest(table):
    known = table.dropna()
    return known.groupby("month")["precipitation"].mean().idxmin()
""": called(
            "rows dropped for another column",
            "Nearly. But `dropna()` looks at *every* column: a day without a wind speed is thrown "
            "out, though its precipitation is known. Drop by one column only, or not at all.",
        ),
        """\
def driest(table):
    wet = table[table["precipitation"] > 0]
    return wet.groupby("month")["precipitation"].mean().idxmin()
""": called(
            "zero as missing",
            "You have thrown out the dry days together with the gaps. Over all four years that "
            "would name June, with 3.59 mm per *wet* day. A 0.0 that was measured is a known day.",
        ),
        """\
def driest(table):
    return table.groupby("month")["precipitation"].median().idxmin()
""": called(
            "median of mostly dry days",
            "The median is the day in the middle. In `log` it is 0.0 mm for eight months, and "
            "`idxmin()` takes the first of them, January. Sum and count of the known days say more.",
        ),
        """\
def driest(table):
    return table.groupby("month")["precipitation"].mean().min()
""": called(
            "the value, not its label",
            "That is *how much* fell in the driest month: about 0.63 mm a day for `log`. The "
            "function should say *which* month it was; `idxmin()` gives its label.",
        ),
        """\
def driest(table):
    return table.groupby("month")["precipitation"].mean().idxmax()
""": called(
            "the other end",
            "That is the *wettest* month, 3 for `log`: `idxmax()` looks for the largest value.",
        ),
        """\
def driest(table):
    return table.groupby("month")["precipitation"].min().idxmin()
""": called(
            "the driest day",
            "`min()` finds the driest *day* of each month. Nearly every month has a day with 0.0 mm, "
            "so `log` says 1. Use all known days of a month.",
        ),
        """\
def driest(table):
    known = table[table["month"] != 11]
    return known.groupby("month")["precipitation"].sum().idxmin()
""": called(
            "November left out by name",
            "That takes out November, whether it has gaps or not, and helps with no other month. "
            "Find a summary that no gap can make smaller.",
        ),
    },
    # The same zeros, by another way: `size()` counts the gaps as days.
    fails={
        """\
def driest(table):
    months = table.groupby("month")["precipitation"]
    return (months.sum() / months.size()).idxmin()
""": "leave it out of the sum *and* of the count",
    },
    hints=[
        "The groups are fine. Look at the last line: what does a gap add to a `sum()`?",
        "A total shrinks with each gap. You need a summary that leaves a gap out of the sum and "
        "of the count, as in the table by month above.",
        "In the last line, put `mean()` in the place of `sum()`, and leave `idxmin()`.",
    ],
    why="A mean divides what is known by how many days are known; for a month of gaps it is NaN, "
    "and `idxmin()` passes over it. For `log` it says 6, June. Show the count beside it: a mean "
    "may rest on two days.",
)

after_dropna = choice(
    "You want the mean body mass, and begin with `raw.dropna()`. **How many of the 344 rows are "
    "left?** The counts of the gaps are enough to think it out.",
    right(
        "34",
        "Yes. Of the 54 rows with a comment, 20 lack something else. And who is left? The comment "
        "of all 34 is *Nest never observed with full clutch*. Their mean body mass is 3,877.21 g; "
        "that of all 342 known masses is 4,201.75 g.",
    ),
    wrong(
        "342",
        "342 rows have a known body mass. But `dropna()` cannot know that you want the masses: it "
        "looks at every column. Which one has the most gaps?",
    ),
    wrong(
        "54",
        "54 rows have a comment, so no more can be left. But why does somebody write a comment? "
        "Often because something is missing: such a row has a gap after all, in another column.",
    ),
    wrong(
        "8",
        "8 is 344 − 336, as if each of the 336 gaps had a row of its own. But gaps share rows: "
        "a bird that was not sampled has no mass, no bill and no sex.",
    ),
    hints=[
        "Look at the column with the most gaps. In how many rows is it filled?",
        "`dropna()` keeps a row only when *no* column has a gap there. One row can have several "
        "gaps, and then it is lost only once.",
        "So it is not more than 344 − 290. Is it exactly that? Only if all rows with a comment "
        "have everything else. And each gap in a row of its own would be the worst case.",
    ],
)

# A table: what the student's code makes is compared with what the solution makes. With this
# tolerance, a mean that is rounded to two decimals is as good.
_MONTHS = """\
raw["day"] = pd.to_datetime(raw["Date Egg"], format="%Y-%m-%d")
raw["month"] = raw["day"].dt.month
"""
_EGGS = """\
eggs = raw.groupby("month")["Body Mass (g)"].agg(rows="size", known="count", mean="mean")
"""

eggs = table(
    "**Now on your own.** `Date Egg` in `raw` is text, such as `2007-11-11`: the day on which the "
    "nest was seen with one egg. Group `raw` by a new column `month`, and make the table `eggs` "
    "with **one row for each month** that occurs. Its columns are `rows`, `known` and `mean`, in "
    "this order: how many rows, how many known body masses, and their mean. Leave no row out.",
    frame="eggs",
    tolerance=5e-4,
    starter="""\
# Turn the text of Date Egg into dates

# Take the month out of each date

# Sum up the body masses of each month
eggs = ...
eggs""",
    solution="""\
# Turn the text of Date Egg into dates
raw["day"] = pd.to_datetime(raw["Date Egg"], format="%Y-%m-%d")

# Take the month out of each date
raw["month"] = raw["day"].dt.month

# Sum up the body masses of each month
masses = raw.groupby("month")["Body Mass (g)"]
eggs = masses.agg(rows="size", known="count", mean="mean")
eggs
""",
    passes=[
        """\
raw["month"] = pd.to_datetime(raw["Date Egg"]).dt.month
masses = raw["Body Mass (g)"].groupby(raw["month"])
eggs = pd.DataFrame({"rows": masses.size(), "known": masses.count(), "mean": masses.mean()})
""",
    ],
    wrong={
        """\
raw = raw.dropna()
"""
        + _MONTHS
        + _EGGS: called(
            "rows dropped for another column",
            "Your table rests on 33 rows and 1: `dropna()` has thrown out each row without a comment. "
            "`mean` and `count` leave out the gaps of their own column, and that is rule enough. Run the "
            "cell again that reads `raw`, so that its rows come back.",
        ),
        _MONTHS + 'raw["Body Mass (g)"] = raw["Body Mass (g)"].fillna(0)\n' + _EGGS: called(
            "missing as zero",
            "With 0 in the gaps, a bird that was not weighed weighs nothing: the mean of month 12 falls "
            "to 4,612.50 g, and nothing seems to be missing. Leave the gaps as they are, and run the cell "
            "again that reads `raw`, so that they come back.",
        ),
        _MONTHS
        + 'raw["Body Mass (g)"] = raw["Body Mass (g)"].fillna(raw["Body Mass (g)"].mean())\n'
        + _EGGS: called(
            "gaps filled with the mean",
            "With the mean of all birds in the gaps, month 12 gets 4,912.63 g, and nothing seems to "
            "be missing. Nobody weighed these two birds: leave the gaps as they are, and run the cell "
            "again that reads `raw`, so that they come back.",
        ),
        """\
raw["day"] = pd.to_datetime(raw["Date Egg"], format="%Y-%d-%m", errors="coerce")
raw["month"] = raw["day"].dt.month
"""
        + _EGGS: called(
            "day and month swapped",
            "Twelve months, with eggs in July, the winter down there? Your format takes the day for "
            'the month, 226 dates become gaps, and `errors="coerce"` keeps quiet about it. '
            "What comes second in `2007-11-16`?",
        ),
        """\
raw["month"] = pd.to_datetime(raw["Date Egg"]).dt.year
"""
        + _EGGS: called(
            "years for months",
            "Your rows are the years 2007, 2008 and 2009: `.dt.year` took them out of the dates. "
            "Which part of the date was asked for?",
        ),
        """\
raw["month"] = pd.to_datetime(raw["Date Egg"]).dt.day
"""
        + _EGGS: called(
            "days for months",
            "Your row labels are the days of the month: `.dt.day` took them out of the dates. "
            "Which part of the date was asked for?",
        ),
        """\
eggs = raw.groupby("Date Egg")["Body Mass (g)"].agg(rows="size", known="count", mean="mean")
""": called(
            "grouped by the whole date",
            "50 rows: one for each *day*, since you grouped by the whole date. Make dates of the "
            "text, take the month out of them, and group by that.",
        ),
        _MONTHS
        + 'eggs = raw.groupby("month")["Body Mass (g)"].agg(rows="count", known="count", mean="mean")': called(
            "known values for rows",
            "`rows` and `known` are the same, so two rows are lost: those without a body mass. Were "
            'they dropped before the counting? (Then read `raw` again.) Or does `"count"` count both '
            'times? The summary that counts all rows is called `"size"`.',
        ),
        _MONTHS
        + 'eggs = raw.groupby("month")["Body Mass (g)"].agg(rows="size", known="size", mean="mean")': called(
            "rows for known values",
            '`rows` and `known` are the same: `"size"` counts all rows both times, gaps included. '
            "Which summary leaves gaps out?",
        ),
        _MONTHS
        + 'eggs = raw.groupby("month")["Body Mass (g)"].agg(rows="size", known="count", mean="median")': called(
            "median for mean",
            "The counts are right. In `mean` stands the median, the bird in the middle: 4,925 g in "
            "month 12. Here the mean is wanted.",
        ),
    },
    # The same wrong table as `rows="count"` makes, by another way.
    fails={
        _MONTHS
        + 'raw = raw.dropna(subset=["Body Mass (g)"])\n'
        + _EGGS: "dropped before the counting",
    },
    hints=[
        "You did all three steps with `weather` above: text to dates, dates to months, months to "
        "a table. Which names change?",
        "`2007-11-11` is year, month, day, with dashes: write that as a format. Then `.dt.month`, "
        "then `groupby` and `agg`.",
        '`raw["month"] = raw["day"].dt.month` is the second step, once `raw["day"]` holds the '
        'dates. The last one begins `eggs = raw.groupby("month")["Body Mass (g)"].agg(`; its first '
        'column is `rows="size"`.',
    ],
    why="All 344 rows are there, and so are the two gaps. Month 12 is heavier, but has few rows, and "
    "12 of its 14 birds are Gentoos.",
)

# Free text: nobody judges it but the student, with the model and the points at hand. The numbers
# of the model were got by making these gaps: weather["precipitation"].where(... <= 20).
overflow = reflect(
    "Suppose another gauge, one that overflows: on a day with more than 20 mm it writes nothing. In "
    "these four years, that would be 51 of the 1,461 days. You want the mean per day. **Which rule do "
    "you choose for the 51 gaps, and why? What do you tell your reader?**",
    model="The gaps are the wettest days, so no rule brings the values back, and I say so. Left out, "
    "they make the mean 2.06 mm a day; filled with 0, it is 1.99 mm. Both are too low: in truth it "
    "was 3.03 mm. I fill in 20 mm, the least that can have fallen, and write: *at least 2.69 mm a "
    "day; 51 of 1,461 days, each with more than 20 mm, were not measured.* July loses no day, so it "
    "remains the driest month.",
    points=[
        "I say why these values are missing.",
        "I say whether my rule makes the mean too low or too high.",
        "My reader learns how many days are missing.",
    ],
    least=20,
    passes=[
        "I leave the 51 days out, but I write that they are the wettest ones, so that the true mean "
        "is higher than mine.",
    ],
    hints=[
        "What do the 51 days have in common? Are they like the other days?",
        "Try three rules in your head: leave them out, fill in 0, fill in 20. Which way does each of "
        "them move the mean?",
        "You do know something about each gap: the gauge can hold 20 mm. So you can say what "
        "the mean is *at least*.",
    ],
)
