"""A lesson's page from the server's side: the text at once, its cells meanwhile, the rest told."""

from __future__ import annotations

import asyncio
import json
import re
import urllib.request
from fnmatch import fnmatch
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest
from jupyter_core.utils import run_sync
from nbformat import NotebookNode
from playwright.sync_api import expect
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from kit.checks import load_checks
from kit.course import find_lesson
from kit.journal import Journal
from kit.server.lesson_run import _by_widget
from kit.widgets.assets import PARTS, WIDGETS_URL, page_style, script
from kit.widgets.check import CheckWidget
from tests.conftest import LESSON, Server, Visit, wait_until

VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL_ID = re.compile(r'"kernelId": "([0-9a-f-]{36})"')


def get(server: Server, path: str) -> tuple[str, Any]:
    """The body of an answer, and its headers."""
    token = parse_qs(urlsplit(server.url).query)["token"][0]
    request = urllib.request.Request(
        server.base + path, headers={"Authorization": f"token {token}"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode(), answer.headers


def kernel_of(shown: str) -> str:
    found = KERNEL_ID.search(shown)
    assert found, shown[-2000:]
    return found[1]


def is_idle(server: Server, kernel_id: str) -> bool:
    kernel = json.loads(get(server, f"/api/kernels/{kernel_id}")[0])
    return bool(kernel["execution_state"] == "idle")


async def _asked(server: Server, kernel_id: str) -> WebSocketClientConnection:
    """The page's web socket, on which it has asked for what comes of its cells."""
    token = parse_qs(urlsplit(server.url).query)["token"][0]
    url = f"{server.base.replace('http', 'ws', 1)}/voila/execution/{kernel_id}"
    socket = await websocket_connect(HTTPRequest(url, headers={"Authorization": f"token {token}"}))
    await socket.write_message(json.dumps({"action": "execute", "payload": {}}))
    assert (await _heard(socket))["action"] == "initialized"
    return socket


async def _heard(socket: WebSocketClientConnection) -> dict[str, Any]:
    said = await asyncio.wait_for(socket.read_message(), 60)
    assert said
    message: dict[str, Any] = json.loads(said)
    return message


async def _told(server: Server, kernel_id: str) -> list[dict[str, Any]]:
    socket = await _asked(server, kernel_id)
    told: list[dict[str, Any]] = []
    while not told or told[-1]["cell_index"] != told[-1]["total_cell"] - 1:
        told.append((await _heard(socket))["payload"])
    socket.close()
    return told


async def _refused(server: Server, kernel_id: str) -> dict[str, Any]:
    socket = await _asked(server, kernel_id)
    refused = await _heard(socket)
    socket.close()
    return refused


told, refused = map(run_sync, (_told, _refused))  # a browser has a loop of its own in this thread


def shown_by_cells(told: list[dict[str, Any]]) -> list[str]:
    """What each cell shows, as text."""
    texts = [""] * told[-1]["total_cell"]
    for each in told:
        for output in each["output_cell"]["outputs"]:
            data = output.get("data", {})
            texts[each["cell_index"]] += output.get("text", data.get("text/plain", ""))
            texts[each["cell_index"]] += " as a picture" if "image/png" in data else ""
    return texts


def edit(lesson: Path, *sources: str) -> None:
    """Put code cells at the end of a lesson."""
    notebook = nbformat.read(lesson / "lesson.ipynb", as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(notebook, lesson / "lesson.ipynb")


def test_its_cells_run_before_the_page_asks_and_it_is_told_of_all_once(server: Server) -> None:
    kernel_id = kernel_of(get(server, f"/kit/lesson/{LESSON}")[0])

    wait_until(lambda: is_idle(server, kernel_id), what="nobody has run the cells")
    cells = told(server, kernel_id)
    assert [each["cell_index"] for each in cells] == list(range(cells[-1]["total_cell"]))
    _course, lesson = find_lesson(server.course / "lessons" / LESSON)
    shown = sum(
        VIEW in output.get("data", {})
        for each in cells
        for output in each["output_cell"]["outputs"]
    )
    assert shown > len(lesson.check_ids)
    assert refused(server, kernel_id)["action"] == "execution_error"


def test_cells_that_run_in_one_request_show_what_each_would_by_itself(server: Server) -> None:
    """Whatever can end a group of cells, or must not be in one, and what comes after it."""
    sources = {
        "print('first'); 'value'": "first\n'value'",
        "import os; os.write(1, b'elsewhere'); print('second', end='')": "second",
        "shown = display('before', display_id=True)": "'before'",
        "shown.update('after')": "",
        "from IPython.display import clear_output; print('?'); clear_output(wait=True)": "?\n",
        "import time; print('slow'); time.sleep(0.3)": "slow\n",
        "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()": "<Figure *> as a picture",
        "axes = plt.subplots()[1]; axes.plot([2, 1])": "[[]<*Line2D*>[]]<Figure *> as a picture",
        "import asyncio; await asyncio.sleep(0.01); print('awaited')": "awaited\n",
        "%precision 2": "'%.2f'",
        "print('before it'); 1 / 0": "before it\n*ZeroDivisionError: division by zero",
        "def half(:": "*invalid syntax*",
        "print('x' * 40_000_000)": "*was stopped.",
        "shown = print('goes on')": "goes on\n",
        "": "",
        "__import__('sys').exit()": "*SystemExit*",
        "raise KeyboardInterrupt": "*KeyboardInterrupt*",
        "print('last')": "last\n",
    }
    edit(server.course / "lessons" / LESSON, *sources)
    cells = told(server, kernel_of(get(server, f"/kit/lesson/{LESSON}")[0]))
    texts = shown_by_cells(cells)[-len(sources) :]
    found = dict(zip(sources, texts, strict=True))
    assert {
        source: found[source] for source in sources if not fnmatch(found[source], sources[source])
    } == {}


def test_the_page_is_made_anew_once_the_notebook_was_saved(server: Server) -> None:
    before, _headers = get(server, f"/kit/lesson/{LESSON}")
    notebook = server.course / "lessons" / LESSON / "lesson.ipynb"
    text = notebook.read_text(encoding="utf-8")
    notebook.write_text(text.replace("# Meet the table", "# Greet the table"), encoding="utf-8")
    after, _headers = get(server, f"/kit/lesson/{LESSON}")
    assert "Greet the table" in after
    assert "Greet the table" not in before


def test_a_page_that_comes_in_the_middle_shows_every_output(visit: Visit, server: Server) -> None:
    """Widgets that were opened before it came, and after, two in one cell, and text after them."""
    edit(
        server.course / "lessons" / LESSON,
        "import time; time.sleep(3)",
        "import ipywidgets\n"
        "for number in range(3):\n"
        "    display(ipywidgets.HTML(f'<b class=made>{number}</b>'))\n"
        "    print('after', number)",
        "ipywidgets.HTML('<b class=made>last</b>')",
    )
    page = visit.page
    page.goto(server.lesson_url)
    expect(page.locator("b.made")).to_have_text(["0", "1", "2", "last"])
    for number in range(3):
        expect(page.get_by_text(f"after {number}")).to_be_visible()
    expect(page.locator("[data-check]")).to_have_count(9)
    assert visit.watch.complaints == []


def test_without_a_kernel_the_text_is_there_and_says_so(visit: Visit, server: Server) -> None:
    runtime = server.course.parent / "runtime"
    runtime.rename(runtime.with_name("elsewhere"))
    runtime.write_text("in the way of the kernels' files")
    visit.page.goto(server.lesson_url)
    expect(visit.page.get_by_role("alert")).to_contain_text("cannot be started")
    expect(visit.page.locator("#kit-main h1")).to_have_text("Meet the table")
    expect(visit.page.locator(".kit-status")).to_have_text("")
    assert visit.watch.complaints == []


def test_outputs_are_told_with_a_widget_at_the_end_of_each_part() -> None:
    text, widget = NotebookNode(name="stdout"), NotebookNode(data={VIEW: {}})
    assert list(_by_widget([])) == [[]]
    assert list(_by_widget([text, widget])) == [[text, widget]]
    assert list(_by_widget([text, widget, text, text, widget, widget])) == [
        [text, widget],
        [text, text, widget],
        [widget],
    ]


# Widgets' scripts --------------------------------------------------------------------------------


def test_a_check_brings_its_script_with_it_where_no_server_of_ours_is(
    course: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, lesson = find_lesson(course / "lessons" / LESSON)
    check = next(iter(load_checks(lesson.folder / "checks.py").values()))

    def made() -> Any:
        return CheckWidget(check, Journal(found, lesson), {}, in_app=True).get_state()

    assert made()["_esm"] == script("check")
    assert ".kit-check" in made()["_css"]
    monkeypatch.setenv(WIDGETS_URL, "/base/kit/widgets/")
    assert "/base/kit/widgets/check.js?v=" in made()["_esm"]
    assert len(made()["_esm"]) + len(made()["_css"]) < 200


def test_scripts_and_style_are_kept_by_the_browser_until_they_change(server: Server) -> None:
    shown, _headers = get(server, f"/kit/lesson/{LESSON}")
    addresses = re.findall(r'"(/kit/widgets/[^"]+)"', shown)
    assert len(addresses) == len(PARTS) + 1
    for address in addresses:
        body, headers = get(server, address)
        assert body in {page_style(), *map(script, PARTS)}
        assert "immutable" in headers["Cache-Control"]
    assert "immutable" not in get(server, "/kit/widgets/check.js?v=old")[1].get("Cache-Control", "")
    for unknown in ("check.css", "tokens.js", "page.js"):
        with pytest.raises(HTTPError, match="404"):
            get(server, f"/kit/widgets/{unknown}")
