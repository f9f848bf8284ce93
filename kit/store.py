"""Append and read events: one SQLite file for everything a learner did on this machine.

Several kernels, tabs and the server write at once (WAL). ``append`` returns only after the
events are on the disk (``synchronous=FULL``: fsync at each commit), and whoever shows "saved"
does so after that. A file that cannot be read is moved aside and kept, never deleted.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
)
from kit.events import Event, new_id
from kit.words import _

if TYPE_CHECKING:
    from filelock import FileLock

WAIT_SECONDS = 10
FILE_NAME = "progress.sqlite3"


def data_folder() -> Path:
    """Where this person's progress is kept: ``KIT_DATA``, or the system's place for it."""
    if folder := os.environ.get("KIT_DATA"):
        return Path(folder).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("lesson-kit", appauthor=False)


def current_learner() -> str:
    """The name events are kept under: ``KIT_LEARNER``, the hub's user or the system's user."""
    named = os.environ.get("KIT_LEARNER") or os.environ.get("JUPYTERHUB_USER")
    if named:
        return named
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

        An event whose id is already there changes nothing and is not in the result.

        Raises:
            StoreError: nothing of these events was written; says why and what to do.
        """
        pending = list(events)
        return self._run(lambda connection: _append(connection, pending))

    def events(self, *, learner: str = "", course: str = "", lesson: str = "") -> list[Event]:
        """Events in their total order (see ``Event.order``); an empty filter lets all through.

        Raises:
            StoreError: the store cannot be read; says why and what to do.
        """
        wanted = {"learner": learner, "course": course, "lesson": lesson}
        wanted = {name: value for name, value in wanted.items() if value}
        try:
            if not _exists(self.path):
                return []
            return self._run(lambda connection: _select(connection, wanted))
        except (StoreReadOnly, StoreFull):  # even to be read, SQLite wants to write beside it
            return _select_unwritable(self.path, wanted)

    def damaged_files(self) -> list[Path]:
        """Files that could not be read and were moved aside, oldest first."""
        pattern = f"{self.path.stem}.damaged-*{self.path.suffix}"
        return sorted(self.path.parent.glob(pattern))

    def _run(self, operation: Callable[[sqlite3.Connection], list[Event]]) -> list[Event]:
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _rescue_file(self.path).exists():  # its rescue was cut off, or is under way
                _set_aside(self.path)
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
        done = _with_connection(path, operation)
    except sqlite3.DatabaseError as error:
        if _is_damage(error):
            _set_aside(path)
        elif before in {None, _identity(path)}:
            raise
    else:
        if before in {None, _identity(path)}:
            return done
    return _with_connection(path, operation) or done


def _with_connection(
    path: Path, operation: Callable[[sqlite3.Connection], list[Event]]
) -> list[Event]:
    with closing(_open(path)) as connection:
        return operation(connection)


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
        path.stat()
    except FileNotFoundError:
        return _rescue_file(path).exists()
    except OSError as error:
        raise _explained(error, path) from error
    return True


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise StoreTooNew(
                _(
                    "The progress file {path} was written by a newer version of Lesson Kit "
                    "(format {version}; this version knows up to {known})."
                ).format(path=path, version=version, known=len(MIGRATIONS)),
                _("Update Lesson Kit, or set KIT_DATA to another folder; the file is untouched."),
            )
        if version < len(MIGRATIONS):
            _migrate(connection)
        connection.execute("PRAGMA synchronous = FULL")
    except BaseException:
        connection.close()
        raise
    return connection


def _append(connection: sqlite3.Connection, events: list[Event]) -> list[Event]:
    connection.execute("BEGIN IMMEDIATE")
    (device,) = connection.execute("SELECT id FROM device").fetchone()
    last, latest = connection.execute(
        "SELECT seq, at FROM event WHERE device = ? ORDER BY seq DESC LIMIT 1", (device,)
    ).fetchone() or (0, "")
    stored = []
    for event in events:
        own = event
        if not event.device:
            # A clock that was put back must not place this before what was there already.
            own = replace(event, device=device, seq=last + 1, at=max(event.at, latest))
        if _insert(connection, own):
            stored.append(own)
            if own.device == device and own.seq > last:
                last, latest = own.seq, own.at
    connection.execute("COMMIT")
    return stored


def _select(connection: sqlite3.Connection, wanted: dict[str, str]) -> list[Event]:
    where = " AND ".join(f"{name} = :{name}" for name in wanted) or "1"
    query = f"SELECT {', '.join(_COLUMNS)} FROM event WHERE {where} ORDER BY at, device, seq, id"  # noqa: S608 - the names are ours
    return [_event(row) for row in connection.execute(query, wanted)]


def m001_events(connection: sqlite3.Connection) -> None:
    """The event table, and the name of this device."""
    connection.execute(
        """CREATE TABLE event (
            id TEXT PRIMARY KEY, learner TEXT NOT NULL, course TEXT NOT NULL,
            lesson TEXT NOT NULL, item TEXT NOT NULL, verb TEXT NOT NULL,
            result TEXT NOT NULL, version TEXT NOT NULL,
            device TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID"""
    )
    connection.execute("CREATE INDEX event_by_lesson ON event (learner, course, lesson)")
    connection.execute("CREATE INDEX event_by_device ON event (device, seq)")
    connection.execute("CREATE TABLE device (id TEXT NOT NULL) STRICT")
    connection.execute("INSERT INTO device VALUES (?)", (new_id(),))


# Append only: a file in the field may be at any of these formats.
MIGRATIONS = (m001_events,)


def _migrate(connection: sqlite3.Connection) -> None:
    _switch_to_wal(connection)
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for migration in MIGRATIONS[version:]:  # another process may have been first
        migration(connection)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.execute("COMMIT")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """SQLite does not wait for the lock here, whatever the timeout, so we do."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


_COLUMNS = (
    "id", "learner", "course", "lesson", "item", "verb",
    "result", "version", "device", "seq", "at",
)  # fmt: skip


def _insert(connection: sqlite3.Connection, event: Event) -> bool:
    values = {name: getattr(event, name) for name in _COLUMNS}
    values["result"] = json.dumps(event.result)
    marks = ", ".join(f":{name}" for name in _COLUMNS)
    cursor = connection.execute(
        f"INSERT OR IGNORE INTO event ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608
        values,
    )
    return cursor.rowcount == 1


def _event(row: tuple[str | int, ...]) -> Event:
    """The event of a row.

    Raises:
        DatabaseError: the row holds what was never written there.
    """
    fields: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    try:
        fields["result"] = json.loads(fields["result"])
        return Event(**fields)
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(f"malformed event {fields['id']}: {error}") from error


def _is_damage(error: sqlite3.Error) -> bool:
    name = getattr(error, "sqlite_errorname", "")
    return name in {"SQLITE_NOTADB", "SQLITE_CORRUPT"} or any(
        word in str(error) for word in ("malformed", "Could not decode to UTF-8")
    )


def _set_aside(path: Path) -> None:
    """Move a damaged file aside, whole, and go on with a new one that has what could be read.

    It is first moved to a name that says that its events are still to be rescued, and gets its
    last name when they are: whoever finds the first name takes the rescue up. Nothing is ever
    moved into the store's place, where another process may have begun to write already.
    """
    with _rescue_lock(path):
        rescue = _rescue_file(path)
        if not rescue.exists() and not _is_sound(path):  # else another process was here first
            _move(path, rescue)
        if rescue.exists():
            rescued = _readable_events(rescue)
            _with_connection(path, lambda connection: _append(connection, rescued))
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
            _move(rescue, path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}"))


def _move(path: Path, to: Path) -> None:
    for suffix in ("-wal", "-shm", ""):
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.rename(to.with_name(to.name + suffix))


def _rescue_file(path: Path) -> Path:
    return path.with_name(f"{path.name}.rescue")


def _rescue_lock(path: Path) -> FileLock:
    from filelock import FileLock

    return FileLock(path.with_name(f"{path.name}.lock"), timeout=WAIT_SECONDS)


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
            for row in connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM event"):  # noqa: S608
                _event(row)
            return bool(verdict == "ok")
    except sqlite3.DatabaseError as error:
        if not _is_damage(error) and "no such table" not in str(error):
            raise
        return False


def _readable_events(damaged: Path) -> list[Event]:
    """The events before the first damaged page and those after the last; leaves the file as is."""
    found: dict[str, Event] = {}
    for direction in ("ASC", "DESC"):
        query = f"SELECT {', '.join(_COLUMNS)} FROM event ORDER BY id {direction}"  # noqa: S608
        with closing(sqlite3.connect(f"{damaged.as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            with contextlib.suppress(sqlite3.Error):
                for row in connection.execute(query):
                    with contextlib.suppress(sqlite3.Error, UnicodeDecodeError):
                        plain = [each.decode() if isinstance(each, bytes) else each for each in row]
                        event = _event(tuple(plain))
                        found[event.id] = event
    return list(found.values())


def _select_unwritable(path: Path, wanted: dict[str, str]) -> list[Event]:
    """Read a store beside which nothing can be written, for want of a right or of room."""
    wal = path.with_name(path.name + "-wal")
    try:
        if not wal.exists() or not wal.stat().st_size:
            unchanging = f"{path.as_uri()}?mode=ro&immutable=1"
            with closing(sqlite3.connect(unchanging, uri=True)) as connection:
                (version,) = connection.execute("PRAGMA user_version").fetchone()
                return _select(connection, wanted) if version else []
        with tempfile.TemporaryDirectory(prefix="lesson-kit-") as folder:
            copy = Path(folder, path.name)
            shutil.copyfile(wal, copy.with_name(wal.name))
            shutil.copyfile(path, copy)
            return _with_connection(copy, lambda connection: _select(connection, wanted))
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
                path=path, n=WAIT_SECONDS
            ),
            _("Close that program and answer again."),
        )
    if isinstance(error, sqlite3.Error) and _is_damage(error):
        return StoreDamaged(
            _("The progress file {path} is damaged and could not be set aside.").format(path=path),
            _("Move it to another folder yourself (nothing deletes it) and try again."),
        )
    return StoreError(
        _("The progress file {path} cannot be used: {error} ({name}).").format(
            path=path, error=error, name=name
        ),
        _("Check the disk, or set KIT_DATA to another folder."),
    )
