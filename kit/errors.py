"""Every error that the kit raises on purpose, in one tree.

    KitError
    ├── CourseError        course.toml, a lesson's folder or its notebook cannot be used
    ├── CheckError         checks.py has a mistake that its author can mend
    │   └── NoSuchCheck    the notebook asks for a check that checks.py has not
    ├── BuildError         a student's edition cannot be made or put there
    ├── NewError           a course, a lesson or an assignment cannot be made there
    ├── StoreError         progress cannot be read or written
    │   ├── StoreBusy      another program kept the file locked
    │   ├── StoreFull      no room on the disk
    │   ├── StoreReadOnly  no right to write there
    │   ├── StoreTooNew    written by a newer version of the kit
    │   └── StoreDamaged   not a database any more
    ├── ExportError        a progress file that cannot be imported
    └── StartError         the server cannot be started

Each says what happened, with which values, and what to do. It is raised where it is known and
shown once at the edge: a line on the terminal, a message on the page, an HTTP status.
"""

from __future__ import annotations

from pathlib import Path

from kit.words import _


class KitError(Exception):
    """Something a person can act on.

    Args:
        what: one sentence that says what happened and names the file.
        mend: one sentence that says what to do about it.
    """

    def __init__(self, what: str, mend: str = "") -> None:
        self.what = what
        self.mend = mend
        super().__init__(f"{what} {mend}".strip())

    def _render_traceback_(self) -> list[str]:
        """What IPython shows instead of a traceback: the sentence, not our stack."""
        return [str(self)]


class CourseError(KitError):
    """A course, or one of its lessons, cannot be used as it is on disk."""


def unreadable(path: Path, error: OSError) -> CourseError:
    """The error for a file of a course that the system does not let us read."""
    return CourseError(
        _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror),
        _("Check the file and its permissions."),
    )


QUOTED_CHARACTERS = 200


def quoted(value: str) -> str:
    """A value in quotes; of one that is far too long, its beginning and its end."""
    text = repr(value)
    half = QUOTED_CHARACTERS // 2
    return text if len(text) <= QUOTED_CHARACTERS else f"{text[:half]}…{text[-half:]}"


def printable(value: str) -> str:
    """A value for a terminal, to which it can say nothing but itself."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in value)


class CheckError(KitError):
    """An author's mistake in a ``checks.py``; names the file and the line."""


class BuildError(KitError):
    """A student's edition cannot be made of this course, or not in that place."""


class NewError(KitError):
    """A course, a lesson or an assignment cannot be made under that name, or in that place."""


class NoSuchCheck(CheckError, AttributeError):
    """checks.py has no check of the name that was asked for."""


class StoreError(KitError):
    """Progress cannot be read or written."""


class StoreBusy(StoreError):
    """Another program has kept the store locked for longer than we wait."""


class StoreFull(StoreError):
    """There is no room left on the disk."""


class StoreReadOnly(StoreError):
    """The store, or the folder it is in, may not be written."""


class StoreTooNew(StoreError):
    """A newer version of the kit wrote the store."""


class StoreDamaged(StoreError):
    """The file is not a database (any more)."""


class ExportError(KitError):
    """A progress file cannot be imported; names the file and the line."""


class StartError(KitError):
    """The server cannot be started."""
