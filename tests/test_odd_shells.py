"""Shells in which a server cannot work as ever: few files may be open, their folder is gone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kit.server import class_kernels
from kit.server.class_kernels import ClassKernels
from tests.conftest import LESSON, Server, free_port, serving
from tests.test_lesson_run import get, kernel_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")


def kit_in_a_shell(before: str, *arguments: str) -> str:
    """What `kit` says on stderr, in a shell in which something was done before; it refuses."""
    program = f"{before}\n'{sys.executable}' -m kit.cli {' '.join(arguments)}"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        ["sh", "-c", program], capture_output=True, text=True, check=False, env=clean, timeout=100
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("files", [12, 40])
@pytest.mark.parametrize("command", [["start"], ["start", "--confine"], ["preview", "--course"]])
def test_where_few_files_may_be_open_a_server_does_not_start(
    files: int, command: list[str], course: Path, data: Path
) -> None:
    said = kit_in_a_shell(f"ulimit -n {files}", *command, str(course), "--no-browser")
    assert f"may open {files} files here; a server needs 256" in said
    assert "ulimit -n" in said


@pytest.mark.parametrize("command", ["start", "preview", "doctor", "progress show", "lint"])
def test_in_a_folder_that_is_gone_it_says_so(command: str, data: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    before = f"cd '{gone}' && rmdir '{gone}'"
    said = kit_in_a_shell(before, command)
    assert "is not there any more" in said or "cannot be read" in said


def test_a_server_whose_folder_goes_works_on(
    course: Path, data: Path, tmp_path: Path, request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    with serving(Server(course, tmp_path / "server.log", free_port()), request) as server:
        gone.rmdir()
        kernel_of(get(server, f"/kit/lesson/{LESSON}")[0])
        assert "</html>" in get(server, "/kit/")[0]


def test_a_class_has_as_many_places_as_may_be_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(class_kernels, "_available_bytes", lambda: 10**12)
    monkeypatch.setattr(class_kernels, "may_open", lambda: 4096)
    assert 100 <= ClassKernels().most <= 4096 // 32
