"""Search a course's index: ranked, with what was found marked, and slips of the pen allowed for."""

from __future__ import annotations

import bisect
import html
import json
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from kit.errors import CourseError
from kit.library.contents import KINDS
from kit.library.index import kind_label, lesson_label, read
from kit.library.words import near, words_in
from kit.words import _

MOST_HITS = 30
_CANDIDATES = 200
_MOST_OF_ONE_SOURCE = 3
_WEIGHTS = {
    "term": 2.0, "section": 1.3, "notes": 1.1, "slides": 1.0, "video": 0.9, "audio": 0.9,
    "link": 0.8,
}  # fmt: skip
_PREFIX_FROM = 3
_BEFORE, _EXCERPT = 70, 240  # characters of an excerpt: before its first hit, and in all
_MOST_MARKS = 100  # of a text; one that is full of them is the same everywhere
_BEGIN, _END = "\x01", "\x02"
_MARKED = re.compile(f"{_BEGIN}(.*?){_END}", re.DOTALL)
_SPACE = re.compile(r"\s+")

_KINDS_THERE = "select exists (select 1 from part where kind = ?)"
_TERMS = (
    "select part.title, text, lesson.name, lesson.title, source, cell from part "
    "join lesson on lesson.id = part.lesson where kind = 'term' order by place"
)

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is what was looked for."""


@dataclass(frozen=True)
class Hit:
    """Something that was found.

    Attributes:
        kind: one of ``contents.KINDS``.
        lesson, lesson_title: where it is.
        title, text: what it is called, and the words around what was found.
        url: the page that shows it, at that place; without the server's base.
        second: of a film, where it is said; else None.
    """

    kind: str
    lesson: str
    lesson_title: str
    title: Marked
    text: Marked
    url: str
    second: float | None = None


@dataclass(frozen=True)
class Found:
    """What a search gave: the hits, the best first.

    Attributes:
        instead: for each word that is nowhere in the course, the near ones that were looked for.
        all_words: whether each hit has all words that were asked for, and not only some.
        milliseconds: how long it took.
    """

    hits: tuple[Hit, ...]
    instead: dict[str, tuple[str, ...]]
    all_words: bool = True
    milliseconds: float = 0.0


@dataclass(frozen=True)
class Term:
    """A word that the course explains."""

    term: str
    meaning: str
    lesson: str
    lesson_title: str
    url: str


def search(
    course: Path,
    question: str,
    *,
    kinds: Sequence[str] = (),
    lesson: str = "",
    limit: int = MOST_HITS,
    file: Path | None = None,
) -> Found:
    """What the course in this folder has on the words of a question.

    A word that is nowhere in the course is taken for a slip, the last one first of all for the
    beginning of a word. All words are looked for together, and each by itself only where that
    finds nothing.

    Args:
        kinds: only these; all if left out.
        lesson: only this one, by its id.
        file: the index; ``index_file`` if left out. It is used as it is: see ``index.refresh``.

    Raises:
        CourseError: there is no such kind or lesson.
        KitError: the index cannot be read.
    """
    _refuse_unknown(kinds)
    return read(course, file, lambda index: _search(index, question, kinds, lesson, limit))


def _search(
    index: sqlite3.Connection, question: str, kinds: Sequence[str], lesson: str, limit: int
) -> Found:
    began = time.perf_counter()
    asked = _Asked(index, kinds, lesson)
    groups, instead = asked.meant(words_in(question))
    joint, rows = " AND ", asked.rank(groups, " AND ")
    if not rows and len(groups) > 1:
        joint, rows = " OR ", asked.rank(groups, " OR ")
    hits = tuple(asked.hits(rows, _matching(groups, joint), limit))
    return Found(hits, instead, joint == " AND ", (time.perf_counter() - began) * 1000)


def glossary(course: Path, file: Path | None = None) -> list[Term]:
    """The terms that the course explains, from A to Z.

    Raises:
        KitError: the index cannot be read.
    """
    rows = read(course, file, lambda index: index.execute(_TERMS).fetchall())
    terms = [
        Term(term, meaning, name, title, _url("term", name, source, cell, None))
        for term, meaning, name, title, source, cell in rows
    ]
    return sorted(terms, key=lambda each: each.term.casefold())


def kinds_in(course: Path, file: Path | None = None) -> list[str]:
    """The kinds of which the course has something.

    Raises:
        KitError: the index cannot be read.
    """

    def those(index: sqlite3.Connection) -> list[str]:
        return [kind for kind in KINDS if index.execute(_KINDS_THERE, (kind,)).fetchone()[0]]

    return read(course, file, those)


def as_html(marked: Marked) -> str:
    """A text with what was looked for in ``<mark>``; safe to put on a page."""
    return "".join(
        f"<mark>{html.escape(text)}</mark>" if is_hit else html.escape(text)
        for text, is_hit in marked
    )


def as_text(marked: Marked) -> str:
    """A text without marks."""
    return "".join(text for text, _is_hit in marked)


def clock(seconds: float) -> str:
    """ "1:18"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _refuse_unknown(kinds: Iterable[str]) -> None:
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise CourseError(
            _("The library has no kind {kind!r}.").format(kind=unknown[0][:100]),
            _("The kinds are: {kinds}.").format(kinds=", ".join(KINDS)),
        )


Group = tuple[str, ...]
"""Ways to write what one word of the question may mean, as FTS5 reads them."""


class _Asked:
    """A question to an open index, within some kinds and perhaps one lesson."""

    def __init__(self, connection: sqlite3.Connection, kinds: Sequence[str], lesson: str) -> None:
        self._db = connection
        labels = [" OR ".join(map(kind_label, dict.fromkeys(kinds)))] if kinds else []
        if lesson:
            labels.append(lesson_label(self._number_of(lesson)))
        self._within = "".join(f" AND label : ({label})" for label in labels)

    def _number_of(self, lesson: str) -> int:
        names = dict(self._db.execute("select name, id from lesson order by place").fetchall())
        if lesson not in names:
            raise CourseError(
                _("The course has no lesson {id!r}.").format(id=lesson[:100]),
                _("Its lessons: {names}.").format(names=", ".join(names) or _("none")),
            )
        return int(names[lesson])

    def meant(self, words: Sequence[str]) -> tuple[list[Group], dict[str, tuple[str, ...]]]:
        """What to look for in the place of each word, and the near words that were taken."""
        groups, instead = list[Group](), dict[str, tuple[str, ...]]()
        for word in words:
            group: Group = (_quoted(word),)
            if not self._exists(group):
                if word is words[-1] and len(word) >= _PREFIX_FROM and self._begins(word):
                    group = (f"{_quoted(word)}*",)
                elif near_ones := self._near(word):
                    instead[word] = near_ones
                    group = tuple(map(_quoted, near_ones))
            groups.append(group)
        return groups, instead

    def _begins(self, word: str) -> bool:
        """Whether there are words that begin so: the last one may still be being typed."""
        return self._exists((f"{_quoted(word)}*",))

    def _near(self, word: str) -> tuple[str, ...]:
        # A word may have gone from the course since it was noted.
        near_ones = near(word, self._vocabulary)
        return tuple(each for each in near_ones if self._exists((_quoted(each),)))

    @cached_property
    def _vocabulary(self) -> list[str]:
        return [word for (word,) in self._db.execute("select word from word")]

    def _exists(self, group: Group) -> bool:
        query = "select 1 from found where found match ? limit 1"
        return bool(self._db.execute(query, (_matching([group], " AND "),)).fetchone())

    def rank(self, groups: Sequence[Group], joint: str) -> list[tuple[int, float]]:
        """The best parts, as (id, rank); a better rank is a smaller number."""
        if not groups:
            return []
        return self._db.execute(
            "select rowid, rank from found where found match ? and rank match 'bm25(8, 1, 0)' "
            "order by rank limit ?",
            (_matching(groups, joint) + self._within, _CANDIDATES),
        ).fetchall()

    def hits(self, rows: Sequence[tuple[int, float]], match: str, limit: int) -> Iterator[Hit]:
        """What to show of the parts, the best first."""
        for number in self._best(rows, limit):
            yield self._hit(number, match)

    def _best(self, rows: Sequence[tuple[int, float]], limit: int) -> list[int]:
        """The parts to show: weighed by kind, and not too many of one source."""
        holes = ", ".join("?" * len(rows))
        about = {
            number: (kind, (lesson, source, kind))
            for number, kind, lesson, source in self._db.execute(
                f"select id, kind, lesson, source from part where id in ({holes})",  # noqa: S608
                [number for number, _rank in rows],
            )
        }
        ordered = sorted(rows, key=lambda row: row[1] * _WEIGHTS[about[row[0]][0]])
        seen: Counter[tuple[int, str, str]] = Counter()
        best = []
        for number, _rank in ordered:
            kind, source = about[number]
            seen[source] += 1
            if kind == "term" or seen[source] <= _MOST_OF_ONE_SOURCE:
                best.append(number)
        return best[:limit]

    def _hit(self, number: int, match: str) -> Hit:
        kind, source, cell, marks, called, lesson, lesson_title, title, text = self._db.execute(
            "select part.kind, source, cell, marks, part.name, lesson.name, lesson.title, "
            "highlight(found, 0, ?, ?), highlight(found, 1, ?, ?) "
            "from found join part on part.id = found.rowid "
            "join lesson on lesson.id = part.lesson where found match ? and found.rowid = ?",
            (_BEGIN, _END, _BEGIN, _END, match, number),
        ).fetchone()
        shown, at = _excerpt(text)
        place = _place_at(json.loads(marks), at)
        return Hit(
            kind, lesson, lesson_title, _pieces(title or called), shown,
            _url(kind, lesson, source, cell, place),
            float(place) if kind in {"video", "audio"} and place is not None else None,
        )  # fmt: skip


def _quoted(word: str) -> str:
    """A word as FTS5 takes it: nothing in it is its syntax."""
    return '"' + word.replace('"', '""') + '"'


def _matching(groups: Iterable[Group], joint: str) -> str:
    words = joint.join(f"({' OR '.join(group)})" for group in groups)
    return f"{{title text}} : ({words})"


def _place_at(marks: list[list[int | float | str]], offset: int) -> int | float | str | None:
    """The place that the words at this offset stand at."""
    starts = [mark[0] for mark in marks]
    at = bisect.bisect_right(starts, offset) - 1
    return marks[max(at, 0)][1] if marks else None


def _excerpt(highlighted: str) -> tuple[Marked, int]:
    """The words around the hits that say most, and the offset of the first of these."""
    pieces = _pieces(highlighted)
    first = _best_hit(pieces)
    start = _word_start(as_text(pieces), first - _BEFORE) if first > _BEFORE else 0
    shown, at, left = list[tuple[str, bool]](), 0, _EXCERPT
    for text, is_hit in pieces:
        cut = text[max(start - at, 0) :]
        at += len(text)
        if not cut or left <= 0:
            continue
        shown.append((_SPACE.sub(" ", _shortened(cut, left)), is_hit))
        left -= len(cut)
    if start:
        shown.insert(0, ("… ", False))
    return tuple(shown), first


def _best_hit(pieces: Marked) -> int:
    """The offset of the hit that has most other words that were looked for behind it, nearby."""
    hits, at = list[tuple[int, str]](), 0
    for text, is_hit in pieces:
        if is_hit:
            hits.append((at, text[:_PREFIX_FROM].lower()))  # "gap" and "gaps" are one word
        at += len(text)
    best, most = 0, 0
    for number, (offset, _word) in enumerate(hits[:_MOST_MARKS]):
        near_it = {
            word
            for other, word in hits[number : number + _MOST_MARKS]
            if other < offset + _EXCERPT - _BEFORE
        }
        if len(near_it) > most:
            best, most = offset, len(near_it)
    return best


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[:most].rpartition(" ")[0] + " …"


def _word_start(text: str, at: int) -> int:
    space = _SPACE.search(text, at, at + 30)
    return space.end() if space else at


def _pieces(highlighted: str) -> Marked:
    """What ``highlight`` of FTS5 marked, in pieces."""
    parts = _MARKED.split(highlighted)
    return tuple((part, bool(number % 2)) for number, part in enumerate(parts) if part)


def _url(kind: str, lesson: str, source: str, cell: str, place: int | float | str | None) -> str:
    """The address that opens it; the widgets of films, slides and notes read it."""
    page = f"kit/lesson/{quote(lesson, safe='')}"
    if kind in {"video", "audio"}:
        seconds = round(float(place or 0), 3)
        page += f"?play={quote(source, safe='/')}&t={seconds:g}"
    elif kind == "slides":
        page += f"?slide={quote(source, safe='/')}&n={int(place or 1)}"
    elif source.endswith(".md"):
        page += f"?notes={quote(source, safe='/')}"
    elif isinstance(place, str) and place:
        cell = place
    return f"{page}#{quote(cell)}" if cell else page
