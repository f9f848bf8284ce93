"""Progress as a file: handed in, taken to another computer, kept before a reset."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from kit.course import Course
from kit.errors import ExportError, StoreError
from kit.events import Event
from kit.store import Store, current_learner, data_folder
from kit.words import _

MAX_LINE = 1_000_000


def progress_lines(course: Course, lesson: str = "") -> list[str]:
    """The learner's events in a course, or in one lesson of it, each as a line of JSON.

    Raises:
        CourseError: there is no such lesson.
        StoreError: the store cannot be read.
    """
    if lesson:
        course.lesson(lesson)
    events = Store().events(learner=current_learner(), course=course.id, lesson=lesson)
    return [event.to_json() for event in events]


def write_lines(lines: list[str], file: Path) -> None:
    """Write a progress file, whole or not at all.

    Raises:
        ExportError: the file cannot be written.
    """
    try:
        part = file.with_name(f"{file.name}.part")
        part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        part.replace(file)
    except OSError as error:
        raise ExportError(
            _("{path} cannot be written: {reason}.").format(path=file, reason=error.strerror),
            _("Name a file in a folder of yours."),
        ) from error


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
        ExportError, StoreError: nothing was reset; says why.
    """
    lines = progress_lines(course, lesson)
    folder = data_folder() / "backups"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            _("The folder {path} cannot be made: {reason}.").format(
                path=folder, reason=error.strerror
            ),
            _("Nothing was reset."),
        ) from error
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    backup = folder / f"{course.id}-{stamp}.jsonl"
    write_lines(lines, backup)
    learner = current_learner()
    lessons = [lesson] if lesson else [each.id for each in course.lessons]
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
        reason = error.strerror if isinstance(error, OSError) else _("it is not UTF-8 text")
        raise ExportError(
            _("{path} cannot be read: {reason}.").format(path=file, reason=reason),
            _("Give a file that kit progress export wrote."),
        ) from error
    return events


def _event(line: str, file: Path, number: int) -> Event:
    try:
        event = Event.from_json(line)
        if not event.device or event.seq < 1:
            raise ValueError("the fields 'device' and 'seq' do not say where it was written")
    except (ValueError, RecursionError) as error:
        raise ExportError(
            _("{path}, line {number}: not an event: {reason}.").format(
                path=file, number=number, reason=error
            ),
            _("Give a file that kit progress export wrote; nothing was imported."),
        ) from error
    return event
