"""A small assignment in a course folder of its own, and what students hand in for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from kit.grading.autograde import Graded
from kit.grading.course import GradingCourse

NAME, NOTEBOOK = "p1", "small.ipynb"
SETTINGS = """
c = get_config()
c.CourseDirectory.course_id = "small"
c.Execute.timeout = 4
c.ConfinedExecute.limits = {"memory_bytes": 600 * 2**20}
"""
SQUARE = "def square(n):\n    ### BEGIN SOLUTION\n    return n * n\n    ### END SOLUTION"
HALF = "def half(n):\n    ### BEGIN SOLUTION\n    return n / 2\n    ### END SOLUTION"
TEST_SQUARE = (
    "assert square(2) == 4, 'Two times two is four.'\n"
    "### BEGIN HIDDEN TESTS\nassert square(3) == 9\n### END HIDDEN TESTS"
)
TEST_HALF = (
    "points = 1\n### BEGIN HIDDEN TESTS\nif half(3) == 1.5:\n    points = 4\n### END HIDDEN TESTS\n"
    "points"
)
TEST_AGAIN = "assert square(5) == 25"
POINTS = {"test-square": 2.0, "test-half": 4.0, "why": 3.0, "test-again": 1.0}
RIGHT = {"test-square": 2.0, "test-half": 4.0, "why": None, "test-again": 1.0}


def _about(grade_id: str, **more: Any) -> dict[str, Any]:
    whole = {"grade": False, "solution": False, "locked": False, "task": False, **more}
    return {"nbgrader": {"grade_id": grade_id, "schema_version": 3, **whole}}


def source() -> NotebookNode:
    """As a teacher writes it."""
    solution = {"solution": True}

    def test(grade_id: str) -> dict[str, Any]:
        return _about(grade_id, grade=True, locked=True, points=POINTS[grade_id])

    cells = [
        new_markdown_cell("# Small", metadata=_about("intro", locked=True)),
        new_code_cell(SQUARE, metadata=_about("square", **solution)),
        new_code_cell(TEST_SQUARE, metadata=test("test-square")),
        new_code_cell(HALF, metadata=_about("half", **solution)),
        new_code_cell(TEST_HALF, metadata=test("test-half")),
        new_markdown_cell("Because.", metadata=_about("why", grade=True, points=3.0, **solution)),
        new_code_cell(TEST_AGAIN, metadata=test("test-again")),
    ]
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": spec})


def write_course(folder: Path, settings: str = "") -> GradingCourse:
    """A course with the assignment, as its teacher wrote it."""
    (folder / "source" / NAME).mkdir(parents=True, exist_ok=True)
    (folder / "nbgrader_config.py").write_text(SETTINGS + settings)
    nbformat.write(source(), folder / "source" / NAME / NOTEBOOK)
    (folder / "source" / NAME / "data.txt").write_text("from the teacher")
    return GradingCourse(folder)


def make_course(folder: Path) -> GradingCourse:
    """The course with the assignment released."""
    course = write_course(folder)
    course.release(NAME)
    return course


def released(course: GradingCourse) -> NotebookNode:
    """What students get."""
    return nbformat.read(course.folder / "release" / NAME / NOTEBOOK, as_version=4)


def cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    return next(
        each
        for each in notebook.cells
        if each.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def answered(course: GradingCourse, **sources: str) -> NotebookNode:
    """A notebook with answers in its cells: right ones, where nothing else is given."""
    notebook = released(course)
    right = {
        "square": "def square(n):\n    return n * n",
        "half": "def half(n):\n    return n / 2",
        "why": "I think so.",
    }
    for grade_id, text in {**right, **sources}.items():
        cell(notebook, grade_id).source = text
    return notebook


def hand_in(course: GradingCourse, student: str, notebook: NotebookNode | bytes | str) -> Path:
    """Put a notebook, or what shall be one, where it would be after it was collected."""
    folder = course.folder / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NOTEBOOK
    if isinstance(notebook, NotebookNode):
        notebook = json.dumps(notebook)
    path.write_bytes(notebook.encode() if isinstance(notebook, str) else notebook)
    return path


def marks(course: GradingCourse, student: str) -> Mapping[str, float | None]:
    """What stands in the gradebook, by cell."""
    with course.ledger() as ledger:
        submission = ledger.find_submission(NAME, student)
        return {
            each.cell.name: each.auto_score
            for notebook in submission.notebooks
            for each in notebook.grades
        }


def by_student(graded: list[Graded]) -> dict[str, Graded]:
    return {each.student: each for each in graded}
