"""Options and arguments that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

from kit.words import _

target_argument = click.argument("name", metavar="[LESSON|COURSE]", default="")
course_option = click.option(
    "--course", type=click.Path(path_type=Path), default=".", help=_("The course's folder.")
)
lesson_option = click.option("--lesson", default="", help=_("Only this lesson, by its id."))
json_option = click.option("--json", "as_json", is_flag=True, help=_("Print JSON."))
