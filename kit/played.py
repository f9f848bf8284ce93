"""What was played of a video: stretches of seconds, and the message in which a player says so."""

from __future__ import annotations

import sys
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeGuard

from kit.errors import KitError, StoreError
from kit.words import _

Segment = tuple[float, float]

A_DAY = 86_400.0
"""Seconds: no video is longer than a day."""
MAX_SPANS = 400
MAX_SEGMENTS = 50
MAX_NAME = 64
FASTEST = 16.0
"""The most that browsers play at."""


@dataclass(frozen=True)
class Span:
    """What was played in one go, as far as it has come; it is told again as it grows.

    Attributes:
        id: of the event that it becomes, a UUID.
        session: which visit of the page it belongs to.
        segments: the seconds that were played; none where only the place in the video moved.
        position: where the video is, in seconds.
        duration: the video's length in seconds, 0 while unknown.
        rate: how fast it plays; 1 is as it was made.
    """

    id: str
    session: str
    segments: tuple[Segment, ...]
    position: float
    duration: float
    rate: float

    def result(self) -> dict[str, Any]:
        """The result of a ``watched`` event."""
        result = asdict(self)
        del result["id"]
        return {**result, "segments": [list(segment) for segment in self.segments]}


@dataclass(frozen=True)
class Played:
    """What a player tells at one time.

    Attributes:
        item: the video.
        spans: what was played, the latest last.
        skipped: the check that was passed over, or "".
        at: at which second it is asked.
    """

    item: str
    spans: tuple[Span, ...] = ()
    skipped: str = ""
    at: float = 0.0


def played_of(body: object) -> Played:
    """Read what a player sent.

    Raises:
        ValueError: it is nothing that a player of ours sends; says which part.
    """
    told = _object(body, "body")
    spans = told.get("spans", [])
    if not isinstance(spans, list) or len(spans) > MAX_SPANS:
        raise _refused("spans")
    return Played(
        item=_text(told.get("item"), "item", 200),
        spans=tuple(_span(_object(span, "spans")) for span in spans),
        skipped=_text(told.get("skipped", ""), "skipped", 200),
        at=_seconds(told.get("at", 0), "at"),
    )


def refusal(error: KitError | ValueError) -> dict[str, Any]:
    """What a player is told where nothing was kept: why, and whether that is for good.

    What is ``refused`` would be refused again; anything else must be sent again.
    """
    return {"message": str(error), "refused": not isinstance(error, StoreError)}


def _span(told: Mapping[str, Any]) -> Span:
    rate = told.get("rate", 1)
    if not _is_number(rate) or rate > FASTEST:
        raise _refused("rate")
    duration = told.get("duration")  # null where the browser knows of none
    return Span(
        id=_id(told.get("id")),
        session=_text(told.get("session", ""), "session", MAX_NAME),
        segments=_segments(told.get("segments", [])),
        position=_seconds(told.get("position"), "position"),
        duration=0.0 if duration is None else _seconds(duration, "duration"),
        rate=float(rate),
    )


def _segments(told: object) -> tuple[Segment, ...]:
    if not isinstance(told, list) or len(told) > MAX_SEGMENTS:
        raise _refused("segments")
    for pair in told:
        if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004
            raise _refused("segments")
        if not all(map(_is_time, pair)) or pair[0] > pair[1]:
            raise _refused("segments")
    return union(segments_of({"segments": told}))


def _object(value: object, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _refused(name)
    return value


def _text(value: object, name: str, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or not _is_unicode(value):
        raise _refused(name)
    return value


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _id(value: object) -> str:
    try:
        if isinstance(value, str) and str(uuid.UUID(value)) == value:
            return value
    except ValueError:
        pass
    raise _refused("id")


def _seconds(value: object, name: str) -> float:
    if not _is_time(value):
        raise _refused(name)
    return float(value)


def _is_time(value: object) -> TypeGuard[float]:
    return _is_number(value) and value <= A_DAY


def _refused(name: str) -> ValueError:
    return ValueError(_("The field {name} is not what a player sends.").format(name=repr(name)))


def union(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """The union of intervals as disjoint, sorted ones; touching ones are joined."""
    joined: list[Segment] = []
    for start, end in sorted(segments):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def segments_of(result: Mapping[str, Any]) -> Iterable[Segment]:
    """The intervals of a ``watched`` result; what is no interval is passed over."""
    pairs = result.get("segments")
    for pair in pairs if isinstance(pairs, list) else []:
        if isinstance(pair, list | tuple) and len(pair) == 2:  # noqa: PLR2004
            start, end = pair
            if _is_number(start) and _is_number(end) and start < end:
                yield (float(start), float(end))


def grown(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """A ``watched`` result after a later one of the same span; what was played stays so.

    One that was overtaken, and has less than is known, changes nothing.
    """
    known, told = union(segments_of(before)), union(segments_of(now))
    together = union([*known, *told])
    latest = before if together == known != told else now
    return {**latest, "segments": [list(segment) for segment in together]}


def seconds_of(value: object) -> float:
    """A finite number of seconds, 0 or more; what is none counts as 0."""
    return float(value) if _is_number(value) else 0.0


def _is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a finite number of 0 or more."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= sys.float_info.max
