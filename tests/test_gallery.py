"""The gallery: each kind of check in each state, as its page says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kit.apps.gallery import TROUBLE, gallery, kinds, pages, reach, show, states
from kit.authoring.lint.trials import trials_of
from kit.checks import Check, load_checks
from tests.accessibility import violations
from tests.room import Room, opened

EXPECTED: dict[str, dict[str, Any]] = {
    "fresh": {"outcome": "fresh", "hints": []},
    "not_attempted": {"outcome": "not_attempted", "attempts": 0},
    "wrong": {"outcome": "failed", "partial": False},
    "partly": {"outcome": "failed", "partial": True},
    "right": {"outcome": "passed", "restored": False},
    "hints": {"outcome": "fresh"},
    "solution": {"outcome": "failed", "attempts": 3, "passed": False},
    "restored": {"outcome": "passed", "restored": True},
}
HAVE_PARTS = {"choices", "blanks", "order", "match", "code", "plot"}


def test_each_kind_has_a_page() -> None:
    assert list(pages()) == [*kinds(), TROUBLE]


@pytest.mark.parametrize("kind", kinds())
def test_each_state_is_what_its_name_says(kind: str) -> None:
    shown = {state: widget for state in states(kind) if (widget := reach(kind, state))}
    for state, widget in shown.items():
        assert EXPECTED[state].items() <= widget.state.items(), state
    lacks = {"partly"} - {"partly" for each in HAVE_PARTS if each == kind}
    if kind == "reflect":
        lacks |= {"wrong", "hints", "solution"}
    else:
        assert len(shown["hints"].state["hints"]) == 2
        assert shown["solution"].state["solution"]
    assert set(states(kind)) - set(shown) == lacks


def test_trouble_is_real() -> None:
    broken, not_saved = (show(TROUBLE, state) for state in states(TROUBLE))
    assert broken
    assert not_saved
    assert broken.state["outcome"] == "broken"
    assert "Your answer is not saved" in not_saved.state["problem"]
    assert not_saved.state["outcome"] == "passed"


@pytest.mark.parametrize(
    "check", load_checks(gallery().lessons[0].folder / "checks.py").values(), ids=lambda it: it.id
)
def test_each_check_keeps_what_its_author_promises(check: Check) -> None:
    for trial in trials_of(check):
        assert trial.outcome.name == trial.example.outcome, trial.example
        assert trial.example.says in trial.outcome.feedback


@pytest.fixture(scope="module")
def room(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with opened(browser, tmp_path_factory.mktemp("gallery")) as room:
        yield room


@pytest.fixture
def page(room: Room) -> Page:
    """The list of the kinds."""
    room.page.goto(f"{room.server.base}/kit/gallery")
    return room.page


@pytest.mark.browser
@pytest.mark.parametrize("name", ["plot", TROUBLE])
def test_a_page_shows_its_states_and_no_others(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).click()
    expect(page.locator(".kit-check")).to_have_count(len(states(name)))
    assert page.locator("h2").all_inner_texts() == list(states(name).values())
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.kitTheme = theme; }", theme)
        assert violations(page, rules=()) == []


@pytest.mark.browser
def test_what_is_typed_in_the_gallery_is_gone_with_the_page(page: Page) -> None:
    """Each state is shown as it is; and all of a kind's share one place for drafts."""
    page.get_by_role("link", name="text", exact=True).click()
    fields = page.locator(".kit-check input")
    expect(fields).to_have_count(len(states("text")) - 1)
    fields.first.fill("typed")
    page.reload()
    expect(fields).to_have_count(len(states("text")) - 1)
    expect(fields.first).to_have_value("")
