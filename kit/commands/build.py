"""``kit build``: the student's edition of a course."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kit.commands.options import course_option, json_option
from kit.words import _, ngettext

if TYPE_CHECKING:
    from kit.authoring.edition.build import Edition


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
            "left_out": list(edition.left_out), "cells_left_out": edition.cells_out,
            "assignments_cleared": edition.solved, "slides_without_notes": edition.silenced,
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
    what = ", ".join([*edition.left_out, *_taken_out(edition)])
    click.echo(_("Left out: {what}.").format(what=what or _("nothing")))


def _taken_out(edition: Edition) -> Iterator[str]:
    """What was left out of files that are there."""
    if n := edition.cells_out:
        yield ngettext("{n} author's cell", "{n} author's cells", n)
    if n := edition.solved:
        yield ngettext(
            "{n} assignment's solutions and hidden tests",
            "{n} assignments' solutions and hidden tests",
            n,
        )
    if n := edition.silenced:
        yield ngettext(
            "what is said over the slides of {n} file",
            "what is said over the slides of {n} files",
            n,
        )
