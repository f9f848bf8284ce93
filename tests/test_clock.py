"""Times in a film: written alike in Python and in the browser, and read alike wherever one is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from kit.media.clock import clock, parse_clock
from kit.widgets.assets import script

TIMES = {
    0: "0:00", 9.99: "0:09", 78: "1:18", 78.6: "1:18", 599.999: "9:59", 3599.9: "59:59",
    3600: "1:00:00", 3700: "1:01:40", 36_000: "10:00:00", 86_399: "23:59:59",
}  # fmt: skip


@pytest.mark.parametrize(("seconds", "written"), TIMES.items())
def test_a_time_is_written_as_the_second_that_it_is_in(seconds: float, written: str) -> None:
    assert clock(seconds) == written
    assert parse_clock(written) == int(seconds)


@pytest.mark.browser
def test_the_player_writes_it_alike(browser: Browser) -> None:
    (found,) = re.findall(r"^function clock\(.*?^}", script("media"), re.DOTALL | re.M)
    page = browser.new_page()
    written = page.evaluate(f"(times) => {{ {found}; return times.map(clock); }}", list(TIMES))
    page.close()
    assert written == list(TIMES.values())


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("78", 78), ("90", 90), ("78.5", 78.5), ("1:18", 78), ("1:5", 65), (" 1:18 ", 78),
        ("75:30", 4530), ("0:01:18", 78), ("1:02:03.5", 3723.5),
    ],
)  # fmt: skip
def test_a_time_can_be_written_in_several_ways(text: str, seconds: float) -> None:
    assert parse_clock(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "a", "1:", ":18", "1:60", "1:75:00", "-1", "1e3", "nan", "1:18:", "1:1:1:1", "9" * 400],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        parse_clock(text)
