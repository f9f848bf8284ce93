"""Make an edition of a course without faults, and put it where nothing else is."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kit.authoring.edition import folder, zip_file
from kit.authoring.edition.contents import contents_of
from kit.course import Course
from kit.errors import BuildError
from kit.words import _, ngettext


@dataclass(frozen=True)
class Edition:
    """What was built.

    Attributes:
        path: the folder, or the zip file.
        files: how many it holds.
        size: in bytes.
        left_out: the author's own files, relative to the course.
        cells_out: how many cells of notebooks stay with the author.
        solved: of how many assignments the solutions and hidden tests do.
        silenced: of how many files of slides what is said over them does.
    """

    path: Path
    files: int
    size: int
    left_out: tuple[str, ...]
    cells_out: int
    solved: int
    silenced: int


def build(course: Course, out: Path, *, as_zip: bool, tell: Callable[[str], None]) -> Edition:
    """Write the student's edition of a course.

    Args:
        out: a folder that is absent, empty or an edition built before; a file for a zip.
        tell: hears what is being worked on.

    Raises:
        BuildError: a lesson is broken, or ``out`` holds something else. Nothing was changed there.
        CheckError: a checks.py cannot be used; names the line.
    """
    out = out.resolve()  # so that a link to the place stays one
    refuse_other = zip_file.refuse_other if as_zip else folder.refuse_other
    put = zip_file.put if as_zip else folder.put
    _refuse_broken(course)
    _refuse_in_course(course, out)
    with _errors_in_words(out):
        refuse_other(out)
        contents = contents_of(course, tell)
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".lesson-kit-", dir=out.parent) as temporary:
            put(contents.files, out, Path(temporary) / "edition")
        size = out.stat().st_size if as_zip else sum(map(len, contents.files.values()))
    return Edition(
        out, len(contents.files), size, contents.left_out,
        contents.cells_out, contents.solved, contents.silenced,
    )  # fmt: skip


def _refuse_broken(course: Course) -> None:
    problems = [lesson.problem for lesson in course.lessons if lesson.problem]
    if problems:
        raise BuildError(
            ngettext("{n} lesson is broken.", "{n} lessons are broken.", len(problems))
            + f" {problems[0]}",
            _("Mend it, or take it out of course.toml."),
        )


def _refuse_in_course(course: Course, out: Path) -> None:
    root, lessons = course.root.resolve(), course.folder.resolve()
    if out == root or out in root.parents or lessons in (out, *out.parents):
        raise BuildError(
            _("{out} is part of the course itself.").format(out=out),
            _("Name a folder beside it, as in: kit build ../for-students"),
        )


@contextmanager
def _errors_in_words(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BuildError(
            _("{path} cannot be read or written: {reason}.").format(
                path=error.filename or out, reason=error.strerror or error
            ),
            _("Nothing was changed. Mend that, or name another place."),
        ) from error
