"""``kit insight``: the class's page in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kit.commands.options import course_option, json_option
from kit.words import _


@click.command()
@course_option
@click.option("--assignment", default="", help=_("Only this assignment."))
@click.option("--part", default="", help=_("Only this lesson, or LESSON/SECTION, by their ids."))
@click.option("--learners", default="", help=_("Only who has one of these in name or id: a,b,c"))
@click.option(
    "--progress",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help=_(
        "A progress file that was handed in, or a folder of them, to bring in; may be repeated."
    ),
)
@json_option
def insight(
    *,
    course: Path,
    assignment: str,
    part: str,
    learners: str,
    progress: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Show who is stuck where, and what most got wrong.

    It reads nbgrader's gradebook and graded notebooks in assignments/, and the progress files in
    assignments/progress/ and in what students handed in (assignments/submitted/). The same, with
    figures, is on the page /kit/class of kit start.

    \b
    Examples:
      kit insight
      kit insight --assignment a1 --learners ada,ben
      kit insight --progress usb/ --json
    """
    from kit.classroom.choice import Choice
    from kit.classroom.class_files import ClassFiles
    from kit.classroom.insight import Insight
    from kit.classroom.report import (
        as_record,
        for_terminal,
        is_simulated,
        problems_of,
        said_of,
        tables_of,
    )
    from kit.classroom.sentences import nobody
    from kit.course import find_course_folder, load_course

    loaded = load_course(find_course_folder(course))
    lesson, _slash, section = part.partition("/")
    choice = Choice(assignment, lesson, section, learners)
    found = Insight(loaded, ClassFiles(loaded, progress), choice)
    if as_json:
        click.echo(json.dumps(as_record(found)))
        return
    from rich.console import Console

    console = Console(markup=False, emoji=False)
    if is_simulated(found):
        console.print(_("A simulated class: nobody here is real."))
    if not found.learners:
        console.print(nobody(found))
    for sentence in (*problems_of(found), *said_of(found)):
        console.print(f"· {sentence}")
    for table in tables_of(found):
        if table.rows:
            console.print()
            console.print(for_terminal(table))
