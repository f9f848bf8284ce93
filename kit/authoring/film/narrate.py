"""Slides with speaker notes become a narrated film with captions and chapters.

    SLIDES.md -> slides -> speech -> scenes (who is shown when) -> NAME.webm
                                          `-> captions             NAME.en.vtt
                                          `-> chapters             NAME.chapters.vtt
                       `-> pictures -> the first one               NAME.png

The times come from the lengths of the spoken sentences, so the captions are exact; the captions'
sentences are also the transcript.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kit.authoring.film.cues import cues_of_sentence, write_vtt
from kit.authoring.film.encode import SLIDES, Source, encode, make_poster
from kit.authoring.film.ffmpeg import PICTURE, Reached, file_name
from kit.authoring.film.loudness import LOUDNESS, Loudness, levelled, measure_loudness
from kit.authoring.film.made import Facts, inputs_of, is_made, put_in_place, read_record, workshop
from kit.authoring.film.own_voice import Recording, at_level, read_recording, recording_of
from kit.authoring.film.pictures import draw_slides, files_shown, style
from kit.authoring.film.programs import find_program
from kit.authoring.film.speech import Scene, Take, join_speech, need_speakable, speak_slide
from kit.authoring.film.voices import Voice
from kit.errors import KitError
from kit.media.captions import Cue, read_captions
from kit.media.slides import Slide, read_slides
from kit.words import _

FRAME_RATE = 10
"""Frames a second: stills need no more, and a slide still changes within 0.1 s of its sound."""

_NUMBER = 1  # of the way in which films are made: one more, and each is made anew
_TOLERANCE = 2.0  # LU; a film of a few seconds comes out less exact than a lesson's
_COLOURS = 64

Progressed = Callable[[str, float, float], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class NarrateOrder:
    """What is to be made.

    Attributes:
        source: the Markdown file of slides.
        target: the WebM file to write; the other files lie next to it.
        voice: what speaks the sentences of slides without a recording.
        language: of the words, such as ``"en"``; becomes part of the captions' name.
        budget: the most bytes that the film may have; None: anything.
    """

    source: Path
    target: Path
    voice: Voice
    language: str = "en"
    budget: float | None = None

    @property
    def files(self) -> list[Path]:
        """Where the film, its captions, its chapters and its poster will be."""
        endings = (".webm", f".{self.language}.vtt", ".chapters.vtt", ".png")
        return [self.target.with_suffix(ending) for ending in endings]


@dataclass(frozen=True)
class Narration:
    """What was made.

    Attributes:
        files: the film, its captions, its chapters and its poster.
        seconds, loudness: of the film; the loudness in LUFS.
        cues: its captions.
        guessed: the numbers of slides whose recording had too few pauses, so that the times of
            its sentences are by their length.
        is_new: whether anything had to be done.
    """

    files: tuple[Path, ...]
    seconds: float
    loudness: float
    cues: tuple[Cue, ...]
    guessed: tuple[int, ...] = ()
    is_new: bool = True


def narrate(order: NarrateOrder, progressed: Progressed) -> Narration:
    """Make a film, its captions, its chapters and its poster; or nothing, where they are made.

    Args:
        order: what is to be made.
        progressed: told how far the work is.

    Raises:
        KitError: the slides or the machine lack something; the files of before are as they were.
    """
    find_program("ffmpeg", "ffmpeg")  # said at once, not after minutes of speaking
    slides = read_slides(order.source, narrated=True)
    need_speakable(slides, order.source)
    recordings = [recording_of(slide, order.source) for slide in slides]
    sources = [order.source, *files_shown(slides, order.source), *filter(None, recordings)]
    folder = order.target.parent
    inputs = inputs_of(folder, sources, _how(order))
    if is_made(folder, [file.name for file in order.files], inputs):
        return _as_it_is(order)
    with workshop() as work:
        made = _make(order, slides, recordings, work, progressed)
        facts = {order.target.name: Facts(made.seconds, round(made.loudness, 1))}
        files = put_in_place(made.files, folder, inputs, facts)
    return replace(made, files=tuple(files))


def captions(scenes: Sequence[Scene]) -> list[Cue]:
    """One cue for each sentence, or several where it is long."""
    return [
        cue
        for scene in scenes
        for said in scene.said
        for cue in cues_of_sentence(said.sentence.shown, said.start, said.end)
    ]


def chapters(scenes: Sequence[Scene]) -> list[Cue]:
    """One cue for each slide, named by its heading."""
    return [Cue(scene.start, scene.end, scene.slide.title) for scene in scenes]


def _how(order: NarrateOrder) -> dict[str, object]:
    return {
        "number": _NUMBER,
        "voice": order.voice.name,
        "language": order.language,
        "budget": order.budget,
        "style": style(),
    }


def _as_it_is(order: NarrateOrder) -> Narration:
    """What was made before."""
    film, spoken, *_others = order.files
    facts = read_record(film.parent)[film.name]
    seconds, loudness = float(facts["seconds"]), float(facts["lufs"])
    cues = read_captions(spoken).cues
    return Narration(tuple(order.files), seconds, loudness, cues, is_new=False)


def _make(
    order: NarrateOrder,
    slides: Sequence[Slide],
    recordings: Sequence[Path | None],
    work: Path,
    progressed: Progressed,
) -> Narration:
    """Everything, in a folder for the work."""
    drawn = _counter(_("Drawing"), len(slides), progressed)
    pictures = draw_slides(slides, order.source, order.language, work, drawn)
    own = _own_voice(slides, recordings, work)
    takes = _speak(order.voice, slides, own, work, progressed)
    speech = work / "speech.wav"
    scenes = join_speech(slides, takes, speech, FRAME_RATE)
    film, spoken, marks, poster = [work / file.name for file in order.files]
    length = scenes[-1].end
    reached: Reached = lambda second: progressed(_("Filming"), second, length)  # noqa: E731
    encode(_source(scenes, pictures, speech), SLIDES, film, order.budget, reached)
    make_poster((*PICTURE, "-i", file_name(pictures[0])), poster, _COLOURS)
    cues = captions(scenes)
    spoken.write_text(write_vtt(cues), encoding="utf-8", newline="\n")
    marks.write_text(write_vtt(chapters(scenes)), encoding="utf-8", newline="\n")
    guessed = tuple(number for number, recording in own.items() if not recording.is_heard)
    files = (film, spoken, marks, poster)
    return Narration(files, length, _checked(film).level, tuple(cues), guessed)


def _own_voice(
    slides: Sequence[Slide], recordings: Sequence[Path | None], work: Path
) -> dict[int, Recording]:
    """The recordings, by the number of the slide."""
    pairs = zip(slides, recordings, strict=True)
    return {slide.number: read_recording(slide, file, work) for slide, file in pairs if file}


def _speak(
    voice: Voice,
    slides: Sequence[Slide],
    own: dict[int, Recording],
    work: Path,
    progressed: Progressed,
) -> list[list[Take]]:
    """For each slide its recording, or what the voice speaks."""
    spoken = [slide for slide in slides if slide.number not in own]
    count = sum(len(slide.sentences) for slide in spoken)
    spoke = _counter(_("Speaking"), count, progressed)
    by_number = {slide.number: speak_slide(slide, voice.speak, work, spoke) for slide in spoken} | {
        number: [recording.take] for number, recording in own.items()
    }
    if own and spoken:
        by_number |= _alike({slide.number: by_number[slide.number] for slide in spoken}, spoken)
    return [by_number[slide.number] for slide in slides]


def _alike(takes: dict[int, list[Take]], slides: Sequence[Slide]) -> dict[int, list[Take]]:
    """What the voice spoke, as loud as the recordings and at their rate."""
    first = next(iter(takes.values()))[0].file
    whole = first.with_name("spoken.wav")
    join_speech(slides, list(takes.values()), whole, FRAME_RATE)
    measured = measure_loudness(whole)
    return {
        number: [
            Take(at_level(take.file, measured, take.file.with_suffix(".alike.wav")), take.times)
            for take in each
        ]
        for number, each in takes.items()
    }


def _source(scenes: Sequence[Scene], pictures: Sequence[Path], speech: Path) -> Source:
    """Each picture as a stream of its scene's length, one after the other, and the speech."""
    inputs: list[str] = []
    for scene, picture in zip(scenes, pictures, strict=True):
        length = f"{scene.end - scene.start:.3f}"
        inputs += [*PICTURE, "-loop", "1", "-framerate", str(FRAME_RATE), "-t", length]
        inputs += ["-i", file_name(picture)]
    streams = "".join(f"[{number}:v]" for number in range(len(pictures)))
    colours = "scale=out_color_matrix=bt709:out_range=tv"
    joined = f"{streams}concat=n={len(pictures)}:v=1:a=0,{colours},format=yuv420p[video]"
    marks = ",".join(f"{scene.start:.3f}" for scene in scenes)
    shown = ("-filter_complex", joined, "-map", "[video]", "-force_key_frames", marks)
    return Source(
        inputs=(*inputs, "-i", file_name(speech)),
        picture=shown,
        tight_picture=shown,
        sound=("-map", f"{len(pictures)}:a", "-af", levelled(measure_loudness(speech))),
        seconds=scenes[-1].end,
    )


def _checked(film: Path) -> Loudness:
    """The loudness of the film.

    Raises:
        KitError: it is not what it should be.
    """
    after = measure_loudness(film)
    if abs(after.level - LOUDNESS) > _TOLERANCE:
        raise KitError(
            _("The film came out at {level} LUFS and not at {wanted}.").format(
                level=after.level, wanted=LOUDNESS
            ),
            _("Is there speech in every sentence? Listen to the voice by itself."),
        )
    return after


def _counter(what: str, total: int, progressed: Progressed) -> Callable[[], None]:
    """A function that counts its calls towards a total."""
    done = iter(range(1, total + 1))
    return lambda: progressed(what, next(done), total)
