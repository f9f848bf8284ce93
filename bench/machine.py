"""The machine that is measured on: its environment, its bytecode, and when it is quiet."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

KIT = Path(__file__).parent.parent / "kit"
QUIET_WINDOW_SECONDS = 0.3
QUIET_CPU_SECONDS = 0.03
QUIET_WITHIN_SECONDS = 20
COMPILE_WITHIN_SECONDS = 600
MEGABYTE = 1e6


@dataclass(frozen=True)
class Machine:
    """Where and when figures were taken.

    Attributes:
        load: the load average of the last minute before; above about half of ``processors``,
            other work was in the way.
    """

    processors: int
    memory_gib: float
    system: str
    python: str
    load: float


def this_machine() -> Machine:
    """This machine, now."""
    return Machine(
        processors=os.cpu_count() or 1,
        memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        python=platform.python_version(),
        load=round(psutil.getloadavg()[0], 2),
    )


def environment(**more: str) -> dict[str, str]:
    """This process's environment for a program that is measured.

    Without what would change it: bytecode is read and written as on anybody's machine, and no
    setting of the person who runs the benches comes along.
    """
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("KIT_", "JUPYTER", "JPY_", "VOILA_"))
        and name not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}
    }
    return {**own, **more}


@cache
def compile_code() -> None:
    """Compile the installed packages and the kit, once: nobody's second start compiles them."""
    folders = [sysconfig.get_paths()["purelib"], str(KIT)]
    # Its exit code is of no use: some packages ship templates and tests that are not Python.
    subprocess.run(
        [sys.executable, "-m", "compileall", "-qq", "-j", "0", *folders],
        env=environment(),
        check=False,
        stdout=subprocess.DEVNULL,
        timeout=COMPILE_WITHIN_SECONDS,
    )


@dataclass(frozen=True)
class Memory:
    """What processes hold together, in MB.

    Attributes:
        shared: all of it, what several hold counted once (PSS).
        own: what each of them has for itself (USS).
        processes: how many they are.
        unread: how many of them do not let this person look, and are not in it.
    """

    shared: float
    own: float
    processes: int
    unread: int


def memory_of(pids: Iterable[int]) -> Memory:
    """What these processes and their children hold now."""
    shared = own = count = unread = 0
    for process in {each for pid in pids for each in [psutil.Process(pid), *_family(pid)]}:
        try:
            held = process.memory_full_info()
        except psutil.AccessDenied:  # a confined kernel's helpers, unless root asks
            unread += 1
            continue
        except psutil.NoSuchProcess:
            continue
        shared, own, count = shared + held.pss, own + held.uss, count + 1
    return Memory(round(shared / MEGABYTE, 1), round(own / MEGABYTE, 1), count + unread, unread)


@contextmanager
def folder_on_disk() -> Iterator[Path]:
    """A folder of its own that is gone after the block, on a disk where there is the choice.

    On many machines ``/tmp`` is memory, where fsync costs nothing; ``/var/tmp`` is to outlive a
    restart (Filesystem Hierarchy Standard 3.0, 5.15).
    """
    lasting = Path("/var/tmp")
    parent = lasting if lasting.is_dir() else None
    with TemporaryDirectory(prefix="kit-bench-", dir=parent, ignore_cleanup_errors=True) as name:
        yield Path(name)


def wait_until_quiet(processes: Iterable[int]) -> None:
    """Return when these processes and their children have nothing to do, or after 20 seconds.

    What is still at work (a kernel that ends, a page that is being prepared) would be counted
    into what is measured next.
    """
    processes = list(processes)
    give_up = time.monotonic() + QUIET_WITHIN_SECONDS
    before = cpu_seconds(processes)
    while time.monotonic() < give_up:
        time.sleep(QUIET_WINDOW_SECONDS)
        now = cpu_seconds(processes)
        if abs(now - before) < QUIET_CPU_SECONDS:
            return
        before = now


def end_with_children(process: subprocess.Popen[str], *, within: float) -> None:
    """Ask a process of ours to end, and kill it and its children if it does not."""
    family = _family(process.pid)
    process.terminate()
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(within)
    _, alive = psutil.wait_procs(family, timeout=2)
    for child in alive:
        child.kill()


def _family(pid: int) -> list[psutil.Process]:
    try:
        return [*psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def cpu_seconds(pids: Iterable[int]) -> float:
    """CPU seconds of these processes and their children, of those that have not ended."""
    total = 0.0
    for pid in pids:
        for process in [psutil.Process(pid), *_family(pid)]:
            try:
                times = process.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system
    return total
