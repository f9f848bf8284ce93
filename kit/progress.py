"""Events -> progress: a pure fold.

The fold uses sets, max and union, never sums of deltas, so that events from two devices give one
result in whatever order and however often they are merged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kit.course import Course, Item, Lesson, Section
from kit.events import Event
from kit.played import Segment, seconds_of, segments_of, union

PLAYED = frozenset({"video", "audio"})
"""The kinds of items that are played."""


@dataclass(frozen=True)
class ItemProgress:
    """What a learner did with one check or video.

    Attributes:
        tried: results of the answers that were judged, the oldest first (broken checks and
            empty answers do not count).
        passed: whether any answer was right.
        revealed: the variants whose solution was shown; 0 for a check without variants.
        hints: how many steps of the hint ladder were taken.
        rated: which points the learner found in their own text, 0-based.
        segments: the seconds of a video that were played, as disjoint sorted intervals.
        position: where the video was last, in seconds.
        duration: the video's length in seconds, 0 while unknown.
        skipped: whether it is a question that was passed over in a video.
    """

    tried: tuple[Mapping[str, Any], ...] = ()
    passed: bool = False
    revealed: frozenset[int] = frozenset()
    hints: int = 0
    rated: tuple[int, ...] = ()
    segments: tuple[Segment, ...] = ()
    position: float = 0.0
    duration: float = 0.0
    skipped: bool = False

    @property
    def attempts(self) -> int:
        return len(self.tried)

    @property
    def watched(self) -> float:
        """The share of the video that was played, 0 to 1."""
        if not self.duration:
            return 0.0
        played = (min(end, self.duration) - start for start, end in self.segments)
        return min(1.0, sum(seconds for seconds in played if seconds > 0) / self.duration)


@dataclass(frozen=True)
class LessonProgress:
    """What a learner did in one lesson.

    Attributes:
        items: by item id.
        position: the section or item where the learner was last, or "".
        at: when that was (ISO 8601, UTC), or "" for a lesson never opened.
    """

    items: Mapping[str, ItemProgress] = field(default_factory=dict)
    position: str = ""
    at: str = ""

    def item(self, item_id: str) -> ItemProgress:
        return self.items.get(item_id, ItemProgress())

    def done(self, check_ids: Iterable[str]) -> int:
        """How many of these checks were passed."""
        return sum(self.item(check_id).passed for check_id in check_ids)


@dataclass(frozen=True)
class Place:
    """Where to continue: a lesson, and a section of it ("" for its beginning)."""

    lesson: Lesson
    section: str
    section_title: str


def fold(events: Iterable[Event]) -> dict[str, LessonProgress]:
    """Progress by lesson id, from the events of one learner in one course, in any order."""
    by_lesson: dict[str, dict[str, Event]] = {}
    for event in events:
        by_lesson.setdefault(event.lesson, {})[event.id] = event
    return {lesson: _fold_lesson(unique.values()) for lesson, unique in by_lesson.items()}


def _fold_lesson(events: Iterable[Event]) -> LessonProgress:
    current = current_events(events)
    by_item: dict[str, list[Event]] = {}
    for event in current:
        by_item.setdefault(event.item, []).append(event)
    return LessonProgress(
        items={item: _fold_item(own) for item, own in by_item.items() if item},
        position=next((event.item for event in reversed(current) if event.item), ""),
        at=current[-1].at if current else "",
    )


def current_events(events: Iterable[Event]) -> list[Event]:
    """The events of one lesson since it was last begun anew, in their total order."""
    ordered = sorted(events, key=lambda event: event.order)
    resets = standing_resets(ordered)
    start = ordered.index(resets[-1]) + 1 if resets else 0
    return [event for event in ordered[start:] if event.verb != "reset"]


def standing_resets(events: Iterable[Event]) -> list[Event]:
    """The resets that were not taken back, in their total order."""
    resets = sorted((e for e in events if e.verb == "reset"), key=lambda event: event.order)
    undone = {str(event.result.get("undoes")) for event in resets}
    return [e for e in resets if "undoes" not in e.result and e.id not in undone]


def _fold_item(events: list[Event]) -> ItemProgress:
    """Fold the events of one item, in their total order."""
    judged = [e for e in events if e.verb == "answered" and _outcome(e) in _JUDGED]
    watched = [e for e in events if e.verb == "watched"]
    hints = {str(e.result.get("hint")) for e in events if e.verb == "hinted" and _is_hint(e)}
    return ItemProgress(
        tried=tuple(e.result for e in judged),
        passed=any(_outcome(e) == "passed" for e in judged),
        revealed=frozenset(variant_of(e.result) for e in events if e.verb == "revealed"),
        hints=len(hints),
        rated=_points([e.result for e in events if e.verb == "rated"]),
        segments=union(segment for e in watched for segment in segments_of(e.result)),
        position=seconds_of(watched[-1].result.get("position")) if watched else 0.0,
        duration=next((known for e in reversed(watched) if (known := _duration(e))), 0.0),
        skipped=any(e.verb == "skipped" for e in events),
    )


def variant_of(result: Mapping[str, Any]) -> int:
    """The number of the variant that a result is about; 0 where it names none."""
    number = result.get("variant")
    return number if type(number) is int else 0


def _points(ratings: list[Mapping[str, Any]]) -> tuple[int, ...]:
    """The points of the latest rating."""
    points = ratings[-1].get("points") if ratings else None
    return tuple(p for p in points if type(p) is int) if isinstance(points, list) else ()


def _duration(event: Event) -> float:
    return seconds_of(event.result.get("duration"))


_JUDGED = {"passed", "failed"}


def _outcome(event: Event) -> str:
    return str(event.result.get("outcome"))


def _is_hint(event: Event) -> bool:
    hint = event.result.get("hint")
    return isinstance(hint, int) and not isinstance(hint, bool)


def continue_at(course: Course, progress: Mapping[str, LessonProgress]) -> Place | None:
    """Where the learner was last, or the next lesson where that one is finished.

    None where no lesson can be opened.
    """
    usable = [lesson for lesson in course.lessons if not lesson.problem]
    if not usable:
        return None
    empty = LessonProgress()
    latest = max(usable, key=lambda lesson: progress.get(lesson.id, empty).at)
    if is_finished(latest, progress.get(latest.id, empty)):
        unfinished = [
            lesson for lesson in usable if not is_finished(lesson, progress.get(lesson.id, empty))
        ]
        later = [each for each in unfinished if usable.index(each) > usable.index(latest)]
        latest = next(iter(later or unfinished), latest)
    section = latest.section_of(progress.get(latest.id, empty).position)
    return Place(latest, section.id if section else "", section.title if section else "")


def is_mastered(course: Course, lesson: Lesson, progress: LessonProgress) -> bool:
    """Whether enough of the lesson's checks were passed, by the course's threshold."""
    return progress.done(lesson.check_ids) >= course.mastery * len(lesson.check_ids)


def builds_on(
    course: Course, lesson: Lesson, progress: Mapping[str, LessonProgress]
) -> Lesson | None:
    """The lesson before this one, where the course asks for its mastery first; else None."""
    if course.opens != "mastery":
        return None
    usable = [each for each in course.lessons if not each.problem]
    before = usable[usable.index(lesson) - 1] if usable.index(lesson) else None
    if before and not is_mastered(course, before, progress.get(before.id, LessonProgress())):
        return before
    return None


def is_finished(lesson: Lesson, progress: LessonProgress) -> bool:
    """Whether every check of the lesson was passed (a lesson without checks: was opened)."""
    return bool(progress.at) and progress.done(lesson.check_ids) == len(lesson.check_ids)


def is_seen(section: Section, item: Item, progress: LessonProgress) -> bool:
    """Whether a video counts as seen: enough of it was watched, or every check of its section was
    passed, which shows that there was no need.
    """
    checks = [each.id for each in section.items if each.kind == "check"]
    # As it is shown: a browser may end a film some hundredths of a second before its length.
    watched = round(progress.item(item.id).watched, 2) >= item.needs
    return watched or (bool(checks) and progress.done(checks) == len(checks))
