"""A kernel's sockets, bound by its owner before it starts.

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
    """What a kernel binds its sockets to, as ZeroMQ names it: files (``ipc``), or ports."""
    transport, ip = connection.get("transport", "tcp"), connection["ip"]
    between = "-" if transport == "ipc" else ":"
    return [f"{transport}://{ip}{between}{connection[f'{each}_port']}" for each in _CHANNELS]


def listen_for(connection: Mapping[str, Any]) -> list[int]:
    """Bind as many of them as can be, in their order; returns them as open files, to be closed. The
    kernel binds the others itself, or says why it cannot.
    """
    listeners: list[int] = []
    with suppress(OSError):
        for address in addresses(connection):
            listeners.append(listen(address))
    return listeners


def listen(address: str) -> int:
    """Bind one of them; returns it as an open file, to be closed.

    Raises:
        OSError: it cannot be: the path is too long, its folder may not be written, or somebody
            else has the port.
    """
    transport, _slashes, place = address.partition("://")
    if transport == "ipc":
        with suppress(FileNotFoundError):
            Path(place).unlink()
        return _bound(socket.AF_UNIX, place)
    ip, _colon, port = place.rpartition(":")
    return _bound(socket.AF_INET, (ip, int(port)))


def _bound(family: int, place: Any) -> int:
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as ZeroMQ does
        listener.bind(place)
        listener.listen(_WAITING)
        return listener.detach()
