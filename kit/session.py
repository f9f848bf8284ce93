"""A learner's session with a lesson: what ``lesson()`` gives to a notebook.

from kit import lesson
checks = lesson()
checks.mean_mass
"""

from __future__ import annotations

import contextlib
import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.course import CHECKS_FILE, NEEDS, Course, Lesson, find_lesson
from kit.errors import KitError, NoSuchCheck
from kit.journal import Journal
from kit.words import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kit.checks import Check
    from kit.widgets.check import CheckWidget
    from kit.widgets.link import LinkWidget
    from kit.widgets.media import MediaWidget
    from kit.widgets.media_files import Named
    from kit.widgets.notes import NotesWidget
    from kit.widgets.slides import SlidesWidget


class Checks:
    """The checks of a lesson, by name: ``checks.mean_mass`` shows that one."""

    def __init__(self, journal: Journal, checks: Mapping[str, Check]) -> None:
        self._journal = journal
        self._checks = checks
        self._widgets: dict[str, CheckWidget] = {}

    def __getattr__(self, name: str) -> CheckWidget:
        if name.startswith("_"):  # IPython asks every object for many such names
            raise AttributeError(name)
        if name not in self._checks:
            raise self._no_such_check(name)
        if name not in self._widgets:
            from kit.widgets.check import CheckWidget

            self._widgets[name] = CheckWidget(
                self._checks[name], self._journal, _learners_names(), in_app=in_app()
            )
        return self._widgets[name]

    def __dir__(self) -> list[str]:
        return sorted(self._checks)

    def __repr__(self) -> str:
        return f"The checks of this lesson: {', '.join(self._checks)}"

    def _no_such_check(self, name: str) -> NoSuchCheck:
        path = self._journal.lesson.folder / CHECKS_FILE
        near = difflib.get_close_matches(name, self._checks, 1)
        mend = (
            _("Did you mean checks.{name}?").format(name=near[0])
            if near
            else _("It has: {names}.").format(names=", ".join(self._checks) or _("none"))
        )
        return NoSuchCheck(_("{path} has no check {name!r}.").format(path=path, name=name), mend)


_journal: Journal | None = None


def lesson(where: str | Path | None = None) -> Checks:
    """Open the lesson that this notebook belongs to, and show how far it is done.

    Args:
        where: the lesson's folder or its notebook, for the rare place that cannot be found out:
            otherwise it follows from where the notebook is (JupyterLab, Voila, nbclient and
            VS Code all run it in its own folder, or say where it is).

    Raises:
        CourseError: this folder is no lesson of a course, or the course is broken.
        CheckError: the lesson's checks.py cannot be used; names the line.
    """
    from kit.checks import load_checks

    course, found = _find(where)
    checks = load_checks(found.folder / CHECKS_FILE) if found.check_ids else {}
    journal = _open_journal(course, found)
    _show_bar(journal)
    return Checks(journal, checks)


def Video(  # noqa: N802 - it reads as the thing that it shows
    path: str,
    *,
    title: str,
    captions: str | Mapping[str, str] = "",
    poster: str = "",
    chapters: str = "",
    checks: Mapping[str | float, CheckWidget] | None = None,
    watched: float = NEEDS,
) -> MediaWidget:
    """Show a video of the lesson: captions, transcript, and on from where it was left.

    Of "media/intro.webm", what is left out is looked for beside it: captions in
    ``intro.en.vtt`` and other languages, ``intro.chapters.vtt``, ``intro.png`` as its poster, and
    ``intro.mp4`` for browsers that do not play it.

    Args:
        path: the file, relative to the lesson's folder, as in "media/intro.webm".
        title: what the video is called, for the page and for screen readers.
        captions: its WebVTT file, likewise, or files by language; the transcript is made of it.
        poster: an image shown before it plays, likewise.
        chapters: a WebVTT file of its chapters, likewise.
        checks: the lesson's checks that it asks, by the time at which it stops for them: "1:18",
            or a number of seconds.
        watched: the share of it that has to be played to count as watched.

    Raises:
        CourseError: the notebook is in no lesson, or a time is none.
    """
    from kit.widgets.media_files import Named

    named = Named("video", path, captions, poster, chapters)
    return _media(named, title=title, checks=checks, watched=watched)


def Audio(  # noqa: N802
    path: str,
    *,
    title: str,
    captions: str | Mapping[str, str] = "",
    chapters: str = "",
    checks: Mapping[str | float, CheckWidget] | None = None,
    watched: float = NEEDS,
) -> MediaWidget:
    """Let the learner hear a sound of the lesson; the arguments are those of ``Video``.

    Raises:
        CourseError: the notebook is in no lesson, or a time is none.
    """
    from kit.widgets.media_files import Named

    named = Named("audio", path, captions, chapters=chapters)
    return _media(named, title=title, checks=checks, watched=watched)


def Slides(  # noqa: N802
    path: str, *, title: str = "", notes: bool = True
) -> SlidesWidget:
    """Show slides of the lesson, one at a time.

    Args:
        path: the file, relative to the lesson's folder: Markdown as ``kit media narrate`` takes
            it, a notebook whose cells have slide types, or a PDF.
        title: what they are called; the lesson's title if left out.
        notes: whether what is said over each slide can be read.

    Raises:
        CourseError: the notebook is in no lesson.
    """
    from kit.widgets.slides import SlidesWidget

    journal = _current_journal()
    title = title or _("Slides: {lesson}").format(lesson=journal.lesson.title)
    return SlidesWidget(journal, path, title=title, notes=notes)


def Notes(path: str = "notes.md", *, title: str = "") -> NotesWidget:  # noqa: N802
    """Show notes of the lesson, folded, to be read again and printed.

    Args:
        path: a Markdown file, relative to the lesson's folder.
        title: what they are called.

    Raises:
        CourseError: the notebook is in no lesson.
    """
    from kit.widgets.notes import NotesWidget

    return NotesWidget(_current_journal(), path, title=title)


def Link(url: str, *, title: str, about: str = "") -> LinkWidget:  # noqa: N802
    """Show a card that leads to a page outside of the course, which needs the internet.

    Args:
        url: the page's address, http or https.
        title: what it is called.
        about: what it is good for, in a sentence.

    Raises:
        CourseError: it is not the address of a web page.
    """
    from kit.widgets.link import LinkWidget

    return LinkWidget(url, title=title, about=about)


def _media(named: Named, **options: Any) -> MediaWidget:
    from kit.widgets.media import MediaWidget

    return MediaWidget(_current_journal(), named, **options)


def in_app() -> bool:
    """Whether Voila runs this notebook, so that the learner has no cells to write in."""
    return "VOILA_REQUEST_URL" in os.environ


def _find(where: str | Path | None) -> tuple[Course, Lesson]:
    start = Path(where) if where else _notebook_folder()
    return find_lesson(start.parent if start.suffix == ".ipynb" else start)


def _notebook_folder() -> Path:
    """Where the notebook is: VS Code says so by a name; elsewhere it is the working folder."""
    if path := _learners_names().get("__vsc_ipynb_file__"):
        return Path(str(path)).parent
    here = Path.cwd()
    session = os.environ.get("JPY_SESSION_NAME", "")
    if session.endswith(".ipynb") and Path(session).is_absolute():
        return Path(session).parent
    return here


def _open_journal(course: Course, found: Lesson) -> Journal:
    global _journal  # noqa: PLW0603 - one kernel works on one lesson
    _journal = Journal(course, found)
    return _journal


def _current_journal() -> Journal:
    """The journal of the lesson that this notebook belongs to, which ``lesson()`` mostly opened.

    Raises:
        CourseError: it belongs to none.
    """
    return _journal or _open_journal(*_find(None))


def _show_bar(journal: Journal) -> None:
    from IPython.core.getipython import get_ipython
    from IPython.display import display

    from kit.widgets.lesson import LessonWidget

    if get_ipython() is None:
        return
    with contextlib.suppress(KitError):  # the bar below meets the same error and says it
        journal.record("opened")
    display(LessonWidget(journal, in_app=in_app()))


def _learners_names() -> dict[str, Any]:
    """The notebook's namespace, or an empty one outside of IPython."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    return shell.user_ns if shell else {}
