"""The two processes around a kernel that is shut in: init inside, and the keeper outside."""

from __future__ import annotations

import json
import os
import select
import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from kit.kernels.levels import Limits

_LOOK_EVERY_SECONDS = 1.0
_LEFT_OUT = b"\n[The rest of what this kernel wrote is left out.]\n"

BUFFER_BYTES = 2**18
"""What a socket holds at most of what it sends, or has received, where Linux is set as usual."""


def _text(file: str) -> str:
    with suppress(OSError):
        return Path(file).read_text().strip()
    return ""


_FULL_SOCKET_BYTES = sum(
    max(BUFFER_BYTES, int(_text(f"/proc/sys/net/core/{each}mem_default") or 0)) for each in "rw"
)


@dataclass(frozen=True)
class Kept:
    """The open files that a kernel starts with.

    Attributes:
        report: where the owner is told, in lines of JSON, how the kernel fares.
        output: its standard output and its standard error.
        others: what else it needs.
    """

    report: int
    output: Sequence[int]
    others: Sequence[int]

    def tell(self, **what: object) -> None:
        with suppress(OSError):
            os.write(self.report, json.dumps(what).encode() + b"\n")


class Wake:
    """A file that can be read once a signal has come, with the signals' numbers in it."""

    def __init__(self) -> None:
        self.file, self._written = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(self._written, warn_on_full_buffer=False)
        for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)

    def signals(self) -> list[int]:
        with suppress(BlockingIOError):
            return list(os.read(self.file, 4096))
        return []

    def close(self) -> None:
        signal.set_wakeup_fd(-1)
        os.close(self.file)
        os.close(self._written)


def be_init(kernel: int, guard: int, wake: Wake) -> NoReturn:
    """Bury the dead, hand on signals, and end with the kernel or with the keeper."""
    look = select.poll()
    look.register(wake.file, select.POLLIN)
    look.register(guard, 0)
    while True:
        if guard in dict(look.poll()):
            os._exit(1)
        for number in wake.signals():
            if number == signal.SIGCHLD:
                _bury(kernel)
            else:
                with suppress(ProcessLookupError):
                    os.killpg(kernel, number)


def _bury(kernel: int) -> None:
    with suppress(ChildProcessError):
        while (done := os.waitpid(-1, os.WNOHANG))[0]:
            pid, status = done
            if pid == kernel:
                code = os.waitstatus_to_exitcode(status)
                os._exit(code if code >= 0 else 128 - code)


class Keeper:
    """What stays outside: hands on signals and output, and looks after what Linux does not."""

    def __init__(self, init: int, limits: Limits, kept: Kept, outlet: int) -> None:
        self._init, self._limits, self._kept, self._outlet = init, limits, kept, outlet
        self._wake = Wake()
        self._left = limits.output_bytes
        self._ends = time.monotonic() + limits.wall_seconds if limits.wall_seconds else None

    def keep(self) -> NoReturn:
        look = select.poll()
        look.register(self._wake.file, select.POLLIN)
        look.register(self._outlet, select.POLLIN)
        self._end_with_init()  # should it have ended before its signal could be seen
        look_again = time.monotonic()
        while True:
            ready = dict(look.poll(_LOOK_EVERY_SECONDS * 1000))
            if self._outlet in ready and not self._hand_on_output():
                look.unregister(self._outlet)
            if time.monotonic() >= look_again:
                self._look_after_limits()
                look_again = time.monotonic() + _LOOK_EVERY_SECONDS
            for number in self._wake.signals():
                if number == signal.SIGCHLD:
                    self._end_with_init()
                else:
                    os.kill(self._init, number)

    def _hand_on_output(self) -> bool:
        """Whether there may be more; what nobody takes at once is lost, for others may be waiting
        for this process.
        """
        written = os.read(self._outlet, select.PIPE_BUF)
        outside = select.poll()
        outside.register(self._kept.output[-1], select.POLLOUT)
        if self._left > 0 and outside.poll(0):
            left_out = _LEFT_OUT if len(written) > self._left else b""
            with suppress(OSError):
                os.write(self._kept.output[-1], written[: self._left] + left_out)
        self._left -= len(written)
        return bool(written)

    def _look_after_limits(self) -> None:
        if self._ends and time.monotonic() > self._ends:
            self._end("time")
        if _memory() > self._limits.memory_bytes:
            self._end("memory")

    def _end(self, limit: str) -> NoReturn:
        self._kept.tell(limit=limit)
        os.kill(self._init, signal.SIGKILL)
        os.waitpid(self._init, 0)
        os._exit(128 + signal.SIGKILL)

    def _end_with_init(self) -> None:
        done, status = os.waitpid(self._init, os.WNOHANG)
        if not done:
            return
        code = os.waitstatus_to_exitcode(status)
        os._exit(code if code >= 0 else 128 - code)


def _memory() -> int:
    """Bytes that the confined processes have in memory and that are no files', with their sockets
    as if each were full; 0 as long as the processes that can be seen are still the owner's.
    """
    if _text("/proc/1/comm") != "kit-init":
        return 0
    used = _text("/proc/1/net/sockstat").partition("used ")[2].split()
    sizes = int(used[0]) * _FULL_SOCKET_BYTES if used else 0
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with suppress(OSError):
                for line in (process / "status").read_text().splitlines():
                    if line.startswith(("RssAnon:", "RssShmem:")):
                        sizes += int(line.split()[1]) * 1024
    return sizes
