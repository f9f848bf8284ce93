"""The owner's side of the zygote: start it, ask it, start another when it has died."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit.kernels.forked import Request
from kit.kernels.levels import OPEN, is_installed
from kit.kernels.messages import receive, send

NAME = "kit-warm"
"""Of the provisioner, as jupyter_client knows it."""

_CHOSEN_BY = "JUPYTER_DEFAULT_PROVISIONER_NAME"

MODULES = (
    "pandas", "pandas.io.formats.html", "pandas.io.formats.string", "encodings.utf_8_sig",
    "matplotlib.pyplot", "ipywidgets", "anywidget",
    "IPython.core.completer", "jinja2", "markdown_it", "nh3", "uuid_utils",
    "kit.session", "kit.checks", "kit.media.captions", "kit.media.container", "kit.media.slides",
    *(
        f"kit.widgets.{name}"
        for name in ("check", "idle", "lesson", "link", "media", "notes", "output", "slides")
    ),
)  # fmt: skip
"""What is imported for every course. matplotlib_inline is not: it looks for a kernel then."""

_RUN = (
    "import sys; sys.path[:] = filter(None, sys.path); from kit.kernels.zygote import main; main()"
)

# Libraries for numbers start threads when they are imported, and a fork takes over one alone.
_ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL", "NUMEXPR", "BLIS")
}
_READY_WITHIN_SECONDS = 60.0
_ANSWERS_WITHIN_SECONDS = 20.0
_ENDED_BY_KILL = -9


class ZygoteError(Exception):
    """There is no zygote that could fork; says why."""


class RefusedError(ZygoteError):
    """The zygote is well, and cannot fork."""


class ZygoteProcess:
    """One zygote. May be used from any thread.

    Raises:
        ZygoteError: of each method, where it does not answer (any more).
    """

    def __init__(self, modules: Sequence[str], course: str) -> None:
        self.stamp = _stamp(modules)
        self.kernels = 0
        self._lock = threading.Lock()
        self._is_ready = False
        self._socket, its = socket.socketpair()
        with its:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own program
                    [
                        sys.executable,
                        "-Xfrozen_modules=off",
                        "-c",
                        _RUN,
                        str(its.fileno()),
                        course,
                        *modules,
                    ],
                    pass_fds=[its.fileno()],
                    env={**_public(os.environ), **_ONE_THREAD},
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C is for the owner
                )
            except OSError as error:
                self._socket.close()
                raise ZygoteError(str(error)) from error

    @property
    def pid(self) -> int:
        return self._process.pid

    def fork(self, request: Request, files: Sequence[int]) -> Forked:
        """Start a kernel.

        Args:
            files: its standard output and its standard error.
        """
        answer, handles = self._ask("fork", files, request=request.to_json())
        if problem := answer.get("problem"):
            raise RefusedError(problem)
        self.kernels += 1
        return Forked(self, answer["kernel"], answer["pid"], handles[0])

    def ask(self, what: str, **about: Any) -> Any:
        """What the zygote answers to ``signal``, ``code``, ``forget``, or ``nothing`` at all."""
        return self._ask(what, **about)[0].get("answer")

    def _ask(
        self, what: str, files: Sequence[int] = (), **about: Any
    ) -> tuple[dict[str, Any], list[int]]:
        with self._lock:
            try:
                if not self._is_ready:
                    self._socket.settimeout(_READY_WITHIN_SECONDS)
                    receive(self._socket)
                    self._socket.settimeout(_ANSWERS_WITHIN_SECONDS)
                    self._is_ready = True
                send(self._socket, {"do": what, **about}, files)
                return receive(self._socket)
            except (EOFError, OSError) as error:  # whether it was done is not known: no more of it
                self._process.kill()
                self._process.wait()
                self._socket.close()
                raise ZygoteError(str(error) or "it has ended") from error

    def close(self) -> None:
        """End it, and all its kernels."""
        with self._lock:
            self._socket.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ANSWERS_WITHIN_SECONDS)


@dataclass
class Forked:
    """A kernel that was forked.

    Attributes:
        zygote: whose child it is.
        kernel: the zygote's number of it, which is never used again.
        pid: the process.
        handle: an open file that can be read once the process has ended (pidfd).
    """

    zygote: ZygoteProcess
    kernel: int
    pid: int
    handle: int
    _code: int | None = field(default=None, init=False)

    def poll(self) -> int | None:
        """How it ended, as ``Popen.poll`` says it; None as long as it runs."""
        if self._code is None and _is_readable(self.handle):
            try:
                self._code = int(self.zygote.ask("code", kernel=self.kernel))
            except ZygoteError:  # and its kernels with it
                self._code = _ENDED_BY_KILL
        return self._code

    def signal(self, number: int) -> None:
        """Send a signal to the kernel and to what it has started; to one that has ended, none."""
        with suppress(ZygoteError):
            self.zygote.ask("signal", kernel=self.kernel, number=int(number))

    def close(self) -> None:
        """Forget it; it has ended."""
        os.close(self.handle)
        self.zygote.kernels -= 1
        with suppress(ZygoteError):
            self.zygote.ask("forget", kernel=self.kernel)


def _is_readable(file: int) -> bool:
    look = select.poll()  # unlike select(), for any number of open files
    look.register(file, select.POLLIN)
    return bool(look.poll(0))


class Zygotes:
    """The zygote that forks, and those before it whose kernels still run.

    Attributes:
        modules: what it imports.
        course: the folder of a course, which it reads; "" for none.
    """

    def __init__(self, modules: Sequence[str] = MODULES) -> None:
        self.modules = tuple(modules)
        self.course = ""
        self._unlock()
        self._owner = 0
        self._now: ZygoteProcess | None = None
        self._before: list[ZygoteProcess] = []
        self._gave_up = ""
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._unlock)

    def _unlock(self) -> None:
        """In a process forked off ours, too: the thread that held the lock is none of its."""
        self._lock = threading.Lock()

    def start(self) -> ZygoteProcess:
        """The zygote, which may still be importing; another one where that would import other
        things now.

        Raises:
            ZygoteError: there can be none.
        """
        with self._lock:
            if self._owner != os.getpid():  # forked ourselves: the zygote is another's
                self._owner, self._now, self._before = os.getpid(), None, []
            if self._now and self._now.stamp != _stamp(self.modules):
                self._before.append(self._now)
                self._now = None
            for each in [each for each in self._before if not each.kernels]:
                self._before.remove(each)
                each.close()
            if self._now is None:
                self._now = ZygoteProcess(self.modules, self.course)
            return self._now

    def wait(self) -> None:
        """Until ``fork`` answers at once, be it that there is no zygote."""
        if not self._gave_up:
            with suppress(ZygoteError):
                self.start().ask("nothing")

    def fork(self, request: Request, files: Sequence[int]) -> Forked:
        """Start a kernel, by a new zygote where the last one has died.

        Raises:
            ZygoteError: none could fork.
        """
        if self._gave_up:
            raise ZygoteError(self._gave_up)
        zygote = self.start()
        try:
            return zygote.fork(request, files)
        except RefusedError:
            raise
        except ZygoteError:
            with self._lock:
                if self._now is zygote:
                    self._now = None
        try:
            return self.start().fork(request, files)
        except ZygoteError as error:  # twice: what it imports may be at fault
            self._gave_up = str(error)
            raise

    def close(self) -> None:
        """End all of them, and their kernels."""
        with self._lock:
            for each in [*self._before, *filter(None, [self._now])]:
                each.close()
            self._now, self._before = None, []


zygotes = Zygotes()
"""Of this process."""


def warm_up(modules: Sequence[str] = (), *, course: Path | None = None, level: str = OPEN) -> None:
    """Let the kernels of this process be forked from now on, where that can be had.

    Args:
        modules: what lessons use besides ``MODULES``.
        course: a course's folder, whose lessons kernels then need not read themselves.
        level: of the kernels. Where they are shut in, nothing is imported outside of them but what
            is installed.
    """
    if sys.platform == "linux" and os.environ.setdefault(_CHOSEN_BY, NAME) == NAME:
        wanted = [each for each in modules if level == OPEN or is_installed(each)]
        zygotes.modules = (*MODULES, *wanted)
        zygotes.course = str(course or "")
        with suppress(ZygoteError):  # each kernel says why it is started the usual way
            zygotes.start()


def _stamp(modules: Sequence[str]) -> tuple[object, ...]:
    """Differs once the zygote would import other things: of packages that were installed, upgraded
    or taken away, or by another environment."""
    installed = []
    for folder in sys.path:
        if folder.endswith("-packages"):  # elsewhere files come and go
            with suppress(OSError):
                installed.append(os.stat(folder).st_mtime_ns)
    return (*modules, *installed, *sorted(_fixed(os.environ).items()))


def differs(env: Mapping[str, str]) -> str:
    """A variable of a kernel's environment that an interpreter reads when it starts, and that is
    not as it was for the zygote; "" if there is none."""
    kernels, own = _fixed(env), _fixed(os.environ)
    return next(
        (name for name in sorted({*kernels, *own}) if kernels.get(name) != own.get(name)), ""
    )


def _public(env: Mapping[str, str]) -> dict[str, str]:
    """What a zygote needs: each kernel can read what its zygote was started with, and among the
    rest are tokens."""
    return _fixed(env) | {
        name: value
        for name, value in env.items()
        if name in {"PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR", "USER", "LOGNAME"}
        or name.startswith(("LC_", "XDG_"))
    }


def _fixed(env: Mapping[str, str]) -> dict[str, str]:
    """What is read when Python or what lessons use starts, and is not read again."""
    return {
        name: value
        for name, value in env.items()
        if (name.startswith(("PYTHON", "LD_", "MPL", "MATPLOTLIB")) or name == "HOME")
        and name not in {"PYTHONSTARTUP", "PYTHONUNBUFFERED", "PYTHONEXECUTABLE", "MPLBACKEND"}
    }
