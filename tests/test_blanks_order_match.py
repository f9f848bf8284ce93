"""Gaps to fill, lines to order, pairs to match: what they promise, and what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.checks import (
    Broken,
    Check,
    Failed,
    NotAttempted,
    Passed,
    attempt,
    attempt_written,
    blanks,
    called,
    gap,
    match,
    order,
    when,
)
from kit.checks.mixing import mixed
from kit.checks.spelling import near_miss
from kit.errors import CheckError

unhurried = settings(deadline=None)

FILTER = blanks(
    "Complete the filter.",
    """
    long = table["length"] {{least}} 195
    for name, group in table.groupby({{by}}):
        print(name, group["mass"].{{average}})
    table.loc[long, {{columns}}]""",
    gaps={
        "columns": gap(
            '["island", "length"]',
            also=['("island", "length")'],
            wrong={'"island", "length"': "`loc` takes one thing after the comma."},
        ),
        "least": gap(
            ">=", options=["==", ">=", ">"], wrong={">": "`>` leaves out exactly 195 mm."}
        ),
        "by": gap('"species"'),
        "average": gap(
            "mean()",
            also=["mean(skipna=True)"],
            wrong={"sum()": called("sum as mean", "That adds up the masses.")},
        ),
    },
    code=True,
    otherwise="Compare it with the example above.",
    wrong={
        when(
            lambda gaps: gaps["by"] == gaps["columns"] != "",
            example={"by": '"species"', "columns": '"species"'},
        ): "Two gaps that do two things hold the same."
    },
    why="71 rows.",
)
MIDDLE = blanks(
    "Fill the gaps.",
    "The {{middle}} is the value in the middle, and `{{gap}}` is written for a gap.",
    gaps={
        "middle": gap(
            "median", also=["middle value"], wrong={"mode": "That is the most frequent."}
        ),
        "gap": gap("NaN"),
    },
    otherwise="Read the paragraph above once more.",
)
COUNT = order(
    "Count the heavy birds.",
    [
        "count = 0",
        "for mass in masses:",
        "    if mass > 4000:",
        "        count = count + 1",
        "print(count)",
    ],
    distractors={
        "count = count + mass": "That adds up grams.",
        "    if count > 4000:": called("condition on the counter", "The counter is no mass."),
    },
    wrong={
        when(
            lambda lines: lines[0][0] == "print(count)", example=[("print(count)", 0)]
        ): "There is nothing to print yet."
    },
    otherwise="Read your lines from the top, as Python does.",
)
SWAP = order(
    "Print both, then a line.",
    ["print(a)", "print(b)", "print()", "print()"],
    also=[["print(b)", "print(a)", "print()", "print()"]],
    wrong={("print()", "print()", "print(a)", "print(b)"): "The empty lines come last."},
    otherwise="What is printed first stands first.",
)
STEPS = order(
    "How does one work?",
    ["Ask a *question*", "Look at `head()`", "Compute"],
    code=False,
    otherwise="What must be known before?",
)
RESULTS = match(
    "What comes back?",
    {
        '`t["year"]`': "a Series",
        '`t[["year"]]`': "a table",
        "`t.head()`": "a table",
        "`len(t)`": "a number",
    },
    distractors=["a list"],
    wrong={
        ('`t[["year"]]`', "a Series"): "The inner brackets make a list of names.",
        when(
            lambda pairs: list(pairs.values()).count("a list") > 1,
            example={'`t["year"]`': "a list", "`len(t)`": "a list"},
        ): called("everything is a list", "Nothing here gives a list."),
    },
    otherwise="Try each line on its own.",
)
CHECKS = [FILTER, MIDDLE, COUNT, SWAP, STEPS, RESULTS]
RIGHT = {
    "least": ">=", "by": '"species"', "average": "mean()", "columns": '["island", "length"]'
}  # fmt: skip

every = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.prompt)


def failed(check: Check, answer: Any) -> Failed:
    outcome = attempt(check, answer)
    assert isinstance(outcome, Failed), outcome
    return outcome


# What all three promise -------------------------------------------------------------------------


@every
def test_a_check_keeps_its_own_promises_also_as_the_browser_sends_the_answers(
    check: Check,
) -> None:
    outcomes = set()
    for example in check.examples():
        for outcome in (
            attempt(check, example.answer),
            attempt_written(check, check.written(example.answer)),
        ):
            assert outcome.name == example.outcome, (example, outcome)
            assert example.says in outcome.feedback
        outcomes.add(example.outcome)
    assert outcomes == {"not_attempted", "passed", "failed"}


@every
def test_examples_of_the_author_are_among_the_promises(check: Check) -> None:
    right = next(each.answer for each in check.examples() if each.outcome == "passed")
    wrong = next(each.answer for each in check.examples() if each.outcome == "failed")
    promised = list(replace(check, passes=[right], fails=[(wrong, "a word")]).examples())
    assert [each.answer for each in promised[-2:]] == [right, wrong]
    assert promised[-1].says == "a word"


@every
def test_nothing_given_is_not_an_attempt(check: Check) -> None:
    for written in ("", " ", "{}" if check.kind != "order" else "[]"):
        assert isinstance(attempt_written(check, written), NotAttempted)


@every
@given(st.text() | st.builds(json.dumps, st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)))  # fmt: skip
def test_whatever_the_browser_sends_is_met_with_words(check: Check, written: str) -> None:
    outcome = attempt_written(check, written)
    assert isinstance(outcome, NotAttempted)
    assert len(outcome.feedback.split()) >= 5


@every
def test_the_browser_gets_no_answer_before_it_is_earned(check: Check) -> None:
    sent = json.dumps(check.form())
    secrets = ["mean()", "median", "NaN", '\\"species\\"', "71 rows", "why", "because"]
    assert not [secret for secret in secrets if secret in sent]
    right = next(each for each in check.examples() if each.outcome == "passed")
    assert check.written(right.answer) not in sent


@every
def test_a_saved_notebook_shows_the_question_without_the_answer(check: Check) -> None:
    text = check.text()
    assert text.startswith(check.prompt)
    assert "____" in text or check.kind == "order"
    assert check.solution() not in text


@every
def test_what_is_shown_is_the_same_each_time(check: Check) -> None:
    assert replace(check).form() == check.form()
    assert replace(check).version() == check.version()


def test_a_mixed_order_never_gives_the_answer_away() -> None:
    for prompt in map(str, range(200)):
        assert replace(SWAP, prompt=prompt).form()["lines"][:2] != ["print(a)", "print(b)"]
        shown = replace(COUNT, prompt=prompt).form()["lines"]
        used = [text for text in shown if text not in COUNT.distractors]
        assert used != [text for text, _level in COUNT.lines]
        options = replace(RESULTS, prompt=prompt).form()["options"]
        assert [each for each in options if each != "a list"] != ["a Series", "a table", "a number"]


def test_an_order_that_cannot_be_hidden_is_given_up() -> None:
    assert sorted(mixed("seed", "aab", lambda _texts: True)) == ["a", "a", "b"]


# blanks -----------------------------------------------------------------------------------------

CODE_TEXTS = st.sampled_from(
    ["", "mean()", "mean( )", "mean(skipna = True)", "'species'", '"species"', "species", ">=",
     "sum()", '["island","length"]', "('island', 'length')", "(", "#", "\\", '"', "mean() # yes"]
) | st.text(max_size=12)  # fmt: skip


DECLARED = {
    "least": [">="],
    "by": ["'species'", '"species"'],
    # Not "mean() # yes": it would hide the bracket that follows.
    "average": ["mean()", "mean( )", "mean(skipna = True)"],
    "columns": ['["island","length"]', '["island", "length"]', "('island', 'length')"],
}


@unhurried
@given(
    st.fixed_dictionaries(
        {name: st.sampled_from(texts) | CODE_TEXTS for name, texts in DECLARED.items()}
    )
)
def test_code_passes_exactly_where_each_gap_makes_a_declared_program(texts: dict[str, str]) -> None:
    outcome = attempt(FILTER, texts)
    assert not isinstance(outcome, Broken)
    assert outcome.feedback.strip()
    right = all(text.strip() in DECLARED[name] for name, text in texts.items())
    assert isinstance(outcome, Passed) is right
    assert FILTER.parse(FILTER.written(texts)) == texts


@unhurried
@given(
    st.sampled_from(["median", "middle value"]),
    st.sampled_from(["", " ", "."]),
    st.sampled_from(["NaN", "nan", '"NaN"', "`NAN`"]),
)
def test_prose_minds_neither_case_nor_spaces_nor_quotes(word: str, end: str, nan: str) -> None:
    middle = word.upper().replace(" ", "  ") + end
    assert isinstance(attempt(MIDDLE, {"middle": middle, "gap": nan}), Passed)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("by", "'species'"),
        ("by", '( "species" )'),
        ("average", "mean ( skipna=True )"),
        ("columns", "[ 'island' ,'length' ]"),
    ],
)
def test_spaces_quotes_and_idle_brackets_do_not_matter_in_code(name: str, text: str) -> None:
    assert isinstance(attempt(FILTER, {**RIGHT, name: text}), Passed)


@pytest.mark.parametrize(
    ("template", "answer", "same", "other"),
    [
        ("{{a}} * 2", "(x + y)", "( x+y )", "x + y"),
        ("print{{a}}", "(x)", "( x )", "x"),
        ("t.loc[rows, {{a}}]", '("a", "b")', "('a','b')", '"a", "b"'),
        ('t["{{a}}"]', "mass", " mass ", "Mass"),
        ("{{a}} row {{b}} rows:", "for", " for ", "fo r"),
        ("x {{a}} 3", ">=", " >= ", "> ="),
        ('print(f"{{{a}}} g")', "mass", "( mass )", "mas"),
        ("if x > 2\n    {{a}}", 'print("a b")', "print( 'a b' )", "print('ab')"),
    ],
)
def test_code_is_compared_where_it_stands(
    template: str, answer: str, same: str, other: str
) -> None:
    """As the program that it makes, or as words and signs where that is no Python."""
    gaps = {"a": gap(answer), **({"b": gap("in")} if "{{b}}" in template else {})}
    check = blanks("Q", template, gaps=gaps, code=True, otherwise="Look again.")
    rest = {"b": "in"} if "b" in gaps else {}
    assert isinstance(attempt(check, {"a": same, **rest}), Passed)
    assert isinstance(attempt(check, {"a": other, **rest}), Failed)


def test_each_wrong_gap_is_named_by_its_place_with_words_of_its_own() -> None:
    outcome = failed(FILTER, {"least": ">", "by": '"spezies"', "average": "sum()"})
    assert outcome.feedback.split("\n\n") == [
        "0 of 4 gaps are right.",
        "**Gap 1**, `>`: `>` leaves out exactly 195 mm.",
        '**Gap 2**, `"spezies"`: nearly; look at the spelling again.',
        "**Gap 3**, `sum()`: That adds up the masses.",
        "**Gap 4** is still empty.",
    ]
    assert (outcome.score, outcome.misconception) == (0, "sum as mean")


def test_the_first_misconception_is_the_one_that_is_kept() -> None:
    wrong = {**RIGHT, "average": "sum()", "columns": '"island", "length"'}
    assert failed(FILTER, wrong).misconception == "sum as mean"


def test_what_is_chosen_is_no_matter_of_spelling() -> None:
    check = blanks(
        "Q", "{{a}}", gaps={"a": gap("Count", options=["Count", "count"])}, otherwise="Look up."
    )
    assert failed(check, {"a": "count"}).feedback == "“count”: that does not fit.\n\nLook up."


def test_the_score_is_the_share_of_right_gaps() -> None:
    outcome = failed(FILTER, {**RIGHT, "by": "island"})
    assert outcome.score == 0.75
    assert outcome.feedback == (
        "3 of 4 gaps are right.\n\n**Gap 2**, `island`: that does not fit.\n\n"
        "Compare it with the example above."
    )


def test_a_rule_about_all_gaps_speaks_first_and_the_count_stays() -> None:
    outcome = failed(FILTER, {**RIGHT, "columns": '"species"'})
    assert outcome.feedback == (
        "Two gaps that do two things hold the same.\n\n3 of 4 gaps are right."
    )
    assert outcome.score == 0.75


def test_a_single_gap_is_not_counted() -> None:
    check = blanks("Q", "A {{one}}.", gaps={"one": gap("bird")}, otherwise="Look up.")
    assert failed(check, {"one": "fish"}).feedback == "“fish”: that does not fit.\n\nLook up."
    assert attempt(check, {"one": "Bird."}).feedback == "Yes, that fits."


@pytest.mark.parametrize(
    ("given_text", "meant", "says"),
    [
        ("medain", "median", "spelling"),
        ("medan", "median", "spelling"),
        ("df.maen()", "df.mean()", "spelling"),
        ("Mean()", "mean()", "capital"),
        ("species", '"species"', "signs"),
        ("mean", "mean()", "signs"),
        ("mean", "median", ""),
        ("min()", "max()", ""),
        ("sum()", "num()", ""),
        ("loc", "iloc", ""),
        ("1000", "10000", ""),
        ("year2007", "year2008", ""),
        (">", ">=", ""),
        ("", "median", ""),
    ],
)
def test_a_slip_is_told_from_another_answer(given_text: str, meant: str, says: str) -> None:
    said = near_miss(given_text, meant)
    assert says in said
    assert bool(said) == bool(says)


def test_an_option_that_is_gone_is_not_counted() -> None:
    outcome = attempt(FILTER, {**RIGHT, "least": "<"})
    assert isinstance(outcome, NotAttempted)
    assert "no longer one of the options" in outcome.feedback


def test_gaps_of_an_earlier_edition_are_passed_over() -> None:
    assert isinstance(attempt(FILTER, {**RIGHT, "gone": "5"}), Passed)


def test_the_form_numbers_the_gaps_and_mixes_the_options() -> None:
    form = FILTER.form()
    assert form["code"].splitlines()[2] == '    print(name, group["mass"].{{3}})'
    assert [each["name"] for each in form["gaps"]] == ["least", "by", "average", "columns"]
    assert sorted(form["gaps"][0]["options"]) == ["==", ">", ">="]
    assert "prose" in MIDDLE.form()


def test_the_solution_and_the_saved_question_show_the_whole_text() -> None:
    assert 'group["mass"].mean())' in FILTER.solution()
    assert FILTER.solution().endswith("71 rows.")
    assert MIDDLE.solution() == (
        "The **median** is the value in the middle, and `NaN` is written for a gap."
    )
    assert "- **Gap 1**: " in FILTER.text()
    assert "groupby(____)" in FILTER.text()


def test_an_earlier_answer_shows_what_was_wrong_with_it() -> None:
    assert FILTER.readable(FILTER.written({**RIGHT, "by": "island"})) == "gap 2: island"
    assert MIDDLE.readable(MIDDLE.written({"middle": "mode"})) == "gap 1: mode, gap 2: …"
    assert COUNT.readable('[["count = 0", 0], ["print(count)", 2]]') == "line 2: → → print(count)"
    assert COUNT.readable('[["count = 0", 0]]') == "1 line"
    wrong = {'`t["year"]`': "a list", "`len(t)`": "a number"}
    assert RESULTS.readable(RESULTS.written(wrong)) == 't["year"] → a list'


# order ------------------------------------------------------------------------------------------


@st.composite
def placed_lines(draw: st.DrawFn, check: Any) -> list[tuple[str, int]]:
    """Some of the lines in any order; or a right order, now and then with a wrong step."""
    if draw(st.booleans()):
        lines = draw(st.permutations(check.form()["lines"]))
        used = lines[: draw(st.integers(0, len(lines)))]
        return [(text, draw(st.integers(0, 4))) for text in used]
    right = draw(st.sampled_from([check.lines, *check.also]))
    return [(text, level + draw(st.sampled_from([0, 0, 0, 1]))) for text, level in right]


@unhurried
@pytest.mark.parametrize("check", [COUNT, SWAP, STEPS], ids=lambda check: check.prompt)
@given(data=st.data())
def test_lines_pass_exactly_in_a_declared_order(check: Any, data: st.DataObject) -> None:
    answer = data.draw(placed_lines(check))
    outcome = attempt(check, answer)
    assert not isinstance(outcome, Broken)
    assert isinstance(outcome, NotAttempted) or len(outcome.feedback.split()) >= 5
    counted = answer if check.indent else [(text, 0) for text, _level in answer]
    declared = [list(check.lines), *map(list, check.also)]
    assert isinstance(outcome, Passed) is (counted in declared)
    assert not isinstance(outcome, Failed) or 0 <= outcome.score < 1
    assert check.parse(check.written(answer)) == answer


def put(*lines: str) -> list[str]:
    """Lines as an author writes them; the check takes them, too."""
    return list(lines)


@pytest.mark.parametrize(
    ("lines", "score", "words"),
    [
        (put("for mass in masses:"), 0, "Line 1, `for mass in masses:`, comes too early: someth"),
        (put("count = 0"), 0.2, "The first one is right. Something is still missing below. Read"),
        (
            put("count = 0", "for mass in masses:", "if mass > 4000:"),
            0.4,
            "The first 2 are right. Line 3, `if mass > 4000:`, is one step too shallow:",
        ),
        (
            put("count = 0", "            for mass in masses:"),
            0.2,
            "The first one is right. Line 2, `for mass in masses:`, is 3 steps too deep: what",
        ),
        (
            put("count = 0", "count = count + mass"),
            0.2,
            "The first one is right. Line 2, `count = count + mass`: That adds up grams.",
        ),
        (
            [*COUNT.lines, ("if count > 4000:", 0)],
            5 / 6,
            "The first 5 are right. Line 6, `if count > 4000:`: The counter is no mass.",
        ),
        (put("print(count)"), 0, "There is nothing to print yet."),
    ],
)
def test_the_first_line_out_of_place_is_told_what_is_wrong_with_it(
    lines: list[Any], score: float, words: str
) -> None:
    outcome = failed(COUNT, lines)
    assert outcome.feedback.startswith(words)
    assert outcome.score == pytest.approx(score)
    assert "condition" in outcome.misconception or "counter is" not in outcome.feedback


def test_the_right_next_line_is_never_named() -> None:
    lines = [text for text, _level in COUNT.lines]
    for wrong in (lines[:2], [*lines[:2], lines[4]], [lines[0], lines[3]]):
        right = lines[len(wrong) - (0 if wrong == lines[:2] else 1)]
        assert right not in failed(COUNT, wrong).feedback


def test_identical_lines_stand_for_each_other_and_other_orders_count() -> None:
    for answer in (put("print(a)", "print(b)"), put("print(b)", "print(a)")):
        assert isinstance(attempt(SWAP, [*answer, "print()", "print()"]), Passed)
        assert isinstance(attempt(SWAP, [*answer, "print()"]), Failed)
    assert "empty lines come last" in failed(
        SWAP, put("print()", "print()", "print(a)", "print(b)")
    ).feedback  # fmt: skip


def test_lines_that_were_not_moved_are_not_an_attempt() -> None:
    for check in (SWAP, STEPS):
        unmoved = [(text, 0) for text in check.form()["lines"]]
        assert isinstance(attempt(check, unmoved), NotAttempted)


def test_a_step_is_a_whole_number_from_0_on() -> None:
    for level in (True, -1, 0.5, "1", None):
        with pytest.raises(ValueError, match="not a line"):
            COUNT.parse(json.dumps([["count = 0", level]]))


def test_lines_of_an_earlier_edition_are_not_counted() -> None:
    for lines in (put("gone"), put("count = 0", "count = 0")):
        assert "have changed since" in attempt(COUNT, lines).feedback


def test_steps_in_words_are_markdown_and_never_indented() -> None:
    form = STEPS.form()
    assert form["steps"] == form["lines"]
    assert form["levels"] == 0
    assert STEPS.solution() == "1. Ask a *question*\n1. Look at `head()`\n1. Compute"
    assert failed(STEPS, put("Compute")).feedback.startswith("Step 1, “Compute”, comes too early:")


def test_the_form_tells_no_distractor_from_a_line() -> None:
    form = COUNT.form()
    assert len(form["lines"]) == 7
    assert form["choose"]
    assert form["levels"] == 4
    assert not any(line.startswith(" ") for line in form["lines"])
    assert not SWAP.form()["choose"]


# match ------------------------------------------------------------------------------------------

LEFTS: list[str] = RESULTS.form()["lefts"]


OPTIONS = st.sampled_from(["", *RESULTS.form()["options"], "gone"])


@unhurried
@given(
    st.dictionaries(st.sampled_from(LEFTS), OPTIONS)
    | st.fixed_dictionaries({left: st.just(right) | OPTIONS for left, right in RESULTS.pairs})
)
def test_pairs_pass_exactly_as_declared(answer: dict[str, str]) -> None:
    outcome = attempt(RESULTS, answer)
    assert not isinstance(outcome, Broken)
    assert len(outcome.feedback.split()) >= 5
    assert isinstance(outcome, Passed) is (answer == dict(RESULTS.pairs))
    assert isinstance(outcome, NotAttempted) is (
        not any(answer.values()) or "gone" in answer.values()
    )
    if isinstance(outcome, Failed):
        right = sum(answer.get(a) == b for a, b in RESULTS.pairs)
        assert outcome.score == right / 4
    assert RESULTS.parse(RESULTS.written(answer)) == answer


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (
            {LEFTS[0]: "a list", LEFTS[1]: "a table"},
            '1 of 4 is right.\n\n`t["year"]` → “a list”: these do not belong together. Try each',
        ),
        (
            {LEFTS[0]: "a number", LEFTS[1]: "a Series"},
            '0 of 4 are right.\n\n`t[["year"]]` → “a Series”: The inner brackets make a list',
        ),
        (
            {LEFTS[0]: "a Series", LEFTS[1]: "a table"},
            "2 of 4 are right.\n\nSome are still without a choice. Try each line on its own.",
        ),
        (
            {LEFTS[0]: "a list", LEFTS[3]: "a list"},
            "0 of 4 are right.\n\nNothing here gives a list.",
        ),
    ],
)
def test_the_first_rule_or_the_first_wrong_pair_speaks(answer: dict[str, str], words: str) -> None:
    assert failed(RESULTS, answer).feedback.startswith(words)


def test_a_match_names_the_misconception() -> None:
    answer = {LEFTS[0]: "a list", LEFTS[3]: "a list"}
    assert failed(RESULTS, answer).misconception == "everything is a list"


def test_a_right_may_belong_to_several_lefts_and_is_offered_once() -> None:
    assert sorted(RESULTS.form()["options"]) == ["a Series", "a list", "a number", "a table"]


# What an author is told -------------------------------------------------------------------------


def fill(template: Any = "a {{a}} b", **changed: Any) -> Check:
    return blanks("Q", template, **{"gaps": {"a": gap("5")}, "otherwise": "Look.", **changed})


def arrange(lines: Any = ("x", "y", "z"), **changed: Any) -> Check:
    return order("Q", lines, **{"otherwise": "Look.", **changed})


def pair(pairs: Any = (("l", "r"), ("m", "s")), **changed: Any) -> Check:
    return match("Q", pairs, **{"otherwise": "Look.", **changed})


AUTHORS_MISTAKES: list[tuple[Callable[[], object], str]] = [
    (lambda: fill("a b"), "The gap 'a' is in the template 0 times. Write {{a}} in the one place"),
    (lambda: fill("{{a}} {{a}}"), "The gap 'a' is in the template 2 times."),
    (lambda: fill("{{a}} {{b}}"), "The template has {{b}}, but gaps has no 'b'. The gaps are: a."),
    (lambda: fill(5), "template of a check has no words"),
    (lambda: fill(gaps={}), "blanks has no gaps. As in: gaps="),
    (lambda: fill(gaps=["a"]), "blanks has no gaps."),
    (lambda: fill(gaps={"a": "5"}), "The gap 'a' is not gap(...)."),
    (lambda: fill(gaps={"a": gap('"A"')}), "The gap 'a' has its answer as its name"),
    (lambda: fill(gaps={"a": gap("'.'")}), "has an answer without words: \"'.'\"."),
    (lambda: fill(gaps={"a": gap("5", wrong={"5.": "No."})}), "'5.' is both right and wrong."),
    (lambda: fill(wrong={"5": "No."}), "A key of wrong of blanks is not when(...). What is wrong"),
    (lambda: fill(otherwise=""), "otherwise of a check has no words"),
    (lambda: fill(cod=True), "blanks(...) has no cod=. Did you mean code=?"),
    (lambda: gap(5), "A text of a gap is empty, or not a text: 5."),  # type: ignore[arg-type]
    (lambda: gap("5", also="6"), "also='6' of a gap is not a list."),
    (lambda: gap("5", also=[" "]), "A text of a gap is empty, or not a text: ' '."),
    (lambda: gap("5", wrong={"6": ""}), "wrong['6'] of a check has no words"),
    (lambda: gap("5", options=["6", "7"]), "The text '5' of a gap is none of its options."),
    (lambda: gap("5", options=["5", "5"]), "Two options of a gap have the same text."),
    (
        lambda: gap("5", options=["5", "7"], wrong={"6": "No."}),
        "The text '6' of a gap is none of its options. Add it to options",
    ),
    (lambda: arrange(["x", "y"]), "An order needs 3 lines. Give more lines, or distractors."),
    (lambda: arrange(["x"], distractors={"y": "No."}), "An order needs 2 lines."),
    (lambda: arrange(["x", "x", "x"]), "Every order of these lines is right."),
    (lambda: arrange("xyz"), "The lines of an order are no list: 'xyz'."),
    (lambda: arrange(["x", "y", 5]), "5 is no line. As in:"),
    (lambda: arrange(["x", "y", ("z", -1)]), "('z', -1) is no line."),
    (lambda: arrange(["x", "y", " "]), "A line of an order is empty, or several: ' '."),
    (lambda: arrange(["x", "y", "z\nz"]), "A line of an order is empty, or several: 'z\\nz'."),
    (lambda: arrange(["x", "y", "  z"]), "The line '  z' is indented by part of a step. Use four"),
    (lambda: arrange(["x", "y", "\tz"]), "The line '\\tz' is indented by part of a step."),
    (lambda: arrange(["x", "y", "    z"], indent=False), "The line '    z' is indented, but"),
    (lambda: arrange(["x", "y", "    z"], code=False), "The line '    z' is indented, but"),
    (lambda: arrange(distractors={"    x": "No."}), "The line 'x' is among lines and among"),
    (lambda: arrange(distractors={"w": ""}), "distractors['w'] of a check has no words"),
    (lambda: arrange(also=[["x", "y"]]), "also has an order of other lines: ['x', 'y']."),
    (lambda: arrange(also=["x", "y", "z"]), "The lines of an order are no list: 'x'."),
    (lambda: arrange(wrong={"x": "No."}), "The key 'x' of wrong is no tuple of lines."),
    (lambda: arrange(wrong={("w",): "No."}), "The line 'w' in wrong is none of the lines."),
    (lambda: arrange(wrong={("x", "y", "z"): "No."}), "An order in wrong is also right:"),
    (lambda: pair({"l": "r"}), "A match needs two pairs."),
    (lambda: pair({"l": "r", "m": "r"}), "A match has one right-hand side only."),
    (lambda: pair([("l", "r"), ("l ", "s")]), "Two pairs have the same left: 'l'."),
    (lambda: pair({"l": "r", "m": ""}), "A text of a match is empty, or not a text: ''."),
    (lambda: pair({"l": "r", "m": 5}), "A text of a match is empty, or not a text: 5."),
    (lambda: pair(5), "pairs of a match is no dictionary."),
    (lambda: pair(distractors=["s"]), "The distractor 's' is a right-hand side of a pair"),
    (lambda: pair(distractors=["t", "t"]), "The distractor 't' is a right-hand side"),
    (lambda: pair(wrong={"l": "No."}), "The key 'l' of wrong is no pair."),
    (lambda: pair(wrong={("k", "s"): "No."}), "wrong has the left 'k', which no pair has."),
    (lambda: pair(wrong={("l", "t"): "No."}), "wrong has the right-hand side 't', which nobody"),
    (lambda: pair(wrong={("l", "r"): "No."}), "The pair ('l', 'r') is both right and wrong."),
]  # fmt: skip


@pytest.mark.parametrize(("make", "words"), AUTHORS_MISTAKES, ids=lambda each: str(each)[:60])
def test_an_authors_mistake_is_told_with_the_way_out(
    make: Callable[[], object], words: str
) -> None:
    with pytest.raises(CheckError) as raised:
        make()
    assert words in str(raised.value)
    assert raised.value.mend
