"""The ids of a course, under which learners' progress is kept: as they are, and as recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.course import Course
from kit.errors import CourseError, unreadable
from kit.whole_file import replace_file
from kit.words import _

IDS_FILE = "ids.json"
KINDS = {"sections": "section", "checks": "check", "videos": "video"}

Named = tuple[str, str, str]
"""(lesson's id, kind, id); the lesson's id is "" for the course's own."""


@dataclass(frozen=True)
class Recorded:
    """What was recorded: the file, how many ids, and which came and went since the last time."""

    path: Path
    count: int
    added: list[Named]
    gone: list[Named]


def ids_of(course: Course) -> dict[str, Any]:
    """The ids of a course as they are now, as ids.json holds them."""
    lessons = {}
    for lesson in course.lessons:
        items = [item for section in lesson.sections for item in section.items]
        lessons[lesson.id] = {
            "sections": [section.id for section in lesson.sections],
            "checks": [item.id for item in items if item.kind == "check"],
            "videos": [item.id for item in items if item.kind == "video"],
        }
    return {"course": course.id, "lessons": lessons}


def read_ids(path: Path) -> dict[str, Any]:
    """The ids as last recorded; none where they never were.

    Raises:
        CourseError: the file cannot be read, or holds something else.
    """
    try:
        ids = json.loads(path.read_text(encoding="utf-8"))
        flat(ids)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise unreadable(path, error) from None
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        raise CourseError(
            _("{path} is not the list of ids that kit record-ids writes.").format(path=path),
            _("Restore it from its last good version, or from {name}.bak beside it.").format(
                name=path.name
            ),
        ) from None
    found: dict[str, Any] = ids
    return found


def flat(ids: dict[str, Any]) -> set[Named]:
    """Ids as a set, so that those of two times can be compared."""
    if not ids:
        return set()
    named: set[Named] = {("", "course", ids["course"])}
    for lesson, parts in ids["lessons"].items():
        named.add(("", "lesson", lesson))
        named |= {(lesson, kind, each) for key, kind in KINDS.items() for each in parts[key]}
    return named


def record(course: Course) -> Recorded:
    """Write the ids of a course to ids.json; the old file is kept as ids.json.bak.

    Raises:
        CourseError: a lesson cannot be read, so that its ids are not known; or ids.json cannot
            be read or written.
    """
    for lesson in course.lessons:
        if lesson.problem:
            raise lesson.problem
    path = course.folder / IDS_FILE
    before, ids = flat(read_ids(path)), ids_of(course)
    now = flat(ids)
    try:
        text = json.dumps(ids, indent=1, ensure_ascii=False) + "\n"
        replace_file(path, text, keep_backup=True)
    except OSError as error:
        raise CourseError(
            _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror),
            _("Check the folder's permissions and the room on the disk."),
        ) from error
    return Recorded(path, len(now), sorted(now - before), sorted(before - now))
