"""Machines that lack something which shutting a kernel in needs, or have it in another way."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from jupyter_client import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from traitlets.config import Config

from kit.kernels.confined import NotConfinedError
from kit.kernels.levels import EXAM, LESSON
from tests.confined import on_linux, warm
from tests.conftest import ROOT

__all__ = ["warm"]
pytestmark = on_linux

WITHOUT = """
import os
from kit.kernels import linux
uid = os.geteuid()
linux.unshare(linux.NEW_USER)
open("/proc/self/uid_map", "w").write(f"0 {uid} 1")
open("/proc/sys/user/max_WALL_namespaces", "w").write("0")
"""
WITHOUT_NETWORK = WITHOUT.replace("WALL", "net")
TRY = """
os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = "kit-warm"
from kit.kernels.owner import zygotes
zygotes.modules = ()
from kit.kernels.trial import try_kernel
from kit.kernels.confined import NotConfinedError
print(try_kernel("open")[0])
try: try_kernel("exam")
except NotConfinedError as error: print(error)
"""


@pytest.mark.parametrize("wall", ["net", "pid", "mnt"])
def test_where_a_wall_is_missing_no_kernel_is_started(wall: str, tmp_path: Path) -> None:
    """On a machine that gives no such namespaces, of which this makes one."""
    done = subprocess.run(  # noqa: PLW1510
        [sys.executable, "-c", WITHOUT.replace('WALL', wall) + TRY],
        capture_output=True, text=True, timeout=100, cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    warm, refusal = done.stdout.splitlines()
    assert warm == "True"
    assert "as exam asks for (namespaces: " in refusal
    assert "kit doctor" in refusal


def test_what_the_zygote_cannot_fork_is_not_started_in_the_open(tmp_path: Path) -> None:
    """Another Python, another environment: no stock kernel where one is to be shut in."""
    config = Config()
    config.WarmProvisioner.level = EXAM
    for change in ("argv", "env"):
        manager = KernelManager(config=config)
        if change == "argv":
            (tmp_path / "python").unlink(missing_ok=True)
            (tmp_path / "python").symlink_to(sys.executable)
            manager.kernel_spec.argv[0] = str(tmp_path / "python")
        else:
            manager.kernel_spec.env["PYTHONHASHSEED"] = "1"
        with pytest.raises(NotConfinedError):
            manager.start_kernel(cwd=str(tmp_path))
        assert not list(Path(manager.ip).parent.glob("k-*"))


def test_where_another_provisioner_is_set_nothing_is_taken_for_confined(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from kit.kernels.trial import try_kernel

    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", "local-provisioner")
    with pytest.raises(NotConfinedError, match="not started by kit-warm"):
        try_kernel(LESSON)
    assert partial(try_kernel)()[0] is False
