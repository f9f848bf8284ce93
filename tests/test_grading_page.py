"""``/kit/grading``: a teacher's round in the browser, with real nbgrader and kernels shut in."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kit.grading import runs
from kit.grading.course import GradingCourse
from kit.grading.runs import Ended, Step
from tests.accessibility import assert_accessible
from tests.confined import on_linux
from tests.conftest import (
    STARTS_WITHIN_SECONDS,
    Server,
    Visit,
    alive,
    copy_course,
    free_port,
    own_data,
    serving,
    wait_until,
)
from tests.small_assignment import NAME, answered, hand_in, make_course, marks
from tests.test_class_pages import Confining

pytestmark = [pytest.mark.browser, on_linux]

LOOPS = "def square(n):\n    while True: pass"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture(scope="module")
def assignments(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small assignment, which is released; and another one, which is not."""
    place = tmp_path_factory.mktemp("assignments")
    with pytest.MonkeyPatch.context() as patch:
        own_data(place, patch)
        folder = make_course(place / "assignments").folder
    shutil.copytree(folder / "source" / NAME, folder / "source" / "p2")
    return folder


@pytest.fixture
def course(tmp_path: Path, assignments: Path) -> Path:
    folder = copy_course(tmp_path)
    shutil.copytree(assignments, folder / "assignments", dirs_exist_ok=True)
    return folder


@pytest.fixture
def grading(course: Path) -> GradingCourse:
    return GradingCourse(course / "assignments")


def open_page(visit: Visit, server: Server) -> Page:
    visit.page.goto(f"{server.base}/kit/grading")
    return visit.page


def card(page: Page, name: str = NAME) -> Locator:
    return page.locator(f"[data-card={name}]")


def fact(page: Page, name: str, of: str = NAME) -> Locator:
    return card(page, of).locator(f".kit-facts div:has(dt:text-is('{name}')) dd")


def button(page: Page, label: str, of: str = NAME) -> Locator:
    return card(page, of).get_by_role("button", name=f"{label}: {of}")


def expect_graded(page: Page, count: int) -> None:
    """A grading ends; on a busy machine it takes longer than what is shown at once."""
    words = f"{count} submissions graded."
    done = card(page).locator(".kit-done")
    expect(done).to_contain_text(words, timeout=STARTS_WITHIN_SECONDS * 1000)


def students(page: Page) -> list[str]:
    return card(page).locator("tbody th").all_text_contents()


def hand_in_some(grading: GradingCourse, *, slow: int = 0) -> None:
    """Right, wrong, one that ends its kernel, one that is no notebook; and some that take long."""
    hand_in(grading, "ada", answered(grading))
    hand_in(grading, "ben", answered(grading, square="def square(n): return n"))
    hand_in(grading, "eve", answered(grading, square="def square(n):\n    import os; os._exit(0)"))
    hand_in(grading, "zoe", "{")
    for number in range(slow):
        hand_in(grading, f"slow-{number}", answered(grading, square=LOOPS))


def pid(grading: GradingCourse) -> int:
    now = runs.running(grading.folder)
    assert now
    return now.pid


def now_graded(grading: GradingCourse) -> list[str]:
    """Whom the grading that goes on is through with."""
    now = runs.running(grading.folder)
    return [*now.graded] if now else []


def test_a_round_on_the_page(visit: Visit, server: Server, grading: GradingCourse) -> None:
    page = open_page(visit, server)
    expect(fact(page, "Released", of="p2")).to_have_text("not yet")
    expect(fact(page, "Handed in")).to_have_text("0")
    expect(card(page)).to_contain_text("There is no exchange on this machine")
    button(page, "Release", of="p2").click()
    expect(card(page, "p2")).to_contain_text("students get what is in assignments/release/p2")
    assert (grading.folder / "release" / "p2" / "small.ipynb").is_file()

    hand_in_some(grading)
    page.reload()
    expect(fact(page, "To grade")).to_have_text("4")
    button(page, "Grade").click()
    expect_graded(page, 4)
    assert students(page) == ["zoe", "eve", "ada", "ben"]
    row = card(page).locator("tbody tr")
    expect(row.nth(0)).to_contain_text("The file cannot be read: it is no notebook.")
    expect(row.nth(1)).to_contain_text("The notebook ended its own kernel; no cell ran after that.")
    expect(row.nth(2)).to_contain_text("7 / 10")
    expect(row.nth(3)).to_contain_text("4 / 10")
    expect(fact(page, "Graded")).to_have_text("4")
    expect(fact(page, "With problems")).to_have_text("2")
    expect(fact(page, "To mark by hand")).to_have_text("3")
    assert marks(grading, "ada")["test-square"] == 2.0

    button(page, "Give feedback").click()
    expect(card(page).locator(".kit-done")).to_contain_text("Feedback for 4 students was written.")
    expect(fact(page, "With feedback")).to_have_text("4")
    fact(page, "To mark by hand").get_by_role("link").click()
    expect(page.locator("h1", has_text="Manual Grading")).to_be_visible()
    expect(page.get_by_role("link", name="small")).to_be_visible()
    assert visit.watch.outside == []
    assert visit.watch.complaints == []


def test_it_goes_on_when_the_page_is_loaded_again_and_one_thing_is_done_at_a_time(
    visit: Visit, server: Server, grading: GradingCourse, course: Path
) -> None:
    hand_in_some(grading, slow=4)
    page = open_page(visit, server)
    button(page, "Grade").click()
    expect(card(page).locator("tbody tr").first).to_be_visible()
    page.reload()
    expect(card(page).get_by_role("progressbar")).to_be_visible()
    expect(button(page, "Release", of="p2")).to_be_disabled()
    expect(page.get_by_role("status")).to_have_text("p1 is being worked on; the others wait.")
    expect(card(page)).to_contain_text("left")

    visit.watch.expected = True
    answer = post(visit.page, server, do="release", assignment="p2")
    assert answer.status == 409
    assert "p1 is being worked on since" in answer.json()["message"]
    typed = kit("grade", NAME, course)
    assert typed.returncode == 2
    assert "p1 is being worked on since" in typed.stderr
    visit.watch.expected = False

    page.goto("about:blank")
    wait_until(lambda: runs.running(grading.folder) is None)
    open_page(visit, server)
    expect_graded(page, 8)
    expect(button(page, "Release", of="p2")).to_be_enabled()
    assert visit.watch.complaints == []


@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_what_is_done_stays_done(
    how: str, visit: Visit, server: Server, grading: GradingCourse
) -> None:
    """All of them anew, ended in the middle: the rest is graded afterwards, and no one twice."""
    hand_in_some(grading)
    for number in range(2):
        hand_in(grading, f"slow-{number}", answered(grading))
    grading.grade(NAME)
    hand_in_some(grading, slow=2)
    page = open_page(visit, server)
    button(page, "Grade all again").click()
    wait_until(lambda: 0 < len(now_graded(grading)) < 6)
    process = pid(grading)
    if how == "stopped":
        button(page, "Stop").click()
        expect(card(page).locator(".kit-done")).to_contain_text("Stopped.")
    else:
        os.kill(process, signal.SIGKILL)
        expect(card(page).locator(".kit-done")).to_contain_text("The grading was cut off.")
    wait_until(lambda: not alive(process))
    done = set(students(page))
    assert 0 < len(done) < 6
    assert not server.kernels()
    button(page, "Go on grading").click()
    expect_graded(page, 6)
    assert {*students(page)} > done
    with grading.ledger() as ledger:
        counts = {name: len(ledger.attempts(NAME, name)) for name in students(page)}
    # Who was being written when it was killed may have been written, and is told again.
    again = {name for name, count in counts.items() if count != 2}
    assert len(again) <= (0 if how == "stopped" else 1), counts
    assert visit.watch.complaints == []


def test_what_is_begun_in_a_terminal_is_shown_and_can_be_stopped(
    visit: Visit, server: Server, grading: GradingCourse, course: Path
) -> None:
    hand_in_some(grading, slow=4)
    page = open_page(visit, server)
    expect(button(page, "Grade")).to_be_enabled()
    command = [sys.executable, "-m", "kit.cli", "grade", NAME, "--course", str(course)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as typed:
        expect(card(page).locator("tbody tr").first).to_be_visible()
        button(page, "Stop").click()
        expect(card(page).locator(".kit-done")).to_contain_text("Stopped.")
    assert typed.returncode == 1


def test_a_server_that_ends_takes_its_grading_with_it(
    visit: Visit, server: Server, grading: GradingCourse
) -> None:
    hand_in_some(grading, slow=4)
    page = open_page(visit, server)
    button(page, "Grade").click()
    expect(card(page).locator("tbody tr").first).to_be_visible()
    process = pid(grading)
    visit.watch.expected = True
    server.stop()
    wait_until(lambda: not alive(process))
    expect(page.get_by_role("status")).to_contain_text("Lesson Kit does not answer.")
    last = runs.last_run(grading.folder, Step.GRADE, NAME)
    assert last
    assert last.ended is Ended.STOPPED
    server.start()
    page.goto(server.url)
    open_page(visit, server)
    expect(button(page, "Go on grading")).to_be_visible()


def test_by_keys_alone(visit: Visit, server: Server, grading: GradingCourse) -> None:
    hand_in_some(grading, slow=2)
    page = open_page(visit, server)
    expect(button(page, "Grade")).to_be_enabled()
    button(page, "Grade").focus()
    page.keyboard.press("Enter")
    expect(button(page, "Stop")).to_be_focused()
    expect(card(page).locator("tbody tr").first).to_be_visible()
    expect(button(page, "Stop")).to_be_focused()
    page.keyboard.press("Enter")
    expect(button(page, "Go on grading")).to_be_focused()
    page.keyboard.press("Enter")
    expect_graded(page, 6)
    assert page.evaluate("document.activeElement !== document.body")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation_and_it_fits_a_phone(
    scheme: str, visit: Visit, server: Server, grading: GradingCourse
) -> None:
    hand_in_some(grading, slow=2)
    hand_in(grading, LONG, answered(grading))
    shutil.copytree(grading.folder / "source" / NAME, grading.folder / "source" / LONG)
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    open_page(visit, server)
    expect(button(page, "Grade")).to_be_enabled()
    assert_accessible(page, "the page")
    page.set_viewport_size({"width": 390, "height": 844})
    button(page, "Grade").click()
    expect(card(page).locator("tbody tr").first).to_be_visible()
    assert_accessible(page, "a grading that goes on")
    expect_graded(page, 7)
    assert_accessible(page, "what was graded")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for each in page.get_by_role("button").all():
        box = each.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24


def test_without_scripts(browser: Browser, server: Server, grading: GradingCourse) -> None:
    hand_in_some(grading)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url)
    page.goto(f"{server.base}/kit/grading")
    wait_until(lambda: page.reload() and button(page, "Grade").count() == 1)
    button(page, "Grade").click()
    wait_until(lambda: page.reload() and "4 submissions graded." in card(page).inner_text())
    assert students(page) == ["zoe", "eve", "ada", "ben"]
    context.close()


def test_where_there_are_no_assignments_it_says_what_to_do(
    visit: Visit, server: Server, course: Path
) -> None:
    shutil.rmtree(course / "assignments")
    page = open_page(visit, server)
    expect(page.locator("main")).to_contain_text("This course has no assignments yet.")
    expect(page.locator("main")).to_contain_text("kit new assignment")
    assert_accessible(page, "no assignments")
    assert visit.watch.complaints == []


BROKEN = {
    "settings": ("nbgrader_config.py", "c = get_config(\n"),
    "gradebook": ("gradebook.db", "this is no database" * 100),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_told(what: str, visit: Visit, server: Server, course: Path) -> None:
    name, content = BROKEN[what]
    for each in (course / "assignments").glob("gradebook.db-*"):
        each.unlink()
    (course / "assignments" / name).write_text(content)
    page = open_page(visit, server)
    expect(page.locator("#kit-course-problem")).to_be_visible()
    expect(page.locator("#kit-course-problem")).not_to_have_text("It ended without a word.")
    expect(card(page)).to_be_visible()


def test_a_step_that_fails_says_why(visit: Visit, server: Server, grading: GradingCourse) -> None:
    notebook = grading.folder / "source" / "p2" / "small.ipynb"
    page = open_page(visit, server)
    expect(button(page, "Release", of="p2")).to_be_enabled()
    notebook.write_text("{")
    button(page, "Release", of="p2").click()
    expect(card(page, "p2").get_by_role("alert")).to_contain_text(
        "nbgrader could not do that for p2"
    )


def test_who_asks_from_elsewhere_begins_nothing(
    browser: Browser, visit: Visit, server: Server, grading: GradingCourse
) -> None:
    hand_in(grading, "ada", answered(grading))
    visit.watch.expected = True
    page = open_page(visit, server)
    form: dict[str, Any] = {"do": "grade", "assignment": NAME}
    url = f"{server.base}/kit/grading"
    assert page.request.post(url, form=form, max_redirects=0).status == 403
    assert page.request.post(url, form={**form, "_xsrf": "made-up"}).status == 403
    stranger = browser.new_context()
    for path in ("kit/grading", "kit/api/grading"):
        answer = stranger.request.get(f"{server.base}/{path}", max_redirects=0)
        assert answer.status in {302, 403}
        assert NAME not in answer.text()
    assert stranger.request.post(url, form=form, max_redirects=0).status in {302, 403}
    stranger.close()
    for do, name in (("grade", "../p1"), ("grade", ""), ("rm", NAME), ("", "")):
        assert post(page, server, do=do, assignment=name).status == 400
    assert runs.last_run(grading.folder, Step.GRADE, NAME) is None


def test_what_has_not_changed_is_not_sent_again(visit: Visit, server: Server) -> None:
    page = open_page(visit, server)
    expect(fact(page, "Handed in")).to_be_visible()
    url = f"{server.base}/kit/api/grading"
    tag = page.request.get(url).headers["etag"]
    assert page.request.get(url, headers={"If-None-Match": tag}).status == 304


class TestAClasss:
    """A server with ``--confine`` is a learner's."""

    @pytest.fixture
    def server(
        self, course: Path, data: Path, tmp_path: Path, request: pytest.FixtureRequest
    ) -> Iterator[Server]:
        with serving(Confining(course, tmp_path / "server.log", free_port()), request) as running:
            yield running

    def test_server_has_none_of_it(self, visit: Visit, server: Server) -> None:
        visit.watch.expected = True
        for place in ("kit/grading", "kit/grading/", "kit/api/grading", "formgrader"):
            assert visit.page.request.get(f"{server.base}/{place}").status in {403, 404}, place
        assert post(visit.page, server, do="release", assignment="p2").status in {403, 404}


def post(page: Page, server: Server, **form: Any) -> Any:
    """A form sent as the page sends it."""
    cookies = {each["name"]: each["value"] for each in page.context.cookies()}
    return page.request.post(
        f"{server.base}/kit/grading",
        form={**form, "_xsrf": cookies["_xsrf"]},
        headers={"Accept": "application/json"},
    )


def kit(step: str, assignment: str, course: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kit.cli", step, assignment, "--course", str(course)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
