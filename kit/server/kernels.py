"""The kernels of a page: started for it, and ended when nobody is there any more."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from kit.server.class_kernels import ClassKernels

LOOK_EVERY_SECONDS = 30
LOOKS_BEFORE_END = 3


class PageKernels:
    """The server's kernels, remembering those that this page started.

    Args:
        kernels: the server's kernel manager.
        environment: variables to add to that of a kernel which is started here.
    """

    def __init__(self, kernels: Any, environment: Mapping[str, str] | None = None) -> None:
        self._all = kernels
        self._environment = dict(environment or {})
        self._own: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name in {"notebook_data", "get_pool_size"}:  # Voila asks whether it owns the server
            raise AttributeError(name)
        return getattr(self._all, name)

    async def wait_for_place(self) -> None:
        """Until a class's server has a place for one more.

        Raises:
            ServerFullError: it has none, and none becomes free.
        """
        if isinstance(self._all, ClassKernels):
            await self._all.wait_for_place()

    async def start_kernel(self, *, env: dict[str, str], **options: Any) -> str:
        env = {**env, **self._environment}
        kernel_id = str(await self._all.start_kernel(env=env, **options))
        self._own.append(kernel_id)
        return kernel_id

    def is_connected(self) -> bool:
        """Whether a page listens to one of the kernels."""
        return any(
            self._all.kernel_model(each)["connections"] for each in self._own if each in self._all
        )

    async def shut_down(self) -> None:
        for kernel_id in self._own:
            if kernel_id in self._all:
                await self._all.shutdown_kernel(kernel_id, now=True)

    async def end_when_left(self) -> None:
        """End the kernels when no page has been connected to them for a while.

        The page itself ends its kernel when it is closed, but only once its scripts have
        loaded, and not when the browser is killed.
        """
        looks_without = 0
        while looks_without < LOOKS_BEFORE_END and any(each in self._all for each in self._own):
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            looks_without = 0 if self.is_connected() else looks_without + 1
        await self.shut_down()
