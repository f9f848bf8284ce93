"""The whole round of an assignment, by the people who take part in it: a teacher and a student.

Each has a `kit start` of their own and a browser; between them is nbgrader's exchange, a folder.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.confined import on_linux
from tests.conftest import (
    ROOT,
    STARTS_WITHIN_SECONDS,
    Server,
    Watch,
    copy_course,
    free_port,
    own_data,
    serving,
    wait_until,
)
from tests.lab import active_cell, go_to_first_cell, idle
from tests.test_assignments import by_hand, students

pytestmark = [pytest.mark.browser, on_linux]

NAME, TITLE, COURSE = "a1", "Field report", "reading-the-world-in-tables"
TYPED = "two-islands"
REPORT = "Nobody weighed two of the birds. I would say so before I give a mean."
PRAISE = "Say how many of each species, too."


@dataclass
class Person:
    """Somebody at their computer.

    Attributes:
        folder: of their course.
    """

    folder: Path
    server: Server
    page: Page
    watch: Watch

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.server.base}/{path}")
        return self.page


@pytest.fixture
def exchange(tmp_path: Path) -> Path:
    folder = tmp_path / "exchange"
    folder.mkdir()
    folder.chmod(0o777)  # as nbgrader asks for: everybody hands in
    return folder


def person(
    name: str, exchange: Path, tmp_path: Path, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Person]:
    """A computer with a course, where nbgrader is told of the exchange as its manual says."""
    place = tmp_path / name
    folder = copy_course(place)
    settings = place / "jupyter" / "nbgrader_config.py"
    settings.parent.mkdir()
    settings.write_text(f"c = get_config()\nc.Exchange.root = {str(exchange)!r}\n")
    with pytest.MonkeyPatch.context() as patch:
        own_data(place, patch)
        patch.setenv("KIT_LEARNER", name)
        patch.setenv("JUPYTER_DATA_DIR", str(place / "share"))
        if name == "teacher":
            made = shutil.ignore_patterns("README.md", "__pycache__", ".ipynb_checkpoints")
            shutil.copytree(
                ROOT / "assignments" / "source", folder / "assignments/source", ignore=made
            )
            shutil.copy(ROOT / "assignments" / "nbgrader_config.py", folder / "assignments")
        with serving(Server(folder, place / "server.log", free_port()), request) as server:
            context = browser.new_context(
                viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
            )
            context.set_default_timeout(STARTS_WITHIN_SECONDS * 1000)
            page, watch = context.new_page(), Watch(server.base)
            watch.attach(page)
            page.goto(server.url)
            yield Person(folder, server, page, watch)
            context.close()


@pytest.fixture
def teacher(
    exchange: Path, tmp_path: Path, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Person]:
    yield from person("teacher", exchange, tmp_path, browser, request)


@pytest.fixture
def student(
    exchange: Path, tmp_path: Path, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Person]:
    yield from person("student", exchange, tmp_path, browser, request)


def test_the_whole_round(teacher: Person, student: Person, exchange: Path) -> None:
    release(teacher)
    work(student)
    submit(student, exchange)
    name = grade(teacher)
    mark_by_hand(teacher)
    give_feedback(teacher)
    read_feedback(student, name)
    assert student.watch.outside == []
    # nbgrader's own page of a submission asks for formulas' scripts there; it does without them.
    assert all("mathjax" in url for url in teacher.watch.outside)


# The teacher -------------------------------------------------------------------------------------


def card(teacher: Person) -> Locator:
    return teacher.page.locator(f"[data-card={NAME}]")


def fact(teacher: Person, name: str) -> Locator:
    return card(teacher).locator(f".kit-facts div:has(dt:text-is('{name}')) dd")


def press(teacher: Person, label: str, then: str) -> None:
    card(teacher).get_by_role("button", name=f"{label}: {TITLE}", exact=True).click()
    expect(card(teacher).locator(".kit-done")).to_contain_text(then)


def release(teacher: Person) -> None:
    teacher.page.get_by_role("link", name="Your assignments").click()
    press(teacher, "Release", "Released and handed out.")


def grade(teacher: Person) -> str:
    """Returns the student's name."""
    press(teacher, "Collect", "1 new submission, 1 in all.")
    press(teacher, "Grade", "1 submission graded.")
    row = card(teacher).locator("tbody tr")
    expect(row).to_contain_text("18 / 30")
    expect(fact(teacher, "To mark by hand")).to_have_text("1")
    expect(fact(teacher, "With problems")).to_have_text("0")
    return row.locator("th").inner_text()


def mark_by_hand(teacher: Person) -> None:
    """In nbgrader's formgrader; it saves by itself."""
    page = teacher.page
    fact(teacher, "To mark by hand").get_by_role("link").click()
    page.get_by_role("link", name="field-report").click()
    page.get_by_role("link", name=re.compile("Submission #1")).click()
    # What is typed before it has fetched the marks, it throws away.
    page.wait_for_function("window.formgrader?.grades?.loaded && formgrader.comments?.loaded")
    cell = page.locator(f".nbgrader_cell:has-text({REPORT!r})").last
    for place, text, saved in (
        ("input.score", "9", "/formgrader/api/grade/"),
        ("textarea.comment", PRAISE, "/formgrader/api/comment/"),
    ):
        field = cell.locator(place)
        field.fill(text)
        with page.expect_response(f"**{saved}*") as answer:
            field.blur()
        assert answer.value.ok


def give_feedback(teacher: Person) -> None:
    teacher.go("kit/grading")
    expect(fact(teacher, "To mark by hand")).to_have_text("0")
    expect(card(teacher).locator("tbody tr")).to_contain_text("27 / 30")
    press(teacher, "Give feedback", "Feedback for 1 student was written. It was handed back.")


# The student -------------------------------------------------------------------------------------


def work(student: Person) -> None:
    """Home, JupyterLab, and an answer to each task: two of them are typed, the others pasted."""
    page = student.page
    expect(page.get_by_role("link", name="Your assignments")).to_have_count(0)
    own = student.folder / NAME / "field-report.ipynb"
    with_list(student, "Fetch")
    wait_until(own.is_file)
    answers = students(NAME)["model"]
    typed = {TYPED: answers.pop(TYPED), by_hand(NAME).id: REPORT}
    answers.pop(by_hand(NAME).id)
    notebook = nbformat.read(own, as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.id, cell.source)
    nbformat.write(notebook, own)

    student.go("kit/")
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_url(re.compile(rf"/lab/tree/{NAME}/field-report\.ipynb"))
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible()
    expect(page.locator(".jp-NotebookPanel-toolbar")).to_contain_text("Python 3")
    wait_until(lambda: idle(page))
    for name, text in typed.items():
        go_to_first_cell(page)
        number = [cell.id for cell in notebook.cells].index(name)
        for _each in range(number):
            page.keyboard.press("ArrowDown")
        expect(active_cell(page)).to_have_attribute("data-windowed-list-index", str(number))
        page.keyboard.press("Enter")
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(text)
        page.keyboard.press("Escape")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.keyboard.press("Control+s")
    wait_until(lambda: REPORT in own.read_text())
    wait_until(lambda: page.locator('.jp-InputPrompt:text-is("[*]:")').count() == 0 and idle(page))
    expect(page.locator(".jp-OutputArea [data-mime-type*=stderr]")).to_have_count(0)
    page.keyboard.press("Control+s")


def with_list(student: Person, button: str) -> None:
    """Open nbgrader's list of assignments in JupyterLab, and press a button of it."""
    page = student.go("lab?reset")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()
    page.get_by_role("button", name=button, exact=True).click()


def submit(student: Person, exchange: Path) -> None:
    with_list(student, "Submit")
    inbound = exchange / COURSE / "inbound"
    wait_until(lambda: [*inbound.glob(f"*+{NAME}+*/field-report.ipynb")] != [])
    (handed_in,) = inbound.glob(f"*+{NAME}+*/field-report.ipynb")
    assert REPORT in handed_in.read_text()


def read_feedback(student: Person, name: str) -> None:
    with_list(student, "Fetch Feedback")
    page = student.page
    pages = student.folder / NAME / "feedback"
    wait_until(lambda: [*pages.glob("*/field-report.html")] != [])
    submitted = page.locator(".panel, .panel-group", has_text="Submitted assignments").last
    submitted.get_by_text(NAME, exact=True).first.click()
    page.get_by_text("(view feedback)").click()
    page.get_by_role("listitem", name="field-report.html").dblclick()
    shown = page.frame_locator(".jp-HTMLViewer iframe").locator("body")
    expect(shown).to_contain_text(PRAISE)
    expect(shown).to_contain_text(re.compile(r"27(\.0)?\s*/\s*30(\.0)?|27 of 30"))
