"""Grades as files that other programs take: a table of our own, Canvas, Moodle and Brightspace.

The columns are those that each of them documents for the import of grades.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kit.grading.ledger import Ledger

_FORMULA = {*"=+-@\t\r\n"}
"""How one begins; spreadsheets take wide letters, too."""


@dataclass(frozen=True)
class Grade:
    """What a student has of an assignment.

    Attributes:
        score: points, after what was taken off for being late; None where nothing was handed in.
        penalty: what was taken off.
        waits: whether something is still to be marked by hand.
    """

    assignment: str
    student: str
    first_name: str
    last_name: str
    email: str
    lms_id: str
    score: float | None
    max_score: float
    penalty: float = 0.0
    waits: bool = False


def grades(ledger: Ledger, assignments: Sequence[str] = ()) -> list[Grade]:
    """All of the gradebook, by assignment and student.

    Args:
        assignments: only these.
    """
    found = []
    students = sorted(ledger.students, key=lambda each: each.id)
    for assignment in sorted(ledger.assignments, key=lambda each: each.name):
        if assignments and assignment.name not in assignments:
            continue
        submitted = {each.student_id: each for each in assignment.submissions}
        for student in students:
            about = {
                "assignment": assignment.name,
                "student": student.id,
                "first_name": student.first_name or "",
                "last_name": student.last_name or "",
                "email": student.email or "",
                "lms_id": student.lms_user_id or "",
                "max_score": assignment.max_score,
            }
            one = submitted.get(student.id)
            if one is None:
                found.append(Grade(**about, score=None))
                continue
            penalty = one.late_submission_penalty or 0.0
            score = max(0.0, one.score - penalty)
            found.append(Grade(**about, score=score, penalty=penalty, waits=one.needs_manual_grade))
    return found


def as_csv(found: Sequence[Grade]) -> str:
    """A row for each student and assignment."""
    names = list(Grade.__dataclass_fields__)
    return _table(names, ([getattr(each, name) for name in names] for each in found))


def as_canvas(found: Sequence[Grade]) -> str:
    """A column for each assignment, and a row with the points that there are."""
    first = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    most = {each.assignment: each.max_score for each in found}
    possible: list[Any] = ["Points Possible", "", "", "", "", *most.values()]
    rows = (
        [_name(one), one.lms_id, one.student, one.email or one.student, "", *scores]
        for one, scores in _by_student(found, list(most))
    )
    return _table([*first, *most], [possible, *rows])


def as_moodle(found: Sequence[Grade]) -> str:
    """A column for each assignment; students by ID number and e-mail address."""
    names = list(dict.fromkeys(each.assignment for each in found))
    rows = (
        [one.first_name, one.last_name, one.student, one.email, *scores]
        for one, scores in _by_student(found, names)
    )
    return _table(["First name", "Last name", "ID number", "Email address", *names], rows)


def as_brightspace(found: Sequence[Grade]) -> str:
    """A column of points for each assignment, and the sign that a row ends."""
    names = list(dict.fromkeys(each.assignment for each in found))
    columns = [f"{each} Points Grade" for each in names]
    rows = ([f"#{one.student}", *scores, "#"] for one, scores in _by_student(found, names))
    return _table(["OrgDefinedId", *columns, "End-of-Line Indicator"], rows)


FORMS: dict[str, Callable[[Sequence[Grade]], str]] = {
    "csv": as_csv,
    "canvas": as_canvas,
    "moodle": as_moodle,
    "brightspace": as_brightspace,
}


def _by_student(
    found: Sequence[Grade], names: Sequence[str]
) -> Iterator[tuple[Grade, list[float | str]]]:
    students: dict[str, dict[str, Grade]] = {}
    for each in found:
        students.setdefault(each.student, {})[each.assignment] = each
    for of in students.values():
        scores = [of[name].score for name in names]
        yield next(iter(of.values())), ["" if each is None else each for each in scores]


def _name(one: Grade) -> str:
    return ", ".join(filter(None, [one.last_name, one.first_name])) or one.student


def _table(head: Sequence[str], rows: Any) -> str:
    """Names that begin like a formula are no formula to a spreadsheet."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow([_plain(each) for each in row])
    return written.getvalue()


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, str) and unicodedata.normalize("NFKC", value)[:1] in _FORMULA:
        return f"'{value}"
    return value
