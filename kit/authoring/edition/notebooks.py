"""A notebook as students get it: without the author's cells, solutions and outputs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat

from kit.errors import BuildError
from kit.notebook import is_authors
from kit.words import _

METADATA = {"kernelspec", "language_info"}
"""What a notebook keeps of its metadata; the rest is what only an editor left there."""


def lesson_notebook(path: Path) -> bytes:
    """A lesson's notebook without the author's cells and outputs."""
    notebook = _without_authors_cells(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata = {key: notebook.metadata[key] for key in METADATA & {*notebook.metadata}}
    return _as_bytes(notebook)


def released_notebook(path: Path) -> bytes:
    """An assignment's notebook without solutions, hidden tests and marking schemes.

    Raises:
        BuildError: nbgrader cannot release it.
    """
    from nbgrader import preprocessors as nbgrader

    steps = (
        nbgrader.LockCells, nbgrader.ClearSolutions, nbgrader.ClearOutput,
        nbgrader.CheckCellMetadata, nbgrader.ClearHiddenTests, nbgrader.ClearMarkScheme,
        nbgrader.ComputeChecksums, nbgrader.CheckCellMetadata,
    )  # fmt: skip
    try:
        notebook = _without_authors_cells(path)
        for step in steps:
            notebook, _resources = step().preprocess(notebook, {"nbgrader": {}})
    except Exception as error:
        raise BuildError(
            _("{path} cannot be released: {error}").format(path=path, error=error),
            _("Mend the assignment; `nbgrader validate` shows more."),
        ) from error
    return _as_bytes(notebook)


def _without_authors_cells(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if not is_authors(cell)]
    return notebook


def _as_bytes(notebook: Any) -> bytes:
    """The same for the same notebook."""
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False)
    return f"{text}\n".encode()
