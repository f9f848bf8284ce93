"""Do acknowledged events survive ``kill -9``? Writers are killed at random moments, then counted.

A writer is a process of its own that appends events to a store and prints the id of each one as
soon as ``append`` has returned: that is the acknowledgement. What was printed must be there.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kit.events import Event
from kit.store import FILE_NAME, Store

ROOT = Path(__file__).parent.parent
READY = "ready\n"
LONGEST_LIFE_SECONDS = 0.15
"""How long a writer may write; a new file takes the first hundredths of it."""

ROUNDS_PER_FILE = 10
"""So that making a file is met as well as writing to a grown one."""


@dataclass(frozen=True)
class Result:
    """What was left after all rounds.

    Attributes:
        rounds: writers that were killed.
        acknowledged: events that a writer was told are saved.
        lost: acknowledged events that are not in the store.
        duplicated: events that are there more than once, or share their place (device, seq).
        intact: whether no file was damaged: SQLite's integrity check after every kill.
    """

    rounds: int
    acknowledged: int
    lost: int
    duplicated: int
    intact: bool


def run_rounds(rounds: int, data: Path, progress: Callable[[int], object] | None = None) -> Result:
    """Kill a writer this many times and count what is left.

    Args:
        data: a folder for the stores, one for every ``ROUNDS_PER_FILE`` rounds.
        progress: called after each round with how many are done.

    Raises:
        RuntimeError: a writer ended before it was killed.
    """
    acknowledged: dict[Path, list[str]] = {}
    intact = True
    for number in range(rounds):
        path = data / f"{number // ROUNDS_PER_FILE:04}" / FILE_NAME
        acknowledged.setdefault(path, []).extend(_ids_until_killed(path))
        intact = _is_intact(path) and intact
        if progress:
            progress(number + 1)
    return Result(
        rounds=rounds,
        acknowledged=sum(map(len, acknowledged.values())),
        lost=sum(len(set(ids) - set(_stored_ids(path))) for path, ids in acknowledged.items()),
        duplicated=sum(_repeated(path) for path in acknowledged),
        intact=intact,
    )


def _ids_until_killed(path: Path) -> list[str]:
    """Start a writer, kill it at a random moment, and return the ids it had printed by then."""
    command = [sys.executable, "-m", "bench.kill_writer", str(path.absolute())]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        started = writer.stdout.readline() == READY
        killer = threading.Timer(random.uniform(0, LONGEST_LIFE_SECONDS), writer.kill)
        killer.start()
        lines = writer.stdout.readlines()
        killer.join()
    if not started or writer.returncode != -signal.SIGKILL:
        raise RuntimeError(f"The writer ended by itself with exit code {writer.returncode}.")
    return [line.strip() for line in lines if line.endswith("\n")]


def _is_intact(path: Path) -> bool:
    if Store(path).damaged_files():
        return False
    if not path.exists():
        return True
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _stored_ids(path: Path) -> list[str]:
    return [event.id for event in Store(path).events()]


def _repeated(path: Path) -> int:
    events = Store(path).events()
    ids = Counter(event.id for event in events)
    places = Counter((event.device, event.seq) for event in events)
    return max(ids.total() - len(ids), places.total() - len(places))


def write_until_killed(path: Path) -> None:
    """Append events for ever, and print the id of each one that is saved."""
    store = Store(path)
    print(READY, end="", flush=True)
    while True:
        event = Event(
            learner="ada",
            course="killed",
            lesson="01-anywhere",
            item="mean_mass",
            verb="answered",
            result={"answer": "4201.75", "outcome": "passed", "feedback": "Yes. " * 20},
        )
        (stored,) = store.append([event])
        print(stored.id, flush=True)


if __name__ == "__main__":
    write_until_killed(Path(sys.argv[1]))
