"""ffmpeg: run to its end, quietly, and asked meanwhile how far it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from kit.authoring.film.programs import find_program, run_program

Reached = Callable[[float], None]
"""Called now and then with the second of the film that ffmpeg is at."""

REPORTING = ("-loglevel", "info", "-f", "null", "-")
"""The end of a command whose filter writes what it measured, and which makes no file."""

PICTURE = ("-f", "image2", "-pattern_type", "none")
"""Before a picture that is read: its name is that of no row of pictures, even with a ``%d``."""


def file_name(path: Path) -> str:
    """A file's name as ffmpeg takes it for no protocol (``intro:1.mov``) and no option."""
    return f"file:{path.absolute()}"


def run_ffmpeg(*arguments: str, reached: Reached | None = None) -> str:
    """Run ffmpeg; a file that it is to write is written over.

    Args:
        arguments: what it reads, what it does with it, and what it writes.
        reached: told how far it is.

    Returns:
        What it wrote on the terminal: nothing, but where it is told to report.

    Raises:
        KitError: it is missing, or it failed; quotes the last thing it said.
    """
    asked = ("-progress", "pipe:1") if reached else ()
    return run_program(
        find_program("ffmpeg", "ffmpeg"),
        *("-hide_banner", "-nostats", "-loglevel", "error", "-y", *asked, *arguments),
        on_line=partial(_tell_second, reached) if reached else None,
    )


def _tell_second(reached: Reached, line: str) -> None:
    """Pass on where ffmpeg is, from a line of ``-progress pipe:1``."""
    key, _equals, value = line.partition("=")
    if key == "out_time_us" and value.isdigit():
        reached(int(value) / 1_000_000)
