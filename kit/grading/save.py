"""nbgrader's ``SaveAutoGrades``, which takes a verdict for what it is, and nothing for none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveAutoGrades

from kit.grading.execute import RAN
from kit.grading.marks import Mark, mark, say_why
from kit.grading.work import CellRun, Ran


class SaveMarks(SaveAutoGrades):  # type: ignore[misc]
    """Stands in nbgrader's list behind ``ConfinedExecute``.

    Attributes:
        gradebook: where marks go; opened for each notebook where it is not given.
        is_broken: whether a test cell is broken for everyone alike, by its grade_id.
        given: the marks that it has saved, by grade_id.
    """

    gradebook: Any = None
    is_broken: Callable[[str], bool] = staticmethod(lambda _grade_id: False)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Save the marks of all cells; ``resources[RAN]`` says how each ended."""
        named, ran = resources["nbgrader"], resources.get(RAN)
        self.notebook_id, self.assignment_id = named["notebook"], named["assignment"]
        self.student_id, self.given = named["student"], dict[str, Mark]()
        self._runs: list[CellRun] = ran.cells if isinstance(ran, Ran) else []
        if self.gradebook is not None:
            return self._save(nb, resources)
        self.gradebook = opened = Gradebook(named["db_url"])
        try:
            return self._save(nb, resources)
        finally:
            self.gradebook = None
            opened.close()

    def _save(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        for place, cell in enumerate(nb.cells):
            nb.cells[place], resources = self.preprocess_cell(cell, resources, place)
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        run = self._runs[cell_index] if cell_index < len(self._runs) else None
        if utils.is_grade(cell):
            self._give(cell, mark(cell, run, self.is_broken))
            say_why(cell, run)
        if utils.is_solution(cell) or utils.is_task(cell):
            self._add_comment(cell, resources)
        return cell, resources

    def _give(self, cell: NotebookNode, given: Mark) -> None:
        """What a teacher has given by hand stays, and is to be looked at again."""
        name = cell.metadata["nbgrader"]["grade_id"]
        self.given[name] = given
        grade = self.gradebook.find_grade(
            name, self.notebook_id, self.assignment_id, self.student_id
        )
        grade.auto_score = given.score
        grade.needs_manual_grade = (
            grade.manual_score is not None or given.score is None or given.broken
        )
        self.gradebook.db.commit()
