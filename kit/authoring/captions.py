"""Captions and chapters: spoken sentences with their times, written as WebVTT.

The limits are those of broadcast captions: two lines of 42 characters, and no more than 20
characters a second, which an adult reads with ease (Netflix Timed Text Style Guide, English).
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

LINE_LENGTH = 42
"""Characters in a line of a caption."""

LINES = 2
"""Lines in a caption."""

READING_SPEED = 20.0
"""Characters a second, at most."""

_CLAUSE_BONUS = 25  # a cue that ends with a comma may be this many characters off the middle


@dataclass(frozen=True)
class Cue:
    """One caption, or one chapter: shown from ``start`` to ``end``, both in seconds."""

    start: float
    end: float
    text: str

    @property
    def speed(self) -> float:
        """Characters a second."""
        return len(self.text) / (self.end - self.start)


def reading_time(text: str) -> float:
    """The seconds that a caption must stay to be read."""
    return len(text) / READING_SPEED


def cues_of_sentence(text: str, start: float, end: float) -> Iterator[Cue]:
    """The cues of one sentence, which share its time in proportion to their characters."""
    pieces = _pieces(text)
    whole = sum(map(len, pieces))
    told = 0
    for piece in pieces:
        begin = start + (end - start) * told / whole
        told += len(piece)
        # the last one ends on the sentence's own end, not on a rounding of it
        finish = end if told == whole else start + (end - start) * told / whole
        yield Cue(begin, finish, piece)


def write_vtt(cues: Iterable[Cue]) -> str:
    """A WebVTT file, ready to be saved as UTF-8."""
    blocks = [
        f"{number}\n{_clock(cue.start)} --> {_clock(cue.end)}\n{_escaped(_balanced(cue.text))}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _pieces(text: str) -> list[str]:
    """The text in halves, quarters, ... until each fits a caption; cut after a comma if it can."""
    spaces = [at for at, character in enumerate(text) if character == " "]
    if len(textwrap.wrap(text, LINE_LENGTH)) <= LINES or not spaces:
        return [text]
    middle = len(text) / 2
    cut = min(spaces, key=lambda at: abs(at - middle) - _CLAUSE_BONUS * (text[at - 1] in ",;:"))
    return _pieces(text[:cut]) + _pieces(text[cut + 1 :])


def _balanced(text: str) -> str:
    """The text on as few lines as it needs, of about the same length: easier to take in."""
    lines = textwrap.wrap(text, LINE_LENGTH)
    for width in range(len(text) // len(lines), LINE_LENGTH):
        narrower = textwrap.wrap(text, width)
        if len(narrower) == len(lines):
            return "\n".join(narrower)
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
