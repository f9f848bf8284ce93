"""A kernel's sockets that are files (``ipc``), bound by its owner before it starts.

So a client that connects at once is taken, and need not try again after 0.1 s; and a kernel that is
shut in need not see the folder they are in.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_CHANNELS = ("shell", "iopub", "stdin", "control", "hb")
_WAITING = 100  # connections, until the kernel takes them


def addresses(connection: Mapping[str, Any]) -> list[str]:
    """What a kernel binds its sockets to, as ZeroMQ names it."""
    return [f"ipc://{connection['ip']}-{connection[f'{channel}_port']}" for channel in _CHANNELS]


def listen(address: str) -> int:
    """Bind one of them; returns it as an open file, to be closed.

    Raises:
        OSError: it cannot be: the path is too long, or its folder may not be written.
    """
    path = address.removeprefix("ipc://")
    with suppress(FileNotFoundError):
        Path(path).unlink()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(path)
        listener.listen(_WAITING)
        return listener.detach()
