"""Points for a test cell: only where it provably ran to its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nbformat import NotebookNode
from nbgrader import utils

from kit.grading.outcomes import CELL_WORDS, Ended
from kit.grading.work import CellRun

_ENAME = "NotGraded"


@dataclass(frozen=True)
class Mark:
    """Of one cell.

    Attributes:
        score: points; None where a teacher has to look.
        most: that there are.
        broken: whether the test itself is: then nobody loses a point by it.
    """

    score: float | None
    most: float
    broken: bool = False


def mark(cell: NotebookNode, run: CellRun | None, is_broken: Callable[[str], bool]) -> Mark:
    """The points for a cell that nbgrader's ``is_grade`` holds of.

    Args:
        run: how it ended; None where it was not run here, and nothing is proved.
        is_broken: whether a test cell is broken for everyone alike, by its grade_id.
    """
    most = float(cell.metadata["nbgrader"]["points"])
    if cell.cell_type != "code" or utils.is_solution(cell):
        return Mark(utils.determine_grade(cell)[0], most)
    if is_broken(cell.metadata["nbgrader"]["grade_id"]):
        return Mark(most, most, broken=True)
    if run is None or run.ended != Ended.OK:
        return Mark(0.0, most)
    shown = [
        each for each in cell.outputs if each.get("name") != "stderr"
    ]  # a warning costs nothing
    try:
        score, _most = utils.determine_grade(NotebookNode({**cell, "outputs": shown}))
    except (KeyError, ValueError):  # a result that says more points than there are
        return Mark(0.0, most)
    return Mark(score, most)


def say_why(cell: NotebookNode, run: CellRun | None) -> None:
    """Put into a cell's outputs why it has no verdict, where nothing else there says so."""
    if run is not None and run.ended in CELL_WORDS and cell.cell_type == "code":
        said = CELL_WORDS[run.ended]
        if not any(each.output_type == "error" for each in cell.outputs):
            cell.outputs.append(
                NotebookNode(
                    output_type="error", ename=_ENAME, evalue=said, traceback=[f"{_ENAME}: {said}"]
                )
            )
