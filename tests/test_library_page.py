"""The library's page: searched with and without scripts, by keys, in light, dark and on a phone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from kit.library.index import index_file
from tests.accessibility import assert_accessible
from tests.conftest import LESSON, Server, Visit, wait_until

pytestmark = pytest.mark.browser


def library(server: Server, question: str = "") -> str:
    return f"{server.base}/kit/library" + (f"?q={quote(question)}" if question else "")


def test_the_index_is_there_soon_after_the_start(server: Server, course: Path) -> None:
    wait_until(index_file(course / "lessons").exists)


def test_it_is_searched_while_one_types(visit: Visit, server: Server) -> None:
    page = visit.page
    page.goto(library(server))
    expect(page.get_by_role("searchbox")).to_be_focused()
    expect(page.get_by_role("heading", name="Terms")).to_be_visible()
    page.keyboard.type("pengiun")
    said = page.locator(".kit-found-said")
    expect(said).to_contain_text("“pengiun” is nowhere in the course. Also searched: penguin.")
    expect(page.locator(".kit-found mark").first).to_contain_text(
        re.compile("penguin", re.IGNORECASE)
    )
    expect(page.get_by_role("heading", name="Terms")).to_be_hidden()
    assert page.url.endswith("/kit/library?q=pengiun")
    page.get_by_role("checkbox", name="Video").check()
    expect(page.locator(".kit-found-place").first).to_have_text(re.compile("^Video at "))
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("heading", name="Terms")).to_be_visible()
    expect(page.locator(".kit-found")).to_have_count(0)
    assert (visit.watch.outside, visit.watch.complaints) == ([], [])


def test_a_question_in_the_address_is_answered_in_the_page_itself(
    browser: Browser, server: Server
) -> None:
    """What a browser without scripts gets is the same list, by a form."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server.url)
    page.get_by_role("searchbox", name="Search the course").fill("value_counts")
    page.get_by_role("button", name="Search the course").click()
    expect(page.get_by_role("searchbox")).to_have_value("value_counts")
    expect(page.locator(".kit-found li").first).to_contain_text("value_counts")
    page.get_by_role("checkbox", name="Lesson text").check()
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".kit-found-place").first).to_have_text(re.compile("^Lesson text · "))
    expect(page.get_by_role("checkbox", name="Lesson text")).to_be_checked()
    context.close()


def test_a_hit_opens_its_place_by_keys_alone(visit: Visit, server: Server) -> None:
    page = visit.page
    page.goto(server.lesson_url)
    page.get_by_role("searchbox", name="Search the course").focus()
    page.keyboard.type("labels promise individual")
    page.keyboard.press("Enter")
    hit = page.locator(".kit-found a").first
    expect(hit).to_be_visible()
    goes_to = str(hit.get_attribute("href"))
    hit.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.base}{goes_to}")
    place = goes_to.rpartition("#")[2]
    expect(page.locator(f"#{place}")).to_be_in_viewport()


def test_nothing_found_says_what_to_try(visit: Visit, server: Server) -> None:
    page = visit.page
    page.goto(library(server, "xyzzyq"))
    expect(page.locator(".kit-found-said")).to_have_text("Nothing found.")
    expect(page.locator("#kit-results li")).to_have_count(2)
    page.goto(f"{library(server, 'xyzzyq')}&kind=video&kind=nonsense")
    expect(page.locator("#kit-results li")).to_have_count(3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(visit: Visit, server: Server, scheme: str) -> None:
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(library(server))
    assert_accessible(page, "the glossary")
    page.goto(library(server, "missing mean"))
    expect(page.locator(".kit-found li").first).to_be_visible()
    assert_accessible(page, "results")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(library(server, "xyzzyq"))
    assert_accessible(page, "nothing found, on a phone")
    for url in (library(server, "gap"), library(server), server.url, server.lesson_url):
        page.goto(url)
        expect(page.locator("h1").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, url
    smallest = page.locator(".kit-search button").bounding_box()
    assert smallest
    assert min(smallest["width"], smallest["height"]) >= 24


def test_long_names_stay_on_the_page(visit: Visit, server: Server, course: Path) -> None:
    notes = course / "lessons" / LESSON / "notes.md"
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
    notes.write_text(f"# {long}\n\n{long} zebrafinch\n\n- **{long}**: {long} zebrafinch\n")
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    for url in (library(server, "zebrafinch"), library(server)):
        page.goto(url)
        expect(page.locator("main")).to_contain_text(long)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


HOSTILE = [
    '"',
    '" OR *',
    "<script>alert(1)</script>",
    "\x00",
    "x" * 10_000,
    "a " * 5_000,
    "%",
    "💥",
    "'--",
]


def test_any_question_gets_a_page_and_an_answer(visit: Visit, server: Server) -> None:
    request = visit.page.request
    for question in HOSTILE:
        answer = request.get(f"{server.base}/kit/api/library?q={quote(question)}")
        assert answer.status == 200, question[:20]
        assert "<script" not in answer.json()["html"]
    for query in ("q=%ff%fe", "q=a&q=b", "kind=", "", "q=gap&lesson="):
        assert request.get(f"{server.base}/kit/api/library?{query}").status in {200, 400}, query
    answer = request.get(f"{server.base}/kit/api/library?q=gap&kind=film")
    assert (answer.status, "no kind 'film'" in answer.json()["message"]) == (400, True)
    visit.page.goto(library(server, '<img src=x onerror=alert(1)>"'))
    expect(visit.page.get_by_role("searchbox")).to_have_value('<img src=x onerror=alert(1)>"')
    assert visit.page.locator("main img").count() == 0


def test_who_is_not_let_in_finds_nothing(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    answer = context.request.get(f"{server.base}/kit/api/library?q=gap")
    assert answer.status == 403
    assert "text_html" not in answer.text()
    context.close()


def test_a_lesson_that_was_saved_is_found_and_a_broken_one_harms_no_other(
    visit: Visit, server: Server, course: Path
) -> None:
    lessons = course / "lessons"
    broken = lessons / "02-select-and-filter" / "lesson.ipynb"
    broken.write_text("{")
    path = lessons / LESSON / "lesson.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["source"] = "# Meet the quokka"
    path.write_text(json.dumps(notebook))
    page = visit.page
    page.goto(library(server, "quokka"))
    expect(page.locator(".kit-found li")).to_have_count(1)
    expect(page.locator(".kit-found-place")).to_have_text("Lesson text · Meet the quokka")


def test_where_there_is_no_index_the_page_says_why(
    visit: Visit, server: Server, course: Path, data: Path
) -> None:
    wait_until(index_file(course / "lessons").exists)
    for file in (data / "library").iterdir():
        file.unlink()
    (data / "library").rmdir()
    (data / "library").write_text("in its place")
    visit.watch.expected = True
    visit.page.goto(library(server, "gap"))
    expect(visit.page.get_by_role("alert").filter(has_text="The library's index")).to_be_visible()
    answer = visit.page.request.get(f"{server.base}/kit/api/library?q=gap")
    assert answer.status == 503
    visit.page.get_by_role("searchbox").fill("gaps")
    expect(visit.page.locator(".kit-found-said")).to_contain_text("The lessons work without it.")
