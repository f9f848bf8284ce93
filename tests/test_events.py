"""Event: what a record of something a learner did promises, and what it refuses to be made of."""

from __future__ import annotations

import json
import uuid
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.events import MAX_NAME_CHARACTERS, MAX_RESULT_CHARACTERS, VERBS, Event, new_id
from tests.strategies import json_values, unhurried

names = st.text(max_size=20)
events = st.builds(
    Event,
    learner=names,
    course=names,
    lesson=names,
    item=names,
    verb=st.sampled_from(sorted(VERBS)),
    result=st.dictionaries(st.text(max_size=20), json_values, max_size=5),
    version=names,
    id=st.uuids().map(str),
    device=names,
    seq=st.integers(0, 2**53 - 1),
    at=st.datetimes(max_value=datetime(2026, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda at: at.isoformat(timespec="microseconds")
    ),
)


def an_event(**changes: Any) -> Event:
    fields = {"learner": "ada", "course": "c", "lesson": "01-a", "verb": "opened", **changes}
    return Event(**fields)


def a_line(**changes: Any) -> str:
    """The JSON of an event, with some of its fields changed."""
    return json.dumps({**json.loads(an_event(device="d", seq=1).to_json()), **changes})


def refusal(line: str) -> str:
    """What ``from_json`` says to a line that it must not accept."""
    with pytest.raises(ValueError, match=r"\S") as refused:
        Event.from_json(line)
    return str(refused.value)


@unhurried
@given(events)
def test_an_event_comes_back_from_its_json_as_it_was(event: Event) -> None:
    assert Event.from_json(event.to_json()) == event


@unhurried
@given(events)
def test_json_of_an_event_is_one_line_with_every_field(event: Event) -> None:
    line = event.to_json()
    assert "\n" not in line
    assert "\r" not in line
    assert set(json.loads(line)) == set(json.loads(a_line()))


def test_an_event_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        an_event().item = "other"  # type: ignore[misc]


def test_an_event_is_stamped_where_it_happens() -> None:
    """A time-ordered id of its own, and the time: UTC, with microseconds."""
    before = datetime.now(UTC)
    event = an_event()
    at = datetime.fromisoformat(event.at)
    assert uuid.UUID(event.id).version == 7
    assert before <= at <= datetime.now(UTC)
    assert at.utcoffset() == timedelta(0)
    assert event.at == at.isoformat(timespec="microseconds")


def test_ids_never_repeat_and_grow() -> None:
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert ids == sorted(ids)


def test_a_verb_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="verb 'danced' is not one of answered, finished, hinted"):
        an_event(verb="danced")


@pytest.mark.parametrize("field", sorted(json.loads(a_line())))
def test_a_missing_field_is_named(field: str) -> None:
    record = json.loads(a_line())
    del record[field]
    assert refusal(json.dumps(record)) == f"the field {field!r} is missing"


@pytest.mark.parametrize("field", sorted(json.loads(a_line())))
@pytest.mark.parametrize("value", [None, True, 1.5, ["a"]])
def test_a_field_of_another_type_is_named(field: str, value: object) -> None:
    assert repr(field) in refusal(a_line(**{field: value}))


@pytest.mark.parametrize("value", ["1", 1.0, True, {}])
def test_a_seq_that_is_no_whole_number_is_refused(value: object) -> None:
    """True counts as 1 in Python, and must not here."""
    assert refusal(a_line(seq=value)) == "the field 'seq' is not a int"


@pytest.mark.parametrize("value", ["{}", [], 5])
def test_a_result_that_is_no_object_is_refused(value: object) -> None:
    assert refusal(a_line(result=value)) == "the field 'result' is not a dict"


def test_an_unknown_field_is_named() -> None:
    assert refusal(a_line(marks=100)) == "the field 'marks' is unknown"


@pytest.mark.parametrize("field", ["id", "learner", "course", "lesson", "item", "version"])
def test_a_name_may_be_200_characters_and_no_longer(field: str) -> None:
    longest = "é" * MAX_NAME_CHARACTERS
    assert getattr(Event.from_json(a_line(**{field: longest})), field) == longest
    assert refusal(a_line(**{field: longest + "é"})) == f"the field {field!r} is longer than 200"


def test_a_huge_result_is_refused() -> None:
    words = refusal(a_line(result={"answer": "x" * MAX_RESULT_CHARACTERS}))
    assert words == "the field 'result' is longer than 200000"


@pytest.mark.parametrize("seq", [-1, 2**63, 10**300])
def test_a_seq_that_no_store_can_hold_is_refused(seq: int) -> None:
    assert refusal(a_line(seq=seq)) == "the field 'seq' is out of range"


@pytest.mark.parametrize("at", ["2026-03-01T10:00:00", "2026-03-01"])
def test_a_time_without_a_zone_is_refused(at: str) -> None:
    assert refusal(a_line(at=at)) == "the field 'at' has no time zone"


@pytest.mark.parametrize("at", ["", "yesterday", "2026-13-01T10:00:00+00:00", "1772359200"])
def test_a_time_that_is_none_is_refused(at: str) -> None:
    assert refusal(a_line(at=at))


@pytest.mark.parametrize(
    "at", ["2026-03-01T11:00:00+01:00", "2026-03-01T10:00:00Z", "2026-03-01T05:30:00-04:30"]
)
def test_a_time_of_any_zone_becomes_utc(at: str) -> None:
    """So that the order of the texts is the order of the times."""
    assert Event.from_json(a_line(at=at)).at == "2026-03-01T10:00:00.000000+00:00"


@pytest.mark.parametrize("line", ["[]", "null", '"opened"', "5"])
def test_json_that_is_no_object_is_refused(line: str) -> None:
    assert refusal(line) == "not a JSON object"


@pytest.mark.parametrize(
    "line", ["", "{", "opened", a_line()[:-1], a_line() * 2, '{"seq": ' + "9" * 5000 + "}"]
)
def test_a_line_that_is_no_json_is_refused(line: str) -> None:
    assert refusal(line)


def test_a_line_may_not_bring_a_verb_of_its_own() -> None:
    assert "verb 'danced' is not one of" in refusal(a_line(verb="danced"))


@unhurried
@given(st.dictionaries(st.sampled_from(sorted(json.loads(a_line()))), json_values, min_size=1))
def test_whatever_a_line_holds_it_is_an_event_or_a_value_error(changes: dict[str, Any]) -> None:
    try:
        event = Event.from_json(a_line(**changes))
    except ValueError:
        return
    assert event == Event.from_json(event.to_json())


def test_the_order_is_by_time_then_by_where_it_was_written() -> None:
    first = an_event(at="2026-01-01T00:00:00.000000+00:00", device="b", seq=9, id="z")
    later = replace(first, at="2026-01-01T00:00:00.000001+00:00", device="a", seq=1, id="a")
    other_device = replace(first, device="c", seq=1, id="b")
    next_there = replace(first, seq=10, id="a")
    growing = replace(first, seq=0, id="a")
    mixed = [later, next_there, growing, first, other_device]
    in_order = [first, next_there, growing, other_device, later]
    assert sorted(mixed, key=lambda event: event.order) == in_order


def test_a_time_beyond_the_calendar_is_refused_by_name() -> None:
    assert "'at'" in refusal(a_line(at="0001-01-01T00:00:00+23:00"))


@pytest.mark.parametrize("at", ["", "yesterday", "2026-13-01T10:00:00+00:00"])
def test_a_time_that_is_none_is_refused_by_name(at: str) -> None:
    assert "'at'" in refusal(a_line(at=at))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_number_that_json_has_not_is_refused_by_name(number: str) -> None:
    line = a_line(result={"position": 5}).replace('"position": 5', f'"position": {number}')
    assert "'result'" in refusal(line)


@pytest.mark.parametrize("levels", [600, 100_000])
def test_deep_nesting_is_refused(levels: int) -> None:
    line = a_line(result={"a": 5}).replace('{"a": 5}', '{"a":' * levels + "5" + "}" * levels)
    assert refusal(line)


@pytest.mark.parametrize("field", ["id", "item", "learner"])
def test_a_name_that_is_no_unicode_text_is_refused(field: str) -> None:
    assert repr(field) in refusal(a_line(**{field: "\ud800"}))


def test_what_a_learner_typed_can_be_exported_and_imported_again() -> None:
    event = an_event(result={"answer": "😀" * 20_000}, device="d", seq=1)
    assert Event.from_json(event.to_json()) == event


def test_a_result_may_be_as_long_as_is_said_in_any_script() -> None:
    answer = "字" * (MAX_RESULT_CHARACTERS - 100)
    assert Event.from_json(a_line(result={"answer": answer})).result["answer"] == answer


def test_a_time_in_the_future_is_refused_by_name() -> None:
    assert refusal(a_line(at="9999-01-01T00:00:00+00:00")) == "the field 'at' lies in the future"
