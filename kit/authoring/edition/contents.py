"""What is in a student's edition: its files by name, and what stays with the author."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kit.authoring.edition.notebooks import lesson_notebook, released_notebook, slides_notebook
from kit.checks import load_checks
from kit.checks.seal import SEALED_FILE, seal
from kit.course import CHECKS_FILE, COURSE_FILE, OWN_NOTEBOOK_FILE, Course, Lesson
from kit.errors import BuildError, KitError, quoted
from kit.media.file_types import MEDIA
from kit.media.served import SHARED_FOLDER, is_served
from kit.media.slides import read_slides, without_notes
from kit.notebook import is_authors, read_cells, slides_shown_by
from kit.words import _

MARK = ".lesson-kit-edition"
"""In each edition: the names of what was built, which the next one replaces."""

SERVED = {
    *(*MEDIA, ".ogv", ".csv", ".json", ".txt", ".xlsx", ".parquet", ".md", ".html", ".css", ".js")
}
"""What a lesson shows or reads; scripts that make it stay with the author."""

AUTHORS_FILES = re.compile(r"made\.json|checks\.py.*|solution.*", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A file of the course.

    Attributes:
        name: that it has in the edition, or that it has in the course where it stays there.
        content: what students get under it; None: it stays with the author.
        cells_out: how many of its cells stay with the author.
        is_solved: whether it had solutions or hidden tests of an assignment.
        is_silenced: whether what is said over its slides stays with the author.
    """

    name: str
    content: bytes | None
    cells_out: int = 0
    is_solved: bool = False
    is_silenced: bool = False


@dataclass(frozen=True)
class Contents:
    """What is in an edition.

    Attributes:
        files: by name, in order.
        left_out: the author's own files, relative to the course.
        cells_out, solved, silenced: of how many cells, assignments and files of slides something
            was taken out: see ``Part``.
    """

    files: Mapping[str, bytes]
    left_out: tuple[str, ...]
    cells_out: int
    solved: int
    silenced: int


def contents_of(course: Course, tell: Callable[[str], None]) -> Contents:
    """What students get of a course; the same for the same course.

    Args:
        tell: hears what is being worked on.

    Raises:
        BuildError: a file is one that students could not use.
        CheckError: a checks.py cannot be used; names the line.
        KitError: slides cannot be read.
    """
    parts = list(_parts(course, tell))
    files = dict(sorted((each.name, each.content) for each in parts if each.content is not None))
    mark = "".join(f"{name}\n" for name in files).encode()
    return Contents(
        files={MARK: mark, **files},
        left_out=tuple(each.name for each in parts if each.content is None),
        cells_out=sum(each.cells_out for each in parts),
        solved=sum(each.is_solved for each in parts),
        silenced=sum(each.is_silenced for each in parts),
    )


def _parts(course: Course, tell: Callable[[str], None]) -> Iterator[Part]:
    yield Part("START-HERE.md", _start_here(course).encode())
    shown = _shown_in(course)
    for lesson in course.lessons:
        tell(lesson.title)
        yield from _lesson_parts(lesson, f"{course.folder.name}/{lesson.id}", shown)
    yield from _shared_parts(course, shown)
    tell(_("Assignments"))
    yield from _assignment_parts(course.root / "assignments" / "source")


def _start_here(course: Course) -> str:
    return _(
        "# {title}\n\n"
        "Open a terminal in this folder and type\n\n    kit start\n\n"
        "If that is unknown, Lesson Kit is not installed yet: ask who gave you this folder. After "
        "that you need no internet. Everything you answer is saved on your computer.\n"
    ).format(title=course.title)


@dataclass(frozen=True)
class _Shown:
    """What the lessons of a course show, by file.

    Attributes:
        played: videos and sounds.
        slides: each with whether what is said over them is shown.
    """

    played: frozenset[Path]
    slides: Mapping[Path, bool]


def _shown_in(course: Course) -> _Shown:
    slides: dict[Path, bool] = {}
    for lesson in course.lessons:
        cells = [cell for cell in read_cells(lesson.notebook) if not is_authors(cell)]
        for name, with_notes in slides_shown_by(cells).items():
            path = _below(lesson.folder, name)
            slides[path] = slides.get(path, False) or with_notes
    items = (
        _below(lesson.folder, item.id)
        for lesson in course.lessons
        for section in lesson.sections
        for item in section.items
    )
    return _Shown(frozenset(items), slides)


def _below(folder: Path, name: str) -> Path:
    """A path as ``_files_below`` gives it, wherever a name leads."""
    return Path(os.path.normpath(folder / name))


def _lesson_parts(lesson: Lesson, below: str, shown: _Shown) -> Iterator[Part]:
    recordings = _recordings(lesson.folder) - shown.played
    for path in _files_below(lesson.folder):
        name = f"{below}/{path.relative_to(lesson.folder).as_posix()}"
        if path == lesson.notebook:
            released = lesson_notebook(path)
            yield Part(name, released.content, released.cells_out)
        elif path == lesson.folder / CHECKS_FILE:
            load_checks(path)  # what cannot be used must not be sealed
            yield Part(f"{below}/{SEALED_FILE}", seal(path.read_text(encoding="utf-8")))
        else:
            yield _part(path, name, recordings, shown)


def _shared_parts(course: Course, shown: _Shown) -> Iterator[Part]:
    """What lies beside the lessons: course.toml, and what is served; the rest is the author's."""
    lessons = {lesson.id for lesson in course.lessons}
    for path in sorted(course.folder.iterdir()):
        name = f"{course.folder.name}/{path.name}"
        if path.name in lessons or path.name == "__pycache__" or path.name.startswith("."):
            continue
        if path.name == COURSE_FILE:
            yield Part(name, path.read_bytes())
        elif path.name == SHARED_FOLDER:
            recordings = _recordings(path) - shown.played
            for each in _files_below(path):
                yield _part(each, f"{name}/{each.relative_to(path).as_posix()}", recordings, shown)
        elif path.is_file() and is_served((path.name,), lessons):
            _refuse_unusable(path)
            yield Part(name, path.read_bytes())
        else:
            yield Part(f"{name}/" if path.is_dir() else name, None)


def _part(path: Path, name: str, recordings: Set[Path], shown: _Shown) -> Part:
    """A file that is neither a lesson's notebook nor its checks."""
    with_notes = shown.slides.get(path)
    if AUTHORS_FILES.fullmatch(path.name) or path in recordings:
        return Part(name, None)
    if with_notes is not None and path.suffix.lower() == ".ipynb":
        released = slides_notebook(path, with_notes=with_notes)
        return Part(name, released.content, released.cells_out)
    if with_notes is False and path.suffix.lower() == ".md":
        text = without_notes(path)
        return Part(name, text.encode(), is_silenced=True)
    return Part(name, _if_served(path))


def _recordings(folder: Path) -> set[Path]:
    """What was recorded for slides: students hear it in the film, unless it is played besides."""
    recorded = set()
    for path in _files_below(folder):
        if path.suffix.lower() == ".md":
            with suppress(KitError):  # of another kind, or broken: lint says so
                voices = (each.voice for each in read_slides(path) if each.voice)
                recorded |= {_below(path.parent, voice) for voice in voices}
    return recorded


def _assignment_parts(source: Path) -> Iterator[Part]:
    """The release version of ``assignments/source``, where that is."""
    for path in _files_below(source):
        name = path.relative_to(source).as_posix()
        if path.suffix == ".ipynb":
            made = released_notebook(path)
            release = f"assignments/release/{name}"
            yield Part(release, made.content, made.cells_out, made.is_solved)
        elif (content := _if_served(path)) is not None:
            yield Part(f"assignments/release/{name}", content)
        else:  # backups hold solutions, too
            yield Part(f"assignments/source/{name}", None)


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
