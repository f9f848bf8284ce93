"""Journal: what one learner does in one lesson, written to the store and folded into progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kit.course import Course, Item, Lesson, Section
from kit.errors import CourseError
from kit.events import Event
from kit.linked_store import own_store
from kit.media.stamp import stamp
from kit.played import Played, played_of
from kit.progress import PLAYED, LessonProgress, fold, is_seen
from kit.store import Store, current_learner
from kit.words import _


class Journal:
    """The learner's events in one lesson, and who wants to know of new ones.

    Attributes:
        course, lesson: what is being learnt.
        learner: whose events these are.
        store: where they are kept.
        anew: only what is done from now on counts as progress here: in a review each question is
            asked as if it were new.
    """

    def __init__(
        self,
        course: Course,
        lesson: Lesson,
        *,
        anew: bool = False,
        store: Store | None = None,
        learner: str = "",
    ) -> None:
        self.course = course
        self.lesson = lesson
        self.anew = anew
        self.store = store or own_store()
        self.learner = learner or current_learner()
        self._listeners: list[Callable[[], None]] = []
        self._before: set[str] = set()
        if anew:  # told by their ids and not by time: a clock may be wrong
            self._before = {event.id for event in self.events()}

    def record(
        self, verb: str, item: str = "", result: Mapping[str, Any] | None = None, version: str = ""
    ) -> Event:
        """Write one event to the disk and tell the listeners.

        Raises:
            StoreError: it is not written, and must not be shown as saved.
        """
        (stored,) = self.store.append([self._event(verb, item, result or {}, version)])
        self._tell()
        return stored

    def played(self, body: object) -> dict[str, Any]:
        """Keep what a player sent; returns the answer to it (see ``keep_played``).

        Raises:
            ValueError: it is nothing that a player sends.
            CourseError: it is about a video or a check that the lesson has not.
            StoreError: it is not written, and must be sent again.
        """
        return self.keep_played([self.read_played(body)])[0]

    def read_played(self, body: object) -> Played:
        """What a player sent, about a video of this lesson.

        Raises:
            ValueError: it is nothing that a player sends.
            CourseError: it is about a video or a check that the lesson has not.
        """
        played = played_of(body)
        self._find(played.item)
        if played.skipped and played.skipped not in self.lesson.check_ids:
            raise self._has_no(played.skipped)
        return played

    def keep_played(self, told: Sequence[Played]) -> list[dict[str, Any]]:
        """Keep what players told, of which the latest is last, with one fsync.

        Returns:
            for each: ``saved`` and ``closed``, the ids of spans that are on the disk, and of those
            that must go on under a new id; and ``position``, ``watched`` and ``done`` of the video.

        Raises:
            StoreError: it is not written, and must be sent again.
        """
        closed = self.store.grow(event for played in told for event in self._watched(played))
        if skipped := [self._skipped(played) for played in told if played.skipped]:
            self.store.append(skipped)
        progress = self.progress()
        self._tell()
        return [self._answer(played, closed, progress) for played in told]

    def watching(self, item: str, progress: LessonProgress) -> dict[str, Any]:
        """``position`` and ``duration`` in seconds, the share ``watched``, and whether it is
        ``done``, of a video in the lesson's progress.

        Raises:
            CourseError: the lesson has no such video.
        """
        return {**self._seen(item, progress), "duration": progress.item(item).duration}

    def _answer(self, played: Played, closed: set[str], progress: LessonProgress) -> dict[str, Any]:
        ids = [span.id for span in played.spans]
        return {
            "saved": [each for each in ids if each not in closed],
            "closed": [each for each in ids if each in closed],
            **self._seen(played.item, progress),
        }

    def _seen(self, item: str, progress: LessonProgress) -> dict[str, Any]:
        own = progress.item(item)
        done = is_seen(*self._find(item), progress)
        return {"position": own.position, "watched": own.watched, "done": done}

    def _watched(self, played: Played) -> Iterable[Event]:
        version = stamp(self.lesson.folder / played.item)
        for span in played.spans:
            yield self._event("watched", played.item, span.result(), version, id=span.id)

    def _skipped(self, played: Played) -> Event:
        result = {"video": played.item, "at": played.at}
        return self._event("skipped", played.skipped, result)

    def _find(self, item: str) -> tuple[Section, Item]:
        for section in self.lesson.sections:
            for each in section.items:
                if each.id == item and each.kind in PLAYED:
                    return section, each
        raise self._has_no(item)

    def _has_no(self, item: str) -> CourseError:
        return CourseError(
            _("The lesson {title!r} has no {item!r}.").format(title=self.lesson.title, item=item),
            _("Reload the page: the lesson was changed."),
        )

    def _event(
        self, verb: str, item: str, result: Mapping[str, Any], version: str = "", **more: Any
    ) -> Event:
        return Event(
            learner=self.learner,
            course=self.course.id,
            lesson=self.lesson.id,
            item=item,
            verb=verb,
            result=result,
            version=version,
            **more,
        )

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    def progress(self) -> LessonProgress:
        """What the learner has done in this lesson, from the store.

        Raises:
            StoreError: the store cannot be read.
        """
        return fold(self.events()).get(self.lesson.id, LessonProgress())

    def events(self) -> list[Event]:
        """The learner's events in this lesson, in their total order.

        Raises:
            StoreError: the store cannot be read.
        """
        events = self.store.events(
            learner=self.learner, course=self.course.id, lesson=self.lesson.id
        )
        return [event for event in events if event.id not in self._before]

    def place(self, item: str = "") -> str:
        """Where in all courses this lesson or this item of it is: a name for browser storage."""
        review = ["review"] if self.anew else []
        return "/".join([*review, self.course.id, self.lesson.id, *([item] if item else []), ""])

    def on_record(self, listener: Callable[[], None]) -> None:
        """Call this after every event that was written."""
        self._listeners.append(listener)
