"""A notebook that was run: its marks into the gradebook, itself into the folder of its attempt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.preprocessors import CheckCellMetadata, Execute, SaveAutoGrades

from kit.grading import handed_in
from kit.grading.execute import RAN, write_made
from kit.grading.ledger import Ledger
from kit.grading.outcomes import Outcome
from kit.grading.save import SaveMarks
from kit.grading.work import Ran, Work


@dataclass
class Prepared:
    """A notebook that was handed in, on its way.

    Attributes:
        resources: of nbgrader's preprocessors.
        notebook: with the teacher's own cells in it; None where it cannot be used.
        work, ran: what is to be run, and what came of it; None where nothing is.
    """

    name: str
    resources: dict[str, Any]
    notebook: NotebookNode | None = None
    work: Work | None = None
    ran: Ran | None = None
    outcomes: list[Outcome] = field(default_factory=list)


class NotebookWriter:
    """Writes notebooks, within a transaction that somebody else has begun.

    Args:
        preprocessors: nbgrader's list for what was run, from its ``Execute`` on.

    Attributes:
        broken: the tests that are, and what they say; by assignment and notebook.
    """

    def __init__(self, ledger: Ledger, exporter: Any, preprocessors: Sequence[Any]) -> None:
        self._ledger, self._exporter, self._preprocessors = ledger, exporter, preprocessors
        self.broken: dict[tuple[str, str], dict[str, str]] = {}

    def write(self, one: Prepared, stage: Path) -> dict[str, Any]:
        """Save its marks, and put it into the folder; what an attempt keeps of it."""
        named = one.resources["nbgrader"]
        assignment, student = named["assignment"], named["student"]
        target = stage / f"{one.name}.ipynb"
        if one.notebook is None:
            nbformat.write(handed_in.in_its_place(one.name, one.outcomes[-1]), target)
            return self.give_nothing(assignment, student, one.name, one.outcomes)
        notebook, ran = one.notebook, one.ran
        if ran:
            notebook = nbformat.reads(ran.notebook, as_version=4)
            one.resources[RAN] = ran
            one.outcomes += map(Outcome, ran.outcomes)
            write_made(stage, ran.made)
        marks = SaveMarks(parent=self._exporter)
        marks.gradebook = self._ledger
        broken = self.broken.get((assignment, one.name), {})
        marks.is_broken = broken.__contains__
        if broken:
            one.outcomes.append(Outcome.NOT_GRADABLE)
        notebook = through(self._after_running(marks), notebook, one.resources, self._exporter)
        nbformat.write(notebook, target)
        lost = self._without_cell(assignment, student, one.name, marks)
        return {
            "outcomes": sorted({*map(str, one.outcomes)}),
            "marks": {name: each.score for name, each in marks.given.items()} | lost,
            "broken": broken,
            "seconds": ran.seconds if ran else 0.0,
            "seed": one.work.seed if one.work else None,
            "versions": dict(ran.versions) if ran else {},
        }

    def _without_cell(
        self, assignment: str, student: str, name: str, marks: SaveMarks
    ) -> dict[str, float]:
        """No points for the cells that were not handed in."""
        lost = {}
        found = self._ledger.find_submission_notebook(name, assignment, student)
        for grade in found.grades:
            if grade.cell.name not in marks.given and grade.cell.cell_type != "TaskCell":
                grade.auto_score, grade.needs_manual_grade = 0, grade.manual_score is not None
                lost[grade.cell.name] = 0.0
        return lost

    def give_nothing(
        self, assignment: str, student: str, name: str, outcomes: Iterable[Outcome]
    ) -> dict[str, Any]:
        """No points for a notebook that was not handed in, or cannot be used."""
        found = self._ledger.find_submission_notebook(name, assignment, student)
        for grade in found.grades:
            grade.auto_score, grade.needs_manual_grade = 0, grade.manual_score is not None
        marks = {each.cell.name: 0.0 for each in found.grades}
        return {"outcomes": [*map(str, outcomes)], "marks": marks, "seconds": 0.0}

    def _after_running(self, marks: SaveMarks) -> Iterator[Any]:
        """The list from there on where ours begins, with our own to save marks."""
        for each in self._preprocessors:
            kind = each if isinstance(each, type) else None
            if kind and issubclass(kind, SaveAutoGrades):
                yield marks
            elif not (kind and issubclass(kind, Execute)):
                yield each


def through(
    preprocessors: Iterable[Any], notebook: NotebookNode, resources: dict[str, Any], exporter: Any
) -> NotebookNode:
    """What a list of nbgrader's makes of a notebook."""
    for each in preprocessors:
        if each is CheckCellMetadata:  # it takes longest of all, and `put_back` has made them
            continue
        preprocessor = each(parent=exporter) if isinstance(each, type) else each
        notebook, resources = preprocessor(notebook, resources)
        for cell in notebook.cells:  # of a cell that is there twice nbgrader leaves none
            if cell.metadata.get("nbgrader") == {}:
                del cell.metadata["nbgrader"]
    return notebook
