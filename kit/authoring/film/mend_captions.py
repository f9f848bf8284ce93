"""Captions are mended, as far as that is safe.

Safe is what changes no word and no caption's beginning: the encoding, the order, the lines, and
ends that move within the gap before the next caption.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kit.authoring.film.caption_faults import SAME, Fault, faults_of, faults_of_chapters, unread
from kit.authoring.film.cues import balanced, reading_time, timestamp
from kit.errors import KitError
from kit.media.captions import (
    LINE_LENGTH,
    LINES,
    SHORTEST_CUE,
    Block,
    Cue,
    blocks_of,
    cues_in,
    decoded,
    is_webvtt,
)
from kit.whole_file import replace_file
from kit.words import _, ngettext

OVERLAP = 0.5
"""Seconds that a caption may reach into the next one and still be cut there."""

_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Mended:
    """What was done with a file of captions.

    Attributes:
        path: the file.
        mended: what was mended, or with ``--check`` would be, as sentences.
        left: what only its author can mend.
        backup: the file as it was; None where it is as it was.
    """

    path: Path
    mended: tuple[str, ...]
    left: tuple[Fault, ...]
    backup: Path | None = None


def mend_captions(path: Path, *, write: bool = True) -> Mended:
    """Mend what is safe in a file of captions, keep the file as it was, and tell the rest.

    Args:
        path: a WebVTT file; of SubRip (NAME.srt) a WebVTT file is made beside it.
        write: whether to write; else it is only told what would be mended.

    Raises:
        KitError: it cannot be read or written, or no captions are in it.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unusable(path, error.strerror) from error
    text, encoding = decoded(_marked(content))
    text, parted = _apart(text)
    blocks = blocks_of(text)
    if not cues_in(blocks):
        raise KitError(
            _("{path} holds no captions.").format(path=path),
            _("Write WebVTT: WEBVTT, then 00:00:01.000 --> 00:00:04.000, then the words."),
        )
    changes, judged = _OF_CHAPTERS if path.name.endswith(".chapters.vtt") else _OF_CAPTIONS
    mended = [*_of_the_file(text, encoding, parted)]
    after = _with_header(blocks, text)
    for change, sentence in changes:
        before, after = after, change(after)
        changed = sum(one is not other for one, other in zip(before, after, strict=True))
        mended += [sentence(changed)] if changed else []
    written = "\n\n".join(map(_written, after)) + "\n"
    rest = blocks_of(written)
    left = (*judged(cues_in(rest)), *unread(rest))
    if not mended or not write:
        return Mended(path, tuple(mended), left)
    target = path.with_suffix(".vtt")
    return Mended(target, tuple(mended), left, _put(written, target))


def _marked(content: bytes) -> bytes:
    """A file in UTF-16 with the mark that it may lack: captions begin with letters of ASCII, each
    of which has a byte of zero, before it or after it."""
    for mark, zeros, letters in (
        (codecs.BOM_UTF16_LE, content[1:4:2], content[0:4:2]),
        (codecs.BOM_UTF16_BE, content[0:4:2], content[1:4:2]),
    ):
        if zeros == b"\0\0" and all(letters):
            return mark + content
    return content


def _of_the_file(text: str, encoding: str, parted: int) -> Iterator[str]:
    if encoding:
        yield _("Saved as UTF-8; it was {encoding}.").format(encoding=encoding)
    if not is_webvtt(text):
        yield _("Begun with the line WEBVTT, with times as WebVTT has them.")
    if parted:
        yield ngettext(
            "{n} caption has a blank line above it.",
            "{n} captions have a blank line above them.",
            parted,
        )


def _apart(text: str) -> tuple[str, int]:
    """A text with the blank lines that it may lack, and how many: to a browser a line of times
    ends the header, and the words of a caption."""
    lines, added = list[str](), 0
    follows = is_webvtt(text)
    for line in _LINE_END.split(text):
        if "-->" in line:
            added += follows
            lines += [""] * follows
        follows = bool(line.strip()) and (follows or "-->" in line)
        lines.append(line)
    return "\n".join(lines), added


def _with_header(blocks: list[Block], text: str) -> list[Block]:
    return blocks if is_webvtt(text) else [Block(0, ("WEBVTT",)), *blocks]


# What is mended; each gives the blocks as they are after it -------------------------------------


def _in_order(blocks: list[Block]) -> list[Block]:
    """By their beginnings; notes and styles stay where they are."""
    ordered = iter(sorted((b for b in blocks if b.times), key=lambda b: b.times or ()))
    return [next(ordered) if block.times else block for block in blocks]


def _without_overlaps(blocks: list[Block]) -> list[Block]:
    def end(cue: Cue, following: Cue | None) -> float:
        if not following or following.start - cue.start < SHORTEST_CUE:
            return cue.end
        return following.start if 0 < cue.end - following.start <= OVERLAP else cue.end

    return _with_ends(blocks, end)


def _with_time_to_read(blocks: list[Block]) -> list[Block]:
    def end(cue: Cue, following: Cue | None) -> float:
        wanted = cue.start + reading_time(cue.text)
        return max(cue.end, min(wanted, following.start) if following else wanted)

    return _with_ends(blocks, end)


def _with_ends(blocks: list[Block], end: Callable[[Cue, Cue | None], float]) -> list[Block]:
    """The blocks with other ends of their cues, each from the cue and the next one."""
    places = [at for at, block in enumerate(blocks) if cues_in([block])]
    cues = cues_in(blocks)
    after = list(blocks)
    for at, cue, following in zip(places, cues, [*cues[1:], None], strict=True):
        new = end(cue, following)
        if abs(new - cue.end) > SAME:
            after[at] = replace(blocks[at], times=(cue.start, new))
    return after


def _in_lines(blocks: list[Block]) -> list[Block]:
    return list(map(_rebroken, blocks))


def _rebroken(block: Block) -> Block:
    """The block with lines that fit, where its words fit into them and it has no markup."""
    plain = "\n".join(cue.text for cue in cues_in([block]))
    fits = all(len(line) <= LINE_LENGTH for line in plain.split("\n"))
    is_marked = "<" in "".join(block.payload)
    is_talk = any(line.startswith(("-", "–")) for line in block.payload)
    if not plain or is_marked or is_talk or (fits and len(block.payload) <= LINES):
        return block
    lines = balanced(" ".join(plain.split())).split("\n")
    if len(lines) > LINES or max(map(len, lines)) > LINE_LENGTH:
        return block
    return replace(block, payload=tuple(html.escape(line, quote=False) for line in lines))


_CHANGES: tuple[tuple[Callable[[list[Block]], list[Block]], Callable[[int], str]], ...] = (
    (
        _in_order,
        lambda n: ngettext("{n} caption put in order.", "{n} captions put in order.", n),
    ),
    (
        _without_overlaps,
        lambda n: ngettext(
            "{n} caption ends where the next one begins.",
            "{n} captions end where the next one begins.",
            n,
        ),
    ),
    (
        _in_lines,
        lambda n: ngettext(
            "{n} caption has new line breaks.", "{n} captions have new line breaks.", n
        ),
    ),
    (
        _with_time_to_read,
        lambda n: ngettext("{n} caption stays longer.", "{n} captions stay longer.", n),
    ),
)
_OF_CAPTIONS = (_CHANGES, faults_of)
_OF_CHAPTERS = (_CHANGES[:2], faults_of_chapters)
"""What is mended, and what judges the rest."""


# Files ------------------------------------------------------------------------------------------


def _written(block: Block) -> str:
    if block.times is None:
        return "\n".join(block.head)
    start, end = map(timestamp, block.times)
    times = f"{start} --> {end} {block.settings}".rstrip()
    return "\n".join((*block.head, times, *block.payload))


def _put(text: str, target: Path) -> Path | None:
    try:
        return replace_file(target, text, keep_backup=True)
    except OSError as error:
        raise KitError(
            _("{path} cannot be written: {error}.").format(path=target, error=error.strerror),
            _("Is there room on the disk, and may you write there?"),
        ) from error


def _unusable(path: Path, reason: object) -> KitError:
    return KitError(
        _("{path} cannot be used: {reason}.").format(path=path, reason=reason),
        _("Is it the right file?"),
    )
