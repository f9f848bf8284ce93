"""From opening the class's page to its sentences, its first figure, and all of it.

A simulated class of 300 learners is opened in Chromium, each time by a browser that has nothing
kept: Home first, then, once the server is quiet, the class. ``first``: nothing was read of what the
class handed in, as on the morning after a deadline. ``again``: as on every other day.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error

from bench.chromium import chromium, new_context
from bench.errors import NotMeasured
from bench.machine import compile_code, environment, folder_on_disk, wait_until_quiet
from bench.servers import COURSE, SCRIPTS, Server, kit_start
from bench.spread import Spread, spread

LEARNERS = 300
PAGE_WITHIN_MS = 60_000
SIMULATED_WITHIN_SECONDS = 300

NOTE_MOMENTS = """
(() => {
  const seen = (window.benchMoments = {});
  const wanted = {
    first: ".kit-said li",
    sentences: "#kit-people", // which comes after the last of them
    figure: ".kit-plot[data-drawn]",
    whole: "#similar tbody",
  };
  const look = () => {
    for (const [name, selector] of Object.entries(wanted)) {
      if (!(name in seen) && document.querySelector(selector)) seen[name] = performance.now();
    }
  };
  const every = { childList: true, subtree: true, attributes: true };
  new MutationObserver(look).observe(document, every);
})();
"""


@dataclass(frozen=True)
class Shown:
    """Milliseconds from the navigation on, of many openings.

    Attributes:
        first: until the first sentence is in the page.
        sentences: until all of them are, but for those on the slowest part.
        figure: until the first figure is drawn, below them.
        whole: until the last table is in the page.
    """

    first: Spread
    sentences: Spread
    figure: Spread
    whole: Spread


@dataclass(frozen=True)
class DashboardBench:
    """How long a class's page takes when nothing of the class was read before, and later."""

    learners: int
    first: Shown
    again: Shown


def steps(rounds: int) -> int:
    """How often ``measure_dashboard`` calls ``advance``."""
    return 1 + 2 * rounds


def measure_dashboard(rounds: int, advance: Callable[[], None]) -> DashboardBench:
    """Open the page so many times in each way.

    Raises:
        NotMeasured: the class could not be made, or its page did not come.
    """
    compile_code()
    with folder_on_disk() as folder:
        course = _simulate(folder)
        advance()
        with kit_start(folder, course=course) as server, chromium() as browser:
            first, again = [], []
            for _round in range(rounds):
                _forget(folder, course)
                first.append(_open(browser, server))
                advance()
                again.append(_open(browser, server))
                advance()
    return DashboardBench(LEARNERS, _shown(first), _shown(again))


def _simulate(folder: Path) -> Path:
    course = folder / "class"
    command = [str(SCRIPTS / "kit"), "simulate", str(course), "--course", str(COURSE.parent)]
    done = subprocess.run(
        [*command, "--learners", str(LEARNERS)],
        env=environment(KIT_DATA=str(folder / "data")),
        capture_output=True,
        text=True,
        check=False,
        timeout=SIMULATED_WITHIN_SECONDS,
    )
    if done.returncode:
        raise NotMeasured(f"No class could be made: {done.stderr[-2000:]}")
    return course


def _forget(folder: Path, course: Path) -> None:
    """What was read of the class before."""
    shutil.rmtree(folder / "data" / "class", ignore_errors=True)
    for file in (course / "assignments").glob("class-progress.sqlite3*"):
        file.unlink()


def _open(browser: Browser, server: Server) -> dict[str, float]:
    with new_context(browser, within_ms=PAGE_WITHIN_MS) as context:
        page = context.new_page()
        page.add_init_script(NOTE_MOMENTS)
        try:
            page.goto(server.home_url())
            wait_until_quiet([server.pid])
            page.goto(f"{server.origin}/kit/class")
            page.wait_for_function("Object.keys(window.benchMoments).length === 4")
            seen: dict[str, float] = page.evaluate("window.benchMoments")
        except Error as error:
            raise NotMeasured(f"The class's page did not come: {error.message}") from error
    return seen


def _shown(openings: list[dict[str, float]]) -> Shown:
    taken = {name: spread([each[name] for each in openings]) for name in openings[0]}
    return Shown(**taken)
