"""Where a teacher's server takes the steps of grading: each in a process of its own.

nbgrader holds up whoever calls it, changes the folder that one is in, and runs the settings of the
course. So this process does none of it: it starts ``kit`` and reads what the steps tell of
themselves (``kit.grading.runs``), whoever took them.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.grading import runs
from kit.grading.runs import BusyError, Run, Step
from kit.words import _

MOST_SAID = 20_000
"""Characters of what a process complains about, of which the last line is told."""


@dataclass(frozen=True)
class Wanted:
    """A step that was asked for; its process may still be on its way."""

    step: Step
    assignment: str
    began: float


class Desk:
    """The steps of one course's grading.

    Args:
        folder: nbgrader's course folder; it need not be there.

    Attributes:
        overview: what `kit assignment status` tells of each assignment; None before it was told.
        told_at: when that was; seconds since 1970.
        problem: why it could not be told.
        refused: by assignment, why the last step was not even begun.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.overview: list[dict[str, Any]] | None = None
        self.told_at = 0.0
        self.problem = ""
        self.refused: dict[str, str] = {}
        self._wanted: Wanted | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._waits: asyncio.Task[None] | None = None
        self._looks: asyncio.Task[None] | None = None
        self._looked_at: Sequence[tuple[Any, ...]] = ()

    @property
    def assignments(self) -> list[str]:
        """Those that there are, as far as is known without nbgrader."""
        known = [each["assignment"] for each in self.overview or ()]
        found = [each.name for each in self.folder.glob("source/[!.]*") if each.is_dir()]
        return sorted({*known, *found})

    async def take(self, step: Step, assignment: str, *options: str) -> None:
        """Begin a step; it goes on when this returns.

        Args:
            options: of the command, as in ``--regrade``.

        Raises:
            BusyError: something is being done already.
        """
        if self._waits and not self.wanted and not runs.running(self.folder):
            await self._waits  # all is done, and the process is on its way out
        if runs.running(self.folder):
            raise runs.busy(self.folder)
        if self._wanted:
            raise BusyError(
                _("{name} is being worked on.").format(name=self._wanted.assignment),
                _("Wait until that is done, or stop it."),
            )
        self.refused.pop(assignment, None)
        self._wanted = Wanted(step, assignment, time.time())
        try:
            self._process = await self._start(step, assignment, *options, "--json")
        except OSError as error:
            self._wanted = None
            raise KitError(
                _("It cannot be begun: {reason}.").format(reason=error.strerror)
            ) from error
        self._waits = asyncio.create_task(self._wait(self._process, self._wanted))

    async def _wait(self, process: asyncio.subprocess.Process, wanted: Wanted) -> None:
        _out, said = await process.communicate()
        run = runs.last_run(self.folder, wanted.step, wanted.assignment)
        if process.returncode and (run is None or run.began < wanted.began):
            self.refused[wanted.assignment] = _last_line(said)
        self._wanted = self._process = None
        self.runs()

    def stop(self) -> None:
        """End what is being done; what it has done stays.

        Raises:
            KitError: somebody else is doing it, who must end it.
        """
        try:
            run = runs.stop(self.folder)
        except PermissionError as error:
            raise KitError(
                _("It was begun by somebody else on this machine."),
                _("Ask them to stop it: Ctrl-C where they began it."),
            ) from error
        if run is None and self._process:  # it is only just starting
            self._process.terminate()

    def end(self) -> None:
        """Stop what was begun here: the server ends."""
        if self._process and self._process.returncode is None:
            self._process.terminate()

    @property
    def wanted(self) -> Wanted | None:
        """What was asked for here, until its process tells of it or ends."""
        if self._wanted is None:
            return None
        run = runs.last_run(self.folder, self._wanted.step, self._wanted.assignment)
        return self._wanted if run is None or run.began < self._wanted.began else None

    def runs(self) -> list[Run]:
        """The last steps, the oldest first; where something has changed, the overview is due."""
        found = runs.last_runs(self.folder)
        ends = [(each.assignment, each.step, each.began, each.ended) for each in found]
        if ends != self._looked_at and all(each.ended for each in found):
            self.look()
        self._looked_at = ends
        return found

    @property
    def is_looking(self) -> bool:
        """Whether the overview is being made anew."""
        return self._looks is not None and not self._looks.done()

    def look(self) -> asyncio.Task[None]:
        """Have the overview made anew, unless it is being made; it can be awaited."""
        if self._looks is None or not self.is_looking:
            self._looks = asyncio.create_task(self._look())
        return self._looks

    async def _look(self) -> None:
        if not self.assignments:
            return
        began = time.time()
        process = await self._start("assignment", "status", "--json")
        told, said = await process.communicate()
        try:
            self.overview, self.told_at, self.problem = json.loads(told), began, ""
        except ValueError:
            self.problem = _last_line(said)

    async def _start(self, *command: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kit.cli", *command, "--course", str(self.folder),
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE, cwd=self.folder,
            start_new_session=True,  # Ctrl-C is for the server, which ends it in order
        )  # fmt: skip


def _last_line(said: bytes) -> str:
    lines = said[-MOST_SAID:].decode("utf-8", "replace").strip().splitlines()
    if not lines:
        return _("It ended without a word.")
    return lines[-1].removeprefix(_("kit: {error}").format(error=""))
