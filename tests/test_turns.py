"""Pages that are opened at once: whose kernel starts when."""

from __future__ import annotations

import asyncio
import json
import socket
from urllib.parse import urlsplit

import pytest
from jupyter_core.utils import run_sync

from kit.server import turns
from kit.server.turns import Turns
from tests.conftest import LESSON, Server
from tests.test_lesson_run import edit, get, kernel_of, shown_by_cells, told


async def _order_of(pages: int, at_once: int) -> list[str]:
    """What pages do, each of which works for a moment in its turn."""
    free, did = Turns(at_once), list[str]()

    async def open_page(name: int) -> None:
        turn = await free.take()
        did.append(f"begins {name}")
        await asyncio.sleep(0.01)
        did.append(f"ends {name}")
        turn.give_back()
        turn.give_back()  # by whoever notices its end as well

    await asyncio.gather(*map(open_page, range(pages)))
    return did


order_of = run_sync(_order_of)  # a browser has a loop of its own in this thread


def test_pages_come_in_the_order_in_which_they_were_opened() -> None:
    alone = ["begins 0", "ends 0", "begins 1", "ends 1", "begins 2", "ends 2"]
    assert order_of(3, at_once=1) == alone
    at_once, most = 0, 0
    for did in order_of(9, at_once=2):
        at_once += 1 if did.startswith("begins") else -1
        most = max(most, at_once)
    assert most == 2


async def _take_both_of_one() -> None:
    free = Turns(at_once=1)
    await free.take()
    await asyncio.wait_for(free.take(), 5)


def test_a_page_with_slow_cells_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "HELD_SECONDS", 0.05)
    run_sync(_take_both_of_one)()


def test_who_leaves_before_their_turn_starts_no_kernel(server: Server) -> None:
    edit(server.course / "lessons" / LESSON, "import time; time.sleep(1); print('slept')")
    url = urlsplit(server.url)
    request = f"GET /kit/lesson/{LESSON}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n"
    visitors = []
    for _visitor in range(12):
        visitors.append(socket.create_connection((url.hostname, url.port), timeout=10))
        visitors[-1].sendall(request.encode())
    for visitor in visitors:
        visitor.recv(1000)
        visitor.close()
    after = kernel_of(get(server, f"/kit/lesson/{LESSON}")[0])
    assert shown_by_cells(told(server, after))[-1] == "slept\n"
    assert len(json.loads(get(server, "/api/kernels")[0])) < 6
