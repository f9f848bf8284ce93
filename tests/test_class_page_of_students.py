"""The class's page where students are real: empty at first, then with whatever they hand in."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import assert_accessible
from tests.conftest import Server, Visit
from tests.small_class import (
    answered,
    graded_notebook,
    hand_in,
    make_gradebook,
    put_programs_on_the_path,
    write_events,
)

pytestmark = pytest.mark.browser
HOSTILE = (
    "</script><script>window.harmed = 1</script><img src=/harm onerror='window.harmed = 2'>"
    "\"'{{ 7 * 7 }}$x$<a href='javascript:window.harmed = 3'>here</a>"
)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3


def open_class(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.base}/kit/class{query}")
    expect(page.locator("h1")).to_have_text("Class")
    expect(page.locator("#kit-people")).to_have_count(1)


def class_named(assignments: Path, name: str, patch: pytest.MonkeyPatch) -> None:
    """Six learners who are all called so, three of whom write it wherever they may."""
    put_programs_on_the_path(patch)
    book = make_gradebook(assignments)
    with sqlite3.connect(book) as connection:
        connection.execute("UPDATE student SET first_name = ?, last_name = ''", (name,))
    connection.close()
    for who in ("ada", "ben", "eve"):
        write_events(
            assignments / "submitted" / who / "a1" / "progress.jsonl",
            answered(who, "known_sex", [(f"{name}{n}", f"Not {name}") for n in range(3)]),
        )
        source = f'x = """{name}"""\n' + "".join(f"y{n} = {n} * x[{n}]\n" for n in range(40))
        failed = [("t1", name, name), (name, "NameError", name)]
        hand_in(assignments, who, graded_notebook({name: source}, failed))


def test_with_no_class_it_says_what_to_do(visit: Visit, server: Server, course: Path) -> None:
    page = visit.page
    expect(page.get_by_role("heading", name="Lessons")).to_be_visible()
    expect(page.get_by_role("link", name="Your class")).to_have_count(0)
    open_class(page, server)
    expect(page.locator("main")).to_contain_text("There is no class here yet.")
    expect(page.locator("main")).to_contain_text(str(course / "assignments" / "progress"))
    expect(page.get_by_text("imulated")).to_have_count(0)
    expect(page.locator("main section")).to_have_count(0)
    assert_accessible(page, "a class of nobody")
    assert visit.watch.complaints == []


def test_what_students_hand_in_shows_when_it_is_there(
    visit: Visit, server: Server, course: Path
) -> None:
    page = visit.page
    file = course / "assignments" / "progress" / "ada.jsonl"
    write_events(file, answered("ada", "known_sex", [("344", "Gaps are no values.")] * 3))
    page.goto(server.url)
    page.get_by_role("link", name="Your class").click()
    expect(page.locator(".kit-said")).to_contain_text("1 learner has handed in progress.")
    expect(page.locator("table[data-name=stuck] tbody tr")).to_have_count(1)
    expect(page.locator(".kit-plot[data-drawn]")).to_have_count(1)
    expect(page.locator("#marks")).to_contain_text("No work is graded yet.")
    assert (visit.watch.outside, visit.watch.complaints) == ([], [])


def test_what_students_write_is_shown_as_text(
    visit: Visit, server: Server, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit.page
    class_named(course / "assignments", HOSTILE, monkeypatch)
    (course / "assignments" / "progress").mkdir()
    (course / "assignments" / "progress" / "<b>bad<b>.jsonl").write_text(HOSTILE)
    open_class(page, server, f"?learners={HOSTILE}&assignment={HOSTILE}&part={HOSTILE}/x")
    expect(page.locator("#kit-learners")).to_have_value(HOSTILE)
    open_class(page, server)
    expect(page.locator("#similar tbody tr")).to_have_count(3)
    expect(page.locator(".kit-plot[data-drawn]")).to_have_count(3)
    page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
    for place in ("#stuck .kit-who li", "#wrong tbody", "#errors tbody", ".kit-said", "#similar"):
        expect(page.locator(place).first).to_contain_text("<img src=/harm")
    expect(page.locator(".kit-problem")).to_contain_text("<b>bad<b>.jsonl")
    hover_what_was_done(page)
    expect(page.locator(".hoverlayer text").first).to_contain_text("</script>")
    with page.expect_download() as download:
        page.locator("[data-csv=errors]").click()
    assert "<img" in Path(download.value.path()).read_text()
    assert page.evaluate("window.harmed") is None
    assert page.locator("main img, main [href^=javascript], svg a").count() == 0
    assert (visit.watch.outside, visit.watch.complaints) == ([], [])


def hover_what_was_done(page: Page) -> None:
    """By the first learner of whom the map shows anything."""
    figure = page.locator("[data-behind=kit-table-progress] script").text_content()
    shares = json.loads(figure or "")["data"][0]["z"][::-1]  # as they stand, from the top
    down, across = next(
        (down, across)
        for down, row in enumerate(shares)
        for across, share in enumerate(row)
        if share is not None
    )
    map_ = page.locator(".heatmaplayer image")
    map_.scroll_into_view_if_needed()
    box = map_.bounding_box()
    assert box
    page.mouse.move(
        box["x"] + (across + 0.5) / len(shares[0]) * box["width"],
        box["y"] + (down + 0.5) / len(shares) * box["height"],
    )


def test_a_spreadsheet_is_given_no_formula(
    visit: Visit, server: Server, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit.page
    class_named(course / "assignments", "=HYPERLINK(1)", monkeypatch)
    open_class(page, server)
    with page.expect_download() as download:
        page.locator("[data-csv=wrong]").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in text
    assert not any(cell.startswith("=") for line in text.splitlines() for cell in line.split(","))


def test_long_names_stay_on_the_page(
    visit: Visit, server: Server, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit.page
    class_named(course / "assignments", LONG, monkeypatch)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        open_class(page, server)
        expect(page.locator(".kit-plot[data-drawn]")).to_have_count(3)
        expect(page.locator("#errors")).to_contain_text(LONG[:60])
        for closed in page.locator("details.kit-behind").all():
            closed.locator("summary").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_damaged_gradebook_is_told_and_the_rest_is_shown(
    visit: Visit, server: Server, course: Path
) -> None:
    page = visit.page
    (course / "assignments" / "gradebook.db").write_bytes(b"no gradebook" * 1000)
    file = course / "assignments" / "progress" / "ada.jsonl"
    write_events(file, answered("ada", "known_sex", [("333", "")]))
    open_class(page, server)
    expect(page.locator(".kit-problem")).to_contain_text("cannot be read: file is not a database.")
    expect(page.locator(".kit-said")).to_contain_text("1 learner has handed in progress.")
    assert json.loads(page.locator("#kit-people").text_content() or "") == [["ada", "", {}]]
