"""What hypothesis makes for more than one file: values of JSON, and what learners have done."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from kit.events import VERBS, Event

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""On a slow machine an example takes its time."""

plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
json_values = st.recursive(
    plain | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=10,
)

seconds = st.integers(0, 30)
results = st.fixed_dictionaries(
    {},
    optional={
        "outcome": st.sampled_from(["passed", "failed", "broken", "not_attempted"]),
        "answer": st.sampled_from(["1", "2"]),
        "hint": st.integers(0, 2),
        "segments": st.lists(st.lists(seconds, min_size=2, max_size=2), max_size=3),
        "position": seconds,
        "duration": seconds,
    },
)
happened = st.builds(
    Event,
    learner=st.just("ada"),
    course=st.just("c"),
    lesson=st.sampled_from(["01-a", "02-b"]),
    item=st.sampled_from(["", "one", "two"]),
    verb=st.sampled_from(sorted(VERBS)),
    result=results,
    id=st.uuids().map(str),
    device=st.sampled_from(["laptop", "lab"]),
    seq=st.integers(1, 9),
    at=st.integers(0, 5).map(lambda minute: f"2026-01-01T10:0{minute}:00.000000+00:00"),
)
histories = st.lists(happened, max_size=12, unique_by=lambda event: event.id)


def did(verb: str, minute: int, item: str = "one", **result: Any) -> Event:
    """What a learner did in the lesson 01-a, so many minutes after it began."""
    at = f"2026-01-01T10:{minute:02}:00.000000+00:00"
    return Event(
        learner="ada", course="c", lesson="01-a", verb=verb, item=item, result=result, at=at
    )
