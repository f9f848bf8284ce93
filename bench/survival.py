"""Whether answers that were acknowledged outlive ``kill -9``.

A writer appends events to a store and says so after each one; it is killed at a random moment,
and another one begins on what it left. Afterwards the store is read: what was acknowledged must
be there, once, and SQLite must find the files intact. ``kill_writer.py`` does it and says how.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.errors import NotMeasured
from bench.kill_writer import Result, run_rounds
from bench.machine import folder_on_disk


def steps(kills: int) -> int:
    """How often ``measure_survival`` calls ``advance``."""
    return kills


def measure_survival(kills: int, advance: Callable[[], None]) -> Result:
    """Kill a writer so many times and count what is left.

    Args:
        advance: called after each kill.

    Raises:
        NotMeasured: a writer ended before it was killed, or none of them wrote anything.
    """
    with folder_on_disk() as data:
        try:
            result = run_rounds(kills, data, lambda _done: advance())
        except RuntimeError as error:
            raise NotMeasured(str(error)) from error
    if not result.acknowledged:
        raise NotMeasured(f"{kills} writers were killed before any of them wrote an event.")
    return result
