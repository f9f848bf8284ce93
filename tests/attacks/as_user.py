"""Become an ordinary user, for good, and still be able to read what this Python is made of."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from pathlib import Path

from kit.kernels import linux


def become(uid: int) -> None:
    """Start this program anew as this user, without any rights of root's.

    Root's own folders, which an ordinary user cannot look into, may hold the Python: in a mount
    namespace of its own, each such folder is replaced by one that shows that and nothing else.

    Raises:
        OSError: it is not root who asks.
    """
    needed = {sys.prefix, sys.base_prefix, str(Path(__file__).parents[2])}
    linux.unshare(linux.NEW_MOUNTS)
    linux.keep_mounts_here()
    for closed in sorted({each for path in needed if (each := _closed(path))}):
        inside = [path for path in needed if Path(path).is_relative_to(closed)]
        files = [(path, os.open(path, os.O_PATH)) for path in inside]
        linux.mount_tmpfs(closed, options="mode=755")
        for path, file in files:
            os.makedirs(path)
            linux.mount_again(f"/proc/self/fd/{file}", path)
            os.close(file)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.environ["HOME"] = os.environ["JUPYTER_RUNTIME_DIR"] = tempfile.mkdtemp()
    arguments = sys.argv[1:]
    at = arguments.index("--as")
    del arguments[at : at + 2]
    os.execv(sys.executable, [sys.executable, "-m", "tests.attacks", *arguments])


def _closed(path: str) -> str:
    """The topmost folder on the way to a path that others cannot look into; "" if none."""
    for folder in [*reversed(Path(path).parents), Path(path)]:
        if not folder.stat().st_mode & stat.S_IXOTH:
            return str(folder)
    return ""
