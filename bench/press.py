"""Press a check's button in the browser and take the time until its verdict is on the page.

Times are taken inside the page, so that Playwright's own way to the page is not in them: from
the click event's time stamp to the callback of a MutationObserver that sees the button given
free again, which the check does in the same step in which it writes its feedback. The screen
follows at the next frame, at most 17 ms later.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Error, Locator, Page

from bench.errors import NotMeasured
from kit.checks import Check
from kit.checks.code_check import CodeCheck

VERDICT_WITHIN_MS = 30_000
WATCH = """
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-check] button.kit-primary");
  if (!button) return;
  window.benchPress = null;
  const root = button.closest("[data-check]");
  let waited = false;
  const observer = new MutationObserver(() => {
    const waits = button.hasAttribute("aria-disabled");
    waited ||= waits;
    if (waits || !waited) return;
    observer.disconnect();
    const feedback = root.querySelector(".kit-check-feedback");
    window.benchPress = {
      milliseconds: performance.now() - event.timeStamp,
      at: performance.timeOrigin + performance.now(),
      outcome: feedback.dataset.outcome,
      said: feedback.textContent,
      problem: root.querySelector(".kit-problem").textContent,
    };
  });
  observer.observe(root, { attributes: true, childList: true, subtree: true });
}, { capture: true });
"""


@dataclass(frozen=True)
class Press:
    """One press of Check.

    Attributes:
        milliseconds: from the click to the verdict.
        at: when the verdict was there, milliseconds since 1970 by the page's clock.
        outcome: the verdict: "passed" or "failed".
    """

    milliseconds: float
    at: float
    outcome: str


def watch_presses(page: Page) -> None:
    """Take the time of every press, in every document that this page loads from now on."""
    page.add_init_script(WATCH)


def answer(root: Locator, check: Check, given: str) -> None:
    """Write an answer into a check as a learner does: choose the option, or type it."""
    if check.kind == "choice":
        texts = root.locator("input").evaluate_all("all => all.map(each => each.value)")
        root.locator(".kit-check-option").nth(texts.index(given)).click()
    elif isinstance(check, CodeCheck):
        root.locator(".cm-content").fill(given)
    else:
        root.locator("input[type=text]").fill(given)


def press_check(page: Page, root: Locator) -> Press:
    """Press Check with the mouse and wait for the verdict.

    Raises:
        NotMeasured: no verdict came in 30 seconds, or what came is none.
    """
    root.locator("button.kit-primary").click()
    return verdict(page)


def verdict(page: Page) -> Press:
    """The verdict on the press that was just made, by whomever.

    Raises:
        NotMeasured: no verdict came in 30 seconds, or what came is none.
    """
    try:
        seen = page.wait_for_function("() => window.benchPress", timeout=VERDICT_WITHIN_MS)
    except Error as error:
        raise NotMeasured(f"Check was pressed and no verdict came: {error.message}") from error
    said: dict[str, Any] = seen.json_value()
    if said["problem"] or said["outcome"] not in {"passed", "failed"} or not said["said"].strip():
        raise NotMeasured(f"Check was pressed and what came is no verdict: {said}")
    return Press(said["milliseconds"], said["at"], said["outcome"])
