"""Thirty learners watch a film at once, each at its own speed of 1, while one answers checks.

``kit start`` serves a lesson and, beside its media, a file of five minutes at 1.5 Mbit/s. Each
player is a connection of its own that does what Chromium does: it asks for ``bytes=0-``, reads
ahead up to ten seconds through a small receive buffer and no further, plays what it has in real
time, and asks anew from where it is every ten seconds, as one does who seeks. It stalls when it
has nothing to play. Twice a second it tells the server what it has played, as the player in the
page does, with a session of its own. Meanwhile one Chromium has the lesson open and presses Check.

The players run on the same machine, and so take from the server what they need themselves; a
class brings its own computers.

Time to first frame is from the click on Play to the first frame that Chromium shows
(``requestVideoFrameCallback``), each time on a page that was opened anew.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from threading import Event, Thread
from urllib.parse import urlsplit

import psutil
from playwright.sync_api import Browser, Error, Page

from bench.chromium import chromium, new_context
from bench.errors import NotMeasured
from bench.machine import compile_code, folder_on_disk
from bench.press import answer, press_check, watch_presses
from bench.servers import COURSE, Server, kit_start
from bench.spread import Spread, spread
from kit.checks import load_checks
from kit.course import CHECKS_FILE, load_course
from kit.events import new_id

LESSON, FILM, CHECK = "01-meet-the-table", "media/meet-the-table.webm", "known_sex"
CROWDS = (0, 1, 10, 30)
SECONDS, BYTES_PER_SECOND = 300, 1_500_000 // 8
AHEAD_SECONDS, SEEK_EVERY_SECONDS, BEAT_SECONDS = 10, 10, 0.5
RECEIVE_BUFFER, CHUNK = 64 * 1024, 64 * 1024
BEGIN_WITHIN_SECONDS = 2.0
"""Players do not press Play in the same moment."""

BETWEEN_PRESSES_SECONDS = 0.5
FRAMES = 3
PAGE_WITHIN_MS = 60_000

FIRST_FRAME = """
(film) => new Promise((resolve) => {
  let began = 0;
  const onClick = (event) => { began = event.timeStamp; };
  document.addEventListener("click", onClick, { capture: true, once: true });
  film.requestVideoFrameCallback((now) => resolve(now - began));
  film.closest(".kit-media").querySelector("media-play-button").click();
})
"""


@dataclass(frozen=True)
class Crowd:
    """What was measured while so many watched.

    Attributes:
        players: how many.
        seconds: how long.
        stalls: how often one of them had nothing to play.
        first_byte: milliseconds from asking for a part of the film to its first byte.
        beats: milliseconds from telling what was played to the answer, which comes after fsync.
        check: milliseconds from pressing Check to the verdict.
        first_frame: milliseconds from pressing Play to the first frame.
        server_cpu, kernel_cpu: CPU seconds in each second.
        server_mb, kernel_mb: memory at the end (RSS).
    """

    players: int
    seconds: float
    stalls: int
    first_byte: Spread | None
    beats: Spread | None
    check: Spread
    first_frame: Spread
    server_cpu: float
    kernel_cpu: float
    server_mb: float
    kernel_mb: float


@dataclass(frozen=True)
class PlayersBench:
    """A crowd after the other, from nobody to thirty."""

    crowds: tuple[Crowd, ...]


def steps(presses: int) -> int:
    """How often ``measure_players`` calls ``advance``."""
    return len(CROWDS) * (presses + FRAMES)


def measure_players(presses: int, advance: Callable[[], None]) -> PlayersBench:
    """Let crowds watch, and press Check so many times meanwhile.

    Args:
        advance: called after each press, and after each first frame.

    Raises:
        NotMeasured: a page did not do its part, or the server refused a player.
    """
    compile_code()
    with folder_on_disk() as folder, kit_start(folder) as server, chromium() as browser:
        film = folder / "course" / "lessons" / LESSON / "media" / "bench.webm"
        film.write_bytes(os.urandom(SECONDS * BYTES_PER_SECOND))
        try:
            crowds = [_measure(browser, server, count, presses, advance) for count in CROWDS]
        except Error as error:
            raise NotMeasured(f"The lesson's page did not do its part: {error.message}") from error
    return PlayersBench(tuple(crowds))


def _measure(
    browser: Browser, server: Server, count: int, presses: int, advance: Callable[[], None]
) -> Crowd:
    with new_context(browser, within_ms=PAGE_WITHIN_MS) as context:
        page = context.new_page()
        watch_presses(page)
        page.goto(server.home_url())
        _open(page, server)
        with _watching(server, count) as players:
            began, before = time.perf_counter(), _cpu(server)
            check = list(_press(page, presses, advance))
            seconds, after = time.perf_counter() - began, _cpu(server)
            server_mb, kernel_mb = _memory(server)
            frames = [_first_frame(page, server, advance) for _ in range(FRAMES)]
    return Crowd(
        players=count,
        seconds=round(seconds, 1),
        stalls=sum(player.stalls for player in players),
        first_byte=_spread_of(players, "first_bytes"),
        beats=_spread_of(players, "beats"),
        check=spread(check),
        first_frame=spread(frames),
        server_cpu=round((after[0] - before[0]) / seconds, 2),
        kernel_cpu=round((after[1] - before[1]) / seconds, 2),
        server_mb=server_mb,
        kernel_mb=kernel_mb,
    )


def _spread_of(players: list[Player], figure: str) -> Spread | None:
    every = [each for player in players for each in getattr(player, figure)]
    return spread(every) if players else None


# The browser ------------------------------------------------------------------------------------


def _open(page: Page, server: Server) -> None:
    page.goto(server.origin + server.lesson.format(lesson=LESSON))
    page.locator(f'[data-check="{CHECK}"] button.kit-primary').wait_for()
    page.locator(".kit-media media-play-button").first.wait_for()


def _press(page: Page, presses: int, advance: Callable[[], None]) -> Iterator[float]:
    """The times of so many presses; the first of them, in which all is new, is not counted."""
    check = load_checks(load_course(COURSE).lesson(LESSON).folder / CHECKS_FILE)[CHECK]
    promised = cycle(each for each in check.examples() if each.outcome in {"passed", "failed"})
    root = page.locator(f'[data-check="{CHECK}"]')
    for number in range(presses + 1):
        example = next(promised)
        answer(root, check, str(example.answer))
        press = press_check(page, root)
        if press.outcome != example.outcome:
            raise NotMeasured(f"{CHECK} called {example.answer!r} {press.outcome}.")
        page.wait_for_timeout(BETWEEN_PRESSES_SECONDS * 1000)
        if number:
            yield press.milliseconds
            advance()


def _first_frame(page: Page, server: Server, advance: Callable[[], None]) -> float:
    _open(page, server)
    milliseconds = page.locator(".kit-media video").first.evaluate(FIRST_FRAME)
    advance()
    return float(milliseconds)


# The processes ----------------------------------------------------------------------------------


def _cpu(server: Server) -> tuple[float, float]:
    """CPU seconds of the server, and of its kernels."""
    own, kernels = _processes(server)
    return _seconds(own), sum(map(_seconds, kernels))


def _memory(server: Server) -> tuple[float, float]:
    """Megabytes of the server, and of its largest kernel: that of the page that is open."""
    own, kernels = _processes(server)
    return _megabytes(own), max(map(_megabytes, kernels), default=0.0)


def _processes(server: Server) -> tuple[psutil.Process, list[psutil.Process]]:
    own = psutil.Process(server.pid)
    return own, own.children(recursive=True)


def _seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return times.user + times.system


def _megabytes(process: psutil.Process) -> float:
    try:
        return round(process.memory_info().rss / 2**20, 1)
    except psutil.NoSuchProcess:
        return 0.0


# The players ------------------------------------------------------------------------------------


@contextmanager
def _watching(server: Server, count: int) -> Iterator[list[Player]]:
    """So many players, from when all of them play until the block ends.

    Raises:
        NotMeasured: one of them was refused.
    """
    players = [Player(server, number) for number in range(count)]
    crowd = _InBackground(players)
    crowd.start()
    try:
        crowd.wait_until_all_play()
        yield players
    finally:
        crowd.end()
    if crowd.fault:
        raise NotMeasured(f"A player could not go on: {crowd.fault}") from crowd.fault


class _InBackground:
    """Players in an event loop of their own: Playwright has the main thread."""

    def __init__(self, players: list[Player]) -> None:
        self.fault: Exception | None = None
        self._players = players
        self._stop = Event()
        self._thread = Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wait_until_all_play(self) -> None:
        while self._thread.is_alive() and not all(player.began for player in self._players):
            time.sleep(0.05)

    def end(self) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._all())
        except Exception as error:  # the main thread tells it
            self.fault = error

    async def _all(self) -> None:
        work = [
            asyncio.create_task(each)
            for player in self._players
            for each in (player.watch(), player.tell())
        ]
        while not self._stop.is_set():
            done = [task for task in work if task.done()]
            if done:
                done[0].result()
            await asyncio.sleep(0.1)
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)


@dataclass
class Player:
    """One who watches.

    Attributes:
        began: when it had something to play, or 0.
        stalls: how often it had nothing.
        first_bytes, beats: see ``Crowd``.
    """

    server: Server
    number: int
    began: float = 0.0
    stalls: int = 0
    first_bytes: list[float] = field(default_factory=list)
    beats: list[float] = field(default_factory=list)
    _stood: float = 0.0
    _had: int = 0

    @property
    def position(self) -> float:
        """Where it is, in seconds of the film."""
        return time.perf_counter() - self.began - self._stood if self.began else 0.0

    async def watch(self) -> None:
        """Read as one who plays in real time."""
        await asyncio.sleep(BEGIN_WITHIN_SECONDS * self.number / max(CROWDS))
        while self._had < SECONDS * BYTES_PER_SECOND:
            place = self.position
            reader, writer = await self._connect()
            try:
                await self._ask(writer, reader)
                self._stood += self.position - place  # one who seeks waits for the first picture
                while self.position < place + SEEK_EVERY_SECONDS:
                    await self._read(reader)
            finally:
                writer.close()
            # What was read ahead is asked for again, as by one who seeks.
            self._had = int(self.position * BYTES_PER_SECOND)

    async def _ask(self, writer: asyncio.StreamWriter, reader: asyncio.StreamReader) -> None:
        path = f"/kit/media/{LESSON}/media/bench.webm"
        writer.write(self._head("GET", path, f"Range: bytes={self._had}-").encode())
        asked = time.perf_counter()
        head = await reader.readuntil(b"\r\n\r\n")
        if head.split()[1] not in {b"200", b"206"}:
            raise NotMeasured(f"The film was answered with {head[:200]!r}.")
        await self._take(reader)
        self.first_bytes.append((time.perf_counter() - asked) * 1000)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        had = self._had / BYTES_PER_SECOND
        if had - self.position > AHEAD_SECONDS:
            await asyncio.sleep(0.1)
            return
        await self._take(reader)
        if (lacked := self.position - had) > 0:
            self.stalls += 1
            self._stood += lacked
        if not self.began and self._had > BYTES_PER_SECOND:
            self.began = time.perf_counter()

    async def _take(self, reader: asyncio.StreamReader) -> None:
        part = await reader.read(CHUNK)
        if not part:
            raise NotMeasured("The server closed the connection of a player.")
        self._had += len(part)

    async def tell(self) -> None:
        """Say twice a second what was played."""
        reader, writer = await self._connect()
        span, start, told = new_id(), 0.0, 0.0
        session = new_id()
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            if not self.began:
                continue
            position = round(self.position, 3)
            body = {
                "id": span, "session": session, "segments": [[start, position]],
                "position": position, "duration": SECONDS, "rate": 1,
            }  # fmt: skip
            closed = await self._post(reader, writer, {"item": FILM, "spans": [body]})
            if closed:  # an answer was given meanwhile: the rest is another event
                span, start = new_id(), told
            else:
                told = position

    async def _post(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, message: object
    ) -> list[str]:
        body = json.dumps(message)
        head = self._head("POST", f"/kit/api/played/{LESSON}", f"Content-Length: {len(body)}")
        asked = time.perf_counter()
        writer.write((head + body).encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        lines = answer.decode().lower().split("\r\n")
        (length,) = [line.split(":")[1] for line in lines if line.startswith("content-length:")]
        said = await reader.readexactly(int(length))
        self.beats.append((time.perf_counter() - asked) * 1000)
        if not answer.startswith(b"HTTP/1.1 200"):
            raise NotMeasured(f"What was played was answered with {said[:200]!r}.")
        closed: list[str] = json.loads(said)["closed"]
        return closed

    async def _connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        plain = socket.socket()
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        plain.setblocking(False)
        address = urlsplit(self.server.origin)
        await asyncio.get_running_loop().sock_connect(plain, (address.hostname, address.port))
        return await asyncio.open_connection(sock=plain, limit=RECEIVE_BUFFER)

    def _head(self, method: str, path: str, *more: str) -> str:
        own = (f"Host: {urlsplit(self.server.origin).netloc}",
               f"Authorization: token {self.server.token}", *more, "", "")  # fmt: skip
        return "\r\n".join((f"{method} {path} HTTP/1.1", *own))
