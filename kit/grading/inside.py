"""What runs in a submission's kernel, before its first cell and after its last one."""

from __future__ import annotations

import base64
import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

MADE = "application/vnd.lesson-kit.made+json"
"""The type of the data that ``made`` shows."""

MOST_BYTES = 10 * 2**20
"""Of all files that a notebook makes together. What is larger is not kept."""

MOST_FILES = 200


class FailedError(Exception):
    """Of a test that nothing can pass."""

    def _render_traceback_(self) -> list[str]:
        """IPython takes 0.1 s for the first one that it makes itself."""
        return []


_there: dict[str, tuple[int, int]] = {}


def begin(seed: int, work: str) -> None:
    """Copy the submission's files to where they can be changed, and go there.

    Args:
        seed: of ``random`` and NumPy, so that a second run does the same.
        work: a folder that is not there yet; "" to stay here.
    """
    if work:
        shutil.copytree(".", work)
        os.chdir(work)
    random.seed(seed)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(seed)
    _there.update(dict(_files()))


def made() -> None:
    """Show the files that are new or have changed."""
    from IPython.display import publish_display_data

    left, found = MOST_BYTES, dict[str, str]()
    for path, state in _files():
        if _there.get(path) != state and len(found) < MOST_FILES:
            left -= state[1]
            if left < 0:
                break
            found[path] = base64.b64encode(Path(path).read_bytes()).decode()
    publish_display_data({MADE: found, "text/plain": ""})


def _files() -> Iterator[tuple[str, tuple[int, int]]]:
    """Plain ones below the folder, with when they changed and how many bytes they have."""
    for folder, _folders, names in os.walk("."):
        for name in sorted(names):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and not os.path.islink(path):
                found = os.stat(path)
                yield os.path.relpath(path), (found.st_mtime_ns, found.st_size)
