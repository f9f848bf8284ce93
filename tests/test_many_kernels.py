"""Three hundred kernels come and go: none hangs, and nothing is left of them.

``python -m bench many`` does the same with ten thousand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.many import FIRST_FEW, Left
from kit.kernels.levels import LESSON, OPEN
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the zygote")
GROWS_BY_MB = 1.0
# By a process of its own: the tests' has a browser, whose processes come and go.
PROGRAM = """
import json, sys
from dataclasses import asdict
from bench.many import start_and_end
print(json.dumps(asdict(start_and_end(int(sys.argv[2]), level=sys.argv[1], modules=["numpy"]))))
"""


@pytest.mark.parametrize(("level", "kernels"), [(OPEN, 300), (LESSON, 60)])
def test_nothing_is_left_of_many_kernels(level: str, kernels: int, data: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, level, str(kernels)],
        stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, env=os.environ,
    )  # fmt: skip
    many = json.loads(done.stdout)
    assert many["hung"] == 0
    assert Left(**many["left"]) == Left(), "an open file, process, thread, socket or file"
    assert (many["zygotes"], many["threads"]) == (1, 1)
    assert many["memory"][str(kernels)] - many["memory"][str(FIRST_FEW)] < GROWS_BY_MB
