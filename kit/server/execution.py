"""Voila's web socket, over which a page hears what comes of its cells.

Voila's own runs them only then, and shows a learner "There was an error when executing cell [3].
Please run Voilà with --show_tracebacks".
"""

from __future__ import annotations

import json
from typing import Any

from tornado.websocket import WebSocketClosedError
from voila.tornado.execution_request_handler import ExecutionRequestHandler

from kit.server.lesson_run import LessonRun
from kit.words import _


class LessonExecution(ExecutionRequestHandler):
    """One page that listens to its run."""

    _executor = None  # which Voila's would end: it ends with its run

    async def on_message(self, message_str: str | bytes) -> None:
        if json.loads(message_str).get("action") != "execute":
            return
        run = LessonRun.take(self._kernel_id)
        try:
            if run is None:
                error = _("These cells have been run already.")
                await self._send("execution_error", error=error)
                return
            async for payload in run.told():
                await self._send("execution_result", **payload)
        except WebSocketClosedError:
            self.log.info("The page of kernel %s was closed while its cells ran", self._kernel_id)

    async def _send(self, action: str, **payload: Any) -> None:
        await self.write_message({"action": action, "payload": payload})
