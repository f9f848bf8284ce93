"""Sentences become sound, and the sound gives every sentence its exact time.

A voice is a function that speaks one text into one WAV file. Two come with the kit:

- ``flite`` (BSD-like licence, English only), the default: its recorded voice ``rms`` was by far
  the better understood. Of 31 plain sentences of lesson 01 the recogniser pocketsphinx 5.1.1 got
  10% of its words wrong, about 30% of the voice ``slt``'s and 86% of espeak-ng's, all at about
  the paces below. (A recogniser has learnt from people, so for a person the gap may be smaller.)
- ``espeak-ng``, which speaks a hundred languages.

Another one is one more function of this shape, given to :func:`kit.authoring.film.narrate.narrate`.
"""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from kit.authoring.programs import find_program, run_program
from kit.errors import KitError
from kit.media.captions import reading_time
from kit.media.slides import Sentence, Slide
from kit.words import _

Voice: TypeAlias = Callable[[str, Path], None]
"""Speaks a text into a WAV file: mono, 16 bit, always at the same rate."""

FIRST_PAUSE = 0.5
"""Seconds of silence before the first word of a slide, in which the eye finds the slide."""

SENTENCE_PAUSE = 0.2
"""Seconds of silence between two sentences, besides what the voice itself leaves (flite: 0.3)."""

SLIDE_PAUSE = 1.0
"""Seconds of silence after the last word of a slide."""

_FLITE_STRETCH = 1.02  # of the voice's own pace; gives about 160 words a minute
_ESPEAK_SPEED = 120  # what espeak-ng calls words a minute; about 160 of plain English


@dataclass(frozen=True)
class Said:
    """A sentence with the time in which it is said, in seconds from the film's beginning."""

    sentence: Sentence
    start: float
    end: float


@dataclass(frozen=True)
class Scene:
    """A slide with the time in which it is shown, in seconds, and what is said meanwhile."""

    slide: Slide
    start: float
    end: float
    said: tuple[Said, ...]


def flite(language: str) -> Voice:
    """The voice of flite.

    Raises:
        KitError: flite is not installed, or the language is not English.
    """
    if not language.lower().startswith("en"):
        raise KitError(
            _("flite speaks English, not '{language}'.").format(language=language),
            _("Add --voice espeak-ng, which speaks many languages."),
        )
    program = find_program("flite", "flite")

    def speak(text: str, target: Path) -> None:
        stretch = f"duration_stretch={_FLITE_STRETCH}"
        run_program(program, "-voice", "rms", "--setf", stretch, "-t", text, "-o", str(target))

    return speak


def espeak(language: str) -> Voice:
    """The voice of espeak-ng in a language, such as ``"de"`` or ``"en-us"``.

    Raises:
        KitError: espeak-ng is not installed.
    """
    program = find_program("espeak-ng", "espeak-ng")

    def speak(text: str, target: Path) -> None:
        # -z: no silence of its own at the end, because the pauses are ours
        options = ("-v", language, "-s", str(_ESPEAK_SPEED), "-z", "-w", str(target))
        run_program(program, *options, "--", text)

    return speak


VOICES: dict[str, Callable[[str], Voice]] = {"flite": flite, "espeak-ng": espeak}


def speak_slides(
    slides: Sequence[Slide], voice: Voice, folder: Path, done: Callable[[], None]
) -> list[list[Path]]:
    """One WAV file for each sentence of each slide; ``done`` is called after each."""
    spoken = []
    for slide in slides:
        files = []
        for number, sentence in enumerate(slide.sentences, start=1):
            target = folder / f"slide-{slide.number:02}-{number:02}.wav"
            voice(sentence.spoken, target)
            files.append(target)
            done()
        spoken.append(files)
    return spoken


def join_speech(
    slides: Sequence[Slide], spoken: Sequence[Sequence[Path]], target: Path, frame_rate: int
) -> list[Scene]:
    """Write all sentences with their pauses into one WAV file.

    Each slide is padded to a whole number of video frames, so that sound and picture never drift.

    Args:
        slides: the slides.
        spoken: for each slide, one WAV file for each sentence.
        target: the WAV file to write.
        frame_rate: of the video, in frames a second.

    Returns:
        When each slide is shown and each sentence said, to the sample.
    """
    rate = _sample_rate(spoken)
    scenes = []
    with wave.open(str(target), "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        for slide, files in zip(slides, spoken, strict=True):
            start = sound.tell() / rate
            said = tuple(_say_all(sound, slide.sentences, files))
            _silence(sound, SLIDE_PAUSE - SENTENCE_PAUSE)
            frames = -(-sound.tell() * frame_rate // rate)  # rounded up
            _silence(sound, frames / frame_rate - sound.tell() / rate)
            scenes.append(Scene(slide, start, sound.tell() / rate, said))
    return scenes


def _say_all(
    sound: wave.Wave_write, sentences: Iterable[Sentence], files: Iterable[Path]
) -> Iterable[Said]:
    rate = sound.getframerate()
    _silence(sound, FIRST_PAUSE)
    for sentence, file in zip(sentences, files, strict=True):
        start = sound.tell() / rate
        with wave.open(str(file), "rb") as speech:
            sound.writeframes(speech.readframes(speech.getnframes()))
        # a number is read slower than it is said in few letters, or the reverse: wait for the eye
        _silence(sound, reading_time(sentence.shown) - (sound.tell() / rate - start))
        yield Said(sentence, start, sound.tell() / rate)
        _silence(sound, SENTENCE_PAUSE)


def _silence(sound: wave.Wave_write, seconds: float) -> None:
    samples = max(0, round(seconds * sound.getframerate()))
    sound.writeframes(bytes(2 * samples))


def _sample_rate(spoken: Sequence[Sequence[Path]]) -> int:
    """The rate in Hz that all WAV files share."""
    kinds = set()
    for file in (file for files in spoken for file in files):
        with wave.open(str(file), "rb") as speech:
            kinds.add((speech.getnchannels(), speech.getsampwidth(), speech.getframerate()))
    if len(kinds) != 1 or next(iter(kinds))[:2] != (1, 2):
        raise KitError(
            _("The voice wrote sounds of other kinds than one: {kinds}.").format(kinds=kinds),
            _("A voice must write mono WAV files of 16 bit, all at one rate."),
        )
    return kinds.pop()[2]
