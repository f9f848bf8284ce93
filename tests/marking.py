"""Stock nbgrader over a course directory, start to end, in one process.

    python -m tests.marking FOLDER

``FOLDER`` is a copy of ``assignments/``. What students hand in is in its ``handed-in.json``: by
assignment, student and cell, what they wrote into the cells of the released notebook. What they get
for it is written to ``marks.json``: by assignment, student and cell.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from nbgrader.apps import AutogradeApp, GenerateAssignmentApp

from kit.kernels.owner import NAME, zygotes


def mark(folder: Path) -> None:
    """Release each assignment, hand it in for every student, and mark it."""
    os.chdir(folder)  # nbgrader reads the configuration of the working folder
    handed_in = json.loads(Path("handed-in.json").read_text(encoding="utf-8"))
    for assignment, students in handed_in.items():
        run(GenerateAssignmentApp, assignment)
        for student, cells in students.items():
            hand_in(assignment, student, cells)
        run(AutogradeApp, assignment)
    Path("marks.json").write_text(json.dumps(marks()), encoding="utf-8")


def run(app: Any, *arguments: str) -> None:
    """One of nbgrader's commands, as its command line runs it.

    Raises:
        SystemExit: it failed.
    """
    command = app.instance()
    command.initialize([*arguments])
    command.start()
    app.clear_instance()  # there may be one at a time


def hand_in(assignment: str, student: str, cells: dict[str, str]) -> None:
    """Put a student's words into cells of the released notebook; the other cells stay."""
    (released,) = Path("release", assignment).glob("*.ipynb")
    notebook = nbformat.read(released, as_version=4)
    for cell in notebook.cells:
        cell.source = cells.get(cell.id, cell.source)
    place = Path("submitted", student, assignment)
    place.mkdir(parents=True)
    nbformat.write(notebook, place / released.name)


def marks() -> dict[str, dict[str, dict[str, dict[str, Any]]]]:
    """What the gradebook says of each cell: points, and whether the teacher is still to mark it."""
    found: dict[str, dict[str, dict[str, dict[str, Any]]]] = {}
    with Gradebook(f"sqlite:///{Path('gradebook.db').absolute()}") as gradebook:
        for submission in (each for one in gradebook.assignments for each in one.submissions):
            students = found.setdefault(submission.assignment.name, {})
            students[submission.student.id] = {
                grade.name: {"points": grade.score, "by_hand": grade.needs_manual_grade}
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
    return found


def fork_kernels(folder: Path) -> None:
    """Let kernels be forked from a process that has imported what students use."""
    # That process asks for the way to draw before there is a kernel that could say it.
    settings = folder / "matplotlibrc"
    settings.write_text("backend: module://matplotlib_inline.backend_inline\n", encoding="utf-8")
    os.environ["MATPLOTLIBRC"] = str(settings)
    os.environ.setdefault("JUPYTER_DEFAULT_PROVISIONER_NAME", NAME)
    zygotes.modules = ("pandas", "pandas.io.formats.html", "matplotlib.pyplot")


if __name__ == "__main__":
    fork_kernels(Path(sys.argv[1]))
    mark(Path(sys.argv[1]))
    zygotes.close()
