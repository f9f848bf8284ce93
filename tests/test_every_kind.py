"""Every kind of check in a real Chromium: the cells of the table in docs/checks.md.

Each test is about one kind, and is named by it. One server and one window serve all of them; a
fixture brings the window into the state that a test needs, whatever was done there before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kit.apps.gallery import FOLDER
from kit.apps.gallery import LESSON as GALLERY
from kit.checks import Check, load_checks
from kit.checks.code_check import CodeCheck
from kit.notebook import read_cells
from tests.accessibility import violations
from tests.lab import go_to_first_cell, go_up, open_notebook, run_cell, select_cell
from tests.learner import Task, check_root, expect_restored, give, learn, press_check
from tests.room import DRAWN, TASKS, Room, opened

pytestmark = pytest.mark.browser

COLUMNS = {
    "key not in the browser": "test_no_answer_reaches_the_browser",
    "Voila": "test_in_voila",
    "restored after restart": "test_restored_after_a_restart",
    "axe": "test_accessible",
    "variants": "test_another_one",
    "keyboard": "test_by_keyboard_alone",
    "Lab": "test_in_jupyterlab",
}
each_kind = pytest.mark.parametrize("kind", TASKS)


@pytest.fixture(scope="module")
def room(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with opened(browser, tmp_path_factory.mktemp("every-kind")) as room:
        yield room


@pytest.fixture
def fresh(room: Room, kind: str) -> Room:
    """Neither the check of this kind nor the drawn one was answered."""
    room.need_fresh(TASKS[kind].check.id, DRAWN[kind].check.id)
    return room


@pytest.fixture
def answered(room: Room, kind: str) -> Room:
    """The check of this kind was answered wrong, then right, with a hint between."""
    room.need_answered([TASKS[kind]])
    return room


@pytest.fixture
def restarted(room: Room) -> Room:
    """All kinds were answered so; then kernel and server were killed, and the latter started."""
    room.need_restarted(TASKS.values())
    return room


@each_kind
def test_no_answer_reaches_the_browser(fresh: Room, kind: str) -> None:
    """After a wrong answer, nothing of the right one is in any page, script or message."""
    task, page = TASKS[kind], fresh.page
    root = check_root(page, task.check.id)
    give(page, root, task.check, task.wrong.answer)
    press_check(root)
    feedback = root.locator(".kit-check-feedback")
    expect(feedback).to_have_attribute("data-outcome", task.wrong.outcome)
    assert len(feedback.inner_text()) > 15, "never a bare verdict"
    given = task.check.written(task.wrong.answer)
    seen = f"{task.check.text()} {json.dumps(task.check.form())} {given} {feedback.inner_text()}"
    shown = plain(seen)
    secrets = {line for line in lines_of(task.check) if plain(line) not in shown}
    received = plain("\n".join(text for _, text in fresh.visit.watch.received))
    assert secrets
    assert [line for line in secrets if plain(line) in received] == []


def lines_of(value: Any) -> Iterator[str]:
    """Every line that an author wrote into a check, long enough not to occur by chance."""
    if isinstance(value, str):
        yield from (line.strip() for line in value.splitlines() if len(line.strip()) >= 16)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (*lines_of(key), *lines_of(each))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from lines_of(each)
    elif is_dataclass(value):
        for each in fields(value):
            if each.name not in {"namespace", "family", "prompt", "id"}:
                yield from lines_of(getattr(value, each.name))


def plain(text: str) -> str:
    """Letters and digits only: markup, JSON's signs and typographic quotes fall away."""
    text = re.sub(r"\\u[0-9a-f]{4}|\\n|&\w+;|<[^>]+>", "", text)
    return re.sub(r"[\W_]+", "", text)


@each_kind
def test_in_voila(fresh: Room, kind: str) -> None:
    """Wrong, a hint, then right."""
    learn(fresh.page, TASKS[kind])


@each_kind
def test_restored_after_a_restart(restarted: Room, kind: str) -> None:
    """After kill -9 of kernel and server the answer is back, and the hint that was taken."""
    expect_restored(restarted.page, TASKS[kind])


@each_kind
def test_accessible(answered: Room, kind: str) -> None:
    """No axe-core violation (WCAG 2.2 AA) with feedback and hints, light, dark and on a phone."""
    page, selector = answered.page, f'[data-check="{TASKS[kind].check.id}"]'
    expect(page.locator(selector)).to_be_visible()
    found = []
    for theme, width in (("light", 1280), ("dark", 1280), ("light", 390)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("theme => { document.documentElement.dataset.kitTheme = theme; }", theme)
        found += [(theme, width, *each) for each in violations(page, inside=selector)]
        overflow = page.evaluate("document.documentElement.scrollWidth") - width
        assert overflow <= 0, f"{overflow} px too wide"
    page.set_viewport_size({"width": 1280, "height": 900})
    assert found == []


@each_kind
def test_another_one(fresh: Room, kind: str) -> None:
    """Another one asks something else, is judged by itself, and is what comes back."""
    task, page = DRAWN[kind], fresh.page
    root = check_root(page, task.check.id)
    root.scroll_into_view_if_needed()
    learn(page, replace(task, check=replace(task.check, hints=())))
    before = root.locator(".kit-check-prompt").inner_text()
    root.get_by_role("button", name="Another one").click()
    expect(root.locator(".kit-check-verdict")).to_have_count(0)
    assert task.check.family
    other = task.check.family.another(0)
    if other.prompt != task.check.prompt:
        expect(root.locator(".kit-check-prompt")).not_to_have_text(before)
    right = next(each.answer for each in other.examples() if each.outcome == "passed")
    give(page, root, other, right)
    press_check(root)
    expect(root.locator(".kit-check-feedback")).to_have_attribute("data-outcome", "passed")


@each_kind
def test_by_keyboard_alone(fresh: Room, kind: str) -> None:
    """From the heading into the check, an answer, its verdict, and out again: no mouse."""
    page, task = fresh.page, TASKS[kind]
    root = check_root(page, task.check.id)
    page.evaluate("id => document.getElementById(id).focus()", "kit-main")
    tab_into(page, root)
    answer_by_keys(page, root, task)
    feedback = root.locator(".kit-check-feedback")
    expect(feedback).to_have_attribute("data-outcome", "passed")
    for _ in range(60):
        if not has_focus(root):
            break
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
    assert not has_focus(root), "the keyboard is trapped"


def tab_into(page: Page, root: Locator) -> None:
    for _ in range(400):
        if has_focus(root):
            return
        page.keyboard.press("Escape")
        page.keyboard.press("Tab")
    raise AssertionError("the check is not reached by Tab")


def has_focus(root: Locator) -> bool:
    return bool(root.evaluate("root => root.contains(document.activeElement)"))


def answer_by_keys(page: Page, root: Locator, task: Task) -> None:
    check, keys = task.check, page.keyboard
    if check.kind == "choice":
        keys.press("Space")
        for _ in range(check.form()["options"].index(task.right.strip())):
            keys.press("ArrowDown")
    elif check.kind == "choices":
        for option in check.form()["options"]:
            if option in task.right:
                keys.press("Space")
            keys.press("Tab")
        keys.press("Shift+Tab")
    elif isinstance(check, CodeCheck) or check.kind == "reflect":
        keys.press("Control+a")
        keys.insert_text(task.right)
    elif check.kind in {"number", "text"}:
        keys.type(str(task.right))
    else:  # `give` uses keys for these
        give(page, root, check, task.right)
    if check.confidence:
        while not root.locator(".kit-check-confidence input").first.evaluate(
            "input => input === document.activeElement"
        ):
            keys.press("Tab")
        keys.press("Space")
    by_itself = isinstance(check, CodeCheck) or check.kind == "reflect"
    if check.kind in {"order"}:
        while page.evaluate("document.activeElement.textContent") != "Check":
            keys.press("Tab")
    keys.press("Control+Enter" if by_itself else "Enter")


@each_kind
def test_in_jupyterlab(said_in_lab: dict[str, str], kind: str) -> None:
    """As a notebook: the cell is run, the check answers back, and the answer is kept."""
    assert said_in_lab.get(kind) == "passed"


@pytest.fixture(scope="module")
def said_in_lab(room: Room) -> dict[str, str]:
    """What the check of each kind said, in the gallery's notebook, run cell by cell."""
    page, said = room.page, {}
    room.begin_anew()
    open_notebook(room.visit, room.url)
    go_to_first_cell(page)
    by_id = {task.check.id: task for task in TASKS.values()}
    cells = read_cells(room.server.course / "lessons" / GALLERY / "my-lesson.ipynb")
    for number, cell in enumerate(cells):
        task = by_id.get(cell["id"].removeprefix("work-"))
        if task:
            run_cell(page, task.wrong.answer)
            go_up(page, number)
        run_cell(page, task.right if task else None)
        asked = re.fullmatch(r"checks\.(\w+)", cell["source"])
        if asked and asked[1] in by_id:
            said[by_id[asked[1]].check.kind] = verdict_in_lab(page, by_id[asked[1]])
            select_cell(page, number + 1)
    return said


def verdict_in_lab(page: Page, task: Task) -> str:
    root = check_root(page, task.check.id)
    expect(root).to_be_visible()
    root.scroll_into_view_if_needed()
    if not isinstance(task.check, CodeCheck):
        give(page, root, task.check, task.right)
    press_check(root)
    feedback = root.locator(".kit-check-feedback")
    expect(feedback).to_have_attribute("data-outcome", re.compile("."))
    expect(feedback).not_to_have_attribute("data-outcome", "fresh")
    return str(feedback.get_attribute("data-outcome"))


def matrix() -> str:
    """The table of docs/checks.md: each mark is a test above, by its name and its kind."""
    head = f"| kind | {' | '.join(COLUMNS)} |"
    rows = [f"| `{kind}` |" + " ✓ |" * len(COLUMNS) for kind in TASKS]
    return "\n".join([head, "|---" * (len(COLUMNS) + 1) + "|", *rows])


def test_each_mark_of_the_table_is_a_test() -> None:
    """docs/checks.md has a row for each kind, and a column for each of the tests here."""
    marked = {name for name, test in globals().items() if each_kind.mark in marks_of(test)}
    assert marked == set(COLUMNS.values())
    kinds = {check.kind for check in load_checks(FOLDER / GALLERY / "checks.py").values()}
    assert kinds == set(TASKS) == set(DRAWN) == {kind.kind for kind in every(Check)}  # type: ignore[type-abstract]
    assert matrix() in (Path(__file__).parent.parent / "docs" / "checks.md").read_text()


def marks_of(test: Any) -> list[Any]:
    return list(getattr(test, "pytestmark", [])) if callable(test) else []


def every(kind: type[Check]) -> Iterator[type[Check]]:
    """The kinds of check that the kit has."""
    for each in kind.__subclasses__():
        if each.__module__.startswith("kit.") and hasattr(each, "kind"):
            yield each
        yield from every(each)
