"""A learner's or an author's own text within a sentence of Markdown."""

from __future__ import annotations

MAX_SHOWN = 60
MAX_READABLE = 120
"""Of an earlier answer, on its one line."""


def as_code(text: str) -> str:
    """Inline code, in backticks; one within, which would end it, becomes an apostrophe."""
    return f"`{text.replace('`', chr(39))}`"


def as_words(text: str) -> str:
    """Words, in quotation marks."""
    return f"“{cut(text)}”"


def cut(text: str, at: int = MAX_SHOWN) -> str:
    """At most so many characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= at else f"{line[: at - 1]}…"
