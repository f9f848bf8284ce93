"""Running a suite with stock kernels and with those of ``kit-warm``, and comparing the two."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import sysconfig
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kit.kernels.owner import NAME
from tests.upstream.observer import FORKED, NO_PIPES, WRITTEN_TO

CHOSEN_BY = "JUPYTER_DEFAULT_PROVISIONER_NAME"
# A test that hangs fails. Where it goes on to hang, the run is ended: what has come until then is
# kept, and the rest counts as not run.
_HANGS_AFTER = ["--timeout=100", "--timeout-method=signal"]
_ENDS_WITHIN_SECONDS = 1800
_QUICK_ENDS_WITHIN_SECONDS = 400
_SAME_FOR_ALL = ["-p", "observer", "-p", "no:cacheprovider", "--color=no", *_HANGS_AFTER]
_NOT_RUN = "not run"


STOCK = "stock"
WAYS = {
    STOCK: {},
    "kit-warm": {CHOSEN_BY: NAME},
    "kit-warm, no pipes": {CHOSEN_BY: NAME, NO_PIPES: "yes"},
}
"""What differs in the environment. Most of jupyter_client's tests ask for a kernel's output in a
pipe, which they never read, and such a kernel is started the usual way; without pipes, the zygote
forks it. It imports little there, as each of those tests has a ``HOME``, and with it a zygote, of
its own.
"""


@dataclass(frozen=True)
class Suite:
    """A suite, and how it is run.

    Attributes:
        package: whose it is.
        ways: in which it is run besides the stock one; the quick run takes the last of them.
        options: of pytest, besides its own.
        quick: the part that runs in CI; of its tests none is skipped.
    """

    package: str
    ways: tuple[str, ...]
    options: tuple[str, ...]
    quick: tuple[str, ...]


JUPYTER_CLIENT = Suite(
    "jupyter_client",
    ways=("kit-warm", "kit-warm, no pipes"),
    options=("-p", "no:asyncio"),
    quick=(
        # The second comes after the first: what it takes for all provisioners that there are
        # leaves out the default one, if none of its kernels has been started before.
        "tests/test_kernelmanager.py::TestAsyncKernelManager",
        "tests/test_provisioning.py",
        "tests/test_multikernelmanager.py::TestAsyncKernelManager",
        "tests/test_multikernelmanager.py::TestKernelManager::test_start_parallel_thread_kernels",
        # These start a kernel that is none of the zygote's, and that binds its ports 2 s after they
        # were chosen: on a busy machine others have them then.
        "-k",
        "not signal_kernel and not start_new_async",
    ),
)
NBCLIENT = Suite(
    "nbclient",
    ways=("kit-warm",),
    options=("-o", "asyncio_default_fixture_loop_scope=function"),
    quick=(
        "tests",
        "-k",
        "cli_simple or test_async_parallel or kernel_death_during or run_all_notebooks",
    ),
)
SUITES = {each.package: each for each in (JUPYTER_CLIENT, NBCLIENT)}


@dataclass(frozen=True)
class Run:
    """How a suite went.

    Attributes:
        outcomes: pytest's words for how each test ended, by the test's id.
        kernels: how often kernels were started in each way; ``FORKED``, or why not. With stock
            kernels, it is empty.
        seconds: all of it.
        printed: by pytest.
        code: its exit status; None if it did not end.
    """

    outcomes: Mapping[str, str]
    kernels: Counter[str]
    seconds: float
    printed: str
    code: int | None

    @property
    def forked(self) -> int:
        """How many kernels the zygote forked."""
        return self.kernels[FORKED]

    def counts(self) -> tuple[int, int, int]:
        """How many passed, were skipped or are known to fail, and failed."""
        ended = Counter(self.outcomes.values())
        skipped = ended["skipped"] + ended["xfailed"]
        return ended["passed"], skipped, ended.total() - ended["passed"] - skipped


def differences(stock: Run, other: Run) -> dict[str, str]:
    """How tests ended that did not end the same, by the test's id."""
    return {
        test: f"{ended[0]} with stock kernels, {ended[1]} with others"
        for test in sorted({*stock.outcomes, *other.outcomes})
        if (ended := [run.outcomes.get(test, _NOT_RUN) for run in (stock, other)])[0] != ended[1]
    }


def run(suite: Suite, way: str, fetched: Path, *, quick: bool = False) -> Run:
    """Run a suite, in one of ``WAYS``.

    Args:
        fetched: the folder that `fetch` gave.
    """
    with TemporaryDirectory(prefix="kit-", ignore_cleanup_errors=True) as place:
        events = Path(place) / "events"
        events.touch()
        command = [sys.executable, "-m", "pytest", *_SAME_FOR_ALL, *suite.options]
        began = time.monotonic()
        printed = Path(place) / "printed"  # not a pipe: what is left of it would keep that open
        with printed.open("w") as file:
            process = subprocess.Popen(
                [*command, f"--basetemp={place}/tmp", *(suite.quick if quick else ("tests",))],
                cwd=fetched / suite.package,
                env={**_environment(fetched, place), **WAYS[way], WRITTEN_TO: str(events)},
                stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        code = _end(process, _QUICK_ENDS_WITHIN_SECONDS if quick else _ENDS_WITHIN_SECONDS)
        seconds = time.monotonic() - began
        return Run(*_read(events), seconds, printed.read_text(errors="replace"), code)


def _end(process: subprocess.Popen[bytes], within_seconds: float) -> int | None:
    """Wait for its end, and end what is left of its session; its exit status, or None."""
    try:
        return process.wait(within_seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _environment(fetched: Path, place: str) -> dict[str, str]:
    """The same for all ways: nobody's own settings, and no pytest around it."""
    home = Path(place) / "home"
    home.mkdir()
    given = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "IPYTHON", "KIT_", "PYTEST", "PYTHON", "MPL", "XDG_"))
    }
    programs = [sysconfig.get_path("scripts"), given.get("PATH", os.defpath)]
    own = {
        "HOME": str(home),
        "PATH": os.pathsep.join(programs),  # the environment need not be activated
        "ASYNC_TEST_TIMEOUT": "60",  # Tornado's seconds for one test; with 5 a busy machine fails
        "MPLCONFIGDIR": str(fetched / "matplotlib"),  # its list of fonts, for whom HOME is changed
        "PYTHONPATH": os.pathsep.join([str(fetched / "plugins"), str(Path(__file__).parent)]),
    }
    return given | own


def _read(events: Path) -> tuple[dict[str, str], Counter[str]]:
    outcomes: dict[str, str] = {}
    kernels: Counter[str] = Counter()
    for line in events.read_text().splitlines():
        event = json.loads(line)
        if "kernel" in event:
            kernels[event["kernel"]] += 1
        else:  # a test that has passed may fail to clean up
            before = outcomes.get(event["test"])
            outcomes[event["test"]] = (
                f"{before}, {event['outcome']}" if before else event["outcome"]
            )
    return outcomes, kernels
