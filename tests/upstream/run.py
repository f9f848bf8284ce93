"""Running a suite with stock kernels and with those of ``kit-warm``, and comparing the two."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kit.kernels.owner import NAME
from tests.upstream.observer import FORKED, WRITTEN_TO

CHOSEN_BY = "JUPYTER_DEFAULT_PROVISIONER_NAME"
# A test that hangs ends the run: what has come until then is kept, the rest counts as not run.
_SAME_FOR_BOTH = ["-p", "observer", "-p", "no:cacheprovider", "--color=no", "--timeout=100"]
_NOT_RUN = "not run"


@dataclass(frozen=True)
class Suite:
    """A suite, and how it is run.

    Attributes:
        package: whose it is.
        options: of pytest, besides its own.
        quick: the part that runs in CI.
    """

    package: str
    options: tuple[str, ...]
    quick: tuple[str, ...]


SUITES = {
    each.package: each
    for each in (
        Suite("jupyter_client", ("-p", "no:asyncio"), ("tests/test_provisioning.py",)),
        Suite("nbclient", ("-o", "asyncio_default_fixture_loop_scope=function"), ("tests",)),
    )
}


@dataclass(frozen=True)
class Run:
    """How a suite went.

    Attributes:
        outcomes: pytest's words for how each test ended, by the test's id.
        kernels: how often kernels were started in each way; ``FORKED``, or why not. With stock
            kernels, it is empty.
        seconds: all of it.
        printed: by pytest.
    """

    outcomes: Mapping[str, str]
    kernels: Counter[str]
    seconds: float
    printed: str

    def counts(self) -> tuple[int, int, int]:
        """How many passed, were skipped or are known to fail, and failed."""
        ended = Counter(self.outcomes.values())
        skipped = ended["skipped"] + ended["xfailed"]
        return ended["passed"], skipped, ended.total() - ended["passed"] - skipped


@dataclass(frozen=True)
class Pair:
    """A suite with stock kernels, and with those of ``kit-warm``."""

    stock: Run
    warm: Run

    def differences(self) -> dict[str, str]:
        """How tests ended that did not end the same, by the test's id."""
        stock, warm = self.stock.outcomes, self.warm.outcomes
        both = {
            test: (stock.get(test, _NOT_RUN), warm.get(test, _NOT_RUN))
            for test in sorted({*stock, *warm})
        }
        return {
            test: f"{one}, {NAME}: {other}" for test, (one, other) in both.items() if one != other
        }

    def forked(self) -> int:
        """How many kernels the zygote forked."""
        return self.warm.kernels[FORKED]


def run_pair(suite: Suite, fetched: Path, *, quick: bool = False) -> Pair:
    """Run it both ways, one after the other.

    Args:
        fetched: the folder that `fetch` gave.
    """
    return Pair(_run(suite, fetched, None, quick), _run(suite, fetched, NAME, quick))


def _run(suite: Suite, fetched: Path, provisioner: str | None, quick: bool) -> Run:
    tests = suite.quick if quick else ("tests",)
    with TemporaryDirectory(prefix="kit-") as place:
        events = Path(place) / "events"
        events.touch()
        command = [sys.executable, "-m", "pytest", *_SAME_FOR_BOTH, *suite.options]
        began = time.monotonic()
        done = subprocess.run(
            [*command, f"--basetemp={place}/tmp", *tests],
            cwd=fetched / suite.package,
            env=_environment(fetched, place, provisioner) | {WRITTEN_TO: str(events)},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, errors="replace", check=False,
        )  # fmt: skip
        seconds = time.monotonic() - began
        return Run(*_read(events), seconds, done.stdout)


def _environment(fetched: Path, place: str, provisioner: str | None) -> dict[str, str]:
    """The same for both but for the provisioner: nobody's own settings, and no pytest around it."""
    home = Path(place) / "home"
    home.mkdir()
    given = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "IPYTHON", "KIT_", "PYTEST", "PYTHON"))
    }
    own = {
        "HOME": str(home),
        "MPLCONFIGDIR": str(fetched / "matplotlib"),  # its list of fonts, for whom HOME is changed
        "PYTHONPATH": os.pathsep.join([str(fetched / "plugins"), str(Path(__file__).parent)]),
    }
    return given | own | ({CHOSEN_BY: provisioner} if provisioner else {})


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
