"""What nbgrader makes of a simulated class, by its own API: releases and the gradebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kit.classroom.course_directory import CourseDirectory
from kit.classroom.gradebook import SIMULATED
from kit.errors import NewError
from kit.programs import find_own_programs
from kit.simulation.people import Person
from kit.words import _


@dataclass(frozen=True)
class Graded:
    """A notebook that was handed in: ``points`` by cell, None for one that waits to be marked."""

    person: Person
    assignment: str
    notebook: str
    at: datetime
    points: Mapping[str, float | None]


def release(where: CourseDirectory, assignment: str) -> None:
    """Make an assignment's release, and its entries in the gradebook.

    Raises:
        NewError: nbgrader cannot; says what it says.
    """
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    from kit.grading.course import reason_in

    config = Config()
    config.CourseDirectory.root = str(where.root)
    config.CourseDirectory.db_url = where.db_url
    config.CourseDirectory.course_id = where.course_id or "simulated"
    config.Application.log_level = "CRITICAL"
    find_own_programs()
    done = NbGraderAPI(config=config).generate_assignment(assignment)
    if not done["success"]:
        said = reason_in(f"{done.get('error', '')}\n{done.get('log', '')}")
        raise NewError(
            _("nbgrader cannot release the assignment {name}: {said}.").format(
                name=assignment, said=said
            ),
            _("See what is wrong with it: nbgrader generate_assignment {name}").format(
                name=assignment
            ),
        )


def write_gradebook(
    where: CourseDirectory, people: Sequence[Person], graded: Sequence[Graded]
) -> None:
    """Enter learners and marks, in one transaction."""
    from nbgrader import api

    find_own_programs()
    book = api.Gradebook(where.db_url, course_id=where.course_id or "simulated")
    with closing(book):
        book.db.add_all(
            api.Student(
                id=each.id, first_name=each.given, last_name=each.family,
                email=f"{each.id}@simulated.invalid", lms_user_id=SIMULATED,
            )
            for each in people
        )  # fmt: skip
        book.db.flush()
        notebooks = {
            (assignment.name, notebook.name): notebook
            for assignment in book.assignments
            for notebook in assignment.notebooks
        }
        cells = {
            place: {cell.name: cell.id for cell in notebook.grade_cells}
            for place, notebook in notebooks.items()
        }
        solved = {
            place: {cell.name: cell.id for cell in notebook.solution_cells}
            for place, notebook in notebooks.items()
        }
        handed_in: dict[tuple[str, str], str] = {}
        for each in graded:
            place = (each.assignment, each.notebook)
            own = (each.person.id, each.assignment)
            if own not in handed_in:
                handed_in[own] = api.new_uuid()
                book.db.add(
                    api.SubmittedAssignment(
                        id=handed_in[own], assignment_id=notebooks[place].assignment_id,
                        student_id=each.person.id, timestamp=each.at.replace(tzinfo=None),
                    )
                )  # fmt: skip
            key = api.new_uuid()
            book.db.add(
                api.SubmittedNotebook(
                    id=key, assignment_id=handed_in[own], notebook_id=notebooks[place].id
                )
            )
            book.db.add_all(
                api.Grade(
                    notebook_id=key, cell_id=cell,
                    **_score(name, each.points, by_hand=name in solved[place]),
                )
                for name, cell in cells[place].items()
            )  # fmt: skip
            book.db.add_all(
                api.Comment(notebook_id=key, cell_id=cell) for cell in solved[place].values()
            )
        book.db.commit()


def _score(
    cell: str, points: Mapping[str, float | None], *, by_hand: bool
) -> dict[str, float | bool | None]:
    score = points.get(cell, 0.0)
    which = "manual_score" if by_hand and score is not None else "auto_score"
    return {which: score, "needs_manual_grade": score is None}


def source_notebooks(root: Path) -> list[Path]:
    """The notebooks of all assignments that a teacher wrote, by their names."""
    return sorted((root / "source").glob("[!.]*/[!.]*.ipynb"))
