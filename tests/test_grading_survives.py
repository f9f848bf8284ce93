"""Grading outlives killed processes, a full disk, and a gradebook that nobody may write."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.kill_grading import kill_rounds
from kit.errors import KitError
from kit.grading import execute
from kit.grading.course import GradingCourse
from kit.grading.ledger import Attempt
from kit.grading.waiting import seconds_waited
from tests.confined import on_linux
from tests.small_assignment import NAME, RIGHT, answered, hand_in, make_course, marks

pytestmark = on_linux

KILLS = 6
DISK = "6m"


def test_killed_at_any_moment_nothing_is_lost_or_done_twice(tmp_path: Path) -> None:
    """A thousand kills: ``python -m bench killed-grading``."""
    found = kill_rounds(KILLS, tmp_path, lambda: None)
    assert found.faults == []
    assert sum(found.kills.values()) == KILLS


def kit_grade(course: GradingCourse) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kit.cli", "grade", NAME, "--course", course.folder],
        capture_output=True,
        text=True,
        check=False,
    )


def is_intact(course: GradingCourse) -> bool:
    with closing(sqlite3.connect(course.folder / "gradebook.db")) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.fixture
def on_small_disk(tmp_path: Path) -> Iterator[GradingCourse]:
    """A course on a disk of its own, with four submissions."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        course = make_course(disk / "course")
        for each in ("ada", "bob", "cem", "dia"):
            hand_in(course, each, answered(course))
        yield course
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


@pytest.mark.parametrize("room", [20_000, 200_000])
def test_a_full_disk_is_told_and_what_was_graded_stays(
    room: int, on_small_disk: GradingCourse
) -> None:
    course = on_small_disk
    course.grade(NAME, student="ada")
    filler = course.folder / "filler"
    with filler.open("wb") as file:
        file.write(b"x" * (shutil.disk_usage(course.folder).free - room))
    done = kit_grade(course)
    assert done.returncode in {1, 2}, done.stdout
    assert "no room left on the disk" in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr
    filler.unlink()  # with none left, SQLite cannot even read what has a log
    assert is_intact(course)
    assert marks(course, "ada") == RIGHT
    assert kit_grade(course).returncode == 0
    for each in ("ada", "bob", "cem", "dia"):
        assert marks(course, each) == RIGHT
        assert len(of(course, each)) == 1


def of(course: GradingCourse, student: str) -> list[Attempt]:
    with course.ledger() as ledger:
        found: list[Attempt] = ledger.attempts(NAME, student)
    return found


def test_a_gradebook_that_is_only_for_reading(tmp_path: Path) -> None:
    """Said in words; when it can be written again, all is graded."""
    course = make_course(tmp_path / "course")
    hand_in(course, "ada", answered(course))
    database = course.folder / "gradebook.db"
    read_only = GradingCourse(course.folder)
    read_only.coursedir.db_url = f"sqlite:///file:{database}?mode=ro&uri=true"
    with pytest.raises(
        KitError, match=r"The gradebook .* cannot be opened: attempt to write a readonly"
    ):
        read_only.grade(NAME)
    [graded] = course.grade(NAME)
    assert graded.problem == ""
    assert marks(course, "ada") == RIGHT


def test_who_was_kept_waiting_for_a_processor_loses_no_points(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not graded, and told so; when less is going on, it is."""
    course = make_course(tmp_path)
    slow = "def square(n):\n    import time; time.sleep(1000)"
    hand_in(course, "slow", answered(course, square=slow))
    times = itertools.count()
    with monkeypatch.context() as busy:
        busy.setattr(execute, "seconds_waited", lambda _pid: float(next(times)))
        [graded] = course.grade(NAME)
    assert "The machine was too busy" in graded.problem
    assert of(course, "slow") == []
    [graded] = course.grade(NAME)
    assert graded.outcomes == ["timeout"]


def test_how_long_a_kernel_waited_is_read_from_the_system() -> None:
    """Three that want one processor: each waits for about two thirds of the time."""
    spin = "import time; end = time.time() + 1\nwhile time.time() < end: pass"
    one = str(min(os.sched_getaffinity(0)))
    running = [
        subprocess.Popen(["taskset", "-c", one, sys.executable, "-c", spin]) for _ in range(3)
    ]
    time.sleep(0.9)
    assert sum(seconds_waited(each.pid) for each in running) > 0.9
    for each in running:
        each.wait()
    assert seconds_waited(2**30) == 0.0
