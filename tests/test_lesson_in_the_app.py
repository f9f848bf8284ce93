"""A student works through the whole lesson in the Voila app, and nothing acknowledged is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from kit.checks import Check
from kit.checks.code_check import CodeCheck
from kit.course import load_course
from kit.store import Store
from tests.accessibility import assert_accessible
from tests.conftest import LESSON, Server, Visit, wait_until
from tests.learner import (
    check_root,
    expect_restored,
    expect_verdict,
    give,
    learn,
    press_check,
    tasks_of,
)

pytestmark = pytest.mark.browser


def open_lesson(visit: Visit, server: Server) -> None:
    visit.page.goto(server.lesson_url)
    ready(visit)


def ready(visit: Visit) -> None:
    """The last check of the lesson can be answered."""
    expect(visit.page.locator(".kit-check").last).to_be_visible()
    expect(visit.page.locator(".kit-check")).to_have_count(9)


def test_whole_lesson_with_kernel_and_server_killed(
    visit: Visit, server: Server, course: Path, data: Path
) -> None:
    """Wrong, hint, right at every check; a killed kernel and a killed server lose nothing."""
    page = visit.page
    tasks = tasks_of(course / "lessons" / LESSON)
    page.get_by_role("link", name=re.compile("Start:")).click()
    ready(visit)
    for task in tasks[:3]:
        learn(page, task)

    (kernel,) = server.kernels()
    kernel.kill()
    expect(page.locator(".kit-banner")).to_contain_text("code has stopped")
    page.get_by_role("button", name="Start it again").click()
    ready(visit)
    for task in tasks[:3]:
        expect_restored(page, task)
    for task in tasks[3:6]:
        learn(page, task)

    half_typed = check_root(page, tasks[7].check.id)
    give(page, half_typed, tasks[7].check, "half a thou")
    visit.watch.expected = True
    server.kill()
    expect(page.locator(".kit-banner")).to_contain_text("Lesson Kit does not answer")
    server.start()
    expect(page.locator(".kit-banner")).to_contain_text("Lesson Kit is back")
    page.get_by_role("button", name="Start it again").click()
    ready(visit)
    visit.watch.expected = False
    for task in tasks[:6]:
        expect_restored(page, task)
    expect(check_root(page, tasks[7].check.id).locator("input")).to_have_value("half a thou")
    for task in tasks[6:]:
        learn(page, task)

    expect(page.locator(".kit-outline-done")).to_have_text("9 of 9 checks")
    page.locator(".kit-home").click()
    expect(page.locator(".kit-lessons")).to_contain_text("9 of 9 checks")
    expect(page.locator(".kit-lessons")).to_contain_text("Finished")
    events = Store(data / "progress.sqlite3").events(lesson=LESSON)
    answers = [(e.item, e.result["outcome"]) for e in events if e.verb == "answered"]
    assert answers == [
        (task.check.id, outcome) for task in tasks for outcome in ("failed", "passed")
    ]
    assert visit.watch.outside == []
    assert visit.watch.complaints == []


def test_whole_lesson_by_keyboard_alone(visit: Visit, server: Server, course: Path) -> None:
    """From Home to the last check without a mouse, and out of every editor again."""
    page = visit.page
    tab_to(visit, lambda: focused_text(visit).startswith("Start:"))
    page.keyboard.press("Enter")
    ready(visit)
    for task in tasks_of(course / "lessons" / LESSON):
        root = check_root(page, task.check.id)
        tab_to(visit, partial(focus_is_in, root, "input, .cm-content"))
        if task.check.kind == "choice":
            wanted = task.check.form()["options"].index(task.right.strip())
            page.keyboard.press("Space")
            for _ in range(wanted):
                page.keyboard.press("ArrowDown")
            page.keyboard.press("Enter")
        elif isinstance(task.check, CodeCheck):
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(task.right)
            page.keyboard.press("Control+Enter")
        else:
            page.keyboard.type(task.right)
            page.keyboard.press("Enter")
        expect_verdict(root, "Right")
        if isinstance(task.check, CodeCheck):
            page.keyboard.press("Escape")
        page.keyboard.press("Tab")
        assert not focus_is_in(root, "input, .cm-content")
    expect(page.locator(".kit-outline-done")).to_have_text("9 of 9 checks")


def tab_to(visit: Visit, arrived: Callable[[], bool], limit: int = 120) -> None:
    """Press Tab until the focus is where it should be, as somebody without a mouse does."""
    for _ in range(limit):
        if arrived():
            return
        visit.page.keyboard.press("Tab")
    raise AssertionError(f"not reached by {limit} tabs; the focus is on {focused_text(visit)!r}")


def focused_text(visit: Visit) -> str:
    return str(visit.page.evaluate("(document.activeElement.textContent || '').trim()"))


def focus_is_in(root: Locator, selector: str) -> bool:
    script = (
        "(root, selector) => [...root.querySelectorAll(selector)].includes(document.activeElement)"
    )
    return bool(root.evaluate(script, selector))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(
    visit: Visit, server: Server, course: Path, scheme: str
) -> None:
    """Home and the lesson, with checks in every state, have no axe-core violation."""
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(server.url)
    assert_accessible(page, "Home")
    open_lesson(visit, server)
    tasks = {task.check.id: task for task in tasks_of(course / "lessons" / LESSON)}
    learn(page, tasks["rows_are"])
    learn(page, tasks["share_missing"])
    root = check_root(page, "known_sex")
    give(page, root, tasks["known_sex"].check, tasks["known_sex"].wrong.answer)
    press_check(root)
    expect_verdict(root, "Not yet")
    press_check(check_root(page, "size_counts"))
    expect_verdict(check_root(page, "size_counts"), "Not answered yet")
    assert page.evaluate("document.documentElement.dataset.kitTheme") == scheme
    assert_accessible(page, "the lesson")
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("button", name="Sections").click()
    assert_accessible(page, "the lesson at a phone's width")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390, f"the page is {width} px wide on a phone of 390 px"


def test_no_answer_reaches_the_browser_before_it_is_earned(
    visit: Visit, server: Server, course: Path
) -> None:
    """Nothing received while opening the lesson and answering wrong holds a right answer."""
    visit.watch.keep_bodies = True
    tasks = tasks_of(course / "lessons" / LESSON)
    open_lesson(visit, server)
    for task in tasks:
        root = check_root(visit.page, task.check.id)
        give(visit.page, root, task.check, task.wrong.answer)
        press_check(root)
        expect(root.locator(".kit-check-feedback")).to_have_attribute("data-outcome", "failed")
    received = visit.watch.received
    assert len(received) > 50
    assert any("websocket" in url or url.startswith("ws") for url, _ in received)
    leaks = [
        (task.check.id, secret, url.split("?")[0], around(secret, text))
        for task in tasks
        for secret in secrets_of(task.check)
        if secret.text not in json_text_of(task.wrong.answer)
        for url, text in received
        if secret(text)
    ]
    assert not leaks, "\n".join(sorted({str(leak) for leak in leaks}))
    root = check_root(visit.page, tasks[0].check.id)
    give(visit.page, root, tasks[0].check, tasks[0].right)
    press_check(root)
    expect_verdict(root, "Right")
    assert any(secret(text) for secret in secrets_of(tasks[0].check) for _, text in received), (
        "the search finds an answer once it is earned"
    )


def around(secret: Secret, text: str) -> str:
    found = secret.pattern.search(text)
    return text[max(0, found.start() - 60) : found.end() + 60] if found else ""


class Secret:
    """A text that only who answered right may have seen."""

    def __init__(self, text: str, *, number: bool = False) -> None:
        self.text = text
        inner = re.escape(text)
        self.pattern = re.compile(rf"(?<![\d.\w-]){inner}(?![\d\w])" if number else inner)
        self.number = number

    def __call__(self, received: str) -> bool:
        # A number is looked for in what we send: in a library's script or a picture any
        # three digits occur by chance.
        if self.number and ("webpack" in received or "function(" in received):
            return False
        plain = re.sub(r"[A-Za-z0-9+/=]{400,}", "", received).replace("\\n", " ")
        return bool(self.pattern.search(plain))

    def __repr__(self) -> str:
        return self.text


def secrets_of(check: Check) -> list[Secret]:
    """The right answer of a check, and the words that give it away."""
    parts = vars(check)
    secrets = [Secret(json_text(parts["why"]))] if parts["why"] else []
    if check.kind == "number":
        secrets.append(Secret(f"{parts['answer']:g}", number=True))
    if check.kind == "choice":
        right = next(option for option in parts["options"] if option.is_right)
        secrets.append(Secret(json_text(right.because)[:40]))
    if isinstance(check, CodeCheck):
        lines = [line.strip() for line in parts["right_source"].splitlines()]
        starter = parts["starter"]
        secrets += [
            Secret(json_text(line)) for line in lines if len(line) > 12 and line not in starter
        ]
    return [secret for secret in secrets if secret.number or len(secret.text) > 12]


def json_text_of(answer: str) -> str:
    """What the learner gave themselves, and so gets back."""
    return " ".join(json_text(line) for line in answer.splitlines())


def json_text(text: str) -> str:
    """How a text reads in JSON, up to its first Markdown mark."""
    return re.split(r"[`*\n\"'’“”<>&]", text.strip())[0][:60]


def test_text_is_there_before_the_code_has_run(visit: Visit, server: Server) -> None:
    """The lesson's text comes with the page itself, not from a script or the kernel."""
    response = visit.page.request.get(server.lesson_url)
    html = response.text()
    assert "What did three seasons record?" in html
    assert html.count('class="kit-text') > 8


def test_pictures_in_the_text_are_shown(visit: Visit, server: Server, course: Path) -> None:
    """Those of the lesson's folder; one that is missing leaves its description."""
    file = course / "lessons" / LESSON / "lesson.ipynb"
    notebook = nbformat.read(file, as_version=4)
    notebook.cells[0].source += (
        "\n\n![Three bars](media/species.svg) ![A gap](media/gone.svg)\n\n"
        '<img alt="By hand" src="media/species.svg">'
    )
    nbformat.write(notebook, file)
    visit.watch.expected = True  # of the one that is missing
    open_lesson(visit, server)
    for name, width in (("Three bars", 1088), ("A gap", 0), ("By hand", 1088)):
        picture = visit.page.get_by_role("img", name=name)
        expect(picture).to_have_js_property("complete", True)
        assert (picture.evaluate("each => each.naturalWidth") > 0) == bool(width), name
    assert visit.watch.outside == []


def test_formulas_have_their_fonts(visit: Visit, server: Server) -> None:
    open_lesson(visit, server)
    expect(visit.page.locator("mjx-container").first).to_be_visible()
    for family in ("MJXTEX", "MJXTEX-I"):
        visit.page.wait_for_function(
            "family => [...document.fonts].some("
            "    each => each.family === family && each.status === 'loaded')",
            arg=family,
        )


def test_continue_goes_to_the_section(visit: Visit, server: Server, course: Path) -> None:
    """Home's Continue leads to the section that was worked in last, in words and in place."""
    lesson = load_course(course / "lessons").lesson(LESSON)
    tasks = tasks_of(course / "lessons" / LESSON)
    open_lesson(visit, server)
    learn(visit.page, tasks[4])
    section = lesson.section_of(tasks[4].check.id)
    assert section
    visit.page.goto(server.url)
    link = visit.page.get_by_role("link", name=re.compile("Continue:"))
    expect(link).to_contain_text(section.title)
    link.click()
    ready(visit)
    heading = visit.page.locator(f"#{section.id} h2")
    wait_until(lambda: 0 <= (heading.bounding_box() or {"y": -1})["y"] < 500)


def test_two_tabs_share_one_progress(visit: Visit, server: Server, course: Path) -> None:
    """What is answered in one tab shows in the other, but takes nothing that is typed there."""
    tasks = tasks_of(course / "lessons" / LESSON)
    other = visit.page.context.new_page()
    open_lesson(visit, server)
    other.goto(server.lesson_url)
    expect(other.locator(".kit-check")).to_have_count(9)
    typed = check_root(other, tasks[1].check.id)
    give(other, typed, tasks[1].check, "34")
    for task in tasks[:3]:
        learn(visit.page, task)
    for task in (tasks[0], tasks[2]):
        expect_restored(other, task)
    expect_verdict(typed, "Right")
    expect(typed.locator("input")).to_have_value("34")
    learn(other, tasks[3])
    for page in (visit.page, other):
        expect(page.locator(".kit-outline-done")).to_have_text("4 of 9 checks")


def test_coming_back_to_a_section_nothing_moves(visit: Visit, server: Server) -> None:
    """Each output's room is kept as it was left: the text does not jump when it arrives."""
    open_lesson(visit, server)
    expect(visit.page.locator(".cm-content")).to_have_count(3)
    expect(visit.page.locator(".voila-skeleton-container")).to_have_count(0)  # all cells have run
    visit.page.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
    visit.page.add_init_script(
        """window.moved = [];
        new PerformanceObserver((list) => moved.push(...list.getEntries().map((it) => it.value)))
          .observe({ type: "layout-shift", buffered: true });"""
    )
    visit.page.goto("about:blank")
    visit.page.goto(f"{server.lesson_url}#gaps")
    ready(visit)
    expect(visit.page.locator(".cm-content")).to_have_count(3)
    assert sum(visit.page.evaluate("moved")) < 0.01, visit.page.evaluate("moved")


def test_run_shows_output_and_explains_errors(visit: Visit, server: Server) -> None:
    """Run shows what the code prints and gives; an error is explained, and nothing is counted."""
    open_lesson(visit, server)
    root = check_root(visit.page, "mean_known")
    root.get_by_role("button", name="Run").click()
    expect(root.locator(".kit-check-output")).to_contain_text("199.7")
    root.locator(".cm-content").click()
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.insert_text("print('hello')\nmissing_name")
    root.get_by_role("button", name="Run").click()
    expect(root.locator(".kit-check-output")).to_contain_text("hello")
    expect(root.locator(".kit-check-output")).to_contain_text("Python does not know that name")
    visit.page.once("dialog", lambda dialog: dialog.accept())
    root.get_by_role("button", name="Start over").click()
    expect(root.locator(".cm-content")).to_contain_text("def mean_known")
    expect(visit.page.locator(".kit-outline-done")).to_have_text("0 of 9 checks")


def test_check_too_shows_what_was_printed_before_an_error(visit: Visit, server: Server) -> None:
    open_lesson(visit, server)
    root = check_root(visit.page, "mean_known")
    root.locator(".cm-content").click()
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.insert_text("print('hello')\nmissing_name")
    press_check(root)
    expect(root.locator(".kit-check-feedback")).to_contain_text("does not know that name")
    expect(root.locator(".kit-check-output pre")).to_have_text("hello\n")


def test_an_endless_loop_is_stopped(visit: Visit, server: Server) -> None:
    """A loop that never ends is stopped and said so; the lesson goes on."""
    open_lesson(visit, server)
    root = check_root(visit.page, "mean_known")
    root.locator(".cm-content").click()
    visit.page.keyboard.press("Control+a")
    visit.page.keyboard.insert_text("while True:\n    pass")
    press_check(root)
    feedback = root.locator(".kit-check-feedback")
    expect(feedback).to_contain_text("a loop that never ends", timeout=20_000)
    learn(visit.page, tasks_of(Path(server.course / "lessons" / LESSON))[0])


def test_what_is_typed_while_a_verdict_is_awaited_stays(visit: Visit, server: Server) -> None:
    """The verdict is about what was sent, and takes nothing of what was written since."""
    open_lesson(visit, server)
    root, keyboard = check_root(visit.page, "mean_known"), visit.page.keyboard
    root.locator(".cm-content").click()
    keyboard.press("Control+a")
    keyboard.insert_text("import time\ntime.sleep(2)\nmean_known = 3")
    keyboard.press("Control+Enter")
    expect(root.get_by_role("button", name="Checking…")).to_be_visible()
    keyboard.insert_text("  # and a second thought")
    expect(root.locator(".kit-check-feedback")).to_have_attribute("data-outcome", "failed")
    expect(root.locator(".cm-content")).to_contain_text("and a second thought")
    visit.page.reload()
    ready(visit)
    again = check_root(visit.page, "mean_known").locator(".cm-content")
    expect(again).to_contain_text("and a second thought")


def test_a_hint_leaves_how_sure_one_is_as_it_was_said(visit: Visit, server: Server) -> None:
    """Asked before the verdict, changed for the next attempt, kept while a hint is read."""
    page = visit.page
    page.goto(f"{server.base}/kit/lesson/03-groups")
    root = check_root(page, "biscoe_bills")
    press_check(root)
    expect(root.locator(".kit-check-feedback")).to_contain_text("How sure are you?")
    task = next(
        each
        for each in tasks_of(server.course / "lessons" / "03-groups")
        if each.check.id == "biscoe_bills"
    )
    give(page, root, task.check, task.wrong.answer)
    root.get_by_label("Sure", exact=True).check()
    press_check(root)
    expect(root.locator(".kit-check-feedback")).to_have_attribute("data-outcome", "failed")
    root.get_by_label("A guess").check()
    root.get_by_role("button", name="Hint").click()
    expect(root.locator(".kit-check-hints li")).to_have_count(1)
    expect(root.get_by_label("A guess")).to_be_checked()


def test_the_lessons_film(visit: Visit, server: Server) -> None:
    """The lesson's own film has its captions, its chapters, and is watched (test_player_in_...)."""
    open_lesson(visit, server)
    root = visit.page.locator(".kit-media")
    root.scroll_into_view_if_needed()
    root.get_by_role("button", name="play", exact=True).click()
    wait_until(lambda: float(root.locator("video").evaluate("film => film.currentTime")) > 1)
    root.get_by_role("button", name="pause", exact=True).click()
    assert root.locator("video").evaluate("film => film.textTracks[0].cues.length") > 20
    assert root.get_by_label("Chapter").locator("option").count() > 5
    expect(root.locator(".kit-problem:not(:empty)")).to_have_count(0)
    assert visit.watch.complaints == []
