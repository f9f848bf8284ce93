"""A learner watches a film in the app: plays, seeks, reads, searches, answers, and comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from kit.checks import load_checks
from kit.course import load_course
from kit.events import Event
from kit.played import segments_of, union
from kit.progress import fold
from kit.store import Store
from tests.accessibility import violations
from tests.conftest import Server, Visit, copy_course, free_port, own_data, serving, wait_until
from tests.learner import expect_verdict, give, press_check
from tests.short_film import (
    FILM,
    LINES,
    SECONDS,
    film_lesson,
    is_paused,
    make_film,
    open_details,
    player,
    plays_past,
    press,
    shows,
    time_of,
)

pytestmark = pytest.mark.browser
ASKING = shows(', checks={"0:02": checks.rows_are, 30: checks.known_sex}')


@pytest.fixture(scope="module")
def films(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Server]:
    """`kit start` of the course, to which each test adds a lesson of its own."""
    folder = tmp_path_factory.mktemp("films")
    with pytest.MonkeyPatch.context() as patch:
        own_data(folder, patch)
        running = Server(copy_course(folder), folder / "server.log", free_port())
        with serving(running, request) as server:
            yield server


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("film") / "short.webm"
    make_film(path)
    return path


@pytest.fixture
def server(films: Server) -> Server:
    return films


@pytest.fixture
def lesson(films: Server, film: Path, request: pytest.FixtureRequest) -> str:
    """A lesson that shows the film; a test may say by which code."""
    name = re.sub(r"\W+", "-", request.node.name.split("from kit")[0]).strip("-")
    film_lesson(films.course, film, getattr(request, "param", ASKING), name)
    return name


def watch(visit: Visit, server: Server, lesson: str, more: str = "") -> Locator:
    visit.page.goto(f"{server.base}/kit/lesson/{lesson}{more}")
    return player(visit.page)


def events(lesson: str, verb: str) -> list[Event]:
    return [event for event in Store().events(lesson=lesson) if event.verb == verb]


def position_in(lesson: str) -> float:
    """Where the film is, as the store has it."""
    return float(events(lesson, "watched")[-1].result["position"])


def at(root: Locator, seconds: float) -> bool:
    """Whether the film is just inside what begins there."""
    return seconds <= time_of(root) <= seconds + 0.002


def line(root: Locator, number: int) -> Locator:
    return root.locator(".kit-media-lines button").nth(number)


@pytest.mark.parametrize("lesson", [shows()], indirect=True)
def test_play_pause_and_the_transcript(visit: Visit, server: Server, lesson: str) -> None:
    """It plays and pauses; a line of the transcript leads to its second; the spoken one is marked;
    a search shows the lines that have the word.
    """
    root = watch(visit, server, lesson)
    press(root, "play")
    plays_past(root, 0.5)
    open_details(root, "Transcript")
    expect(line(root, 0)).to_have_attribute("aria-current", "true")
    press(root, "pause")
    assert is_paused(root)
    line(root, 4).click()
    wait_until(lambda: at(root, 20))
    expect(line(root, 4)).to_have_attribute("aria-current", "true")
    expect(line(root, 0)).not_to_have_attribute("aria-current", "true")
    root.get_by_label("Search the transcript").fill("PENGUIN")
    expect(root.locator(".kit-media-lines li:visible")).to_have_count(2)
    expect(root.get_by_text("2 lines found")).to_be_visible()
    expect(root.locator("mark").first).to_have_text("penguin")
    root.locator(".kit-media-lines button:visible").nth(1).click()
    wait_until(lambda: at(root, 15))
    press(root, "10 seconds on")
    wait_until(lambda: at(root, 25))
    press(root, "10 seconds back")
    wait_until(lambda: at(root, 15))
    wait_until(lambda: position_in(lesson) == pytest.approx(15, abs=0.002))
    played = [
        segment for event in events(lesson, "watched") for segment in event.result["segments"]
    ]
    assert sum(end - start for start, end in played) < 5, "seeking does not count as watching"
    assert visit.watch.outside == []
    assert visit.watch.complaints == []


@pytest.mark.parametrize("lesson", [shows()], indirect=True)
def test_captions_chapters_and_a_speed_that_stays(
    visit: Visit, server: Server, film: Path, lesson: str
) -> None:
    """Captions in two languages or none; a chapter is gone to; speed and captions are those of the
    next lesson too.
    """
    second = f"{lesson}-too"
    film_lesson(server.course, film, shows(), second)
    root = watch(visit, server, lesson)
    showing = "film => [...film.textTracks].find((each) => each.mode === 'showing')?.language"
    video = root.locator("video")
    assert video.evaluate(showing) == "en"
    root.get_by_label("Captions").select_option("Deutsch")
    assert video.evaluate(showing) == "de"
    open_details(root, "Transcript")
    expect(line(root, 1)).to_contain_text("Satz 2.")
    root.get_by_label("Chapter").select_option("Counting")
    wait_until(lambda: at(root, 20))
    cues = (
        "film => [...film.textTracks].find((each) => each.mode === 'showing').activeCues[0]?.text"
    )
    wait_until(lambda: video.evaluate(cues) == "Satz 5.")
    root.get_by_label("Speed").select_option("1.5×")
    assert video.evaluate("film => film.playbackRate") == 1.5

    root = watch(visit, server, second)
    expect(root.get_by_label("Speed")).to_have_value("1.5")
    expect(root.get_by_label("Captions")).to_have_value("de")
    assert root.locator("video").evaluate("film => film.playbackRate") == 1.5
    root.get_by_label("Captions").select_option("Off")
    assert root.locator("video").evaluate(showing) is None
    assert visit.watch.complaints == []


def ask(root: Locator) -> Locator:
    """The question that the film asks now."""
    panel = root.get_by_role("group", name=re.compile("Question at"))
    expect(panel).to_be_visible()
    return panel


def test_a_check_in_the_film(visit: Visit, server: Server, lesson: str) -> None:
    """The film stops and asks; wrong, then right; it is the check of the text and of the log; the
    film goes on, and does not ask again.
    """
    check = load_checks(server.course / "lessons" / lesson / "checks.py")["rows_are"]
    examples = list(check.examples())
    wrong = next(each.answer for each in examples if each.outcome == "failed")
    right = next(each.answer for each in examples if each.outcome == "passed")
    root = watch(visit, server, lesson)
    press(root, "play")
    panel = ask(root)
    assert is_paused(root)
    assert 2 <= time_of(root) < 2.6
    expect(panel.get_by_text("Question at 0:02")).to_be_focused()
    inside = panel.locator('[data-check="rows_are"]')
    in_text = visit.page.locator('.kit-cell > * > * [data-check="rows_are"]').last
    for answer, verdict in ((wrong, "Not yet"), (right, "Right")):
        give(visit.page, inside, check, answer)
        press_check(inside)
        expect_verdict(inside, verdict)
        expect_verdict(in_text, verdict)
    expect(panel.get_by_role("button", name="Skip this question")).to_be_hidden()
    panel.get_by_role("button", name="Go on").click()
    expect(panel).to_be_hidden()
    expect(root.locator("media-play-button")).to_be_focused()
    plays_past(root, 3)
    answered = [(event.item, event.result["outcome"]) for event in events(lesson, "answered")]
    assert answered == [("rows_are", "failed"), ("rows_are", "passed")]

    open_details(root, "Transcript")
    line(root, 0).click()
    plays_past(root, 2.6)
    assert not is_paused(root), "what was passed is not asked again"
    open_details(root, "Questions in this video")
    expect(root.locator(".kit-media-asks li").first).to_contain_text("right")
    assert visit.watch.complaints == []


def test_a_question_may_be_skipped_and_answered_later(
    visit: Visit, server: Server, lesson: str
) -> None:
    """Skipping is recorded and the film goes on; the list has the question: no need to watch."""
    root = watch(visit, server, lesson)
    press(root, "play")
    ask(root).get_by_role("button", name="Skip this question").click()
    plays_past(root, 3)
    press(root, "pause")
    wait_until(lambda: events(lesson, "skipped"))
    (skipped,) = events(lesson, "skipped")
    assert (skipped.item, skipped.result) == ("rows_are", {"video": FILM, "at": 2.0})
    root = watch(visit, server, lesson)
    open_details(root, "Questions in this video")
    rows = root.locator(".kit-media-asks li")
    expect(rows.first).to_contain_text("skipped")
    expect(rows.last).to_contain_text("not answered yet")
    rows.last.get_by_role("button").click()
    panel = ask(root)
    expect(panel.locator('[data-check="known_sex"]')).to_be_visible()
    panel.get_by_role("button", name="Close").click()
    expect(rows.last.get_by_role("button")).to_be_focused()
    assert is_paused(root)


@pytest.mark.parametrize("lesson", [shows()], indirect=True)
def test_what_is_kept_is_what_the_browser_played(visit: Visit, server: Server, lesson: str) -> None:
    """Through seeks and speeds, the store and the browser's own list agree to the millisecond."""
    root = watch(visit, server, lesson)
    root.locator("video").evaluate("film => { film.muted = true; }")
    press(root, "play")
    speed = root.get_by_label("Speed")
    for to, rate in ((20, "2×"), (5, "0.5×"), (21, "1.25×"), (0, "1×")):
        before = time_of(root)
        plays_past(root, before + 0.7)
        speed.select_option(rate)
        root.locator("video").evaluate("(film, to) => { film.currentTime = to; }", to)
    plays_past(root, 0.5)
    press(root, "pause")
    played: list[list[float]] = root.locator("video").evaluate(
        "film => [...Array(film.played.length).keys()].map("
        "(at) => [film.played.start(at), film.played.end(at)])"
    )
    wait_until(
        lambda: (
            state_of(visit.page, server, lesson)["position"]
            == pytest.approx(time_of(root), abs=1e-3)
        )
    )
    kept = fold(Store().events(lesson=lesson))[lesson].item(FILM).segments
    assert len(kept) == len(played)
    for own, browsers in zip(kept, played, strict=True):
        assert own == pytest.approx(browsers, abs=0.00051)


def state_of(page: Page, server: Server, lesson: str) -> dict[str, Any]:
    url = f"{server.base}/kit/api/played/{lesson}?item={FILM}"
    return dict(page.request.get(url).json())


@pytest.mark.parametrize("lesson", [shows(", watched=0.1")], indirect=True)
def test_what_was_watched_is_shown(visit: Visit, server: Server, lesson: str) -> None:
    """How much was watched is said in words, drawn under the time line, and told in a table."""
    root = watch(visit, server, lesson)
    root.get_by_label("Speed").select_option("2×")
    press(root, "play")
    expect(root.locator(".kit-media-foot")).to_contain_text("% watched")
    plays_past(root, SECONDS * 0.11)
    expect(root.locator(".kit-media-watched")).to_have_text("Watched")
    press(root, "pause")
    expect(root.locator(".kit-media-strip span")).to_have_count(1)
    open_details(root, "what you have watched")
    expect(root.locator(".kit-media-passes")).to_contain_text("0:00–0:0")
    link = root.get_by_role("link", name=re.compile("Download"))
    assert link.get_attribute("download") == "short.webm"


def test_by_keyboard_alone(visit: Visit, server: Server, lesson: str) -> None:
    """Play, skip, search, go to a line, answer and go on, without a mouse."""
    page = visit.page
    root = watch(visit, server, lesson)
    tab_until(page, lambda: in_focus(page) == "media-play-button")
    page.keyboard.press("Space")
    panel = ask(root)
    expect(panel.get_by_text("Question at 0:02")).to_be_focused()
    tab_until(page, lambda: "Skip this question" in focused_text(page))
    page.keyboard.press("Enter")
    plays_past(root, 2.7)
    page.keyboard.press("k")
    wait_until(lambda: is_paused(root))
    page.keyboard.press("l")
    wait_until(lambda: time_of(root) > 12)
    page.keyboard.press("c")
    expect(root.get_by_label("Captions")).to_have_value("")
    page.keyboard.press(">")
    expect(root.get_by_label("Speed")).to_have_value("1.25")
    tab_until(page, lambda: focused_text(page) == "Transcript")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("gap")
    assert is_paused(root), "what is typed is no command"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_until(lambda: at(root, 5 * LINES.index("A gap is not a zero.")))
    page.keyboard.press("Tab")
    assert focused_text(page).startswith("Keys, download")


def tab_until(page: Page, arrived: Any, limit: int = 60) -> None:
    for _ in range(limit):
        if arrived():
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached; the focus is on {focused_text(page)!r}")


def in_focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.localName"))


def focused_text(page: Page) -> str:
    return str(page.evaluate("(document.activeElement.textContent || '').trim()"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(visit: Visit, server: Server, lesson: str, scheme: str) -> None:
    """With the question, the transcript and all lists open, on a telephone too."""
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    if scheme == "dark":
        page.set_viewport_size({"width": 390, "height": 844})
    root = watch(visit, server, lesson)
    for name in ("Questions in this video", "Transcript", "Keys, download"):
        open_details(root, name)
    press(root, "play")
    ask(root).get_by_role("button", name="Check", exact=True).wait_for()
    assert violations(page) == []
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1], "nothing is wider than the page"


@pytest.mark.parametrize("lesson", [shows()], indirect=True)
def test_nothing_moves_when_the_controls_come(visit: Visit, server: Server, lesson: str) -> None:
    """The picture and the bars have their room before they are loaded."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route("**/vendor/player.js", hold)
    visit.page.goto(f"{server.base}/kit/lesson/{lesson}")
    below = visit.page.locator(".kit-media-transcript")
    expect(below).to_be_visible()
    wait_until(lambda: held)
    top = "node => node.getBoundingClientRect().top - "
    top += "document.querySelector('.kit-media').getBoundingClientRect().top"
    before = below.evaluate(top)
    held[0].continue_()
    player(visit.page)
    assert below.evaluate(top) == before


def test_an_address_leads_to_its_second(visit: Visit, server: Server, lesson: str) -> None:
    """A hit of the library opens the film there; it does not play, and that is no watching."""
    root = watch(visit, server, lesson, f"?play={FILM}&t=12.5#film")
    wait_until(lambda: time_of(root) == 12.5)
    visit.page.evaluate(
        "item => window.dispatchEvent(new CustomEvent('kit:seek', { detail: { item, time: 21 } }))",
        FILM,
    )
    wait_until(lambda: time_of(root) == 21)
    assert is_paused(root)
    assert events(lesson, "watched") == []


@pytest.mark.parametrize("lesson", [shows(kind="Audio")], indirect=True)
def test_a_sound(visit: Visit, server: Server, lesson: str) -> None:
    """A sound has the same controls and no picture; its captions are a line of text."""
    root = watch(visit, server, lesson)
    press(root, "play")
    expect(root.locator(".kit-media-caption")).to_have_text(LINES[0])
    press(root, "pause")
    expect(root.get_by_role("button", name="in a window of its own")).to_have_count(0)
    expect(root.locator("audio")).to_have_count(1)
    assert visit.watch.complaints == []


def hide_server(page: Page) -> None:
    """Let the player find no server of ours, as in VS Code."""
    page.add_init_script(
        "const find = Document.prototype.getElementById;"
        "Document.prototype.getElementById = function (id) {"
        "  const ours = id === 'jupyter-config-data' && new Error().stack.includes('serverUrl');"
        "  return ours ? null : find.call(this, id); };"
    )


def test_where_no_server_gives_out_files(visit: Visit, server: Server, lesson: str) -> None:
    """As in VS Code: the film comes through the lesson's code, and what is played goes there."""
    hide_server(visit.page)
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.page.goto(f"{server.base}/kit/lesson/{lesson}")
    root = visit.page.locator(".kit-media")
    video = root.locator("video")
    wait_until(lambda: video.evaluate("film => film.readyState") >= 1)
    assert video.evaluate("film => film.currentSrc").startswith("blob:")
    assert video.get_attribute("controls") is not None
    video.evaluate("film => { film.muted = true; return film.play(); }")
    ask(root).get_by_role("button", name="Skip this question").click()
    plays_past(root, 2.7)
    video.evaluate("film => film.pause()")
    wait_until(lambda: position_in(lesson) > 2.6)
    assert [event.item for event in events(lesson, "skipped")] == ["rows_are"]
    assert not [url for url in asked if "/kit/media/" in url or "/kit/api/played" in url]


@pytest.mark.parametrize("lesson", [shows()], indirect=True)
@pytest.mark.parametrize("served", [True, False])
def test_what_is_refused_does_not_hold_up_the_rest(
    visit: Visit, server: Server, lesson: str, *, served: bool
) -> None:
    """An earlier visit left what nobody can keep; what is played now is kept all the same."""
    page = visit.page
    if not served:
        hide_server(page)
    place = f"{load_course(server.course / 'lessons').id}/{lesson}/{FILM}/"
    left = [{"id": "nonsense", "segments": [[0, 5]], "position": 5}]
    page.evaluate(
        "([key, value]) => localStorage.setItem(key, value)",
        [f"kit-unsent/{place}", json.dumps(left)],
    )
    page.goto(f"{server.base}/kit/lesson/{lesson}")
    root = page.locator(".kit-media")
    expect(root.get_by_text("The field 'id' is not what a player sends.")).to_be_visible()
    video = root.locator("video")
    video.evaluate("film => { film.muted = true; return film.play(); }")
    plays_past(root, 1)
    wait_until(lambda: events(lesson, "watched"), what="nothing was kept")
    assert "nonsense" not in page.evaluate("JSON.stringify(localStorage)")


@pytest.mark.parametrize("lesson", [shows()], indirect=True)
def test_two_tabs_keep_what_each_has_played_while_nothing_can_be_saved(
    visit: Visit, server: Server, lesson: str
) -> None:
    """And while the course's file cannot be read: it may just be being saved."""
    listed = server.course / "lessons" / "course.toml"
    good = listed.read_text()
    tabs = [visit.page, visit.page.context.new_page()]
    for page, begins in zip(tabs, (1, 20), strict=True):
        page.goto(f"{server.base}/kit/lesson/{lesson}")
        player(page).locator("video").evaluate(
            "(film, at) => { film.muted = true; film.currentTime = at; }", begins
        )
    visit.watch.expected = True
    listed.write_text("no TOML")
    for page, begins in zip(tabs, (1, 20), strict=True):
        press(player(page), "play")
        plays_past(player(page), begins + 1)
        press(player(page), "pause")
        expect(player(page).get_by_text("course.toml is not valid TOML")).to_be_visible()
    for page in tabs:
        page.goto(f"{server.base}/kit/api/alive")
    listed.write_text(good)
    watch(visit, server, lesson)
    for begins in (1, 20):
        wait_until(lambda begins=begins: has_played(lesson, begins + 0.1, begins + 0.9))
    assert (
        visit.page.evaluate(
            "Object.keys(localStorage).filter(key => key.startsWith('kit-unsent/'))"
        )
        == []
    )
    tabs[1].close()


def has_played(lesson: str, start: float, end: float) -> bool:
    """Whether the store has all of this stretch."""
    spans = union(s for event in events(lesson, "watched") for s in segments_of(event.result))
    return any(first <= start and end <= last for first, last in spans)


@pytest.mark.parametrize("lesson", [shows()], indirect=True)
def test_a_window_of_its_own_and_the_full_screen(visit: Visit, server: Server, lesson: str) -> None:
    """Picture in picture and back; the full screen holds the questions and the transcript, too."""
    root = watch(visit, server, lesson)
    press(root, "play")
    plays_past(root, 0.2)
    for button, out in (("in a window of its own", "VIDEO"), ("back into the page", "")):
        press(root, button)
        wait_until(lambda out=out: name_of(visit.page, "pictureInPictureElement") == out)
    assert not is_paused(root)
    for full, offers in (("DIV", "leave full screen"), ("", "full screen")):
        visit.page.keyboard.press("f")
        wait_until(lambda full=full: name_of(visit.page, "fullscreenElement") == full)
        # The controls know it a moment later; until then the key would ask for the same again.
        expect(root.get_by_role("button", name=offers, exact=True)).to_be_visible()
    assert not is_paused(root)


def name_of(page: Page, element: str) -> str:
    return str(page.evaluate(f"document.{element}?.tagName ?? ''"))
