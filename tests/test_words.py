"""Words: what people read can be in any language, and times are told by their own clock."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import kit.errors
from kit.words import date_time, weekday
from tests.conftest import ROOT


def is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, kit.errors.KitError)


SPEAKS = {
    *("echo", "secho", "confirm", "prompt", "print", "Markup", "add_column", "add_row"),
    *("UsageError", "BadParameter", "ClickException", "_error"),
    *("Passed", "Failed", "NotAttempted", "Broken"),
    *(name for name, each in vars(kit.errors).items() if is_error(each)),
}
"""Calls whose words a person reads: click's, rich's, a check's outcomes and our errors."""

SAYS_NOTHING = {"execute", "_", "ngettext", "removeprefix"}
"""Calls whose words are translated, taken away, or a question to SQLite."""


def untranslated(source: str) -> Iterator[str]:
    """Literals of more than one word that a person reads and that no catalogue is asked for.

    Words count whether they stand in the call itself, in an f-string, or in a name that is
    assigned anywhere in the file.
    """
    nodes = list(ast.walk(ast.parse(source)))
    assigned: dict[str, list[ast.expr]] = {}
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                assigned.setdefault(ast.unparse(target), []).append(node.value)
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        everything = called(call) in SPEAKS
        shown: list[ast.AST] = [*call.args] if everything else []
        shown += [each.value for each in call.keywords if everything or each.arg == "help"]
        yield from words_in(shown, assigned)


def words_in(shown: list[ast.AST], assigned: dict[str, list[ast.expr]]) -> Iterator[str]:
    followed = set()
    while shown:
        node = shown.pop()
        match node:
            case ast.Call(args=[ast.Constant(), *_]) if called(node) in SAYS_NOTHING:
                shown.append(node.func)
                continue
            case ast.Name(id=name) if name not in followed:
                followed.add(name)
                shown += assigned.get(name, [])
            case ast.Constant(value=str(text)):
                said = re.sub(r'<\w+( [\w-]+="\{\}")*>', "", text)  # tags, to be filled in
                if " " in said and re.search("[A-Za-z]", said):
                    yield text
        shown += ast.iter_child_nodes(node)


def called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def test_no_word_skips_gettext() -> None:
    """What people read can be in any language."""
    for path in sorted((ROOT / "kit").rglob("*.py")):
        assert list(untranslated(path.read_text())) == [], path


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('click.echo("Two words.")', ["Two words."]),
        ('click.echo(f"{n} events")', [" events"]),
        ('click.echo("Two {n}".format(n=n))', ["Two {n}"]),
        ('said = "Two words."\nclick.echo(said if n else "")', ["Two words."]),
        ('raise CourseError(_("It is."), "Mend it.")', ["Mend it."]),
        ('raise errors.StoreFull(what=f"No room {n}")', ["No room "]),
        ('console.print("[b]Two words[/b]")', ["[b]Two words[/b]"]),
        ('Markup("<p>Two words")', ["<p>Two words"]),
        ("Markup('<p title=\"Two words\">')", ['<p title="Two words">']),
        ("Markup('<img src=\"{}\" alt=\"{}\">').format(url, _('Two words'))", []),
        ('click.option("--a", help="Two words.")', ["Two words."]),
        ('Failed(feedback="Not that.")', ["Not that."]),
        ('click.echo(_("Two {n}").format(n="more words"))', ["more words"]),
        ('click.echo(_(f"Two words, {n}"))', ["Two words, "]),
        ('click.echo(_("Two words."))', []),
        ('click.echo(ngettext("{n} event", "{n} events", n))', []),
        ('said = _("Two words.")\nclick.echo(said.format(n=n))', []),
        ('raise CourseError(_("It is {n}.").format(n=n), _("Mend it."))', []),
        ('raise ValueError("two words for programmers")', []),
        ('click.echo(", ".join(names))', []),
        ('click.option("--a b")', []),
    ],
)
def test_a_word_that_skips_gettext_is_found(tmp_path: Path, source: str, words: list[str]) -> None:
    """The test above can fail: each of these is planted in a file."""
    planted = tmp_path / "planted.py"
    planted.write_text(source)
    assert list(untranslated(planted.read_text())) == words


# Times ----------------------------------------------------------------------------------------


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put this computer's clock into a time zone."""

    def put(zone: str) -> None:
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("UTC", "Sunday, 22 Nov 2026, 18:05"),
        ("America/New_York", "Sunday, 22 Nov 2026, 13:05"),
        ("Asia/Tokyo", "Monday, 23 Nov 2026, 03:05"),
    ],
)
def test_a_time_is_told_by_this_computers_clock(
    in_zone: Callable[[str], None], zone: str, words: str
) -> None:
    in_zone(zone)
    when = datetime.fromisoformat("2026-11-22T18:05:59.999999+00:00")
    assert f"{weekday(when)}, {date_time(when)}" == words


def test_a_time_without_a_zone_is_this_computers(in_zone: Callable[[str], None]) -> None:
    in_zone("Asia/Tokyo")
    assert date_time(datetime(2026, 12, 1, 9, 30)) == "1 Dec 2026, 09:30"  # noqa: DTZ001


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize(
    ("at", "year"), [("0001-01-01T00:00:00+00:00", "1"), ("9999-12-31T23:59:59+00:00", "9999")]
)
def test_the_ends_of_the_calendar_can_be_told(
    in_zone: Callable[[str], None], zone: str, at: str, year: str
) -> None:
    in_zone(zone)
    assert f" {year}, " in date_time(datetime.fromisoformat(at))
