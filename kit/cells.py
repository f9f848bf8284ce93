"""Several cells of a notebook in one request to their kernel (see ``kit.server.cell_groups``)."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

END = "application/vnd.lesson-kit.cell-end+json"
"""The type of the data that is shown after each cell."""

SECONDS = 0.1
"""After so long the kernel looks whether somebody has pressed a button meanwhile."""


def run(sources: Sequence[str]) -> None:
    """Run some as cells, one after the other, until one fails or ``SECONDS`` are over."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    ends = time.monotonic() + SECONDS
    for source in sources:
        ran = shell.run_cell(source, store_history=False)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        shell.display_pub.publish({END: {}})
        if not ran.success or time.monotonic() > ends:
            return
