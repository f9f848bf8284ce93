"""Checks: what each kind promises to a learner, and what it refuses from an author."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.checks import (
    Broken,
    Check,
    Example,
    Failed,
    NotAttempted,
    Outcome,
    Passed,
    Work,
    attempt,
    case,
    choice,
    code,
    load_checks,
    number,
    right,
    table,
    text,
    wrong,
)
from kit.checks.code_check import CodeCheck
from kit.checks.compare import same
from kit.checks.number import readings, split_unit
from kit.checks.running.explain import explain
from kit.checks.running.limits import TimeUp, time_limit
from kit.checks.running.work import MAX_OUTPUT, own_names, run_source
from kit.checks.tables.frames import difference
from kit.checks.tables.rows import aligned
from kit.errors import CheckError

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

MASS = number(
    "What is the mean body mass?",
    answer=4201.75,
    tolerance=0.01,
    unit="g",
    wrong={4177.33: "With zeros in the gaps, the mean is too low. Leave the gaps out."},
    otherwise="Look at `.mean()` of the column again.",
    why="Yes: the mean of the 342 known masses.",
)
GAP = text(
    "What does pandas write for a gap?",
    answer=["NaN", "not a number"],
    wrong={"None": "`None` is Python's; a column of numbers shows another word."},
    otherwise="Print a column that has a gap, and read it.",
)
ROWS = choice(
    "How many rows are there?",
    right("344", "Yes: `len` counts rows."),
    wrong("2752", "That is `size`, which counts cells."),
    wrong("8", "That is how many columns there are."),
)
DOUBLE = code(
    "Write `double(x)`.",
    function="double",
    starter="def double(x):\n    return ...",
    solution="def double(x):\n    return 2 * x",
    cases=[case(2), case(3), case(-1.5, because="A negative number doubles too.")],
    wrong={"def double(x):\n    return x + 2": "That adds 2. Doubling multiplies by 2."},
)
BIRDS = pd.DataFrame(
    {
        "species": ["Adelie", "Gentoo", "Gentoo"],
        "mass": [3700.0, None, 5000.0],
        "year": [2007, 2008, 2009],
    }
)
HEAVY = replace(
    table(
        "Make `heavy`: the birds of known mass, heaviest first.",
        frame="heavy",
        starter="heavy = ...",
        solution="heavy = birds.dropna().sort_values('mass', ascending=False)",
        wrong={"heavy = birds.fillna(0)": "A gap was counted as 0 g. Leave it out."},
        row_order=True,
    ),
    namespace={"birds": BIRDS, "pd": pd},
)


def ran(check: Any, source: str) -> Outcome:
    """The outcome for a learner's code."""
    return attempt(check, check.work(source))


def feedback(outcome: Outcome, kind: type[Outcome]) -> str:
    assert isinstance(outcome, kind)
    return outcome.feedback


# The contract -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answers:
    """A check, and answers with each outcome that an answer can have."""

    check: Any
    nothing: tuple[str, ...]
    fails: tuple[str, ...]
    passes: tuple[str, ...]

    def outcome(self, answer: str) -> Outcome:
        return (
            ran(self.check, answer)
            if isinstance(self.check, CodeCheck)
            else attempt(self.check, answer)
        )


EVERY_KIND = [
    Answers(MASS, ("", "  ", "heavy", "3 g 4"), ("4177.33", "4300", "-4201.75"), ("4201.75 g",)),
    Answers(GAP, ("", " ", '""'), ("None", "Nan?!?", "zero"), ("nan", "“NaN”", "Not  a number.")),
    Answers(ROWS, ("", "343"), ("2752", "8"), ("344", " 344 ")),
    Answers(
        DOUBLE,
        ("", DOUBLE.starter, "def double(x):\n    # later\n    return ..."),
        ("def double(x):\n    return x + 2", "def double(x): x * 2", "double = 2", "def double("),
        ("def double(y):\n    return y + y", "double = lambda x: x * 2"),
    ),
    Answers(
        HEAVY,
        ("", HEAVY.starter, "heavy  =  ...  # later"),
        ("heavy = birds.fillna(0)", "heavy = birds", "heavy = bird", "heavy = 5", "other = 5"),
        ("heavy = birds.iloc[[2, 0]]", HEAVY.right_source),
    ),
]


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.check.kind)
def test_nothing_wrong_and_right_are_told_apart(kind: Answers) -> None:
    assert [type(kind.outcome(each)) for each in kind.nothing] == [NotAttempted] * len(kind.nothing)
    assert [type(kind.outcome(each)) for each in kind.fails] == [Failed] * len(kind.fails)
    assert [type(kind.outcome(each)) for each in kind.passes] == [Passed] * len(kind.passes)


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.check.kind)
def test_feedback_is_never_bare(kind: Answers) -> None:
    """A wrong answer gets a sentence of its own, and two that differ in kind get two."""
    said = [kind.outcome(each).feedback for each in kind.fails]
    assert all(len(words.split()) >= 5 for words in said)
    assert len(set(said)) == len(said)
    assert all(kind.outcome(each).feedback for each in (*kind.nothing, *kind.passes))


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.check.kind)
def test_a_check_keeps_its_own_promises(kind: Answers) -> None:
    for example in kind.check.examples():
        outcome = kind.outcome(example.answer)
        assert outcome.name == example.outcome
        assert example.says in outcome.feedback


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.check.kind)
def test_what_the_browser_gets_does_not_hold_the_answer(kind: Answers) -> None:
    form = kind.check.form()
    secrets = ["4201", "NaN", "because", "right", "Yes", "2 * x", "dropna"]
    assert not [secret for secret in secrets if secret in json.dumps(form)]


@pytest.mark.parametrize("kind", EVERY_KIND, ids=lambda kind: kind.check.kind)
def test_the_version_is_that_of_what_the_learner_sees(kind: Answers) -> None:
    version = kind.check.version()
    assert len(version) == 12
    assert replace(kind.check, hints=["Look."], why="Since.").version() == version
    assert replace(kind.check, prompt="Another question").version() != version


@unhurried
@given(st.text())
def test_any_typed_text_gets_an_outcome_with_words(answer: str) -> None:
    for check in (MASS, GAP, ROWS):
        outcome = attempt(check, answer)
        assert not isinstance(outcome, Broken)
        assert outcome.feedback.strip()


def test_examples_of_the_author_are_among_the_promises() -> None:
    check = replace(GAP, passes=["nan "], fails={"nil": "Print a column"})
    promised = list(check.examples())
    assert Example("nan ", "passed") in promised
    assert Example("nil", "failed", "Print a column") in promised


# A check that is broken -------------------------------------------------------------------------


class Faulty(Check):
    """A check whose author made a mistake that shows only when it judges."""

    kind = "faulty"

    def judge(self, answer: Any) -> Outcome:
        raise ZeroDivisionError(answer)

    def solution(self) -> str:
        return ""

    def examples(self) -> list[Example]:
        return []


ANY_FUNCTION = "def double(x): return x"
ANY_TABLE = "heavy = birds"
BROKEN = [
    (replace(DOUBLE, right_source="def double(x): return 1 / 0"), ANY_FUNCTION, "stops with"),
    (replace(DOUBLE, right_source="def dubble(x): return x"), ANY_FUNCTION, "does not define"),
    (replace(DOUBLE, right_source="def double("), ANY_FUNCTION, "does not define the function"),
    (replace(DOUBLE, wrong={"double = 5": "No."}), ANY_FUNCTION, "does not define the function"),
    (replace(HEAVY, right_source="heavy = gone"), ANY_TABLE, "does not make the table 'heavy'"),
    (replace(HEAVY, right_source="heavy = 5"), ANY_TABLE, "does not make the table 'heavy'"),
    (replace(HEAVY, wrong={"heavy = gone": "No."}), ANY_TABLE, "does not make the table 'heavy'"),
]


@pytest.mark.parametrize(("check", "source", "fault"), BROKEN)
def test_a_check_whose_author_erred_is_broken_and_tells_the_author(
    check: Any, source: str, fault: str
) -> None:
    outcome = ran(replace(check, id="broken_one"), source)
    assert isinstance(outcome, Broken)
    assert fault in outcome.fault
    assert "'broken_one'" in outcome.fault


def test_a_broken_check_is_not_the_learners_fault() -> None:
    outcome = attempt(Faulty(prompt="Q", id="faulty"), "3")
    assert isinstance(outcome, Broken)
    assert "It is not you" in outcome.feedback
    assert "`faulty` broke" in outcome.feedback
    assert outcome.fault.startswith("Traceback")
    assert "ZeroDivisionError: 3" in outcome.fault


# number -----------------------------------------------------------------------------------------

GROUPS = ["", " ", "\u00a0", "\u2009", "\u202f", "'", "’", "_"]
UNITS = ["", "g", "mm", "%", "°C", "parts per thousand"]


@st.composite
def written_numbers(draw: st.DrawFn) -> tuple[float, str, str]:
    """A number, the way somebody may write it, and its unit."""
    value = draw(st.decimals(-(10**9), 10**9, places=draw(st.integers(0, 6))))
    mark = draw(st.sampled_from(".,"))
    group = draw(st.sampled_from([*GROUPS, "," if mark == "." else "."]))
    unit = draw(st.sampled_from(UNITS))
    digits = f"{abs(value):,f}".replace(",", "G").replace(".", mark).replace("G", group)
    sign = draw(st.sampled_from(["-", "−"])) if value < 0 else draw(st.sampled_from(["", "+"]))
    around = draw(st.sampled_from(["", " ", "\u00a0", "\n"]))
    between = draw(st.sampled_from(["", " ", "\u00a0"]))
    return float(value), f"{around}{sign}{digits}{between}{unit}{around}", unit


@unhurried
@given(written_numbers())
def test_a_number_reads_back_however_it_is_written(written: tuple[float, str, str]) -> None:
    value, typed, unit = written
    assert value in readings(split_unit(typed, unit)[0])


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("4201.75", [4201.75]),
        ("4201,75", [4201.75]),
        ("4,201.75", [4201.75]),
        ("4.201,75", [4201.75]),
        ("4 201,75", [4201.75]),
        ("1'234'567", [1234567.0]),
        ("4,201", [4201.0, 4.201]),
        ("4.201", [4.201, 4201.0]),
        ("1,234,567", [1234567.0]),
        ("12,34", [12.34]),
        (".5", [0.5]),
        ("5.", [5.0]),
        ("−0,5", [-0.5]),
        ("4.2e3", [4200.0]),
        ("4,2E3", [4200.0]),
        ("", []),
        ("g", []),
        ("12 birds", []),
        ("4/2", [2.0]),
        ("1/0", []),
        ("1e999", []),
        ("nan", []),
        ("inf", []),
        ("--5", []),
        ("1,2,3", []),
    ],
)
def test_a_text_means_these_numbers_and_no_others(written: str, numbers: list[float]) -> None:
    assert readings(written) == numbers


def test_the_unit_may_be_typed_or_left_out_but_no_other() -> None:
    for typed in ("4201.75", "4201.75g", "4201.75 g", "4201.75\u00a0G"):
        assert isinstance(attempt(MASS, typed), Passed)
    words = feedback(attempt(MASS, "4.2 birds"), NotAttempted)
    assert words == "“4.2 birds” cannot be read. Give one number, in g."


def test_a_unit_of_the_same_dimension_is_converted() -> None:
    for typed in ("4.20175 kg", "4.20175 Kg", "4201750 mg", "4,20175 kilograms"):
        assert isinstance(attempt(MASS, typed), Passed), typed
    words = feedback(attempt(MASS, "4201.75 kg"), Failed)
    assert words.startswith("4201.75 kg has the right digits; the decimal point is elsewhere.")


def test_a_wrong_dimension_is_told_from_a_wrong_value() -> None:
    words = feedback(attempt(MASS, "4201.75 mm"), Failed)
    assert words == "“4201.75 mm” is a length; the answer is measured in g."


def test_a_plain_number_may_be_given_as_such() -> None:
    assert isinstance(attempt(MASS, 4201.75), Passed)
    assert isinstance(attempt(ROWS, 344), Passed)


@pytest.mark.parametrize(("typed", "is_right"), [("4201.76", True), ("4201.77", False)])
def test_the_tolerance_is_kept_to_the_last_digit(typed: str, is_right: bool) -> None:
    assert isinstance(attempt(MASS, typed), Passed) is is_right


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("4177.33", "With zeros in the gaps, the mean is too low."),
        ("-4201.75", "-4,201.75 g has the right size but the wrong sign."),
        ("42.0175", "42.0175 g has the right digits; the decimal point is elsewhere."),
        ("4201.8", "4,201.8 g is close, but not close enough: was it rounded too early?"),
        ("5000", "5,000 g is too high."),
        ("0", "0 g is too low."),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong_with_it(typed: str, words: str) -> None:
    said = feedback(attempt(MASS, typed), Failed)
    assert said.startswith(words)
    assert "4201.75" not in said.removeprefix("-4,201.75")


def test_a_misconception_is_met_in_either_reading() -> None:
    check = number("Q", answer=5, wrong={1234: "That counts cells."}, otherwise="Count rows.")
    assert feedback(attempt(check, "1.234"), Failed) == "That counts cells."


def test_a_number_that_the_author_computed_keeps_its_promise() -> None:
    """What numpy and pandas give reads back as a plain number."""
    check = number(
        "Q", answer=np.float64(4201.75), wrong={np.float64(5): "No, look."}, otherwise="Look."
    )
    for example in check.examples():
        assert attempt(check, example.answer).name == example.outcome


# text -------------------------------------------------------------------------------------------


@unhurried
@given(st.sampled_from(GAP.answers), st.data())
def test_case_spaces_quotes_and_a_final_stop_do_not_matter(
    answer: str, data: st.DataObject
) -> None:
    recased = "".join(data.draw(st.sampled_from([c.upper(), c.lower()])) for c in answer)
    spaced = recased.replace(" ", data.draw(st.sampled_from(["  ", "\t", "\u00a0", " \n "])))
    stopped = spaced + data.draw(st.sampled_from(["", ".", " ", "..."]))
    quotes = data.draw(st.sampled_from(["  ", '""', "''", "``", "“”", "‘’"]))
    assert isinstance(attempt(GAP, quotes[0] + stopped + quotes[1]), Passed)


@pytest.mark.parametrize("typed", ["not a numbr", "Not a numbers", "not a nubmer"])
def test_a_misspelt_answer_is_nearly_it(typed: str) -> None:
    assert feedback(attempt(GAP, typed), Failed) == (
        f"“{typed}”: nearly; look at the spelling again."
    )


def test_another_word_is_named_and_told_what_to_try() -> None:
    assert feedback(attempt(GAP, "zero"), Failed) == (
        "Not “zero”. Print a column that has a gap, and read it."
    )


def test_a_misconception_is_met_in_any_case() -> None:
    assert "`None` is Python's" in feedback(attempt(GAP, "NONE"), Failed)


def test_an_exact_text_minds_case_and_spaces() -> None:
    check = text("Name the column.", answer="body_mass_g", exact=True, otherwise="Look again.")
    assert isinstance(attempt(check, "`body_mass_g`"), Passed)
    assert "look at capital and small letters" in feedback(attempt(check, "Body_Mass_g"), Failed)
    assert isinstance(attempt(check, "body mass g"), Failed)


def test_an_accent_typed_on_a_mac_is_the_same_letter() -> None:
    """There "é" is an e and an accent, as copied from a file's name."""
    check = text("Q", answer="café", otherwise="Look again.")
    assert isinstance(attempt(check, "cafe\u0301"), Passed)


# choice -----------------------------------------------------------------------------------------


def test_options_keep_their_order_and_it_is_not_always_the_authors() -> None:
    texts = [str(number) for number in range(6)]
    options = [right(texts[0], "Yes."), *(wrong(each, "No.") for each in texts[1:])]
    orders = [choice(f"Question {n}", *options).form()["options"] for n in range(20)]
    again = [choice(f"Question {n}", *options).form()["options"] for n in range(20)]
    assert orders == again
    assert all(sorted(order) == texts for order in orders)
    assert len({order.index("0") for order in orders}) > 3


def test_each_option_has_words_of_its_own() -> None:
    said = {option.text: attempt(ROWS, option.text).feedback for option in ROWS.options}
    assert said == {option.text: option.because for option in ROWS.options}


def test_an_option_that_is_gone_is_not_counted() -> None:
    assert "no longer one of the options" in feedback(attempt(ROWS, "343"), NotAttempted)


@pytest.mark.parametrize(
    ("option", "shown"),
    [
        ("Longer flippers make a penguin heavier.", "**Longer flippers make a penguin heavier**: "),
        ("Do they?", "**Do they?**: "),
        ("2752", "**2752**: "),
    ],
)
def test_a_sentence_among_several_is_quoted_without_its_full_stop(option: str, shown: str) -> None:
    claims = choice("Which hold?", right("A", "Yes."), wrong(option, "No."), many=True)
    assert feedback(attempt(claims, [option]), Failed).startswith(f"{shown}No. 0 of those")


# code -------------------------------------------------------------------------------------------


def test_who_changed_a_cell_and_did_not_run_it_is_told_to_run_it() -> None:
    """What is judged in a notebook is what was run there."""
    said = feedback(ran(DOUBLE, DOUBLE.starter), NotAttempted)
    assert said == (
        "The code is as it was at the start. Change it (in a notebook, run that cell, too), then "
        "choose Check."
    )


TABLE = "import pandas as pd\ns = pd.Series([1, 2, 3])\n"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def double(x): 2 * x", "`double(2)` gave nothing back (`None`); `4` was expected. Is"),
        ("def double(x): print(2 * x)", "Is the `return` missing?"),
        ("def double(x): return x * 3", "`double(2)` gave `6`; `4` was expected."),
        ("def double(x): return str(2 * x)", "`double(2)` gave `'4'`; `4` was expected."),
        ("def double(x):\n    y = 2\n    return ...", "gave back the `...` of the start"),
        ("def double(x): return double", "gave a function that was not called"),
        ("def double(x): return x + 2", "That adds 2. Doubling multiplies by 2."),
        ("double = lambda y: 2 + y", "That adds 2. Doubling multiplies by 2."),
        ("def double(x): return abs(2 * x)", "A negative number doubles too. 2 of 3 examples are"),
        ("def double(x):\n    return x * y", "stopped on line 2 with `NameError: name 'y' is not"),
        ("def double(x): return x / 0", "Something was divided by zero"),
        ("def double(): return 4", "`TypeError: double() takes 0 positional arguments"),
        ("def double(x): return double(x)", "A function went on calling itself."),
        ("def double(x): exit()", "Take out the call that ends the program."),
        ("def double(x): raise SystemExit", "Take out the call that ends the program."),
        ("import sys\nsys.exit(3)", "stopped on line 2 with `SystemExit: 3`. Take out the call"),
        ("def double(x): raise KeyboardInterrupt", "stopped on line 1 with `KeyboardInterrupt`."),
        ("def doubel(x): return 2 * x", "There is no function called `double` yet"),
        ("double = 4", "`double` is a whole number, not a function"),
        ("double = 'twice'", "`double` is text, not a function"),
        ("def double(x)\n    return 2 * x", "Python cannot read line 1, `def double(x)`: expected"),
        ("def double(x):\nreturn 2", "Look at the spaces at its beginning"),
        ("def double(x): return [][1]", "A position lies beyond the end"),
        (f"{TABLE}double = lambda x: s[(s > 1) and (s < 3)]", "write `&` for and, `|` for or"),
        (f"{TABLE}double = lambda x: s.iloc[0, 1]", "one column has rows only"),
        (f"{TABLE}double = lambda x: s.to_numpy()[0, 1]", "one column has rows only"),
        (f"{TABLE}double = lambda x: [s.sum(), (s.max(),)]", "gave `[6, (3,)]`"),
        (f"{TABLE}double = lambda x: {{'a': s.max()}}", "gave `{'a': 3}`"),
        ("def double(x): return {}['mass']", "There is no column or key of that name"),
        ("def double(x): return x.mean()", "That value has no such method or column"),
    ],
)
def test_a_wrong_function_is_told_what_came_and_what_to_look_at(source: str, words: str) -> None:
    assert words in feedback(ran(DOUBLE, source), Failed)


def test_the_score_is_the_share_of_right_cases() -> None:
    outcome = ran(DOUBLE, "def double(x): return abs(2 * x)")
    assert isinstance(outcome, Failed)
    assert outcome.score == pytest.approx(2 / 3)


def test_a_function_may_use_the_names_beside_the_check() -> None:
    check = replace(DOUBLE, namespace={"factor": 2, "double": DOUBLE})
    assert isinstance(ran(check, "def double(x): return factor * x"), Passed)
    assert "no function called `double`" in feedback(ran(check, "x = 1"), Failed)


def test_in_a_notebook_the_value_is_judged_where_its_source_is_not_known() -> None:
    assert isinstance(attempt(DOUBLE, Work(lambda x: 2 * x)), Passed)
    assert isinstance(attempt(HEAVY, Work(BIRDS.iloc[[2, 0]])), Passed)
    assert isinstance(attempt(DOUBLE, Work()), NotAttempted)
    assert isinstance(attempt(HEAVY, Work()), NotAttempted)
    assert isinstance(attempt(HEAVY, Work(...)), NotAttempted)


def test_what_a_function_does_to_its_arguments_harms_no_other_case() -> None:
    shared = [3, 1, 2]
    check = code(
        "Q",
        function="largest",
        starter="def largest(items): ...",
        solution="def largest(items): return max(items)",
        cases=[case(shared), case(shared)],
    )
    assert isinstance(ran(check, "def largest(x):\n    x.sort()\n    return x.pop()"), Passed)
    said = feedback(ran(check, "def largest(x):\n    x.clear()\n    return 0"), Failed)
    assert "`largest([3, 1, 2])` gave `0`" in said
    assert shared == [3, 1, 2]


def test_one_source_does_not_change_the_names_of_the_next() -> None:
    birds = pd.DataFrame({"mass": [1.0, 2.0]})
    check = replace(
        table("Q", frame="t", starter="", solution="birds['kg'] = 1\nt = birds.copy()"),
        namespace={"birds": birds, "pd": pd},
    )
    check.work(check.right_source)
    assert list(birds.columns) == ["mass"]
    assert list(check.work("t = birds").value.columns) == ["mass"]


def test_a_table_with_a_column_called_judge_can_be_used() -> None:
    dives = pd.DataFrame({"judge": ["A"], "points": [9.5]})
    check = replace(DOUBLE, namespace={"dives": dives, "other": MASS})
    assert list(check.work("double = dives").value.columns) == ["judge", "points"]
    assert isinstance(check.work("double = other").error, NameError)


@pytest.mark.parametrize(
    "source",
    [
        "def double(x): raise GeneratorExit",
        "import asyncio\ndef double(x): raise asyncio.CancelledError",
        "class Mine(BaseException): pass\nraise Mine",
        "def double(x): raise SyntaxError",
        "class Mine(Exception):\n    def __str__(self): return 5\ndef double(x): raise Mine",
        "double = " + "-" * 100_000 + "1",
        "return 5",
    ],
)
def test_whatever_code_raises_is_a_wrong_answer(source: str) -> None:
    assert feedback(ran(DOUBLE, source), Failed)


@pytest.fixture
def short_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.checks.running.work.time_limit", lambda _seconds: time_limit(0.1))


LONG = [
    "def double(x):\n    while True: pass",
    "def double(x):\n    while True:\n        print(x)",
    "import time\ndef double(x): time.sleep(60)",
    "import time\ndef double(x):\n    try: time.sleep(60)\n    except Exception: return 2 * x",
    "while True: pass",
]


@pytest.mark.parametrize("source", LONG)
@pytest.mark.usefixtures("short_limit")
def test_code_that_never_ends_is_stopped_in_time(source: str) -> None:
    """Also asleep, and also within the learner's own ``except Exception``."""
    before = time.monotonic()
    words = feedback(ran(DOUBLE, source), Failed)
    assert time.monotonic() - before < 5
    assert "Is there a loop that never ends?" in words


@pytest.mark.usefixtures("short_limit")
def test_after_a_time_limit_ctrl_c_is_ctrl_c_again() -> None:
    ran(DOUBLE, LONG[0])
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    ran(DOUBLE, "def double(x): return 2 * x")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("body", ["n += sum(range(50))", "time.sleep(0.5)"])
def test_a_bare_except_does_not_outlast_the_time_limit(body: str) -> None:
    forever = (
        "import time\ndef forever(n):\n"
        f"    while True:\n        try: {body}\n        except: pass\nforever(0)"
    )
    before, tracing = time.monotonic(), sys.gettrace()
    assert isinstance(run_source(forever, {}, 0.05).error, TimeUp)
    assert time.monotonic() - before < 1
    assert sys.gettrace() is tracing


@pytest.mark.usefixtures("short_limit")
def test_one_case_that_never_ends_is_waited_for_once() -> None:
    check = replace(DOUBLE, cases=DOUBLE.cases * 20)
    before = time.monotonic()
    ran(check, "def double(x):\n    while True: pass")
    assert time.monotonic() - before < 1


def test_the_time_limit_gives_back_what_it_took_whenever_time_is_up() -> None:
    """Also where that is just as the block ends."""
    before = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGALRM)]
    for turn in range(1500):
        try:
            with time_limit(0.001):
                end = time.perf_counter() + 0.001 + (turn % 200 - 100) * 2e-6
                while time.perf_counter() < end:
                    pass
        except TimeUp:
            pass
        assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGALRM)] == before
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_the_learners_own_interrupt_is_not_taken_for_the_limit() -> None:
    source = "import signal\ndef double(x): signal.raise_signal(signal.SIGINT)"
    said = feedback(ran(DOUBLE, source), Failed)
    assert "`KeyboardInterrupt`. It was interrupted." in said
    assert "still running" not in said


def test_quick_code_is_not_slowed_by_the_limit() -> None:
    before = time.monotonic()
    assert isinstance(ran(DOUBLE, DOUBLE.right_source), Passed)
    assert time.monotonic() - before < 2


def test_huge_output_is_cut() -> None:
    run = run_source("for _ in range(1000): print('x' * 30_000)", {})
    assert run.error is None
    assert MAX_OUTPUT <= len(run.printed) <= MAX_OUTPUT + 10
    assert run.printed.endswith("...")


def test_what_code_prints_does_not_reach_the_page(capfd: pytest.CaptureFixture[str]) -> None:
    run = run_source("import sys\nprint('one')\nprint('two', file=sys.stderr)\n3", {})
    assert (run.printed, run.value) == ("one\ntwo\n", 3)
    assert capfd.readouterr() == ("", "")


def test_a_huge_value_is_shown_short() -> None:
    said = feedback(ran(DOUBLE, "def double(x): return 'x' * 10**6"), Failed)
    assert len(said) < 300


@pytest.mark.parametrize(
    "value", ["Bad()", "[Bad()]", "float('nan')", "type", "object()", "b'x'", "{1: 2}", "[...]"]
)
def test_an_odd_value_is_a_wrong_answer_and_breaks_nothing(value: str) -> None:
    odd = "class Bad:\n    def __repr__(self): raise ValueError\n    __eq__ = __repr__\n"
    assert isinstance(ran(DOUBLE, f"{odd}def double(x): return {value}"), Failed)


@pytest.mark.parametrize("value", ["10**400", "-10**400", "[10**400]"])
def test_a_number_beyond_all_floats_is_a_wrong_answer(value: str) -> None:
    assert isinstance(ran(DOUBLE, f"def double(x): return {value}"), Failed)
    assert same(10**400, 10**400)
    assert not same(10**400, 10**400 + 1)


def test_a_case_may_expect_a_huge_number() -> None:
    check = code(
        "Q", function="f", starter="", solution="def f(n): return 10**n", cases=[case(400)]
    )
    assert isinstance(ran(check, "def f(n): return 10**n"), Passed)
    assert isinstance(ran(check, "def f(n): return 10.0"), Failed)


FRAME = pd.DataFrame({"a": [1, 2]})


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1, 1.0),
        (0.1 + 0.2, 0.3),
        (np.float64(2), 2),
        (np.int64(2), 2.0),
        (None, float("nan")),
        (pd.NA, None),
        (pd.NaT, None),
        (np.True_, True),
        ([1, [2.0, None]], [1.0, [2, float("nan")]]),
        ((1, 2), (1, 2)),
        ({"a": 0.3}, {"a": 0.1 + 0.2}),
        (pd.Series([1, None]), pd.Series([1.0, None])),
        (np.array([[1, 2]]), np.array([[1.0, 2.0]])),
        (FRAME, FRAME.astype(float)),
        ("text", "text"),
        ({1, 2}, {2, 1}),
        (1 + 2j, 1 + 2j),
    ],
)
def test_these_are_the_same(got: object, expected: object) -> None:
    assert same(got, expected)
    assert same(expected, got)


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (1, 1.001),
        (True, 1),
        ("1", 1),
        ([1, 2], (1, 2)),
        ([1, 2], [1, 2, 3]),
        ([1, 2], [2, 1]),
        ({"a": 1}, {"b": 1}),
        (0, None),
        ("", float("nan")),
        (pd.Series([1, 2]), [1, 2]),
        (pd.Series([1, 2]), pd.Series([1, 2], index=["a", "b"])),
        (np.array([1, 2]), np.array([[1, 2]])),
        (FRAME, FRAME.rename(columns={"a": "b"})),
        ("Text", "text"),
        (1 + 2j, 1 - 2j),
    ],
)
def test_these_are_not_the_same(got: object, expected: object) -> None:
    assert not same(got, expected)
    assert not same(expected, got)


@pytest.mark.parametrize(
    "make", [pd.Timestamp, pd.Timedelta, pd.Period, np.datetime64, lambda x: np.array(len(x))]
)
def test_dates_and_arrays_without_dimensions_are_compared(make: Any) -> None:
    one_day = "2026-01-01" if make is not pd.Timedelta else "1 day"
    other = "2026-01-02 10:00" if make is not pd.Timedelta else "2 days"
    assert same(make(one_day), make(one_day))
    assert not same(make(one_day), make(other))


# table ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("heavy = birds[['species', 'mass']]", "The column `'year'` is missing; yours has"),
        ("heavy = birds.assign(kg=1)", "The column `'kg'` is more than was asked for."),
        (
            "heavy = birds.rename(columns={'mass': 'Mass'})",
            "The column `'Mass'` is not asked for, and `'mass'` is missing.",
        ),
        ("heavy = birds[['mass', 'species', 'year']]", "The columns are right, but in another"),
        ("heavy = birds[['species', 'mass', 'year', 'mass']]", "A column is there twice"),
        ("heavy = birds", "has 3 rows; 2 were expected. Which of yours should not be there?"),
        ("heavy = birds.head(1)", "has 1 rows; 2 were expected. Which ones are missing"),
        ("heavy = birds.dropna()", "the row labels (the index) are `[0, 2]`"),
        (
            "heavy = birds.iloc[[2, 0]].reset_index(drop=True)",
            "The cells may be right, but the row labels (the index) are `[0, 1]`.",
        ),
        (
            "heavy = birds.iloc[[2, 0]].assign(mass=[5000.0, 3701])",
            "In the column `'mass'`, row `0`, there is `3701`; `3700` was expected.",
        ),
        (
            "heavy = birds.iloc[[2, 0]].assign(mass=[5000.0, None])",
            "In the column `'mass'`, row `0`, there is a gap; `3700` was expected.",
        ),
        (
            "heavy = birds.iloc[[2, 0]].astype({'year': str})",
            "The column `'year'` should hold numbers; yours holds text.",
        ),
        (
            "heavy = birds.iloc[[2, 0]].assign(year=[birds.mean, birds.mean])",
            "yours holds methods that were not called",
        ),
        ("heavy = birds.fillna(0)", "A gap was counted as 0 g. Leave it out."),
        ("heavy = birds['mass']", "`heavy` is one column (Series); a table (DataFrame) was expec"),
        ("heavy = birds.groupby('species')", "groups that were not summarised yet"),
        ("heavy = birds.dropna", "a method that was not called: are the brackets `()` missing?"),
        ("heavy = birds.info()", "nothing (None)"),
        ("heavy = [1]", "`heavy` is a list; a table (DataFrame) was expected."),
        ("heavy = birds['weight']", "There is no column or key of that name"),
        ("light = birds", "There is no table called `heavy` yet"),
        ("heavy = birds.dropna(", "Python cannot read line 1"),
    ],
)
def test_a_wrong_table_is_told_the_first_thing_that_differs(source: str, words: str) -> None:
    assert words in feedback(ran(HEAVY, source), Failed)


def test_a_value_where_a_gap_was_expected_is_named() -> None:
    check = replace(HEAVY, right_source="heavy = birds", wrong={})
    said = feedback(ran(check, "heavy = birds.fillna({'mass': 0})"), Failed)
    assert said == "In the column `'mass'`, row `1`, there is `0`; a gap was expected."


def test_whole_numbers_and_decimals_are_both_numbers() -> None:
    check = replace(HEAVY, right_source="heavy = birds[['year']]", wrong={})
    assert isinstance(ran(check, "heavy = birds[['year']].astype(float)"), Passed)


def test_the_tolerance_of_a_table_is_the_authors() -> None:
    check = replace(HEAVY, tolerance=0.01)
    source = "heavy = birds.iloc[[2, 0]].assign(mass=[5001.0, 3700.0])"
    assert isinstance(ran(check, source), Passed)
    assert isinstance(ran(HEAVY, source), Failed)


def test_where_the_order_of_rows_is_free_any_order_passes() -> None:
    check = replace(HEAVY, right_source="heavy = birds", wrong={}, row_order=False)
    assert isinstance(ran(check, "heavy = birds.iloc[[2, 0, 1]]"), Passed)
    assert isinstance(ran(check, "heavy = birds.iloc[[2, 0, 0]]"), Failed)


def test_a_wrong_date_in_a_table_is_named() -> None:
    mine = pd.DataFrame({"day": pd.to_datetime(["2026-01-01", "2026-01-02"])})
    right = pd.DataFrame({"day": pd.to_datetime(["2026-01-01", "2026-01-03"])})
    assert "In the column `'day'`, row `1`" in str(difference(mine, right))


@pytest.mark.parametrize("name", [None, "species"])
def test_where_the_order_of_rows_is_free_labels_stay_with_their_rows(name: str | None) -> None:
    labels = pd.Index(["Adelie", "Gentoo"], name=name)
    right = pd.DataFrame({"n": [152, 124]}, index=labels)
    assert difference(right.iloc[::-1], right, row_order=False) is None
    swapped = pd.DataFrame({"n": [152, 124]}, index=labels[::-1])
    assert "`'n'`, row `'" in str(difference(swapped, right, row_order=False))
    unlabelled = right.reset_index(drop=True)
    assert "row labels" in str(difference(unlabelled, right, row_order=False))


def test_numbers_as_labels_stay_with_their_rows_where_they_have_a_name() -> None:
    right = pd.DataFrame({"n": [110, 114]}, index=pd.Index([2007, 2008], name="year"))
    swapped = pd.DataFrame({"n": [110, 114]}, index=pd.Index([2008, 2007], name="year"))
    assert difference(right.iloc[::-1], right, row_order=False) is None
    assert difference(swapped, right, row_order=False)


def test_two_levels_of_labels_stay_with_their_rows() -> None:
    labels = pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)])
    right = pd.DataFrame({"n": [1.0, 2.0, 2.0]}, index=labels)
    assert difference(right.iloc[[2, 0, 1]], right, row_order=False) is None
    assert difference(right.set_axis(labels[[1, 0, 2]]), right, row_order=False)


def test_row_numbers_that_a_filter_left_mean_nothing_where_the_order_is_free() -> None:
    kept = BIRDS.dropna()
    assert difference(kept.reset_index(drop=True), kept, row_order=False) is None


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 23), (12, 3)],
        [(0.1 + 0.2, "b"), (0.3, "a")],
        [(9.9999999, "b"), (10.0, "a")],
        [(None, 1.0), (2.0, None)],
        [("b", None), (None, "a")],
        [(1.23456499999, 1.0), (1.23456500001, 2.0)],
        [(float("inf"), 1.0), (1.0, 2.0), (float("-inf"), 3.0)],
    ],
)
def test_right_rows_pass_in_any_order(rows: list[tuple[Any, Any]]) -> None:
    right = pd.DataFrame(rows, columns=["x", "y"])
    rounded = right.assign(x=right["x"].round(6)) if right["x"].dtype == float else right
    assert difference(rounded, right, row_order=False) is None
    assert difference(rounded.iloc[::-1], right, row_order=False) is None


@unhurried
@given(
    st.lists(
        st.tuples(
            st.integers(-3, 3) | st.integers(10**5, 10**5 + 3),
            st.sampled_from([0.1, 0.3, 1.234565, 9.9999999, 10.0, 1e9, float("nan")]),
            st.sampled_from(["Adelie", "Gentoo", None]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.data(),
)
def test_order_type_and_a_hair_change_no_verdict(rows: list[Any], data: st.DataObject) -> None:
    right = pd.DataFrame(rows, columns=["n", "x", "x"]).astype({"n": int})
    hairs = data.draw(st.lists(st.sampled_from([-4e-7, 0, 3e-7]), min_size=8, max_size=8))
    factor = 1 + np.array(hairs)[: len(right)]
    columns = [right["n"] * factor, right.iloc[:, 1] * factor, right.iloc[:, 2]]
    moved = pd.concat(columns, axis=1).set_axis(right.columns, axis=1)
    right = right.astype({"n": data.draw(st.sampled_from([int, float]))})
    mine = moved.iloc[data.draw(st.permutations(range(len(right))))]
    assert difference(mine, right, row_order=False) is None


def test_where_the_order_of_rows_is_free_the_wrong_row_is_the_one_that_is_named() -> None:
    right = pd.DataFrame({"name": list("abcdef"), "n": range(6)})
    mine = right.assign(name=list("abZdef")).iloc[::-1]
    said = str(difference(mine, right, row_order=False))
    assert said == "In the column `'name'`, row `2`, there is `'Z'`; `'c'` was expected."


def test_a_hundred_thousand_rows_are_put_in_order_in_no_time() -> None:
    random = np.random.default_rng(1)
    numbers = {f"n{i}": random.integers(0, 3, 100_000) for i in range(5)}
    right = pd.DataFrame({**numbers, **{f"x{i}": random.random(100_000) for i in range(5)}})
    mine = right.sample(frac=1, random_state=1).astype(float)
    before = time.process_time()
    aligned(mine, right, 1e-6)
    assert time.process_time() - before < 1


def test_two_columns_of_one_name_are_compared() -> None:
    right = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert difference(right.copy(), right) is None
    assert difference(pd.DataFrame([[1, 3]], columns=["a", "a"]), right)


def test_making_the_answer_leaves_the_learners_tables_alone() -> None:
    before = BIRDS.copy()
    ran(HEAVY, HEAVY.right_source)
    pd.testing.assert_frame_equal(before, BIRDS)


# What an author may not write -------------------------------------------------------------------

IMPORTS = "from kit.checks import *\n"


def author_error(folder: Path, source: str) -> str:
    """What the author of this checks.py is told; it must name the file and a line."""
    path = folder / "checks.py"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(CheckError) as refused:
        load_checks(path)
    assert str(path) in refused.value.what
    assert refused.value.mend
    return str(refused.value).replace(str(path), "checks.py")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("a = number(", "'(' was never closed"),
        ("a = 1 / 0", "ZeroDivisionError: division by zero"),
        ("import a_library_that_is_not_there", "ModuleNotFoundError"),
        ("raise SystemExit(1)", "SystemExit: 1"),
        ("a = number('Q', answer='5', otherwise='o')", "'5' is not a number"),
        ("a = number('Q', answer=float('nan'), otherwise='o')", "nan is not a number"),
        ("a = number('Q', answer=5)", "missing 1 required keyword-only argument: 'otherwise'"),
        (
            "a = number('Q', answer=5, tolerance=1, wrong={6: 'No.'}, otherwise='o')",
            "wrong={6: ...} is within the tolerance of the answer 5",
        ),
        ("a = number(' ', answer=5, otherwise='o')", "The question of a check is empty"),
        ("a = number('Q', answer=5, otherwise='o', hints='Look.')", "hints of a check are not a"),
        ("a = number('Q', answer=True, otherwise='o')", "True is not a number"),
        ("a = number('Q', answer=10**400, otherwise='o')", "is not a number"),
        ("a = number('Q', answer=5, tolerance=-1, otherwise='o')", "tolerance=-1 is not a number"),
        ("a = number('Q', answer=5, otherwise='o', why=5)", "The why of a check is not a text"),
        (
            "a = number('Q', answer=5, otherwise='o', hint=['Look.'])",
            "number(...) has no hint=. Did you mean hints=?",
        ),
        ("a = choice('Q', right('1', 'Y'), wrong('2', 'N'), shuffle=1)", "has no shuffle=. It has"),
        ("a = text('Q', answer='a', otherwise='o', pass_=1)", "Did you mean passes=?"),
        ("a = number('Q', answer=5, otherwise='o', solution_after=0)", "solution_after=0 is not"),
        ("a = number('Q', answer=5, otherwise='o', solution_after=True)", "solution_after=True is"),
        ("a = number('Q', answer=5, otherwise='o', solution_after=1.5)", "solution_after=1.5 is"),
        ("a = choice('Q', right(1, 'Yes.'), wrong('2', 'No.'))", "option of a choice has no text"),
        ("a = choice('Q', right('1', 5), wrong('2', 'No.'))", "has no feedback"),
        ("a = text('Q', answer=5, otherwise='o')", "answer of a text check is not a text"),
        ("a = case(1, because=5)", "The because of a case is not a text"),
        ("a = text('Q', answer='', otherwise='o')", "A text check has an empty answer"),
        ("a = text('Q', answer=[], otherwise='o')", "A text check has an empty answer"),
        (
            "a = text('Q', answer='NaN', wrong={'nan': 'No.'}, otherwise='o')",
            "'nan' is both an answer and wrong",
        ),
        ("a = choice('Q', right('1', 'Yes.'), right('2', 'Yes.'))", "needs one right(...)"),
        ("a = choice('Q', wrong('1', 'No.'), wrong('2', 'No.'))", "needs one right(...)"),
        ("a = choice('Q', right('1', 'Yes.'))", "at least one wrong(...)"),
        ("a = choice('Q', right('1', 'Yes.'), '2')", "is not right(...) or wrong(...)"),
        ("a = choice('Q', right('1', 'Yes.'), wrong(' 1', 'No.'))", "have the same text"),
        ("a = choice('Q', right('1', 'Yes.'), wrong('2', ' '))", "has no feedback"),
        ("a = code('Q', function='f', starter='', solution='', cases=[])", "has no cases"),
        ("a = code('Q', function='f', starter='', solution='', cases=[1])", "has no cases"),
        ("a = code('Q', function='f g', starter='', solution='', cases=[case(1)])", "not a functi"),
        ("a = table('Q', frame='f g', starter='', solution='')", "is not a variable's name"),
    ],
)
def test_a_mistake_of_the_author_names_the_file_and_the_line(
    tmp_path: Path, line: str, words: str
) -> None:
    said = author_error(tmp_path, f"{IMPORTS}\n{line}\n")
    assert said.startswith("checks.py, line 3: ")
    assert words in said


@pytest.mark.parametrize(
    "make",
    [
        lambda **words: number("Q", answer=5, **{"otherwise": "Look.", **words}),
        lambda **words: text("Q", answer="a", **{"otherwise": "Look.", **words}),
        lambda **words: table("Q", frame="f", starter="", solution="", **words),
    ],
)
@pytest.mark.parametrize("words", ["", " ", 5, None])
def test_an_author_cannot_leave_a_wrong_answer_without_words(make: Any, words: Any) -> None:
    for given_words in ({"wrong": {3: words}}, {"fails": {"3": words}}, {"otherwise": words}):
        with pytest.raises(CheckError):
            make(**given_words)


def test_a_mistake_below_the_authors_own_function_names_the_authors_line(tmp_path: Path) -> None:
    source = "def means(values):\n    return sum(values) / len(values)\n\n\na = means([])\n"
    assert author_error(tmp_path, source).startswith("checks.py, line 2: ZeroDivisionError")


def test_two_checks_of_one_name_are_refused_with_both_lines(tmp_path: Path) -> None:
    first = "size = number('Q', answer=5, otherwise='o')"
    said = author_error(tmp_path, f"{IMPORTS}{first}\nother = 1\n{first}\n")
    assert said.startswith("checks.py, line 4: the check 'size' is there twice (first on line 2)")


@pytest.mark.parametrize(
    "second",
    [
        "size = k.number('Q', answer=6, otherwise='o')",
        "size: object = k.number('Q', answer=6, otherwise='o')",
        "size, other = [k.number('Q', answer=n, otherwise='o') for n in (1, 2)]",
        "size = made()",
    ],
)
def test_a_repeated_name_is_found_however_the_check_is_made(tmp_path: Path, second: str) -> None:
    made = "def made(): return k.number('Q', answer=5, otherwise='o')\n"
    said = author_error(tmp_path, f"import kit.checks as k\n{made}size = made()\n{second}\n")
    assert said.startswith("checks.py, line 4: the check 'size' is there twice (first on line 3)")


def test_a_check_may_be_made_of_itself_and_other_names_may_be_used_again(tmp_path: Path) -> None:
    source = (
        f"{IMPORTS}from dataclasses import replace\n"
        "rows = 1\nrows = 2\n"
        "size = number('Q', answer=rows, otherwise='o')\n"
        "size = replace(size, why='Since.')\n"
    )
    path = tmp_path / "checks.py"
    path.write_text(source, encoding="utf-8")
    assert load_checks(path)["size"].why == "Since."


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "checks.py"
    with pytest.raises(CheckError, match=r"checks\.py does not exist\. Restore it") as refused:
        load_checks(path)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    "spoil",
    [lambda path: path.write_bytes("a = 'é'".encode("latin1")), lambda path: path.mkdir()],
    ids=["not UTF-8", "a folder"],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    path = tmp_path / "checks.py"
    spoil(path)
    with pytest.raises(CheckError, match="cannot be read") as refused:
        load_checks(path)
    assert str(path) in str(refused.value)


def test_checks_are_known_by_their_names_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "checks.py"
    path.write_text(
        f"{IMPORTS}factor = 2\n"
        "size = number('Q', answer=5, otherwise='o')\n"
        "double = code('Q', function='double', starter='', cases=[case(2)],\n"
        "              solution='def double(x): return factor * x')\n",
        encoding="utf-8",
    )
    checks = load_checks(path)
    assert [(name, check.id) for name, check in checks.items()] == [
        ("size", "size"),
        ("double", "double"),
    ]
    assert isinstance(ran(checks["double"], "def double(x): return x * factor"), Passed)


def test_names_for_a_learners_code_are_copies() -> None:
    """What code does to a table in a review changes nothing for the next check."""
    table_ = pd.DataFrame({"a": [1, 2]})
    given = {"t": table_, "u": table_, "pd": pd}
    own = own_names(given)
    own["t"]["b"] = 0
    assert list(table_) == ["a"]
    assert own["u"] is own["t"], "two names of one table stay so"
    assert own["pd"] is pd


def test_an_error_that_cannot_say_itself_stops_nothing() -> None:
    class Endless(Exception):
        def __str__(self) -> str:
            while self:
                pass
            return ""

    assert "Endless" in explain(Endless())
