"""kit doctor: what it finds on this machine, and on one that lacks what it looks for."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.test_confined_elsewhere import WITHOUT

ALL = {
    "python", "data", "port", "open-files", "warm-kernels", "confined-kernels", "landlock",
    "cgroups", "ffmpeg", "voice", "chromium",
}  # fmt: skip


def doctor(*arguments: str, before: str = "", code: int = 0, **env: str) -> str:
    """What it prints; nothing on stderr."""
    program = f"{before}\nfrom kit.cli import main\nmain(['doctor', *{arguments!r}])"
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True, text=True, cwd=ROOT, check=False, env={**clean, **env},
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def found(*arguments: str, **how: Any) -> dict[str, dict[str, str]]:
    return {each["name"]: each for each in json.loads(doctor("--json", *arguments, **how))}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere kernels are not forked")
def test_here_all_is_well(data: Path) -> None:
    """The machine that runs the tests forks kernels and shuts them in."""
    seen = found()
    assert set(seen) == ALL
    for name in ("data", "warm-kernels", "confined-kernels", "landlock", "ffmpeg", "chromium"):
        assert seen[name]["state"] == "well", seen[name]
    said = doctor()
    assert "✓ warm-kernels: a kernel answers after 0." in said
    assert str(data) in said


def test_each_thing_that_is_not_well_says_what_to_do(data: Path) -> None:
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", 8888))
            taken.listen()
        except OSError:
            pass  # somebody else has it
        seen = found(PATH="/nowhere")
    assert {name for name, each in seen.items() if each["state"] == "less"} >= {
        "port", "ffmpeg", "voice", "chromium",
    }  # fmt: skip
    assert "apt install ffmpeg" in seen["ffmpeg"]["mend"]
    assert "takes the next" in seen["port"]["means"]


def test_what_the_kit_cannot_do_without_is_missing(tmp_path: Path, data: Path) -> None:
    (tmp_path / "file").write_text("")
    seen = found(KIT_DATA=str(tmp_path / "file" / "data"), code=1)
    assert seen["data"]["state"] == "missing"
    assert "✗ data" in doctor(KIT_DATA=str(tmp_path / "file" / "data"), code=1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_where_a_program_may_open_few_files_it_says_so(data: Path) -> None:
    few = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))"
    files = found(before=few, code=1)["open-files"]
    assert files["state"] == "missing"
    assert "40 files" in files["found"]
    assert "ulimit -n" in files["mend"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has namespaces")
def test_where_kernels_cannot_be_shut_in_it_says_what_is_in_the_way(data: Path) -> None:
    seen = found(before=WITHOUT.replace("WALL", "user"))
    assert seen["warm-kernels"]["state"] == "well"
    confined = seen["confined-kernels"]
    assert confined["state"] == "less"
    assert "namespaces: " in confined["found"]
    assert "refuse" in confined["means"]
    assert "max_user_namespaces" in confined["mend"]
