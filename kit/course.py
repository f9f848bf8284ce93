"""course.toml and the folders beside it -> Course, Lesson, Section, Item. Reads, never writes.

A lesson that cannot be read does not take the others with it: it stays in the course with a
``problem`` that says what is wrong and what to do, and pages show that in its place.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from kit.errors import CourseError
from kit.words import _

COURSE_FILE = "course.toml"
NOTEBOOK_FILE = "lesson.ipynb"
OWN_NOTEBOOK_FILE = "my-lesson.ipynb"
CHECKS_FILE = "checks.py"


@dataclass(frozen=True)
class Item:
    """Something in a section that can be done: a check or a video.

    Attributes:
        id: the check's name in checks.py, or the video's path below the lesson's folder.
        kind: ``"check"`` or ``"video"``.
    """

    id: str
    kind: str


@dataclass(frozen=True)
class Section:
    """A part of a lesson, from one ``##`` heading to the next.

    Attributes:
        id: the id of the notebook cell that the heading is in, so that a section keeps its id
            when it is reworded.
        title: the heading's text, without Markdown.
    """

    id: str
    title: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """One self-guided module.

    Attributes:
        id: its folder's name below the course.
        goal: completes "You can ...".
        minutes: how long it takes, as modelled by the author.
        problem: why it cannot be opened, or None.
    """

    id: str
    folder: Path
    title: str
    goal: str = ""
    minutes: int = 0
    sections: tuple[Section, ...] = ()
    problem: CourseError | None = None

    @property
    def notebook(self) -> Path:
        return self.folder / NOTEBOOK_FILE

    @property
    def own_notebook(self) -> Path:
        """The learner's copy, in which they write; the author's notebook stays as it was."""
        return self.folder / OWN_NOTEBOOK_FILE

    @cached_property
    def check_ids(self) -> tuple[str, ...]:
        """Its checks in the order in which they are met."""
        items = (item for section in self.sections for item in section.items)
        return tuple(item.id for item in items if item.kind == "check")

    def section_of(self, item: str) -> Section | None:
        """The section that an item is in, or that has this id itself."""
        for section in self.sections:
            if section.id == item or any(each.id == item for each in section.items):
                return section
        return None


@dataclass(frozen=True)
class Assignment:
    """Work to hand in; ``due`` is a local date and time, or None."""

    id: str
    title: str
    due: datetime | None = None


@dataclass(frozen=True)
class Course:
    """What course.toml and the folders beside it say.

    Attributes:
        folder: the folder of course.toml, usually ``lessons/``.
        mastery: share of a lesson's checks that counts as mastered, 0 to 1.
        language: BCP 47 tag of the text, for ``lang`` on pages.
    """

    id: str
    title: str
    folder: Path
    summary: str = ""
    language: str = "en"
    mastery: float = 0.8
    lessons: tuple[Lesson, ...] = ()
    assignments: tuple[Assignment, ...] = ()

    @property
    def root(self) -> Path:
        """The folder that holds ``lessons/`` and ``assignments/``."""
        return self.folder.parent

    def lesson(self, lesson_id: str) -> Lesson:
        """The lesson with this id.

        Raises:
            CourseError: the course has no such lesson.
        """
        for lesson in self.lessons:
            if lesson.id == lesson_id:
                return lesson
        names = ", ".join(lesson.id for lesson in self.lessons) or "none"
        raise CourseError(
            _("The course {title!r} has no lesson {id!r}.").format(title=self.title, id=lesson_id),
            _("Its lessons: {names}.").format(names=names),
        )

    def usable_lesson(self, lesson_id: str) -> Lesson:
        """The lesson with this id, if it can be opened.

        Raises:
            CourseError: the course has no such lesson, or what is wrong with it.
        """
        lesson = self.lesson(lesson_id)
        if lesson.problem:
            raise lesson.problem
        return lesson


def find_course_folder(start: Path) -> Path:
    """The folder with course.toml: ``start``, its ``lessons/``, or the nearest one above.

    Raises:
        CourseError: there is none.
    """
    start = start.expanduser().absolute()
    for folder in (start, *start.parents):
        for candidate in (folder, folder / "lessons"):
            if (candidate / COURSE_FILE).is_file():
                return candidate
    raise CourseError(
        _("There is no {file} in {folder} or in {lessons}.").format(
            file=COURSE_FILE, folder=start, lessons=start / "lessons"
        ),
        _("Name the folder of a course, as in: kit start path/to/course"),
    )


def load_course(folder: Path) -> Course:
    """The course of a folder that has a course.toml.

    Raises:
        CourseError: course.toml is missing, is no TOML, or lacks something.
    """
    path = folder / COURSE_FILE
    table = _Table(_read_toml(path), path)
    return Course(
        id=table.text("id"),
        title=table.text("title"),
        folder=folder,
        summary=table.text("summary", ""),
        language=table.text("language", "en"),
        mastery=table.share("mastery", 0.8),
        lessons=tuple(_load_lesson(folder, entry) for entry in table.tables("lesson")),
        assignments=tuple(_load_assignment(entry) for entry in table.tables("assignment")),
    )


def find_lesson(start: Path) -> tuple[Course, Lesson]:
    """The course and the lesson that a folder belongs to.

    Raises:
        CourseError: the folder is in no lesson of a course, or the lesson is broken.
    """
    start = start.absolute()
    folder = find_course_folder(start)
    course = load_course(folder)
    for lesson in course.lessons:
        if start == lesson.folder or lesson.folder in start.parents:
            if lesson.problem:
                raise lesson.problem
            return course, lesson
    raise CourseError(
        _("The folder {folder} is not a lesson of {course}.").format(
            folder=start, course=folder / COURSE_FILE
        ),
        _("Open the notebook in its lesson's folder, or name that: lesson('lessons/01-...')."),
    )


def _load_lesson(course: Path, entry: _Table) -> Lesson:
    lesson_id = entry.text("id")
    lesson = Lesson(
        id=lesson_id,
        folder=course / lesson_id,
        title=lesson_id.lstrip("0123456789-").replace("-", " ").capitalize() or lesson_id,
        goal=entry.text("goal", ""),
        minutes=entry.whole("minutes", 0),
    )
    try:
        if Path(lesson_id).name != lesson_id or lesson_id.startswith("."):
            raise CourseError(
                _("{path} lists the lesson {id!r}, which is not a folder's name.").format(
                    path=entry.path, id=lesson_id
                ),
                _("Give the name of a folder beside course.toml."),
            )
        cells = read_cells(lesson.notebook, listed_in=entry.path)
    except CourseError as problem:
        return replace(lesson, problem=problem)
    title = next((text for level, text, _ in _headings(cells) if level == 1), lesson.title)
    return replace(lesson, title=title, sections=_sections(cells))


def _load_assignment(entry: _Table) -> Assignment:
    name = entry.text("id")
    return Assignment(id=name, title=entry.text("title", name), due=entry.moment("due"))


def read_cells(path: Path, *, listed_in: Path | None = None) -> list[dict[str, Any]]:
    """The cells of a notebook file, each with ``id``, ``cell_type`` and ``source`` (text).

    Raises:
        CourseError: the file is missing, is not JSON or is no notebook of format 4.
    """
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        missing = (
            _("{course} lists this lesson, but {path} does not exist.")
            if listed_in
            else _("{path} does not exist.")
        )
        raise CourseError(
            missing.format(course=listed_in, path=path),
            _("Restore the file, or take the lesson out of course.toml."),
        ) from None
    except (ValueError, RecursionError) as error:
        raise CourseError(
            _("{path} is not a notebook: {reason}.").format(path=path, reason=error),
            _("Restore it from its last good version; the other lessons still work."),
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise CourseError(
            _("{path} is not a notebook of format 4: it has no list of cells.").format(path=path),
            _("Open it in JupyterLab and save it again, or restore its last good version."),
        )
    return [_normalised(cell, number) for number, cell in enumerate(cells)]


def _unreadable(path: Path, error: OSError) -> CourseError:
    return CourseError(
        _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror),
        _("Check the file and its permissions."),
    )


def _normalised(cell: dict[str, Any], number: int) -> dict[str, Any]:
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return {
        "id": str(cell.get("id") or f"cell-{number}"),
        "cell_type": cell.get("cell_type", ""),
        "source": text.replace("\r\n", "\n"),
    }


def _sections(cells: list[dict[str, Any]]) -> tuple[Section, ...]:
    """The ``##`` sections; items before the first one belong to it."""
    titles: dict[str, str] = {}
    items: dict[str, list[Item]] = {}
    early: list[Item] = []
    current = ""
    for cell in cells:
        for level, title, section_id in _headings([cell]):
            if level == 2:  # noqa: PLR2004 - a section is a second-level heading
                current = section_id
                titles.setdefault(current, title)
                items.setdefault(current, [])  # two cells may have one id: copied by hand
        (items[current] if current else early).extend(_items(cell))
    sections = [Section(key, title, tuple(items[key])) for key, title in titles.items()]
    if not early:
        return tuple(sections)
    if not sections:  # a lesson without headings is one section
        top = next(iter(_headings(cells)), (1, "", cells[0]["id"]))
        return (Section(top[2], top[1], tuple(early)),)
    first = sections[0]
    return (replace(first, items=(*early, *first.items)), *sections[1:])


_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^ *(`{3,}|~{3,}).*?(?:^ *\1|\Z)", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(r"[*_`]|!?\[([^\]]*)\]\([^)]*\)")


def _headings(cells: list[dict[str, Any]]) -> Iterator[tuple[int, str, str]]:
    """(level, text, id) of the headings; the id is the cell's, numbered from its second on."""
    for cell in cells:
        if cell["cell_type"] != "markdown":
            continue
        text = _FENCE.sub("", cell["source"])
        for number, match in enumerate(_HEADING.finditer(text), start=1):
            own_id = cell["id"] if number == 1 else f"{cell['id']}-{number}"
            yield len(match[1]), _MARKUP.sub(r"\1", match[2]), own_id


_MAGIC = re.compile(r"^[ \t]*[%!].*$", re.MULTILINE)
_NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)
"""What ``ast.parse`` raises for a slip, a null byte, and for what is nested too deeply."""


def _items(cell: dict[str, Any]) -> Iterator[Item]:
    if cell["cell_type"] != "code":
        return
    try:
        tree = ast.parse(_MAGIC.sub("", cell["source"]))
    except _NOT_PYTHON:
        return
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="checks"), attr=name):
                yield Item(name, "check")
            case ast.Call(func=ast.Name(id="Video"), args=[ast.Constant(value=str(name)), *_]):
                yield Item(name, "video")


def is_check_cell(source: str) -> bool:
    """Whether a cell does nothing but set the lesson up or show a check or a video.

    Such a cell is plumbing to a learner in the app, where its code is not shown.
    """
    try:
        body = ast.parse(source).body
    except _NOT_PYTHON:
        return False
    return bool(body) and all(_is_plumbing(statement) for statement in body)


def _is_plumbing(statement: ast.stmt) -> bool:
    match statement:
        case ast.ImportFrom(module="kit"):
            return True
        case ast.Assign(value=ast.Call(func=ast.Name(id="lesson"))):
            return True
        case ast.Expr(value=ast.Attribute(value=ast.Name(id="checks"))):
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id="Video"))):
            return True
    return False


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(
            _("{path} does not exist.").format(path=path),
            _("Name a folder that has one, or make it."),
        ) from None
    except (ValueError, RecursionError) as error:  # TOML, its text, a number or its depth
        raise CourseError(
            _("{path} is not valid TOML: {reason}.").format(path=path, reason=error),
            _("Mend that line."),
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from None


class _Table:
    """A TOML table that says which key of which file is missing or wrong."""

    def __init__(self, values: dict[str, Any], path: Path, where: str = "") -> None:
        self.values = values
        self.path = path
        self.where = where

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if value is None:
            raise self._error(key, _("is missing"), _('Add it, as in: {key} = "..."'))
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self._error(key, _("is not a text"), _('Write it in quotes: {key} = "..."'))
        return value

    def whole(self, key: str, default: int) -> int:
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._error(key, _("is not a whole number of 0 or more"), _("As in: {key} = 25"))
        return value

    def share(self, key: str, default: float) -> float:
        value = self.values.get(key, default)
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1:
            raise self._error(key, _("is not a number from 0 to 1"), _("As in: {key} = 0.8"))
        return float(value)

    def moment(self, key: str) -> datetime | None:
        value = self.values.get(key)
        if isinstance(value, datetime) or value is None:
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, 23, 59)  # noqa: DTZ001 - local
        raise self._error(
            key, "is not a date", "Without quotes, as in: {key} = 2026-12-01T18:00:00"
        )

    def tables(self, key: str) -> list[_Table]:
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self._error(key, _("is not a list of tables"), _("Begin each one with [[{key}]]"))
        tables = [
            _Table(value, self.path, f"{key} {number}: ")
            for number, value in enumerate(values, start=1)
        ]
        names = [table.text("id") for table in tables]
        for name in names:
            if names.count(name) > 1:
                raise self._error(
                    key,
                    _("has the id {name!r} twice").format(name=name),
                    _("Give each its own id."),
                )
        return tables

    def _error(self, key: str, what: str, mend: str) -> CourseError:
        return CourseError(f"{self.path}: {self.where}{key!r} {what}.", mend.format(key=key))
