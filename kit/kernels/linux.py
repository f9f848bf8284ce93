"""Linux' own calls that Python's standard library does not have (or only from 3.12 on)."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import struct
from typing import Any

NEW_MOUNTS, NEW_UTS, NEW_IPC = 0x0002_0000, 0x0400_0000, 0x0800_0000
NEW_USER, NEW_PIDS, NEW_NETWORK = 0x1000_0000, 0x2000_0000, 0x4000_0000
NEW_CGROUP = 0x0200_0000
NEW_NAMESPACES = (
    NEW_MOUNTS | NEW_UTS | NEW_IPC | NEW_USER | NEW_PIDS | NEW_NETWORK | NEW_CGROUP | 0x80  # time
)

SET_PARENT_DEATH_SIGNAL, SET_DUMPABLE, SET_NAME, SET_NO_NEW_PRIVILEGES = 1, 4, 15, 38
"""For ``prctl``."""

READ_ONLY, NO_SETUID, NO_DEVICES, NO_EXECUTION = 1, 2, 4, 8
"""Of mounts, by the same number for ``mount`` and for ``set_mounts``."""

_BIND, _RECURSIVE, _PRIVATE, _REMOUNT, _DETACH = 0x1000, 0x4000, 0x4_0000, 0x20, 2
_AT_RECURSIVE, _AT_HERE = 0x8000, -100
_DROP_BOUND, _CAPABILITY_VERSION_3 = 24, 0x2008_0522
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_MOUNT_SETATTR = 442

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def prctl(option: int, *values: Any) -> int:
    """``prctl(2)``.

    Raises:
        OSError: Linux says no.
    """
    given = [ctypes.c_ulong(each) if isinstance(each, int) else each for each in values]
    return _checked(_libc.prctl(option, *given, *[ctypes.c_ulong(0)] * (4 - len(given))))


def unshare(kinds: int) -> None:
    """Leave namespaces for new ones.

    Raises:
        OSError: Linux says no.
    """
    _checked(_libc.unshare(kinds))


def mount_tmpfs(place: str, *, options: str, flags: int = NO_SETUID | NO_DEVICES) -> None:
    """An empty file system in memory.

    Raises:
        OSError: Linux says no.
    """
    _checked(_libc.mount(b"tmpfs", os.fsencode(place), b"tmpfs", flags, options.encode()))


def mount_proc(place: str) -> None:
    """The processes of this namespace, and no others.

    Raises:
        OSError: Linux says no.
    """
    flags = NO_SETUID | NO_DEVICES | NO_EXECUTION
    _checked(_libc.mount(b"proc", os.fsencode(place), b"proc", flags, None))


def mount_terminals(place: str) -> None:
    """Terminals of its own, for programs that ask for one (``!ls`` in a cell does).

    Raises:
        OSError: Linux says no.
    """
    options = b"newinstance,ptmxmode=666,mode=620,max=16"
    flags = NO_SETUID | NO_EXECUTION
    _checked(_libc.mount(b"devpts", os.fsencode(place), b"devpts", flags, options))


def mount_again(source: str, place: str) -> None:
    """Show a file or folder at a second place, with all that is mounted in it.

    Raises:
        OSError: Linux says no.
    """
    flags = _BIND | _RECURSIVE
    _checked(_libc.mount(os.fsencode(source), os.fsencode(place), None, flags, None))


def set_mounts(place: str, flags: int) -> None:
    """Forbid what ``flags`` say, for what is mounted there and in it.

    Raises:
        OSError: Linux says no (it can from 5.12 on).
    """
    attributes = struct.pack("QQQQ", flags, 0, 0, 0)
    _checked(
        _libc.syscall(
            ctypes.c_long(_MOUNT_SETATTR),
            ctypes.c_int(_AT_HERE),
            os.fsencode(place),
            ctypes.c_uint(_AT_RECURSIVE),
            attributes,
            ctypes.c_size_t(len(attributes)),
        )
    )


def keep_mounts_here() -> None:
    """No mount that is made here is seen outside.

    Raises:
        OSError: Linux says no.
    """
    _checked(_libc.mount(None, b"/", None, _RECURSIVE | _PRIVATE, None))


def seal_root() -> None:
    """Make the mount at ``/`` itself read-only; what is mounted in it stays as it is.

    Raises:
        OSError: Linux says no.
    """
    flags = _BIND | _REMOUNT | READ_ONLY | NO_SETUID | NO_DEVICES
    _checked(_libc.mount(None, b"/", None, flags, None))


def change_root(place: str) -> None:
    """Let ``/`` be what is mounted there, and what was ``/`` be out of reach.

    Raises:
        OSError: Linux says no.
    """
    os.chdir(place)
    number = _PIVOT_ROOT[platform.machine()]
    _checked(_libc.syscall(ctypes.c_long(number), b".", b"."))
    _checked(_libc.umount2(b".", _DETACH))
    os.chdir("/")


def drop_bounds() -> None:
    """No program that is started from here on gets any capability.

    Raises:
        OSError: Linux says no.
    """
    with open("/proc/sys/kernel/cap_last_cap") as file:
        last = int(file.read())
    for capability in range(last + 1):
        prctl(_DROP_BOUND, capability)


def drop_capabilities() -> None:
    """Have none from here on.

    Raises:
        OSError: Linux says no.
    """
    header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
    _checked(_libc.capset(header, bytes(24)))


def die_with(parent: int) -> None:
    """Be killed when the parent ends, or end at once where it has."""
    prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def name_process(name: str) -> None:
    """What tools that list processes call this one; at most 15 letters."""
    prctl(SET_NAME, name.encode())


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
