"""A recorded film or sound becomes what browsers play: WebM and MP4, at the loudness of the others.

FILE -> NAME.webm, NAME.mp4, NAME.png, NAME.chapters.vtt (where it has chapters)
     `-> of a sound alone: NAME.webm, NAME.m4a
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.authoring.film import encode as films
from kit.authoring.film.cues import write_vtt
from kit.authoring.film.encode import Source, encode, make_poster
from kit.authoring.film.ffmpeg import PICTURE, Reached, file_name, run_ffmpeg
from kit.authoring.film.loudness import levelled, measure_loudness
from kit.authoring.film.made import Facts, inputs_of, is_made, put_in_place, read_record, workshop
from kit.authoring.film.programs import find_program, run_program
from kit.errors import KitError
from kit.media.captions import Cue
from kit.media.container import probe
from kit.words import _

WIDTH, HEIGHT, FRAME_RATE = 1280, 720, 30
"""The most pixels and frames a second of a film; a smaller one stays as it is."""

_NUMBER = 1  # of the way in which films are made: one more, and each is made anew
_POSTER_AT = 0.1  # of the film, where nobody says
_POSTER = "scale=854:-2"
_COLOURS = 128
_SIZES = ((500_000, HEIGHT, FRAME_RATE), (200_000, 480, 25), (0, 360, 15))
"""From which rate on, in bits a second, a picture that has to fit is how high and how fast."""

Progressed = Callable[[str, float, float], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class PrepareOrder:
    """What is to be made.

    Attributes:
        source: the film or the sound.
        folder: where to write.
        budget: the most bytes that each film may have; None: anything.
        poster: the second of the film that the poster shows; None: one near the beginning.
    """

    source: Path
    folder: Path
    budget: float | None = None
    poster: float | None = None


@dataclass(frozen=True)
class Prepared:
    """What was made.

    Attributes:
        files: the films, the poster and the chapters.
        seconds, loudness: of the film; the loudness in LUFS, None where nothing is to be heard.
        is_new: whether anything had to be done.
    """

    files: tuple[Path, ...]
    seconds: float
    loudness: float | None
    is_new: bool = True


@dataclass(frozen=True)
class Probed:
    """What ffprobe says of the source."""

    seconds: float
    has_picture: bool
    has_sound: bool
    chapters: tuple[Cue, ...]


def prepare(order: PrepareOrder, progressed: Progressed) -> Prepared:
    """Make the films, the poster and the chapters; or nothing, where they are made.

    Args:
        order: what is to be made.
        progressed: told how far the work is.

    Raises:
        KitError: the source or the machine lacks something; the files of before are as they were.
    """
    probed = ask_ffprobe(order.source)
    if order.poster and order.poster >= probed.seconds:
        raise KitError(
            _("{path} has no picture at second {at:.0f}: it has {seconds:.0f}.").format(
                path=order.source, at=order.poster, seconds=probed.seconds
            ),
            _("Name a time before its end with --poster."),
        )
    names = _names(order.source, probed)
    for name in names:
        if (order.folder / name).resolve() == order.source.resolve():
            raise KitError(
                _("{path} would be written over by what is made of it.").format(path=order.source),
                _("Move it out of {folder} first, or name another folder with --out.").format(
                    folder=order.folder
                ),
            )
    how = {"number": _NUMBER, "budget": order.budget, "poster": order.poster}
    inputs = inputs_of(order.folder, [order.source], how)
    if is_made(order.folder, names, inputs):
        facts = read_record(order.folder)[names[0]]
        files = tuple(order.folder / name for name in names)
        return Prepared(files, facts["seconds"], facts["lufs"], is_new=False)
    with workshop() as work:
        loudness = _make(order, probed, work, progressed)
        facts_of = {name: Facts(probed.seconds, loudness) for name in names[:2]}
        made = put_in_place([work / name for name in names], order.folder, inputs, facts_of)
    return Prepared(tuple(made), probed.seconds, loudness)


def ask_ffprobe(source: Path) -> Probed:
    """What is in a film or a sound.

    Raises:
        KitError: it is neither, or not all of it is there.
    """
    program = find_program("ffprobe", "ffmpeg")
    film = probe(source)
    if film.problem and not film.is_whole:  # ffmpeg would make a film of what is left of it
        raise film.problem
    try:
        said = run_program(
            *(program, "-v", "quiet", "-of", "json", "-show_streams", "-show_format"),
            *("-show_chapters", file_name(source)),
        )
    except KitError as error:
        raise _no_film(source) from error
    found = json.loads(said[said.index("{") : said.rindex("}") + 1])
    kinds = [
        each.get("codec_type")
        for each in found.get("streams", [])
        if not each.get("disposition", {}).get("attached_pic")  # the cover of an album
    ]
    if not {"video", "audio"} & set(kinds):
        raise _no_film(source)
    seconds = float(found.get("format", {}).get("duration", 0)) or _length_of(source)
    return Probed(seconds, "video" in kinds, "audio" in kinds, _chapters(found))


def _no_film(source: Path) -> KitError:
    return KitError(
        _("{path} is no film and no sound that ffmpeg can read.").format(path=source),
        _("Is it the right file? Does a player on this computer play it?"),
    )


def _length_of(source: Path) -> float:
    """The length of a recording that does not say it: where reading it ends."""
    reached = [0.0]
    run_ffmpeg(
        *("-i", file_name(source), "-map", "0:V?", "-map", "0:a?", "-c", "copy", "-f", "null", "-"),
        reached=reached.append,
    )
    return max(reached)


def _chapters(found: dict[str, Any]) -> tuple[Cue, ...]:
    return tuple(
        Cue(
            float(chapter["start_time"]),
            float(chapter["end_time"]),
            chapter.get("tags", {}).get("title") or _("Part {number}").format(number=number),
        )
        for number, chapter in enumerate(found.get("chapters", []), start=1)
    )


def _names(source: Path, probed: Probed) -> list[str]:
    endings = [".webm", ".mp4", ".png"] if probed.has_picture else [".webm", ".m4a"]
    return [source.stem + each for each in (*endings, *[".chapters.vtt"] * bool(probed.chapters))]


def _make(order: PrepareOrder, probed: Probed, work: Path, progressed: Progressed) -> float | None:
    """Everything, in a folder for the work; the loudness of the first film."""
    length = probed.seconds

    def reached(what: str) -> Reached:
        return lambda second: progressed(what, min(second, length), length)

    sound: Sequence[str] = ()
    if probed.has_sound:
        listened = reached(_("Listening"))
        measured = measure_loudness(order.source, listened)
        listened(length)
        sound = ("-map", "0:a:0", *(() if measured.is_silent else ("-af", levelled(measured))))
    picture: Sequence[str] = ()
    tight: Sequence[str] = ()
    if probed.has_picture:
        rate = films.rate_of_picture(order.budget, length) if order.budget else 0
        picture, tight = _picture(HEIGHT, FRAME_RATE), _picture(*_size_at(rate))
    source = Source(("-i", file_name(order.source)), picture, tight, sound, length)
    name = order.source.stem
    webm, other = (films.WEBM, films.MP4) if probed.has_picture else (films.OPUS, films.AAC)
    second = ".mp4" if probed.has_picture else ".m4a"
    encode(source, webm, work / f"{name}.webm", order.budget, reached("WebM"))
    encode(source, other, work / (name + second), order.budget, reached("MP4"))
    if probed.has_picture:
        _poster(order, probed, work / f"{name}.png")
    if probed.chapters:
        text = write_vtt(probed.chapters)
        (work / f"{name}.chapters.vtt").write_text(text, encoding="utf-8", newline="\n")
    if not probed.has_sound:
        return None
    after = measure_loudness(work / f"{name}.webm")
    return None if after.is_silent else round(after.level, 1)


def _size_at(rate: int) -> tuple[int, int]:
    """How high and how fast a picture is at a rate."""
    return next((height, fast) for least, height, fast in _SIZES if rate >= least or not least)


def _picture(height: int, frame_rate: int) -> Sequence[str]:
    """The options for the picture, no larger and no faster than that."""
    smaller = (
        f"scale=w='min({WIDTH * height // HEIGHT},iw)':h='min({height},ih)'"
        ":force_original_aspect_ratio=decrease:force_divisible_by=2"
        ":out_color_matrix=bt709:out_range=tv,setsar=1,format=yuv420p"
    )
    return ("-map", "0:V:0", "-vf", smaller, "-fpsmax", str(frame_rate))


def _poster(order: PrepareOrder, probed: Probed, target: Path) -> None:
    at = _POSTER_AT * probed.seconds if order.poster is None else order.poster
    source = ("-i", file_name(order.source))
    make_poster(("-ss", f"{at:.3f}", *source), target, _COLOURS, _POSTER)
    if not target.is_file():  # no picture begins from then on: the last one still stands
        last = _last_picture(source, at, target.with_suffix(".bmp"))
        make_poster((*PICTURE, "-i", file_name(last)), target, _COLOURS)


def _last_picture(source: Sequence[str], at: float, target: Path) -> Path:
    """The last picture of a film, scaled for a poster: each that follows writes over the one
    before, from the key frame before a second, or all where ffmpeg finds none there (MPEG-TS)."""
    # Ten a second, whatever their times are: else ffmpeg leaves out those from before the second.
    each = ("-map", "0:V:0", "-vf", f"{_POSTER},settb=1/1000,setpts=100*N", "-r", "10")
    for begin in (("-noaccurate_seek", "-ss", f"{at:.3f}"), ()):
        if not target.is_file():
            run_ffmpeg(*begin, *source, *each, "-update", "1", file_name(target))
    return target
