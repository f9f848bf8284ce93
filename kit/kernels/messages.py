"""How an owner and its zygote talk: JSON with a length before it, and open files beside it."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any

_LENGTH = struct.Struct("!I")
_MOST_FILES = 16


def send(to: socket.socket, message: dict[str, Any], files: Sequence[int] = ()) -> None:
    """Send one message, with copies of these open files.

    Raises:
        OSError: nobody is there.
    """
    content = json.dumps(message).encode()
    header = _LENGTH.pack(len(content))
    # The files belong to the first byte; the rest may come in pieces.
    socket.send_fds(to, [header], list(files))
    to.sendall(content)


def receive(of: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Wait for one message, and the files that came with it, which are now ours to close.

    Raises:
        EOFError: the other side is gone.
    """
    header, files, _flags, _address = socket.recv_fds(of, _LENGTH.size, _MOST_FILES)
    header += _exactly(of, _LENGTH.size - len(header))
    return json.loads(_exactly(of, *_LENGTH.unpack(header))), files


def _exactly(of: socket.socket, count: int) -> bytes:
    content = bytearray()
    while len(content) < count:
        piece = of.recv(count - len(content))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)
