"""Target: the lesson, or the course, that an author names on the command line."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kit.course import COURSE_FILE, find_course_folder, load_course
from kit.errors import CourseError
from kit.words import _


@dataclass(frozen=True)
class Target:
    """A course's folder, and the id of one of its lessons, or "" for all of it."""

    folder: Path
    lesson: str = ""


def find_target(name: str, start: Path) -> Target:
    """What an author means; whether the course lists that lesson is said by what loads it.

    Args:
        name: a lesson's id in the course around ``start``; or a path: of a lesson's folder or a
            file in it, of a course's folder or its course.toml. "" is the course around ``start``.
        start: see ``find_course_folder``.

    Raises:
        CourseError: there is no such course, or the path is in none of its lessons.
    """
    if not name:
        return Target(find_course_folder(start))
    place = _place(name, start)
    folder = find_course_folder(place)
    if place in {folder, folder / COURSE_FILE, folder.parent}:
        return Target(folder)
    inside = place.relative_to(folder).parts if place.is_relative_to(folder) else ()
    if not inside or (len(inside) > 1 and not os.path.exists(place)):
        raise _in_no_lesson(place, folder)
    return Target(folder, inside[0])


def _place(name: str, start: Path) -> Path:
    """Where a name leads: that of a folder beside course.toml there, before any other path."""
    path = Path(os.path.abspath(os.path.expanduser(name)))
    if Path(name).name != name or name == os.pardir:
        return path
    try:
        lesson = find_course_folder(start) / name
    except CourseError:
        if not os.path.exists(path):
            raise
        return path
    return lesson if os.path.isdir(lesson) or not os.path.exists(path) else path


def _in_no_lesson(place: Path, folder: Path) -> CourseError:
    names = ", ".join(lesson.id for lesson in load_course(folder).lessons) or _("none")
    return CourseError(
        _("{path} is in no lesson of {course}.").format(path=place, course=folder / COURSE_FILE),
        _("Name one of its lessons: {names}.").format(names=names),
    )
