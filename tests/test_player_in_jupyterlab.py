"""A learner watches a film in a notebook in JupyterLab."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Locator, expect

from kit.checks import load_checks
from kit.store import Store
from tests.accessibility import violations
from tests.conftest import LESSON, Server, Visit, wait_until
from tests.lab import go_to_first_cell, idle, open_notebook, run_cell
from tests.learner import expect_verdict, give, press_check
from tests.short_film import (
    FILM,
    film_lesson,
    is_paused,
    make_film,
    open_details,
    player,
    plays_past,
    press,
    shows,
    time_of,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def course(course: Path, tmp_path: Path) -> Path:
    """The course, in which the lesson is a film that asks at its second second."""
    film = tmp_path / "film.webm"
    make_film(film)
    film_lesson(course, film, shows(', checks={"0:02": checks.rows_are}'))
    return course


def run_to_film(visit: Visit) -> Locator:
    """Run the notebook's cells as far as the film."""
    go_to_first_cell(visit.page)
    for _cell in range(5):
        run_cell(visit.page)
    return player(visit.page)


def test_a_film_with_a_question(visit: Visit, server: Server, course: Path, data: Path) -> None:
    """It plays, asks, is sought in by its transcript; its keys are not the notebook's; a
    kernel that is killed takes nothing with it.
    """
    page = visit.page
    open_notebook(visit, server.lesson_url)
    root = run_to_film(visit)
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    press(root, "play")
    panel = root.get_by_role("group", name="Question at 0:02")
    expect(panel).to_be_visible()
    assert is_paused(root)
    inside = panel.locator('[data-check="rows_are"]')
    check = load_checks(course / "lessons" / LESSON / "checks.py")["rows_are"]
    for outcome, verdict in (("failed", "Not yet"), ("passed", "Right")):
        answer = next(each.answer for each in check.examples() if each.outcome == outcome)
        give(page, inside, check, answer)
        press_check(inside)
        expect_verdict(inside, verdict)
    panel.get_by_role("button", name="Go on").click()
    plays_past(root, 2.7)
    for key in "kmbdd":  # to the notebook: m a Markdown cell, b a new one, d d away with it
        page.keyboard.press(key)
    wait_until(lambda: is_paused(root))
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells
    expect(page.locator(".jp-Notebook .jp-MarkdownCell")).to_have_count(4)

    open_details(root, "Transcript")
    root.get_by_label("Search the transcript").fill("gap")
    root.locator(".kit-media-lines button:visible").first.click()
    wait_until(lambda: 25 <= time_of(root) < 25.01)
    assert violations(page, inside=".kit-media", rules=()) == []

    press(root, "play")
    # The notebook's is the newest: that of the app may live on a minute and a half after its page.
    kernel = max(server.kernels(), key=psutil.Process.create_time)
    began = kernel.create_time()
    kernel.kill()
    wait_until(
        lambda: any(each.create_time() > began for each in server.kernels()),
        what="the kernel was not started again",
    )
    page.locator(".jp-Dialog button.jp-mod-accept").click()
    plays_past(root, time_of(root) + 1)
    press(root, "pause")
    left = time_of(root)
    wait_until(lambda: watched(data)[-1] == pytest.approx(left, abs=1e-3))
    wait_until(lambda: idle(page))
    root = run_to_film(visit)
    wait_until(lambda: abs(time_of(root) - left) < 1e-3)
    assert visit.watch.outside == []
    assert visit.watch.complaints == []


def watched(data: Path) -> list[float]:
    """The positions of the film that are kept."""
    events = Store(data / "progress.sqlite3").events()
    return [e.result["position"] for e in events if e.verb == "watched" and e.item == FILM]
