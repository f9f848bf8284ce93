"""A film goes on where it was after a reload, and after kill -9 of kernel and server."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from kit.events import Event
from kit.store import Store
from tests.conftest import LESSON, Server, Visit, wait_until
from tests.short_film import (
    film_lesson,
    is_paused,
    make_film,
    player,
    plays_past,
    press,
    shows,
    time_of,
)

pytestmark = pytest.mark.browser


@pytest.fixture
def course(course: Path, tmp_path: Path) -> Path:
    """The course, in which the lesson is a film that asks a question near its end."""
    film = tmp_path / "film.webm"
    make_film(film)
    film_lesson(course, film, shows(', checks={"0:30": checks.rows_are}'))
    return course


def watch(visit: Visit, server: Server) -> Locator:
    visit.page.goto(server.lesson_url)
    return player(visit.page)


def watched(data: Path) -> list[Event]:
    return [e for e in Store(data / "progress.sqlite3").events() if e.verb == "watched"]


def position_in(data: Path) -> float:
    """Where the film is, as the store has it."""
    return float(watched(data)[-1].result["position"])


PICTURE = """async (film) => {
  // A slow machine pauses on a picture that is late: ask for the one of this time.
  await new Promise((done) => {
    film.addEventListener("seeked", done, { once: true });
    film.currentTime = film.currentTime;
  });
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [film.videoWidth, film.videoHeight];
  canvas.getContext("2d").drawImage(film, 0, 0);
  return canvas.toDataURL();
}"""


def test_it_goes_on_where_it_was_after_every_end(visit: Visit, server: Server, data: Path) -> None:
    """After a reload it is the same picture; after kill -9 of the kernel and of the server the
    position is within a second, and nothing that was played is lost.
    """
    page = visit.page
    root = watch(visit, server)
    press(root, "play")
    plays_past(root, 2)
    press(root, "pause")
    picture, left = root.locator("video").evaluate(PICTURE), time_of(root)
    page.reload()
    root = player(page)
    wait_until(lambda: abs(time_of(root) - left) < 1e-3)
    expect(root.locator(".kit-media-foot")).to_contain_text("You were at 0:02")
    assert root.locator("video").evaluate(PICTURE) == picture

    (kernel,) = server.kernels()
    press(root, "play")
    kernel.kill()
    plays_past(root, left + 2)
    assert abs(position_in(data) - time_of(root)) < 1

    visit.watch.expected = True
    seen = time_of(root)
    server.kill()
    assert abs(position_in(data) - seen) < 1
    expect(root.get_by_text("Lesson Kit does not answer.")).to_be_visible()
    plays_past(root, seen + 2)
    root.locator("video").evaluate("film => film.pause()")
    left = time_of(root)
    ranges = root.locator("video").evaluate(
        "film => [...Array(film.played.length).keys()].map((at) => film.played.end(at))"
    )
    server.start()
    page.goto(server.url)
    visit.watch.expected = False
    root = watch(visit, server)
    wait_until(lambda: abs(time_of(root) - left) < 1e-3)
    wait_until(lambda: position_in(data) == pytest.approx(left, abs=1e-3))
    kept = [end for event in watched(data) for _start, end in event.result["segments"]]
    assert max(kept) == pytest.approx(max(ranges), abs=0.0011)


def test_a_film_plays_although_its_checks_cannot(
    visit: Visit, server: Server, course: Path
) -> None:
    """A mistake in checks.py takes the questions away, and not the film."""
    checks = course / "lessons" / LESSON / "checks.py"
    checks.write_text(checks.read_text() + '\nrows_are = text("?", answer="a", otherwise="b")\n')
    root = watch(visit, server)
    expect(visit.page.locator(".kit-problem").first).to_contain_text("'rows_are' is there twice")
    root.locator("video").evaluate("film => { film.currentTime = 29; }")
    press(root, "play")
    plays_past(root, 30.5)
    assert not is_paused(root)
    expect(visit.page.locator(".kit-problem:not(:empty)")).to_have_count(1)
