"""The course as a request meets it: read anew only once it was saved."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kit.course import COURSE_FILE, Course, Lesson, load_course
from kit.media.stamp import stamp


@dataclass(frozen=True)
class _Known:
    course: Course
    lesson: Lesson
    stamps: tuple[str, ...]


class KnownCourse:
    """The lessons of a course folder, kept until course.toml or their notebook changes.

    A beat of a player a second is too often to read the notebooks for it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, _Known] = {}
        self._ids: tuple[str, frozenset[str]] = ("", frozenset())

    def lesson(self, lesson_id: str) -> tuple[Course, Lesson]:
        """The course with one of its lessons, as they are now.

        Raises:
            CourseError: there is no such lesson, or it cannot be used.
        """
        known = self._known.get(lesson_id)
        if known is None or known.stamps != self._stamps(known.lesson):
            course = load_course(self.folder)
            lesson = course.usable_lesson(lesson_id)
            known = _Known(course, lesson, self._stamps(lesson))
            self._known[lesson_id] = known
        return known.course, known.lesson

    def lesson_ids(self) -> frozenset[str]:
        """The lessons that course.toml lists now.

        Raises:
            CourseError: course.toml cannot be used.
        """
        now = stamp(self.folder / COURSE_FILE)
        if not now or now != self._ids[0]:
            ids = frozenset(lesson.id for lesson in load_course(self.folder).lessons)
            self._ids = (now, ids)
        return self._ids[1]

    def _stamps(self, lesson: Lesson) -> tuple[str, ...]:
        return (stamp(self.folder / COURSE_FILE), stamp(lesson.notebook))
