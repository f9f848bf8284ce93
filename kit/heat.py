"""Events -> which seconds of a video are watched, watched again, and where it is left: a pure fold.

A second counts as played where its middle was: of two stretches that meet within a second, as a
player tells them, only one has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from kit.events import Event
from kit.played import A_DAY, seconds_of, segments_of
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


def heat(events: Iterable[Event], item: str) -> Heat:
    """How one lesson's video was watched, from the events of any learners, in any order."""
    by_learner: dict[str, dict[str, Event]] = {}
    for event in events:
        by_learner.setdefault(event.learner, {})[event.id] = event
    own = [_watched(unique.values(), item) for unique in by_learner.values()]
    own = [watched for watched in own if watched]
    if not own:
        return Heat()
    latest = max((watched[-1] for watched in own), key=lambda event: event.order)
    duration = _duration([latest]) or max(map(_duration, own))
    each = [_passes(watched, duration) for watched in own]
    return Heat(
        duration=duration,
        learners=len(own),
        passes=tuple(map(sum, zip(*each, strict=True))),
        watched=tuple(sum(map(bool, second)) for second in zip(*each, strict=True)),
        left=_left(own, duration),
    )


def passes(events: Iterable[Event], item: str) -> list[int]:
    """How often one learner played each second of a video, from their events in its lesson."""
    watched = _watched(events, item)
    return _passes(watched, _duration(watched))


def _watched(events: Iterable[Event], item: str) -> list[Event]:
    """One learner's events about a video since the lesson was last begun anew, in their order."""
    unique = {event.id: event for event in events}.values()
    return [e for e in current_events(unique) if e.verb == "watched" and e.item == item]


def _duration(watched: Sequence[Event]) -> float:
    """The latest length that is known."""
    lengths = (seconds_of(event.result.get("duration")) for event in reversed(watched))
    return min(A_DAY, next((length for length in lengths if length), 0.0))


def _passes(watched: Iterable[Event], duration: float) -> list[int]:
    """Counted by where passes begin and end, so that long ones cost no more."""
    seconds = _second(duration)
    change = [0] * (seconds + 1)
    for event in watched:
        for start, end in segments_of(event.result):
            change[min(_second(start), seconds)] += 1
            change[min(_second(end), seconds)] -= 1
    return list(accumulate(change))[:seconds]


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
