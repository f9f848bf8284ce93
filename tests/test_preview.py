"""``kit preview``: a lesson that follows its author's editor, and touches nobody's progress."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect

from kit.authoring.new import FIRST_LESSON, new_course
from kit.events import Event
from kit.server.preview import PREFIX
from kit.server.preview_state import Preview
from kit.store import Store
from tests.accessibility import violations
from tests.conftest import (
    STARTS_WITHIN_SECONDS,
    Server,
    alive,
    free_port,
    serving,
    wait_until,
)
from tests.learner import check_root, expect_verdict, press_check

KIT = [sys.executable, "-m", "kit.cli"]
QUESTION = "Where does it rain more often: on the hill, or in the valley below it?"


@dataclass
class Previewing(Server):
    """A running `kit preview` of the first lesson."""

    def command(self) -> list[str]:
        return ["preview", FIRST_LESSON, "--course", str(self.course)]

    @property
    def lesson(self) -> Path:
        return self.course / "lessons" / FIRST_LESSON


@dataclass
class PreviewingHome(Previewing):
    """A running `kit preview` of the course."""

    def command(self) -> list[str]:
        return ["preview", str(self.course)]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A new course, as ``kit new course`` makes it."""
    return new_course(str(tmp_path / "rivers")).path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where previews keep what is temporary."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def preview(
    course: Path, data: Path, temporary: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Previewing]:
    with serving(Previewing(course, tmp_path / "preview.log", free_port()), request) as running:
        yield running


@pytest.fixture
def page(browser: Browser, preview: Previewing) -> Iterator[Page]:
    """The lesson in the preview, with all its questions there."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(STARTS_WITHIN_SECONDS * 1000)
    shown = context.new_page()
    shown.goto(preview.url)
    expect(check_root(shown, "conclusion")).to_be_visible()
    yield shown
    context.close()


def save(path: Path, text: str) -> None:
    """Save as many editors do: a new file takes the place of the old one."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text)
    os.replace(part, path)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    save(path, text.replace(old, new))


# The page follows -----------------------------------------------------------------------------


def test_the_page_follows_the_notebook(page: Page, preview: Previewing) -> None:
    """Saved in place or by another file in its place; several quick saves are one reload."""
    expect(page.locator(".kit-preview")).to_contain_text("Preview: reloads when you save.")
    notebook = preview.lesson / "lesson.ipynb"
    loads: list[str] = []
    page.on("load", lambda _page: loads.append(page.url))
    for number in range(5):
        change(notebook, QUESTION, f"Question {number}?")
        change(notebook, f"Question {number}?", QUESTION)
    change(notebook, QUESTION, "Where is it wetter?")
    expect(page.get_by_text("Where is it wetter?")).to_be_visible()
    expect(check_root(page, "conclusion")).to_be_visible()
    assert len(loads) == 1
    notebook.write_text(notebook.read_text().replace("Where is it wetter?", "Where is it dry?"))
    expect(page.get_by_text("Where is it dry?")).to_be_visible()
    # The pages before have gone, and their kernels with them.
    wait_until(lambda: len(preview.kernels()) == 1)


def test_the_page_follows_checks_and_data(page: Page, preview: Previewing) -> None:
    change(preview.lesson / "checks.py", '"one rainy day"', '"one wet day"')
    expect(page.get_by_text("one wet day")).to_be_visible()
    change(preview.lesson / "data" / "rain.csv", "hill,12.0", "hill,77.5")
    expect(page.get_by_role("cell", name="77.5")).to_be_visible()
    (preview.lesson / "media").mkdir()
    with page.expect_event("load"):
        save(preview.lesson / "media" / "new.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")


def test_a_mistake_in_checks_is_shown_and_mended(page: Page, preview: Previewing) -> None:
    """One sentence with the file and the line, in its place and in the strip; then all is back."""
    checks = preview.lesson / "checks.py"
    line = checks.read_text()[: checks.read_text().index("dry_days = number(")].count("\n") + 1
    change(checks, "dry_days = number(", "dry_days = nomber(")
    said = f"{checks}, line {line}: NameError: name 'nomber' is not defined."
    expect(page.locator(".kit-preview [role=status]")).to_contain_text(said)
    expect(page.get_by_text("5 of 7 days")).to_be_visible()  # a cell below: it has run that far
    expect(page.locator("#kit-cells .kit-problem")).to_have_count(1)
    expect(page.locator("#kit-cells .kit-problem")).to_contain_text(said)
    expect(page.locator(".kit-status")).to_be_empty()
    change(checks, "dry_days = nomber(", "dry_days = number(")
    expect(check_root(page, "dry_days")).to_be_visible()
    expect(page.locator(".kit-preview [role=status]")).to_have_text(
        "Preview: reloads when you save."
    )


@pytest.mark.parametrize("name", ["lesson.ipynb", "../course.toml"])
def test_a_file_that_breaks_the_page_is_shown_and_mended(
    page: Page, preview: Previewing, name: str
) -> None:
    file = preview.lesson / name
    good = file.read_text()
    save(file, "{ [")
    expect(page.locator(".kit-problem").first).to_contain_text(file.name)
    expect(page.locator(".kit-preview")).to_be_visible()
    save(file, good)
    expect(check_root(page, "dry_days")).to_be_visible()


def test_the_place_and_what_is_typed_stay(page: Page, preview: Previewing) -> None:
    """Also where the text above grows, while outputs are still to come, and after a mistake."""
    number = check_root(page, "dry_days").locator("input")
    number.fill("3.25")
    editor = check_root(page, "dry_share").locator(".cm-content")
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("half = 1 / 2")
    page.get_by_role("heading", name="A share of what is known").evaluate(
        "heading => window.scrollBy(0, heading.getBoundingClientRect().top - 90)"
    )
    notebook = preview.lesson / "lesson.ipynb"
    change(notebook, QUESTION, "Where is it wetter?\\n\\nOne.\\n\\nTwo.\\n\\nThree.\\n\\nFour.")
    expect(page.get_by_text("Four.")).to_be_attached()
    expect_back(page)
    change(preview.lesson / "checks.py", "dry_days = number(", "dry_days = nomber(")
    expect(page.locator("#kit-cells .kit-problem")).to_have_count(1)
    change(preview.lesson / "checks.py", "dry_days = nomber(", "dry_days = number(")
    expect_back(page)
    expect(number).to_have_value("3.25")
    expect(editor).to_have_text("half = 1 / 2")


def expect_back(page: Page) -> None:
    """The page is there again, at the heading that was being read."""
    expect(check_root(page, "conclusion")).to_be_visible()
    page.wait_for_function(
        """() => {
            const headings = [...document.querySelectorAll("h2")];
            const read = headings.find((each) => each.textContent.startsWith("A share of"));
            return Math.abs(read.getBoundingClientRect().top - 90) < 3;
        }"""
    )


def test_home_follows_course_toml_and_leads_to_the_lesson(
    course: Path, data: Path, temporary: Path, browser: Browser, request: pytest.FixtureRequest
) -> None:
    """Where a course is previewed, and not a lesson."""
    log = temporary.with_name("preview.log")
    with serving(PreviewingHome(course, log, free_port()), request) as running:
        page = browser.new_page()
        page.set_default_timeout(STARTS_WITHIN_SECONDS * 1000)
        page.goto(running.url)
        expect(page.locator(".kit-preview")).to_contain_text("Preview: reloads when you save.")
        change(course / "lessons" / "course.toml", 'title = "Rivers"', 'title = "Of rivers"')
        expect(page.get_by_role("heading", name="Of rivers")).to_be_visible()
        page.get_by_role("link", name="Start: Two rain gauges").click()
        expect(check_root(page, "conclusion")).to_be_visible()
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Edit in JupyterLab").click()
        heading = opened.value.get_by_role("heading", name="Two rain gauges")
        expect(heading).to_be_visible()
        opened.value.close()
        with page.expect_popup() as opened:
            page.get_by_role("link", name="Kinds of check").click()
        expect(opened.value.get_by_role("heading", name="Kinds of check")).to_be_visible()
        opened.value.close()
        page.close()


def test_it_comes_back_when_the_preview_is_started_again(page: Page, preview: Previewing) -> None:
    """On the same port; the page has noticed by itself."""
    preview.kill()
    expect(page.locator(".kit-banner")).to_contain_text("The preview has ended")
    preview.start()
    expect(page.locator(".kit-banner")).to_be_hidden()
    expect(check_root(page, "conclusion")).to_be_visible()


def test_which_files_count(course: Path, tmp_path: Path, data: Path) -> None:
    """What a student sees; not caches, hidden files, editors' copies, or a student's own."""
    state = Preview(course / "lessons", tmp_path / "kept")
    lesson = course / "lessons" / FIRST_LESSON

    def changes(name: str) -> bool:
        before = state.digest(FIRST_LESSON)
        (lesson / name).parent.mkdir(parents=True, exist_ok=True)
        (lesson / name).write_text("other")
        return state.digest(FIRST_LESSON) != before

    for name in ("lesson.ipynb", "checks.py", "data/rain.csv", "data/a/new.csv", "media/a.vtt"):
        assert changes(name), name
        (lesson / name).unlink()
        assert changes(name), f"{name} was gone"
    assert changes("../course.toml")
    for name in (
        "my-lesson.ipynb", "my-lesson-2.ipynb", "notes.md", ".hidden", "__pycache__/a.pyc",
        "data/.hidden", "data/.ipynb_checkpoints/rain.csv", "media/__pycache__/a.pyc",
        "data/rain.csv~", "../02-other/lesson.ipynb",
    ):  # fmt: skip
        assert not changes(name), name
    before = state.digest(FIRST_LESSON)
    state.start_over()
    assert state.digest(FIRST_LESSON) != before


# Whose progress -------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture
def own(data: Path) -> dict[str, bytes]:
    """What the author did in the course as a learner, before the preview."""
    event = Event(
        learner="ada", course="rivers", lesson=FIRST_LESSON, verb="answered", item="dry_days",
        result={"answer": "1", "outcome": "passed"},
    )  # fmt: skip
    Store().append([event])
    return contents(data)


def test_nobodys_progress_is_touched(
    own: dict[str, bytes], page: Page, preview: Previewing, data: Path, temporary: Path
) -> None:
    """Nor read; answers are in the temporary folder until the author starts over."""
    check = check_root(page, "dry_days")
    expect(check.locator(".kit-check-verdict")).to_have_count(0)
    check.locator("input").fill("3")
    press_check(check)
    expect_verdict(check, "Not yet")
    check_root(page, "conclusion").locator("textarea").fill("not checked yet")
    page.reload()
    expect_verdict(check, "Not yet")
    expect(page.get_by_role("link", name="Open as notebook")).to_have_count(0)
    with page.expect_event("load"):
        page.get_by_role("button", name="Start over as a new student").click()
    expect(check.locator("input")).to_have_value("")
    expect(check.locator(".kit-check-verdict")).to_have_count(0)
    expect(check_root(page, "conclusion").locator("textarea")).to_have_value("")
    assert contents(data) == own
    assert [each.name.startswith(PREFIX) for each in temporary.iterdir()] == [True]
    assert not list(preview.lesson.glob("my-lesson*"))


def test_what_is_typed_is_not_in_an_ordinary_session(page: Page) -> None:
    """The browser's own store is that of the address, and a kit start may have had the port."""
    check_root(page, "dry_days").locator("input").fill("3.25")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('draft'))") == []


def test_nothing_of_it_is_in_an_ordinary_session(server: Server) -> None:
    token = server.url.split("token=")[1]
    address = f"{server.base}/kit/lesson/{FIRST_LESSON}?token={token}"
    with urllib.request.urlopen(address, timeout=60) as answer:
        text = answer.read().decode()
    assert '"preview": null' in text
    assert "kit/api/preview" not in text
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{server.base}/kit/api/preview/x?token={token}", timeout=60)


# Without a trace --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ending_it_leaves_nothing(
    page: Page, preview: Previewing, temporary: Path, number: signal.Signals
) -> None:
    kernels = preview.kernels()
    assert kernels
    preview.process.send_signal(number)
    assert preview.process.wait(20) == 0
    assert list(temporary.iterdir()) == []
    wait_until(lambda: not any(alive(kernel.pid) for kernel in kernels), seconds=20)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ending_it_while_it_starts_leaves_nothing(
    course: Path, data: Path, temporary: Path, number: signal.Signals
) -> None:
    command = [*KIT, "preview", FIRST_LESSON, "--course", str(course), "--no-browser"]
    with subprocess.Popen(
        [*command, "--port", str(free_port())],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        wait_until(lambda: list(temporary.glob(f"{PREFIX}*")))
        process.send_signal(number)
        _out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in err
    wait_until(lambda: not list(temporary.iterdir()))  # what a kernel was to be forked from ends


def test_two_previews_and_a_course_at_once(server: Server, preview: Previewing) -> None:
    """Each is a server of its own; none takes another for itself."""
    assert len({server.process.pid, preview.process.pid}) == 2
    other = Previewing(preview.course, preview.log, preview.port).start()
    assert other.url.split("/kit/")[0] != preview.base
    other.stop()
    assert psutil.pid_exists(preview.process.pid)


# What it says ----------------------------------------------------------------------------------


def test_errors_are_one_sentence(tmp_path: Path, data: Path, temporary: Path) -> None:
    for more, says in (([], "There is no course.toml in"), (["--port", "0"], "is not a port")):
        command = [*KIT, "preview", "01-none", *more]
        ended = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
        )
        assert ended.returncode == 2
        assert says in ended.stderr
        assert "Traceback" not in ended.stderr
    assert list(temporary.iterdir()) == []


# How it looks -------------------------------------------------------------------------------------


def test_accessible(page: Page) -> None:
    """No axe-core violation, light, dark and on a phone; the strip hides no field with focus."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        for _theme in range(2):
            page.locator(".kit-theme").click()
            # At its end: elsewhere the strip hides half of whatever happens to be under its edge.
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            assert violations(page) == []
        box = page.locator(".kit-preview").bounding_box()
        assert box
        assert box["height"] <= 56
        field = check_root(page, "conclusion").locator("textarea")
        field.focus()
        inside = field.bounding_box()
        assert inside
        assert inside["y"] + inside["height"] <= box["y"]
