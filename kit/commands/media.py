"""``kit media``: films of slides, films of recordings, and captions that can be read."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.commands.options import json_option
from kit.errors import KitError
from kit.media.captions import language_of
from kit.media.clock import clock, parse_clock
from kit.words import _, ngettext

if TYPE_CHECKING:
    from rich.progress import TaskID

    from kit.authoring.film.mend_captions import Mended
    from kit.authoring.film.narrate import Narration, Progressed

EXIT_FAULTS_LEFT = 1
MEGABYTE = 1_000_000

_budget_option = click.option(
    "--budget", type=click.FloatRange(min=0.1), metavar="MB",
    help=_("The most megabytes that a film may have; 3 is right for a lesson."),
)  # fmt: skip
_path = click.Path(path_type=Path)


@click.group()
def media() -> None:
    """Make a lesson's films and captions.

    They call ffmpeg, and say how to install what is missing. What is already made is not made
    again: made.json, beside the films, holds what each was made of. The same name is used for
    all files of a film: intro.webm, intro.en.vtt, intro.chapters.vtt, intro.png.

    \b
    Examples:
      kit media narrate media/slides.md --out media/intro.webm
      kit media prepare ~/Videos/intro.mov --out media
      kit media captions media/intro.en.vtt
    """


@media.command()
@click.argument("file", type=_path)
@click.option(
    "--out", type=_path, metavar="DIR", help=_("Where to write; FILE's folder if left out.")
)
@_budget_option
@click.option("--poster", metavar="TIME", help=_("What the poster shows, as in 0:12."))
@json_option
def prepare(file: Path, out: Path | None, budget: float | None, poster: str | None,
            as_json: bool) -> None:  # fmt: skip
    """Make of a recorded film what browsers play.

    Of FILE it makes NAME.webm (VP9, Opus) and NAME.mp4 (H.264, AAC), of at most 1280 x 720
    pixels and at -16 LUFS, a poster NAME.png, and of its chapters NAME.chapters.vtt. Of a sound it
    makes NAME.webm and NAME.m4a. A file that is replaced and was not made so is kept as .bak.

    \b
    Examples:
      kit media prepare ~/Videos/intro.mov --out lessons/01-tables/media
      kit media prepare walk.mkv --out media --budget 3 --poster 0:12
    """
    from kit.authoring.film import prepare as tool

    order = tool.PrepareOrder(file, out or file.parent, _bytes(budget), _seconds(poster))
    with _bars() as progressed:
        made = tool.prepare(order, progressed)
    if as_json:
        _print_record(made.is_new, made.files, made.seconds, made.loudness)
        return
    _print_files(made.is_new, made.files)
    if made.loudness is None:
        click.echo(_("{time} long, and nothing to be heard.").format(time=clock(made.seconds)))
    else:
        click.echo(_facts(made.seconds, made.loudness))


@media.command()
@click.argument("slides", type=_path)
@click.option("--out", type=_path, metavar="FILE", help=_("The film to write, NAME.webm."))
@click.option("--language", default="en", show_default=True, help=_("Of the slides' words."))
@click.option(
    "--voice", type=click.Choice(["auto", "flite", "espeak-ng", "piper"]), default="auto",
    show_default=True,
    help=_("What speaks. auto: piper where it has a model, flite for English, else espeak-ng."),
)  # fmt: skip
@click.option("--model", type=_path, metavar="FILE", help=_("Piper's voice, a file .onnx."))
@_budget_option
@json_option
def narrate(slides: Path, out: Path | None, *, language: str, voice: str, model: Path | None,
            budget: float | None, as_json: bool) -> None:  # fmt: skip
    """Make of slides with speaker notes a film that speaks them.

    SLIDES is a Markdown file. Slides are separated by a line ---; the first heading of each names
    its chapter, and what is said over it stands in a comment <!-- notes: ... -->. Write
    {shown|spoken} where the voice says a word badly. A slide with <!-- voice: FILE --> is spoken
    by your own recording.

    \b
    Examples:
      kit media narrate media/slides.md --out media/intro.webm
      kit media narrate media/slides.md --voice piper --model en_US-lessac-medium.onnx
      kit media narrate media/folien.md --language de --out media/intro.webm
    """
    from kit.authoring.film import narrate as tool
    from kit.authoring.film.voices import choose_voice

    target = _checked(out or slides.with_suffix(".webm"))
    _need_language(language)
    chosen = choose_voice(voice, language, model)
    order = tool.NarrateOrder(slides, target, chosen, language, _bytes(budget))
    with _bars() as progressed:
        made = tool.narrate(order, progressed)
    fastest = max(cue.speed for cue in made.cues)
    if as_json:
        _print_record(
            *(made.is_new, made.files, made.seconds, made.loudness), voice=chosen.name,
            captions=len(made.cues), fastest=round(fastest, 1), guessed=list(made.guessed),
        )  # fmt: skip
        return
    _print_files(made.is_new, made.files)
    _print_narration(made, chosen.name, fastest)


@media.command()
@click.argument("file", type=_path)
@click.option("--check", is_flag=True, help=_("Write nothing; only tell."))
@json_option
def captions(file: Path, check: bool, as_json: bool) -> None:
    """Mend the captions of a film, as far as it is safe, and tell the rest.

    FILE is WebVTT; of SubRip (NAME.srt) it makes NAME.vtt. It mends the encoding, the order, short
    overlaps, long lines, and captions that go before they can be read; no word and no beginning is
    changed, and the file as it was is kept as FILE.bak (FILE.2.bak where that is taken). It
    tells what is read at over 20 characters a second, lines of over 42, more than two lines, under
    1 second, over 7. Exit code 1: something is left.

    \b
    Examples:
      kit media captions media/intro.en.vtt
      kit media captions media/intro.en.vtt --check --json
    """
    from kit.authoring.film.mend_captions import mend_captions

    mended = mend_captions(file, write=not check)
    if as_json:
        click.echo(json.dumps(_record_of(mended)))
    else:
        _print_mended(mended, written=not check)
    sys.exit(EXIT_FAULTS_LEFT if mended.left or (check and mended.mended) else 0)


def _bytes(budget: float | None) -> float | None:
    """The bytes of a budget in megabytes; None where there is none."""
    size = None if budget is None else budget * MEGABYTE
    if size is not None and not math.isfinite(size):
        raise KitError(
            _("{budget} is no size of a film.").format(budget=budget),
            _("Write megabytes, as in --budget 3."),
        )
    return size


def _seconds(time: str | None) -> float | None:
    """The seconds of a time such as 1:18, 0:01:18 or 78."""
    if time is None:
        return None
    try:
        return parse_clock(time)
    except ValueError as error:
        raise KitError(
            _("{time!r} is no time of a film.").format(time=time), _("Write it as 0:12, or as 12.")
        ) from error


def _checked(target: Path) -> Path:
    if target.suffix != ".webm":
        raise KitError(
            _("The film {path} does not end in .webm.").format(path=target),
            _("Give it a name such as {path}.").format(path=target.with_suffix(".webm")),
        )
    return target


def _need_language(language: str) -> None:
    """Refuse what captions cannot state in their name, by which they are found."""
    if not language or language_of(Path(f"film.{language}.vtt")) != language:
        raise KitError(
            _("{language!r} is no language.").format(language=language),
            _("Write it as in --language en, or pt-BR."),
        )


@contextmanager
def _bars() -> Iterator[Progressed]:
    """One bar for each kind of work, which appears when the work begins."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

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


# What is printed --------------------------------------------------------------------------------


def _print_record(
    is_new: bool, files: Sequence[Path], seconds: float, loudness: float | None, **more: object
) -> None:
    record = {
        "new": is_new,
        "files": [{"path": str(file), "bytes": file.stat().st_size} for file in files],
        "seconds": round(seconds, 3),
        "lufs": None if loudness is None else round(loudness, 1),
        **more,
    }
    click.echo(json.dumps(record))


def _print_files(is_new: bool, files: Sequence[Path]) -> None:
    if not is_new:
        click.echo(_("Nothing to do: these are made of just that."))
    for file in files:
        size = file.stat().st_size / 1000
        click.echo(_("{file}  {size:,.1f} kB").format(file=file, size=size))


def _facts(seconds: float, loudness: float) -> str:
    return _("{time} long, at {loudness:.1f} LUFS").format(time=clock(seconds), loudness=loudness)


def _print_narration(made: Narration, voice: str, fastest: float) -> None:
    facts = _(
        "{facts}, spoken by {voice}; {cues} captions, of at most {speed:.1f} characters a second"
    )
    click.echo(
        facts.format(
            facts=_facts(made.seconds, made.loudness),
            voice=voice,
            cues=len(made.cues),
            speed=fastest,
        )
    )
    if made.guessed:
        slides = ", ".join(map(str, made.guessed))
        click.echo(
            _(
                "Slide {slides}: fewer pauses were heard than sentences, so that the times of its "
                "captions are by their length. Look at them, or record it with longer pauses."
            ).format(slides=slides)
        )


def _record_of(mended: Mended) -> dict[str, Any]:
    return {
        "path": str(mended.path),
        "mended": list(mended.mended),
        "left": [vars(fault) for fault in mended.left],
        "backup": str(mended.backup) if mended.backup else None,
    }


def _print_mended(mended: Mended, *, written: bool) -> None:
    if mended.mended and not written:
        click.echo(_("{path} would be mended:").format(path=mended.path))
    elif mended.mended:
        click.echo(_("{path} is mended:").format(path=mended.path))
    for sentence in mended.mended:
        click.echo(f"  {sentence}")
    if mended.backup:
        click.echo(_("As it was, it is kept as {path}.").format(path=mended.backup))
    if not mended.left:
        click.echo(_("{path}: nothing is left to mend.").format(path=mended.path))
        return
    count = ngettext("{n} thing is left for you:", "{n} things are left for you:", len(mended.left))
    click.echo(f"{mended.path}: {count}")
    for fault in mended.left:
        named = _("caption {cue} at {time}, line {line}") if fault.cue else _("line {line}")
        place = named.format(cue=fault.cue, time=clock(fault.at), line=fault.line)
        click.echo(f"  {place}: {fault.message}")
