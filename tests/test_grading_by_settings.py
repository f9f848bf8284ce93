"""nbgrader's own command, with two entries of its list set: submissions are shut in, and marked as
by ``kit grade``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kit.grading.course import GradingCourse
from tests.confined import on_linux
from tests.small_assignment import NAME, RIGHT, answered, hand_in, make_course, marks, released

pytestmark = on_linux

SETTING = """
from kit.grading.lists import autograde_preprocessors
c.Autograde.autograde_preprocessors = autograde_preprocessors()
"""
DIES = "def half(n):\n    import os; os._exit(0)"
LOOKS = "import glob\ndef square(n): return n * n if not glob.glob({!r}) else 0"
FORGES = (
    "import sqlite3\n"
    "sqlite3.connect({!r}).execute('update grade set auto_score = 1000, manual_score = 1000')\n"
    "def square(n): return n * n"
)


@pytest.fixture
def course(tmp_path: Path) -> GradingCourse:
    made = make_course(tmp_path)
    database = str(tmp_path / "gradebook.db")
    for name, answers in {
        "right": {},
        "dies": {"half": DIES},
        "looks": {"square": LOOKS.format(str(tmp_path / "s*"))},
        "forges": {"square": FORGES.format(database)},
    }.items():
        hand_in(made, name, answered(made, **answers))
    hand_in(made, "blank", released(made))
    return made


def autograde(course: GradingCourse) -> dict[str, Any]:
    """What `nbgrader autograde` gives each, from a shell in which nothing is activated."""
    done = subprocess.run(
        [Path(sys.executable).with_name("nbgrader"), "autograde", NAME],
        cwd=course.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {each: marks(course, each) for each in course.submitted(NAME)}


def test_it_runs_and_marks_as_kit_grade_does(course: GradingCourse) -> None:
    settings = course.folder / "nbgrader_config.py"
    settings.write_text(settings.read_text() + SETTING)
    by_nbgrader = autograde(course)
    assert by_nbgrader["right"] == by_nbgrader["looks"] == RIGHT
    assert by_nbgrader["dies"] == {"test-square": 2.0, "test-half": 0, "test-again": 0, "why": None}
    assert by_nbgrader["forges"]["test-square"] == 0
    course.grade(NAME, regrade=True)
    assert {each: marks(course, each) for each in by_nbgrader} == by_nbgrader


def test_without_the_setting_it_would_not(course: GradingCourse) -> None:
    """What the test above asks for, nbgrader does not do by itself."""
    for student in ("right", "dies", "forges", "blank"):
        hand_in(course, student, answered(course))
    assert autograde(course)["looks"]["test-square"] == 0
