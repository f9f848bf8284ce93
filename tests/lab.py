"""A learner in JupyterLab: opens a lesson as a notebook and goes through its cells."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.conftest import Visit, wait_until


def open_notebook(visit: Visit, lesson_url: str) -> None:
    """From the app to the notebook, by the link that is there for it."""
    visit.page.goto(lesson_url)
    visit.page.get_by_role("link", name="Open as notebook").click()
    visit.page.wait_for_url(re.compile(r"/lab/tree/lessons/"))
    expect(visit.page.locator(".jp-Notebook .jp-Cell").first).to_be_visible()
    expect(visit.page.locator(".jp-NotebookPanel-toolbar")).to_contain_text("Python 3")
    wait_until(lambda: idle(visit.page), what="the kernel did not become ready")


def idle(page: Page) -> bool:
    status = page.locator(".jp-NotebookPanel .jp-Notebook-ExecutionIndicator")
    return status.count() > 0 and status.get_attribute("data-status") == "idle"


def active_cell(page: Page) -> Locator:
    return page.locator(".jp-Notebook .jp-Cell.jp-mod-active")


def run_cell(page: Page, source: str | None = None) -> None:
    """Shift-Enter in the active cell, after writing into it if a source is given."""
    if source is not None:
        page.keyboard.press("Enter")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(source)
    page.keyboard.press("Shift+Enter")
    wait_until(lambda: page.locator('.jp-InputPrompt:text-is("[*]:")').count() == 0 and idle(page))


def go_to_first_cell(page: Page) -> None:
    page.locator(".jp-Notebook .jp-Cell").first.click(position={"x": 4, "y": 4})
    page.keyboard.press("Escape")


def go_up(page: Page, number: int) -> None:
    """Back to the cell with this number."""
    page.keyboard.press("ArrowUp")
    expect(active_cell(page)).to_have_attribute("data-windowed-list-index", str(number))


def select_cell(page: Page, number: int) -> None:
    """Put the notebook's focus on a cell, by its margin, as a learner's mouse would."""
    cell = page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{number}"]')
    cell.locator(".jp-InputPrompt, .jp-InputArea-prompt").first.click()
    page.keyboard.press("Escape")
