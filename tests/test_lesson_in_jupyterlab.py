"""A student works through the whole lesson as a notebook in JupyterLab."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kit.checks.code_check import CodeCheck
from kit.notebook import read_cells
from kit.store import Store
from tests.accessibility import violations
from tests.conftest import LESSON, Server, Visit, wait_until
from tests.lab import (
    active_cell,
    go_to_first_cell,
    go_up,
    idle,
    open_notebook,
    run_cell,
    select_cell,
)
from tests.learner import Task, check_root, expect_verdict, give, press_check, tasks_of

pytestmark = pytest.mark.browser


def cells(course: Path) -> list[dict[str, Any]]:
    """The cells of the learner's copy, as it was made."""
    return read_cells(course / "lessons" / LESSON / "my-lesson.ipynb")


def walk(page: Page, course: Path, tasks: list[Task], *, answer: bool) -> None:
    """Run the notebook cell by cell; answer each check, or see that its answer is back."""
    by_id = {task.check.id: task for task in tasks}
    work: list[str] = [task.check.id for task in tasks if isinstance(task.check, CodeCheck)]
    go_to_first_cell(page)
    for number, cell in enumerate(cells(course)):
        is_work = cell["id"].startswith("work-")
        task = by_id[work.pop(0)] if is_work else None
        if task and answer:
            run_cell(page, task.wrong.answer)
            go_up(page, number)
        run_cell(page, task.right if task and answer else None)
        asked = re.fullmatch(r"checks\.(\w+)", cell["source"])
        if asked:
            at_check(page, by_id[asked[1]], course, answer=answer, number=number)


def at_check(page: Page, task: Task, course: Path, *, answer: bool, number: int) -> None:
    root = check_root(page, task.check.id)
    expect(root).to_be_visible()
    root.scroll_into_view_if_needed()
    if not answer:
        expect_verdict(root, "Right")
    elif isinstance(task.check, CodeCheck):
        press_check(root)
        expect_verdict(root, "Right")
    else:
        root.get_by_role("button", name="Hint").click()
        expect(root.locator(".kit-check-hints li")).to_have_count(1)
        for given, outcome in ((task.wrong.answer, "failed"), (task.right, "passed")):
            give(page, root, task.check, given)
            press_check(root)
            expect(root.locator(".kit-check-feedback")).to_have_attribute("data-outcome", outcome)
    select_cell(page, number + 1)


def test_whole_lesson_with_kernel_and_server_killed(
    visit: Visit, server: Server, course: Path, data: Path
) -> None:
    """Every check answered from its cell; after kill -9 of kernel and server all is back."""
    page = visit.page
    tasks = tasks_of(course / "lessons" / LESSON)
    open_notebook(visit, server.lesson_url)
    walk(page, course, tasks, answer=True)
    expect_all_done(page)
    page.keyboard.press("Control+s")
    own = course / "lessons" / LESSON / "my-lesson.ipynb"
    wait_until(lambda: "return missing / len(column)" in own.read_text())

    for kernel in server.kernels():
        kernel.kill()
    wait_until(lambda: len(server.kernels()) == 1, what="the kernel was not started again")
    # Until JupyterLab has noticed, it shows the dead kernel as idle and sends it cells to run.
    page.locator(".jp-Dialog", has_text="restart").get_by_role("button", name="Ok").click()
    wait_until(lambda: idle(page))
    walk(page, course, tasks, answer=False)
    expect_all_done(page)

    visit.watch.expected = True
    server.kill()
    server.start()
    page.goto(server.url)
    visit.watch.expected = False
    open_notebook(visit, server.lesson_url)
    walk(page, course, tasks, answer=False)
    expect_all_done(page)

    answers = [e for e in Store(data / "progress.sqlite3").events() if e.verb == "answered"]
    passed = [e.item for e in answers if e.result["outcome"] == "passed"]
    assert passed == [task.check.id for task in tasks], "restoring answers adds none"
    assert visit.watch.outside == []
    assert visit.watch.complaints == []


def expect_all_done(page: Page) -> None:
    def at_the_bar() -> bool:
        select_cell(page, 2)
        return page.locator(".kit-lesson").is_visible()

    # JupyterLab, still on its way to the cell that ran last, may scroll back down at first.
    wait_until(at_the_bar)
    expect(page.locator(".kit-lesson")).to_contain_text("9 of 9 checks")


def test_wrong_code_gets_its_feedback(visit: Visit, server: Server, course: Path) -> None:
    """The name in the notebook is judged: not written, wrong, then right."""
    page = visit.page
    task = next(t for t in tasks_of(course / "lessons" / LESSON) if t.check.kind == "code")
    open_notebook(visit, server.lesson_url)
    go_to_first_cell(page)
    for cell in cells(course):
        if cell["id"].startswith("work-"):
            break
        run_cell(page)
    number = int(active_cell(page).get_attribute("data-windowed-list-index") or 0)
    root = check_root(page, task.check.id)
    for source, verdict in ((None, "Not answered yet"), (task.wrong.answer, "Partly right")):
        run_cell(page, source)
        run_cell(page)
        press_check(root)
        expect_verdict(root, verdict)
        select_cell(page, number)
    assert_own_widgets_accessible(page)


def assert_own_widgets_accessible(page: Page) -> None:
    """JupyterLab around our widgets is not ours to mend; the widgets are."""
    assert violations(page, inside=".kit", rules=()) == []


def test_saved_notebook_shows_its_questions_as_text(
    visit: Visit, server: Server, course: Path
) -> None:
    """A notebook opened without its kernel shows each question in words, and no dead widget."""
    page = visit.page
    tasks = tasks_of(course / "lessons" / LESSON)
    open_notebook(visit, server.lesson_url)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()
    wait_until(lambda: idle(page) and page.locator('.jp-InputPrompt:text-is("[*]:")').count() == 0)
    page.keyboard.press("Control+s")
    own = course / "lessons" / LESSON / "my-lesson.ipynb"
    wait_until(lambda: "text/markdown" in own.read_text())
    saved = own.read_text()
    assert "widget-view+json" not in saved
    texts = [
        "".join(output["data"].get("text/markdown", ""))
        for cell in json.loads(saved)["cells"]
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    for task in tasks:
        assert any(task.check.prompt[:30] in text for text in texts)

    page.reload()
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible()
    select_cell(page, 1)
    expect(page.locator(".jp-Notebook")).to_contain_text("What does one row of")
    expect(page.locator(".jp-Notebook")).not_to_contain_text("model not found")
    assert visit.watch.complaints == []


def test_the_authors_notebook_is_never_changed(visit: Visit, server: Server, course: Path) -> None:
    """A learner writes in a copy; opening it again opens the same copy."""
    original = (course / "lessons" / LESSON / "lesson.ipynb").read_bytes()
    own = course / "lessons" / LESSON / "my-lesson.ipynb"
    open_notebook(visit, server.lesson_url)
    own.write_text(own.read_text().replace("Meet the table", "My own words"))
    open_notebook(visit, server.lesson_url)
    expect(visit.page.locator(".jp-Notebook")).to_contain_text("My own words")
    assert (course / "lessons" / LESSON / "lesson.ipynb").read_bytes() == original
    visit.page.goto(server.lesson_url)
    expect(visit.page.locator("h1").first).to_have_text("Meet the table")
