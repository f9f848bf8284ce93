"""The list of rules, and the two decorators that put a function on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kit.authoring.lint.finding import Finding, Rule, Severity
from kit.authoring.lint.linted import Linted, LintedCourse

LESSON_RULES: list[Rule[Linted]] = []
COURSE_RULES: list[Rule[LintedCourse]] = []

OfLesson = Callable[[Linted], Iterator[Finding]]
OfCourse = Callable[[LintedCourse], Iterator[Finding]]


def rule(name: str, severity: Severity) -> Callable[[OfLesson], OfLesson]:
    """Register a rule of lessons. Its docstring is its line in docs/lint.md."""

    def register(look: OfLesson) -> OfLesson:
        LESSON_RULES.append(Rule(name, severity, look))
        return look

    return register


def course_rule(name: str, severity: Severity) -> Callable[[OfCourse], OfCourse]:
    """Register a rule of courses, likewise."""

    def register(look: OfCourse) -> OfCourse:
        COURSE_RULES.append(Rule(name, severity, look))
        return look

    return register
