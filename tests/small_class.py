"""A class of six learners, small enough that its figures can be worked out by hand."""

from __future__ import annotations

import json
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kit.events import Event

COURSE = "reading-the-world-in-tables"
LESSON = "01-meet-the-table"

POINTS: dict[str, tuple[float, float, float | None]] = {
    "ada": (2, 4, 9),
    "ben": (2, 3, 8),
    "eve": (1, 2, 5),
    "ida": (0, 2, 6),
    "joe": (0, 0, None),
    "kim": (1, 1, 2),
}
"""Of t1 (2 points at most), t2 (4) and report (10, by hand); Joe's report waits to be marked."""

NAMES = {"ada": ("Ada", "Lovelace"), "ben": ("Ben", ""), "eve": ("", "")}


def put_programs_on_the_path(patch: pytest.MonkeyPatch) -> None:
    """nbgrader runs alembic by its name; tests may run in a venv that is not activated."""
    here = str(Path(sys.executable).parent)
    patch.setenv("PATH", os.pathsep.join([here, os.environ.get("PATH", "")]))


def make_gradebook(
    assignments: Path, points: dict[str, tuple[float, float, float | None]] = POINTS
) -> Path:
    """A gradebook by nbgrader's own API: the assignment a1, its notebook report, three tasks."""
    from nbgrader.api import Gradebook

    file = assignments / "gradebook.db"
    with warnings.catch_warnings(), closing(Gradebook(f"sqlite:///{file}", COURSE)) as book:
        warnings.simplefilter("ignore")  # what nbgrader does of SQLAlchemy's
        book.add_assignment("a1")
        book.add_notebook("field", "a1")
        book.add_grade_cell("t1", "field", "a1", max_score=2, cell_type="code")
        book.add_grade_cell("t2", "field", "a1", max_score=4, cell_type="code")
        book.add_grade_cell("report", "field", "a1", max_score=10, cell_type="markdown")
        book.add_solution_cell("report", "field", "a1")
        given = "def report():\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"
        book.add_source_cell("report", "field", "a1", cell_type="code", source=given)
        for learner, (t1, t2, report) in points.items():
            first, last = NAMES.get(learner, ("", ""))
            book.add_student(learner, first_name=first, last_name=last)
            book.add_submission("a1", learner)
            for cell, score in (("t1", t1), ("t2", t2)):
                grade = book.find_grade(cell, "field", "a1", learner)
                grade.auto_score, grade.needs_manual_grade = score, False
            grade = book.find_grade("report", "field", "a1", learner)
            grade.manual_score, grade.needs_manual_grade = report, report is None
        book.add_student("lea", first_name="Lea")  # who has handed in nothing
        book.db.commit()
    return file


def answered(
    learner: str, check: str, outcomes: Sequence[tuple[str, str]], *, device: str = ""
) -> list[Event]:
    """What was answered to a check: each an answer and what was said to it, "" if it was right."""
    return [
        Event(
            learner=learner, course=COURSE, lesson=LESSON, verb="answered", item=check,
            result={"answer": answer, "outcome": "failed" if said else "passed", "feedback": said},
            device=device or f"laptop-{learner}-{check}", seq=number,
            at=f"2026-03-02T10:{number:02}:00+00:00",
        )
        for number, (answer, said) in enumerate(outcomes, start=1)
    ]  # fmt: skip


def write_events(file: Path, events: Sequence[Event]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{event.to_json()}\n" for event in events))
    return file


def graded_notebook(
    written: dict[str, str], errors: Sequence[tuple[str, str, str]] = ()
) -> dict[str, Any]:
    """A notebook as it comes from grading: cells that were written, and cells that failed."""
    cells = [_cell(name, source, solution=True) for name, source in written.items()]
    for name, error, message in errors:
        output = {"output_type": "error", "ename": error, "evalue": message, "traceback": []}
        cells.append({**_cell(name, "assert x", solution=False), "outputs": [output]})
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _cell(name: str, source: str, *, solution: bool) -> dict[str, Any]:
    own = {"grade_id": name, "solution": solution, "grade": not solution, "locked": not solution}
    return {
        "cell_type": "code", "id": name, "metadata": {"nbgrader": own}, "source": source,
        "outputs": [], "execution_count": None,
    }  # fmt: skip


def hand_in(assignments: Path, learner: str, notebook: dict[str, Any]) -> Path:
    """Put a graded notebook where nbgrader puts it."""
    file = assignments / "autograded" / learner / "a1" / "field.ipynb"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(notebook))
    return file
