"""Turns: of pages that are opened at once, a few start their kernel and run their cells at a time.

A machine that works for all of them at once has none ready before the last; one after the other,
half of them wait half as long, and nobody longer. The text of each is there before its turn.
"""

from __future__ import annotations

import asyncio
import os

HELD_SECONDS = 2.0
"""A lesson's cells run in half a second; one with slow cells does not hold up the others."""


class Turn:
    """One page's. It is given back once, after ``HELD_SECONDS`` at the latest."""

    def __init__(self, free: asyncio.Semaphore) -> None:
        self._free: asyncio.Semaphore | None = free
        self._last = asyncio.get_running_loop().call_later(HELD_SECONDS, self.give_back)

    def give_back(self) -> None:
        """It is the next one's turn."""
        self._last.cancel()
        if self._free:
            self._free.release()
        self._free = None


class Turns:
    """In the order in which they are asked for.

    Args:
        at_once: how many there are; by default, what this machine can do at the same time.
    """

    def __init__(self, at_once: int = 0) -> None:
        self._free = asyncio.Semaphore(at_once or max(2, os.cpu_count() or 2))

    async def take(self) -> Turn:
        """Wait for one."""
        await self._free.acquire()
        return Turn(self._free)


turns = Turns()
"""Of this server's pages."""
