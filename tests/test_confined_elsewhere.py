"""Machines that lack something which shutting a kernel in needs, or have it in another way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from jupyter_client import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from traitlets.config import Config

from kit.kernels import confined
from kit.kernels.confined import NotConfinedError
from kit.kernels.levels import EXAM, LESSON
from kit.kernels.trial import try_kernel
from tests.confined import AN_ORDINARY_USER, IS_ROOT, on_linux, warm
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
from kit.kernels import confined
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


ODD = {
    "without /tmp": """
mount_tmpfs("/tmp", options="mode=755")
for name in os.listdir("/"):
    if os.path.islink(f"/{name}"):
        os.symlink(os.readlink(f"/{name}"), f"/tmp/{name}")
    elif os.path.isdir(f"/{name}") and name != "tmp":
        os.mkdir(f"/tmp/{name}")
        mount_again(f"/{name}", f"/tmp/{name}")
change_root("/tmp")
assert not os.path.exists("/tmp")
""",
    "with a /tmp from which nothing can be run": """
mount_tmpfs("/tmp", options="mode=1777", flags=NO_SETUID | NO_DEVICES | NO_EXECUTION)
""",
    "with a /tmp that nobody can write to": """
mount_tmpfs("/tmp", options="mode=755", flags=NO_SETUID | READ_ONLY)
""",
    "that shows nobody others' processes": """
import subprocess
subprocess.run(["mount", "-o", "remount,hidepid=2", "/proc"], check=True)
""",
}
MAKE_ODD = """
import os, sys
from kit.kernels.linux import *
unshare(NEW_MOUNTS)
keep_mounts_here()
{odd}
os.chdir({root!r})
os.execv(sys.executable, [sys.executable, "-m", "tests.attacks", "exam", "udp", *sys.argv[1:]])
"""


@pytest.mark.skipif(not IS_ROOT, reason="root makes such machines")
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("who", [[], ["--as", str(AN_ORDINARY_USER)]], ids=["root", "user"])
def test_kernels_are_shut_in_on_odd_machines(odd: str, who: list[str]) -> None:
    program = MAKE_ODD.format(odd=ODD[odd], root=str(ROOT))
    env = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    done = subprocess.run(
        [sys.executable, "-c", program, *who],
        capture_output=True, text=True, timeout=100, cwd=ROOT, env=env, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    came = json.loads(done.stdout)
    assert came["results"] == {"udp": {"well": True, "escaped": False, "ended_by": ""}}
    assert came["sibling_well"]


def test_where_there_is_no_room_for_its_sockets_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "_temporary", lambda: "/nowhere")
    with pytest.raises(NotConfinedError, match="temporary folder: No such file or directory"):
        try_kernel(LESSON)


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
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", "local-provisioner")
    with pytest.raises(NotConfinedError, match="not started by kit-warm"):
        try_kernel(LESSON)
    assert partial(try_kernel)()[0] is False
