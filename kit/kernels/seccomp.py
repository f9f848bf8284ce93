"""The system calls that a confined kernel may not make: a filter in the kernel's own BPF.

Everything else is let through: what lessons use (threads, files, processes, sockets of the empty
network) is too much to list, and what is refused here has no use in a lesson. Written by hand,
because libseccomp's bindings are LGPL and want its library on the machine (see
docs/decisions/0014).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from itertools import chain

from kit.kernels.linux import NEW_NAMESPACES, prctl

# Numbers of Linux' own tables: arch/x86/entry/syscalls/syscall_64.tbl, and
# include/uapi/asm-generic/unistd.h, which aarch64 has. 0 where a machine has no such call.
_NUMBERS = {
    # Mounts, namespaces and roots: what shuts the kernel in could be changed.
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "open_tree": (428, 428), "move_mount": (429, 429), "mount_setattr": (442, 442),
    "unshare": (272, 97), "setns": (308, 268), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    # Other processes.
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "kcmp": (312, 272), "pidfd_getfd": (438, 438),
    # Doors of the system through which many have broken out, and that no lesson needs.
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "fanotify_init": (300, 262), "lookup_dcookie": (212, 18), "personality": (135, 92),
    "modify_ldt": (154, 0), "ioperm": (173, 0), "iopl": (172, 0), "vmsplice": (278, 75),
    # Memory that belongs to no process, and so to no limit.
    "shmget": (29, 194), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
    # The machine itself.
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "syslog": (103, 116),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "clock_adjtime": (305, 266),
    "adjtimex": (159, 171), "sethostname": (170, 161), "setdomainname": (171, 162),
    "vhangup": (153, 58), "nfsservctl": (180, 42),
}  # fmt: skip

# What programs try, and then do without: told that this system has no such thing.
_ABSENT = {
    "clone3": (435, 435), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "memfd_create": (319, 279), "memfd_secret": (447, 447),
}  # fmt: skip

_CLONE, _SOCKET, _IOCTL, _MMAP = (56, 220), (41, 198), (16, 29), (9, 222)
_SOCKETPAIR, _SETSOCKOPT = (53, 199), (54, 208)
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_X32 = 0x4000_0000
# AF_INET, AF_INET6. Others lead elsewhere: AF_UNIX to whoever listens in a folder that can be seen.
_SOCKETS = (2, 10)
_PROTOCOLS = (0, 6, 17)  # the usual one, TCP, UDP; for others, Linux would load modules
_NETLINK, _ROUTES = 16, 0  # ZeroMQ asks by it what networks there are
_PAIRS = (1, 5)  # SOCK_STREAM, SOCK_SEQPACKET: whose ends cannot be connected to anything else
_KIND_OF_SOCKET = 0x0F
_OF_SOCKETS, _BUFFERS = 1, (7, 8)  # SOL_SOCKET; SO_SNDBUF, SO_RCVBUF
_SHARED, _ANONYMOUS = 0x01, 0x20  # MAP_...: together, memory that can be let go of and still be
_TYPES_FOR_OTHERS = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX

# Offsets in struct seccomp_data; of an argument, the low half.
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND, _THIRD, _FOURTH = 0, 4, 16, 24, 32, 40

_ALLOW, _KILL, _ERRNO = 0x7FFF_0000, 0x8000_0000, 0x0005_0000
_LOAD, _RETURN, _AND = 0x20, 0x06, 0x54
_IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT = 0x15, 0x35, 0x45
_PR_SET_SECCOMP, _FILTER = 22, 2


def is_known() -> bool:
    """Whether there is a filter for this kind of machine."""
    return platform.machine() in _MACHINES


def refuse_calls() -> None:
    """Refuse them to this process and to all that it starts, for good.

    Raises:
        OSError: Linux does not take the filter, or this machine is of another kind.
    """
    program = _program()
    code = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    prctl(_PR_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(head, len(head)))


def _program() -> bytes:
    if not is_known():
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    column, architecture = _MACHINES[platform.machine()]
    steps = [
        _step(_LOAD, _ARCHITECTURE),
        *_unless(_IF_EQUAL, architecture, _KILL),
        _step(_LOAD, _NUMBER),
    ]
    if platform.machine() == "x86_64":  # the same calls by other numbers
        steps += _when(_IF_AT_LEAST, _X32, _ERRNO | errno.ENOSYS)
    for calls, error in ((_NUMBERS, errno.EPERM), (_ABSENT, errno.ENOSYS)):
        for numbers in calls.values():
            if number := numbers[column]:
                steps += _when(_IF_EQUAL, number, _ERRNO | error)
    steps += _argument(
        _CLONE[column], _FIRST, _when(_IF_ANY_BIT, NEW_NAMESPACES, _ERRNO | errno.EPERM)
    )
    steps += _sockets(column)
    steps += _argument(
        _IOCTL[column],
        _SECOND,
        _any_of(_TYPES_FOR_OTHERS, _ERRNO | errno.EPERM),
    )
    shared = [
        _step(_IF_ANY_BIT, _ANONYMOUS, 0, 2),
        *_when(_IF_ANY_BIT, _SHARED, _ERRNO | errno.EPERM),
    ]
    steps += _argument(_MMAP[column], _FOURTH, shared)
    return b"".join([*steps, _step(_RETURN, _ALLOW)])


def _sockets(column: int) -> list[bytes]:
    """Those of the empty network, and pairs; their buffers stay as large as they are at first."""
    routes = [_step(_LOAD, _THIRD), *_when(_IF_EQUAL, _ROUTES, _ALLOW)]
    refused = _step(_RETURN, _ERRNO | errno.EAFNOSUPPORT)
    protocols = [
        _step(_LOAD, _THIRD),
        *_any_of(_PROTOCOLS, _ALLOW),
        _step(_RETURN, _ERRNO | errno.EPROTONOSUPPORT),
    ]
    return [
        *_argument(
            _SOCKET[column],
            _FIRST,
            [
                *_only_when(_NETLINK, [*routes, refused]),
                *chain(*(_only_when(each, protocols) for each in _SOCKETS)),
                refused,
            ],
        ),
        *_argument(
            _SOCKETPAIR[column],
            _SECOND,
            [
                _step(_AND, _KIND_OF_SOCKET),
                *_any_of(_PAIRS, _ALLOW),
                _step(_RETURN, _ERRNO | errno.EOPNOTSUPP),
            ],
        ),
        *_argument(
            _SETSOCKOPT[column],
            _SECOND,
            # As Linux does with what is too large: no error, and they stay as they are.
            _only_when(_OF_SOCKETS, [_step(_LOAD, _THIRD), *_any_of(_BUFFERS, _ERRNO)]),
        ),
    ]


def _argument(number: int, offset: int, steps: list[bytes]) -> list[bytes]:
    """Steps about an argument of one call; whoever gets past them is let through."""
    body = [_step(_LOAD, offset), *steps, _step(_RETURN, _ALLOW)]
    return [_step(_IF_EQUAL, number, 0, len(body)), *body]


def _only_when(value: int, steps: list[bytes]) -> list[bytes]:
    return [_step(_IF_EQUAL, value, 0, len(steps)), *steps]


def _any_of(values: tuple[int, ...], verdict: int) -> list[bytes]:
    return [*chain(*(_when(_IF_EQUAL, each, verdict) for each in values))]


def _when(test: int, value: int, verdict: int) -> list[bytes]:
    return [_step(test, value, 0, 1), _step(_RETURN, verdict)]


def _unless(test: int, value: int, verdict: int) -> list[bytes]:
    return [_step(test, value, 1, 0), _step(_RETURN, verdict)]


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    """struct sock_filter; the jumps count steps to be left out."""
    return struct.pack("HBBI", code, if_so, if_not, value)
