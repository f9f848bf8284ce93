"""Verdicts that fail closed: points only for a test that provably ran to its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from kit.grading.autograde import Graded
from kit.grading.course import GradingCourse
from kit.kernels import owner
from tests.confined import on_linux
from tests.small_assignment import (
    NAME,
    NOTEBOOK,
    POINTS,
    RIGHT,
    answered,
    by_student,
    cell,
    hand_in,
    make_course,
    marks,
    released,
)

pytestmark = on_linux

DEAD = {"test-square": 0.0, "test-half": 0.0, "why": None, "test-again": 0.0}
NO_SQUARE = {**RIGHT, "test-square": 0.0, "test-again": 0.0}
HIDES = (
    "from IPython.display import clear_output\n"
    "get_ipython().events.register('post_run_cell', lambda _result: clear_output())\n"
    "def square(n):\n    return n"
)
IN_SQUARE = {  # what a student's function does: the marks, and what the teacher is told
    "right": ("return n * n", RIGHT, []),
    "wrong": ("return n", NO_SQUARE, []),
    "raises": ("raise KeyError(n)", NO_SQUARE, []),
    "warns": ("import sys; print('careful', file=sys.stderr); return n * n", RIGHT, []),
    "leaves": ("raise SystemExit", NO_SQUARE, []),
    "exits": ("exit()", DEAD, ["died"]),
    "interrupts": ("raise KeyboardInterrupt", NO_SQUARE, []),
    "dies": ("import os; os._exit(0)", DEAD, ["died"]),
    "is-killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", DEAD, ["died"]),
    "crashes": ("import ctypes; ctypes.string_at(0)", DEAD, ["died"]),
    "loops": ("while True: pass", NO_SQUARE, ["timeout"]),
    "sleeps": ("import time; time.sleep(1000)", NO_SQUARE, ["timeout"]),
    "floods": ("for _ in range(40): print('x' * 10**6)\n    return n * n", NO_SQUARE, ["flood"]),
    "drips": ("while True: print('x' * 1000)", NO_SQUARE, ["flood"]),
    "fills": ("all = []\n    while True: all.append(b'x' * 10**7)", DEAD, ["memory"]),
    "cannot-be-stopped": (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n    while True: pass",
        DEAD,
        ["stuck"],
    ),
    "reads-others": ("return len(open('../../../gradebook.db').read())", NO_SQUARE, []),
    "asks-the-net": (
        "import socket; socket.create_connection(('1.1.1.1', 80), 1); return n * n",
        NO_SQUARE,
        [],
    ),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GradingCourse]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield make_course(tmp_path_factory.mktemp("course"))
        owner.zygotes.close()


@pytest.fixture(scope="module")
def graded(course: GradingCourse) -> dict[str, Graded]:
    """All of them in one run, three at a time."""
    for name, (body, _marks, _outcomes) in IN_SQUARE.items():
        hand_in(course, name, answered(course, square=f"def square(n):\n    {body}"))
    hand_in(course, "hides", answered(course, square=HIDES))
    hand_in(course, "dies-later", answered(course, half="def half(n):\n    import os; os._exit(1)"))
    hand_in(course, "blank", released(course))
    _hand_in_altered(course)
    return by_student(course.grade(NAME, workers=3))


def _hand_in_altered(course: GradingCourse) -> None:
    skips = answered(course, square="def square(n): return n")
    cell(skips, "test-square").metadata["tags"] = ["skip-execution"]
    hand_in(course, "skips", skips)
    more = answered(course, square="def square(n): return n")
    for name in POINTS:
        cell(more, name).metadata["nbgrader"]["points"] = 1000
    hand_in(course, "more-points", more)
    easier = answered(course, square="def square(n): return n")
    cell(easier, "test-square").source = "pass"
    hand_in(course, "easier", easier)
    without = answered(course)
    without.cells.remove(cell(without, "test-square"))
    hand_in(course, "without", without)
    twice = answered(course)
    twice.cells.append(cell(answered(course), "test-square"))
    hand_in(course, "twice", twice)
    turned = answered(course)
    turned.cells.reverse()
    hand_in(course, "turned", turned)
    forged = answered(course, square="def square(n): return n")
    cell(forged, "test-square").outputs = [
        {"output_type": "execute_result", "data": {"text/plain": "2.0"}, "metadata": {},
         "execution_count": 1}
    ]  # fmt: skip
    hand_in(course, "forged", forged)
    elsewhere = answered(course)
    elsewhere.metadata["kernelspec"] = {"name": "bash", "display_name": "Bash"}
    hand_in(course, "other-kernel", elsewhere)


@pytest.mark.parametrize("name", IN_SQUARE)
def test_what_a_students_code_does(
    name: str, course: GradingCourse, graded: dict[str, Graded]
) -> None:
    _body, expected, outcomes = IN_SQUARE[name]
    assert graded[name].problem == ""
    assert graded[name].outcomes == outcomes
    assert marks(course, name) == expected


def test_an_error_that_is_cleared_away_is_one(
    course: GradingCourse, graded: dict[str, Graded]
) -> None:
    assert graded["hides"].problem == ""
    assert marks(course, "hides") == NO_SQUARE


def test_what_was_earned_before_the_kernel_died_stands(
    course: GradingCourse, graded: dict[str, Graded]
) -> None:
    assert graded["dies-later"].outcomes == ["died"]
    assert marks(course, "dies-later") == {**DEAD, "test-square": 2.0}


def test_a_blank_one_gets_nothing_but_what_its_tests_give(
    course: GradingCourse, graded: dict[str, Graded]
) -> None:
    assert marks(course, "blank") == {**dict.fromkeys(POINTS, 0.0)}
    assert graded["blank"].outcomes == []


@pytest.mark.parametrize(
    ("name", "expected", "outcomes"),
    [
        ("skips", NO_SQUARE, []),
        ("more-points", NO_SQUARE, ["altered-cells"]),
        ("easier", NO_SQUARE, ["altered-cells"]),
        ("without", {**RIGHT, "test-square": 0.0}, ["missing-cells"]),
        ("twice", RIGHT, ["duplicate-cells"]),
        ("turned", DEAD, ["reordered-cells"]),
        ("forged", NO_SQUARE, []),
        ("other-kernel", RIGHT, ["other-kernel"]),
    ],
)
def test_what_was_done_to_the_file(
    name: str,
    expected: dict[str, float | None],
    outcomes: list[str],
    course: GradingCourse,
    graded: dict[str, Graded],
) -> None:
    assert graded[name].problem == ""
    assert graded[name].outcomes == outcomes
    assert marks(course, name) == expected


def test_the_student_is_told_why_a_test_gave_nothing(
    course: GradingCourse, graded: dict[str, Graded]
) -> None:
    written = (course.folder / "autograded" / "dies-later" / NAME / "small.ipynb").read_text()
    assert "ended its own kernel" in written
    assert "It did not run." in written


def test_nothing_is_left_behind(course: GradingCourse, graded: dict[str, Graded]) -> None:
    folders = {each.name for each in (course.folder / "autograded").glob("*/*")}
    assert folders == {NAME}


def test_what_is_nbgraders_own_is_not_written_by_a_students_code(tmp_path: Path) -> None:
    """When it was handed in, among others: a forged time would be on time."""
    course = make_course(tmp_path)
    forges = "def square(n):\n    open('timestamp.txt', 'w').write('1999-01-01')\n    return n * n"
    when = hand_in(course, "forges", answered(course, square=forges)).with_name("timestamp.txt")
    when.write_text("2026-10-01 10:00:00 UTC")
    course.grade(NAME)
    assert marks(course, "forges") == RIGHT
    kept = course.folder / "autograded" / "forges" / NAME / "timestamp.txt"
    assert kept.read_text() == when.read_text()


# Tests that are broken ------------------------------------------------------------------------


@pytest.fixture
def of_broken_test(tmp_path: Path) -> GradingCourse:
    """A course in which the tests of ``half`` ask too much, also of the teacher's solution."""
    course = make_course(tmp_path)
    path = course.folder / "source" / NAME / NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    test = cell(notebook, "test-half")
    test.source = test.source.replace("1.5", "1.7")
    nbformat.write(notebook, path)
    course.release(NAME)
    return course


def test_nobody_loses_points_by_a_broken_test(of_broken_test: GradingCourse) -> None:
    """It is told to the teacher, who has to look; the other tests count as ever."""
    hand_in(of_broken_test, "ada", answered(of_broken_test))
    hand_in(of_broken_test, "bob", answered(of_broken_test, square="def square(n): return n"))
    graded = by_student(of_broken_test.grade(NAME))
    assert marks(of_broken_test, "ada") == RIGHT
    assert marks(of_broken_test, "bob") == NO_SQUARE
    for student in ("ada", "bob"):
        assert graded[student].outcomes == ["not-gradable"]
        assert graded[student].details["small"]["broken"] == {"test-half": "1 of 4 points."}
        assert student in of_broken_test.status(NAME)["to_mark_by_hand"]


def test_a_broken_test_that_is_mended_counts_again(of_broken_test: GradingCourse) -> None:
    hand_in(of_broken_test, "bob", answered(of_broken_test, half="def half(n): return n"))
    of_broken_test.grade(NAME)
    path = of_broken_test.folder / "source" / NAME / NOTEBOOK
    path.write_text(path.read_text().replace("1.7", "1.5"))
    of_broken_test.release(NAME)
    [again] = of_broken_test.grade(NAME)
    assert again.outcomes == []
    assert (again.before, again.score) == (7.0, 4.0)
    assert marks(of_broken_test, "bob") == {**RIGHT, "test-half": 1.0}


def test_a_course_without_solutions_has_no_broken_tests(tmp_path: Path) -> None:
    """Where the teacher's notebook is as students get it, that it fails says nothing."""
    course = make_course(tmp_path)
    path = course.folder / "source" / NAME / NOTEBOOK
    nbformat.write(released(course), path)
    hand_in(course, "bob", answered(course, square="def square(n): return n"))
    [graded] = course.grade(NAME)
    assert graded.outcomes == []
    assert marks(course, "bob") == NO_SQUARE
