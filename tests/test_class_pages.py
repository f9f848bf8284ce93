"""`kit start --confine`: a class has the pages, whose kernels are shut in, and no more."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import expect

from kit.store import Store
from tests.conftest import LESSON, ROOT, Server, Visit, free_port, serving, wait_until
from tests.learner import expect_restored, learn, tasks_of
from tests.test_confined_elsewhere import WITHOUT_NETWORK

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux can shut kernels in"),
]


class Confining(Server):
    def command(self) -> list[str]:
        return [*super().command(), "--confine"]


SETTINGS = """
import os, sys
open({seen!r}, "a").write(sys.argv[0])
"""


@pytest.fixture
def server(
    course: Path,
    data: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Server]:
    """It is started in the course's folder, where files lie that would be run as settings."""
    for name in ("voila.py", "jupyter_server_config.py", "jupyter_config.py", "sitecustomize.py"):
        (course / name).write_text(SETTINGS.format(seen=str(tmp_path / "run")))
    (course / "matplotlibrc").write_text("nonsense: 1\n")
    monkeypatch.chdir(course)
    monkeypatch.setenv("PYTHONSAFEPATH", "1")  # as where `kit` is typed, and not `python -m`
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter-data"))
    with serving(Confining(course, tmp_path / "server.log", free_port()), request) as running:
        yield running


def test_a_whole_lesson_is_learnt_and_kept(
    visit: Visit, server: Server, course: Path, data: Path
) -> None:
    """Right and wrong at every check, its film plays, and all of it is there after a kill -9."""
    page = visit.page
    tasks = tasks_of(course / "lessons" / LESSON)
    page.goto(server.lesson_url)
    expect(page.locator(".kit-check")).to_have_count(len(tasks))
    for task in tasks:
        learn(page, task)
    expect(page.locator(".kit-outline-done")).to_have_text(f"{len(tasks)} of {len(tasks)} checks")
    page.locator("video").evaluate("film => film.play()")
    wait_until(lambda: page.locator("video").evaluate("film => film.currentTime") > 0.5)
    (kernel,) = server.kernels()
    assert kernel.uids().real != 0
    assert kernel.parents()[1].name() == "kit-keeper"

    visit.watch.expected = True
    server.kill()
    wait_until(lambda: not psutil.pid_exists(kernel.pid))
    server.start()
    page.goto(server.url)
    visit.watch.expected = False
    expect(page.locator("main")).to_contain_text(f"{len(tasks)} of {len(tasks)} checks")
    page.goto(server.lesson_url)
    for task in tasks:
        expect_restored(page, task)
    learners = {event.learner for event in Store(data / "progress.sqlite3").events()}
    assert learners == {"ada"}
    assert visit.watch.outside == []
    assert visit.watch.complaints == []


@pytest.mark.parametrize("place", ["kit/", "kit/library?q=missing", "kit/review", "kit/gallery"])
def test_every_page_is_there(place: str, visit: Visit, server: Server) -> None:
    visit.page.goto(f"{server.base}/{place}")
    expect(visit.page.locator("h1").first).to_be_visible()
    expect(visit.page.locator(".kit-problem:not(:empty)")).to_have_count(0)
    expect(visit.page.get_by_text("JupyterLab")).to_have_count(0)
    assert visit.watch.complaints == []


def test_nothing_else_of_the_server_is(visit: Visit, server: Server) -> None:
    page = visit.page
    visit.watch.expected = True
    page.goto(server.lesson_url)
    expect(page.locator(".kit-check")).to_have_count(9)
    key = f"lessons/{LESSON}/checks.py"
    for place in (
        "lab", "tree", "nbclassic", "formgrader", "terminals/1", "api/terminals", "api/kernels",
        "", "metrics", "api", "api/status", "api/kernelspecs", "kernelspecs/python3/logo-64x64.png",
        "voila", "voila/tree", f"voila/render/lessons/{LESSON}/lesson.ipynb", "voila/api/contents",
        "voila/files/lessons/01-meet-the-table/media/meet-the-table.png", "voila/templates/base/x",
        "//api/contents", "api//contents", "./api/contents", "kit/../api/contents",
        "voila/static/../render/lessons", "api/kernels/", "api/kernels/../contents",
        "api/sessions", "api/contents", f"api/contents/{key}", f"files/{key}", f"edit/{key}",
        f"nbconvert/html/{key}", f"voila/files/{key}", f"kit/notebook/{LESSON}", f"view/{key}",
        f"kit/media/{LESSON}/checks.py", "api/config/x", "lsp/status", "assignments",
        "kit/class", "kit/class/", "kit/class/plotly.min.js",
    ):  # fmt: skip
        answer = page.request.get(f"{server.base}/{place}")
        assert answer.status in {403, 404}, (place, answer.status)
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    for place in ("api/kernels", "api/sessions", "api/terminals", "api/contents"):
        answer = page.request.post(
            f"{server.base}/{place}", headers={"X-XSRFToken": cookies["_xsrf"]}, data={}
        )
        assert answer.status in {403, 404}, (place, answer.status)


def test_nothing_of_the_course_is_run_outside_of_a_kernel(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    visit.page.goto(server.lesson_url)
    expect(visit.page.locator(".kit-check")).to_have_count(9)
    assert not (tmp_path / "run").exists()
    assert "matplotlibrc" not in server.log.read_text()


def test_a_server_that_is_open_otherwise_is_not_taken_for_it(server: Server, course: Path) -> None:
    start = [sys.executable, "-m", "kit.cli", "start", str(course), "--no-browser", "--json"]
    again = subprocess.run([*start, "--confine"], capture_output=True, text=True, check=True)
    assert server.url in again.stdout
    other = subprocess.run(start, capture_output=True, text=True, check=False)
    assert other.returncode == 2
    assert "open already, with --confine" in other.stderr


def test_a_kernel_of_another_kind_is_not_started(
    visit: Visit, server: Server, course: Path, tmp_path: Path
) -> None:
    """Of a machine on which somebody has installed one that starts kernels in its own way."""
    spec = tmp_path / "jupyter-data" / "kernels" / "other"
    spec.mkdir(parents=True)
    shown = {
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Other", "language": "python",
        "metadata": {"kernel_provisioner": {"provisioner_name": "local-provisioner"}},
    }  # fmt: skip
    (spec / "kernel.json").write_text(json.dumps(shown))
    file = course / "lessons" / LESSON / "lesson.ipynb"
    notebook = json.loads(file.read_text())
    notebook["metadata"]["kernelspec"] = {"name": "other", "display_name": "Other"}
    file.write_text(json.dumps(notebook))
    visit.watch.expected = True
    visit.page.goto(server.lesson_url)
    visit.page.wait_for_timeout(3000)
    assert [each for each in server.kernels() if each.uids().real == 0 == os.geteuid()] == []
    assert all("kit-keeper" in {p.name() for p in each.parents()} for each in server.kernels())


def test_no_more_pages_have_a_kernel_than_there_are_places(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    """Nobody can start kernels until the machine is full; the one who comes too late is told."""
    settings = tmp_path / "jupyter" / "jupyter_server_config.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(json.dumps({"ClassKernels": {"most": 2}}))
    visit.watch.expected = True
    server.stop()
    server.start()
    first, second = visit.page, visit.page.context.new_page()
    first.goto(server.url)
    for each in (first, second):
        each.goto(server.lesson_url)
        expect(each.locator(".kit-check")).to_have_count(9)
    first.reload()  # whose old kernel has the place for a moment
    expect(first.locator(".kit-check")).to_have_count(9)
    for place in (server.lesson_url, f"{server.base}/kit/", f"{server.base}/kit/review"):
        answer = first.request.get(place)
        assert answer.status == 503
        assert int(answer.headers["retry-after"]) > 0
        assert "All 2 places on this server are taken" in answer.text()
    assert len(server.kernels()) == 2
    second.goto("about:blank")
    wait_until(lambda: len(server.kernels()) == 1)
    first.goto(server.lesson_url)
    expect(first.locator(".kit-check")).to_have_count(9)


def test_a_cell_that_shows_too_much_says_so(visit: Visit, server: Server, course: Path) -> None:
    file = course / "lessons" / LESSON / "lesson.ipynb"
    notebook = json.loads(file.read_text())
    endless: dict[str, Any] = {
        "cell_type": "code", "id": "endless", "metadata": {}, "outputs": [],
        "execution_count": None, "source": "while True: print('x' * 1000)",
    }  # fmt: skip
    notebook["cells"].insert(2, endless)
    file.write_text(json.dumps(notebook))
    visit.page.goto(server.lesson_url)
    problem = visit.page.locator(".kit-problem:not(:empty)")
    expect(problem).to_contain_text("It shows more than 32 MB, and was stopped.")
    expect(visit.page.locator(".kit-check")).to_have_count(9)


def test_where_kernels_cannot_be_shut_in_it_does_not_start(course: Path, data: Path) -> None:
    program = f"{WITHOUT_NETWORK}\nfrom kit.cli import main\nmain(['start', {str(course)!r}, "
    done = subprocess.run(
        [sys.executable, "-c", program + "'--confine', '--no-browser', '--port', '9797'])"],
        capture_output=True, text=True, timeout=100, cwd=ROOT, env=os.environ, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "No kernel can be confined here as lesson asks for (namespaces: " in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
