"""What simulated learners do in the lessons of a course: events, as a store would hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from kit.authoring.lint.trials import trials_of
from kit.checks import Check, Failed, Passed, load_checks
from kit.checks.outcome import Outcome
from kit.classroom.progress_files import SIMULATED
from kit.course import CHECKS_FILE, Course, Lesson, Section
from kit.events import Event
from kit.simulation.people import Person

BEGINS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DAYS_BETWEEN_LESSONS = 5
GIVES_UP_AFTER = 6


@dataclass(frozen=True)
class Repertoire:
    """What can be answered to a check, with what it really says to it.

    Attributes:
        right, wrong: results of the verb ``answered``.
        difficulty: in logits.
        hints: how many the check has.
    """

    right: Sequence[Mapping[str, Any]]
    wrong: Sequence[Mapping[str, Any]]
    difficulty: float
    hints: int
    version: str


Repertoires = Mapping[tuple[str, str], Repertoire]


def repertoires(course: Course, random: Random) -> dict[tuple[str, str], Repertoire]:
    """By lesson and check. Takes some seconds: each check's own examples are judged."""
    return {
        (lesson.id, name): _repertoire(check, random)
        for lesson in course.lessons
        if not lesson.problem and lesson.check_ids
        for name, check in load_checks(lesson.folder / CHECKS_FILE).items()
    }


def _repertoire(check: Check, random: Random) -> Repertoire:
    right, wrong = [], []
    for trial in trials_of(check):
        answer = trial.check.written(trial.example.answer)
        if isinstance(trial.outcome, Passed):
            right.append(_result(answer, trial.outcome))
        elif isinstance(trial.outcome, Failed):
            wrong.append(_result(answer, trial.outcome))
    difficulty = random.gauss(-0.8, 0.8)
    return Repertoire(right, wrong, difficulty, len(check.hints), check.version())


def _result(answer: str, outcome: Outcome) -> dict[str, Any]:
    result = {"answer": answer, "outcome": outcome.name, "feedback": outcome.feedback}
    if isinstance(outcome, Failed) and outcome.misconception:
        result["misconception"] = outcome.misconception
    return result


class Learning:
    """One learner's way through the course, one event after another."""

    def __init__(self, course: Course, known: Repertoires, person: Person, random: Random) -> None:
        self._course, self._known, self._person, self._random = course, known, person, random
        self._at = BEGINS + timedelta(days=random.uniform(0, 4))
        self._seq = 0

    def events(self) -> Iterator[Event]:
        """Until the learner has had enough."""
        usable = [lesson for lesson in self._course.lessons if not lesson.problem]
        sections = [(lesson, section) for lesson in usable for section in lesson.sections]
        goes_to = round(self._person.diligence * len(sections))
        before = ""
        for lesson, section in sections[:goes_to]:
            if lesson.id != before:
                self._at += timedelta(days=self._random.uniform(1, DAYS_BETWEEN_LESSONS * 2))
            before = lesson.id
            yield from self._section(lesson, section)

    def _section(self, lesson: Lesson, section: Section) -> Iterator[Event]:
        yield self._event(lesson, "opened", section.id, minutes=3)
        for item in section.items:
            known = self._known.get((lesson.id, item.id))
            skips = self._random.random() < 0.03 * (2 - self._person.diligence)
            if item.kind == "check" and known and not skips:
                yield from self._check(lesson, item.id, known)

    def _check(self, lesson: Lesson, check: str, known: Repertoire) -> Iterator[Event]:
        wrong, hints = 0, 0
        while wrong < GIVES_UP_AFTER:
            # What is said to a wrong answer helps, and a hint does.
            chance = self._person.chance(known.difficulty - 0.3 * wrong - 0.5 * hints)
            if known.right and (self._random.random() < chance or not known.wrong):
                yield self._answered(lesson, check, self._random.choice(known.right), known)
                return
            yield self._answered(lesson, check, self._mistake(known.wrong), known)
            wrong += 1
            if hints < known.hints and self._random.random() < 0.4:  # noqa: PLR2004
                yield self._event(lesson, "hinted", check, {"hint": hints}, known.version)
                hints += 1
            if self._random.random() < 0.12:  # noqa: PLR2004 - goes on without it
                return

    def _mistake(self, wrong: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        """The first ones are those that authors know best: they are made most often."""
        return self._random.choices(wrong, [1 / (1 + place) for place in range(len(wrong))])[0]

    def _answered(
        self, lesson: Lesson, check: str, result: Mapping[str, Any], known: Repertoire
    ) -> Event:
        return self._event(lesson, "answered", check, result, known.version)

    def _event(  # noqa: PLR0917
        self,
        lesson: Lesson,
        verb: str,
        item: str,
        result: Mapping[str, Any] | None = None,
        version: str = "",
        minutes: float = 1.5,
    ) -> Event:
        self._at += timedelta(minutes=self._random.expovariate(1 / minutes))
        self._seq += 1
        return Event(
            id=str(UUID(int=self._random.getrandbits(128), version=4)),
            learner=self._person.id, course=self._course.id, lesson=lesson.id, verb=verb,
            item=item, result=result or {}, version=version,
            device=f"{SIMULATED}-{self._person.id}", seq=self._seq,
            at=self._at.isoformat(timespec="microseconds"),
        )  # fmt: skip
