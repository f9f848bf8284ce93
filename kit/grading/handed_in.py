"""A submission as it was handed in: read as if by an enemy, and compared with the assignment."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import nbformat.reader
from nbformat import NotebookNode
from nbgrader import utils

from kit.errors import KitError
from kit.grading.outcomes import Outcome, in_words
from kit.words import _

LARGEST_NOTEBOOK = 100 * 2**20
"""Bytes. nbgrader's own pages do not show larger ones."""

MOST_CELLS = 10_000
"""Each costs about 0.1 ms to look at, and all others wait meanwhile."""

MOST_OUTPUTS = 20_000
"""Of all cells. Where there are more, none is kept: a run makes them anew."""

_FACTS = ("grade", "solution", "task", "locked", "points")
_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class UnusableError(KitError):
    """A notebook that cannot be run at all.

    Attributes:
        outcome: why not.
    """

    def __init__(self, outcome: Outcome, name: str) -> None:
        super().__init__(f"{name}: {in_words(outcome)}", _("Ask for it once more."))
        self.outcome = outcome


def read(path: Path) -> NotebookNode:
    """A notebook, of the newest format.

    Raises:
        UnusableError: it is none.
    """
    if path.is_symlink() or not path.is_file():
        raise UnusableError(Outcome.UNREADABLE, path.name)
    if path.stat().st_size > LARGEST_NOTEBOOK:
        raise UnusableError(Outcome.TOO_LARGE, path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        json.loads(text)
    except (ValueError, RecursionError, OSError) as error:
        raise UnusableError(Outcome.UNREADABLE, path.name) from error
    try:
        notebook = nbformat.convert(nbformat.reader.reads(text), 4)
        if len(notebook.cells) > MOST_CELLS:
            raise UnusableError(Outcome.TOO_LARGE, path.name)
        _mend(notebook)
        nbformat.validate(notebook)
        nbformat.writes(notebook).encode()  # half of a pair of surrogates is no character
    except UnusableError:
        raise
    except Exception as error:  # what has the form of no notebook breaks them in many ways
        raise UnusableError(Outcome.INVALID, path.name) from error
    return notebook


def _mend(notebook: NotebookNode) -> None:
    """What does no harm: cells' ids that are missing, the same or no ids, tags that skip tests."""
    notebook.nbformat_minor = max(5, notebook.nbformat_minor)
    too_many = sum(len(each.get("outputs", ())) for each in notebook.cells) > MOST_OUTPUTS
    ids: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        if not _ID.fullmatch(str(cell.get("id", ""))) or cell["id"] in ids:
            cell["id"] = f"kit-{number}"
        ids.add(cell["id"])
        if "nbgrader" in cell.metadata:
            cell.metadata.pop("tags", None)
        if cell.cell_type == "code":
            cell["outputs"] = [] if too_many else cell.get("outputs", [])
            cell.setdefault("execution_count", None)


def differences(
    notebook: NotebookNode, known: Any, released: Mapping[str, NotebookNode]
) -> Iterator[Outcome]:
    """What is not as in the assignment, before it is put back.

    Args:
        known: the assignment's notebook in the gradebook.
        released: its cells as students got them, by grade_id and in their order; empty where that
            is not known.
    """
    ours = {each.name for each in known.source_cells}
    cells = by_grade_id(notebook)
    names = [name for name, _cell in cells]
    counts = Counter(names)
    if ours - set(names):
        yield Outcome.MISSING_CELLS
    if any(count > 1 for count in counts.values()):
        yield Outcome.DUPLICATE_CELLS
    if set(names) - ours:
        yield Outcome.UNKNOWN_CELLS
    if any(
        utils.is_locked(released[name])
        and (_facts(cell), cell.source.strip())
        != (_facts(released[name]), released[name].source.strip())
        for name, cell in cells
        if name in released
    ):
        yield Outcome.ALTERED_CELLS
    once = [name for name in names if counts[name] == 1 and name in released]
    if once != [name for name in released if name in once]:
        yield Outcome.REORDERED_CELLS
    spec = notebook.metadata.get("kernelspec", {}).get("name")
    wanted = json.loads(known.kernelspec or "{}").get("name")
    if spec and wanted and spec != wanted:
        yield Outcome.OTHER_KERNEL


def put_back(notebook: NotebookNode, known: Any) -> None:
    """Let cells be what the gradebook says, whatever they say of themselves. Its sources nbgrader
    puts back.
    """
    locked = {each.name: each.locked for each in known.source_cells}
    points = {each.name: each.max_score for each in [*known.grade_cells, *known.task_cells]}
    kinds = {
        kind: {each.name for each in getattr(known, f"{kind}_cells")}
        for kind in ("grade", "solution", "task")
    }
    for cell in notebook.cells:
        about = cell.metadata.pop("nbgrader", None)
        name = about.get("grade_id") if isinstance(about, dict) else None
        if not isinstance(name, str) or name not in locked:
            continue
        facts = {kind: name in names for kind, names in kinds.items()}
        if name in points:
            facts["points"] = points[name]
        cell.metadata["nbgrader"] = NotebookNode(
            grade_id=name, locked=locked[name], schema_version=3, **facts
        )


def _facts(cell: NotebookNode) -> dict[str, Any]:
    return {name: cell.metadata["nbgrader"].get(name) for name in _FACTS}


def by_grade_id(notebook: NotebookNode) -> list[tuple[str, NotebookNode]]:
    """The cells that belong to the assignment, in their order."""
    found = []
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        name = about.get("grade_id") if isinstance(about, dict) else None
        if isinstance(name, str) and name:
            found.append((name, cell))
    return found


def in_its_place(name: str, outcome: Outcome) -> NotebookNode:
    """A notebook that says what came in the place of one that cannot be used."""
    said = f"{name}: {in_words(outcome)}"
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(said)])
