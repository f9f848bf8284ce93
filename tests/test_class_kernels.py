"""A class's kernels: no more than memory is for, and what they send has an end."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_core.utils import run_sync

from kit.server import class_kernels
from kit.server.class_kernels import FEWEST, KERNEL_BYTES, ClassKernels, ServerFullError

Story = Callable[[ClassKernels], Awaitable[None]]


def play(story: Story, folder: Path, **settings: Any) -> None:
    """Tell a story about kernels, and end them all."""

    async def tell() -> None:
        kernels = ClassKernels(root_dir=str(folder), connection_dir=str(folder), **settings)
        try:
            await story(kernels)
        finally:
            for each in kernels.list_kernel_ids():
                await kernels.shutdown_kernel(each, now=True)

    run_sync(tell)()  # beside a browser, which has a loop of its own in this thread


async def start(kernels: ClassKernels) -> str:
    return await kernels.start_kernel(stderr=subprocess.DEVNULL)


def pid_of(kernels: ClassKernels, kernel_id: str) -> int:
    return int(kernels.get_kernel(kernel_id).provisioner.pid)


def test_whoever_comes_when_all_places_are_taken_gets_that_of_the_oldest_page_that_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_kernels, "LOADS_WITHIN_SECONDS", 0)

    async def story(kernels: ClassKernels) -> None:
        first, second, third = [await start(kernels) for _ in range(3)]
        kernels.notify_connect(first)
        ended = pid_of(kernels, second)
        fourth = await start(kernels)
        assert kernels.list_kernel_ids() == [first, third, fourth]
        assert not psutil.pid_exists(ended)

    play(story, tmp_path, most=3)


def test_where_each_has_its_page_or_is_still_loading_it_is_refused(tmp_path: Path) -> None:
    async def story(kernels: ClassKernels) -> None:
        first, second = [await start(kernels) for _ in range(2)]
        kernels.notify_connect(first)
        for ask in (kernels.wait_for_place(), start(kernels)):
            with pytest.raises(ServerFullError, match="All 2 places"):
                await ask
        assert kernels.list_kernel_ids() == [first, second]
        soon = asyncio.ensure_future(kernels.wait_for_place())
        await asyncio.sleep(0)
        await kernels.shutdown_kernel(second, now=True)
        await soon
        await start(kernels)

    play(story, tmp_path, most=2)


def test_of_many_who_come_at_once_as_many_as_there_are_places_are_let_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_kernels, "LOADS_WITHIN_SECONDS", 60)

    async def story(kernels: ClassKernels) -> None:
        came = await asyncio.gather(*(start(kernels) for _ in range(5)), return_exceptions=True)
        assert len(kernels) == 2
        assert sum(isinstance(each, ServerFullError) for each in came) == 3
        monkeypatch.setattr(class_kernels, "LOADS_WITHIN_SECONDS", 0)
        await asyncio.gather(*(start(kernels) for _ in range(2)))
        assert len(kernels) == 2
        assert not {each for each in came if each in kernels.list_kernel_ids()}

    play(story, tmp_path, most=2)


def test_a_kernel_that_did_not_start_takes_no_place(tmp_path: Path) -> None:
    async def story(kernels: ClassKernels) -> None:
        with pytest.raises(Exception, match="no-such"):
            await kernels.start_kernel(kernel_name="no-such")
        await start(kernels)

    play(story, tmp_path, most=1)


@pytest.mark.parametrize(("gigabytes", "most"), [(16, 133), (0.5, FEWEST)])
def test_a_class_of_a_hundred_fits_where_memory_is_for_it(
    gigabytes: float, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_kernels, "_available_bytes", lambda: int(gigabytes * 1e9))
    assert ClassKernels().most == most


def test_here_there_is_memory_for_some() -> None:
    assert ClassKernels().most <= psutil.virtual_memory().total // KERNEL_BYTES + FEWEST


class Stream:
    """A kernel's channel, as jupyter_server has it."""

    def on_recv(self, hear: Callable[[list[bytes]], None]) -> None:
        self.hear = hear


def test_what_a_kernel_says_while_its_page_is_away_is_kept_up_to_a_limit(tmp_path: Path) -> None:
    async def story(kernels: ClassKernels) -> None:
        kernel_id, iopub = await start(kernels), Stream()
        kernels.start_buffering(kernel_id, "page", {"iopub": iopub})
        for _ in range(100):
            iopub.hear([bytes(1_000_000)])
        kept = kernels.get_buffer(kernel_id, "page")["buffer"]
        assert [channel for channel, _message in kept] == ["iopub"] * 8

    play(story, tmp_path, most=2)
