"""Start one Jupyter Server for a course: JupyterLab, Voila, nbgrader and the kit's pages."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import signal
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from filelock import FileLock, Timeout
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from jupyter_core.paths import jupyter_config_path, jupyter_runtime_dir
from jupyter_server.extension.config import ExtensionConfigManager
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import AsyncHTTPClient, HTTPClientError
from traitlets.config import Config

from kit.course import Course
from kit.errors import CourseError, KitError, StartError
from kit.kernels.levels import LESSON, OPEN
from kit.library.index import refresh
from kit.programs import find_own_programs
from kit.server.nbgrader_settings import nbgrader_settings
from kit.store import data_folder
from kit.words import _

ASK_AGAIN_SECONDS = 0.05
STOPS_WITHIN_SECONDS = 8
LONGEST_RUNTIME_DIR = 50
"""Bytes: a socket's path, with a kernel's name after it, has 107 at most."""


@dataclass(frozen=True)
class Running:
    """A server that answers.

    Attributes:
        url: the address of Home, or of another page, with the token that lets this person in.
        port: the TCP port on this machine.
        pid: the server's process.
        new: False when it was already running.
        confined: whether it is for a class, whose kernels are shut in.
    """

    url: str
    port: int
    pid: int
    new: bool = True
    confined: bool = False


class CourseServer(ServerApp):
    """The Jupyter Server, but Ctrl-C asks nothing and ends it as SIGTERM does."""

    name = "jupyter-server"

    def init_signal(self) -> None:
        super().init_signal()
        signal.signal(signal.SIGINT, self._signal_stop)

    def _signal_stop(self, sig: Any, frame: Any) -> None:
        # A kernel that is just starting can keep the orderly way out waiting for a minute. A
        # kernel whose server is gone ends by itself.
        last = threading.Timer(STOPS_WITHIN_SECONDS, self._end_at_once)
        last.daemon = True
        last.start()
        super()._signal_stop(sig, frame)

    def _end_at_once(self) -> None:
        # What a preview would have done itself on its way out.
        if folder := self.config.LessonKit.get("preview"):
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def start(
    course: Course,
    *,
    port: int,
    open_browser: bool,
    announce: Callable[[Running], None],
    verbose: bool = False,
    page: str = "kit/",
    settings: Config | None = None,
) -> None:
    """Run the server until Ctrl-C or SIGTERM; ends every kernel on its way out.

    Args:
        course: what to serve; the folder around ``lessons/`` becomes JupyterLab's root.
        port: tried first; when it is taken, the next ones are.
        announce: told once, when the server really answers (or the one already running does).
        verbose: leave the server's and the kernels' messages in the terminal, and not in a log
            file beside the learner's data.
        page: what to open, relative to the server.
        settings: go before those of ``server_config``.

    Raises:
        StartError: the server's files cannot be written, or no port is free.
        CourseError: the course is not where the server's pages look for it.
    """
    _refuse_other_folder(course)
    find_own_programs()
    lock, record = _server_files(course)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        running = _already_running(record, course)
        if running.confined != _is_confined(settings):
            raise _other_way(running) from None
        announce(running)
        if open_browser:
            webbrowser.open(running.url)
        return
    messages = nullcontext() if verbose else _stderr_to(record.with_suffix(".log"))
    try:
        with messages:
            config = server_config(course, port)
            if not _is_confined(settings):
                # Settings are code, which a class could write; and nbgrader's list of assignments
                # fetches into the folder that the server is in.
                os.environ["KIT_DATA"] = str(data_folder())
                os.chdir(course.root)
                config.merge(nbgrader_settings(course.root / "assignments"))
            config.merge(settings or {})
            _serve(config, page, open_browser, announce, record)
    finally:
        record.unlink(missing_ok=True)
        lock.release()


def _refuse_other_folder(course: Course) -> None:
    """The pages look from the folder above: of another name they would find no course, ever."""
    if course.folder.name != "lessons":
        raise CourseError(
            _("The folder of course.toml is called {name!r}: {path}.").format(
                name=course.folder.name, path=course.folder
            ),
            _("Call it lessons, as the kit's pages expect."),
        )


def _serve(
    config: Config,
    page: str,
    open_browser: bool,
    announce: Callable[[Running], None],
    record: Path,
) -> None:
    app = CourseServer.instance(config=config)
    try:
        app.initialize(argv=[])
    except SystemExit as end:  # what the server does when no port is free
        raise StartError(
            _("No port from {port} on is free on this machine.").format(port=config.ServerApp.port),
            _("Name another one, as in: --port 9000"),
        ) from end

    async def say_when_it_answers() -> None:
        token = quote(app.identity_provider.token)
        server = f"http://127.0.0.1:{app.port}{app.base_url}"
        await _answers(f"{server}kit/api/alive?token={token}")
        url = f"{server}{page}?token={token}" if token else f"{server}{page}"
        running = Running(url, app.port, os.getpid(), confined=_is_confined(config))
        announce(running)
        app.io_loop.add_callback(read_the_library)
        try:
            _write_privately(record, json.dumps(asdict(running)))
        except OSError as error:  # a second kit start will not find this one
            app.log.warning("%s cannot be written: %s", record, error.strerror)
        if open_browser:
            await asyncio.to_thread(webbrowser.open, running.url)

    async def read_the_library() -> None:
        """So that the first search waits for nothing."""
        try:
            await asyncio.to_thread(refresh, Path(app.root_dir) / "lessons")
        except KitError as error:  # who searches is told
            app.log.warning("%s", error)

    app.io_loop.add_callback(say_when_it_answers)
    app.start()
    if desk := app.web_app.settings.get("kit_grading"):
        desk.end()


def confined_apps(course: Course) -> Config:
    """Settings for a class: the kit's pages alone, their kernels shut in (level ``lesson``)."""
    config = Config()
    config.WarmProvisioner.level = LESSON
    config.WarmProvisioner.folders = [str(course.folder)]
    config.ServerApp.authorizer_class = "kit.server.apps_only.AppsOnly"
    config.ServerApp.kernel_manager_class = "kit.server.class_kernels.ClassKernels"
    connection = "kit.server.class_kernels.ClassConnection"
    config.ServerApp.kernel_websocket_connection_class = connection
    # Another one, which a machine may have, could say itself by whom its kernels are started.
    config.KernelSpecManager.allowed_kernelspecs = {NATIVE_KERNEL_NAME}
    installed = ExtensionConfigManager(read_config_path=jupyter_config_path())
    wanted = {"kit.server", "voila.server_extension"}
    config.ServerApp.jpserver_extensions = {
        name: name in wanted for name in {*installed.get_jpserver_extensions(), *wanted}
    }
    return config


def server_config(course: Course, port: int) -> Config:
    """The settings of the one server: a laptop's, offline."""
    config = Config()
    config.ServerApp.root_dir = str(course.root)
    config.ServerApp.port = port
    config.ServerApp.open_browser = False
    config.ServerApp.log_level = "WARN"
    config.ServerApp.allow_root = True  # containers and lab machines; it listens on loopback only
    config.ServerApp.jpserver_extensions = {
        "jupyterlab": True,
        "kit.server": True,
        "voila.server_extension": True,
    }
    # No question about news from the internet, and no look for updates there.
    config.LabApp.app_settings_dir = str(Path(__file__).parent / "lab_settings")
    config.MappingKernelManager.cull_idle_timeout = 3600
    config.MappingKernelManager.cull_interval = 300
    if len(os.fsencode(jupyter_runtime_dir())) < LONGEST_RUNTIME_DIR and sys.platform != "win32":
        config.KernelManager.transport = "ipc"  # files of this person's, not ports of the machine
    return config


def _server_files(course: Course) -> tuple[FileLock, Path]:
    """The lock that one server of a course holds, and where it writes its address."""
    folder = data_folder() / "servers"
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)  # the log and the record hold the token
    except OSError as error:
        raise StartError(
            _("The folder {path} cannot be written: {reason}.").format(
                path=folder, reason=error.strerror
            ),
            _("Set KIT_DATA to a folder of yours."),
        ) from error
    name = hashlib.sha256(str(course.folder.resolve()).encode()).hexdigest()[:16]
    return FileLock(folder / f"{name}.lock"), folder / f"{name}.json"


def _write_privately(path: Path, text: str) -> None:
    """Write a file that only this person may read, whole or not at all."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    part.replace(path)


@contextmanager
def _stderr_to(log: Path) -> Iterator[None]:
    """Send this process's stderr, and that of the kernels it starts, to a new file."""
    kept = os.dup(2)
    with log.open("wb") as file:
        os.dup2(file.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _already_running(record: Path, course: Course) -> Running:
    try:
        known = json.loads(record.read_text(encoding="utf-8"))
        confined = known.get("confined", False)
        return Running(known["url"], known["port"], known["pid"], new=False, confined=confined)
    except (OSError, ValueError, KeyError) as error:
        raise StartError(
            _("Another kit start is just now starting the course {path}.").format(
                path=course.folder
            ),
            _("Wait a moment, then look at its window or start again."),
        ) from error


def _is_confined(settings: Config | None) -> bool:
    return bool(settings and settings.WarmProvisioner.get("level", OPEN) != OPEN)


def _other_way(running: Running) -> StartError:
    now = _("with --confine") if running.confined else _("without --confine")
    return StartError(
        _("This course is open already, {now} (process {pid}).").format(now=now, pid=running.pid),
        _("End that one first, by Ctrl-C in its window."),
    )


async def _answers(url: str) -> None:
    """Return when the address gives an answer without an error."""
    client = AsyncHTTPClient()
    while True:
        try:
            await client.fetch(url)
        except (OSError, HTTPClientError):
            await asyncio.sleep(ASK_AGAIN_SECONDS)
        else:
            return
