"""Run what students handed in, cells and tests, in a bare Python; print the seconds as JSON.

python -m bench.bare_cells SUBMITTED ASSIGNMENT
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import pandas as pd


def main(submitted: Path, assignment: str) -> None:
    """Of each submission alone: its folder, its names; what raises is passed over."""
    seconds = 0.0
    for folder in sorted(submitted.glob(f"*/{assignment}")):
        os.chdir(folder)
        for path in folder.glob("*.ipynb"):
            cells = [
                each.source for each in nbformat.read(path, 4).cells if each.cell_type == "code"
            ]
            names = {"__name__": "__main__", "pd": pd}
            began = time.perf_counter()
            for each in cells:
                with (
                    contextlib.suppress(Exception),
                    contextlib.redirect_stdout(io.StringIO()),
                ):
                    exec(each, names)
            seconds += time.perf_counter() - began
            plt.close("all")
    print(json.dumps({"seconds": round(seconds, 3)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute(), sys.argv[2])
