"""Slides, notes and links: what they are read from, and how they are used in a browser."""

from __future__ import annotations

import base64
import json
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from kit.course import load_course
from kit.errors import CourseError, KitError
from kit.journal import Journal
from kit.media.deck import picture_of, read_deck
from kit.media.markdown import to_html, to_text
from kit.media.slides import read_slides
from kit.store import Store
from kit.widgets.link import LinkWidget
from kit.widgets.notes import NotesWidget
from kit.widgets.slides import SlidesWidget
from tests.accessibility import assert_accessible
from tests.conftest import LESSON, Server, Visit, wait_until

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
TEXT = """# One

![a dot](dot.png) and ![a spy](https://spy.example/x.png) <script>boo()</script>

| a | b |
|--:|---|
| 1 | 2 |

<!-- notes: First {this|thiss}. Then that. -->

---

## Two

[out](https://example.org) [bad](javascript:boo()) [data](data:text/html,boo)

<!-- notes: Last. -->
"""


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    """A lesson's folder with slides of each kind, outside of any course."""
    folder = tmp_path / "lesson"
    folder.mkdir()
    (folder / "dot.png").write_bytes(PNG)
    (folder / "slides.md").write_text(TEXT)
    (folder / "slides.ipynb").write_text(json.dumps({"cells": CELLS, "nbformat": 4}))
    (folder / "slides.pdf").write_bytes(a_pdf("Hippopotamus", "Okapi"))
    return folder


def cell(slide_type: str, source: str, *tags: str, **more: Any) -> dict[str, Any]:
    metadata = {"slideshow": {"slide_type": slide_type}, "tags": list(tags)}
    return {"cell_type": "markdown", "metadata": metadata, "source": source, **more}


OUTPUTS = [
    {"output_type": "stream", "text": ["print", "ed <b>\n"]},
    {"output_type": "display_data", "data": {"image/png": base64.b64encode(PNG).decode()}},
    {"output_type": "execute_result", "data": {"text/html": "<table><tr onclick=x><td>9"}},
    {"output_type": "error", "traceback": ["no"]},
    "not an output",
]
CELLS = [
    cell("-", "before the first slide"),
    cell("slide", "# First\n\nwords"),
    cell("fragment", "import x", cell_type="code", outputs=OUTPUTS),
    cell("notes", "Say *hello*."),
    cell("skip", "xyzskipped"),
    cell("subslide", "## xyzsolution", "solution"),
    cell("subslide", "## Second"),
    cell("-", "more"),
]


def a_pdf(*titles: str) -> bytes:
    """A PDF of a page for each title: a large word above a small line."""
    pages = len(titles)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(pages))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, title in enumerate(titles):
        drawn = f"BT /F1 12 Tf 40 150 Td (above it) Tj /F1 36 Tf 0 -60 Td ({title}) Tj ET"
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 320 180] /Resources << /Font << /F1 3 0 R "
            f">> >> /Contents {5 + 2 * number} 0 R >>",
            f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        ]
    content, starts = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        starts.append(len(content))
        content += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(objects) + 1
    return (
        f"{content}xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    ).encode()


# What they are read from -------------------------------------------------------------------------


def test_slides_of_markdown(lesson: Path) -> None:
    one, two = read_deck(lesson / "slides.md", lesson).pages
    assert (one.title, two.title) == ("One", "Two")
    assert one.notes == "First this. Then that."
    assert 'src="data:image/png;base64,' in one.html
    assert 'style="text-align:right"' in one.html
    assert "spy.example" not in one.html
    assert "<script" not in one.html
    assert "a spy" in one.html
    assert 'href="https://example.org"' in two.html
    assert two.html.count("href=") == 1


def test_slides_need_neither_headings_nor_notes_to_be_shown(lesson: Path) -> None:
    (lesson / "slides.md").write_text("![a dot](dot.png)\n\n---\n\n# Two\n")
    one, two = read_deck(lesson / "slides.md", lesson).pages
    assert (one.title, one.notes, two.title, two.notes) == ("", "", "Two", "")


def test_slides_may_begin_with_a_byte_order_mark(lesson: Path) -> None:
    """As some editors on Windows write it."""
    (lesson / "slides.md").write_text(TEXT, encoding="utf-8-sig")
    assert [page.title for page in read_deck(lesson / "slides.md", lesson).pages] == ["One", "Two"]
    assert [slide.title for slide in read_slides(lesson / "slides.md", narrated=True)] == [
        "One", "Two",
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["", " -->"])
@pytest.mark.parametrize("begun", ["<!--notes:", "<!--voice:", "<!--", "<!-- "])
def test_slides_of_nothing_but_comments_are_read_at_once(
    lesson: Path, begun: str, ending: str
) -> None:
    (lesson / "slides.md").write_text("# One\n" + begun * (1_000_000 // len(begun)) + ending)
    began = time.monotonic()
    with suppress(KitError):
        read_deck(lesson / "slides.md", lesson)
    assert time.monotonic() - began < 5


def test_slides_of_a_notebook(lesson: Path) -> None:
    one, two = read_deck(lesson / "slides.ipynb", lesson).pages
    assert (one.title, one.notes) == ("First", "Say hello.")
    assert "printed &lt;b&gt;" in one.html
    assert 'src="data:image/png;base64,' in one.html
    assert "<td>9</td>" in one.html
    assert "onclick" not in one.html
    assert '<span class="kn">import</span>' in one.html
    assert (two.title, two.text) == ("Second", "Second\nmore")
    everything = repr((one, two))
    assert "xyzsolution" not in everything
    assert "xyzskipped" not in everything
    assert "before the first" not in everything


def test_slides_of_a_pdf(lesson: Path) -> None:
    deck = read_deck(lesson / "slides.pdf", lesson)
    assert deck.in_pictures
    assert [page.title for page in deck.pages] == ["Hippopotamus", "Okapi"]
    assert "above it" in deck.pages[0].text
    picture = picture_of(lesson / "slides.pdf", 2, 160)
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 160
    with pytest.raises(KitError, match=r"Page 3 of slides\.pdf cannot be drawn"):
        picture_of(lesson / "slides.pdf", 3, 160)


@pytest.mark.parametrize("ending", ["md", "ipynb", "pdf"])
def test_slides_that_are_too_many_are_said(
    journal: Journal, lesson: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    monkeypatch.setattr("kit.media.deck.MOST_PAGES", 1)
    shutil.copytree(lesson, journal.lesson.folder, dirs_exist_ok=True)
    shown = SlidesWidget(journal, f"slides.{ending}", title="Deck", notes=True).slides
    assert shown["title"] == "Deck (the first 1 of 2 slides)"
    assert (len(shown["pages"]), shown["problem"]) == (1, "")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("gone.md", None, r"The slides gone\.md cannot be read: No such file"),
        ("a.pptx", b"", r"a\.pptx is no file of slides\. Slides are Markdown"),
        ("a.pdf", b"", r"a\.pdf cannot be read as a PDF"),
        ("a.pdf", b"%PDF-1.4 and no more", r"a\.pdf cannot be read as a PDF"),
        ("a.md", b"", r"a\.md hold no slide"),
        ("a.md", b"\xff\xfe", r"a\.md, line 1: this is not text in UTF-8"),
        ("a.ipynb", b"{", r"a\.ipynb is not a notebook of format 4"),
        ("a.ipynb", b'{"cells": 3}', r"a\.ipynb is not a notebook of format 4"),
        ("a.ipynb", b"[" * 100_000, r"a\.ipynb is not a notebook of format 4"),
        ("a.ipynb", b'{"cells": []}', r"a\.ipynb has no slides\. Give its cells a slide type"),
        ("a.ipynb", b'{"cells": [{"metadata": 1, "source": {}}, 5]}', "has no slides"),
    ],
)
def test_broken_slides_are_said(lesson: Path, name: str, content: bytes | None, says: str) -> None:
    if content is not None:
        (lesson / name).write_bytes(content)
    with pytest.raises(KitError, match=says):
        read_deck(lesson / name, lesson)


def test_no_picture_comes_from_outside_of_the_lesson(lesson: Path) -> None:
    (lesson.parent / "secret.png").write_bytes(PNG)
    (lesson / "link.png").symlink_to(lesson.parent / "secret.png")
    (lesson / "loop.png").symlink_to("loop.png")
    (lesson / "text.txt").write_text("xyz")
    names = [
        "../secret.png",
        "..%2fsecret.png",
        "link.png",
        "loop.png",
        "text.txt",
        "/etc/passwd",
        ".",
        "%00",
    ]
    for name in names:
        assert "data:" not in to_html(f"![x]({name})", lesson, lesson), name
    assert "data:image/png" in to_html("![x](./dot.png)", lesson, lesson)


def test_the_words_of_markdown_have_no_markup() -> None:
    shown = to_text(
        "# *A* `b`\n\n- [c](d)\n- <b>e</b>\n\n| f |\n|---|\n| g |\n\n```\nh\n```\n![i](j)"
    )
    assert shown == "A b\nc\ne\nf\ng\nh\ni"


# The widgets -------------------------------------------------------------------------------------


@pytest.fixture
def journal(course: Path, data: Path) -> Journal:
    loaded = load_course(course / "lessons")
    return Journal(loaded, loaded.lesson(LESSON))


def test_a_page_of_a_pdf_is_sent_when_asked_for(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    (journal.lesson.folder / "deck.pdf").write_bytes(a_pdf("Hippopotamus"))
    widget = SlidesWidget(journal, "deck.pdf", title="Deck", notes=True)
    sent: list[tuple[Any, Any]] = []
    monkeypatch.setattr(widget, "send", lambda about, buffers=None: sent.append((about, buffers)))
    for message in (
        {"do": "page", "n": 2, "width": 100}, {"do": "page", "n": 1, "width": 10**9}, "nonsense",
        {"do": "page", "n": "1", "width": 100}, {"do": "page"}, {"do": "page", "n": 0, "width": 9},
    ):  # fmt: skip
        widget.receive(message)
    assert sent == []
    widget.receive({"do": "page", "n": 1, "width": 100})
    (((about), buffers),) = sent
    assert about == {"do": "page", "n": 1, "width": 100}
    assert buffers[0].startswith(b"\x89PNG")


def test_turning_slides_is_recorded_once(journal: Journal, data: Path) -> None:
    widget = SlidesWidget(journal, "media/slides.md", title="Slides", notes=True)
    assert Store().events(learner="ada") == []
    for _turn in range(3):
        widget.receive({"do": "opened"})
    (event,) = Store().events(learner="ada")
    assert (event.verb, event.item) == ("opened", "media/slides.md")


def test_what_cannot_be_shown_is_said_in_its_place(journal: Journal) -> None:
    slides = SlidesWidget(journal, "media/none.md", title="S", notes=True)
    assert "The slides none.md cannot be read" in slides.slides["problem"]
    assert (
        "The notes none.md cannot be read"
        in NotesWidget(journal, "none.md", title="").notes["problem"]
    )
    for url in ("javascript:x", "file:///etc", "https://", "example.org", "http://[", ""):
        with pytest.raises(CourseError, match="is not the address of a web page"):
            LinkWidget(url, title="T", about="")


def test_a_saved_notebook_says_what_was_shown(journal: Journal) -> None:
    shown: list[Any] = [
        SlidesWidget(journal, "media/slides.md", title="S", notes=True),
        NotesWidget(journal, "notes.md", title=""),
        LinkWidget("https://www.example.org/a", title="L", about=""),
    ]
    assert [each._repr_mimebundle_()[0]["text/markdown"] for each in shown] == [
        "**Slides:** S (media/slides.md)",
        "**Notes:** Notes: Meet the table (notes.md)",
        "**Link:** L (https://www.example.org/a)",
    ]


# In a browser ------------------------------------------------------------------------------------

SHOWN = {
    "deck": 'from kit import Link, Notes, Slides\nSlides("media/slides.md")',
    "paper": 'Slides("media/deck.pdf", title="On paper")',
    "said": 'Slides("media/said.ipynb", title="Said")',
    "posted": 'Notes("notes.md")',
    "out": 'Link("https://pandas.pydata.org/docs/", title="The handbook", about="All of it")',
}


@pytest.fixture
def course_with_slides(course: Path) -> Path:
    """The course, whose first lesson begins with slides, a PDF, notes and a link."""
    folder = course / "lessons" / LESSON
    notebook = json.loads((folder / "lesson.ipynb").read_text())
    made: list[dict[str, Any]] = [
        {"cell_type": "code", "id": cell_id, "metadata": {}, "source": source, "outputs": [],
         "execution_count": None}
        for cell_id, source in SHOWN.items()
    ]  # fmt: skip
    notebook["cells"][2:2] = made
    (folder / "lesson.ipynb").write_text(json.dumps(notebook))
    (folder / "media" / "deck.pdf").write_bytes(a_pdf("Hippopotamus", "Okapi"))
    said = [cell("slide", "# One"), *(cell("notes", f"`{line}`") for line in SAID)]
    (folder / "media" / "said.ipynb").write_text(json.dumps({"cells": said, "nbformat": 4}))
    return course


SAID = ["1. __init__ runs", "<b>not bold</b>"]
"""Plain words, which would be something else as Markdown or HTML."""


def deck(page: Page, cell_id: str = "deck") -> Locator:
    return page.locator(f"#{cell_id} .kit-slides")


def shown(slides: Locator) -> Locator:
    return slides.locator(".kit-slide.kit-shown")


@pytest.mark.browser
def test_slides_are_turned_by_keys_and_buttons(
    course_with_slides: Path, visit: Visit, server: Server
) -> None:
    page = visit.page
    page.goto(f"{server.lesson_url}?slide=media/slides.md&n=3#deck")
    slides = deck(page)
    expect(shown(slides)).to_have_attribute(
        "aria-label", "Slide 3 of 11: A row: one adult penguin, in one season"
    )
    heights = slides.locator(".kit-slides-stage").evaluate("e => e.offsetHeight")
    shown(slides).focus()
    for key, at in (
        ("ArrowRight", 4), ("PageDown", 5), ("ArrowLeft", 4), ("PageUp", 3), ("End", 11),
        ("ArrowRight", 11), ("Home", 1), ("ArrowLeft", 1),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(slides.locator(".kit-slides-place")).to_have_text(f"{at} / 11")
    slides.get_by_role("button", name="Next").click()
    expect(slides.get_by_role("status")).to_contain_text("Slide 2 of 11: Three species")
    assert slides.locator(".kit-slides-stage").evaluate("e => e.offsetHeight") == heights
    shown(slides).focus()
    page.keyboard.press("n")
    expect(slides.locator(".kit-slides-notes")).to_contain_text(
        "The data come from Dr Kristen Gorman"
    )
    page.keyboard.press("t")
    thumb = slides.get_by_role("button", name="5. What a column holds")
    thumb.click()
    expect(shown(slides)).to_contain_text("millimetres")
    expect(shown(slides)).to_be_focused()
    expect(thumb).to_be_hidden()
    wait_until(lambda: times_opened() == 1)  # the kernel may still be reading the lesson
    page.goto(server.lesson_url)  # it comes back to where it was left
    expect(slides.locator(".kit-slides-place")).to_have_text("5 / 11")
    assert (visit.watch.outside, visit.watch.complaints) == ([], [])
    assert times_opened() == 1


def times_opened() -> int:
    """How often the store says that the learner opened the slides."""
    events = [each.item for each in Store().events(learner="ada") if each.verb == "opened"]
    return events.count("media/slides.md")


@pytest.mark.browser
def test_slides_notes_and_links_are_accessible_and_fit_a_phone(
    course_with_slides: Path, visit: Visit, server: Server
) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 844})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{server.lesson_url}?notes=notes.md#posted")
        expect(page.locator("#posted details[open]")).to_contain_text("Three traps")
        for button in ("Overview", "What is said"):
            deck(page).get_by_role("button", name=button).click()
        expect(page.locator("#out")).to_contain_text("pandas.pydata.org · needs the internet")
        assert_accessible(page, f"slides, notes and a link, {scheme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.browser
def test_a_pdf_shows_its_pages_and_opens_itself(
    course_with_slides: Path, visit: Visit, server: Server
) -> None:
    page = visit.page
    page.goto(f"{server.lesson_url}#paper")
    slides = deck(page, "paper")
    first = shown(slides).get_by_role("img")
    expect(first).to_have_attribute("alt", "above it\nHippopotamus")
    expect(first).to_have_js_property("complete", True)
    wait_until(lambda: first.evaluate("e => e.naturalWidth") >= 700)
    slides.get_by_role("button", name="Next").click()
    expect(slides.get_by_role("status")).to_have_text("Slide 2 of 2: Okapi")
    href = slides.get_by_role("link", name="Open the PDF").get_attribute("href")
    answer = page.request.get(str(href))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")


@pytest.mark.browser
def test_slides_are_printed_alone_with_what_is_said(
    course_with_slides: Path, visit: Visit, server: Server
) -> None:
    page = visit.page
    page.goto(server.lesson_url)
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    deck(page).get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    expect(page.locator(".kit-print-sheet")).to_have_count(11)
    expect(page.locator(".kit-print")).to_contain_text("Dr Kristen Gorman")
    expect(page.locator(".kit-lesson-text")).to_be_hidden()
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".kit-print")).to_have_count(0)
    expect(page.locator(".kit-lesson-text")).to_be_visible()
    assert page.evaluate("window.printed") == 1


@pytest.mark.browser
def test_what_is_said_is_shown_and_printed_as_it_is(
    course_with_slides: Path, visit: Visit, server: Server
) -> None:
    page = visit.page
    page.goto(server.lesson_url)
    slides = deck(page, "said")
    slides.get_by_role("button", name="What is said").click()
    assert slides.locator(".kit-slides-notes").inner_text().splitlines() == SAID
    page.evaluate("window.print = () => {}")
    slides.get_by_role("button", name="Print").click()
    page.emulate_media(media="print")
    assert page.locator(".kit-print-notes").inner_text().splitlines() == SAID


@pytest.mark.browser
def test_a_link_asks_for_nothing_and_says_when_it_is_offline(
    course_with_slides: Path, visit: Visit, server: Server
) -> None:
    page = visit.page
    page.goto(server.lesson_url)
    link = page.get_by_role("link", name="The handbook (opens in a new tab)")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    visit.watch.expected = True  # the page's own requests fail meanwhile
    page.context.set_offline(True)
    expect(page.locator("#out")).to_contain_text("You are offline now.")
    page.context.set_offline(False)
    expect(page.locator("#out")).not_to_contain_text("You are offline now.")
    assert visit.watch.outside == []
