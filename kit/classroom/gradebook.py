"""nbgrader's gradebook, read in bulk and never written: SQLite or PostgreSQL, by its ``db_url``.

nbgrader's own API opens a gradebook to write to it, and asks once for each student.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kit.classroom.class_data import Gradebook, Learner, Mark, Submission, Task
from kit.errors import KitError
from kit.media.stamp import stamp
from kit.words import _

if TYPE_CHECKING:
    from sqlalchemy import Connection

SIMULATED = "simulated"
"""What students of a simulated class have for their id in an LMS."""

_STUDENTS = "SELECT id, first_name, last_name, lms_user_id FROM student ORDER BY id"
_COURSES = "SELECT DISTINCT course_id FROM assignment"
_IN_COURSE = "(:course = '' OR assignment.course_id = :course)"
_TASKS = f"""
    SELECT assignment.name, notebook.name, base_cell.name,
           coalesce(grade_cells.max_score, task_cells.max_score)
    FROM base_cell
    JOIN notebook ON base_cell.notebook_id = notebook.id
    JOIN assignment ON notebook.assignment_id = assignment.id
    LEFT JOIN grade_cells ON grade_cells.id = base_cell.id
    LEFT JOIN task_cells ON task_cells.id = base_cell.id
    WHERE base_cell.type IN ('GradeCell', 'TaskCell') AND {_IN_COURSE}
    ORDER BY assignment.name, notebook.name, base_cell.name
"""  # noqa: S608 - the names are ours
_SUBMISSIONS = f"""
    SELECT submitted_assignment.student_id, assignment.name, notebook.name, submitted_notebook.id,
           coalesce(submitted_notebook.late_submission_penalty, 0)
    FROM submitted_notebook
    JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
    JOIN assignment ON submitted_assignment.assignment_id = assignment.id
    JOIN notebook ON submitted_notebook.notebook_id = notebook.id
    WHERE {_IN_COURSE}
    ORDER BY submitted_assignment.student_id, assignment.name, notebook.name
"""  # noqa: S608
_MARKS = f"""
    SELECT submitted_assignment.student_id, assignment.name, notebook.name, base_cell.name,
           CASE WHEN grade.manual_score IS NULL AND grade.needs_manual_grade THEN NULL
                ELSE coalesce(grade.manual_score, grade.auto_score)
                     + coalesce(grade.extra_credit, 0) END
    FROM grade
    JOIN base_cell ON grade.cell_id = base_cell.id
    JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
    JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
    JOIN assignment ON submitted_assignment.assignment_id = assignment.id
    JOIN notebook ON submitted_notebook.notebook_id = notebook.id
    WHERE {_IN_COURSE}
"""  # noqa: S608
_GIVEN = f"""
    SELECT assignment.name, notebook.name, source_cell.source
    FROM source_cell
    JOIN notebook ON source_cell.notebook_id = notebook.id
    JOIN assignment ON notebook.assignment_id = assignment.id
    WHERE source_cell.source IS NOT NULL AND {_IN_COURSE}
    ORDER BY assignment.name, notebook.name, source_cell.name
"""  # noqa: S608

Result = TypeVar("Result")


def read_gradebook(db_url: str, course_id: str = "") -> Gradebook:
    """The marks of a course, or of all that are in the gradebook where it knows no such course.

    One that is not there yet is an empty one.

    Raises:
        KitError: it is no gradebook, is damaged, or cannot be reached.
    """
    return _read(db_url, course_id, _marks, Gradebook())


def read_given(db_url: str, course_id: str = "") -> dict[tuple[str, str], list[str]]:
    """The texts of the cells that assignments give, by assignment and notebook.

    Raises:
        KitError: see ``read_gradebook``.
    """
    return _read(db_url, course_id, _given, {})


def gradebook_stamp(db_url: str) -> str:
    """Changes whenever the gradebook does; "" where that cannot be told without asking it."""
    file = _file_of(db_url)
    if not file:
        return ""
    return "/".join([str(file), stamp(file), stamp(file.with_name(f"{file.name}-wal"))])


def _marks(connection: Connection, course: Mapping[str, str]) -> Gradebook:
    from sqlalchemy import text

    def rows(query: str) -> Iterator[Any]:
        return iter(connection.execute(text(query), dict(course)))

    students = list(rows(_STUDENTS))
    return Gradebook(
        learners=[
            Learner(each.id, " ".join(filter(None, (each.first_name, each.last_name))))
            for each in students
        ],
        tasks=[Task(*row) for row in rows(_TASKS)],
        submissions=[Submission(*row) for row in rows(_SUBMISSIONS)],
        marks=[Mark(*row) for row in rows(_MARKS)],
        simulated=any(each.lms_user_id == SIMULATED for each in students),
    )


def _given(connection: Connection, course: Mapping[str, str]) -> dict[tuple[str, str], list[str]]:
    from sqlalchemy import text

    given: dict[tuple[str, str], list[str]] = defaultdict(list)
    for assignment, notebook, source in connection.execute(text(_GIVEN), dict(course)):
        given[assignment, notebook].append(source)
    return dict(given)


def _read(
    db_url: str,
    course_id: str,
    ask: Callable[[Connection, Mapping[str, str]], Result],
    nothing: Result,
) -> Result:
    from sqlalchemy import create_engine, make_url, text
    from sqlalchemy.pool import NullPool

    with _told(db_url):
        url = make_url(db_url)
        if file := _file_of(db_url):
            if not file.exists():
                return nothing
            # Opened in any other way, SQLite would make a file, and mend one of a killed program.
            url = make_url(f"sqlite:///{file.as_uri()}?mode=ro&uri=true")
        engine = create_engine(url, poolclass=NullPool)
        with engine.connect() as connection:
            courses = {row[0] for row in connection.execute(text(_COURSES))}
            return ask(connection, {"course": course_id if course_id in courses else ""})


def _file_of(db_url: str) -> Path | None:
    """The file of an SQLite database; None for another one.

    Told from the address as it is: to import SQLAlchemy takes longer than a page has.
    """
    scheme, _slashes, rest = db_url.partition(":///")
    path = rest.partition("?")[0]
    return Path(path).absolute() if scheme.split("+")[0] == "sqlite" and path else None


@contextmanager
def _told(db_url: str) -> Iterator[None]:
    """What databases and their drivers raise, as one sentence of ours."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, ImportError, OSError, UnicodeError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        raise KitError(
            _("The gradebook {url} cannot be read: {reason}.").format(
                url=_without_password(db_url), reason=reason.rstrip(".")
            ),
            _mend(reason),
        ) from error


def _mend(reason: str) -> str:
    if "no such" in reason or "does not exist" in reason:
        return _("If an older nbgrader made it, type: nbgrader db upgrade. It was not changed.")
    if "locked" in reason:
        return _("Wait until grading is done, then reload. It was not changed.")
    return _("Put a copy of it in its place. It was not changed.")


def _without_password(db_url: str) -> str:
    from sqlalchemy import make_url
    from sqlalchemy.exc import SQLAlchemyError

    try:
        url = make_url(db_url)
    except SQLAlchemyError:
        return "db_url"  # whatever is in it
    return str(_file_of(db_url) or url.render_as_string(hide_password=True))
