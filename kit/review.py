"""Spaced review: which items come back, and when. A pure fold over events, as progress is.

An item comes back when it was missed (a wrong answer, or its solution looked up) or was right
without being sure. It is due after 1, 3, 7 and 21 days; a miss begins anew. Spreading practice over
growing gaps is among the best supported ways to keep what was learnt (Cepeda et al. 2006, a review
of 254 studies).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import zip_longest

from kit.course import Course
from kit.events import Event
from kit.progress import current_events, variant_of

INTERVALS = (1, 3, 7, 21)
"""Days from an answer to the next time an item is asked, step by step."""

SESSION = 10
"""Items in one session."""


@dataclass(frozen=True)
class Due:
    """An item that comes back.

    Attributes:
        lesson, item: their ids.
        on: the first day on which it is asked, by this computer's clock.
        step: which of ``INTERVALS`` led there.
        seen: the number of the variant that was answered last.
    """

    lesson: str
    item: str
    on: date
    step: int
    seen: int = 0


def schedule(events: Iterable[Event]) -> list[Due]:
    """What comes back, from the events of one learner in one course, in any order."""
    by_lesson: dict[str, list[Event]] = {}
    for event in {event.id: event for event in events}.values():
        by_lesson.setdefault(event.lesson, []).append(event)
    plan: dict[tuple[str, str], Due] = {}
    for lesson in by_lesson.values():
        for event in current_events(lesson):
            _take(plan, event)
    return sorted(plan.values(), key=lambda due: (due.on, due.lesson, due.item))


def _take(plan: dict[tuple[str, str], Due], event: Event) -> None:
    """Change the plan by one event; those of an item come in their order."""
    key = (event.lesson, event.item)
    day = _day(event)
    planned = plan.get(key)
    if _is_miss(event) or (_is_right(event) and _is_unsure(event)):
        plan[key] = _after(event, day, 0)
    elif _is_right(event) and planned and day >= planned.on:
        if planned.step + 1 < len(INTERVALS):
            plan[key] = _after(event, day, planned.step + 1)
        else:
            del plan[key]
    elif _is_right(event) and planned:  # right again on the same day: only that is new
        plan[key] = replace(planned, seen=variant_of(event.result))


def _after(event: Event, day: date, step: int) -> Due:
    on = day + timedelta(INTERVALS[step])
    return Due(event.lesson, event.item, on, step, variant_of(event.result))


def planned(course: Course, events: Iterable[Event]) -> list[Due]:
    """What comes back of the checks that the course still has, the earliest first."""
    known = {(lesson.id, item) for lesson in course.lessons for item in lesson.check_ids}
    return [due for due in schedule(events) if (due.lesson, due.item) in known]


def due_items(course: Course, events: Iterable[Event], today: date) -> list[Due]:
    """What is due by a day, among the checks that the course still has; lessons interleaved."""
    return interleaved([due for due in planned(course, events) if due.on <= today])


def interleaved(due: Sequence[Due]) -> list[Due]:
    """The items of the lessons in turn, each lesson's oldest first: mixing helps telling apart
    (Rohrer 2012).
    """
    lessons: dict[str, list[Due]] = {}
    for each in due:
        lessons.setdefault(each.lesson, []).append(each)
    rounds = zip_longest(*lessons.values())
    return [each for one in rounds for each in one if each is not None]


def _is_miss(event: Event) -> bool:
    return event.verb == "revealed" or (
        event.verb == "answered" and event.result.get("outcome") == "failed"
    )


def _is_right(event: Event) -> bool:
    return event.verb == "answered" and event.result.get("outcome") == "passed"


def _is_unsure(event: Event) -> bool:
    return event.result.get("confidence") in {"think_so", "guess"}


def _day(event: Event) -> date:
    """The day of an event by this computer's clock."""
    at = datetime.fromisoformat(event.at)
    try:
        return at.astimezone().date()
    except OverflowError:  # in the calendar's first or last year
        return at.date()
