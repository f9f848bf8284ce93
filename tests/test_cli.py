"""The `kit` command: progress that can be seen, taken along, brought in and started over."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kit.cli import main
from kit.commands.target import find_target
from kit.course import load_course
from kit.errors import CourseError
from kit.events import Event
from kit.store import Store
from tests.conftest import LESSON, ROOT

KIT = [sys.executable, "-m", "kit.cli"]
ANSWERED = {"answer": "1", "outcome": "passed", "feedback": "Yes."}


@pytest.fixture
def store(data: Path) -> Store:
    """A store in which Ada passed one check and tried another."""
    store = Store()
    course = "reading-the-world-in-tables"
    store.append(
        Event(
            learner="ada", course=course, lesson=LESSON, verb="answered", item=item, result=result
        )
        for item, result in (
            ("rows_are", ANSWERED),
            ("known_sex", {**ANSWERED, "outcome": "failed"}),
        )
    )
    return store


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def fail(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    return result.stderr


def test_show(store: Store, course: Path) -> None:
    report = json.loads(run("progress", "show", "--course", str(course), "--json"))
    lesson = report["lessons"][0]
    assert (lesson["done"], lesson["total"], lesson["finished"]) == (1, 9, False)
    assert report["continue"] == {"lesson": LESSON, "section": "what-columns-hold"}
    checks = {check["id"]: check for check in lesson["checks"]}
    assert checks["known_sex"]["attempts"] == 1
    assert not checks["known_sex"]["passed"]
    assert "1 of 9 checks" in run("progress", "show", "--course", str(course))


def test_show_before_anything_was_done(data: Path, course: Path) -> None:
    assert "not started" in run("progress", "show", "--course", str(course))
    assert not data.exists(), "looking writes nothing"


def test_a_title_is_shown_as_it_is_written(data: Path, tmp_path: Path) -> None:
    """Its brackets and colons are no markup of the terminal's."""
    (tmp_path / "course.toml").write_text('id = "o"\ntitle = "Lists [/x] :smile:"\n')
    assert "Lists [/x] :smile:" in run("progress", "show", "--course", str(tmp_path))


def test_times_are_told_by_this_computers_clock_and_to_machines_in_utc(
    data: Path, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = "2026-11-22T23:05:00.000000+00:00"
    name = "reading-the-world-in-tables"
    Store().append([Event(learner="ada", course=name, lesson=LESSON, verb="opened", at=at)])
    here = ("--course", str(course))
    assert json.loads(run("progress", "show", *here, "--json"))["lessons"][0]["at"] == at
    monkeypatch.setenv("TZ", "America/New_York")
    shown = subprocess.run(
        [*KIT, "progress", "show", *here], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert "22 Nov 2026, 18:05" in shown


def test_export_and_import_on_another_computer(
    store: Store, course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same events are there; importing twice changes nothing."""
    file = tmp_path / "me.jsonl"
    assert run("progress", "export", "--course", str(course)).count("\n") == 2
    run("progress", "export", "--course", str(course), "--to", str(file))
    events = store.events()
    monkeypatch.setenv("KIT_DATA", str(tmp_path / "other computer"))
    assert "2 new, 0 known" in run("progress", "import", str(file))
    assert "0 new, 2 known" in run("progress", "import", str(file))
    assert Store().events() == events


def test_bad_import_names_the_line_and_changes_nothing(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    good = store.events()[0].to_json().replace(store.events()[0].id, "new")
    file.write_text(f"{good}\n{{}}\n")
    message = fail("progress", "import", str(file))
    assert f"{file}, line 2" in message
    assert len(store.events()) == 2
    assert "cannot be read" in fail("progress", "import", str(tmp_path / "none"))
    assert "is not a file" in fail("progress", "import", str(tmp_path))


def test_reset_and_its_undo(store: Store, course: Path) -> None:
    """A reset lesson begins anew; its events stay, and the reset can be taken back."""
    here = ("--course", str(course))

    def done() -> int:
        report = json.loads(run("progress", "show", *here, "--json"))
        return int(report["lessons"][0]["done"])

    assert json.loads(run("progress", "reset", *here, "--lesson", LESSON, "--yes", "--json")) == {
        "reset": LESSON
    }
    assert done() == 0
    assert LESSON in run("progress", "reset", *here, "--undo")
    assert done() == 1
    assert "no reset to take back" in run("progress", "reset", *here, "--undo")
    run("progress", "reset", *here, "--yes")
    assert done() == 0
    lessons = load_course(course / "lessons").lessons
    assert len(store.events()) == 4 + len(lessons)


def test_reset_asks_first(store: Store, course: Path) -> None:
    result = CliRunner().invoke(main, ["progress", "reset", "--course", str(course)], input="n\n")
    assert result.exit_code == 1
    assert len(store.events()) == 2


def test_unknown_lesson(store: Store, course: Path) -> None:
    for command in ("show", "export", "reset"):
        more = ["--yes"] if command == "reset" else []
        message = fail("progress", command, "--course", str(course), "--lesson", "07", *more)
        assert f"Its lessons: {LESSON}" in message


@pytest.mark.parametrize(
    "wrong",
    [
        ("KIT_DATA", "~nosuchuser/x", "which is no folder: there is no such home folder."),
        ("KIT_DATA", __file__, "which is no folder: Not a directory."),
        ("KIT_DATA", "/x" * 3000, "which is no folder: File name too long."),
        ("KIT_LEARNER", "ad\udce9", "Progress cannot be kept under the name"),
    ],
    ids=["home", "file", "long", "name"],
)
@pytest.mark.parametrize("command", ["start", "progress show", "progress export", "progress reset"])
def test_an_environment_that_cannot_be_used_is_named(
    course: Path, data: Path, command: str, wrong: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    variable, value, reason = wrong
    monkeypatch.setenv(variable, value)
    more = [str(course)] if command == "start" else ["--course", str(course)]
    more += ["--yes"] if command == "progress reset" else []
    message = fail(*command.split(), *more)
    assert reason in message
    assert repr(value)[:50] in message
    assert f"Set {variable} to " in message
    assert message.count("\n") == 1


def test_a_loop_of_links_is_named(course: Path, data: Path) -> None:
    data.symlink_to(data.name)
    assert "Too many levels of symbolic links" in fail("start", str(course))
    data.unlink()
    shutil.rmtree(course / "lessons" / LESSON)
    (course / "lessons" / LESSON).symlink_to(LESSON)
    report = json.loads(run("progress", "show", "--course", str(course), "--json"))
    assert f"{LESSON} is a link to {LESSON}." in report["lessons"][0]["problem"]


def test_a_file_whose_name_is_no_text_can_be_imported(store: Store, tmp_path: Path) -> None:
    """What cannot be printed is printed as its bytes."""
    file = tmp_path / "m\udce9.jsonl"
    file.write_text("".join(f"{event.to_json()}\n" for event in store.events()))
    strict = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    ended = subprocess.run(
        [*KIT, "progress", "import", file], env=strict, capture_output=True, timeout=60, check=True
    )
    assert rb"m\udce9.jsonl: 0 new, 2 known already." in ended.stdout


BEFORE_THE_SERVER = """
import sys
sys.modules["kit.server"] = None  # importing it fails
from kit.cli import main
main(["start", *sys.argv[1:]])
"""


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_start_says_so_before_it_loads_the_server(
    course: Path, data: Path, more: list[str]
) -> None:
    """At once, and not where a machine reads."""
    command = [sys.executable, "-c", BEFORE_THE_SERVER, str(course), *more]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.stderr.startswith("Starting “Reading the world in tables” …\nTraceback")
    assert ended.stdout == ""


@pytest.mark.parametrize(
    ("here", "name"),
    [
        ("", LESSON),
        ("", f"lessons/{LESSON}"),
        ("", f"lessons/{LESSON}/"),
        ("", f"./lessons/{LESSON}/lesson.ipynb"),
        ("", f"lessons/{LESSON}/data"),
        ("assignments", LESSON),
        ("lessons", LESSON),
        (f"lessons/{LESSON}", LESSON),
        (f"lessons/{LESSON}", "."),
        (f"lessons/{LESSON}", "checks.py"),
        (f"lessons/{LESSON}/data", ".."),
        (f"lessons/{LESSON}/data", "../checks.py"),
        ("..", f"course/lessons/{LESSON}/lesson.ipynb"),
    ],
)
def test_a_lesson_is_named_by_its_id_or_a_path(
    course: Path, here: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course / here)
    target = find_target(name, Path())
    assert (target.folder, target.lesson) == (course / "lessons", LESSON)


def test_a_lesson_is_named_by_its_id_in_a_course_elsewhere(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a folder of that name is at hand."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / LESSON).mkdir()
    target = find_target(LESSON, course)
    assert (target.folder, target.lesson) == (course / "lessons", LESSON)


@pytest.mark.parametrize(
    ("here", "name"),
    [
        ("", ""),
        ("", "."),
        ("", "lessons"),
        ("", "lessons/course.toml"),
        ("lessons", "course.toml"),
        ("lessons", ".."),
        (f"lessons/{LESSON}", ""),
        ("..", "course"),
    ],
)
def test_a_course_is_named_by_its_folder_or_not_at_all(
    course: Path, here: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course / here)
    target = find_target(name, Path())
    assert (target.folder, target.lesson) == (course / "lessons", "")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("01-meet-the-tabel", f"has no lesson '01-meet-the-tabel'. Is it {LESSON}?"),
        ("lessons/01-meet-the-tabel", f"has no lesson '01-meet-the-tabel'. Is it {LESSON}?"),
        ("lesons/01-meet-the-table", "lesons/01-meet-the-table is in no lesson of"),
        ("lessons/01-meet-the-table/chekcs.py", "chekcs.py is in no lesson of"),
        ("assignments", "assignments is in no lesson of"),
    ],
)
def test_a_wrong_name_is_told_the_right_ones(
    course: Path, data: Path, name: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course)
    for command in ("lint", "preview"):
        message = fail(command, name)
        assert says in message
        assert LESSON in message
        assert message.count("\n") == 1


@pytest.mark.parametrize("name", ["", "01-none", "none/01-none", "."])
def test_a_lesson_where_no_course_is(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CourseError, match=r"There is no course\.toml in"):
        find_target(name, Path())


def commands(group: click.Group, path: tuple[str, ...] = ("kit",)) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


@pytest.mark.parametrize("command", [("kit",), *commands(main)], ids=" ".join)
def test_every_command_is_documented(command: tuple[str, ...]) -> None:
    """--help has an example; docs/commands.md has the command with its options and no others."""
    assert "Example" in run(*command[1:], "--help")
    assert documented()[command] == options(command)


def documented() -> dict[tuple[str, ...], set[str]]:
    """The commands in docs/commands.md, each with the options that its row names."""
    text = (ROOT / "docs" / "commands.md").read_text()
    rows = re.findall(r"^\| `(kit(?: [a-z][a-z-]*)*)([^`]*)`", text, re.MULTILINE)
    return {tuple(name.split()): set(re.findall(r"--[a-z-]+", more)) for name, more in rows}


def options(path: tuple[str, ...]) -> set[str]:
    command: click.Command = main
    for name in path[1:]:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    found = (each for each in command.params if isinstance(each, click.Option))
    return {name for each in found for name in (*each.opts, *each.secondary_opts)}


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("kit", ["pandas", "ipywidgets", "anywidget", "tornado", "sqlite3", "matplotlib"]),
        ("kit.cli", ["pandas", "ipywidgets", "anywidget", "tornado", "jupyter_server"]),
        ("kit.cli, kit.server.start", ["pandas", "lark"]),  # lark: a grammar of IRIs, for seconds
    ],
)
def test_importing_is_light(module: str, heavy: list[str]) -> None:
    script = f"import {module}, sys; print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert shown.strip() == "[]"


@pytest.mark.parametrize("command", [["start"], ["preview", "01-rows", "--course"]])
def test_a_course_in_a_folder_of_another_name_is_refused(
    data: Path, tmp_path: Path, command: list[str]
) -> None:
    """Its pages would not be found, and the start would wait for ever."""
    toml = 'id = "c"\ntitle = "C"\n[[lesson]]\nid = "01-rows"\n'
    (tmp_path / "course.toml").write_text(toml)
    arguments = [sys.executable, "-m", "kit.cli", *command, str(tmp_path), "--no-browser"]
    ended = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2
    assert "Call it lessons" in ended.stderr
