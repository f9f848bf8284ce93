"""The words around what was found: a text in pieces, of which some were looked for."""

from __future__ import annotations

import html
import re

_BEFORE, _EXCERPT = 70, 240  # characters of an excerpt: before its first hit, and in all
_MOST_MARKS = 100  # of a text; one that is full of them is the same everywhere
_STEM = 3  # letters that tell words apart: "gap" and "gaps" are one
_SPACE = re.compile(r"\s+")

BEGIN, END = "\x01", "\x02"
"""What stands around a hit in a highlighted text."""
_MARKED = re.compile(f"{BEGIN}(.*?){END}", re.DOTALL)

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is what was looked for."""


def pieces_of(highlighted: str) -> Marked:
    """A highlighted text in pieces."""
    parts = _MARKED.split(highlighted)
    return tuple((part, bool(number % 2)) for number, part in enumerate(parts) if part)


def as_html(marked: Marked) -> str:
    """A text with what was looked for in ``<mark>``; safe to put on a page."""
    return "".join(
        f"<mark>{html.escape(text)}</mark>" if is_hit else html.escape(text)
        for text, is_hit in marked
    )


def as_text(marked: Marked) -> str:
    """A text without marks."""
    return "".join(text for text, _is_hit in marked)


def excerpt(whole: Marked) -> tuple[Marked, int]:
    """The words around the hits that say most, and the offset of the first of these."""
    first = _best_hit(whole)
    start = _word_start(as_text(whole), first - _BEFORE) if first > _BEFORE else 0
    shown, at, left = list[tuple[str, bool]](), 0, _EXCERPT
    for text, is_hit in whole:
        cut = text[max(start - at, 0) :]
        at += len(text)
        if not cut or left <= 0:
            continue
        shown.append((_SPACE.sub(" ", _shortened(cut, left)), is_hit))
        left -= len(cut)
    if start:
        shown.insert(0, ("… ", False))
    return tuple(shown), first


def _best_hit(whole: Marked) -> int:
    """The offset of the hit that has most other words that were looked for behind it, nearby."""
    hits, at = list[tuple[int, str]](), 0
    for text, is_hit in whole:
        if is_hit:
            hits.append((at, text[:_STEM].lower()))
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
