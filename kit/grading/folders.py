"""The folders of a submission: what was handed in, what is being graded, what was graded."""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from fnmatch import fnmatch
from functools import lru_cache
from pathlib import Path
from typing import cast

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.coursedir import CourseDirectory

from kit.errors import KitError
from kit.grading import handed_in
from kit.grading.handed_in import UnusableError
from kit.words import _

MOST_BYTES = 500 * 2**20
"""Of what is handed in beside the notebooks: each run has a copy of it, in memory."""

MOST_FILES = 5000
"""Files and folders of a submission. A kernel's scratch folder takes twice as many."""

DEEPEST = 32
"""Folders in each other: to make, to walk through and to remove more of them can fail."""

_LONGEST_TIME = 100


class Folders:
    """Of a course, as its settings name them.

    Args:
        kept: for an assignment, files in which a student's version counts (nbgrader's
            ``exclude_overwriting``).
    """

    def __init__(self, course: CourseDirectory, kept: Mapping[str, list[str]]) -> None:
        self._course, self._kept = course, kept
        self.released = lru_cache(self._released)

    def submitted(self, assignment: str, student: str) -> Path:
        """What was handed in."""
        return self._folder(self._course.submitted_directory, student, assignment)

    def graded(self, assignment: str, student: str) -> Path:
        """What was graded, and what nbgrader's pages show."""
        return self._folder(self._course.autograded_directory, student, assignment)

    def stage(self, assignment: str, student: str, attempt: str) -> Path:
        """What is being graded: nbgrader leaves alone what begins with a dot."""
        graded = self.graded(assignment, student)
        return graded.with_name(f".{graded.name}.{attempt}")

    def sources(self, assignment: str) -> Iterator[tuple[str, Path]]:
        """The teacher's own notebooks, by name."""
        for path in sorted(self._source(assignment).glob("*.ipynb")):
            yield path.stem, path

    def _source(self, assignment: str) -> Path:
        return self._folder(self._course.source_directory, ".", assignment)

    def _folder(self, step: str, student: str, assignment: str) -> Path:
        return Path(os.path.normpath(self._course.format_path(step, student, assignment)))

    def put_together(self, stage: Path, assignment: str, student: str) -> None:
        """What was handed in beside the notebooks, and over it the teacher's own files.

        Raises:
            KitError: it is more than can be run.
        """
        stage.mkdir(parents=True)
        submitted, source = self.submitted(assignment, student), self._source(assignment)
        kept = {submitted / each for each in self._kept.get(assignment, [])}
        left = MOST_BYTES
        for folder in (submitted, source):
            ignored = [*self._course.ignore, "*.ipynb"]
            for path in plain_files(folder, ignored) if folder.is_dir() else ():
                target = stage / path.relative_to(folder)
                theirs = submitted / path.relative_to(folder)
                if folder == source and theirs in kept:
                    continue
                left -= path.stat().st_size
                if left < 0:
                    raise KitError(
                        _("{folder} holds more than {megabytes} MB beside its notebooks.").format(
                            folder=submitted, megabytes=MOST_BYTES // 2**20
                        ),
                        _("Take out of it what the tests do not need."),
                    )
                target.parent.mkdir(parents=True, exist_ok=True)
                target.unlink(missing_ok=True)
                shutil.copyfile(path, target)

    def has_links(self, assignment: str, student: str) -> bool:
        """Whether links were handed in, which are not followed."""
        return any(
            Path(place, name).is_symlink()
            for place, folders, names in os.walk(self.submitted(assignment, student))
            for name in (*folders, *names)
        )

    def take_its_place(self, stage: Path, assignment: str, student: str) -> None:
        """Let what was graded now stand where what was graded before stood. Notebooks that were not
        asked for stay.
        """
        graded = self.graded(assignment, student)
        if self._course.notebook_id != "*" and graded.is_dir():
            for each in graded.glob("*.ipynb"):
                if not (stage / each.name).exists():
                    shutil.copyfile(each, stage / each.name)
        if graded.exists():
            utils.rmtree(str(graded))
        stage.rename(graded)

    def left_behind(self, assignment: str, student: str) -> Iterator[tuple[str, Path]]:
        """The attempts of runs that were killed, and their folders."""
        graded = self.graded(assignment, student)
        for stage in sorted(graded.parent.glob(f".{glob.escape(graded.name)}.*")):
            yield stage.name.removeprefix(f".{graded.name}."), stage

    def _released(self, assignment: str, notebook: str) -> Mapping[str, NotebookNode]:
        """The assignment's cells as students got them, by grade_id; none where it is not there."""
        folder = self._folder(self._course.release_directory, ".", assignment)
        with suppress(UnusableError):
            return dict(handed_in.by_grade_id(handed_in.read(folder / f"{notebook}.ipynb")))
        return {}

    def digest_of_source(self, assignment: str) -> str:
        """Of the teacher's files beside the notebooks."""
        return _digest(self._source(assignment), but=".ipynb")

    def digest(self, assignment: str, student: str, tests: str) -> str:
        """Of all that was handed in, and of what is said of its tests."""
        submitted = _digest(self.submitted(assignment, student))
        return hashlib.sha256(f"{tests}\n{submitted}".encode()).hexdigest()


def plain_files(folder: Path, ignored: Sequence[str] = ()) -> Iterator[Path]:
    """The files below a folder, without links and what else is no file.

    nbgrader's ``find_all_files`` looks through the whole folder for each file in it: for 5000 that
    takes 40 s, in which all others have to wait.

    Args:
        ignored: patterns of names of files and folders that are left out.

    Raises:
        KitError: there are more than can be copied to where they are run.
    """
    waiting, seen = [folder], 0
    while waiting:
        here = waiting.pop()
        with os.scandir(here) as found:
            entries = sorted(found, key=lambda each: each.name)
        seen += len(entries)
        if seen > MOST_FILES or len(here.relative_to(folder).parts) > DEEPEST:
            raise KitError(
                _(
                    "{folder} holds more than {most} files, or more than {deep} folders deep."
                ).format(folder=folder, most=MOST_FILES, deep=DEEPEST),
                _("Take out of it what the tests do not need."),
            )
        wanted = [each for each in entries if not any(fnmatch(each.name, one) for one in ignored)]
        yield from (Path(each.path) for each in wanted if each.is_file(follow_symlinks=False))
        folders = [Path(each.path) for each in wanted if each.is_dir(follow_symlinks=False)]
        waiting += reversed(folders)


def handed_in_at(folder: Path) -> datetime | None:
    """When a submission was handed in (UTC, as nbgrader has its times); None where nothing says so.

    nbgrader's own way to read it fails on what is no time, and waits for ever on what is no file.

    Raises:
        KitError: what should say so says no time.
    """
    path = folder / "timestamp.txt"
    if not os.path.lexists(path):
        return None
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _LONGEST_TIME:
            raise ValueError
        said = path.read_text(encoding="utf-8").strip()
        return cast(datetime | None, utils.parse_utc(said)) if said else None
    except (ValueError, OverflowError, OSError) as error:
        raise KitError(
            _("{file} does not say when it was handed in.").format(file=path),
            _("Write a time into it, as in 2027-03-05 12:00:00 UTC, or remove it."),
        ) from error


def _digest(folder: Path, but: str = "") -> str:
    """Of the files in a folder, without those that end so, and without links."""
    found = hashlib.sha256()
    for path in plain_files(folder) if folder.is_dir() else ():
        if but and path.name.endswith(but):
            continue
        about = f"{path.relative_to(folder)}\n{path.stat().st_size}\n"
        found.update(about.encode(errors="surrogateescape"))
        with path.open("rb") as opened:
            found.update(hashlib.file_digest(opened, "sha256").digest())
    return found.hexdigest()
