"""A lesson in JupyterLab: the learner's own copy of its notebook."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import nbformat
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

from kit.course import Lesson, load_course
from kit.errors import KitError
from kit.server.page_notebook import read_valid
from kit.words import _


class OwnNotebook(JupyterHandler):
    """``/kit/notebook/<lesson-id>``: open the learner's copy of a lesson in JupyterLab.

    The copy is made at the first visit. The author's notebook stays as it was, so that the app
    never runs what a learner wrote in a cell, and a new edition never meets a learner's changes.
    """

    def initialize(self, course_folder: Path) -> None:
        self.course_folder = course_folder

    @authenticated
    def get(self, lesson_id: str) -> None:
        try:
            course = load_course(self.course_folder)
            lesson = course.usable_lesson(lesson_id)
            read_valid(lesson.notebook)
        except KitError as error:
            raise HTTPError(404, str(error)) from error
        notebook = _own_copy(lesson)
        path = notebook.relative_to(course.root).as_posix()
        self.redirect(url_path_join(self.base_url, "lab/tree", quote(path)))


def _own_copy(lesson: Lesson) -> Path:
    """The learner's copy, made now if there is none; the original where none can be made."""
    if not lesson.own_notebook.exists():
        part = lesson.own_notebook.with_suffix(".part")
        notebook = nbformat.read(lesson.notebook, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(_about_the_copy(), id="own-copy"))
        try:
            nbformat.write(notebook, part)
            part.replace(lesson.own_notebook)
        except OSError:  # a course that may only be read
            return lesson.notebook
    return lesson.own_notebook


def _about_the_copy() -> str:
    return _(
        "*This is your own copy of the lesson. Run each cell with Shift+Enter, or all of them "
        "with Run › Run All Cells: then the questions appear. In the questions on code, write in "
        "the cell above and run it before you check.*"
    )
