"""What came of judging an answer. Each outcome carries the words that the learner reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Passed:
    """The answer is right; ``feedback`` (Markdown) says why."""

    feedback: str
    name: ClassVar[str] = "passed"


@dataclass(frozen=True)
class Failed:
    """The answer is not right yet.

    Attributes:
        feedback: Markdown: what came, what was expected of it, what to try.
        score: how much of it is right, 0 to below 1.
        misconception: the name of the one that the answer shows, or "" where it has none.
    """

    feedback: str
    score: float = 0.0
    misconception: str = ""
    name: ClassVar[str] = "failed"


@dataclass(frozen=True)
class NotAttempted:
    """There is nothing to judge yet; never counted. ``feedback`` says what is awaited."""

    feedback: str
    name: ClassVar[str] = "not_attempted"


@dataclass(frozen=True)
class Broken:
    """The check itself failed: never the learner's fault, never counted.

    Attributes:
        feedback: Markdown for the learner.
        fault: for the author: what went wrong, with the traceback.
    """

    feedback: str
    fault: str
    name: ClassVar[str] = "broken"


Outcome = Passed | Failed | NotAttempted | Broken
