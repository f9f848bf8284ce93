"""Points for a test cell: only where it provably ran to its end."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from nbformat import NotebookNode
from nbgrader import utils

from kit.grading.outcomes import CELL_WORDS, Ended
from kit.grading.work import CellRun

_ENAME = "NotGraded"
_NUMBERS = {"abs", "float", "int", "len", "max", "min", "round", "sum"}


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
    if any(each.output_type == "error" for each in cell.outputs):  # a warning costs nothing
        return Mark(0.0, most)
    results = [each for each in cell.outputs if each.output_type == "execute_result"]
    if not results and shows_points(cell.source):  # it was kept from coming
        return Mark(0.0, most)
    return Mark(min([_points(each, most) for each in results], default=most), most)


def shows_points(source: str) -> bool:
    """Whether a test certainly ends by showing a value: what a call gives back may be nothing."""
    try:
        *_before, last = ast.parse(source).body
    except (SyntaxError, ValueError):  # with magics of IPython; or there is nothing
        return False
    if not isinstance(last, ast.Expr) or _after(source, last).startswith(";"):
        return False
    value = last.value
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in _NUMBERS
    return not isinstance(value, ast.Constant | ast.Await) or isinstance(
        getattr(value, "value", None), int | float
    )


def _after(source: str, node: ast.stmt) -> str:
    """What stands behind the code of a statement, on its last line."""
    line = source.split("\n")[(node.end_lineno or 1) - 1].encode()
    return line[node.end_col_offset :].decode().strip()


def _points(result: NotebookNode, most: float) -> float:
    """What a result says; a text, or a table, says that all is well."""
    said = result.get("data", {}).get("text/plain", "")
    try:
        points = float("".join(said))
    except (TypeError, ValueError):
        return most if said else 0.0
    return points if 0 <= points <= most else 0.0


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
