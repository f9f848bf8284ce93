"""A plugin for pytest: nbgrader's own tests, graded in the way that KIT_GRADING names."""

from __future__ import annotations

import os

WAY = "KIT_GRADING"
AUTOGRADE, LISTS = "autograde", "lists"


def pytest_configure() -> None:
    """Put ours in the place of nbgrader's: its ``Autograde``, or two entries of its lists."""
    from nbgrader.apps import api, autogradeapp, nbgraderapp
    from nbgrader.converters import Autograde

    from kit.grading.autograde import KitAutograde
    from kit.grading.lists import autograde_preprocessors

    if os.environ.get(WAY) == AUTOGRADE:
        for module in (autogradeapp, api, nbgraderapp):
            if hasattr(module, "Autograde"):
                module.Autograde = KitAutograde
    elif os.environ.get(WAY) == LISTS:
        ours = autograde_preprocessors()
        Autograde.autograde_preprocessors.default_args[0][:] = ours
