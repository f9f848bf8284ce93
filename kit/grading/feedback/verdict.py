"""What may be said of a cell that failed, where its tests are not to be seen.

An error is made by a student's code, or by a test while it runs a student's code; its name, its
message and its traceback may hold whatever a hidden test gave to that code. Here it chooses among
words that are known without it: the teacher's in the test, Python's, and lines of cells that the
student can see.
"""

from __future__ import annotations

import ast
import builtins
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager
from nbgrader import utils

from kit.grading.outcomes import CELL_WORDS, Ended
from kit.words import _

LONGEST = 2_000
"""Characters of a message; no words of a teacher's are longer."""

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")
_MOST_FRAMES, _MOST_LINES, _MOST_PARTS = 3, 6, 8
_LETTERS, _WORDS = 8, 3

Template = tuple[str, ...]
"""A message in pieces; between two of them is a value."""

_OF_PYTHON: Sequence[Template] = (
    ("name '", "' is not defined"),
    ("cannot access local variable '", "' where it is not associated with a value"),
    ("'", "' object has no attribute '", "'"),
    ("module '", "' has no attribute '", "'"),
    ("'", "' object is not callable"),
    ("'", "' object is not subscriptable"),
    ("'", "' object is not iterable"),
    ("unsupported operand type(s) for ", ": '", "' and '", "'"),
    ("", "() missing ", " required positional argument: '", "'"),
    ("", "() takes ", " positional argument but ", " were given"),
    ("No module named '", "'"),
    ("list index out of range",),
    ("string index out of range",),
    ("division by zero",),
    ("maximum recursion depth exceeded",),
    ("invalid syntax",),
)
_TYPES = frozenset(
    {"NoneType", "function", "method", "DataFrame", "Series", "+", "-", "*", "/", "0", "1", "2"}
    | {each for each in dir(builtins) if each.islower()}
)


@dataclass(frozen=True)
class Line:
    """A line of a student's cell; ``cell`` is its place in the notebook."""

    cell: int
    number: int
    code: str


@dataclass(frozen=True)
class Verdict:
    """Why a cell failed.

    Attributes:
        said: one sentence of ours; "" where the teacher's words say all.
        words: the teacher's.
        code: what failed of a test that the student can see.
        lines: where the student's own code was then.
        traceback: all of it, where it can hold nothing of a hidden test.
    """

    said: str = ""
    words: tuple[str, ...] = ()
    code: str = ""
    lines: tuple[Line, ...] = ()
    traceback: str = ""


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
            for first, last in map(_lines_of, self._statements())
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
        for each in self._statements():
            if isinstance(each, ast.Assert) and each.msg:
                yield from _template(each.msg)
            elif isinstance(each, ast.Raise) and isinstance(each.exc, ast.Call) and each.exc.args:
                yield from _template(each.exc.args[0])

    def printed(self) -> Iterator[Template]:
        """The sentences that it prints."""
        for each in self._statements():
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

    def _statements(self) -> Sequence[ast.stmt]:
        return self._parsed

    @cached_property
    def _parsed(self) -> list[ast.stmt]:
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


def plain(text: str) -> str:
    """Without colours."""
    return _ANSI.sub("", text)


def printed_words(test: Source, outputs: Sequence[Any], seen: str) -> tuple[str, ...]:
    """The teacher's sentences among what was printed."""
    templates = [*test.printed()]
    if not templates:
        return ()
    shown = "".join(
        each.text for each in outputs if each.output_type == "stream" and each.name == "stdout"
    )
    found = (
        fill(template, line, seen)
        for line in shown.split("\n")[-LONGEST:]
        for template in templates
    )
    return tuple(dict.fromkeys(filter(None, found)))


def ended(error: Any) -> str:
    """How a cell was ended from outside, in words; "" where it was not."""
    if error.ename == "NotGraded":
        return str(error.evalue) if error.evalue in CELL_WORDS.values() else ""
    names = {"CellTimeoutError": Ended.TIMEOUT, "TooMuchShown": Ended.FLOOD}
    return CELL_WORDS[names[error.ename]] if error.ename in names else ""


def explain(
    error: Any, place: int, cells: Sequence[Any], tests: Mapping[int, Source], seen: str
) -> Verdict:
    """What to say of an error.

    Args:
        error: the output.
        place: of its cell in the notebook.
        cells: of the notebook.
        tests: those of them that are the teacher's, by place.
        seen: what the teacher lets everybody see.
    """
    if stopped := ended(error):
        return Verdict(stopped)
    test = tests.get(place)
    words = [fill(each, error.evalue, seen) for each in test.failing()] if test else []
    found = [each for each in words if each]
    if found:
        return Verdict(words=(found[0],))
    lines, code = [], ""
    for in_cell, number in _frames(error, cells):
        if in_cell in tests:
            code = tests[in_cell].statement(number) if in_cell == place and not code else code
        elif not utils.is_grade(cells[in_cell]) or utils.is_solution(cells[in_cell]):
            lines.append(Line(in_cell, number, _line(cells[in_cell].source, number)))
    name = _name(error, "\n".join([code, *(each.code for each in lines)]))
    if lines:
        said = _("Your code ended with {error}:").format(error=name)
        return Verdict(said, lines=tuple(dict.fromkeys(lines))[-_MOST_FRAMES:])
    if test is None or not utils.is_grade(cells[place]):
        return Verdict(_("This ended with {error}.").format(error=name))
    if error.ename == "AssertionError":
        hidden = _("A test failed that is not shown here.")
        return Verdict(_("This test failed:") if code else hidden, code=code)
    said = _("This test ended with {error}:") if code else _("The test ended with {error}.")
    return Verdict(said.format(error=name), code=code)


def _frames(error: Any, cells: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """Place in the notebook and line, of those of its cells through which an error went."""
    places = {
        each.execution_count: place
        for place, each in enumerate(cells)
        if each.cell_type == "code" and each.execution_count
    }
    traceback = plain("\n".join(map(str, error.traceback))[-50_000:])
    for count, number in _FRAME.findall(traceback):
        if len(number) <= len("99999") and len(count) <= len("99999") and int(count) in places:
            yield places[int(count)], int(number)


def _line(source: str, number: int) -> str:
    lines = source.split("\n")
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def _name(error: Any, seen: str) -> str:
    """Python's own name of it, and its message where that is Python's, too."""
    kind = getattr(builtins, str(error.ename), None)
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        return _("an error")
    around = "\n".join([seen, *_TYPES])
    said = next(filter(None, (fill(each, error.evalue, around) for each in _OF_PYTHON)), "")
    return f"{error.ename}: {said}" if said else str(error.ename)
