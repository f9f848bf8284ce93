"""Graded notebooks, as nbgrader leaves them in ``autograded/``: what failed, and what was written.

A notebook comes from a learner, so nothing in it is trusted: what has not the shape of a notebook
is left out, what is too long is cut, nothing is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kit.classroom.class_data import Failure, Work, Written
from kit.classroom.student_folders import student_files
from kit.words import _

MOST_BYTES = 50_000_000
MOST_FAILURES = 200
MOST_CHARACTERS = 20_000
"""Of one cell that are compared with others'."""

MOST_MESSAGE = 300
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")

NotebookKey = tuple[str, str, str]


def find_notebooks(autograded: Path) -> dict[NotebookKey, Path]:
    """The notebooks in ``autograded/STUDENT/ASSIGNMENT/``, by student, assignment and name."""
    return {
        (each.student, each.assignment, each.path.stem): each.path
        for each in student_files(autograded, ".ipynb")
    }


def read_work(path: Path, key: NotebookKey) -> Work | str:
    """What is in a graded notebook, or a sentence that says why nothing can be."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return _("Left out: {path} is larger than {n} MB.").format(
                path=path, n=MOST_BYTES // 1_000_000
            )
        notebook = json.loads(path.read_bytes())
    except OSError as error:
        return _("Left out: {path} cannot be read: {reason}.").format(
            path=path, reason=error.strerror
        )
    except (ValueError, RecursionError):
        return _("Left out: {path} is no notebook.").format(path=path)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        return _("Left out: {path} is no notebook.").format(path=path)
    dicts = [cell for cell in cells if isinstance(cell, dict)]
    failures = [failure for cell in dicts for failure in _failures(cell)]
    written = [each for cell in dicts if (each := _written(cell))]
    return Work(*key, failures[:MOST_FAILURES], written)


def _failures(cell: dict[str, Any]) -> Iterator[Failure]:
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        if isinstance(output, dict) and output.get("output_type") == "error":
            name, said = _text(output.get("ename")), _text(output.get("evalue"))
            line = _COLOURS.sub("", said).strip().partition("\n")[0]
            yield Failure(_grade_id(cell), name[:MOST_MESSAGE], line[:MOST_MESSAGE])


def _written(cell: dict[str, Any]) -> Written | None:
    """What a learner was to write; None for a cell of the assignment's own."""
    if _nbgrader(cell).get("solution") is not True:
        return None
    source = _text(cell.get("source"))[:MOST_CHARACTERS]
    return Written(_grade_id(cell), cell.get("cell_type") == "code", source)


def _grade_id(cell: dict[str, Any]) -> str:
    return _text(_nbgrader(cell).get("grade_id"))[:MOST_MESSAGE]


def _nbgrader(cell: dict[str, Any]) -> dict[str, Any]:
    metadata = cell.get("metadata")
    own = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return own if isinstance(own, dict) else {}


def _text(value: Any) -> str:
    """A text, which in a notebook may be a list of its lines."""
    if isinstance(value, list):
        return "".join(each for each in value if isinstance(each, str))
    return value if isinstance(value, str) else ""
