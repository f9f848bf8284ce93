"""From pressing Check to the feedback, in the app, for each kind of check.

A lesson served by ``kit start`` is opened in Chromium and left until all its cells have run.
Then the first check of each kind is answered and Check is pressed, the kinds in turns. The
answers are the ones that the course promises to pass and to fail (``Check.examples``), one after
the other, so that every press brings another verdict; a verdict that is not the promised one
ends the bench. How a press is timed is said in ``press.py``. In each time are the way from the
browser through the server to the kernel and back, the judging, and the answer written to the
disk with fsync. The journal grows by one answer per press, as it does for a learner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle, islice

from playwright.sync_api import Error, Page

from bench.chromium import chromium, new_context
from bench.errors import NotMeasured
from bench.machine import compile_code, folder_on_disk, wait_until_quiet
from bench.press import answer, press_check, watch_presses
from bench.servers import COURSE, Server, kit_start
from bench.spread import Spread, spread
from kit.checks import Check, load_checks
from kit.checks.code_check import CodeCheck
from kit.course import CHECKS_FILE, load_course

LESSON = "01-meet-the-table"
KINDS = ("choice", "number", "text", "code", "table")
PAGE_WITHIN_MS = 60_000


@dataclass(frozen=True)
class FeedbackBench:
    """Milliseconds from Check to feedback.

    Attributes:
        presses: of each kind.
        kinds: by kind of check.
        overall: of all presses together.
    """

    lesson: str
    presses: int
    kinds: dict[str, Spread]
    overall: Spread


def steps(presses: int) -> int:
    """How often ``measure_feedback`` calls ``advance``."""
    return presses * len(KINDS)


def measure_feedback(presses: int, advance: Callable[[], None]) -> FeedbackBench:
    """Press Check so many times for each kind.

    Args:
        advance: called after each press.

    Raises:
        NotMeasured: the lesson has no check of a kind, the page did not come, or a verdict did
            not come or was not the promised one.
    """
    compile_code()
    checks = _one_of_each_kind()
    with (
        folder_on_disk() as folder,
        kit_start(folder) as server,
        chromium() as browser,
        new_context(browser, within_ms=PAGE_WITHIN_MS) as context,
    ):
        page = context.new_page()
        try:
            _open(page, server, checks)
            times = _press(page, checks, presses, advance)
        except Error as error:
            raise NotMeasured(f"The lesson's page did not do its part: {error.message}") from error
    kinds = {kind: spread(values) for kind, values in times.items()}
    every = [each for values in times.values() for each in values]
    return FeedbackBench(LESSON, presses, kinds, spread(every))


def _one_of_each_kind() -> dict[str, Check]:
    """The lesson's first check of each kind."""
    lesson = load_course(COURSE).lesson(LESSON)
    checks = load_checks(lesson.folder / CHECKS_FILE)
    found: dict[str, Check] = {}
    for check_id in lesson.check_ids:
        found.setdefault(checks[check_id].kind, checks[check_id])
    if missing := set(KINDS) - set(found):
        raise NotMeasured(f"{LESSON} has no check of the kind {', '.join(sorted(missing))}.")
    return {kind: found[kind] for kind in KINDS}


def _open(page: Page, server: Server, checks: dict[str, Check]) -> None:
    watch_presses(page)
    page.goto(server.home_url())
    page.goto(server.origin + server.lesson.format(lesson=LESSON))
    for check in checks.values():
        root = page.locator(f'[data-check="{check.id}"]')
        root.locator("button.kit-primary").wait_for()
        if isinstance(check, CodeCheck):
            root.locator(".cm-content").wait_for()
    wait_until_quiet([server.pid])  # the lesson's last cells have run


def _press(
    page: Page, checks: dict[str, Check], presses: int, advance: Callable[[], None]
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {kind: [] for kind in checks}
    promised = {
        kind: [each for each in check.examples() if each.outcome in {"passed", "failed"}]
        for kind, check in checks.items()
    }
    rounds = zip(*(islice(cycle(promised[kind]), presses) for kind in checks), strict=True)
    for examples in rounds:
        for (kind, check), example in zip(checks.items(), examples, strict=True):
            root = page.locator(f'[data-check="{check.id}"]')
            answer(root, check, str(example.answer))
            press = press_check(page, root)
            if press.outcome != example.outcome:
                said = f"{check.id} called the answer {example.answer!r} {press.outcome}"
                raise NotMeasured(f"{said}; the course promises {example.outcome}.")
            times[kind].append(press.milliseconds)
            advance()
    return times
