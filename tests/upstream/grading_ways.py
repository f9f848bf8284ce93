"""A plugin for pytest: nbgrader's own tests, graded in the way that KIT_GRADING names."""

from __future__ import annotations

import os
from typing import Any

WAY = "KIT_GRADING"
AUTOGRADE, LISTS = "autograde", "lists"


def pytest_configure() -> None:
    """Put ours in the place of nbgrader's: its ``Autograde``, or two entries of its lists."""
    from nbgrader.apps import api, autogradeapp, nbgraderapp
    from nbgrader.converters import Autograde
    from nbgrader.preprocessors import Execute, SaveAutoGrades

    from kit.grading.autograde import KitAutograde
    from kit.grading.execute import ConfinedExecute
    from kit.grading.save import SaveMarks

    ours: dict[Any, Any] = {Execute: ConfinedExecute, SaveAutoGrades: SaveMarks}
    if os.environ.get(WAY) == AUTOGRADE:
        for module in (autogradeapp, api, nbgraderapp):
            if hasattr(module, "Autograde"):
                module.Autograde = KitAutograde
    elif os.environ.get(WAY) == LISTS:
        given = Autograde.autograde_preprocessors.default_args[0]
        given[:] = [ours.get(each, each) for each in given]
