"""An assignment from Home to JupyterLab, and nbgrader's pages in the kit's server."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import ROOT, Server, Visit, copy_course, free_port, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """As a student's edition has it: an assignment without its source."""
    folder = copy_course(tmp_path)
    source = ROOT / "assignments" / "source" / "a1"
    shutil.copytree(source, folder / "assignments" / "release" / "a1")
    return folder


@pytest.fixture
def server(
    course: Path,
    data: Path,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Server]:
    """It is started elsewhere, in a shell in which no environment is activated."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with serving(Server(course, tmp_path / "server.log", free_port()), request) as running:
        yield running


def test_home_opens_it_and_what_one_wrote_stays(visit: Visit, server: Server, course: Path) -> None:
    page = visit.page
    expect(page.get_by_role("link", name="Your assignments")).to_have_count(0)
    page.get_by_role("link", name="Field report").click()
    page.wait_for_url(re.compile(r"/lab/tree/a1/field-report\.ipynb"))
    expect(page.locator(".jp-Notebook")).to_contain_text("Field report")
    assert (course / "a1" / "data" / "README.md").is_file()
    (course / "a1" / "mine.txt").write_text("kept")
    page.goto(f"{server.base}/kit/assignment/a1")
    page.wait_for_url(re.compile(r"/lab/tree/a1/field-report\.ipynb"))
    assert (course / "a1" / "mine.txt").read_text() == "kept"
    assert not [*course.glob(".a1*")]


def test_what_is_not_handed_out_is_told(visit: Visit, server: Server, course: Path) -> None:
    visit.watch.expected = True
    for name, words in (("a2", "Late planes is not handed out yet."), ("x", "no assignment x")):
        answer = visit.page.goto(f"{server.base}/kit/assignment/{name}")
        assert answer
        assert answer.status == 404
        expect(visit.page.get_by_role("alert").filter(has_text=words)).to_be_visible()
        assert not (course / name).exists()


def test_nbgraders_pages_know_the_course(visit: Visit, server: Server, course: Path) -> None:
    """Its gradebook is made by a program that is looked for by name."""
    assignments = course / "assignments"
    shutil.copy(ROOT / "assignments" / "nbgrader_config.py", assignments)
    shutil.copytree(ROOT / "assignments" / "source" / "a1", assignments / "source" / "a1")
    answer = visit.page.request.get(f"{server.base}/formgrader/api/assignments")
    assert answer.status == 200
    assert [each["name"] for each in answer.json()] == ["a1"]
    assert (assignments / "gradebook.db").is_file()
