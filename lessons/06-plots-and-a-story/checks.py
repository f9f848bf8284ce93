"""The checks of the lesson "Plots and a story".

Each check is one name: `chart_for = match(...)`. The name is the check's id, under which a
student's progress is kept, so a name stays for ever, even when the wording changes. In the
notebook, `checks.chart_for` on a line of its own shows it.

Three skills are practised with less help each time, and on other columns:

    dots by group           worked for the bills, put in order in island_lines, own in mass_and_depth
    r by group              worked for the bills, put in order in island_lines, own in r_within
    claim, evidence, limit  worked for the masses, judged in may_stand, own in my_story

One result is kept back: which way each species runs for body mass and bill depth. Students predict
it in within_species and see it in the chart that they draw themselves. So no other text that can be
read before it names these numbers.

The numbers in the feedback are the ones that pandas gives for data/penguins.csv. When a message
quotes a wrong number, that is the number a student gets who thinks that way.
"""

from pathlib import Path

import matplotlib.pyplot as plt  # noqa: F401 - the sources below draw with it
import pandas as pd

from kit.checks import (
    called,
    case,
    choice,
    code,
    match,
    number,
    order,
    plot,
    reflect,
    right,
    when,
    wrong,
)

# The table of the lesson, under the name that it has in the notebook: a student's code, and the
# sources in this file, may use it.
DATA = Path(__file__).parent / "data"
penguins = pd.read_csv(DATA / "penguins.csv")

# Which check practises which objective of the title cell.
OBJECTIVES = {
    "choose a chart that fits your question": ["chart_for", "island_lines", "mass_and_depth"],
    "find out where a chart misleads you": [
        "within_species",
        "axis_from_100",
        "why_biscoe",
        "honest_bars",
    ],
    "tell what you found as a short story": ["r_within", "may_stand", "my_story"],
}

# The numbers of the text that no cell of the notebook shows.
_of_species = penguins.groupby("species")
_mass = _of_species["body_mass_g"].mean()
_by_sex = penguins.groupby(["species", "sex"])
NUMBERS = [
    3400,  # grams, where the cut axis begins
    *_mass,
    _mass["Gentoo"] / _mass["Adelie"],  # the bars as they should be, and as they look
    (_mass["Gentoo"] - 3400) / (_mass["Adelie"] - 3400),
    _of_species["body_mass_g"].min()["Gentoo"],
    _of_species["body_mass_g"].max()["Adelie"],
    *_of_species["bill_length_mm"].mean(),
    *_of_species["bill_depth_mm"].mean(),
    *(birds["bill_length_mm"].corr(birds["bill_depth_mm"]) for _, birds in _by_sex),
]


# 1. Which chart ----------------------------------------------------------------------------------

# A match: each question on the left gets one chart. Two charts are left over; both are drawn often,
# and `wrong` says for a pair why it does not fit.
_WHICH_HEAVIEST = "Which species has the highest mean mass?"
_SPREAD = "How are the body masses of all birds spread out?"
_GO_TOGETHER = "Do birds with longer flippers have more mass?"
_IN_TIME = "How did the temperature in Seattle change from day to day?"
_BARS = "a bar for each species"
_HISTOGRAM = "a histogram: a bar for each range of masses"
_SCATTER = "a scatter plot: a dot for each bird"
_LINE = "a line along the dates"
_LINE_OF_LABELS = "a line from species to species"
_TWO_BARS = "two bars: the mean flipper and the mean mass"

chart_for = match(
    "Give each question the chart that answers it. Two charts are left over.",
    pairs={
        _WHICH_HEAVIEST: _BARS,
        _SPREAD: _HISTOGRAM,
        _GO_TOGETHER: _SCATTER,
        _IN_TIME: _LINE,
    },
    distractors=[_LINE_OF_LABELS, _TWO_BARS],
    wrong={
        (_WHICH_HEAVIEST, _LINE_OF_LABELS): called(
            "line through labels",
            "A line has points in between. Halfway from Chinstrap to Gentoo it would read 4,405 g, for "
            "a species that does not exist; and with the species in another order, a rise becomes a "
            "fall. Labels have no in-between: what shows one number for each?",
        ),
        (_IN_TIME, _LINE_OF_LABELS): "Seattle's days are no species. But the idea of joining "
        "points fits here: one day does lead to the next. What are these points joined along?",
        (_GO_TOGETHER, _TWO_BARS): called(
            "means for a relation",
            "Two bars, 200.92 mm and 4,201.75 g, say what is usual. Whether the *same* bird has both, "
            "a long flipper and a large mass, no two means can tell. Which chart keeps each bird's "
            "two amounts together?",
        ),
        (
            _WHICH_HEAVIEST,
            _HISTOGRAM,
        ): "A histogram puts the masses of all birds into one heap, so the "
        "species cannot be told apart. Which chart has one place for each species?",
        (
            _SPREAD,
            _BARS,
        ): "A bar for each species shows three numbers. Of how 342 masses are spread "
        "out, from the lightest bird to the heaviest, nothing is left to see.",
        (
            _SPREAD,
            _SCATTER,
        ): "A scatter plot needs *two* amounts of each bird. This question has one, "
        "the mass: how often do light, middling and heavy birds occur?",
        (
            _GO_TOGETHER,
            _HISTOGRAM,
        ): "A histogram shows one amount at a time. This question is about two "
        "amounts of the same bird.",
        (
            _IN_TIME,
            _HISTOGRAM,
        ): "A histogram of the days would say how often it is warm or cold, but "
        "not when: it has forgotten the order of the days.",
    },
    otherwise="For each question, ask: is it about one amount, about a number for each label, about two "
    "amounts of the same bird, or about one day after another?",
    hints=[
        "Underline in each question what is compared: species? birds? days? Then look for the same "
        "thing among the charts.",
        "Labels get bars, dates get a line. One amount gets a histogram; two amounts of the same row get "
        "a scatter plot.",
        "*Which species* asks for one number for each label. *Spread out* asks how often each range of "
        "masses occurs. *Do ... have* asks for two amounts of a bird. *From day to day* follows the dates.",
    ],
    why="The question comes first: a number for each label, how often one amount occurs, two amounts of "
    "the same bird, or a course in time.",
)


# 2. A prediction ---------------------------------------------------------------------------------

# A choice that asks for a prediction, and how sure the student is: whoever was sure and is surprised
# remembers best. The result stands in the feedback of the right option alone.
within_species = choice(
    "**Predict, before you go on.** For body mass and bill depth, *r* is −0.47 among all 342 birds: the "
    "heavier a bird, the shallower its bill. Now take one species at a time: first the Adelies, then the Chinstraps, "
    "then the Gentoos. What will *r* be?",
    right(
        "above 0, three times: who is large is large all over",
        "Yes: 0.58 for Adelies, 0.60 for Chinstraps, 0.72 for Gentoos. Within each species, the "
        "heavier birds tend to have the *deeper* bills. How that can be, you see next for the bill's "
        "length, and then in a chart of your own.",
    ),
    wrong(
        "below 0, three times: what holds for all holds for each part",
        "Many would say so, and many reports do. But −0.47 also depends on how the species lie to "
        "each other. Gentoos are the heaviest (5,076 g on average) and have the shallowest bills "
        "(15.0 mm): their dots lie at the lower right of all the others. Does that tell you "
        "which way the dots run *among* Gentoos?",
    ),
    wrong(
        "near 0, three times: only the species differ",
        "The species do differ, and that alone could make all birds together fall. But is nothing left "
        "within a species? Think of a large Adelie and a small one: what would you expect of their "
        "masses, and of their bills?",
    ),
    wrong(
        "below 0 for the heavy Gentoos alone, above 0 for the two others",
        "Gentoos do lie lower and further right than the others: 5,076 g and 15.0 mm on "
        "average. But that is where the group *lies*. Which way its dots *run* is a question about "
        "Gentoos alone. Why should they differ in this from the other two?",
    ),
    confidence=True,
    hints=[
        "*r* of all birds mixes two things: how the birds of one species differ, and how the "
        "species differ.",
        "Picture a large and a small bird of the same species. Is the larger one larger in one part, "
        "or all over?",
        "A larger bird has, as a rule, more mass and a larger bill, in every direction. What does that "
        "make of *r* within a species?",
    ],
)


# 3. Dots by group --------------------------------------------------------------------------------

# In the film: at the end of the chapter "Trap 4: bars without their feet".
axis_from_100 = number(
    "The bars stand for 110, 114 and 120 rows. Now the axis begins at 100. **How many times as tall as the bar of "
    "2007 does the bar of 2009 look?**",
    answer=2,
    tolerance=0.001,
    otherwise="What you see of a bar is what lies above 100. How much is that for 120, and how much for 110?",
    unit="times",
    wrong={
        3: "Three times was the look from 105 up: 15 against 5. From 100 up, more of each bar is to be seen.",
        1.09: called(
            "the truth, not the look",
            "1.09 is 120 / 110, the truth, as bars show it that stand on 0. How tall do they *look* "
            "from 100 up?",
        ),
        1.2: "1.2 is 120 / 100. Compare what is seen of the two bars: 20 of the one, and of the other?",
        10: "10 is how many rows more 2009 has. How many *times* as tall does its bar look?",
    },
    passes=["2.0"],
    fails={"1.0909": "the truth, as bars show it", "5": "What you see of a bar"},
    hints=[
        "How much of each bar is left above 100?",
        "From 105 up it was 15 against 5. Do the same from 100 up.",
        "20 against 10.",
    ],
    why="20 against 10: the nearer the axis begins to the bars' ends, the greater the lie.",
)

# A Parsons problem: the lines are there, mixed up, with three that do not belong. `also` lists the
# other orders that do the same.
_LINES = {
    "room": "figure, chart = plt.subplots()",
    "loop": 'for name, group in penguins.groupby("island"):',
    "dots": '    chart.scatter(group["flipper_length_mm"], group["body_mass_g"], label=name)',
    "r": '    print(name, group["flipper_length_mm"].corr(group["body_mass_g"]))',
    "axes": 'chart.set(xlabel="flipper length (mm)", ylabel="body mass (g)")',
    "colours": 'chart.legend(title="island")',
}


def _lines(names):
    """The lines of these names, in this order."""
    return [_LINES[name] for name in names.split()]


island_lines = order(
    "Put the lines in order: **one chart, with a colour for each island**, flipper length across and body "
    "mass up, and each island's *r* printed. Three lines are left over.",
    lines=_lines("room loop dots r axes colours"),
    also=[
        _lines("room loop r dots axes colours"),
        _lines("room loop dots r colours axes"),
        _lines("room loop r dots colours axes"),
        _lines("room axes loop dots r colours"),
        _lines("room axes loop r dots colours"),
    ],
    distractors={
        '    chart.scatter(penguins["flipper_length_mm"], penguins["body_mass_g"], label=name)': "This line "
        "sets the dots of *all* penguins, once for each island: 1,026 dots instead of 342, and you "
        "would see the last colour only. Which name holds the rows of one island?",
        '    print(name, penguins["flipper_length_mm"].corr(penguins["body_mass_g"]))': "This line prints "
        "0.87 for each island, the *r* of all penguins. Which name holds the rows of one island?",
        'chart.set(xlabel="flipper_length", ylabel="body_mass")': "A reader cannot tell whether 200 are "
        "millimetres, and what is weighed in what. An axis needs a unit.",
    },
    otherwise="First room for the chart, then the loop with what happens for *each* island, then what "
    "happens *once*. What belongs to the loop is moved in.",
    hints=[
        "Ask of each line: does it happen once, or once for each island?",
        "What happens for each island uses `name` and `group`; it stands under the `for`, moved in. "
        "The legend needs labels, so it comes after the loop.",
        "Begin with the room for the chart, then the `for`. Two lines are moved in. The axes and the "
        "legend end it.",
    ],
    why="One chart, made before the loop; in the loop, what is done with each island's rows; after it, what "
    "is said once. (*r* is 0.88, 0.53 and 0.44.)",
)

# A plot: what the student draws is compared with what the solution draws. Whatever they call their
# variables, and whichever colours they take, the dots count, the axes, the title and the legend.
#
# `when` asks something of a wrong drawing: `marks` are the things drawn, each with its `kind` and
# its `x` and `y`. The code in `example` draws one of which it is true; the tests run it.
_ROOM = "figure, chart = plt.subplots()\n"
_LOOP = 'for kind, birds in penguins.groupby("species"):\n'
_SET = """\
chart.set(xlabel="body mass (g)", ylabel="bill depth (mm)", title="Body mass and bill depth")
"""
_LEGEND = "chart.legend()\n"


def _sizes(drawing):
    """How many dots each colour of a scatter plot has, the fewest first."""
    return sorted(len(mark.x) for mark in drawing.marks if mark.kind == "scatter")


def _dots_are_right(drawing):
    """Whether the dots are the three species', with depths up: what is left may be names alone."""
    return _sizes(drawing) == [68, 123, 151] and all(mark.y.max() < 22 for mark in drawing.marks)


def _has(drawing, kind):
    """Whether something of a kind is drawn: "scatter", "line", "bars" and so on."""
    return any(mark.kind == kind for mark in drawing.marks)


mass_and_depth = plot(
    "**Draw it.** Make a scatter plot with a colour for each *species*: **body mass across, bill depth up**. "
    "Name both axes with their units, give the chart a title, and a legend that tells the colours apart.",
    figure="chart",
    starter="""\
# Make room for one chart
figure, chart = plt.subplots()

# Take one species at a time, and set its dots:
# body mass across, bill depth up
...

# Name the axes and the colours, and say what is shown
...

plt.show()""",
    solution=_ROOM
    + _LOOP
    + """\
    chart.scatter(birds["body_mass_g"], birds["bill_depth_mm"], label=kind)
"""
    + _SET
    + _LEGEND,
    compare=["kind", "data", "labels", "title", "legend"],
    # What the names of the axes must say; of a list in the list, any one will do.
    label_words={
        "xlabel": [["mass", "weight"], ["g", "grams", "gram"]],
        "ylabel": ["depth", ["mm", "millimetres", "millimeters"]],
    },
    passes=[
        # Without groupby, with other words, and with the gaps thrown out first.
        _ROOM
        + """\
measured = penguins.dropna(subset=["body_mass_g", "bill_depth_mm"])
for name in ["Gentoo", "Adelie", "Chinstrap"]:
    group = measured[measured["species"] == name]
    chart.scatter(group["body_mass_g"], group["bill_depth_mm"], label=name, alpha=0.6)
chart.set_xlabel("Body mass in g")
chart.set_ylabel("Bill depth in mm")
chart.set_title("Do heavier penguins have shallower bills?")
chart.legend(title="species")
plt.show()
""",
    ],
    wrong={
        when(
            lambda drawing: _has(drawing, "line") and not _has(drawing, "scatter"),
            example=_ROOM
            + _LOOP
            + """\
    chart.plot(birds["body_mass_g"], birds["bill_depth_mm"], label=kind)
"""
            + _SET
            + _LEGEND,
        ): called(
            "line through unordered rows",
            "`chart.plot` joins each bird with the bird of the next row by a line. But the next row is another "
            "bird, not a next moment: nothing happened in between. What sets dots?",
        ),
        when(
            lambda drawing: any(mark.y.max() > 1000 for mark in drawing.marks),
            example=_ROOM
            + _LOOP
            + """\
    chart.scatter(birds["bill_depth_mm"], birds["body_mass_g"], label=kind)
"""
            + _LEGEND,
        ): "The two amounts have changed places: `scatter` takes first what goes across, then what goes up. Body mass "
        "was to go across.",
        when(
            lambda drawing: all(mark.x.max() < 1000 for mark in drawing.marks),
            example=_ROOM
            + _LOOP
            + """\
    chart.scatter(birds["bill_length_mm"], birds["bill_depth_mm"], label=kind)
"""
            + _SET
            + _LEGEND,
        ): "Across, the masses should run from 2,700 to 6,300 g. Bill lengths run from 32 to 60 mm, flipper lengths from "
        "172 to 231 mm. Which column did you take?",
        when(
            lambda drawing: _sizes(drawing) == [342] and not drawing.marks[0].colours,
            example=_ROOM
            + 'chart.scatter(penguins["body_mass_g"], penguins["bill_depth_mm"])\n'
            + _SET,
        ): called(
            "groups mixed into one cloud",
            "That is one cloud of all 342 birds. In one colour, the three species cannot be told apart, and "
            "the cloud falls, with an *r* of −0.47. Take one species at a time.",
        ),
        when(
            lambda drawing: len(_sizes(drawing)) > 1 and _sizes(drawing)[0] == 342,
            example=_ROOM
            + _LOOP
            + """\
    chart.scatter(penguins["body_mass_g"], penguins["bill_depth_mm"], label=kind)
"""
            + _SET
            + _LEGEND,
        ): called(
            "whole table in the loop",
            "Each colour has the dots of *all* 342 birds, so the last one hides the others. In the loop, "
            "`penguins` is still the whole table. Which name holds the rows of one species?",
        ),
        when(
            lambda drawing: _sizes(drawing) == [123],
            example=_ROOM
            + _LOOP
            + """\
    print(kind)
chart.scatter(birds["body_mass_g"], birds["bill_depth_mm"], label=kind)
"""
            + _SET
            + _LEGEND,
        ): "Only the Gentoos are there, 123 dots: the loop's last species. Either the line that sets the dots stands after "
        "the loop, and runs once; or `plt.subplots()` stands in it, and makes a new chart for each species.",
        when(
            lambda drawing: _sizes(drawing) == [51, 124, 167],
            example=_ROOM
            + _LOOP.replace("species", "island")
            + """\
    chart.scatter(birds["body_mass_g"], birds["bill_depth_mm"], label=kind)
"""
            + _SET
            + _LEGEND,
        ): "The colours are islands. Two of the three islands have two species each, so heaps are mixed again. "
        "Group by species.",
        when(
            lambda drawing: _dots_are_right(drawing) and not drawing.legend,
            example=_ROOM
            + _LOOP
            + """\
    chart.scatter(birds["body_mass_g"], birds["bill_depth_mm"], label=kind)
"""
            + _SET,
        ): "The dots are right, but which colour is which? Give each `scatter` its `label=`, then call "
        "`chart.legend()`.",
        when(
            lambda drawing: _dots_are_right(drawing) and "_" in drawing.xlabel + drawing.ylabel,
            example=_ROOM
            + _LOOP
            + """\
    chart.scatter(birds["body_mass_g"], birds["bill_depth_mm"], label=kind)
chart.set(xlabel="body_mass_g", ylabel="bill_depth_mm", title="Body mass and bill depth")
"""
            + _LEGEND,
        ): "The dots are right. But `body_mass_g` is the name of a column: you know it, a reader does not. Say it in "
        "words, with the unit in brackets.",
    },
    fails={
        # The axes without their units.
        _ROOM
        + _LOOP
        + """\
    chart.scatter(birds["body_mass_g"], birds["bill_depth_mm"], label=kind)
chart.set(xlabel="body mass", ylabel="bill depth", title="Body mass and bill depth")
chart.legend()
""": "the unit (g)",
        # A chart without a title.
        _ROOM
        + _LOOP
        + """\
    chart.scatter(birds["body_mass_g"], birds["bill_depth_mm"], label=kind)
chart.set(xlabel="body mass (g)", ylabel="bill depth (mm)")
chart.legend()
""": "no title",
    },
    hints=[
        "Look at the code that drew the bills species by species. Which parts of it name a column?",
        '`groupby("species")` in a `for` gives you each name and its rows; `chart.scatter(..., label=...)` sets dots; '
        "`chart.set(...)` and `chart.legend()` say what is seen.",
        "Take over the code of the three heaps. Then put the mass in the place of the bill length, in the dots "
        "and in the name of the axis, with its unit; and mend the title.",
    ],
    why="Three heaps, and in each of them the dots rise: within a species, heavier birds tend to have deeper bills. "
    "The heavy Gentoos lie lowest, and so all birds together seem to fall.",
)


# 4. The evidence: r by group ---------------------------------------------------------------------

# Small tables made up here, so that a function that looks at `penguins` does not pass.
_rising_and_falling = pd.DataFrame(
    {
        "species": ["Adelie", "Adelie", "Adelie", "Gentoo", "Gentoo", "Gentoo"],
        "bill_length_mm": [38.0, 41.0, 39.0, 47.0, 45.0, 50.0],
        "bill_depth_mm": [17.0, 18.0, 19.5, 15.5, 15.0, 13.5],
        "body_mass_g": [3400.0, 3600.0, 3800.0, 4800.0, 5100.0, 5500.0],
    }
)
_with_gaps = pd.DataFrame(
    {
        "species": ["Chinstrap"] * 4 + ["Adelie"] * 4,
        "bill_length_mm": [48.0, 51.0, 46.0, 47.0, 36.0, 39.0, 40.0, 37.0],
        "bill_depth_mm": [18.0, None, 17.0, 19.0, 17.5, 18.5, 18.0, 19.0],
        "body_mass_g": [3700.0, 3900.0, 3500.0, 3650.0, 3300.0, None, 3900.0, 3500.0],
    }
)

r_within = code(
    "**Write the function.** `r_within(table, species)` gives back *r* of body mass and bill depth among the rows of "
    "one species. It must hold for other tables with the same columns, too.",
    function="r_within",
    starter="""\
def r_within(table, species):
    # Keep the rows of this species
    group = ...

    # How closely do body mass and bill depth go together in them?
    return ...


r_within(penguins, "Adelie")""",
    solution="""\
def r_within(table, species):
    # Keep the rows of this species
    group = table[table["species"] == species]

    # How closely do body mass and bill depth go together in them?
    return group["body_mass_g"].corr(group["bill_depth_mm"])
""",
    passes=[
        """\
def r_within(table, species):
    group = table.groupby("species").get_group(species)
    return group["bill_depth_mm"].corr(group["body_mass_g"])
""",
        """\
def r_within(table, species):
    group = table.loc[table["species"] == species, ["body_mass_g", "bill_depth_mm"]].dropna()
    return group.corr().loc["body_mass_g", "bill_depth_mm"]
""",
    ],
    cases=[
        case(
            _rising_and_falling,
            "Adelie",
            because="In this table, the heavier of the 3 Adelies have the deeper bills.",
        ),
        case(
            _rising_and_falling,
            "Gentoo",
            because="In this table, the heavier of the 3 Gentoos have the shallower bills.",
        ),
        case(
            _with_gaps,
            "Chinstrap",
            because="One of these 4 Chinstraps has no depth; `corr` leaves it out.",
        ),
        case(
            _with_gaps,
            "Adelie",
            because="One of these 4 Adelies has no mass; `corr` leaves it out.",
        ),
    ],
    wrong={
        """\
def r_within(table, species):
    return table["body_mass_g"].corr(table["bill_depth_mm"])
""": called(
            "groups mixed into one cloud",
            "That is *r* of the whole table, whichever species you ask for: −0.47 for each one in `penguins`. Keep the "
            "rows of the species first, and take both columns from what you kept.",
        ),
        """\
def r_within(table, species):
    group = penguins[penguins["species"] == species]
    return group["body_mass_g"].corr(group["bill_depth_mm"])
""": "Your function looks into `penguins`, whichever table it is given. Inside the function, the table is called "
        "`table`.",
        """\
def r_within(table, species):
    group = table[table["species"] == "Adelie"]
    return group["body_mass_g"].corr(group["bill_depth_mm"])
""": "You ask for Adelies each time, whichever species is asked for. Inside the function, its name is in `species`, "
        "without quotes.",
        """\
def r_within(table, species):
    group = table[table["species"] == species]
    return group["bill_length_mm"].corr(group["bill_depth_mm"])
""": "That is *r* of bill *length* and bill depth, 0.39 for the Adelies: the pair of the worked example. Here, the "
        "first of the two is the body mass.",
        """\
def r_within(table, species):
    group = table[table["species"] == species]
    return group["body_mass_g"].corr(group["bill_length_mm"])
""": "That is *r* of body mass and bill *length*, 0.55 for the Adelies. The second of the two is the bill's depth.",
        """\
def r_within(table, species):
    group = table[table["species"] == species]
    return group[["body_mass_g", "bill_depth_mm"]].corr()
""": "That is a whole table of four *r*: each column with each, and two of the four are 1, since a column always goes "
        "with itself. Ask one column for its `corr` with the other.",
        """\
def r_within(table, species):
    group = table[table["species"] == species]
    return round(group["body_mass_g"].corr(group["bill_depth_mm"]), 2)
""": "The right thing, rounded. Give back all the decimals: whoever calls the function can round, and cannot get back "
        "what you cut off.",
        """\
def r_within(table, species):
    group = table[table["species"] != species]
    return group["body_mass_g"].corr(group["bill_depth_mm"])
""": "`!=` keeps all rows of the *other* species. For the Adelies in `penguins`, that gives −0.48.",
        """\
def r_within(table, species):
    group = table[table["species"] == species]
    return group["bill_depth_mm"].mean() / group["body_mass_g"].mean()
""": "That divides one mean by the other, and the Adelies get 0.005. It says how large the two are, not whether they "
        "go together. A column has a method for that; you met it at the first scatter plot.",
    },
    hints=[
        "There are two gaps, and the comments say what goes into each: rows of one species, then one number.",
        "A condition in brackets keeps rows: `table[... == ...]`. A column has `.corr(...)`, which takes the other "
        "column.",
        'First `group = table[table["species"] == species]`. Then ask the `body_mass_g` of `group` for its `corr` '
        "with another column of `group`.",
    ],
    why="Keep the rows, then correlate. In `penguins` it gives 0.58 for Adelies, 0.60 for Chinstraps and 0.72 for "
    "Gentoos: above 0 each time, as in your chart.",
)

# A choice about the reason: splitting helps where it takes apart what was mixed.
why_biscoe = choice(
    "On Torgersen and on Dream, *r* is above 0. **Why is it below 0 on Biscoe**, and even further below than the −0.24 "
    "of all birds?",
    right(
        "It mixes a heap at the upper left with a heap at the lower right.",
        "Yes. On Biscoe there are 44 Adelies, with short, deep bills, and 124 Gentoos, with long, shallow ones. Take the "
        "two apart, and *r* is 0.47 for the Adelies and 0.64 for the Gentoos of Biscoe. A split helps when it takes "
        "apart what differs.",
    ),
    wrong(
        "It mixes two species, and that always pulls *r* down.",
        "Dream has two species as well, 56 Adelies and 68 Chinstraps, and there *r* is 0.36. So it depends on how the two heaps lie "
        "to each other. Where are Adelies and Chinstraps in the chart, and where are the two of Biscoe?",
    ),
    wrong(
        "Biscoe is a place where longer bills do get shallower.",
        "If the place did it, it should do it to each species there. Keep Biscoe's Adelies: *r* is 0.47. Keep its "
        "Gentoos: 0.64. Neither falls. What happens when the two are put into one cloud?",
    ),
    wrong(
        "167 birds are too few; with more, it would be above 0.",
        "Torgersen has 51 birds and Dream 124, fewer than Biscoe, and both are above 0. All 342 together are below. "
        "So the number of birds does not decide it. Who lives on each island?",
    ),
    wrong(
        "There must be a slip: within a group, *r* is above 0.",
        "There is no such rule. Split the table by sex instead, and *r* is −0.43 for females and −0.40 for males. It "
        "depends on what is still mixed within each group. What is mixed on Biscoe?",
    ),
    hints=[
        "Go back to the chart of the three heaps. Which heaps would be there if you kept only the birds of Biscoe?",
        'The lesson on groups looked at who lives where: `penguins.groupby(["island", "species"]).size()`.',
        "Torgersen has Adelies only; Dream has Adelies and Chinstraps; Biscoe has Adelies and Gentoos. Where do the two of "
        "Biscoe lie in the chart?",
    ],
)


# 5. Where a bar begins ---------------------------------------------------------------------------

# A repair: the starter runs without an error, and its picture lies. (Left as it is, it counts as not
# attempted.) Bars that do not begin at 0 are told from others by the kit itself.
_FLIPPERS = """\
flippers = penguins.groupby("species")["flipper_length_mm"].mean()
figure, chart = plt.subplots()
"""
_NAMED = """\
chart.set(
    xlabel="species", ylabel="mean flipper length (mm)",
    title="Flippers by species",
)
"""

honest_bars = plot(
    "**Repair this chart.** Its code stops with no error, and each bar ends at the right number. Yet a Gentoo's flippers "
    "are, on average, 1.14 times as long as an Adelie's, and the chart makes them look 3.7 times as long. Find the "
    "cause and mend it; keep the bars.",
    figure="chart",
    starter="""\
# Take the mean of each species
flippers = penguins.groupby("species")["flipper_length_mm"].mean()

# Draw a bar for each
figure, chart = plt.subplots()
chart.bar(flippers.index, flippers)
chart.set_ylim(180, 220)

# Name the axes with their units, and say what is shown
chart.set(
    xlabel="species", ylabel="mean flipper length (mm)",
    title="Flippers by species",
)

plt.show()""",
    solution=_FLIPPERS + "chart.bar(flippers.index, flippers)\n" + _NAMED,
    compare=["kind", "data", "labels", "title"],
    label_words={"ylabel": ["flipper", "mm"]},
    passes=[
        _FLIPPERS + "chart.bar(flippers.index, flippers)\nchart.set_ylim(0, 220)\n" + _NAMED,
        _FLIPPERS + "chart.bar(flippers.index, flippers)\nchart.set_ylim(bottom=0)\n" + _NAMED,
    ],
    wrong={
        when(
            lambda drawing: _has(drawing, "bars") and drawing.ylim[0] > 0,
            example=_FLIPPERS
            + "chart.bar(flippers.index, flippers)\nchart.set_ylim(150, 220)\n"
            + _NAMED,
        ): called(
            "bars without their feet",
            "The feet of the bars are still cut off. Beginning at 150 mm, for example, a Gentoo's bar is 1.7 times "
            "as tall as an Adelie's. There is one place to begin at which heights and lengths agree.",
        ),
        when(
            lambda drawing: _has(drawing, "line"),
            example=_FLIPPERS + "chart.plot(flippers.index, flippers)\n" + _NAMED,
        ): called(
            "line through labels",
            "A line may begin anywhere, but it claims values in between: halfway from Chinstrap to Gentoo it reads "
            "206.5 mm, for a species that does not exist. Keep the bars, and mend where they begin.",
        ),
        when(
            lambda drawing: _has(drawing, "bars") and max(drawing.marks[0].y) < 180,
            example=_FLIPPERS + "chart.bar(flippers.index, flippers - 180)\n" + _NAMED,
        ): "These bars show how much each mean is *above* 180 mm: 10, 16 and 37 mm. They look as before, and now the "
        "numbers are wrong, too. Leave the means as they are.",
    },
    hints=[
        "Look at the numbers beside the axis. Which one stands at the foot of the bars?",
        "One line sets where the axis begins and where it ends: `chart.set_ylim(...)`. Where should bars begin?",
        "Take that line out, and `chart.bar` begins at 0 by itself; or let its first number be 0.",
    ],
    why="Now the heights are the lengths: the Gentoo bar is 1.14 times as tall as the Adelie bar.",
)


# 6. Claim, evidence, limit -----------------------------------------------------------------------

# A choice of all that are right.
may_stand = choice(
    "Somebody reports on **flipper length and body mass**. *r* is 0.87 for all 342 birds; it is 0.47 for Adelies, 0.64 "
    "for Chinstraps and 0.70 for Gentoos. Which of these sentences may stand? **Choose all that fit.**",
    right(
        "In this table, birds with longer flippers tend to have more mass.",
        "Yes: 0.87 is the evidence, and “in this table” and “tend to” claim no more than that.",
    ),
    right(
        "Within each species the dots follow a line less closely than all dots together do.",
        "Yes: 0.47, 0.64 and 0.70 are all nearer to 0 than 0.87.",
    ),
    wrong(
        "Longer flippers make a penguin heavier.",
        "*r* says that two amounts go together, not that one makes the other. Males, for example, have both: flippers of "
        "204.5 mm and 4,546 g on average, against 197.4 mm and 3,862 g for females.",
    ),
    wrong(
        "87% of the birds with long flippers have a large mass.",
        "*r* is no share of birds. To find the share, count: 148 birds have flippers above the mean, and 126 of them a mass above "
        "the mean. That is 85%. (And what would an *r* of −0.47 be a share of?)",
    ),
    wrong(
        "With each millimetre of flipper, mass grows by 0.87 g.",
        "*r* has no unit and does not say how steep the line is. The straight line that fits these dots best rises by "
        "49.7 g with each millimetre.",
    ),
    wrong(
        "Penguins with longer flippers have more mass, all over the world.",
        "The table holds three species near one station, in three seasons. Of all other penguins it says nothing: "
        "the sentence needs its limit.",
    ),
    many=True,
    hints=[
        "For each sentence, ask: could I point to the number that shows it?",
        "*r* says how closely dots follow a line. It is no share and no slope, and it gives no reasons.",
        "Cross out the sentence with *make*, the one with *%*, the one with *0.87 g*, and the one about birds that nobody "
        "measured here.",
    ],
    why="Both stay with what *r* says, how closely two amounts go together, and with the birds of the table.",
)

# A text of one's own. No program judges it: it is kept, then the model answer and the points appear, for
# the student to compare.
my_story = reflect(
    "**Do heavier penguins have shallower bills?** Write a claim, its evidence and its limit, in three to five sentences. Your "
    "chart shows the birds, and your function `r_within` gives *r* for each species.",
    model="> Within a species, no: heavier penguins tend to have *deeper* bills. *r* of body mass and bill depth is 0.58 for "
    "151 Adelies, 0.60 for 68 Chinstraps and 0.72 for 123 Gentoos. Taken together, all 342 birds do show a fall "
    "(*r* = −0.47), since the heavy Gentoos have the shallowest bills: 15.0 mm on average, against 18.3 mm for Adelies and 18.4 mm for "
    "Chinstraps. These are birds near one station in three seasons, and *r* gives no reasons: males are heavier "
    "*and* have deeper bills, and among the 73 male Adelies alone *r* is only 0.16.",
    points=[
        "My first sentence answers the question, and says whether it is about one species or about all birds.",
        "My evidence names *r* for each species, and how many birds it rests on.",
        "I say how all birds together can fall while each species rises.",
        "I name a limit: something that this table cannot tell.",
        "I do not write that one thing makes the other.",
    ],
    least=30,
    hints=[
        "Three parts: what do you claim, which numbers show it, what remains open?",
        "Call `r_within` for each species. The *r* of all birds stands in the question that asked for your prediction.",
        "You may begin: *Within a species, ...* Then: *r is ... for ... Adelies, ...* Then: *All birds together ..., since "
        "...* And at last: *The table cannot tell ...*",
    ],
)
