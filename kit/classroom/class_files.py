"""A class in files on this machine: gradebook, progress files, graded notebooks.

What was read is kept with the stamps of its files, so that a page asks the disk for little more
than times. The parts may be read in any order, and each only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from kit.classroom.class_data import (
    ClassProgress,
    ClassWork,
    Failure,
    Gradebook,
    Learner,
    Mark,
    Pair,
    Submission,
    Task,
    Tried,
    WasAt,
    Work,
    Written,
    Wrong,
)
from kit.classroom.course_directory import CourseDirectory, read_course_directory
from kit.classroom.gradebook import gradebook_stamp, read_given, read_gradebook
from kit.classroom.handed_in import find_notebooks, read_work
from kit.classroom.kept import Kept, stamp_of
from kit.classroom.progress_files import (
    Known,
    find_progress_files,
    import_files,
    problems_of,
    read_progress,
    told,
)
from kit.classroom.similar import similar_pairs
from kit.course import Course
from kit.errors import KitError, StoreError
from kit.media.stamp import stamp
from kit.store import Store

STORE_FILE = "class-progress.sqlite3"
PROGRESS_FOLDER = "progress"
SIMULATED_FILE = "SIMULATED.json"


class ClassFiles:
    """The class of a course: what is in its ``assignments/`` folder (see ``ClassData``).

    Args:
        course: the course of the lessons.
        progress: files and folders with progress files, besides ``submitted/`` and ``progress/``.

    Raises:
        CourseError: nbgrader's settings cannot be read.
        StoreError: ``KIT_DATA`` names no folder.
    """

    def __init__(self, course: Course, progress: Sequence[Path] = ()) -> None:
        self.course_id = course.id
        self.directory: CourseDirectory = read_course_directory(course.root / "assignments")
        self._folders = (self.directory.root / PROGRESS_FOLDER, *progress)
        self._kept = Kept(self.directory.root)

    @property
    def _is_simulated(self) -> bool:
        return (self.directory.root / SIMULATED_FILE).is_file()

    def gradebook(self) -> Gradebook:
        where = self.directory
        made_of = gradebook_stamp(where.db_url) and stamp_of(
            [gradebook_stamp(where.db_url), where.course_id, self._is_simulated]
        )
        if made_of and (kept := self._kept.get("gradebook", made_of)):
            return _gradebook(kept)
        try:
            book = read_gradebook(where.db_url, where.course_id)
        except KitError as error:
            return Gradebook(problems=[str(error)], simulated=self._is_simulated)
        book = replace(book, simulated=book.simulated or self._is_simulated)
        if made_of:
            self._kept.put("gradebook", made_of, _fields(book))
        return book

    def progress(self) -> ClassProgress:
        store = Store(self.directory.root / STORE_FILE)
        files = find_progress_files(self.directory.submitted, self._folders)
        if not files and not store.path.exists():
            return ClassProgress(simulated=self._is_simulated)
        problems: list[str] = []
        try:
            known = import_files(store, self.course_id, files, self._known())
            self._kept.put("files", "", {path: astuple(each) for path, each in known.items()})
            problems = problems_of(files, known)
        except StoreError as error:
            problems = told(error)
        try:
            progress = self._progress_in(store)
        except StoreError as error:
            return ClassProgress(problems=told(error), simulated=self._is_simulated)
        return replace(progress, problems=problems)

    def _known(self) -> dict[str, Known]:
        """What was found in files before; nothing where the store that it went into is gone."""
        if not (self.directory.root / STORE_FILE).exists():
            return {}
        kept = self._kept.get("files", "") or {}
        return {
            path: Known(made, events, problem, tuple(others))
            for path, (made, events, problem, others) in kept.items()
        }

    def _progress_in(self, store: Store) -> ClassProgress:
        wal = store.path.with_name(f"{store.path.name}-wal")
        made_of = stamp_of([self.course_id, stamp(store.path), stamp(wal), self._is_simulated])
        if kept := self._kept.get("progress", made_of):
            return _progress(kept)
        progress = read_progress(store, self.course_id)
        progress = replace(progress, simulated=progress.simulated or self._is_simulated)
        # Closing the store's last connection may have changed its stamp.
        made_of = stamp_of([self.course_id, stamp(store.path), stamp(wal), self._is_simulated])
        self._kept.put("progress", made_of, _fields(progress))
        return progress

    def work(self) -> ClassWork:
        kept: dict[str, Any] = self._kept.get("work", "") or {}
        now: dict[str, Any] = {}
        works, problems = [], []
        for key, path in find_notebooks(self.directory.autograded).items():
            name, made_of = "/".join(key), stamp(path)
            if name in kept and kept[name][0] == made_of:
                now[name] = kept[name]
            else:
                now[name] = [made_of, read_work(path, key)]
            found = now[name][1]
            if isinstance(found, str):
                problems.append(found)
            else:
                works.append(_work(found))
        if {name: each[0] for name, each in kept.items()} != {n: e[0] for n, e in now.items()}:
            self._kept.put("work", "", now)
        try:
            given: Mapping[tuple[str, str], Sequence[str]] = read_given(
                self.directory.db_url, self.directory.course_id
            )
        except KitError:  # which the marks tell of
            given = {}
        return ClassWork(works, given, self._is_simulated, problems)

    def similar(self) -> Sequence[Pair]:
        notebooks = find_notebooks(self.directory.autograded)
        found = {"/".join(key): stamp(path) for key, path in notebooks.items()}
        made_of = stamp_of([found, gradebook_stamp(self.directory.db_url)])
        if (kept := self._kept.get("similar", made_of)) is not None:
            return [Pair(*row) for row in kept]
        work = self.work()
        pairs = similar_pairs(work.works, work.given)
        self._kept.put("similar", made_of, pairs)
        return pairs


def _fields(part: Gradebook | ClassProgress) -> dict[str, Any]:
    return {name: getattr(part, name) for name in part.__dataclass_fields__}


def _gradebook(kept: dict[str, Any]) -> Gradebook:
    return Gradebook(
        [Learner(*row) for row in kept["learners"]],
        [Task(*row) for row in kept["tasks"]],
        [Submission(*row) for row in kept["submissions"]],
        [Mark(*row) for row in kept["marks"]],
        kept["simulated"],
    )


def _progress(kept: dict[str, Any]) -> ClassProgress:
    return ClassProgress(
        [
            Tried(learner, lesson, check, attempts, passed, [Wrong(*each) for each in wrong])
            for learner, lesson, check, attempts, passed, wrong in kept["tried"]
        ],
        [WasAt(*row) for row in kept["places"]],
        kept["simulated"],
    )


def _work(row: Sequence[Any]) -> Work:
    learner, assignment, notebook, failures, written = row
    return Work(
        learner, assignment, notebook,
        [Failure(*each) for each in failures], [Written(*each) for each in written],
    )  # fmt: skip
