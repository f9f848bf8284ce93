"""The two servers that are compared: ``kit start``, and a stock Jupyter Server with Voila.

Both run with the same Python, installed packages and course, each from its own copy of the
course and with its own fresh folder for progress (``KIT_DATA``).
"""

from __future__ import annotations

import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from bench.errors import NotMeasured
from bench.machine import end_with_children, environment

COURSE = Path(__file__).parent.parent / "lessons"
SCRIPTS = Path(sys.executable).parent
STARTS_WITHIN_SECONDS = 60
ENDS_WITHIN_SECONDS = 15
ANSWERS_WITHIN_SECONDS = 10
ASK_AGAIN_SECONDS = 0.05


@dataclass(frozen=True)
class Server:
    """A server that answers.

    Attributes:
        name: what it is called in a report.
        origin: its address without a path, as in ``http://127.0.0.1:8888``.
        home: the path of the page from which a lesson is opened.
        lesson: the path of a lesson's page, with ``{lesson}`` in the place of its id.
        token: lets one in.
        pid: its process.
        started_after: milliseconds from starting the command to its answer.
        log: the file of what it wrote.
        runtime: the folder of its kernels' connection files.
    """

    name: str
    origin: str
    home: str
    lesson: str
    token: str
    pid: int
    started_after: float
    log: Path
    runtime: Path

    def home_url(self) -> str:
        """The address of Home, with the token."""
        return f"{self.origin}{self.home}?token={self.token}"

    def end_kernel(self, kernel_id: str) -> None:
        """End one kernel, as closing its page would in the end."""
        request = urllib.request.Request(
            f"{self.origin}/api/kernels/{kernel_id}",
            method="DELETE",
            headers={"Authorization": f"token {self.token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWERS_WITHIN_SECONDS):
                pass
        except urllib.error.HTTPError as error:
            if error.code != 404:  # it had ended by itself
                raise NotMeasured(f"{self.name} did not end a kernel: {error}.") from error


@contextmanager
def kit_start(folder: Path, *options: str, course: Path | None = None) -> Iterator[Server]:
    """``kit start --json``, until the block ends.

    Args:
        folder: for its data and its log.
        options: of ``kit start``, besides.
        course: which is opened; a copy of the project's own, in ``folder``, if left out.

    Raises:
        NotMeasured: it did not print its JSON line in a minute; says what it wrote.
    """
    course = course or _course_copy(folder)
    command = [str(SCRIPTS / "kit"), "start", str(course), "--no-browser", "--json", *options]
    command += ["--port", str(_free_port())]
    with _process(command, folder) as (process, began, log):
        record = json.loads(_first_line(process, log, "kit start"))
        ready = (time.perf_counter() - began) * 1000
        url = urlsplit(record["url"])
        yield Server(
            name="kit",
            origin=f"{url.scheme}://{url.netloc}",
            home=url.path,
            lesson="/kit/lesson/{lesson}",
            token=parse_qs(url.query)["token"][0],
            pid=process.pid,
            started_after=ready,
            log=log,
            runtime=folder / "runtime",
        )


@contextmanager
def stock_voila(folder: Path) -> Iterator[Server]:
    """``jupyter server`` with Voila's extension, all settings as they come, until the block ends.

    The kit's own extension is switched off in it, everything else that is installed stays.

    Raises:
        NotMeasured: it did not answer in a minute, or the kit is in it; says what it wrote.
    """
    course = _course_copy(folder)
    token, port = secrets.token_hex(16), _free_port()
    command = [str(SCRIPTS / "jupyter"), "server", "--no-browser"]
    command += [f"--ServerApp.root_dir={course}", f"--ServerApp.port={port}"]
    command += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"]
    command += ["--ServerApp.allow_root=True", "--ServerApp.log_level=WARN"]
    command += ["--ServerApp.jpserver_extensions=kit.server=False"]
    with _process(command, folder) as (process, began, log):
        origin = f"http://127.0.0.1:{port}"
        _wait_for(f"{origin}/api/status?token={token}", process, log)
        ready = (time.perf_counter() - began) * 1000
        if _status(f"{origin}/kit/api/alive?token={token}") != 404:
            raise NotMeasured("The stock server serves the kit's pages: it is not stock.")
        yield Server(
            name="stock Voila",
            origin=origin,
            home="/voila",
            lesson="/voila/render/lessons/{lesson}/lesson.ipynb",
            token=token,
            pid=process.pid,
            started_after=ready,
            log=log,
            runtime=folder / "runtime",
        )


def _course_copy(folder: Path) -> Path:
    """A copy of the course as its author left it: without a learner's own notebooks."""
    course = folder / "course"
    left_out = shutil.ignore_patterns("my-lesson.ipynb", ".ipynb_checkpoints", "__pycache__")
    shutil.copytree(COURSE, course / "lessons", ignore=left_out)
    return course


@contextmanager
def _process(
    command: list[str], folder: Path
) -> Iterator[tuple[subprocess.Popen[str], float, Path]]:
    """A process with its start time (``perf_counter``) and its log; ended with the block."""
    log = folder / "server.log"
    own = {"KIT_DATA": str(folder / "data"), "KIT_LEARNER": "bench"}
    own |= {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "RUNTIME")}
    with log.open("w", encoding="utf-8") as stderr:
        began = time.perf_counter()
        process = subprocess.Popen(
            command,
            env=environment(**own),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        try:
            yield process, began, log
        finally:
            end_with_children(process, within=ENDS_WITHIN_SECONDS)


def _first_line(process: subprocess.Popen[str], log: Path, name: str) -> str:
    """The first line that a process prints; a thread reads it, since reading knows no timeout."""
    lines: Queue[str] = Queue()
    stdout = process.stdout
    assert stdout is not None
    Thread(target=lambda: lines.put(stdout.readline()), daemon=True).start()
    try:
        line = lines.get(timeout=STARTS_WITHIN_SECONDS)
    except Empty:
        line = ""
    if not line.strip():
        raise NotMeasured(f"{name} did not start. It wrote: {_tail(log)}")
    return line


def _wait_for(url: str, process: subprocess.Popen[str], log: Path) -> None:
    give_up = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < give_up and process.poll() is None:
        if _status(url) == 200:
            return
        time.sleep(ASK_AGAIN_SECONDS)
    raise NotMeasured(f"{process.args!r} did not start. It wrote: {_tail(log)}")


def _status(url: str) -> int:
    """The HTTP status that an address answers with; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(url, timeout=ANSWERS_WITHIN_SECONDS) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _tail(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
