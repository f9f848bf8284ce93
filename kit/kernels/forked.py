"""The first things a kernel does after the fork: it becomes what it would be if started anew."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

_PR_SET_PDEATHSIG, _PR_SET_NAME = 1, 15


@dataclass(frozen=True)
class Request:
    """A kernel to be started.

    Attributes:
        argv: its arguments, without the interpreter and ``-m ipykernel_launcher``.
        env: all of its environment.
        cwd: its working folder.
    """

    argv: list[str]
    env: dict[str, str]
    cwd: str

    def take(self, files: Sequence[int]) -> None:
        """Become a process of one's own; straight after the fork.

        Args:
            files: the standard output and the standard error, as open files.
        """
        zygote = os.getppid()
        os.setsid()
        _die_with(zygote)
        name_process("kit-kernel")
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for file, place in ((nothing, 0), (files[0], 1), (files[1], 2)):
            os.dup2(file, place)
        for file in (nothing, *files):
            os.close(file)
        os.environ.clear()
        os.environ.update(self.env)
        os.chdir(self.cwd)
        time.tzset()
        _reseed()

    def run(self) -> None:
        """Be the kernel until it ends."""
        import ipykernel_launcher  # type: ignore[import-untyped]
        from ipykernel.kernelapp import IPKernelApp

        sys.argv = [ipykernel_launcher.__file__, *self.argv]
        # What it would read from the environment, it has read in the zygote.
        IPKernelApp.launch_instance(parent_handle=os.getppid())


def name_process(name: str) -> None:
    """What tools that list processes call this one; at most 15 letters."""
    ctypes.CDLL(None).prctl(_PR_SET_NAME, name.encode())


def _die_with(zygote: int) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zygote:  # it had died before
        os._exit(1)


def _reseed() -> None:
    """Each kernel has random numbers of its own; Python's own are reseeded by the fork."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
