"""``kit build``: the student's edition of a course.

What a student needs and nothing that gives answers away: checks are sealed, solutions, hidden tests
and the author's notes are gone. The same course gives the same bytes, wherever and whenever.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat

from kit.checks import load_checks
from kit.checks.seal import SEALED_FILE, seal
from kit.course import CHECKS_FILE, COURSE_FILE, NOTEBOOK_FILE, Course, Lesson
from kit.errors import BuildError, quoted
from kit.notebook import AUTHORS_TAGS
from kit.words import _, ngettext

MARK = ".lesson-kit-edition"
"""In each edition: the names of what was built, which the next one replaces."""

SERVED = {
    *(".webm", ".mp4", ".ogv", ".mp3", ".ogg", ".m4a", ".wav", ".vtt"),
    *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf"),
    *(".csv", ".json", ".txt", ".xlsx", ".parquet", ".md", ".html", ".css", ".js"),
}
"""What a lesson shows or reads; scripts that make it stay with the author."""

AUTHORS_FILES = re.compile(r"slides.*\.md|checks\.py.*|solution.*", re.IGNORECASE)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can say


@dataclass(frozen=True)
class Edition:
    """What was built.

    Attributes:
        path: the folder, or the zip file.
        files: how many it holds.
        size: in bytes.
        left_out: the author's own files, relative to the course.
    """

    path: Path
    files: int
    size: int
    left_out: tuple[str, ...]


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
    _refuse_broken(course)
    _refuse_in_course(course, out)
    with _errors_in_words(out):
        (_refuse_other_file if as_zip else _refuse_other_folder)(out)
        files, left_out = _contents(course, tell)
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".lesson-kit-", dir=out.parent) as folder:
            (_put_zip if as_zip else _put_folder)(files, out, Path(folder) / "edition")
        size = out.stat().st_size if as_zip else sum(map(len, files.values()))
    return Edition(out, len(files), size, tuple(left_out))


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


def _contents(course: Course, tell: Callable[[str], None]) -> tuple[dict[str, bytes], list[str]]:
    """The edition's files by name, in order, and the names of what is left out."""
    base = PurePosixPath(course.folder.name)
    files = {"START-HERE.md": _start_here(course).encode()}
    files[f"{base}/{COURSE_FILE}"] = (course.folder / COURSE_FILE).read_bytes()
    left_out: list[str] = []
    for lesson in course.lessons:
        tell(lesson.title)
        for path in _files_below(lesson.folder):
            name = f"{base}/{lesson.id}/{path.relative_to(lesson.folder).as_posix()}"
            if path.name == NOTEBOOK_FILE:
                files[name] = _lesson_notebook(path)
            elif path.name == CHECKS_FILE and path.parent == lesson.folder:
                load_checks(path)  # what cannot be used must not be sealed
                sealed = PurePosixPath(name).with_name(SEALED_FILE)
                files[str(sealed)] = seal(path.read_text(encoding="utf-8"))
            elif path.suffix.lower() in SERVED and not AUTHORS_FILES.fullmatch(path.name):
                files[name] = path.read_bytes()
            else:
                left_out.append(name)
    tell(_("Assignments"))
    released, kept = _assignments(course)
    files.update(released)
    left_out += kept
    files[MARK] = "".join(f"{name}\n" for name in sorted(files)).encode()
    return dict(sorted(files.items())), left_out


def _start_here(course: Course) -> str:
    return _(
        "# {title}\n\n"
        "Open a terminal in this folder and type\n\n    kit start\n\n"
        "If that is unknown, Lesson Kit is not installed yet: ask who gave you this folder. After "
        "that you need no internet. Everything you answer is saved on your computer.\n"
    ).format(title=course.title)


def _files_below(folder: Path) -> Iterator[Path]:
    """Files in a fixed order, without hidden ones, caches and learners' own copies."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
        if not path.name.isprintable() and not hidden:  # nor could it be written everywhere
            raise BuildError(
                _("The file name {path} cannot be read.").format(path=quoted(str(path))),
                _("Give it a name of letters, digits, points and dashes."),
            )
        if path.is_symlink() and not hidden:
            raise BuildError(
                _("{path} is a link, and what it leads to may not be there for students.").format(
                    path=path
                ),
                _("Put the file or the folder itself in its place."),
            )
        if path.is_file() and not hidden and not path.name.startswith("my-lesson"):
            yield path


def _lesson_notebook(path: Path) -> bytes:
    """The notebook without the author's cells, outputs, and what only an editor left there."""
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if not _is_authors(cell)]
    for cell in cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.cells = cells
    notebook.metadata = {
        key: value
        for key, value in notebook.metadata.items()
        if key in {"kernelspec", "language_info"}
    }
    return _notebook_bytes(notebook)


def _is_authors(cell: Any) -> bool:
    tags = cell.metadata.get("tags") or []
    return any(str(tag).casefold() in AUTHORS_TAGS for tag in tags)


def _assignments(course: Course) -> tuple[dict[str, bytes], list[str]]:
    """The release version of what is in ``assignments/source``, and what is left out of it."""
    source = course.root / "assignments" / "source"
    made: dict[str, bytes] = {}
    left_out: list[str] = []
    for path in _files_below(source) if source.is_dir() else ():
        name = path.relative_to(source).as_posix()
        if path.suffix == ".ipynb":
            made[f"assignments/release/{name}"] = _released(path)
        elif path.suffix.lower() in SERVED:
            made[f"assignments/release/{name}"] = path.read_bytes()
        else:  # backups hold solutions, too
            left_out.append(f"assignments/source/{name}")
    return made, left_out


def _released(path: Path) -> bytes:
    """An assignment's notebook without solutions, hidden tests and marking schemes."""
    from nbgrader import preprocessors as nbgrader

    steps = (
        nbgrader.LockCells, nbgrader.ClearSolutions, nbgrader.ClearOutput,
        nbgrader.CheckCellMetadata, nbgrader.ClearHiddenTests, nbgrader.ClearMarkScheme,
        nbgrader.ComputeChecksums, nbgrader.CheckCellMetadata,
    )  # fmt: skip
    try:
        notebook = nbformat.read(path, as_version=4)
        notebook.cells = [cell for cell in notebook.cells if not _is_authors(cell)]
        for step in steps:
            notebook, _resources = step().preprocess(notebook, {"nbgrader": {}})
    except Exception as error:
        raise BuildError(
            _("{path} cannot be released: {error}").format(path=path, error=error),
            _("Mend the assignment; `nbgrader validate` shows more."),
        ) from error
    return _notebook_bytes(notebook)


def _notebook_bytes(notebook: Any) -> bytes:
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False)
    return f"{text}\n".encode()


def _refuse_broken(course: Course) -> None:
    broken: list[Lesson] = [lesson for lesson in course.lessons if lesson.problem]
    if broken:
        raise BuildError(
            ngettext("{n} lesson is broken.", "{n} lessons are broken.", len(broken))
            + f" {broken[0].problem}",
            _("Mend it, or take it out of course.toml."),
        )


def _refuse_in_course(course: Course, out: Path) -> None:
    root, folder, place = course.root.resolve(), course.folder.resolve(), out.resolve()
    if place == root or place in root.parents or folder in (place, *place.parents):
        raise BuildError(
            _("{out} is part of the course itself.").format(out=out),
            _("Name a folder beside it, as in: kit build ../for-students"),
        )


def _refuse_other_file(out: Path) -> None:
    if out.exists() and not _is_edition(out):
        raise BuildError(
            _("{out} is there, and kit build did not make it.").format(out=out),
            _("Name another one."),
        )


def _is_edition(path: Path) -> bool:
    """Whether a file is a zip that was built here (a text document may be a zip file, too)."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MARK in archive.namelist()


def _refuse_other_folder(out: Path) -> None:
    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise BuildError(
            _("{out} holds something that kit build did not make.").format(out=out),
            _("Name a folder that is empty or not there yet."),
        )


def _put_zip(files: dict[str, bytes], out: Path, new: Path) -> None:
    _write_zip(files, new)
    os.replace(new, out)


def _put_folder(files: dict[str, bytes], out: Path, new: Path) -> None:
    """Write the edition, then change it for the one before, which stays until that is done."""
    for name, content in files.items():
        path = new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    before = out.with_name(f".{out.name}.before")
    if (before / MARK).is_file():  # a build was ended in the middle of the change
        if out.exists():
            shutil.rmtree(before)
        else:
            os.replace(before, out)
    if (out / MARK).is_file():
        _carry_over(out, new)
    if not out.exists():
        os.replace(new, out)
        return
    os.replace(out, before)
    try:
        os.replace(new, out)
    except OSError:
        os.replace(before, out)
        raise
    shutil.rmtree(before, ignore_errors=True)  # the next build removes what is left of it


def _carry_over(before: Path, new: Path) -> None:
    """Keep what somebody made in the edition since, such as their own copy of a notebook."""
    built = set((before / MARK).read_text(encoding="utf-8").splitlines()) | {MARK}
    for path in before.rglob("*"):
        name = path.relative_to(before)
        if path.is_file() and name.as_posix() not in built and not (new / name).exists():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, new / name)


def _write_zip(files: dict[str, bytes], path: Path) -> None:
    """A zip file whose bytes follow from its contents alone."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, also where it is built on Windows
            archive.writestr(entry, content, zipfile.ZIP_STORED)
