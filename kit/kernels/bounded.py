"""Run cells and keep what they show, up to a limit: it fills the memory of who runs them."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.client import KernelClient
from jupyter_core.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from nbformat import NotebookNode

from kit.kernels.client import PromptClient
from kit.words import _

MOST_OF_A_CELL = 32 * 2**20
"""Bytes. The largest that lessons show are films that matplotlib writes into the page: 20 MB."""

MOST_OF_A_PAGE = 2 * MOST_OF_A_CELL
"""Bytes. All of it is kept until the page has it."""

_WAITING_MESSAGES = 16
"""On their way to a client, each no larger than a cell; before that a kernel keeps 1000."""

_LONGEST_COMPLAINT = 2000
_ENDS_BY_ITSELF_SECONDS = 0.5


class Bounded(NotebookClient):  # type: ignore[misc]
    """As nbclient's; a cell that shows too much is interrupted, and says so instead.

    Its kernel's clients are to be ``BoundedClient``s.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, raise_on_iopub_timeout=True, **options)
        self._left_of_page = MOST_OF_A_PAGE
        self._given = self._left = 0

    async def async_start_new_kernel_client(self) -> KernelClient:
        """As ever."""
        client = await super().async_start_new_kernel_client()
        shows = client.iopub_channel.socket
        self._cut_off = shows.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        return client

    async def async_execute_cell(
        self, cell: NotebookNode, cell_index: int, *args: Any, **options: Any
    ) -> NotebookNode:
        """As ever; an error is no longer than can be read.

        Raises:
            CellExecutionError: the cell has raised an error.
            TimeoutError: not all that it shows has come.
            RuntimeError: there is no kernel any more.
        """
        if not self._begin_cell():
            cell.outputs = [_fault(_("The parts before it show too much; it was left out."))]
            return cell
        self._guards = [asyncio.ensure_future(self._stop_when_cut_off())]
        try:
            await super().async_execute_cell(cell, cell_index, *args, **options)
        except (CellExecutionError, TimeoutError) as error:
            if isinstance(error, CellExecutionError):
                error.traceback = error.traceback[-_LONGEST_COMPLAINT:]
            if self._left >= 0:
                raise
        finally:
            for each in self._guards:
                each.cancel()
        if self._left < 0:
            too_much = _("It shows more than {megabytes} MB, and was stopped.")
            cell.outputs = [_fault(too_much.format(megabytes=MOST_OF_A_CELL // 2**20))]
            self.clear_display_id_mapping(cell_index)
            self.kc.stop_channels()
            await self.async_start_new_kernel_client()
        return cell

    def _begin_cell(self) -> int:
        """How much the next cell may show."""
        self._left_of_page -= self._given - max(self._left, 0)
        self._left = self._given = min(MOST_OF_A_CELL, self._left_of_page)
        return self._left

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        self._left -= _size(msg) * max(1, self._copies(msg))
        if self._left >= 0:
            return super().process_message(msg, cell, cell_index)
        cell.outputs = []
        self.kc.iopub_channel.stop()  # with all that is on its way
        self._guards.append(asyncio.ensure_future(self._interrupt()))
        raise CellExecutionComplete

    def _copies(self, msg: dict[str, Any]) -> int:
        """How often a page then holds it: what is displayed anew stands wherever it was before."""
        try:
            known = self._display_id_map.get(msg["content"]["transient"]["display_id"], {})
        except (KeyError, TypeError):  # it has no name, or one that is none
            return 1
        return sum(map(len, known.values())) + int(msg["msg_type"] != "update_display_data")

    async def _stop_when_cut_off(self) -> None:
        """A message that is larger than a cell may be does not come, nor any after it."""
        await self._cut_off.poll()
        self._left = -1
        await self._interrupt()

    async def _interrupt(self) -> None:
        """Until it has ended; not at once, as a cell that just ends would leave the signal to the
        next one, and again, as an exception that comes at some moments is lost.
        """
        with suppress(RuntimeError):  # the kernel has ended
            while True:
                await asyncio.sleep(_ENDS_BY_ITSELF_SECONDS)
                await ensure_async(self.km.interrupt_kernel())

    def show_code_cell_timeout(self, cell: NotebookNode) -> None:
        cell.outputs = [*cell.outputs, _fault(_("Not all that it shows has arrived."))]


class BoundedClient(PromptClient):
    """Takes no message that is larger than a cell may be, and few before they are looked at."""

    def _context_default(self) -> zmq.asyncio.Context:
        context: zmq.asyncio.Context = super()._context_default()
        context.setsockopt(zmq.MAXMSGSIZE, MOST_OF_A_CELL)
        context.setsockopt(zmq.RCVHWM, _WAITING_MESSAGES)
        context.setsockopt(zmq.SNDTIMEO, 0)  # a kernel that takes nothing holds up nobody else
        return context

    def start_channels(self, *_which: bool, **_more: bool) -> None:
        """Those that cells are run by; on others a kernel could say what nobody hears."""
        super().start_channels(stdin=False, hb=False, control=False)


def _fault(said: str) -> NotebookNode:
    return NotebookNode(output_type="error", ename="TooMuchShown", evalue=said, traceback=[])


def _size(message: Any) -> int:
    """Bytes that a message takes in memory, roughly."""
    size, parts = 0, [message]
    while parts:
        part = parts.pop()
        size += part.nbytes if isinstance(part, memoryview) else sys.getsizeof(part)
        if isinstance(part, dict):
            parts += [*part.keys(), *part.values()]
        elif isinstance(part, list):
            parts += part
    return size
