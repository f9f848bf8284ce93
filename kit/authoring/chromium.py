"""The one way to a real Chromium, for films, tests, figures and the README's pictures.

It is the machine's own where there is one, or else the one that Playwright has downloaded.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kit.errors import KitError
from kit.words import _

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What it may be called on the path; the first that is there is taken."""

FLAGS = (
    "--no-sandbox",  # root cannot have one, and only our own pages are opened
    "--disable-gpu",
    # The browser asks for nothing by itself: a page's requests are all there are.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)

_STARTS_WITHIN_MS = 60_000


@contextmanager
def open_chromium(*flags: str) -> Iterator[Browser]:
    """A Chromium without a window, until the block ends.

    Args:
        flags: what it is started with besides ``FLAGS``.

    Raises:
        KitError: Playwright or Chromium is not installed, or Chromium does not start.
    """
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError as error:
        raise KitError(
            _("Playwright is not installed."),
            _(
                "Type make media in the folder of Lesson Kit, or install playwright as you "
                "installed the kit."
            ),
        ) from error
    program = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=program, args=[*FLAGS, *flags], timeout=_STARTS_WITHIN_MS
            )
        except Error as error:
            raise _not_started(program, error.message) from error
        try:
            yield browser
        finally:
            browser.close()


def _not_started(program: str | None, said: str) -> KitError:
    reason = said.splitlines()[0].removeprefix("BrowserType.launch: ").rstrip(".")
    if program:
        what = _("{program} does not start: {reason}.")
    else:
        what = _("Chromium is not on the path, and Playwright's own does not start: {reason}.")
    return KitError(
        what.format(program=program, reason=reason),
        _("Install it: sudo apt install chromium, or type make media in the folder of Lesson Kit."),
    )
