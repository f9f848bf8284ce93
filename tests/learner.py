"""A learner at a check, in a browser: answers wrong, takes hints, answers right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from kit.checks import Check, Example, load_checks
from kit.checks.code_check import CodeCheck
from kit.widgets.check import CheckWidget


@dataclass(frozen=True)
class Task:
    """A check with one answer that must pass and one that must not."""

    check: Check
    right: Any
    wrong: Example


def tasks_of(lesson: Path) -> list[Task]:
    """The lesson's checks in the order of checks.py, which is that of the lesson."""
    tasks = []
    for check in load_checks(lesson / "checks.py").values():
        examples = list(check.examples())
        right = next(each.answer for each in examples if each.outcome == "passed")
        # A text of one's own is never wrong, but can be too short.
        others = ("failed", "not_attempted")
        wrong = next(e for outcome in others for e in examples if e.outcome == outcome and e.answer)
        tasks.append(Task(check, right, wrong))
    return tasks


def check_root(page: Page, check_id: str) -> Locator:
    return page.locator(f'[data-check="{check_id}"]')


def give(page: Page, root: Locator, check: Check, answer: Any) -> None:
    """Put an answer into the check's input, as a learner with a mouse and a keyboard does."""
    if check.confidence:
        root.locator(".kit-check-confidence input").first.check()
    if check.kind == "choice":
        options = check.form()["options"]
        root.locator(".kit-check-option").nth(options.index(answer.strip())).click()
    elif check.kind == "choices":
        for number, option in enumerate(check.form()["options"]):
            root.locator(".kit-check-option input").nth(number).set_checked(option in answer)
    elif check.kind == "reflect":
        root.locator("textarea").fill(answer)
    elif isinstance(check, CodeCheck):
        root.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(answer)
    elif check.kind == "blanks":
        fields = root.locator(".kit-gap :is(input, select)")
        for number, gap in enumerate(check.form()["gaps"]):
            fill(page, fields.nth(number), answer.get(gap["name"], ""), gap["options"])
    elif check.kind == "match":
        form = check.form()
        for number, left in enumerate(form["lefts"]):
            field = root.locator(".kit-match select").nth(number)
            fill(page, field, answer.get(left, ""), form["options"])
    elif check.kind == "order":
        put_in_order(page, root, check, answer)
    else:
        root.locator("input[type=text]").fill(str(answer))


def fill(page: Page, field: Locator, text: str, options: Sequence[str]) -> None:
    """Type into a field; or choose in a drop-down by keys, where one is none."""
    field.focus()
    if not options:
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.type(text)
        return
    page.keyboard.press("Home")
    for _ in range(options.index(text) + 1 if text else 0):
        page.keyboard.press("ArrowDown")


def put_in_order(page: Page, root: Locator, check: Check, answer: Sequence[Any]) -> None:
    """Use the lines by their buttons, and move them by keys."""
    form = check.form()
    used = root.locator('[data-do="leave_out"]:visible')
    while used.count():
        used.first.click()
    free = list(range(len(form["lines"])))
    for place, (text, level) in enumerate(answer):
        index = next(each for each in free if form["lines"][each] == text)
        free.remove(index)
        row = root.locator(f'.kit-order-line:has([id$="-line-{index}"])')
        if form["choose"]:
            row.get_by_role("button", name="Use").click()
        row.get_by_role("button").first.focus()
        above = row.evaluate("row => [...row.parentElement.children].indexOf(row)")
        for key, times in (
            ("Alt+ArrowUp", above - place), ("ArrowLeft", form["levels"]), ("ArrowRight", level)
        ):  # fmt: skip
            for _ in range(times):
                page.keyboard.press(key)


def expect_given(root: Locator, check: Check, answer: Any) -> None:
    """The check's input holds this answer."""
    if check.kind in {"blanks", "match"}:
        names: list[str] = check.form().get("lefts") or [
            gap["name"] for gap in check.form()["gaps"]
        ]
        fields = root.locator(":is(.kit-gap, .kit-match) :is(input, select)")
        for number, name in enumerate(names):
            expect(fields.nth(number)).to_have_value(answer.get(name, ""))
    elif check.kind == "order":
        used = root.locator(".kit-order ol").first.locator(".kit-order-text")
        expect(used).to_have_count(len(answer))
        indexes = used.evaluate_all(
            "lines => lines.map((line) => Number(line.id.split('-').pop()))"
        )
        assert [check.form()["lines"][each] for each in indexes] == [text for text, _ in answer]
        levels = used.evaluate_all(
            "lines => lines.map(({ parentElement: row }) => +row.style.getPropertyValue('--level'))"
        )
        assert levels == [level for _, level in answer]
    else:
        expect(root.locator("input[type=text], textarea").first).to_have_value(str(answer))


def press_check(root: Locator) -> None:
    root.get_by_role("button", name="Check", exact=True).click()


def expect_verdict(root: Locator, verdict: str) -> None:
    expect(root.locator(".kit-check-verdict")).to_contain_text(verdict)


def learn(page: Page, task: Task) -> None:
    """Wrong, a hint, then right; each step is seen."""
    root = check_root(page, task.check.id)
    root.scroll_into_view_if_needed()
    give(page, root, task.check, task.wrong.answer)
    press_check(root)
    feedback = root.locator(".kit-check-feedback")
    expect(feedback).to_have_attribute("data-outcome", task.wrong.outcome)
    if task.wrong.outcome == "failed":
        expect(root.locator(".kit-check-saved")).to_have_text("Saved")
    if task.check.hints:
        root.get_by_role("button", name="Hint").click()
        expect(root.locator(".kit-check-hints li")).to_have_count(1)
    give(page, root, task.check, task.right)
    press_check(root)
    expect(feedback).to_have_attribute("data-outcome", "passed")


def expect_restored(page: Page, task: Task) -> None:
    """The check shows what was answered before, as it was left."""
    root = check_root(page, task.check.id)
    expect(root.locator(".kit-check-feedback")).to_have_attribute("data-outcome", "passed")
    expect(root.locator(".kit-check-hints li")).to_have_count(1 if task.check.hints else 0)
    if task.check.kind in {"choice", "choices"}:
        chosen = root.locator(".kit-check-option:has(input:checked)")
        expect(chosen).to_have_count(1 if task.check.kind == "choice" else len(task.right))
    elif isinstance(task.check, CodeCheck):
        first_line = task.right.strip().splitlines()[0]
        expect(root).to_contain_text(first_line)
    else:
        expect_given(root, task.check, task.right)


def check_in(widget: CheckWidget, answer: str) -> dict[str, Any]:
    """Choose Check without a browser; the state that a browser would get."""
    widget.receive({"do": "check", "answer": answer})
    return dict(widget.state)
