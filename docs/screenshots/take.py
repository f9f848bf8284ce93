"""Take the README's pictures: `kit start` on a copy of the course and on a simulated class, in a
real Chromium.

Run by `make screenshots`; writes the PNG files beside this one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page

from kit.authoring.chromium import open_chromium

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
KIT = [sys.executable, "-m", "kit.cli"]
LESSON = "kit/lesson/01-meet-the-table"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, open_chromium() as browser:
        course, made = Path(folder, "course"), Path(folder, "class")
        own = shutil.ignore_patterns("my-lesson*")
        shutil.copytree(ROOT / "lessons", course / "lessons", ignore=own)
        os.environ["KIT_DATA"] = str(Path(folder, "data"))
        page = browser.new_page(viewport={"width": 1180, "height": 760})
        with serving(course) as url:
            take(page, url)
        subprocess.run([*KIT, "simulate", str(made), "--course", str(ROOT)], check=True)
        with serving(made) as url:
            take_class(page, url)


@contextmanager
def serving(course: Path) -> Iterator[str]:
    """`kit start` on a course; gives the address of Home, with the token."""
    command = [*KIT, "start", str(course), "--no-browser", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield json.loads(server.stdout.readline())["url"]
        finally:
            server.terminate()


def take(page: Page, url: str) -> None:
    base = url.split("kit/", maxsplit=1)[0]
    page.goto(url)
    page.get_by_text("Start:").wait_for()
    page.screenshot(path=HERE / "home.png")

    page.goto(base + LESSON)
    work(page)
    page.screenshot(path=HERE / "check.png")
    page.set_viewport_size({"width": 390, "height": 760})
    page.get_by_role("button", name="Dark colours").click()
    page.locator("[data-check=share_missing]").scroll_into_view_if_needed()
    page.evaluate("window.scrollBy({ top: 200, behavior: 'instant' })")
    page.screenshot(path=HERE / "phone-dark.png")
    page.get_by_role("button", name="Light colours").click()
    page.set_viewport_size({"width": 1180, "height": 760})

    page.get_by_role("link", name="Open as notebook").click()
    notebook(page)
    page.screenshot(path=HERE / "notebook.png")


def take_class(page: Page, url: str) -> None:
    """Its first sentences, and the map of who is how far."""
    page.goto(url)
    page.get_by_role("link", name="Your class").click()
    page.locator("#similar").wait_for()
    page.wait_for_function("!document.querySelector('.kit-plot:not([data-drawn])')")
    page.add_style_tag(content="#wrong, #wrong ~ section { display: none }")
    page.screenshot(path=HERE / "class.png", full_page=True)


def work(page: Page) -> None:
    """Answer the first check right and the second one wrong, and take a hint."""
    page.locator("[data-check=report] button").first.wait_for()
    first = page.locator("[data-check=rows_are]")
    first.get_by_text("one adult penguin").click()
    first.get_by_role("button", name="Check").click()
    first.locator("[data-outcome=passed]").wait_for()
    second = page.locator("[data-check=known_sex]")
    second.locator("input").fill("344")
    second.get_by_role("button", name="Check").click()
    second.get_by_role("button", name="Hint").click()
    second.locator("li").first.wait_for()
    second.evaluate("element => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
    page.wait_for_function(
        "document.querySelector('[data-section=what-columns-hold][aria-current]')"
    )


def notebook(page: Page) -> None:
    """Run the first cells of the notebook in JupyterLab."""
    page.locator(".jp-Notebook .jp-Cell").first.wait_for()
    page.locator(".jp-Notebook .jp-Cell").first.click(position={"x": 4, "y": 4})
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    page.keyboard.press("Escape")
    for _ in range(6):
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(800)
    page.locator("[data-check=rows_are]").wait_for()
    page.locator("[data-check=rows_are]").scroll_into_view_if_needed()


if __name__ == "__main__":
    main()
