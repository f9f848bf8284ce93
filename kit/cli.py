"""The ``kit`` command: its commands put together, and our errors told in one line."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from kit import __version__
from kit.commands.build import build
from kit.commands.doctor import doctor
from kit.commands.grading import assignment, collect, extend, feedback, grade, grades, release
from kit.commands.insight import insight
from kit.commands.lint import lint
from kit.commands.media import media
from kit.commands.new import new
from kit.commands.preview import preview
from kit.commands.progress import progress
from kit.commands.record_ids import record_ids
from kit.commands.search import search
from kit.commands.simulate import simulate
from kit.commands.start import start
from kit.errors import KitError
from kit.words import _

EXIT_BAD_INPUT = 2

# jsonschema takes it where it is there, to check IRIs, which nothing here has. To import it builds
# a grammar, for longer than all else that `kit start` imports together.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


@contextmanager
def _errors_as_one_line() -> Iterator[None]:
    """An error of ours is one sentence on stderr and exit code 2, without a traceback."""
    try:
        yield
    except KitError as error:
        _say(error)
    except FileNotFoundError:
        if _has_folder():
            raise
        what = _("The folder that you are in is not there any more.")
        _say(KitError(what, _("Go to another one, as in: cd ~")))


def _say(error: KitError) -> NoReturn:
    click.secho(_("kit: {error}").format(error=error), err=True, fg="red")
    sys.exit(EXIT_BAD_INPUT)


def _has_folder() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True


class _Kit(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which one comes to need them

    def invoke(self, ctx: click.Context) -> Any:
        if isinstance(sys.stdout, io.TextIOWrapper):
            # The name of a file need not be text, and a terminal may know few characters.
            sys.stdout.reconfigure(errors="backslashreplace")
        with _errors_as_one_line():
            return super().invoke(ctx)


@click.group(cls=_Kit, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kit")
def main() -> None:
    """Self-paced lessons in Jupyter: learn, teach, grade.

    \b
    Examples:
      kit start                    open the course in this folder
      kit progress show            how far you are
      kit progress export > me.jsonl
      kit new course tables        begin a course of your own
      kit preview 01-first-steps   see a lesson while you write it
      kit grade a1                 grade what was handed in
    """


for command in (
    start, progress, search, new, preview, lint, media, record_ids, build,
    release, collect, grade, feedback, grades, extend, assignment, insight, simulate,
    doctor,
):  # fmt: skip
    main.add_command(command)


if __name__ == "__main__":
    main()
