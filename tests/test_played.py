"""What players tell: kept as it is said, refused where it is nonsense, and never in the way."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.course import load_course
from kit.errors import CourseError
from kit.events import new_id
from kit.journal import Journal
from kit.played import A_DAY, MAX_SPANS, played_of
from kit.store import FILE_NAME, Store
from tests.conftest import LESSON, Server
from tests.strategies import json_values, unhurried

FILM, OTHER = "media/meet-the-table.webm", "02-select-and-filter"


def a_span(start: float = 0, end: float = 5, /, **changes: Any) -> dict[str, Any]:
    return {
        "id": new_id(), "session": "1f0c", "segments": [[start, end]], "position": end,
        "duration": 100.0, "rate": 1, **changes,
    }  # fmt: skip


def a_body(*spans: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"item": FILM, "spans": list(spans), **changes}


# The message ------------------------------------------------------------------------------------


def test_a_message_is_read_as_it_was_sent() -> None:
    span = a_span(1, 2.125, rate=1.5)
    played = played_of(a_body(span, skipped="rows_are", at=78))
    assert (played.item, played.skipped, played.at) == (FILM, "rows_are", 78.0)
    (read,) = played.spans
    assert {"id": read.id, **read.result()} == span


@pytest.mark.parametrize("duration", [None, 0])
def test_a_length_may_be_unknown(duration: object) -> None:
    assert played_of(a_body(a_span(duration=duration))).spans[0].duration == 0


NOT_A_NUMBER, HUGE = float("nan"), 10**400
NO_SEGMENTS: list[object] = [
    None, "0-5", {}, [5], [[1]], [[1, 2, 3]], [["a", "b"]], [[5, 1]], [[-3, 1]], [[0, 1e9]],
    [[0, NOT_A_NUMBER]], [[0, HUGE]], [[0, 1]] * 51,
]  # fmt: skip
NO_NUMBERS: list[object] = ["5", [], True, -1, NOT_A_NUMBER, float("inf"), HUGE, A_DAY + 1]
NO_FIELDS: dict[str, list[object]] = {
    "id": [None, 5, "", "x", new_id() * 2, new_id().upper(), "\0" * 36],
    "session": [None, 5, "x" * 65, "\ud800"],
    "segments": NO_SEGMENTS,
    "position": [None, *NO_NUMBERS],
    "duration": NO_NUMBERS,
    "rate": [None, *NO_NUMBERS],
}
NO_SPANS = [(name, value) for name, values in NO_FIELDS.items() for value in values]


@pytest.mark.parametrize(("name", "value"), NO_SPANS, ids=lambda value: repr(value)[:30])
def test_a_span_that_no_player_sends_is_refused_by_its_field(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"The field '{name}' is not what a player sends"):
        played_of(a_body(a_span(), a_span(**{name: value})))


NO_BODIES: list[object] = [
    None, 5, "x", [], {}, a_body(item=None), a_body(item="x" * 201), a_body(item="\ud800"),
    a_body(spans=None), a_body(spans={}), a_body(spans=[5]), a_body(skipped=None),
    a_body(skipped=["rows_are"]), a_body(at="x"), a_body(at=None),
    a_body(*[a_span()] * (MAX_SPANS + 1)),
]  # fmt: skip


@pytest.mark.parametrize("body", NO_BODIES, ids=lambda body: repr(body)[:30])
def test_a_message_that_no_player_sends_is_refused(body: object) -> None:
    with pytest.raises(ValueError, match="is not what a player sends"):
        played_of(body)


@unhurried
@given(
    st.dictionaries(st.sampled_from(sorted(a_span())), json_values | st.just(10**400)),
    st.dictionaries(st.sampled_from(["item", "spans", "skipped", "at"]), json_values),
)
def test_whatever_is_sent_is_a_message_or_a_value_error(
    span: dict[str, Any], body: dict[str, Any]
) -> None:
    try:
        played = played_of({**a_body({**a_span(), **span}), **body})
    except ValueError:
        return
    json.dumps([each.result() for each in played.spans], allow_nan=False)


# The journal, as a kernel uses it ---------------------------------------------------------------


@pytest.fixture
def journal(course: Path, data: Path) -> Journal:
    loaded = load_course(course / "lessons")
    return Journal(loaded, loaded.lesson(LESSON))


def test_what_is_played_counts_at_once(journal: Journal) -> None:
    span = a_span(0, 30)
    assert journal.played(a_body(span)) == {
        "saved": [span["id"]], "closed": [], "position": 30.0, "watched": 0.3, "done": False
    }  # fmt: skip
    longer = {**span, "segments": [[0, 90]], "position": 90}
    assert journal.played(a_body(longer))["done"]
    assert journal.watching(FILM, journal.progress()) == {
        "position": 90.0, "watched": 0.9, "done": True, "duration": 100.0
    }  # fmt: skip
    (event,) = journal.events()
    assert event.version


def test_a_place_in_the_video_is_kept_though_nothing_was_played(journal: Journal) -> None:
    journal.played(a_body(a_span(0, 30)))
    answer = journal.played(a_body(a_span(segments=[], position=12.5)))
    assert (answer["position"], answer["watched"]) == (12.5, 0.3)


def test_a_question_that_is_passed_over_is_recorded_with_its_time(journal: Journal) -> None:
    span = a_span(0, 78)
    journal.played(a_body(span, skipped="rows_are", at=78))
    watched, skipped = journal.events()
    assert (watched.id, watched.seq) == (span["id"], 1)
    assert (skipped.verb, skipped.item) == ("skipped", "rows_are")
    assert skipped.result == {"video": FILM, "at": 78.0}
    assert journal.progress().item("rows_are").skipped


def test_after_something_else_was_done_the_rest_goes_on_under_a_new_id(journal: Journal) -> None:
    span = a_span(0, 10)
    journal.played(a_body(span))
    journal.record("opened")
    again = journal.played(a_body(span))
    assert (again["saved"], again["closed"]) == ([span["id"]], [])
    longer = journal.played(a_body({**span, "segments": [[0, 20]]}, rest := a_span(10, 20)))
    assert (longer["saved"], longer["closed"]) == ([rest["id"]], [span["id"]])
    assert longer["watched"] == 0.2


@pytest.mark.parametrize(
    "change", [{"item": "media/none.webm"}, {"item": "rows_are"}, {"item": ""}, {"skipped": "none"}]
)
def test_what_the_lesson_has_not_is_refused_by_name(
    journal: Journal, change: dict[str, str]
) -> None:
    with pytest.raises(CourseError, match=f"has no {next(iter(change.values()))!r}"):
        journal.played(a_body(a_span(), **change))
    assert journal.events() == []


def test_who_listens_is_told(journal: Journal) -> None:
    told: list[float] = []
    journal.on_record(lambda: told.append(journal.progress().item(FILM).watched))
    journal.played(a_body(a_span(0, 50)))
    assert told == [0.5]


# The route --------------------------------------------------------------------------------------


class Player:
    """A browser's side of the route, with the token and without cookies."""

    def __init__(self, server: Server) -> None:
        address = urlsplit(server.url)
        self._port = address.port or 0
        (token,) = parse_qs(address.query)["token"]
        self.headers = {"Authorization": f"token {token}"}

    def get(self, item: str, lesson: str = LESSON) -> tuple[int, Any]:
        return self._ask("GET", f"{lesson}?item={quote(item)}")

    def post(self, body: object, lesson: str = LESSON) -> tuple[int, Any]:
        return self._ask("POST", lesson, body if isinstance(body, bytes) else dumped(body))

    def _ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, Any]:
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=60)) as connection:
            connection.request(method, f"/kit/api/played/{path}", body, self.headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or "{}")


def dumped(body: object) -> bytes:
    return json.dumps(body).encode()


@pytest.fixture
def player(server: Server) -> Player:
    return Player(server)


def test_the_route_keeps_and_tells(player: Player, server: Server, data: Path) -> None:
    """Answered means that it is on the disk: the server may be killed right then."""
    nothing = {"position": 0.0, "watched": 0.0, "done": False, "duration": 0.0, "passes": []}
    assert player.get(FILM) == (200, nothing)
    span = a_span(0, 2, duration=4.0)
    saved = {"saved": [span["id"]], "closed": [], "position": 2.0, "watched": 0.5, "done": False}
    assert player.post(a_body(span)) == (200, saved)
    assert player.post(a_body(a_span(1, 2, duration=4.0)))[0] == 200
    server.kill()
    assert len(Store(data / FILE_NAME).events()) == 2
    server.start()
    left = {"position": 2.0, "watched": 0.5, "done": False, "duration": 4.0, "passes": [1, 2, 0, 0]}
    assert Player(server).get(FILM) == (200, left)


def test_many_players_at_once_lose_nothing(server: Server, data: Path) -> None:
    """Each film is one row, and each answer is about what its own player told."""

    def play(number: int) -> list[str]:
        player, span = Player(server), a_span(number, number + 0.5)
        for beat in range(1, 21):
            end = number + beat / 2
            told = {**span, "segments": [[number, end]], "position": end}
            status, answer = player.post(a_body(told))
            assert status == 200
            assert answer["saved"] + answer["closed"] == [span["id"]]
            assert not answer["closed"]
        return [span["id"]]

    with ThreadPoolExecutor(12) as pool:
        told = [span for spans in pool.map(play, range(0, 60, 5)) for span in spans]
    events = Store(data / FILE_NAME).events()
    assert sorted(event.id for event in events) == sorted(told)
    assert all(
        event.result["segments"][0][1] - event.result["segments"][0][0] == 10 for event in events
    )


def test_the_route_refuses_with_a_sentence_and_goes_on(player: Player, course: Path) -> None:
    hostile: list[tuple[object, int, str]] = [
        (b"", 400, "not JSON"),
        (b"[" * 60_000, 400, "not JSON"),
        (b'{"item": NaN}', 400, "'item'"),
        (b"\xff\xfe", 400, "not JSON"),
        (b'{"at": ' + b"9" * 5000 + b"}", 400, "not JSON"),
        (b"x" * 70_000, 400, "more than 65536 bytes"),
        (a_body(a_span(position=float("nan"))), 400, "'position'"),
        (a_body(a_span(), item="checks.py"), 404, "has no 'checks.py'"),
        (a_body(a_span(), skipped="no_such"), 404, "has no 'no_such'"),
    ]
    for body, status, words in hostile:
        refused, said = player.post(body)
        assert (refused, said["refused"]) == (status, True)
        assert words in said["message"]
    assert player.get("lesson.ipynb")[0] == 404
    for lesson in ("none", "..", "%2e%2e", "%00", "x" * 300):
        assert player.post(a_body(a_span()), lesson)[0] == 404, lesson
    assert player.post(a_body(a_span(), item="media/elsewhere.webm"), OTHER)[0] == 404
    assert player.post(a_body(a_span()))[0] == 200


def test_without_the_token_nothing_is_told_or_kept(player: Player, data: Path) -> None:
    player.headers = {}
    assert player.get(FILM)[0] == 403
    assert player.post(a_body(a_span()))[0] == 403
    assert Store(data / FILE_NAME).events() == []


def test_a_lesson_that_was_changed_is_read_anew(player: Player, course: Path) -> None:
    new = "media/new.webm"
    assert player.post(a_body(a_span(), item=new))[0] == 404
    notebook = course / "lessons" / LESSON / "lesson.ipynb"
    notebook.write_text(notebook.read_text().replace(FILM, new))
    assert player.post(a_body(a_span(), item=new))[0] == 200
    assert player.post(a_body(a_span()))[0] == 404


def test_a_store_that_cannot_be_written_is_said_so(player: Player, data: Path) -> None:
    in_its_place = data / FILE_NAME
    in_its_place.mkdir()
    for ask in (lambda: player.post(a_body(a_span())), lambda: player.get(FILM)):
        status, said = ask()
        assert (status, said["refused"]) == (503, False)
        assert str(in_its_place) in said["message"]
    in_its_place.rmdir()
    assert player.post(a_body(a_span()))[0] == 200
