"""How far each learner is in each section, and where learners are stuck."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kit.classroom.class_data import ClassProgress, Tried
from kit.course import Course

STUCK_AFTER = 3
"""Wrong answers to one check, and no right one: the checks of a lesson then show their solution."""


@dataclass(frozen=True)
class Column:
    """A section that asks something: ``checks`` are the ids of its checks."""

    lesson: str
    lesson_title: str
    section: str
    title: str
    checks: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A learner's way through the columns.

    Attributes:
        done: how many checks of each column were answered right.
        tried: how many of the others were answered at all.
        at: when the learner was last in any of these lessons (ISO 8601, UTC); "" for never.
    """

    learner: str
    done: tuple[int, ...]
    tried: tuple[int, ...]
    at: str = ""


@dataclass(frozen=True)
class Stuck:
    """A check that learners answered wrong at least ``STUCK_AFTER`` times, and never right.

    Attributes:
        learners: who.
        tried_by: how many learners answered it at all.
    """

    lesson: str
    section: str
    check: str
    learners: tuple[str, ...]
    tried_by: int


def columns_of(course: Course, lesson: str = "", section: str = "") -> list[Column]:
    """The sections with checks, of the course, of one lesson or just one."""
    return [
        Column(each.id, each.title, part.id, part.title, checks)
        for each in course.lessons
        if lesson in {"", each.id}
        for part in each.sections
        if section in {"", part.id}
        and (checks := tuple(item.id for item in part.items if item.kind == "check"))
    ]


def rows_of(
    columns: Sequence[Column], progress: ClassProgress, learners: Iterable[str]
) -> list[Row]:
    """A row for each of the learners, in their order."""
    states = {(each.learner, each.lesson, each.check): each.passed for each in progress.tried}
    lessons = {column.lesson for column in columns}
    latest: dict[str, str] = defaultdict(str)
    for place in progress.places:
        if place.lesson in lessons:
            latest[place.learner] = max(latest[place.learner], place.at)

    def count(learner: str, *, passed: bool) -> tuple[int, ...]:
        return tuple(
            sum(states.get((learner, each.lesson, check)) is passed for check in each.checks)
            for each in columns
        )

    return [
        Row(each, count(each, passed=True), count(each, passed=False), latest[each])
        for each in learners
    ]


def stuck_in(
    columns: Sequence[Column], progress: ClassProgress, learners: Collection[str]
) -> list[Stuck]:
    """The checks at which any of the learners are stuck, those with most of them first."""
    by_check: dict[tuple[str, str], list[Tried]] = defaultdict(list)
    for each in progress.tried:
        if each.learner in learners:
            by_check[each.lesson, each.check].append(each)
    found = []
    for column in columns:
        for check in column.checks:
            tried = by_check[column.lesson, check]
            stuck = tuple(each.learner for each in tried if is_stuck(each))
            if stuck:
                found.append(Stuck(column.lesson, column.section, check, stuck, len(tried)))
    return sorted(found, key=lambda each: -len(each.learners))


def is_stuck(tried: Tried) -> bool:
    return not tried.passed and tried.attempts >= STUCK_AFTER
