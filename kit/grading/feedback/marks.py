"""What the gradebook says of a student's notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from nbgrader.api import Gradebook, SubmittedAssignment
from sqlalchemy import inspect, select

from kit.grading.ledger import ATTEMPTS
from kit.grading.outcomes import Outcome


@dataclass(frozen=True)
class Points:
    """For one cell.

    Attributes:
        score: with what was added; None where the teacher has still to mark it.
        extra: what of it was added.
    """

    cell: str
    score: float | None
    most: float
    extra: float


@dataclass(frozen=True)
class Marks:
    """For one notebook.

    Attributes:
        points: by cell, in no order.
        comments: the teacher's, by cell; Markdown.
        score, most: of all cells, without the ``penalty`` for being late.
        outcomes: what happened to it when it was graded.
        missing: the assignment's notebooks that were not handed in.
        graded_at: when, if the kit has graded it.
    """

    points: Mapping[str, Points]
    comments: Mapping[str, str]
    score: float
    most: float
    penalty: float
    outcomes: Sequence[Outcome] = ()
    missing: Sequence[str] = ()
    graded_at: datetime | None = None

    @property
    def result(self) -> float:
        """What counts."""
        return max(0.0, self.score - self.penalty)

    @property
    def waits(self) -> bool:
        """Whether something is still to be marked."""
        return any(each.score is None for each in self.points.values())


def read_marks(db_url: str, assignment: str, student: str, notebook: str) -> Marks:
    """What there is.

    Raises:
        MissingEntry: it is not in the gradebook.
    """
    with Gradebook(db_url) as gradebook:
        found = gradebook.find_submission_notebook(notebook, assignment, student)
        details, graded_at = _last_attempt(gradebook, found.assignment)
        outcomes = {name: each["outcomes"] for name, each in details.items()}
        return Marks(
            points={each.name: _points(each) for each in found.grades},
            comments={each.name: each.comment for each in found.comments if each.comment},
            score=found.score,
            most=found.max_score,
            penalty=found.late_submission_penalty or 0.0,
            outcomes=[Outcome(each) for each in outcomes.get(notebook, [])],
            missing=[name for name, each in outcomes.items() if Outcome.MISSING_NOTEBOOK in each],
            graded_at=graded_at,
        )


def _points(grade: object) -> Points:
    read = {name: getattr(grade, name) for name in ("auto_score", "manual_score", "extra_credit")}
    waits = read["auto_score"] is None and read["manual_score"] is None
    return Points(
        cell=str(grade.name),  # type: ignore[attr-defined]
        score=None if waits else float(grade.score),  # type: ignore[attr-defined]
        most=float(grade.max_score),  # type: ignore[attr-defined]
        extra=float(read["extra_credit"] or 0.0),
    )


def _last_attempt(
    gradebook: Gradebook, submission: SubmittedAssignment
) -> tuple[Mapping[str, Mapping[str, list[str]]], datetime | None]:
    """Its details and its time; none where what was handed in then is not what is graded now."""
    if not inspect(gradebook.engine).has_table(ATTEMPTS.name):
        return {}, None
    of = ATTEMPTS.c
    asked = select(of.details, of.graded_at, of.submitted_at).where(
        of.assignment == submission.assignment.name, of.student == submission.student.id
    )
    last = gradebook.db.execute(asked.order_by(of.graded_at.desc(), of.id.desc())).first()
    if last is None or last.submitted_at != submission.timestamp:
        return {}, None
    return last.details, last.graded_at.replace(tzinfo=UTC)
