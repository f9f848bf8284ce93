"""What a course holds, cut into the parts that a search finds.

Only what a learner is shown: the lesson's text, its media, notes and links. Never checks.py (with
its answers, hints and explanations), and no cell tagged ``author``, ``solution`` or ``work``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kit.course import Lesson
from kit.errors import KitError
from kit.media.captions import Cue, captions_of, chapters_of, read_captions
from kit.media.deck import read_deck
from kit.media.markdown import tokens_of, words_of
from kit.media.stamp import stamp
from kit.notebook import (
    SECTION_LEVEL,
    Shown,
    headings_in,
    is_check_cell,
    is_on_page,
    read_cells,
    shown_by,
    slides_shown_by,
)
from kit.progress import PLAYED

if TYPE_CHECKING:
    from markdown_it.token import Token

KINDS = ("section", "video", "audio", "slides", "notes", "link", "term")
"""What can be found. A term is a paragraph or an entry of a list of the form
``**term**: its meaning``, with the colon outside of the bold."""

PASSAGE_SECONDS = 30
_COMMENT = re.compile(r"^[ \t]*#.*\n?", re.MULTILINE)
_FORMULA = re.compile(r"\$\$.+?\$\$", re.DOTALL)
_SHORT_FORMULA = re.compile(r"(?<![$\\])\$(\w+)\$(?!\$)")  # "$n$" is the word n


@dataclass(frozen=True)
class Part:
    """Something that a search finds as one.

    Attributes:
        kind: one of ``KINDS``.
        source: the file, or the address, that it is from.
        cell: where it is shown, in the lesson's notebook.
        title: what it is called, where a search for that is to lead here.
        text: its words.
        name: what it is called where ``title`` is empty: a later passage of the same chapter.
        marks: where a hit within the text leads, as (offset, place) in order: the id of a cell,
            the second of a film, the number of a slide. None: to ``cell``.
    """

    kind: str
    source: str
    cell: str
    title: str
    text: str
    marks: tuple[tuple[int, str | float], ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Contents:
    """The parts of a lesson, and the state in which its files were when they were read.

    A file that was looked for and is not there is among them: it may come.
    """

    parts: tuple[Part, ...]
    stamps: Mapping[str, str]


def contents_of(lesson: Lesson, language: str) -> Contents:
    """What a search finds in a lesson; what cannot be read of it is left out. Raises nothing.

    Args:
        language: the course's, of captions that state none.
    """
    reader = _Reader(lesson, language)
    parts = () if lesson.problem else tuple(reader.parts())
    return Contents(parts, reader.stamps)


@dataclass
class _Text:
    """A text while it is put together from paragraphs, with the places that they stand at."""

    title: str
    place: str
    pieces: list[str] = field(default_factory=list)
    marks: list[tuple[int, str | float]] = field(default_factory=list)
    length: int = 0
    name: str = ""

    def add(self, words: str, place: str | float) -> None:
        if not words:
            return
        if not self.marks or self.marks[-1][1] != place:
            self.marks.append((self.length, place))
        self.pieces.append(words)
        self.length += len(words) + 1

    def part(self, kind: str, source: str, cell: str) -> Part:
        words = "\n".join(self.pieces)
        return Part(kind, source, cell, self.title, words, tuple(self.marks), self.name)


class _Reader:
    def __init__(self, lesson: Lesson, language: str) -> None:
        self._lesson = lesson
        self._language = language
        self._folder = lesson.folder
        self.stamps: dict[str, str] = {}
        self._look_at(lesson.notebook)

    def parts(self) -> Iterator[Part]:
        with suppress(KitError):
            shown = [cell for cell in read_cells(self._lesson.notebook) if is_on_page(cell)]
            yield from self._sections(shown)
            yield from self._media(shown)

    # The lesson's text

    def _sections(self, cells: Iterable[dict[str, Any]]) -> Iterator[Part]:
        source = self._lesson.notebook.name
        text = _Text("", "")
        for cell in cells:
            if cell["cell_type"] == "code":
                if not is_check_cell(cell["source"]):
                    text.add(_COMMENT.sub("", cell["source"]).strip(), cell["id"])
                continue
            if cell["cell_type"] != "markdown":
                continue
            tokens = _tokens(cell["source"])
            yield from _terms(tokens, source, cell["id"])
            for heading, place, block in _by_heading(cell["source"], tokens, cell["id"]):
                if heading:
                    yield from self._made(text, "section", source)
                    text = _Text(heading, place)
                for words in words_of(block):
                    text.add(words, place)
        yield from self._made(text, "section", source)

    def _made(self, text: _Text, kind: str, source: str) -> Iterator[Part]:
        """A part of what was gathered, unless that is nothing."""
        if text.title or text.pieces:
            text.title = text.title or self._lesson.title
            yield text.part(kind, source, text.place)

    # What it shows besides

    def _media(self, cells: Iterable[dict[str, Any]]) -> Iterator[Part]:
        cells = list(cells)
        said = slides_shown_by(cells)
        met: set[tuple[str, str]] = set()
        for cell in cells:
            for shown in shown_by(cell):
                if (shown.kind, shown.id) not in met:
                    met.add((shown.kind, shown.id))
                    yield from self._shown(shown, cell["id"], with_notes=said.get(shown.id, True))

    def _shown(self, shown: Shown, cell: str, *, with_notes: bool) -> Iterator[Part]:
        if shown.kind in PLAYED:
            yield from self._film(shown, cell)
        elif shown.kind == "slides":
            yield from self._slides(shown, cell, with_notes=with_notes)
        elif shown.kind == "notes":
            yield from self._notes(shown.id, cell)
        elif shown.kind == "link":
            about, host = shown.text("about"), _host(shown.id)
            title = shown.text("title") or host or shown.id
            yield Part("link", shown.id, cell, title, "\n".join(filter(None, (about, host))))

    def _film(self, shown: Shown, cell: str) -> Iterator[Part]:
        film = self._below(shown.id)
        if film is None:
            return
        self._look_at(film.parent)  # captions may be laid beside it
        title = shown.text("title") or film.stem
        named = shown.options.get
        chapters = self._cues(chapters_of(self._folder, shown.id, named("chapters")))
        captions = captions_of(self._folder, shown.id, named("captions"), self._language)
        empty = True
        for name in dict.fromkeys(captions.values()):
            for text in _passages(self._cues(name), chapters, title):
                empty = False
                yield text.part(shown.kind, shown.id, cell)
        if empty:
            yield Part(shown.kind, shown.id, cell, title, "", ((0, 0.0),))

    def _cues(self, name: str) -> tuple[Cue, ...]:
        path = self._below(name) if name else None
        if path is None:
            return ()
        self._look_at(path)
        return tuple(sorted(read_captions(path).cues, key=lambda cue: cue.start))

    def _slides(self, shown: Shown, cell: str, *, with_notes: bool) -> Iterator[Part]:
        path = self._below(shown.id)
        if path is None:
            return
        self._look_at(path)
        with suppress(KitError):
            for number, page in enumerate(read_deck(path, self._folder).pages, start=1):
                text = _Text(page.title, cell)
                words = page.text.removeprefix(page.title).lstrip()
                notes = page.notes if with_notes else ""
                if said := "\n".join(filter(None, (words, notes))) or page.title:
                    text.add(said, number)
                yield from self._made(text, "slides", shown.id)

    def _notes(self, name: str, cell: str) -> Iterator[Part]:
        path = self._below(name)
        if path is None:
            return
        self._look_at(path)
        try:
            markdown = path.read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            return
        tokens = _tokens(markdown)
        yield from _terms(tokens, name, cell)
        text = _Text("", cell)
        for heading, _place, block in _by_heading(markdown, tokens, cell):
            if heading:
                yield from self._made(text, "notes", name)
                text = _Text(heading, cell)
            for words in words_of(block):
                text.add(words, cell)
        yield from self._made(text, "notes", name)

    def _below(self, name: str) -> Path | None:
        """A file of this lesson; None for one elsewhere."""
        try:
            path = (self._folder / name).resolve()
            return path if path.is_relative_to(self._folder.resolve()) else None
        except (OSError, ValueError, RuntimeError):  # a null byte, a loop of links
            return None

    def _look_at(self, path: Path) -> None:
        self.stamps[str(path)] = stamp(path)


def _host(url: str) -> str:
    """The site's name; "" where the address is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _tokens(markdown: str) -> list[Token]:
    """The blocks of a text, at their lines."""
    return tokens_of(_without_formulas(markdown))


def _without_formulas(text: str) -> str:
    """A text, line by line, without its LaTeX, which nobody searches or reads in a list."""
    short = _SHORT_FORMULA.sub(r"\1", text)
    return _FORMULA.sub(lambda formula: "\n" * formula[0].count("\n") or " ", short)


def _by_heading(
    markdown: str, tokens: Iterable[Token], cell: str
) -> Iterator[tuple[str, str, list[Token]]]:
    """(heading, its place, what follows), for each heading of the first two levels.

    What stands before the first one comes with an empty heading.
    """
    found = {each.line: each for each in headings_in(markdown, cell) if each.level <= SECTION_LEVEL}
    title, place = "", cell
    block: list[Token] = []
    for token in tokens:
        heading = found.get(token.map[0]) if token.map else None
        if heading and token.type == "heading_open":
            if title or block:
                yield title, place, block
            title, place, block = _without_formulas(heading.title).strip(), heading.id, []
        # Its words, and what was found as a term, are not in the text around it once more.
        elif not heading and not _term_in(token):
            block.append(token)
    if title or block:
        yield title, place, block


def _terms(tokens: list[Token], source: str, cell: str) -> Iterator[Part]:
    for token in tokens:
        if term := _term_in(token):
            said = next(words_of([token]))[len(term) :].lstrip(": ")
            yield Part("term", source, cell, term, said)


def _term_in(token: Token) -> str:
    """The term that a paragraph explains; "" if it explains none."""
    match [each for each in token.children or () if each.content or each.nesting]:
        case [bold, word, end, after, *_] if (
            bold.type == "strong_open"
            and word.type in {"text", "code_inline"}
            and end.type == "strong_close"
            and after.type == "text"
            and after.content.startswith(":")
            and after.content.strip(": ")
        ):
            return word.content
    return ""


def _passages(cues: Iterable[Cue], chapters: tuple[Cue, ...], title: str) -> Iterator[_Text]:
    """What is said in about half a minute, cut between captions and at each chapter."""
    text, start, chapter = _Text("", ""), 0.0, None
    for cue in cues:
        now = next((each.text for each in reversed(chapters) if each.start <= cue.start), title)
        if text.pieces and (now != chapter or cue.end - start > PASSAGE_SECONDS):
            yield text
            text = _Text("", "")
        if not text.pieces:
            name = " ".join(now.split())
            text = _Text(name if now != chapter else "", "", name=name)
            start, chapter = cue.start, now
        text.add(" ".join(cue.text.split()), cue.start)
    if text.pieces:
        yield text
