"""What happens in a suite, as a plugin of the pytest that runs it: one line of JSON for each thing.

It is loaded by its name alone (``-p observer``), as the suites have packages called ``tests`` too,
and imports nothing of Jupyter before they have: they set how it finds its folders.
"""

from __future__ import annotations

import json
import os
from functools import wraps
from pathlib import Path
from typing import Any

import psutil
import pytest

WRITTEN_TO = "KIT_UPSTREAM_EVENTS"
FORKED = "forked"


def _write(**what: str) -> None:
    with Path(os.environ[WRITTEN_TO]).open("a") as file:  # whoever forks us writes there as well
        file.write(json.dumps(what) + "\n")


class Observer:
    """Writes down how each test ended."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        status = self.config.hook.pytest_report_teststatus(report=report, config=self.config)
        if status[0]:  # a fixture that is well has none
            _write(test=report.nodeid, outcome=status[0])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            _write(test=report.nodeid, outcome="error")

    def pytest_collection_finish(self) -> None:
        if os.environ.get("JUPYTER_DEFAULT_PROVISIONER_NAME") == "kit-warm":
            _watch_launches()


def _watch_launches() -> None:
    from kit.kernels import provisioner

    launch = provisioner.WarmProvisioner.launch_kernel

    @wraps(launch)
    async def watched(self: Any, cmd: list[str], **kwargs: Any) -> Any:
        why = provisioner._why_not(cmd, kwargs) or "the zygote did not fork"
        info = await launch(self, cmd, **kwargs)
        parent = psutil.Process(self.pid).parent()
        _write(kernel=FORKED if parent and parent.name() == "kit-zygote" else why)
        return info

    provisioner.WarmProvisioner.launch_kernel = watched  # type: ignore[method-assign]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Observer(config))
