"""A lesson's progress as pages show it: words, and done and total by section."""

from __future__ import annotations

from typing import Any

from kit.course import Lesson
from kit.progress import LessonProgress
from kit.words import ngettext


def summary(lesson: Lesson, progress: LessonProgress) -> dict[str, Any]:
    """done and total checks of the lesson and of each section, and the same in words."""
    done, total = progress.done(lesson.check_ids), len(lesson.check_ids)
    return {
        "done": done,
        "total": total,
        "words": words_done(done, total),
        "problem": "",
        "sections": {
            section.id: _of_section(
                progress, [item.id for item in section.items if item.kind == "check"]
            )
            for section in lesson.sections
        },
    }


def words_done(done: int, total: int) -> str:
    """ "3 of 7 checks"."""
    return ngettext("{done} of {n} check", "{done} of {n} checks", total, done=done)


def questions_done(done: int, total: int) -> str:
    """ "3 of 7 questions"."""
    return ngettext("{done} of {n} question", "{done} of {n} questions", total, done=done)


def _of_section(progress: LessonProgress, check_ids: list[str]) -> dict[str, int]:
    return {"done": progress.done(check_ids), "total": len(check_ids)}
