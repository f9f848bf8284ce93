"""Three hundred kernels come and go: none hangs, and nothing is left of them.

``python -m bench many`` does the same with ten thousand.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.many import FIRST_FEW, Left, start_and_end
from kit.kernels.levels import LESSON, OPEN

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the zygote")
FEW = ["numpy"]
GROWS_BY_MB = 1.0


@pytest.mark.parametrize(("level", "kernels"), [(OPEN, 300), (LESSON, 60)])
def test_nothing_is_left_of_many_kernels(level: str, kernels: int, data: Path) -> None:
    many = start_and_end(kernels, level=level, modules=FEW)
    assert many.hung == 0
    assert many.left == Left(), "an open file, process, thread, socket or connection file"
    assert (many.zygotes, many.threads) == (1, 1)
    assert many.memory[kernels] - many.memory[FIRST_FEW] < GROWS_BY_MB
