"""Append and read events: one SQLite file for everything a learner did on this machine.

Several kernels, tabs and the server write at once (WAL). ``append`` returns only after the
events are on the disk (``synchronous=FULL``: fsync at each commit), and whoever shows "saved"
does so after that. A file that cannot be read is moved aside and kept, never deleted.
"""

from __future__ import annotations

import errno
import getpass
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path

from kit import event_table
from kit.errors import StoreBusy, StoreDamaged, StoreError, StoreFull, StoreReadOnly, quoted
from kit.events import MAX_NAME_CHARACTERS, Event
from kit.rescue import damaged_files, is_damage, rescue_file, set_aside
from kit.words import _

FILE_NAME = "progress.sqlite3"


def data_folder() -> Path:
    """Where this person's progress is kept: ``KIT_DATA``, or the system's place for it.

    Raises:
        StoreError: no folder can be where ``KIT_DATA`` says.
    """
    named = os.environ.get("KIT_DATA")
    if not named:
        from platformdirs import user_data_path

        return user_data_path("lesson-kit", appauthor=False)
    try:
        folder = Path(named).expanduser().absolute()
        with suppress(FileNotFoundError, PermissionError):  # who writes there makes it, or says so
            os.scandir(folder).close()
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else _("there is no such home folder")
        raise StoreError(
            _("KIT_DATA is {value}, which is no folder: {reason}.").format(
                value=quoted(named), reason=reason
            ),
            _("Set KIT_DATA to a folder of yours."),
        ) from error
    return folder


def current_learner() -> str:
    """The name events are kept under: ``KIT_LEARNER``, the hub's user or the system's user.

    Raises:
        StoreError: no event can have such a name.
    """
    name = os.environ.get("KIT_LEARNER") or os.environ.get("JUPYTERHUB_USER") or _login()
    is_text = not any("\ud800" <= sign <= "\udfff" for sign in name)  # bytes that are not UTF-8
    if is_text and len(name) <= MAX_NAME_CHARACTERS:
        return name
    raise StoreError(
        _("Progress cannot be kept under the name {name}.").format(name=quoted(name)),
        _("Set KIT_LEARNER to a name in UTF-8 of at most {n} characters.").format(
            n=MAX_NAME_CHARACTERS
        ),
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no entry for this user id, as in some containers
        return "learner"


class Store:
    """The events on this machine.

    Making one touches nothing: the file is made at the first append. A ``Store`` may be used
    from any thread and process; each operation has its own connection.

    Attributes:
        path: the SQLite file.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = (path or data_folder() / FILE_NAME).absolute()

    def append(self, events: Iterable[Event]) -> list[Event]:
        """Write events, fsync, and return them as stored (with device and seq).

        An event whose id is already there changes nothing and is not in the result. One that is
        new and has this file's own device id shows that another file has it too: from then on
        this one has an id of its own.

        Raises:
            StoreError: nothing of these events was written; says why and what to do.
        """
        pending = list(events)
        return self._run(lambda connection: event_table.append(connection, pending))

    def grow(self, events: Iterable[Event]) -> set[str]:
        """Write events that may still grow, and fsync; each over what is there of its id.

        They grow until the next ``append``, whoever it is by, or ``settle``. ``events`` shows them
        as far as they have come, with 0 for ``seq``.

        Returns:
            The ids of those that say something new of what is stored for good: these were not
            written, and need a new id.

        Raises:
            StoreError: nothing of these events was written; says why and what to do.
        """
        pending = list(events)
        return {
            event.id
            for event in self._run(lambda connection: event_table.grow(connection, pending))
        }

    def settle(self) -> None:
        """Store for good what may still grow, so that it can be handed on.

        Raises:
            StoreError: it may still grow; says why.
        """
        if _exists(self.path):
            self.append(())

    def events(self, *, learner: str = "", course: str = "", lesson: str = "") -> list[Event]:
        """Events in their total order (see ``Event.order``); an empty filter lets all through.

        The time of what was written by a clock that was ahead is corrected (see
        ``event_table.select``).

        Raises:
            StoreError: the store cannot be read; says why and what to do.
        """
        wanted = {"learner": learner, "course": course, "lesson": lesson}
        wanted = {name: value for name, value in wanted.items() if value}
        try:
            if not _exists(self.path):
                return []
            return self._run(lambda connection: event_table.select(connection, wanted))
        except (StoreReadOnly, StoreFull):  # even to be read, SQLite wants to write beside it
            return _select_unwritable(self.path, wanted)

    def damaged_files(self) -> list[Path]:
        """Files that could not be read and were moved aside, oldest first."""
        return damaged_files(self.path)

    def _run(self, operation: Callable[[sqlite3.Connection], list[Event]]) -> list[Event]:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if rescue_file(self.path).exists():  # its rescue was cut off, or is under way
                set_aside(self.path)
            return _on_one_file(self.path, operation)
        except (sqlite3.Error, OSError) as error:
            raise _explained(error, self.path) from error


def _on_one_file(path: Path, operation: Callable[[sqlite3.Connection], list[Event]]) -> list[Event]:
    """Do it, and once more where another process set the file aside meanwhile.

    What was written may then be in the old file only, after its events were rescued; an id that
    is there already changes nothing. (Looked at before the file is opened and after the commit,
    so that no move between the two goes unseen.)
    """
    before = _identity(path)
    done: list[Event] = []
    try:
        done = event_table.with_connection(path, operation)
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            set_aside(path)
        elif before in {None, _identity(path)}:
            raise
    else:
        if before in {None, _identity(path)}:
            return done
    return event_table.with_connection(path, operation) or done


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file this is on the disk; None for none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return (found.st_dev, found.st_ino)


def _exists(path: Path) -> bool:
    """Like ``path.exists()``, which takes "not allowed to look" for "is not there"."""
    try:
        return any(_identity(file) for file in (path, rescue_file(path)))
    except OSError as error:
        raise _explained(error, path) from error


def _select_unwritable(path: Path, wanted: dict[str, str]) -> list[Event]:
    """Read a store beside which nothing can be written, for want of a right or of room."""
    wal = path.with_name(path.name + "-wal")
    try:
        if not wal.exists() or not wal.stat().st_size:
            unchanging = f"{path.as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(unchanging, uri=True)) as connection:
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                return event_table.select(connection, wanted) if version else []
        with tempfile.TemporaryDirectory(prefix="lesson-kit-") as folder:
            copy = Path(folder, path.name)
            shutil.copyfile(wal, copy.with_name(wal.name))
            shutil.copyfile(path, copy)
            return event_table.with_connection(
                copy, lambda connection: event_table.select(connection, wanted)
            )
    except (sqlite3.Error, OSError) as error:
        raise _explained(error, path) from error


_NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE")
_NO_RIGHT = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
_LOCKED = ("SQLITE_BUSY", "SQLITE_LOCKED")


def _explained(error: sqlite3.Error | OSError, path: Path) -> StoreError:
    name = getattr(error, "sqlite_errorname", "") or type(error).__name__
    number = getattr(error, "errno", None)
    if name.startswith(_NO_ROOM) or number == errno.ENOSPC:
        return StoreFull(
            _("There is no room left on the disk for the progress file {path}.").format(path=path),
            _("Free some space and answer again; everything saved before is still there."),
        )
    if name.startswith(_NO_RIGHT) or number in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return StoreReadOnly(
            _("The progress file {path} may not be written.").format(path=path),
            _("Allow writing to it and its folder, or set KIT_DATA to a folder of yours."),
        )
    if name.startswith(_LOCKED) or name == "Timeout":
        return StoreBusy(
            _("Another program has kept the progress file {path} locked for {n} s.").format(
                path=path, n=event_table.WAIT_SECONDS
            ),
            _("Close that program and answer again."),
        )
    if isinstance(error, sqlite3.Error) and is_damage(error):
        return StoreDamaged(
            _("The progress file {path} is damaged and could not be set aside.").format(path=path),
            _("Move it to another folder yourself (nothing deletes it) and try again."),
        )
    return StoreError(
        _("The progress file {path} cannot be used: {error} ({name}).").format(
            path=path, error=getattr(error, "strerror", None) or error, name=name
        ),
        _("Check the disk, or set KIT_DATA to another folder."),
    )
