"""Try attacks in kernels of one level, as whoever runs this; print what came of each, as JSON.

    python -m tests.attacks exam
    python -m tests.attacks open "a fork bomb" mounting
    python -m tests.attacks lesson --as 12345       as this user; by root alone

Each attack has a kernel of its own. Before it, that kernel has to do some ordinary things, which
shows that the attack before it has left nothing behind.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import socket
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from jupyter_client import BlockingKernelClient, KernelManager
from traitlets.config import Config

from kit.kernels.levels import LESSON
from kit.kernels.owner import NAME, zygotes
from kit.store import Store
from tests.attacks.as_user import become
from tests.attacks.corpus import ATTACKS, PRELUDE, Attack
from tests.attacks.world import World, world_in

SMALL = {"memory_bytes": 1_500_000_000}
ORDINARY = """
import subprocess, sys, tempfile, threading, asyncio, os
with tempfile.TemporaryFile() as file: file.write(b"x" * 1000)
thread = threading.Thread(target=print); thread.start(); thread.join()
child = subprocess.run([sys.executable, "-c", "print(6 * 7)"], capture_output=True, text=True)
well = child.stdout == "42\\n" and sum(range(10)) == 45
"""
LOOK_FOR = """
import ctypes
held = ctypes.create_string_buffer(b"sesame")
"""


Running = tuple[KernelManager, BlockingKernelClient]


@contextmanager
def kernel(level: str, world: World, limits: dict[str, Any]) -> Iterator[Running]:
    config = Config()
    config.WarmProvisioner.level = level
    config.WarmProvisioner.folders = [world.told["course"]] if level == LESSON else []
    config.WarmProvisioner.limits = {**SMALL, **limits}
    file = f"{world.folder}/{uuid.uuid4()}.json"
    manager = KernelManager(config=config, transport="ipc", connection_file=file)
    with open(world.told["log"], "ab") as log:
        manager.start_kernel(cwd=world.told["course"], stdout=log, stderr=log)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def value(running: Running, code: str, expression: str, seconds: float = 30) -> Any:
    """What the expression is after the code; None where it raises or the kernel ends."""
    manager, client = running
    asked = client.execute(code, user_expressions={"it": expression}, allow_stdin=False)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and manager.is_alive():
        with suppress(queue.Empty):
            said = client.get_shell_msg(timeout=0.2)
            if said["parent_header"].get("msg_id") == asked:
                shown = said["content"].get("user_expressions", {}).get("it", {})
                return eval(shown["data"]["text/plain"]) if "data" in shown else None
    return None


def try_attack(attack: Attack, level: str, world: World) -> dict[str, Any]:
    """What came of it: ``well`` (the kernel was, before it), ``escaped``, ``ended_by``."""
    there = {"world": world.told, "world_has_heard": world.has_heard, "os": os, "Store": Store,
             "socket": socket}  # fmt: skip
    told = f"world = {world.told | {'level': level}!r}\n"
    with kernel(level, world, attack.limits) as running:
        well = value(running, ORDINARY, "well")
        code = f"{PRELUDE}{told}{attack.code}\n"
        escaped = value(running, code, "bool(escaped)", seconds=15)
        if attack.during:
            escaped = _holds(attack.during, there)
        ended_by = running[0].provisioner.ended_by
    if attack.seen:
        escaped = _holds(attack.seen, there)
    return {"well": bool(well), "escaped": bool(escaped), "ended_by": ended_by}


def _holds(expression: str, there: dict[str, Any]) -> bool:
    try:
        return bool(eval(expression, there))
    except OSError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("level", choices=["open", "lesson", "exam"])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--as", dest="uid", type=int, default=0)
    asked = parser.parse_args()
    if asked.uid:
        become(asked.uid)
    os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = NAME
    zygotes.modules = ("kit.session",)
    results = {}
    with tempfile.TemporaryDirectory(prefix="world-") as folder, world_in(Path(folder)) as world:
        with kernel(asked.level, world, {}) as running:
            sibling, _client = running
            world.told["address"] = value(running, LOOK_FOR, "ctypes.addressof(held)")
            world.told["sibling"] = sibling.provisioner.pid
            world.told["zygote"] = zygotes.start().pid
            world.told["connection"] = sibling.connection_file
            world.told["sibling_socket"] = f"{sibling.ip}-{sibling.shell_port}"
            for name in asked.names or ATTACKS:
                results[name] = try_attack(ATTACKS[name], asked.level, world)
            sibling_well = value(running, "", "held.value") == b"sesame"
        zygotes.close()
    print(json.dumps({"results": results, "sibling_well": sibling_well, "uid": os.getuid()}))


if __name__ == "__main__":
    main()
