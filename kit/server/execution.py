"""Run a lesson's cells for its page and send each cell's output as it comes.

The page is on the screen before its kernel has started; Voila's frontend then asks for the
outputs over this web socket. Its own handler shows a learner "There was an error when executing
cell [3]. Please run Voilà with --show_tracebacks"; here they read what happened, in words.
"""

from __future__ import annotations

import ast
import asyncio
import html
import json
from typing import Any

from jupyter_core.utils import ensure_async
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from tornado.websocket import WebSocketClosedError
from voila.execute import VoilaExecutor
from voila.tornado.execution_request_handler import ExecutionRequestHandler

from kit import errors
from kit.kernels.client import PromptClient
from kit.notebook import shown_by
from kit.words import _

KIT_ERRORS = {name for name, value in vars(errors).items() if isinstance(value, type)}


class LessonExecution(ExecutionRequestHandler):
    """One run of one lesson's cells, for one page."""

    async def open(self, kernel_id: str) -> None:
        self._executor: VoilaExecutor | None = None
        self._is_set_up = True
        await super().open(kernel_id)

    async def on_message(self, message_str: str | bytes) -> None:
        message = json.loads(message_str)
        if message.get("action") != "execute":
            return
        data = self._execution_data.pop(self._kernel_id, None)
        if data is None:
            await self._send("execution_error", error=_("These cells have been run already."))
            return
        try:
            await self._run(data["nb"], data["config"])
        except (WebSocketClosedError, asyncio.CancelledError):
            self.log.info("The page of kernel %s was closed while its cells ran", self._kernel_id)

    async def _run(self, notebook: NotebookNode, config: Any) -> None:
        manager = await ensure_async(self.kernel_manager.get_kernel(self._kernel_id))
        executor = VoilaExecutor(notebook, km=manager, config=config, show_tracebacks=True)
        self._executor = executor
        manager.client_factory = PromptClient
        executor.kc = await executor.async_start_new_kernel_client()
        total = len(notebook.cells)
        for index, cell in enumerate(notebook.cells):
            alive = await self._run_cell(executor, cell, index)
            output = {key: cell[key] for key in cell if key != "source"}
            await self._send(
                "execution_result", output_cell=output, cell_index=index, total_cell=total
            )
            if not alive:
                return

    async def _run_cell(self, executor: VoilaExecutor, cell: NotebookNode, index: int) -> bool:
        """Fill in the cell's outputs; False when there is no kernel any more."""
        kinds = {shown.kind for shown in shown_by(cell)}
        if "check" in kinds and not self._is_set_up:  # there is no `checks` that it could ask for
            if kinds == {"check"}:
                cell.outputs = []
                return True
            cell.source = without_checks(cell.source)
        try:
            await executor.execute_cell(cell, None, index, store_history=False)
        except (CellExecutionError, TimeoutError) as error:
            self.log.warning("Cell %s of a lesson: %s", cell.get("id", index), error)
        except (DeadKernelError, RuntimeError) as error:
            self.log.warning("The kernel of a lesson is gone: %s", error)
            return False
        errors_met = {output.get("ename") for output in cell.get("outputs", [])}
        self._is_set_up &= bool(kinds) or not errors_met & KIT_ERRORS
        cell.outputs = [_in_words(output) for output in cell.get("outputs", [])]
        return True

    async def _send(self, action: str, **payload: Any) -> None:
        await self.write_message({"action": action, "payload": payload})

    def on_close(self) -> None:
        if self._executor and self._executor.kc:
            asyncio.ensure_future(ensure_async(self._executor.kc.stop_channels()))  # noqa: RUF006


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
