"""A notebook as its page has it: each cell as HTML, and the code that a kernel runs."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import nbformat
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.filters.strings import strip_files_prefix
from nbformat import NotebookNode

from kit.errors import CourseError
from kit.notebook import cell_id, is_check_cell, is_on_page, shown_by, with_anchors
from kit.words import _

_SOURCE = re.compile(r"""(<img\b[^>]*?\ssrc\s*=\s*["'])([^"']*)(["'])""", re.IGNORECASE)


@dataclass(frozen=True)
class PageCell:
    """A cell of a page.

    Attributes:
        html: its text, or its code where that says something to a learner.
        number: of a cell that is run: which of those it is, from 1; 0 for text.
        awaited: whether a check or a video comes of it, for which room is kept.
        alt: the author's description of the figure that comes of it.
    """

    id: str
    html: str
    number: int = 0
    awaited: bool = False
    alt: str = ""


@dataclass(frozen=True)
class PageNotebook:
    """A notebook that was prepared for a page.

    Attributes:
        cells: what the page shows, in order.
        kernel: the name of its kernelspec.
    """

    cells: tuple[PageCell, ...]
    kernel: str
    _code: NotebookNode

    def to_run(self) -> NotebookNode:
        """Its code cells alone, for one run, which fills in their outputs."""
        return deepcopy(self._code)


@lru_cache(maxsize=100)
def lesson_notebook(path: Path, _saved: str, pictures: str) -> PageNotebook:
    """The notebook of a lesson, prepared once for all who open it.

    Args:
        _saved: the file's stamp, so that it is prepared again once it was saved.
        pictures: where the pictures of the lesson's folder are on the server.

    Raises:
        CourseError: it is no valid notebook.
    """
    return page_notebook(read_valid(path), is_check_cell, pictures)


def page_notebook(
    notebook: NotebookNode, is_plumbing: Callable[[str], bool], pictures: str = ""
) -> PageNotebook:
    """Prepare a notebook for a page.

    Args:
        is_plumbing: whether a code says nothing to a learner, and is not shown.
        pictures: see ``lesson_notebook``; "" leaves their addresses as they are.
    """
    language = notebook.metadata.get("language_info", {})
    lexer = language.get("pygments_lexer", language.get("name"))
    highlight = Highlight2HTML(pygments_lexer=lexer or "ipython3")
    cells, code = [], []
    for place, cell in enumerate(notebook.cells):
        if not is_on_page(cell):
            continue
        name = cell.setdefault("id", cell_id(place))
        if cell.cell_type == "markdown":
            cells.append(PageCell(name, _text_html(cell, name, pictures)))
        elif cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            code.append(cell)
            hidden = is_plumbing(cell.source)
            html = "" if hidden else str(highlight(cell.source, metadata=cell.metadata))
            alt, awaited = str(cell.metadata.get("alt", "")), any(shown_by(cell))
            cells.append(PageCell(name, html, len(code), awaited, alt))
    kernel = str(notebook.metadata.get("kernelspec", {}).get("name", ""))
    return PageNotebook(tuple(cells), kernel, NotebookNode(notebook, cells=code))


def read_valid(path: Path) -> NotebookNode:
    """A notebook's file, if Jupyter would take it.

    Raises:
        CourseError: it would not.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook, relax_add_props=True)
    except Exception as error:  # what nbformat raises is of many kinds
        reason = str(error).strip().splitlines()[0][:200]
        raise CourseError(
            _("{path} is not a valid notebook: {reason}.").format(path=path, reason=reason),
            _("Open it in JupyterLab and save it again, or restore its last good version."),
        ) from error
    return notebook


# Text --------------------------------------------------------------------------------------------


def _text_html(cell: NotebookNode, name: str, pictures: str) -> str:
    renderer = _TextRenderer(
        pictures, escape=False, attachments=cell.get("attachments", {}), anchor_link_text=" "
    )  # no text for links at headings: the outline links to the sections
    html = MarkdownWithMath(renderer=renderer).render(with_anchors(cell.source, name))
    return str(strip_files_prefix(html))


class _TextRenderer(IPythonRenderer):
    """nbconvert's, but pictures are asked for where the server has them."""

    def __init__(self, pictures: str, **options: Any) -> None:
        super().__init__(**options)
        self._pictures = pictures

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return str(super().image(text, self._address_of(url), title))

    def block_html(self, html: str) -> str:
        return str(super().block_html(self._with_addresses(html)))

    def inline_html(self, html: str) -> str:
        return str(super().inline_html(self._with_addresses(html)))

    def _with_addresses(self, html: str) -> str:
        return _SOURCE.sub(lambda found: found[1] + self._address_of(found[2]) + found[3], html)

    def _address_of(self, source: str) -> str:
        """The address of a picture as a notebook names it; any that is no path stays as it is."""
        try:
            parts = urlsplit(source)
        except ValueError:
            return source
        outside = parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/")
        if outside or not self._pictures:
            return source
        path = posixpath.join(self._pictures, quote(unquote(parts.path)))
        return posixpath.normpath(path)
