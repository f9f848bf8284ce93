"""The clean lesson: a small course, made by a program, in which ``kit lint`` finds nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.planted.film import tiny_webm

LESSON = "01-shells"

COURSE = """\
id = "shells"
title = "Shells"

[[lesson]]
id = "01-shells"
goal = "count shells"
minutes = 20
"""

SHELLS = """\
beach,mass_g,length_mm
north,10.25,30.5
north,12.0,33.0
south,,31.25
south,11.5,29.75
north,12.5,34.0
south,13.25,35.5
north,11.0,30.0
south,12.75,33.75
"""

README = """\
# The data of this lesson

Made up for the tests of the kit; in the public domain. **One row** of shells.csv is one shell.
"""

CAPTIONS = "WEBVTT\n\n00:00:00.000 --> 00:01:00.000\nA walk along the beach.\n"
SLIDES = "# The beach\n\n<!-- notes: A walk along the beach. -->\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>\n'

CHECKS = '''\
"""The checks of the clean lesson."""

from pathlib import Path

import pandas as pd

from kit.checks import case, choice, code, number, right, table, text, when, wrong

shells = pd.read_csv(Path(__file__).parent / "data" / "shells.csv")

OBJECTIVES = {
    "say what one row stands for": ["one_row", "how_many"],
    "count what is known": ["total", "middle", "kept"],
    "choose rows": ["share_above", "difference", "heavy"],
}
EQUIVALENT = {"difference": ["return abs(other - one)"]}
NUMBERS = [shells["mass_g"].sum(), "1.5"]

HINTS = ["Look at the table.", "Use one of its columns.", "Put both together."]

one_row = choice(
    "What is one row?",
    right("one shell", "Yes, each row was written down for one single shell."),
    wrong("one beach", "Both beaches have several rows; what differs between these?"),
    wrong("one gram", "A gram is a unit. What was put on the scales?"),
    hints=HINTS,
)

kept = choice(
    "What does a gap say?",
    right("nobody weighed it", "Yes, the scales were broken on that very day."),
    wrong("it weighs nothing", "Then somebody would have written a zero down."),
    hints=HINTS,
)

how_many = number(
    "How many rows are there?",
    answer=8,
    unit="shells",
    otherwise="Count the lines of the table.",
    wrong={7: "One of the rows has a gap, and it is a row all the same."},
    hints=HINTS,
)

total = number(
    "What do they weigh together?",
    answer=83.25,
    tolerance=0.01,
    unit="g",
    otherwise="Add up the masses.",
    wrong={
        95.0: "That counts the gap with a mass of its own.",
        when(lambda grams: grams < 1, example=0.5): "That is in kilograms.",
    },
    fails={400.0: "too high"},
    hints=HINTS,
)

middle = text(
    "What is the value in the middle called?",
    answer=["median", "the median"],
    otherwise="It begins with an m.",
    wrong={"mean": "That one divides a sum by a count."},
    hints=HINTS,
)

share_above = code(
    "Finish the function: the share of values that are higher than a limit.",
    function="share_above",
    starter="""\\
def share_above(values, limit):
    above = 0
    return ...
""",
    solution="""\\
def share_above(values, limit):
    above = 0
    for value in values:
        if value > limit:
            above += 1
    return above / len(values)
""",
    passes=[
        """\\
def share_above(values, limit):
    return sum(value > limit for value in values) / len(values)
"""
    ],
    cases=[
        case([1, 2, 3, 4], 2, because="Two of four."),
        case([5, 6, 1], 4, because="Two of three."),
    ],
    wrong={
        """\\
def share_above(values, limit):
    return sum(value >= limit for value in values) / len(values)
""": "The limit itself is not above the limit.",
        """\\
def share_above(values, limit):
    return sum(value > limit for value in values)
""": "That is a count. Divide it by how many there are.",
    },
    hints=HINTS,
)

difference = code(
    "Write a function that gives the distance of two numbers.",
    function="difference",
    starter="""\\
def difference(one, other):
    return ...
""",
    solution="""\\
def difference(one, other):
    return abs(one - other)
""",
    passes=["difference = lambda one, other: max(one, other) - min(one, other)"],
    cases=[case(2, 5), case(5, 1)],
    wrong={
        "difference = lambda one, other: one - other": "A distance is never negative.",
        "difference = lambda one, other: one + other": "That is what they are together.",
    },
    hints=HINTS,
)

heavy = table(
    "Make a table of the shells over 12 g.",
    frame="heavy",
    starter="heavy = ...\\n",
    solution='heavy = shells[shells["mass_g"] > 12]\\n',
    passes=['heavy = shells.query("mass_g > 12")\\n'],
    wrong={
        'heavy = shells[shells["mass_g"] >= 12]\\n': "A shell of 12 g is not over 12 g.",
        'heavy = shells[shells["mass_g"] < 12]\\n': "These are the light ones.",
    },
    hints=HINTS,
)
'''

SENTENCE = "A shell has a shape and a colour and was found by somebody on one of the beaches."


def filler(words: int) -> str:
    """Prose of so many words that says little, twelve of them to a sentence."""
    vocabulary = SENTENCE.rstrip(".").split()
    taken = [vocabulary[number % len(vocabulary)] for number in range(words)]
    return " ".join(taken) + "."


def markdown(name: str, source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def code(name: str, source: str, **metadata: Any) -> dict[str, Any]:
    return {
        "cell_type": "code", "id": name, "metadata": metadata, "source": source,
        "outputs": [], "execution_count": None,
    }  # fmt: skip


TITLE = """\
# Shells

**How many shells are there?**

- You can say what one row stands for.
- You can count what is known.
- You can choose rows by what they hold.

"""

WORKED = """\
import pandas as pd

shells = pd.read_csv("data/shells.csv")
print(shells["length_mm"].mean())
shells.head(2)"""

DRAWN = """\
import matplotlib.pyplot as plt

figure, ax = plt.subplots()
ax.hist(shells["length_mm"])
plt.show()"""

VIDEO = """\
from kit import Video

Video(
    "media/walk.webm",
    captions="media/walk.vtt",
    title="A walk",
    poster="media/beach.svg",
)"""


def clean_cells() -> list[dict[str, Any]]:
    """The notebook of the clean lesson: 1,000 words, eight checks, twenty minutes."""
    share = "def share_above(values, limit):\n    above = 0\n    return ..."
    return [
        markdown("title", TITLE + filler(60)),
        code("set-up", "from kit import lesson\n\nchecks = lesson()"),
        markdown("rows", "## What is one row?\n\n" + filler(40)),
        code("worked", WORKED),
        code("check-one-row", "checks.one_row"),
        markdown("mean", "The mean length is 32.22 mm. " + filler(100)),
        code("video", VIDEO),
        code("check-how-many", "checks.how_many"),
        markdown("gaps", "## What is known?\n\n![A beach](media/beach.svg)\n\n" + filler(100)),
        code("check-total", "checks.total"),
        markdown("sorted", "See [the data](data/README.md). " + filler(100)),
        code("check-middle", "checks.middle"),
        markdown("scales", filler(100)),
        code("drawn", DRAWN, alt="Seven lengths, from 29 to 36 mm."),
        code("check-kept", "checks.kept"),
        markdown("choose", "## Choose rows\n\n" + filler(110)),
        code("work-share", share, tags=["work"]),
        code("check-share", "checks.share_above"),
        markdown("distance", filler(110)),
        code("work-difference", "def difference(one, other):\n    return ...", tags=["work"]),
        code("check-difference", "checks.difference"),
        markdown("over", filler(100)),
        code("work-heavy", "heavy = ...", tags=["work"]),
        code("check-heavy", "checks.heavy"),
        markdown("end", "## How many, then?\n\n" + filler(100)),
    ]


@dataclass
class Draft:
    """A course before it is written; a mistake changes a part of it.

    Attributes:
        files: what else is written, by path below the lesson's folder; None takes a file away.
        beside: the same below the course's folder.
        seconds: what the run gives each cell.
    """

    course: str = COURSE
    checks: str = CHECKS
    cells: list[dict[str, Any]] = field(default_factory=clean_cells)
    files: dict[str, str | bytes | None] = field(
        default_factory=lambda: {
            "data/shells.csv": SHELLS, "data/README.md": README, "media/walk.vtt": CAPTIONS,
            "media/walk.webm": tiny_webm(), "media/beach.svg": PICTURE, "media/slides.md": SLIDES,
        }
    )  # fmt: skip
    beside: dict[str, str] = field(default_factory=dict)
    seconds: int = 60

    def cell(self, name: str) -> dict[str, Any]:
        return next(cell for cell in self.cells if cell.get("id") == name)

    def put_after(self, name: str, new: dict[str, Any]) -> None:
        self.cells.insert(self.cells.index(self.cell(name)) + 1, new)

    def take_out(self, *names: str) -> None:
        self.cells = [cell for cell in self.cells if cell["id"] not in names]

    def say(self, name: str, text: str) -> None:
        """Add a sentence to a cell of text."""
        self.cell(name)["source"] += f"\n\n{text}"

    def swap(self, old: str, new: str) -> None:
        """Change the first such text of checks.py."""
        assert old in self.checks, old
        self.checks = self.checks.replace(old, new, 1)

    def write(self, folder: Path) -> Path:
        """Write the course below a folder; returns the course's own."""
        course = folder / "lessons"
        lesson = course / LESSON
        lesson.mkdir(parents=True)
        notebook = {"cells": self.cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        own = {"lesson.ipynb": json.dumps(notebook), "checks.py": self.checks, **self.files}
        texts = {f"{LESSON}/{name}": text for name, text in own.items()}
        for name, text in {"course.toml": self.course, **texts, **self.beside}.items():
            if text is not None:
                (course / name).parent.mkdir(parents=True, exist_ok=True)
                content = text.encode("utf-8") if isinstance(text, str) else text
                (course / name).write_bytes(content)
        return course
