"""Pictures and sound become one WebM file: VP9 and Opus, at a fixed loudness.

Loudness is measured and set after EBU R 128: -16 LUFS, as is usual for speech on phones and
laptops, with true peaks at -2 dBTP before Opus, which may add a little to them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.authoring.film.speech import Scene
from kit.authoring.programs import find_program, run_program
from kit.errors import KitError
from kit.words import _

FRAME_RATE = 10
"""Frames a second: stills need no more, and a slide still changes within 0.1 s of its sound."""

LOUDNESS = -16.0
"""LUFS, over the whole film."""

_TARGET = f"loudnorm=I={LOUDNESS}:TP=-2:LRA=11"
_TOLERANCE = 2.0  # LU; a film of a few seconds comes out less exact than a lesson's
# VP9 for stills: constant quality, and a key frame at least every 10 s so that seeking is quick.
# Rows in parallel do not change the bytes, so the same slides give the same film.
_VIDEO = (
    *("-c:v", "libvpx-vp9", "-crf", "28", "-b:v", "0", "-deadline", "good", "-cpu-used", "4"),
    *("-g", str(10 * FRAME_RATE), "-row-mt", "1", "-threads", "2", "-pix_fmt", "yuv420p"),
    *("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"),
    *("-color_range", "tv"),
)
_AUDIO = ("-c:a", "libopus", "-b:a", "40k", "-ac", "1", "-ar", "48000", "-application", "audio")
# No date, no version of ffmpeg, no random identifier in the file.
_REPEATABLE = (
    *("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"),
    *("-flags:a", "+bitexact"),
)
_SMALL_PICTURE = "split[a][b];[a]palettegen=max_colors=64[p];[b][p]paletteuse=dither=none"


@dataclass(frozen=True)
class Loudness:
    """What EBU R 128 says of a sound: ``level`` and ``threshold`` in LUFS, ``spread`` in LU,
    ``peak`` in dBTP."""

    level: float
    peak: float
    spread: float
    threshold: float


def measure_loudness(sound: Path) -> Loudness:
    """The loudness of a sound or of a film's sound."""
    ffmpeg = find_program("ffmpeg", "ffmpeg")
    report = run_program(
        *(ffmpeg, "-hide_banner", "-nostats", "-i", str(sound), "-vn"),
        *("-af", f"{_TARGET}:print_format=json", "-f", "null", "-"),
    )
    found = json.loads(report[report.rindex("{") : report.rindex("}") + 1])
    keys = ("input_i", "input_tp", "input_lra", "input_thresh")
    return Loudness(*(float(found[key]) for key in keys))


def make_film(
    scenes: Sequence[Scene],
    pictures: Sequence[Path],
    sound: Path,
    target: Path,
    reached: Callable[[float], None],
) -> Loudness:
    """Write the film.

    Args:
        scenes: when each slide is shown.
        pictures: one PNG file for each scene.
        sound: the whole speech, as long as the scenes together.
        target: the WebM file to write.
        reached: called now and then with the second of the film that has been written.

    Returns:
        The film's loudness, measured on the film.

    Raises:
        KitError: ffmpeg is missing or failed, or the loudness came out wrong.
    """
    before = measure_loudness(sound)
    run_program(
        *(find_program("ffmpeg", "ffmpeg"), "-hide_banner", "-nostats", "-progress", "pipe:1"),
        *("-loglevel", "error", "-y", *_inputs(scenes, pictures), "-i", str(sound)),
        *("-filter_complex", _joined(len(pictures)), "-map", "[video]"),
        *("-map", f"{len(pictures)}:a", "-af", _levelled(before)),
        *("-force_key_frames", ",".join(f"{scene.start:.3f}" for scene in scenes)),
        *(*_VIDEO, *_AUDIO, *_REPEATABLE, str(target)),
        heard=lambda line: _tell(line, reached),
    )
    after = measure_loudness(target)
    if abs(after.level - LOUDNESS) > _TOLERANCE:
        raise KitError(
            _("The film came out at {level} LUFS and not at {wanted}.").format(
                level=after.level, wanted=LOUDNESS
            ),
            _("Is there speech in every sentence? Listen to the voice by itself."),
        )
    return after


def make_poster(picture: Path, target: Path) -> None:
    """A slide as a PNG file of 64 colours: a third of the bytes, and no difference to the eye."""
    ffmpeg = find_program("ffmpeg", "ffmpeg")
    quiet = ("-hide_banner", "-loglevel", "error", "-y")
    run_program(ffmpeg, *quiet, "-i", str(picture), "-vf", _SMALL_PICTURE, str(target))


def _inputs(scenes: Sequence[Scene], pictures: Sequence[Path]) -> list[str]:
    """Each picture as a stream of its scene's length."""
    arguments = []
    for scene, picture in zip(scenes, pictures, strict=True):
        length = f"{scene.end - scene.start:.3f}"
        arguments += ["-loop", "1", "-framerate", str(FRAME_RATE), "-t", length, "-i", str(picture)]
    return arguments


def _joined(count: int) -> str:
    """The filter that shows the pictures in turn, in the colours that players expect."""
    streams = "".join(f"[{number}:v]" for number in range(count))
    colours = "scale=out_color_matrix=bt709:out_range=tv"
    return f"{streams}concat=n={count}:v=1:a=0,{colours},format=yuv420p[video]"


def _levelled(measured: Loudness) -> str:
    """The second pass of loudnorm, which knows what the first one measured."""
    return (
        f"{_TARGET}:linear=true:measured_I={measured.level}:measured_TP={measured.peak}"
        f":measured_LRA={measured.spread}:measured_thresh={measured.threshold}"
    )


def _tell(line: str, reached: Callable[[float], None]) -> None:
    key, equals, value = line.partition("=")
    if key == "out_time_us" and equals and value.isdigit():
        reached(int(value) / 1_000_000)
