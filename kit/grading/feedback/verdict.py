"""What may be said of a cell that failed, where its tests are not to be seen.

An error is made by a student's code, or by a test while it runs a student's code; its name, its
message and its traceback may hold whatever a hidden test gave to that code. Here it chooses among
words that are known without it: the teacher's in the test, Python's, and lines of cells that the
student can see.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbgrader import utils

from kit.grading.feedback.source import LONGEST, Source, Template, fill
from kit.grading.outcomes import CELL_WORDS, Ended
from kit.words import _

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_FRAME = re.compile(r"Cell In\[(\d+)\], line (\d+)")
_MOST_FRAMES = 3

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
