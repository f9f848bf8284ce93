"""Where an assignment stands: who has handed in, what is graded, and what waits for the teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.grading.course import GradingCourse
    from kit.grading.ledger import Ledger


def status_of(course: GradingCourse, ledger: Ledger, found: Any) -> dict[str, Any]:
    """Of one in the gradebook, as data."""
    assignment = found.name
    handed_in = course.handed_in(assignment)
    graded = {each.student.id: each for each in found.submissions}
    scores = {name: each.score for name, each in sorted(graded.items())}
    return {
        "assignment": assignment,
        "released": course.release_folder(assignment).is_dir(),
        "due": found.duedate.isoformat() if found.duedate else None,
        "max_score": found.max_score,
        "students": len(ledger.students),
        "submitted": sorted(handed_in),
        "graded": sorted(graded),
        "to_grade": sorted(
            name
            for name, when in handed_in.items()
            if name not in graded or (when and when > (graded[name].timestamp or when))
        ),
        "to_mark_by_hand": sorted(name for name, each in graded.items() if each.needs_manual_grade),
        "late": sorted(name for name, each in graded.items() if each.total_seconds_late > 0),
        "outcomes": _outcomes(ledger, assignment),
        "scores": scores,
        "mean_score": round(sum(scores.values()) / len(scores), 2) if scores else None,
        "feedback": course.with_feedback(assignment),
        "can_collect": course.has_exchange,
    }


def _outcomes(ledger: Ledger, assignment: str) -> dict[str, list[str]]:
    """The students of each, by their last attempts."""
    found: dict[str, list[str]] = {}
    last = {each.student: each for each in ledger.attempts(assignment)}
    for student, attempt in last.items():
        for notebook in attempt.details.values():
            for each in notebook["outcomes"]:
                found.setdefault(each, []).append(student)
    return found


def not_released(course: GradingCourse, assignment: str) -> dict[str, Any]:
    """Of one that is not in the gradebook."""
    due = course.due(assignment)
    return {
        "assignment": assignment, "released": False, "due": due.isoformat() if due else None,
        "max_score": None, "students": 0, "submitted": course.submitted(assignment),
        "graded": [], "to_grade": [], "to_mark_by_hand": [], "late": [], "outcomes": {},
        "scores": {}, "mean_score": None, "feedback": course.with_feedback(assignment),
        "can_collect": course.has_exchange,
    }  # fmt: skip
