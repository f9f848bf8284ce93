"""Captions and chapters: spoken sentences with their times, as WebVTT files are read.

The limits are those of broadcast captions: two lines of 42 characters, one to seven seconds, and
no more than 20 characters a second, which an adult reads with ease (Netflix Timed Text Style
Guide, English).
"""

from __future__ import annotations

import codecs
import html
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kit.errors import KitError
from kit.words import _

LINE_LENGTH = 42
"""Characters in a line of a caption."""

LINES = 2
"""Lines in a caption."""

READING_SPEED = 20.0
"""Characters a second, at most."""

SHORTEST_CUE, LONGEST_CUE = 1.0, 7.0
"""Seconds that a caption stays."""

_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)[.,](\d{3})"  # a comma is what SubRip writes
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?:[ \t]+(.*))?")
_LINE_END = re.compile(r"\r\n|\r|\n")
_TAG = re.compile(r"</?[a-z0-9:.][^<>]*>|</>", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"&(?=#\w{9})")
"""Of no character: Unicode ends at 1,114,111, and Python reads no number of thousands of digits."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)


@dataclass(frozen=True)
class Cue:
    """One caption, or one chapter: shown from ``start`` to ``end``, both in seconds.

    ``text`` is plain, with the file's own line breaks; ``line`` is where it begins in the file.
    """

    start: float
    end: float
    text: str
    line: int = field(default=0, compare=False)

    @property
    def speed(self) -> float:
        """Characters a second."""
        return len(self.text) / (self.end - self.start)


@dataclass(frozen=True)
class Captions:
    """A WebVTT file as it is read: of captions, or of chapters.

    Attributes:
        language: that its name states, as in ``walk.de.vtt``; "" where it states none.
        cues: those that can be read, in the file's order.
        problem: why it cannot be read, or not as WebVTT asks for; None where it can.
    """

    language: str
    cues: tuple[Cue, ...]
    problem: KitError | None = None


@dataclass(frozen=True)
class Block:
    """What stands between two blank lines of a WebVTT file.

    Attributes:
        line: of the file, from 1.
        head: the lines above the times; of a note or a style all of its lines.
        times: start and end in seconds; None where the block is no cue.
        settings: what follows the times, as "align:start".
        payload: the lines that are shown, with their tags.
    """

    line: int
    head: tuple[str, ...]
    times: tuple[float, float] | None = None
    settings: str = ""
    payload: tuple[str, ...] = ()


def language_of(path: Path) -> str:
    """The language that the name of a captions file states, as "de" of ``walk.de.vtt``; or ""."""
    _name, point, language = path.stem.rpartition(".")
    return language if point and _LANGUAGE.fullmatch(language) else ""


def captions_of(folder: Path, film: str, named: object, language: str) -> dict[str, str]:
    """The captions of a film by language; paths are below the lesson's folder, as the film's is.

    Args:
        folder: the lesson's.
        film: its path.
        named: what the notebook names: files by language, which are all there are; or a file,
            which goes before one of its language beside the film. Anything else names none.
        language: of a file that is named and states none: the course's.
    """
    if isinstance(named, Mapping):
        names = {each: path for each, path in named.items() if isinstance(each, str)}
        return {each: str(path) for each, path in names.items() if isinstance(path, str | Path)}
    beside = _captions_beside(folder, film)
    if not isinstance(named, str) or not named:
        return beside
    return {**beside, language_of(Path(named)) or language: named}


def _captions_beside(folder: Path, film: str) -> dict[str, str]:
    """Those that lie beside a film under its name: ``walk.de.vtt``."""
    own = Path(film)
    beside = folder / own.parent
    found = sorted(beside.glob("*.vtt")) if os.path.isdir(beside) else []
    return {
        language: (own.parent / path.name).as_posix()
        for path in found
        if path.stem.rpartition(".")[0] == own.stem and (language := language_of(path))
    }


def chapters_of(folder: Path, film: str, named: object) -> str:
    """The path of a film's chapters, likewise: the file that is named, or ``walk.chapters.vtt``
    where that lies beside it; "" where there are none.
    """
    if isinstance(named, str) and named:
        return named
    beside = Path(film).parent / f"{Path(film).stem}.chapters.vtt"
    return beside.as_posix() if os.path.isfile(folder / beside) else ""


def read_captions(path: Path) -> Captions:
    """The captions, or the chapters, of a file. Raises nothing: see ``Captions.problem``."""
    language = language_of(path)
    try:
        content = path.read_bytes()
    except (OSError, ValueError) as error:  # a null byte in its name
        what = _("{name} cannot be read: {reason}.")
        mend = _("Check the file, its path and its permissions.")
        reason = getattr(error, "strerror", None) or error
        return Captions(language, (), _problem(path, what, mend, reason=reason))
    text, encoding = decoded(content)
    blocks = blocks_of(text)
    return Captions(language, cues_in(blocks), _problem_of(path, text, encoding, blocks))


def decoded(content: bytes) -> tuple[str, str]:
    """A file's text, and the encoding in which it seems to be; "" for UTF-8, as it must be."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding), "" if encoding == "utf-8-sig" else "Windows-1252"
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace"), _("unknown")


def blocks_of(text: str) -> list[Block]:
    """The blocks of a file, its header among them."""
    blocks, lines = [], list[str]()
    for number, line in enumerate([*_LINE_END.split(text), ""], start=1):
        if line.strip():
            lines.append(line)
        elif lines:
            blocks.append(_block(number - len(lines), lines))
            lines = []
    return blocks


def cues_in(blocks: Iterable[Block]) -> tuple[Cue, ...]:
    """The cues among blocks; without those that would end before they begin."""
    return tuple(
        Cue(*block.times, _plain("\n".join(block.payload)), block.line)
        for block in blocks
        if block.times and block.times[0] < block.times[1]
    )


def _plain(payload: str) -> str:
    """The words of a cue without tags, and with characters in the place of entities."""
    return html.unescape(_LONG_NUMBER.sub("&amp;", _TAG.sub("", payload)))


def _block(line: int, lines: list[str]) -> Block:
    for at, each in enumerate(lines):
        if found := _TIMES.fullmatch(each):
            times = (_seconds(*found.groups()[:4]), _seconds(*found.groups()[4:8]))
            return Block(line, tuple(lines[:at]), times, found[9] or "", tuple(lines[at + 1 :]))
    return Block(line, tuple(lines))


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    whole = 3600 * int(hours or 0) + 60 * int(minutes) + int(seconds)
    return (1000 * whole + int(thousandths)) / 1000


def _problem_of(path: Path, text: str, encoding: str, blocks: list[Block]) -> KitError | None:
    tool = _("Type kit media captions with this file: it mends that.")
    if encoding:
        what = _("{name} is not text in UTF-8; its encoding seems to be {encoding}.")
        return _problem(path, what, tool, encoding=encoding)
    cues = cues_in(blocks)
    if not cues:
        what = _("{name} holds no captions.")
        mend = _("Write WebVTT: WEBVTT, then 00:00:01.000 --> 00:00:04.000, then the words.")
        return _problem(path, what, mend)
    if not is_webvtt(text):
        return _problem(path, _("{name} does not begin with the line WEBVTT."), tool)
    for block in blocks:
        if block.times is None and any("-->" in line for line in block.head):
            what = _("{name}, line {line}: these are no times of WebVTT.")
            mend = _("Write them as 00:00:01.000 --> 00:00:04.000.")
            return _problem(path, what, mend, line=block.line)
        if block.times and block.times[0] >= block.times[1]:
            what = _("{name}, line {line}: this caption ends before it begins.")
            return _problem(path, what, _("Mend its times."), line=block.line)
    return None


def is_webvtt(text: str) -> bool:
    """Whether a text begins as a WebVTT file must, without which browsers show none of it."""
    first = text.split("\n", 1)[0].rstrip("\r")
    return first.startswith("WEBVTT") and first[6:7] in {"", " ", "\t"}


def _problem(path: Path, what: str, mend: str, **values: object) -> KitError:
    return KitError(what.format(name=path.name, **values), mend)
