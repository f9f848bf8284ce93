"""``kit preview``: a lesson, or a course, as a new student sees it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from kit.commands.options import course_option, target_argument
from kit.commands.serving import announce, exit_at_once, serving_options
from kit.words import _


@click.command()
@target_argument
@course_option
@serving_options(port=8900)
def preview(
    name: str, course: Path, *, port: int, no_browser: bool, as_json: bool, verbose: bool
) -> None:
    """See a lesson as a new student does; it reloads when you save.

    LESSON is its id, or a path: its folder or a file in it. COURSE is the folder of a course,
    whose Home is opened; the course around the current folder if left out.

    Progress goes to a temporary folder, which is removed at the end: your own and your students'
    stay as they are. Ctrl-C ends it.

    \b
    Examples:
      kit preview 01-meet-the-table
      kit preview lessons/01-meet-the-table/checks.py
      kit preview 02-select-and-filter --course ~/courses/tables --no-browser
    """
    from kit.commands.target import find_target
    from kit.course import load_course
    from kit.kernels.owner import warm_up
    from kit.open_files import open_enough

    open_enough()
    target = find_target(name, course)
    loaded = load_course(target.folder)
    shown = loaded.lesson(target.lesson) if target.lesson else loaded
    click.echo(_("Starting the preview of “{title}” …").format(title=shown.title), err=True)
    warm_up(loaded.imports, course=loaded.folder)
    from kit.server.preview import preview as start_preview

    start_preview(
        loaded,
        target.lesson,
        port=port,
        open_browser=not no_browser,
        announce=partial(
            announce,
            wanted=port,
            as_json=as_json,
            opened=_("Your preview is open: {url}"),
            then=_("The page reloads when you save. Ctrl-C ends it; answers are not kept."),
        ),
        verbose=verbose,
    )
    exit_at_once()
