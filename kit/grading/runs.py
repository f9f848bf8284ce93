"""What is being done with a course's assignments: one thing at a time, told line by line in a file.

Beside the gradebook, ``.kit-runs/ASSIGNMENT.STEP.jsonl`` tells of the last time that each step was
taken. Its first line says what was begun, then there is one for each submission that was graded,
and the last one says how it ended. Where that is missing and nobody holds the lock, it was killed.
So whoever asks, in whichever process, sees the same, and a page need not stay open.
"""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from filelock import FileLock, Timeout

from kit.errors import KitError
from kit.words import _, date_time

FOLDER = ".kit-runs"
_OF_EACH = ("assignment", "pid", "step", "at")
WAIT_FOR_LOCK_SECONDS = 1.0
"""Whoever asks whether something is being done holds the lock for a moment."""


class Step(StrEnum):
    """What a teacher does with an assignment."""

    RELEASE = "release"
    COLLECT = "collect"
    GRADE = "grade"
    FEEDBACK = "feedback"


class Ended(StrEnum):
    """How it ended."""

    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    KILLED = "killed"


class BusyError(KitError):
    """Something else is being done with the course's assignments."""


@dataclass(frozen=True)
class Run:
    """A step that was taken, as its file tells of it.

    Attributes:
        options: what it was begun with.
        began, last: when, and when something was heard of it last; seconds since 1970.
        pid: the process.
        graded: what was told of each submission, by student; see ``as_data``.
        left: how many are to come; None where that is not known.
        ended: None while it goes on.
        problem: why it failed.
        result: what came of it.
    """

    assignment: str
    step: Step
    began: float
    last: float
    pid: int
    options: Mapping[str, Any] = field(default_factory=dict)
    graded: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    left: int | None = None
    ended: Ended | None = None
    problem: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def can_go_on(self) -> bool:
        """Whether it was ended before it was through."""
        return self.step is Step.GRADE and self.ended in {Ended.STOPPED, Ended.KILLED}

    @property
    def graded_now(self) -> int:
        """How many were graded since it began, and not in a run that it goes on with."""
        return sum(1 for each in self.graded.values() if not each.get("earlier"))


class Record:
    """The file of a run that goes on."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self.result: dict[str, Any] = {}

    def tell(self, graded: Mapping[str, Any], left: int) -> None:
        """One submission is graded.

        Args:
            graded: what is known of it, as data.
            left: how many are to come.
        """
        self.write({"graded": graded, "left": left})

    def write(self, line: Mapping[str, Any]) -> None:
        """Add a line, so that others see it at once."""
        self._file.write(json.dumps({**line, "at": time.time()}) + "\n")
        self._file.flush()


@contextmanager
def begun(
    course: Path,
    step: Step,
    assignment: str,
    earlier: Sequence[Mapping[str, Any]] = (),
    **options: Any,
) -> Iterator[Record]:
    """Do something with an assignment while nothing else is done with any of the course.

    Args:
        course: nbgrader's course folder.
        earlier: what was graded already in the run that this one goes on with.
        options: what is to be known of it afterwards.

    Raises:
        BusyError: something else is being done.
    """
    path = _path(course, step, assignment)
    path.parent.mkdir(exist_ok=True)
    lock = _lock(course)
    try:
        lock.acquire(timeout=WAIT_FOR_LOCK_SECONDS)
    except Timeout as error:
        raise busy(course) from error
    try:
        _tell_ends(course)
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            record = Record(file)
            record.write({"step": step, "assignment": assignment, "pid": os.getpid(), **options})
            for each in earlier:
                record.write({"graded": {**each, "earlier": True}})
            part.replace(path)
            with _end_told(record):
                yield record
    finally:
        lock.release()


def _tell_ends(course: Path) -> None:
    """Of runs that were killed: nobody else holds the lock, which is held now."""
    for path in (course / FOLDER).glob("*.jsonl"):
        run = _read(path)
        if run and run.ended is None:
            with path.open("a", encoding="utf-8") as file:
                file.write("\n")  # it may have been killed in the middle of a line
                Record(file).write({"ended": Ended.KILLED})


@contextmanager
def _end_told(record: Record) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        told = str(error) if isinstance(error, KitError) else f"{type(error).__name__}: {error}"
        record.write({"ended": Ended.FAILED, "problem": told})
        raise
    except BaseException:  # Ctrl-C, or what `can_be_stopped` makes of SIGTERM
        record.write({"ended": Ended.STOPPED})
        raise
    record.write({"ended": Ended.DONE, "result": record.result})


@contextmanager
def can_be_stopped() -> Iterator[None]:
    """Let SIGTERM be what Ctrl-C is: the end of this process, in order."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def last_run(course: Path, step: Step, assignment: str) -> Run | None:
    """The last time that a step was taken; None if never."""
    return _seen(course, _read(_path(course, step, assignment)))


def last_runs(course: Path) -> list[Run]:
    """Of each assignment and step the last one; the oldest first."""
    found = (_read(path) for path in (course / FOLDER).glob("*.jsonl"))
    return sorted(
        (seen for each in found if (seen := _seen(course, each))), key=lambda each: each.began
    )


def running(course: Path) -> Run | None:
    """What is being done now."""
    return next((each for each in last_runs(course) if each.ended is None), None)


def busy(course: Path) -> BusyError:
    """Says what is being done."""
    now = running(course)
    what = _("Something else is being done with the assignments of this course.")
    if now:
        what = _("{name} is being worked on since {when} ({step}).").format(
            name=now.assignment, when=date_time(moment(now.began)), step=now.step
        )
    return BusyError(what, _("Wait until that is done, or stop it on the page /kit/grading."))


def moment(seconds: float) -> datetime:
    """A time of a run, by this computer's clock."""
    return datetime.fromtimestamp(seconds, UTC).astimezone()


def stop(course: Path) -> Run | None:
    """Ask what is being done to end; what it has done stays. Returns it."""
    now = running(course)
    if now:
        with suppress(ProcessLookupError):
            os.kill(now.pid, signal.SIGTERM)
    return now


def _path(course: Path, step: Step, assignment: str) -> Path:
    return course / FOLDER / f"{quote(assignment, safe='')}.{step}.jsonl"


def _lock(course: Path) -> FileLock:
    return FileLock(course / FOLDER / "lock")


def _seen(course: Path, run: Run | None) -> Run | None:
    """A run that tells of no end, and that nobody is at, was killed."""
    if run is None or run.ended is not None or _is_held(course):
        return run
    again = _read(_path(course, run.step, run.assignment))  # it may just have ended
    if again is None or again.ended is not None:
        return again
    return Run(**{**vars(again), "ended": Ended.KILLED})


def _is_held(course: Path) -> bool:
    try:
        with _lock(course).acquire(timeout=0):
            return False
    except Timeout:
        return True


def _read(path: Path) -> Run | None:
    """What a file tells; None where it tells nothing that is a run."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    told = [line for each in lines if isinstance(line := _json(each), dict)]
    try:
        about = {**told[0]}
        assignment, pid, step, began = (about.pop(each) for each in _OF_EACH)
        graded = {each["graded"]["student"]: each["graded"] for each in told if "graded" in each}
        ends = [each for each in told if "ended" in each]
        left = [each["left"] for each in told if "left" in each]
        return Run(
            assignment=assignment,
            step=Step(step),
            began=began,
            pid=pid,
            options=about,
            last=told[-1]["at"],
            graded=graded,
            left=left[-1] if left else None,
            ended=Ended(ends[-1]["ended"]) if ends else None,
            problem=ends[-1].get("problem", "") if ends else "",
            result=ends[-1].get("result", {}) if ends else {},
        )
    except (IndexError, KeyError, TypeError, ValueError):
        return None


def _json(line: str) -> Any:
    with suppress(ValueError):
        return json.loads(line)
    return None  # the last one, of a run that was killed while it wrote
