"""``kit preview``: a lesson or a course as a new student sees it, following its author's editor."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from kit.course import Course
from kit.errors import StartError
from kit.words import _

if TYPE_CHECKING:
    from kit.server.start import Running

PREFIX = "lesson-kit-preview-"
STUDENT = "student"
"""Whose progress it is, for the time being."""


def preview(
    course: Course,
    lesson_id: str = "",
    *,
    port: int,
    open_browser: bool,
    announce: Callable[[Running], None],
    verbose: bool = False,
) -> None:
    """Serve a course until Ctrl-C or SIGTERM, with a page open; progress is thrown away.

    Args:
        lesson_id: what to open; it may be broken, and its page then says so. "" opens Home.
        port, open_browser, announce, verbose: see ``kit.server.start.start``.

    Raises:
        StartError: no port is free.
    """
    with _stopped_by_sigterm(), _temporary_folder() as folder:
        # For this process and the kernels that it starts: the author's own data stay out of it.
        os.environ.update(KIT_DATA=str(folder / "server"), KIT_LEARNER=STUDENT)
        from traitlets.config import Config

        from kit.server.start import start

        settings = Config()
        settings.LessonKit.preview = str(folder)
        start(
            course, port=port, open_browser=open_browser, announce=announce, verbose=verbose,
            page=f"kit/lesson/{quote(lesson_id, safe='')}" if lesson_id else "kit/",
            settings=settings,
        )  # fmt: skip


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Until the server has its own way to stop, SIGTERM is as Ctrl-C: what was begun is undone."""
    for name in ("SIGTERM", "SIGHUP"):  # the latter: the terminal's window was closed
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        return


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    try:
        folder = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
    except OSError as error:
        raise StartError(
            _("There is no temporary folder to be had: {reason}.").format(reason=error.strerror),
            _("Free some space, or set TMPDIR to a folder of yours."),
        ) from error
    with folder as path:
        yield Path(path)
