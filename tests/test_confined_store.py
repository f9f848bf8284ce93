"""The store of a kernel that is shut in: of one learner, and whatever its code sends."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from kit.events import Event
from kit.kernels import store_service
from kit.kernels.levels import LESSON
from kit.kernels.store_service import MOST_WRITTEN
from kit.store import Store
from tests.confined import kernel, on_linux, readable, said, text_of, warm
from tests.conftest import wait_until

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


# Kernels that ask in bad faith --------------------------------------------------------------------


def threads() -> int:
    return sum(each.name == "kit-store" for each in threading.enumerate())


@pytest.mark.parametrize(
    "attack",
    [
        "os.write(file, struct.pack('!i', 1000) + b'half of it')",
        "os.write(file, b'\\0\\0')",
        "os.write(file, struct.pack('!iQ', -1, 2**40) + bytes(1000))",
        "os.write(file, struct.pack('!i', -7) + bytes(100))",
        "os.write(file, os.urandom(100_000))",
        "ask = json.dumps({'do': 'events', 'course': 'c', 'lesson': 'l'}).encode()\n"
        "os.set_blocking(file, False)\n"
        "while True: os.write(file, struct.pack('!i', len(ask)) + ask)",  # and hears no answer
    ],
    ids=["half a request", "half a length", "a length without end", "less than nothing", "noise",
         "deaf"],
)  # fmt: skip
def test_a_kernel_that_asks_in_bad_faith_holds_up_nobody_and_leaves_nothing(
    attack: str, readable: Path, data: Path
) -> None:
    before, started = threads(), "store.append([event()]); print(len(store.events()))"
    with kernel(LESSON, readable) as (_manager, bad), kernel(LESSON, readable) as (_other, good):
        code = f"{OWN}\nimport json, os, struct\nfile = int(os.environ['KIT_STORE'])\n"
        tried = attack.replace("\n", "\n    ")
        said(bad, f"{code}try:\n    {tried}\nexcept OSError: pass")
        assert text_of(said(good, f"{OWN}\n{started}")) == "1\n"
        assert threads() - before <= 2
    wait_until(lambda: threads() == before)


def test_a_kernel_that_asks_without_end_leaves_the_processor_to_others(
    readable: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_service, "_WORK_SECONDS", 0.1)
    Store().append([Event(learner="ada", course="c", lesson="l", verb="opened")] * 1000)
    without_end = "import time\nends = time.monotonic() + 3\n"
    without_end += "while time.monotonic() < ends: store.events(course='c', lesson='l')"
    with kernel(LESSON, readable) as (_manager, client):
        used = time.process_time()
        said(client, f"{OWN}\n{without_end}")
        assert time.process_time() - used < 3 * 0.5
