"""How many files this process may have open: a server's pages and kernels each take some."""

from __future__ import annotations

import sys

from kit.errors import StartError
from kit.words import _

FEWEST = 256
"""What a server needs with a few pages."""

MANY = 65536
"""Of a page with its kernel, a server has 28 at most: enough for a class of any size."""


def may_open(count: int = MANY) -> int:
    """Let this process open so many files, if it may; returns how many it then can."""
    if sys.platform == "win32":  # which has no such limit
        return count
    import resource

    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = max(now, count if most == resource.RLIM_INFINITY else min(count, most))
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    return wanted


def open_enough() -> None:
    """Let this process serve.

    Raises:
        StartError: it may open too few files.
    """
    if (files := may_open()) < FEWEST:
        raise StartError(
            _("A program may open {files} files here; a server needs {fewest}.").format(
                files=files, fewest=FEWEST
            ),
            _("Allow more, as in: ulimit -n 4096"),
        )
