"""How long a kernel had to wait for a processor: its time limit is not for that."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


def innermost(pid: int) -> int:
    """The process at the end of a line of only children: a kernel behind those that shut it in."""
    with suppress(OSError, ValueError):
        while children := (_PROC / f"{pid}/task/{pid}/children").read_text().split():
            pid = int(children[-1])
    return pid


def seconds_waited(pid: int) -> float:
    """How long a process could have run and did not, as others did; 0 where it is not known.

    It is the second figure of ``/proc/PID/schedstat``, in nanoseconds (Linux,
    Documentation/scheduler/sched-stats.rst).
    """
    with suppress(OSError, ValueError, IndexError):
        return int((_PROC / f"{pid}/schedstat").read_text().split()[1]) / 1e9
    return 0.0
