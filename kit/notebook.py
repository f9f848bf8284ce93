"""A notebook file as the kit reads it: its cells, headings, and what they show. Runs nothing."""

from __future__ import annotations

import ast
import contextlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import CourseError, unreadable
from kit.words import _

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

AUTHORS_TAGS = frozenset({"author", "solution"})
"""Cells with one of these tags stay with the author: no page shows them, no edition has them."""

WORK = "work"
"""The tag of the learner's own code: in the app its check has an editor in its place."""


def read_cells(path: Path, *, listed_in: Path | None = None) -> list[dict[str, Any]]:
    """The cells of a notebook file, as they are there.

    Each has an ``id`` (and ``has_own_id``: whether it is in the file), ``cell_type``, ``source``
    (text) and ``metadata`` (a dictionary), whatever stands there.

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
    source, metadata = cell.get("source", ""), cell.get("metadata")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return {
        **cell,
        "id": whole_text(str(cell.get("id") or cell_id(number))),
        "has_own_id": bool(cell.get("id")),
        "cell_type": cell.get("cell_type", ""),
        "source": whole_text(text.replace("\r\n", "\n")),
        "metadata": metadata if isinstance(metadata, dict) else {},
    }


def whole_text(text: str) -> str:
    """A text that can be written as UTF-8: with a question mark for each half of a character,
    which JSON and Python's own escapes can write.
    """
    return text.encode("utf-8", "replace").decode()


def cell_id(number: int) -> str:
    """The id of a cell of an old notebook, whose cells have none."""
    return f"cell-{number}"


def tags_of(cell: Mapping[str, Any]) -> frozenset[str]:
    """A cell's tags, in small letters; of a cell as a file has it or as nbformat reads it."""
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, Mapping) else None
    return frozenset(str(tag).casefold() for tag in tags) if isinstance(tags, list) else frozenset()


def is_authors(cell: Mapping[str, Any]) -> bool:
    """Whether a cell stays with the author."""
    return bool(AUTHORS_TAGS & tags_of(cell))


def is_on_page(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is on the lesson's page: neither the author's nor the learner's own code."""
    return not is_authors(cell) and WORK not in tags_of(cell)


# Headings ---------------------------------------------------------------------------------------

SECTION_LEVEL = 2
"""Of the headings that begin a section of a lesson."""


@dataclass(frozen=True)
class Heading:
    """A heading of a text that leads to a place on the page.

    Attributes:
        level: how many # it has.
        title: its words, without markup.
        id: its anchor on the page.
        line: of the text, from 0.
    """

    level: int
    title: str
    id: str
    line: int


def headings(cells: Iterable[Mapping[str, Any]]) -> Iterator[Heading]:
    """The headings of a notebook's cells."""
    for cell in cells:
        if cell["cell_type"] == "markdown":
            yield from headings_in(cell["source"], cell["id"])


def headings_in(source: str, own_id: str) -> Iterator[Heading]:
    """The headings of a cell's Markdown: those of CommonMark that are written with #, have words,
    and stand in nothing else. The first one has the cell's id, the others are numbered.
    """
    tokens = _parser().parse(source) if "#" in source else ()
    number = 0
    for token, following in pairwise(tokens):
        is_own = token.type == "heading_open" and not token.level and token.markup[0] == "#"
        words = following.children or () if is_own else ()
        title = "".join(each.content for each in words if each.type != "html_inline").strip()
        if title and token.map:
            number += 1
            anchor = own_id if number == 1 else f"{own_id}-{number}"
            yield Heading(len(token.markup), title, anchor, token.map[0])


def with_anchors(source: str, own_id: str) -> str:
    """Markdown with an anchor before its second heading and the later ones; the first one has the
    cell's own id.
    """
    lines = _LINE_END.split(source)
    for heading in headings_in(source, own_id):
        if heading.id != own_id:
            anchor = f'<a id="{html.escape(heading.id)}"></a>'
            lines[heading.line] = f"{anchor}\n\n{lines[heading.line]}"
    return "\n".join(lines)


_LINE_END = re.compile(r"\r\n?|\n")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")


# What cells show --------------------------------------------------------------------------------


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

    def text(self, name: str) -> str:
        """A further argument that is a text; "" where it is left out, or is none."""
        value = self.options.get(name)
        return whole_text(value) if isinstance(value, str) else ""


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
                yield Shown(MEDIA[name], whole_text(first), _written_out(node))
            case ast.Call(func=ast.Name(id=name), args=[]) if name in LEFT_OUT:
                yield Shown(MEDIA[name], LEFT_OUT[name], _written_out(node))


def slides_shown_by(cells: Iterable[dict[str, Any]]) -> dict[str, bool]:
    """The files of slides that cells show, each with whether what is said over them is shown."""
    found: dict[str, bool] = {}
    for cell in cells:
        for shown in shown_by(cell):
            if shown.kind == "slides":
                said = bool(shown.options.get("notes", True))
                found[shown.id] = found.get(shown.id, False) or said
    return found


def _written_out(call: ast.Call) -> dict[str, Any]:
    """The named arguments of a call that are plain values."""
    found = {}
    for each in call.keywords:
        with contextlib.suppress(*_NOT_PYTHON, TypeError):  # of {["en"]: ...}, which Python refuses
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
