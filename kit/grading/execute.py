"""Run a notebook in a kernel that is shut in, and note how each cell ended.

``ConfinedExecute`` stands in nbgrader's list in the place of its ``Execute``, of which it has all
settings. What a kernel says is a learner's to choose; that a cell ended well is taken from the
kernel's reply to it, and never from what the cell shows.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import platform
import random
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, CellTimeoutError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, output_from_msg
from nbformat.validator import isvalid
from nbgrader import utils
from nbgrader.preprocessors import Execute
from traitlets import Dict, Enum, Integer
from traitlets.config import Config

from kit.errors import KitError
from kit.grading.inside import MADE, MOST_BYTES, MOST_FILES, FailedError
from kit.grading.outcomes import Ended, Outcome
from kit.grading.waiting import innermost, seconds_waited
from kit.grading.work import CellRun, Ran, Work
from kit.kernels.bounded import Bounded, BoundedClient
from kit.kernels.levels import EXAM, LEVELS, OPEN, SCRATCH
from kit.kernels.owner import warm_up
from kit.words import _

SETTINGS = (
    "timeout", "iopub_timeout", "startup_timeout", "extra_arguments", "level", "limits",
    "notebook_timeout",
)  # fmt: skip
"""What a worker is told, by trait."""

RAN = "kit_ran"
"""Where a notebook's ``Ran`` stands among the resources of nbgrader's preprocessors."""

NBGRADERS_OWN = {"timestamp.txt", "submission_secret.txt"}
"""Beside what was handed in; not for a student's code to write."""

_QUICK = """try: {test}
except AssertionError:
    raise __import__("kit.grading.inside", fromlist=["FailedError"]).FailedError from None"""
"""A test, whose failure is shown at once."""

LOOKED_AFTER = 2
"""Tests of a notebook after which its kernel is asked something that nothing can pass."""

_OF_KERNEL = {"memory": Ended.MEMORY, "time": Ended.STUCK}
_LONGEST_PATH = 200


class ConfinedExecute(Bounded, Execute):  # type: ignore[misc]
    """nbgrader's ``Execute``; the notebook runs on copies of its files, and sees nothing else."""

    level = Enum(LEVELS, EXAM, help=_("How much a notebook may do; see `kit doctor`.")).tag(
        config=True
    )
    limits = Dict(help=_("Of a kernel's limits, what is not as usual.")).tag(config=True)
    notebook_timeout = Integer(600, help=_("Seconds for all of its cells together.")).tag(
        config=True
    )

    _ended: Ended
    _ename: Any = None
    _is_sound = True
    _results: list[NotebookNode]

    # In nbgrader's list -------------------------------------------------------------------------

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any], km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the notebook; ``resources[RAN]`` is then what became of it."""
        folder = Path(resources["metadata"]["path"] or ".")
        warm_up(level=self.level)
        named = resources.get("nbgrader", {})
        work = Work(
            name="/".join(named.get(each, "") for each in ("assignment", "student", "notebook")),
            notebook=nbformat.writes(nb),
            files=files_in(folder),
            settings=self.settings(),
        )
        ran: Ran = run_sync(self.run)(work)
        # Another notebook of the same submission runs next, with the teacher's files.
        new = {name: body for name, body in ran.made.items() if not os.path.lexists(folder / name)}
        write_made(folder, new)
        resources[RAN] = ran
        return nbformat.reads(ran.notebook, as_version=4), resources

    def settings(self) -> dict[str, Any]:
        """Those that a worker needs."""
        return {name: getattr(self, name) for name in SETTINGS}

    # A notebook ---------------------------------------------------------------------------------

    async def run(self, work: Work) -> Ran:
        """Run it in a kernel of its own.

        Raises:
            KitError: kernels cannot be shut in as ``level`` wants.
        """
        began = time.monotonic()
        notebook = nbformat.reads(work.notebook, as_version=4)
        place = Path(tempfile.mkdtemp(prefix="kit-"))
        try:
            place.chmod(0o755)  # a confined kernel of root's is somebody else
            folder = place / "work"
            folder.mkdir()
            write_files(folder, work.files)
            return await self._run_in(place, notebook, work, began)
        finally:
            shutil.rmtree(place, ignore_errors=True)

    async def _run_in(self, place: Path, notebook: NotebookNode, work: Work, began: float) -> Ran:
        spec = notebook.metadata.get("kernelspec", {})
        manager = AsyncKernelManager(
            kernel_name=spec.get("name", "python3"),
            transport="ipc" if os.name == "posix" else "tcp",
            connection_file=str(place / "kernel.json"),
            config=Config(WarmProvisioner={"level": self.level, "limits": self.limits}),
        )
        manager.client_factory = BoundedClient
        NotebookClient.__init__(self, notebook, manager)
        self.reset_execution_trackers()
        cells = [CellRun(Ended.NOT_RUN) for _each in notebook.cells]
        outcomes: list[str] = []
        made: Mapping[str, bytes] = {}
        started = 0.0
        try:
            await self._start(manager, place / "work", work.seed)
            started = time.monotonic() - began
            try:
                async with asyncio.timeout(self.notebook_timeout or None):
                    if await self._run_cells(cells):
                        made = await self._made()
            except TimeoutError:
                outcomes.append(Outcome.OUT_OF_TIME)
        except NoSuchKernel as error:
            raise KitError(
                _("{name} asks for the kernel {kernel}, which is not installed here.").format(
                    name=work.name, kernel=error.name
                ),
                _("Install it, or give the assignment another one and release it again."),
            ) from error
        finally:
            if self.kc:
                self.kc.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)
        outcomes += [each for each in Outcome if each in {cell.ended.value for cell in cells}]
        _keep_what_is_sound(notebook)
        return Ran(
            notebook=nbformat.writes(notebook).encode(errors="replace").decode(),
            cells=cells,
            outcomes=outcomes,
            made=made,
            seconds=round(time.monotonic() - began, 3),
            started_seconds=round(started, 3),
            versions=versions(),
        )

    async def _start(self, manager: AsyncKernelManager, folder: Path, seed: int) -> None:
        await manager.start_kernel(
            cwd=str(folder),
            env={**os.environ, "NBGRADER_EXECUTION": "autograde"},
            extra_arguments=self.extra_arguments or [],
        )
        await self.async_start_new_kernel_client()
        work = "" if self.level == OPEN else f"{SCRATCH}/work"
        first = f"__import__('kit.grading.inside', fromlist=['begin']).begin({seed}, {work!r})"
        self.kc.execute(first, silent=True, store_history=False)

    async def _run_cells(self, cells: list[CellRun]) -> bool:
        """Whether the kernel can be asked for more when they have run."""
        kernel, provisioner = 0, self.km.provisioner
        tests = [n for n, cell in enumerate(self.nb.cells) if utils.is_grade(cell)]
        looked_after = {*random.sample(tests, min(LOOKED_AFTER, len(tests)))}
        for place, cell in enumerate(self.nb.cells):
            if cell.cell_type != "code":
                continue
            began, waited = time.monotonic(), seconds_waited(kernel) if kernel else 0.0
            self._ended = Ended.NOT_RUN if cell.source.strip() else Ended.OK
            self._results = []
            try:
                await self.async_execute_cell(cell, place)
                if utils.is_grade(cell):  # what was cleared away, caught or changed since
                    cell.outputs += [each for each in self._results if each not in cell.outputs]
                if self._left < 0 and self._ended != Ended.DIED:
                    self._ended = Ended.FLOOD
                if place in looked_after and await self._says_all_is_ok():
                    self._ended, self._is_sound = Ended.FORGED, False
                    cells[:place] = [_disproved(each) for each in cells[:place]]
            except CellTimeoutError:  # it has been interrupted, and goes on
                self._ended = Ended.STUCK
            except RuntimeError:  # DeadKernelError, or it has ended between two questions
                by = getattr(provisioner, "ended_by", "")
                self._ended = _OF_KERNEL.get(by, Ended.DIED)
            except Exception as error:
                self.log.debug("The kernel says what no kernel says: %s", error)
                self._ended = Ended.FORGED
                self._is_sound = False
            except asyncio.CancelledError:
                self._ended = Ended.TIMEOUT
                raise
            finally:
                kernel = kernel or innermost(provisioner.pid)  # by now it is there
                waited = seconds_waited(kernel) - waited
                seconds = time.monotonic() - began
                cells[place] = CellRun(self._ended, round(seconds, 3), round(max(0, waited), 3))
            if self._ended in {Ended.STUCK, Ended.MEMORY, Ended.DIED} or not self._is_sound:
                return False
        return True

    async def _says_all_is_ok(self) -> bool:
        """Whether the kernel says so of a test, too, that nothing can pass.

        It is sent after a few of the tests, and nobody knows after which: code that turns
        ``assert`` away, or the kernel's replies, does it for this one as well, unless it looks for
        it.
        """
        if self._ended is not Ended.OK:
            return False
        if self.km.kernel_spec.language != "python":
            return False
        test = "assert {} == {}".format(*sorted(random.sample(range(1000), 2)))
        try:
            await self._ask(_QUICK.format(test=test))
            if self._ename != FailedError.__name__:
                await self._ask(test)
            return self._ended is Ended.OK and self._left >= 0
        except (CellTimeoutError, RuntimeError):  # the next cell tells of it
            return False
        finally:
            self._ended = Ended.OK

    async def _ask(self, source: str) -> NotebookNode:
        """Run a cell of ours in the kernel; it belongs to no notebook."""
        asked = new_code_cell(source)
        self.nb.cells.append(asked)
        try:
            await self.async_execute_cell(asked, len(self.nb.cells) - 1, store_history=False)
        finally:
            self.nb.cells.pop()
        return asked

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        """As ever; what no kernel sends is passed over."""
        try:
            if msg["msg_type"] == "execute_result":
                self._results.append(output_from_msg(msg))
            return super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            raise
        except Exception as error:
            self.log.debug("This is no message of a kernel: %s", error)
            return None

    def on_cell_executed(self, **about: Any) -> None:
        """Note what the kernel replied."""
        super().on_cell_executed(**about)
        reply = about["execute_reply"]["content"]
        self._ended, self._ename = Ended.OK, reply.get("ename")
        if _ends_soon(reply):
            self._ended = Ended.DIED  # what it runs until then is left to chance
        elif reply.get("ename") == self.error_on_timeout["ename"]:
            self._ended = Ended.TIMEOUT
        elif reply.get("status") != "ok":
            self._ended = Ended.ERROR

    async def _made(self) -> dict[str, bytes]:
        """The files that the notebook has made; what it says of them is checked where they are
        written.
        """
        found: Any = {}
        with suppress(Exception):  # there may be no kernel any more, or none that makes sense
            asked = await self._ask("__import__('kit.grading.inside', fromlist=['made']).made()")
            shown = (each.get("data", {}) for each in asked.outputs)
            found = next((each[MADE] for each in shown if MADE in each), {})
        return _decoded(found)


def _disproved(run: CellRun) -> CellRun:
    return replace(run, ended=Ended.FORGED) if run.ended is Ended.OK else run


def _ends_soon(reply: dict[str, Any]) -> bool:
    payload = reply.get("payload")
    asked = payload if isinstance(payload, list) else []
    return any(isinstance(each, dict) and each.get("source") == "ask_exit" for each in asked)


def _decoded(found: Any) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    with suppress(ValueError, TypeError, AttributeError):
        for path, body in islice(found.items(), MOST_FILES):
            files[str(path)] = base64.b64decode(body)
    return files if sum(map(len, files.values())) <= MOST_BYTES else {}


def files_in(folder: Path) -> dict[str, bytes]:
    """What stands beside the notebooks of a folder, by path; links are left out."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb":
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder, and nowhere else: names that lead elsewhere are left out, and
    so are notebooks.
    """
    for name, body in files.items():
        path = PurePosixPath(name)
        plain = "\x00" not in name and len(name) <= _LONGEST_PATH and not path.is_absolute()
        is_notebook = any(each.lower().endswith(".ipynb") for each in path.parts)
        if not plain or ".." in path.parts or is_notebook or not path.parts:
            continue
        target = folder / path
        with suppress(OSError):  # a folder has its name, or it is too long
            ways = [folder.joinpath(*path.parts[: at + 1]) for at in range(len(path.parts))]
            if any(each.is_symlink() for each in ways):
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(body)


def write_made(folder: Path, made: Mapping[str, bytes]) -> None:
    """Write what a notebook has made; what is nbgrader's own is not a student's to write."""
    own = {name for name in made if str(PurePosixPath(name)).casefold() in NBGRADERS_OWN}
    write_files(folder, {name: body for name, body in made.items() if name not in own})


def _keep_what_is_sound(notebook: NotebookNode) -> None:
    """A kernel can reply what is no error, and all that comes after would fail by it. What it
    shows nbformat has looked at.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            if not isinstance(cell.get("execution_count"), int):
                cell["execution_count"] = None
            cell.outputs = [
                each
                for each in cell.outputs
                if each.output_type != "error"
                or isvalid(each, ref="output", version=4, version_minor=5)
            ]


def versions() -> dict[str, str]:
    """Of what grades, as it is kept with each attempt."""
    names = ("lesson-kit", "nbgrader", "ipykernel", "pandas", "numpy")
    found = {"python": platform.python_version()}
    for name in names:
        with suppress(Exception):
            found[name] = version(name)
    return found


async def run(work: Work) -> Ran:
    """Run a notebook as its settings say."""
    warm_up(level=work.settings.get("level", EXAM))
    return await ConfinedExecute(**work.settings).run(work)


def run_json(work: str) -> str:
    """``run`` for a worker elsewhere: JSON in, JSON out."""
    return json.dumps(run_sync(run)(Work.from_json(json.loads(work))).to_json())
