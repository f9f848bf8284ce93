"""A server that grows ends the kernel that makes it grow.

What a kernel sends has limits (``class_kernels``), but for one: a message of ZeroMQ's may have
parts without end, and is kept until the last one has come. Who writes one has a processor busy.
"""

from __future__ import annotations

import asyncio
import ctypes
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from pathlib import Path

SERVER_BYTES = 2**30
KERNEL_BYTES = 16 * 2**20
"""What a server takes at most by itself, and for each kernel; that of a quiet class is a tenth."""

_GROWS_AGAIN_BYTES = 2**29
_LOOK_EVERY_SECONDS = 0.5
_COMPARE_FOR_SECONDS = 0.2
_USER_TICKS, _SYSTEM_TICKS = 11, 12  # in /proc/PID/stat, after the name


class MemoryGuard:
    """Looks at this process's memory, from ``start`` on.

    Args:
        pids: the kernels' processes, by the kernels' ids.
        end: ends one of them.
    """

    def __init__(
        self, pids: Callable[[], Mapping[str, int]], end: Callable[[str], Awaitable[None]]
    ) -> None:
        self._pids, self._end = pids, end
        self._more = 0

    async def watch(self) -> None:
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(_LOOK_EVERY_SECONDS)
            if _memory() <= self._most():
                continue
            _give_back()
            if _memory() > self._most() and (busiest := await self._busiest()):
                await self._end(busiest)
                _give_back()
                left = _memory() - self._most() + self._more
                self._more = max(self._more, left + _GROWS_AGAIN_BYTES)  # or it would end them all

    def _most(self) -> int:
        return SERVER_BYTES + KERNEL_BYTES * len(self._pids()) + self._more

    async def _busiest(self) -> str:
        """The kernel that uses most of the processors; "" if there is none."""
        pids = self._pids()
        before = {each: _ticks(pid) for each, pid in pids.items()}
        await asyncio.sleep(_COMPARE_FOR_SECONDS)
        used = {each: _ticks(pid) - before[each] for each, pid in pids.items()}
        return max(used, key=used.__getitem__, default="")


def _memory() -> int:
    """Bytes of this process that are no files'."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["RssAnon"].split()[0]) * 1024


def _give_back() -> None:
    """Let Linux have what Python has freed."""
    with suppress(AttributeError):  # a libc without it
        ctypes.CDLL(None).malloc_trim(0)


def _ticks(pid: int) -> int:
    """What a process and all that it started have used of the processors so far."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = [each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it has just ended
        return 0
    own = int(stat[_USER_TICKS]) + int(stat[_SYSTEM_TICKS])
    return own + sum(_ticks(int(child)) for child in " ".join(children).split())
