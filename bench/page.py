"""From a click on a lesson's link to a lesson that can be answered, beside stock Voila.

``kit start`` and a stock Jupyter Server with Voila (``servers.py``) serve the same lesson on
this machine, one after the other in turns: kit, stock, kit, stock. Each round has a fresh
browser context, so an empty HTTP cache but for what Home loads, in one Chromium. It opens Home,
waits until both servers are idle, puts a link to the lesson on the page and clicks it with the
mouse. Then a script in the lesson's page looks once per frame, and notes three moments:

- text: the lesson's heading is visible;
- answerable: the Check button of the lesson's first check is visible and enabled;
- verdict: a learner who answers that check as soon as it is there has the verdict. Choosing an
  option and pressing Check, as fast as Playwright can, is in this time.

All are counted from the click event's time stamp, on the browser's clock. A round in which Check
does not answer with the verdict that the course promises is no measurement, and ends the bench.
The first round of each server warms it up and is not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Error, Page

from bench.chromium import chromium
from bench.errors import NotMeasured
from bench.machine import compile_code, wait_until_quiet
from bench.press import answer, press_check, watch_presses
from bench.servers import COURSE, Server, kit_start, stock_voila
from bench.spread import Spread, spread
from kit.checks import Check, load_checks
from kit.checks.check import Example
from kit.course import CHECKS_FILE, load_course

LESSON = "01-meet-the-table"
WARM_UPS = 1
PAGE_WITHIN_MS = 60_000
LOOK = """
(() => {
  const seen = (window.benchSeen = { text: null, answerable: null });
  const now = () => performance.timeOrigin + performance.now();
  const isShown = (element) => element
    && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && element.getBoundingClientRect().height > 0;
  const look = () => {
    if (!seen.text && isShown(document.querySelector("h1"))) seen.text = now();
    const button = document.querySelector('[data-check="CHECK"] button.kit-primary');
    if (isShown(button) && !button.disabled && !button.hasAttribute("aria-disabled")) {
      seen.answerable = now();
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener("click", (event) => {
    if (event.target.id !== "bench-link") return;
    sessionStorage.setItem("bench-click", performance.timeOrigin + event.timeStamp);
  }, { capture: true });
})();
"""
PUT_LINK = """
(path) => {
  const link = document.createElement("a");
  link.id = "bench-link";
  link.href = path;
  link.textContent = "The lesson";
  link.style = "position: fixed; top: 0; left: 0; z-index: 99999; background: white";
  document.body.append(link);
}
"""
KERNEL = "() => JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"


@dataclass(frozen=True)
class Opening:
    """One opening of the lesson; milliseconds from the click (see the module)."""

    text: float
    answerable: float
    verdict: float


@dataclass(frozen=True)
class PageFigures:
    """One server's openings, summed up."""

    text: Spread
    answerable: Spread
    verdict: Spread


@dataclass(frozen=True)
class PageBench:
    """The two side by side; ``rounds`` is the number of openings of each."""

    lesson: str
    rounds: int
    kit: PageFigures
    stock: PageFigures


@dataclass(frozen=True)
class _Question:
    """The lesson's first check and the answers that are given to it, one a round."""

    check: Check
    examples: tuple[Example, ...]


def steps(rounds: int) -> int:
    """How often ``measure_page`` calls ``advance``."""
    return 2 * (rounds + WARM_UPS)


def measure_page(rounds: int, advance: Callable[[], None]) -> PageBench:
    """Open the lesson in both servers, so many times in each.

    Args:
        advance: called after each opening.

    Raises:
        NotMeasured: a page did not come, or its check did not answer.
    """
    compile_code()
    question = _first_question()
    openings: dict[str, list[Opening]] = {"kit": [], "stock Voila": []}
    with (
        TemporaryDirectory() as kit_folder,
        TemporaryDirectory() as stock_folder,
        kit_start(Path(kit_folder)) as kit,
        stock_voila(Path(stock_folder)) as stock,
        chromium() as browser,
    ):
        for turn in range(rounds + WARM_UPS):
            for server in (kit, stock):
                wait_until_quiet([kit.pid, stock.pid])
                opening = _open(browser, server, question, turn, [kit.pid, stock.pid])
                if turn >= WARM_UPS:
                    openings[server.name].append(opening)
                advance()
    return PageBench(LESSON, rounds, _figures(openings["kit"]), _figures(openings["stock Voila"]))


def _first_question() -> _Question:
    lesson = load_course(COURSE).lesson(LESSON)
    check = load_checks(lesson.folder / CHECKS_FILE)[lesson.check_ids[0]]
    promised = tuple(each for each in check.examples() if each.outcome in {"passed", "failed"})
    return _Question(check, promised)


def _open(
    browser: Browser, server: Server, question: _Question, turn: int, servers: list[int]
) -> Opening:
    with browser.new_context() as context:
        context.set_default_timeout(PAGE_WITHIN_MS)
        page = context.new_page()
        page.add_init_script(LOOK.replace("CHECK", question.check.id))
        try:
            page.goto(server.home_url(), wait_until="networkidle")
            wait_until_quiet(servers)
            path = server.lesson.format(lesson=LESSON)
            page.evaluate(PUT_LINK, path)
            page.locator("#bench-link").click(no_wait_after=True)
            page.wait_for_url(f"**{path}", wait_until="commit")
            page.wait_for_function("() => window.benchSeen?.answerable")
            verdict = _answer_at_once(page, question, turn)
            seen: Mapping[str, float] = page.evaluate("() => window.benchSeen")
            clicked = float(page.evaluate("() => sessionStorage.getItem('bench-click')"))
            kernel = str(page.evaluate(KERNEL))
        except Error as error:
            said = f"{server.name} did not open the lesson: {error.message}"
            raise NotMeasured(said) from error
    server.end_kernel(kernel)
    return Opening(seen["text"] - clicked, seen["answerable"] - clicked, verdict - clicked)


def _answer_at_once(page: Page, question: _Question, turn: int) -> float:
    """Answer the check and return when its verdict was there, by the page's clock."""
    example = question.examples[turn % len(question.examples)]
    root = page.locator(f'[data-check="{question.check.id}"]')
    watch_presses(page)
    answer(root, question.check, example.answer)
    press = press_check(page, root)
    if press.outcome != example.outcome:
        raise NotMeasured(f"The answer {example.answer!r} was {press.outcome}.")
    return press.at


def _figures(openings: list[Opening]) -> PageFigures:
    columns = {name: [asdict(each)[name] for each in openings] for name in asdict(openings[0])}
    return PageFigures(**{name: spread(values) for name, values in columns.items()})
