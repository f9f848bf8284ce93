"""Start one kernel and end it again: whether this machine can, and how long it takes."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence

from jupyter_client import KernelManager
from traitlets.config import Config

from kit.kernels.confined import not_confined
from kit.kernels.levels import OPEN
from kit.kernels.owner import NAME
from kit.kernels.provisioner import WarmProvisioner
from kit.words import _

_ANSWERS_WITHIN_SECONDS = 60


def try_kernel(level: str = OPEN, folders: Sequence[str] = ()) -> tuple[bool, float]:
    """Start a kernel of this level as this process would, and wait until it answers.

    Returns:
        Whether it was forked, and after how many seconds it answered.

    Raises:
        NotConfinedError: it is to be confined, and cannot be.
    """
    config = Config()
    config.WarmProvisioner.level = level
    config.WarmProvisioner.folders = list(folders)
    manager = KernelManager(config=config)
    began = time.perf_counter()
    manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if level != OPEN and not isinstance(manager.provisioner, WarmProvisioner):
            reason = _("kernels are not started by {name} here").format(name=NAME)
            raise not_confined(level, reason)
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=_ANSWERS_WITHIN_SECONDS)
        finally:
            client.stop_channels()
        took = time.perf_counter() - began
        provisioner = manager.provisioner
        return isinstance(provisioner, WarmProvisioner) and provisioner.is_warm, took
    finally:
        manager.shutdown_kernel(now=True)
