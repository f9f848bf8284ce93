"""Where the time goes between a click and a lesson that can be answered, in the kit's page.

What happens in the browser is on the page's own clock: the browser's records of what it asked for,
and a web socket that notes what passes it. When a kernel listens, the files tell on which it does.
All clocks are of one machine and are given in milliseconds since 1970; files are dated to 4 ms.

What is least possible is measured apart, so that nothing has to share the processors with it: the
page without a kernel, answered at once with what it was once sent (``scripts_alone``), and the
lesson's cells in a kernel without a page (``cells_alone``).
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import tempfile
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from playwright.sync_api import Page

from bench.errors import NotMeasured
from bench.kernels import started_by, until_it_listens
from bench.servers import Server
from kit.kernels.owner import NAME
from kit.notebook import is_on_page, shown_by

NOTE_MOMENTS = """
(() => {
  const seen = (window.benchMoments = { connected: null, asked: null, results: [] });
  const now = () => performance.timeOrigin + performance.now();
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.benchRunsCells = this.url.includes("/voila/execution/");
      if (this.benchRunsCells) {
        this.addEventListener("message", ({ data }) => seen.results.push([now(), data]));
      } else {
        this.addEventListener("open", () => { seen.connected ??= now(); });
      }
    }
    send(data) {
      if (this.benchRunsCells) seen.asked ??= now();
      super.send(data);
    }
  };
})();
"""
BROWSERS_OWN = """
() => {
  const at = (time) => performance.timeOrigin + time;
  const [page] = performance.getEntriesByType("navigation");
  const files = performance.getEntriesByType("resource");
  const first = (part) => files.find(({ name }) => name.includes(part));
  return {
    requestStart: at(page.requestStart),
    responseStart: at(page.responseStart),
    responseEnd: at(page.responseEnd),
    voila: at(first("/static/voila.js").responseEnd),
    extensions: at(first("/static/remoteEntry.").startTime),
    kernel: at(first("/api/kernels/").startTime),
  };
}
"""
ALL_CELLS_RAN = """
() => {
  const last = window.benchMoments.results.at(-1);
  const { cell_index, total_cell } = last ? JSON.parse(last[1]).payload : {};
  return total_cell && cell_index === total_cell - 1;
}
"""
ASKS_FOR_KERNEL = """
() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/api/kernels/"))
"""
REQUEST = "the browser asks for the page"
KERNEL_STARTS = "the server starts a kernel"
KERNEL_LISTENS = "the kernel listens"
FIRST_BYTE = "the page begins to come"
LAST_BYTE = "all of the page has come"
VOILA = "voila.js has come"
EXTENSIONS = "voila.js has started, and asks for extensions"
CONNECTING = "the extensions have started, and ask for the kernel"
CONNECTED = "the kernel's web socket is open"
ASKED = "the page asks for its cells to be run"
CHECK_CAME = "the first check is in the browser"
ALL_CAME = "all results are in the browser"


def moments(page: Page, server: Server, kernel_id: str, lesson: Path) -> dict[str, float]:
    """What happened while the lesson was opened, and when."""
    own: Mapping[str, float] = page.evaluate(BROWSERS_OWN)
    seen: Mapping[str, Any] = page.evaluate("() => window.benchMoments")
    told = [(at, json.loads(said)["payload"]) for at, said in seen["results"]]
    came = {payload["cell_index"]: at for at, payload in told if "cell_index" in payload}
    _sources, first_check = _cells_of(lesson)
    files = [each.stat().st_mtime for each in server.runtime.glob(f"kernel-{kernel_id}-ipc-*")]
    return {
        REQUEST: own["requestStart"],
        KERNEL_STARTS: (server.runtime / f"kernel-{kernel_id}.json").stat().st_mtime * 1000,
        KERNEL_LISTENS: max(files) * 1000,
        FIRST_BYTE: own["responseStart"],
        LAST_BYTE: own["responseEnd"],
        VOILA: own["voila"],
        EXTENSIONS: own["extensions"],
        CONNECTING: own["kernel"],
        CONNECTED: seen["connected"],
        ASKED: seen["asked"],
        CHECK_CAME: came[first_check],
        ALL_CAME: max(came.values()),
    }


def _cells_of(lesson: Path) -> tuple[list[str], int]:
    """What a page runs of a notebook, and which of it is the first check."""
    notebook = nbformat.read(lesson, as_version=4)
    cells = [each for each in notebook.cells if is_on_page(each) and each.cell_type == "code"]
    first = next(
        number
        for number, each in enumerate(cells)
        if any(one.kind == "check" for one in shown_by(each))
    )
    return [each.source for each in cells], first


# What is least possible --------------------------------------------------------------------------


def page_of(server: Server, path: str) -> str:
    """What the server sends of a page; its kernel is not kept."""
    request = urllib.request.Request(
        server.origin + path, headers={"Authorization": f"token {server.token}"}
    )
    with urllib.request.urlopen(request) as answer:
        return str(answer.read().decode())


def answer_at_once(page: Page, path: str, html: str) -> None:
    """Have one page's address answered with this from now on, without asking the server."""
    browser = page.context.new_cdp_session(page)
    answer = {
        "responseCode": 200,
        "responseHeaders": [{"name": "Content-Type", "value": "text/html"}],
        "body": base64.b64encode(html.encode()).decode(),
    }

    def fulfil(paused: dict[str, Any]) -> None:
        browser.send("Fetch.fulfillRequest", {"requestId": paused["requestId"], **answer})

    browser.on("Fetch.requestPaused", fulfil)
    pattern = {"urlPattern": f"*{path}", "resourceType": "Document"}
    browser.send("Fetch.enable", {"patterns": [pattern]})


@dataclass(frozen=True)
class Cells:
    """A lesson's cells, run in a kernel without a page.

    Attributes:
        first_check: milliseconds from asking for the kernel until the first check's cell has run.
        all_of_them: until the last one has.
    """

    first_check: float
    all_of_them: float


def cells_alone(lesson: Path, data: Path) -> Cells:
    """Start a warm kernel and run a lesson's cells in it, one after the other.

    Args:
        lesson: the notebook.
        data: the folder for progress.

    Raises:
        NotMeasured: a cell fails.
    """
    sources, first = _cells_of(lesson)
    own = {"KIT_DATA": str(data), "KIT_LEARNER": "bench", "VOILA_REQUEST_URL": "http://bench"}
    with started_by(NAME):
        replies = asyncio.run(_replies(sources, lesson.parent, own))
    return Cells(replies[first], replies[-1])


async def _replies(cells: list[str], folder: Path, env: dict[str, str]) -> list[float]:
    """Milliseconds from asking for a kernel until each of the cells has run."""
    with tempfile.TemporaryDirectory(prefix="kit-bench-") as place:
        began = time.perf_counter()
        manager = AsyncKernelManager(
            kernel_name="python3", transport="ipc", connection_file=f"{place}/kernel.json"
        )
        await manager.start_kernel(cwd=str(folder), env={**os.environ, **env}, stderr=DEVNULL)
        await until_it_listens(manager)
        client = manager.client()
        client.start_channels()
        replies = []
        for cell in cells:
            asked, answer = client.execute(cell, store_history=False), None
            while not answer or answer["parent_header"].get("msg_id") != asked:
                answer = await client.get_shell_msg()
            if answer["content"]["status"] != "ok":
                raise NotMeasured(f"A cell of the lesson fails: {answer['content']}")
            replies.append((time.perf_counter() - began) * 1000)
        client.stop_channels()
        await manager.shutdown_kernel(now=True)
    return replies
