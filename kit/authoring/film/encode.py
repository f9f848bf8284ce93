"""What ffmpeg writes: WebM (VP9, Opus) and MP4 (H.264, AAC), no larger than a budget.

A film is written at a constant quality first. If that is over its budget, it is written once more,
in two passes, at the rate that the budget leaves for the picture. A sound has one lower rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.authoring.film.ffmpeg import Reached, file_name, run_ffmpeg
from kit.errors import KitError
from kit.media.container import probe
from kit.words import _

MEGABYTE = 1_000_000

_COLOURS = (
    *("-pix_fmt", "yuv420p", "-colorspace", "bt709", "-color_primaries", "bt709"),
    *("-color_trc", "bt709", "-color_range", "tv"),
)
# Rows in parallel do not change the bytes, so the same slides give the same film.
_VP9 = (
    "-c:v",
    "libvpx-vp9",
    "-deadline",
    "good",
    "-cpu-used",
    "4",
    "-row-mt",
    "1",
    "-threads",
    "2",
)
# No date, no version of ffmpeg, no random identifier in the file.
_REPEATABLE = (
    *("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"),
    *("-flags:v", "+bitexact", "-flags:a", "+bitexact"),
)
_FOR_CONTAINER = 0.97  # of a budget; the rest is the container's own, and what a rate overshoots
_ATTEMPTS = 2  # at a rate; the second knows by how much the first was too large
_LEAST_RATE = 20_000  # bits a second for the picture; below, not even slides can be read
_SMALL_PICTURE = "split[a][b];[a]palettegen=max_colors={colours}[p];[b][p]paletteuse=dither=none"


@dataclass(frozen=True)
class Format:
    """How a kind of file is written.

    Attributes:
        picture: the options of the picture's encoder; none for a sound.
        quality: those of its constant quality, left out where a rate is given.
        sound: the options of the sound's encoder.
        tight_sound: the same where the file has to fit into a budget.
        container: the options of the file.
    """

    picture: tuple[str, ...]
    quality: tuple[str, ...]
    sound: tuple[str, ...]
    tight_sound: tuple[str, ...]
    container: tuple[str, ...] = ()


def _opus(rate: int, channels: int) -> tuple[str, ...]:
    return (
        *("-c:a", "libopus", "-b:a", str(rate), "-ac", str(channels), "-ar", "48000"),
        *("-application", "audio"),
    )


def _aac(rate: int, channels: int) -> tuple[str, ...]:
    return ("-c:a", "aac", "-b:a", str(rate), "-ac", str(channels), "-ar", "48000")


TIGHT_SOUND = 40_000
"""Bits a second of a voice where there is a budget."""

# A key frame at least every 10 s, so that seeking is quick.
SLIDES = Format(
    picture=(*_VP9, *_COLOURS, "-g", "100"), quality=("-crf", "28", "-b:v", "0"),
    sound=_opus(TIGHT_SOUND, 1), tight_sound=_opus(TIGHT_SOUND, 1),
)  # fmt: skip
"""For stills at ten frames a second, and a voice."""

WEBM = Format(
    picture=(*_VP9, *_COLOURS, "-g", "240"), quality=("-crf", "33", "-b:v", "0"),
    sound=_opus(64_000, 2), tight_sound=_opus(TIGHT_SOUND, 1),
)  # fmt: skip
MP4 = Format(
    picture=("-c:v", "libx264", "-preset", "medium", *_COLOURS, "-g", "240"),
    quality=("-crf", "23"), sound=_aac(96_000, 2), tight_sound=_aac(TIGHT_SOUND, 1),
    container=("-movflags", "+faststart"),
)  # fmt: skip
OPUS = Format((), (), WEBM.sound, WEBM.tight_sound)
AAC = Format((), (), MP4.sound, MP4.tight_sound, MP4.container)


@dataclass(frozen=True)
class Source:
    """What is encoded.

    Attributes:
        inputs: the options that name the files which ffmpeg reads.
        picture: the options that choose and filter the picture; none where there is none.
        tight_picture: the same where the film has to fit into a budget.
        sound: the options that choose and filter the sound; none where there is none.
        seconds: its length.
    """

    inputs: Sequence[str]
    picture: Sequence[str]
    tight_picture: Sequence[str]
    sound: Sequence[str]
    seconds: float


def rate_of_picture(budget: float, seconds: float) -> int:
    """The bits a second that a budget in bytes leaves for the picture."""
    return int(8 * budget * _FOR_CONTAINER / seconds) - TIGHT_SOUND


def encode(
    source: Source, form: Format, target: Path, budget: float | None, reached: Reached
) -> None:
    """Write a film or a sound.

    Args:
        source: what is encoded.
        form: how.
        target: the file to write.
        budget: the most that it may have, in bytes; None: anything.
        reached: told the second that has been written.

    Raises:
        KitError: ffmpeg is missing or failed, or the film does not fit into its budget.
    """
    chosen = (*source.picture, *form.picture, *form.quality) if source.picture else ()
    sound = (*source.sound, *form.sound) if source.sound else ()
    _write(source, (*chosen, *sound, *form.container), target, reached)
    if budget and target.stat().st_size > budget:
        _write_smaller(source, form, target, budget, reached)
    film = probe(target)
    if film.problem and (source.sound or not film.is_whole or not film.seconds):
        raise KitError(
            _("ffmpeg wrote a file that is not whole. {problem}").format(problem=film.problem.what),
            _("Is there room on the disk?"),
        )


def _write_smaller(
    source: Source, form: Format, target: Path, budget: float, reached: Reached
) -> None:
    """Over a file that is too large."""
    if source.picture:
        _write_at_a_rate(source, form, target, budget, reached)
    else:
        _write(source, (*source.sound, *form.tight_sound, *form.container), target, reached)
    if target.stat().st_size > budget:
        raise KitError(
            _("{name}: {seconds:.0f} seconds do not fit into {budget:.1f} MB.").format(
                name=target.name, seconds=source.seconds, budget=budget / MEGABYTE
            ),
            _("Make it shorter, or --budget larger. Nothing was written."),
        )


def _write_at_a_rate(
    source: Source, form: Format, target: Path, budget: float, reached: Reached
) -> None:
    """As often as it takes to fit; where even the least rate is too high, the file stays."""
    rate = rate_of_picture(budget, source.seconds)
    for _attempt in range(_ATTEMPTS):
        if rate < _LEAST_RATE:
            return
        _write_twice(source, form, target, rate, reached)
        size = target.stat().st_size
        if size <= budget:
            return
        rate = int(rate * _FOR_CONTAINER * budget / size)


def _write_twice(source: Source, form: Format, target: Path, rate: int, reached: Reached) -> None:
    """In two passes, the first of which only looks at the picture."""
    log = ("-passlogfile", str(target.with_suffix("")))
    chosen = (*source.tight_picture, *form.picture, "-b:v", str(rate), *log)
    sound = (*source.sound, *form.tight_sound) if source.sound else ()
    _write(source, (*chosen, "-pass", "1", *form.container), target, reached)
    _write(source, (*chosen, "-pass", "2", *sound, *form.container), target, reached)


def _write(source: Source, options: Sequence[str], target: Path, reached: Reached) -> None:
    run_ffmpeg(*source.inputs, *options, *_REPEATABLE, file_name(target), reached=reached)
    reached(source.seconds)


def make_poster(picture: Sequence[str], target: Path, colours: int, scaled: str = "") -> None:
    """A still as a PNG file of few colours: a third of the bytes, and little difference to the eye.

    Args:
        picture: the options that name what ffmpeg reads.
        target: the file to write.
        colours: how many, 256 at most.
        scaled: a filter that makes it smaller.
    """
    # The one picture: a palette of a whole film waits for its end, with all of it in the memory.
    filters = ("trim=end_frame=1", scaled, _SMALL_PICTURE.format(colours=colours))
    small = ",".join(filter(None, filters))
    alone = ("-frames:v", "1", "-update", "1")  # and no row of them, even with a %d in the name
    run_ffmpeg(*picture, *alone, "-vf", small, "-fflags", "+bitexact", file_name(target))
