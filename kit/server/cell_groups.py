"""Several cells of a page in one request: what a kernel and a server do for each request takes
longer than most of a lesson's cells.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Sequence
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from voila.execute import VoilaExecutor

from kit.cells import END
from kit.kernels.bounded import Bounded

MOST_AT_ONCE = 20


class GroupExecutor(Bounded, VoilaExecutor):
    """Runs a cell, or as many of several as come to their end in good time."""

    _ended: Callable[[list[NotebookNode]], None] | None = None

    async def execute_group(
        self, sources: Sequence[str], place: int, ended: Callable[[list[NotebookNode]], None]
    ) -> None:
        """Run the first of these, and more.

        Args:
            place: the first one's, in the notebook.
            ended: told what each has shown, as soon as it has ended.

        Raises:
            CellExecutionError, TimeoutError, RuntimeError: see ``async_execute_cell``.
        """
        run = f"__import__('kit.cells', fromlist=['run']).run({list(sources)!r})"
        group, cells = new_code_cell(run), self.nb.cells
        first, cells[place], self._ended = cells[place], group, ended
        try:
            await self.execute_cell(group, None, place, store_history=False)
        finally:
            cells[place], self._ended = first, None
            if group.outputs:  # of one that has not come to its end
                ended(group.outputs)

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        if not self._ended or END not in msg["content"].get("data", {}):
            return super().process_message(msg, cell, cell_index)
        self._ended(cell.outputs)
        cell.outputs = []
        self.clear_display_id_mapping(cell_index)
        self._begin_cell()
        return None


def group_at(sources: Sequence[str]) -> list[str]:
    """Those of the first ones that can be run in one request; of one alone nothing is known."""
    group: list[str] = []
    for source in sources[:MOST_AT_ONCE]:
        if not _is_plain(source):
            break
        group.append(source)
    return group


def _is_plain(source: str) -> bool:
    """Whether it is Python, and waits for nothing: IPython cannot wait within a request."""
    try:
        code = compile(source, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except (SyntaxError, ValueError):
        return False
    return not code.co_flags & inspect.CO_COROUTINE
