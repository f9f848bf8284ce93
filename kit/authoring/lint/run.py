"""A run of lint: every rule over a course, or over one of its lessons."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kit.authoring.lint.finding import ERROR, Finding
from kit.authoring.lint.kernel import run_cells
from kit.authoring.lint.linted import Linted, LintedCourse, Runner
from kit.authoring.lint.rules import COURSE_RULES, LESSON_RULES
from kit.course import COURSE_FILE, load_course
from kit.errors import CourseError

COURSE_FILE_RULE = "course-file"

Reached = Callable[[str, int, int], None]
"""Called with a lesson's id and how many of how many rules are done with."""


@dataclass(frozen=True)
class Report:
    """What was found, in the order of the rules, course first; and in how many lessons."""

    findings: tuple[Finding, ...]
    lessons: int

    @property
    def has_errors(self) -> bool:
        return any(finding.severity is ERROR for finding in self.findings)


def lint(
    folder: Path,
    lesson_id: str = "",
    *,
    runner: Runner = run_cells,
    reached: Reached = lambda *_: None,
) -> Report:
    """Look at a course, or at one of its lessons, with every rule.

    Args:
        folder: of course.toml.
        lesson_id: "" for all lessons.
        runner: runs the code cells of a notebook.
        reached: told of the progress.

    Raises:
        CourseError: the course has no such lesson.
    """
    try:
        course = load_course(folder)
    except CourseError as error:
        path = folder / COURSE_FILE
        finding = Finding(path, "", error.what, error.mend, COURSE_FILE_RULE, ERROR)
        return Report((finding,), 0)
    lessons = [course.lesson(lesson_id)] if lesson_id else course.lessons
    findings = [each for rule in COURSE_RULES for each in rule.findings(LintedCourse(course))]
    if lesson_id:
        findings = [each for each in findings if each.path.parent == lessons[0].folder]
    for lesson in lessons:
        findings += _lint_lesson(Linted(course, lesson, runner), reached)
    return Report(tuple(findings), len(lessons))


def _lint_lesson(lesson: Linted, reached: Reached) -> list[Finding]:
    findings: list[Finding] = []
    with _in_folder(lesson.lesson.folder):
        for number, rule in enumerate(LESSON_RULES):
            reached(lesson.lesson.id, number, len(LESSON_RULES))
            findings += rule.findings(lesson)
    reached(lesson.lesson.id, len(LESSON_RULES), len(LESSON_RULES))
    return findings


@contextmanager
def _in_folder(folder: Path) -> Iterator[None]:
    """Work as the lesson's kernel would: in its folder, drawing to no screen, without warnings."""
    backend = os.environ.get("MPLBACKEND")
    os.environ["MPLBACKEND"] = "agg"
    try:
        with chdir(folder if folder.is_dir() else folder.parent), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        del os.environ["MPLBACKEND"]
        if backend is not None:
            os.environ["MPLBACKEND"] = backend
