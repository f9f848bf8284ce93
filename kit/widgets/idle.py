"""Idle: what is done beforehand, while a learner reads and the kernel has nothing to do."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable

import psutil

QUIET_SECONDS = 3.0
"""How long nothing new was shown before the first job: a page that opens comes first."""
MOST_LOOKS = 5
"""How often the jobs wait once more where the machine is at work, for others that come first."""
BUSY_PERCENT = 70.0
"""Of all its processors."""
PAUSE_SECONDS = 0.05
"""Between two jobs, so that a click waits for one job at most."""


class Idle:
    """Jobs for a kernel's main thread, one at a time."""

    def __init__(self) -> None:
        self._jobs: deque[Callable[[], None]] = deque()
        self._next: asyncio.TimerHandle | None = None
        self._looks_left = MOST_LOOKS

    def add(self, job: Callable[[], None]) -> None:
        """Do this later; outside of a kernel, where no loop runs, never."""
        with contextlib.suppress(RuntimeError):
            self._wait(asyncio.get_running_loop(), QUIET_SECONDS)
            self._jobs.append(job)
            psutil.cpu_percent()  # from now on

    def _wait(self, loop: asyncio.AbstractEventLoop, seconds: float) -> None:
        if self._next:
            self._next.cancel()
        self._next = loop.call_later(seconds, self._run_one, loop)

    def _run_one(self, loop: asyncio.AbstractEventLoop) -> None:
        self._next = None
        if self._looks_left and psutil.cpu_percent() > BUSY_PERCENT:
            self._looks_left -= 1
            self._wait(loop, QUIET_SECONDS)
            return
        with contextlib.suppress(Exception):  # whoever needs the job's work does it then, and says
            self._jobs.popleft()()
        if self._jobs:
            self._wait(loop, PAUSE_SECONDS)


idle = Idle()
"""Of this kernel."""
