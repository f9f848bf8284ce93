"""Search a course's index: ranked, with what was found marked, and slips of the pen allowed for."""

from __future__ import annotations

import bisect
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
from kit.library.excerpt import BEGIN, END, Marked, excerpt, pieces_of
from kit.library.index import decoded, kind_label, lesson_label, read
from kit.library.words import near, words_in
from kit.progress import PLAYED
from kit.words import _

MOST_HITS = 30
_CANDIDATES = 200
_MOST_OF_ONE_SOURCE = 3
_WEIGHTS = {
    "term": 2.0, "section": 1.3, "notes": 1.1, "slides": 1.0, "video": 0.9, "audio": 0.9,
    "link": 0.8,
}  # fmt: skip
_PREFIX_FROM = 3

_KINDS_THERE = "select exists (select 1 from part where kind = ?)"
_TERMS = (
    "select part.title, text, lesson.name, lesson.title, source, cell from part "
    "join lesson on lesson.id = part.lesson where kind = 'term' order by place"
)


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


def search(course: Path, question: str, *, kinds: Sequence[str] = (), lesson: str = "") -> Found:
    """What the course in this folder has on the words of a question.

    A word that is nowhere in the course is taken for a slip, the last one first of all for the
    beginning of a word. All words are looked for together, and each by itself only where that
    finds nothing. The index is used as it is: see ``index.refresh``.

    Args:
        kinds: only these; all if left out.
        lesson: only this one, by its id.

    Raises:
        CourseError: there is no such kind or lesson.
        KitError: the index cannot be read.
    """
    _refuse_unknown(kinds)
    return read(course, lambda index: _search(index, question, kinds, lesson))


def _search(index: sqlite3.Connection, question: str, kinds: Sequence[str], lesson: str) -> Found:
    began = time.perf_counter()
    asked = _Asked(index, kinds, lesson)
    groups, instead = asked.meant(words_in(question))
    all_words, rows = True, asked.rank(groups, all_words=True)
    if not rows and len(groups) > 1:
        all_words, rows = False, asked.rank(groups, all_words=False)
    hits = tuple(asked.hits(rows, _matching(groups, all_words=all_words)))
    return Found(hits, instead, all_words, (time.perf_counter() - began) * 1000)


def glossary(course: Path) -> list[Term]:
    """The terms that the course explains, from A to Z.

    Raises:
        KitError: the index cannot be read.
    """
    rows = read(course, lambda index: index.execute(_TERMS).fetchall())
    terms = [
        Term(term, meaning, name, title, _url("term", name, source, cell, None))
        for term, meaning, name, title, source, cell in rows
    ]
    return sorted(terms, key=lambda each: each.term.casefold())


def kinds_in(course: Path) -> list[str]:
    """The kinds of which the course has something.

    Raises:
        KitError: the index cannot be read.
    """

    def those(index: sqlite3.Connection) -> list[str]:
        return [kind for kind in KINDS if index.execute(_KINDS_THERE, (kind,)).fetchone()[0]]

    return read(course, those)


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
        return bool(self._db.execute(query, (_matching([group], all_words=True),)).fetchone())

    def rank(self, groups: Sequence[Group], *, all_words: bool) -> list[tuple[int, float]]:
        """The best parts that have all words or some, as (id, rank); the smaller, the better."""
        if not groups:
            return []
        return self._db.execute(
            "select rowid, rank from found where found match ? and rank match 'bm25(8, 1, 0)' "
            "order by rank limit ?",
            (_matching(groups, all_words=all_words) + self._within, _CANDIDATES),
        ).fetchall()

    def hits(self, rows: Sequence[tuple[int, float]], match: str) -> Iterator[Hit]:
        """What to show of the parts, the best first."""
        for number in self._best(rows):
            yield self._hit(number, match)

    def _best(self, rows: Sequence[tuple[int, float]]) -> list[int]:
        """The parts to show: weighed by kind, and not too many of one source."""
        holes = ", ".join("?" * len(rows))
        about = {
            number: (kind, (lesson, source, kind))
            for number, kind, lesson, source in self._db.execute(
                f"select id, kind, lesson, source from part where id in ({holes})",  # noqa: S608
                [number for number, _rank in rows],
            )
        }
        if len(about) < len(rows):
            raise sqlite3.DatabaseError("malformed index: it finds a part that is not there")
        ordered = sorted(rows, key=lambda row: row[1] * _WEIGHTS[about[row[0]][0]])
        seen: Counter[tuple[int, str, str]] = Counter()
        best = []
        for number, _rank in ordered:
            kind, source = about[number]
            seen[source] += 1
            if kind == "term" or seen[source] <= _MOST_OF_ONE_SOURCE:
                best.append(number)
        return best[:MOST_HITS]

    def _hit(self, number: int, match: str) -> Hit:
        row = self._db.execute(
            "select part.kind, source, cell, marks, part.name, lesson.name, lesson.title, "
            "highlight(found, 0, ?, ?), highlight(found, 1, ?, ?) "
            "from found join part on part.id = found.rowid "
            "join lesson on lesson.id = part.lesson where found match ? and found.rowid = ?",
            (BEGIN, END, BEGIN, END, match, number),
        ).fetchone()
        if not row:
            raise sqlite3.DatabaseError("malformed index: a part is of no lesson")
        kind, source, cell, marks, called, lesson, lesson_title, title, text = row
        shown, at = excerpt(pieces_of(text))
        place = _place_at(decoded(marks, list), at)
        return Hit(
            kind, lesson, lesson_title, pieces_of(title or called), shown,
            _url(kind, lesson, source, cell, place),
            float(place) if kind in PLAYED and place is not None else None,
        )  # fmt: skip


def _quoted(word: str) -> str:
    """A word as FTS5 takes it: nothing in it is its syntax."""
    return '"' + word.replace('"', '""') + '"'


def _matching(groups: Iterable[Group], *, all_words: bool) -> str:
    joint = " AND " if all_words else " OR "
    words = joint.join(f"({' OR '.join(group)})" for group in groups)
    return f"{{title text}} : ({words})"


def _place_at(marks: list[list[int | float | str]], offset: int) -> int | float | str | None:
    """The place that the words at this offset stand at."""
    starts = [mark[0] for mark in marks]
    at = bisect.bisect_right(starts, offset) - 1
    return marks[max(at, 0)][1] if marks else None


def _url(kind: str, lesson: str, source: str, cell: str, place: int | float | str | None) -> str:
    """The address that opens it; the widgets of films, slides and notes read it."""
    page = f"kit/lesson/{quote(lesson, safe='')}"
    if kind in PLAYED:
        seconds = round(float(place or 0), 3)
        page += f"?play={quote(source, safe='/')}&t={seconds:g}"
    elif kind == "slides":
        page += f"?slide={quote(source, safe='/')}&n={int(place or 1)}"
    elif source.endswith(".md"):
        page += f"?notes={quote(source, safe='/')}"
    elif isinstance(place, str) and place:
        cell = place
    return f"{page}#{quote(cell)}" if cell else page
