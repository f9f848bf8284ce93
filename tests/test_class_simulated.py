"""`kit simulate`: a class in which nobody is real, as plausible as it has to be."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner

from kit.classroom.class_files import ClassFiles
from kit.cli import main
from kit.course import load_course
from kit.exchange import read_events
from tests.conftest import ROOT, own_data
from tests.small_class import put_programs_on_the_path


def run(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(main, [*arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def simulate(folder: Path, *more: str) -> dict[str, Any]:
    return run("simulate", str(folder), "--course", str(ROOT), *more)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of 25."""
    folder = tmp_path_factory.mktemp("simulated")
    with pytest.MonkeyPatch.context() as patch:
        own_data(folder, patch)
        simulate(folder / "class", "--learners", "25", "--seed", "4")
    return folder / "class"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_data(tmp_path, monkeypatch)


def test_it_is_said_to_be_simulated_wherever_it_is_shown(made: Path, own: None) -> None:
    found = run("insight", "--course", str(made))
    assert found["simulated"]
    assert len(found["learners"]) == 25
    shown = CliRunner().invoke(main, ["insight", "--course", str(made)])
    assert shown.stdout.startswith("A simulated class: nobody here is real.")
    assert "Nobody in it is real" in (made / "README.md").read_text()
    about = json.loads((made / "assignments" / "SIMULATED.json").read_text())
    assert about["simulated"]
    assert (about["learners"], about["seed"]) == (25, 4)


@pytest.mark.parametrize("left", ["gradebook", "progress"])
def test_it_stays_so_where_a_part_of_it_is_taken_elsewhere(
    made: Path, own: None, tmp_path: Path, left: str
) -> None:
    other = tmp_path / "course"
    shutil.copytree(made / "lessons", other / "lessons")
    (other / "assignments").mkdir()
    if left == "gradebook":
        shutil.copy(made / "assignments" / "gradebook.db", other / "assignments")
    else:
        shutil.copytree(made / "assignments" / "submitted", other / "assignments" / "submitted")
    assert run("insight", "--course", str(other))["simulated"]


def test_its_files_are_what_real_ones_are(made: Path, own: None) -> None:
    notebooks = sorted(made.glob("assignments/*/sim-*/*/*.ipynb"))
    assert len(notebooks) > 100
    for each in notebooks[::7]:
        nbformat.validate(nbformat.read(each, as_version=4))
    files = ClassFiles(load_course(made / "lessons"))
    progress = files.progress()
    assert progress.problems == []
    assert len({each.learner for each in progress.places}) > 20
    book = files.gradebook()
    assert {task.assignment for task in book.tasks} == {"a1", "a2", "a3"}
    most = {task[:3]: task.most for task in book.tasks}
    assert all(0 <= m.points <= most[m[1:4]] for m in book.marks if m.points is not None)
    assert any(mark.points is None for mark in book.marks)
    with sqlite3.connect(made / "assignments" / "gradebook.db") as check:
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    check.close()


def test_nbgrader_takes_it_for_its_own(made: Path, own: None) -> None:
    from nbgrader.api import Gradebook

    url = f"sqlite:///{made / 'assignments' / 'gradebook.db'}"
    with Gradebook(url, "reading-the-world-in-tables") as book:
        assert len(book.student_dicts()) == 25
        submissions = book.assignment_submissions("a1")
        assert 10 < len(submissions) <= 25
        assert {each.max_score for each in submissions} == {30}
        assert any(0 < each.score < 30 for each in submissions)


def test_who_copied_is_found_and_nobody_else_before_them(made: Path, own: None) -> None:
    about = json.loads((made / "assignments" / "SIMULATED.json").read_text())
    planted = {frozenset(pair) for pair in about["copied"]}
    assert planted
    pairs = [frozenset((p.one, p.other)) for p in ClassFiles(_course(made)).similar()]
    assert set(pairs[: len(planted)]) <= planted
    assert planted <= set(pairs)


def _course(made: Path) -> Any:
    return load_course(made / "lessons")


def test_the_same_seed_gives_the_same_class(made: Path, own: None, tmp_path: Path) -> None:
    simulate(tmp_path / "again", "--learners", "25", "--seed", "4")
    mine = run("insight", "--course", str(made))
    again = run("insight", "--course", str(tmp_path / "again"))
    for found in (mine, again):
        for mark in found["marks"]:
            del mark["key"]  # nbgrader's own
    assert mine == again
    other = simulate(tmp_path / "other", "--learners", "3", "--seed", "5")
    assert other["learners"] == 3


def test_a_folder_that_is_there_is_left_alone(made: Path, own: None, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    for place in (mine, made, made / "README.md"):
        result = CliRunner().invoke(main, ["simulate", str(place), "--course", str(ROOT)])
        assert result.exit_code == 2
        assert f"{place} is there already." in result.stderr
    assert list(mine.iterdir()) == []
    result = CliRunner().invoke(
        main, ["simulate", str(tmp_path / "no" / "where"), "--course", str(ROOT)]
    )
    assert (result.exit_code, "cannot be written" in result.stderr) == (2, True)


def test_of_an_assignment_that_cannot_be_released_nothing_is_left(
    own: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_programs_on_the_path(monkeypatch)
    course = tmp_path / "course"
    shutil.copytree(ROOT / "lessons", course / "lessons")
    source = course / "assignments" / "source" / "a1"
    source.mkdir(parents=True)
    (source / "broken.ipynb").write_text("{")
    result = CliRunner().invoke(main, ["simulate", str(tmp_path / "made"), "--course", str(course)])
    assert result.exit_code == 2
    assert "nbgrader cannot release the assignment a1: " in result.stderr
    assert not [each for each in tmp_path.iterdir() if "made" in each.name]


def test_a_course_without_assignments_has_learners_too(own: None, tmp_path: Path) -> None:
    course = tmp_path / "course"
    lesson = "01-meet-the-table"
    shutil.copytree(ROOT / "lessons" / lesson, course / "lessons" / lesson)
    (course / "lessons" / "course.toml").write_text(
        'id = "c"\ntitle = "C"\n[[lesson]]\nid = "01-meet-the-table"\n'
    )
    made = run("simulate", str(tmp_path / "made"), "--course", str(course), "--learners", "4")
    assert (made["notebooks"], made["learners"]) == (0, 4)
    found = run("insight", "--course", str(tmp_path / "made"))
    assert len(found["learners"]) == 4
    events = [e for f in (tmp_path / "made").glob("**/*.jsonl") for e in read_events(f)]
    assert len(events) == made["events"] > 0
