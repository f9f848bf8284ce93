"""Shut a kernel in, after the fork and before any of the learner's code runs.

Three processes come of one, and learner's code is in the last::

    keeper   outside; hands signals on, keeps the limits that Linux does not
      init     first of the new processes: when it ends, Linux ends all the others
        kernel   with nothing but what it needs

Each wall is there even where another one would do: an empty network, processes, mounts and names
of its own (namespaces), a tree of files made for it, Landlock over that tree, a filter of system
calls, no rights, and limits.
"""

from __future__ import annotations

import fcntl
import os
import resource
import socket
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from py_landlock import AccessFs, Landlock, LandlockError

from kit.kernels import linux
from kit.kernels.keeper import BUFFER_BYTES, Keeper, Kept, Wake, be_init
from kit.kernels.levels import HOME, SCRATCH, Confinement, Limits, installed, outermost
from kit.kernels.seccomp import refuse_calls

_SHARED_MEMORY = f"{SCRATCH}/shm"
_DEVICES = ("null", "zero", "full", "random", "urandom")
_NAMESPACES = linux.NEW_MOUNTS | linux.NEW_PIDS | linux.NEW_IPC | linux.NEW_UTS | linux.NEW_NETWORK
_FIRST_UID = 1_700_000_000  # numbers that nobody is given; with the keeper's process id, its own
_NO_ROOT = 1000
_ROOTS = (SCRATCH, "/mnt", "/srv", "/media", "/run", "/var")
"""Where the tree is made; not all machines have all of them."""


class WallError(OSError):
    """A wall cannot be put up; ``wall`` says which."""

    def __init__(self, wall: str, error: OSError) -> None:
        super().__init__(error.errno, error.strerror or str(error))
        self.wall = wall


@contextmanager
def _wall(name: str) -> Iterator[None]:
    try:
        yield
    except (OSError, LandlockError) as error:
        raise WallError(name, error if isinstance(error, OSError) else OSError(error)) from error


def enter(confinement: Confinement, private: dict[str, str], kept: Kept) -> None:
    """Return in the shut-in kernel only; in the two processes around it, never.

    ``kept.report`` is told ``ready``, or the ``wall`` that failed and the ``reason``; later the
    ``limit`` that ended the kernel. It and ``kept.output`` are closed in the kernel.

    Args:
        private: files to be made in the kernel's tree, by path.
    """
    try:
        _try_to_enter(confinement, private, kept)
    except OSError as error:
        wall = error.wall if isinstance(error, WallError) else "processes"
        kept.tell(wall=wall, reason=error.strerror)
        os._exit(1)


def _try_to_enter(confinement: Confinement, private: dict[str, str], kept: Kept) -> None:
    with _wall("namespaces"):
        uid = _leave_namespaces()
    outlet, inlet = os.pipe2(os.O_CLOEXEC)
    guard, lifeline = os.pipe2(os.O_CLOEXEC)  # the lifeline is closed when the keeper ends
    zygote = os.getppid()
    if init := os.fork():
        for each in (inlet, guard, *kept.others):
            os.close(each)
        _drop(uid)
        linux.die_with(zygote)  # which whoever changes their rights has to say again
        Keeper(init, confinement.limits, kept, outlet).keep()
    for each in (outlet, lifeline, *kept.output):
        os.close(each)
    linux.name_process("kit-init")
    _shut_in(confinement, private, uid)
    wake = Wake()
    if kernel := os.fork():
        for each in (inlet, kept.report, *kept.others):
            os.close(each)
        be_init(kernel, guard, wake)
    wake.close()
    os.close(guard)
    os.setsid()
    linux.name_process("kit-kernel")
    linux.prctl(linux.SET_DUMPABLE, 1)  # so that it may read of itself what is in /proc
    os.dup2(inlet, 1)
    os.dup2(inlet, 2)
    os.close(inlet)
    kept.tell(ready=True)
    os.close(kept.report)


# The walls ---------------------------------------------------------------------------------------


def _leave_namespaces() -> int:
    """Be alone; returns who the kernel is to be.

    Root lets it be a user of its own, by a number that nobody else has. Anybody else, and a root
    that has no other numbers, as in some containers, has a world of users of its own instead.
    """
    uid = _FIRST_UID + os.getpid()
    if os.geteuid() == 0 and _is_mapped(uid):
        with suppress(PermissionError):
            linux.unshare(_NAMESPACES)
            return uid
    outside, gid = os.geteuid(), os.getegid()
    inside = outside or _NO_ROOT
    linux.unshare(_NAMESPACES | linux.NEW_USER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{inside} {outside} 1")
    Path("/proc/self/gid_map").write_text(f"{inside} {gid} 1")
    return inside


def _is_mapped(uid: int) -> bool:
    ranges = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
    return any(int(first) <= uid < int(first) + int(count) for first, _outside, count in ranges)


def _shut_in(confinement: Confinement, private: dict[str, str], uid: int) -> None:
    with _wall("file system"):
        _make_tree(confinement, private, uid)
    with _wall("network"):
        _loopback_only()
        socket.sethostname("lesson")
    with _wall("limits"):  # before its rights go, with which it may write about itself in /proc
        _limit(confinement.limits)
    with _wall("rights"):
        _drop(uid)
    for folder in confinement.folders:
        with _wall(folder):  # which its owner alone may read, and the kernel is not its owner
            os.scandir(folder).close()
    with _wall("Landlock"):
        _landlock()
    with _wall("system calls"):
        refuse_calls()


def _make_tree(confinement: Confinement, private: dict[str, str], uid: int) -> None:
    """A root folder of its own, in memory: what it may read, a scratch folder, and no more."""
    linux.keep_mounts_here()
    # Opened before it may be hidden.
    seen = _to_be_seen([*installed(), *confinement.folders])
    devices = [(f"/dev/{name}", os.open(f"/dev/{name}", os.O_PATH)) for name in _DEVICES]
    root = next(filter(os.path.isdir, _ROOTS))  # hides what was there
    linux.mount_tmpfs(root, options="mode=755,size=4m,nr_inodes=20000")
    limits = confinement.limits
    room = f"mode=700,size={limits.scratch_bytes},nr_inodes={limits.scratch_files}"
    for folder in (SCRATCH, "/dev", "/proc", "/var"):
        os.mkdir(root + folder)
    linux.mount_tmpfs(root + SCRATCH, options=room)
    for folder in ("", HOME.removeprefix(SCRATCH), _SHARED_MEMORY.removeprefix(SCRATCH)):
        os.makedirs(root + SCRATCH + folder, exist_ok=True)
        os.chown(root + SCRATCH + folder, uid, -1)
    os.symlink("../tmp", root + "/var/tmp")
    os.mkdir(root + "/dev/shm")
    linux.mount_again(root + _SHARED_MEMORY, root + "/dev/shm")
    os.mkdir(root + "/dev/pts")
    linux.mount_terminals(root + "/dev/pts")
    os.symlink("pts/ptmx", root + "/dev/ptmx")
    for name, target in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        os.symlink(f"/proc/self/fd{target}", f"{root}/dev/{name}")
    for path, device in devices:
        _show(device, root + path, linux.NO_SETUID | linux.NO_EXECUTION)
    for path, source in seen:
        _show(source, root + path, linux.NO_SETUID | linux.NO_DEVICES)
    user, group = f"learner:x:{uid}:{uid}::{HOME}:/bin/sh\n", f"learner:x:{uid}:\n"
    own = {"/etc/passwd": user, "/etc/group": group, "/etc/hosts": "127.0.0.1 localhost lesson\n"}
    for path, text in {**own, **private}.items():
        file = Path(root + path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o600 if path in private else 0o644)
        os.chown(root + path, uid, -1)
    with _wall("/proc"):
        linux.mount_proc(root + "/proc")
    linux.change_root(root)
    linux.seal_root()


def _to_be_seen(paths: Sequence[str]) -> list[tuple[str, int | str]]:
    """Each as an open file, or as what the link at its place leads to."""
    real = {each for path in paths for each in (path, os.path.realpath(path))}
    return [
        (path, os.readlink(path) if os.path.islink(path) else os.open(path, os.O_PATH))
        for path in outermost(real)
        if os.path.exists(path)
    ]


def _show(source: int | str, place: str, forbidden: int) -> None:
    os.makedirs(os.path.dirname(place), exist_ok=True)
    if isinstance(source, str):
        os.symlink(source, place)
        return
    itself = f"/proc/self/fd/{source}"
    if os.path.isdir(itself):
        os.mkdir(place)
    else:
        os.close(os.open(place, os.O_CREAT | os.O_WRONLY, 0o644))
    linux.mount_again(itself, place)
    os.close(source)
    linux.set_mounts(place, linux.READ_ONLY | forbidden)


def _loopback_only() -> None:
    """The network has nothing but itself: programs that talk to their own parts go on working.

    What waits in its sockets is memory that no process has: they stay small, and are counted.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up = struct.pack("16sh14x", b"lo", 1)  # struct ifreq, IFF_UP
        fcntl.ioctl(any_socket, 0x8914, up)  # SIOCSIFFLAGS
    for name, first in (("tcp_rmem", 131072), ("tcp_wmem", 16384)):
        Path(f"/proc/sys/net/ipv4/{name}").write_text(f"4096 {first} {BUFFER_BYTES}")


def _drop(uid: int) -> None:
    """Have no rights but those of an ordinary user, and never get others."""
    if os.geteuid() == 0:
        os.setgroups([])
        linux.drop_bounds()
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    else:
        linux.drop_bounds()
    linux.drop_capabilities()
    linux.prctl(linux.SET_DUMPABLE, 0)  # nobody looks into it
    linux.prctl(linux.SET_NO_NEW_PRIVILEGES, 1)


def _limit(limits: Limits) -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_AS, limits.address_bytes),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_RTPRIO, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        own = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (own, own))
    Path("/proc/self/oom_score_adj").write_text("1000")  # the first to go where memory is short


def _landlock() -> None:
    """The tree again, by other means: what is not scratch can be read, and scratch be changed."""
    read = AccessFs.READ_FILE | AccessFs.READ_DIR | AccessFs.EXECUTE
    change = (
        AccessFs.WRITE_FILE | AccessFs.TRUNCATE | AccessFs.REFER
        | AccessFs.MAKE_REG | AccessFs.MAKE_DIR | AccessFs.MAKE_SYM | AccessFs.MAKE_FIFO
        | AccessFs.MAKE_SOCK | AccessFs.REMOVE_FILE | AccessFs.REMOVE_DIR
    )  # fmt: skip
    rules = Landlock(strict=False).allow_all_network()  # it is empty
    rules.add_path_rule("/", access=read)
    rules.add_path_rule(SCRATCH, "/dev/shm", access=read | change)
    terminals = AccessFs.READ_FILE | AccessFs.WRITE_FILE | AccessFs.READ_DIR | AccessFs.IOCTL_DEV
    rules.add_path_rule("/dev/pts", access=terminals)
    rules.add_path_rule("/dev/null", access=AccessFs.READ_FILE | AccessFs.WRITE_FILE)
    rules.apply()
