"""What a player gets to know of its film, and what it says where an author slips."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kit.checks import load_checks
from kit.course import load_course
from kit.errors import CourseError
from kit.events import Event
from kit.journal import Journal
from kit.widgets import media
from kit.widgets.check import CheckWidget
from kit.widgets.media import MediaWidget
from kit.widgets.media_files import Named
from tests.conftest import LESSON

FILM = "media/meet-the-table.webm"


@pytest.fixture
def journal(course: Path, data: Path) -> Journal:
    found = load_course(course / "lessons")
    return Journal(found, found.lesson(LESSON))


def widget(journal: Journal, named: Named | None = None, **options: Any) -> MediaWidget:
    return MediaWidget(journal, named or Named("video", FILM), title="Meet the table", **options)


def check_of(journal: Journal) -> CheckWidget:
    check = load_checks(journal.lesson.folder / "checks.py")["rows_are"]
    return CheckWidget(check, journal, {}, in_app=True)


def test_what_is_left_out_is_found_beside_the_film(journal: Journal) -> None:
    """Captions by language, chapters, poster and a second source need not be named."""
    folder = journal.lesson.folder / "media"
    captions = (folder / "meet-the-table.en.vtt").read_text()
    (folder / "meet-the-table.de.vtt").write_text(captions)
    shown = widget(journal).media
    assert [each["language"] for each in shown["captions"]] == ["en", "de"]
    assert len(shown["chapters"]) > 5
    assert shown["poster"]["path"] == "media/meet-the-table.png"
    (source,) = shown["sources"]
    assert (source["path"], source["type"]) == (FILM, "video/webm")
    assert source["bytes"] == (folder / "meet-the-table.webm").stat().st_size
    assert shown["problem"] == ""


def test_a_sound_has_no_poster(journal: Journal) -> None:
    assert widget(journal, Named("audio", FILM)).media["poster"] is None


@pytest.mark.parametrize(
    ("at", "seconds"),
    [
        ("1:18", 78),
        ("0:01:18", 78),
        ("45", 45),
        (78.5, 78.5),
        ("2:03.5", 123.5),
        ("90", 90),
        ("75:30", 4530),
    ],
)
def test_times_of_checks(journal: Journal, at: str | float, seconds: float) -> None:
    """Minutes and seconds, or a number of seconds."""
    (asked,) = widget(journal, checks={at: check_of(journal)}).media["asks"]
    assert (asked["at"], asked["check"]) == (seconds, "rows_are")
    assert asked["widget"].startswith("anywidget:")


@pytest.mark.parametrize("at", ["1:90", "soon", "", -1, float("inf"), "1:2:3:4", True])
def test_no_time_is_said_so(journal: Journal, at: Any) -> None:
    with pytest.raises(CourseError, match="which is no time of a film"):
        widget(journal, checks={at: check_of(journal)})


def test_what_is_no_check_is_said_so(journal: Journal) -> None:
    with pytest.raises(CourseError, match="A film can ask checks only, and str is none"):
        widget(journal, checks={"0:10": "rows_are"})


def test_the_store_is_read_once_for_each_event(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    widget(journal, checks={"0:10": check_of(journal)})
    read, reads = journal.events, []

    def events() -> list[Event]:
        reads.append(1)
        return read()

    monkeypatch.setattr(journal, "events", events)
    journal.record("opened")
    assert len(reads) == 1


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Any]]:
    """What the widget sends to the browser: messages and their buffers."""
    messages: list[tuple[Any, Any]] = []
    monkeypatch.setattr(
        MediaWidget,
        "send",
        lambda _self, content, buffers=None: messages.append((content, buffers)),
    )
    return messages


def test_the_file_comes_in_pieces(journal: Journal, sent: list[tuple[Any, Any]]) -> None:
    """Where there is no server, the browser asks for piece after piece."""
    shown = widget(journal)
    start, pieces = 0, []
    while start < shown.media["sources"][0]["bytes"]:
        shown.receive({"do": "file", "path": FILM, "from": start})
        pieces.append(sent[-1][1][0])
        start += len(pieces[-1])
    assert b"".join(pieces) == (journal.lesson.folder / FILM).read_bytes()
    assert max(map(len, pieces)) <= media.PIECE_BYTES


def test_a_file_that_is_too_big_is_not_sent(
    journal: Journal, sent: list[tuple[Any, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "MOST_BYTES", 1000)
    widget(journal).receive({"do": "file", "path": FILM, "from": 0})
    ((content, buffers),) = sent
    assert (content["too_big"], buffers) == (True, None)


@pytest.mark.parametrize(
    "message",
    [None, [], {}, {"do": "file"}, {"do": "file", "path": "checks.py", "from": 0},
     {"do": "file", "path": "../course.toml", "from": 0}, {"do": "file", "path": FILM, "from": -1},
     {"do": "file", "path": FILM, "from": "0"}, {"do": "file", "path": FILM, "from": 10**9}],
)  # fmt: skip
def test_other_messages_get_no_answer(
    journal: Journal, sent: list[tuple[Any, Any]], message: Any
) -> None:
    widget(journal).receive(message)
    assert sent == []
