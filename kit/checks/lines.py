"""A line of ``order``: without the spaces at its start, and the steps that they make."""

from __future__ import annotations

from typing import Any

from kit.errors import CheckError
from kit.words import _

Line = tuple[str, int]
"""A line without the spaces at its start, and how many steps it is indented."""

SPACES = 4
"""A step, as authors write it."""


def line_of(line: str | Line, indent: bool) -> Line:
    """A line with its steps; none where they do not count."""
    text, level = (line, _steps(line)) if isinstance(line, str) else line
    return text.strip(), level if indent else 0


def _steps(line: str) -> int:
    return (len(line) - len(line.lstrip(" "))) // SPACES


def author_line(line: Any, indent: bool) -> Line:
    """A line of checks.py (see ``line_of``), or an error that says what is wrong with it."""
    match line:
        case str():
            text, spaces = line, len(line) - len(line.lstrip(" "))
        case [str() as text, int() as level] if level >= 0 and text == text.lstrip():
            spaces = SPACES * level
        case _:
            raise CheckError(
                _("{line!r} is no line.").format(line=line),
                _('As in: "    print(row)", or ("print(row)", 1)'),
            )
    if not text.strip() or len(text.strip().splitlines()) > 1:
        raise CheckError(
            _("A line of an order is empty, or several: {line!r}.").format(line=line),
            _("Give each line as a text of its own."),
        )
    if spaces % SPACES or text.startswith("\t"):
        raise CheckError(
            _("The line {line!r} is indented by part of a step.").format(line=line),
            _("Use four spaces for each step."),
        )
    if spaces and not indent:
        raise CheckError(
            _("The line {line!r} is indented, but these lines are not to be.").format(line=line),
            _("Take the spaces out, or say indent=True."),
        )
    return line_of(line, indent)


def distractor_line(line: Any) -> str:
    """Its spaces do not count: the learner gives it others."""
    return author_line(line.lstrip(" ") if isinstance(line, str) else line, indent=True)[0]


MAX_LEVEL = 100
"""Steps of a line, far more than an author writes."""


def read_line(value: Any) -> Line:
    """A line as the browser sends it, or a ValueError."""
    match value:
        case [str() as text, int() as level] if type(level) is int and 0 <= level <= MAX_LEVEL:
            return text, level
    raise ValueError("not a line")
