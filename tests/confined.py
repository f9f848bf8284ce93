"""Kernels that are shut in, for tests: one that runs, and what its cells say."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from jupyter_client import BlockingKernelClient, KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from traitlets.config import Config

from kit.kernels import owner
from kit.kernels.owner import NAME

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
AN_ORDINARY_USER = 12_345
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can shut kernels in")


@pytest.fixture
def readable(tmp_path: Path) -> Path:
    """A folder that others may read: a kernel of root's is somebody else."""
    tmp_path.chmod(0o755)
    return tmp_path


@pytest.fixture(scope="module", autouse=True)
def warm() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", NAME)
        KernelProvisionerFactory.clear_instance()
        yield
        owner.zygotes.close()
    KernelProvisionerFactory.clear_instance()


@contextmanager
def kernel(
    level: str, folder: Path, **limits: int
) -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    config = Config()
    config.WarmProvisioner.level = level
    config.WarmProvisioner.folders = [str(folder)]
    config.WarmProvisioner.limits = limits
    manager = KernelManager(config=config)
    manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def said(client: BlockingKernelClient, code: str, **how: Any) -> list[dict[str, Any]]:
    """What a cell shows, in order; it may not raise."""
    shown: list[dict[str, Any]] = []
    answer = client.execute_interactive(
        code, timeout=60, output_hook=lambda message: shown.append(message["content"]), **how
    )
    assert answer["content"]["status"] == "ok", answer["content"]
    return shown


def text_of(shown: list[dict[str, Any]]) -> str:
    return "".join(each.get("text", "") for each in shown)
