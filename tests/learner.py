"""A learner at a check, in a browser: answers wrong, takes hints, answers right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from kit.checks import Check, Example, load_checks


@dataclass(frozen=True)
class Task:
    """A check with one answer that must pass and one that must fail."""

    check: Check
    right: str
    wrong: Example


def tasks_of(lesson: Path) -> list[Task]:
    """The lesson's checks in the order of checks.py, which is that of the lesson."""
    tasks = []
    for check in load_checks(lesson / "checks.py").values():
        examples = list(check.examples())
        right = next(each.answer for each in examples if each.outcome == "passed")
        wrong = next(each for each in examples if each.outcome == "failed")
        tasks.append(Task(check, str(right), wrong))
    return tasks


def check_root(page: Page, check_id: str) -> Locator:
    return page.locator(f'[data-check="{check_id}"]')


def give(page: Page, root: Locator, check: Check, answer: str) -> None:
    """Put an answer into the check's input, as a learner with a mouse and a keyboard does."""
    if check.kind == "choice":
        options = check.form()["options"]
        root.locator(".kit-check-option").nth(options.index(answer.strip())).click()
    elif check.takes_code:
        root.locator(".cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(answer)
    else:
        root.locator("input").fill(answer)


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
    expect(root.locator(".kit-check-feedback")).to_have_attribute("data-outcome", "failed")
    expect(root.locator(".kit-check-saved")).to_have_text("Saved")
    root.get_by_role("button", name="Hint").click()
    expect(root.locator(".kit-check-hints li")).to_have_count(1)
    give(page, root, task.check, task.right)
    press_check(root)
    expect_verdict(root, "Right")


def expect_restored(page: Page, task: Task) -> None:
    """The check shows what was answered before, as it was left."""
    root = check_root(page, task.check.id)
    expect_verdict(root, "Right")
    expect(root.locator(".kit-check-hints li")).to_have_count(1)
    if task.check.kind == "choice":
        chosen = root.locator(".kit-check-option:has(input:checked)")
        expect(chosen).to_have_count(1)
    elif task.check.takes_code:
        first_line = task.right.strip().splitlines()[0]
        expect(root).to_contain_text(first_line)
    else:
        expect(root.locator("input")).to_have_value(task.right)
