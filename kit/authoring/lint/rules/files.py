"""Files: the course's and the lesson's are there, can be read, and say where the data are from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kit.authoring.lint.finding import ERROR, WARNING, Finding
from kit.authoring.lint.linted import Linted, LintedCourse
from kit.authoring.lint.rules.registry import course_rule, rule
from kit.course import CHECKS_FILE, NOTEBOOK_FILE
from kit.words import _

LICENCE = re.compile(r"licen[cs]e|public domain|\bCC0\b", re.IGNORECASE)
SOURCE = re.compile(
    r"https?://|\bfrom\b|\bsource\b|\bgenerated\b|\bmade (?:up|by)\b", re.IGNORECASE
)
ROW = re.compile(r"\b(?:one|each|a) row\b", re.IGNORECASE)


@course_rule("lesson-listed", WARNING)
def lessons_are_listed(course: LintedCourse) -> Iterator[Finding]:
    """Every folder with a lesson is listed in course.toml: students see no other."""
    listed = {lesson.id for lesson in course.course.lessons}
    for folder in sorted(course.course.folder.iterdir()):
        if (folder / NOTEBOOK_FILE).is_file() and folder.name not in listed:
            message = _("The folder {id!r} has a lesson, but course.toml does not list it.")
            mend = _('Add to course.toml: [[lesson]] and below it id = "{id}".')
            values = {"id": folder.name}
            yield Finding(course.path, "", message.format(**values), mend.format(**values))


@rule("notebook", ERROR)
def the_notebook_can_be_read(lesson: Linted) -> Iterator[Finding]:
    """lesson.ipynb is there and is a notebook."""
    problem = lesson.lesson.problem
    if problem:
        yield Finding(lesson.path, "", problem.what, problem.mend)


@rule("cell-ids", ERROR)
def cells_have_ids_of_their_own(lesson: Linted) -> Iterator[Finding]:
    """Each cell has an id of its own: learners' places in the lesson are kept under these."""
    counts = Counter(cell.id for cell in lesson.cells)
    for cell in lesson.cells:
        if not cell.has_own_id:
            yield lesson.in_cell(
                cell,
                _("This cell has no id of its own (the notebook's format is older than 4.5)."),
                _("Open the notebook in JupyterLab and save it: each cell then gets an id."),
            )
    for cell in {cell.id: cell for cell in lesson.cells if counts[cell.id] > 1}.values():
        yield lesson.in_cell(
            cell,
            _("{n} cells have the id {id!r}; a learner's place would be in either."),
            _("Give one of them another id, as a word that says what it is about."),
            id=cell.id,
            n=counts[cell.id],
        )


@rule("outputs-cleared", ERROR)
def no_output_is_saved(lesson: Linted) -> Iterator[Finding]:
    """The notebook is saved without outputs: learners see what *their* run gives."""
    for cell in lesson.code:
        if cell.was_run:
            yield lesson.in_cell(
                cell,
                _("This cell is saved with its output, or with the number of its run."),
                _("In JupyterLab: Edit, Clear Outputs of All Cells; then save."),
            )


@rule("checks-load", ERROR)
def checks_can_be_loaded(lesson: Linted) -> Iterator[Finding]:
    """checks.py is there, is Python, runs, and gives each check a name of its own."""
    problem = lesson.checks_problem
    if problem:
        line = re.search(r", line (\d+)", problem.what)
        where = f"line {line[1]}" if line else ""
        yield Finding(lesson.checks_path, where, problem.what, problem.mend)


@rule("data-source", ERROR)
def data_have_a_source_and_a_licence(lesson: Linted) -> Iterator[Finding]:
    """data/README.md names each data file, where it is from, and its licence."""
    readme, text = lesson.readme_path, lesson.readme
    files = [path for path in sorted(readme.parent.glob("*")) if path != readme]
    if not files:
        return
    if not text.strip():
        message = _("The lesson has data, and nothing says where they are from.")
        yield lesson.in_file(readme, "", message, _("Write it: source, licence, what one row is."))
        return
    for pattern, what in ((LICENCE, _("licence")), (SOURCE, _("source"))):
        if not pattern.search(text):
            message = _("The {what} of the data is missing.")
            mend = _("Name it, as in: Published by NOAA, public domain.")
            yield lesson.in_file(readme, "", message, mend, what=what)
    for path in files:
        if path.is_file() and path.name not in text:
            message = _("The data file {name} is not named.")
            mend = _("Say in a line of its own what it holds and where it is from.")
            yield lesson.in_file(readme, "", message, mend, name=path.name)


@rule("row-unit", WARNING)
def the_unit_of_a_row_is_stated(lesson: Linted) -> Iterator[Finding]:
    """data/README.md says what one row is."""
    if lesson.readme.strip() and not ROW.search(lesson.readme):
        message = _("Nothing says what one row of the data stands for.")
        mend = _("Add a sentence, as in: **One row** is one penguin in one season.")
        yield lesson.in_file(lesson.readme_path, "", message, mend)


@rule("asks", WARNING)
def the_lesson_asks_something(lesson: Linted) -> Iterator[Finding]:
    """The notebook shows checks."""
    if not any(cell.checks for cell in lesson.cells):
        message = _("The notebook asks nothing: no cell shows a check.")
        mend = _("Write a check in {file} and show it with checks.its_name in a cell.")
        yield lesson.in_file(lesson.path, "", message, mend, file=CHECKS_FILE)
