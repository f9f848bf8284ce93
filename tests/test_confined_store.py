"""The store of a kernel that is shut in: of one learner, and whatever its code sends."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.events import Event
from kit.kernels.levels import LESSON
from kit.kernels.store_service import MOST_WRITTEN
from kit.store import Store
from tests.confined import kernel, on_linux, readable, said, text_of, warm

__all__ = ["readable", "warm"]
pytestmark = on_linux

OWN = """
from kit.events import Event
from kit.linked_store import own_store
from kit.errors import StoreError, StoreFull
store = own_store()
def event(**more): return Event(**{"learner": "ada", "course": "c", "lesson": "l",
                                   "verb": "opened", **more})
"""


def test_a_lesson_keeps_what_its_learner_does_and_sees_nobody_elses(
    readable: Path, data: Path
) -> None:
    store = Store()
    store.append(
        [Event(learner=who, course="c", lesson="l", verb="opened") for who in ("ada", "ben")]
    )
    with kernel(LESSON, readable) as (_manager, client):
        said(client, OWN)
        assert (
            text_of(said(client, "print(len(store.events()), len(store.events(learner='ben')))"))
            == "1 1\n"
        )  # ada's own, whoever is asked for
        shown = said(
            client, "(kept,) = store.append([event(verb='finished')]); print(kept.seq > 0)"
        )
        assert text_of(shown) == "True\n"
    assert [each.verb for each in store.events(learner="ada")] == ["opened", "finished"]


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("store.append([event(learner='ben')])", "StoreError"),
        ("store.append([event(device='another', seq=3)])", "StoreError"),
        ("store._ask('append', events=['{'])", "StoreError"),
        ("store._ask('append', events=3)", "StoreError"),
        ("store._ask('drop')", "StoreError"),
        ("store._ask('append', events=[] , x='x' * 5_000_000)", "StoreError"),
        ("store._link.send_bytes(b'[' * 100_000); store.events()", "StoreError"),
    ],
)
def test_what_is_no_event_of_this_learner_is_refused(
    code: str, error: str, readable: Path, data: Path
) -> None:
    with kernel(LESSON, readable) as (_manager, client):
        shown = text_of(
            said(client, f"{OWN}\ntry: {code}\nexcept Exception as e: print(type(e).__name__)")
        )
    assert shown.strip() in {error, "KeyError"}
    assert Store().events() == []


def test_one_kernel_cannot_fill_the_disk_with_events(readable: Path, data: Path) -> None:
    with kernel(LESSON, readable) as (_manager, client):
        code = (
            f"{OWN}\nlarge = {{'answer': 'x' * 150_000}}\ntry:\n"
            f"    for _ in range({MOST_WRITTEN // 1_000_000}):\n"
            "        store.append([event(result=large) for _ in range(10)])\n"
            "except StoreFull as error: print(error)"
        )
        assert "more than one page may" in text_of(said(client, code))
    assert sum(file.stat().st_size for file in data.iterdir()) < 2 * MOST_WRITTEN
