"""Run the cells of a page, and tell the page what came of each.

A run begins as soon as there is a kernel, while the browser still loads its scripts. Whatever the
page has not heard when it asks, it is told then.
"""

from __future__ import annotations

import ast
import asyncio
import html
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import suppress
from queue import Empty
from typing import Any, ClassVar

from jupyter_client.asynchronous.client import AsyncZMQSocketChannel
from jupyter_core.utils import ensure_async
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from traitlets import Type
from traitlets.config import Config

from kit import errors
from kit.kernels.bounded import BoundedClient
from kit.notebook import shown_by
from kit.server.cell_groups import GroupExecutor, group_at
from kit.words import _

KIT_ERRORS = {name for name, value in vars(errors).items() if isinstance(value, type)}
WIDGET = "application/vnd.jupyter.widget-view+json"
ASKS_WITHIN_SECONDS = 30.0
"""A busy machine takes long to load a page's scripts."""


class _Shown(AsyncZMQSocketChannel):
    """What the kernel shows.

    Attributes:
        told_states: whether a page has asked for the widgets that there are, and was told
            (ipywidgets' control comm).
    """

    told_states = False

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        message: dict[str, Any] = await super().get_msg(timeout)
        if message["msg_type"] == "comm_msg":
            data = message["content"].get("data", {})
            self.told_states |= data.get("method") == "update_states"
        return message


class _Client(BoundedClient):
    iopub_channel_class = Type(_Shown)


class LessonRun:
    """One run of a page's code cells, for the one who opened it.

    Args:
        kernel: the kernel's manager.
        notebook: code cells only; their outputs are filled in.
        config: settings of Voila's executor.
        is_there: whether the page has come, and listens to the kernel.
    """

    _not_heard: ClassVar[dict[str, LessonRun]] = {}

    def __init__(
        self, kernel: Any, notebook: NotebookNode, config: Config, is_there: Callable[[], bool]
    ) -> None:
        kernel.client_factory = _Client
        self._executor = GroupExecutor(notebook, km=kernel, config=config, show_tracebacks=True)
        self._notebook = notebook
        self._log = self._executor.log
        self._is_there, self._has_widgets = is_there, False
        self._place, self._is_set_up = 0, True
        self._told: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._task = asyncio.create_task(self._run())

    def wait_for_page(self, kernel_id: str) -> None:
        """Let ``take`` give this run to the kernel's page."""
        self._not_heard[kernel_id] = self

    def when_over(self, tell: Callable[[], None]) -> None:
        """Have it told that all cells have run, or none can any more."""
        self._task.add_done_callback(lambda _task: tell())

    @classmethod
    def take(cls, kernel_id: str) -> LessonRun | None:
        """The run in a kernel, once; None where there is none or a page has it already."""
        return cls._not_heard.pop(kernel_id, None)

    async def told(self) -> AsyncIterator[dict[str, Any]]:
        """What Voila's frontend is to be told of each cell, from the first to the last one."""
        while (payload := await self._told.get()) is not None:
            yield payload

    async def _run(self) -> None:
        try:
            await self._run_cells()
        except DeadKernelError as error:
            self._log.info("The kernel of a page is gone: %s", error)
        except Exception:
            self._log.exception("The cells of a page cannot be run")
        finally:
            if self._executor.kc:
                await ensure_async(self._executor.kc.stop_channels())
            self._told.put_nowait(None)

    async def _run_cells(self) -> None:
        self._executor.kc = await self._executor.async_start_new_kernel_client()
        while self._place < len(self._notebook.cells):
            if self._is_there() and not self._has_widgets:
                await self._give_widgets()
            try:
                await self._run_some()
            except RuntimeError as error:
                raise DeadKernelError(str(error)) from error

    async def _run_some(self) -> None:
        """Run the next cell, and others with it where they may be run with it."""
        cells = self._notebook.cells[self._place :]
        is_warm = getattr(self._executor.km.provisioner, "is_warm", False)
        group = group_at([each.source for each in cells]) if is_warm and self._is_set_up else []
        before = self._place
        with suppress(CellExecutionError, TimeoutError):  # in the cell's outputs, in words
            if len(group) > 1:
                await self._executor.execute_group(group, before, self._ended)
            elif self._is_to_be_run(cells[0]):
                await self._executor.execute_cell(cells[0], None, before, store_history=False)
        if self._place == before:
            self._ended(cells[0].outputs)

    def _is_to_be_run(self, cell: NotebookNode) -> bool:
        """Whether anything is left to be run where the lesson could not be set up: there is no
        `checks` that a cell could ask for.
        """
        kinds = {shown.kind for shown in shown_by(cell)}
        if "check" in kinds and not self._is_set_up:
            cell.source = without_checks(cell.source)
            return kinds != {"check"}
        return True

    def _ended(self, outputs: list[NotebookNode]) -> None:
        """The next cell has shown these, and has ended."""
        place, cells = self._place, self._notebook.cells
        self._place += 1
        errors_met = {output.get("ename") for output in outputs} - {None}
        if errors_met:
            said = ", ".join(str(each) for each in errors_met)
            self._log.warning("Cell %s of a page: %s", cells[place].id, said)
        self._is_set_up &= any(shown_by(cells[place])) or not errors_met & KIT_ERRORS
        *before, last = _by_widget([_in_words(each) for each in outputs])
        for part in before:
            self._tell(place, part)
        self._tell(place, last, total=len(cells) if self._place == len(cells) else 0)

    async def _give_widgets(self) -> None:
        """Let a page that has just come ask for the widgets there are, before there are more: of
        those that come meanwhile it may lose some.
        """
        self._has_widgets = True
        shown = self._executor.kc.iopub_channel
        with suppress(TimeoutError):
            async with asyncio.timeout(ASKS_WITHIN_SECONDS):
                while self._is_there() and not shown.told_states:
                    with suppress(Empty):
                        await shown.get_msg(timeout=1.0)

    def _tell(self, place: int, outputs: Sequence[NotebookNode], total: int = 0) -> None:
        """Put down a message; with a ``total`` of ``place + 1`` the frontend hangs up."""
        cell = {"outputs": list(outputs)}
        self._told.put_nowait({"output_cell": cell, "cell_index": place, "total_cell": total})


def without_checks(source: str) -> str:
    """The code of a cell with media that ask checks, without those: the media can be shown."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # with magics in it; what is wrong is said when it runs
        return source
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            node.keywords = [each for each in node.keywords if each.arg != "checks"]
    return ast.unparse(tree)


def _by_widget(outputs: Sequence[NotebookNode]) -> Iterator[list[NotebookNode]]:
    """The outputs in one list or more, in order, each with a widget at its end at most: what comes
    after a widget that is not there yet, Voila's frontend forgets.
    """
    part: list[NotebookNode] = []
    for output in outputs:
        if part and WIDGET in part[-1].get("data", {}):
            yield part
            part = []
        part.append(output)
    yield part


def _in_words(output: NotebookNode) -> NotebookNode:
    """An error output as a sentence; every other output as it is."""
    if output["output_type"] != "error":
        return output
    name, said = str(output.get("ename", "")), str(output.get("evalue", ""))
    if name not in KIT_ERRORS:
        fault = _("This part of the lesson has a fault; it is not you. Tell your teacher:")
        said = f"{fault} {name}: {said}"
    alert = f'<div class="kit-problem" role="alert"><p>{html.escape(said)}</p></div>'
    return NotebookNode(
        output_type="display_data", metadata={}, data={"text/html": alert, "text/plain": said}
    )
