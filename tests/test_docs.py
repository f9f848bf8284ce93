"""The pages that are made from the code, by ``make docs``, say what it says."""

from __future__ import annotations

import inspect
from types import ModuleType

import pytest

from docs import make_checks, make_lint
from kit import checks
from kit.authoring.lint.rules import COURSE_RULES, LESSON_RULES
from kit.checks.running.constructs import EXAMPLES, WORDS, is_written_with, need_construct


@pytest.mark.parametrize("made", [make_checks, make_lint], ids=lambda made: made.PAGE.name)
def test_a_page_is_what_the_code_says(made: ModuleType) -> None:
    assert made.PAGE.read_text(encoding="utf-8") == made.page()


def test_the_page_of_checks_shows_each_construct_at_work() -> None:
    page = make_checks.page()
    assert EXAMPLES.keys() >= WORDS.keys()
    for construct, example in EXAMPLES.items():
        need_construct(construct)
        assert is_written_with(construct, example, ""), construct
        others = [word for word in WORDS if word not in construct and word not in example]
        assert not any(is_written_with(word, example, "") for word in others)
        assert f"| `{construct}` |".replace("_ | _", "_ \\| _") in page
    assert "kit.checks." not in page
    assert "module" not in page


def test_the_page_of_checks_gives_each_default() -> None:
    rows = [line for line in make_checks.page().splitlines() if line.startswith("| `")]
    for row in (
        "| `prompt` | needed | ",
        "| `solution_after` | `3` | ",
        "| `passes, fails` | `()`, `{}` | ",
        "| `otherwise` | needed | ",
        '| `hints, why, more` | `()`, `""` | ',
        "| `options` | any number | ",
    ):
        assert any(line.startswith(row) for line in rows), row
    default = inspect.signature(checks.number).parameters["tolerance"].default
    assert any(line.startswith(f"| `tolerance` | `{default}` | ") for line in rows)


def test_each_rule_says_what_it_asks_for() -> None:
    asked = [rule.asks for rule in COURSE_RULES] + [rule.asks for rule in LESSON_RULES]
    assert all(each.endswith(".") for each in asked)
