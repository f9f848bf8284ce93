"""A teacher's cell: what of it is hidden, and the words that it has for a student.

A message is made while a test runs, and a student's code can make it, too. So it is taken for a
teacher's only as far as it stands in the cell.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property

from IPython.core.inputtransformer2 import TransformerManager

LONGEST = 2_000
"""Characters of a message; no words of a teacher's are longer."""

Template = tuple[str, ...]
"""A message in pieces; between two of them is a value."""

_MOST_LINES, _MOST_PARTS = 6, 8
_LETTERS, _WORDS = 8, 3


class Source:
    """A teacher's cell, with what is hidden of it.

    Args:
        whole: as it was run.
        signs: nbgrader's, between which something is hidden: of a beginning and of an end.
    """

    def __init__(self, whole: str, signs: Sequence[tuple[str, str]]) -> None:
        self.whole, self._signs = whole, signs

    @cached_property
    def hidden(self) -> frozenset[int]:
        """The numbers of the lines that are hidden, from 1; to the end where no end is marked."""
        return frozenset(number for pair in self._signs for number in self._between(*pair))

    def _between(self, begin: str, end: str) -> Iterator[int]:
        inside = False
        for number, line in enumerate(self.whole.split("\n"), 1):
            ends = end in line and begin not in line  # as nbgrader reads them
            inside = inside or begin in line
            if inside or ends:
                yield number
            inside = inside and not ends

    @cached_property
    def shown(self) -> str:
        """The rest."""
        lines = enumerate(self.whole.split("\n"), 1)
        rest = "\n".join(line for number, line in lines if number not in self.hidden)
        return re.sub(r"\n{3,}", "\n\n", rest).strip("\n")

    def statement(self, number: int) -> str:
        """What stands at a line, if the student can see all of it."""
        around = [
            (last - first, first, last)
            for first, last in map(_lines_of, self._statements)
            if first <= number <= last
        ]
        if not around:
            return ""
        _size, first, last = min(around)
        if self.hidden & {*range(first, last + 1)} or last - first >= _MOST_LINES:
            return ""
        return textwrap.dedent("\n".join(self.whole.split("\n")[first - 1 : last]))

    def failing(self) -> Iterator[Template]:
        """The words with which it fails: of ``assert ..., words`` and ``raise Error(words)``."""
        for each in self._statements:
            if isinstance(each, ast.Assert) and each.msg:
                yield from _template(each.msg)
            elif isinstance(each, ast.Raise) and isinstance(each.exc, ast.Call) and each.exc.args:
                yield from _template(each.exc.args[0])

    def printed(self) -> Iterator[Template]:
        """The sentences that it prints."""
        for each in self._statements:
            call = each.value if isinstance(each, ast.Expr) else None
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id == "print"
                and len(call.args) == 1
            ):
                yield from (
                    found
                    for found in _template(call.args[0])
                    if len(" ".join(found).split()) >= _WORDS
                )

    @cached_property
    def _statements(self) -> Sequence[ast.stmt]:
        with suppress(SyntaxError, ValueError, RecursionError):
            tree = ast.parse(TransformerManager().transform_cell(self.whole))
            return [each for each in ast.walk(tree) if isinstance(each, ast.stmt)]
        return []


def _lines_of(statement: ast.stmt) -> tuple[int, int]:
    """The first and the last line; of a statement with others in it, of what stands before them."""
    inner = getattr(statement, "body", None)
    last = inner[0].lineno - 1 if inner else statement.end_lineno or statement.lineno
    return statement.lineno, max(last, statement.lineno)


def _template(message: ast.expr) -> Iterator[Template]:
    """A message in pieces, if they say something without the values between them."""
    pieces = [""]
    for each in _pieces(message):
        if each is None:
            pieces.append("")
        else:
            pieces[-1] += each
    letters = sum(each.isalpha() for piece in pieces for each in piece)
    if len(pieces) == 1 and pieces[0].strip():
        yield (pieces[0],)
    elif letters >= _LETTERS and len(pieces) <= _MOST_PARTS:
        yield tuple(pieces)


def _pieces(message: ast.expr) -> Iterator[str | None]:
    """Its texts, and None for each value."""
    if isinstance(message, ast.Constant) and isinstance(message.value, str):
        yield message.value
    elif isinstance(message, ast.JoinedStr):
        for each in message.values:
            yield from _pieces(each)
    elif isinstance(message, ast.BinOp) and isinstance(message.op, ast.Add):
        yield from _pieces(message.left)
        yield from _pieces(message.right)
    else:
        yield None


def fill(template: Template, text: str, seen: str) -> str | None:
    """The template as the text has it; with "…" for a value that is nowhere in what was seen.

    Returns:
        None if the text is another one.
    """
    if len(text) > LONGEST or not text.startswith(template[0]):
        return None
    if len(template) == 1:
        return text if text == template[0] else None
    filled, place = template[0], len(template[0])
    for piece in template[1:-1]:
        found = text.find(piece, place)
        if found < 0:
            return None
        filled += _seen(text[place:found], seen) + piece
        place = found + len(piece)
    end = len(text) - len(template[-1])
    if end < place or not text.endswith(template[-1]):
        return None
    return filled + _seen(text[place:end], seen) + template[-1]


def _seen(value: str, seen: str) -> str:
    is_there = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", seen)
    return value if value and is_there else "…"
