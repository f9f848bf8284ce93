"""Getting the suites, and the plugins that they need, once for each set of versions.

The set-up of ``make test`` does it, by ``python -m tests.upstream.fetch``.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
PLUGINS = Path(__file__).with_name("requirements.txt")
LOCK = ROOT / "requirements-dev.lock"
KEPT = Path(sys.prefix) / ".upstream"
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


class NotFetched(Exception):
    """The suites are not there; says why."""


def fetched(packages: Sequence[str], kept: Path = KEPT) -> Path:
    """Where the suites of packages are, in the versions that are installed.

    Args:
        kept: where `fetch` keeps them.

    Returns:
        A folder with one for each package, of its ``tests`` and its ``pyproject.toml``, and one
        with the ``plugins``.

    Raises:
        NotFetched: they are not there.
    """
    place, _suites = _place(packages, kept)
    if not place.exists():
        names = " and ".join(packages)
        raise NotFetched(
            f"the suites of {names} are not here; with a network, "
            "`python -m tests.upstream.fetch` gets them"
        )
    return place


def fetch(packages: Sequence[str], kept: Path = KEPT) -> Path:
    """Get the suites of packages, if they are not there yet; as `fetched`.

    Raises:
        NotFetched: pip cannot get them, as most likely no registry can be reached, or other
            versions are installed than are locked.
        ValueError: what came is not what was locked.
    """
    place, suites = _place(packages, kept)
    if not place.exists():
        kept.mkdir(exist_ok=True)
        with TemporaryDirectory(dir=kept) as folder:
            whole = Path(folder) / "whole"
            whole.mkdir()
            _get_suites(packages, suites, whole)
            _pip("install", "--no-deps", "--target", str(whole / "plugins"), "-r", str(PLUGINS))
            whole.rename(place)
    return place


def _place(packages: Sequence[str], kept: Path) -> tuple[Path, str]:
    """Where they are kept, and pip's requirements for them."""
    suites = "\n".join(map(_locked, packages))
    what = f"{suites}\n{PLUGINS.read_text()}\n{sys.version}"
    return kept / hashlib.sha256(what.encode()).hexdigest()[:16], suites


def _locked(package: str) -> str:
    """A package's lines in our lock, if it is installed as they say."""
    name = package.replace("_", "-")
    lines = re.search(rf"^{name}==([\w.]+)(?: \\\n    --hash=\S+)+", LOCK.read_text(), re.M)
    if not lines or lines[1] != version(package):
        raise NotFetched(f"{package} {version(package)} is installed, and another in {LOCK.name}")
    return lines[0]


def _get_suites(packages: Sequence[str], requirements: str, place: Path) -> None:
    with TemporaryDirectory() as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text(requirements)
        source = ["--no-binary", ",".join(packages)]
        _pip("download", "--no-deps", *source, "-d", folder, "-r", str(wanted))
        for package in packages:
            [archive] = Path(folder).glob(f"{package}-*.tar.gz")
            _unpack(archive, place / package)


def _unpack(archive: Path, place: Path) -> None:
    """Without the package itself: what is tested is what is installed."""
    how = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(archive) as file:
        for each in file.getmembers():
            _top, _, each.name = each.name.partition("/")
            if each.name == "pyproject.toml" or each.name.startswith("tests/"):
                file.extract(each, place, **how)  # type: ignore[arg-type]


def _pip(*arguments: str) -> None:
    command = [*_PIP, *arguments, "--quiet", "--require-hashes"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "DO NOT MATCH THE HASHES" in done.stderr:
        raise ValueError(done.stderr)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "ERROR" in line]
        why = " ".join(said[-1:]) or done.stderr
        raise NotFetched(f"pip cannot get the suites; is a package registry in reach? {why}")


def main() -> None:
    """Get those that `run` knows, or say in one sentence why not, and exit with 1."""
    from tests.upstream.run import SUITES

    try:
        fetch(list(SUITES))
    except NotFetched as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
