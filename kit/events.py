"""Event: one frozen record of something a learner did.

Events are only ever appended. The same id twice is the same event, so that files can be merged
in any order and any number of times.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

VERBS = frozenset(
    {"opened", "answered", "hinted", "revealed", "watched", "skipped", "rated", "finished", "reset"}
)
MAX_RESULT_CHARACTERS = 200_000
MAX_NAME_CHARACTERS = 200
MAX_RESULT_DEPTH = 20
MAX_SEQ = 2**53
"""What every JSON reader can count to, and far below what SQLite can."""


def new_id() -> str:
    """A new UUIDv7 as text."""
    from uuid_utils import uuid7

    return str(uuid7())


def utc_now() -> str:
    """Now, UTC, ISO 8601 with microseconds."""
    return _iso(datetime.now(UTC))


def today() -> date:
    """The day by this computer's clock."""
    return datetime.now().astimezone().date()


def _iso(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, kw_only=True)
class Event:
    """What a learner did, to what, with what result, where and when.

    Attributes:
        id: UUIDv7 (RFC 9562), made where it happened.
        learner, course, lesson, item: stable names; ``item`` is a check, a video or a section,
            or empty where the verb is about the whole lesson.
        verb: one of ``VERBS``.
        result: JSON object, by verb. answered: ``answer``, ``outcome``, ``feedback``; hinted:
            ``hint`` (0-based); watched: ``segments`` ([[from, to], ...] in seconds, played in one
            go), ``position`` and ``duration`` (seconds), ``rate`` (1 is as it was made) and
            ``session`` (which visit of the page); skipped: ``video`` and ``at`` (seconds), where
            a question in a video was passed over; reset: ``undoes`` (the id of a reset that
            is taken back).
        version: content hash of what the learner saw.
        device, seq: where it was written and its order there; seq 0 means not stored for good:
            it may still grow.
        at: when, UTC, ISO 8601 with microseconds: text order is time order.
    """

    learner: str
    course: str
    lesson: str
    verb: str
    item: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    version: str = ""
    id: str = field(default_factory=new_id)
    device: str = ""
    seq: int = 0
    at: str = field(default_factory=utc_now)

    def __post_init__(self) -> None:
        if self.verb not in VERBS:
            raise ValueError(f"verb {self.verb!r} is not one of {', '.join(sorted(VERBS))}")

    @property
    def order(self) -> tuple[str, str, int, str]:
        """A total order that is the same on every device: by time, then by origin."""
        return (self.at, self.device, self.seq or MAX_SEQ, self.id)

    def to_json(self) -> str:
        """One line of ASCII JSON with every field."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, line: str) -> Event:
        """The event of a line of JSON that someone else may have written.

        Raises:
            ValueError: says which field is missing, unknown, of a wrong type or too large.
        """
        try:
            record = json.loads(line)
        except RecursionError:
            raise ValueError("it is nested too deeply") from None
        if not isinstance(record, dict):
            raise ValueError("not a JSON object")  # noqa: TRY004 - one error for bad input
        if unknown := set(record) - set(_FIELD_TYPES):
            raise ValueError(f"the field {min(unknown)!r} is unknown")
        for name, kind in _FIELD_TYPES.items():
            _refuse_bad_field(record, name, kind)
        _refuse_bad_result(record["result"])
        if not 0 <= record["seq"] <= MAX_SEQ:
            raise ValueError("the field 'seq' is out of range")
        return cls(**{**record, "at": _utc(record["at"])})


def _refuse_bad_field(record: dict[str, Any], name: str, kind: type) -> None:
    if name not in record:
        raise ValueError(f"the field {name!r} is missing")
    value = record[name]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise ValueError(f"the field {name!r} is not a {kind.__name__}")  # noqa: TRY004
    if isinstance(value, str) and len(value) > MAX_NAME_CHARACTERS:
        raise ValueError(f"the field {name!r} is longer than {MAX_NAME_CHARACTERS}")
    if isinstance(value, str) and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise ValueError(f"the field {name!r} is not Unicode text") from None


def _refuse_bad_result(result: dict[str, Any]) -> None:
    if _is_deeper(result, MAX_RESULT_DEPTH):
        raise ValueError(f"the field 'result' is nested deeper than {MAX_RESULT_DEPTH}")
    try:
        text = json.dumps(result, allow_nan=False, ensure_ascii=False)
    except ValueError:
        raise ValueError("the field 'result' holds a number that JSON has not") from None
    if len(text) > MAX_RESULT_CHARACTERS:
        raise ValueError(f"the field 'result' is longer than {MAX_RESULT_CHARACTERS}")


def _is_deeper(value: object, limit: int) -> bool:
    level = [value]
    for _ in range(limit):
        level = [inner for outer in level for inner in _contents(outer)]
    return any(isinstance(inner, dict | list) for inner in level)


def _contents(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _utc(at: str) -> str:
    try:
        when = datetime.fromisoformat(at)
        zoned = _iso(when)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"the field 'at' is not a time: {error}") from None
    if when.tzinfo is None:
        raise ValueError("the field 'at' has no time zone")
    if when > datetime.now(UTC) + timedelta(days=1):
        raise ValueError("the field 'at' lies in the future")
    return zoned


_FIELD_TYPES: dict[str, type] = {
    "id": str,
    "learner": str,
    "course": str,
    "lesson": str,
    "item": str,
    "verb": str,
    "result": dict,
    "version": str,
    "device": str,
    "seq": int,
    "at": str,
}
