"""`kit start`: one server for a course, found again, gone without a trace."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import psutil
import pytest

from tests.conftest import ROOT, Server, alive, wait_until

KIT = [sys.executable, "-m", "kit.cli"]


def kit(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [*KIT, *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def start_a_kernel(server: Server) -> psutil.Process:
    token = server.url.split("token=")[1]
    request = urllib.request.Request(
        f"{server.base}/api/kernels", b"{}", {"Authorization": f"token {token}"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.status == 201
    wait_until(lambda: len(server.kernels()) == 1)
    return server.kernels()[0]


def test_json_line_comes_when_it_answers(server: Server) -> None:
    """The address in the JSON line gives Home at once."""
    with urllib.request.urlopen(server.url, timeout=60) as answer:
        assert "Meet the table" in answer.read().decode()


def test_started_twice(server: Server) -> None:
    """The second start says where the course runs already, and starts nothing."""
    again = kit("start", str(server.course), "--no-browser", "--json")
    assert again.returncode == 0
    assert json.loads(again.stdout) == {
        "url": server.url,
        "port": server.port,
        "pid": server.process.pid,
    }
    assert "already open" in kit("start", str(server.course), "--no-browser").stdout


def test_port_taken(server: Server, tmp_path: Path) -> None:
    """A taken port makes it take another one and say so."""
    other = tmp_path / "other"
    (other / "lessons").mkdir(parents=True)
    (other / "lessons" / "course.toml").write_text('id = "o"\ntitle = "Other"\n')
    process = subprocess.Popen(
        [*KIT, "start", str(other), "--no-browser", "--port", str(server.port)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    with process:
        assert process.stdout
        assert process.stdout.readline().startswith(f"Port {server.port} is taken; using ")
        assert "Your course is open: http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ending_it_leaves_no_process(server: Server, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM ask nothing and stop every kernel."""
    kernel = start_a_kernel(server)
    server.process.send_signal(number)
    assert server.process.wait(20) == 0
    assert not alive(kernel.pid)
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", server.port)) != 0


def test_ending_it_while_a_page_is_open(server: Server) -> None:
    """A request that is under way does not keep it from ending."""
    start_a_kernel(server)
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        token = server.url.split("token=")[1]
        request = f"GET /kit/?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
        connection.sendall(request.encode())
        kernels = server.kernels()
        server.process.terminate()
        assert server.process.wait(20) == 0
    wait_until(lambda: not any(alive(kernel.pid) for kernel in kernels), seconds=20)


def test_a_killed_server_leaves_no_kernel_and_can_be_started(server: Server) -> None:
    """After kill -9 the kernels end by themselves, and the course starts again at once."""
    kernel = start_a_kernel(server)
    server.kill()
    server.start()
    wait_until(lambda: not alive(kernel.pid), seconds=20)


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        (None, "There is no course.toml in"),
        ("title = 'no id'", "'id' is missing"),
        ("id = ", "is not valid TOML"),
        ("id = 'a'\ntitle = 3", "'title' is not a text"),
    ],
)
def test_course_that_cannot_be_used(
    tmp_path: Path, data: Path, toml: str | None, says: str
) -> None:
    """Exit code 2 and one sentence on stderr, without a traceback."""
    (tmp_path / "course").mkdir()
    if toml is not None:
        (tmp_path / "course" / "course.toml").write_text(toml)
    for command in (["start"], ["progress", "show", "--course"]):
        ended = kit(*command, str(tmp_path / "course"))
        assert ended.returncode == 2
        assert says in ended.stderr
        assert str(tmp_path / "course") in ended.stderr
        assert "Traceback" not in ended.stderr
        assert ended.stderr.count("\n") == 1


def test_data_folder_that_cannot_be_made(course: Path, data: Path) -> None:
    """A file in the place of the data folder is named."""
    data.write_text("a file")
    ended = kit("start", str(course), "--no-browser")
    assert ended.returncode == 2
    assert str(data) in ended.stderr
    assert "KIT_DATA" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_port_that_is_none(course: Path, data: Path) -> None:
    assert "is not a port" in kit("start", str(course), "--port", "70000").stderr
