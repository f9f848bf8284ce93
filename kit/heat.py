"""Events -> which seconds of a video are watched, watched again, and where it is left: a pure fold.

A second counts as played where its middle was: of two stretches that meet within a second, as a
player tells them, only one has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from math import ceil
from statistics import median_low

from kit.events import Event
from kit.played import A_DAY, Segment, seconds_of, segments_of, union
from kit.progress import current_events

TO_THE_END = 0.95
"""Who gets so far has not left a video; the rest is its credits."""


@dataclass(frozen=True)
class Heat:
    """How a video was watched. Lists have one entry a second.

    Attributes:
        duration: in seconds, 0 where nobody has watched it.
        learners: how many have watched some of it.
        passes: how often each second was played, by all learners together.
        watched: how many learners played it at all.
        left: how many visits ended there, and not with the video.
    """

    duration: float = 0.0
    learners: int = 0
    passes: tuple[int, ...] = ()
    watched: tuple[int, ...] = ()
    left: tuple[int, ...] = ()

    @property
    def again(self) -> tuple[int, ...]:
        """How often each second was played after it had been played before."""
        return tuple(all_ - first for all_, first in zip(self.passes, self.watched, strict=True))


def heat(events: Iterable[Event], item: str, duration: float = 0.0) -> Heat:
    """How one lesson's video was watched, from the events of any learners, in any order.

    Args:
        duration: its length in seconds, as its file says; 0 where that does not tell: then it is
            the median of what players say, so that no single learner's file decides.
    """
    by_learner: dict[str, dict[str, Event]] = {}
    for event in events:
        by_learner.setdefault(event.learner, {})[event.id] = event
    own = [_watched(unique.values(), item) for unique in by_learner.values()]
    own = [watched for watched in own if watched]
    if not own:
        return Heat()
    told = [length for length in map(_duration, own) if length]
    duration = min(A_DAY, duration or (median_low(told) if told else 0.0))
    seconds = _second(duration)
    each = [_stretches(watched, seconds) for watched in own]
    return Heat(
        duration=duration,
        learners=len(own),
        passes=_counted(chain.from_iterable(each), seconds),
        watched=_counted(chain.from_iterable(map(union, each)), seconds),
        left=_left(own, duration),
    )


def passes(events: Iterable[Event], item: str) -> list[int]:
    """How often one learner played each second of a video, from their events in its lesson."""
    watched = _watched(events, item)
    seconds = _second(_duration(watched))
    return list(_counted(_stretches(watched, seconds), seconds))


def _watched(events: Iterable[Event], item: str) -> list[Event]:
    """One learner's events about a video since the lesson was last begun anew, in their order."""
    unique = {event.id: event for event in events}.values()
    return [e for e in current_events(unique) if e.verb == "watched" and e.item == item]


def _duration(watched: Sequence[Event]) -> float:
    """The latest length that is known."""
    lengths = (seconds_of(event.result.get("duration")) for event in reversed(watched))
    return min(A_DAY, next((length for length in lengths if length), 0.0))


def _stretches(watched: Iterable[Event], seconds: int) -> list[Segment]:
    """What was played, in whole seconds of a video that has so many: from the first one to the one
    after the last."""
    return [
        (min(_second(start), seconds), min(_second(end), seconds))
        for event in watched
        for start, end in segments_of(event.result)
    ]


def _counted(stretches: Iterable[Segment], seconds: int) -> tuple[int, ...]:
    """In how many stretches each second is; by where they begin and end, so that long ones cost no
    more."""
    change = [0] * (seconds + 1)
    for start, end in stretches:
        change[int(start)] += 1
        change[int(end)] -= 1
    return tuple(accumulate(change))[:seconds]


def _second(time: float) -> int:
    """The first second whose middle is at this time or after it."""
    return ceil(min(time, A_DAY) - 0.5)


def _left(own: Iterable[Sequence[Event]], duration: float) -> tuple[int, ...]:
    left = [0] * _second(duration)
    for watched in own:
        last = {_session(event): event for event in watched}  # of each visit
        for session, event in last.items():
            position = seconds_of(event.result.get("position"))
            if session and position < TO_THE_END * duration and left:
                left[min(int(position), len(left) - 1)] += 1
    return tuple(left)


def _session(event: Event) -> str:
    session = event.result.get("session")
    return session if isinstance(session, str) else ""
