"""The table of events in a progress file: its formats, and how rows are written and read."""

from __future__ import annotations

import json
import math
import sqlite3
import time
from bisect import bisect_right, insort
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kit.errors import StoreTooNew
from kit.events import MAX_RESULT_CHARACTERS, Event, new_id
from kit.played import grown
from kit.words import _

WAIT_SECONDS = 10
"""How long another program may keep the file locked."""

COLUMNS = (
    "id", "learner", "course", "lesson", "item", "verb",
    "result", "version", "device", "seq", "at",
)  # fmt: skip
SELECT = f"SELECT {', '.join(COLUMNS)} FROM event"  # noqa: S608 - the names are ours
SELECT_GROWING = SELECT.replace("FROM event", "FROM growing")

A_DAY = timedelta(days=1)
KIT_BEGAN = "2026-01-01"
"""No event is older than the kit: a clock that shows an earlier time has lost it."""


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
    """Write events in one transaction; those that were not there yet, as stored.

    Before them goes all that was still growing: it took place before, and grows no more.
    """
    connection.execute("BEGIN IMMEDIATE")
    settled = growing(connection)
    if settled:
        connection.execute("DELETE FROM growing")
    stored = _append(connection, [*settled, *events])
    connection.execute("COMMIT")
    ids = {event.id for event in settled}
    return [event for event in stored if event.id not in ids]


def _append(connection: sqlite3.Connection, events: list[Event]) -> list[Event]:
    device, last, latest = _place(connection)
    stored = []
    for event in events:
        own = event
        if not event.device:
            own = replace(event, device=device, seq=last + 1, at=_own_time(event.at, latest))
        if not _insert(connection, own):
            continue
        stored.append(own)
        if not event.device:
            last, latest = own.seq, own.at
        elif event.device == device:  # another file has this name too, and goes on counting
            device, last, latest = _take_new_name(connection), 0, ""
    return stored


def _place(connection: sqlite3.Connection) -> tuple[str, int, str]:
    """This device's name, and the number and time of its last event."""
    (device,) = connection.execute("SELECT id FROM device").fetchone()
    last, latest = connection.execute(
        "SELECT seq, at FROM event WHERE device = ? ORDER BY seq DESC LIMIT 1", (device,)
    ).fetchone() or (0, "")
    return device, last, latest


def grow(connection: sqlite3.Connection, events: list[Event]) -> list[Event]:
    """Write events that may still grow, each over what is there of its id, in one transaction.

    Returns:
        Those that say something new of what is stored for good, or too much to be one event: these
        were not written.
    """
    connection.execute("BEGIN IMMEDIATE")
    closed = []
    for event in events:
        stored = _by_id(connection, SELECT, event)
        before = stored or _by_id(connection, SELECT_GROWING, event)
        now = replace(event, result=grown(before.result, event.result)) if before else event
        if before and (_subject(before) != _subject(event) or _is_too_long(now)):
            closed.append(event)
        elif not stored:
            _insert(connection, now, "INSERT OR REPLACE INTO growing")
        elif now.result != stored.result:
            closed.append(event)
    connection.execute("COMMIT")
    return closed


def _is_too_long(event: Event) -> bool:
    """Whether an event's line in a file of progress would be one that no import reads."""
    return len(json.dumps(event.result)) > MAX_RESULT_CHARACTERS // 2


def _by_id(connection: sqlite3.Connection, query: str, event: Event) -> Event | None:
    row = connection.execute(f"{query} WHERE id = ?", (event.id,)).fetchone()
    return event_of(row) if row else None


def _subject(event: Event) -> tuple[str, ...]:
    return (event.learner, event.course, event.lesson, event.item, event.verb)


def growing(connection: sqlite3.Connection) -> list[Event]:
    """What may still grow, in the order of time; seq is 0, and there is no device."""
    there = "SELECT 1 FROM sqlite_master WHERE name = 'growing'"
    if not connection.execute(there).fetchone():  # a file of an older format, only to be read
        return []
    return [event_of(row) for row in connection.execute(f"{SELECT_GROWING} ORDER BY at, id")]


def _own_time(at: str, latest: str) -> str:
    """The time to store for an event of this device, where the last one has ``latest``.

    A clock that was put back a little, or lost the time, must not change their order. One that is
    put back by more was ahead before: what it wrote then is corrected when it is read.
    """
    return at if at >= KIT_BEGAN and _is_a_day_after(latest, at) else max(at, latest)


def _is_a_day_after(later: str, earlier: str) -> bool:
    try:
        return datetime.fromisoformat(later) - datetime.fromisoformat(earlier) > A_DAY
    except (ValueError, TypeError):  # there is no later one, or a fault of the disk spoilt it
        return False


def _take_new_name(connection: sqlite3.Connection) -> str:
    name = new_id()
    connection.execute("UPDATE device SET id = ?", (name,))
    return name


def select(connection: sqlite3.Connection, wanted: dict[str, str]) -> list[Event]:
    """The events whose columns have these values, in their total order; with those that may still
    grow, whose ``seq`` is 0.

    What was written by a clock that was ahead gets the time at which it was set right.
    """
    where = " AND ".join(f"{name} = :{name}" for name in wanted) or "1"
    query = f"{SELECT} WHERE {where} ORDER BY at, device, seq, id"
    connection.execute("BEGIN")  # so that both are read of one moment
    events = [event_of(row) for row in connection.execute(query, wanted)]
    corrections = _corrections(connection)
    unfinished = _as_if_stored(connection, wanted)
    connection.execute("COMMIT")
    if corrections:
        corrected = (_corrected(event, corrections.get(event.device, [])) for event in events)
        events = sorted(corrected, key=lambda event: event.order)
    for event in unfinished:
        insort(events, event, key=lambda each: each.order)
    return events


def _as_if_stored(connection: sqlite3.Connection, wanted: dict[str, str]) -> list[Event]:
    """What may still grow, with the device and the time that it will get."""
    unfinished, shown = growing(connection), []
    device, _last, latest = _place(connection) if unfinished else ("", 0, "")
    for event in unfinished:
        latest = _own_time(event.at, latest)
        if all(getattr(event, name) == value for name, value in wanted.items()):
            shown.append(replace(event, device=device, at=latest))
    return shown


Corrections = dict[str, list[tuple[int, str]]]
"""By device: its events with a lower ``seq`` than this took place at this time or before.

Both grow along the list.
"""

_FALLS = """
SELECT device, seq, at FROM event WHERE EXISTS (
    SELECT 1 FROM event AS before
    WHERE before.device = event.device AND before.seq = event.seq - 1 AND before.at > event.at
) ORDER BY device, seq, at"""
"""Where the time falls from one event of a device to the next (LAG takes five times as long)."""

_FIRST_SHARED = """
SELECT min(seq) FROM (SELECT seq FROM event WHERE device = ? GROUP BY seq HAVING count(*) > 1)"""


def _corrections(connection: sqlite3.Connection) -> Corrections:
    corrections: Corrections = {}
    falls = connection.execute(_FALLS).fetchall()
    shared = {device: _shared_from(connection, device) for device in {row[0] for row in falls}}
    for device, seq, at in falls:
        if seq > shared[device] or at < KIT_BEGAN:
            continue
        own = corrections.setdefault(device, [])
        while own and own[-1][1] >= at:
            own.pop()
        own.append((seq, at))
    return corrections


def _shared_from(connection: sqlite3.Connection, device: str) -> float:
    """The number from which on two files wrote under this name: their order says nothing."""
    (first,) = connection.execute(_FIRST_SHARED, (device,)).fetchone()
    return math.inf if first is None else float(first)


def _corrected(event: Event, corrections: list[tuple[int, str]]) -> Event:
    later = bisect_right(corrections, event.seq, key=lambda correction: correction[0])
    if later == len(corrections) or event.at <= corrections[later][1]:
        return event
    return replace(event, at=corrections[later][1])


def _insert(
    connection: sqlite3.Connection, event: Event, how: str = "INSERT OR IGNORE INTO event"
) -> bool:
    values = {name: getattr(event, name) for name in COLUMNS}
    values["result"] = json.dumps(event.result)
    marks = ", ".join(f":{name}" for name in COLUMNS)
    cursor = connection.execute(f"{how} ({', '.join(COLUMNS)}) VALUES ({marks})", values)
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


def m002_times_by_device(connection: sqlite3.Connection) -> None:
    """Where the time falls within a device can be seen in the index alone."""
    connection.execute("DROP INDEX event_by_device")
    connection.execute("CREATE INDEX event_by_device ON event (device, seq, at)")


def m003_growing(connection: sqlite3.Connection) -> None:
    """Events that may still grow: what is being watched, told again each second."""
    connection.execute(
        """CREATE TABLE growing (
            id TEXT PRIMARY KEY, learner TEXT NOT NULL, course TEXT NOT NULL,
            lesson TEXT NOT NULL, item TEXT NOT NULL, verb TEXT NOT NULL,
            result TEXT NOT NULL, version TEXT NOT NULL,
            device TEXT NOT NULL, seq INTEGER NOT NULL, at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID"""
    )


# Append only: a file in the field may be at any of these formats.
MIGRATIONS = (m001_events, m002_times_by_device, m003_growing)


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
