"""The table of all rules, for docs/lint.md: ``python -m kit.authoring.lint.table`` renews it."""

from __future__ import annotations

import re
from pathlib import Path

from kit.authoring.lint.course import COURSE_FILE_RULE
from kit.authoring.lint.finding import ERROR
from kit.authoring.lint.rules import COURSE_RULES, LESSON_RULES

PAGE = Path(__file__).parents[3] / "docs" / "lint.md"
BEGIN, END = "<!-- rules: made by kit.authoring.lint.table -->", "<!-- /rules -->"


def rules_table() -> str:
    """A Markdown table: name, severity, and what the rule asks for."""
    rows = [(COURSE_FILE_RULE, ERROR, "course.toml can be read.")]
    rows += [(rule.name, rule.severity, rule.asks) for rule in COURSE_RULES]
    rows += [(rule.name, rule.severity, rule.asks) for rule in LESSON_RULES]
    lines = [f"| `{name}` | {severity} | {asks} |" for name, severity, asks in rows]
    return "\n".join(["| rule | | asks for |", "|---|---|---|", *lines])


def with_table(page: str) -> str:
    """A page with the table between its two marks."""
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    made = f"{BEGIN}\n{rules_table()}\n{END}"
    return between.sub(lambda _found: made, page)


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
