"""Home: what its notebook shows, without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.apps.home import home_html


@pytest.fixture
def home(course: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course that the working folder belongs to; returns its course.toml."""
    monkeypatch.chdir(course / "lessons")
    return course / "lessons" / "course.toml"


def test_a_date_is_told_as_people_say_it(home: Path) -> None:
    due = '[[assignment]]\nid = "a"\ntitle = "Field report"\ndue = 2026-12-01T18:00:00\n'
    home.write_text(f"{home.read_text()}\n{due}")
    words = '<time datetime="2026-12-01T18:00:00">Tuesday, 1 Dec 2026, 18:00</time>'
    assert f'<a href="/kit/assignment/a">Field report</a>: {words}' in home_html()


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("KIT_DATA", "~nosuchuser/x", "~nosuchuser/x&#39;, which is no folder"),
        ("KIT_DATA", __file__, "test_home.py&#39;, which is no folder: Not a directory."),
        ("KIT_DATA", "/x" * 3000, "which is no folder: File name too long."),
        ("KIT_LEARNER", "ad\udce9", r"under the name &#39;ad\udce9&#39;."),
    ],
    ids=["home", "file", "long", "name"],
)
def test_where_no_progress_can_be_kept_the_lessons_are_there_and_it_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    monkeypatch.setenv(variable, value)
    page = home_html()
    assert words in page
    assert f"<p>Set {variable} to " in page
    assert "Meet the table" in page
