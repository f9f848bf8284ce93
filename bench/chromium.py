"""A real Chromium, the machine's own, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

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
        NotMeasured: there is none on this machine.
    """
    program = next((path for name in NAMES if (path := shutil.which(name))), None)
    if program is None:
        raise NotMeasured(f"No browser was found; looked for {', '.join(NAMES)}.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=FLAGS, timeout=STARTS_WITHIN_MS
        )
        try:
            yield browser
        finally:
            browser.close()
