"""A notebook file as the kit reads it: its cells, headings, and what they show. Runs nothing."""

from __future__ import annotations

import ast
import contextlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit.errors import CourseError, unreadable
from kit.words import _

AUTHORS_TAGS = {"author", "solution"}
"""Cells with one of these tags stay with the author: no page shows them, no edition has them."""


def read_cells(path: Path, *, listed_in: Path | None = None) -> list[dict[str, Any]]:
    """The cells of a notebook file, each with ``id``, ``cell_type`` and ``source`` (text).

    Raises:
        CourseError: the file is missing, is not JSON or is no notebook of format 4.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        missing = (
            _("{course} lists this lesson, but {path} does not exist.")
            if listed_in
            else _("{path} does not exist.")
        )
        raise CourseError(
            missing.format(course=listed_in, path=path),
            _("Restore the file, or take the lesson out of course.toml."),
        ) from None
    except (ValueError, RecursionError) as error:
        raise CourseError(
            _("{path} is not a notebook: {reason}.").format(path=path, reason=error),
            _("Restore it from its last good version; the other lessons still work."),
        ) from None
    except OSError as error:
        raise unreadable(path, error) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise CourseError(
            _("{path} is not a notebook of format 4: it has no list of cells.").format(path=path),
            _("Open it in JupyterLab and save it again, or restore its last good version."),
        )
    return [_normalised(cell, number) for number, cell in enumerate(cells)]


def _normalised(cell: dict[str, Any], number: int) -> dict[str, Any]:
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return {
        "id": str(cell.get("id") or cell_id(number)),
        "cell_type": cell.get("cell_type", ""),
        "source": text.replace("\r\n", "\n"),
    }


_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^ *(`{3,}|~{3,}).*?(?:^ *\1|\Z)", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(r"[*_`]|!?\[([^\]]*)\]\([^)]*\)")


def headings(cells: list[dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """(level, text, section id) of the headings; the id is the cell's, numbered from the second."""
    for cell in cells:
        if cell["cell_type"] != "markdown":
            continue
        for number, match in enumerate(_found(cell["source"]), start=1):
            own_id = cell["id"] if number == 1 else f"{cell['id']}-{number}"
            yield len(match[1]), _MARKUP.sub(r"\1", match[2]), own_id


def with_anchors(source: str, own_id: str) -> str:
    """Markdown with an anchor before its second heading and the later ones, as they are numbered
    in ``headings``; the first one has the cell's own id.
    """
    for number, match in reversed(list(enumerate(_found(source), start=1))):
        if number > 1:
            anchor = f'<a id="{html.escape(own_id)}-{number}"></a>\n\n'
            source = source[: match.start()] + anchor + source[match.start() :]
    return source


def cell_id(number: int) -> str:
    """The id of a cell of an old notebook, whose cells have none."""
    return f"cell-{number}"


def _found(source: str) -> Iterator[re.Match[str]]:
    """The headings outside of code fences, at their places in the source."""
    blank = _FENCE.sub(lambda fence: re.sub(r"[^\n]", " ", fence[0]), source)
    return _HEADING.finditer(blank)


_MAGIC = re.compile(r"^[ \t]*[%!].*$", re.MULTILINE)
_NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What ``ast.parse`` raises for a slip, a null byte, and for what is nested too deeply."""


MEDIA = {"Video": "video", "Audio": "audio", "Slides": "slides", "Notes": "notes", "Link": "link"}
"""What a notebook calls to show something other than a check, and the kind of item it is."""


LEFT_OUT = {"Notes": "notes.md"}
"""What is shown where the call does not say."""


@dataclass(frozen=True)
class Shown:
    """What a code cell shows.

    Attributes:
        kind: "check", or one of ``MEDIA``.
        id: a check's name; else the first argument: a path from the lesson's folder, or an address.
        options: the further arguments that are written out in the call, such as ``captions``.
    """

    kind: str
    id: str
    options: Mapping[str, Any] = field(default_factory=dict)


def shown_by(cell: dict[str, Any]) -> Iterator[Shown]:
    """The checks and media that a code cell shows, in no particular order within a call."""
    if cell["cell_type"] != "code":
        return
    try:
        tree = ast.parse(_MAGIC.sub("", cell["source"]))
    except _NOT_PYTHON:
        return
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="checks"), attr=name):
                yield Shown("check", name)
            case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(first)), *_]) if (
                name in MEDIA
            ):
                yield Shown(MEDIA[name], first, _written_out(node))
            case ast.Call(func=ast.Name(id=name), args=[]) if name in LEFT_OUT:
                yield Shown(MEDIA[name], LEFT_OUT[name], _written_out(node))


def _written_out(call: ast.Call) -> dict[str, Any]:
    """The named arguments of a call that are plain values."""
    found = {}
    for each in call.keywords:
        with contextlib.suppress(ValueError):
            found[str(each.arg)] = ast.literal_eval(each.value)
    return found


def is_check_cell(source: str) -> bool:
    """Whether a cell does nothing but set the lesson up or show a check or media.

    Such a cell is plumbing to a learner in the app, where its code is not shown.
    """
    try:
        body = ast.parse(source).body
    except _NOT_PYTHON:
        return False
    return bool(body) and all(_is_plumbing(statement) for statement in body)


def _is_plumbing(statement: ast.stmt) -> bool:
    match statement:
        case ast.ImportFrom(module="kit"):
            return True
        case ast.Assign(value=ast.Call(func=ast.Name(id="lesson"))):
            return True
        case ast.Expr(value=ast.Attribute(value=ast.Name(id="checks"))):
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))):
            return name in MEDIA
    return False
