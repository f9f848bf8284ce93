"""From a click on a lesson's link to a lesson that can be answered, beside stock Voila.

``kit start`` and a stock Jupyter Server with Voila (``servers.py``) serve the same lesson on
this machine and take turns: kit, stock, kit, stock. Each round has a fresh browser context in
one Chromium, and opens the lesson twice in it: the first time with an empty HTTP cache, and once
more, as a learner does who comes back or goes on to the next lesson. Each time the page that lists
the lessons (Home; Voila's own list) is loaded, both servers are waited for until they are idle, a
link to the lesson is put on that page and clicked with the mouse. Voila's list uses the same
scripts as its pages, so that the first opening finds them cached there; what Home loads, or
prepares, counts for the kit just so.

A script in the lesson's page looks once per frame, and notes three moments:

- text: the lesson's heading is visible;
- answerable: the Check button of the lesson's first check is visible and enabled;
- verdict: that check has been answered and Check pressed in the very frame in which it was
  answerable, and the verdict is on the page. This press is made by the script.

All are counted from the click event's time stamp, on the browser's clock. A round in which Check
does not answer with the verdict that the course promises is no measurement, and ends the bench.
The first round of each server warms it up and is not counted.

Of the kit's page it is also noted where the time goes, and what is least possible
(``moments.py``): a page whose scripts and whose kernel would not wait for each other could be
answered when the slower of both is there and has been drawn.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, Page

from bench.chromium import chromium, new_context
from bench.errors import NotMeasured
from bench.machine import compile_code, folder_on_disk, wait_until_quiet
from bench.moments import (
    ALL_CELLS_RAN,
    ASKS_FOR_KERNEL,
    BROWSERS_OWN,
    NOTE_MOMENTS,
    Cells,
    answer_at_once,
    cells_alone,
    moments,
    page_of,
)
from bench.press import verdict, watch_presses
from bench.servers import COURSE, Server, kit_start, stock_voila
from bench.spread import Spread, spread
from kit.checks import Check, load_checks
from kit.checks.check import Example
from kit.checks.code_check import CodeCheck
from kit.course import CHECKS_FILE, load_course
from kit.kernels.owner import zygotes

LESSON = "01-meet-the-table"
WARM_UPS = 1
PAGE_WITHIN_MS = 60_000
LOOK = """
(({ check, answer }) => {
  const seen = (window.benchSeen = { text: null, answerable: null });
  const now = () => performance.timeOrigin + performance.now();
  const isShown = (element) => element
    && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && element.getBoundingClientRect().height > 0;
  const answerAtOnce = (root, button) => {
    const field = root.querySelector("input[type=text]");
    if (field) {
      field.value = answer;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else {
      [...root.querySelectorAll("input")].find(({ value }) => value === answer).click();
    }
    button.click();
  };
  const look = () => {
    if (!seen.text && isShown(document.querySelector("h1"))) seen.text = now();
    const root = document.querySelector(`[data-check="${check}"]`);
    const button = root?.querySelector("button.kit-primary");
    if (isShown(button) && !button.disabled && !button.hasAttribute("aria-disabled")) {
      seen.answerable = now();
      answerAtOnce(root, button);
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener("click", (event) => {
    if (event.target.id !== "bench-link") return;
    sessionStorage.setItem("bench-click", performance.timeOrigin + event.timeStamp);
  }, { capture: true });
})(QUESTION);
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
    """One opening of the lesson; milliseconds from the click (see the module).

    Attributes:
        moments: in the kit's page, what else happened (see ``moments.py``).
    """

    text: float
    answerable: float
    verdict: float
    moments: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Openings:
    """Openings of one server, summed up."""

    text: Spread
    answerable: Spread
    verdict: Spread
    moments: dict[str, Spread]


@dataclass(frozen=True)
class PageBench:
    """The two servers side by side.

    Attributes:
        rounds: how often each was opened in either way.
        kit_first, stock_first: with an empty cache.
        kit_again, stock_again: with everything in the cache that the server lets it keep.
        floor: what is least possible.
    """

    lesson: str
    rounds: int
    kit_first: Openings
    stock_first: Openings
    kit_again: Openings
    stock_again: Openings
    floor: Floor


@dataclass(frozen=True)
class Floor:
    """What the kit's page cannot do without, each alone on the machine, in milliseconds.

    Attributes:
        scripts_first, scripts_again: from the click until the scripts would ask for the kernel,
            of a page that is answered at once.
        first_check, all_cells: from asking for a kernel until the cells have run.
    """

    scripts_first: Spread
    scripts_again: Spread
    first_check: Spread
    all_cells: Spread


@dataclass(frozen=True)
class _Question:
    """The lesson's first check and the answers that are given to it, one a round."""

    check: Check
    examples: tuple[Example, ...]


def steps(rounds: int) -> int:
    """How often ``measure_page`` calls ``advance``."""
    return 3 * (rounds + WARM_UPS)


def measure_page(rounds: int, advance: Callable[[], None]) -> PageBench:
    """Open the lesson in both servers, so many times in each.

    Args:
        advance: called after each round of a server.

    Raises:
        NotMeasured: a page did not come, or its check did not answer.
    """
    compile_code()
    question = _first_question()
    taken: dict[str, list[tuple[Opening, Opening]]] = {}
    with folder_on_disk() as kit_folder, folder_on_disk() as stock_folder:
        with (
            kit_start(kit_folder) as kit,
            stock_voila(stock_folder) as stock,
            chromium() as browser,
        ):
            for turn in range(rounds + WARM_UPS):
                example = question.examples[turn % len(question.examples)]
                for server in (kit, stock):
                    openings = _open_twice(browser, server, question.check, example, [kit, stock])
                    if turn >= WARM_UPS:
                        taken.setdefault(server.name, []).append(openings)
                    advance()
            scripts = _scripts_alone(browser, kit, rounds, advance)
        cells = _cells_alone(kit_folder, rounds)
    (kit_first, kit_again), (stock_first, stock_again) = (
        zip(*taken[server.name], strict=True) for server in (kit, stock)
    )
    return PageBench(
        lesson=LESSON,
        rounds=rounds,
        kit_first=_sum_up(kit_first),
        stock_first=_sum_up(stock_first),
        kit_again=_sum_up(kit_again),
        stock_again=_sum_up(stock_again),
        floor=Floor(
            scripts_first=spread([first for first, _again in scripts]),
            scripts_again=spread([again for _first, again in scripts]),
            first_check=spread([each.first_check for each in cells]),
            all_cells=spread([each.all_of_them for each in cells]),
        ),
    )


def _first_question() -> _Question:
    lesson = load_course(COURSE).lesson(LESSON)
    check = load_checks(lesson.folder / CHECKS_FILE)[lesson.check_ids[0]]
    if isinstance(check, CodeCheck):
        raise NotMeasured(f"The first check of {LESSON} takes code, which is not typed at once.")
    promised = tuple(each for each in check.examples() if each.outcome in {"passed", "failed"})
    return _Question(check, promised)


def _open_twice(
    browser: Browser, server: Server, check: Check, example: Example, servers: list[Server]
) -> tuple[Opening, Opening]:
    """Open the lesson with an empty cache, and once more in the same context."""
    asked = json.dumps({"check": check.id, "answer": str(example.answer)})
    with new_context(browser, within_ms=PAGE_WITHIN_MS) as context:
        page = context.new_page()
        watch_presses(page)
        page.add_init_script(LOOK.replace("QUESTION", asked))
        if _is_kit(server):
            page.add_init_script(NOTE_MOMENTS)
        try:
            first = _open(page, server, example, servers)
            again = _open(page, server, example, servers)
        except Error as error:
            said = f"{server.name} did not open the lesson: {error.message}"
            raise NotMeasured(said) from error
    return first, again


def _open(page: Page, server: Server, example: Example, servers: list[Server]) -> Opening:
    _click(page, server, servers)
    page.wait_for_function("() => window.benchSeen?.answerable")
    answered = verdict(page)
    if answered.outcome != example.outcome:
        raise NotMeasured(f"The answer {example.answer!r} was {answered.outcome}.")
    kernel = str(page.evaluate(KERNEL))
    noted: Mapping[str, float] = {}
    if _is_kit(server):
        page.wait_for_function(ALL_CELLS_RAN)
        noted = moments(page, server, kernel, COURSE / LESSON / "lesson.ipynb")
    seen: Mapping[str, float] = page.evaluate("() => window.benchSeen")
    clicked = _clicked(page)
    page.goto("about:blank")
    server.end_kernel(kernel)
    return Opening(
        seen["text"] - clicked,
        seen["answerable"] - clicked,
        answered.at - clicked,
        {name: at - clicked for name, at in noted.items()},
    )


def _is_kit(server: Server) -> bool:
    return server.name == "kit"


def _click(page: Page, server: Server, servers: list[Server]) -> None:
    """Load the page that lists the lessons, and click on the lesson when all is quiet."""
    page.goto(server.home_url(), wait_until="networkidle")
    wait_until_quiet([each.pid for each in servers])
    path = server.lesson.format(lesson=LESSON)
    page.evaluate(PUT_LINK, path)
    page.locator("#bench-link").click(no_wait_after=True)
    page.wait_for_url(f"**{path}", wait_until="commit")


def _clicked(page: Page) -> float:
    return float(page.evaluate("() => sessionStorage.getItem('bench-click')"))


def _scripts_alone(
    browser: Browser, server: Server, rounds: int, advance: Callable[[], None]
) -> list[tuple[float, float]]:
    """``_ask_for_kernel``, with an empty cache and again, of a page that is answered at once."""
    path = server.lesson.format(lesson=LESSON)
    html, taken = page_of(server, path), []
    for _ in range(rounds + WARM_UPS):
        with new_context(browser, within_ms=PAGE_WITHIN_MS) as context:
            page = context.new_page()
            page.add_init_script(LOOK.replace("QUESTION", "{}"))
            answer_at_once(page, path, html)
            taken.append((_ask_for_kernel(page, server), _ask_for_kernel(page, server)))
        advance()
    return taken[WARM_UPS:]


def _cells_alone(folder: Path, rounds: int) -> list[Cells]:
    notebook = folder / "course" / "lessons" / LESSON / "lesson.ipynb"
    taken = [cells_alone(notebook, folder / "data") for _ in range(rounds + WARM_UPS)]
    zygotes.close()
    return taken[WARM_UPS:]


def _ask_for_kernel(page: Page, server: Server) -> float:
    """Milliseconds from the click until the page's scripts ask for a kernel."""
    _click(page, server, [server])
    page.wait_for_function(ASKS_FOR_KERNEL)
    asked = float(page.evaluate(BROWSERS_OWN)["kernel"]) - _clicked(page)
    page.goto("about:blank")
    return asked


def _sum_up(openings: tuple[Opening, ...]) -> Openings:
    noted = [each.moments for each in openings]
    return Openings(
        text=spread([each.text for each in openings]),
        answerable=spread([each.answerable for each in openings]),
        verdict=spread([each.verdict for each in openings]),
        moments={name: spread([each[name] for each in noted]) for name in noted[0]},
    )
