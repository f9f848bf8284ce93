"""Whether a class's work outlives ``kill -9``; ``kill_grading.py`` does it and says how."""

from __future__ import annotations

from collections.abc import Callable

from bench.errors import NotMeasured
from bench.kill_grading import Survived, kill_rounds
from bench.machine import folder_on_disk


def steps(kills: int) -> int:
    """How often ``measure_grading_survival`` calls ``advance``."""
    return kills


def measure_grading_survival(kills: int, advance: Callable[[], None]) -> Survived:
    """Kill a teacher's round so many times.

    Raises:
        NotMeasured: a round that nobody killed failed.
    """
    with folder_on_disk() as place:
        try:
            return kill_rounds(kills, place, advance)
        except RuntimeError as error:
            raise NotMeasured(str(error)) from error
