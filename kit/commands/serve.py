"""Commands that serve a course until Ctrl-C: ``kit start`` and ``kit preview``."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kit.commands.options import course_option
from kit.words import _

if TYPE_CHECKING:
    from kit.server.start import Running

no_browser_option = click.option("--no-browser", is_flag=True, help=_("Do not open a browser."))
answers_json_option = click.option(
    "--json", "as_json", is_flag=True, help=_("Print one JSON line when it answers.")
)
verbose_option = click.option(
    "--verbose", is_flag=True, help=_("Show the server's messages in the terminal.")
)


@click.command()
@click.argument("course", type=click.Path(path_type=Path), default=".")
@click.option("--port", default=8888, show_default=True, help=_("Tried first; if taken, the next."))
@no_browser_option
@answers_json_option
@verbose_option
def start(course: Path, port: int, no_browser: bool, as_json: bool, verbose: bool) -> None:
    """Open a course: its lessons, JupyterLab and the kit's pages, on this machine.

    COURSE is the folder that holds lessons/course.toml (or course.toml itself); the current
    folder if left out. Ctrl-C ends it, and every kernel with it.

    \b
    Examples:
      kit start
      kit start ~/courses/tables --port 9000
      kit start --no-browser --json
    """
    from kit.course import find_course_folder, load_course
    from kit.store import current_learner, data_folder

    _refuse_no_port(port)
    loaded = load_course(find_course_folder(course))
    current_learner()  # a name that nothing can be kept under is said here, not at each answer
    data_folder()
    # The imports below and the server take seconds. What a machine reads, on stdout, is the answer.
    click.echo(_("Starting “{title}” …").format(title=loaded.title), err=True)
    from kit.server.start import start as start_server

    start_server(
        loaded,
        port=port,
        open_browser=not no_browser,
        announce=lambda running: _announce(
            running,
            wanted=port,
            as_json=as_json,
            opened=_("Your course is open: {url}"),
            then=_("Leave this window open while you learn. Ctrl-C ends it."),
        ),
        verbose=verbose,
    )
    _exit_at_once()


@click.command()
@click.argument("lesson")
@course_option
@click.option("--port", default=8900, show_default=True, help=_("Tried first; if taken, the next."))
@no_browser_option
@answers_json_option
@verbose_option
def preview(
    lesson: str, course: Path, *, port: int, no_browser: bool, as_json: bool, verbose: bool
) -> None:
    """Open a lesson as a new student sees it; it reloads when you save one of its files.

    LESSON is its id, or a path: its folder or a file in it. Progress goes to a temporary folder,
    which is removed at the end: your own and your students' stay as they are. Ctrl-C ends it.

    \b
    Examples:
      kit preview 01-meet-the-table
      kit preview lessons/01-meet-the-table/checks.py
      kit preview 02-select-and-filter --course ~/courses/tables --no-browser
    """
    from kit.server.preview import find_lesson
    from kit.server.preview import preview as preview_lesson

    _refuse_no_port(port)
    loaded, found = find_lesson(lesson, course)
    click.echo(_("Starting the preview of “{title}” …").format(title=found.title), err=True)
    preview_lesson(
        loaded,
        found,
        port=port,
        open_browser=not no_browser,
        announce=lambda running: _announce(
            running,
            wanted=port,
            as_json=as_json,
            opened=_("Your lesson is open: {url}"),
            then=_("The page reloads when you save. Ctrl-C ends it; answers are not kept."),
        ),
        verbose=verbose,
    )
    _exit_at_once()


def _refuse_no_port(port: int) -> None:
    if not 1 <= port <= 65535:  # noqa: PLR2004
        what = _("{port} is not a port; use 1 to 65535.").format(port=port)
        raise click.BadParameter(what, param_hint="--port")


def _exit_at_once() -> None:
    # A request that was open when the server stopped leaves a worker thread which never ends,
    # and Python would wait for it. Everything of ours is closed by now.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _announce(running: Running, *, wanted: int, as_json: bool, opened: str, then: str) -> None:
    if as_json:
        record = {key: value for key, value in asdict(running).items() if key != "new"}
        click.echo(json.dumps(record))
        return
    if not running.new:
        already = _("This course is already open (process {pid}): {url}")
        click.echo(already.format(pid=running.pid, url=running.url))
        return
    if running.port != wanted:
        click.echo(
            _("Port {wanted} is taken; using {port}.").format(wanted=wanted, port=running.port)
        )
    click.echo(opened.format(url=running.url))
    click.echo(then)
