"""nbgrader's own commands and buttons, with our way to run and to mark: by settings alone."""

from __future__ import annotations

from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute, SaveAutoGrades

from kit.grading.execute import ConfinedExecute
from kit.grading.save import SaveMarks

_OURS = {Execute: ConfinedExecute, SaveAutoGrades: SaveMarks}


def autograde_preprocessors() -> list[type]:
    """nbgrader's list with ours in their places, for ``c.Autograde.autograde_preprocessors``."""
    stock = Autograde.autograde_preprocessors.default_args[0]
    return [_OURS.get(each, each) for each in stock]
