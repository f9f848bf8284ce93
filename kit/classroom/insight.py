"""What a teacher sees of a class, as data: the dashboard and ``kit insight`` show the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kit.classroom.choice import Choice
from kit.classroom.class_data import (
    ClassData,
    ClassProgress,
    ClassWork,
    Gradebook,
    Learner,
    Pair,
    Task,
)
from kit.classroom.items import Item, items_of
from kit.classroom.mistakes import ErrorMet, WrongAnswer, errors_met, wrong_answers
from kit.classroom.sections import Column, Row, Stuck, columns_of, rows_of, stuck_in
from kit.course import Course


@dataclass(frozen=True)
class Total:
    """What a learner has for an assignment.

    Attributes:
        points: so far, less what being late cost; at least 0.
        most: what can be got.
        waiting: how many answers wait to be marked by hand.
        key: nbgrader's id of the (first) notebook that was handed in.
    """

    points: float
    most: float
    waiting: int
    key: str

    @property
    def share(self) -> float:
        return self.points / self.most if self.most else 0.0


@dataclass(frozen=True)
class LessonInsight:
    """What was done in lessons.

    Attributes:
        rows: of all learners that are meant, also of those who handed in no progress.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    stuck: Sequence[Stuck]
    wrong: Sequence[WrongAnswer]

    @property
    def seen(self) -> int:
        """How many learners have done anything."""
        return sum(bool(row.at) for row in self.rows)


@dataclass(frozen=True)
class MarksInsight:
    """What was handed in and marked; ``totals`` by learner, then by assignment."""

    assignments: Sequence[str]
    totals: Mapping[str, Mapping[str, Total]]
    items: Sequence[Item]


@dataclass(frozen=True)
class WorkInsight:
    """What is in the notebooks that were handed in."""

    errors: Sequence[ErrorMet]
    similar: Sequence[Pair]


class Insight:
    """A class as it is looked at; each part is read when it is first asked for.

    Args:
        choice: what of it is looked at.
    """

    def __init__(self, course: Course, data: ClassData, choice: Choice) -> None:
        self.course, self.choice = course, choice
        self._data = data

    @cached_property
    def book(self) -> Gradebook:
        return self._data.gradebook()

    @cached_property
    def progress(self) -> ClassProgress:
        return self._data.progress()

    @cached_property
    def handed_in(self) -> ClassWork:
        return self._data.work()

    @cached_property
    def everybody(self) -> list[Learner]:
        """All of the class, of the gradebook and those of whom there is only progress, by id."""
        known = {each.id: each for each in self.book.learners}
        ids = {each.learner for each in self.progress.places} | known.keys()
        return [known.get(each, Learner(each)) for each in sorted(ids)]

    @cached_property
    def learners(self) -> list[Learner]:
        """Those who are meant."""
        return self.choice.of(self.everybody)

    @cached_property
    def in_the_book(self) -> list[Learner]:
        """Those of them who are in the gradebook; known before progress is read."""
        return self.choice.of(self.book.learners)

    @cached_property
    def lessons(self) -> LessonInsight:
        columns = columns_of(self.course, self.choice.lesson, self.choice.section)
        ids = [each.id for each in self.learners]
        return LessonInsight(
            columns,
            rows_of(columns, self.progress, ids),
            stuck_in(columns, self.progress, set(ids)),
            wrong_answers(columns, self.progress.tried, set(ids)),
        )

    @cached_property
    def marks(self) -> MarksInsight:
        book, choice = self.book, self.choice
        tasks = [each for each in book.tasks if choice.assignment in {"", each.assignment}]
        meant = {each.id for each in self.in_the_book}
        return MarksInsight(
            tuple(dict.fromkeys(each.assignment for each in tasks)),
            _totals(book, tasks, meant),
            items_of(tasks, book.marks, meant),
        )

    @cached_property
    def work(self) -> WorkInsight:
        choice = self.choice
        meant = {each.id for each in self.learners}
        works = [
            each for each in self.handed_in.works if choice.assignment in {"", each.assignment}
        ]
        pairs = [
            each
            for each in self._data.similar()
            if choice.assignment in {"", each.assignment} and {each.one, each.other} & meant
        ]
        return WorkInsight(errors_met(works, meant), pairs)

    @property
    def keys(self) -> dict[tuple[str, str, str], str]:
        """nbgrader's ids of submissions, by learner, assignment and notebook."""
        return {each[:3]: each.key for each in self.book.submissions}


def _totals(
    book: Gradebook, tasks: Sequence[Task], learners: set[str]
) -> dict[str, dict[str, Total]]:
    most: dict[str, float] = defaultdict(float)
    for task in tasks:
        most[task.assignment] += task.most
    points: dict[tuple[str, str], float] = defaultdict(float)
    waiting: dict[tuple[str, str], int] = defaultdict(int)
    for mark in book.marks:
        points[mark[:2]] += mark.points or 0.0
        waiting[mark[:2]] += mark.points is None
    keys: dict[tuple[str, str], str] = {}
    for submission in book.submissions:
        keys.setdefault(submission[:2], submission.key)
        points[submission[:2]] -= submission.penalty
    totals: dict[str, dict[str, Total]] = defaultdict(dict)
    for (learner, assignment), key in keys.items():
        if learner in learners and assignment in most:
            place = (learner, assignment)
            total = Total(max(0.0, points[place]), most[assignment], waiting[place], key)
            totals[learner][assignment] = total
    return dict(totals)
