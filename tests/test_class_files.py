"""A class in files: nbgrader's gradebook, progress that was handed in, graded notebooks."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import event
from sqlalchemy.engine import Engine

from kit.classroom.class_data import Learner, Mark, Task
from kit.classroom.class_files import STORE_FILE, ClassFiles
from kit.classroom.gradebook import read_gradebook
from kit.cli import main
from kit.course import load_course
from kit.errors import CourseError, KitError
from kit.store import Store
from tests.conftest import copy_course, own_data
from tests.small_class import (
    COURSE,
    LESSON,
    POINTS,
    answered,
    graded_notebook,
    hand_in,
    make_gradebook,
    put_programs_on_the_path,
    write_events,
)

WRONG_THEN_RIGHT = [("344", "Gaps are no values."), ("333", "")]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook, made once."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        put_programs_on_the_path(patch)
        return make_gradebook(folder)


@pytest.fixture
def assignments(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of assignments of a course, with that gradebook in it."""
    own_data(tmp_path, monkeypatch)
    folder = copy_course(tmp_path) / "assignments"
    shutil.copy(made, folder / "gradebook.db")
    return folder


def files_of(assignments: Path, *progress: Path) -> ClassFiles:
    return ClassFiles(load_course(assignments.parent / "lessons"), progress)


def insight(assignments: Path, *more: str) -> dict[str, Any]:
    arguments = ["insight", "--course", str(assignments.parent), "--json", *more]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


# The gradebook --------------------------------------------------------------------------------


def test_marks_are_those_that_nbgrader_has(assignments: Path) -> None:
    from nbgrader.api import Gradebook

    book = files_of(assignments).gradebook()
    assert book.problems == ()
    assert Learner("ada", "Ada Lovelace") in book.learners
    assert Learner("eve", "") in book.learners
    assert [each.id for each in book.learners] == sorted([*POINTS, "lea"])
    assert Task("a1", "field", "report", 10.0) in book.tasks
    assert len(book.tasks) == 3
    assert Mark("joe", "a1", "field", "report", None) in book.marks
    with Gradebook(f"sqlite:///{assignments / 'gradebook.db'}", COURSE) as theirs:
        for submission in theirs.assignment_submissions("a1"):
            own = [m.points or 0 for m in book.marks if m.learner == submission.student_id]
            assert sum(own) == submission.score
    assert not book.simulated


def test_the_gradebook_is_asked_a_few_times_however_many_learners_there_are(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_programs_on_the_path(monkeypatch)
    (tmp_path / "many").mkdir()
    many = make_gradebook(tmp_path / "many", {f"s{n:02}": (1, 2, 3) for n in range(40)})
    assert count_questions(made) == count_questions(many) <= 6


def count_questions(file: Path) -> int:
    asked = []

    def note(*_of: Any) -> None:
        asked.append(1)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        read_gradebook(f"sqlite:///{file}")
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(asked)


def test_looking_changes_nothing_of_the_gradebook(assignments: Path) -> None:
    file = assignments / "gradebook.db"
    before = hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns
    insight(assignments)
    assert (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns) == before
    assert sorted(each.name for each in assignments.iterdir()) == ["gradebook.db"]


def test_a_gradebook_that_may_only_be_read_is_read(assignments: Path) -> None:
    (assignments / "gradebook.db").chmod(0o444)
    assignments.chmod(0o555)
    try:
        assert len(insight(assignments)["learners"]) == 7
    finally:
        assignments.chmod(0o755)


def test_a_mark_that_is_given_shows_at_once(assignments: Path) -> None:
    """What was read is kept, and no longer than the file stays as it is."""
    assert insight(assignments)["items"][0]["waiting"] == 1
    with sqlite3.connect(assignments / "gradebook.db") as book:
        book.execute("UPDATE grade SET manual_score = 7 WHERE needs_manual_grade")
    book.close()
    items = {each["cell"]: each for each in insight(assignments)["items"]}
    assert (items["report"]["waiting"], items["report"]["learners"]) == (0, 6)


def test_the_marks_of_another_course_in_the_same_gradebook_are_left_out(
    assignments: Path,
) -> None:
    with sqlite3.connect(assignments / "gradebook.db") as book:
        book.execute("INSERT INTO course VALUES ('another')")
        book.execute("INSERT INTO assignment (id, name, course_id) VALUES ('x', 'b1', 'another')")
        book.execute("INSERT INTO notebook (id, name, assignment_id) VALUES ('y', 'n', 'x')")
        book.execute("INSERT INTO base_cell VALUES ('z', 'other', 'y', 'GradeCell')")
        book.execute("INSERT INTO grade_cells VALUES ('z', 3, 'code')")
    book.close()
    url = f"sqlite:///{assignments / 'gradebook.db'}"
    assert len(read_gradebook(url, COURSE).tasks) == 3
    assert len(read_gradebook(url, "no such course").tasks) == 4


def damage(file: Path) -> None:
    file.write_bytes(b"This was a gradebook. " * 1000)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:9000])


def empty(file: Path) -> None:
    file.unlink()
    sqlite3.connect(file).execute("CREATE TABLE other (x)").connection.close()


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (damage, "cannot be read: file is not a database. Put a copy of it in its place."),
        (cut, "cannot be read: "),
        (empty, "no such table: assignment. If an older nbgrader made it, type: nbgrader db upg"),
    ],
)
def test_a_gradebook_that_is_none_is_named_and_the_rest_is_shown(
    assignments: Path, harm: Any, says: str
) -> None:
    write_events(assignments / "progress" / "ada.jsonl", answered("ada", "known_sex", [("1", "")]))
    harm(assignments / "gradebook.db")
    before = (assignments / "gradebook.db").read_bytes()
    found = insight(assignments)
    (problem,) = found["problems"]
    assert problem.startswith(f"The gradebook {assignments / 'gradebook.db'} ")
    assert says in problem
    assert problem.endswith("It was not changed.")
    assert [each["id"] for each in found["learners"]] == ["ada"]
    assert (assignments / "gradebook.db").read_bytes() == before


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "The gradebook db_url cannot be read"),
        ("oracle+none://u:secret@nowhere/x", "nowhere"),
        ("postgresql://u:secret@localhost:1/x", "The gradebook postgresql://u:***@localhost:1/x"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(url: str, says: str) -> None:
    with pytest.raises(KitError, match="cannot be read") as told:
        read_gradebook(url)
    assert says in str(told.value)
    assert "secret" not in str(told.value)
    assert "\n" not in str(told.value)


def test_nbgraders_own_settings_say_where_things_are(assignments: Path, tmp_path: Path) -> None:
    shutil.move(assignments / "gradebook.db", tmp_path / "elsewhere.db")
    settings = assignments / "nbgrader_config.py"
    settings.write_text(
        "c = get_config()\n"
        f"c.CourseDirectory.db_url = 'sqlite:///{tmp_path / 'elsewhere.db'}'\n"
        "c.CourseDirectory.autograded_directory = 'graded'\n"
    )
    files = files_of(assignments)
    assert len(files.gradebook().learners) == 7
    assert files.directory.autograded == assignments / "graded"
    settings.write_text("c = get_config()\nc.CourseDirectory.root = nonsense\n")
    with pytest.raises(CourseError, match="nonsense"):
        files_of(assignments)


# Progress that was handed in ------------------------------------------------------------------


def test_what_students_hand_in_with_their_work_is_brought_in(assignments: Path) -> None:
    """It counts for the student whose folder it is in, whatever their name on their computer."""
    theirs = answered("student@laptop", "known_sex", WRONG_THEN_RIGHT)
    write_events(assignments / "submitted" / "ada" / "a1" / "progress.jsonl", theirs)
    write_events(assignments / "progress" / "ben.jsonl", answered("ben", "rows_are", [("x", "")]))
    progress = files_of(assignments).progress()
    assert [(t.learner, t.check, t.attempts, t.passed) for t in progress.tried] == [
        ("ada", "known_sex", 2, True),
        ("ben", "rows_are", 1, True),
    ]
    assert progress.problems == []


def test_the_same_files_again_change_nothing(assignments: Path, tmp_path: Path) -> None:
    """Nor do copies under other names, parts of them, or a folder that is named twice."""
    events = answered("ada", "known_sex", WRONG_THEN_RIGHT)
    write_events(assignments / "submitted" / "ada" / "a1" / "progress.jsonl", events)
    before = insight(assignments)
    stored = Store(assignments / STORE_FILE).events()
    assert len(stored) == 2
    write_events(assignments / "submitted" / "ada" / "a2" / "again.jsonl", events)
    write_events(assignments / "submitted" / "ada" / "a3" / "part.jsonl", events[:1])
    usb = write_events(tmp_path / "usb" / "copy.jsonl", answered("ada", "x", [])).parent
    for _ in range(2):
        assert {**insight(assignments, "--progress", str(usb)), "problems": []} == before
    assert Store(assignments / STORE_FILE).events() == stored


def test_a_later_file_adds_what_is_new_and_an_older_one_takes_nothing_away(
    assignments: Path,
) -> None:
    file = assignments / "submitted" / "ada" / "a1" / "progress.jsonl"
    events = answered("ada", "known_sex", WRONG_THEN_RIGHT)
    write_events(file, events[:1])
    assert [t.passed for t in files_of(assignments).progress().tried] == [False]
    write_events(file, events)
    assert [t.passed for t in files_of(assignments).progress().tried] == [True]
    write_events(file, events[:1])
    assert [t.passed for t in files_of(assignments).progress().tried] == [True]
    file.unlink()
    assert [t.passed for t in files_of(assignments).progress().tried] == [True]


DAMAGED = {
    "not-json": b"{",
    "a-line": b'{"id": "1"}\n',
    "binary": bytes(range(256)) * 10,
    "deep": b"[" * 100_000,
    "nothing-of-this-course": b"",
    "future": answered("x", "y", [("1", "")])[0].to_json().replace("2026-03", "2999-03").encode(),
}


@pytest.fixture
def with_damaged(assignments: Path) -> Path:
    folder = assignments / "progress"
    write_events(folder / "ada.jsonl", answered("ada", "known_sex", WRONG_THEN_RIGHT))
    for name, content in DAMAGED.items():
        (folder / f"{name}.jsonl").write_bytes(content)
    (folder / "folder.jsonl").mkdir()
    return assignments


def test_damaged_files_are_named_and_the_others_count(with_damaged: Path) -> None:
    """Again when they are not read again; one that is mended is read."""
    for _ in range(2):
        found = insight(with_damaged)
        assert [each["learner"] for each in found["progress"] if each["at"]] == ["ada"]
        problems = found["problems"]
        for name in (*DAMAGED, "folder"):
            (problem,) = (each for each in problems if f"/{name}.jsonl" in each)
            assert problem.startswith("Left out: ")
        assert len(problems) == len(DAMAGED) + 1
    for name, content in DAMAGED.items():
        assert (with_damaged / "progress" / f"{name}.jsonl").read_bytes() == content
    mended = with_damaged / "progress" / "not-json.jsonl"
    write_events(mended, answered("eve", "known_sex", [("1", "")]))
    assert not any("not-json" in each for each in insight(with_damaged)["problems"])


def test_what_a_link_leads_to_is_not_read(assignments: Path, tmp_path: Path) -> None:
    secret = write_events(tmp_path / "secret.jsonl", answered("me", "known_sex", [("1", "")]))
    for place in ("submitted/eve/a1", "progress", "autograded/eve/a1"):
        (assignments / place).mkdir(parents=True)
    (assignments / "submitted" / "eve" / "a1" / "progress.jsonl").symlink_to(secret)
    (assignments / "submitted" / "eve" / "a2").symlink_to(secret.parent)
    (assignments / "autograded" / "eve" / "a1" / "field.ipynb").symlink_to(secret)
    (assignments / "autograded" / "joe").symlink_to(tmp_path)
    write_events(tmp_path / "a1" / "field.ipynb", [])
    files = files_of(assignments)
    assert (*files.progress().tried, *files.work().works) == ()


def test_what_somebody_else_handed_in_before_is_told(assignments: Path) -> None:
    events = answered("ada", "known_sex", WRONG_THEN_RIGHT)
    write_events(assignments / "submitted" / "ada" / "a1" / "progress.jsonl", events)
    files_of(assignments).progress()
    theirs = assignments / "submitted" / "ben" / "a1" / "progress.jsonl"
    write_events(theirs, events)
    progress = files_of(assignments).progress()
    assert progress.problems == [
        f"{theirs} holds what ada handed in before, and does not count again."
    ]
    assert {each.learner for each in progress.tried} == {"ada"}


def test_where_nothing_can_be_brought_in_it_is_said(assignments: Path) -> None:
    write_events(assignments / "progress" / "ada.jsonl", answered("ada", "known_sex", [("1", "")]))
    (assignments / STORE_FILE).mkdir()
    found = insight(assignments)
    assert "Progress that was handed in cannot be brought in." in found["problems"][0]
    assert len(found["marks"]) == 6


def test_a_store_of_the_class_that_is_gone_is_filled_again(assignments: Path) -> None:
    write_events(assignments / "progress" / "ada.jsonl", answered("ada", "known_sex", [("1", "")]))
    assert len(files_of(assignments).progress().tried) == 1
    for file in assignments.glob(f"{STORE_FILE}*"):
        file.unlink()
    assert len(files_of(assignments).progress().tried) == 1


# Graded notebooks -----------------------------------------------------------------------------


def test_graded_notebooks(assignments: Path) -> None:
    failed = ("t1", "AssertionError", "\x1b[31mToo few rows.\x1b[0m\nand more")
    hand_in(assignments, "ada", graded_notebook({"report": "x = 1"}, [failed]))
    (work,) = files_of(assignments).work().works
    assert (work.learner, work.assignment, work.notebook) == ("ada", "a1", "field")
    assert [*work.failures] == [("t1", "AssertionError", "Too few rows.")]
    assert [*work.written] == [("report", True, "x = 1")]
    again = files_of(assignments).work()
    assert again.works == [work]
    assert "YOUR CODE HERE" in again.given["a1", "field"][0]


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b'{"cells": 3}', b"\xff\xfe", b"[" * 100_000,
        json.dumps({"cells": [None, 3, {"metadata": []}, {"outputs": {"a": 1}}]}).encode(),
        json.dumps({"cells": [{"metadata": {"nbgrader": {"solution": True, "grade_id": []}},
                               "source": {"a": 1}, "outputs": ["x", {"output_type": "error"}]}]}
                   ).encode(),
    ],
)  # fmt: skip
def test_a_notebook_that_is_none_keeps_no_other_back(assignments: Path, content: bytes) -> None:
    file = hand_in(assignments, "ada", {})
    file.write_bytes(content)
    hand_in(assignments, "ben", graded_notebook({}, [("t1", "NameError", "name 'x'")]))
    for _ in range(2):
        found = insight(assignments)
        assert any(each["learners"] == ["ben"] for each in found["errors"])
        assert all(str(file) in each for each in found["problems"])


def test_a_class_with_nothing_yet(assignments: Path) -> None:
    (assignments / "gradebook.db").unlink()
    found = insight(assignments)
    assert (found["learners"], found["said"], found["problems"]) == ([], [], [])
    shown = CliRunner().invoke(main, ["insight", "--course", str(assignments.parent)])
    assert "There is no class here yet." in " ".join(shown.stdout.split())
    assert os.listdir(assignments) == []


def test_insight_in_a_terminal(assignments: Path) -> None:
    write_events(
        assignments / "progress" / "ada.jsonl",
        answered("ada", "known_sex", [("344", "Gaps are no values.")] * 3),
    )
    shown = CliRunner().invoke(main, ["insight", "--course", str(assignments.parent)])
    words = " ".join(shown.stdout.split())
    assert "In a1 the hardest was t1: 4 of 6 got less than all of its 2 points" in words
    assert "The commonest place to be stuck is “What do the columns hold?”" in words
    assert "imulated" not in words
    for title in ("Checks at which learners are stuck", "Points for each assignment"):
        assert title in words
    assert LESSON.partition("-")[0] not in shown.stderr
