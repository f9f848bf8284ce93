"""What nbgrader asks of ``nbgrader autograde``, ours do: ``KitAutograde``, and settings alone.

`python -m tests.upstream.grading` runs all of it in both ways, and with stock nbgrader.
"""

from __future__ import annotations

from tests.confined import on_linux
from tests.upstream.grading import DIFFERENT, run_tests
from tests.upstream.grading_ways import AUTOGRADE, LISTS

pytestmark = on_linux

AT_LEAST = 40
PART = "hidden or envvar or timeout or exploit or partial or grade_notebook or handle_failure"
"""Of the second way, which has less that is ours."""


def test_in_the_place_of_nbgraders_own() -> None:
    ended = run_tests(AUTOGRADE)
    assert len(ended) >= AT_LEAST
    assert {name for name, end in ended.items() if end == "failed"} == {*DIFFERENT[AUTOGRADE]}


def test_by_settings_alone() -> None:
    ended = run_tests(LISTS, PART)
    assert "passed" in ended.values()
    assert [name for name, end in ended.items() if end == "failed"] == [*DIFFERENT[LISTS]]
