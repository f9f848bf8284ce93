"""Warm kernels as a server has them: begun again when they die, ended when nobody needs them."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from jupyter_core.utils import run_sync
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets.config import Config

from kit.kernels import owner
from kit.kernels.levels import EXAM, OPEN
from kit.kernels.owner import NAME
from tests.confined import on_linux
from tests.conftest import alive

pytestmark = on_linux
LEVELS = [OPEN, EXAM]


@pytest.fixture(scope="module", autouse=True)
def warm() -> Iterator[None]:
    """The zygote of these tests, which imports little."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", NAME)
        patch.setattr(owner.zygotes, "modules", ["numpy"])
        KernelProvisionerFactory.clear_instance()
        yield
        owner.zygotes.close()
    KernelProvisionerFactory.clear_instance()


def play(
    story: Callable[[Any], Awaitable[None]], folder: Path, level: str, **settings: Any
) -> None:
    """Tell a story about a server's kernels, and end them all."""
    config = Config()
    config.WarmProvisioner.level = level

    async def tell() -> None:
        kernels = AsyncMappingKernelManager(
            config=config, root_dir=str(folder), connection_dir=str(folder), **settings
        )
        try:
            await story(kernels)
        finally:
            await kernels.shutdown_all(now=True)

    run_sync(tell)()  # beside a browser, which has a loop of its own in this thread


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.05)


async def value(kernels: Any, kernel_id: str, expression: str, before: str = "") -> Any:
    """What an expression is in the kernel."""
    client = kernels.get_kernel(kernel_id).client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=30)
        said = await client.execute_interactive(
            before, user_expressions={"it": expression}, timeout=30, output_hook=id
        )
        shown = said["content"]["user_expressions"]["it"]
        assert shown["status"] == "ok", shown
        return eval(shown["data"]["text/plain"])
    finally:
        client.stop_channels()


@pytest.mark.parametrize("level", LEVELS)
def test_one_that_died_is_begun_again(level: str, tmp_path: Path) -> None:
    async def story(kernels: Any) -> None:
        kernel_id = await kernels.start_kernel()
        provisioner = kernels.get_kernel(kernel_id).provisioner
        first = provisioner.pid
        await value(kernels, kernel_id, "1", "mine = 3")
        os.kill(first, signal.SIGKILL)
        await until(lambda: provisioner.pid != first)
        assert await value(kernels, kernel_id, "6 * 7, 'mine' in globals()") == (42, False)
        assert provisioner.is_warm
        assert not alive(first)

    play(story, tmp_path, level)


@pytest.mark.parametrize("level", LEVELS)
def test_one_that_is_idle_is_ended(level: str, tmp_path: Path) -> None:
    async def story(kernels: Any) -> None:
        kernel_id = await kernels.start_kernel()
        pid = kernels.get_kernel(kernel_id).provisioner.pid
        assert await value(kernels, kernel_id, "6 * 7") == 42
        await until(lambda: kernel_id not in kernels)
        await until(lambda: not alive(pid))

    play(story, tmp_path, level, cull_idle_timeout=1, cull_interval=1)


@pytest.mark.parametrize("level", LEVELS)
def test_numbers_are_right_after_the_fork_and_need_no_threads(level: str, tmp_path: Path) -> None:
    """Of a library whose threads were left behind in the zygote, it would wait for ever."""
    product = (
        "import numpy, os\nthreads = len(os.listdir('/proc/self/task'))\n"
        "square = numpy.arange(250_000.0).reshape(500, 500)\n"
        "right = bool(numpy.isclose((square @ square)[7, 9], (square[7] * square[:, 9]).sum()))\n"
        "solved = bool(numpy.allclose(numpy.linalg.inv(numpy.eye(300) * 2).diagonal(), 0.5))"
    )

    async def story(kernels: Any) -> None:
        kernel_id = await kernels.start_kernel()
        more = "len(os.listdir('/proc/self/task')) - threads"
        assert await value(kernels, kernel_id, f"right, solved, {more}", product) == (True, True, 0)
        zygote = kernels.get_kernel(kernel_id).provisioner._forked.zygote.pid
        environment = Path(f"/proc/{zygote}/environ").read_text().split("\0")
        assert "OPENBLAS_NUM_THREADS=1" in environment
        assert os.listdir(f"/proc/{zygote}/task") == [str(zygote)]

    play(story, tmp_path, level)
