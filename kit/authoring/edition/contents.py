"""What is in a student's edition: its files by name, and what stays with the author."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kit.authoring.edition.notebooks import lesson_notebook, released_notebook
from kit.checks import load_checks
from kit.checks.seal import SEALED_FILE, seal
from kit.course import CHECKS_FILE, COURSE_FILE, NOTEBOOK_FILE, OWN_NOTEBOOK_FILE, Course, Lesson
from kit.errors import BuildError, KitError, quoted
from kit.media.file_types import MEDIA
from kit.media.slides import read_slides
from kit.words import _

MARK = ".lesson-kit-edition"
"""In each edition: the names of what was built, which the next one replaces."""

SERVED = {
    *(*MEDIA, ".ogv", ".csv", ".json", ".txt", ".xlsx", ".parquet", ".md", ".html", ".css", ".js")
}
"""What a lesson shows or reads; scripts that make it stay with the author."""

AUTHORS_FILES = re.compile(r"made\.json|checks\.py.*|solution.*", re.IGNORECASE)

Part = tuple[str, bytes | None]
"""A file's name, and what students get under it; None: it stays with the author."""


@dataclass(frozen=True)
class Contents:
    """What is in an edition.

    Attributes:
        files: by name, in order.
        left_out: the author's own files, relative to the course.
    """

    files: Mapping[str, bytes]
    left_out: tuple[str, ...]


def contents_of(course: Course, tell: Callable[[str], None]) -> Contents:
    """What students get of a course; the same for the same course.

    Args:
        tell: hears what is being worked on.

    Raises:
        BuildError: a file is one that students could not use.
        CheckError: a checks.py cannot be used; names the line.
    """
    parts = list(_parts(course, tell))
    files = dict(sorted((name, content) for name, content in parts if content is not None))
    mark = "".join(f"{name}\n" for name in files).encode()
    left_out = tuple(name for name, content in parts if content is None)
    return Contents({MARK: mark, **files}, left_out)


def _parts(course: Course, tell: Callable[[str], None]) -> Iterator[Part]:
    yield "START-HERE.md", _start_here(course).encode()
    yield f"{course.folder.name}/{COURSE_FILE}", (course.folder / COURSE_FILE).read_bytes()
    for lesson in course.lessons:
        tell(lesson.title)
        yield from _lesson_parts(lesson, f"{course.folder.name}/{lesson.id}")
    tell(_("Assignments"))
    yield from _assignment_parts(course.root / "assignments" / "source")


def _start_here(course: Course) -> str:
    return _(
        "# {title}\n\n"
        "Open a terminal in this folder and type\n\n    kit start\n\n"
        "If that is unknown, Lesson Kit is not installed yet: ask who gave you this folder. After "
        "that you need no internet. Everything you answer is saved on your computer.\n"
    ).format(title=course.title)


def _lesson_parts(lesson: Lesson, below: str) -> Iterator[Part]:
    recordings = _recordings(lesson)
    for path in _files_below(lesson.folder):
        name = f"{below}/{path.relative_to(lesson.folder).as_posix()}"
        if path.name == NOTEBOOK_FILE:
            yield name, lesson_notebook(path)
        elif path == lesson.folder / CHECKS_FILE:
            load_checks(path)  # what cannot be used must not be sealed
            yield f"{below}/{SEALED_FILE}", seal(path.read_text(encoding="utf-8"))
        elif AUTHORS_FILES.fullmatch(path.name) or path in recordings:
            yield name, None
        else:
            yield name, _if_served(path)


def _recordings(lesson: Lesson) -> set[Path]:
    """What was recorded for slides: students hear it in the film, unless it is played besides."""
    played = {lesson.folder / item.id for section in lesson.sections for item in section.items}
    recorded = set()
    for path in _files_below(lesson.folder):
        if path.suffix.lower() == ".md":
            with suppress(KitError):  # of another kind, or broken: lint says so
                recorded |= {path.parent / each.voice for each in read_slides(path) if each.voice}
    return recorded - played


def _assignment_parts(source: Path) -> Iterator[Part]:
    """The release version of ``assignments/source``, where that is."""
    for path in _files_below(source):
        name = path.relative_to(source).as_posix()
        content = released_notebook(path) if path.suffix == ".ipynb" else _if_served(path)
        if content is None:  # backups hold solutions, too
            yield f"assignments/source/{name}", None
        else:
            yield f"assignments/release/{name}", content


def _if_served(path: Path) -> bytes | None:
    return path.read_bytes() if path.suffix.lower() in SERVED else None


def _files_below(folder: Path) -> Iterator[Path]:
    """Files in a fixed order, without hidden ones, caches and learners' own copies."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") or part == "__pycache__" for part in parts):
            continue
        _refuse_unusable(path)
        if path.is_file() and not path.name.startswith(Path(OWN_NOTEBOOK_FILE).stem):
            yield path


def _refuse_unusable(path: Path) -> None:
    if not path.name.isprintable():  # nor could it be written everywhere
        raise BuildError(
            _("The file name {path} cannot be read.").format(path=quoted(str(path))),
            _("Give it a name of letters, digits, points and dashes."),
        )
    if path.is_symlink():
        raise BuildError(
            _("{path} is a link, and what it leads to may not be there for students.").format(
                path=path
            ),
            _("Put the file or the folder itself in its place."),
        )
