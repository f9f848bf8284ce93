"""The table of events in a progress file: its formats, and how rows are written and read."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from kit.errors import StoreTooNew
from kit.events import Event, new_id
from kit.words import _

WAIT_SECONDS = 10
"""How long another program may keep the file locked."""

COLUMNS = (
    "id", "learner", "course", "lesson", "item", "verb",
    "result", "version", "device", "seq", "at",
)  # fmt: skip
SELECT = f"SELECT {', '.join(COLUMNS)} FROM event"  # noqa: S608 - the names are ours


def with_connection(
    path: Path, operation: Callable[[sqlite3.Connection], list[Event]]
) -> list[Event]:
    """Do it on a connection of its own to the file, which is made or migrated before.

    Raises:
        StoreTooNew: a newer version of the kit wrote the file.
        sqlite3.Error: the file cannot be used.
    """
    with closing(_open(path)) as connection:
        return operation(connection)


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


def append(connection: sqlite3.Connection, events: list[Event]) -> list[Event]:
    """Write events in one transaction; those that were not there yet, as stored."""
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


def select(connection: sqlite3.Connection, wanted: dict[str, str]) -> list[Event]:
    """The events whose columns have these values, in their total order."""
    where = " AND ".join(f"{name} = :{name}" for name in wanted) or "1"
    query = f"{SELECT} WHERE {where} ORDER BY at, device, seq, id"
    return [event_of(row) for row in connection.execute(query, wanted)]


def _insert(connection: sqlite3.Connection, event: Event) -> bool:
    values = {name: getattr(event, name) for name in COLUMNS}
    values["result"] = json.dumps(event.result)
    marks = ", ".join(f":{name}" for name in COLUMNS)
    cursor = connection.execute(
        f"INSERT OR IGNORE INTO event ({', '.join(COLUMNS)}) VALUES ({marks})",  # noqa: S608
        values,
    )
    return cursor.rowcount == 1


def event_of(row: tuple[str | int, ...]) -> Event:
    """The event of a row.

    Raises:
        DatabaseError: the row holds what was never written there.
    """
    fields: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    try:
        fields["result"] = json.loads(fields["result"])
        return Event(**fields)
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(f"malformed event {fields['id']}: {error}") from error


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
