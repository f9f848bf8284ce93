"""Progress as a file: what one computer exports another one imports, whatever its clock showed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kit.course import Course, load_course
from kit.errors import ExportError, StoreReadOnly
from kit.events import MAX_SEQ, Event, new_id
from kit.exchange import import_events, progress_lines, write_lines
from kit.progress import fold
from kit.store import FILE_NAME, Store
from tests.conftest import LESSON


@pytest.fixture
def loaded(course: Path, data: Path) -> Course:
    """The project's course; progress is kept in ``data``."""
    return load_course(course / "lessons")


def answer(course: Course, ahead: float = 0) -> Event:
    """A right answer, by a clock that is so many days ahead."""
    at = datetime.now(UTC) + timedelta(days=ahead)
    return Event(
        learner="ada", course=course.id, lesson=LESSON, item="rows_are", verb="answered",
        result={"outcome": "passed"}, at=at.isoformat(timespec="microseconds"),
    )  # fmt: skip


def exported(course: Course, file: Path) -> Path:
    write_lines(progress_lines(course), file)
    return file


def test_a_clock_that_was_a_year_ahead_keeps_nobody_from_importing(
    loaded: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ahead in (365, 365, 0):
        Store().append([answer(loaded, ahead)])
    here = Store().events()
    file = exported(loaded, tmp_path / "me.jsonl")
    monkeypatch.setenv("KIT_DATA", str(tmp_path / "other computer"))
    assert import_events(file) == {"new": 3, "known": 0}
    assert Store().events() == here


def test_while_the_clock_is_ahead_an_import_says_so_and_adds_nothing(
    loaded: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store().append([answer(loaded, 365)])
    file = exported(loaded, tmp_path / "me.jsonl")
    monkeypatch.setenv("KIT_DATA", str(tmp_path / "other computer"))
    with pytest.raises(ExportError, match=r"line 1.*lies in the future"):
        import_events(file)
    assert Store().events() == []


def test_a_file_that_uses_up_this_computers_numbers_does_no_harm(
    loaded: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own,) = Store().append([answer(loaded)])
    hostile = replace(answer(loaded, -1), device=own.device, seq=MAX_SEQ)
    write_lines([hostile.to_json()], tmp_path / "hostile.jsonl")
    import_events(tmp_path / "hostile.jsonl")
    Store().append([answer(loaded)])
    file = exported(loaded, tmp_path / "me.jsonl")
    monkeypatch.setenv("KIT_DATA", str(tmp_path / "other computer"))
    assert import_events(file) == {"new": 3, "known": 0}


def test_two_computers_that_began_with_one_file_give_each_other_all(
    loaded: Course, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store().append([answer(loaded), answer(loaded)])
    there = tmp_path / "there"
    there.mkdir()
    shutil.copyfile(data / FILE_NAME, there / FILE_NAME)
    files = []
    for folder, count in ((data, 3), (there, 2)):
        monkeypatch.setenv("KIT_DATA", str(folder))
        for _ in range(count):
            Store().append([answer(loaded)])
        files.append(exported(loaded, tmp_path / f"{folder.name}.jsonl"))
    assert import_events(files[0]) == {"new": 3, "known": 2}
    monkeypatch.setenv("KIT_DATA", str(data))
    assert import_events(files[1]) == {"new": 2, "known": 2}
    assert Store().events() == Store(there / FILE_NAME).events()
    assert len(Store().events()) == 7


def span(course: Course, end: float, span_id: str) -> Event:
    """What was watched of the lesson's video, as far as it has come."""
    result = {"segments": [[0, end]], "position": end, "duration": 100.0}
    return Event(
        learner="ada", course=course.id, lesson=LESSON, item="media/meet-the-table.webm",
        verb="watched", result=result, id=span_id,
    )  # fmt: skip


def test_what_is_handed_on_grows_no_more(
    loaded: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the other computer would know the event already, and never get the rest."""
    first, rest = new_id(), new_id()
    Store().grow([span(loaded, 5, first)])
    file = exported(loaded, tmp_path / "early.jsonl")
    assert Store().grow([span(loaded, 9, first)]) == {first}
    Store().grow([span(loaded, 9, rest)])
    later = exported(loaded, tmp_path / "later.jsonl")
    here = fold(Store().events())
    monkeypatch.setenv("KIT_DATA", str(tmp_path / "other computer"))
    assert import_events(file) == {"new": 1, "known": 0}
    assert import_events(later) == {"new": 1, "known": 1}
    assert fold(Store().events()) == here
    assert here[LESSON].item("media/meet-the-table.webm").watched == 0.09


def test_of_a_store_that_may_not_be_written_what_is_stored_for_good_is_handed_on(
    loaded: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own,) = Store().append([answer(loaded)])
    Store().grow([span(loaded, 5, new_id())])

    def refuse(_store: Store) -> None:
        raise StoreReadOnly("It may not be written.")

    monkeypatch.setattr(Store, "settle", refuse)
    assert [Event.from_json(line) for line in progress_lines(loaded)] == [own]
