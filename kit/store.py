"""Append and read events: one SQLite file for everything a learner did on this machine.

Several kernels, tabs and the server write at once (WAL). ``append`` returns only after the
events are on the disk (``synchronous=FULL``: fsync at each commit), and whoever shows "saved"
does so after that. A file that cannot be read is moved aside and kept, never deleted.
"""

from __future__ import annotations

import errno
import getpass
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from kit.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreTooNew,
)
from kit.events import Event, new_id

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
        self.path = path or data_folder() / FILE_NAME

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
        if not self.path.exists():
            return []
        wanted = {"learner": learner, "course": course, "lesson": lesson}
        wanted = {name: value for name, value in wanted.items() if value}
        return self._run(lambda connection: _select(connection, wanted))

    def damaged_files(self) -> list[Path]:
        """Files that could not be read and were moved aside, oldest first."""
        pattern = f"{self.path.stem}.damaged-*{self.path.suffix}"
        return sorted(self.path.parent.glob(pattern))

    def _run(self, operation: Callable[[sqlite3.Connection], list[Event]]) -> list[Event]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return _with_connection(self.path, operation)
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                _set_aside(self.path)
                return _with_connection(self.path, operation)
        except (sqlite3.Error, OSError) as error:
            raise _explained(error, self.path) from error


def _with_connection(
    path: Path, operation: Callable[[sqlite3.Connection], list[Event]]
) -> list[Event]:
    with closing(_open(path)) as connection:
        return operation(connection)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(MIGRATIONS):
            raise StoreTooNew(
                f"The progress file {path} was written by a newer version of Lesson Kit "
                f"(format {version}; this version knows up to {len(MIGRATIONS)}).",
                "Update Lesson Kit, or set KIT_DATA to another folder; the file is untouched.",
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
    (last,) = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM event WHERE device = ?", (device,)
    ).fetchone()
    stored = []
    for event in events:
        own = event if event.device else replace(event, device=device, seq=last + 1)
        if _insert(connection, own):
            stored.append(own)
            last = max(last, own.seq) if own.device == device else last
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
    values["result"] = json.dumps(event.result, ensure_ascii=False)
    marks = ", ".join(f":{name}" for name in _COLUMNS)
    cursor = connection.execute(
        f"INSERT OR IGNORE INTO event ({', '.join(_COLUMNS)}) VALUES ({marks})",  # noqa: S608
        values,
    )
    return cursor.rowcount == 1


def _event(row: tuple[str | int, ...]) -> Event:
    fields: dict[str, object] = dict(zip(_COLUMNS, row, strict=True))
    fields["result"] = json.loads(str(fields["result"]))
    return Event(**fields)  # type: ignore[arg-type]


def _is_damage(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorname", "") in {"SQLITE_NOTADB", "SQLITE_CORRUPT"} or (
        "malformed" in str(error)
    )


def _set_aside(path: Path) -> None:
    """Move a damaged file aside, whole, and start a new one with what can still be read of it."""
    from filelock import FileLock

    with FileLock(path.with_name(path.name + ".lock"), timeout=WAIT_SECONDS):
        if _is_sound(path):
            return  # another process was here first
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
        for suffix in ("-wal", "-shm", ""):
            old = path.with_name(path.name + suffix)
            if old.exists():
                old.rename(aside.with_name(aside.name + suffix))
        rescued = list(_readable_events(aside))
        if rescued:
            _with_connection(path, lambda connection: _append(connection, rescued))


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
            return bool(verdict == "ok")
    except sqlite3.DatabaseError:
        return False


def _readable_events(damaged: Path) -> Iterator[Event]:
    """The events before the first damaged page; the file itself is not changed."""
    try:
        with closing(sqlite3.connect(f"{damaged.as_uri()}?mode=ro", uri=True)) as connection:
            for row in connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM event"):  # noqa: S608
                yield _event(row)
    except (sqlite3.Error, ValueError):
        return


def _explained(error: sqlite3.Error | OSError, path: Path) -> StoreError:
    name = getattr(error, "sqlite_errorname", "") or type(error).__name__
    if name.startswith("SQLITE_FULL") or getattr(error, "errno", None) == errno.ENOSPC:
        return StoreFull(
            f"There is no room left on the disk for the progress file {path}.",
            "Free some space and answer again; everything saved before is still there.",
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "PermissionError")):
        return StoreReadOnly(
            f"The progress file {path} may not be written.",
            "Allow writing to it and its folder, or set KIT_DATA to a folder of yours.",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy(
            f"Another program has kept the progress file {path} locked for {WAIT_SECONDS} s.",
            "Close that program and answer again.",
        )
    if isinstance(error, sqlite3.Error) and _is_damage(error):
        return StoreDamaged(
            f"The progress file {path} is damaged and could not be set aside.",
            "Move it to another folder yourself (nothing deletes it) and try again.",
        )
    return StoreError(
        f"The progress file {path} cannot be used: {error} ({name}).",
        "Check the disk, or set KIT_DATA to another folder.",
    )
