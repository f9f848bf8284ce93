"""Sentences become sound, and the sound gives every sentence its exact time."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.authoring.film.cues import reading_time
from kit.authoring.film.voices import Speak
from kit.errors import KitError
from kit.media.slides import Sentence, Slide
from kit.words import _

FIRST_PAUSE = 0.5
"""Seconds of silence before the first word of a slide, in which the eye finds the slide."""

SENTENCE_PAUSE = 0.2
"""Seconds of silence between two sentences, besides what the voice itself leaves (flite: 0.3)."""

SLIDE_PAUSE = 1.0
"""Seconds of silence after the last word of a slide."""

LONGEST_SENTENCE = 10_000
"""Characters, about ten minutes of speech; more is a lack of full stops, and more than a program
can be given."""


@dataclass(frozen=True)
class Take:
    """A WAV file, and where in it, in seconds, each of its sentences begins and ends."""

    file: Path
    times: tuple[tuple[float, float], ...]


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


def need_speakable(slides: Sequence[Slide], source: Path) -> None:
    """Refuse notes that no program can be given.

    Raises:
        KitError: names the file, the line and the slide.
    """
    for slide in slides:
        place = _("{path}, line {line}: slide {number} ({title})").format(
            path=source, line=slide.line, number=slide.number, title=slide.title
        )
        if any("\0" in each.shown + each.spoken for each in slide.sentences):
            raise KitError(
                _("{place} has a character of NUL in its notes, which no voice can speak.").format(
                    place=place
                ),
                _("Delete it."),
            )
        length = max(len(each.spoken) for each in slide.sentences)
        if length > LONGEST_SENTENCE:
            raise KitError(
                _("{place} has a sentence of {length:,} characters in its notes.").format(
                    place=place, length=length
                ),
                _("End sentences with . or ! or ? and a space: each becomes a caption."),
            )


def speak_slide(slide: Slide, speak: Speak, folder: Path, done: Callable[[], None]) -> list[Take]:
    """One take for each sentence of a slide; ``done`` is called after each."""
    takes = []
    for number, sentence in enumerate(slide.sentences, start=1):
        target = folder / f"slide-{slide.number:02}-{number:02}.wav"
        speak(sentence.spoken, target)
        takes.append(whole_take(target))
        done()
    return takes


def whole_take(file: Path) -> Take:
    """A take of one sentence."""
    return Take(file, ((0.0, seconds_of(file)),))


def seconds_of(file: Path) -> float:
    """The length of a WAV file."""
    with _opened(file) as speech:
        return speech.getnframes() / speech.getframerate()


def join_speech(
    slides: Sequence[Slide], spoken: Sequence[Sequence[Take]], target: Path, frame_rate: int
) -> list[Scene]:
    """Write all takes with their pauses into one WAV file.

    Each slide is padded to a whole number of video frames, so that sound and picture never drift.

    Args:
        slides: the slides.
        spoken: for each slide, the takes of its sentences, in order.
        target: the WAV file to write.
        frame_rate: of the video, in frames a second.

    Returns:
        When each slide is shown and each sentence said, to the sample.
    """
    rate = _sample_rate(spoken)
    scenes = []
    with wave.open(str(target), "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        for slide, takes in zip(slides, spoken, strict=True):
            start = sound.tell() / rate
            said = tuple(_say_all(sound, slide.sentences, takes))
            _silence(sound, SLIDE_PAUSE - SENTENCE_PAUSE)
            frames = -(-sound.tell() * frame_rate // rate)  # rounded up
            _silence(sound, frames / frame_rate - sound.tell() / rate)
            scenes.append(Scene(slide, start, sound.tell() / rate, said))
    return scenes


def _say_all(
    sound: wave.Wave_write, sentences: Sequence[Sentence], takes: Sequence[Take]
) -> Iterator[Said]:
    rate = sound.getframerate()
    left = iter(sentences)
    _silence(sound, FIRST_PAUSE)
    for take in takes:
        start = sound.tell() / rate
        with _opened(take.file) as speech:
            sound.writeframes(speech.readframes(speech.getnframes()))
        said = [Said(next(left), start + begin, start + end) for begin, end in take.times]
        # a number is read slower than it is said in few letters, or the reverse: wait for the eye
        last = said.pop()
        _silence(sound, reading_time(last.sentence.shown) - (last.end - last.start))
        yield from said
        yield Said(last.sentence, last.start, sound.tell() / rate)
        _silence(sound, SENTENCE_PAUSE)


def _silence(sound: wave.Wave_write, seconds: float) -> None:
    samples = max(0, round(seconds * sound.getframerate()))
    sound.writeframes(bytes(2 * samples))


def _opened(file: Path) -> wave.Wave_read:
    try:
        return wave.open(str(file), "rb")
    except (wave.Error, EOFError) as error:
        raise KitError(
            _("{path} is no WAV file: {reason}.").format(path=file, reason=error),
            _("Listen to the voice by itself: does it speak this language?"),
        ) from error


def _sample_rate(spoken: Sequence[Sequence[Take]]) -> int:
    """The rate in Hz that all WAV files share."""
    kinds = set()
    for take in (take for takes in spoken for take in takes):
        with _opened(take.file) as speech:
            kinds.add((speech.getnchannels(), speech.getsampwidth(), speech.getframerate()))
    if len(kinds) != 1 or next(iter(kinds))[:2] != (1, 2):
        raise KitError(
            _("The voice wrote sounds of other kinds than one: {kinds}.").format(kinds=kinds),
            _("A voice must write mono WAV files of 16 bit, all at one rate."),
        )
    return kinds.pop()[2]
