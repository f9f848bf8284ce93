"""Progress as a file: what one computer exports another one imports, whatever its clock showed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kit.course import Course, load_course
from kit.errors import ExportError
from kit.events import MAX_SEQ, Event
from kit.exchange import import_events, progress_lines, write_lines
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
