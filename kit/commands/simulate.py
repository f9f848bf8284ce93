"""``kit simulate``: a class in which nobody is real."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

from kit.commands.options import course_option, json_option
from kit.words import _


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@course_option
@click.option(
    "--learners", type=click.IntRange(1, 5000), default=30, show_default=True,
    help=_("How many there are."),
)  # fmt: skip
@click.option(
    "--seed", type=int, default=1, show_default=True, help=_("Another one, another class.")
)
@json_option
def simulate(folder: Path, course: Path, learners: int, seed: int, as_json: bool) -> None:
    """Make a class in which nobody is real, to try the class's page with.

    FOLDER is made: a copy of the course with learners who were drawn, what they did in its
    lessons, what they handed in, and nbgrader's gradebook. It is marked as simulated wherever it
    is shown.

    \b
    Examples:
      kit simulate ../demo
      kit simulate ../demo --learners 300 --seed 7
    """
    from kit.course import find_course_folder, load_course
    from kit.simulation.make import simulate as make

    made = make(
        load_course(find_course_folder(course)), folder, learners=learners, seed=seed,
        tell=lambda words: click.echo(words, err=True),
    )  # fmt: skip
    if as_json:
        about = {
            "folder": str(made.folder), "learners": made.learners, "seed": made.seed,
            "notebooks": made.notebooks, "events": made.events, "copied": made.copied,
        }  # fmt: skip
        click.echo(json.dumps({"simulated": True, **about}))
        return
    said = _("{n} simulated learners are in {folder}: {notebooks} notebooks handed in.")
    click.echo(said.format(n=made.learners, folder=made.folder, notebooks=made.notebooks))
    click.echo(_("Look at them: kit start {folder}").format(folder=shlex.quote(str(made.folder))))
