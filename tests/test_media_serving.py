"""Media over HTTP: a course's own, whole or in parts, cheaply twice; and nothing else, ever."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest

from kit.media.file_types import MEDIA
from kit.media.served import is_served
from tests.conftest import LESSON, Server, free_port, serving

FILM = f"{LESSON}/media/meet-the-table.webm"
SECRET = b"SECRET-7f3a9c51"
SEED = 20_261_122
RAW_PATHS = 2_400


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Raw:
    """Asks with exactly the bytes given, which no tidy client sends, with the token."""

    server: Server
    _connection: socket.socket | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        address = urlsplit(self.server.url)
        (self.token,) = parse_qs(address.query)["token"]
        self.port = address.port or 0
        self.prefix = address.path.split("/kit/")[0].encode()

    def ask(self, path: bytes, method: str = "GET", **headers: str) -> Answer:
        """Ask below ``/kit/media/``."""
        lines = [f"{name.replace('_', '-')}: {value}".encode() for name, value in headers.items()]
        request = [
            method.encode() + b" " + self.prefix + b"/kit/media/" + path + b" HTTP/1.1",
            b"Host: 127.0.0.1", f"Authorization: token {self.token}".encode(), *lines, b"", b"",
        ]  # fmt: skip
        try:
            return self._send(b"\r\n".join(request), method)
        except (OSError, HTTPException):  # closed after the bad request before this one
            self.close()
            return self._send(b"\r\n".join(request), method)

    def _send(self, request: bytes, method: str) -> Answer:
        if self._connection is None:
            self._connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self._connection.sendall(request)
        with closing(HTTPResponse(self._connection, method=method)) as response:
            response.begin()
            headers = {name.lower(): value for name, value in response.getheaders()}
            answer = Answer(response.status, headers, response.read())
        if response.will_close:
            self.close()
        return answer

    def close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = None


@pytest.fixture
def raw(server: Server) -> Iterator[Raw]:
    with closing(Raw(server)) as asking:
        yield asking


def address(path: str, **query: str) -> bytes:
    words = "&".join(f"{name}={quote(value)}" for name, value in query.items())
    return (quote(path) + (f"?{words}" if words else "")).encode()


# What is served ---------------------------------------------------------------------------------


def test_a_film_comes_whole_or_in_the_part_that_is_asked_for(raw: Raw, course: Path) -> None:
    content = (course / "lessons" / FILM).read_bytes()
    for asked, status, body in (
        ("bytes=0-", 200, content),  # Chromium refuses to play what answers this with a part
        ("bytes=100-199", 206, content[100:200]),
        ("bytes=-100", 206, content[-100:]),
        (f"bytes={len(content) - 1}-{len(content) + 5}", 206, content[-1:]),
        (f"bytes={len(content)}-", 416, b""),
        ("apples=1-2", 200, content),
    ):
        answer = raw.ask(address(FILM), Range=asked)
        assert (answer.status, answer.body) == (status, body), asked
    head = raw.ask(address(FILM), "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(content))
    assert head.headers["accept-ranges"] == "bytes"


def test_a_download_goes_on_only_with_the_version_that_it_began_with(
    raw: Raw, course: Path
) -> None:
    film = course / "lessons" / FILM
    first = raw.ask(address(FILM), "HEAD").headers
    part = raw.ask(address(FILM), Range="bytes=100-199", If_Range=first["etag"])
    assert (part.status, part.body) == (206, film.read_bytes()[100:200])
    film.write_bytes(film.read_bytes()[::-1])
    for began in (first["etag"], f"W/{first['etag']}", first["last-modified"], '"old"', "odd", '"'):
        whole = raw.ask(address(FILM), Range="bytes=100-199", If_Range=began)
        assert (whole.status, whole.body) == (200, film.read_bytes()), began
        assert "content-range" not in whole.headers
    now = raw.ask(address(FILM), "HEAD").headers["etag"]
    for began in (f"W/{now}", f"{now}, {now}"):
        assert raw.ask(address(FILM), Range="bytes=0-9", If_Range=began).status == 200, began
    assert raw.ask(address(FILM), Range="bytes=0-9", If_Range=now).status == 206
    assert raw.ask(address(FILM), If_Range='"old"').status == 200


def test_each_kind_of_file_has_its_type_and_no_other(raw: Raw, course: Path) -> None:
    for ending, kind in MEDIA.items():
        name = f"{LESSON}/media/a{ending.upper()}"
        (course / "lessons" / name).write_bytes(b"<script>alert(1)</script>")
        headers = raw.ask(address(name)).headers
        assert headers["content-type"] == kind
        assert headers["x-content-type-options"] == "nosniff"
        sandboxed = "sandbox" in headers["content-security-policy"]
        assert sandboxed == (ending != ".pdf"), "in a sandbox Chromium does not print"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]


def test_an_address_with_the_files_stamp_may_be_kept_for_ever(raw: Raw, course: Path) -> None:
    first = raw.ask(address(FILM), "HEAD").headers
    stamp = first["etag"].strip('"')
    assert first["cache-control"] == "private, no-cache"
    kept = raw.ask(address(FILM, v=stamp), "HEAD").headers
    assert kept["cache-control"] == "private, max-age=31536000, immutable"
    (course / "lessons" / FILM).write_bytes(b"a new film")
    for query in ({"v": stamp}, {"v": ""}, {}):
        stale = raw.ask(address(FILM, **query))
        assert stale.headers["cache-control"] == "private, no-cache"
        assert "expires" not in stale.headers
        assert stale.body == b"a new film"
    again = raw.ask(address(FILM), If_None_Match=first["etag"])
    assert again.status == 200
    assert raw.ask(address(FILM), If_None_Match=again.headers["etag"]).status == 304


def test_a_file_can_be_kept_under_its_own_name(raw: Raw, course: Path) -> None:
    name = f"{LESSON}/media/größe 1.png"
    (course / "lessons" / name).write_bytes(b"a picture")
    answer = raw.ask(address(name, download="1"))
    assert answer.body == b"a picture"
    said = answer.headers["content-disposition"]
    assert said.startswith("attachment;")
    assert quote("größe 1.png") in said
    assert "content-disposition" not in raw.ask(address(name)).headers
    crafted = raw.ask(address(f"{LESSON}/media/a\r\nX-Evil: 1.png", download="1"))
    assert (crafted.status, "x-evil" in crafted.headers) == (404, False)


# What is not ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "a.png", "01-a/a.png", "01-a/media/x/y.webm", "media/a.MP4", "01-a/å b.png",
        "01-a/日本：.vtt", "01-a/½ 100% a+b&c#d?e.png", "01-a/a..b.png", "01-a/~a.png",
        "01-a/Ⅷ.png",
    ],
)  # fmt: skip
def test_a_medium_of_a_lesson_may_be_looked_for(path: str) -> None:
    assert is_served(path.split("/"), {"01-a"})


@pytest.mark.parametrize(
    "path",
    [
        "", "a", "a.webm", "a.pdf", "a.py", "02-b/a.png", "01-A/a.png", "01-a", "01-a/a", "media",
        "01-a/checks.py", "01-a/lesson.ipynb", "course.toml", "01-a//a.png", "/a.png", "01-a/",
        "../a.png", "01-a/../a.png", "01-a/./a.png", "01-a/.a.png", ".a/a.png", "01-a/.png",
        "01-a/a.png.", "01-a/a.png ", "01-a/a./b.png", "01-a/a /b.png", "01-a/a\\..\\b.png",
        "C:/a.png", "01-a/a.py::$DATA.png", "01-a/a:b.png", "01-a/a\0.png", "01-a/a\n.png",
        "01-a/a\x7f.png", "01-a/‥/a.png", "01-a/．．/a.png", "01-a/․․/a.png", "01-a/a／b.png",
        "01-a/℀.png", "01-a/a＼b.png", "01-a/…/a.png", "..\\a.png", "~/a.png",
    ],
)  # fmt: skip
def test_nothing_else_is_looked_for(path: str) -> None:
    assert not is_served(path.split("/"), {"01-a"})


@dataclass(frozen=True)
class Ground:
    """A course with media, and with what must not get out.

    Attributes:
        media: what is served, by its path below the course's folder.
        names: of files and folders that a path may be made of.
    """

    media: dict[str, bytes]
    names: Sequence[str]


def plant(course: Path) -> Ground:
    """Put files that are served, and secrets all around them, into a course."""
    lessons = course / "lessons"
    shared = ("top.png", "media/shared.webm", f"{LESSON}/media/ä 1%.png", f"{LESSON}/deep/er/a.svg")
    for number, name in enumerate(shared):
        (lessons / name).parent.mkdir(parents=True, exist_ok=True)
        (lessons / name).write_bytes(b"open %d" % number)
    secrets = (
        "secret.png", "assignments/a.webm", "lessons/secret.webm", "lessons/notes.pdf",
        "lessons/draft/media/a.png", f"lessons/{LESSON}/.hidden.png", "lessons/.hidden/a.png",
        f"lessons/{LESSON}/media/.hidden/a.png", f"lessons/{LESSON}/secret.py",
        f"lessons/{LESSON}/media/a:b.png", f"lessons/{LESSON}/media/a.png.",
        f"lessons/{LESSON}/media/a\\b.png", "lessons/01-meet-the-table-2/a.png",
    )  # fmt: skip
    for name in secrets:
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_bytes(SECRET)
    media = lessons / LESSON / "media"
    for link, target in (
        ("out.png", course / "secret.png"), ("out", course), ("up", Path("../..")),
        ("draft.png", lessons / "draft/media/a.png"), ("loop.png", Path("loop.png")),
        ("loop", Path("loop2")), ("loop2", Path("loop")), ("hidden.png", Path("../.hidden.png")),
        ("proc.png", Path("/proc/self/environ")), ("zero.png", Path("/dev/zero")),
        ("gone.png", Path("nowhere.png")), ("source.png", Path("../secret.py")),
        ("in.png", Path("../../top.png")),
    ):  # fmt: skip
        (media / link).symlink_to(target)
    os.mkfifo(media / "pipe.png")
    served = {
        path.relative_to(lessons).as_posix(): path.read_bytes()
        for folder in (lessons / "media", *(each for each in lessons.iterdir() if each.is_dir()))
        if folder.name == "media" or (folder / "lesson.ipynb").exists()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and path.suffix in MEDIA
    }
    served = {name: content for name, content in served.items() if content != SECRET}
    served |= {"top.png": b"open 0", f"{LESSON}/media/in.png": b"open 0"}
    every = {part for name in [*served, *secrets] for part in name.split("/")}
    links = {path.name for path in media.iterdir()}
    return Ground(served, sorted(every | links | {"course.toml", "lesson.ipynb", "checks.py"}))


UPS = (
    b"..", b"%2e%2e", b".%2e", b"%2E.", b"%252e%252e", b"%c0%ae%c0%ae", b"%e0%80%ae%e0%80%ae",
    b"..%00", b"..;", b"..%20", b"%20..", b"...", b"....", "‥".encode(), "．．".encode(), b"%uff0e",
    quote("‥").encode(), quote("．．").encode(), b"..%5c..", b"..\\..", b"%2e%2e%2f%2e%2e", b".",
    b"", b"%2f", b"%5c", b"~", b"%7e", b"..%c0%af", b"..%2f", b"..%252f", b"C:", b"%00", b"%ff",
    b"\xff",
)  # fmt: skip
SEPARATORS = (
    b"/", b"/", b"/", b"//", b"/./", b"%2f", b"%2F", b"%252f", b"\\", b"%5c", b"%c0%af", b";/",
    "／".encode(), quote("∕").encode(),
)  # fmt: skip
ENDINGS = (
    b"", b"", b"", b"/", b"%00", b"%00.png", b".png", b"%20", b".", b"::$DATA", b";.png", b"?v=1",
    b"#.png", b"?download=1", b"%0d%0aX-Evil:%201", b"%23.png", b"/..", b"/.", b"~", b".bak",
)  # fmt: skip


def raw_paths(rng: random.Random, ground: Ground, count: int) -> Iterator[bytes]:
    """Paths as an attacker writes them: of names that are there, and all that leads elsewhere."""
    tops = (
        b"",
        b"",
        b"/",
        b"//",
        b"/etc/",
        b"%2fetc%2fpasswd",
        b"file:///",
        LESSON.encode() + b"/",
    )
    for _ in range(count):
        parts = [
            rng.choice(UPS) if rng.random() < 0.4 else spelled(rng, rng.choice(ground.names))
            for _ in range(rng.randint(1, 6))
        ]
        real = [spelled(rng, part) for part in rng.choice(list(ground.media)).split("/")]
        if rng.random() < 0.1:
            yield rng.choice((b"/", b"%2f")).join(real) + rng.choice((b"", b"?v=1"))
            continue
        if rng.random() < 0.3:  # a real one, spoilt in one place
            parts = real
            parts.insert(rng.randint(0, len(parts)), rng.choice(UPS))
        path = rng.choice(tops) + parts[0]
        for part in parts[1:]:
            path += rng.choice(SEPARATORS) + part
        yield (path + rng.choice(ENDINGS)).replace(b" ", b"%20")


def spelled(rng: random.Random, name: str) -> bytes:
    """A name in one of the ways in which it can be written in an address."""
    ways: Sequence[Callable[[str], bytes]] = (
        lambda text: quote(text).encode(),
        lambda text: text.encode(),
        lambda text: "".join(f"%{byte:02x}" for byte in text.encode()).encode(),
        lambda text: quote(quote(text)).encode(),
        lambda text: quote(text.upper()).encode(),
        lambda text: quote(text.replace("e", "é")).encode(),
    )
    return rng.choices(ways, weights=(6, 1, 2, 1, 1, 1))[0](name)


def expect_nothing_gets_out(raw: Raw, ground: Ground, rng: random.Random, count: int) -> int:
    """Ask for so many paths; each answer is a refusal or the medium of that name; how many are."""
    served = 0
    for path in raw_paths(rng, ground, count):
        answer = raw.ask(path)
        assert SECRET not in answer.body, path
        assert "x-evil" not in answer.headers, path
        if answer.status == 200:
            name = unquote(path.partition(b"?")[0].partition(b"#")[0].decode())
            assert answer.body == ground.media[name], path
            served += 1
        else:
            assert answer.status in {400, 403, 404}, (path, answer.status)
    return served


def test_thousands_of_crafted_paths_get_nothing_but_media(raw: Raw, course: Path) -> None:
    ground = plant(course)
    for name, content in ground.media.items():
        assert raw.ask(address(name)).body == content, name
    served = expect_nothing_gets_out(raw, ground, random.Random(SEED), RAW_PATHS)
    assert served > 10, "some paths that are odd and right must be among them"
    assert raw.ask(address("top.png")).status == 200


def test_a_link_that_is_changed_between_two_requests_leads_nowhere_else(
    raw: Raw, course: Path
) -> None:
    ground, link = plant(course), course / "lessons" / LESSON / "media" / "changing.png"
    targets = (course / "lessons" / "top.png", course / "secret.png", course / "lessons" / "draft")
    for target in targets * 5:
        link.unlink(missing_ok=True)
        link.symlink_to(target)
        answer = raw.ask(address(f"{LESSON}/media/changing.png"))
        expected = (200, b"open 0") if target == targets[0] else (404, None)
        assert (answer.status, answer.body if answer.status == 200 else None) == expected
    folder = link.with_name("changing")
    for target in (course / "lessons" / LESSON / "media", course):
        folder.unlink(missing_ok=True)
        folder.symlink_to(target)
        assert SECRET not in raw.ask(address(f"{LESSON}/media/changing/secret.png")).body
    assert ground.media


def test_a_lesson_that_is_taken_out_of_the_course_is_served_no_more(raw: Raw, course: Path) -> None:
    assert raw.ask(address(FILM), "HEAD").status == 200
    toml = course / "lessons" / "course.toml"
    toml.write_text(toml.read_text().replace(f'id = "{LESSON}"', 'id = "another"'))
    assert raw.ask(address(FILM), "HEAD").status == 404
    toml.write_text("no TOML")
    assert raw.ask(address("top.png"), "HEAD").status == 404


def test_without_the_token_there_is_nothing(raw: Raw) -> None:
    raw.token = "wrong"
    for method in ("GET", "HEAD"):
        answer = raw.ask(address(FILM), method)
        assert answer.status in {302, 403}
        assert len(answer.body) < 5_000


@pytest.mark.parametrize("base", ["/a b/", "/ü+(1)/x.y/"])
def test_behind_a_prefix_it_is_the_same(
    base: str, course: Path, data: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """As behind a hub, whose users' names may be odd."""
    ground = plant(course)
    settings = tmp_path / "jupyter" / "jupyter_server_config.json"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text(json.dumps({"ServerApp": {"base_url": quote(base)}}))
    running = serving(Server(course, tmp_path / "server.log", free_port()), request)
    with running as server, closing(Raw(server)) as raw:
        assert raw.prefix == quote(base).rstrip("/").encode()
        for name in ("top.png", FILM, f"{LESSON}/media/ä 1%.png"):
            assert raw.ask(address(name)).body == ground.media[name]
        part = raw.ask(address(FILM), Range="bytes=100-199")
        assert (part.status, len(part.body)) == (206, 100)
        expect_nothing_gets_out(raw, ground, random.Random(SEED + 1), 200)


def test_a_reader_who_stops_reading_holds_up_nobody(raw: Raw, server: Server) -> None:
    """A paused player leaves its connection full; others get what they ask for."""
    with contextlib.ExitStack() as stack:
        for _ in range(5):
            stalled = stack.enter_context(socket.create_connection(("127.0.0.1", raw.port)))
            stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line = f"GET /kit/media/{FILM}?token={raw.token} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
            stalled.sendall(line.encode())
            assert stalled.recv(100).startswith(b"HTTP/1.1 200")
        assert raw.ask(address(FILM), Range="bytes=0-99").status == 206


def test_a_folder_that_is_gone_is_no_fault_of_the_server(raw: Raw, course: Path) -> None:
    shutil.rmtree(course / "lessons" / LESSON / "media")
    assert raw.ask(address(FILM)).status == 404
