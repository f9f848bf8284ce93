"""Checks that are answered with code: what code, table and plot promise, and to whom."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.lines import Line2D

from kit.checks import (
    Broken,
    Failed,
    NotAttempted,
    Outcome,
    Passed,
    Work,
    attempt,
    called,
    case,
    code,
    holds,
    pattern,
    plot,
    table,
    when,
)
from kit.checks.charts.drawing import describe, drawing_of
from kit.checks.running.constructs import is_written_with, makes
from kit.checks.running.explain import explain
from kit.checks.running.limits import TimeUp, time_limit
from kit.checks.running.properties import generated
from kit.checks.running.work import call, run_source
from kit.checks.tables.frames import difference
from kit.errors import CheckError
from kit.widgets.output import MAX_URL, output_of

mpl.use("agg")
import matplotlib.pyplot as plt

a_holds: Any = holds  # also for what an author should not give it
a_pattern: Any = pattern
few = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


def ran(check: Any, source: str) -> Outcome:
    """The outcome for a learner's code."""
    return attempt(check, check.work(source))


def words(outcome: Outcome, kind: type[Outcome] = Failed) -> str:
    assert isinstance(outcome, kind), outcome
    return outcome.feedback


def python(source: str) -> str:
    """What a new Python prints that runs a source."""
    command = [sys.executable, "-c", source]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return run.stdout


@pytest.fixture(autouse=True)
def no_figure_is_left_open() -> Iterator[None]:
    """Whatever was judged: a notebook would show what is still open."""
    yield
    assert plt.get_fignums() == []


# Rules ------------------------------------------------------------------------------------------

SHARE = code(
    "Write `share(values)`: the share of them that is None, from 0 to 1.",
    function="share",
    starter="def share(values):\n    return ...",
    solution="def share(values):\n    return sum(v is None for v in values) / len(values)",
    cases=[case([1, None]), case([1, 2, 3]), case([None, None, None, 4], because="Here, 3 of 4.")],
    wrong={
        "def share(values): return sum(v is None for v in values)": called(
            "count for a share", "That is how many. Divide by how many there are."
        ),
        when(
            lambda f: f([None]) == 100,
            example="def share(v): return 100 * v.count(None) / len(v)",
        ): called("percent for a share", "That is in percent: leave the 100 out."),
        pattern(
            "_.dropna(...)", example="def share(v): return len(v.dropna())"
        ): "A list has no `dropna`: count what is None.",
        pattern("len(_)", example="def share(v): return 1 / len(v)"): "The length is not all.",
    },
)


@pytest.mark.parametrize(
    ("source", "said", "misconception"),
    [
        ("def share(v): return v.count(None)", "That is how many.", "count for a share"),
        ("share = lambda v: 100 * v.count(None) / len(v)", "in percent", "percent for a share"),
        ("def share(v):\n    kept = v.dropna()\n    return 1", "has no `dropna`", ""),
        ("def share(v): return 2 / len(v)", "The length is not all.", ""),
        ("def share(v): return 7", "`share([1, None])` gave `7`; `0.5` was expected.", ""),
    ],
)
def test_the_first_rule_that_fits_wrong_code_speaks(
    source: str, said: str, misconception: str
) -> None:
    outcome = ran(SHARE, source)
    assert said in words(outcome)
    assert isinstance(outcome, Failed)
    assert outcome.misconception == misconception


@pytest.mark.parametrize(
    "source",
    [
        "def share(v): raise KeyError(v)",
        "def share(v): return 'many'",
        "def share(v):\n    v.clear()\n    return 0.5",
        "import sys\ndef share(v): sys.exit()",
        "class share:\n    def __init__(self, v): pass\n    def __eq__(self, other): raise OSError",
    ],
)
def test_a_predicate_that_a_learners_value_makes_stumble_does_not_fit(source: str) -> None:
    assert "share(" in words(ran(SHARE, source))


def test_a_predicate_cannot_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.checks.code_check.RULE_SECONDS", 0.1)
    slow = "def share(v):\n    while v == [None]: pass\n    return 7"
    before = time.monotonic()
    assert "gave `7`" in words(ran(SHARE, slow))
    assert time.monotonic() - before < 2


BIRDS = pd.DataFrame(
    {
        "species": ["Adelie", "Gentoo", "Gentoo", "Chinstrap"],
        "mass": [3700.0, None, 5000.0, 3800.0],
        "bill": [38.8, 47.5, 46.1, 49.0],
        "year": [2007, 2008, 2009, 2007],
    }
)
DAYS = pd.DataFrame(
    {"t": [3.5, 2.0, 4.5, 6.0, 5.5, 7.0]}, index=pd.date_range("2026-01-01", periods=6)
)
NAMES = {"birds": BIRDS, "days": DAYS, "pd": pd, "np": np, "plt": plt}


def a_table(solution: str, **more: Any) -> Any:
    check = table("Q", frame="made", starter="made = ...", solution=solution, **more)
    return replace(check, namespace=NAMES, id="a_table")


def a_plot(solution: str, **more: Any) -> Any:
    starter = "figure, ax = plt.subplots()\n..."
    check = plot("Q", figure="ax", starter=starter, solution=solution, **more)
    return replace(check, namespace=NAMES, id="a_plot")


KNOWN = a_table(
    "made = birds.dropna()",
    wrong={
        "made = birds.fillna(0)": called("missing as zero", "A gap is not 0 g."),
        when(lambda made: "kg" in made, example="made = birds.assign(kg=1)"): "No kg, please.",
        pattern("_.head(...)", example="made = birds.head(2)"): "`head` looks at no gap.",
    },
)
SCATTER = a_plot(
    "figure, ax = plt.subplots()\nax.scatter(birds['bill'], birds['mass'])\n"
    "ax.set(xlabel='bill length (mm)', ylabel='body mass (g)', title='Bill and mass')",
    compare=["kind", "data", "labels", "title"],
    label_words={"xlabel": ["bill", "mm"], "ylabel": ["mass", ["g", "grams"]]},
    wrong={
        "figure, ax = plt.subplots()\nax.scatter(birds['bill'], birds['mass'].fillna(0))": called(
            "missing as zero", "A bird of 0 g?"
        ),
        when(lambda d: "histogram" in d.kinds, example="ax = birds['mass'].plot.hist()"): called(
            "one amount", "A histogram shows one amount."
        ),
        pattern("_.bar(...)", example="ax = birds.plot.bar()"): "Bars are for names.",
    },
)


def test_rules_speak_to_wrong_tables_and_charts() -> None:
    for check, source, said, misconception in [
        (KNOWN, "made = birds.where(birds.notna(), 0)", "A gap is not 0 g.", "missing as zero"),
        (KNOWN, "made = birds.assign(kg=birds['mass'] / 1000)", "No kg, please.", ""),
        (KNOWN, "made = birds.head(3)", "`head` looks at no gap.", ""),
        (SCATTER, "ax = birds.fillna(0).plot.scatter('bill', 'mass', xlabel='', ylabel='')",
         "A bird of 0 g?", "missing as zero"),
        (SCATTER, "ax = plt.hist(birds['mass'])", "shows one amount", "one amount"),
        (SCATTER, "figure, ax = plt.subplots()\nax.bar(['a'], [1])", "Bars are for names.", ""),
    ]:  # fmt: skip
        outcome = ran(check, source)
        assert said in words(outcome)
        assert isinstance(outcome, Failed)
        assert outcome.misconception == misconception


@pytest.mark.parametrize("check", [SHARE, KNOWN, SCATTER], ids=lambda check: str(check.kind))
def test_a_check_keeps_the_promises_of_its_rules(check: Any) -> None:
    for example in check.examples():
        outcome = ran(check, example.answer)
        assert outcome.name == example.outcome, (example, outcome)
        assert example.says in outcome.feedback
    secrets = ("fillna", "dropna", "percent", "is None", "hist")
    assert not [secret for secret in secrets if secret in str(check.form())]


# What code is written with ----------------------------------------------------------------------

LOOP = "def f(v):\n    n = 0\n    for x in v:\n        if x > 0:\n            n += 1\n    return n"


@pytest.mark.parametrize(
    ("construct", "source", "found"),
    [
        ("for", LOOP, True),
        ("while", LOOP, False),
        ("if", LOOP, True),
        ("if", "def f(v): return 1 if v else 0", True),
        ("lambda", "f = lambda v: v", True),
        ("comprehension", "def f(v): return sum(x for x in v)", True),
        ("for", "def f(v): return [x for x in v]", False),
        ("try", "def f(v):\n    try: return 1\n    except OSError: pass", True),
        ("import", "import math\ndef f(v): return math.sqrt(v)", True),
        ("import", "import math\ndef f(v): return v", False),
        ("_.iterrows(...)", "def f(v):\n    for i, row in v.head().iterrows(): pass", True),
        ("_.iterrows(...)", "def f(v): return v.iterrows", False),
        ("len(_)", "def f(v): return len(v)", True),
        ("len(_)", "def f(v): return len(v, 2)", False),
        ("_.groupby(...)", "def f(v): return v.groupby('a', dropna=False)", True),
        ("_.groupby(_)", "def f(v): return v.groupby('a', dropna=False)", False),
        ("_.groupby(..., dropna=False)", "def f(v): return v.groupby('a', dropna=False)", True),
        ("_.groupby(..., dropna=False)", "def f(v): return v.groupby('a')", False),
        ("_.fillna(0)", "def f(v): return v.fillna(0.0)", True),
        ("_.fillna(0)", "def f(v): return v.fillna(False)", False),
        ("_.fillna(0)", "def f(v): return v.fillna(1)", False),
        ("_[_ > 0]", "def f(v): return v[v['a'] > 0]", True),
        ("range(len(_))", "def f(v):\n    for i in range(len(v)): pass", True),
        ("for _ in range(...): ...", "def f(v):\n    for i in range(3):\n        v += i", True),
        ("for _ in range(...): ...", LOOP, False),
        ("_ += _", LOOP, True),
        ("'_'", "def f(v): return 'a'", False),
        ("sum", "def f(v): return sum(v)", True),
        # What is tried out beside the function, or belongs to another one, does not count.
        ("for", "def f(v): return v\nfor x in range(3):\n    print(f(x))", False),
        ("for", "def g(v):\n    for x in v: return x\ndef f(v): return g(v)", True),
        ("for", "def g(v):\n    for x in v: return x\ndef f(v): return v", False),
    ],
)
def test_constructs_are_found_where_they_are(construct: str, source: str, found: bool) -> None:
    assert is_written_with(construct, source, "f") is found


@pytest.mark.parametrize("source", ["", "def f(:", "-" * 100_000 + "1", "# nothing"])
def test_what_cannot_be_read_has_neither_a_construct_nor_none(source: str) -> None:
    assert is_written_with("for", source, "f") is None


def test_a_source_makes_a_name_in_any_way_that_python_knows() -> None:
    for source in (
        "figure, ax = plt.subplots()", "ax = 1", "ax: int = 1", "ax += 1", "def ax(): ...",
        "for ax in axes: ...", "with room() as ax: ...", "import ax", "from room import one as ax",
        "if True:\n    ax = 1", "class ax: ...", "[ax] = axes", "(ax := 1)",
    ):  # fmt: skip
        assert makes(source, "ax"), source
    for source in ("ax", "ax.plot()", "bx = ax", "def f():\n    ax = 1", "ax =", ""):
        assert not makes(source, "ax"), source


COUNT = code(
    "Count the values above 0.",
    function="above",
    starter="def above(v): ...",
    solution="def above(v):\n    return sum([x > 0 for x in v])",
    cases=[case([1, -1]), case([])],
    uses={"comprehension": called("loop", "Now say it in one line, as a comprehension.")},
    avoids={"while": "And without `while`."},
)


def test_how_code_is_written_counts_where_its_results_are_right() -> None:
    looped = "def above(v):\n    n = 0\n    for x in v: n += x > 0\n    return n"
    outcome = ran(COUNT, looped)
    assert words(outcome) == (
        "`above` works: it gave what was expected in all 2 examples. "
        "Now say it in one line, as a comprehension."
    )
    assert isinstance(outcome, Failed)
    assert (outcome.score, outcome.misconception) == (0.5, "loop")
    both = "def above(v):\n    while False: pass\n    return len([x for x in v if x > 0])"
    assert "And without `while`." in words(ran(COUNT, both))
    assert "gave `9`" in words(ran(COUNT, "def above(v): return 9"))
    assert isinstance(ran(COUNT, "def above(v): return len([x for x in v if x > 0])"), Passed)


def test_where_the_code_is_not_known_what_it_does_is_enough_and_that_is_said() -> None:
    outcome = attempt(COUNT, Work(lambda v: sum(x > 0 for x in v)))
    assert "How it is written could not be seen here" in words(outcome, Passed)
    assert "could not be seen" not in words(ran(COUNT, COUNT.right_source), Passed)


# Properties -------------------------------------------------------------------------------------

MEAN = code(
    "Write `middle(values)`, their mean, 0 where there are none.",
    function="middle",
    starter="def middle(values): ...",
    solution="def middle(v):\n    return sum(v) / len(v) if v else 0",
    cases=[case([1, 3]), case([2, 2, 5])],
    properties=[
        holds(
            "a mean lies between the least and the greatest value",
            given=lambda st: [st.lists(st.integers(-9, 9), max_size=5)],
            check=lambda f, v: f(v) == 0 if not v else min(v) <= f(v) <= max(v),
            because="Think of an empty list.",
        ),
        holds(
            "the order does not matter",
            given=lambda st: [st.lists(st.integers(-9, 9), min_size=1, max_size=5)],
            check=lambda f, v: f(v) == f(v[::-1]),
        ),
    ],
)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def middle(v): return sum(v) / len(v)", ["`middle([])` did not come", "divided"]),
        ("def middle(v): return sum(v) / len(v) if v else -1", ["`middle([])` gave `-1`."]),
        ("def middle(v): return abs(sum(v)) / len(v) if v else 0", ["`middle([-1])` gave `1`."]),
        ("def middle(v):\n    if v: return sum(v) / len(v)", ["`middle([])` gave `None`."]),
        ("def middle(v): return sum(v) / len(v) if v else [][1]", ["beyond the end"]),
        ("def middle(v):\n    return sum(v) / len(v) if v else exit()", ["ends the program"]),
        ("def middle(v):\n    return sum(v) / len(v) if v else input()", ["nobody can type"]),
        ("def middle(v): return (sum(v) / len(v) if v[0] > 0 else v[0]) if v else 0",
         ["`middle([", "the order does not matter"]),
    ],
)  # fmt: skip
def test_the_smallest_counterexample_is_shown(source: str, said: list[str]) -> None:
    outcome = ran(MEAN, source)
    assert "All 2 examples are right, but not all others are." in words(outcome)
    assert [each for each in said if each not in words(outcome)] == []
    assert "It must hold that " in words(outcome)
    assert isinstance(outcome, Failed)
    assert 0.5 <= outcome.score < 1


def test_what_came_is_told_with_the_rule_and_a_likely_cause() -> None:
    assert words(ran(MEAN, "def middle(v): return sum(v) / len(v) if v else -1")) == (
        "All 2 examples are right, but not all others are. `middle([])` gave `-1`. It must hold "
        "that a mean lies between the least and the greatest value. Think of an empty list."
    )


def test_properties_are_the_same_each_time_and_hypothesis_says_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    state = random.getstate()
    first, again = (generated(MEAN.properties[0]) for _ in range(2))
    assert first == again
    assert 20 <= len(first) <= 60
    said = {words(ran(MEAN, "def middle(v):\n    print('x')\n    return 2 * len(v)")) for _ in "ab"}
    said |= {words(ran(replace(MEAN, why=""), "def middle(v): return 2 if v else 9")) for _ in "ab"}
    assert len(said) == 2
    assert random.getstate() == state
    assert capfd.readouterr() == ("", "")
    assert [path.name for path in tmp_path.iterdir() if path.name != "cache"] == []


def test_hypothesis_is_imported_only_where_a_property_is_tried() -> None:
    source = (
        "import sys, kit.checks as k\n"
        "c = k.code('Q', function='f', starter='', solution='def f(x): return x',\n"
        "           cases=[k.case(1)], properties=[k.holds('so', given=lambda st: [st.none()],\n"
        "           check=lambda f, x: True)])\n"
        "k.attempt(c, c.work('def f(x): return 2'))\n"
        "print([name in sys.modules for name in ('hypothesis', 'pandas', 'matplotlib')])\n"
        "print(k.attempt(c, c.work('def f(x): return 1 * x')).name, 'hypothesis' in sys.modules)\n"
    )
    assert python(source) == "[False, False, False]\npassed True\n"


def test_a_slow_function_is_not_a_wrong_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.checks.running.properties.PROPERTY_SECONDS", 0.05)
    source = "import time\n" + MEAN.right_source.replace(
        "    return", "    time.sleep(0.02)\n    return"
    )
    before = time.monotonic()
    assert isinstance(ran(MEAN, source), Passed)
    assert time.monotonic() - before < 2


def test_a_function_that_never_ends_for_some_arguments_is_waited_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kit.checks.running.work.time_limit", lambda _seconds: time_limit(0.2))
    source = "def middle(v):\n    while not v: pass\n    return sum(v) / len(v)"
    before = time.monotonic()
    assert "Is there a loop that never ends?" in words(ran(MEAN, source))
    assert time.monotonic() - before < 3


def test_a_function_that_is_not_the_same_each_time_is_told_what_it_gave() -> None:
    source = (
        "import itertools\nturn = itertools.count()\n"
        "def middle(v): return sum(v) / len(v) + 99 * (next(turn) > 9) if v else 0"
    )
    assert "`middle([" in words(ran(MEAN, source))


def test_a_rule_may_be_about_a_property() -> None:
    check = replace(MEAN, wrong={"def middle(v): return sum(v) / max(1, len(v)) or 3": "Three?"})
    assert "Three?" in words(ran(check, "def middle(v): return (sum(v) / len(v) if v else 0) or 3"))
    assert "Three?" not in words(ran(check, "def middle(v): return sum(v) / len(v) if v else -1"))


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        (holds("it is 7", given=lambda st: [st.just([])], check=lambda f, v: f(v) == 7), "has not"),
        (holds("it is", given=lambda st: [st.just([1])], check=lambda f, v: None), "has not the"),
        (holds("it is", given=lambda st: [st.just([1])], check=lambda f: True), "has not the prop"),
        (holds("it is", given=lambda st: [st.just([])], check=lambda f, v: v[1]), "has not the"),
        (holds("it is", given=lambda st: 5, check=lambda f, v: True), "no arguments to be tried"),
        (holds("it is", given=lambda st: [5], check=lambda f, v: True), "no arguments to be tried"),
        (a_holds("it is", given=lambda: [1], check=lambda f: 1), "no arguments to be tried"),
        (holds("it is", given=lambda st: [st.nothing()], check=lambda f, v: True), "no arguments"),
        (holds("it is", given=lambda st: [st.integers(9, 0)], check=lambda f, v: True), "no argu"),
    ],
)
def test_a_property_whose_author_erred_breaks_the_check_and_tells_the_author(
    wanted: Any, fault: str
) -> None:
    outcome = ran(replace(MEAN, properties=[wanted]), MEAN.right_source)
    assert isinstance(outcome, Broken)
    assert fault in outcome.fault
    assert "it is" in outcome.fault


# Errors -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def share(): return 1", "It was called with 1 value; yours takes none. Compare the"),
        ("def share(a, b): return 1", "It was called with 1 value; yours takes 2: `a`, `b`."),
        ("def share(*, v): return 1", "It was called with 1 value; yours takes 1: `v`."),
        ("def g(a): pass\ndef share(v): return g(1, 2)", "The call gives 2 values; it takes 1."),
        ("def g(): pass\ndef share(v): return g(1)", "The call gives 1 value; it takes none."),
        ("def g(a, b): pass\ndef share(v): return g(1)", "leaves out what the function needs: `b`"),
        ("def share(v): return len(v, v)", "The call gives 2 values; it takes exactly one."),
        ("def share(v): return input('How many?')", "nobody can type here: give the value in the"),
        ("n = input()\ndef share(v): return n", "It is on line 1."),
    ],
)
def test_a_call_that_does_not_fit_says_how_many_were_given_and_taken(
    source: str, said: str
) -> None:
    assert said in words(ran(SHARE, source))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "made = birds['Mass']",
            "There is no column `Mass`, but there is `mass`: capitals matter.",
        ),
        (
            "made = birds[['Year', 'mass']]",
            "no column `Year`, but there is `year`: capitals matter",
        ),
        ("made = birds.sort_values('MASS')", "no column `MASS`, but there is `mass`"),
        ("made = birds.groupby('specis').size()", "no column `specis`: did you mean `species`?"),
        ("made = birds.drop(columns='yaer')", "no column `yaer`: did you mean `year`?"),
        ("made = birds.Mass", "There is no column `Mass`, but there is `mass`"),
        ("made = birds['wingspan']", "There is no column or key of that name"),
        ("made = {'a': 1}['A']", "There is no column or key of that name"),
    ],
)
def test_a_column_that_is_not_there_is_told_the_one_that_was_meant(source: str, said: str) -> None:
    assert said in words(ran(KNOWN, source))


ODD_ERRORS = [
    "class Odd(KeyError):\n    def __str__(self): raise SystemExit\nraise Odd('a')",
    "class Odd(TypeError):\n    def __str__(self): return 5\nraise Odd('argument')",
    "raise SyntaxError('m', ('f', 'x', 1, 5))",
    "raise KeyError([1], {2})",
    "raise TypeError('takes argument (')",
    "class DataFrame:\n    columns = 5\n    def go(self): raise KeyError('a')\nDataFrame().go()",
    "raise AttributeError",
]


@pytest.mark.parametrize("source", ODD_ERRORS)
def test_any_error_is_explained(source: str) -> None:
    error = run_source(source, {}).error
    assert error
    assert len(explain(error).split()) > 3


# table ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("solution", "source", "said"),
    [
        # A Series is expected where the solution makes one.
        ("made = birds['mass'].dropna()", "made = birds[['mass']]", "one column (Series) was exp"),
        ("made = birds['mass'].dropna()", "made = 5", "is a whole number; one column (Series)"),
        ("made = birds['mass'].dropna()", "made = birds['mass'].values", "is an array; one column"),
        (
            "made = birds['mass'].dropna()",
            "made = birds['mass']",
            "Your Series has 4 values; 3 were",
        ),
        ("made = birds['mass'].dropna()", "made = birds['mass'].dropna() + 9", "In row `0`, there"),
        (
            "made = birds['mass'].dropna()",
            "made = birds['species'].head(3)",
            "The Series should hold",
        ),
        (
            "made = birds.groupby('species')['mass'].mean()",
            "made = birds.groupby('species')['mass'].max().rename({'Gentoo': 'Emperor'})",
            "the row labels (the index) are",
        ),
        # Types.
        (
            "made = birds",
            "made = birds.astype({'mass': str})",
            "'mass'` should hold numbers; yours",
        ),
        ("made = days.reset_index()", "made = days.reset_index().astype({'index': str})", "dates"),
        ("made = birds", "made = birds.assign(year=birds['year'] > 0)", "holds True and False"),
        # The index.
        (
            "made = birds.groupby(['species', 'year']).size()",
            "made = birds.groupby('species').size().head(4).reindex(list('abcd'))",
            "the row labels (the index) have 1 levels; 2 were expected.",
        ),
        # Rows that are missing or too many.
        (
            "made = birds.dropna()",
            "made = birds",
            "Which of yours should not be there? Row `1` (`'Gentoo'`, a gap, `47.5`) is one.",
        ),
        (
            "made = birds",
            "made = birds.dropna()",
            "One is the row `'Gentoo'`, a gap, `47.5`.",
        ),
        (
            "made = birds.set_index('species')",
            "made = birds.set_index('species').iloc[1:]",
            "One is the row `'Adelie'` (`3700`, `38.8`, `2007`).",
        ),
        ("made = birds", "made = pd.concat([birds, birds.tail(1)])", "Row `3` (`'Chinstrap'`"),
        # The tolerance, where it mattered.
        (
            "made = birds",
            "made = birds.assign(mass=birds['mass'] + 1)",
            "was expected. It may differ by 0.0001 % at most: was it rounded?",
        ),
    ],
)
def test_a_wrong_table_is_told_the_first_difference(solution: str, source: str, said: str) -> None:
    assert said in words(ran(a_table(solution), source))


def test_rows_in_another_order_are_told_so_where_the_order_counts() -> None:
    check = a_table("made = birds.sort_values('bill')", row_order=True)
    assert "All rows are there, but in another order" in words(ran(check, "made = birds"))
    reset = "made = birds.sort_values('bill').reset_index(drop=True)"
    assert "The cells may be right, but the row labels" in words(ran(check, reset))
    assert isinstance(ran(a_table("made = birds.sort_values('bill')"), "made = birds"), Passed)


@pytest.mark.parametrize(
    ("source", "passes_without"),
    [
        ("made = birds.astype({'year': float})", True),
        ("made = birds.astype({'species': 'category'})", True),
        ("made = birds.astype({'mass': object})", True),
        ("made = birds.assign(year=birds['year'].astype('Int64'))", True),
        ("made = birds.copy()", True),
    ],
)
def test_types_count_exactly_only_where_the_author_says_so(
    source: str, passes_without: bool
) -> None:
    assert isinstance(ran(a_table("made = birds"), source), Passed) is passes_without
    outcome = ran(a_table("made = birds", dtypes=True), source)
    if "copy" in source:
        assert isinstance(outcome, Passed)
    else:
        assert "should have the type" in words(outcome)


def test_the_names_of_the_index_count_where_the_types_do() -> None:
    solution = "made = birds.groupby('species').sum(numeric_only=True)"
    source = f"{solution}.rename_axis('kind')"
    assert isinstance(ran(a_table(solution), source), Passed)
    said = words(ran(a_table(solution, dtypes=True), source))
    assert "its row labels (the index) are called `'kind'`; `'species'` was expected." in said


@pytest.mark.parametrize(
    ("solution", "source"),
    [
        ("made = birds['mass']", "made = birds['mass'].rename('grams')"),
        ("made = birds['mass']", "made = birds['mass'].astype(object)"),
        ("made = days", "made = days.iloc[::-1]"),
        ("made = birds.groupby('species')['mass'].mean()",
         "made = birds.groupby('species')['mass'].mean().iloc[::-1]"),
        ("made = pd.DataFrame({'a': []})", "made = pd.DataFrame({'a': ['']}).head(0)"),
        ("made = pd.DataFrame({'a': [None, None]})", "made = pd.DataFrame({'a': [np.nan] * 2})"),
        ("made = pd.DataFrame({'a': [[1], [2]]})", "made = pd.DataFrame({'a': [[2], [1]]})"),
        ("made = pd.DataFrame({'a': [np.eye(2)]})", "made = pd.DataFrame({'a': [np.eye(2)]})"),
        ("made = pd.DataFrame({'a': [1, 'x', None]})",
         "made = pd.DataFrame({'a': ['x', None, 1]})"),
        ("made = pd.DataFrame({'a': [1 + 1j]})", "made = pd.DataFrame({'a': [1 + 1j]})"),
        ("made = pd.DataFrame({1: [1], 'b': [2]})", "made = pd.DataFrame({1.0: [1], 'b': [2]})"),
        ("made = pd.DataFrame([[1, 2]], columns=['a', 'a'])",
         "made = pd.DataFrame([[1.0, 2]], columns=['a', 'a'])"),
        ("made = pd.DataFrame({'d': pd.to_datetime(['2026-01-01']).tz_localize('UTC')})",
         "made = pd.DataFrame({'d': pd.to_datetime(['2026-01-01']).tz_localize('UTC')})"),
        ("made = pd.DataFrame({'d': pd.period_range('2026-01', periods=2, freq='M')})",
         "made = pd.DataFrame({'d': pd.period_range('2026-01', periods=2, freq='M')})"),
    ],
)  # fmt: skip
def test_equal_tables_pass_however_they_are_made(solution: str, source: str) -> None:
    assert isinstance(ran(a_table(solution), source), Passed)


@pytest.mark.parametrize(
    "source",
    [
        "made = birds.T",
        "made = birds.pivot_table(index='species', columns='year', values=['mass', 'bill'])",
        "made = pd.DataFrame({'species': [birds], 'mass': [len], 'bill': [{}], 'year': [{1}]})",
        "made = birds.iloc[:, [0, 0, 0, 0]]",
        "made = birds.set_axis([float('nan')] * 4, axis=1)",
        "made = birds.set_axis([None, 1, (2, 3), 'x'], axis=1)",
        "made = birds.assign(mass=[[1], (2,), {3}, None])",
        "made = birds.assign(mass=10**400)",
        "made = birds.assign(mass=pd.Timestamp('2026-01-01', tz='UTC'))",
        "made = birds.assign(mass=pd.Series([1, 2, 3, 4]).astype('Sparse'))",
        "made = birds.assign(mass=pd.interval_range(0, 4))",
        "class Odd:\n    def __eq__(self, other): raise OSError\n    __hash__ = None\n"
        "made = birds.assign(species=[Odd(), Odd(), Odd(), Odd()])",
        "made = pd.DataFrame()",
        "made = pd.DataFrame(index=range(4))",
        "class DataFrame: pass\nmade = DataFrame()",
    ],
)
def test_an_odd_table_is_a_wrong_answer_with_words(source: str) -> None:
    for order in (True, False):
        for dtypes in (True, False):
            check = a_table("made = birds", row_order=order, dtypes=dtypes)
            assert len(words(ran(check, source)).split()) > 3


def big(rows: int) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    texts = np.array(["Adelie", "Gentoo", "Chinstrap", "Biscoe", "Dream"])
    return pd.DataFrame(
        {
            **{f"text{i}": texts[rng.integers(0, 5, rows)] for i in range(4)},
            **{f"n{i}": rng.integers(0, 50, rows) for i in range(3)},
            **{f"x{i}": rng.normal(4000, 800, rows).round(1) for i in range(3)},
        }
    )


def test_a_hundred_thousand_rows_are_judged_while_one_waits() -> None:
    """The bench has the figures; here only that no step is slow in Python."""
    right = big(100_000)
    mine = right.sample(frac=1, random_state=1).reset_index(drop=True)
    wrong = mine.copy()
    wrong.loc[99_999, "text3"] = "Nobody"
    before = time.process_time()
    assert difference(mine, right, row_order=False) is None
    assert "`'Nobody'`" in str(difference(wrong, right, row_order=False))
    assert "99999" in str(difference(wrong, mine))
    assert time.process_time() - before < 2.5


CELLS = st.one_of(
    st.integers(-5, 5),
    st.sampled_from([0.1, 0.30000000000000004, 1e9, -2.5]),
    st.sampled_from(["a", "b", "", "Adelie"]),
    st.none(),
    st.booleans(),
    st.sampled_from([pd.Timestamp("2026-01-01"), pd.NaT, float("inf"), pd.NA, 10**30]),
)
ODD_CELLS = st.sampled_from([[1], {}, (1, 2), {3}, len, object(), b"x", 1j, np.eye(2), "nan", -0.0])
LABELS = st.sampled_from(["a", "b", "c", 1, 2.0, None, ("x", 1)])


@st.composite
def frames(draw: st.DrawFn, cells: Any = CELLS) -> pd.DataFrame:
    """Tables of a few columns, each of one kind or of several, with any index."""
    rows = draw(st.integers(0, 5))
    labels = draw(st.lists(LABELS, max_size=4))
    made = pd.DataFrame(
        {n: draw(st.lists(cells, min_size=rows, max_size=rows)) for n in range(len(labels))},
        index=range(rows),
        dtype=object,
    )
    if draw(st.booleans()):
        made = made.infer_objects()
    made.columns = pd.Index(labels, dtype=object, tupleize_cols=False)
    index = draw(st.lists(st.integers(0, 9) | st.sampled_from("abc"), min_size=rows, max_size=rows))
    return made.set_axis(pd.Index(index, name=draw(st.sampled_from([None, "id"]))), axis=0)


@few
@given(frames(), st.data())
def test_a_table_that_is_changed_only_in_what_does_not_count_passes(
    right: pd.DataFrame, data: st.DataObject
) -> None:
    check = replace(a_table("made = right"), namespace={"right": right})
    order = data.draw(st.permutations(range(len(right))))
    assert isinstance(attempt(check, Work(right.iloc[order], "made = 1")), Passed)
    in_place = replace(check, row_order=True, dtypes=True)
    assert isinstance(attempt(in_place, Work(right.copy(), "made = 1")), Passed)


@few
@given(frames(), st.data())
def test_a_table_of_which_a_part_is_changed_fails_with_words(
    right: pd.DataFrame, data: st.DataObject
) -> None:
    check = replace(a_table("made = right"), namespace={"right": right})
    changes = [lambda made: made.assign(another=1), lambda made: pd.concat([made, made, made[:1]])]
    if right.size:
        row, column = (data.draw(st.integers(0, size - 1)) for size in right.shape)

        def other_cell(made: pd.DataFrame) -> pd.DataFrame:
            made = made.astype(object)
            made.iat[row, column] = "something else"
            return made

        changes += [other_cell, lambda made: made.iloc[1:], lambda made: made.iloc[:, 1:]]
    made = data.draw(st.sampled_from(changes))(right)
    if len(made) != len(right) or made.size:
        outcome = attempt(check, Work(made, "made = 1"))
        assert len(words(outcome).split()) > 4


def test_a_series_in_place_of_a_table_may_be_a_named_mistake() -> None:
    column = "made = birds['mass']"
    check = a_table("made = birds[['mass']]", wrong={column: "Two pairs of brackets, please."})
    assert attempt(check, check.work(column)).feedback == "Two pairs of brackets, please."


@few
@given(frames(CELLS | ODD_CELLS), frames(CELLS | ODD_CELLS), st.booleans(), st.booleans())
def test_any_table_against_any_other_gets_words(
    mine: pd.DataFrame, right: pd.DataFrame, row_order: bool, dtypes: bool
) -> None:
    check = replace(
        a_table(
            "made = right", row_order=row_order, dtypes=dtypes, wrong={"made = right[:1]": "No."}
        ),
        namespace={"right": right},
    )
    outcome = attempt(check, Work(mine, "made = 1"))
    assert not isinstance(outcome, Broken), outcome.fault
    assert outcome.feedback == "No." or len(outcome.feedback.split()) > 3


# plot -------------------------------------------------------------------------------------------

ROOM = "figure, ax = plt.subplots()\n"
LABELS_SET = "\nax.set(xlabel='bill (mm)', ylabel='mass (g)', title='T')"


@pytest.mark.parametrize(
    "source",
    [
        f"{ROOM}ax.plot(birds['bill'], birds['mass'], 'o'){LABELS_SET}",
        f"{ROOM}ax.plot(birds['bill'], birds['mass'], '.', ms=20, color='red'){LABELS_SET}",
        "ax = birds.plot.scatter('bill', 'mass', xlabel='bill mm', ylabel='mass g', title='T')",
        f"{ROOM}ax.scatter(birds['bill'][::-1], birds['mass'][::-1], c='r', s=9){LABELS_SET}",
        f"{ROOM}ax.scatter(birds['bill'], birds['mass'] * (1 + 1e-9)){LABELS_SET}",
        f"{ROOM}ax.scatter(birds['bill'], birds['mass'])\nax.axhline(4000){LABELS_SET}",
        f"{ROOM}ax.scatter(birds['bill'], birds['mass']){LABELS_SET}\nax = figure",
        "ax = plt.scatter(birds['bill'], birds['mass'])\nplt.title('T')\n"
        "plt.xlabel('bill mm')\nplt.ylabel('mass in grams')\nplt.show()",
        f"{ROOM}for _, some in birds.groupby('species'): ax.scatter(some['bill'], some['mass'])"
        f"{LABELS_SET}",
        "from matplotlib.figure import Figure\nax = Figure().add_subplot()\n"
        f"ax.scatter(birds['bill'], birds['mass']){LABELS_SET}",
    ],
)
def test_a_chart_passes_whatever_drew_it(source: str) -> None:
    assert isinstance(ran(SCATTER, source), Passed)


BARS = "heights = birds.groupby('species')['mass'].mean()\n"
UPRIGHT = f"{BARS}ax = heights.plot.bar()"
BILLS = f"{ROOM}ax.hist(birds['bill'], bins=4)"
POINTS = SCATTER.right_source


@pytest.mark.parametrize(
    ("solution", "source", "said"),
    [
        # What is drawn.
        (POINTS, f"{ROOM}ax.plot(birds['bill'], birds['mass'])",
         "Your chart has lines (`plot`); points (`scatter`) were asked for."),
        (POINTS, f"{ROOM}ax.scatter(birds['mass'], birds['bill'])", "swapped"),
        (POINTS, f"{ROOM}ax.scatter(birds['bill'], birds['mass'].fillna(1))",
         "Your chart has 4 points; it should have 3. Which rows"),
        (POINTS, f"{ROOM}ax.scatter(birds['bill'], birds['mass'] + (birds['bill'] > 48))",
         "a point at (49; 3,801), where none was expected; one is missing at (49; 3,800)."),
        (POINTS, "figure, ax = plt.subplots(1, 2)\nax[0].scatter([1], [2])",
         "Your figure has 2 charts; 1 was asked for."),
        # Bars.
        (UPRIGHT, f"{BARS}ax = heights.plot.bar()\nax.set_ylim(3500, 5100)",
         "The y axis starts at 3,500: bars must start at 0"),
        (f"{BARS}ax = heights.plot.barh()",
         f"{BARS}ax = heights.plot.barh()\nax.set_xlim(3500, 5100)", "The x axis starts at 3,500"),
        (UPRIGHT, f"{BARS}ax = heights.plot.bar()\nax.set_ylim(0, 4000)",
         "The y axis runs from 0 to 4,000: some of the bars"),
        (f"{BARS}ax = heights.plot.barh()",
         f"{BARS}ax = heights.plot.barh()\nax.set_xlim(0, 4000)",
         "The x axis runs from 0 to 4,000"),
        (POINTS, f"{POINTS}\nax.set_xlim(40, 50)", "some of the points (`scatter`) are cut off"),
        (UPRIGHT, f"{BARS}ax = heights.plot.barh()", "horizontal bars"),
        (UPRIGHT, f"{UPRIGHT}\nax.patches[0].set_height(9)",
         "The bar “Adelie” is 9 long; 3,700 was expected."),
        (UPRIGHT, f"{BARS}ax = heights.iloc[:2].plot.bar()",
         "Your chart has 2 bars; it should have 3."),
        (UPRIGHT, f"{BARS}ax = heights.rename({{'Gentoo': 'G.'}}).plot.bar()",
         "“Gentoo” is missing; yours are called Adelie, Chinstrap, G."),
        (UPRIGHT, f"{ROOM}ax.bar(birds['species'], birds['mass'])",
         "Your chart has 4 bars; it should have 3."),
        (UPRIGHT, f"{BARS}ax = heights.plot.bar(logy=True)",
         "The scale of the y axis is logarithmic (`log`); linear (`linear`) was asked for."),
        # Histograms, lines, boxes, pies.
        (BILLS, f"{ROOM}ax.hist(birds['bill'], bins=5)",
         "Your chart has 5 bins; it should have 4."),
        (BILLS, f"{ROOM}ax.hist(birds['bill'] + 1, bins=4)",
         "A bin of yours has an edge at 39.8; 38.8 was expected."),
        (BILLS, f"{ROOM}ax.hist(birds['bill'], bins=4, density=True)",
         "is 0.0980392 high; 1 was expected."),
        (f"{ROOM}ax.plot(days.index, days['t'])", f"{ROOM}ax.plot(days.index, days['t'] + 1)",
         "Your line goes through (2026-01-01; 4.5); (2026-01-01; 3.5) was expected there."),
        (f"{ROOM}ax.plot(days.index, days['t'])", "ax = days['t'].iloc[[2, 0, 1, 3, 4, 5]].plot()",
         "The points of your line are right, but joined in another order"),
        (f"{ROOM}ax.plot(days.index, days['t'])", "ax = days['t'].head(1).plot(style='-')",
         "Your line has 1 point; it should have 6."),
        (f"{ROOM}ax.boxplot([[1, 2, 3], [4, 5, 9]])", f"{ROOM}ax.boxplot([[1, 2, 3], [4, 6, 9]])",
         "The box “2” has whiskers, edges and middle line at 4, 5, 6, 7.5, 9; 4, 4.5, 5, 7, 9 was"),
        (f"{ROOM}ax.pie([1, 3], labels=['a', 'b'])", f"{ROOM}ax.pie([1, 2], labels=['a', 'b'])",
         "The slice “a” is 0.333333 of the whole; 0.25 was expected."),
        (f"{ROOM}ax.imshow([[1, 2]])", f"{ROOM}ax.imshow([[1, 3]])", "is 3, where 2 was expected"),
        # Nothing, or something else.
        (POINTS, "ax = birds", "`ax` is a table (DataFrame); a chart (Axes"),
        (POINTS, "ax = plt.show()", "`plt.show()` shows a chart and gives"),
        (POINTS, "plt.scatter([1], [2])", "There is no chart called `ax` yet"),
        (POINTS, "ax = plt.figure()", "The figure `ax` is empty"),
        (POINTS, "ax = plt.gca()", "The chart `ax` is empty: nothing is drawn"),
        (POINTS, f"{ROOM}ax.scatter([1], [2])\nax.clear()", "The chart `ax` is empty"),
        (POINTS, f"{ROOM}ax.scatter([], [])", "The chart `ax` is empty"),
        (POINTS, f"{ROOM}ax.scatter(birds['Bill'], 1)", "there is `bill`: capitals"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore")
def test_a_wrong_chart_is_told_the_first_difference(solution: str, source: str, said: str) -> None:
    assert said in words(ran(a_plot(solution), source))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "The x axis has no label."),
        ("\nax.set(xlabel='bill (mm)')", "The y axis has no label."),
        ("\nax.set(xlabel='bill length', ylabel='m')",
         "The label of the x axis, “bill length”, says nothing of the unit (mm)."),
        ("\nax.set(xlabel='bill mm', ylabel='length')",
         "The label of the y axis, “length”, says nothing of “mass”."),
        ("\nax.set(xlabel='bill_mm', ylabel='mass (g)')",
         "The label of the x axis, “bill_mm”, is a column's name: write it out for readers."),
        ("\nax.set(xlabel='bill mm', ylabel='mass of length')", "says nothing of the unit (g)."),
        ("\nax.set(xlabel='bill mm', ylabel='Mass in Grams')", "The chart has no title: say what"),
    ],
)  # fmt: skip
def test_labels_must_be_there_and_say_what_the_author_asks_for(source: str, said: str) -> None:
    outcome = ran(SCATTER, f"{ROOM}ax.scatter(birds['bill'], birds['mass']){source}")
    assert words(outcome).startswith("What is drawn is right. ")
    assert said in words(outcome)
    assert isinstance(outcome, Failed)
    assert 0.5 <= outcome.score < 1


GROUPS = a_plot(
    f"{ROOM}for kind, some in birds.groupby('species'):\n"
    "    ax.scatter(some['bill'], some['mass'], label=kind)\nax.legend()",
    compare=["kind", "data", "legend"],
)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (f"{ROOM}ax.scatter(birds['bill'], birds['mass'])",
         "All points are there, but 3 groups of them were asked for"),
        (GROUPS.right_source.replace("\nax.legend()", ""),
         "no legend shows them: the chart's `.legend()`"),
        (GROUPS.right_source.replace(", label=kind)\nax.legend()", ")"), "The chart has no legend"),
        (GROUPS.right_source.replace("label=kind", "label=kind[0]"), "no entry “Adelie”; yours"),
        (GROUPS.right_source.replace(
            "label=kind", "label={'Adelie': 'Gentoo', 'Gentoo': 'Adelie'}.get(kind, kind)"),
         "The legend calls “Gentoo” what is “Adelie”."),
        (GROUPS.right_source.replace("some['mass']", "some['mass'] + (kind == 'Adelie')"),
         "“Adelie”: There is a point at (38.8; 3,701), where none"),
    ],
)  # fmt: skip
def test_groups_are_told_apart_by_colour_and_legend(source: str, said: str) -> None:
    assert said in words(ran(GROUPS, source))
    assert isinstance(
        ran(GROUPS, GROUPS.right_source.replace("label=kind", "label=kind.upper()")), Passed
    )


@pytest.mark.parametrize(
    ("solution", "source"),
    [
        (f"{ROOM}ax.plot(days.index, days['t'])", "ax = days['t'].plot()"),
        (f"{ROOM}ax.plot(days.index, days['t'])", "ax = days['t'].iloc[::-1].plot()"),
        (f"{ROOM}m = days.resample('W').mean()\nax.plot(m.index, m['t'])",
         "ax = days.resample('W')['t'].mean().plot()"),
        (f"{BARS}{ROOM}ax.bar(heights.index, heights)", f"{BARS}ax = heights.plot.bar(width=0.2)"),
        (f"{BARS}{ROOM}ax.bar(heights.index, heights)",
         f"{BARS}ax = heights.iloc[::-1].plot.bar()"),
        (f"{BARS}{ROOM}ax.bar(heights.index, heights)",
         f"{BARS}{ROOM}ax.bar([1, 2, 3], heights, tick_label=heights.index)"),
        (f"{ROOM}ax.bar([2007, 2008], [2, 1])",
         "ax = pd.Series([2, 1], index=[2007, 2008]).plot.bar()"),
        (f"{ROOM}ax.hist(birds['mass'].dropna())", "ax = birds['mass'].plot.hist()"),
        (f"{ROOM}ax.hist(birds['mass'].dropna())", "ax = plt.hist(birds['mass'])"),
        (f"{ROOM}ax.hist(birds['bill'])", f"{ROOM}ax.hist(birds['bill'], histtype='step')"),
        (f"{ROOM}ax.hist(birds['bill'])", f"{ROOM}ax.hist(birds['bill'], histtype='stepfilled')"),
        (f"{ROOM}ax.hist(birds['bill'])", f"{ROOM}ax.stairs(*np.histogram(birds['bill']))"),
        (f"{ROOM}ax.boxplot([birds['bill'], birds['year']], tick_labels=['bill', 'year'])",
         "ax = birds[['bill', 'year']].plot.box(patch_artist=True)"),
        (f"{ROOM}ax.pie([1, 3], labels=['a', 'b'])",
         "ax = pd.Series([1, 3], ['a', 'b']).plot.pie()"),
        (f"{ROOM}ax.plot([1, 2], [3, 4])\nax.axvline(1.5)",
         f"{ROOM}ax.plot([1, 2], [3, 4])\nax.vlines(1.5, 3, 4)"),
        (f"{ROOM}ax.imshow(np.eye(3))", f"{ROOM}figure.colorbar(ax.pcolormesh(np.eye(3)))"),
        (f"{ROOM}ax.plot([1, 2], [3, 4])\nax.twinx().bar([1, 2], [3, 4])",
         f"{ROOM}ax.plot([1, 2], [3, 4])\nax.twinx().bar([1, 2], [3, 4], color='r')"),
        ("figure, ax = plt.subplots(2)\nax[0].plot([1, 2])\nax[1].plot([3, 4])",
         "ax = pd.DataFrame({'a': [1, 2], 'b': [3, 4]}).plot(subplots=True)"),
        ("figure, axes = plt.subplots(2)\naxes[0].plot([1, 2])\naxes[1].plot([3, 4])\nax = figure",
         "figure, ax = plt.subplots(2)\nax[0].plot([1, 2])\nax[1].plot([3, 4])\nax = list(ax)"),
        (f"{ROOM}ax.semilogy([1, 2], [3, 40])",
         f"{ROOM}ax.plot([1, 2], [3, 40])\nax.set_yscale('log')"),
    ],
)  # fmt: skip
def test_equal_charts_pass_however_they_are_made(solution: str, source: str) -> None:
    for check in (a_plot(solution), a_plot(solution, compare=["kind", "data", "scale"])):
        outcome = ran(check, source)
        assert isinstance(outcome, Passed) or "has no label" in outcome.feedback, outcome


def test_limits_title_and_order_count_only_where_the_author_says_so() -> None:
    solution = f"{BARS}ax = heights.plot.bar(title='Masses')"
    for aspect, change, said in [
        ("title", "ax.set_title('')", "The chart has no title"),
        ("limits", "ax.set_ylim(0, 9000)", "The y axis runs from 0 to 9,000; from 0 to"),
        ("limits", "ax.invert_xaxis()", "The x axis runs from"),
        (
            "order",
            "ax.clear(); ax = heights.iloc[::-1].plot.bar(ax=ax)",
            "in the order Gentoo, Chinst",
        ),
    ]:
        source = f"{solution}\n{change}\nax.set_xlabel('species')"
        assert isinstance(ran(a_plot(solution), source), Passed), change
        assert said in words(ran(a_plot(solution, compare=["kind", "data", aspect]), source))


def test_in_a_notebook_an_empty_chart_is_that_of_the_start() -> None:
    figure, axes = plt.subplots()
    plt.close(figure)
    assert isinstance(attempt(SCATTER, Work(axes)), NotAttempted)
    assert isinstance(attempt(SCATTER, Work(axes, "ax = plt.gca()")), Failed)
    axes.scatter(BIRDS["bill"], BIRDS["mass"])
    axes.set(xlabel="bill mm", ylabel="mass g", title="T")
    assert isinstance(attempt(SCATTER, Work(axes)), Passed)
    assert isinstance(ran(SCATTER, f"{SCATTER.starter}  # later"), NotAttempted)


def test_judging_neither_shows_figures_nor_draws_on_the_learners() -> None:
    mine, axes = plt.subplots()
    try:
        check = a_plot("plt.scatter([1, 2], [3, 4])\nax = plt.gca()")
        for source in ("ax = plt.plot([1])", "plt.close('all')\nax = plt.scatter([1, 2], [3, 4])"):
            ran(check, source)
        call(plt.subplots, ())
        assert plt.get_fignums() == [mine.number]
        assert plt.gca() is axes
        assert not axes.collections
    finally:
        plt.close(mine)


ODD_CHARTS = [
    "ax = plt.figure().add_subplot(projection='polar')\nax.plot([1, 2], [3, 4])",
    "ax = plt.figure().add_subplot(projection='3d')\nax.scatter([1, 2], [3, 4], [5, 6])",
    f"{ROOM}ax.violinplot([1, 2, 3.0])",
    f"{ROOM}ax.hexbin([1, 2, 3], [1, 2, 3], gridsize=3)",
    f"{ROOM}ax.contour(np.outer(range(5), range(4)))",
    f"{ROOM}ax.quiver([1, 2], [3, 4], [1, 1], [1, 1])",
    f"{ROOM}ax.errorbar([1, 2], [3, 4], yerr=0.5)",
    f"{ROOM}ax.stem([1, 2], [3, 4])",
    f"{ROOM}ax.eventplot([1, 2, 3])",
    f"{ROOM}ax.stackplot([1, 2], [1, 2], [2, 1])",
    f"{ROOM}ax.broken_barh([(1, 2)], (0, 1))",
    f"{ROOM}ax.tripcolor([0, 1, 0], [0, 0, 1], [1, 2, 3])",
    f"{ROOM}ax.hist([[1, 2, 3], [2, 3, 4]], stacked=True)",
    f"{ROOM}ax.boxplot([[1, 2, 3]], orientation='horizontal', showmeans=True, meanline=True)",
    f"{ROOM}ax.boxplot([[1, 1, 1], []])",
    f"{ROOM}ax.plot(['a', 'b'], [1, 2])\nax.bar(['a'], [2])",
    f"{ROOM}ax.plot([1, 2], [np.nan, np.inf])\nax.plot([1, 2], [1, np.nan])",
    f"{ROOM}ax.scatter([1, 2, 3, 4], [1, 2, 3, 4], c=[0, 0, 1, np.nan])",
    f"{ROOM}ax.step([1, 2], [3, 4])\nax.fill_between([1, 2], [3, 4])\nax.text(1, 1, '$x$')",
    f"{ROOM}ax.plot([1])\nax.remove()",
    f"{ROOM}ax.loglog([1, 10], [1, 100])\nax.set_xlim(5, 1)",
    f"{ROOM}ax.table([['a']])\nax.plot([1, 2])\nax.add_patch(plt.Rectangle((0, 0), 1, 1))",
    "ax = birds[['mass', 'bill']].plot(subplots=True)",
    "ax = days.cumsum().plot.area()",
    "ax = pd.plotting.scatter_matrix(birds[['bill', 'year']])",
    "ax = birds.hist()",
    "ax = birds.boxplot('bill', by='species')",
    "ax = birds['bill'].plot.hist(orientation='horizontal')",
    "ax = plt.polar([1, 2], [3, 4])",
    "figure, ax = plt.subplot_mosaic('AB')\nax['A'].plot([1, 2])",
]


@pytest.mark.parametrize("source", ODD_CHARTS)
@pytest.mark.filterwarnings("ignore")
def test_any_chart_can_be_asked_for_compared_and_put_in_words(source: str) -> None:
    check = a_plot(source, compare=["kind", "data", "scale", "labels", "title", "limits", "legend"])
    work = check.work(source)
    assert isinstance(attempt(check, work), Passed)
    assert describe(work.value).startswith("Chart: ")
    for other in ("ax = plt.plot([7, 8, 1])", "ax = plt.bar(['x'], [1])", SCATTER.right_source):
        assert isinstance(ran(check, other), Failed)
        assert isinstance(ran(a_plot(other), source), Failed)


ODD_VALUES = [
    0, None, "ax", [], [[]], {}, (1, [2, [3]]), np.eye(2), np.array([None, 1], dtype=object), BIRDS,
    plt, object(), int, lambda: 1, b"", float("nan"), type("Figure", (), {"axes": 5})(),
    type("Odd", (), {"__getattr__": lambda self, name: 1 / 0})(), Line2D([0], [1]),
]  # fmt: skip


@pytest.mark.parametrize("value", ODD_VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("check", [SHARE, KNOWN, SCATTER], ids=lambda check: str(check.kind))
def test_an_odd_value_is_a_wrong_answer_with_words(check: Any, value: Any) -> None:
    assert len(words(attempt(check, Work(value, "x = 1"))).split()) > 3


# What a run shows -------------------------------------------------------------------------------


def shown(source: str) -> dict[str, Any]:
    return output_of(run_source(source, dict(NAMES)))


def test_a_run_shows_what_it_drew_as_a_picture_with_words() -> None:
    made = shown(f"{SCATTER.right_source}\nax")
    (image,) = made["images"]
    assert image["src"].startswith("data:image/png;base64,")
    assert image["alt"] == (
        "Chart: Bill and mass, scatter, x: bill length (mm), y: body mass (g), 3 points"
    )
    assert 300 < image["width"] < 900
    assert (made["text"], made["html"]) == ("", "")
    assert [each["alt"] for each in shown("plt.plot([1, 2])\nplt.show()\n3")["images"]] == [
        "Chart: line, 1 line"
    ]


def test_a_chart_is_taken_also_where_the_code_itself_loads_pyplot() -> None:
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    script = (
        "from kit.checks.running.work import run_source\n"
        f"print(len(run_source({source!r}, {{}}).figures))"
    )
    assert python(script) == "1\n"


def test_pictures_are_small_and_few_whatever_is_drawn() -> None:
    noise = "plt.imshow(np.random.default_rng(1).random((600, 600, 3)))"
    huge = "plt.figure(figsize=(200, 90)); plt.plot([1, 2])"
    aside = "plt.plot([1, 2]); plt.text(1, 900, 'far away')"
    for source in (noise, huge, aside, "[plt.figure() for _ in range(9)]"):
        images = shown(source)["images"]
        assert 1 <= len(images) <= 4
        assert all(len(image["src"]) < MAX_URL for image in images)
        assert all(image["alt"] for image in images)


def test_a_chart_that_cannot_be_drawn_is_explained() -> None:
    assert "ValueError" in shown(r"plt.title(r'$\frac$')")["html"]
    failed = shown("plt.plot([1, 2])\n1 / 0")
    assert "divided by zero" in failed["html"]
    assert len(failed["images"]) == 1


def test_what_draws_nothing_shows_no_picture() -> None:
    assert shown("3") == {"text": "3", "html": "", "images": []}
    assert "<table>" in shown("birds")["html"]
    assert shown("1 / 0")["images"] == []


# What an author may not write -------------------------------------------------------------------

A_CASE = [case(1)]
RIGHT = "def f(x):\n    return x"


def a_code(**more: Any) -> Any:
    return code("Q", **{"function": "f", "starter": "", "solution": RIGHT, "cases": A_CASE, **more})


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: a_code(cases=5), "has no cases"),
        (lambda: a_code(cases=case(1)), "has no cases"),
        (lambda: a_code(wrong={5: "No, look."}), "wrong={5: ...} is no code. Give a source"),
        (lambda: a_code(wrong={when(abs, example=5): "No."}), "wrong={5: ...} is no code"),
        (lambda: a_code(wrong={a_pattern("f(...)", example=None): "No."}), "{None: ...} is no"),
        (lambda: a_code(wrong={"def f(x):  return x": "No."}), "both the solution and wrong"),
        (lambda: a_code(wrong=["No."]), "wrong of a check is no dictionary"),
        (lambda: a_code(uses={"loop": "Loop."}), "uses={'loop': ...} does not hold of the solut"),
        (lambda: a_code(uses={"while": "Loop."}), "uses={'while': ...} does not hold of the"),
        (lambda: a_code(avoids={"x": "No x."}), "avoids={'x': ...} does not hold of the solution"),
        (lambda: a_code(uses={"for while": "Loop."}), "'for while' is no construct"),
        (lambda: a_code(uses={"class": "Loop."}), "is no construct that code can be written with"),
        (lambda: a_code(uses={"x = 1; y = 2": "Loop."}), "Give one of for, while, if, lambda,"),
        (lambda: a_code(uses={3: "Loop."}), "3 is no construct"),
        (lambda: a_code(uses={"for": ""}), "uses['for'] of a check has no words"),
        (lambda: a_code(avoids=["for"]), "avoids of a check is no dictionary"),
        (lambda: a_code(properties=[5]), "are no list of holds(...)"),
        (lambda: a_code(properties=holds("p", given=lambda st: [], check=id)), "are no list of"),
        (lambda: a_code(use={"for": "x"}), "code(...) has no use=. Did you mean uses=?"),
        (lambda: pattern("for (", example=""), "'for (' is no construct"),
        (lambda: holds("", given=lambda st: [], check=id), "has no words"),
        (lambda: a_holds("p", given=[], check=id), "given= and check= of a property are functions"),
        (lambda: a_holds("p", given=id, check=5), "given= and check= of a property are functions"),
        (lambda: a_holds("p", given=id, check=id, because=5), "The because of a property is not a"),
        (lambda: case(n for n in range(3)), "A case cannot be copied for each call"),
        (lambda: a_table("made = 1", dtype=True), "has no dtype=. Did you mean dtypes=?"),
        (lambda: a_plot("ax = 1", compare="data"), "compare='data' is no list"),
        (lambda: a_plot("ax = 1", compare=[]), "compare=[] is no list"),
        (lambda: a_plot("ax = 1", compare=["label"]), "no 'label'. Did you mean 'labels'"),
        (lambda: a_plot("ax = 1", compare=[7]), "compare has no 7. It has: kind, data"),
        (lambda: a_plot("ax = 1", label_words=["g"]), "label_words is no dictionary"),
        (lambda: a_plot("ax = 1", label_words={"xlable": ["g"]}), "Did you mean 'xlabel'?"),
        (lambda: a_plot("ax = 1", label_words={"xlabel": "g"}), "label_words['xlabel'] is no list"),
        (lambda: a_plot("ax = 1", label_words={"xlabel": [5]}), "['xlabel'] of a check"),
        (lambda: a_plot("ax = 1", label_words={"title": ["g"]}), "is never looked at. Add"),
        (lambda: a_plot("ax = 1", tolerance=-1), "tolerance=-1 is not a number from 0 on"),
        (lambda: a_plot("ax = 1", figur="x"), "plot(...) has no figur="),
        (lambda: plot("Q", figure="a b", starter="", solution=""), "is not a variable's name"),
    ],
)  # fmt: skip
def test_a_mistake_of_the_author_says_what_to_write(make: Any, said: str) -> None:
    with pytest.raises(CheckError) as refused:
        make()
    assert said in str(refused.value)
    assert refused.value.mend


@pytest.mark.parametrize(
    ("check", "fault"),
    [
        (a_plot("ax = 5"), "does not draw the chart 'ax'"),
        (a_plot("ax = plt.gca()"), "does not draw the chart 'ax'"),
        (a_plot("ax = gone"), "NameError"),
        (
            a_plot("ax = plt.plot([1])", label_words={"xlabel": ["g"]}),
            "lacks its label_words: The x",
        ),
        (a_plot("ax = plt.plot([1, 2])", wrong={"ax = 5": "Five?"}), "does not draw the chart"),
        (a_table("made = 5"), "does not make the table 'made'"),
        (a_table("made = birds", wrong={"made = 5": "Five?"}), "does not make the table 'made'"),
    ],
)
def test_an_author_whose_source_makes_nothing_is_told_and_the_learner_is_not_blamed(
    check: Any, fault: str
) -> None:
    source = "made = birds.head(1)" if check.kind == "table" else "ax = plt.plot([3, 4, 5])"
    outcome = ran(check, source)
    assert isinstance(outcome, Broken)
    assert fault in outcome.fault
    assert f"'{check.id}'" in outcome.fault


# Any author, any learner ------------------------------------------------------------------------

ARGUMENTS = st.sampled_from([0, -3, 2.5, "ab", (1, 2), None, True])
RESULTS = st.one_of(
    CELLS,
    st.lists(st.integers(-3, 3), max_size=4),
    st.dictionaries(st.sampled_from("abc"), st.integers(0, 3)),
    st.tuples(st.floats(allow_nan=True), st.text(max_size=3)),
    frames(),
)
ODD_BODIES = [
    "return ...", "return None", "return f", "return f(x)", "raise ValueError(x)", "return x.gone",
    "raise SystemExit", "print(x)", "return [f] * 9", "return input()", "return float('nan')",
    "import os\n    return os.nothing", "return {1: {2: f}}", "yield x", "return (y for y in [1])",
    "return type('O', (), {'__eq__': lambda s, o: 1 / 0, '__repr__': lambda s: 1 / 0})()",
    "return type('O', (float,), {'__ne__': lambda s, o: 1 / 0})(2)", "return 10**400",
    "global f\n    f = None", "del x\n    return x", "return [[]] * 10**5", "return 'x' * 10**6",
    "class B(BaseException): pass\n    raise B", "return __import__('numpy').eye(2)",
    "return NotImplemented",
]  # fmt: skip
DEMANDS = st.dictionaries(
    st.sampled_from(["for", "while", "len(_)", "_.mean()", "lambda", "try"]), st.just("As asked.")
)


@st.composite
def lookups(draw: st.DrawFn) -> tuple[list[Any], list[Any]]:
    """Arguments, and what a function gives for each: any one is a function of a table."""
    arguments = draw(st.lists(ARGUMENTS, min_size=1, max_size=4, unique_by=repr))
    return arguments, [draw(RESULTS) for _ in arguments]


def looked_up(arguments: list[Any], results: list[Any]) -> dict[str, Any]:
    """Names for sources: ``f`` of ``def f(x): return TABLE[repr(x)]``."""
    return dict(zip(map(repr, arguments), results, strict=True))


@few
@given(lookups(), st.data())
def test_code_passes_where_every_result_is_the_declared_one_and_else_never(
    made: tuple[list[Any], list[Any]], data: st.DataObject
) -> None:
    arguments, results = made
    changed = data.draw(st.sets(st.integers(0, len(results) - 1)))
    others = [("other", n) if n in changed else each for n, each in enumerate(results)]
    check = replace(
        code(
            "Q", function="f", starter="", solution="def f(x): return RIGHT[repr(x)]",
            cases=[case(each) for each in arguments],
            avoids=data.draw(DEMANDS),
            wrong=data.draw(st.sampled_from([{}, {"def f(x): return 'other'": "Other, always."}])),
        ),
        namespace={"RIGHT": looked_up(arguments, results), "MINE": looked_up(arguments, others)},
    )  # fmt: skip
    outcome = ran(check, "def f(x): return MINE[repr(x)]")
    assert not isinstance(outcome, Broken), outcome.fault
    assert isinstance(outcome, Passed) is (not changed)
    assert len(outcome.feedback.split()) > 3
    if isinstance(outcome, Failed):
        assert 0 <= outcome.score < 1


@pytest.mark.parametrize("body", ODD_BODIES)
@pytest.mark.filterwarnings("ignore")
def test_any_function_against_any_specification_gets_words(body: str) -> None:
    wanted = holds(
        "it is so", given=lambda st: [st.integers(0, 3)], check=lambda f, n: f(n) == 2 * n
    )
    check = code(
        "Q", function="f", starter="", solution="def f(x):\n    return x + x",
        cases=[case(2), case("ab"), case([1])], properties=[wanted], avoids={"while": "No loop."},
        wrong={
            "def f(x): return None": "Nothing?",
            when(lambda f: f(1) > 5, example="def f(x): return 9"): "Too much.",
            pattern("print(...)", example="def f(x): print(x)"): "Give it back.",
        },
    )  # fmt: skip
    for specification in (check, replace(check, cases=[case(0)], wrong={})):
        for source in (
            f"def f(x):\n    {body}",
            f"def f(x):\n    if x == 3: {body}\n    return x + x",
        ):
            outcome = ran(specification, source)
            assert not isinstance(outcome, Broken), outcome.fault
            assert (
                outcome.feedback in {"Nothing?", "Too much."} or len(outcome.feedback.split()) > 2
            )


@few
@given(st.lists(st.integers(-9, 9), max_size=6), st.integers(0, 5), st.data())
def test_a_property_is_held_against_any_function_and_the_counterexample_is_one(
    bad: list[int], cut: int, data: st.DataObject
) -> None:
    """Of a function that is wrong for some arguments only, which hypothesis may meet or not."""
    wanted = holds(
        "it doubles", given=lambda st: [st.integers(-9, 9)], check=lambda f, n: f(n) == 2 * n
    )
    check = replace(
        code("Q", function="f", starter="", solution="def f(n): return 2 * n", cases=[case(100)],
             properties=[wanted]),
        namespace={"bad": bad, "cut": cut},
    )  # fmt: skip
    outcome = ran(check, "def f(n): return n + n if n not in bad and n < 90 or n == 100 else cut")
    assert not isinstance(outcome, Broken), outcome.fault
    wrong_for = [n for n in bad if 2 * n != cut]
    if not wrong_for:
        assert isinstance(outcome, Passed)
    elif isinstance(outcome, Failed):
        assert any(f"`f({n})` gave `{cut}`" in outcome.feedback for n in wrong_for)


DRAWERS = ["scatter", "plot", "bar", "barh", "hist", "pie", "step", "fill_between", "stem"]


@st.composite
def charts(draw: st.DrawFn) -> dict[str, Any]:
    """What is drawn: some sets of numbers, each in a way, and labels."""
    ways = draw(st.lists(st.sampled_from(DRAWERS), min_size=1, max_size=3))
    numbers = st.lists(st.integers(1, 99), min_size=2, max_size=6)
    return {
        "sets": [(way, draw(numbers)) for way in ways],
        "set": {
            "xlabel": draw(st.sampled_from(["", "mass (g)", "$x$"])),
            "title": draw(st.sampled_from(["", "A chart", "Ä" * 300])),
            "yscale": draw(st.sampled_from(["linear", "linear", "log"])),
        },
        "legend": draw(st.booleans()),
    }


DRAW = """
figure, ax = plt.subplots()
for n, (way, numbers) in enumerate(chart["sets"]):
    if way in {"hist", "pie"}:
        getattr(ax, way)(numbers)
    else:
        getattr(ax, way)(range(len(numbers)), numbers, label=f"set {n}")
ax.set(**chart["set"])
if chart["legend"]:
    ax.legend()
"""
SOME_ASPECTS = st.lists(
    st.sampled_from(["kind", "data", "scale", "labels", "title", "limits", "legend", "order"]),
    min_size=1, unique=True,
)  # fmt: skip


@few
@pytest.mark.filterwarnings("ignore")
@given(charts(), charts(), SOME_ASPECTS)
def test_any_chart_against_any_other_gets_words_and_its_like_passes(
    right: dict[str, Any], mine: dict[str, Any], aspects: list[str]
) -> None:
    check = plot("Q", figure="ax", starter="", solution=DRAW, compare=aspects,
                 wrong={f"{DRAW}\nax.plot([3, 1, 2])": "One line more."})  # fmt: skip
    check = replace(check, namespace={"chart": right, "plt": plt})
    assert isinstance(ran(check, DRAW.replace("ax", "ax")), Passed)
    other = replace(check, namespace={"chart": mine, "plt": plt}).work(DRAW)
    outcome = attempt(check, other)
    assert not isinstance(outcome, Broken), outcome.fault
    assert len(outcome.feedback.split()) > 2
    if mine["sets"] != right["sets"] and {"kind", "data"} <= set(aspects):
        same_data = describe(other.value) and _same_sets(mine, right)
        assert isinstance(outcome, Failed) or same_data


def _same_sets(mine: dict[str, Any], right: dict[str, Any]) -> bool:
    """Whether charts of other numbers show the same, such as a pie and one twice as large."""
    marks = []
    for each in (mine, right):
        check = replace(a_plot(DRAW), namespace={"chart": each, "plt": plt})
        drawing = drawing_of(check.work(DRAW).value)
        drawn = drawing.marks if drawing else ()
        marks.append(sorted((m.kind, m.x.round(6).tolist(), m.y.round(6).tolist()) for m in drawn))
    return marks[0] == marks[1]


@few
@given(st.text(max_size=60))
def test_any_text_as_code_gets_words(source: str) -> None:
    for check in (SHARE, KNOWN, SCATTER):
        outcome = ran(check, source)
        assert not isinstance(outcome, Broken), outcome.fault
        assert outcome.feedback.strip()


def test_within_a_limit_another_one_leaves_the_first_in_force() -> None:
    before = time.monotonic()

    def go_on() -> None:
        with time_limit(5):
            time.sleep(0)
        while time.monotonic() - before < 5:
            pass

    with pytest.raises(TimeUp), time_limit(0.3):
        go_on()
    assert time.monotonic() - before < 2
