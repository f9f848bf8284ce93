"""Journal: what one learner does in one lesson, written to the store and folded into progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kit.course import Course, Lesson
from kit.events import Event
from kit.progress import LessonProgress, fold
from kit.store import Store, current_learner


class Journal:
    """The learner's events in one lesson, and who wants to know of new ones.

    Attributes:
        course, lesson: what is being learnt.
        learner: whose events these are.
        store: where they are kept.
        since: only what was done from this time on counts as progress here (ISO 8601, UTC): in a
            review each question is asked as if it were new. "" for all that was done.
    """

    def __init__(
        self,
        course: Course,
        lesson: Lesson,
        *,
        since: str = "",
        store: Store | None = None,
        learner: str = "",
    ) -> None:
        self.course = course
        self.lesson = lesson
        self.since = since
        self.store = store or Store()
        self.learner = learner or current_learner()
        self._listeners: list[Callable[[], None]] = []

    def record(
        self, verb: str, item: str = "", result: Mapping[str, Any] | None = None, version: str = ""
    ) -> Event:
        """Write one event to the disk and tell the listeners.

        Raises:
            StoreError: it is not written, and must not be shown as saved.
        """
        event = Event(
            learner=self.learner,
            course=self.course.id,
            lesson=self.lesson.id,
            item=item,
            verb=verb,
            result=result or {},
            version=version,
        )
        (stored,) = self.store.append([event])
        for listener in self._listeners:
            listener()
        return stored

    def progress(self) -> LessonProgress:
        """What the learner has done in this lesson, from the store.

        Raises:
            StoreError: the store cannot be read.
        """
        events = self.store.events(
            learner=self.learner, course=self.course.id, lesson=self.lesson.id
        )
        own = (event for event in events if event.at >= self.since)
        return fold(own).get(self.lesson.id, LessonProgress())

    def place(self, item: str = "") -> str:
        """Where in all courses this lesson or this item of it is: a name for browser storage."""
        review = ["review"] if self.since else []
        return "/".join([*review, self.course.id, self.lesson.id, *([item] if item else []), ""])

    def on_record(self, listener: Callable[[], None]) -> None:
        """Call this after every event that was written."""
        self._listeners.append(listener)
