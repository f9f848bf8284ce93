"""``kit progress``: seen, handed in, brought in, and started over."""

from __future__ import annotations

import json
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


def _tell_what_counts_again(lessons: list[str], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"undone": lessons}))
    elif lessons:
        click.echo(_("What you had counts again: {lessons}.").format(lessons=", ".join(lessons)))
    else:
        click.echo(_("There is no reset to take back."))
