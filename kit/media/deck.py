"""A deck: slides as pages to turn, from a Markdown file, a notebook's slide cells, or a PDF.

All three become one shape, so that a page shows them and a search reads them in one way.
"""

from __future__ import annotations

import html
import io
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import KitError
from kit.media.markdown import LARGEST_PICTURE, safe_html, to_html, to_text
from kit.media.slides import read_slides
from kit.notebook import is_authors, whole_text
from kit.words import _

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

LARGEST = {".md": 2_000_000, ".ipynb": 50_000_000, ".pdf": 100_000_000}
"""Bytes, by the ending of the file."""

MOST_PAGES = 500
_NEW = {"slide", "subslide"}
_PDF_LOCK = threading.Lock()  # PDFium may be used by one thread at a time


@dataclass(frozen=True)
class Page:
    """One slide.

    Attributes:
        title: its heading, in plain words; "" where it has none.
        html: what it shows, safe to put on a page; "" for a page of a PDF, which is a picture.
        text: its words.
        notes: what is said over it, in plain words.
    """

    title: str
    html: str
    text: str
    notes: str = ""


@dataclass(frozen=True)
class Deck:
    """The slides of a file.

    Attributes:
        in_pictures: whether ``picture_of`` gives what they show.
        left_out: how many more there are: no page holds more than ``MOST_PAGES``.
    """

    pages: tuple[Page, ...]
    in_pictures: bool = False
    left_out: int = 0


def read_deck(path: Path, lesson: Path) -> Deck:
    """The slides of a file.

    Args:
        path: a ``.md`` as ``kit.media.slides`` reads it, an ``.ipynb`` whose cells have slide
            types (as RISE and nbconvert use them), or a ``.pdf``.
        lesson: the lesson's folder; pictures from elsewhere are not shown.

    Raises:
        KitError: the file is missing, damaged, empty, too large or of another kind.
    """
    ending = path.suffix.lower()
    if ending not in LARGEST:
        raise KitError(
            _("{name} is no file of slides.").format(name=path.name),
            _("Slides are Markdown (.md), a notebook (.ipynb) or a PDF (.pdf)."),
        )
    _refuse_size(path, LARGEST[ending])
    if ending == ".pdf":
        return _read_pdf(path)
    pages = list(_notebook_pages(path, lesson) if ending == ".ipynb" else _text_pages(path, lesson))
    if not pages:
        raise KitError(
            _("{name} has no slides.").format(name=path.name),
            _("Give its cells a slide type: the property inspector of JupyterLab does that."),
        )
    return Deck(tuple(pages[:MOST_PAGES]), left_out=max(0, len(pages) - MOST_PAGES))


def _refuse_size(path: Path, most: int) -> None:
    try:
        size = path.stat().st_size
        if not path.is_file():  # to read a pipe would be to wait for ever
            raise OSError(None, _("it is not a file"))
    except (OSError, ValueError) as error:
        raise KitError(
            _("The slides {name} cannot be read: {reason}.").format(
                name=path.name, reason=getattr(error, "strerror", None) or error
            ),
            _("Check the file, its path and its permissions."),
        ) from error
    if size > most:
        raise KitError(
            _("The slides {name} have {size:.0f} MB; up to {most:.0f} MB are shown.").format(
                name=path.name, size=size / 1e6, most=most / 1e6
            ),
            _("Make its pictures smaller, or divide it."),
        )


# Markdown ---------------------------------------------------------------------------------------


def _text_pages(path: Path, lesson: Path) -> Iterator[Page]:
    for slide in read_slides(path):
        yield Page(
            title=slide.title,
            html=to_html(slide.markdown, path.parent, lesson),
            text=to_text(slide.markdown),
            notes=" ".join(sentence.shown for sentence in slide.sentences),
        )


# A notebook -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SlideCell:
    """What slides show of a notebook's cell, or what is said over them.

    Attributes:
        slide_type: as RISE and nbconvert name it.
        kind: "markdown", "code" or "raw".
        outputs: each by MIME type, in the forms that are shown.
    """

    slide_type: str
    kind: str
    source: str
    outputs: tuple[Mapping[str, str], ...] = ()


def cells_of_slides(path: Path) -> list[SlideCell]:
    """The cells of a notebook that are on its slides, or are said over them: none of the author's,
    none before the first slide, and nothing that is not shown.

    Raises:
        KitError: the file is missing, or no notebook.
    """
    found, begun = [], False
    for cell in _cells(path):
        slide_type = _slide_type(cell)
        begun = begun or slide_type in _NEW
        if slide_type == "notes" or (begun and slide_type in {*_NEW, "fragment", "-"}):
            found.append(_slide_cell(cell, slide_type))
    return found


def _slide_cell(cell: dict[str, Any], slide_type: str) -> SlideCell:
    kind, outputs = cell.get("cell_type"), cell.get("outputs")
    if kind == "markdown":
        return SlideCell(slide_type, "markdown", _joined(cell.get("source")))
    if kind != "code":
        return SlideCell(slide_type, "raw", "")
    each = filter(_is_dictionary, outputs if isinstance(outputs, list) else ())
    return SlideCell(slide_type, "code", _joined(cell.get("source")), tuple(map(_forms, each)))


def _is_dictionary(value: object) -> bool:
    return isinstance(value, dict)


def _notebook_pages(path: Path, lesson: Path) -> Iterator[Page]:
    shown, text, notes, begun = list[str](), list[str](), list[str](), False
    for cell in cells_of_slides(path):
        if cell.slide_type in _NEW and begun:
            yield _page(shown, text, notes)
            shown, text, notes = [], [], []
        if cell.slide_type == "notes":
            notes.append(to_text(cell.source))
        else:
            begun = True
            text.append(_words(cell))
            shown.append(_shown(cell, path.parent, lesson))
    if begun:
        yield _page(shown, text, notes)


def _page(shown: list[str], text: list[str], notes: list[str]) -> Page:
    words = "\n".join(filter(None, text))
    return Page(words.partition("\n")[0][:120], "\n".join(shown), words, "\n".join(notes))


def _cells(path: Path) -> list[dict[str, Any]]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8-sig"))["cells"]
        return [cell for cell in cells if isinstance(cell, dict) and not is_authors(cell)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise KitError(
            _("{name} is not a notebook of format 4.").format(name=path.name),
            _("Open it in JupyterLab and save it again, or restore its last good version."),
        ) from error
    except OSError as error:
        raise KitError(
            _("The slides {name} cannot be read: {reason}.").format(
                name=path.name, reason=error.strerror
            ),
            _("Check the file and its permissions."),
        ) from error


def _slide_type(cell: dict[str, Any]) -> str:
    metadata = cell.get("metadata")
    slideshow = metadata.get("slideshow") if isinstance(metadata, dict) else None
    kind = slideshow.get("slide_type") if isinstance(slideshow, dict) else None
    return str(kind or "-")


def _joined(text: object) -> str:
    return whole_text("".join(map(str, text)) if isinstance(text, list) else str(text or ""))


def _words(cell: SlideCell) -> str:
    return to_text(cell.source) if cell.kind == "markdown" else cell.source.strip()


def _shown(cell: SlideCell, base: Path, lesson: Path) -> str:
    if cell.kind == "markdown":
        return to_html(cell.source, base, lesson)
    shown = [_highlighted(cell.source)] if cell.source.strip() else []
    return "\n".join([*shown, *map(_output, cell.outputs)])


def _highlighted(code: str) -> str:
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import PythonLexer

    shown = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True))
    return f'<div class="highlight"><pre><code>{shown}</code></pre></div>'


def _forms(output: dict[str, Any]) -> dict[str, str]:
    """A saved output in the best of its forms that is safe and not too large; a picture with the
    words in its place."""
    data = output.get("data")
    data = data if isinstance(data, dict) else {"text/plain": output.get("text")}
    words = _joined(data.get("text/plain"))
    if picture := _joined(data.get("image/png")).replace("\n", ""):
        is_shown = len(picture) <= LARGEST_PICTURE and picture.isascii() and "<" not in picture
        about = {"text/plain": words[:200]}
        return {"image/png": picture, **about} if is_shown else about
    if table := _joined(data.get("text/html")):
        return {"text/html": safe_html(table[:LARGEST_PICTURE])}
    return {"text/plain": words[:20_000]}


def _output(forms: Mapping[str, str]) -> str:
    if table := forms.get("text/html"):
        return table
    words = html.escape(forms.get("text/plain", ""))
    if picture := forms.get("image/png"):
        return safe_html(f'<img src="data:image/png;base64,{html.escape(picture)}" alt="{words}">')
    return f"<pre>{words}</pre>" if words.strip() else ""


# PDF --------------------------------------------------------------------------------------------


@contextmanager
def _opened(path: Path) -> Iterator[PdfDocument]:
    import pypdfium2

    with _PDF_LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise KitError(
                _("{name} cannot be read as a PDF.").format(name=path.name),
                _("Is it whole, and without a password? Save it again from the program it is of."),
            ) from error
        try:
            yield document
        finally:
            document.close()


def _read_pdf(path: Path) -> Deck:
    with _opened(path) as document:
        count = len(document)
        pages = [_pdf_page(document, number) for number in range(min(count, MOST_PAGES))]
    return Deck(tuple(pages), in_pictures=True, left_out=count - len(pages))


def _pdf_page(document: PdfDocument, number: int) -> Page:
    with suppress(Exception):  # a damaged page is without words; pypdfium2 has many errors
        text = document[number].get_textpage()
        return Page(_largest(text), "", _tidy(text.get_text_bounded()))
    return Page("", "", "")


def _largest(text: PdfTextPage) -> str:
    """The tallest line of a page, which is mostly its title."""
    boxes = [text.get_rect(number) for number in range(min(text.count_rects(), 200))]
    tallest = max(boxes, key=lambda box: (round(box[3] - box[1]), box[3]), default=None)
    return _tidy(text.get_text_bounded(*tallest)).partition("\n")[0][:120] if tallest else ""


def _tidy(text: str) -> str:
    words = whole_text(text).replace("\ufffe", "")
    lines = [" ".join(line.split()) for line in words.splitlines()]
    return "\n".join(filter(None, lines))


def picture_of(path: Path, number: int, width: int) -> bytes:
    """A page of a PDF, numbered from 1, as a PNG of that many pixels across.

    Raises:
        KitError: the page cannot be drawn.
    """
    with _opened(path) as document:
        try:
            page = document[number - 1]
            shape = max(page.get_width(), page.get_height(), 1.0)
            picture = page.render(scale=width / shape).to_pil()
        except Exception as error:
            raise KitError(
                _("Page {n} of {name} cannot be drawn.").format(n=number, name=path.name),
                _("Open the file itself, or save it again from the program it is of."),
            ) from error
        content = io.BytesIO()
        picture.save(content, "PNG")
        return content.getvalue()
