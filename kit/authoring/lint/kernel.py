"""A lesson's code cells in a real kernel, from top to bottom, beside an empty progress folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit.programs import find_own_programs
from kit.words import _

SECONDS = 20
"""What a cell may take. A learner waits for it, on an older computer."""


@dataclass(frozen=True)
class CodeCell:
    """What the kernel needs of a cell."""

    id: str
    source: str
    tags: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """Why the run ended before its end.

    Attributes:
        cell: the id of the cell that ended it, or "" where there was no kernel to be had.
        kind: the exception's name, or "" where the kernel did not answer.
        what: one sentence, without its last full stop.
    """

    cell: str
    kind: str
    what: str


@dataclass(frozen=True)
class Run:
    """What running the cells gave: the outputs by the cell's id, as a notebook file has them."""

    outputs: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    fault: Fault | None = None


def run_cells(folder: Path, cells: Sequence[CodeCell], seconds: int = SECONDS) -> Run:
    """Run code cells in a kernel of their own, in the lesson's folder.

    Nobody's progress is touched: the kernel gets a folder for progress that is deleted afterwards.
    """
    if not cells:
        return Run()
    with tempfile.TemporaryDirectory(prefix="kit-lint-", ignore_cleanup_errors=True) as own:
        return _run(folder, cells, seconds, Path(own))


def _run(folder: Path, cells: Sequence[CodeCell], seconds: int, own: Path) -> Run:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    v4 = nbformat.v4
    code = [v4.new_code_cell(each.source, metadata={"tags": list(each.tags)}) for each in cells]
    notebook = v4.new_notebook(cells=code)
    reached = [0]
    client = NotebookClient(
        notebook, timeout=seconds, startup_timeout=60, kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        on_cell_start=lambda cell, cell_index: reached.append(cell_index),
    )  # fmt: skip
    fault = None
    with (own / "stderr").open("w") as stderr:  # what a kernel says of itself is not for authors
        try:
            client.execute(env=_environment(own), stderr=stderr)
        except CellExecutionError as error:
            fault = _fault(cells, reached, error.ename, f"{error.ename}: {error.evalue}")
        except CellTimeoutError:
            what = _("it was still running after {seconds} seconds").format(seconds=seconds)
            fault = _fault(cells, reached, "", what)
        except DeadKernelError:
            fault = _fault(cells, reached, "", _("the kernel ended"))
        except (OSError, RuntimeError, LookupError) as error:  # what starting a kernel may raise
            fault = Fault("", type(error).__name__, f"{type(error).__name__}: {error}")
    outputs = {cell.id: ran["outputs"] for cell, ran in zip(cells, code, strict=True)}
    return Run(outputs, fault)


def _fault(cells: Sequence[CodeCell], reached: list[int], kind: str, what: str) -> Fault:
    first_line = what.strip().partition("\n")[0].rstrip(".")
    return Fault(cells[reached[-1]].id, kind, first_line)


def _environment(own: Path) -> dict[str, str]:
    """This process's environment, without what ties a kernel to a page or to a learner."""
    find_own_programs()
    left_out = {"MPLBACKEND", "JPY_SESSION_NAME", "VOILA_REQUEST_URL"}
    environment = {key: value for key, value in os.environ.items() if key not in left_out}
    folders = {"KIT_DATA": own / "data", "IPYTHONDIR": own / "ipython"}
    return {**environment, **{key: str(value) for key, value in folders.items()}}
