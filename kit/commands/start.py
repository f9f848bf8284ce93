"""``kit start``: a course in the browser."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import click

from kit.commands.serving import announce, exit_at_once, serving_options
from kit.words import _


@click.command()
@click.argument("course", type=click.Path(path_type=Path), default=".")
@serving_options(port=8888)
@click.option(
    "--confine",
    is_flag=True,
    help=_("For a class: the kit's pages alone, and kernels without network or files (Linux)."),
)
def start(
    course: Path, *, port: int, no_browser: bool, as_json: bool, verbose: bool, confine: bool
) -> None:
    """Open a course: its lessons, JupyterLab and the kit's pages.

    COURSE is the folder that holds lessons/course.toml (or course.toml itself); the current
    folder if left out. All is served on this machine; Ctrl-C ends it, and every kernel with it.

    \b
    Examples:
      kit start
      kit start ~/courses/tables --port 9000
      kit start --no-browser --json
      kit start --confine
    """
    from kit.course import find_course_folder, load_course
    from kit.kernels.levels import LESSON, OPEN
    from kit.kernels.owner import warm_up
    from kit.open_files import open_enough
    from kit.store import current_learner, data_folder

    open_enough()
    loaded = load_course(find_course_folder(course.absolute()))
    if confine:
        os.chdir("/")  # files of the folder one is in are settings: voila.py, which is run
    current_learner()  # a name that nothing can be kept under is said here, not at each answer
    data_folder()
    level = LESSON if confine else OPEN
    warm_up(loaded.imports, course=loaded.folder, level=level)  # beside what follows
    # The imports below and the server take seconds. What a machine reads, on stdout, is the answer.
    click.echo(_("Starting “{title}” …").format(title=loaded.title), err=True)
    if confine:
        from kit.kernels.trial import try_kernel

        try_kernel(LESSON, [str(loaded.folder)])  # or it is refused here, and not at each page
    from kit.server.start import confined_apps
    from kit.server.start import start as start_server

    start_server(
        loaded,
        port=port,
        open_browser=not no_browser,
        announce=partial(
            announce,
            wanted=port,
            as_json=as_json,
            opened=_("Your course is open: {url}"),
            then=_("Leave this window open while you learn. Ctrl-C ends it."),
        ),
        verbose=verbose,
        settings=confined_apps(loaded) if confine else None,
    )
    exit_at_once()
