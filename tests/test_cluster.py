"""Grading on Dask's workers: the same marks as here, also when a worker dies in the middle."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster

from kit.errors import KitError
from kit.grading import cluster
from kit.grading.autograde import Graded
from kit.grading.course import GradingCourse
from kit.grading.execute import versions
from tests.confined import on_linux
from tests.small_assignment import NAME, answered, by_student, hand_in, make_course, marks

pytestmark = [on_linux, pytest.mark.filterwarnings("ignore:Port 8787:UserWarning")]

HALVES = {
    "right": "def half(n): return n / 2",
    "wrong": "def half(n): return n",
    "breaks": "def half(n): raise ValueError(n)",
    "dies": "def half(n):\n    import os; os._exit(1)",
    "writes": "open('made.txt', 'w').write('made')\ndef half(n): return n / 2",
    "reads": "told = open('data.txt').read()\ndef half(n): return n / 2 * ('teacher' in told)",
}


@pytest.fixture(scope="module")
def workers() -> Iterator[LocalCluster]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
            yield found


@pytest.fixture
def course(tmp_path: Path) -> GradingCourse:
    made = make_course(tmp_path)
    for name, half in HALVES.items():
        hand_in(made, name, answered(made, half=half))
    return made


def told(graded: list[Graded], course: GradingCourse) -> dict[str, Any]:
    return {
        name: (each.problem, each.outcomes, each.score, marks(course, name))
        for name, each in by_student(graded).items()
    }


def test_marks_are_the_same_there_and_here(course: GradingCourse, workers: LocalCluster) -> None:
    there = told(course.grade(NAME, cluster=workers.scheduler_address), course)
    made = course.folder / "autograded" / "writes" / NAME / "made.txt"
    assert made.read_text() == "made"
    here = told(course.grade(NAME, regrade=True), course)
    assert there == here
    assert set(there) == set(HALVES)


def test_a_worker_that_dies_takes_nothing_with_it(
    course: GradingCourse, workers: LocalCluster
) -> None:
    killed: list[int] = []

    def tell(_graded: Graded, left: int) -> None:
        if not killed:
            killed.append(workers.workers[0].process.pid)
            os.kill(killed[0], signal.SIGKILL)

    there = course.grade(NAME, cluster=workers.scheduler_address, tell=tell)
    assert killed
    assert told(there, course) == told(course.grade(NAME, regrade=True), course)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense"])
def test_where_no_scheduler_is(address: str, course: GradingCourse) -> None:
    with pytest.raises(KitError, match=f"No scheduler of Dask answers at {address}"):
        course.grade(NAME, cluster=address)


def test_where_no_worker_is(course: GradingCourse) -> None:
    with (
        LocalCluster(n_workers=0, dashboard_address=None) as none,
        pytest.raises(KitError, match="has no workers"),
    ):
        course.grade(NAME, cluster=none.scheduler_address)


def test_workers_with_other_versions_are_refused() -> None:
    ours = versions()
    theirs = {**ours, "pandas": "1.0"}
    with pytest.raises(KitError, match="has other versions than are here: pandas"):
        cluster.need_the_same({"a": ours, "b": theirs}, "tcp://b")
