"""The kernels of a class's server: as many as its memory is for, and none can fill it.

What a kernel sends is in the server's memory until it is sent on, and learner's code can send
without end; so each of the ways to keep it has an end.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import zmq
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.iostream import StreamBufferFullError
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError
from traitlets import Int, default

from kit.errors import KitError
from kit.open_files import may_open
from kit.server.memory_guard import MemoryGuard
from kit.words import _

KERNEL_BYTES = 120 * 10**6
"""What a lesson's kernel takes: 30 MB that it does not share, and the data that it reads."""

FILES_OF_PAGE = 32
"""Open in the server: sockets, most of them, and what wakes them."""

FEWEST = 8
"""Pages that one learner has open at once, on a machine with little memory."""

LOADS_WITHIN_SECONDS = 60
"""After so long without a page that is connected, a kernel's page has been left."""

PLACE_WITHIN_SECONDS = 3.0
RETRY_AFTER_SECONDS = 30
_LOOKS_EVERY_SECONDS = 0.1
_FILES_OF_SERVER = 100

_LONGEST_MESSAGE = 32 * 2**20
_WAITING_MESSAGES = 16
_MOST_UNHEARD = 8 * 2**20
_MOST_UNSENT = 2 * _LONGEST_MESSAGE


class ServerFullError(KitError):
    """No other page can have a kernel just now."""


class ClassKernels(AsyncMappingKernelManager):
    """The server's kernels, no more of them than ``most``; whoever asks for another gets the place
    of the oldest whose page has been left.
    """

    most = Int(
        help=_("How many kernels pages have at once; by default what memory and open files allow.")
    ).tag(config=True)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._began: dict[str, float] = {}
        self._starting = 0
        self._ending: set[str] = set()
        self._guard: asyncio.Task[None] | None = None

    @default("most")
    def _default_most(self) -> int:
        for_files = (may_open() - _FILES_OF_SERVER) // FILES_OF_PAGE
        return max(FEWEST, min(for_files, _available_bytes() // KERNEL_BYTES))

    @default("context")
    def _default_context(self) -> zmq.Context[Any]:
        context: zmq.Context[Any] = super()._context_default()
        context.setsockopt(zmq.MAXMSGSIZE, _LONGEST_MESSAGE)
        context.setsockopt(zmq.RCVHWM, _WAITING_MESSAGES)
        context.setsockopt(zmq.SNDTIMEO, 0)  # where nobody takes it, nobody waits
        return context

    async def wait_for_place(self) -> None:
        """Until a kernel could be started; whoever reloads a page has still its old one for a
        moment.

        Raises:
            ServerFullError: there is no place, and none becomes free.
        """
        ends = time.monotonic() + PLACE_WITHIN_SECONDS
        while not self._has_place():
            if time.monotonic() > ends:
                raise self._full()
            await asyncio.sleep(_LOOKS_EVERY_SECONDS)

    async def start_kernel(self, **options: Any) -> str:
        """As ever.

        Raises:
            ServerFullError: there is no place for it.
        """
        if not self._has_place():
            raise self._full()
        if not self._guard:
            self._guard = asyncio.ensure_future(MemoryGuard(self._pids, self._end_busy).watch())
        self._starting += 1
        try:
            if self._free() < 0:
                with suppress(HTTPError):  # it has ended meanwhile
                    await self.shutdown_kernel(self._left(), now=True)
            kernel_id = str(await super().start_kernel(**options))
        finally:
            self._starting -= 1
        known = {each: began for each, began in self._began.items() if each in self}
        self._began = {**known, kernel_id: time.monotonic()}
        return kernel_id

    async def shutdown_kernel(self, kernel_id: str, *how: bool, **more: bool) -> None:
        """As ever; its place is free from the beginning."""
        self._ending.add(kernel_id)
        try:
            await super().shutdown_kernel(kernel_id, *how, **more)
        finally:
            self._ending.discard(kernel_id)

    def _has_place(self) -> bool:
        return self._free() > 0 or bool(self._left())

    def _free(self) -> int:
        return int(self.most) - len(self) + len(self._ending) - self._starting

    def _left(self) -> str:
        """The oldest kernel whose page is not there any more; "" if all are."""
        for each in self.list_kernel_ids():
            age = time.monotonic() - self._began.get(each, 0)
            unused = not self._kernel_connections.get(each) and age > LOADS_WITHIN_SECONDS
            if unused and each not in self._ending:
                return str(each)
        return ""

    def _full(self) -> ServerFullError:
        return ServerFullError(
            _("All {most} places on this server are taken just now.").format(most=self.most),
            _("Close pages that you do not need, and open this one again in a minute."),
        )

    def start_watching_activity(self, kernel_id: str) -> None:
        """As ever, until it says what is no message."""
        super().start_watching_activity(kernel_id)
        stream = self._kernels[kernel_id]._activity_stream
        record = stream._recv_callback

        def record_or_end(parts: list[bytes]) -> None:
            try:
                record(parts)
            except Exception as error:
                self.end_hostile(kernel_id, error)

        stream.on_recv(record_or_end)

    def _pids(self) -> dict[str, int]:
        kernels = {each: self.get_kernel(each).provisioner for each in self.list_kernel_ids()}
        return {each: by.pid for each, by in kernels.items() if by and each not in self._ending}

    async def _end_busy(self, kernel_id: str) -> None:
        self.log.warning("Kernel %s is ended: this server grows, and it is busiest", kernel_id)
        with suppress(HTTPError):
            await self.shutdown_kernel(kernel_id, now=True)

    def end_hostile(self, kernel_id: str, error: Exception) -> None:
        """End a kernel that speaks nonsense: each word of it would be a fault in the log."""
        if kernel_id in self and kernel_id not in self._ending:
            self.log.warning("Kernel %s is ended, for what it says: %r", kernel_id, error)
            asyncio.ensure_future(self.shutdown_kernel(kernel_id, now=True))  # noqa: RUF006

    def start_buffering(self, kernel_id: str, session_key: str, channels: Any) -> None:
        """Keep what a kernel says for a page that may connect again: the first of it."""
        super().start_buffering(kernel_id, session_key, channels)
        self._kernel_buffers[kernel_id]["buffer"] = _Unheard()


def _available_bytes() -> int:
    """What this machine has left, or a container's limit where that is less."""
    told = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    limits = [int(told["MemAvailable"].split()[0]) * 1024]
    with suppress(OSError, ValueError):  # none is set: "max"
        limits.append(int(Path("/sys/fs/cgroup/memory.max").read_text()))
    return min(limits)


class _Unheard(list[tuple[str, list[bytes]]]):
    """Messages with their channels, up to ``_MOST_UNHEARD`` bytes."""

    _bytes = 0

    def append(self, message: tuple[str, list[bytes]]) -> None:
        self._bytes += sum(map(len, message[1]))
        if self._bytes <= _MOST_UNHEARD:
            super().append(message)


class ClassConnection(ZMQChannelsWebsocketConnection):
    """A page's connection to its kernel; one that takes too little of what comes is closed."""

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        page = self.websocket_handler
        page.ws_connection.stream.max_write_buffer_size = _MOST_UNSENT
        try:
            super().handle_outgoing_message(stream, outgoing_msg)
        except StreamBufferFullError:
            self.log.warning("A page that takes nothing of what its kernel says is disconnected")
            page.close()
        except WebSocketClosedError:
            pass
        except Exception as error:
            self.multi_kernel_manager.end_hostile(self.kernel_id, error)
