"""What a check does on a page besides its verdict: drafts, keys, focus, what is sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kit.apps.gallery import gallery, kinds, reach
from kit.journal import Journal
from kit.store import Store
from kit.widgets.check import CheckWidget
from tests.learner import check_in, check_root, expect_verdict, give, press_check
from tests.room import TASKS, Room, opened

INPUTS = ".kit-check :is(input, select, textarea, .kit-order-line button)"
PRESS = """({ inputs, composing }) => {
  for (const input of document.querySelectorAll(inputs)) {
    input.dispatchEvent(new KeyboardEvent("keydown", {
      key: "Enter", ctrlKey: true, isComposing: composing, bubbles: true, cancelable: true,
    }));
  }
  const sent = document.querySelectorAll(".kit-check:has(.kit-primary[aria-disabled])");
  return [...sent].map((check) => check.dataset.check);
}"""
"""Press Ctrl-Enter in each of these inputs; gives the checks that sent an answer."""


@pytest.fixture(scope="module")
def room(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with opened(browser, tmp_path_factory.mktemp("check-widget")) as room:
        yield room


@pytest.fixture
def page(room: Room) -> Page:
    """All checks of the gallery's course, as nobody has answered them."""
    room.need_fresh(*(task.check.id for task in TASKS.values()))
    room.page.evaluate("localStorage.clear()")
    room.open()
    return room.page


@pytest.mark.browser
def test_the_enter_that_ends_a_word_of_an_input_method_sends_nothing(page: Page) -> None:
    """As in Japanese, where Enter takes the word that is being composed."""
    assert page.evaluate(PRESS, {"inputs": INPUTS, "composing": True}) == []
    sent = set(page.evaluate(PRESS, {"inputs": INPUTS, "composing": False}))
    with_editor = {
        task.check.id for kind, task in TASKS.items() if kind in {"code", "table", "plot"}
    }
    assert sent >= {task.check.id for task in TASKS.values()} - with_editor


@pytest.mark.browser
def test_what_was_given_but_not_checked_is_back_after_a_reload(page: Page) -> None:
    """The answer, and how sure one is of it."""
    root = check_root(page, TASKS["number"].check.id)
    root.locator("input[type=text]").fill("119")
    root.get_by_label("A guess").check()
    page.reload()
    expect(root.locator("input[type=text]")).to_have_value("119")
    expect(root.get_by_label("A guess")).to_be_checked()
    press_check(root)
    expect_verdict(root, "Not yet")
    page.reload()
    expect(root.get_by_label("A guess")).to_be_checked()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft'))") == []


@pytest.mark.browser
def test_a_verdict_looks_old_beside_another_answer(page: Page) -> None:
    """Also after a reload, after Run, and after a hint; not once the answer is as it was."""
    task = TASKS["table"]
    root = check_root(page, task.check.id)
    verdict = root.locator(".kit-check-feedback")
    output = root.locator(".kit-check-output")
    give(page, root, task.check, task.wrong.answer)
    press_check(root)
    expect_verdict(root, "Not yet")
    expect(verdict).not_to_contain_class("kit-stale")
    give(page, root, task.check, "print('other')")
    expect(verdict).to_contain_class("kit-stale")
    root.get_by_role("button", name="Hint").click()
    expect(root.locator(".kit-check-hints li")).to_have_count(1)
    root.get_by_role("button", name="Run").click()
    expect(output).to_contain_text("other")
    expect(output).not_to_contain_class("kit-stale")
    expect(verdict).to_contain_class("kit-stale")
    page.reload()
    expect_verdict(root, "Not yet")
    expect(verdict).to_contain_class("kit-stale")
    give(page, root, task.check, task.wrong.answer)
    expect(verdict).not_to_contain_class("kit-stale")


@pytest.mark.browser
def test_a_button_that_goes_leaves_the_focus_in_the_check(page: Page) -> None:
    """The last hint, and the solution."""
    task = TASKS["text"]
    root = check_root(page, task.check.id)
    hint = root.get_by_role("button", name="Hint")
    hint.focus()
    for number in range(len(task.check.hints)):
        page.keyboard.press("Enter")
        expect(root.locator(".kit-check-hints li")).to_have_count(number + 1)
    expect(root.get_by_role("button", name="Check", exact=True)).to_be_focused()
    for answer in ("size", "len", "sum"):
        give(page, root, task.check, answer)
        press_check(root)
        expect(root.locator(".kit-check-feedback")).to_contain_text(answer)
    root.get_by_role("button", name="Show solution").focus()
    page.keyboard.press("Enter")
    expect(root.locator("summary")).to_be_focused()


def test_a_picture_is_sent_when_it_changes_and_not_with_each_hint() -> None:
    """A state is under a thousand bytes, and the picture of a chart is more than ten thousand."""
    widget = reach("plot", "right")
    assert widget
    sent: list[object] = []
    widget.observe(sent.append, "output")
    widget.receive({"do": "hint"})
    widget.receive({"do": "refresh"})
    assert sent == []
    assert len(json.dumps(widget.output)) > 10_000
    assert len(json.dumps(widget.state)) < 1_000


def test_a_text_that_could_not_be_kept_is_not_called_kept(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = Store(tmp_path / "file" / "progress.sqlite3")
    check = kinds()["reflect"]
    journal = Journal(gallery(), gallery().lessons[0], store=store, learner="ada")
    state = check_in(CheckWidget(check, journal, {}, in_app=True), check.passes[0])
    assert "Your answer is not saved" in state["problem"]
    assert (state["outcome"], state["feedback"], state["solution"]) == ("fresh", "", "")
