"""What the dashboard reads of a class, behind one small interface.

Rows are named tuples, so that thousands of them are made, kept as JSON and read again at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol


class Learner(NamedTuple):
    """``name`` is as the gradebook has it, and may be ""."""

    id: str
    name: str = ""


class Task(NamedTuple):
    """A cell that is marked; ``most`` is how many points it can get."""

    assignment: str
    notebook: str
    cell: str
    most: float


class Submission(NamedTuple):
    """A notebook that was handed in and graded; ``key`` is its id in nbgrader's gradebook.

    ``penalty`` is in points, for being late.
    """

    learner: str
    assignment: str
    notebook: str
    key: str
    penalty: float = 0.0


class Mark(NamedTuple):
    """The points of one learner for one task; None while it waits to be marked by hand."""

    learner: str
    assignment: str
    notebook: str
    cell: str
    points: float | None


class Wrong(NamedTuple):
    """An answer that was not right, what was said to it, and which misconception it shows."""

    answer: str
    said: str
    misconception: str = ""


class Tried(NamedTuple):
    """What a learner did with a lesson's check: how often it was answered, and the wrong ones."""

    learner: str
    lesson: str
    check: str
    attempts: int
    passed: bool
    wrong: Sequence[Wrong] = ()


class WasAt(NamedTuple):
    """The section or item of a lesson where a learner was last, and when (ISO 8601, UTC)."""

    learner: str
    lesson: str
    item: str
    at: str


class Failure(NamedTuple):
    """What a cell of a graded notebook ended with: the error's name and what it says."""

    cell: str
    error: str
    message: str


class Written(NamedTuple):
    """What a learner wrote into a cell of an assignment; ``is_code``, or else it is a text."""

    cell: str
    is_code: bool
    source: str


class Work(NamedTuple):
    """A graded notebook: what failed in it, and what its learner wrote."""

    learner: str
    assignment: str
    notebook: str
    failures: Sequence[Failure] = ()
    written: Sequence[Written] = ()


class Pair(NamedTuple):
    """Two submissions of one notebook that are nearly the same (see ``similar``).

    ``share``: of the smaller one's fingerprints, how many the other has, 0 to 1; ``shared``: how
    many these are; ``cells``: where, those with most of them first.
    """

    assignment: str
    notebook: str
    one: str
    other: str
    share: float
    shared: int
    cells: Sequence[str]


@dataclass(frozen=True)
class Gradebook:
    """Marks. ``simulated``: whether nobody in it is real; ``problems`` are whole sentences."""

    learners: Sequence[Learner] = ()
    tasks: Sequence[Task] = ()
    submissions: Sequence[Submission] = ()
    marks: Sequence[Mark] = ()
    simulated: bool = False
    problems: Sequence[str] = ()


@dataclass(frozen=True)
class ClassProgress:
    """What learners did in lessons, from the progress that they handed in."""

    tried: Sequence[Tried] = ()
    places: Sequence[WasAt] = ()
    simulated: bool = False
    problems: Sequence[str] = ()


@dataclass(frozen=True)
class ClassWork:
    """Graded notebooks, and what their assignments gave, by assignment and notebook."""

    works: Sequence[Work] = ()
    given: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    simulated: bool = False
    problems: Sequence[str] = ()


class ClassData(Protocol):
    """A class, in parts, from the quickest to the slowest.

    What cannot be read is told in the part's ``problems``; nothing is raised.
    """

    def gradebook(self) -> Gradebook: ...

    def progress(self) -> ClassProgress: ...

    def work(self) -> ClassWork: ...

    def similar(self) -> Sequence[Pair]:
        """The pairs of submissions that are nearly the same, the most alike first."""
        ...
