"""How much a kernel may do: ``open``, ``lesson`` or ``exam``."""

from __future__ import annotations

import os
import sys
import sysconfig
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OPEN, LESSON, EXAM = "open", "lesson", "exam"
LEVELS = (OPEN, LESSON, EXAM)
"""A student's own machine: no limits. A class's apps: the course can be read, and the store is
reached through the kit's socket alone. A submission: its own folder can be read, for a time."""

SCRATCH = "/tmp"  # noqa: S108 - of the kernel alone: a file system of its own
"""A confined kernel's scratch folder."""

HOME = f"{SCRATCH}/home"
"""Its learner's home folder."""

_MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """What a confined kernel may use up; more than that ends the program, or the kernel.

    Attributes:
        cpu_seconds: of each process.
        wall_seconds: from its start to its end; 0 for no limit.
        address_bytes: what one process may ask for; libraries ask for far more than they use.
        memory_bytes: what its processes together may have in memory.
        file_bytes, open_files, processes: the largest file, and how many of the others.
        scratch_bytes, scratch_files: what its scratch folder holds; it is memory.
        output_bytes: what is kept of what it writes to its standard output and error by itself,
            past the notebook.
    """

    cpu_seconds: int = 600
    wall_seconds: int = 0
    address_bytes: int = 8192 * _MIB
    memory_bytes: int = 2048 * _MIB
    file_bytes: int = 256 * _MIB
    open_files: int = 256
    processes: int = 64
    scratch_bytes: int = 256 * _MIB
    scratch_files: int = 10_000
    output_bytes: int = 1 * _MIB


@dataclass(frozen=True)
class Confinement:
    """What one kernel is shut in with.

    Attributes:
        level: ``lesson`` or ``exam``.
        folders: what it can read besides Python and its packages, as absolute paths.
        limits: what it may use up.
    """

    level: str
    folders: list[str] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, read: dict[str, Any]) -> Confinement:
        """What ``to_json`` gave."""
        return cls(read["level"], read["folders"], Limits(**read["limits"]))


_SYSTEM = (
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
    *(
        f"/etc/{name}"
        for name in (
            "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "timezone", "fonts",
            "mime.types", "nsswitch.conf", "ssl", "alternatives", "os-release",
        )
    ),
)  # fmt: skip


@cache
def installed() -> list[str]:
    """Where Python, its packages and what they need are: files and folders, none in another.

    Of a folder of sources that is on the path (a package that is being worked on), only the
    packages that are loaded from it: beside them may be what a learner must not see.
    """
    folders = {
        *_SYSTEM, sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix,
        *sysconfig.get_paths().values(), os.path.dirname(os.path.realpath(sys.executable)),
    }  # fmt: skip
    folders |= set(filter(_holds_packages, sys.path))
    folders |= {_of_package(module) for module in list(sys.modules.values())}
    real = {path for each in folders if each for path in (each, os.path.realpath(each))}
    return outermost(path for path in real if os.path.lexists(path))


def is_installed(name: str) -> bool:
    """Whether a module comes with Python or is among its installed packages, and is not found
    first in another folder, as that of a course.
    """
    try:
        spec = find_spec(name.partition(".")[0])
    except (ImportError, ValueError):
        return False
    if spec is None or spec.origin in {"built-in", "frozen"}:
        return spec is not None
    places = [*(spec.submodule_search_locations or ()), *filter(None, [spec.origin])]
    roots = {*sysconfig.get_paths().values(), *filter(_holds_packages, sys.path)}
    real = tuple(os.path.realpath(each) + os.sep for each in roots)
    return all(os.path.realpath(each).startswith(real) for each in places)


def _holds_packages(folder: str) -> bool:
    return folder.endswith("-packages")


def _of_package(module: Any) -> str:
    """The folder of the module's outermost package, or its file; "" for what has neither."""
    name, file = getattr(module, "__name__", ""), getattr(module, "__file__", None)
    if not file or name == "__main__":
        return ""
    here = Path(file)
    if here.stem == "__init__":
        here = here.parent
    for _inner in range(name.count(".")):
        here = here.parent
    return str(here)


def outermost(paths: Any) -> list[str]:
    """Without those that are in another."""
    kept: list[str] = []
    for path in sorted(set(paths), key=lambda each: each.rstrip("/") + "/"):
        if not any(path.startswith(each.rstrip("/") + "/") for each in kept):
            kept.append(path)
    return kept
