"""How hard each task of an assignment is, and how well it tells apart who can and who cannot.

Difficulty is the mean share of a task's points (Crocker and Algina 1986, Introduction to Classical
and Modern Test Theory, chapter 14): 1 is a task that everybody got, 0 one that nobody got.

Discrimination is the correlation (Pearson's) of a task's points with the sum of the other tasks',
the corrected item-total correlation (Henrysson 1963, Psychometrika 28, 211-218). Ebel (1965,
Measuring Educational Achievement) takes 0.4 and more for very good, below 0.2 for poor: such a task
asks something else than the others do, or its test is at fault.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from statistics import fmean

from kit.classroom.class_data import Mark, Task

FEWEST = 5
"""Learners below whom a correlation says nothing at all; below 30 it is a hint."""

POOR = 0.2


@dataclass(frozen=True)
class Item:
    """A task and what came of it.

    Attributes:
        most: its points.
        learners: how many have points for it.
        difficulty: 0 to 1; None where nobody has points.
        discrimination: -1 to 1; None where too few have points, or all have the same.
        less: who got less than all of its points.
        waiting: how many answers wait to be marked by hand.
    """

    assignment: str
    notebook: str
    cell: str
    most: float
    learners: int
    difficulty: float | None
    discrimination: float | None
    less: tuple[str, ...]
    waiting: int


def items_of(tasks: Sequence[Task], marks: Sequence[Mark], learners: Collection[str]) -> list[Item]:
    """The tasks in their order, as the marks of these learners show them."""
    by_task: dict[tuple[str, str, str], dict[str, float | None]] = defaultdict(dict)
    for mark in marks:
        if mark.learner in learners:
            by_task[mark[1:4]][mark.learner] = mark.points
    known = {
        task: {learner: points for learner, points in found.items() if points is not None}
        for task, found in by_task.items()
    }
    return [
        _item(task, by_task.get(task[:3], {}), _rest(task, tasks, known), known.get(task[:3], {}))
        for task in tasks
    ]


def _rest(
    task: Task, tasks: Sequence[Task], known: dict[tuple[str, str, str], dict[str, float]]
) -> dict[str, float]:
    """What each learner has for the assignment's other tasks.

    A task that waits to be marked for some of them is in nobody's sum, or it would tell apart who
    is marked and who is not.
    """
    own = known.get(task[:3], {})
    others = [
        found
        for each in tasks
        if each.assignment == task.assignment and each != task
        if (found := known.get(each[:3])) and found.keys() >= own.keys()
    ]
    return {learner: math.fsum(found[learner] for found in others) for learner in own if others}


def _item(
    task: Task, found: dict[str, float | None], rest: dict[str, float], known: dict[str, float]
) -> Item:
    learners = list(known)
    shares = [known[each] / task.most for each in learners] if task.most else []
    return Item(
        *task,
        learners=len(known),
        difficulty=fmean(shares) if shares else None,
        discrimination=correlation(
            [known[each] for each in learners], [rest[each] for each in learners]
        )
        if rest and len(learners) >= FEWEST
        else None,
        less=tuple(learner for learner, points in known.items() if points < task.most),
        waiting=len(found) - len(known),
    )


def correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's; None where one of them is the same for all."""
    middle, other_middle = fmean(one), fmean(other)
    here = [each - middle for each in one]
    there = [each - other_middle for each in other]
    both = math.sqrt(math.fsum(each * each for each in here)) * math.sqrt(
        math.fsum(each * each for each in there)
    )
    if both < 1e-9:  # noqa: PLR2004 - nothing but rounding
        return None
    return math.fsum(a * b for a, b in zip(here, there, strict=True)) / both
