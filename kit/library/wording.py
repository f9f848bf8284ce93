"""In which words a search is told, on the page, on the command line and to a program."""

from __future__ import annotations

from typing import Any

from kit.library.excerpt import as_html, as_text
from kit.library.search import MOST_HITS, Found, Hit
from kit.media.clock import clock
from kit.words import _, ngettext


def kind_names() -> dict[str, str]:
    """What each kind is called."""
    return {
        "section": _("Lesson text"),
        "video": _("Video"),
        "audio": _("Sound"),
        "slides": _("Slides"),
        "notes": _("Notes"),
        "link": _("Link"),
        "term": _("Term"),
    }


def place_words(hit: Hit) -> str:
    """Where a hit is: "Video at 1:18 · Meet the table"."""
    kind = kind_names()[hit.kind]
    if hit.second is not None:
        kind = _("{kind} at {time}").format(kind=kind, time=clock(hit.second))
    return f"{kind} · {hit.lesson_title}"


def said_of(found: Found) -> list[str]:
    """What is said of a search as a whole: how much was found, and how it was searched."""
    return [_count(found), *_remarks(found)]


def _count(found: Found) -> str:
    many = len(found.hits)
    if not many:
        return _("Nothing found.")
    if many >= MOST_HITS:
        return _("The best {n} places").format(n=many)
    return ngettext("{n} place", "{n} places", many)


def _remarks(found: Found) -> list[str]:
    said = [
        _("“{word}” is nowhere in the course. Also searched: {words}.").format(
            word=word, words=", ".join(words)
        )
        for word, words in found.instead.items()
    ]
    if found.hits and not found.all_words:
        said.append(_("No place has all of these words. These have some of them."))
    return said


def what_to_try(*, narrowed: bool) -> list[str]:
    """What to do where nothing was found."""
    tries = [_("fewer words, or another word for the same thing"), _("the beginning of a word")]
    return [*tries, _("all kinds and all lessons")] if narrowed else tries


def as_record(found: Found) -> dict[str, Any]:
    """What was found, for a program."""
    hits = [
        {
            "kind": hit.kind,
            "lesson": hit.lesson,
            "lesson_title": hit.lesson_title,
            "title": as_text(hit.title),
            "text": as_text(hit.text),
            "text_html": as_html(hit.text),
            "url": hit.url,
            "second": hit.second,
        }
        for hit in found.hits
    ]
    return {
        "hits": hits,
        "instead": found.instead,
        "all_words": found.all_words,
        "ms": round(found.milliseconds, 1),
    }
