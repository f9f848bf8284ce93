"""Sentences with their times become captions that can be read, and a WebVTT file."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Iterator

from kit.media.captions import LINE_LENGTH, LINES, LONGEST_CUE, READING_SPEED, SHORTEST_CUE, Cue

_CLAUSE_BONUS = 0.25  # a cue may end with a comma this share of the text off the middle
_DIGIT = 6  # letters that are spoken for one digit: "344" is "three hundred forty four"


def reading_time(text: str) -> float:
    """The seconds that a caption must stay to be read."""
    return max(SHORTEST_CUE, len(text) / READING_SPEED)


def cues_of_sentence(text: str, start: float, end: float) -> Iterator[Cue]:
    """The cues of one sentence: halved until each fits, with the time that its words take."""
    fits = len(textwrap.wrap(text, LINE_LENGTH)) <= LINES and end - start <= LONGEST_CUE
    if fits or " " not in text:
        yield Cue(start, end, text)
        return
    first, second = _halves(text)
    share = spoken_length(first) / (spoken_length(first) + spoken_length(second))
    middle = start + (end - start) * share
    yield from cues_of_sentence(first, start, middle)
    yield from cues_of_sentence(second, middle, end)


def spoken_length(text: str) -> int:
    """About how long a text takes to be said, in letters."""
    return len(text) + (_DIGIT - 1) * sum(map(str.isdigit, text))


def write_vtt(cues: Iterable[Cue]) -> str:
    """A WebVTT file, ready to be saved as UTF-8."""
    blocks = [
        f"{number}\n{timestamp(cue.start)} --> {timestamp(cue.end)}\n"
        f"{html.escape(balanced(cue.text), quote=False)}\n"
        for number, cue in enumerate(cues, start=1)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def balanced(text: str) -> str:
    """The text on as few lines as it needs, of about the same length: easier to take in."""
    lines = textwrap.wrap(text, LINE_LENGTH)
    for width in range(len(text) // max(1, len(lines)), LINE_LENGTH):
        narrower = textwrap.wrap(text, width)
        if len(narrower) == len(lines):
            return "\n".join(narrower)
    return "\n".join(lines)


def timestamp(seconds: float) -> str:
    """A time as WebVTT writes it: "00:01:02.500"."""
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}.{milliseconds % 1000:03}"


def _halves(text: str) -> tuple[str, str]:
    """The text in two: after a comma near its middle, or else at the space nearest to it."""
    spaces = [at for at, character in enumerate(text) if character == " "]
    bonus = _CLAUSE_BONUS * len(text)
    cut = min(spaces, key=lambda at: abs(at - len(text) / 2) - bonus * (text[at - 1] in ",;:"))
    return text[:cut], text[cut + 1 :]
