"""The library: what is in it, what a search finds there, and what happens to its file."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kit.cli import main
from kit.course import load_course
from kit.errors import CourseError, KitError
from kit.library.contents import Part, contents_of
from kit.library.excerpt import as_html, as_text
from kit.library.index import index_file, read, refresh
from kit.library.search import Found, glossary, kinds_in, search
from kit.library.words import near, words_in
from kit.notebook import with_anchors

HEADER = 'id = "small"\ntitle = "Small"\n'


@pytest.fixture
def lessons(tmp_path: Path, data: Path) -> Path:
    """A course of two small lessons with everything that can be found; returns its folder."""
    folder = tmp_path / "small" / "lessons"
    folder.mkdir(parents=True)
    one = write_lesson(folder, "01-hares", HARES)
    write_lesson(folder, "02-owls", [("owls", "# Owls\n\n## At night\n\nAn owl hears a vole.")])
    (one / "media").mkdir()
    (one / "media" / "hares.webm").write_bytes(b"")
    (one / "media" / "hares.en.vtt").write_text(CAPTIONS)
    (one / "media" / "hares.chapters.vtt").write_text(CHAPTERS)
    (one / "media" / "slides.md").write_text(SLIDES)
    (one / "notes.md").write_text(NOTES)
    (one / "checks.py").write_text('# xyzcheck\nanswer = "xyzanswer"\n')
    return folder


HARES: list[tuple[str, str, *tuple[str, ...]]] = [
    ("title", "# Hares and rabbits\n\nHow do you tell them apart?"),
    ("setup", "from kit import lesson\nchecks = lesson()", "code"),
    ("ears", "## Long ears\n\n*Long*, <b>black</b> tips.\n\n**form**: where a hare rests"),
    ("legs", "The legs are `hind_legs`.\n\n## Speed\n\nA hare runs at 70 km/h, an emperor."),
    ("run", "# never found: xyzcomment\nspeed = measure(hare)", "code"),
    ("check", "checks.how_fast", "code"),
    ("mine", "xyzwork = 1", "code", "work"),
    ("theirs", "## xyzsolution", "markdown", "solution"),
    ("author", "xyzauthor", "markdown", "Author"),
    ("film", 'from kit import Video\nVideo("media/hares.webm", title="Hares in snow")', "code"),
    ("deck", 'Slides("media/slides.md")', "code"),
    ("posted", 'Notes("notes.md")', "code"),
    ("out", 'Link("https://www.hares.example/a", title="The hare trust", about="Counting hares")',
     "code"),
]  # fmt: skip
CAPTIONS = """WEBVTT

00:01.000 --> 00:04.000
A hare sits in the snow.

00:20.000 --> 00:24.000
It listens.

01:10.500 --> 01:14.000
Now the fox comes closer.
"""
CHAPTERS = """WEBVTT

00:00.000 --> 01:10.000
Stillness

01:10.000 --> 02:00.000
The fox
"""
SLIDES = """# A hare is no rabbit

![a drawing](none.svg)

<!-- notes: Say {form|fawm} slowly. -->

---

## Leverets

They are born in the open.

<!-- notes: With their eyes open, too. -->
"""
NOTES = """# Hares: notes

Before the list.

## Words

- **leveret**: a young hare
- **boxing**: what hares do in *March*
- **Not a term.** It has no colon.
- **nor:** this one
"""


def write_lesson(folder: Path, name: str, cells: list[tuple[str, str, *tuple[str, ...]]]) -> Path:
    """A lesson of cells (id, source[, kind[, tag]]), listed in course.toml."""
    lesson = folder / name
    lesson.mkdir()
    write_cells(lesson, cells)
    toml = folder / "course.toml"
    before = toml.read_text() if toml.exists() else HEADER
    toml.write_text(f'{before}\n[[lesson]]\nid = "{name}"\n')
    return lesson


def write_cells(lesson: Path, cells: list[tuple[str, str, *tuple[str, ...]]]) -> None:
    made = [
        {
            "id": cell_id,
            "cell_type": more[0] if more else "markdown",
            "metadata": {"tags": list(more[1:])},
            "source": source,
        }
        for cell_id, source, *more in cells
    ]
    (lesson / "lesson.ipynb").write_text(json.dumps({"cells": made, "nbformat": 4}))


def find(lessons: Path, question: str, **options: object) -> Found:
    refresh(lessons)
    return search(lessons, question, **options)  # type: ignore[arg-type]


def urls(found: Found) -> list[str]:
    return [hit.url for hit in found.hits]


def parts(lessons: Path, kind: str = "") -> list[Part]:
    (lesson, *_others) = load_course(lessons).lessons
    return [part for part in contents_of(lesson, "en").parts if kind in {"", part.kind}]


# What is in it -----------------------------------------------------------------------------------


def test_a_section_is_one_part_whose_hits_lead_to_their_cells(lessons: Path) -> None:
    assert [part.title for part in parts(lessons, "section")] == [
        "Hares and rabbits", "Long ears", "Speed",
    ]  # fmt: skip
    assert urls(find(lessons, "black tips"))[0] == "kit/lesson/01-hares#ears"
    assert urls(find(lessons, "hind_legs"))[0] == "kit/lesson/01-hares#legs"
    assert urls(find(lessons, "emperor"))[0] == "kit/lesson/01-hares#legs"
    assert urls(find(lessons, "measure"))[0] == "kit/lesson/01-hares#run"


@pytest.mark.parametrize(
    "before",
    [
        "## One", "## One\n\n### Two", "<div>\n## no\n</div>", "<!--\n## no\n-->", "#\n\n# One",
        "   ## One", "    ## no", "```\n## no\n```", "- ## no", "## $$x$$", "$$\nx\n\n$$\n\n## One",
        "One\n---", "## One\r\nwords", "",
    ],
)  # fmt: skip
def test_a_section_is_found_where_the_page_has_its_anchor(lessons: Path, before: str) -> None:
    """Both count a cell's headings alike."""
    source = f"{before}\n\n## Real\n\nzebra"
    write_cells(lessons / "02-owls", [("c", source)])
    _page, _mark, anchor = urls(find(lessons, "zebra"))[0].partition("#")
    shown = with_anchors(source, "c")
    assert f'<a id="{anchor}"></a>\n\n## Real' in shown or (anchor == "c" and "<a" not in shown)


@pytest.mark.parametrize(
    "word",
    [
        "xyzcheck",
        "xyzanswer",
        "xyzcomment",
        "xyzwork",
        "xyzsolution",
        "xyzauthor",
        "fawm",
        "how_fast",
    ],
)
def test_what_is_not_the_learners_is_not_found(lessons: Path, word: str) -> None:
    assert find(lessons, word).hits == ()
    kept = index_file(lessons).read_bytes()
    assert word.encode() not in kept


def test_no_answer_of_the_course_is_in_the_index(course: Path, data: Path) -> None:
    """Sentences of checks.py (feedback, hints, explanations) are in no part of any lesson."""
    for lesson in load_course(course / "lessons").lessons:
        said = "\n".join(f"{part.title} {part.text}" for part in contents_of(lesson, "en").parts)
        source = (lesson.folder / "checks.py").read_text()
        lines = [line.strip(' "\n,f') for line in source.splitlines() if '"' in line]
        long = [each for each in lines if len(each) > 60 and not set("=()") & set(each)]
        assert len(long) > 10, lesson.id
        assert [each for each in long if each in said] == []


def test_a_film_is_found_at_the_second_at_which_it_is_said(lessons: Path) -> None:
    (hit,) = find(lessons, "fox closer", kinds=["video"]).hits
    assert hit.url == "kit/lesson/01-hares?play=media/hares.webm&t=70.5#film"
    assert hit.second == 70.5
    assert as_text(hit.title) == "The fox"
    assert urls(find(lessons, "listens"))[0].endswith("&t=20#film")


def test_a_passage_is_of_half_a_minute_and_of_one_chapter(lessons: Path) -> None:
    passages = parts(lessons, "video")
    assert [each.title for each in passages] == ["Stillness", "The fox"]
    assert passages[0].text == "A hare sits in the snow.\nIt listens."


def test_what_the_player_shows_of_captions_is_found(lessons: Path) -> None:
    """Those that are named go before those of their language beside the film, and not all."""
    media = lessons / "01-hares" / "media"
    (media / "hares.de.vtt").write_text(CAPTIONS.replace("sits", "hockt"))
    (media / "own.vtt").write_text(CAPTIONS.replace("sits", "crouches"))
    show = 'Video("media/hares.webm", title="Hares", captions="media/own.vtt")'
    write_cells(lessons / "01-hares", [("film", show, "code")])

    def heard() -> list[str]:
        return [word for word in ("sits", "hockt", "crouches") if find(lessons, word).hits]

    assert heard() == ["hockt", "crouches"]
    toml = lessons / "course.toml"
    toml.write_text(toml.read_text().replace(HEADER, f'{HEADER}language = "de"\n'))
    assert heard() == ["sits", "crouches"]


def test_the_name_of_a_film_leads_to_its_beginning(lessons: Path) -> None:
    media = lessons / "01-hares" / "media"
    (media / "hares.chapters.vtt").unlink()
    (hit,) = find(lessons, "hares in snow", kinds=["video"]).hits
    assert (hit.second, as_text(hit.title)) == (1, "Hares in snow")
    (hit,) = find(lessons, "fox", kinds=["video"]).hits
    assert (hit.second, as_text(hit.title)) == (70.5, "Hares in snow")


def test_formulas_are_no_words(lessons: Path) -> None:
    text = "# A\n\nThe mean of $n$ owls: $$\\bar{x} = \\frac{1}{n}$$ and then it costs $5 or $6."
    write_cells(lessons / "02-owls", [("a", text)])
    (hit,) = find(lessons, "mean n owls").hits
    assert as_text(hit.text) == "The mean of n owls: and then it costs $5 or $6."


def test_slides_notes_links_and_terms_lead_to_their_places(lessons: Path) -> None:
    assert urls(find(lessons, "slowly"))[0].endswith("?slide=media/slides.md&n=1#deck")
    assert urls(find(lessons, "leverets born"))[0].endswith("?slide=media/slides.md&n=2#deck")
    assert urls(find(lessons, "before the list"))[0].endswith("?notes=notes.md#posted")
    assert urls(find(lessons, "hare trust"))[0] == "kit/lesson/01-hares#out"
    assert urls(find(lessons, "young", kinds=["term"])) == [
        "kit/lesson/01-hares?notes=notes.md#posted"
    ]
    assert kinds_in(lessons) == ["section", "video", "slides", "notes", "link", "term"]


def test_the_glossary_is_what_is_written_as_a_term(lessons: Path) -> None:
    refresh(lessons)
    terms = [(each.term, each.meaning) for each in glossary(lessons)]
    assert terms == [
        ("boxing", "what hares do in March"),
        ("form", "where a hare rests"),
        ("leveret", "a young hare"),
    ]


def test_notes_are_found_where_a_lesson_shows_them(lessons: Path) -> None:
    """They may be the author's own; and no page would open them."""
    (lessons / "02-owls" / "notes.md").write_text("An owl turns its head.")
    assert urls(find(lessons, "turns head")) == []
    write_cells(lessons / "02-owls", [("owls", "# Owls"), ("said", "Notes()", "code")])
    assert urls(find(lessons, "turns head")) == ["kit/lesson/02-owls?notes=notes.md#said"]


def test_what_is_said_over_slides_is_found_where_it_is_shown(lessons: Path) -> None:
    silent = ("deck", 'Slides("media/slides.md", notes=False)', "code")
    write_cells(lessons / "01-hares", [silent])
    assert urls(find(lessons, "born open"))
    assert urls(find(lessons, "slowly")) == []
    write_cells(lessons / "01-hares", [silent, ("again", 'Slides("media/slides.md")', "code")])
    assert urls(find(lessons, "slowly"))


def test_of_slides_only_what_they_show_is_found(lessons: Path) -> None:
    """Neither a raw cell's source, which is on no page, nor a form of an output that is not."""
    shown = {"metadata": {"slideshow": {"slide_type": "slide"}}}
    cells = [
        {"cell_type": "markdown", "source": "# Fur", **shown},
        {"cell_type": "raw", "source": "xyzraw", **shown},
    ]
    (lessons / "01-hares" / "deck.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    write_cells(lessons / "01-hares", [("deck", 'Slides("deck.ipynb")', "code")])
    assert urls(find(lessons, "fur"))
    assert urls(find(lessons, "xyzraw")) == []


# What is odd in it -------------------------------------------------------------------------------

HALF = "\ud800"
"""Half of a character, which JSON and Python can write and UTF-8 has not."""


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ('Video("media/hares.webm", title="x", captions={["en"]: "a.vtt"})', "code"),
        ('Video("media/hares.webm", title="x", captions={**named})', "code"),
        ('Video("media/hares.webm", title={[1]})', "code"),
        (f'Video("media/hares.webm", title=0x{"f" * 5000})', "code"),
        (f'Link("https://hares.example", title="x", about=0x{"f" * 5000})', "code"),
        ('Video("media/\\ud800.webm", title="\\ud800")', "code"),
        ('Video("media/hares.webm", title="x", captions={"\\ud800": "\\ud800.vtt"})', "code"),
        ('Video("media/hares.webm", title="x", chapters="\\0")', "code"),
        ('Slides("\\ud800.md")', "code"),
        ('Notes("\\ud800.md")', "code"),
        ('Link("http://ex℀mple.com/", title="x")', "code"),
        ('Link("http://ex℀mple.com/\\ud800", title="\\ud800", about="\\ud800")', "code"),
        ('Video("")\nSlides("")\nNotes("")\nLink("")', "code"),
        (f'Video("{"a" * 300}", title="x")', "code"),
        (f'Video("{"a" * 300}/hares.webm", title="x")', "code"),
        (f"# {HALF}\nx = '{HALF}'", "code"),
        (f"## A{HALF}\n\n**b{HALF}**: c{HALF}", "markdown"),
    ],
)
def test_an_odd_cell_takes_nothing_else_with_it(lessons: Path, source: str, kind: str) -> None:
    write_cells(lessons / "01-hares", [*HARES, ("odd", source, kind)])
    for question in ("emperor", "fox", "leveret", "vole"):
        assert find(lessons, question).hits, question


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("media/hares.en.vtt", CAPTIONS.replace("01:10", f"{'9' * 400}:01:10")),
        ("media/hares.en.vtt", CAPTIONS.replace("01:10", f"{'9' * 5000}:01:10")),
        ("media/hares.chapters.vtt", CHAPTERS.replace("01:10", f"{'9' * 400}:01:10")),
        ("media/hares.en.vtt", CAPTIONS.replace("closer", f"&#{'9' * 5000};")),
    ],
)
def test_an_odd_file_takes_nothing_else_with_it(lessons: Path, name: str, content: str) -> None:
    (lessons / "01-hares" / name).write_text(content)
    for question in ("emperor", "sits in the snow", "leveret", "vole"):
        assert find(lessons, question).hits, question


def test_odd_slides_of_a_notebook_are_found_without_what_is_odd(lessons: Path) -> None:
    shown = {"metadata": {"slideshow": {"slide_type": "slide"}}}
    text = f"# Ears{HALF}\n\n`{HALF}` and whiskers"
    output = {"output_type": "display_data", "data": {"text/html": f"<b>{HALF}</b>"}}
    code = {"cell_type": "code", "source": f"a = '{HALF}'", "outputs": [output], **shown}
    cells = [{"cell_type": "markdown", "source": text, **shown}, code]
    (lessons / "01-hares" / "odd.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    write_cells(lessons / "01-hares", [*HARES, ("odd", 'Slides("odd.ipynb")', "code")])
    assert urls(find(lessons, "whiskers")) == ["kit/lesson/01-hares?slide=odd.ipynb&n=1#odd"]
    assert find(lessons, "vole").hits


# How it is searched ------------------------------------------------------------------------------


def test_words_are_found_in_all_their_forms_and_without_accents(lessons: Path) -> None:
    write_cells(lessons / "02-owls", [("a", "# Ōwls\n\nShe was hunting near the café.")])
    for question in ("hunted", "HUNTS", "cafe", "Café", "caf", "owl"):
        assert urls(find(lessons, question, lesson="02-owls")), question


def test_what_was_looked_for_is_marked_and_nothing_else_is_markup(lessons: Path) -> None:
    write_cells(lessons / "02-owls", [("a", "# A\n\n`<img src=x onerror=boo>` & owls")])
    (hit,) = find(lessons, "owl boo").hits
    shown = "&lt;img src=x onerror=<mark>boo</mark>&gt; &amp; <mark>owls</mark>"
    assert as_html(hit.text).endswith(shown)


@pytest.mark.parametrize(
    ("question", "meant"),
    [("rabit", "rabbit"), ("snwo", "snow"), ("lisstens", "listens"), ("emperro", "emperor")],
)
def test_a_slip_is_allowed_for_and_said(lessons: Path, question: str, meant: str) -> None:
    found = find(lessons, question)
    assert found.instead == {question: (meant,)}
    assert found.hits


def test_words_that_are_nowhere_together_are_found_apart(lessons: Path) -> None:
    found = find(lessons, "vole emperor")
    assert not found.all_words
    assert {hit.lesson for hit in found.hits} == {"01-hares", "02-owls"}


def test_kinds_and_a_lesson_narrow_a_search(lessons: Path) -> None:
    assert {hit.kind for hit in find(lessons, "hare", kinds=["term", "slides"]).hits} == {
        "term", "slides",
    }  # fmt: skip
    assert {hit.lesson for hit in find(lessons, "a", lesson="02-owls").hits} == {"02-owls"}
    with pytest.raises(CourseError, match="The library has no kind 'film'"):
        find(lessons, "hare", kinds=["film"])
    with pytest.raises(CourseError, match="has no lesson '03'"):
        find(lessons, "hare", lesson="03")


def test_no_source_fills_the_list(lessons: Path) -> None:
    write_cells(
        lessons / "02-owls",
        [("o", "# Owls"), *((f"s{n}", f"## Hare {n}\n\nhare") for n in range(9))],
    )
    found = find(lessons, "hare", kinds=["section"])
    assert [hit.lesson for hit in found.hits].count("02-owls") == 3


@pytest.mark.parametrize(
    "question",
    [
        "", " ", '"', '" OR *', "title:hare", "NEAR(a b)", "hare*", "a AND", "NOT", "^hare",
        "{title} : x", "hare\x00fox", "\x00", "\ud800", "'; drop table part; --", "%_", "(((((",
        "hare " * 2000, "h" * 10_000, "\u202ehare", "🐇 hare", "ﬁeld", "Ⅳ", "ं", "1.5e3",
        "kindterm", "lesson1", "label:kindterm", "-hare", "\x01hare\x02",
    ],
)  # fmt: skip
def test_any_question_gets_an_answer(lessons: Path, question: str) -> None:
    found = find(lessons, question)
    if question in {"kindterm", "lesson1", "label:kindterm"}:
        assert not [hit for hit in found.hits if hit.kind == "term"]


def test_a_thousand_random_questions_get_answers(lessons: Path) -> None:
    chance = random.Random(7)
    signs = "ab hare\"*():^-+{}\\'\x00\ud800é\u0301字.,AND OR NOT NEAR"
    refresh(lessons)
    for _round in range(1000):
        search(lessons, "".join(chance.choices(signs, k=chance.randrange(30))))


def test_words_are_told_apart_as_the_index_does() -> None:
    assert words_in("body_mass_g, Body-mass! 4.5 _ __a__") == [
        "body_mass_g",
        "Body",
        "mass",
        "4",
        "5",
        "a",
    ]
    assert near("pengiun", ["penguin", "pension"]) == ["penguin"]
    assert near("cat", ["car"]) == []


# Its file ----------------------------------------------------------------------------------------


def test_only_what_changed_is_read_again(lessons: Path) -> None:
    assert refresh(lessons).lessons == 2
    assert refresh(lessons).lessons == 0
    (lessons / "01-hares" / "notes.md").write_text("A doe and a buck.")
    assert refresh(lessons).lessons == 1
    assert urls(search(lessons, "buck"))
    assert not urls(search(lessons, "leveret", kinds=["notes", "term"]))
    (lessons / "01-hares" / "media" / "hares.de.vtt").write_text(CAPTIONS.replace("fox", "Fuchs"))
    (lessons / "01-hares" / "media" / "slides.md").unlink()
    assert refresh(lessons).lessons == 1
    assert urls(search(lessons, "Fuchs"))
    assert not urls(search(lessons, "slowly"))


def test_a_lesson_that_goes_goes_from_the_index(lessons: Path) -> None:
    assert urls(find(lessons, "vole"))
    toml = lessons / "course.toml"
    toml.write_text(toml.read_text().replace('[[lesson]]\nid = "02-owls"\n', ""))
    assert not urls(find(lessons, "vole"))
    check = "insert into found (found, rank) values ('integrity-check', 1)"
    with sqlite3.connect(index_file(lessons)) as connection:
        connection.execute(check)
    connection.close()


def test_the_language_decides_how_words_are_reduced(lessons: Path) -> None:
    assert urls(find(lessons, "hearing"))
    toml = lessons / "course.toml"
    toml.write_text(toml.read_text().replace(HEADER, f'{HEADER}language = "de"\n'))
    assert not find(lessons, "hearing vole").all_words
    assert find(lessons, "hears vole").all_words


def test_broken_lessons_and_media_leave_the_others_found(lessons: Path) -> None:
    (lessons / "02-owls" / "lesson.ipynb").write_text("{")
    media = lessons / "01-hares" / "media"
    (media / "hares.en.vtt").write_bytes(
        CAPTIONS.replace("snow", "Schnee für alle").encode("cp1252")
    )
    (media / "slides.md").write_bytes(b"\xff\xfe broken")
    (lessons / "01-hares" / "notes.md").write_bytes(
        NOTES.replace("young", "jünges").encode("cp1252")
    )
    assert urls(find(lessons, "für alle"))[0].endswith("&t=1#film")
    assert not urls(search(lessons, "vole"))
    assert urls(search(lessons, "boxing"))
    for name in ("hares.en.vtt", "slides.md"):
        (media / name).unlink()
        (media / name).mkdir()
    (lessons / "01-hares" / "notes.md").unlink()
    (lessons / "01-hares" / "notes.md").symlink_to("notes.md")
    assert urls(find(lessons, "black tips"))


@pytest.mark.parametrize(
    "cell",
    [
        'Video("../../../etc/passwd", title="T")', 'Video("\\x00", title="T")',
        'Slides("/etc/passwd")',
        'Notes("../02-owls/lesson.ipynb")', 'Link("http://[", title="L")', 'Link("x" * 9)',
        'Video("media/hares.webm", title=None, captions={"en": 3}, chapters=[1])',
        'Slides("no.pdf")',
        'Audio("a\\ud800.mp3", title="\\ud800")', "(" * 500,
    ],
)  # fmt: skip
def test_odd_cells_do_no_harm(lessons: Path, cell: str) -> None:
    write_cells(lessons / "02-owls", [("a", "# A\n\nstill here"), ("b", cell, "code")])
    assert urls(find(lessons, "still here")) == ["kit/lesson/02-owls#a"]
    assert not urls(search(lessons, "root"))


def test_a_course_without_lessons_has_an_empty_library(tmp_path: Path, data: Path) -> None:
    (tmp_path / "course.toml").write_text(HEADER)
    assert find(tmp_path, "anything").hits == ()
    assert glossary(tmp_path) == []


def _garbage(file: Path) -> None:
    file.write_bytes(b"not a database, by far" * 1000)


def _zeros_in_the_middle(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[4096 : len(content) - 4096] = bytes(len(content) - 8192)
    file.write_bytes(content)


def _another_version(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("pragma user_version = 99")
    connection.close()


def _a_table_gone(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("drop table part")
    connection.close()


def _values_of_others(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("update part set marks = 'no JSON'")
        connection.execute("update lesson set stamps = '[]'")
    connection.close()


def _lessons_gone(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("delete from lesson")
    connection.close()


def _parts_gone(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("delete from part")
    connection.close()


@pytest.mark.parametrize(
    "damage",
    [
        _garbage, _zeros_in_the_middle, _another_version, _a_table_gone, _values_of_others,
        _lessons_gone, _parts_gone,
    ],
)  # fmt: skip
@pytest.mark.parametrize("how", ["search", "refresh"])
def test_a_damaged_index_is_made_anew(
    lessons: Path, damage: Callable[[Path], None], how: str
) -> None:
    refresh(lessons)
    damage(index_file(lessons))
    if how == "refresh":
        os.utime(lessons / "course.toml")
        refresh(lessons)
    assert urls(search(lessons, "vole"))


def test_a_fault_of_the_kit_is_told_and_deletes_no_index(
    lessons: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_of_what: object) -> None:
        raise ValueError("a fault")

    refresh(lessons)
    with sqlite3.connect(index_file(lessons)) as connection:
        connection.execute("update lesson set title = 'still the same file'")
    connection.close()
    with pytest.raises(ValueError, match="a fault"):
        read(lessons, fault)
    monkeypatch.setattr("kit.library.index.contents_of", fault)
    write_cells(lessons / "02-owls", [("owls", "An owl turns its head.")])
    with pytest.raises(ValueError, match="a fault"):
        refresh(lessons)
    (hit,) = search(lessons, "vole").hits
    assert hit.lesson_title == "still the same file"


def test_two_at_once_make_one_index(lessons: Path) -> None:
    code = "import sys, pathlib, kit.library.index as i; i.refresh(pathlib.Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(lessons)]
    processes = [subprocess.Popen(command) for _number in range(4)]
    assert [process.wait(60) for process in processes] == [0] * 4
    assert read(lessons, lambda index: index.execute("select count(*) from lesson").fetchone()) == (
        2,
    )


def test_searches_go_on_while_the_index_is_renewed(lessons: Path) -> None:
    refresh(lessons)
    stop, problems = threading.Event(), list[BaseException]()

    def renew() -> None:
        try:
            while not stop.is_set():
                os.utime(lessons / "02-owls" / "lesson.ipynb")
                refresh(lessons)
        except BaseException as error:
            problems.append(error)

    thread = threading.Thread(target=renew)
    thread.start()
    try:
        for _round in range(300):
            assert urls(search(lessons, "vole"))
    finally:
        stop.set()
        thread.join()
    assert problems == []


def test_where_no_index_can_be_written_it_is_said(lessons: Path, data: Path) -> None:
    data.mkdir()
    (data / "library").write_text("a file in its place")
    with pytest.raises(
        KitError, match=r"The library's index .* cannot be used: .*\. The lessons work"
    ):
        find(lessons, "hare")


def test_a_full_disk_is_said(lessons: Path, data: Path) -> None:
    file = index_file(lessons)
    file.parent.mkdir(parents=True)
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from kit.errors import KitError; from kit.library.index import refresh\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "try:\n    refresh(Path(sys.argv[1]))\nexcept KitError as error:\n    print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(lessons)], capture_output=True, text=True, check=False
    )
    assert "The library's index" in done.stdout, done.stderr
    assert "The lessons work without it. Free some space" in done.stdout
    assert urls(find(lessons, "hare"))


# As a command, and of a whole course -------------------------------------------------------------


def test_the_command_prints_what_was_found(lessons: Path) -> None:
    done = CliRunner().invoke(main, ["search", "rabit", "--course", str(lessons)])
    assert done.exit_code == 0
    assert "“rabit” is nowhere in the course. Also searched: rabbit" in done.output
    assert "Lesson text · Hares and rabbits" in done.output
    done = CliRunner().invoke(main, ["search", "fox", "--kind", "video", "--course", str(lessons)])
    assert "Video at 1:10 · Hares and rabbits" in done.output
    done = CliRunner().invoke(main, ["search", "zebra", "--course", str(lessons)])
    assert done.exit_code == 0
    assert "Nothing found.\nTry: fewer words" in done.output


def test_the_command_prints_json_for_a_program(lessons: Path) -> None:
    line = ["search", "fox", "closer", "--lesson", "01-hares", "--course", str(lessons), "--json"]
    found = json.loads(CliRunner().invoke(main, line).stdout)
    (hit,) = found.pop("hits")
    assert hit == {
        "kind": "video",
        "lesson": "01-hares",
        "lesson_title": "Hares and rabbits",
        "title": "The fox",
        "text": "Now the fox comes closer.",
        "text_html": "Now the <mark>fox</mark> comes <mark>closer</mark>.",
        "url": "kit/lesson/01-hares?play=media/hares.webm&t=70.5#film",
        "second": 70.5,
    }
    assert found.keys() == {"instead", "all_words", "ms"}


def test_the_command_prints_json_whatever_the_terminal_can_show(lessons: Path) -> None:
    write_cells(
        lessons / "02-owls", [("owls", "# Owls 🦉\n\nAn owl — or “two” — hears a 日本 vole.")]
    )
    command = [
        sys.executable,
        "-m",
        "kit.cli",
        "search",
        "vole",
        "--json",
        "--course",
        str(lessons),
    ]
    for encoding in ("cp1252", "ascii", "utf-8"):
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        told = subprocess.run(command, capture_output=True, env=environment, check=True).stdout
        (hit,) = json.loads(told)["hits"]
        assert (hit["title"], hit["text"][-8:]) == ("Owls 🦉", "日本 vole."), encoding


def test_the_course_itself_can_be_searched(course: Path, data: Path) -> None:
    """How fast, ``python -m bench library`` measures."""
    for question in ("gap", "pengiun mass", "what is a row", "groupby", "the", "a"):
        assert find(course / "lessons", question).hits, question


def test_the_index_of_a_course_that_moved_is_made_anew(lessons: Path, tmp_path: Path) -> None:
    assert urls(find(lessons, "vole"))
    moved = shutil.copytree(lessons, tmp_path / "elsewhere" / "lessons")
    assert index_file(moved) != index_file(lessons)
    assert urls(find(moved, "vole"))
