"""A class opens a lesson at once: 30 and 100 learners within ten seconds, on one machine.

``kit start``, ``kit start --confine`` and a stock Jupyter Server with Voila (``servers.py``) serve
the same lesson, each from a fresh start, after one learner in a real Chromium who has left again
and has shown which scripts, styles and fonts the page asks for. Then the learners come, at random
moments that are the same for all servers. Each is a ``Visitor`` and does over HTTP and web sockets
what the page does, with an empty cache: reads the page, asks for its files meanwhile, then for its
kernel and the widgets there are, and hears what comes of its cells. One more, among them, uses
Chromium.

The lesson is usable when its last cell has run and all its checks have come. Stock Voila sends
the page while the cells run, so that it is usable, here, with its end; what a browser still has to
ask its kernel for is not counted. Who waits for two minutes has waited in vain, and is counted
with two minutes.

Visitors and Chromium run on the same machine, and take from the server what they need themselves:
the visitors little, Chromium only what is left over, so that it waits longer than others would.
To the kit all of them are the same person, with one store. Where memory gets short a crowd is sent
away: all who are not there yet have waited in vain.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event, Thread

import psutil
from playwright.sync_api import Browser, Error, Response

from bench.chromium import chromium, new_context
from bench.errors import NotMeasured
from bench.learner import WAITS_SECONDS, Learner, path_of
from bench.machine import (
    Memory,
    compile_code,
    cpu_seconds,
    folder_on_disk,
    memory_of,
    wait_until_quiet,
)
from bench.page import KERNEL
from bench.servers import Server, kit_start, stock_voila
from bench.spread import Spread, spread
from bench.visitor import Visitor

CROWDS = (30, 100)
COME_WITHIN_SECONDS = 10
SEED = 30
FREE_BYTES = 4 * 2**30
"""What is left of the machine's memory, at least."""

LOOK_EVERY_SECONDS = 0.5
LAST = 19
"""The lowest priority there is."""

FILES = {"script", "stylesheet", "font"}
FIRST_CHECK = "[data-check] button.kit-primary"


@dataclass(frozen=True)
class Way:
    """A server that is measured.

    Attributes:
        serve: starts it in a folder.
        runs_while_read: whether the cells run while the page is read, and not when it asks.
    """

    name: str
    serve: Callable[[Path], AbstractContextManager[Server]]
    runs_while_read: bool = False


KIT = Way("kit", kit_start)
CONFINED = Way("kit --confine", lambda folder: kit_start(folder, "--confine"))
STOCK = Way("stock Voila", stock_voila, runs_while_read=True)
WAYS = (KIT, CONFINED, STOCK)


@dataclass(frozen=True)
class Crowd:
    """So many learners at one server.

    Attributes:
        way: its name.
        usable: milliseconds from asking for the page until it is usable.
        in_vain: how many waited in vain, by why.
        in_chromium: milliseconds until the one in Chromium could answer the first check; None if
            that did not come.
        memory: of the server and all kernels, when everybody is there.
        cpu: seconds of a processor that they took.
        visitors_cpu: and the visitors.
    """

    way: str
    learners: int
    usable: Spread
    in_vain: dict[str, int]
    in_chromium: float | None
    memory: Memory
    cpu: float
    visitors_cpu: float


@dataclass(frozen=True)
class CrowdBench:
    """All crowds.

    Attributes:
        crowds: the smallest first, each at every server.
        left_out: servers that this machine cannot run, and why.
    """

    crowds: tuple[Crowd, ...]
    left_out: dict[str, str]


def steps(most: int) -> int:
    """How often ``measure_crowd`` calls ``advance``."""
    return len(WAYS) * sum(_counts(most))


def measure_crowd(most: int, advance: Callable[[], None]) -> CrowdBench:
    """Let crowds of 30 and 100 open the lesson, or one of ``most`` where that is fewer.

    Args:
        advance: called after each learner.

    Raises:
        NotMeasured: a server did not start, or did not serve the lesson to one alone.
    """
    compile_code()
    crowds, left_out = [], {}
    with chromium() as browser:
        _let_others_go_first()
        for count in _counts(most):
            for way in WAYS:
                try:
                    with folder_on_disk() as folder, way.serve(folder) as server:
                        crowds.append(_measure(browser, way, server, count, advance))
                except NotMeasured as fault:
                    if way is not CONFINED:  # which not every machine can
                        raise
                    left_out[way.name] = str(fault)
    return CrowdBench(tuple(crowds), left_out)


def _counts(most: int) -> tuple[int, ...]:
    return tuple(each for each in CROWDS if each <= most) or (most,)


def _measure(
    browser: Browser, way: Way, server: Server, count: int, advance: Callable[[], None]
) -> Crowd:
    with _in_chromium(browser, server) as alone:
        if alone.answerable is None:
            raise NotMeasured(f"{way.name} does not serve the lesson.")
        server.end_kernel(alone.kernel_id)
    wait_until_quiet([server.pid])
    learners = [
        Learner(Visitor(server), alone.files, way.runs_while_read) for _each in range(count)
    ]
    before, visitors_before = cpu_seconds([server.pid]), time.process_time()
    with _coming(learners, advance) as crowd:
        time.sleep(COME_WITHIN_SECONDS / 2)
        with _in_chromium(browser, server) as among:
            crowd.wait()
            used = cpu_seconds([server.pid]) - before
            visitors_used = time.process_time() - visitors_before
            memory = crowd.memory or memory_of([server.pid])
    there = [each.usable for each in learners if each.usable is not None]
    return Crowd(
        way=way.name,
        learners=count,
        usable=spread(there + [WAITS_SECONDS * 1000.0] * (count - len(there))),
        in_vain=dict(Counter(each.why_not for each in learners if each.usable is None)),
        in_chromium=among.answerable,
        memory=memory,
        cpu=round(used, 1),
        visitors_cpu=round(visitors_used, 1),
    )


def _let_others_go_first() -> None:
    """A browser that was started; on a learner's own machine it would hold up nobody."""
    for each in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess, OSError):
            each.nice(LAST)
            if os.getsid(each.pid) != os.getsid(0):  # Linux shares out a machine by session first
                Path(f"/proc/{each.pid}/autogroup").write_text(f"{LAST}", encoding="ascii")


# In Chromium -------------------------------------------------------------------------------------


@dataclass
class _Seen:
    """What one sees who uses Chromium.

    Attributes:
        answerable: see ``Crowd.in_chromium``.
        files: the paths of what the page asked for.
    """

    answerable: float | None = None
    kernel_id: str = ""
    files: list[str] = field(default_factory=list)


@contextmanager
def _in_chromium(browser: Browser, server: Server) -> Iterator[_Seen]:
    """One with an empty cache, from when the lesson can be answered until the block ends."""
    seen = _Seen()

    def on_response(response: Response) -> None:
        is_file = response.request.resource_type in FILES
        if is_file and response.ok and response.url.startswith(server.origin):
            seen.files.append(response.url.removeprefix(server.origin))

    with new_context(browser, within_ms=WAITS_SECONDS * 1000) as context:
        page = context.new_page()
        with suppress(Error):  # it waits in vain
            page.goto(f"{server.origin}/login?token={server.token}")
            page.on("response", on_response)
            began = time.perf_counter()
            page.goto(server.origin + path_of(server), wait_until="commit")
            page.locator(FIRST_CHECK).first.wait_for()
            seen.answerable = round((time.perf_counter() - began) * 1000, 1)
            seen.kernel_id = page.evaluate(KERNEL)
        yield seen


# The visitors -------------------------------------------------------------------------------------


@contextmanager
def _coming(learners: list[Learner], advance: Callable[[], None]) -> Iterator[_Coming]:
    """Learners on their way, who stay until the block ends.

    Raises:
        NotMeasured: they cannot even log in.
    """
    crowd = _Coming(learners, advance)
    crowd.start()
    try:
        yield crowd
    finally:
        crowd.end()
    if crowd.fault:
        raise NotMeasured(f"Nobody could log in: {crowd.fault}") from crowd.fault


class _Coming:
    """Learners in an event loop of their own: Playwright has the main thread.

    Attributes:
        memory: what the server held when it was ended, since memory was short.
    """

    def __init__(self, learners: list[Learner], advance: Callable[[], None]) -> None:
        self.memory: Memory | None = None
        self.fault: Exception | None = None
        self._learners, self._advance = learners, advance
        self._are_there, self._stop = Event(), Event()
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait(self) -> None:
        """Until nobody is on the way any more."""
        self._are_there.wait()

    def end(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._all())
        except Exception as error:  # the main thread tells it
            self.fault = error
        finally:
            self._are_there.set()

    async def _all(self) -> None:
        await asyncio.gather(*(each.visitor.log_in() for each in self._learners))
        moments = Random(SEED)
        pending = {
            asyncio.create_task(each.come(moments.uniform(0, COME_WITHIN_SECONDS), self._advance))
            for each in self._learners
        }
        while pending:
            _done, pending = await asyncio.wait(pending, timeout=LOOK_EVERY_SECONDS)
            if psutil.virtual_memory().available < FREE_BYTES:
                self._send_away(pending)
        self._are_there.set()
        while not self._stop.is_set():
            await asyncio.sleep(LOOK_EVERY_SECONDS)
        for each in self._learners:
            each.visitor.leave()

    def _send_away(self, pending: set[asyncio.Task[None]]) -> None:
        """Before the machine has no memory left: its kernels would go on growing."""
        for each in pending:
            each.cancel()
        if not self.memory:
            server = psutil.Process(self._learners[0].visitor.server.pid)
            self.memory = memory_of([server.pid])
            for process in [server, *server.children(recursive=True)]:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
