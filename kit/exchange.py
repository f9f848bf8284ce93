"""Progress as a file: handed in, taken to another computer, kept before a reset."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from kit.course import Course
from kit.errors import ExportError, StoreError
from kit.events import Event
from kit.store import Store, current_learner, data_folder

MAX_LINE = 1_000_000


def export_events(course: Course, lesson: str = "", to: Path | None = None) -> int:
    """Write the learner's events as JSON lines, to a file or to stdout; return how many.

    Raises:
        ExportError: the file cannot be written.
        StoreError: the store cannot be read.
    """
    events = Store().events(learner=current_learner(), course=course.id, lesson=lesson)
    text = "".join(f"{event.to_json()}\n" for event in events)
    if to is None:
        sys.stdout.write(text)
        return len(events)
    try:
        part = to.with_name(f"{to.name}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(to)
    except OSError as error:
        raise ExportError(
            f"{to} cannot be written: {error.strerror}.", "Name a file in a folder of yours."
        ) from error
    return len(events)


def import_events(file: Path) -> dict[str, int]:
    """Add a file's events to the store, all of them or none.

    Returns:
        ``new``: how many were added; ``known``: how many were there already.

    Raises:
        ExportError: the file cannot be read, or a line is no event; nothing was added.
        StoreError: the store cannot be written; nothing was added.
    """
    events = _read_events(file)
    added = Store().append(events)
    return {"new": len(added), "known": len(events) - len(added)}


def reset_progress(course: Course, lesson: str = "") -> Path:
    """Let the learner start over; return the backup that was written before.

    Raises:
        CourseError: there is no such lesson.
        ExportError, StoreError: see ``export_events``.
    """
    lessons = [course.lesson(lesson).id] if lesson else [each.id for each in course.lessons]
    folder = data_folder() / "backups"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Nothing was reset."
        ) from error
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    backup = folder / f"{course.id}-{stamp}.jsonl"
    export_events(course, lesson, backup)
    learner = current_learner()
    Store().append(
        Event(learner=learner, course=course.id, lesson=each, verb="reset") for each in lessons
    )
    return backup


def _read_events(file: Path) -> list[Event]:
    events = []
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(iter(lambda: lines.readline(MAX_LINE), ""), start=1):
                if line.strip():
                    events.append(_event(line, file, number))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ExportError(
            f"{file} cannot be read: {reason}.",
            "Give a file that kit progress export wrote.",
        ) from error
    return events


def _event(line: str, file: Path, number: int) -> Event:
    try:
        event = Event.from_json(line)
        if not event.device or event.seq < 1:
            raise ValueError("the fields 'device' and 'seq' do not say where it was written")
    except (ValueError, RecursionError) as error:
        raise ExportError(
            f"{file}, line {number}: not an event: {error}.",
            "Give a file that kit progress export wrote; nothing was imported.",
        ) from error
    return event
