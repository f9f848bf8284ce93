"""One check of each kind, and one of each that is drawn anew ("Another one").

Copy what fits your question. The names on the left are the checks' ids. The rivers are made up.
"""

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
    order,
    pattern,
    plot,
    reflect,
    right,
    table,
    text,
    variants,
    when,
    wrong,
)

rivers = pd.DataFrame(
    {
        "river": ["Alder", "Birch", "Cedar", "Dogwood", "Elm"],
        "length_km": [120.0, 80.0, 200.0, 45.0, 155.0],
        "bridges": [4, 2, 9, 1, 6],
    }
)

one_of = choice(
    "What does one row of `rivers` stand for?",
    right("one river", "Yes: each row names one river, with its length and its bridges."),
    wrong("one bridge", "Then Cedar would have nine rows, one for each of its bridges."),
    wrong("one measurement", "A row holds two measurements side by side: length and bridges."),
    hints=["Read one row aloud.", "What is new in the next row?", "Each row has another name."],
)

all_of = choice(
    "Which columns of `rivers` hold amounts, so that a mean says something?",
    right("length_km", "A mean length is a length."),
    right("bridges", "A mean number of bridges says how many to expect."),
    wrong("river", "Names are labels: count them, but do not average them."),
    wrong("the row numbers", "They only say where a row stands."),
    many=True,
    hints=[
        "Which of them has a unit, or counts something?",
        "Two are amounts.",
        "`length_km` is one.",
    ],
    fails=[(["river", "the row numbers"], "Names are labels")],
)

quantity = number(
    "What is the mean length of the five rivers?",
    answer=120.0,
    tolerance=0.5,
    unit="km",
    confidence=True,
    otherwise="Add the five lengths and divide by how many there are.",
    wrong={
        600: called(
            "sum for mean", "That is the sum of all five. Divide it by how many there are."
        ),
        when(lambda km: km > 600, example=3000): "No river is as long as that, so no mean can be.",
    },
    hints=[
        "`length_km` is one column.",
        "A column has a `.mean()`.",
        "`rivers['length_km'].mean()`",
    ],
    why="600 km in all, shared out among 5 rivers.",
)

word = text(
    "Which method of a column counts its values, gaps left out?",
    answer=["count", ".count()", "count()"],
    pattern=r"rivers\[.+\]\.count\(\)",
    otherwise="It is a short word that says what it does.",
    wrong={"size": "`size` counts gaps, too.", "len": "`len` counts gaps, too, and is no method."},
    hints=["How many are known?", "It begins with c.", "To c_unt."],
    why="`count()` skips gaps; `size` does not.",
)

gaps = blanks(
    "Complete the line, so that it gives the mean length of the long rivers.",
    "long = rivers[rivers[{{column}}] {{sign}} 100]\nlong['length_km'].{{method}}",
    gaps={
        "column": gap("'length_km'"),
        "sign": gap(">", options=["<", ">", "=="], wrong={"<": "That keeps the short ones."}),
        "method": gap("mean()", wrong={"mean": "The brackets `()` call it."}),
    },
    code=True,
    otherwise="Read the line aloud: which rows, which column, which summary?",
    hints=["Which column says how long?", "Long means more than 100.", "`.mean()`"],
    fails=[({"column": "'river'", "sign": "<", "method": "mean"}, "the short ones")],
)

steps = order(
    "Put the lines in order: count the bridges of the long rivers.",
    lines=[
        "total = 0",
        "for row in rows:",
        "    if row.length_km > 100:",
        "        total = total + row.bridges",
        "print(total)",
    ],
    distractors={"total = row.bridges": "That forgets what was counted before."},
    otherwise="First a place to count in, then the loop, then the result.",
    hints=[
        "What must exist before the loop?",
        "What belongs inside of the loop?",
        "`total = 0` is first.",
    ],
)

pairs = match(
    "Which summary fits which question?",
    pairs={
        "How long is a river, typically?": "mean",
        "How many rivers are there?": "count",
        "How long is the longest?": "max",
    },
    distractors=["unique"],
    wrong={("How many rivers are there?", "mean"): "A mean says how much, not how many."},
    otherwise="Say the question with the word in it.",
    hints=["Three of the four are needed.", "How many: count.", "The longest: max."],
    fails=[
        (
            {
                "How long is a river, typically?": "count",
                "How many rivers are there?": "mean",
                "How long is the longest?": "unique",
            },
            "A mean says how much",
        )
    ],
)

function = code(
    "Write `per_bridge(length, bridges)`: kilometres of river for each bridge.",
    function="per_bridge",
    starter="def per_bridge(length, bridges):\n    return ...",
    solution="def per_bridge(length, bridges):\n    return length / bridges",
    passes=["def per_bridge(length, bridges):\n    return (1 / bridges) * length"],
    cases=[
        case(120.0, 4, because="120 km and 4 bridges make 30 km each."),
        case(45.0, 1, because="One bridge has all of it."),
        case(90.0, 9),
    ],
    wrong={
        "def per_bridge(length, bridges):\n    return bridges / length": called(
            "turned over", "Turned over: those are bridges for each kilometre."
        ),
        pattern(
            "int(_)", example="def per_bridge(length, bridges):\n    return int(length) // 7"
        ): ("`int` cuts the decimals off."),
    },
    avoids={"for": "A loop is not needed: one division does it."},
    properties=[
        holds(
            "twice the length gives twice as much",
            given=lambda st: [st.floats(1, 1000), st.integers(1, 50)],
            check=lambda f, length, bridges: (
                abs(f(2 * length, bridges) - 2 * f(length, bridges)) < 1e-6
            ),
        )
    ],
    hints=["What is shared out, and among how many?", "`/` divides.", "`length / bridges`"],
    why="What is shared out comes first.",
    fails={"def per_bridge(length, bridges):\n    return 30": "1 of 3"},
)

frame = table(
    "Make `long`: the rivers of more than 100 km, with all columns.",
    frame="long",
    starter="long = ...",
    solution="long = rivers[rivers['length_km'] > 100]",
    passes=["long = rivers.query('length_km > 100')"],
    wrong={
        "long = rivers[rivers['length_km'] < 100]": "Those are the short ones: turn the sign round.",
        "long = rivers.loc[rivers['length_km'] > 100, ['river', 'length_km']]": "The right rivers. All their columns are asked for: leave the column names out.",
    },
    hints=[
        "A condition asks each row.",
        "`rivers['length_km'] > 100`",
        "`rivers[rivers['length_km'] > 100]`",
    ],
)

chart = plot(
    "Draw length (across) against bridges (up) as points, and label both axes.",
    figure="ax",
    starter="import matplotlib.pyplot as plt\n\nfigure, ax = plt.subplots()\n",
    solution="""\
import matplotlib.pyplot as plt

figure, ax = plt.subplots()
ax.scatter(rivers["length_km"], rivers["bridges"])
ax.set_xlabel("length (km)")
ax.set_ylabel("bridges")
""",
    passes=[
        'ax = rivers.plot.scatter(x="length_km", y="bridges", xlabel="length (km)", ylabel="bridges")'
    ],
    wrong={
        """\
import matplotlib.pyplot as plt

figure, ax = plt.subplots()
ax.scatter(rivers["bridges"], rivers["length_km"])
ax.set_xlabel("length (km)")
ax.set_ylabel("bridges")
""": "Length and bridges have changed places."
    },
    compare=["kind", "data", "labels"],
    label_words={"xlabel": ["km"]},
    hints=["Points: `ax.scatter`.", "First across, then up.", "`ax.set_xlabel(...)`"],
    fails={
        """\
import matplotlib.pyplot as plt

figure, ax = plt.subplots()
ax.scatter(rivers["length_km"], rivers["bridges"])
""": "What is drawn is right. The x axis has no label"
    },
)

claim = reflect(
    "Do longer rivers have more bridges? Answer in two sentences, with a number.",
    model="In this table, yes: Cedar, the longest (200 km), has nine bridges, Dogwood, the shortest, one. Five made-up rivers prove nothing about others.",
    points=["Names a river and a number", "Says what the table cannot show"],
    least=8,
    passes=[
        "The longer ones do: Cedar, 200 km, has nine. Five rivers are too few to say so of all."
    ],
)


# The same kinds, drawn anew each time ---------------------------------------------------------


@variants(seed=1)
def one_of_drawn(draw):
    row = draw.choice(rivers.to_dict("records"))
    others = [name for name in rivers["river"] if name != row["river"]]
    return choice(
        f"Which river is {row['length_km']:g} km long?",
        right(row["river"], f"Yes: {row['length_km']:g} km."),
        *(wrong(name, f"{name} has another length: look at its row.") for name in others[:3]),
        hints=["Look down the column of lengths."],
    )


@variants(seed=2)
def all_of_drawn(draw):
    limit = draw.choice([60, 100, 130, 180])
    return choice(
        f"Which rivers are longer than {limit} km?",
        *(
            right(name, f"{km:g} km.") if km > limit else wrong(name, f"Only {km:g} km.")
            for name, km in zip(rivers["river"], rivers["length_km"], strict=True)
        ),
        many=True,
        hints=["Go through the lengths one by one."],
    )


@variants(seed=3)
def quantity_drawn(draw):
    values = draw.sample(range(2, 60), 3)
    return number(
        f"What is the mean of {values[0]}, {values[1]} and {values[2]}?",
        answer=sum(values) / 3,
        tolerance=0.01,
        otherwise="Add the three, then divide by 3.",
        wrong={sum(values): "That is the sum. Divide it by 3."},
        hints=["Add the three first."],
    )


@variants(seed=4)
def word_drawn(draw):
    asked, method = draw.choice([("largest", "max"), ("smallest", "min"), ("middle", "median")])
    return text(
        f"Which method gives the {asked} value of a column?",
        answer=[method, f"{method}()", f".{method}()"],
        otherwise="It is a short form of its English word.",
        wrong={"mean": "The mean is what each would get if all were shared out."},
        hints=[f"Think of the word for “{asked}”."],
    )


@variants(seed=5)
def gaps_drawn(draw):
    limit = draw.choice([50, 90, 150])
    return blanks(
        f"Complete the condition: rivers of at least {limit} km.",
        "rivers['length_km'] {{sign}} {{limit}}",
        gaps={
            "sign": gap(">=", wrong={">": "At least includes the limit."}),
            "limit": gap(str(limit)),
        },
        code=True,
        otherwise="At least means that much or more.",
        hints=["At least: that much, or more."],
    )


@variants(seed=6)
def steps_drawn(draw):
    name = draw.choice(["km", "n", "length"])
    return order(
        f"Put the lines in order, so that `{name}` ends as the sum.",
        lines=[
            f"{name} = 0",
            "for each in lengths:",
            f"    {name} = {name} + each",
            f"print({name})",
        ],
        otherwise="A place to add to, the loop, the result.",
        hints=["What must exist before the loop?"],
    )


@variants(seed=7)
def pairs_drawn(draw):
    names = {
        "the largest": "max",
        "the smallest": "min",
        "how many": "count",
        "all together": "sum",
    }
    chosen = draw.sample(sorted(names), 3)
    return match(
        "Which method belongs to which words?",
        pairs={words: names[words] for words in chosen},
        otherwise="Say the method's name in full.",
        hints=["Begin with the one you know."],
    )


@variants(seed=8)
def function_drawn(draw):
    factor = draw.choice([2, 3, 5])
    return code(
        f"Write `times(x)`, which gives {factor} times x.",
        function="times",
        starter="def times(x):\n    return ...",
        solution=f"def times(x):\n    return {factor} * x",
        passes=[f"def times(x):\n    return x * {factor}"],
        cases=[case(1), case(7)],
        wrong={f"def times(x):\n    return x + {factor}": "That adds."},
        hints=["`*` multiplies."],
    )


@variants(seed=9)
def frame_drawn(draw):
    limit = draw.choice([60, 100, 130])
    return table(
        f"Make `long`: the rivers of more than {limit} km.",
        frame="long",
        starter="long = ...",
        solution=f"long = rivers[rivers['length_km'] > {limit}]",
        passes=[f"long = rivers.query('length_km > {limit}')"],
        wrong={f"long = rivers[rivers['length_km'] < {limit}]": "Those are the short ones."},
        hints=["A condition in brackets."],
    )


@variants(seed=10)
def chart_drawn(draw):
    column, words = draw.choice([("length_km", "length (km)"), ("bridges", "bridges")])
    return plot(
        f"Draw a bar for each river: its `{column}`. Label the y axis.",
        figure="ax",
        starter="import matplotlib.pyplot as plt\n\nfigure, ax = plt.subplots()\n",
        solution=f"import matplotlib.pyplot as plt\n\nfigure, ax = plt.subplots()\nax.bar(rivers['river'], rivers['{column}'])\nax.set_ylabel('{words}')",
        passes=[f"ax = rivers.plot.bar(x='river', y='{column}', ylabel='{words}')"],
        wrong={
            f"import matplotlib.pyplot as plt\n\nfigure, ax = plt.subplots()\nax.plot(rivers['river'], rivers['{column}'])\nax.set_ylabel('{words}')": "A line joins rivers that have nothing between them: draw bars."
        },
        compare=["kind", "data", "labels"],
        hints=["`ax.bar(names, heights)`"],
    )


@variants(seed=11)
def claim_drawn(draw):
    river = draw.choice(list(rivers["river"]))
    return reflect(
        f"Say what the table tells you of {river}, and what it does not.",
        model="Its length and its bridges, and nothing of its water.",
        least=5,
    )
