"""``kit progress``: seen, handed in, brought in, and started over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from kit.commands.options import course_option, json_option, lesson_option
from kit.words import _, ngettext


@click.group()
def progress() -> None:
    """See your progress, hand it in, bring it in, or start over.

    \b
    Examples:
      kit progress show
      kit progress export > me.jsonl
      kit progress import me.jsonl
      kit progress reset --lesson 01-meet-the-table
      kit progress heat 01-meet-the-table --from class/
    """


@progress.command()
@course_option
@lesson_option
@json_option
def show(course: Path, lesson: str, as_json: bool) -> None:
    """Show how far you are, lesson by lesson.

    \b
    Examples:
      kit progress show
      kit progress show --lesson 01-meet-the-table --json
    """
    from kit.course import find_course_folder, load_course
    from kit.report import progress_report, progress_table

    report = progress_report(load_course(find_course_folder(course)), lesson)
    if as_json:
        click.echo(json.dumps(report))
        return
    from rich.console import Console

    Console(markup=False, emoji=False).print(progress_table(report))


@progress.command()
@course_option
@lesson_option
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help=_("A file to write."))
@json_option
def export(course: Path, lesson: str, to: Path | None, as_json: bool) -> None:
    """Write your events as JSON lines, to hand in or to take along.

    \b
    Examples:
      kit progress export > me.jsonl
      kit progress export --lesson 01-meet-the-table --to me.jsonl
    """
    from kit.course import find_course_folder, load_course
    from kit.exchange import progress_lines, write_lines

    if as_json and not to:
        raise click.UsageError(_("--json tells what --to wrote; without --to the events are JSON."))
    lines = progress_lines(load_course(find_course_folder(course)), lesson)
    if not to:
        click.echo("".join(f"{line}\n" for line in lines), nl=False)
        return
    write_lines(lines, to)
    if as_json:
        click.echo(json.dumps({"exported": len(lines), "file": str(to)}))
    else:
        said = ngettext(
            "{n} event written to {file}.",
            "{n} events written to {file}.",
            len(lines),
            file=to,
        )
        click.echo(said)


@progress.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def import_(files: tuple[Path, ...], as_json: bool) -> None:
    """Bring in events that were exported.

    The same file twice changes nothing.

    \b
    Examples:
      kit progress import me.jsonl
      kit progress import usb/*.jsonl --json
    """
    from kit.exchange import import_events

    counts = [{"file": str(file), **import_events(file)} for file in files]
    if as_json:
        click.echo(json.dumps(counts))
        return
    for count in counts:
        click.echo(_("{file}: {new} new, {known} known already.").format_map(count))


@progress.command()
@click.argument("lesson")
@click.argument("video", default="")
@course_option
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help=_("A file that was exported, or a folder of such files; may be repeated."),
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("A .svg, .png or .pdf to write."),
)
@json_option
def heat(
    *,
    lesson: str,
    video: str,
    course: Path,
    files: tuple[Path, ...],
    to: Path | None,
    as_json: bool,
) -> None:
    """Show which seconds of a video are watched, watched again and left.

    By you, or by all whose exported files are given.

    \b
    Examples:
      kit progress heat 01-meet-the-table
      kit progress heat 01-meet-the-table --from class/ --to heat.svg
      kit progress heat 01-meet-the-table media/meet-the-table.webm --json
    """
    from kit.course import find_course_folder, load_course
    from kit.exchange import read_events
    from kit.heat_figure import draw_heat
    from kit.heat_report import heat_report, heat_table
    from kit.store import Store, current_learner

    loaded = load_course(find_course_folder(course))
    events = [event for file in _exported(files) for event in read_events(file)]
    if not files:
        events = Store().events(learner=current_learner(), course=loaded.id, lesson=lesson)
    report = heat_report(loaded, loaded.usable_lesson(lesson), video, events)
    if to:
        draw_heat(report, to)
    if as_json:
        click.echo(json.dumps({**asdict(report), "file": str(to) if to else None}))
    elif to:
        click.echo(_("The figure is in {file}.").format(file=to))
    elif report.learners:
        from rich.console import Console

        Console(markup=False, emoji=False).print(heat_table(report))
    else:
        click.echo(_("Nobody has watched “{title}” yet.").format(title=report.title))


@progress.command()
@course_option
@lesson_option
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@click.option("--undo", is_flag=True, help=_("Take the last reset back."))
@json_option
def reset(course: Path, lesson: str, yes: bool, undo: bool, as_json: bool) -> None:
    """Start a lesson (or the whole course) over. Nothing is deleted: --undo takes it back.

    \b
    Examples:
      kit progress reset --lesson 01-meet-the-table
      kit progress reset --undo
    """
    from kit.course import find_course_folder, load_course
    from kit.exchange import reset_progress, undo_reset

    loaded = load_course(find_course_folder(course))
    if undo:
        _tell_what_counts_again(undo_reset(loaded, lesson), as_json)
        return
    what = loaded.lesson(lesson).title if lesson else loaded.title
    if not yes:
        click.confirm(_("Start “{title}” over?").format(title=what), abort=True, err=True)
    reset_progress(loaded, lesson)
    if as_json:
        click.echo(json.dumps({"reset": lesson or loaded.id}))
    else:
        said = _("“{title}” begins anew. kit progress reset --undo brings back what you had.")
        click.echo(said.format(title=what))


def _exported(paths: tuple[Path, ...]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.jsonl"))
        else:
            yield path


def _tell_what_counts_again(lessons: list[str], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"undone": lessons}))
    elif lessons:
        click.echo(_("What you had counts again: {lessons}.").format(lessons=", ".join(lessons)))
    else:
        click.echo(_("There is no reset to take back."))
