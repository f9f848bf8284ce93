"""nbgrader's gradebook, opened once: what is asked for often is remembered, and what belongs
together is written in one transaction.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nbgrader import api
from nbgrader.api import Gradebook, SubmittedAssignment
from nbgrader.preprocessors import latesubmissions, overwritecells, overwritekernelspec
from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    Float,
    MetaData,
    String,
    Table,
    delete,
    event,
    insert,
    select,
)

from kit.errors import KitError
from kit.words import _

LEAST_ROOM = 2**20
"""Bytes on a disk, below which SQLite may be unable even to read."""

_SQLITE = "sqlite:///"
_OPEN_BY_THEMSELVES: tuple[Any, ...] = (overwritecells, overwritekernelspec, latesubmissions)

_OURS = MetaData()

ATTEMPTS = Table(
    "kit_attempt",
    _OURS,
    Column("id", String(36), primary_key=True),
    Column("assignment", String(128), nullable=False, index=True),
    Column("student", String(128), nullable=False, index=True),
    Column("graded_at", DateTime, nullable=False),
    Column("submitted_at", DateTime),
    Column("digest", String(64), nullable=False),
    Column("score", Float, nullable=False),
    Column("max_score", Float, nullable=False),
    Column("details", JSON, nullable=False),
)
"""Every grading of a submission. ``details``: by notebook, its marks by cell, outcomes, seconds,
seed and versions; nothing is ever changed or deleted."""

EXTENSIONS = Table(
    "kit_extension",
    _OURS,
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("until", DateTime, nullable=False),
)
"""Until when a student may hand in; nbgrader keeps that only once something was handed in."""


@dataclass(frozen=True)
class Attempt:
    """One grading of a submission; see ``ATTEMPTS``."""

    id: str
    assignment: str
    student: str
    digest: str
    score: float
    max_score: float
    details: Mapping[str, Any]
    submitted_at: datetime | None = None
    graded_at: datetime | None = None


def open_ledger(db_url: str, course_id: str) -> Ledger:
    """The gradebook at an address of SQLAlchemy's.

    Raises:
        KitError: it cannot be opened, or not be written.
    """
    try:
        return Ledger(db_url, course_id)
    except Exception as error:  # of SQLAlchemy, of the driver, or of alembic
        place = Path(db_url.removeprefix(_SQLITE))
        raise KitError(
            _("The gradebook {name} cannot be opened: {reason}.").format(
                name=place.name, reason=reason_of(error, place.parent)
            ),
            _("Is it a gradebook, and may you write it? Copies are in .kit-backups beside it."),
        ) from error


def reason_of(error: Exception, folder: Path) -> str:
    """What an error says that is not ours; SQLite has many words for a disk that is full."""
    if folder.is_dir() and shutil.disk_usage(folder).free < LEAST_ROOM:
        return _("there is no room left on the disk")
    said = str(getattr(error, "orig", error)).partition("\n")[0]
    return said.rstrip(".") or type(error).__name__


class Ledger(Gradebook):  # type: ignore[misc]
    """A gradebook whose methods do not commit by themselves; ``written`` does."""

    def __init__(self, db_url: str, course_id: str) -> None:
        super().__init__(db_url, course_id)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _set_up_sqlite)
            self.engine.dispose()
            self.db.remove()
        _OURS.create_all(self.engine)
        self._commit: Callable[[], None] = self.db.commit
        self.db.commit = lambda: None  # what is asked for is written first (autoflush)
        self._cells: dict[tuple[str, str], dict[str, Any]] = {}
        self._of_student: dict[tuple[str, str, str], dict[str, dict[str, Any]]] = {}

    @contextmanager
    def written(self) -> Iterator[None]:
        """All that the block changes, or nothing of it."""
        self._of_student.clear()
        try:
            yield
            self._commit()
        except BaseException:
            self.db.rollback()
            self._cells.clear()
            raise
        finally:
            self._of_student.clear()

    def add_submission(self, *what: Any, **more: Any) -> Any:
        """As ever; it is not written before it is whole."""
        with self.db.no_autoflush:
            return super().add_submission(*what, **more)

    # What nbgrader's preprocessors ask for each cell ----------------------------------------------

    def find_source_cell(self, name: str, notebook: str, assignment: str) -> Any:
        """As ever."""
        return self._known(notebook, assignment, "source", name)

    def find_graded_cell(self, name: str, notebook: str, assignment: str) -> Any:
        """As ever."""
        return self._known(notebook, assignment, "graded", name)

    def find_grade(self, grade_cell: str, notebook: str, assignment: str, student: str) -> Any:
        """As ever."""
        return self._students(notebook, assignment, student, "grades", grade_cell)

    def find_comment(self, solution_cell: str, notebook: str, assignment: str, student: str) -> Any:
        """As ever."""
        return self._students(notebook, assignment, student, "comments", solution_cell)

    def _known(self, notebook: str, assignment: str, kind: str, name: str) -> Any:
        if (notebook, assignment) not in self._cells:
            found = self.find_notebook(notebook, assignment)
            self._cells[notebook, assignment] = {
                "source": {each.name: each for each in found.source_cells},
                "graded": {each.name: each for each in [*found.grade_cells, *found.task_cells]},
            }
        return _one(self._cells[notebook, assignment][kind], name)

    def _students(self, notebook: str, assignment: str, student: str, kind: str, name: str) -> Any:
        key = (notebook, assignment, student)
        if key not in self._of_student:
            found = self.find_submission_notebook(notebook, assignment, student)
            self._of_student[key] = {
                "grades": {each.cell.name: each for each in found.grades},
                "comments": {each.cell.name: each for each in found.comments},
            }
        return _one(self._of_student[key][kind], name)

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let nbgrader's preprocessors use this one; they open it anew for each notebook."""
        before = [each.Gradebook for each in _OPEN_BY_THEMSELVES]
        for each in _OPEN_BY_THEMSELVES:
            each.Gradebook = lambda *_where: _Lent(self)
        try:
            yield
        finally:
            for each, own in zip(_OPEN_BY_THEMSELVES, before, strict=True):
                each.Gradebook = own

    # Attempts -------------------------------------------------------------------------------------

    def add_attempt(self, attempt: Attempt) -> None:
        """Keep one more."""
        row = {**vars(attempt), "graded_at": attempt.graded_at or _now()}
        self.db.execute(insert(ATTEMPTS).values(**row))

    def attempts(self, assignment: str, student: str | None = None) -> list[Attempt]:
        """All of an assignment, the oldest first."""
        asked = select(ATTEMPTS).where(ATTEMPTS.c.assignment == assignment)
        if student is not None:
            asked = asked.where(ATTEMPTS.c.student == student)
        rows = self.db.execute(asked.order_by(ATTEMPTS.c.graded_at, ATTEMPTS.c.id))
        return [Attempt(**row) for row in rows.mappings()]

    def has_attempt(self, attempt_id: str) -> bool:
        """Whether it has been written."""
        asked = select(ATTEMPTS.c.id).where(ATTEMPTS.c.id == attempt_id)
        return self.db.execute(asked).first() is not None

    # Extensions ---------------------------------------------------------------------------------

    def extend(self, assignment: str, student: str, until: datetime) -> None:
        """Let a student hand in until then (UTC, as nbgrader has its times)."""
        mine = (EXTENSIONS.c.assignment == assignment) & (EXTENSIONS.c.student == student)
        self.db.execute(delete(EXTENSIONS).where(mine))
        row = {"assignment": assignment, "student": student, "until": until}
        self.db.execute(insert(EXTENSIONS).values(**row))

    def apply_extension(self, submission: SubmittedAssignment) -> None:
        """Give a submission the time that its student has."""
        of, due = EXTENSIONS.c, submission.assignment.duedate
        mine = (of.assignment == submission.assignment.name) & (of.student == submission.student.id)
        until = self.db.execute(select(of.until).where(mine)).scalar()
        if until is not None and due is not None:
            submission.extension = max(timedelta(), until - due)


class _Lent:
    """A gradebook that its user thinks to be its own, and closes."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def __enter__(self) -> Ledger:
        return self._ledger

    def __exit__(self, *_error: object) -> None:
        """It stays open."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)


def _one(found: Mapping[str, Any], name: str) -> Any:
    if name not in found:
        raise api.MissingEntry(f"No such cell: {name}")
    return found[name]


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """Readers do not wait for the writer, and the writer waits for others before it gives up."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA busy_timeout=30000")
    connection.execute("PRAGMA synchronous=FULL")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)  # as nbgrader has its times
