"""``kit record-ids``: what learners' progress is kept under, as a course is given out."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kit.commands.options import course_option, json_option
from kit.words import ngettext


@click.command("record-ids")
@course_option
@json_option
def record_ids(course: Path, as_json: bool) -> None:
    """Record the ids of a course that you give out: they must last.

    Students' progress is kept under the ids of the course, of its lessons, sections, checks and
    videos. If you change one of them later, what students did there counts no more. So record
    them whenever you give a course out: kit lint then says which of them are gone.

    They are written to ids.json beside course.toml (the file before stays as ids.json.bak). What
    came and what went since the last time is printed with a + or a -.

    \b
    Examples:
      kit record-ids
      kit record-ids --course ~/courses/tables
    """
    from kit.authoring.lint import course_ids
    from kit.course import find_course_folder, load_course

    recorded = course_ids.record(load_course(find_course_folder(course)))
    if as_json:
        click.echo(json.dumps({**asdict(recorded), "path": str(recorded.path)}))
        return
    for sign, named in (("+", recorded.added), ("-", recorded.gone)):
        for lesson, kind, name in named:
            click.echo(f"{sign} {kind} {name}" + (f" ({lesson})" if lesson else ""))
    click.echo(
        ngettext("{n} id in {path}.", "{n} ids in {path}.", recorded.count, path=recorded.path)
    )
