"""Progress as a file: handed in, taken to another computer; and starting over."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

from kit.course import Course
from kit.errors import ExportError, StoreBusy, StoreFull, StoreReadOnly
from kit.events import Event
from kit.progress import standing_resets
from kit.store import Store, current_learner
from kit.whole_file import replace_file
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
    store = Store()
    with suppress(StoreReadOnly, StoreFull, StoreBusy):  # then what may still grow stays here
        store.settle()
    events = store.events(learner=current_learner(), course=course.id, lesson=lesson)
    return [event.to_json() for event in events if event.seq]


def write_lines(lines: list[str], file: Path) -> None:
    """Write a progress file, whole or not at all.

    Raises:
        ExportError: the file cannot be written.
    """
    try:
        replace_file(file, "".join(f"{line}\n" for line in lines))
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
    events = read_events(file)
    added = Store().append(events)
    return {"new": len(added), "known": len(events) - len(added)}


def reset_progress(course: Course, lesson: str = "") -> None:
    """Let the learner start over. Nothing is deleted, and ``undo_reset`` takes it back.

    Raises:
        CourseError: there is no such lesson.
        StoreError: nothing was reset; says why.
    """
    lessons = [course.lesson(lesson).id] if lesson else [each.id for each in course.lessons]
    learner = current_learner()
    Store().append(
        Event(learner=learner, course=course.id, lesson=each, verb="reset") for each in lessons
    )


def undo_reset(course: Course, lesson: str = "") -> list[str]:
    """Make what the last reset of each lesson put aside count again; return those lessons' ids.

    Raises:
        CourseError: there is no such lesson.
        StoreError: nothing was changed; says why.
    """
    wanted = [course.lesson(lesson).id] if lesson else [each.id for each in course.lessons]
    store, learner = Store(), current_learner()
    last = {
        event.lesson: event
        for event in standing_resets(store.events(learner=learner, course=course.id))
    }
    undone = [last[each] for each in wanted if each in last]
    store.append(
        Event(
            learner=learner,
            course=course.id,
            lesson=each.lesson,
            verb="reset",
            result={"undoes": each.id},
        )
        for each in undone
    )
    return [each.lesson for each in undone]


def read_events(file: Path) -> list[Event]:
    """The events of a file that ``kit progress export`` wrote, by whomever.

    Raises:
        ExportError: the file cannot be read, or a line is no event.
    """
    events = []
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for
            raise ExportError(
                _("{path} is not a file.").format(path=file),
                _("Give a file that kit progress export wrote."),
            )
        with file.open(encoding="utf-8-sig") as lines:
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
            raise ValueError(_("the fields 'device' and 'seq' do not say where it was written"))
    except (ValueError, RecursionError) as error:
        raise ExportError(
            _("{path}, line {number}: not an event: {reason}.").format(
                path=file, number=number, reason=error
            ),
            _("Give a file that kit progress export wrote; nothing was imported."),
        ) from error
    return event
