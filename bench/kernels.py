"""A kernel until its first answer, and what it holds: stock and warm, in turns.

Both run ``CODE``, which imports pandas, ipywidgets and matplotlib and adds up a column. A plain
client sends it as soon as ``start_kernel`` has returned and waits for the reply; nbclient runs a
notebook with it as its only cell. Memory is that of an idle kernel after it: USS is what is its
own (unique set size), PSS its share of what several have in common, of many at once. The zygote
starts before the first turn, and one turn of each has gone before.

What confining costs is taken from warm kernels of each level, in turns, over sockets that are
files, as ``kit start`` has them, by a client that connects when they are there: the differences are
those of the same turn. Memory is then that of the kernel and of the two processes around it.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from subprocess import DEVNULL
from typing import Any

import nbformat
import psutil
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient
from traitlets.config import Config

from bench.errors import NotMeasured
from bench.machine import MEGABYTE, compile_code, memory_of
from bench.servers import COURSE
from bench.spread import Spread, spread
from kit.errors import KitError
from kit.kernels.levels import LESSON, LEVELS, OPEN
from kit.kernels.owner import NAME, warm_up, zygotes

CODE = "import pandas as pd, ipywidgets, matplotlib.pyplot\npd.DataFrame({'a': range(9)}).sum()"
STOCK = "local-provisioner"
AT_ONCE = 50
ANSWERS_WITHIN_SECONDS, LOOK_EVERY_SECONDS = 60, 0.001


@dataclass(frozen=True)
class Way:
    """Kernels that are started in one way.

    Attributes:
        reply, notebook: milliseconds, by a plain client and by nbclient.
        own: USS of an idle kernel, in MB.
        shared: PSS of ``AT_ONCE`` idle kernels together, and of the zygote, in MB.
    """

    reply: Spread
    notebook: Spread
    own: Spread
    shared: float


@dataclass(frozen=True)
class Level:
    """Warm kernels that are confined so far.

    Attributes:
        reply: milliseconds, by a plain client.
        added: to those of an open kernel.
        own: USS of an idle kernel and of the processes around it, in MB.
    """

    reply: Spread
    added: Spread
    own: Spread


@dataclass(frozen=True)
class KernelsBench:
    """All, in one run.

    Attributes:
        levels: by name, from ``open`` on; none where this machine cannot confine a kernel, as
            ``why_not`` says.
    """

    rounds: int
    stock: Way
    warm: Way
    levels: dict[str, Level]
    why_not: str = ""


def steps(rounds: int) -> int:
    """How often ``measure_kernels`` calls ``advance``."""
    return 2 * (2 * (rounds + 1) + AT_ONCE) + len(LEVELS) * (rounds + 1)


def measure_kernels(rounds: int, advance: Callable[[], None]) -> KernelsBench:
    """Start so many kernels of each way for each figure, in turns.

    Raises:
        NotMeasured: a kernel gave no answer, or was not forked.
    """
    compile_code()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    warm_up()
    ways = (STOCK, NAME)
    replies: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    notebooks: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(rounds + 1):
        for way in ways:
            with started_by(way):
                replies[way].append(asyncio.run(_reply(way)))
                advance()
                notebooks[way].append(_notebook())
                advance()
    together = {}
    for way in ways:
        with started_by(way):
            together[way] = asyncio.run(_together(way, advance))
    levels, why_not = _levels(rounds, advance)
    zygotes.close()
    stock, warm = (
        Way(
            reply=spread([each for each, _own in replies[way][1:]]),
            notebook=spread(notebooks[way][1:]),
            own=spread([own for _each, own in replies[way][1:]]),
            shared=together[way],
        )
        for way in ways
    )
    return KernelsBench(rounds, stock, warm, levels, why_not)


@contextmanager
def started_by(way: str) -> Iterator[None]:
    """Let this process's kernels be started by a provisioner, as jupyter_client knows it."""
    factory = KernelProvisionerFactory.instance()
    before, factory.default_provisioner_name = factory.default_provisioner_name, way
    try:
        yield
    finally:
        factory.default_provisioner_name = before


async def _reply(way: str) -> tuple[float, float]:
    """Milliseconds until the reply, and the kernel's own memory then."""
    began = time.perf_counter()
    manager, client = await _running()
    took = (time.perf_counter() - began) * 1000
    own = _process(manager, way).memory_full_info().uss / MEGABYTE
    await _end(manager, client)
    return took, own


async def _running(**settings: Any) -> tuple[AsyncKernelManager, object]:
    manager = AsyncKernelManager(kernel_name="python3", **settings)
    await manager.start_kernel(stderr=DEVNULL)
    if manager.transport == "ipc":
        await until_it_listens(manager)
    client = manager.client()
    client.start_channels()
    sent = client.execute(CODE)
    while True:
        answer = await client.get_shell_msg(timeout=ANSWERS_WITHIN_SECONDS)
        if answer["parent_header"].get("msg_id") == sent:
            break
    if answer["content"]["status"] != "ok":
        raise NotMeasured(f"The kernel answers {answer['content']}.")
    return manager, client


async def until_it_listens(manager: AsyncKernelManager) -> None:
    """Until it can be connected to: who comes too early tries again after 100 ms (ZMQ)."""
    channels = ("shell", "iopub", "stdin", "control", "hb")
    paths = [f"{manager.ip}-{getattr(manager, f'{channel}_port')}" for channel in channels]
    give_up = time.monotonic() + ANSWERS_WITHIN_SECONDS
    while not all(map(os.path.exists, paths)):
        if time.monotonic() > give_up:
            raise NotMeasured("A kernel does not listen.")
        await asyncio.sleep(LOOK_EVERY_SECONDS)


def _process(manager: AsyncKernelManager, way: str) -> psutil.Process:
    """The kernel's.

    Raises:
        NotMeasured: it was started in the other way.
    """
    process = psutil.Process(manager.provisioner.pid)
    if (process.name() == "kit-kernel") != (way == NAME):
        raise NotMeasured(f"The kernel is not started by {way}.")
    return process


async def _end(manager: AsyncKernelManager, client: object) -> None:
    client.stop_channels()  # type: ignore[attr-defined]
    await manager.shutdown_kernel(now=True)


def _notebook() -> float:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    began = time.perf_counter()
    client = NotebookClient(notebook, timeout=ANSWERS_WITHIN_SECONDS, kernel_name="python3")
    client.execute(stderr=DEVNULL)
    return (time.perf_counter() - began) * 1000


async def _together(way: str, advance: Callable[[], None]) -> float:
    """PSS of many kernels at once, and of what they are forked from, in MB."""
    running = []
    for _ in range(AT_ONCE):
        running.append(await _running())
        advance()
    processes = [_process(manager, way) for manager, _client in running]
    if way == NAME:
        processes.append(psutil.Process(zygotes.start().pid))
    shared = sum(each.memory_full_info().pss for each in processes) / MEGABYTE
    for manager, client in running:
        await _end(manager, client)
    return shared


def _levels(rounds: int, advance: Callable[[], None]) -> tuple[dict[str, Level], str]:
    """What each level costs, or why this machine does not know them."""
    taken: dict[str, list[tuple[float, float]]] = {level: [] for level in LEVELS}
    try:
        with started_by(NAME):
            for _ in range(rounds + 1):
                for level in LEVELS:
                    taken[level].append(asyncio.run(_confined_reply(level)))
                    advance()
    except KitError as error:
        return {}, str(error)
    levels = {}
    for level, values in taken.items():
        replies, own = zip(*values[1:], strict=True)
        open_ones = [reply for reply, _own in taken[OPEN][1:]]
        added = [reply - of_open for reply, of_open in zip(replies, open_ones, strict=True)]
        levels[level] = Level(spread(replies), spread(added), spread(own))
    return levels, ""


async def _confined_reply(level: str) -> tuple[float, float]:
    """Milliseconds until the reply, and the memory of all processes of the kernel then."""
    config = Config()
    config.WarmProvisioner.level = level
    config.WarmProvisioner.folders = [str(COURSE)] if level == LESSON else []
    with tempfile.TemporaryDirectory(prefix="kit-bench-") as folder:
        began = time.perf_counter()
        manager, client = await _running(
            config=config, transport="ipc", connection_file=f"{folder}/kernel.json"
        )
        took = (time.perf_counter() - began) * 1000
        if not manager.provisioner.is_warm:
            raise NotMeasured(f"The kernel is not started by {NAME}.")
        own = memory_of([manager.provisioner.pid]).own
        await _end(manager, client)
    return took, own
