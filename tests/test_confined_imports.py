"""What is imported once for all kernels, outside of them: of a confined course, what is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kit.kernels.levels import EXAM, LESSON, OPEN, is_installed
from tests.confined import on_linux
from tests.conftest import ROOT

pytestmark = on_linux

START = """
import sys
from kit.kernels.owner import warm_up, zygotes
from kit.kernels.trial import try_kernel
warm_up(["helping", "helping_all.inner", "wave", "palmerpenguins"], level=sys.argv[1])
zygotes.modules = ("numpy", *zygotes.modules[-4:])
print(try_kernel()[0], "palmerpenguins" in zygotes.modules, "wave" in zygotes.modules)
zygotes.close()
"""


@pytest.mark.parametrize(("level", "helped"), [(OPEN, "12"), (LESSON, ""), (EXAM, "")])
@pytest.mark.parametrize("way", ["PYTHONPATH", "cwd"])
def test_of_a_confined_course_nothing_is_run_to_warm_up_its_kernels(
    level: str, helped: str, way: str, tmp_path: Path
) -> None:
    """The course's folder may be on Python's path, and its names first there."""
    seen, inner = tmp_path / "seen", tmp_path / "course" / "helping_all"
    inner.mkdir(parents=True)
    (inner.parent / "helping.py").write_text(f"open({str(seen)!r}, 'a').write('1')\n")
    (inner / "inner.py").write_text(f"open({str(seen)!r}, 'a').write('2')\n")
    (inner.parent / "wave.py").write_text(f"open({str(seen)!r}, 'a').write('3')\n")
    path = {"PYTHONPATH": str(inner.parent)} if way == "PYTHONPATH" else {}
    done = subprocess.run(
        [sys.executable, "-c", START, level],
        cwd=inner.parent, env={**os.environ, **path}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    warm, installed, other = done.stdout.split()
    assert (warm, installed) == ("True", "True")
    if level != OPEN:
        assert not seen.exists()
        assert other == "False"
    elif way == "PYTHONPATH":
        assert set(seen.read_text()) >= set(helped)


def test_what_is_installed() -> None:
    for name in ("json", "sys", "numpy", "numpy.linalg", "encodings", "matplotlib.pyplot"):
        assert is_installed(name), name
    for name in ("tests.conftest", "no_such_module_at_all", "docs", "bench"):
        assert not is_installed(name), (name, ROOT)
