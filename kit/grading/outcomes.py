"""What can become of a submission, and of each of its test cells: each by a name of its own."""

from __future__ import annotations

from enum import StrEnum

from kit.words import _


class Ended(StrEnum):
    """How a cell ended. Only ``OK`` is proof that it ran to its end."""

    OK = "ok"
    ERROR = "error"
    TIMEOUT = "timeout"
    FLOOD = "flood"
    MEMORY = "memory"
    DIED = "died"
    STUCK = "stuck"
    FORGED = "forged"
    NOT_RUN = "not-run"


class Outcome(StrEnum):
    """What a teacher should know of a submission, besides its marks."""

    # Of the run: what was earned before stands.
    TIMEOUT = "timeout"
    FLOOD = "flood"
    MEMORY = "memory"
    DIED = "died"
    STUCK = "stuck"
    FORGED = "forged"
    OUT_OF_TIME = "out-of-time"
    # Of the cells that were handed in.
    MISSING_CELLS = "missing-cells"
    DUPLICATE_CELLS = "duplicate-cells"
    ALTERED_CELLS = "altered-cells"
    REORDERED_CELLS = "reordered-cells"
    UNKNOWN_CELLS = "unknown-cells"
    # Of the file.
    MISSING_NOTEBOOK = "missing-notebook"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    INVALID = "invalid-notebook"
    OTHER_KERNEL = "other-kernel"
    LINKS_LEFT_OUT = "links-left-out"
    # Of the test, and of grading itself.
    NOT_GRADABLE = "not-gradable"
    NOT_GRADED = "not-graded"


UNUSABLE = frozenset({Outcome.UNREADABLE, Outcome.TOO_LARGE, Outcome.INVALID})
"""A notebook that could not be run at all."""


def in_words(outcome: str) -> str:
    """What happened, in a sentence for the teacher and the student."""
    return _WORDS[Outcome(outcome)]


_WORDS = {
    Outcome.TIMEOUT: _("A cell ran for too long and was stopped."),
    Outcome.FLOOD: _("A cell showed too much and was stopped."),
    Outcome.MEMORY: _("The notebook used too much memory; no cell ran after that."),
    Outcome.DIED: _("The notebook ended its own kernel; no cell ran after that."),
    Outcome.STUCK: _("A cell could not be stopped; no cell ran after it."),
    Outcome.FORGED: _("Its code changes what becomes of tests; look at it. They gave no points."),
    Outcome.OUT_OF_TIME: _("The whole notebook ran for too long; the last cells did not run."),
    Outcome.MISSING_CELLS: _("Cells of the assignment are missing; their tests give no points."),
    Outcome.DUPLICATE_CELLS: _("Cells are there more than once; the last of each counts."),
    Outcome.ALTERED_CELLS: _("Cells that only the teacher writes were changed, and put back."),
    Outcome.REORDERED_CELLS: _("Cells are in another order than in the assignment."),
    Outcome.UNKNOWN_CELLS: _("Cells say that they belong to the assignment, and do not."),
    Outcome.MISSING_NOTEBOOK: _("A notebook of the assignment was not handed in."),
    Outcome.UNREADABLE: _("The file cannot be read: it is no notebook."),
    Outcome.TOO_LARGE: _("The file is too large."),
    Outcome.INVALID: _("The file is no valid notebook."),
    Outcome.OTHER_KERNEL: _("The notebook asks for another kernel; the assignment's was used."),
    Outcome.LINKS_LEFT_OUT: _("Links to other places were handed in, and left out."),
    Outcome.NOT_GRADABLE: _("A test is broken, for everyone alike; it takes points from nobody."),
    Outcome.NOT_GRADED: _("It could not be graded. It is not lost; grade it again."),
}

CELL_WORDS = {
    Ended.TIMEOUT: _("It ran for too long and was stopped."),
    Ended.FLOOD: _("It showed too much and was stopped."),
    Ended.MEMORY: _("The notebook used too much memory here, or before."),
    Ended.DIED: _("The notebook ended its own kernel here."),
    Ended.STUCK: _("It could not be stopped."),
    Ended.FORGED: _("It is not known how it ended: the notebook's code changes what tests say."),
    Ended.NOT_RUN: _("It did not run."),
}
"""Of a cell that has no verdict of its own."""
