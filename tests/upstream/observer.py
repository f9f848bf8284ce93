"""What happens in a suite, as a plugin of the pytest that runs it: one line of JSON for each thing.

It is loaded by its name alone (``-p observer``), as the suites have packages called ``tests`` too,
and imports nothing of Jupyter before they have: they set how it finds its folders.
"""

from __future__ import annotations

import json
import os
from subprocess import DEVNULL, PIPE
from typing import Any

import pytest

WRITTEN_TO = "KIT_UPSTREAM_EVENTS"
NO_PIPES = "KIT_UPSTREAM_NO_PIPES"
FORKED = "forked"


class Observer:
    """Writes down how each test ended, and how kernels were started that are to be forked."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        # Tests replace what opens files; processes of a pool that they fork write there as well.
        self.file = os.open(os.environ[WRITTEN_TO], os.O_WRONLY | os.O_APPEND)

    def _write(self, **what: str) -> None:
        os.write(self.file, (json.dumps(what) + "\n").encode())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        status = self.config.hook.pytest_report_teststatus(report=report, config=self.config)
        if status[0]:  # a fixture that is well has none
            self._write(test=report.nodeid, outcome=status[0])

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._write(test=report.nodeid, outcome="error")

    def pytest_collection_finish(self) -> None:
        if os.environ.get("JUPYTER_DEFAULT_PROVISIONER_NAME") == "kit-warm":
            self._watch_launches()

    def _watch_launches(self) -> None:
        from kit.kernels import owner, provisioner

        launch = provisioner.WarmProvisioner.launch_kernel
        prepare = provisioner.WarmProvisioner.pre_launch

        async def without_pipes(warm: Any, **kwargs: Any) -> Any:
            nowhere = {name: DEVNULL for name, file in kwargs.items() if file is PIPE}
            return await prepare(warm, **{**kwargs, **nowhere})

        async def watched(warm: Any, cmd: list[str], **kwargs: Any) -> Any:
            why = provisioner._why_not(cmd, kwargs) or "the zygote did not fork"
            info = await launch(warm, cmd, **kwargs)
            self._write(kernel=FORKED if warm.is_warm else why)
            return info

        provisioner.WarmProvisioner.launch_kernel = watched  # type: ignore[method-assign,assignment]
        if NO_PIPES in os.environ:
            owner.zygotes.modules = ()
            provisioner.WarmProvisioner.pre_launch = without_pipes  # type: ignore[method-assign,assignment]


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Observer(config))
