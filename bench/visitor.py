"""One who opens a page, without a browser: asks a server what Chromium asks, and shows nothing.

A hundred browsers on the server's own machine would be what is measured. A visitor has six
connections that stay open, an empty cache, a cookie of its own, and web sockets.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tornado.httpclient import HTTPError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, WebSocketError, websocket_connect

from bench.errors import NotMeasured
from bench.servers import Server

CONNECTIONS = 6
"""At once and to one server, as browsers have."""

LONGEST_HEAD, PIECE, LONGEST_MESSAGE = 2**16, 2**16, 2**28


class Visitor:
    """One who has the server's token.

    Raises:
        NotMeasured: of each method, where the server says no.
        OSError, EOFError: of each method, where it hangs up.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self._cookie = ""
        self._idle: list[_Connection] = []
        self._free = asyncio.Semaphore(CONNECTIONS)
        self._sockets: list[WebSocketClientConnection] = []

    async def log_in(self) -> None:
        """Show the token once, as the link that ``kit start`` prints does."""
        connection = await _Connection.to(self.server)
        head = await connection.ask(f"/login?token={self.server.token}", {})
        connection.close()
        self._cookie = "; ".join(each.split(";")[0] for each in head.cookies)

    async def get(self, path: str) -> AsyncIterator[bytes]:
        """What a path is answered with, in pieces as they come."""
        async with self._free:
            connection = self._idle.pop() if self._idle else await _Connection.to(self.server)
            try:
                head = await connection.ask(path, {"Cookie": self._cookie})
                async for piece in connection.body(head):
                    yield piece
            except BaseException:
                connection.close()
                raise
            self._idle.append(connection)

    async def load(self, path: str) -> None:
        """Ask for a file and throw it away."""
        async for _piece in self.get(path):
            pass

    async def connect(
        self, path: str, hear: Callable[[str | bytes | None], None]
    ) -> WebSocketClientConnection:
        """Open a web socket, which stays open.

        Args:
            hear: called with each message, and with None when it is closed.
        """
        url = self.server.origin.replace("http", "ws", 1) + path
        headers = {"Cookie": self._cookie, "Origin": self.server.origin}
        request = HTTPRequest(url, headers=headers, request_timeout=0)
        try:
            opened = await websocket_connect(
                request, on_message_callback=hear, max_message_size=LONGEST_MESSAGE
            )
        except (HTTPError, WebSocketError) as error:
            raise NotMeasured(f"{path.split('/')[1]}'s web socket: {error}") from error
        self._sockets.append(opened)
        return opened

    def leave(self) -> None:
        """Close all that is open."""
        for connection in self._idle:
            connection.close()
        for each in self._sockets:
            each.close()


@dataclass(frozen=True)
class _Head:
    status: int
    fields: dict[str, str]
    cookies: list[str] = field(default_factory=list)


class _Connection:
    """One connection, for one request after the other."""

    def __init__(
        self, server: Server, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._host = urlsplit(server.origin).netloc
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, server: Server) -> _Connection:
        address = urlsplit(server.origin)
        return cls(
            server,
            *await asyncio.open_connection(address.hostname, address.port, limit=LONGEST_HEAD),
        )

    async def ask(self, path: str, headers: dict[str, str]) -> _Head:
        lines = {"Host": self._host, "Accept-Encoding": "identity", **headers}
        asked = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self._writer.write(f"GET {path} HTTP/1.1\r\n{asked}\r\n".encode())
        head = _read(await self._reader.readuntil(b"\r\n\r\n"))
        if head.status >= 400:
            raise NotMeasured(f"{path.split('?', maxsplit=1)[0]} was answered with {head.status}")
        return head

    async def body(self, head: _Head) -> AsyncIterator[bytes]:
        if head.fields.get("transfer-encoding") != "chunked":
            left = int(head.fields.get("content-length", 0))
            while left:
                piece = await self._reader.read(min(left, PIECE))
                if not piece:
                    raise EOFError
                left -= len(piece)
                yield piece
            return
        while size := int(await self._reader.readuntil(b"\r\n"), 16):
            yield (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readuntil(b"\r\n")

    def close(self) -> None:
        self._writer.close()


def _read(said: bytes) -> _Head:
    first, *lines = said.decode("latin-1").rstrip().split("\r\n")
    pairs = [tuple(line.split(": ", 1)) for line in lines]
    fields = {name.lower(): value for name, value in pairs}
    cookies = [value for name, value in pairs if name.lower() == "set-cookie"]
    return _Head(int(first.split()[1]), fields, cookies)
