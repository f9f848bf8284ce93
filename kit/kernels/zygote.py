"""The zygote: one process with one thread that has imported what lessons use, and forks kernels.

Its owner starts it with one end of a socket pair, the only way to it: there is no path that
others could connect to. When the owner is gone, so is the socket's other end, and the zygote ends
with all its kernels.
"""

from __future__ import annotations

import atexit
import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from kit.course import load_course
from kit.errors import KitError
from kit.kernels.forked import Request
from kit.kernels.levels import installed
from kit.kernels.linux import name_process
from kit.kernels.messages import receive, send


@dataclass
class Zygote:
    """What the zygote knows of its kernels.

    Attributes:
        owner: its end of the socket pair.
        running: process ids by the kernel's id, of those that have not been reaped.
        ended: how the others ended, as ``Popen.returncode`` says it.
    """

    owner: socket.socket
    running: dict[int, int] = field(default_factory=dict)
    ended: dict[int, int] = field(default_factory=dict)
    _ids: Any = field(default_factory=lambda: count(1))

    def serve(self) -> tuple[Request, list[int]] | None:
        """Answer the owner until it is gone.

        Returns:
            None in the zygote; in each kernel that it forks, what the kernel is to be, and the
            open files that came with it.
        """
        wake, on_signal = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(on_signal, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the owner
        try:
            send(self.owner, {"ready": True})
            own, look = self.owner.fileno(), select.poll()
            look.register(own, select.POLLIN)
            look.register(wake, select.POLLIN)
            while True:
                ready = {file for file, _what in look.poll()}
                if wake in ready:
                    os.read(wake, 4096)
                    self._reap()
                if own in ready and (kernel := self._answer()):
                    signal.set_wakeup_fd(-1)
                    os.close(wake)
                    os.close(on_signal)
                    return kernel
        except (EOFError, ConnectionError):
            self._end_all()
            return None

    def _answer(self) -> tuple[Request, list[int]] | None:
        message, files = receive(self.owner)
        what, kernel = message["do"], message.get("kernel", 0)
        if what == "fork":
            if self._fork():
                return Request.from_json(message["request"]), files
            for each in files:
                os.close(each)
            return None
        self._reap()
        answer: object = None
        if what == "signal":
            answer = self._signal(kernel, message["number"])
        elif what == "code":
            answer = self.ended.get(kernel)
        elif what == "forget":
            self.ended.pop(kernel, None)
        send(self.owner, {"answer": answer})
        return None

    def _fork(self) -> bool:
        """Whether this is the new process."""
        threads = len(os.listdir("/proc/self/task"))
        if threads != 1:  # locks that another thread holds would be held for ever in the kernel
            send(self.owner, {"problem": f"{threads} threads"})
            return False
        try:
            pid = os.fork()
        except OSError as error:
            send(self.owner, {"problem": str(error)})
            return False
        if pid == 0:
            self.owner.close()
            return True
        kernel = next(self._ids)
        self.running[kernel] = pid
        handle = os.pidfd_open(pid)
        send(self.owner, {"kernel": kernel, "pid": pid}, [handle])
        os.close(handle)
        return False

    def _signal(self, kernel: int, number: int) -> bool:
        pid = self.running.get(kernel)
        if pid is None:
            return False
        with suppress(ProcessLookupError):
            os.killpg(pid, number)  # the kernel, and what it has started
            return True
        with suppress(ProcessLookupError):  # it has not made its group yet
            os.kill(pid, number)
            return True
        return False

    def _reap(self) -> None:
        for kernel, pid in list(self.running.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                del self.running[kernel]
                self.ended[kernel] = os.waitstatus_to_exitcode(status)

    def _end_all(self) -> None:
        for kernel in list(self.running):
            self._signal(kernel, signal.SIGKILL)


_KERNELS_OWN = (
    "ipykernel.kernelapp", "ipykernel.debugger", "IPython.core.debugger", "IPython.core.logger",
    "IPython.core.completerlib", "IPython.extensions.storemagic", "IPython.utils.wildcard",
    "tornado.platform.asyncio", "tornado.queues", "faulthandler", "encodings.idna",
    "encodings.ascii", "encodings.latin_1", "psutil", "IPython.core.oinspect",
    "kit.kernels.confine", "ipykernel_launcher",
)  # fmt: skip
"""What a kernel imports by itself until it has run its first cell."""


def warm_up(
    modules: Sequence[str], course: str = "", go_on: Callable[[], bool] = lambda: True
) -> None:
    """Import what lessons use, and what they would make only when it is first needed.

    Args:
        course: a course's folder, to be read; "" for none.
        go_on: asked before each import; ends the process where it says no.
    """
    from kit.kernels.kernel_app import files_of_modules

    gc.disable()
    for name in (*_KERNELS_OWN, *modules):
        if not go_on():
            sys.exit()
        with suppress(ImportError):
            import_module(name)
    if "matplotlib" in sys.modules:
        _draw_once()
    if course:
        with suppress(KitError):  # who opens a page of it is told
            load_course(Path(course))
    for look_at_all_modules in (installed, files_of_modules):  # once, and not in each kernel
        look_at_all_modules()
    gc.collect()
    gc.freeze()  # what is there now is never looked at by a kernel's collector, and stays shared
    gc.enable()


def _draw_once() -> None:
    """Read the fonts and the drawing code, without pyplot, which would keep a figure."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    figure.subplots().plot([0, 1], label="a")
    figure.canvas.draw()


def _has_owner(owner: socket.socket) -> bool:
    look = select.poll()
    look.register(owner, 0)  # that it was closed is told in any case
    return not look.poll(0)


def _end_at_once(over: Sequence[Request]) -> None:
    """Of a kernel that is over, leave out what Python still does: to take down its modules, it
    would write to all the memory that it shares, and so get a copy of it first.
    """
    if not over:
        return
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(0)


def main() -> None:
    """Run the zygote; in a kernel, run that."""
    name_process("kit-zygote")
    over: list[Request] = []
    atexit.register(_end_at_once, over)  # the first to register comes last
    owner = socket.socket(fileno=int(sys.argv[1]))
    _own, course, *modules = sys.argv[1:]
    warm_up(modules, course, lambda: _has_owner(owner))
    if kernel := Zygote(owner).serve():
        request, files = kernel
        request.run(files)
        over.append(request)
