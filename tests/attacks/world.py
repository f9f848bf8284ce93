"""What there is to be attacked: files, sockets, processes and memory, each with a secret."""

from __future__ import annotations

import ctypes
import os
import secrets
import socket
import sys
import sysconfig
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kit.events import Event
from kit.store import Store

_IPC_CREAT, _IPC_RMID, _IPC_PRIVATE = 0o1000, 0, 0


class World:
    """All of it; ``told`` is what attackers know of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = secrets.token_hex(6)
        self.secret = secrets.token_hex(12)
        self.heard: list[bytes] = []
        self.told: dict[str, Any] = {}

    def has_heard(self, word: str, seconds: float) -> bool:
        """Whether somebody says so over UDP within so long."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends and word.encode() not in self.heard:
            time.sleep(0.05)
        return word.encode() in self.heard

    def make(self) -> Iterator[None]:
        home, course, data = (self.folder / each for each in ("home", "course", "data"))
        for each in (home / ".ssh", course, data):
            each.mkdir(parents=True)
        (home / "secret.txt").write_text(self.secret)
        (home / ".ssh" / "id_own").write_text(self.secret)
        (course / "data.csv").write_text("a,b\n1,2\n")
        os.environ.update(HOME=str(home), KIT_DATA=str(data), KIT_LEARNER="ada")
        os.environ["KIT_TEST_SECRET"] = self.secret
        Store().append([Event(learner="ben", course="c", lesson=self.secret, verb="opened")])
        shared = Path("/dev/shm", f"secret-{self.name}")
        shared.write_text(self.secret)
        shared.chmod(0o644)
        log = self.folder / "log"
        self.told = {
            "name": self.name,
            "secret": self.secret,
            "folder": str(self.folder),
            "home": str(home),
            "course": str(course),
            "data": str(data),
            "packages": sysconfig.get_path("purelib"),
            "shared": shared.name,
            "open": os.open(home / "secret.txt", os.O_RDONLY),
            "owner": os.getpid(),
            "log": str(log),
            "segment": self._segment(),
            "unix": str(self.folder / "unix"),
            "course_unix": str(course / "unix"),
            "course_post": str(course / "post"),
            "abstract": f"secret-{self.name}",
            "tcp": self._listen(socket.AF_INET, ("127.0.0.1", 0)),
            "tcp6": self._listen(socket.AF_INET6, ("::1", 0)),
            "udp": self._answer_datagrams(socket.AF_INET, ("127.0.0.1", 0))[1],
            "free": _free_port(),
        }
        for name in ("unix", "course_unix"):
            self._listen(socket.AF_UNIX, self.told[name])
        self._answer_datagrams(socket.AF_UNIX, self.told["course_post"])
        for name in ("unix", "course_unix", "course_post"):
            os.chmod(self.told[name], 0o666)
        self._listen(socket.AF_UNIX, "\0" + self.told["abstract"])
        try:
            yield
        finally:
            shared.unlink()
            _libc().shmctl(self.told["segment"], _IPC_RMID, None)
            for place in ("/tmp", "/var/tmp", "/dev/shm"):
                for left in Path(place).glob(f"*{self.name}*"):
                    with suppress(OSError):
                        left.unlink()

    def _segment(self) -> int:
        """A System V segment with the word "sesame" in it."""
        libc = _libc()
        segment = int(libc.shmget(_IPC_PRIVATE, 4096, _IPC_CREAT | 0o666))
        libc.shmat.restype = ctypes.c_void_p
        ctypes.memmove(libc.shmat(segment, None, 0), b"sesame", 6)
        return segment

    def _listen(self, family: int, address: Any) -> int:
        listener = socket.socket(family)
        try:
            listener.bind(address)
        except OSError:  # a machine without IPv6
            return 1
        listener.listen()

        def serve() -> None:
            while True:
                other, _address = listener.accept()
                with other, suppress(OSError):
                    other.recv(1)
                    other.sendall(self.secret.encode())

        threading.Thread(target=serve, daemon=True).start()
        return int(listener.getsockname()[1]) if family != socket.AF_UNIX else 0

    def _answer_datagrams(self, family: int, address: Any) -> Any:
        own = socket.socket(family, socket.SOCK_DGRAM)
        own.bind(address)

        def serve() -> None:
            while True:
                said, other = own.recvfrom(100)
                self.heard.append(said)
                if other:
                    own.sendto(self.secret.encode(), other)

        threading.Thread(target=serve, daemon=True).start()
        return own.getsockname()


@contextmanager
def world_in(folder: Path) -> Iterator[World]:
    """A world in an empty folder, until the block ends."""
    world = World(folder)
    made = world.make()
    next(made)
    try:
        yield world
    finally:
        for _end in made:
            pass


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


assert sys.platform == "linux"
