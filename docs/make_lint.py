"""Renews the table in docs/lint.md from the code: every rule, and what it asks for.

python -m docs.make_lint
"""

from __future__ import annotations

import re
from pathlib import Path

from kit.authoring.lint.finding import ERROR
from kit.authoring.lint.rules import COURSE_RULES, LESSON_RULES
from kit.authoring.lint.run import COURSE_FILE_RULE

PAGE = Path(__file__).with_name("lint.md")
BEGIN, END = "<!-- rules: written by make docs -->", "<!-- /rules -->"


def page() -> str:
    """The whole text: as it is, with the table anew between its two marks."""
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    made = f"{BEGIN}\n{_table()}\n{END}"
    text, count = between.subn(lambda _found: made, PAGE.read_text(encoding="utf-8"))
    assert count == 1, f"{PAGE} has no table to renew"
    return text


def _table() -> str:
    rows = [(COURSE_FILE_RULE, ERROR, "course.toml can be read.")]
    rows += [(rule.name, rule.severity, rule.asks) for rule in COURSE_RULES]
    rows += [(rule.name, rule.severity, rule.asks) for rule in LESSON_RULES]
    lines = [f"| `{name}` | {severity} | {asks} |" for name, severity, asks in rows]
    return "\n".join(["| rule | | asks for |", "|---|---|---|", *lines])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
