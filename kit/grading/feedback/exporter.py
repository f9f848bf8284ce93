"""What nbgrader's ``GenerateFeedback`` makes its pages with, by one setting:

c.GenerateFeedback.exporter_class = "kit.grading.feedback.FeedbackExporter"
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from nbgrader.converters import BaseConverter
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme
from traitlets.config import Config, Configurable

from kit.errors import KitError
from kit.grading import handed_in
from kit.grading.feedback.cells import Cell, GradedNotebook, HandedIn
from kit.grading.feedback.marks import Marks, Points, read_marks
from kit.grading.folders import handed_in_at
from kit.grading.handed_in import UnusableError
from kit.grading.outcomes import UNUSABLE, in_words
from kit.words import _, date_time

_STYLES = (("kit.widgets", "tokens.css"), ("kit.apps", "static/page.css"))
_THEME = (
    'document.documentElement.dataset.kitTheme = matchMedia("(prefers-color-scheme: dark)").matches'
    ' ? "dark" : "light";'
)
"""The only script of a page; in it the browser lets no other run, and nothing be fetched."""


def make_pages_of_ours(maker: Configurable) -> None:
    """Let feedback be made with it, where a course's settings name nothing else.

    Args:
        maker: of nbgrader's ``GenerateFeedback``, which has its settings from there.
    """
    if "exporter_class" not in maker.config.GenerateFeedback:
        maker.update_config(Config(GenerateFeedback={"exporter_class": FeedbackExporter}))


class FeedbackExporter(Exporter):  # type: ignore[misc]
    """A notebook out of autograded/ as one file, which can be read without a network."""

    file_extension = ".html"
    output_mimetype = "text/html"

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if isinstance(self.parent, BaseConverter):
            self.parent.init_assignment = self._begin

    def from_notebook_node(
        self, nb: NotebookNode, resources: Any = None, **more: Any
    ) -> tuple[str, Any]:
        """Its page.

        Raises:
            MissingEntry: it is not in the gradebook.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **more)
        named = resources["nbgrader"]
        names = {name: named[name] for name in ("assignment", "student", "notebook")}
        marks = read_marks(named["db_url"], **names)
        graded = GradedNotebook(notebook, marks, self._handed_in(**names), self._signs())
        cells = [*graded.cells()]
        page = _template().render(
            **names,
            marks=marks,
            cells=cells,
            lost=_lost(cells, marks),
            happened=happened(marks),
            is_usable=UNUSABLE.isdisjoint(marks.outcomes),
            graded_at=date_time(marks.graded_at) if marks.graded_at else "",
            language=os.environ.get("KIT_LANGUAGE") or "en",
            css=_css(),
            script=_THEME,
            script_hash=base64.b64encode(hashlib.sha256(_THEME.encode()).digest()).decode(),
        )
        return page, resources

    def _signs(self) -> list[tuple[str, str]]:
        """Between which nbgrader takes out something, before students get it."""
        tests, scheme = ClearHiddenTests(parent=self), ClearMarkScheme(parent=self)
        return [
            (tests.begin_test_delimeter, tests.end_test_delimeter),
            (scheme.begin_mark_scheme_delimeter, scheme.end_mark_scheme_delimeter),
        ]

    # nbgrader's folders -------------------------------------------------------------------------

    def _begin(self, assignment: str, student: str) -> None:
        """In the place of nbgrader's ``init_assignment``, which copies all files of a graded
        submission: among them are those that its code has made while hidden tests ran. Of these
        nbgrader needs two, to know which feedback is new and whose it is.
        """
        graded, submitted, feedback = (
            Path(self.parent.coursedir.format_path(folder, student, assignment))
            for folder in (
                self.parent._input_directory,
                self.parent.coursedir.submitted_directory,
                self.parent._output_directory,
            )
        )
        feedback.mkdir(parents=True, exist_ok=True)
        with suppress(KitError, OSError):
            if when := handed_in_at(graded):
                (feedback / "timestamp.txt").write_text(f"{when} UTC")
        secret = submitted / "submission_secret.txt"
        if secret.is_file() and not secret.is_symlink():
            shutil.copyfile(secret, feedback / secret.name)

    def _handed_in(self, assignment: str, student: str, notebook: str) -> HandedIn:
        coursedir = getattr(self.parent, "coursedir", None)
        if coursedir is None:
            return HandedIn(None, {})
        folder = Path(coursedir.format_path(coursedir.submitted_directory, student, assignment))
        try:
            found = handed_in.read(folder / f"{notebook}.ipynb")
        except UnusableError:
            return HandedIn(folder, {})
        code = [each for each in found.cells if each.cell_type == "code"]
        return HandedIn(folder, {each.source: each.outputs for each in reversed(code)})


def happened(marks: Marks) -> list[str]:
    """What the student should know of all of it, besides the points."""
    missing = _("{notebook}: it is part of the assignment, and was not handed in.")
    return [
        *map(in_words, marks.outcomes),
        *(missing.format(notebook=each) for each in marks.missing),
    ]


def _lost(cells: list[Cell], marks: Marks) -> list[Points]:
    """The points of cells that are not in the notebook."""
    there = {each.points.cell for each in cells if each.points}
    return [each for name, each in sorted(marks.points.items()) if name not in there]


@cache
def _css() -> str:
    own = files("kit.grading.feedback") / "page.css"
    kits = [files(package) / path for package, path in _STYLES]
    return "\n".join(each.read_text(encoding="utf-8") for each in [*kits, own])


@cache
def _template() -> jinja2.Template:
    folder = Path(__file__).parent
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.globals["_"] = _
    environment.filters["points"] = lambda points: f"{round(points, 2):g}"
    return environment.get_template("page.html.j2")
