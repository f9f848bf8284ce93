"""A client of a kernel that waits no longer than it has to."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

_ANSWERS_WITHIN_SECONDS = 1.0
_SHOWS_WITHIN_SECONDS = 0.2


class PromptClient(AsyncKernelClient):  # type: ignore[misc]
    """Ready once the kernel has answered and something that it shows has arrived.

    jupyter_client's own then still waits until nothing has come for 0.2 s. What comes late is about
    an earlier question, and is told apart by its parent.
    """

    def start_channels(self, *which: bool, hb: bool = False, **more: bool) -> None:
        """As ever, but without a thread for the heart: the manager knows whether it lives."""
        super().start_channels(*which, hb=hb, **more)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel can be asked.

        Raises:
            RuntimeError: it has ended, or has not answered after ``timeout`` seconds.
        """
        ends = time.monotonic() + timeout if timeout else float("inf")
        while True:
            self.kernel_info()
            reply = await _next(self.shell_channel, _ANSWERS_WITHIN_SECONDS)
            if (
                reply
                and reply["msg_type"] == "kernel_info_reply"
                and await _next(self.iopub_channel, _SHOWS_WITHIN_SECONDS)
            ):
                self._handle_kernel_info_reply(reply)
                return
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > ends:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")


async def _next(channel: Any, seconds: float) -> dict[str, Any] | None:
    """The next message that comes; None if none does."""
    try:
        message: dict[str, Any] = await channel.get_msg(timeout=seconds)
    except Empty:
        return None
    return message
