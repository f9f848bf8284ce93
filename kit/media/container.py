"""What a film or a sound is packed in, as its file says: the kind, the length, whether it is whole.

Only the file's frame is read, never its pictures: WebM is EBML (RFC 8794, RFC 9559), MP4 is boxes
(ISO/IEC 14496-12). Of Ogg, WAV and MP3 no more than the first bytes are looked at.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from kit.errors import KitError
from kit.media.file_types import CONTAINER_OF
from kit.words import _

_SIGNATURES = {
    (0, b"\x1aE\xdf\xa3"): "WebM", (4, b"ftyp"): "MP4", (0, b"OggS"): "Ogg", (8, b"WAVE"): "WAV",
    (0, b"ID3"): "MP3", (0, b"\xff\xfb"): "MP3", (0, b"\xff\xf3"): "MP3", (0, b"\xff\xf2"): "MP3",
}  # fmt: skip
_HEADER, _DOCTYPE, _SEGMENT, _CLUSTER = 0x1A45DFA3, 0x4282, 0x18538067, 0x1F43B675
_INFO, _SCALE, _DURATION = 0x1549A966, 0x2AD7B1, 0x4489
_TRACKS, _TRACK, _TRACK_TYPE = 0x1654AE6B, 0xAE, 0x83
_TRACK_KINDS = {1: "picture", 2: "sound", b"vide": "picture", b"soun": "sound"}
_NANOSECONDS = 1_000_000_000
_MOST_PARTS = 100_000  # on one level; a film of an hour has some thousands


@dataclass(frozen=True)
class Container:
    """What a file says of itself.

    Attributes:
        kind: "WebM", "Matroska", "MP4", "Ogg", "WAV" or "MP3"; "" where it is none of these.
        seconds: its length; 0 where the file does not tell (Ogg, WAV and MP3 are not asked).
        has_picture, has_sound: whether it has such a track.
        problem: what is wrong with it, and what to do; None where nothing is.
        is_whole: whether all of the file is there.
    """

    kind: str = ""
    seconds: float = 0.0
    has_picture: bool = False
    has_sound: bool = False
    problem: KitError | None = None
    is_whole: bool = True


class _CutOffError(Exception):
    """The file ends before something that it holds."""


class _DamagedError(Exception):
    """Something stands in the file that has no place there."""


@dataclass(frozen=True)
class _Part:
    """An element or a box: its name, and where its content begins and ends in the file."""

    name: int | bytes
    start: int
    end: int


@dataclass
class _Found:
    """What has been read so far; of a file that is cut off it is more than nothing."""

    kind: str = ""
    scale: int = 1_000_000
    ticks: float = 0.0
    tracks: set[str] = field(default_factory=set)

    @property
    def seconds(self) -> float:
        return self.ticks * self.scale / _NANOSECONDS

    def container(self, problem: KitError | None, *, is_whole: bool = True) -> Container:
        tracks = ("picture" in self.tracks, "sound" in self.tracks)
        return Container(self.kind, self.seconds, *tracks, problem, is_whole)


def probe(path: Path) -> Container:
    """What a film or a sound is, and what is wrong with it. Raises nothing."""
    try:
        if path.exists() and not path.is_file():  # to read a pipe would be to wait for ever
            raise OSError(None, _("it is not a file"))
        with path.open("rb") as file:
            return _probe(file, path)
    except (OSError, ValueError) as error:  # a null byte in its name
        what = _("{name} cannot be read: {reason}.")
        mend = _("Check the file, its path and its permissions.")
        problem = _problem(path, what, mend, reason=getattr(error, "strerror", None) or error)
        return Container(problem=problem, is_whole=False)


def _probe(file: BinaryIO, path: Path) -> Container:
    size = os.fstat(file.fileno()).st_size
    found = _Found()
    again = _("Copy it again, or make it again.")
    if not size:
        problem = _problem(path, _("{name} is empty: it has 0 bytes."), again)
        return Container(problem=problem, is_whole=False)
    try:
        _read_all(file, size, found)
    except _CutOffError:
        what = _("{name} is cut off: only its first {size:.2f} MB are there.")
        return found.container(_problem(path, what, again, size=size / 1e6), is_whole=False)
    except _DamagedError:
        return found.container(_problem(path, _("{name} is damaged."), again), is_whole=False)
    return found.container(_problem_of(found, path))


def _problem_of(found: _Found, path: Path) -> KitError | None:
    """What is wrong with a file that could be read to its end."""
    prepare = _("Type kit media prepare with this file: it makes one that plays everywhere.")
    ending = next((ending for ending, kind in CONTAINER_OF.items() if kind == found.kind), "")
    if not found.kind:
        what = _("{name} is no film and no sound that browsers play.")
        return _problem(path, what, _("Is it the right file? kit media prepare makes one of it."))
    if not ending:
        what = _("{name} holds {kind}, which not every browser plays.")
        return _problem(path, what, prepare, kind=found.kind)
    if CONTAINER_OF.get(path.suffix.lower()) != found.kind:
        what = _("{name} holds {kind}, which is not what its name says.")
        mend = _("Let its name end in {ending}.").format(ending=ending)
        return _problem(path, what, mend, kind=found.kind)
    if found.kind in {"WebM", "MP4"} and not found.seconds:
        what = _("{name} does not say how long it is: its recording was not finished.")
        return _problem(path, what, prepare)
    if "sound" not in found.tracks:
        what = _("{name} has no sound.")
        return _problem(path, what, _("Make it again from a film that has its sound."))
    return None


def _problem(path: Path, what: str, mend: str, **values: object) -> KitError:
    return KitError(what.format(name=path.name, **values), mend)


def _read_all(file: BinaryIO, size: int, found: _Found) -> None:
    start = file.read(12)
    kinds = (kind for (at, sign), kind in _SIGNATURES.items() if start[at:].startswith(sign))
    found.kind = next(kinds, "")
    if found.kind == "WebM":
        _read_webm(file, size, found)
    elif found.kind == "MP4":
        _read_mp4(file, size, found)
    elif found.kind:
        found.tracks.add("sound")


def _read(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    read = file.read(count)
    if len(read) < count:
        raise _CutOffError
    return read


def _whole_number(file: BinaryIO, start: int, count: int) -> int:
    return int.from_bytes(_read(file, start, min(count, 8)), "big")


# WebM -------------------------------------------------------------------------------------------


def _read_webm(file: BinaryIO, size: int, found: _Found) -> None:
    for part in _elements(file, 0, size):
        if part.name == _HEADER and b"webm" not in _doctype(file, part):
            found.kind = "Matroska"
        if part.name == _SEGMENT:
            _read_segment(file, part, found)
            return


def _read_segment(file: BinaryIO, segment: _Part, found: _Found) -> None:
    for part in _elements(file, segment.start, segment.end):
        if part.name == _INFO:
            _read_info(file, part, found)
        elif part.name == _TRACKS:
            for track in _elements(file, part.start, part.end):
                if track.name == _TRACK:
                    _read_track(file, track, found)


def _read_info(file: BinaryIO, info: _Part, found: _Found) -> None:
    for part in _elements(file, info.start, info.end):
        if part.name == _SCALE:
            found.scale = _whole_number(file, part.start, part.end - part.start)
        elif part.name == _DURATION:
            found.ticks = _real_number(file, part)


def _read_track(file: BinaryIO, track: _Part, found: _Found) -> None:
    for part in _elements(file, track.start, track.end):
        if part.name == _TRACK_TYPE:
            kind = _whole_number(file, part.start, part.end - part.start)
            found.tracks.add(_TRACK_KINDS.get(kind, ""))


def _elements(file: BinaryIO, start: int, end: int) -> Iterator[_Part]:
    """The elements between two places of the file; one of unknown size reaches to the end."""
    for _count in range(_MOST_PARTS):
        if start >= end:
            return
        name, after = _marked_number(file, start, keep_mark=True)
        length, after = _marked_number(file, after, keep_mark=False)
        if name is None:
            raise _DamagedError
        if name == _CLUSTER and length is None:  # of a live recording: where it ends is not said
            return
        inside = end if length is None else after + length
        yield _Part(name, after, min(inside, end))
        if inside > end:
            raise _CutOffError
        start = inside
    raise _DamagedError


def _marked_number(file: BinaryIO, at: int, *, keep_mark: bool) -> tuple[int | None, int]:
    """A number whose first bit set tells its length, and where it ends; None: "unknown"."""
    length = 9 - _read(file, at, 1)[0].bit_length()
    if length > (4 if keep_mark else 8):
        raise _DamagedError
    value = _whole_number(file, at, length)
    mark = 1 << (7 * length)
    if value == 2 * mark - 1:
        return None, at + length
    return value if keep_mark else value - mark, at + length


def _doctype(file: BinaryIO, header: _Part) -> bytes:
    for each in _elements(file, header.start, header.end):
        if each.name == _DOCTYPE:
            return _read(file, each.start, min(each.end - each.start, 16))
    return b""


def _real_number(file: BinaryIO, part: _Part) -> float:
    form = {4: ">f", 8: ">d"}.get(part.end - part.start)
    if not form:
        raise _DamagedError
    (value,) = struct.unpack(form, _read(file, part.start, part.end - part.start))
    return float(value) if 0 < value < float("inf") else 0.0


# MP4 --------------------------------------------------------------------------------------------


def _read_mp4(file: BinaryIO, size: int, found: _Found) -> None:
    for box in _boxes(file, 0, size):
        for part in _boxes(file, box.start, box.end) if box.name == b"moov" else ():
            if part.name == b"mvhd":
                _read_length(file, part.start, found)
            elif part.name == b"trak":
                found.tracks.add(_track_kind(file, part))


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[_Part]:
    """The boxes between two places of the file; one without a size reaches to the end."""
    for _count in range(_MOST_PARTS):
        if start >= end:
            return
        after = start + 8
        length, name = struct.unpack(">I4s", _read(file, start, 8))
        if length == 1:
            after, length = start + 16, _whole_number(file, after, 8)
        inside = start + length if length else end
        if inside < after:
            raise _DamagedError
        yield _Part(name, after, min(inside, end))
        if inside > end:
            raise _CutOffError
        start = inside
    raise _DamagedError


def _read_length(file: BinaryIO, start: int, found: _Found) -> None:
    """From a movie header, whose version tells how wide its numbers are."""
    is_wide = _read(file, start, 1) == b"\1"
    at, width = (20, 8) if is_wide else (12, 4)
    scale = _whole_number(file, start + at, 4)
    length = _whole_number(file, start + at + 4, width)
    if scale and length != (1 << (8 * width)) - 1:
        found.scale, found.ticks = _NANOSECONDS, length / scale


def _track_kind(file: BinaryIO, track: _Part) -> str:
    for media in _boxes(file, track.start, track.end):
        for part in _boxes(file, media.start, media.end) if media.name == b"mdia" else ():
            if part.name == b"hdlr":
                return _TRACK_KINDS.get(_read(file, part.start + 8, 4), "")
    return ""
