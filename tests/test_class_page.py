"""The class's page in a browser: what it says and draws, and where each figure leads."""

from __future__ import annotations

import csv
import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Locator, Page, expect

from kit.cli import main
from tests.accessibility import assert_accessible
from tests.conftest import ROOT, Server, Visit, free_port, own_data, serving

pytestmark = pytest.mark.browser
LEARNERS = 30


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A simulated class."""
    folder = tmp_path_factory.mktemp("class")
    with pytest.MonkeyPatch.context() as patch:
        own_data(folder, patch)
        made = CliRunner().invoke(main, ["simulate", str(folder / "made"), "--course", str(ROOT)])
        assert made.exit_code == 0, made.output
        yield folder / "made"


@pytest.fixture(scope="module")
def server(made: Path, request: pytest.FixtureRequest) -> Iterator[Server]:
    with serving(Server(made, made.parent / "server.log", free_port()), request) as running:
        yield running


@pytest.fixture
def page(visit: Visit, server: Server) -> Page:
    """The class's page, all of it there."""
    open_class(visit.page, server)
    return visit.page


def open_class(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.base}/kit/class{query}")
    expect(page.locator("#similar")).to_be_visible()
    expect(page.locator(".kit-plot:not([data-drawn])")).to_have_count(0)


def table(page: Page, name: str) -> Locator:
    return page.locator(f"table[data-name={name}]")


def test_it_begins_with_sentences(visit: Visit, server: Server, made: Path) -> None:
    """The same that `kit insight` prints; where learners are stuck comes first of all."""
    page = visit.page
    page.goto(server.url)
    page.get_by_role("link", name="Your class").click()
    expect(page.locator("#similar")).to_be_visible()
    told = CliRunner().invoke(main, ["insight", "--course", str(made), "--json"])
    said = page.locator(".kit-said li")
    expect(said.first).to_contain_text("30 learners have handed in progress.")
    expect(said.nth(1)).to_contain_text("The commonest place to be stuck is “")
    shown = [text.rpartition(" Show")[0] for text in said.all_text_contents()]
    assert sorted(shown) == sorted(json.loads(told.stdout)["said"])
    said.nth(1).get_by_role("link").click()
    expect(page.locator("#stuck")).to_be_in_viewport()
    assert (visit.watch.outside, visit.watch.complaints) == ([], [])


def test_it_says_that_nobody_is_real(page: Page) -> None:
    expect(page.get_by_role("note")).to_contain_text("A simulated class: nobody here is real.")


def test_its_figures_are_drawn(page: Page) -> None:
    expect(page.locator(".kit-plot[data-drawn]")).to_have_count(3)
    for plot in page.locator(".kit-plot").all():
        assert plot.get_attribute("aria-label")
    expect(page.locator(".heatmaplayer image")).to_have_count(1)
    assert page.locator(".barlayer .point").count() > 6
    assert page.locator(".scatterlayer .point").count() > 20


def test_a_place_of_the_map_leads_to_its_learner(page: Page) -> None:
    """The first row is of who has done most, by the table as well."""
    figure = page.locator("[data-behind=kit-table-progress]")
    map_ = page.locator(".heatmaplayer image")
    map_.scroll_into_view_if_needed()
    box = map_.bounding_box()
    assert box
    page.mouse.click(box["x"] + 30, box["y"] + box["height"] / LEARNERS / 2)
    rows = table(page, "progress").locator("tbody tr")
    expect(rows).to_have_count(1)
    said = page.locator("#kit-table-progress .kit-rows-of")
    expect(said).to_contain_text("Shown are the 1 rows that belong to it.")
    name = json.loads(str(figure.locator("script").text_content()))["data"][0]["kit"]["rows"][-1]
    expect(rows.locator("td").first).to_contain_text(name.removesuffix("…"))
    most = int(rows.locator("td").nth(1).inner_text())
    said.get_by_role("button", name="Show all rows").click()
    expect(rows).to_have_count(10)
    assert most >= max(map(int, rows.locator("td:nth-child(2)").all_inner_texts()))


def test_a_part_of_a_bar_leads_to_its_learners(page: Page) -> None:
    best = page.locator(".barlayer .trace").nth(3).locator(".point").first
    count = int(best.locator("text").text_content() or "")
    click_middle(page, best.locator("path"))
    expect(page.locator("#kit-table-marks .kit-rows-of")).to_contain_text(
        f"Shown are the {count} rows that belong to it."
    )
    rows = table(page, "marks").locator("tbody tr")
    expect(rows).to_have_count(min(10, count))
    for text in rows.locator("td:nth-child(2)").all_inner_texts():
        points, most = map(float, text.split("/"))
        assert points / most >= 0.75


def test_a_dot_leads_to_its_task_and_on_to_who_lost_points(
    page: Page, server: Server, visit: Visit
) -> None:
    click_middle(page, page.locator(".scatterlayer .point").first)
    row = table(page, "items").locator("tbody tr")
    expect(row).to_have_count(1)
    who = row.locator(".kit-who")
    who.locator("summary").click()
    expect(who.locator("li")).to_have_count(int(who.locator("summary").inner_text().split()[0]))
    work = who.locator("li").first.get_by_role("link", name="what was handed in")
    answer = page.request.get(server.base + str(work.get_attribute("href")))
    assert answer.ok
    assert "formgrader" in answer.text()
    who.locator("li a").first.click()
    page.wait_for_url(re.compile("learners=sim-"))
    expect(page.locator("#similar")).to_be_visible()
    expect(table(page, "marks").locator("tbody tr")).to_have_count(1)
    assert (visit.watch.outside, visit.watch.complaints) == ([], [])


def click_middle(page: Page, mark: Locator) -> None:
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_what_is_looked_at_is_chosen(page: Page) -> None:
    page.get_by_label("Learners (names or ids, with commas)").fill("sim-001, sim-002,sim-003")
    page.get_by_label("Assignment", exact=True).select_option("a1")
    page.get_by_label("Lesson or section").select_option("02-select-and-filter")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url(re.compile("assignment=a1"))
    expect(page.locator("#similar")).to_be_visible()
    expect(page.locator(".kit-said").first).to_contain_text("3 learners: ")
    expect(table(page, "progress").locator("tbody tr")).to_have_count(3)
    heads = table(page, "marks").locator("th").all_text_contents()
    assert [each.strip() for each in heads] == ["Learner", "a1"]
    lessons = table(page, "progress").locator("th").all_text_contents()[3:]
    assert all("Select and filter" in each for each in lessons)
    assert page.get_by_label("Assignment", exact=True).input_value() == "a1"
    page.get_by_role("link", name="Show all").click()
    expect(page.locator(".kit-said").first).to_contain_text("30 learners: ")


def test_nobody_of_that_name(visit: Visit, server: Server) -> None:
    page = visit.page
    page.goto(f"{server.base}/kit/class?learners=nobody&assignment=zz&part=x/y")
    expect(page.locator("main")).to_contain_text(
        "No learner of this class has “nobody” in their name or id."
    )
    assert visit.watch.complaints == []


def test_every_table_is_given_as_a_file(page: Page) -> None:
    """With all of its rows, also those that are on its other pages."""
    for button in page.locator("[data-csv]").all():
        name = str(button.get_attribute("data-csv"))
        closed = page.locator(f"details#kit-table-{name}:not([open]) > summary")
        if closed.count():
            closed.click()
        with page.expect_download() as download:
            button.click()
        assert download.value.suggested_filename == f"simulated-class-{name}.csv"
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines()))
        assert rows, name
        if name in {"progress", "marks"}:
            assert len(rows) == LEARNERS
        if name == "items":
            assert all(0 <= float(row["Difficulty"]) <= 1 for row in rows)


def test_every_figure_is_given_as_a_picture(page: Page) -> None:
    for figure in page.locator(".kit-figure").all():
        box = figure.locator(".kit-plot").bounding_box()
        with page.expect_download() as download:
            figure.get_by_role("button").click()
        assert re.fullmatch(r"simulated-class-\w+\.png", download.value.suggested_filename)
        picture = Path(download.value.path()).read_bytes()
        assert picture.startswith(b"\x89PNG")
        assert box
        wide, high = struct.unpack(">II", picture[16:24])
        assert wide == pytest.approx(2 * box["width"], abs=2)
        assert high > 2 * box["height"]  # a title stands above it
        assert len(picture) > 8000


def test_by_keys_alone(page: Page) -> None:
    """From the filter to who is behind a number, and to a file."""
    tab_to(page, page.get_by_label("Learners (names or ids, with commas)"))
    page.keyboard.type("sim-00")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("learners=sim-00"))
    expect(page.locator("#similar")).to_be_visible()
    tab_to(page, page.locator("#kit-table-marks > summary"))
    page.keyboard.press("Enter")
    expect(table(page, "marks").locator("tbody tr")).to_have_count(9)
    tab_to(page, page.locator("[data-csv=marks]"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert len(Path(download.value.path()).read_text().splitlines()) == 10
    who = table(page, "errors").locator(".kit-who").first
    tab_to(page, who.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, who.locator("li a").first)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"learners=sim-00\d"))


def test_a_long_table_is_sorted_and_searched_by_keys(page: Page) -> None:
    first = table(page, "wrong").locator("tbody tr").first
    tab_to(page, page.locator("#wrong").get_by_role("searchbox"))
    page.keyboard.type("344")
    expect(first).to_contain_text("344")
    head = table(page, "wrong").locator("th").nth(2)
    tab_to(page, head.locator(".dt-column-order"))
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")


def tab_to(page: Page, goal: Locator) -> None:
    for _ in range(400):
        if goal.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Tab does not lead there")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(visit: Visit, server: Server, scheme: str) -> None:
    page = visit.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        open_class(page, server)
        for closed in page.locator("details.kit-behind").all():
            closed.locator("summary").first.click()
        page.locator("#stuck .kit-who summary").first.click()
        assert_accessible(page, f"the class, {scheme}, {width} px wide")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (visit.watch.outside, visit.watch.complaints) == ([], [])


def test_a_figure_that_cannot_be_drawn_says_where_its_numbers_are(
    visit: Visit, server: Server
) -> None:
    page = visit.page
    visit.watch.expected = True
    page.route("**/plotly.min.js*", lambda route: route.abort())
    page.goto(f"{server.base}/kit/class")
    expect(page.locator(".kit-plot").first).to_have_text(
        "The figure cannot be drawn; the table below shows the same."
    )
