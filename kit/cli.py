"""The ``kit`` command: parse, call, print."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kit import __version__
from kit.commands.new import new
from kit.commands.options import course_option, json_option, lesson_option
from kit.commands.serve import preview, start
from kit.errors import KitError
from kit.words import _, ngettext

EXIT_BAD_INPUT = 2
EXIT_ERRORS_FOUND = 1


@contextmanager
def _errors_as_one_line() -> Iterator[None]:
    """An error of ours is one sentence on stderr and exit code 2, without a traceback."""
    try:
        yield
    except KitError as error:
        click.secho(_("kit: {error}").format(error=error), err=True, fg="red")
        sys.exit(EXIT_BAD_INPUT)


class _Group(click.Group):
    def invoke(self, ctx: click.Context) -> Any:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # The name of a file need not be text, and a terminal may know few characters.
            sys.stdout.reconfigure(errors="backslashreplace")
        with _errors_as_one_line():
            return super().invoke(ctx)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kit")
def main() -> None:
    """Self-paced lessons in Jupyter: learn, teach, grade.

    \b
    Examples:
      kit start                    open the course in this folder
      kit progress show            how far you are
      kit progress export > me.jsonl
      kit new course tables        begin a course of your own
      kit preview 01-first-steps   see a lesson while you write it
    """


for command in (start, preview, new):
    main.add_command(command)


@main.group()
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
    """Write your events as JSON lines, to hand in or to take to another computer.

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
    """Bring in events that were exported; the same file twice changes nothing.

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
        undone = undo_reset(loaded, lesson)
        if as_json:
            click.echo(json.dumps({"undone": undone}))
        elif undone:
            click.echo(_("What you had counts again: {lessons}.").format(lessons=", ".join(undone)))
        else:
            click.echo(_("There is no reset to take back."))
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


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@course_option
@click.option("--zip", "as_zip", is_flag=True, help=_("Write one zip file instead of a folder."))
@json_option
def build(out: Path, course: Path, as_zip: bool, as_json: bool) -> None:
    """Make the student's edition: checks sealed, solutions and the author's notes gone.

    OUT is a folder that is empty or was built before (then it is replaced), or with --zip a file.
    The same course gives the same bytes.

    \b
    Examples:
      kit build ../for-students
      kit build tables.zip --zip --course ~/courses/tables
    """
    from rich.console import Console

    from kit.authoring.build import build as build_edition
    from kit.course import find_course_folder, load_course

    loaded = load_course(find_course_folder(course))
    with Console(stderr=True).status(_("Building …")) as status:
        edition = build_edition(loaded, out, as_zip=as_zip, tell=status.update)
    if as_json:
        record = {
            "path": str(edition.path), "files": edition.files, "bytes": edition.size,
            "left_out": list(edition.left_out),
        }  # fmt: skip
        click.echo(json.dumps(record))
        return
    said = ngettext(
        "{n} file in {path}, {size:.1f} MB.",
        "{n} files in {path}, {size:.1f} MB.",
        edition.files,
        path=edition.path,
        size=edition.size / 1e6,
    )
    click.echo(said)
    click.echo(_("Left out: {files}.").format(files=", ".join(edition.left_out) or _("nothing")))


@main.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--release", "is_release", is_flag=True, help=_("Record the ids of the course."))
@json_option
def lint(path: Path | None, is_release: bool, as_json: bool) -> None:
    """Find what is wrong in a course: run each lesson, and try each check with wrong answers too.

    PATH is the folder of a course or of one lesson; the course around the current folder if left
    out. Exit code 1: there are errors. docs/lint.md lists the rules.

    With --release nothing is looked for: the ids that learners' progress is kept under are
    written to ids.json beside course.toml, and later kit lint says which of them are gone.

    \b
    Examples:
      kit lint
      kit lint lessons/01-meet-the-table
      kit lint --json > findings.json
      kit lint --release
    """
    from rich.console import Console

    from kit.authoring.lint import find_target, report
    from kit.authoring.lint import lint as lint_target
    from kit.authoring.lint.release import release
    from kit.course import load_course

    console = Console(markup=False, emoji=False, highlight=False)
    target = find_target(path)
    if is_release:
        released = release(load_course(target.folder))
        if as_json:
            click.echo(json.dumps(report.release_for_machines(released)))
        else:
            report.print_release(released, console)
        return
    with report.progress_bar() as reached:
        found = lint_target(target, reached=reached)
    if as_json:
        click.echo(json.dumps(report.for_machines(found.findings)))
    else:
        report.print_report(found, console)
    sys.exit(EXIT_ERRORS_FOUND if found.has_errors else 0)


if __name__ == "__main__":
    main()
