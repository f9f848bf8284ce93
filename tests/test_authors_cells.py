"""Cells that their author keeps are nowhere for a learner, however their tag is written."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

import pytest

from kit.authoring.edition.notebooks import lesson_notebook
from kit.course import load_course
from kit.library.contents import contents_of
from kit.media.deck import read_deck
from tests.conftest import LESSON, Server

WRITTEN = ["author", "Author", "solution", "Solution", "SOLUTION"]


def add_cells(course: Path, tags: list[str]) -> Path:
    """A cell more in the first lesson for each tag, which says it; returns the notebook."""
    path = course / "lessons" / LESSON / "lesson.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"] += [
        {
            "cell_type": "markdown", "id": f"own-{number}", "source": f"xyz{tag}xyz",
            "metadata": {"tags": ["other", tag], "slideshow": {"slide_type": "slide"}},
        }
        for number, tag in enumerate([*tags, "shown"])
    ]  # fmt: skip
    path.write_text(json.dumps(notebook))
    return path


def said(text: str) -> list[str]:
    """The tags of the added cells that are in a text."""
    return [tag for tag in [*WRITTEN, "Work", "shown"] if f"xyz{tag}xyz" in text]


def test_no_page_shows_them(course: Path, server: Server) -> None:
    add_cells(course, [*WRITTEN, "Work"])
    token = server.url.split("token=")[1]
    with urllib.request.urlopen(f"{server.lesson_url}?token={token}", timeout=60) as answer:
        assert said(answer.read().decode()) == ["shown"]


@pytest.mark.parametrize("tag", WRITTEN)
def test_no_edition_search_or_slides_have_them(course: Path, tag: str) -> None:
    path = add_cells(course, [tag])
    lesson = load_course(course / "lessons").lesson(LESSON)
    assert said(lesson_notebook(path).content.decode()) == ["shown"]
    assert said(repr(contents_of(lesson, "en").parts)) == ["shown"]
    assert said(repr(read_deck(path, path.parent).pages)) == ["shown"]
