"""A real Chromium, the machine's own, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser, BrowserContext

from bench.errors import NotMeasured
from kit.authoring.chromium import open_chromium
from kit.errors import KitError

# Whatever a page wants from the internet fails at once, as it does without a network. Stock
# Voila's template asks a CDN for styles; a slow line would make it look worse than it is.
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without a window, until the block ends.

    Raises:
        NotMeasured: there is none on this machine, or it does not start.
    """
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(open_chromium(NO_NETWORK))
        except KitError as error:
            raise NotMeasured(str(error)) from error
        yield browser


def new_context(browser: Browser, *, within_ms: float) -> BrowserContext:
    """A browser without cookies, cache and storage, for one visit.

    Args:
        within_ms: how long each step may take.
    """
    # A page that scrolls smoothly would keep Playwright waiting until it stands still.
    context = browser.new_context(reduced_motion="reduce")
    context.set_default_timeout(within_ms)
    return context
