"""course.toml and the folders beside it -> Course, Lesson, Section, Item. Reads, never writes.

A lesson that cannot be read does not take the others with it: it stays in the course with a
``problem`` that says what is wrong and what to do, and pages show that in its place.
"""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from kit.errors import CourseError, unreadable
from kit.media.stamp import stamp
from kit.notebook import SECTION_LEVEL, Shown, headings, read_cells, shown_by
from kit.toml import Table, read_toml
from kit.words import _

COURSE_FILE = "course.toml"
NOTEBOOK_FILE = "lesson.ipynb"
OWN_NOTEBOOK_FILE = "my-lesson.ipynb"
CHECKS_FILE = "checks.py"

_LANGUAGE_TAG = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(-[a-wyz\d](-[a-z\d]{2,8})+)*(-x(-[a-z\d]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)
"""Of BCP 47, as browsers take it: language, script, region, variants, extensions, private use."""

NEEDS = 0.9
"""The share of a video that counts as watched."""


@dataclass(frozen=True)
class Item:
    """Something in a section that can be done: a check, or media to watch, read or open.

    Attributes:
        id: the check's name in checks.py, the file's path below the lesson's folder, or an address.
        kind: ``"check"``, or one of ``notebook.MEDIA``'s.
        needs: of a video or a sound: the share that has to be played to count as watched.
    """

    id: str
    kind: str
    needs: float = NEEDS


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
        opens: "always", or "mastery": a lesson asks first for mastery of the one before it, which
            a learner may pass over: looking ahead is always possible.
        language: BCP 47 tag of the text, for ``lang`` on pages.
        imports: modules that its lessons use, besides the usual ones (see ``kit.kernels``).
    """

    id: str
    title: str
    folder: Path
    summary: str = ""
    language: str = "en"
    mastery: float = 0.8
    opens: str = "always"
    imports: tuple[str, ...] = ()
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
        ids = [lesson.id for lesson in self.lessons]
        near = difflib.get_close_matches(lesson_id, ids)
        mend = _("Is it {names}?") if near else _("Its lessons: {names}.")
        raise CourseError(
            _("The course {title!r} has no lesson {id!r}.").format(title=self.title, id=lesson_id),
            mend.format(names=", ".join(near or ids) or _("none")),
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
        CourseError: there is none, or the system does not let us look.
    """
    try:
        # Without "..", which is no folder's name and would go wrong wherever one is asked for.
        start = Path(os.path.abspath(start.expanduser()))
        for folder in (start, *start.parents):
            for candidate in (folder, folder / "lessons"):
                if (candidate / COURSE_FILE).is_file():
                    return candidate
    except OSError as error:
        raise unreadable(Path(error.filename or start), error) from error
    except RuntimeError as error:  # from expanduser
        raise CourseError(
            _("The folder {folder} is in no home folder of this computer.").format(folder=start),
            _("Name the folder of a course, as in: kit start path/to/course"),
        ) from error
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
    table = Table(read_toml(path), path)
    return Course(
        id=table.name("id"),
        title=table.text("title"),
        folder=folder,
        summary=table.text("summary", ""),
        language=_language(table),
        mastery=table.share("mastery", 0.8),
        opens=table.one_of("opens", ("always", "mastery")),
        imports=table.modules("imports"),
        lessons=tuple(_load_lesson(folder, entry) for entry in table.tables("lesson")),
        assignments=tuple(_load_assignment(entry) for entry in table.tables("assignment")),
    )


def _language(table: Table) -> str:
    value = table.text("language", "en")
    if _LANGUAGE_TAG.fullmatch(value):
        return value
    with_hyphens = value.replace("_", "-")
    mend = (
        _('Write it with hyphens, as in: language = "{tag}"').format(tag=with_hyphens)
        if _LANGUAGE_TAG.fullmatch(with_hyphens)
        else _('As in: language = "en" or "en-US"')
    )
    what = _("{path}: 'language' is \"{value}\", which is no language tag (BCP 47).")
    raise CourseError(what.format(path=table.path, value=value[:100]), mend)


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


def _load_lesson(course: Path, entry: Table) -> Lesson:
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
        if os.path.islink(lesson.folder):
            # A kernel knows only where the link leads, and would look for the course there.
            raise CourseError(
                _("The lesson's folder {path} is a link to {target}.").format(
                    path=lesson.folder, target=os.readlink(lesson.folder)
                ),
                _("Put the folder itself in the place of the link."),
            )
        title, sections = _outline(lesson.notebook, stamp(lesson.notebook), entry.path)
    except CourseError as problem:
        return replace(lesson, problem=problem)
    return replace(lesson, title=title or lesson.title, sections=sections)


@lru_cache(maxsize=1000)
def _outline(notebook: Path, _saved: str, listed_in: Path) -> tuple[str, tuple[Section, ...]]:
    """A lesson's title and sections; a page asks for those of all lessons, time and again.

    Args:
        _saved: the notebook's stamp, so that it is read again once it was saved.

    Raises:
        CourseError: it cannot be read, which is not remembered.
    """
    cells = read_cells(notebook, listed_in=listed_in)
    title = next((each.title for each in headings(cells) if each.level == 1), "")
    return title, _sections(cells)


def _item(shown: Shown) -> Item:
    needs = shown.options.get("watched", NEEDS)
    is_share = type(needs) in {int, float} and 0 <= needs <= 1
    return Item(shown.id, shown.kind, float(needs) if is_share else NEEDS)


def _load_assignment(entry: Table) -> Assignment:
    name = entry.text("id")
    return Assignment(id=name, title=entry.text("title", name), due=entry.moment("due"))


def _sections(cells: list[dict[str, Any]]) -> tuple[Section, ...]:
    """The ``##`` sections, each item in the first one that shows it; items before the first one
    belong to it.
    """
    titles: dict[str, str] = {}
    items: dict[str, list[Item]] = {}
    early: list[Item] = []
    met: set[tuple[str, str]] = set()
    current = ""
    for cell in cells:
        for heading in headings([cell]):
            if heading.level == SECTION_LEVEL:
                current = heading.id
                titles.setdefault(current, heading.title)
                items.setdefault(current, [])  # two cells may have one id: copied by hand
        for shown in shown_by(cell):
            if (shown.kind, shown.id) not in met:  # a check may be asked in a film as well
                met.add((shown.kind, shown.id))
                (items[current] if current else early).append(_item(shown))
    sections = [Section(key, title, tuple(items[key])) for key, title in titles.items()]
    if not early:
        return tuple(sections)
    if not sections:  # a lesson without headings is one section
        top = next(headings(cells), None)
        section_id, title = (top.id, top.title) if top else (cells[0]["id"], "")
        return (Section(section_id, title, tuple(early)),)
    first = sections[0]
    return (replace(first, items=(*early, *first.items)), *sections[1:])
