"""What of a class is looked at: an assignment, a lesson or a section of it, a group of learners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kit.classroom.class_data import Learner


@dataclass(frozen=True)
class Choice:
    """Each "" stands for all.

    Attributes:
        assignment, lesson, section: ids; a section is one of the lesson.
        learners: ids, or parts of names and ids, with commas between: who has one of them is meant.
    """

    assignment: str = ""
    lesson: str = ""
    section: str = ""
    learners: str = ""

    def of(self, everybody: Iterable[Learner]) -> list[Learner]:
        """Those of them that are meant, in their order."""
        those = list(everybody)
        words = {word.strip().casefold() for word in self.learners.split(",")} - {""}
        whole = words & {each.id.casefold() for each in those}  # s1 is not meant to be s10, too
        parts = words - whole
        return [
            each
            for each in those
            if not words
            or each.id.casefold() in whole
            or any(part in f"{each.id} {each.name}".casefold() for part in parts)
        ]
