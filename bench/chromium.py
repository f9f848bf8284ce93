"""A real Chromium, the machine's own, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Error, sync_playwright

from bench.errors import NotMeasured

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    # Whatever a page wants from the internet fails at once, as it does without a network. Stock
    # Voila's template asks a CDN for styles; a slow line would make it look worse than it is.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
STARTS_WITHIN_MS = 60_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window, until the block ends.

    Raises:
        NotMeasured: there is none on this machine, or it does not start.
    """
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        raise NotMeasured(f"No browser was found; looked for {', '.join(NAMES)}.")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=program, args=FLAGS, timeout=STARTS_WITHIN_MS
            )
        except Error as error:
            raise NotMeasured(f"{program} did not start: {error.message}") from error
        try:
            yield browser
        finally:
            browser.close()


def new_context(browser: Browser, *, within_ms: float) -> BrowserContext:
    """A browser without cookies, cache and storage, for one visit.

    Args:
        within_ms: how long each step may take.
    """
    # A page that scrolls smoothly would keep Playwright waiting until it stands still.
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(within_ms)
    return context
