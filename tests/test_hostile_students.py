"""What one student hands in, by whatever means, costs no other student a point or a day."""

from __future__ import annotations

import getpass
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.grading.course import GradingCourse, GradingError
from kit.grading.folders import DEEPEST, MOST_FILES, handed_in_at, plain_files
from tests.confined import on_linux
from tests.small_assignment import (
    NAME,
    NOTEBOOK,
    RIGHT,
    answered,
    by_student,
    hand_in,
    make_course,
    marks,
    write_course,
)

pytestmark = on_linux

NO_TIMES = {
    "words": b"the day after tomorrow",
    "before-all-time": b"0001-01-01 00:00:00 +1400",
    "no-zone": b"2026-10-01 10:00:00 99999999999",
    "no-text": b"\xff\xfe\x00",
    "too-long": b"1" * 100_000,
}


@pytest.fixture
def course(tmp_path: Path) -> GradingCourse:
    return make_course(tmp_path / "course")


# The files beside a notebook ----------------------------------------------------------------------


def _a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "timestamp.txt")


def _a_name_of_two_lines(folder: Path) -> None:
    (folder / "a\nb.ipynb").write_text("{}")


def _many_files(folder: Path) -> None:
    for number in range(MOST_FILES + 1):
        (folder / f"f{number}").touch()


def _deep_folders(folder: Path) -> None:
    (folder / "/".join("d" * (DEEPEST + 2))).mkdir(parents=True)


@pytest.mark.parametrize("harm", [_a_pipe, _many_files, _deep_folders])
def test_what_stops_one_stops_no_other(harm: Callable[[Path], None], course: GradingCourse) -> None:
    harm(hand_in(course, "eve", answered(course)).parent)
    hand_in(course, "zoe", answered(course))
    for _round in range(2):  # what is graded already is looked at, too
        graded = by_student(course.grade(NAME, regrade=True))
        assert graded["eve"].problem
        assert (graded["zoe"].problem, marks(course, "zoe")) == ("", RIGHT)


def test_a_notebooks_name_stops_nobody(course: GradingCourse) -> None:
    """nbgrader cannot read it: nobody was graded, and all were said to be graded already."""
    _a_name_of_two_lines(hand_in(course, "eve", answered(course)).parent)
    hand_in(course, "zoe", answered(course))
    graded = by_student(course.grade(NAME))
    assert {name: each.score for name, each in graded.items()} == {"eve": 7.0, "zoe": 7.0}


def test_that_nothing_could_be_graded_is_no_success(course: GradingCourse) -> None:
    hand_in(course, "eve", answered(course)).unlink()
    with pytest.raises(GradingError, match="No notebooks"):
        course.grade(NAME)


@pytest.mark.parametrize("said", NO_TIMES.values(), ids=NO_TIMES)
def test_what_is_no_time_is_told_and_stops_nobody(said: bytes, course: GradingCourse) -> None:
    path = hand_in(course, "eve", answered(course)).with_name("timestamp.txt")
    path.write_text("2026-10-01 10:00:00 UTC")
    course.grade(NAME)
    path.write_bytes(said)
    hand_in(course, "zoe", answered(course))
    graded = by_student(course.grade(NAME))
    assert "timestamp.txt does not say" in graded["eve"].problem
    assert graded["zoe"].problem == ""
    assert course.status(NAME)["submitted"] == ["eve", "zoe"]
    with pytest.raises(KitError, match="does not say when"):
        handed_in_at(path.parent)


def test_many_files_are_found_at_once(tmp_path: Path) -> None:
    _many_files(tmp_path)
    (tmp_path / "f0").unlink()
    began = time.monotonic()
    assert len([*plain_files(tmp_path, ["*.ipynb", "*.pyc"])]) == MOST_FILES
    assert time.monotonic() - began < 5


# An exchange --------------------------------------------------------------------------------------

WHEN = "2026-10-01 10:00:00 UTC"


@pytest.fixture
def inbound(tmp_path: Path) -> Path:
    """Of an exchange on this machine: every student may write there."""
    found = tmp_path / "exchange" / "small" / "inbound"
    found.mkdir(parents=True)
    found.parent.parent.chmod(0o777)
    return found


@pytest.fixture
def shared(tmp_path: Path, inbound: Path) -> GradingCourse:
    exchange = str(inbound.parent.parent)
    course = write_course(tmp_path / "course", f"c.Exchange.root = {exchange!r}\n")
    course.release(NAME)
    return course


def _put(inbound: Path, student: str, when: str = WHEN) -> Path:
    folder = inbound / f"{student}+{NAME}+{when}+r4nd0m"
    folder.mkdir()
    (folder / "timestamp.txt").write_text(when)
    (folder / NOTEBOOK).write_text("{}")
    return folder


def test_a_link_that_is_handed_in_gives_nothing_of_the_teachers_away(
    shared: GradingCourse, inbound: Path
) -> None:
    """nbgrader copies what it leads to, with the teacher's rights: the solution, for one."""
    folder = _put(inbound, "eve")
    source = shared.folder / "source"
    (folder / "solution.txt").symlink_to(source / NAME / NOTEBOOK)
    (folder / "all").symlink_to(source)
    os.mkfifo(folder / "pipe")
    assert shared.collect(NAME)["new"] == ["eve"]
    taken = shared.folder / "submitted" / "eve" / NAME
    assert sorted(each.name for each in taken.iterdir()) == [NOTEBOOK, "timestamp.txt"]


@pytest.mark.parametrize(
    "name", [f"eve+{NAME}+tomorrow+x", f"..+{NAME}+{WHEN}+x", f"e\x1b[2Jve+{NAME}+{WHEN}+x"]
)
def test_a_folder_of_an_odd_name_stops_nobody(
    name: str, shared: GradingCourse, inbound: Path
) -> None:
    (inbound / name).mkdir()
    (inbound / f"bob+{NAME}+{WHEN}+x").symlink_to(shared.folder / "source" / NAME)
    _put(inbound, "zoe")
    found = shared.collect(NAME)
    assert found["submitted"] == ["zoe"]
    assert any("is no submission" in each for each in found["refused"])
    assert not (shared.folder / NAME).exists()
    assert all(each.isprintable() for each in found["refused"])


def test_a_folder_that_cannot_be_copied_stops_nobody(shared: GradingCourse, inbound: Path) -> None:
    _deep_folders(_put(inbound, "eve"))
    (inbound / f"file+{NAME}+{WHEN}+x").write_text("no folder")
    _put(inbound, "zoe")
    found = shared.collect(NAME)
    assert found["submitted"] == ["zoe"]
    assert any("folders deep" in each for each in found["refused"])


def test_a_time_that_is_none_can_be_handed_in_anew(shared: GradingCourse, inbound: Path) -> None:
    (_put(inbound, "eve") / "timestamp.txt").write_text("whenever")
    shared.collect(NAME)
    _put(inbound, "eve", WHEN.replace("10:", "11:"))
    _put(inbound, "zoe")
    assert shared.collect(NAME)["new"] == ["eve", "zoe"]
    at = handed_in_at(shared.folder / "submitted" / "eve" / NAME)
    assert at == datetime(2026, 10, 1, 11, tzinfo=UTC).replace(tzinfo=None)


def test_nobody_hands_in_for_somebody_else(
    shared: GradingCourse, inbound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a student has handed in, what others put there in their name is left out."""
    me = getpass.getuser()
    own, forged = _put(inbound, me), _put(inbound, me, WHEN.replace("10:", "23:"))
    (own / NOTEBOOK).write_text("my own")
    owners = {forged.name: "eve"}
    monkeypatch.setattr(
        "kit.grading.collect.find_owner", lambda path: owners.get(os.path.basename(path), me)
    )
    found = shared.collect(NAME)
    assert (shared.folder / "submitted" / me / NAME / NOTEBOOK).read_text() == "my own"
    assert any("belongs to somebody else. It was left out." in each for each in found["refused"])


def test_where_students_share_an_owner_it_is_told(shared: GradingCourse, inbound: Path) -> None:
    """As on a hub whose containers all run as one user: nbgrader takes it, and so do we."""
    _put(inbound, "ada")
    found = shared.collect(NAME)
    assert found["new"] == ["ada"]
    assert any("It was taken all the same." in each for each in found["refused"])
