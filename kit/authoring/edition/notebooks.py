"""A notebook as students get it: without the author's cells, solutions and outputs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from kit.errors import BuildError
from kit.media.deck import SlideCell, cells_of_slides
from kit.notebook import is_authors, read_cells
from kit.words import _

METADATA = {"kernelspec", "language_info"}
"""What a notebook keeps of its metadata; the rest is what only an editor left there."""


@dataclass(frozen=True)
class Released:
    """A notebook as students get it.

    Attributes:
        cells_out: how many cells stay with the author.
        is_solved: whether there were solutions, hidden tests or marking schemes.
    """

    content: bytes
    cells_out: int
    is_solved: bool = False


def lesson_notebook(path: Path) -> Released:
    """A lesson's notebook without the author's cells and outputs."""
    notebook, cells_out = _without_authors_cells(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata = {key: notebook.metadata[key] for key in METADATA & {*notebook.metadata}}
    return Released(_as_bytes(notebook), cells_out)


def slides_notebook(path: Path, *, with_notes: bool) -> Released:
    """A notebook of slides with what they show, and nothing else.

    Args:
        with_notes: whether what is said over them is shown.

    Raises:
        KitError: it is no notebook.
    """
    cells = [
        _cell_of_slides(cell)
        for cell in cells_of_slides(path)
        if with_notes or cell.slide_type != "notes"
    ]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return Released(_as_bytes(notebook), len(read_cells(path)) - len(cells))


def _cell_of_slides(cell: SlideCell) -> dict[str, Any]:
    made: dict[str, Any] = {
        "cell_type": cell.kind,
        "metadata": {"slideshow": {"slide_type": cell.slide_type}},
        "source": cell.source,
    }
    if cell.kind == "code":
        made["execution_count"] = None
        made["outputs"] = [
            {"output_type": "display_data", "data": dict(forms), "metadata": {}}
            for forms in cell.outputs
        ]
    return made


def released_notebook(path: Path) -> Released:
    """An assignment's notebook without solutions, hidden tests and marking schemes.

    Raises:
        BuildError: nbgrader cannot release it.
    """
    from nbgrader import preprocessors as nbgrader

    clears = (nbgrader.ClearSolutions, nbgrader.ClearHiddenTests, nbgrader.ClearMarkScheme)
    steps = (
        nbgrader.LockCells, nbgrader.ClearSolutions, nbgrader.ClearOutput,
        nbgrader.CheckCellMetadata, nbgrader.ClearHiddenTests, nbgrader.ClearMarkScheme,
        nbgrader.ComputeChecksums, nbgrader.CheckCellMetadata,
    )  # fmt: skip
    is_solved = False
    try:
        notebook, cells_out = _without_authors_cells(path)
        for step in steps:
            before = [cell.source for cell in notebook.cells]
            notebook, _resources = step().preprocess(notebook, {"nbgrader": {}})
            is_changed = before != [cell.source for cell in notebook.cells]
            is_solved = is_solved or (step in clears and is_changed)
    except Exception as error:
        raise BuildError(
            _("{path} cannot be released: {error}").format(path=path, error=error),
            _("Mend the assignment; `nbgrader validate` shows more."),
        ) from error
    return Released(_as_bytes(notebook), cells_out, is_solved)


def _without_authors_cells(path: Path) -> tuple[Any, int]:
    """A notebook without them, and how many they are."""
    notebook = nbformat.read(path, as_version=4)
    kept = [cell for cell in notebook.cells if not is_authors(cell)]
    cells_out = len(notebook.cells) - len(kept)
    notebook.cells = kept
    return notebook, cells_out


def _as_bytes(notebook: Any) -> bytes:
    """The same for the same notebook."""
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False)
    return f"{text}\n".encode()
