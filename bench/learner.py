"""One who opens a lesson, as a ``Visitor`` who does what the lesson's page does."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bench.errors import NotMeasured
from bench.servers import COURSE, Server
from bench.visitor import Visitor
from kit.course import load_course

LESSON = "01-meet-the-table"
WIDGET, PROBLEM = "application/vnd.jupyter.widget-view+json", "kit-problem"
KERNEL_ID = re.compile(r'"kernelId": ?"([0-9a-f-]{36})"')
WAITS_SECONDS = 120


def path_of(server: Server) -> str:
    """The lesson's path on a server."""
    return server.lesson.format(lesson=LESSON)


@dataclass
class Learner:
    """One who opens the lesson.

    Attributes:
        files: the paths of what its page asks for.
        runs_while_read: see ``Way``.
        usable: milliseconds until it was usable; None if it never was.
        why_not: why it was not.
    """

    visitor: Visitor
    files: Sequence[str]
    runs_while_read: bool
    usable: float | None = None
    why_not: str = "sent away, since memory was short"

    async def come(self, after: float, advance: Callable[[], None]) -> None:
        """Open the lesson after so many seconds."""
        try:
            await asyncio.sleep(after)
            began = time.perf_counter()
            async with asyncio.timeout(WAITS_SECONDS):
                self.usable = (await self._open() - began) * 1000
        except TimeoutError:
            self.why_not = f"more than {WAITS_SECONDS} s"
        except (NotMeasured, OSError, EOFError) as error:
            self.why_not = str(error) or type(error).__name__
        finally:
            advance()

    async def _open(self) -> float:
        """The moment in which the lesson is usable, by ``perf_counter``."""
        shown = await self._read_page()
        ended = time.perf_counter()
        found = KERNEL_ID.search(shown)
        if not found:
            raise NotMeasured("the page names no kernel")
        kernel_id = found[1]
        await self.visitor.load(f"/api/kernels/{kernel_id}")
        said: asyncio.Queue[str | bytes | None] = asyncio.Queue()
        kernel = await self.visitor.connect(f"/api/kernels/{kernel_id}/channels", said.put_nowait)
        if not self.runs_while_read:
            for message in _for_all_widgets():
                await kernel.write_message(message)
            shown = await self._hear_cells(kernel_id)
            await _told_of_widgets(said)
            ended = time.perf_counter()
        _look_for_checks(shown)
        return ended

    async def _read_page(self) -> str:
        page, loading = "", []
        async for piece in self.visitor.get(path_of(self.visitor.server)):
            if not page:  # the rest of it may take its time
                loading = [asyncio.create_task(self.visitor.load(each)) for each in self.files]
            page += piece.decode("utf-8", "replace")
        await asyncio.gather(*loading)
        return page

    async def _hear_cells(self, kernel_id: str) -> str:
        """What comes of the page's cells."""
        heard: asyncio.Queue[str | bytes | None] = asyncio.Queue()
        socket = await self.visitor.connect(f"/voila/execution/{kernel_id}", heard.put_nowait)
        asked = {"action": "execute", "payload": {"kernel_id": kernel_id}}
        await socket.write_message(json.dumps(asked))
        said = ""
        while (message := await heard.get()) is not None:
            payload = json.loads(message)["payload"]
            said += json.dumps(payload.get("output_cell", {}))
            if payload.get("cell_index") == payload.get("total_cell", 0) - 1:
                return said
        raise NotMeasured("the page's web socket was closed before its last cell had run")


def _for_all_widgets() -> Iterator[str]:
    """What a page with widgets asks a kernel first (ipywidgets' control comm)."""
    comm = {"comm_id": "states", "target_name": "jupyter.widget.control"}
    for kind, data in (("comm_open", {}), ("comm_msg", {"method": "request_states"})):
        yield json.dumps(
            {
                "channel": "shell",
                "header": {"msg_id": kind, "msg_type": kind, "session": "states", "version": "5.3"},
                "parent_header": {},
                "metadata": {"version": "1.0.0"},
                "content": {**comm, "data": data},
            }
        )


async def _told_of_widgets(said: asyncio.Queue[str | bytes | None]) -> None:
    """Return once the kernel has told which widgets there are.

    Raises:
        NotMeasured: it does not.
    """
    while message := await said.get():
        if '"update_states"' in str(message):
            return
    raise NotMeasured("the kernel's web socket was closed before it told its widgets")


def _look_for_checks(shown: str) -> None:
    """See whether all is there.

    Raises:
        NotMeasured: a check is missing, or something went wrong instead.
    """
    came, checks = shown.count(WIDGET), _checks()
    if came < checks or PROBLEM in shown:
        raise NotMeasured(f"a cell went wrong; {came} widgets came, of {checks} checks and more")


@cache
def _checks() -> int:
    return len(load_course(COURSE).lesson(LESSON).check_ids)
