"""Submissions that are nearly the same: which are found, and which are not."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.classroom.class_data import Pair, Work, Written
from kit.classroom.similar import K_CODE, W_CODE, code_tokens, similar_pairs, winnowed

MINE = """def gaps(table, column):
    # Who has none?
    missing = table.loc[table[column].isna(), ["species", "season", "island"]]
    counted = missing.groupby("species").size().sort_values(ascending=False)
    share = counted / table.groupby("species").size() * 100
    return share.round(1).rename("percent").reset_index().query("percent > 0")
"""
RENAMED = """def gaps(t, name):
    no_value = t.loc[
        t[name].isna(), ['species', "season", 'island']]
    n = no_value.groupby('species').size().sort_values(ascending=False)  # biggest first
    s = n / t.groupby("species").size() * 100
    return s.round(1).rename("percent").reset_index().query("percent > 0")
"""
OTHER = """def gaps(table, column):
    result = {}
    for name in table["species"].unique():
        part = table[table["species"] == name]
        result[name] = round(100 * part[column].isnull().mean(), 1)
    return pd.DataFrame([(a, b) for a, b in result.items() if b], columns=["species", "percent"])
"""
REPORT = (
    "Two birds were never weighed, an Adelie and a Gentoo. Of eleven nobody knows the sex, for "
    "five of them because the test failed. The gaps are not spread evenly: most are of one season."
)


def work(learner: str, source: str, *, is_code: bool = True, assignment: str = "a1") -> Work:
    return Work(learner, assignment, "field", [], [Written("gaps", is_code, source)])


def pairs_of(*works: Work, given: tuple[str, ...] = ()) -> list[Pair]:
    return similar_pairs(works, {("a1", "field"): given})


def test_other_names_comments_quotes_and_layout_hide_nothing() -> None:
    (pair,) = pairs_of(work("ada", MINE), work("ben", OTHER), work("eve", RENAMED))
    assert (pair.one, pair.other, pair.cells) == ("ada", "eve", ("gaps",))
    assert pair.share > 0.9


def test_a_text_with_a_few_other_words_is_found() -> None:
    changed = REPORT.replace("never", "not").replace("Of eleven", "of Eleven,").upper()
    mine, theirs = (work(who, text, is_code=False) for who, text in (("a", REPORT), ("b", changed)))
    (pair,) = pairs_of(mine, theirs, work("c", "Nothing is missing here at all.", is_code=False))
    assert pair.share > 0.6


def test_what_the_assignment_gives_is_subtracted() -> None:
    assert len(pairs_of(work("ada", MINE), work("ben", MINE))) == 1
    assert pairs_of(work("ada", MINE), work("ben", MINE), given=(MINE,)) == []


def test_what_many_write_is_what_the_task_asks_for() -> None:
    """In a class of 60, four of whom share what others do not: these four, and not all."""
    everybody = [work(f"s{n:02}", MINE) for n in range(56)]
    four = [work(f"x{n}", MINE + OTHER) for n in range(4)]
    found = pairs_of(*everybody, *four)
    assert {learner for pair in found for learner in (pair.one, pair.other)} == {
        "x0", "x1", "x2", "x3",
    }  # fmt: skip


def test_short_answers_are_left_alone() -> None:
    short = "def gaps(table):\n    return table.isna().sum()\n"
    assert pairs_of(work("ada", short), work("ben", short)) == []


def test_only_submissions_of_one_notebook_are_compared() -> None:
    assert pairs_of(work("ada", MINE), work("ben", MINE, assignment="a2")) == []


def test_the_most_alike_come_first() -> None:
    half = MINE + OTHER
    found = pairs_of(work("ada", MINE), work("ben", RENAMED), work("eve", half + REPORT))
    assert [pair.share for pair in found] == sorted((p.share for p in found), reverse=True)


@pytest.mark.parametrize("source", ["", "'", '"""x', "def (", "\x00", "f(" * 3000, "\ud800x = 1"])
def test_what_is_no_python_has_tokens_all_the_same(source: str) -> None:
    assert isinstance(code_tokens(source), list)
    assert pairs_of(work("ada", source), work("ben", "x = 1")) == []


def test_names_of_ones_own_are_all_the_same() -> None:
    assert code_tokens("for bird in birds:  # each\n    n += bird['x']") == code_tokens(
        'for each in birds:\n    total += each["x"]'
    )
    assert "_" in code_tokens("total = (") and "total" not in code_tokens("total = (")  # noqa: PT018


@given(
    st.lists(st.integers(0, 2**64 - 1), min_size=W_CODE, max_size=W_CODE),
    st.lists(st.integers(0, 2**64 - 1), max_size=40),
    st.lists(st.integers(0, 2**64 - 1), max_size=40),
)
def test_a_long_passage_in_common_is_always_found(
    common: list[int], before: list[int], after: list[int]
) -> None:
    """W runs in a row, which are K + W - 1 tokens, share a fingerprint (Schleimer et al. 2003)."""
    assert winnowed([*before, *common], W_CODE) & winnowed([*common, *after], W_CODE)
    assert K_CODE + W_CODE - 1 == 12


def test_a_class_of_strangers_has_no_pairs() -> None:
    random = Random(3)
    words = [f"word{n}" for n in range(500)]
    texts = [" ".join(random.choice(words) for _ in range(120)) for _ in range(60)]
    assert pairs_of(*(work(f"s{n}", t, is_code=False) for n, t in enumerate(texts))) == []
