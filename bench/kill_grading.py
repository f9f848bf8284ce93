"""Is a class's work safe from ``kill -9``? A teacher's round is killed at random moments.

A process releases an assignment, lets four students hand it in through nbgrader's exchange,
collects, grades and returns feedback. It, or a process that it has started (the zygote, a kernel, a
kernel's keeper), is killed at a random moment; another one begins on what it left, and so on until
one comes to its end. Then all must be there: each submission that was acknowledged, graded once,
with its marks and its page of feedback. After every kill SQLite must find the gradebook intact, and
what it says must be right.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import psutil
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeFactory
from traitlets.config import Config

from kit.grading.course import GradingCourse
from kit.grading.ledger import Ledger
from tests.small_assignment import NAME, NOTEBOOK, answered, write_course

STUDENTS: dict[str, dict[str, str]] = {
    "ada": {},
    "bob": {"square": "def square(n):\n    return n"},
    "cem": {"half": "def half(n):\n    return n"},
    "dia": {"square": "def square(n):\n    raise ValueError(n)"},
}
MARKS: dict[str, float] = {"ada": 7.0, "bob": 4.0, "cem": 4.0, "dia": 4.0}
DONE, AGAIN = 0, 3
VICTIMS = ("the round", "the round", "any of its processes")
LONGEST_ROUND_SECONDS = 120


@dataclass
class Survived:
    """What was left after all kills.

    Attributes:
        kills: how many, by what was killed.
        rounds: how many came to their end in spite of them.
        acknowledged: submissions of which a student was told that they are handed in.
        faults: what was not as it has to be, in words.
    """

    kills: dict[str, int] = field(default_factory=dict)
    rounds: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)


def kill_rounds(kills: int, place: Path, advance: Callable[[], None]) -> Survived:
    """Kill a teacher's round this many times.

    Args:
        place: an empty folder.
        advance: called after each kill.

    Raises:
        RuntimeError: a round that nobody killed did not come to its end.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bench.kill_grading"])
    found = Survived(dict.fromkeys(dict.fromkeys(VICTIMS), 0))
    course, typical, done = _write(place / "0"), _undisturbed(context, place / "first"), 0
    while done < kills:
        victim = random.choice(VICTIMS)
        code = _killed(context, course, random.uniform(0, typical), victim)
        found.faults += (f"{course.name}: {each}" for each in _wrong(course))
        if code is None:
            found.kills[victim] += 1
            done += 1
            advance()
        elif code == DONE:
            found.faults += (f"{course.name}: {each}" for each in _missing(course))
            found.rounds += 1
            found.acknowledged += len(_acknowledged(course))
            course = _write(place / str(found.rounds))
        elif code != AGAIN:
            raise RuntimeError(f"A round ended by itself; {course / 'log'} says why.")
    return found


def _undisturbed(context: Any, course: Path) -> float:
    """The seconds that a round takes."""
    for _again in range(2):  # the first one starts the server that forks the others
        began = time.monotonic()
        if _killed(context, _write(course / str(_again)), LONGEST_ROUND_SECONDS, "") != DONE:
            raise RuntimeError("A round that nobody killed did not come to its end.")
    return time.monotonic() - began


def _killed(context: Any, course: Path, after: float, victim: str) -> int | None:
    """Begin a round, or go on with it; its exit code, or None where somebody was killed."""
    running = context.Process(target=take_round, args=(course,))
    running.start()
    running.join(after)
    hit = False
    if running.exitcode is None:
        hit = _kill(running.pid, victim)
        if victim == VICTIMS[0]:
            running.join()
            return None
        running.join(LONGEST_ROUND_SECONDS)
    if running.exitcode is None:
        running.kill()
        raise RuntimeError("A round hangs.")
    code: int = running.exitcode
    running.close()
    return None if hit and code != DONE else code


def _kill(pid: int, victim: str) -> bool:
    with suppress(psutil.NoSuchProcess):
        chosen = psutil.Process(pid)
        if victim == VICTIMS[-1]:
            others = chosen.children(recursive=True)
            if not others:
                return False
            chosen = random.choice(others)
        chosen.kill()
        return True
    return False


# A round ----------------------------------------------------------------------------------------


def take_round(course: Path) -> None:
    """Do what is not done yet; ends the process with ``DONE``, or ``AGAIN`` if some failed."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with (course / "log").open("ab") as log:
        os.dup2(log.fileno(), 2)
    opened = GradingCourse(course)
    if not (course / "released").exists():
        opened.release(NAME)
        (course / "released").touch()
    for student, answers in STUDENTS.items():
        if student not in _acknowledged(course):
            _submit(opened, student, answers)
            with (course / "acknowledged").open("a") as told:
                told.write(f"{student}\n")
                told.flush()
                os.fsync(told.fileno())
    opened.collect(NAME)
    failed = [each for each in opened.grade(NAME, workers=2) if each.problem]
    opened.feedback(NAME)
    os._exit(AGAIN if failed else DONE)


def _write(course: Path) -> Path:
    """What there is before anything is done: the assignment's source, and an empty exchange."""
    exchange = course / "exchange"
    exchange.mkdir(parents=True)
    exchange.chmod(0o777)
    (course / "cache").mkdir()
    write_course(course, f"c.Exchange.root = {str(exchange)!r}\n")
    return course


def _submit(opened: GradingCourse, student: str, answers: dict[str, str]) -> None:
    """As `nbgrader submit` does."""
    folder = opened.folder / "desks" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(answered(opened, **answers), folder / NOTEBOOK)
    root, cache = str(opened.folder / "exchange"), str(opened.folder / "cache")
    config = Config(Exchange={"root": root, "cache": cache, "assignment_dir": str(folder.parent)})
    config.CourseDirectory.course_id = opened.coursedir.course_id
    config.CourseDirectory.student_id, config.CourseDirectory.assignment_id = student, NAME
    course = CourseDirectory(config=config, root=str(opened.folder))
    ExchangeFactory(config=config).Submit(
        coursedir=course, authenticator=Authenticator(config=config), config=config
    ).start()


def _acknowledged(course: Path) -> list[str]:
    told = course / "acknowledged"
    return told.read_text().splitlines() if told.exists() else []


# What is left -------------------------------------------------------------------------------------


def _wrong(course: Path) -> Iterator[str]:
    """What must never be, however it was killed."""
    database = course / "gradebook.db"
    if not database.exists() or not (course / "released").exists():
        return
    with closing(sqlite3.connect(database)) as connection:
        said = connection.execute("PRAGMA integrity_check").fetchall()
    if said != [("ok",)]:
        yield f"the gradebook is damaged: {said[:3]}"
    with Ledger(f"sqlite:///{database}", "small") as ledger:
        attempts = ledger.attempts(NAME)
    for each in attempts:
        if each.score != MARKS[each.student]:
            yield f"{each.student} has {each.score} points and not {MARKS[each.student]}"
    for (student, _digest), count in Counter(
        (each.student, each.digest) for each in attempts
    ).items():
        if count > 1:
            yield f"{student} was graded {count} times"


def _missing(course: Path) -> Iterator[str]:
    """What must be there when a round has come to its end."""
    with Ledger(f"sqlite:///{course / 'gradebook.db'}", "small") as ledger:
        graded = {each.student.id: each.score for each in ledger.assignment_submissions(NAME)}
    if graded != MARKS:
        yield f"marks: {graded}"
    for student in MARKS:
        for path, end in (
            (course / "submitted" / student / NAME / NOTEBOOK, "}"),
            (course / "autograded" / student / NAME / NOTEBOOK, "}"),
            (course / "feedback" / student / NAME / NOTEBOOK.replace("ipynb", "html"), "</html>"),
        ):
            if not path.exists() or not path.read_text().rstrip().endswith(end):
                yield f"{path.relative_to(course)} is not there, or not whole"
        if left := [*(course / "autograded" / student).glob(".*")]:
            yield f"{left[0].relative_to(course)} was left behind"
