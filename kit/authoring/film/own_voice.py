"""One's own voice: a recording of a slide takes the place of the engine.

Where each sentence begins and ends is heard from the pauses: of n sentences, the n - 1 longest.
"""

from __future__ import annotations

import re
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path

from kit.authoring.film.cues import spoken_length
from kit.authoring.film.ffmpeg import REPORTING, file_name, run_ffmpeg
from kit.authoring.film.loudness import LOUDNESS, Loudness, measure_loudness
from kit.authoring.film.speech import Take, seconds_of
from kit.errors import KitError
from kit.media.slides import Slide
from kit.words import _

RATE = 48_000
"""Hz, of everything that is joined where there is a recording."""

_QUIET = -38  # dB, in a recording at -16 LUFS: a room's noise is below, speech is above
_PAUSE = 0.15  # seconds; shorter ones are between words
_ROOM = 0.05  # seconds of quiet that are kept before the first word and after the last
_SILENCE = re.compile(r"silence_(start|end): (-?[\d.]+)")

Span = tuple[float, float]


@dataclass(frozen=True)
class Recording:
    """A slide's recording, ready to be joined.

    Attributes:
        take: the sound, with the times of its sentences.
        is_heard: whether they were heard from the pauses; else they are by the sentences' length.
    """

    take: Take
    is_heard: bool


def recording_of(slide: Slide, source: Path) -> Path | None:
    """The file of a slide's recording; None where the engine speaks.

    Raises:
        KitError: the slide names a file that is not there.
    """
    if not slide.voice:
        return None
    path = source.parent / slide.voice
    if not path.is_file():
        raise KitError(
            _("{path}, line {line}: slide {number} names a recording that is not there: {file}.")
            .format(path=source, line=slide.line, number=slide.number, file=slide.voice),
            _("Put it next to the slides, or take the comment <!-- voice: ... --> out."),
        )  # fmt: skip
    return path


def read_recording(slide: Slide, file: Path, folder: Path) -> Recording:
    """A slide's recording: at the film's loudness, without the quiet around it, with its times.

    Raises:
        KitError: it cannot be read, or nothing is to be heard in it.
    """
    measured = measure_loudness(file)
    if measured.is_silent:
        raise KitError(
            _("Nothing is to be heard in the recording {path}.").format(path=file),
            _("Listen to it, and record the slide again."),
        )
    levelled = at_level(file, measured, folder / f"slide-{slide.number:02}-own.wav")
    length = seconds_of(levelled)
    quiet = _silences(levelled, length)
    start = quiet[0][1] if quiet and quiet[0][0] <= _ROOM else 0.0
    end = quiet[-1][0] if quiet and quiet[-1][1] >= length - _ROOM else length
    pauses = [span for span in quiet if start < span[0] and span[1] < end]
    letters = [spoken_length(sentence.spoken) for sentence in slide.sentences]
    is_heard = len(pauses) >= len(letters) - 1
    spans = (
        between(pauses, len(letters), start, end) if is_heard else by_length(letters, start, end)
    )
    first = max(0.0, start - _ROOM)
    cut = _cut(levelled, first, min(length, end + _ROOM))
    return Recording(Take(cut, tuple((a - first, b - first) for a, b in spans)), is_heard)


def at_level(file: Path, measured: Loudness, target: Path) -> Path:
    """The sound of a file at the film's loudness, as a mono WAV file of 16 bit."""
    gain = f"volume={LOUDNESS - measured.level:.2f}dB,alimiter=limit=0.8:level=disabled"
    run_ffmpeg(
        *("-i", file_name(file), "-vn", "-af", gain, "-ac", "1", "-ar", str(RATE)),
        *("-c:a", "pcm_s16le", "-fflags", "+bitexact", file_name(target)),
    )
    return target


def between(pauses: Sequence[Span], count: int, start: float, end: float) -> list[Span]:
    """So many sentences, between the longest pauses."""
    longest = sorted(pauses, key=lambda span: span[0] - span[1])[: count - 1]
    edges = [start, *(edge for span in sorted(longest) for edge in span), end]
    return list(zip(edges[::2], edges[1::2], strict=True))


def by_length(letters: Sequence[int], start: float, end: float) -> list[Span]:
    """A sentence for each number of letters, one after the other."""
    ends = accumulate(letters, initial=0)
    return list(pairwise(start + (end - start) * each / sum(letters) for each in ends))


def _silences(file: Path, length: float) -> list[Span]:
    """The pauses of a sound, in order, as ffmpeg hears them."""
    listening = f"silencedetect=noise={_QUIET}dB:d={_PAUSE}"
    report = run_ffmpeg("-i", file_name(file), "-af", listening, *REPORTING)
    times = [(kind, max(0.0, float(second))) for kind, second in _SILENCE.findall(report)]
    starts = [second for kind, second in times if kind == "start"]
    ends = [second for kind, second in times if kind == "end"]
    return list(zip(starts, [*ends, length][: len(starts)], strict=True))


def _cut(file: Path, start: float, end: float) -> Path:
    target = file.with_suffix(".cut.wav")
    with wave.open(str(file), "rb") as sound, wave.open(str(target), "wb") as part:
        part.setparams(sound.getparams())
        sound.setpos(round(start * RATE))
        part.writeframes(sound.readframes(round((end - start) * RATE)))
    return target
