"""WarmProvisioner: jupyter_client's way to a kernel that the zygote forks (``kit-warm``)."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from kit.kernels.forked import Request
from kit.kernels.owner import Forked, ZygoteError, differs, zygotes
from kit.words import _

_LAUNCHER = ["-m", "ipykernel_launcher"]
_UNDERSTOOD = {"env", "cwd", "stdin", "stdout", "stderr", "kernel_id", "extra_arguments"}


class WarmProvisioner(LocalProvisioner):  # type: ignore[misc]
    """A Python kernel of this environment, forked by the zygote; any other as ever."""

    _forked: Forked | None = None

    @property
    def has_process(self) -> bool:
        return self._forked is not None or super().has_process

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        usual = _("This kernel is started the usual way: %s.")
        if why := _why_not(cmd, kwargs):
            self.log.info(usual, why)
            return await super().launch_kernel(cmd, **kwargs)
        try:
            self._forked = await asyncio.to_thread(self._fork, cmd, kwargs)
        except ZygoteError as error:
            self.log.warning(usual, error)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self._forked.pid
        self.cwd = kwargs.get("cwd", Path.cwd())
        return self.connection_info

    def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> Forked:
        arguments = cmd[cmd.index(_LAUNCHER[1]) + 1 :]
        cwd = os.path.abspath(kwargs.get("cwd") or os.getcwd())
        nothing = os.open(os.devnull, os.O_WRONLY)
        try:
            files = [
                _file(kwargs.get("stdout"), 1, nothing),
                _file(kwargs.get("stderr"), 2, nothing),
            ]
            return zygotes.fork(Request(arguments, kwargs["env"], cwd), files)
        finally:
            os.close(nothing)

    async def poll(self) -> int | None:
        code: int | None = self._forked.poll() if self._forked else await super().poll()
        return code

    async def wait(self) -> int | None:
        if not self._forked:
            code: int | None = await super().wait()
            return code
        await _readable(self._forked.handle)
        code = self._forked.poll()
        self._forked.close()
        self._forked = None
        return code

    async def send_signal(self, signum: int) -> None:
        if self._forked:
            self._forked.signal(signum)
        else:
            await super().send_signal(signum)

    async def kill(self, restart: bool = False) -> None:
        if self._forked:
            self._forked.signal(signal.SIGKILL)
        else:
            await super().kill(restart)

    async def terminate(self, restart: bool = False) -> None:
        if self._forked:
            self._forked.signal(signal.SIGTERM)
        else:
            await super().terminate(restart)


def _why_not(cmd: list[str], kwargs: dict[str, Any]) -> str:
    """Why the zygote cannot start this; "" where it can."""
    arguments = [each for each in cmd[1:] if each != "-Xfrozen_modules=off"]
    unknown = ", ".join(sorted(set(kwargs) - _UNDERSTOOD))
    piped = subprocess.PIPE in (kwargs.get("stdout"), kwargs.get("stderr"))
    other = differs(kwargs["env"])
    reasons = {
        _("there is no zygote on this system"): sys.platform != "linux",
        _("it is for another Python: {path}").format(path=cmd[0]): cmd[0] != sys.executable,
        _("it is no Python kernel"): arguments[:2] != _LAUNCHER,
        _("it asks for {what}").format(what=unknown): unknown,
        _("its output is to be read"): piped,
        _("it has another {name}").format(name=other): other,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _file(wanted: Any, own: int, nothing: int) -> int:
    """The open file that a kernel writes to, as ``Popen`` takes it."""
    if wanted is None:
        try:
            os.fstat(own)
        except OSError:  # ours is closed
            return nothing
        return own
    if wanted == subprocess.DEVNULL:
        return nothing
    return wanted if isinstance(wanted, int) else int(wanted.fileno())


async def _readable(file: int) -> None:
    """Wait until there is something to be read."""
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    copy = os.dup(file)  # a loop has one reader a file, and others may wait for the same

    def arrived() -> None:
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(copy, arrived)
    try:
        await ready
    finally:
        loop.remove_reader(copy)
        os.close(copy)
