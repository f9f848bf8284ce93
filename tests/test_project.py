"""What the project promises about itself."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import yaml

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_conda_environment_equals_the_project() -> None:
    """environment.yml lists exactly pyproject's dependencies."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    *packages, pip = environment["dependencies"]
    assert packages[0] == f"python{PROJECT['project']['requires-python']}"
    no_others, *from_pip, project = pip["pip"]
    assert sorted([*packages[1:-1], *from_pip]) == sorted(PROJECT["project"]["dependencies"])
    assert (packages[-1], no_others, project) == ("pip", "--no-deps", "-e .")


def test_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        packages = re.findall(
            r"^([a-z0-9][\w.-]*)(?:\[[^]]*\])?==[^\n]*\\\n(    --hash=)?", text, re.M
        )
        assert len(packages) > 50
        assert all(hashed for _, hashed in packages)
        locked = {re.sub(r"[-_.]+", "-", package) for package, _ in packages}
        for dependency in PROJECT["project"]["dependencies"]:
            plain = re.split(r"[<>=!~\[ ]", dependency)[0].lower()
            assert re.sub(r"[-_.]+", "-", plain) in locked


def test_nothing_loads_from_elsewhere() -> None:
    """No style, script or template of ours names another host."""
    for path in tracked("kit/*.js", "kit/*.css", "kit/*.j2", "kit/*.html"):
        if "vendor" in path.parts and path.name in {"editor.js", "player.js"}:
            continue  # minified: names of namespaces, and what only looks like an address
        found = re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}", path.read_text())
        assert found == [], path


def test_vendored_code_has_its_licences() -> None:
    vendor = ROOT / "kit" / "widgets" / "vendor"
    licences = (vendor / "LICENSES.txt").read_text()
    for package in (
        "@codemirror/view",
        "@codemirror/lang-python",
        "@lezer/python",
        "style-mod",
        "media-chrome",
    ):
        assert package in licences
    assert (vendor / "build.sh").exists()


def test_no_module_is_too_long_to_read() -> None:
    """A module reads in one sitting."""
    for path in tracked("kit/*.py"):
        assert len(path.read_text().splitlines()) <= 420, path


def test_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text()
    numbers = []
    for path in sorted(folder.glob("0*.md")):
        assert path.name in index
        numbers.append(int(path.name[:4]))
    assert numbers == list(range(1, len(numbers) + 1))
