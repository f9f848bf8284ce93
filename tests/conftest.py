"""The real thing for tests: a copy of the course, a `kit start` of it, and a Chromium."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TypeVar

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from kit.authoring.chromium import open_chromium

ROOT = Path(__file__).parent.parent
LESSON = "01-meet-the-table"
STARTS_WITHIN_SECONDS = 60
# Where tests run in the background Ctrl-C may be ignored, and all that they start would ignore it.
signal.signal(signal.SIGINT, signal.default_int_handler)
# A slow machine makes a condition come late, not wrong; what comes at once costs nothing.
expect.set_options(timeout=30_000)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the project's course; returns the folder around ``lessons/``."""
    return copy_course(tmp_path)


def copy_course(place: Path) -> Path:
    """Copy the project's course to a place; returns the folder around ``lessons/``."""
    folder = place / "course"
    own = shutil.ignore_patterns("my-lesson*", "__pycache__", ".ipynb_checkpoints")
    shutil.copytree(ROOT / "lessons", folder / "lessons", ignore=own)
    (folder / "assignments").mkdir()
    return folder


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's own, empty data folder, for this process and for those it starts."""
    return own_data(tmp_path, monkeypatch)


def own_data(place: Path, patch: pytest.MonkeyPatch) -> Path:
    """Let the learner's data, and all that Jupyter keeps, be at a place."""
    patch.setenv("KIT_DATA", str(place / "data"))
    patch.setenv("KIT_LEARNER", "ada")
    patch.setenv("JUPYTER_RUNTIME_DIR", str(place / "runtime"))
    patch.setenv("JUPYTER_CONFIG_DIR", str(place / "jupyter"))
    patch.setenv("IPYTHONDIR", str(place / "ipython"))
    patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    return place / "data"


@dataclass
class Server:
    """A running `kit start`; ``restart`` after a ``kill`` uses the same port."""

    course: Path
    log: Path
    port: int
    process: subprocess.Popen[str] = field(init=False)
    url: str = ""

    def command(self) -> list[str]:
        """What starts it, without what every command that serves takes."""
        return ["start", str(self.course)]

    def start(self) -> Self:
        kit = [sys.executable, "-m", "kit.cli", *self.command(), "--no-browser"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*kit, "--json", "--verbose", "--port", str(self.port)],
                stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True,
            )  # fmt: skip
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"kit {self.command()[0]} ended at once:\n{self.log.read_text()}"
        self.url = json.loads(line)["url"]
        return self

    @property
    def base(self) -> str:
        return self.url.split("/kit/")[0]

    @property
    def lesson_url(self) -> str:
        return f"{self.base}/kit/lesson/{LESSON}"

    def kernels(self) -> list[psutil.Process]:
        """The kernel processes of this server."""
        try:
            children = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        return [child for child in children if _is_kernel(child)]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self._ended()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
                raise
        self._ended()

    def _ended(self) -> None:
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


AServer = TypeVar("AServer", bound=Server)


def _is_kernel(process: psutil.Process) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:  # it was killed, and keeps its name a moment
            return False
        return process.name() == "kit-kernel" or "ipykernel_launcher" in process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


@pytest.fixture
def server(
    course: Path, data: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Server]:
    """`kit start` on the copy of the course, on a port of its own."""
    with serving(Server(course, tmp_path / "server.log", free_port()), request) as running:
        yield running


@contextmanager
def serving(server: AServer, request: pytest.FixtureRequest) -> Iterator[AServer]:
    """Start it, stop it afterwards, and show its log where a test failed meanwhile."""
    failed_before = request.session.testsfailed
    yield server.start()
    server.stop()
    if request.session.testsfailed > failed_before:
        print("\n--- the server's log ---\n" + server.log.read_text()[-6000:])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_chromium() as chromium:
        yield chromium


@dataclass
class Watch:
    """What a page asked for, received and complained about.

    Attributes:
        outside: requests to any other origin than the server's.
        complaints: errors in the console, uncaught exceptions, answers of 400 and more.
        received: bodies of HTML, scripts and JSON, and WebSocket frames, as text.
        expected: while set, complaints are not kept: the server was killed on purpose.
    """

    base: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    received: list[tuple[str, str]] = field(default_factory=list)
    keep_bodies: bool = False
    expected: bool = False

    def attach(self, page: Page) -> None:
        page.on("request", lambda request: self._request(request.url))
        page.on("console", lambda message: self._complain(message.type == "error", message.text))
        page.on("pageerror", lambda error: self._complain(True, str(error)))
        page.on("response", self._response)
        page.on("websocket", self._websocket)

    def _request(self, url: str) -> None:
        own = (self.base, self.base.replace("http", "ws", 1), "data:", "blob:", "about:")
        if not url.startswith(own):
            self.outside.append(url)

    def _complain(self, is_error: bool, text: str) -> None:
        if is_error and not self.expected:
            self.complaints.append(text)

    def _response(self, response: Any) -> None:
        self._complain(response.status >= 400, f"{response.status} {response.url}")
        kind = response.headers.get("content-type", "")
        if self.keep_bodies and any(word in kind for word in ("html", "json", "script", "vtt")):
            self.received.append((response.url, response.text()))

    def _websocket(self, socket: Any) -> None:
        self._request(socket.url)
        socket.on("framereceived", lambda frame: self._frame(socket.url, frame))

    def _frame(self, url: str, frame: str | bytes) -> None:
        if self.keep_bodies:
            text = frame.decode("utf-8", "replace") if isinstance(frame, bytes) else frame
            self.received.append((url, text))


@dataclass
class Visit:
    """A learner's browser window, and what is watched of it."""

    page: Page
    watch: Watch


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """A new browser profile, logged in to the server, at Home."""
    # Smooth scrolling would make each press wait for its end.
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(STARTS_WITHIN_SECONDS * 1000)
    page = context.new_page()
    watch = Watch(server.base)
    watch.attach(page)
    page.goto(server.url)
    yield Visit(page, watch)
    context.close()


def wait_until(condition: Any, seconds: float = STARTS_WITHIN_SECONDS, what: str = "") -> None:
    """Ask again until it is so.

    Raises:
        AssertionError: it was not so within ``seconds``.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what or "waited in vain"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
