"""The parts of Voila's frontend in one file: it comes packed, and a page asks for few others."""

from __future__ import annotations

import gzip
import re
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from kit.server.frontend_scripts import address
from tests.conftest import LESSON, Server, Visit
from tests.test_lesson_run import get

CHECKS = 9


def test_a_page_asks_for_one_file_in_place_of_many(visit: Visit, server: Server) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    visit.page.goto(server.lesson_url)
    expect(visit.page.locator("[data-check]")).to_have_count(CHECKS)
    parts = [each for each in asked if re.search(r"/\d+\.[\w.]+\.js$", each)]
    assert parts == []
    assert asked.count("/kit/frontend.js") == 1
    assert visit.watch.complaints == []


def test_without_it_a_page_asks_for_each_part(visit: Visit, server: Server) -> None:
    visit.page.route("**/kit/frontend.js*", lambda route: route.abort())
    visit.page.goto(server.lesson_url)
    expect(visit.page.locator("[data-check]")).to_have_count(CHECKS)


@pytest.mark.parametrize("takes", ["gzip, deflate, br", "identity"])
def test_it_comes_packed_for_who_can_unpack_it_and_is_kept(server: Server, takes: str) -> None:
    whole, _headers = get(server, "/kit/frontend.js")
    request = urllib.request.Request(
        server.url.split("/kit")[0] + address("/"), headers={"Accept-Encoding": takes}
    )
    request.add_header("Authorization", f"token {server.url.split('token=')[1]}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        body, headers = answer.read(), answer.headers
    if headers["Content-Encoding"]:
        assert len(body) < len(whole) / 3
        body = gzip.decompress(body)
    assert (headers["Content-Encoding"] == "gzip") == ("gzip" in takes)
    assert body.decode() == whole
    assert "immutable" in headers["Cache-Control"]
    assert f'src="{address("/")}"' in get(server, f"/kit/lesson/{LESSON}")[0]
