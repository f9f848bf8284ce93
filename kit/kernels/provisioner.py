"""WarmProvisioner: jupyter_client's way to a kernel that the zygote forks (``kit-warm``)."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Dict, Enum, List, Unicode

from kit.errors import KitError
from kit.kernels.confined import Confined, not_confined
from kit.kernels.forked import Request
from kit.kernels.levels import EXAM, LEVELS, OPEN, Confinement, Limits
from kit.kernels.listeners import addresses, listen_for
from kit.kernels.owner import Forked, ZygoteError, differs, zygotes
from kit.words import _

P = ParamSpec("P")
Answer = TypeVar("Answer")

_LAUNCHER = ["-m", "ipykernel_launcher"]
_LOOKS_EVERY_SECONDS = 0.002
_UNDERSTOOD = {"env", "cwd", "stdin", "stdout", "stderr", "kernel_id", "extra_arguments"}


class NotOursError(ZygoteError):
    """It is a kernel of which the zygote knows nothing."""


class WarmProvisioner(LocalProvisioner):  # type: ignore[misc]
    """A Python kernel of this environment, forked by the zygote; any other as ever.

    Where ``level`` is not ``open``, it is shut in, or not started at all.
    """

    level = Enum(LEVELS, OPEN, help=_("How much kernels may do.")).tag(config=True)
    folders = List(Unicode(), help=_("What a confined kernel can read.")).tag(config=True)
    limits = Dict(help=_("Of ``Limits``, what is not as usual.")).tag(config=True)

    _forked: Forked | None = None
    _confined: Confined | None = None

    @property
    def is_warm(self) -> bool:
        """Whether its kernel was forked."""
        return self._forked is not None

    @property
    def ended_by(self) -> str:
        """The limit that ended a confined kernel, ``memory`` or ``time``; "" if none did."""
        return self._confined.ended_by() if self._confined else ""

    @property
    def has_process(self) -> bool:
        return self._forked is not None or super().has_process

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        if self.level != OPEN:
            if not self._confined:
                own = kwargs.get("cwd") if self.level == EXAM else None
                shown = [os.path.abspath(each) for each in (*self.folders, own) if each]
                self._confined = Confined(Confinement(self.level, shown, Limits(**self.limits)))
            self._confined.connect(self.parent)
        if self._may_be_warm(kwargs):  # ports are chosen for a kernel that then starts at once
            await _aside(zygotes.wait)
        prepared: dict[str, Any] = await super().pre_launch(**kwargs)
        return prepared

    def _may_be_warm(self, kwargs: dict[str, Any]) -> bool:
        """Whether nothing is known yet that speaks against it."""
        if self.parent is None:
            return False
        env = {**kwargs.get("env", os.environ), **self.kernel_spec.env}
        cmd = self.parent.format_kernel_cmd(extra_arguments=kwargs.get("extra_arguments"))
        return not _why_not(cmd, {**kwargs, "env": env})

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        usual = _("This kernel is started the usual way: %s.")
        try:
            if why := _why_not(cmd, kwargs):
                raise NotOursError(why)
            self._forked = await _aside(self._fork, cmd, kwargs)
        except ZygoteError as error:
            if self._confined:
                self._confined.remove()
                raise not_confined(self.level, str(error)) from error
            known = isinstance(error, NotOursError)
            self.log.log(logging.INFO if known else logging.WARNING, usual, error)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.pgid = self._forked.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> Forked:
        arguments = cmd[cmd.index(_LAUNCHER[1]) + 1 :]
        cwd = os.path.abspath(kwargs.get("cwd") or os.getcwd())
        nothing = os.open(os.devnull, os.O_WRONLY)
        output = [
            _file(kwargs.get(name), own, nothing) for own, name in ((1, "stdout"), (2, "stderr"))
        ]
        request, more = Request(arguments, kwargs["env"], cwd), []
        try:
            if self._confined:
                file = self.parent.connection_file
                request = self._confined.request(request, self.connection_info, file)
                more = self._confined.files(self.connection_info)
            else:
                more = listen_for(self.connection_info)
                request = replace(request, listeners=addresses(self.connection_info)[: len(more)])
            forked = zygotes.fork(request, [*output, *more])
        finally:
            for each in (nothing, *more):
                os.close(each)
        if self._confined:
            try:
                self._confined.wait()
            except KitError:
                forked.signal(signal.SIGKILL)
                forked.close()
                self._confined.remove()
                raise
        return forked

    async def cleanup(self, restart: bool = False) -> None:
        if self._confined and not restart:
            self._confined.remove()
        await super().cleanup(restart)

    async def poll(self) -> int | None:
        code: int | None = self._forked.poll() if self._forked else await super().poll()
        return code

    async def wait(self) -> int | None:
        if not self._forked:
            code: int | None = await super().wait()
            return code
        while (code := self._forked.poll()) is None:
            await _readable(self._forked.handle)
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


async def _aside(work: Callable[P, Answer], *args: P.args, **kwargs: P.kwargs) -> Answer:
    """Work in a thread, while others of the loop go on.

    Not in one of the loop's own, nor woken by it: a process that was forked with its owner's loop,
    as those of a pool are, has none of those threads, and others take its wake-up calls.
    """
    threads = ThreadPoolExecutor(1)
    done = threads.submit(work, *args, **kwargs)
    threads.shutdown(wait=False)
    while not done.done():
        await asyncio.sleep(_LOOKS_EVERY_SECONDS)
    return done.result()


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
