"""The owner's side of a confined kernel: what it is given, and what becomes of it."""

from __future__ import annotations

import json
import os
import select
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.kernels.forked import Request
from kit.kernels.levels import HOME, LESSON, SCRATCH, Confinement
from kit.kernels.listeners import addresses, listen
from kit.kernels.store_service import serve_store
from kit.store import current_learner
from kit.words import _

_ANSWERS_WITHIN_SECONDS = 20.0
_PASSED_ON = {
    "PATH", "LANG", "LANGUAGE", "TZ", "MPLBACKEND", "JPY_SESSION_NAME", "VOILA_REQUEST_URL",
    "NBGRADER_EXECUTION", "NBGRADER_VALIDATING", "KIT_LEARNER",
}  # fmt: skip


_FOLDER = "kit-kernel-"
_LONGEST_PLACE = 50
"""Bytes: a socket's path has 107 at most."""


class NotConfinedError(KitError):
    """A kernel that has to be shut in cannot be: it is not started."""


class Confined:
    """One confined kernel, as its owner sees it.

    Attributes:
        confinement: what it is shut in with.
    """

    def __init__(self, confinement: Confinement) -> None:
        self.confinement = confinement
        self._learner = current_learner()
        _sweep()
        try:  # in one which nobody else can look into
            self._folder = tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-", dir=_temporary())
        except OSError as error:
            why = _("temporary folder: {reason}").format(reason=error.strerror)
            raise not_confined(confinement.level, why) from error
        self._report = -1
        self._told: list[dict[str, str]] = []

    def connect(self, manager: Any) -> None:
        """Let clients reach it by files of the owner's, which it never sees itself."""
        manager.transport, manager.ip = "ipc", f"{self._folder}/k"

    def request(self, asked: Request, connection: Mapping[str, Any], file: str) -> Request:
        """What was asked for, without what a confined kernel must not know.

        Args:
            connection: how clients reach it.
            file: where it would read that.
        """
        env = {
            name: value
            for name, value in asked.env.items()
            if name in _PASSED_ON or name.startswith(("LC_", "PYTHON"))
        }
        if page := env.get("VOILA_REQUEST_URL"):
            env["VOILA_REQUEST_URL"] = page.split("?")[0]  # behind it may be a token
        env |= {"HOME": HOME, "TMPDIR": SCRATCH, "USER": "learner", "KIT_DATA": f"{HOME}/kit"}
        if self.confinement.level == LESSON:
            env["KIT_LEARNER"] = self._learner
        path = os.path.abspath(file)
        known = {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in connection.items()
        }
        return Request(
            argv=asked.argv,
            env=env,
            cwd=asked.cwd,
            confinement=self.confinement,
            private={path: json.dumps(known)},
            listeners=addresses(connection),
        )

    def files(self, connection: Mapping[str, Any]) -> list[int]:
        """Open files that go with the request, after its output; to be closed once it is sent."""
        self._close_report()
        self._report, report = os.pipe2(os.O_CLOEXEC)
        listeners = [listen(each) for each in addresses(connection)]
        has_store = self.confinement.level == LESSON
        return [report, *listeners, *([serve_store(self._learner)] if has_store else [])]

    def wait(self) -> None:
        """Until it is shut in.

        Raises:
            NotConfinedError: it cannot be; says which wall is missing.
        """
        said = self._next(_ANSWERS_WITHIN_SECONDS) or {"wall": "?", "reason": _("no answer")}
        if not said.get("ready"):
            raise not_confined(self.confinement.level, f"{said.get('wall')}: {said.get('reason')}")

    def ended_by(self) -> str:
        """The limit that ended it, ``memory`` or ``time``; "" if none did."""
        while said := self._next(0):
            self._told.append(said)
        return next((said["limit"] for said in self._told if "limit" in said), "")

    def remove(self) -> None:
        """It has ended: what is left of it goes."""
        self.ended_by()
        self._close_report()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _next(self, seconds: float) -> dict[str, Any]:
        look = select.poll()
        if self._report < 0:
            return {}
        look.register(self._report, select.POLLIN)
        if not look.poll(seconds * 1000):
            return {}
        line = b""
        while (sign := os.read(self._report, 1)) not in {b"", b"\n"}:
            line += sign
        return json.loads(line) if line else {}

    def _close_report(self) -> None:
        if self._report >= 0:
            os.close(self._report)
        self._report = -1


def not_confined(level: str, why: str) -> NotConfinedError:
    """The refusal to start a kernel that is to be confined."""
    return NotConfinedError(
        _("No kernel can be confined here as {level} asks for ({why}).").format(
            level=level, why=why
        ),
        _("`kit doctor` says what this machine lacks."),
    )


def _temporary() -> str:
    """Where there is room for files that are gone soon, by a short name."""
    places = (tempfile.gettempdir(), "/tmp", "/var/tmp")  # noqa: S108
    short = [each for each in places if len(os.fsencode(each)) <= _LONGEST_PLACE]
    return next((each for each in short if os.access(each, os.W_OK)), short[0])


@cache
def _sweep() -> None:
    """Folders whose owner was killed; once in a process."""
    for left in Path(_temporary()).glob(f"{_FOLDER}*"):
        pid = left.name.removeprefix(_FOLDER).partition("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists():
            shutil.rmtree(left, ignore_errors=True)  # other people's stay: they are not ours
