"""The gradebook in PostgreSQL, by nbgrader's ``db_url``: graded, regraded, shown, handed back."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kit.classroom.gradebook import read_gradebook
from kit.grading.course import GradingCourse
from tests.confined import on_linux
from tests.small_assignment import (
    NAME,
    RIGHT,
    answered,
    by_student,
    hand_in,
    marks,
    write_course,
)

pytestmark = on_linux
HERE = sorted(Path("/usr/lib/postgresql").glob("*/bin"))  # where Debian has them


def program(name: str) -> str:
    """A program of PostgreSQL's, which need not be on the path."""
    found = shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *map(str, HERE)]))
    if not found and os.environ.get("CI") != "true":
        pytest.skip(f"{name} of PostgreSQL is not installed; tests/need_programs.sh does it")
    assert found
    return found


@pytest.fixture(scope="module")
def db_url() -> Iterator[str]:
    """A server of our own, reached by a socket; PostgreSQL refuses to be root's."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with TemporaryDirectory(prefix="kit-pg-", ignore_cleanup_errors=True) as name:
        place = Path(name)
        if as_user:
            shutil.chown(place, "postgres")
        data = place / "data"

        def do(*command: str | Path) -> None:
            subprocess.run([*as_user, *command], cwd=place, check=True, capture_output=True)

        do(program("initdb"), "-D", data, "-A", "trust", "-U", "teacher", "-N")
        options = f"-k {place} -c listen_addresses='' -c fsync=off"
        do(program("pg_ctl"), "-D", data, "-w", "-l", data / "log", "-o", options, "start")
        try:
            yield f"postgresql+pg8000://teacher@/postgres?unix_sock={place}/.s.PGSQL.5432"
        finally:
            do(program("pg_ctl"), "-D", data, "-m", "immediate", "stop")


@pytest.fixture
def course(tmp_path: Path, db_url: str) -> GradingCourse:
    made = write_course(tmp_path, f"c.CourseDirectory.db_url = {db_url!r}\n")
    made.release(NAME)
    hand_in(made, "ada", answered(made))
    hand_in(made, "bob", answered(made, half="def half(n): return n"))
    return made


def test_a_teachers_round(course: GradingCourse, db_url: str) -> None:
    graded = by_student(course.grade(NAME, workers=2))
    assert {name: (each.problem, each.score) for name, each in graded.items()} == {
        "ada": ("", 7.0),
        "bob": ("", 4.0),
    }
    assert marks(course, "ada") == RIGHT
    assert not (course.folder / "gradebook.db").exists()
    assert course.grade(NAME) == []  # done stays done
    with course.ledger() as ledger, ledger.written():
        grade = ledger.find_grade("why", "small", NAME, "ada")
        grade.manual_score, grade.needs_manual_grade = 2.5, False
    again = by_student(course.grade(NAME, regrade=True))
    assert (again["ada"].before, again["ada"].score) == (7.0, 9.5)
    assert course.status(NAME)["to_mark_by_hand"] == ["ada", "bob"]
    assert course.feedback(NAME)["students"] == ["ada", "bob"]
    shown = {(each.learner, each.cell): each.points for each in read_gradebook(db_url).marks}
    assert shown["ada", "why"] == 2.5
    assert shown["bob", "test-half"] == 1.0
