"""What went wrong most often: answers to the checks of lessons, and errors in assignments."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kit.classroom.class_data import Tried, Work, Wrong
from kit.classroom.sections import Column

MOST = 50
"""Of each, those that most learners made."""


@dataclass(frozen=True)
class WrongAnswer:
    """A mistake in a lesson's check, as its feedback tells mistakes apart.

    Attributes:
        answer: the one that most of them gave.
        said: the feedback on it (Markdown).
        misconception: which one it shows, or "".
        learners: who made it.
        tried_by: how many learners answered the check at all.
    """

    lesson: str
    section: str
    check: str
    answer: str
    said: str
    misconception: str
    learners: tuple[str, ...]
    tried_by: int


@dataclass(frozen=True)
class ErrorMet:
    """An error in which a cell of an assignment ended; ``learners`` are those who met it."""

    assignment: str
    notebook: str
    cell: str
    error: str
    message: str
    learners: tuple[str, ...]


def wrong_answers(
    columns: Sequence[Column], tried: Iterable[Tried], learners: Collection[str]
) -> list[WrongAnswer]:
    """The mistakes in these sections' checks, those of most learners first."""
    sections = {(c.lesson, check): c.section for c in columns for check in c.checks}
    tried_by: Counter[tuple[str, str]] = Counter()
    met: dict[tuple[str, str, str], dict[str, list[Wrong]]] = defaultdict(dict)
    for each in tried:
        check = (each.lesson, each.check)
        if each.learner not in learners or check not in sections:
            continue
        tried_by[check] += 1
        for wrong in each.wrong:
            kind = wrong.misconception or wrong.said
            met[*check, kind].setdefault(each.learner, []).append(wrong)
    found = [
        _wrong_answer(key, sections[key[:2]], by_learner, tried_by[key[:2]])
        for key, by_learner in met.items()
    ]
    return sorted(found, key=lambda each: (-len(each.learners), each.lesson, each.check))[:MOST]


def _wrong_answer(
    key: tuple[str, str, str], section: str, by_learner: dict[str, list[Wrong]], tried_by: int
) -> WrongAnswer:
    given = Counter(wrong for own in by_learner.values() for wrong in own)
    most = given.most_common(1)[0][0]
    return WrongAnswer(
        key[0], section, key[1], most.answer, most.said, most.misconception,
        tuple(by_learner), tried_by,
    )  # fmt: skip


def errors_met(works: Iterable[Work], learners: Collection[str]) -> list[ErrorMet]:
    """The errors in which cells ended, those that most learners met first."""
    met: dict[tuple[str, str, str, str, str], dict[str, None]] = defaultdict(dict)
    for work in works:
        if work.learner in learners:
            for failure in work.failures:
                met[work.assignment, work.notebook, *failure][work.learner] = None
    found = [ErrorMet(*key, learners=tuple(who)) for key, who in met.items()]
    return sorted(found, key=lambda each: (-len(each.learners), *_place_of(each)))[:MOST]


def _place_of(error: ErrorMet) -> tuple[str, ...]:
    return (error.assignment, error.notebook, error.cell, error.error, error.message)
