"""``kit build``: the student's edition of a course."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kit.commands.options import course_option, json_option
from kit.words import _, ngettext


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@course_option
@click.option("--zip", "as_zip", is_flag=True, help=_("Write one zip file instead of a folder."))
@json_option
def build(out: Path, course: Path, as_zip: bool, as_json: bool) -> None:
    """Make the student's edition of a course, to give out.

    Checks are sealed in it; solutions and the author's notes are gone. OUT is a folder that is
    empty or was built before (then it is replaced), or with --zip a file. The same course gives
    the same bytes.

    \b
    Examples:
      kit build ../for-students
      kit build tables.zip --zip --course ~/courses/tables
    """
    from rich.console import Console

    from kit.authoring.edition.build import build as build_edition
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
