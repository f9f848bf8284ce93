"""Slides with speaker notes become a narrated film with captions and chapters.

    SLIDES.md -> slides -> speech -> scenes (who is shown when) -> NAME.webm
                                          `-> captions             NAME.en.vtt
                                          `-> chapters             NAME.chapters.vtt
                       `-> pictures -> the first one               NAME.png

The times come from the lengths of the spoken sentences, so the captions are exact; the captions'
sentences are also the transcript.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from kit.authoring.film.encode import FRAME_RATE, make_film, make_poster
from kit.authoring.film.pictures import draw_slides
from kit.authoring.film.speech import VOICES, Scene, Voice, join_speech, speak_slides
from kit.authoring.programs import find_program
from kit.errors import KitError
from kit.media.captions import Cue, cues_of_sentence, write_vtt
from kit.media.slides import read_slides
from kit.words import _

Progressed = Callable[[str, float, float], None]
"""Told what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Narration:
    """What was made: the files, the film's length in seconds and loudness in LUFS, its cues."""

    files: tuple[Path, ...]
    seconds: float
    loudness: float
    cues: tuple[Cue, ...]


def narrate(
    source: Path, target: Path, voice: Voice, language: str, progressed: Progressed
) -> Narration:
    """Make a film, its captions, its chapters and its poster.

    Everything is made elsewhere and moved into place at the end, so a failure leaves the
    films of before as they were.

    Args:
        source: the Markdown file of slides.
        target: the WebM file to write; the other files lie next to it.
        voice: what speaks the sentences.
        language: of the words, such as ``"en"``; becomes part of the captions' name.
        progressed: told how far the work is.

    Raises:
        KitError: the slides or the machine lack something.
    """
    find_program("ffmpeg", "ffmpeg")  # said at once, not after minutes of speaking
    slides = read_slides(source)
    sentences = sum(len(slide.sentences) for slide in slides)
    with tempfile.TemporaryDirectory(prefix="kit-narrate-") as name:
        work = Path(name)
        drawn = _counter(_("Drawing"), len(slides), progressed)
        pictures = draw_slides(slides, source, language, work, drawn)
        spoke = _counter(_("Speaking"), sentences, progressed)
        spoken = speak_slides(slides, voice, work, spoke)
        scenes = join_speech(slides, spoken, work / "speech.wav", FRAME_RATE)
        length, film = scenes[-1].end, work / target.name
        loudness = make_film(
            *(scenes, pictures, work / "speech.wav", film),
            reached=lambda second: progressed(_("Filming"), second, length),
        )
        make_poster(pictures[0], film.with_suffix(".png"))
        cues = captions(scenes)
        _write(film.with_suffix(f".{language}.vtt"), write_vtt(cues))
        _write(film.with_suffix(".chapters.vtt"), write_vtt(chapters(scenes)))
        endings = (".webm", f".{language}.vtt", ".chapters.vtt", ".png")
        files = tuple(_move(film.with_suffix(ending), target.parent) for ending in endings)
    return Narration(files, length, loudness.level, tuple(cues))


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


def _counter(what: str, total: int, progressed: Progressed) -> Callable[[], None]:
    """A function that counts its calls towards a total."""
    done = iter(range(1, total + 1))
    return lambda: progressed(what, next(done), total)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _move(made: Path, folder: Path) -> Path:
    """Copy next to the goal, then rename: nobody ever meets half a file."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f".{made.name}.part"
        shutil.copyfile(made, half)
        os.replace(half, folder / made.name)
    except OSError as error:
        raise KitError(
            _("{path} cannot be written: {error}.").format(
                path=folder / made.name, error=error.strerror
            ),
            _("Is there room on the disk, and may you write there?"),
        ) from error
    return folder / made.name


@click.command(
    epilog=_("Example: python -m kit.authoring.film.narrate slides.md --out meet-the-table.webm")
)
@click.argument("slides", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help=_("The film to write, NAME.webm."))
@click.option("--language", default="en", show_default=True, help=_("Of the slides' words."))
@click.option(
    "--voice", type=click.Choice(list(VOICES)), default="flite", show_default=True,
    help=_("What speaks: flite (English, clearest) or espeak-ng (many languages)."),
)  # fmt: skip
def main(slides: Path, out: Path | None, language: str, voice: str) -> None:
    """Make a narrated film, with captions and chapters, of SLIDES: a Markdown file.

    Slides are separated by a line ---; the first heading of each names its chapter, and what is
    said over it stands in a comment <!-- notes: ... -->. Write {shown|spoken} where the voice
    says a word badly.
    """
    try:
        target = _checked(out or slides.with_suffix(".webm"))
        with _bars() as progressed:
            made = narrate(slides, target, VOICES[voice](language), language, progressed)
    except KitError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(_summary(made))


def _checked(target: Path) -> Path:
    if target.suffix != ".webm":
        raise KitError(
            _("The film {path} does not end in .webm.").format(path=target),
            _("Give it a name such as {path}.").format(path=target.with_suffix(".webm")),
        )
    return target


@contextmanager
def _bars() -> Iterator[Progressed]:
    """One bar for each kind of work, which appears when the work begins."""
    columns = (TextColumn("{task.description:<10}"), BarColumn(), TimeRemainingColumn())
    bars = Progress(*columns, console=Console(stderr=True))
    tasks: dict[str, TaskID] = {}

    def progressed(what: str, done: float, total: float) -> None:
        if not tasks:
            bars.start()  # and not before, so that an early error stands alone on its line
        if what not in tasks:
            tasks[what] = bars.add_task(what, total=total)
        bars.update(tasks[what], completed=done)

    try:
        yield progressed
    finally:
        if tasks:
            bars.stop()


def _summary(made: Narration) -> str:
    minutes, seconds = divmod(round(made.seconds), 60)
    lines = [f"{file}  {file.stat().st_size / 1000:,.0f} kB" for file in made.files]
    facts = _(
        "{time} minutes at {loudness:.1f} LUFS; {cues} captions, "
        "of at most {speed:.1f} characters a second"
    ).format(
        time=f"{minutes}:{seconds:02}",
        loudness=made.loudness,
        cues=len(made.cues),
        speed=max(cue.speed for cue in made.cues),
    )
    return "\n".join([*lines, facts])


if __name__ == "__main__":
    main()
