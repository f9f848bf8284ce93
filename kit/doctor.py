"""What this machine can do, what the kit will therefore do, and what to install."""

from __future__ import annotations

import os
import platform
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kit.errors import KitError
from kit.kernels.levels import EXAM
from kit.kernels.owner import warm_up, zygotes
from kit.kernels.trial import try_kernel
from kit.open_files import FEWEST, may_open
from kit.store import data_folder
from kit.words import _

WELL, LESS, MISSING = "well", "less", "missing"
"""All is there; the kit does it in another way, or not as well; the kit cannot do without."""

PORT = 8888
_ROOM_BYTES = 200e6
_GIGABYTE = 1e9
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: a word for a program to find it by.
        state: ``WELL``, ``LESS`` or ``MISSING``.
        found: what there is.
        means: what the kit does because of it.
        mend: what to install or to change; "" where all is well.
    """

    name: str
    state: str
    found: str
    means: str = ""
    mend: str = ""


def examine() -> Iterator[Finding]:
    """Look at this machine, one thing after the other; kernels are really started.

    Raises:
        FileNotFoundError: the folder that one is in, and that kernels work in, is gone.
    """
    Path.cwd()
    warm_up()
    for look in _LOOKS:
        yield look()
    zygotes.close()


def _python() -> Finding:
    found = _("Python {version} on {system} {release}, {cores} cores").format(
        version=platform.python_version(),
        system=platform.system(),
        release=platform.release(),
        cores=os.cpu_count(),
    )
    return Finding("python", WELL, found)


def _data() -> Finding:
    """Where progress is kept: it can be written, and there is room."""
    try:
        folder = data_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
        free = shutil.disk_usage(folder).free
    except (KitError, OSError) as error:
        mend = (
            error.mend if isinstance(error, KitError) else _("Set KIT_DATA to a folder of yours.")
        )
        return Finding("data", MISSING, str(error), _("No progress can be kept."), mend)
    found = _("{folder}, {gigabytes:.1f} GB free").format(folder=folder, gigabytes=free / _GIGABYTE)
    if free < _ROOM_BYTES:
        return Finding("data", LESS, found, _("There is little room."), _("Free some space."))
    return Finding("data", WELL, found, _("Progress is kept there."))


def _port() -> Finding:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError as error:
            found = _("port {port}: {reason}").format(port=PORT, reason=error.strerror)
            return Finding("port", LESS, found, _("`kit start` takes the next one that is free."))
    return Finding("port", WELL, _("port {port} is free").format(port=PORT))


def _files() -> Finding:
    files = may_open()
    found = _("a program may have {files} files open").format(files=files)
    if files < FEWEST:
        means = _("No server can be started: it needs {fewest}.").format(fewest=FEWEST)
        return Finding("open-files", MISSING, found, means, _("Allow more, as in: ulimit -n 4096"))
    return Finding("open-files", WELL, found)


def _warm_kernels() -> Finding:
    if sys.platform != "linux":
        return Finding(
            "warm-kernels",
            LESS,
            _("{system} cannot fork a process that runs already").format(system=platform.system()),
            _("Kernels are started the usual way, in a second or two."),
        )
    try:
        try_kernel()  # the first one waits for the zygote
        forked, seconds = try_kernel()
    except Exception as error:
        return Finding("warm-kernels", MISSING, str(error), _("No kernel can be started."))
    found = _("a kernel answers after {seconds:.2f} s").format(seconds=seconds)
    if forked:
        return Finding("warm-kernels", WELL, found, _("Kernels are forked, and share memory."))
    return Finding(
        "warm-kernels",
        LESS,
        found,
        _("Kernels are started the usual way."),
        _("`kit start --verbose` says why."),
    )


def _confined_kernels() -> Finding:
    cannot = _("`kit start --confine` and grading refuse to run.")
    if sys.platform != "linux":
        found = _("{system} has no namespaces").format(system=platform.system())
        return Finding("confined-kernels", LESS, found, cannot, _("Use Linux for these."))
    try:
        _forked, seconds = try_kernel(EXAM)
    except Exception as error:
        what = error.what if isinstance(error, KitError) else str(error)
        return Finding("confined-kernels", LESS, what, cannot, _what_walls_want())
    found = _("a kernel that is shut in answers after {seconds:.2f} s").format(seconds=seconds)
    return Finding("confined-kernels", WELL, found, _("A class's code can be shut in."))


def _what_walls_want() -> str:
    """Of what is commonly missing, what this machine lacks."""
    from kit.kernels.seccomp import is_known

    wants = {
        _(
            "Allow ordinary users their own namespaces: sysctl kernel.unprivileged_userns_clone=1."
        ): _read("/proc/sys/kernel/unprivileged_userns_clone") == "0",
        _(
            "Ubuntu keeps namespaces from ordinary users: "
            "sysctl kernel.apparmor_restrict_unprivileged_userns=0, or a profile for this Python."
        ): _read("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == "1",
        _("Set user.max_user_namespaces to more than 0."): _read(
            "/proc/sys/user/max_user_namespaces"
        )
        == "0",
        _(
            "Use a machine of another kind: there is no filter of system calls for {machine}."
        ).format(machine=platform.machine()): not is_known(),
        _("Start Linux with lsm=landlock,... (5.13 or newer)."): not _landlock_version(),
    }
    lacks = [what for what, holds in wants.items() if holds]
    in_container = _(
        "In a container, allow it: --security-opt seccomp=unconfined "
        "--security-opt systempaths=unconfined, or --privileged."
    )
    return " ".join(lacks) or in_container


def _landlock() -> Finding:
    version = _landlock_version()
    if not version:
        return Finding("landlock", LESS, _("no Landlock"), _("No kernel can be shut in."))
    return Finding("landlock", WELL, _("Landlock, version {n}").format(n=version))


def _landlock_version() -> int:
    if sys.platform != "linux":
        return 0
    from py_landlock import LandlockError, get_abi_version

    try:
        return int(get_abi_version())
    except LandlockError:
        return 0


def _groups() -> Finding:
    """Control groups are not needed: the kit looks after the memory of a kernel itself."""
    own = _read("/proc/self/cgroup").partition("0::")[2].strip()
    folder = Path(f"/sys/fs/cgroup{own}")
    lent = {"memory", "pids"} <= set(_read(folder / "cgroup.controllers").split())
    if lent and os.access(folder, os.W_OK):
        return Finding("cgroups", WELL, _("control groups are lent to this process"))
    return Finding(
        "cgroups",
        LESS,
        _("no control groups are lent to this process"),
        _("The memory of a shut-in kernel is looked at once a second."),
    )


def _program(
    name: str, programs: tuple[str, ...], means: str, package: str
) -> Callable[[], Finding]:
    def look() -> Finding:
        path = next(filter(None, map(shutil.which, programs)), None)
        if path:
            return Finding(name, WELL, path, means)
        mend = _("sudo apt install {package} (or with your own system's packages)").format(
            package=package
        )
        without = _("{name} is not installed").format(name=name)
        return Finding(name, LESS, without, _("Only `kit media` needs it."), mend)

    return look


def _read(path: str | Path) -> str:
    try:
        return Path(path).read_text().strip()
    except OSError:
        return ""


_LOOKS: tuple[Callable[[], Finding], ...] = (
    _python,
    _data,
    _port,
    _files,
    _warm_kernels,
    _confined_kernels,
    _landlock,
    _groups,
    _program("ffmpeg", ("ffmpeg",), _("`kit media` can make films."), "ffmpeg"),
    _program("voice", ("piper", "flite", "espeak-ng"), _("Slides can be spoken."), "flite"),
    _program("chromium", _CHROMIUMS, _("Slides can be drawn."), "chromium"),
)
