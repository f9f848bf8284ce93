"""The pages that are made from the code, by ``make docs``, say what it says."""

from __future__ import annotations

from types import ModuleType

import pytest

from docs import make_checks, make_lint
from kit.authoring.lint.rules import COURSE_RULES, LESSON_RULES


@pytest.mark.parametrize("made", [make_checks, make_lint], ids=lambda made: made.PAGE.name)
def test_a_page_is_what_the_code_says(made: ModuleType) -> None:
    assert made.PAGE.read_text(encoding="utf-8") == made.page()


def test_each_rule_says_what_it_asks_for() -> None:
    asked = [rule.asks for rule in COURSE_RULES] + [rule.asks for rule in LESSON_RULES]
    assert all(each.endswith(".") for each in asked)
