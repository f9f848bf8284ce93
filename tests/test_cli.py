"""The `kit` command: progress that can be seen, taken along, brought in and started over."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kit.cli import main
from kit.events import Event
from kit.store import Store
from tests.conftest import LESSON, ROOT

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
    (lesson,) = report["lessons"]
    assert (lesson["done"], lesson["total"], lesson["finished"]) == (1, 9, False)
    assert report["continue"] == {"lesson": LESSON, "section": "what-columns-hold"}
    checks = {check["id"]: check for check in lesson["checks"]}
    assert checks["known_sex"]["attempts"] == 1
    assert not checks["known_sex"]["passed"]
    assert "1 of 9 checks" in run("progress", "show", "--course", str(course))


def test_show_before_anything_was_done(data: Path, course: Path) -> None:
    assert "not started" in run("progress", "show", "--course", str(course))
    assert not data.exists(), "looking writes nothing"


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
    assert len(store.events()) == 5


def test_reset_asks_first(store: Store, course: Path) -> None:
    result = CliRunner().invoke(main, ["progress", "reset", "--course", str(course)], input="n\n")
    assert result.exit_code == 1
    assert len(store.events()) == 2


def test_unknown_lesson(store: Store, course: Path) -> None:
    for command in ("show", "export", "reset"):
        more = ["--yes"] if command == "reset" else []
        message = fail("progress", command, "--course", str(course), "--lesson", "07", *more)
        assert f"Its lessons: {LESSON}" in message


def commands(group: click.Group, path: tuple[str, ...] = ("kit",)) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


@pytest.mark.parametrize("command", commands(main), ids=" ".join)
def test_every_command_is_documented(command: tuple[str, ...]) -> None:
    """--help has an example, and docs/commands.md has the command."""
    shown = run(*command[1:], "--help")
    assert "Example" in shown
    assert f"{' '.join(command)}" in (ROOT / "docs" / "commands.md").read_text()


def test_importing_kit_is_light() -> None:
    """`import kit` pulls in no heavy library; `kit --help` starts no server's code."""
    heavy = ("pandas", "ipywidgets", "anywidget", "tornado", "sqlite3", "matplotlib")
    script = f"import kit, sys; print([m for m in {heavy} if m in sys.modules])"
    shown = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert shown.strip() == "[]"


def test_no_word_skips_gettext() -> None:
    """The modules that speak to learners pass their sentences through gettext."""
    for path in (ROOT / "kit" / "checks").glob("*.py"):
        for sentence in re.findall(
            r'(?:Passed|Failed|NotAttempted)\(f?"[A-Z][^"]+"', path.read_text()
        ):
            raise AssertionError(f"{path.name}: {sentence}")
