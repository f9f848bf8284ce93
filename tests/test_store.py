"""Store: what was acknowledged is there, whatever else happens to the file, the disk or the rights.

Everything here is real: files, processes, locks, rights, a disk that is full, and SIGKILL.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import filelock  # noqa: F401 - so that it is there when rights are dropped: see shelf
import pytest

import kit.event_table
import kit.rescue
from bench.kill_writer import run_rounds
from kit.errors import StoreBusy, StoreError, StoreFull, StoreReadOnly, StoreTooNew
from kit.event_table import MIGRATIONS
from kit.events import MAX_RESULT_CHARACTERS, MAX_SEQ, Event
from kit.store import FILE_NAME, Store, current_learner, data_folder

ROOT = Path(__file__).parent.parent
NOBODY = 65534
PAGE = 4096  # bytes: SQLite's default
LEAF_OF_A_TABLE_WITHOUT_ROWID = 10  # the first byte of such a page (SQLite file format, 1.6)


def an_event(**changes: Any) -> Event:
    fields = {"learner": "ada", "course": "c", "lesson": "01-a", "verb": "opened", **changes}
    return Event(**fields)


def some_events(count: int) -> list[Event]:
    return [an_event(item=f"check_{number}", result={"n": number}) for number in range(count)]


def ids(events: list[Event]) -> set[str]:
    return {event.id for event in events}


def on(day: float, **changes: Any) -> Event:
    """What is done when the clock shows this day, counted from 2 March 2026."""
    at = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=day)
    return an_event(at=at.isoformat(timespec="microseconds"), **changes)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data" / FILE_NAME)


# Writing and reading ----------------------------------------------------------------------------


def test_what_is_appended_is_read_back(store: Store) -> None:
    event = an_event(item="é\n\0", result={"answer": "4 201,75 g", "list": [1, None, {"a": 2.5}]})
    stored = store.append([event])
    assert store.events() == stored
    assert (stored[0].id, stored[0].item, stored[0].result) == (event.id, event.item, event.result)


def test_events_are_numbered_where_they_were_written(store: Store) -> None:
    first, second = store.append([an_event()]) + store.append([an_event()])
    assert first.device == second.device != ""
    assert (first.seq, second.seq) == (1, 2)


def test_the_same_id_twice_changes_nothing(store: Store) -> None:
    event = an_event(result={"answer": "first"})
    (stored,) = store.append([event])
    changed = an_event(id=event.id, result={"answer": "second"})
    assert store.append([event, changed]) == []
    assert store.events() == [stored]


def test_a_known_event_among_new_ones_leaves_no_gap_in_the_numbers(store: Store) -> None:
    (known,) = store.append([an_event()])
    store.append([an_event(id=known.id), an_event(), an_event(id=known.id), an_event()])
    assert sorted(event.seq for event in store.events()) == [1, 2, 3]


def test_an_event_of_another_device_keeps_its_place_there(store: Store) -> None:
    (own,) = store.append([an_event()])
    (brought,) = store.append([an_event(device="another", seq=77)])
    (next_own,) = store.append([an_event()])
    assert (brought.device, brought.seq) == ("another", 77)
    assert (next_own.device, next_own.seq) == (own.device, 2)


def test_all_events_of_an_append_are_written_or_none(store: Store) -> None:
    store.append([an_event()])
    impossible = an_event(result={"answer": object()})
    with pytest.raises(TypeError):
        store.append([an_event(), impossible])
    assert len(store.events()) == 1


def test_events_come_in_their_total_order(store: Store) -> None:
    times = [f"2026-01-01T00:00:0{second}.000000+00:00" for second in (3, 1, 2, 1)]
    devices = ("a", "b", "c", "d")
    store.append(
        an_event(at=at, device=device, seq=1) for at, device in zip(times, devices, strict=True)
    )
    read = store.events()
    assert read == sorted(read, key=lambda event: event.order)
    assert [event.at for event in read] == sorted(times)


def test_events_are_filtered_by_learner_course_and_lesson(store: Store) -> None:
    store.append(
        [an_event(), an_event(learner="bo"), an_event(lesson="02-b"), an_event(course="x")]
    )
    assert len(store.events()) == 4
    assert len(store.events(learner="ada")) == 3
    assert len(store.events(learner="ada", course="c")) == 2
    assert len(store.events(learner="ada", course="c", lesson="01-a")) == 1
    assert store.events(learner="eve") == []


def test_reading_makes_no_file(store: Store) -> None:
    assert store.events() == []
    assert store.damaged_files() == []
    assert not store.path.parent.exists()


def test_data_is_kept_where_kit_data_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_DATA", str(tmp_path / "here"))
    assert data_folder() == tmp_path / "here"
    assert Store().path == tmp_path / "here" / FILE_NAME


@pytest.mark.parametrize(
    ("own", "hub", "name"), [("ada", "bo", "ada"), ("", "bo", "bo"), (None, "bo", "bo")]
)
def test_the_learner_is_whom_the_environment_names(
    own: str | None, hub: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KIT_LEARNER", raising=False)
    if own is not None:
        monkeypatch.setenv("KIT_LEARNER", own)
    monkeypatch.setenv("JUPYTERHUB_USER", hub)
    assert current_learner() == name


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ("~nosuchuser/x", "there is no such home folder"),
        ("file", "Not a directory"),
        ("file/below", "Not a directory"),
        ("loop", "Too many levels of symbolic links"),
        ("x" * 300, "File name too long"),
        ("/x" * 3000, "File name too long"),
    ],
    ids=lambda value: value[:20],
)
def test_a_kit_data_that_is_no_folder_is_refused_by_its_value(
    named: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    value = named if named.startswith(("~", "/")) else str(tmp_path / named)
    monkeypatch.setenv("KIT_DATA", value)
    with pytest.raises(StoreError) as refused:
        Store()
    assert refused.value.what.startswith(f"KIT_DATA is '{value[:90]}")
    assert refused.value.what.endswith(f", which is no folder: {reason}.")
    assert refused.value.mend == "Set KIT_DATA to a folder of yours."
    assert len(str(refused.value)) < 400


def test_a_path_that_only_the_file_makes_too_long_is_said_so(tmp_path: Path) -> None:
    folder = str(tmp_path) + "/x" * 2048
    folder = folder[: 4095 - len(FILE_NAME) - 1].rstrip("/")
    with pytest.raises(StoreError, match="cannot be used: File name too long"):
        Store(Path(folder) / FILE_NAME).events()
    assert Store(Path(folder) / FILE_NAME).damaged_files() == []


@pytest.mark.parametrize("name", ["ad\udce9", "x" * 201])
@pytest.mark.parametrize("variable", ["KIT_LEARNER", "JUPYTERHUB_USER"])
def test_a_name_that_no_event_can_have_is_refused(
    variable: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KIT_LEARNER", raising=False)
    monkeypatch.setenv(variable, name)
    with pytest.raises(StoreError, match="Set KIT_LEARNER to a name in UTF-8 of at most 200") as no:
        current_learner()
    assert repr(name)[:90] in no.value.what
    assert str(no.value).isprintable()


# Clocks -----------------------------------------------------------------------------------------

MINUTE, LOST, BEFORE_THE_KIT = 1 / (24 * 60), -20_515, -61.5


@pytest.mark.parametrize("day", [10 - 5 * MINUTE, 9.1, LOST, BEFORE_THE_KIT])
def test_a_clock_put_back_or_without_the_time_moves_nothing_before_what_was_there(
    store: Store, day: float
) -> None:
    """Five minutes, most of a day, to 1970 as without a battery, to before there was the kit."""
    written = [event for when in (10, day, 11) for event in store.append([on(when)])]
    assert store.events() == written
    assert [event.at for event in written] == [on(10).at, on(10).at, on(11).at]


def test_what_was_written_while_the_clock_was_ahead_was_written_before_it_was_right(
    store: Store,
) -> None:
    written = [event for day in (-1, 365, 366, 1, 2) for event in store.append([on(day)])]
    read = store.events()
    assert ids_in_order(read) == ids_in_order(written)
    assert [event.at for event in read] == [on(day).at for day in (-1, 1, 1, 1, 2)]


def ids_in_order(events: list[Event]) -> list[str]:
    return [event.id for event in events]


def test_a_clock_may_be_ahead_more_than_once_and_lose_the_time_between(store: Store) -> None:
    days = (365, 0, 700, LOST, 500, 3, 4, 90, 5)
    written = [event for day in days for event in store.append([on(day)])]
    read = store.events()
    assert ids_in_order(read) == ids_in_order(written)
    assert [event.at for event in read] == [on(day).at for day in (0, 0, 3, 3, 3, 3, 4, 5, 5)]


def test_events_written_at_once_are_corrected_too(store: Store) -> None:
    store.append(on(day) for day in (365, 365, 1, 2))
    assert [event.at for event in store.events()] == [on(day).at for day in (1, 1, 1, 2)]


def test_whatever_is_read_is_corrected_by_all_that_was_written(store: Store) -> None:
    """Also by what another learner did there, in another course."""
    store.append([on(365), on(1, learner="bo", course="x")])
    (read,) = store.events(learner="ada", course="c", lesson="01-a")
    assert read.at == on(1).at


def test_a_clock_that_is_right_corrects_no_other_device(store: Store) -> None:
    store.append([on(365, device="another", seq=1), on(1)])
    assert [event.at for event in store.events()] == [on(1).at, on(365).at]


def test_a_time_that_the_disk_spoilt_stops_nothing(store: Store) -> None:
    first, *_rest = store.append([on(1), on(2)])
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("UPDATE event SET at = '9~26-03' WHERE id = ?", (first.id,))
        connection.commit()
    store.append([on(3)])
    assert [event.at for event in store.events()] == [on(day).at for day in (2, 2, 3)]


# A name that two files have ---------------------------------------------------------------------


def carried(events: list[Event]) -> list[Event]:
    """The events as another computer reads them in a file."""
    return [Event.from_json(event.to_json()) for event in events]


def test_an_import_under_this_files_own_name_cannot_use_up_the_numbers(store: Store) -> None:
    (own,) = store.append([an_event()])
    store.append([an_event(device=own.device, seq=MAX_SEQ)])
    (after,) = store.append([an_event()])
    assert after.device != own.device
    assert after.seq == 1
    assert len(carried(store.events())) == 3


def test_own_events_that_come_back_change_no_name(store: Store) -> None:
    (own,) = store.append([an_event()])
    assert store.append(carried([own])) == []
    (after,) = store.append([an_event()])
    assert (after.device, after.seq) == (own.device, 2)


def test_the_name_is_new_at_once_and_only_once(store: Store) -> None:
    (own,) = store.append([an_event()])
    foreign = [an_event(device=own.device, seq=number) for number in (2, 3)]
    stored = store.append([*foreign, an_event(), an_event()])
    (after,) = store.append([an_event()])
    assert [event.seq for event in [*stored, after]] == [2, 3, 1, 2, 3]
    assert len({event.device for event in [*stored[2:], after]}) == 1


@pytest.fixture
def copied(store: Store, tmp_path: Path) -> Store:
    """A copy of the store's file on another computer. Both go on, the copy much later."""
    store.append(on(day) for day in range(3))
    other = Store(tmp_path / "other computer" / FILE_NAME)
    other.path.parent.mkdir()
    shutil.copyfile(store.path, other.path)
    for day in range(10, 30):
        store.append([on(day, lesson="02-b" if day > 20 else "01-a")])
    for day in range(100, 105):
        other.append([on(day)])
    return other


def test_a_copied_file_merges_both_ways(store: Store, copied: Store) -> None:
    """Nothing is lost, no time is changed, and what is written later is numbered apart."""
    ours, theirs = carried(store.events()), carried(copied.events())
    store.append(theirs)
    copied.append(ours)
    assert store.events() == copied.events()
    assert [event.at for event in store.events()] == [
        on(day).at for day in (*range(3), *range(10, 30), *range(100, 105))
    ]
    (later,), (later_there,) = store.append([on(110)]), copied.append([on(111)])
    assert len({ours[0].device, later.device, later_there.device}) == 3
    assert later.seq == later_there.seq == 1
    copied.append(carried(store.events()))
    store.append(carried(copied.events()))
    assert store.events() == copied.events()
    assert store.events()[-2:] == [later, later_there]


def test_a_part_of_what_a_copied_file_has_changes_no_time(store: Store, copied: Store) -> None:
    before = copied.events()
    part = store.events(lesson="02-b")
    copied.append(carried(part))
    assert copied.events() == sorted([*before, *part], key=lambda event: event.order)


def test_a_clock_that_was_ahead_before_the_file_was_copied_is_corrected(
    store: Store, tmp_path: Path
) -> None:
    store.append([on(365)])
    other = Store(tmp_path / FILE_NAME)
    shutil.copyfile(store.path, other.path)
    store.append([on(1), on(20)])
    other.append([on(2), on(10)])
    store.append(copied_events := carried(other.events()))
    other.append(carried(store.events()))
    assert store.events() == other.events()
    assert [event.at for event in store.events()] == [on(day).at for day in (1, 1, 2, 10, 20)]
    assert copied_events[0].at == on(2).at


# What still grows -------------------------------------------------------------------------------


def a_span(end: float, start: float = 0, **changes: Any) -> Event:
    """Seconds of a video that were played, as far as they have come."""
    result = {"segments": [[start, end]], "position": end, "duration": 100.0}
    return an_event(**{"verb": "watched", "item": "media/a.webm", "result": result, **changes})


def ends(store: Store) -> list[float]:
    return [event.result["segments"][0][1] for event in store.events()]


def rows(store: Store, table: str) -> int:
    with closing(sqlite3.connect(store.path)) as connection:
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        return int(count)


def test_what_grows_is_one_event_as_far_as_it_has_come(store: Store) -> None:
    first = a_span(1)
    for end in (1, 1.5, 2):
        assert store.grow([a_span(end, id=first.id)]) == set()
        assert ends(store) == [end]
    assert (rows(store, "growing"), rows(store, "event")) == (1, 0)
    (read,) = store.events(learner="ada", course="c", lesson="01-a")
    assert (read.id, read.seq, read.device != "") == (first.id, 0, True)
    assert store.events(learner="bo") == store.events(lesson="02-b") == []


def test_nothing_grows_beyond_what_an_import_reads(store: Store) -> None:
    """Whoever goes on needs another name for it."""
    span, closed = a_span(1), set[str]()
    for start in range(0, 20_000, 50):
        segments = [[each + 0.25, each + 0.75] for each in range(start, start + 50)]
        closed |= store.grow([a_span(1, id=span.id, result={**span.result, "segments": segments})])
    assert closed == {span.id}
    (kept,) = store.events()
    assert MAX_RESULT_CHARACTERS / 4 < len(json.dumps(kept.result)) < MAX_RESULT_CHARACTERS


def test_the_next_event_comes_after_what_was_growing(store: Store) -> None:
    first, second = a_span(1), a_span(9, start=8)
    store.grow([first, second])
    (stored,) = store.append([an_event()])
    assert ids_in_order(store.events()) == [first.id, second.id, stored.id]
    assert [event.seq for event in store.events()] == [1, 2, 3]
    assert rows(store, "growing") == 0


def test_what_is_stored_for_good_grows_no_more(store: Store) -> None:
    """Whoever has more to say is told to do so under a new id; the same again is no news."""
    span = a_span(5)
    store.grow([span])
    store.settle()
    before = store.events()
    assert store.grow([a_span(5, id=span.id), a_span(3, id=span.id)]) == set()
    assert store.grow([a_span(6, id=span.id)]) == {span.id}
    elsewhere = {**span.result, "position": 40.0}
    assert store.grow([a_span(5, id=span.id, result=elsewhere)]) == {span.id}
    assert store.events() == before


@pytest.mark.parametrize("order", [(2, 1, 3), (3, 2, 1), (3, 1, 2)])
def test_what_was_played_stays_so_in_whatever_order_it_is_told(
    store: Store, order: tuple[float, ...]
) -> None:
    span = a_span(1)
    for end in order:
        store.grow([a_span(end, id=span.id)])
    assert ends(store) == [3]
    assert store.events()[0].result["position"] == 3


@pytest.mark.parametrize("change", [{"item": "media/b.webm"}, {"learner": "bo"}, {"lesson": "02"}])
@pytest.mark.parametrize("settled", [False, True])
def test_an_id_of_something_else_is_not_written_over(
    store: Store, change: dict[str, Any], settled: bool
) -> None:
    span = a_span(1)
    store.grow([span])
    if settled:
        store.settle()
    before = store.events()
    assert store.grow([a_span(2, id=span.id, **change), kept := a_span(3)]) == {span.id}
    assert [event for event in store.events() if event.id != kept.id] == before


def test_settling_makes_no_file_and_changes_nothing_twice(store: Store) -> None:
    store.settle()
    assert not store.path.exists()
    store.grow([a_span(1)])
    store.settle()
    before = store.events()
    store.settle()
    assert store.events() == before
    assert before[0].seq == 1


@pytest.mark.parametrize("day", [10, 10 - 5 * MINUTE, LOST, 11])
def test_what_grows_is_read_in_the_order_in_which_it_will_be_stored(
    store: Store, day: float
) -> None:
    """Whatever the clock shows."""
    store.append([on(9), on(10)])
    store.grow([on(day, verb="watched", result={"segments": [[0, 1]]})])
    before = store.events()
    store.settle()
    assert [(event.id, event.at) for event in before] == [(e.id, e.at) for e in store.events()]


def test_a_clock_that_was_set_right_moves_what_grows_nowhere(store: Store) -> None:
    store.append([on(365), on(1)])
    grown = on(2, verb="watched", result={"segments": [[0, 1]]})
    store.grow([grown])
    assert store.events()[-1].at == grown.at


def test_an_import_settles_what_grows_and_counts_only_its_own(store: Store) -> None:
    store.grow([a_span(1)])
    brought = an_event(device="another", seq=1)
    assert store.append([brought]) == [brought]
    assert sorted(event.seq for event in store.events()) == [1, 1]


GROW = """
import itertools, sys
from pathlib import Path
from kit.events import new_id
from kit.store import Store
from tests.test_store import a_span, an_event
store = Store(Path(sys.argv[1]))
print("ready", flush=True)
for number in itertools.count():
    span, other = new_id(), new_id()
    for end in range(1, 6):
        closed = store.grow([a_span(end, id=span), a_span(end, id=other, item="media/b.webm")])
        assert not closed
        print(span, end, other, end, flush=True)
    if number % 2:
        (stored,) = store.append([an_event()])
        print(stored.id, 0, flush=True)
"""


def test_what_a_killed_player_was_told_is_there_once_and_as_far(tmp_path: Path) -> None:
    """Writers are killed at random moments; each goes on with the file of the one before."""
    path = tmp_path / FILE_NAME
    told: dict[str, float] = {}
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", GROW, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == "ready\n"
            killer = threading.Timer(random.uniform(0, 0.15), writer.kill)
            killer.start()
            lines = [line for line in writer.stdout.readlines() if line.endswith("\n")]
            killer.join()
        for words in map(str.split, lines):
            told.update(zip(words[::2], map(float, words[1::2]), strict=True))
    store = Store(path)
    events = {event.id: event for event in store.events()}
    assert len(events) == len(store.events())
    assert told
    for event_id, end in told.items():
        result = events[event_id].result
        assert result.get("segments", [[0, 0]])[0][1] >= end
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    store.settle()
    assert sorted(event.seq for event in store.events()) == list(range(1, len(events) + 1))


# Several at once --------------------------------------------------------------------------------

AT_ONCE = """
import sys
from pathlib import Path
import filelock, uuid_utils
from kit.events import MAX_SEQ, Event
from kit.store import Store
store = Store(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    event = Event(learner="ada", course="c", lesson="01-a", verb="opened")
    (stored,) = store.append([event])
    print(stored.id, flush=True)
"""


def append_at_once(path: Path, *, processes: int, times: int) -> list[str]:
    """Let several processes append at the same moment; the ids that they were told are saved."""
    command = [sys.executable, "-c", AT_ONCE, str(path), str(times)]
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)
        for _ in range(processes)
    ]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    printed = [process.communicate()[0].split() for process in running]
    assert [process.returncode for process in running] == [0] * processes
    return [event_id for lines in printed for event_id in lines]


def test_processes_that_write_at_once_lose_nothing_and_number_without_gaps(store: Store) -> None:
    store.append([an_event()])
    acknowledged = append_at_once(store.path, processes=4, times=25)
    events = store.events()
    assert len(acknowledged) == 100
    assert set(acknowledged) < ids(events)
    assert sorted(event.seq for event in events) == list(range(1, 102))


def test_processes_may_make_the_file_at_the_same_moment(tmp_path: Path) -> None:
    for number in range(5):
        store = Store(tmp_path / f"{number}" / FILE_NAME)
        acknowledged = append_at_once(store.path, processes=3, times=1)
        events = store.events()
        assert ids(events) == set(acknowledged)
        assert sorted(event.seq for event in events) == [1, 2, 3]
        assert len({event.device for event in events}) == 1


def test_threads_may_share_a_store(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = list(pool.map(lambda _: store.append([an_event()])[0], range(80)))
    assert sorted(event.seq for event in stored) == list(range(1, 81))
    assert ids(store.events()) == ids(stored)


def test_whoever_reads_does_not_wait_for_who_writes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit.event_table, "WAIT_SECONDS", 0)
    store.append([an_event()])
    with locked(store.path):
        assert len(store.events()) == 1


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program that has begun to write and does not end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


def test_a_store_locked_for_too_long_is_busy_and_works_afterwards(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kit.event_table, "WAIT_SECONDS", 0.1)
    store.append([an_event()])
    with locked(store.path), pytest.raises(StoreBusy, match=r"locked for 0\.1 s.*Close that prog"):
        store.append([an_event()])
    assert len(store.append([an_event()])) == 1
    assert len(store.events()) == 2


def test_acknowledged_events_survive_sigkill(tmp_path: Path) -> None:
    """30 writers are killed at random moments: each acknowledged event is there, exactly once."""
    result = run_rounds(30, tmp_path)
    assert result.acknowledged >= 10
    assert (result.lost, result.duplicated, result.intact) == (0, 0, True)


def test_an_append_returns_when_the_disk_has_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut cannot be had here; SQLite waits for fsync at each commit where it is told so."""
    kept = []

    class Watched(sqlite3.Connection):
        def close(self) -> None:
            pragmas = ("journal_mode", "synchronous")
            kept.append([self.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas])
            super().close()

    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Watched))
    store.append([an_event()])
    full = 2
    assert kept == [["wal", full]]


# Formats ----------------------------------------------------------------------------------------


def format_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def set_format(path: Path, version: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")


@pytest.mark.parametrize("is_database", [True, False])
def test_an_empty_file_becomes_a_store(store: Store, is_database: bool) -> None:
    store.path.parent.mkdir()
    store.path.touch()
    if is_database:
        set_format(store.path, 0)
    assert store.events() == []
    store.append([an_event()])
    assert len(store.events()) == 1
    assert format_of(store.path) == len(MIGRATIONS)
    assert store.damaged_files() == []


def m099_note(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE note (text TEXT)")


def m099_that_fails(connection: sqlite3.Connection) -> None:
    m099_note(connection)
    connection.execute("CREATE TABLE note (text TEXT)")


def test_an_older_file_is_migrated_with_its_events(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = store.append(some_events(3))
    monkeypatch.setattr(kit.event_table, "MIGRATIONS", (*MIGRATIONS, m099_note))
    new = store.append([an_event()])
    assert store.events() == old + new
    assert format_of(store.path) == len(MIGRATIONS) + 1


@pytest.fixture
def first_format(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store that the first version of the kit wrote."""
    with monkeypatch.context() as then:
        then.setattr(kit.event_table, "MIGRATIONS", MIGRATIONS[:1])
        store.append(some_events(400))
    assert format_of(store.path) == 1
    return store


def test_a_file_of_the_first_format_is_gone_on_with(first_format: Store) -> None:
    (own,) = first_format.append([an_event()])
    assert own.seq == 401
    assert len(first_format.events()) == 401
    assert format_of(first_format.path) == len(MIGRATIONS)


def test_a_migration_that_fails_leaves_the_file_in_its_old_format(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = store.append(some_events(3))
    with monkeypatch.context() as newer:
        newer.setattr(kit.event_table, "MIGRATIONS", (*MIGRATIONS, m099_that_fails))
        with pytest.raises(StoreError, match="note already exists"):
            store.append([an_event()])
    assert store.events() == old
    assert format_of(store.path) == len(MIGRATIONS)


def test_a_file_of_a_newer_kit_is_refused_and_not_touched(store: Store) -> None:
    store.append(some_events(3))
    set_format(store.path, 99)
    before = store.path.read_bytes()
    for use in (store.events, lambda: store.append([an_event()])):
        with pytest.raises(StoreTooNew, match=r"format 99.*Update Lesson Kit") as refused:
            use()
        assert str(store.path) in str(refused.value)
    assert store.path.read_bytes() == before
    assert store.damaged_files() == []


# Damage -----------------------------------------------------------------------------------------


def write_garbage(path: Path) -> None:
    path.write_bytes(b"\x00\xffnot a database" * 500)


def write_text(path: Path) -> None:
    path.write_text("Dear teacher, ...\n" * 20)


def cut_in_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def cut_within_the_header(path: Path) -> None:
    os.truncate(path, 60)


def spoil_the_schema(path: Path) -> None:
    overwrite_page(path, 0, b"\xff" * (PAGE - 100), offset=100)


def spoil_a_page_of_events(path: Path) -> None:
    """One of those in the middle, of the many that hold events."""
    content = path.read_bytes()
    pages = [content[start : start + PAGE] for start in range(0, len(content), PAGE)]
    leaves = [
        number
        for number, page in enumerate(pages)
        if page[0] == LEAF_OF_A_TABLE_WITHOUT_ROWID and b'{"n": 2' in page
    ]
    overwrite_page(path, leaves[len(leaves) // 2], b"\xff" * PAGE)


def overwrite_page(path: Path, page: int, content: bytes, offset: int = 0) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE + offset)
        file.write(content)


DAMAGES = (
    write_garbage,
    write_text,
    cut_in_half,
    cut_within_the_header,
    spoil_the_schema,
    spoil_a_page_of_events,
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_whole_and_appending_works(
    store: Store, damage: Callable[[Path], None]
) -> None:
    store.append(some_events(400))
    damage(store.path)
    before = store.path.read_bytes()
    store.events()
    (aside,) = store.damaged_files()
    assert aside.read_bytes() == before
    (stored,) = store.append([an_event()])
    assert stored in store.events()
    assert store.damaged_files() == [aside]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_of_the_first_format_is_set_aside_too(
    first_format: Store, damage: Callable[[Path], None]
) -> None:
    damage(first_format.path)
    before = first_format.path.read_bytes()
    rescued = first_format.events()
    (aside,) = first_format.damaged_files()
    assert aside.read_bytes() == before
    assert len(rescued) > 50 or damage is not spoil_a_page_of_events
    assert first_format.append([an_event()])
    assert format_of(first_format.path) == len(MIGRATIONS)


@pytest.mark.parametrize("damage", [write_garbage, cut_within_the_header])
def test_a_damaged_file_does_not_stop_an_append(
    store: Store, damage: Callable[[Path], None]
) -> None:
    store.append(some_events(3))
    damage(store.path)
    stored = store.append([an_event()])
    assert store.events() == stored
    assert len(store.damaged_files()) == 1


def test_events_that_can_be_read_are_rescued_as_they_were(store: Store) -> None:
    before = store.append(some_events(400))
    spoil_a_page_of_events(store.path)
    rescued = store.events()
    assert len(rescued) > 50
    assert all(event in before for event in rescued)


def test_processes_that_meet_the_damage_at_once_set_it_aside_once(store: Store) -> None:
    store.append(some_events(20))
    write_garbage(store.path)
    acknowledged = append_at_once(store.path, processes=4, times=2)
    assert len(acknowledged) == 8
    assert ids(store.events()) == set(acknowledged)
    assert len(store.damaged_files()) == 1


def test_every_damaged_file_is_kept(store: Store) -> None:
    for _ in range(3):
        store.append([an_event()])
        write_garbage(store.path)
    store.events()
    assert len(store.damaged_files()) == 3


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_does_not_stop_what_grows(
    store: Store, damage: Callable[[Path], None]
) -> None:
    store.append(some_events(400))
    store.grow([a_span(1)])
    damage(store.path)
    span = a_span(2)
    assert store.grow([span]) == set()
    assert store.grow([a_span(3, id=span.id)]) == set()
    assert span.id in ids(store.events())
    assert len(store.damaged_files()) == 1


def test_what_grows_is_rescued(store: Store) -> None:
    store.append(some_events(400))
    span = a_span(1)
    store.grow([span])
    spoil_a_page_of_events(store.path)
    rescued = {event.id: event for event in store.events()}
    assert rescued[span.id].result == span.result
    assert store.grow([a_span(2, id=span.id)]) == {span.id}


def test_one_that_grows_and_rots_does_not_take_the_others_along(store: Store) -> None:
    store.append(some_events(20))
    first, second = a_span(1), a_span(2.125)
    store.grow([first, second])
    spoil_an_event(store.path, b"[[0, 2.125]]", b"[[0, 2\xff125]]")
    assert {first.id} < ids(store.events())
    assert second.id not in ids(store.events())
    assert len(store.damaged_files()) == 1


# Rights -----------------------------------------------------------------------------------------


@contextmanager
def without_roots_rights() -> Iterator[None]:
    """What nobody may: root may write whatever the permissions say (no change for others)."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that nobody may enter and read, but not write to once ``lock_folder`` was called."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def lock_folder(folder: Path) -> None:
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)


def test_a_folder_that_may_not_be_written_is_said_so(shelf: Path) -> None:
    lock_folder(shelf)
    for store in (Store(shelf / FILE_NAME), Store(shelf / "new" / FILE_NAME)):
        with without_roots_rights():
            assert store.events() == []
            with pytest.raises(StoreReadOnly, match="may not be written") as refused:
                store.append([an_event()])
        assert str(store.path) in str(refused.value)


def test_a_file_that_may_not_be_written_can_be_read(shelf: Path) -> None:
    store = Store(shelf / FILE_NAME)
    stored = store.append(some_events(3))
    store.path.chmod(0o444)
    shelf.chmod(0o777)
    with without_roots_rights():
        with pytest.raises(StoreReadOnly, match="Allow writing to it and its folder"):
            store.append([an_event()])
        assert store.events() == stored


def test_what_grows_in_a_file_that_may_not_be_written_can_be_read(shelf: Path) -> None:
    store = Store(shelf / FILE_NAME)
    store.append(some_events(3))
    span = a_span(1)
    store.grow([span])
    before = store.events()
    lock_folder(shelf)
    with without_roots_rights():
        for write in (lambda: store.grow([a_span(2, id=span.id)]), store.settle):
            with pytest.raises(StoreReadOnly):
                write()
        assert store.events() == before


def test_a_file_of_the_first_format_that_may_not_be_written_can_be_read(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(shelf / FILE_NAME)
    monkeypatch.setattr(kit.event_table, "MIGRATIONS", MIGRATIONS[:1])
    stored = store.append([on(365), on(1)])
    monkeypatch.undo()
    lock_folder(shelf)
    with without_roots_rights():
        assert store.events() == [replace(stored[0], at=on(1).at), stored[1]]
    assert format_of(store.path) == 1


def test_a_file_that_may_not_be_written_works_again_once_it_may(shelf: Path) -> None:
    store = Store(shelf / FILE_NAME)
    store.append(some_events(3))
    lock_folder(shelf)
    with without_roots_rights(), pytest.raises(StoreReadOnly):
        store.append([an_event()])
    shelf.chmod(0o777)
    store.path.chmod(0o666)
    with without_roots_rights():
        store.append([an_event()])
        assert len(store.events()) == 4


def test_a_damaged_file_that_cannot_be_moved_stays_as_it_is(shelf: Path) -> None:
    store = Store(shelf / FILE_NAME)
    write_garbage(store.path)
    before = store.path.read_bytes()
    lock_folder(shelf)
    with without_roots_rights(), pytest.raises(StoreError):
        store.events()
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("folder", ["a file", "a file/below"])
def test_a_data_folder_that_is_a_file_is_named(tmp_path: Path, folder: str) -> None:
    (tmp_path / "a file").write_text("not a folder")
    with pytest.raises(StoreError, match=r"a file.*set KIT_DATA to another folder"):
        Store(tmp_path / folder / FILE_NAME).append([an_event()])


def test_a_folder_in_the_place_of_the_file_is_not_removed(store: Store) -> None:
    store.path.mkdir(parents=True)
    with pytest.raises(StoreError, match=FILE_NAME):
        store.append([an_event()])
    assert store.path.is_dir()


# A full disk ------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 1 MiB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("mounting a small disk takes root")
    if (made := subprocess.run(mount, capture_output=True, text=True, check=False)).returncode:
        pytest.skip(f"a small disk cannot be mounted here: {made.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(disk: Path, *, leave: int) -> Path:
    """Fill a disk up to some bytes; returns the file to delete."""
    state = os.statvfs(disk)
    filler = disk / "filler"
    filler.write_bytes(b"x" * (state.f_bavail * state.f_frsize - leave))
    return filler


def test_a_full_disk_loses_nothing_and_works_once_there_is_room(small_disk: Path) -> None:
    store = Store(small_disk / FILE_NAME)
    before = store.append(some_events(50))
    filler = fill(small_disk, leave=64 * 1024)
    with pytest.raises(StoreFull, match=r"no room left on the disk.*Free some space") as refused:
        store.append([an_event(), an_event(result={"answer": "x" * 100_000})])
    assert str(store.path) in str(refused.value)
    assert store.events() == before
    filler.unlink()
    after = store.append([an_event()])
    assert store.events() == before + after
    assert store.damaged_files() == []


def test_on_a_full_disk_what_grows_keeps_what_it_has(small_disk: Path) -> None:
    store = Store(small_disk / FILE_NAME)
    span = a_span(1)
    store.grow([span])
    filler = fill(small_disk, leave=0)
    with pytest.raises(StoreFull):
        store.grow([a_span(2, id=span.id), a_span(3, version="x" * 4_000_000)])
    (read,) = [event for event in store.events() if event.id == span.id]
    assert read.result == span.result
    filler.unlink()
    assert store.grow([a_span(2, id=span.id)]) == set()
    assert ends(store) == [2]


def test_a_disk_that_was_full_from_the_start_can_be_used_once_there_is_room(
    small_disk: Path,
) -> None:
    store = Store(small_disk / "data" / FILE_NAME)
    filler = fill(small_disk, leave=PAGE)
    with pytest.raises(StoreFull):
        store.append([an_event()])
    filler.unlink()
    stored = store.append([an_event()])
    assert store.events() == stored


def test_half_a_character_in_an_answer_is_kept(store: Store) -> None:
    (stored,) = store.append([an_event(result={"answer": "\ud83d"})])
    assert store.events() == [stored]
    assert stored.to_json().encode()


def test_an_existing_store_in_a_read_only_folder_can_be_read(shelf: Path) -> None:
    kept = Store(shelf / FILE_NAME)
    stored = kept.append(some_events(3))
    lock_folder(shelf)
    with without_roots_rights():
        assert kept.events() == stored


def test_a_store_that_a_crash_left_in_a_read_only_folder_can_be_read(
    shelf: Path,
) -> None:
    path = shelf / FILE_NAME
    crash = "import os, sys; sys.path.insert(0, '.'); from tests.test_store import *\n"
    crash += "import sqlite3; keep = sqlite3.connect(sys.argv[1])\n"
    crash += "kept = Store(Path(sys.argv[1])); kept.append(some_events(2))\n"
    crash += "keep.execute('SELECT * FROM event').fetchone(); kept.append(some_events(3))\n"
    crash += "os._exit(0)"
    subprocess.run([sys.executable, "-c", crash, str(path)], check=True, cwd=ROOT)
    assert path.with_name(FILE_NAME + "-wal").stat().st_size
    path.with_name(FILE_NAME + "-shm").unlink()
    lock_folder(shelf)
    with without_roots_rights():
        assert len(Store(path).events()) == 5


def test_a_folder_that_may_not_be_entered_is_said_so(shelf: Path) -> None:
    kept = Store(shelf / "closed" / FILE_NAME)
    kept.append(some_events(3))
    kept.path.parent.chmod(0)
    with without_roots_rights(), pytest.raises(StoreReadOnly):
        kept.events()


def test_a_read_only_disk_is_said_so(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreReadOnly):
        Store(small_disk / "new" / FILE_NAME).append([an_event()])


def test_a_disk_without_one_free_byte_is_full_and_can_still_be_read(
    small_disk: Path,
) -> None:
    kept = Store(small_disk / FILE_NAME)
    before = kept.append(some_events(50))
    filler = fill(small_disk, leave=0)
    with pytest.raises(StoreFull):
        kept.append([an_event()])
    assert kept.events() == before
    filler.unlink()
    after = kept.append([an_event()])
    assert kept.events() == before + after


def test_a_file_of_the_first_format_on_a_full_disk_can_be_read(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Store(small_disk / FILE_NAME)
    with monkeypatch.context() as then:
        then.setattr(kit.event_table, "MIGRATIONS", MIGRATIONS[:1])
        before = kept.append(some_events(400))
    filler = fill(small_disk, leave=0)
    assert kept.events() == before
    filler.unlink()
    after = kept.append([an_event()])
    assert kept.events() == before + after


def test_what_was_acknowledged_after_the_damage_is_rescued(store: Store) -> None:
    before = store.append(some_events(400))
    spoil_a_page_of_events(store.path)
    acknowledged = store.append(some_events(5))
    rescued = store.events()
    assert ids(acknowledged) < ids(rescued)
    assert len(rescued) > len(before) - 40


def spoil_an_event(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert content.count(old) == 1
    path.write_bytes(content.replace(old, new))


@pytest.mark.parametrize("new", [b'{"n": 2\xff7}', b'{"n": 2,7}', b'{"n": 2"7}'])
def test_one_rotten_event_does_not_take_the_others_along(
    store: Store,
    new: bytes,
) -> None:
    before = store.append(some_events(400))
    spoil_an_event(store.path, b'{"n": 227}', new)
    rescued = store.events()
    assert len(rescued) == len(before) - 1
    assert len(store.damaged_files()) == 1


def test_a_rescue_that_was_cut_off_is_taken_up_again(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store.append(some_events(400))
    spoil_a_page_of_events(store.path)

    def killed(_path: Path) -> list[Event]:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(kit.rescue, "_readable_events", killed)
        with pytest.raises(KeyboardInterrupt):
            store.events()
    assert len(store.events()) > 150
    assert len(store.damaged_files()) == 1


def test_a_store_by_a_relative_path_rescues_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    relative = Store(Path(FILE_NAME))
    relative.append(some_events(400))
    spoil_a_page_of_events(relative.path)
    assert len(relative.events()) > 150


READ_OFTEN = """
import sys
from pathlib import Path
from kit.store import Store
for _ in range(200):
    Store(Path(sys.argv[1])).events()
"""


def test_processes_that_write_to_a_damaged_file_lose_nothing(tmp_path: Path) -> None:
    for number in range(6):
        damaged = Store(tmp_path / f"{number}" / FILE_NAME)
        damaged.append(some_events(400))
        spoil_a_page_of_events(damaged.path)
        reader = [sys.executable, "-c", READ_OFTEN, str(damaged.path)]
        with subprocess.Popen(reader, cwd=ROOT):
            acknowledged = append_at_once(damaged.path, processes=4, times=10)
        assert set(acknowledged) <= ids(damaged.events())
        assert len(damaged.damaged_files()) == 1


def test_a_full_disk_can_be_read_even_if_there_is_no_other(
    small_disk: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = Store(small_disk / "data" / FILE_NAME)
    before = kept.append(some_events(50))
    (small_disk / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk / "tmp"))
    fill(small_disk, leave=0)
    with pytest.raises(StoreFull):
        kept.append([an_event()])
    assert kept.events() == before


def test_a_file_cut_within_its_last_page_is_set_aside(tmp_path: Path) -> None:
    cut = Store(tmp_path / FILE_NAME)
    before = cut.append(some_events(400))
    os.truncate(cut.path, cut.path.stat().st_size - 1000)
    acknowledged = cut.append([an_event()])
    after = ids(cut.events())
    assert ids(acknowledged) <= after
    assert len(after & ids(before)) > 300
    assert len(cut.damaged_files()) == 1
