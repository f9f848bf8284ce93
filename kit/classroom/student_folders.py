"""The files in nbgrader's ``STEP/STUDENT/ASSIGNMENT/``, found quickly and without following links.

A link leads out of what its student handed in: what is there is nobody's work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class StudentFile(NamedTuple):
    student: str
    assignment: str
    path: Path


def student_files(step: Path, suffix: str) -> list[StudentFile]:
    """Those whose names end so, by student, assignment and name."""
    return sorted(
        StudentFile(student.name, assignment.name, Path(file.path))
        for student in _folders(step)
        for assignment in _folders(student)
        for file in _entries(assignment)
        if file.name.endswith(suffix) and not file.is_symlink()
    )


def _folders(folder: Path | os.DirEntry[str]) -> Iterator[os.DirEntry[str]]:
    return (each for each in _entries(folder) if each.is_dir(follow_symlinks=False))


def _entries(folder: Path | os.DirEntry[str]) -> list[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        return [each for each in entries if not each.name.startswith(".")]
    return []
