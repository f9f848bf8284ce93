"""A progress file that cannot be read: moved aside whole, and what can be read of it rescued."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from kit import event_table
from kit.events import Event

if TYPE_CHECKING:
    from filelock import FileLock


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is at fault, and not a lock, a right or the room on the disk."""
    name = getattr(error, "sqlite_errorname", "")
    return name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")) or any(
        word in str(error) for word in ("malformed", "Could not decode to UTF-8")
    )


def rescue_file(path: Path) -> Path:
    """What a damaged file is called until its events are rescued."""
    return path.with_name(f"{path.name}.rescue")


def set_aside(path: Path) -> None:
    """Move a damaged file aside, whole, and go on with a new one that has what could be read.

    It is first moved to a name that says that its events are still to be rescued, and gets its
    last name when they are: whoever finds the first name takes the rescue up. Nothing is ever
    moved into the store's place, where another process may have begun to write already.
    """
    with _rescue_lock(path):
        rescue = rescue_file(path)
        if not rescue.exists() and not _is_sound(path):  # else another process was here first
            _move(path, rescue)
        if rescue.exists():
            rescued = _readable_events(rescue)
            event_table.with_connection(
                path, lambda connection: event_table.append(connection, rescued)
            )
            stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
            _move(rescue, path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}"))


def damaged_files(path: Path) -> list[Path]:
    """The files that were set aside in this one's place, oldest first."""
    try:
        return sorted(path.parent.glob(f"{path.stem}.damaged-*{path.suffix}"))
    except OSError:  # a folder that cannot be looked into: whoever uses the store is told why
        return []


def _move(path: Path, to: Path) -> None:
    for suffix in ("-wal", "-shm", ""):
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.rename(to.with_name(to.name + suffix))


def _rescue_lock(path: Path) -> FileLock:
    from filelock import FileLock

    return FileLock(path.with_name(f"{path.name}.lock"), timeout=event_table.WAIT_SECONDS)


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=event_table.WAIT_SECONDS)) as connection:
            (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
            for row in connection.execute(event_table.SELECT):
                event_table.event_of(row)
            event_table.growing(connection)
            return bool(verdict == "ok")
    except sqlite3.DatabaseError as error:
        if not is_damage(error) and "no such table" not in str(error):
            raise
        return False


def _readable_events(damaged: Path) -> list[Event]:
    """The events before the first damaged page and those after the last; leaves the file as is."""
    found: dict[str, Event] = {}
    tables = (event_table.SELECT_GROWING, event_table.SELECT)
    for table, direction in product(tables, ("ASC", "DESC")):
        query = f"{table} ORDER BY id {direction}"
        with closing(sqlite3.connect(f"{damaged.as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = bytes
            with suppress(sqlite3.Error):
                for row in connection.execute(query):
                    with suppress(sqlite3.Error, UnicodeDecodeError):
                        plain = [each.decode() if isinstance(each, bytes) else each for each in row]
                        event = event_table.event_of(tuple(plain))
                        found[event.id] = event
    return list(found.values())
