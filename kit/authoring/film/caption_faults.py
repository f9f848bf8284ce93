"""What is wrong in captions, for those who read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kit.authoring.film.cues import reading_time
from kit.media.captions import (
    LINE_LENGTH,
    LINES,
    LONGEST_CUE,
    READING_SPEED,
    SHORTEST_CUE,
    Block,
    Cue,
)
from kit.words import _

SAME = 0.0015
"""Seconds between two times that are the same; the clock of WebVTT counts thousandths."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        kind: "order", "overlap", "speed", "line", "lines", "short", "long" or "times".
        cue: the caption's number in the file, from 1; 0 where it cannot be read as one.
        line: of the file, from 1.
        at: the second of the film.
        message: a sentence.
    """

    kind: str
    cue: int
    line: int
    at: float
    message: str


def faults_of(cues: Sequence[Cue]) -> Iterator[Fault]:
    """All that is wrong in captions, in their order."""
    before: Cue | None = None
    for number, cue in enumerate(cues, start=1):
        for kind, message in (*_place(cue, before), *_length(cue), *_lines(cue)):
            yield Fault(kind, number, cue.line, cue.start, message)
        before = cue


def faults_of_chapters(cues: Sequence[Cue]) -> Iterator[Fault]:
    """All that is wrong in chapters, which may stay for minutes, in one long line."""
    return (fault for fault in faults_of(cues) if fault.kind in {"order", "overlap"})


def unread(blocks: Iterable[Block]) -> Iterator[Fault]:
    """Blocks that should be captions and are none."""
    for block in blocks:
        if block.times is None and any("-->" in line for line in block.head):
            yield Fault("times", 0, block.line, 0.0, _("These are no times of WebVTT."))
        elif block.times and block.times[0] >= block.times[1]:
            yield Fault("times", 0, block.line, block.times[0], _("It ends before it begins."))


def _place(cue: Cue, before: Cue | None) -> Iterator[tuple[str, str]]:
    if before and cue.start < before.start - SAME:
        yield "order", _("It begins before the caption above it.")
    elif before and cue.start < before.end - SAME:
        over = before.end - cue.start
        yield "overlap", _("It begins {over:.2f} s before the one above ends.").format(over=over)


def _length(cue: Cue) -> Iterator[tuple[str, str]]:
    seconds = cue.end - cue.start
    if seconds < reading_time(cue.text) - SAME and len(cue.text) > READING_SPEED * SHORTEST_CUE:
        message = _("{speed:.1f} characters a second; {most:.0f} can be read.")
        yield "speed", message.format(speed=cue.speed, most=READING_SPEED)
    elif seconds < SHORTEST_CUE - SAME:
        message = _("It stays for {seconds:.2f} s; one second is the least.")
        yield "short", message.format(seconds=seconds)
    if seconds > LONGEST_CUE + SAME:
        message = _("It stays for {seconds:.1f} s; {most:.0f} are the most.")
        yield "long", message.format(seconds=seconds, most=LONGEST_CUE)


def _lines(cue: Cue) -> Iterator[tuple[str, str]]:
    lines = cue.text.split("\n")
    length = max(map(len, lines))
    if len(lines) > LINES:
        yield "lines", _("It has {count} lines; two are the most.").format(count=len(lines))
    if length > LINE_LENGTH:
        message = _("A line has {length} characters; {most} are the most.")
        yield "line", message.format(length=length, most=LINE_LENGTH)
