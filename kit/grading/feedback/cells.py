"""A graded notebook as its page shows it, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup
from nbformat import NotebookNode
from nbgrader import utils

from kit.grading.feedback import html
from kit.grading.feedback.marks import Marks, Points
from kit.grading.feedback.source import Source
from kit.grading.feedback.verdict import Verdict, ended, explain, plain, printed_words
from kit.grading.outcomes import CELL_WORDS, Ended, Outcome
from kit.media.markdown import tokens_of
from kit.words import _

_ENDED = {
    Outcome.DIED: Ended.DIED,
    Outcome.MEMORY: Ended.MEMORY,
    Outcome.STUCK: Ended.STUCK,
    Outcome.OUT_OF_TIME: Ended.TIMEOUT,
}
"""After these no cell has run."""


@dataclass(frozen=True)
class HandedIn:
    """What a student gave, before any test had run on it.

    Attributes:
        folder: with the pictures that the notebook names; None where it is not here.
        outputs: of its code cells, by their source.
    """

    folder: Path | None
    outputs: Mapping[str, Sequence[NotebookNode]]


@dataclass(frozen=True)
class Cell:
    """A cell of the page.

    Attributes:
        anchor: where links lead.
        under: the heading above it.
        label: what it is to the student; "" where it is the assignment's text or an example.
        body: its text or its code.
        is_code: which of these.
        hides: whether some of it, or all, is not shown.
        points, comment: of the gradebook.
        verdict: why it failed, where it did.
        outputs: what it showed.
        as_handed_in: whether they are those that the student has handed in.
    """

    anchor: str
    under: str
    label: str
    body: Markup
    is_code: bool
    hides: bool
    points: Points | None
    comment: Markup
    verdict: Verdict | None
    outputs: Sequence[Markup]
    as_handed_in: bool


class GradedNotebook:
    """A notebook out of autograded/.

    Args:
        signs: nbgrader's for what is hidden, in pairs.
    """

    def __init__(
        self,
        notebook: NotebookNode,
        marks: Marks,
        handed_in: HandedIn,
        signs: Sequence[tuple[str, str]],
    ) -> None:
        self._cells: Sequence[NotebookNode] = notebook.cells
        self._marks, self._handed_in = marks, handed_in
        self._teachers = {
            place: Source(cell.source, signs)
            for place, cell in enumerate(self._cells)
            if is_teachers(cell)
        }
        self._seen = "\n".join(each.shown for each in self._teachers.values())
        hiding = [
            place
            for place, each in self._teachers.items()
            if each.hidden and self._cells[place].cell_type == "code"
        ]
        self._first_hidden = min(hiding, default=len(self._cells))
        self._hides = bool(hiding)

    def cells(self) -> Iterator[Cell]:
        """All of them."""
        under = ""
        for place, cell in enumerate(self._cells):
            if cell.cell_type == "markdown":
                under = _heading(cell.source) or under
            yield self._cell(place, cell, under)

    def _cell(self, place: int, cell: NotebookNode, under: str) -> Cell:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        source = self._teachers.get(place)
        shown = source.shown if source else cell.source
        is_code = cell.cell_type == "code"
        outputs, as_handed_in = self._outputs(place, cell) if is_code else ((), False)
        return Cell(
            anchor=f"cell-{place + 1}",
            under=under,
            label=_label(cell),
            body=html.code(shown) if is_code and shown else self._text(cell, shown),
            is_code=is_code,
            hides=is_code and bool(source and source.hidden),
            points=self._marks.points.get(name),
            comment=html.markdown(self._marks.comments.get(name, "")),
            verdict=self._verdict(place, cell) if is_code else None,
            outputs=html.all_outputs(outputs),
            as_handed_in=as_handed_in,
        )

    def _text(self, cell: NotebookNode, shown: str) -> Markup:
        if cell.cell_type != "markdown":
            return html.text(shown) if shown else Markup("")
        attachments, folder = cell.get("attachments", {}), self._handed_in.folder
        return html.markdown(shown, folder, attachments, with_html=is_teachers(cell))

    def _outputs(self, place: int, cell: NotebookNode) -> tuple[Sequence[NotebookNode], bool]:
        """What may be shown, and whether it is what was handed in.

        From the first hidden test on, a kernel may show what that test has told a student's code;
        and what can be displayed anew may be changed from there in the cells before.
        """
        if not self._hides:
            return [each for each in cell.outputs if each.output_type != "error"], False
        texts = [each for each in cell.outputs if each.output_type in {"stream", "error"}]
        is_test = utils.is_grade(cell) and not utils.is_solution(cell)
        if place < self._first_hidden and (is_test or len(texts) == len(cell.outputs)):
            return [each for each in texts if each.output_type == "stream"], False
        if is_test or cell.source not in self._handed_in.outputs:
            return [], False
        return self._handed_in.outputs[cell.source], True

    def _verdict(self, place: int, cell: NotebookNode) -> Verdict | None:
        error = next((each for each in cell.outputs if each.output_type == "error"), None)
        if error is not None:
            found = explain(error, place, self._cells, self._teachers, self._seen)
            is_open = place < self._first_hidden and error.traceback and not ended(error)
            return replace(found, traceback=_traceback(error)) if is_open else found
        points = self._marks.points.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
        if place in self._teachers and points and (points.score or 0.0) < points.most:
            said = printed_words(self._teachers[place], cell.outputs, self._seen)
            if said and place >= self._first_hidden:  # before, all of it is shown
                return Verdict(words=said)
        return self._ended_here(place)

    def _ended_here(self, place: int) -> Verdict | None:
        """Of the last cell that ran, where none ran after it."""
        found = next((each for each in self._marks.outcomes if each in _ENDED), None)
        ran = [n for n, each in enumerate(self._cells) if each.get("execution_count")]
        if found is None or not ran or ran[-1] != place:
            return None
        return Verdict(CELL_WORDS[_ENDED[found]])


def is_teachers(cell: NotebookNode) -> bool:
    """Whether nbgrader has put back what the teacher wrote."""
    about = cell.metadata.get("nbgrader", {})
    if utils.is_solution(cell):
        return False
    return bool(utils.is_grade(cell) or utils.is_task(cell) or about.get("locked"))


def _traceback(error: NotebookNode) -> str:
    return plain("\n".join(map(str, error.traceback)))[-html.LONGEST_TEXT :]


def _label(cell: NotebookNode) -> str:
    if utils.is_task(cell):
        return _("Task")
    if utils.is_solution(cell):
        return _("Your answer")
    return _("Test") if utils.is_grade(cell) else ""


def _heading(source: str) -> str:
    """The last one in a text, without markup."""
    found, is_heading = "", False
    for token in tokens_of(source[: html.LONGEST_TEXT]):
        if token.type == "inline" and is_heading:
            found = token.content
        is_heading = token.type == "heading_open"
    return found[:100]
