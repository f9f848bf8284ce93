"""``kit new``: a course, a lesson or an assignment."""

from __future__ import annotations

import json
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kit.commands.options import course_option, json_option
from kit.words import _

if TYPE_CHECKING:
    from kit.authoring.new import Made


@click.group()
def new() -> None:
    """Make a course, a lesson or an assignment that works at once.

    Write yours over it, piece by piece. Nothing that was there before is ever written over.

    \b
    Examples:
      kit new course tables
      kit new lesson "Penguin colours"
      kit new assignment "Field report"
    """


@new.command("course")
@click.argument("name")
@json_option
def new_course(name: str, as_json: bool) -> None:
    """Make a course with one small lesson.

    NAME is the folder for it; its last part is what the course is called.

    \b
    Examples:
      kit new course tables
      kit new course ~/courses/tables
    """
    from kit.authoring import new as authoring

    made = authoring.new_course(name)
    lesson = made.path / "lessons" / authoring.FIRST_LESSON
    says = _(
        "“{title}” is a course now, with one small lesson that works. Its README.md says more."
    )
    _tell_what_was_made(made, as_json, says, f"kit start {_typed(made.path)}",
                        f"kit preview {_typed(lesson)}")  # fmt: skip


@new.command("lesson")
@click.argument("name")
@course_option
@json_option
def new_lesson(name: str, course: Path, as_json: bool) -> None:
    """Add a lesson: its folder, and its entry in course.toml.

    NAME is its title, as in "Penguin colours", and the folder gets the next number (none where
    no other lesson has one); or the folder's name with its number, as in 03-penguin-colours. As
    course.toml was before, it is kept as course.toml.bak.

    \b
    Examples:
      kit new lesson "Penguin colours"
      kit new lesson 03-penguin-colours --course ~/courses/tables
    """
    from kit.authoring import new as authoring

    made = authoring.new_lesson(name, course)
    says = _("“{title}” is a lesson now, a small one that works, and is listed in course.toml.")
    _tell_what_was_made(made, as_json, says, f"kit preview {_typed(made.path)}",
                        f"kit lint {_typed(made.path)}")  # fmt: skip


@new.command("assignment")
@click.argument("name")
@course_option
@json_option
def new_assignment(name: str, course: Path, as_json: bool) -> None:
    """Add an assignment: a notebook, and its entry in course.toml.

    The notebook is one for nbgrader, with a solution and tests. As course.toml was before, it is
    kept as course.toml.bak.

    \b
    Examples:
      kit new assignment "Field report"
      kit new assignment a2-late-planes --course ~/courses/tables
    """
    from kit.authoring import new as authoring

    made = authoring.new_assignment(name, course)
    folder = made.path.parent.parent
    says = _("“{title}” is an assignment now, with a solution and tests, listed in course.toml.")
    _tell_what_was_made(made, as_json, says, f"cd {_typed(folder)}",
                        f"nbgrader generate_assignment {made.id}")  # fmt: skip


def _tell_what_was_made(made: Made, as_json: bool, says: str, *commands: str) -> None:
    if as_json:
        click.echo(json.dumps({**asdict(made), "path": str(made.path)}))
        return
    click.echo(says.format(title=made.title))
    for command in commands:
        click.echo(f"  {command}")


def _typed(path: Path) -> str:
    """A path as one would type it here."""
    here = Path.cwd()
    return shlex.quote(str(path.relative_to(here) if path.is_relative_to(here) else path))
