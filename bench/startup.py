"""What ``import kit`` adds to a kernel's start, and how long ``kit start`` takes.

A kernel's Python imports ``ipykernel.kernelapp`` in any case. Three programs are run in turns,
each in a Python of its own: that import alone, the same and then ``import kit``, the same and
then ``from kit import lesson``. Timed is the whole process, from its start to its end. What the
kit adds is the difference to the bare one of the same turn, so that what slows the machine for a
while slows both.

``kit start`` is timed from starting the command to its JSON line, which it prints when the server
answers, each time with a fresh folder for progress. Everything is compiled and one run of each
has gone before.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.errors import NotMeasured
from bench.machine import KIT, compile_code, environment, folder_on_disk
from bench.servers import kit_start
from bench.spread import Spread, spread

BARE = "import ipykernel.kernelapp"
WITH_KIT = f"{BARE}; import kit"
WITH_LESSON = f"{BARE}; from kit import lesson"
PROGRAMS = (BARE, WITH_KIT, WITH_LESSON)
WARM_UPS = 1
ENDS_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class StartupBench:
    """Milliseconds.

    Attributes:
        rounds: how often each program was run.
        bare, with_kit, with_lesson: whole processes.
        kit_adds, lesson_adds: the differences to the bare one of the same turn.
        kit_start: from the command to its JSON line.
    """

    rounds: int
    bare: Spread
    with_kit: Spread
    with_lesson: Spread
    kit_adds: Spread
    lesson_adds: Spread
    kit_start: Spread


def steps(rounds: int) -> int:
    """How often ``measure_startup`` calls ``advance``."""
    return len(PROGRAMS) * (rounds + WARM_UPS) + _starts(rounds) + WARM_UPS


def measure_startup(rounds: int, advance: Callable[[], None]) -> StartupBench:
    """Run each program so many times, and ``kit start`` a third as often.

    Args:
        advance: called after each run.

    Raises:
        NotMeasured: a program failed, or the server did not start.
    """
    compile_code()
    runs = [_turn(advance) for _ in range(rounds + WARM_UPS)][WARM_UPS:]
    starts = [_start(advance) for _ in range(_starts(rounds) + WARM_UPS)][WARM_UPS:]
    return StartupBench(
        rounds=rounds,
        bare=spread([turn[BARE] for turn in runs]),
        with_kit=spread([turn[WITH_KIT] for turn in runs]),
        with_lesson=spread([turn[WITH_LESSON] for turn in runs]),
        kit_adds=spread([turn[WITH_KIT] - turn[BARE] for turn in runs]),
        lesson_adds=spread([turn[WITH_LESSON] - turn[BARE] for turn in runs]),
        kit_start=spread(starts),
    )


def _starts(rounds: int) -> int:
    return max(2, rounds // 3)


def _turn(advance: Callable[[], None]) -> dict[str, float]:
    times = {}
    for program in PROGRAMS:
        times[program] = _run(program)
        advance()
    return times


def _run(program: str) -> float:
    """Milliseconds that a Python takes for a program, from its start to its end."""
    command = [sys.executable, "-c", program]
    options: dict[str, Any] = {"env": environment(), "cwd": KIT.parent, "text": True}
    began = time.perf_counter()
    try:
        subprocess.run(
            command, **options, capture_output=True, check=True, timeout=ENDS_WITHIN_SECONDS
        )
    except subprocess.CalledProcessError as error:
        raise NotMeasured(f"{program!r} failed: {error.stderr[-2000:]}") from error
    except subprocess.TimeoutExpired as error:
        raise NotMeasured(f"{program!r} did not end in {ENDS_WITHIN_SECONDS} s.") from error
    return (time.perf_counter() - began) * 1000


def _start(advance: Callable[[], None]) -> float:
    with folder_on_disk() as folder, kit_start(folder) as server:
        took = server.started_after
    advance()
    return took
