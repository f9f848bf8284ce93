"""The class's page: who is how far, what they have, what went wrong. ``class.ipynb`` shows it.

Its parts come one after the other, the quickest first, so that there is something to read while
the slow ones are still being made.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jinja2

from kit.apps.class_figures import Figure, items_figure, marks_figure, progress_figure
from kit.apps.home import base_url
from kit.classroom import sentences, tables
from kit.classroom.choice import Choice
from kit.classroom.class_data import ClassData
from kit.classroom.class_files import ClassFiles
from kit.classroom.insight import Insight
from kit.classroom.sections import columns_of
from kit.course import Course, find_course_folder, load_course
from kit.words import _

TEMPLATES = Path(__file__).parent / "template"
STATIC = Path(__file__).parent / "static"


class ClassPage:
    """The page of the class of the course that the working folder belongs to.

    Args:
        data: the class; that of the course's files if left out.
    """

    def __init__(self, data: ClassData | None = None) -> None:
        course = load_course(find_course_folder(Path.cwd()))
        choice = choice_of(os.environ.get("QUERY_STRING", ""))
        self._insight = Insight(course, data or ClassFiles(course), choice)

    def beginning(self) -> str:
        """The title, what can be chosen, and what the marks show."""
        insight = self._insight
        return _render(
            "class.html.j2",
            choice=insight.choice,
            narrowed=insight.choice != Choice(),
            assignments=dict.fromkeys(each.assignment for each in insight.book.tasks),
            lessons=_by_lesson(insight.course),
            simulated=insight.book.simulated,
            said=[
                *sentences.of_the_class(insight.in_the_book, insight.marks),
                *sentences.of_marks(insight.marks),
            ],
            problems=insight.book.problems,
            versions={
                **{name: _digest(STATIC / name) for name in ("class.js", "class.css")},
                **{name: version(name) for name in ("plotly", "itables")},
            },
        )

    def progress(self) -> str:
        """What the progress that was handed in shows, in sentences."""
        insight = self._insight
        return _render(
            "class_progress.html.j2",
            said=sentences.of_lessons(insight.lessons),
            simulated=insight.progress.simulated and not insight.book.simulated,
            problems=insight.progress.problems,
            nobody="" if insight.learners else sentences.nobody(insight),
            people=self._people(),
        )

    def lessons(self) -> str:
        """Where learners are stuck, how far they are, what they mistook."""
        learners, found = self._insight.learners, self._insight.lessons
        if not learners:
            return ""
        return self._render(
            "class_lessons.html.j2",
            [
                (tables.stuck_table(found), None),
                (
                    tables.progress_table(found, learners),
                    progress_figure(found, learners) if found.seen and found.columns else None,
                ),
                (tables.wrong_table(found), None),
            ],
            seen=found.seen,
        )

    def marks(self) -> str:
        """What was handed in, and how hard it was."""
        learners, found = self._insight.learners, self._insight.marks
        if not learners:
            return ""
        tell_apart = any(each.discrimination is not None for each in found.items)
        return self._render(
            "class_marks.html.j2",
            [
                (tables.marks_table(found, learners), marks_figure(found, learners)),
                (tables.items_table(found), items_figure(found) if tell_apart else None),
            ],
            there=bool(found.totals),
        )

    def work(self) -> str:
        """What is in the notebooks that were handed in: the slow part."""
        insight = self._insight
        names = {each.id: each for each in insight.everybody}
        return self._render(
            "class_work.html.j2",
            [
                (tables.errors_table(insight.work.errors), None),
                (tables.similar_table(insight.work.similar, names, insight.keys), None),
            ],
            said=sentences.of_work(insight.work),
            there=bool(insight.handed_in.works),
            problems=insight.handed_in.problems,
        )

    def _people(self) -> list[list[Any]]:
        """The learners of the lists that open: id, name, and the keys of what they handed in."""
        keys: dict[str, dict[str, str]] = {}
        for each in self._insight.book.submissions:
            keys.setdefault(each.learner, {}).setdefault(each.assignment, each.key)
        return [[each.id, each.name, keys.get(each.id, {})] for each in self._insight.learners]

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where in ``_people`` each learner is."""
        return {each.id: place for place, each in enumerate(self._insight.learners)}

    def _render(
        self, template: str, parts: Sequence[tuple[tables.Table, Figure | None]], **values: Any
    ) -> str:
        """A part of the page, with tables and the figures that they stand behind."""
        by_name = {table.name: {"table": table, "figure": figure} for table, figure in parts}
        return _render(template, parts_of=by_name, places=self._places, **values)


def choice_of(query: str) -> Choice:
    """What the page's address asks for: ``assignment``, ``part`` (LESSON or LESSON/SECTION) and
    ``learners``.
    """
    asked = {name: values[-1].strip() for name, values in parse_qs(query).items()}
    lesson, _slash, section = asked.get("part", "").partition("/")
    return Choice(asked.get("assignment", ""), lesson, section, asked.get("learners", "")[:500])


def _by_lesson(course: Course) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for each in columns_of(course):
        lesson = found.setdefault(
            each.lesson, {"id": each.lesson, "title": each.lesson_title, "sections": []}
        )
        lesson["sections"].append((f"{each.lesson}/{each.section}", each.title))
    return list(found.values())


def _render(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(base_url=base_url(), _=_, **values)


@cache
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    return jinja2.Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
