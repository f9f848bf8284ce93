"""The teacher's own solution, which is run as a submission is: a test that it fails is broken."""

from __future__ import annotations

from collections.abc import Mapping

import nbformat
from nbformat import NotebookNode
from nbgrader import utils

from kit.grading.handed_in import by_grade_id
from kit.grading.marks import mark
from kit.grading.outcomes import CELL_WORDS, Ended
from kit.grading.work import Ran
from kit.words import _

_OF_TEST = {Ended.OK, Ended.ERROR, Ended.TIMEOUT, Ended.FLOOD}


def is_solved(source: NotebookNode, released: Mapping[str, NotebookNode]) -> bool:
    """Whether a teacher's notebook has a solution in every place where students write code.

    Args:
        released: its cells as students get them, by grade_id.
    """
    solutions = [
        (name, cell.source.strip())
        for name, cell in by_grade_id(source)
        if utils.is_solution(cell) and cell.cell_type == "code"
    ]
    return bool(solutions) and all(
        name in released and text != released[name].source.strip() for name, text in solutions
    )


def failed_tests(ran: Ran) -> dict[str, str]:
    """The test cells that do not give all their points, by grade_id, and what they say.

    Those that a kernel's end kept from running are not among them: it may be the machine's fault,
    and everybody would get their points.
    """
    notebook = nbformat.reads(ran.notebook, as_version=4)
    found = {}
    for cell, run in zip(notebook.cells, ran.cells, strict=True):
        if not utils.is_grade(cell) or utils.is_solution(cell) or run.ended not in _OF_TEST:
            continue
        given = mark(cell, run, lambda _name: False)
        if given.score is not None and given.score < given.most:
            errors = (each for each in cell.outputs if each.output_type == "error")
            said = next((f"{each.ename}: {each.evalue}" for each in errors), "")
            points = _("{score:g} of {most:g} points.").format(**vars(given))
            found[cell.metadata["nbgrader"]["grade_id"]] = (
                said or CELL_WORDS.get(run.ended) or points
            )
    return found
