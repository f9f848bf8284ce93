"""What the cells of a page may show: as much as a lesson needs, and never all of a server."""

from __future__ import annotations

import asyncio
import subprocess

import psutil
import pytest
from jupyter_client import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from kit.kernels import bounded
from kit.kernels.bounded import MOST_OF_A_CELL, BoundedClient
from kit.server.cell_groups import GroupExecutor

STOPPED = f"It shows more than {MOST_OF_A_CELL // 2**20} MB, and was stopped."
CELLS_TAKE_SECONDS = 60


async def _run(*sources: str) -> tuple[list[NotebookNode], list[str]]:
    """The cells after they ran one after the other, and the errors that this raised."""
    manager = AsyncKernelManager()
    await manager.start_kernel(stderr=subprocess.DEVNULL)
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    manager.client_factory = BoundedClient
    errors = []
    executor = GroupExecutor(notebook, km=manager, show_tracebacks=True)
    try:
        await executor.async_start_new_kernel_client()
        for place, cell in enumerate(notebook.cells):
            runs = executor.execute_cell(cell, None, place, store_history=False)
            try:
                await asyncio.wait_for(runs, CELLS_TAKE_SECONDS)
            except (CellExecutionError, CellTimeoutError) as error:
                errors.append(str(error))
        executor.kc.stop_channels()
    finally:
        await manager.shutdown_kernel(now=True)
    return list(notebook.cells), errors


run = run_sync(_run)  # beside a browser, which has a loop of its own in this thread


def shown(*sources: str) -> list[str]:
    """What cells show: their text, or what an error says."""
    cells, _errors = run(*sources)
    return [
        "".join(str(each.get("text", each.get("evalue"))) for each in cell.outputs)
        for cell in cells
    ]


def test_what_lessons_show_is_shown() -> None:
    large = "from IPython.display import HTML\nHTML('x' * 20_000_000)"
    for_each = "for at in range(2000): print(at, flush=True)"
    first, film, lines, fault = run("print(1)", large, for_each, "1 / 0")[0]
    assert first.outputs[0].text == "1\n"
    assert len(film.outputs[0].data["text/html"]) == 20_000_000
    assert "".join(each.text for each in lines.outputs).split() == list(map(str, range(2000)))
    assert fault.outputs[0].ename == "ZeroDivisionError"


@pytest.mark.parametrize(
    "endless",
    [
        "while True: print('x' * 1000)",
        "from IPython.display import display\nwhile True: display({'text/plain': 'x'}, raw=True)",
        "import ipywidgets\nwhile True: ipywidgets.HTML('x' * 100_000)",
    ],
    ids=["text", "small pieces", "widgets"],
)
def test_a_cell_without_end_is_stopped_and_says_so_and_the_next_one_runs(
    endless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "MOST_OF_A_CELL", 4 * 2**20)
    before = psutil.Process().memory_info().rss
    stopped = STOPPED.replace(str(MOST_OF_A_CELL // 2**20), "4")
    assert shown("mine = 3", endless, "print(mine)") == ["", stopped, "3\n"]
    assert psutil.Process().memory_info().rss - before < 100 * 2**20


def test_a_cell_that_ends_by_itself_leaves_no_signal_to_the_next_one() -> None:
    much = f"for _ in range(8): print('x' * {MOST_OF_A_CELL // 6}, flush=True)"
    again = "import time\nfor _ in range(20): time.sleep(0.1)\nprint('slept')"
    assert shown(much, again) == [STOPPED, "slept\n"]


def test_a_message_that_is_too_large_is_told_and_the_next_one_runs() -> None:
    at_once = f"print('x' * {3 * MOST_OF_A_CELL})"
    assert shown(at_once, "print(4)") == [STOPPED, "4\n"]


def test_all_cells_of_a_page_together_show_no_more_than_a_page_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bounded, "MOST_OF_A_CELL", 1_000_000)
    monkeypatch.setattr(bounded, "MOST_OF_A_PAGE", 2_000_000)
    nearly = "print('x' * 900_000)"
    *three, last = shown(nearly, nearly, nearly, "print(1)")
    assert [len(each) > 900_000 for each in three] == [True, True, False]
    assert "left out" in last


def test_an_error_is_no_longer_than_can_be_read() -> None:
    cells, (said,) = run("print('x' * 1_000_000)\nraise ValueError('y' * 1_000_000)")
    assert len(cells[0].outputs[1].evalue) == 1_000_000
    assert len(said) < 10_000
