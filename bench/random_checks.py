"""Random authors and random learners: a check of any kind, and answers to give it.

Three promises are looked at, for every kind: no answer breaks a check; no verdict is bare; and what
passes is exactly what the author declared, by a rule written here a second time.
"""

from __future__ import annotations

import json
import math
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pandas as pd

from kit.checks import (
    Broken,
    Check,
    Outcome,
    Passed,
    Work,
    attempt,
    attempt_written,
    blanks,
    case,
    choice,
    code,
    gap,
    match,
    number,
    order,
    plot,
    reflect,
    right,
    table,
    text,
    wrong,
)
from kit.checks.code_check import CodeCheck

LEAST_WORDS = 3
"""Of a feedback that is no bare verdict."""

WORDS = ["mean", "row", "gap", "Größe", "naïve", "count", "x", "日本", "a b", "µg", "0", "NaN"]
SIGNS = string.printable + "éß日µ−“”\u00a0\u200b\ud7ff𝛼"


@dataclass(frozen=True)
class Asked:
    """A random author's check.

    Attributes:
        rights: answers that must pass.
        is_right: whether an answer, as ``judge`` gets it, was declared right.
    """

    check: Check
    rights: list[Any]
    is_right: Callable[[Any], bool]


def phrase(draw: Random, least: int = 1) -> str:
    return " ".join(draw.choices(WORDS, k=draw.randint(least, 3)))


def different(draw: Random, many: int) -> list[str]:
    """Texts that differ, also for a reader who overlooks case and spaces."""
    return [f"{phrase(draw)} {mark}" for mark in draw.sample(string.ascii_lowercase, many)]


def says(draw: Random) -> str:
    return f"Look at the {draw.choice(WORDS)} once more, and say why."


def a_choice(draw: Random) -> Asked:
    texts = different(draw, draw.randint(2, 6))
    options = [right(texts[0], says(draw)), *(wrong(each, says(draw)) for each in texts[1:])]
    draw.shuffle(options)
    return Asked(choice("Which?", *options), [texts[0]], lambda a: str(a).strip() == texts[0])


def many_choices(draw: Random) -> Asked:
    texts = different(draw, draw.randint(2, 6))
    good = set(texts[: draw.randint(1, len(texts) - 1)])
    options = [(right if each in good else wrong)(each, says(draw)) for each in texts]
    return Asked(
        choice("Which?", *options, many=True),
        [sorted(good)],
        lambda a: {each.strip() for each in a} == good,
    )


def a_number(draw: Random) -> Asked:
    answer = draw.choice([0, 1, -3, 4201.75, 1e-6, 12345678, draw.uniform(-1e4, 1e4)])
    tolerance = draw.choice([0, 0.01, 5])
    check = number("How many?", answer=answer, tolerance=tolerance, otherwise=says(draw))

    def is_right(given: Any) -> bool:
        values = {float(form) for form in _forms(str(given))}
        hair = 1e-8 * max(1, abs(answer))
        return any(abs(value - answer) <= tolerance + hair for value in values)

    return Asked(check, [repr(answer), f" {answer!r} "], is_right)


def _forms(given: str) -> Iterator[str]:
    """A text as Python would read it, each of its marks taken for each role, and as a share."""
    tidy = "".join(
        sign for sign in given.replace("−", "-") if not sign.isspace() and sign not in "'’_"
    )
    for form in {tidy, tidy.replace(",", ""), tidy.replace(".", ""), tidy.replace(",", "."),
                 tidy.replace(".", "").replace(",", "."), tidy.replace(",", "")}:  # fmt: skip
        above, slash, below = form.partition("/")
        try:
            value = float(above) / float(below) if slash else float(form)
        except (ValueError, ZeroDivisionError, OverflowError):
            continue
        if math.isfinite(value):
            yield repr(value)


def a_text(draw: Random) -> Asked:
    answers = different(draw, draw.randint(1, 3))
    check = text("Which word?", answer=answers, otherwise=says(draw))

    def letters(given: Any) -> str:
        return "".join(sign for sign in str(given).casefold() if sign.isalnum())

    known = {letters(each) for each in answers}
    return Asked(check, [*answers, answers[0].upper()], lambda a: letters(a) in known)


def some_blanks(draw: Random) -> Asked:
    names = draw.sample(["a", "b", "c"], draw.randint(1, 3))
    wanted = dict(zip(names, different(draw, len(names)), strict=True))
    template = " and ".join(f"the {{{{{name}}}}}" for name in names)
    gaps = {name: gap(answer) for name, answer in wanted.items()}
    check = blanks("Fill in.", template, gaps=gaps, otherwise=says(draw))

    def letters(given: str) -> str:
        return "".join(sign for sign in given.casefold() if sign.isalnum())

    def is_right(given: Any) -> bool:
        return all(letters(given.get(name, "")) == letters(wanted[name]) for name in names)

    return Asked(check, [wanted], is_right)


def an_order(draw: Random) -> Asked:
    lines = [f"{'    ' * draw.randint(0, 2)}{each}" for each in different(draw, draw.randint(3, 5))]
    check = order("Put in order.", lines, otherwise=says(draw), code=True)
    wanted = [(line.strip(), (len(line) - len(line.lstrip())) // 4) for line in lines]
    return Asked(check, [wanted], lambda a: [(t.strip(), level) for t, level in a] == wanted)


def a_match(draw: Random) -> Asked:
    lefts = different(draw, draw.randint(2, 4))
    rights = [f"to {each}" for each in different(draw, len(lefts))]
    wanted = dict(zip(lefts, rights, strict=True))
    check = match("Which to which?", wanted, otherwise=says(draw), distractors=["none of them"])
    return Asked(check, [wanted], lambda a: all(a.get(each) == wanted[each] for each in lefts))


def a_function(draw: Random) -> Asked:
    factor, other = draw.sample(range(2, 50), 2)
    source = "def f(x):\n    return {} * x"
    check = code(
        "Write f.", function="f", starter="def f(x):\n    ...", solution=source.format(factor),
        cases=[case(draw.randint(1, 9)), case(draw.uniform(10, 99))],
        wrong={source.format(other): says(draw)},
    )  # fmt: skip
    rights = [source.format(factor), f"f = lambda x: x * {factor}"]
    return Asked(check, rights, lambda work: _gives(work.value, factor))


def _gives(function: Any, factor: int) -> bool:
    try:
        return all(math.isclose(function(x), factor * x, rel_tol=1e-5) for x in (1, 7.5, 55))
    except Exception:
        return False


def a_table(draw: Random) -> Asked:
    columns = {
        name: [draw.choice([1.5, 2.0, 7.25]) for _ in range(4)]
        for name in draw.sample(["a", "b", "c"], draw.randint(1, 3))
    }
    source = f"import pandas as pd\nt = pd.DataFrame({columns!r})"
    check = table("Make t.", frame="t", starter="t = ...", solution=source)
    made = pd.DataFrame(columns)

    def is_right(work: Work) -> bool:
        given = work.value
        if type(given) is not pd.DataFrame or list(given.columns) != list(made.columns):
            return False
        rows = [sorted(map(tuple, each.to_numpy().tolist())) for each in (given, made)]
        return rows[0] == rows[1]

    return Asked(check, [source, f"{source}\nt = t.iloc[::-1]"], is_right)


def a_plot(draw: Random) -> Asked:
    kind, other = draw.sample(["plot", "scatter", "bar"], 2)
    heights = draw.sample(range(1, 90), 4)
    source = "import matplotlib.pyplot as plt\nfigure, ax = plt.subplots()\nax.{}([1, 2, 3, 4], {})"
    check = plot(
        "Draw.", figure="ax", starter="ax = ...", solution=source.format(kind, heights),
        wrong={source.format(other, heights): says(draw)}, compare=["kind", "data"],
    )  # fmt: skip
    return Asked(
        check, [source.format(kind, heights)], lambda work: _draws(work.value, kind, heights)
    )


def _draws(axes: Any, kind: str, heights: list[int]) -> bool:
    """Whether the points of a chart are these, read from matplotlib's own objects."""
    try:
        if kind == "plot":
            (line,) = axes.lines
            points = list(zip(line.get_xdata(), line.get_ydata(), strict=True))
        elif kind == "scatter":
            (collection,) = axes.collections
            points = [tuple(each) for each in collection.get_offsets()]
        else:
            bars = axes.patches
            points = [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in bars]
    except (AttributeError, ValueError):
        return False
    return sorted(points) == list(enumerate(heights, start=1))


def a_reflection(draw: Random) -> Asked:
    least = draw.randint(1, 12)
    check = reflect("Why?", model=says(draw), points=[says(draw)], least=least)
    return Asked(check, [" ".join(["word"] * least)], lambda a: len(str(a).split()) >= least)


KINDS: dict[str, Callable[[Random], Asked]] = {
    "choice": a_choice, "choices": many_choices, "number": a_number, "text": a_text,
    "blanks": some_blanks, "order": an_order, "match": a_match, "code": a_function,
    "table": a_table, "plot": a_plot, "reflect": a_reflection,
}  # fmt: skip


def junk(draw: Random) -> str:
    """What no browser of ours sends, or somebody types who tries."""
    return draw.choice(
        [
            "",
            " ",
            "null",
            "[]",
            "{}",
            "[[]]",
            '{"a": 1}',
            "[1, 2]",
            '["a", null]',
            "1e999",
            "nan",
            "-0",
            "1/0",
            "4,201.75",
            "१२३",
            "[" * 2000,
            json.dumps(different(draw, 2)),
            json.dumps({"a": phrase(draw), "b": ""}),
            json.dumps([[phrase(draw), draw.randint(-9, 99)]]),
            str(draw.uniform(-1e6, 1e6)),
            phrase(draw),
            "".join(draw.choices(SIGNS, k=draw.randint(1, 60))),
        ]
    )


CODE_JUNK = (
    "",
    "1 +",
    "raise SystemExit",
    "def f(x):\n    raise ValueError",
    "f = 3",
    "t = 3",
    "ax = 'no'",
    "def f():\n    pass",
    "def f(x):\n    return f(x)",
    "class f:\n    pass",
    "import os; t = os",
    "t = __import__('pandas').DataFrame()",
    "t = t",
    "f = print",
    "f = len",
    "def f(*x):\n    return x",
    "import matplotlib.pyplot as plt\nax = plt.gca()",
    "ax = None",
    "t = None",
    "f = None",
    "x = 1",
    "'\\ud800'",
    "t = __import__('pandas').Series([1])",
    "import matplotlib.pyplot as plt\nax = plt.figure()",
    "def f(x):\n    return float('nan')",
)


def spoilt(draw: Random, written: str) -> str:
    """A right answer with one sign changed, taken out or put in."""
    at = draw.randrange(len(written) + 1)
    sign = draw.choice(SIGNS)
    return draw.choice(
        [written[:at] + sign + written[at:], written[:at] + written[at + 1 :], written[:at]]
    )


def broken_promises(asked: Asked, draw: Random) -> Iterator[str]:
    """What one answer of a random learner, and each right one, shows to be wrong with the kit."""
    for answer in asked.rights:
        given = asked.check.work(answer) if isinstance(asked.check, CodeCheck) else answer
        outcome = attempt(asked.check, given)
        if not isinstance(outcome, Passed):
            yield f"{answer!r} is right and was not passed: {outcome}"
        yield from _faults(answer, outcome)
    if isinstance(asked.check, CodeCheck):
        source = draw.choice([*CODE_JUNK, spoilt(draw, draw.choice(asked.rights))])
        given = asked.check.work(source)
        outcome, meant = attempt(asked.check, given), given
    else:
        source = draw.choice(
            [junk(draw), spoilt(draw, asked.check.written(draw.choice(asked.rights)))]
        )
        outcome = attempt_written(asked.check, source)
        try:
            meant = asked.check.parse(source)
        except (ValueError, RecursionError):
            meant = None
    yield from _faults(source, outcome)
    if isinstance(outcome, Passed) and (meant is None or not asked.is_right(meant)):
        yield f"{source!r} was passed and is not right"


def _faults(answer: Any, outcome: Outcome) -> Iterator[str]:
    if isinstance(outcome, Broken):
        yield f"{answer!r} broke the check: {outcome.fault}"
    if len(outcome.feedback.split()) < LEAST_WORDS:
        yield f"{answer!r} got a bare verdict: {outcome.feedback!r}"
