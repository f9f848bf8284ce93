"""Kernels that do not speak as kernels do: their server works on for all others."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest
import websocket
from jupyter_client.session import Session

from tests.attacks.garbage import GARBAGE, WAYS
from tests.confined import on_linux
from tests.conftest import LESSON, Server, wait_until
from tests.test_class_pages import server
from tests.test_lesson_run import get, kernel_of

__all__ = ["server"]
pytestmark = on_linux
FLOOD = """
from IPython.display import display
while True: display({"text/plain": "x" * 5_000_000}, raw=True)
"""
NONSENSE = """
import zmq
while True: get_ipython().kernel.iopub_socket.send_multipart([b"x", b"<IDS|MSG>", b"", b"{"])
"""


def connected(server: Server, kernel_id: str) -> websocket.WebSocket:
    token = parse_qs(urlsplit(server.url).query)["token"][0]
    channels = f"{server.base.replace('http', 'ws')}/api/kernels/{kernel_id}/channels"
    return websocket.create_connection(
        channels, header=[f"Authorization: token {token}"], timeout=20
    )


def ask(page: websocket.WebSocket, code: str) -> None:
    message = Session().msg("execute_request", {"code": code, "silent": False})
    page.send(json.dumps({**message, "channel": "shell"}, default=str))


def heard(page: websocket.WebSocket, word: str) -> bool:
    """Whether a page hears it."""
    while word not in str(page.recv()):
        pass
    return True


@pytest.fixture
def memory(server: Server) -> psutil.Process:
    return psutil.Process(server.process.pid)


@pytest.mark.parametrize("code", [*(f"WAY = {way!r}\n{GARBAGE}" for way in WAYS), FLOOD, NONSENSE],
                         ids=[*WAYS, "messages without end", "nonsense"])  # fmt: skip
def test_others_go_on_learning(code: str, server: Server, memory: psutil.Process) -> None:
    """While its page's cells run and after that, and whoever connects to it meanwhile."""
    hostile = kernel_of(get(server, f"/kit/lesson/{LESSON}")[0])
    pages = [connected(server, hostile)]
    ask(pages[0], code)
    ends, most = time.monotonic() + 6, 0
    while time.monotonic() < ends:
        most = max(most, memory.memory_info().rss)
        with suppress(websocket.WebSocketException, OSError):
            if len(pages) < 5:
                pages.append(connected(server, hostile))
        time.sleep(0.05)
    assert most < 2_500_000_000
    page = connected(server, kernel_of(get(server, f"/kit/lesson/{LESSON}")[0]))
    ask(page, "print(6 * 7)")
    assert heard(page, '"42\\n"')
    assert server.log.stat().st_size < 1_000_000
    for each in (*pages, page):
        each.close()


def test_a_page_that_takes_nothing_of_what_its_kernel_says_is_disconnected(
    server: Server, memory: psutil.Process
) -> None:
    """All of it would be in the server's memory."""
    deaf = connected(server, kernel_of(get(server, f"/kit/lesson/{LESSON}")[0]))
    ask(deaf, FLOOD)
    most = 0
    while "is disconnected" not in server.log.read_text():
        most = max(most, memory.memory_info().rss)
        time.sleep(0.05)
        assert most < 1_500_000_000
    deaf.close()


def test_a_kernel_that_speaks_nonsense_is_ended(server: Server) -> None:
    kernel_id = kernel_of(get(server, f"/kit/lesson/{LESSON}")[0])
    page = connected(server, kernel_id)
    ask(page, NONSENSE)
    wait_until(lambda: "is ended, for what it says" in server.log.read_text())
    wait_until(lambda: not server.kernels())
    page.close()
