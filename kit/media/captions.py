"""Captions and chapters: spoken sentences with their times, written as WebVTT.

The limits are those of broadcast captions: two lines of 42 characters, one to seven seconds, and
no more than 20 characters a second, which an adult reads with ease (Netflix Timed Text Style
Guide, English).
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

SHORTEST, LONGEST = 1.0, 7.0
"""Seconds that a caption stays."""

_CLAUSE_BONUS = 0.25  # a cue may end with a comma this share of the text off the middle
_DIGIT = 6  # letters that are spoken for one digit: "344" is "three hundred forty four"


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
    return max(SHORTEST, len(text) / READING_SPEED)


def cues_of_sentence(text: str, start: float, end: float) -> Iterator[Cue]:
    """The cues of one sentence: halved until each fits, with the time that its words take."""
    fits = len(textwrap.wrap(text, LINE_LENGTH)) <= LINES and end - start <= LONGEST
    if fits or " " not in text:
        yield Cue(start, end, text)
        return
    first, second = _halves(text)
    share = _spoken_length(first) / (_spoken_length(first) + _spoken_length(second))
    middle = start + (end - start) * share
    yield from cues_of_sentence(first, start, middle)
    yield from cues_of_sentence(second, middle, end)


def write_vtt(cues: Iterable[Cue]) -> str:
    """A WebVTT file, ready to be saved as UTF-8."""
    blocks = [
        f"{number}\n{_clock(cue.start)} --> {_clock(cue.end)}\n{_escaped(_balanced(cue.text))}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def _halves(text: str) -> tuple[str, str]:
    """The text in two: after a comma near its middle, or else at the space nearest to it."""
    spaces = [at for at, character in enumerate(text) if character == " "]
    bonus = _CLAUSE_BONUS * len(text)
    cut = min(spaces, key=lambda at: abs(at - len(text) / 2) - bonus * (text[at - 1] in ",;:"))
    return text[:cut], text[cut + 1 :]


def _spoken_length(text: str) -> int:
    return len(text) + (_DIGIT - 1) * sum(map(str.isdigit, text))


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
