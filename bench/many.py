"""Ten thousand kernels, one after the other: started, asked for ``1 + 1``, and ended.

A few at a time live in one owner, as in a server; most are killed, and every tenth is asked to
end. Their sockets and connection files are in one folder, their temporary files in another. What
the owner and the zygote have open is counted when the first few have ended, and again at the end:
by then nothing may have come to it. The same is done with a tenth as many confined kernels, where
the machine can confine them.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression
from subprocess import DEVNULL
from threading import enumerate as enumerate_threads
from typing import Any

import psutil
from jupyter_client.multikernelmanager import AsyncMultiKernelManager
from traitlets.config import Config

from bench.errors import NotMeasured
from bench.kernels import started_by
from bench.machine import MEGABYTE, compile_code
from kit.errors import KitError
from kit.kernels.levels import LESSON, OPEN
from kit.kernels.owner import MODULES, NAME, zygotes

AT_ONCE, FIRST_FEW = 4, 20
ASKED_TO_END_EVERY = 10
CONFINED_SHARE = 10
MARKS = (FIRST_FEW, 100, 1_000, 5_000, 10_000)
LIVES_SECONDS, BURIED_WITHIN_SECONDS = 60.0, 20.0


@dataclass(frozen=True)
class Left:
    """What there is, of what kernels could leave behind.

    Attributes:
        owner_files, zygote_files: open files of both.
        owner_threads: of the owner.
        processes: children of both but for the zygote, and theirs.
        zombies: how many of these have ended and not been buried.
        files: sockets, connection files, and temporary files and folders.
    """

    owner_files: int = 0
    zygote_files: int = 0
    owner_threads: int = 0
    processes: int = 0
    zombies: int = 0
    files: int = 0


@dataclass(frozen=True)
class Many:
    """So many kernels of one level.

    Attributes:
        seconds: for all of them.
        hung: how many gave no answer, or did not end, in time.
        zygotes: how many of them there were.
        threads: the most that a zygote had.
        memory: of the zygote (RSS), in MB, by how many kernels it had forked.
        slope: kilobytes that come to it with a thousand kernels, by the least squares.
        left: what came to what there was when the first few had ended.
    """

    level: str
    kernels: int
    seconds: float
    hung: int
    zygotes: int
    threads: int
    memory: dict[int, float]
    slope: float
    left: Left


@dataclass(frozen=True)
class ManyBench:
    """Kernels of both levels.

    Attributes:
        confined: None where this machine can confine none; ``why_not`` says what it lacks.
    """

    free: Many
    confined: Many | None
    why_not: str = ""

    def levels(self) -> list[Many]:
        """What was measured."""
        return [self.free, *([self.confined] if self.confined else [])]


def steps(kernels: int) -> int:
    """How often ``measure_many`` calls ``advance``."""
    return kernels + kernels // CONFINED_SHARE


def measure_many(kernels: int, advance: Callable[[], None]) -> ManyBench:
    """Start and end so many kernels, and a tenth as many confined ones.

    Args:
        advance: called after each kernel.

    Raises:
        NotMeasured: this system has no zygote.
    """
    if sys.platform != "linux":
        raise NotMeasured("Only Linux has the zygote.")
    compile_code()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    free = start_and_end(kernels, advance=advance)
    try:
        confined = start_and_end(kernels // CONFINED_SHARE, level=LESSON, advance=advance)
    except KitError as error:
        return ManyBench(free, None, str(error))
    return ManyBench(free, confined)


def start_and_end(
    kernels: int,
    *,
    level: str = OPEN,
    modules: Sequence[str] = MODULES,
    advance: Callable[[], None] = lambda: None,
) -> Many:
    """Start so many kernels, ask each, and end it.

    Args:
        modules: what the zygote imports.
        advance: called after each.

    Raises:
        KitError: this machine cannot confine a kernel.
    """
    with started_by(NAME), _zygote(modules), _folders() as folders:
        return asyncio.run(_Line(level, folders, advance).pass_by(kernels))


@contextmanager
def _zygote(modules: Sequence[str]) -> Iterator[None]:
    """A zygote of our own, and none afterwards."""
    zygotes.close()
    before, zygotes.modules = zygotes.modules, tuple(modules)
    try:
        yield
    finally:
        zygotes.close()
        zygotes.modules = before


@contextmanager
def _folders() -> Iterator[tuple[Path, Path]]:
    """Where connection files are, and all that is temporary."""
    with tempfile.TemporaryDirectory(prefix="many-") as name:
        connections, temporary = Path(name, "c"), Path(name, "t")
        connections.mkdir()
        temporary.mkdir()
        before, tempfile.tempdir = tempfile.tempdir, str(temporary)
        try:
            yield connections, temporary
        finally:
            tempfile.tempdir = before


class _Line:
    """Kernels that come and go in this process."""

    def __init__(self, level: str, folders: tuple[Path, Path], advance: Callable[[], None]) -> None:
        config = Config()
        config.KernelManager.transport = "ipc"
        config.WarmProvisioner.level = level
        self._level, self._folders, self._advance = level, folders, advance
        self._manager = AsyncMultiKernelManager(config=config, connection_dir=str(folders[0]))
        self._hung = self._threads = 0
        self._zygotes: set[int] = set()
        self._memory: dict[int, float] = {}

    async def pass_by(self, kernels: int) -> Many:
        await self._all(range(min(FIRST_FEW, kernels)))
        before, began = await self._what_is_left(), time.perf_counter()
        await self._all(range(kernels), self._advance)
        seconds = time.perf_counter() - began
        after = vars(await self._what_is_left())
        return Many(
            level=self._level,
            kernels=kernels,
            seconds=round(seconds, 1),
            hung=self._hung,
            zygotes=len(self._zygotes),
            threads=self._threads,
            memory={each: self._memory[each] for each in (*MARKS, kernels) if each <= kernels},
            slope=_slope(self._memory),
            left=Left(**{name: after[name] - value for name, value in vars(before).items()}),
        )

    async def _all(self, numbers: range, advance: Callable[[], None] = lambda: None) -> None:
        rest = iter(numbers)

        async def one_after_the_other() -> None:
            for number in rest:
                await self._one(number)
                self._look(number + 1)
                advance()

        await asyncio.gather(*(one_after_the_other() for _each in range(AT_ONCE)))

    async def _one(self, number: int) -> None:
        try:
            async with asyncio.timeout(LIVES_SECONDS):
                await self._live(is_killed=bool(number % ASKED_TO_END_EVERY))
        except TimeoutError:
            self._hung += 1

    async def _live(self, *, is_killed: bool) -> None:
        # One that is interrupted to be ended may say so.
        kernel_id = await self._manager.start_kernel(kernel_name="python3", stderr=DEVNULL)
        kernel = self._manager.get_kernel(kernel_id)
        if not kernel.provisioner.is_warm:
            raise NotMeasured("A kernel was started the usual way; its log says why.")
        client = kernel.client()
        client.start_channels()
        try:
            await _ask(client)
        finally:
            client.stop_channels()
        await self._manager.shutdown_kernel(kernel_id, now=is_killed)

    def _look(self, forked: int) -> None:
        zygote = psutil.Process(zygotes.start().pid)
        self._zygotes.add(zygote.pid)
        self._threads = max(self._threads, zygote.num_threads())
        self._memory[forked] = round(zygote.memory_info().rss / MEGABYTE, 2)

    async def _what_is_left(self) -> Left:
        """What there is once the zygote has buried the last kernels."""
        zygote, owner = psutil.Process(zygotes.start().pid), psutil.Process()
        give_up = time.monotonic() + BURIED_WITHIN_SECONDS
        while zygote.children() and time.monotonic() < give_up:
            await asyncio.sleep(0.05)
        gc.collect()
        children = [each.status() for each in owner.children(recursive=True)]
        return Left(
            owner_files=owner.num_fds(),
            zygote_files=zygote.num_fds(),
            owner_threads=sum(not each.name.startswith("asyncio") for each in enumerate_threads()),
            processes=len(children),
            zombies=children.count(psutil.STATUS_ZOMBIE),
            files=sum(1 for place in self._folders for _each in place.rglob("*")),
        )


async def _ask(client: Any) -> None:
    """Raises NotMeasured where a kernel cannot add up."""
    asked = client.execute("", user_expressions={"sum": "1 + 1"})
    while True:
        answer = await client.get_shell_msg()
        if answer["parent_header"].get("msg_id") == asked:
            break
    shown = answer["content"]["user_expressions"]["sum"]
    if shown.get("data", {}).get("text/plain") != "2":
        raise NotMeasured(f"1 + 1 is {shown} to a kernel.")


def _slope(memory: Mapping[int, float]) -> float:
    """Kilobytes for a thousand kernels, without the first ones, which warm the zygote up."""
    looks = {forked: held for forked, held in memory.items() if forked >= FIRST_FEW}
    return round(linear_regression(list(looks), list(looks.values())).slope * 1e6, 1)
