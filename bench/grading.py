"""An evening's work: a class's submissions graded by ``kit grade`` and by ``nbgrader autograde``.

The class is simulated (``kit simulate``); what it handed in for ``a1`` is graded in folders of its
own, by the commands that a teacher types. Processor time is that of all processes that a command
starts: whoever outlives its parent becomes a child of this one, and is counted when it ends.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from bench.errors import NotMeasured
from bench.machine import MEGABYTE, compile_code, environment, folder_on_disk
from kit.course import load_course
from kit.grading.course import GradingCourse
from kit.kernels.linux import prctl
from kit.simulation.make import simulate

ASSIGNMENT, SEED = "a1", 7
GROWTH = (10, 100, 1_000, 3_000)
CLUSTERS = (1, 2, 4)
REPEATS = 3
LOOK_EVERY_SECONDS = 0.2
ENDS_WITHIN_SECONDS = 10
_SET_CHILD_SUBREAPER = 36
_BIN = Path(sys.executable).parent
_SETTINGS = 'c = get_config()\nc.CourseDirectory.course_id = "bench"\n'

Marks = dict[str, dict[str, float | None]]


@dataclass(frozen=True)
class Evening:
    """One run over a class's submissions.

    Attributes:
        submissions: how many.
        seconds: from the command to its end.
        cpu_seconds: of all its processes.
        own_cpu_seconds: of the command itself: who prepares, asks and writes.
        memory: the most that the command itself had (RSS), in MB.
    """

    submissions: int
    seconds: float
    cpu_seconds: float
    own_cpu_seconds: float
    memory: float


@dataclass(frozen=True)
class GradingBench:
    """Figures of grading.

    Attributes:
        kit, stock: over the same submissions, by turns.
        floor: seconds that the students' own cells and their tests take in a bare Python that has
            imported what they use, one after the other.
        different: what is not the same in the two gradebooks, by student and cell.
        workers, cluster: by how many there are: notebooks at a time, or Dask's processes.
        growth: by how many submissions.
    """

    kit: list[Evening]
    stock: list[Evening]
    floor: float
    different: dict[str, list[Any]]
    workers: dict[int, Evening] = field(default_factory=dict)
    cluster: dict[int, Evening] = field(default_factory=dict)
    growth: dict[int, Evening] = field(default_factory=dict)


def steps(submissions: int) -> int:
    """How often ``measure_grading`` tells of a step."""
    return 2 * REPEATS + 2 + len(CLUSTERS) + len(_sizes(submissions))


def _sizes(submissions: int) -> list[int]:
    return [each * submissions // 100 for each in GROWTH]


def measure_grading(submissions: int, step: Callable[[], None]) -> GradingBench:
    """Grade a class of so many; the growth goes from a tenth of it to thirty times as many.

    Raises:
        NotMeasured: a command failed.
    """
    compile_code()
    prctl(_SET_CHILD_SUBREAPER, 1)
    with folder_on_disk() as place:
        course = place / "course"
        _make_class(course, submissions)
        kit, stock = list[Evening](), list[Evening]()
        for number in range(REPEATS):
            kit.append(_evening(course, place / f"kit-{number}", _kit()))
            step()
            stock.append(_evening(course, place / f"stock-{number}", _stock()))
            step()
        found = GradingBench(
            kit, stock, _floor(course), _different(place / "kit-0", place / "stock-0")
        )
        for workers in (1, 2):
            found.workers[workers] = _evening(
                course, place / f"workers-{workers}", _kit("--workers", str(workers))
            )
            step()
        for processes in CLUSTERS:
            found.cluster[processes] = _on_cluster(
                course, place / f"cluster-{processes}", processes
            )
            step()
        for size in _sizes(submissions):
            grown = place / f"growth-{size}"
            found.growth[size] = _evening(course, grown, _kit(), size)
            shutil.rmtree(grown)
            step()
    return found


def _make_class(course: Path, learners: int) -> None:
    """A course folder with what a simulated class handed in, and nothing graded."""
    whole = course.with_name("simulated")
    lessons = Path(__file__).parent.parent / "lessons"
    simulate(load_course(lessons), whole, learners=learners, seed=SEED, tell=lambda _said: None)
    made = whole / "assignments"
    shutil.copytree(made / "source" / ASSIGNMENT, course / "source" / ASSIGNMENT)
    for each in made.glob(f"submitted/*/{ASSIGNMENT}"):
        shutil.copytree(each, course / "submitted" / each.parent.name / ASSIGNMENT)
    (course / "nbgrader_config.py").write_text(_SETTINGS)
    shutil.rmtree(whole)
    GradingCourse(course).release(ASSIGNMENT)


def _copy(course: Path, folder: Path, size: int | None) -> int:
    """How many submissions are in the copy: all, or so many, students being doubled for it."""
    shutil.copytree(course, folder)
    students = sorted((folder / "submitted").iterdir())
    for number in range(len(students), size or 0):
        twin = students[number % len(students)]
        shutil.copytree(twin, twin.with_name(f"{twin.name}-{number}"))
    for each in students[size or len(students) :]:
        shutil.rmtree(each)
    return size or len(students)


def _kit(*more: str) -> list[str]:
    return [str(_BIN / "kit"), "grade", ASSIGNMENT, "--json", *more]


def _stock() -> list[str]:
    return [str(_BIN / "nbgrader"), "autograde", ASSIGNMENT]


def _evening(
    course: Path, folder: Path, command: Sequence[str], size: int | None = None
) -> Evening:
    submissions = _copy(course, folder, size)
    before = os.times()
    began = time.perf_counter()
    with (folder / "log").open("wb") as log:
        running = psutil.Popen(
            command, cwd=folder, env=environment(), stdout=log, stderr=subprocess.STDOUT
        )
        memory, own = 0.0, 0.0
        while running.poll() is None:
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                memory = max(memory, running.memory_info().rss / MEGABYTE)
                own = sum(running.cpu_times()[:2])
            time.sleep(LOOK_EVERY_SECONDS)
    seconds = time.perf_counter() - began
    if running.returncode:
        log_said = (folder / "log").read_text(errors="replace")
        raise NotMeasured(f"{' '.join(command[2:])} failed:\n{log_said[-2000:]}")
    _bury()
    after = os.times()
    used = after.children_user + after.children_system
    cpu = used - before.children_user - before.children_system
    return Evening(submissions, round(seconds, 2), round(cpu, 2), round(own, 2), round(memory, 1))


def _bury() -> None:
    """Wait for what the command has left behind, so that its time is counted."""
    give_up = time.monotonic() + ENDS_WITHIN_SECONDS
    with suppress(ChildProcessError):
        while time.monotonic() < give_up:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(LOOK_EVERY_SECONDS)


def _on_cluster(course: Path, folder: Path, processes: int) -> Evening:
    from distributed import LocalCluster

    with LocalCluster(n_workers=processes, threads_per_worker=1, dashboard_address=None) as workers:
        address = workers.scheduler_address
        submissions = _copy(course, folder, None)
        began = time.perf_counter()
        done = subprocess.run(
            _kit("--cluster", address),
            cwd=folder,
            env=environment(),
            capture_output=True,
            check=False,
        )
        seconds = time.perf_counter() - began
    if done.returncode:
        raise NotMeasured(f"kit grade --cluster failed:\n{done.stderr.decode()[-2000:]}")
    return Evening(submissions, round(seconds, 2), 0.0, 0.0, 0.0)


def _floor(course: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "bench.bare_cells", str(course / "submitted"), ASSIGNMENT],
        cwd=Path(__file__).parent.parent,
        env=environment(MPLBACKEND="agg"),
        capture_output=True,
        check=True,
    )
    return float(json.loads(done.stdout)["seconds"])


def _different(one: Path, other: Path) -> dict[str, list[Any]]:
    ours, theirs = _marks(one), _marks(other)
    return {
        student: [ours.get(student), theirs.get(student)]
        for student in sorted({*ours, *theirs})
        if ours.get(student) != theirs.get(student)
    }


def _marks(folder: Path) -> Marks:
    """Points by student and cell; None where a teacher has to mark."""
    with GradingCourse(folder).ledger() as ledger:
        return {
            each.student.id: {
                grade.cell.name: None if grade.needs_manual_grade else grade.auto_score
                for notebook in each.notebooks
                for grade in notebook.grades
            }
            for each in ledger.assignment_submissions(ASSIGNMENT)
        }


def typical(evenings: Sequence[Evening]) -> Evening:
    """The middle one, by how long it took."""
    return sorted(evenings, key=lambda each: each.seconds)[len(evenings) // 2]


def efficiency(by_count: Mapping[int, Evening]) -> dict[int, float]:
    """How much of the work of so many is not lost on their being many (1: nothing)."""
    first = min(by_count)
    alone = by_count[first].seconds * first
    return {count: alone / (count * each.seconds) for count, each in by_count.items()}


def median_ratio(found: GradingBench) -> float:
    """How many times as fast the kit is, of the runs that stood beside each other."""
    pairs = zip(found.kit, found.stock, strict=True)
    return median(stock.seconds / kit.seconds for kit, stock in pairs)
