"""The first things a kernel does after the fork: it becomes what it would be if started anew."""

from __future__ import annotations

import gc
import os
import random
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from kit.kernels import linux
from kit.kernels.levels import HOME, Confinement
from kit.linked_store import OPEN_FILE

RARELY = 10_000
"""Objects that are made before the youngest are looked through for garbage. Python's own 700 were
chosen for little memory; a kernel that starts would look through all of its own dozens of times.
"""


@dataclass(frozen=True)
class Request:
    """A kernel to be started.

    Attributes:
        argv: its arguments, without the interpreter and ``-m ipykernel_launcher``.
        env: all of its environment.
        cwd: its working folder.
        confinement: what it is shut in with; None for a kernel that may do what its owner may.
        private: files that a confined kernel finds, by path.
        listeners: addresses that open files stand for which come with the request.
    """

    argv: list[str]
    env: dict[str, str]
    cwd: str
    confinement: Confinement | None = None
    private: dict[str, str] = field(default_factory=dict)
    listeners: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, read: dict[str, Any]) -> Request:
        """What ``to_json`` gave."""
        shut_in = read["confinement"]
        return cls(**{**read, "confinement": shut_in and Confinement.from_json(shut_in)})

    def run(self, files: Sequence[int]) -> None:
        """Be the kernel, from straight after the fork until its end.

        Args:
            files: open ones: the standard output and the standard error; of a confined kernel
                where it reports; one for each of ``listeners``; the store's socket, where it has
                one.
        """
        zygote = os.getppid()
        os.setsid()
        linux.die_with(zygote)
        output, listeners = files[:2], files[2:]
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        if self.confinement:
            from kit.kernels.confine import enter
            from kit.kernels.keeper import Kept

            report, *listeners = listeners
            linux.name_process("kit-keeper")
            enter(self.confinement, self.private, Kept(report, output, listeners))
            for store in listeners[len(self.listeners) :]:
                self.env[OPEN_FILE] = str(store)
        else:
            linux.name_process("kit-kernel")
            for place, file in enumerate(output, 1):
                os.dup2(file, place)
            for file in output:
                os.close(file)
        _bind_to(dict(zip(self.listeners, listeners, strict=False)))
        self._settle()
        self._launch()

    def _settle(self) -> None:
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.clear()
        os.environ.update(self.env)
        try:
            os.chdir(self.cwd)
        except OSError:
            if not self.confinement:
                raise
            os.chdir(HOME)  # it cannot see the folder
        time.tzset()
        _reseed()
        gc.set_threshold(RARELY)

    def _launch(self) -> None:
        import ipykernel_launcher  # type: ignore[import-untyped]

        from kit.kernels.kernel_app import IPKernelApp

        sys.argv = [ipykernel_launcher.__file__, *self.argv]
        # What it would read from the environment, it has read in the zygote. A confined kernel's
        # parent is process 1, which to ipykernel means that its real parent is gone.
        IPKernelApp.launch_instance(parent_handle=1 if self.confinement else os.getppid())


def _bind_to(listeners: Mapping[str, int]) -> None:
    """Let sockets be bound to addresses out of the kernel's sight, by files open already."""
    import zmq

    bind = zmq.Socket.bind

    def bind_open(self: Any, address: str) -> Any:
        if address in listeners:
            self.setsockopt(zmq.USE_FD, listeners[address])
        return bind(self, address)

    zmq.Socket.bind = bind_open  # type: ignore[method-assign, assignment]


def _reseed() -> None:
    """Each kernel has random numbers of its own; Python's own are reseeded by the fork."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
