"""The Markdown of a lesson's files: as HTML that is safe on a page, and as plain words."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote
from uuid import uuid4

from kit.media.file_types import PICTURES
from kit.notebook import whole_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LARGEST_PICTURE = 3_000_000
"""Bytes. A picture travels inside the page, so that it is there without a server as well."""


_PLACE = re.compile(r"data:image/png,[0-9a-f]{32}")


@cache
def parser() -> MarkdownIt:
    """Reads CommonMark and tables as pages and films show them: raw HTML is text."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def to_html(markdown: str, base: Path, lesson: Path) -> str:
    """CommonMark and tables as safe HTML; raw HTML in the text is shown as text.

    Args:
        base: the folder from which the text's pictures are named.
        lesson: the folder that they must lie in. No other picture is shown, and none is asked
            for elsewhere: its description stands in its place.
    """
    tokens = parser().parse(whole_text(markdown))
    pictures: dict[str, str] = {}  # put in last: to clean megabytes takes seconds
    for token in _inline(tokens):
        if token.type == "image":
            picture = _picture(base / unquote(str(token.attrs.get("src", ""))), lesson)
            place = f"data:image/png,{uuid4().hex}" if picture else ""
            token.attrs["src"], pictures[place] = place, picture
    html = safe_html(str(parser().renderer.render(tokens, parser().options, {})))
    return _PLACE.sub(lambda place: pictures.get(place[0], place[0]), html)


def safe_html(html: str) -> str:
    """HTML without scripts, styles, handlers and whatever would be fetched from elsewhere."""
    import nh3

    return nh3.clean(
        html,
        tags={*nh3.ALLOWED_TAGS, "img"},
        attributes={
            **nh3.ALLOWED_ATTRIBUTES,
            "img": {"src", "alt"},
            "span": {"class"},  # of Pygments
            "td": {"style", "colspan", "rowspan"},
            "th": {"style", "scope", "colspan", "rowspan"},
        },
        attribute_filter=_local,
        url_schemes={"http", "https", "mailto", "data"},
        filter_style_properties={"text-align"},
    )


def _local(tag: str, attribute: str, value: str) -> str | None:
    """Pictures only from inside the text, links only to pages."""
    is_data = value.lower().startswith("data:")
    if attribute == "src":
        return value if value.startswith("data:image/") else None
    return None if attribute == "href" and is_data else value


def picture_url(content: bytes, kind: str = "image/png") -> str:
    """A picture as an address that holds it."""
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _picture(path: Path, lesson: Path) -> str:
    try:
        found = path.resolve()
        is_ours = found.is_relative_to(lesson.resolve()) and found.suffix.lower() in PICTURES
        if not is_ours or found.stat().st_size > LARGEST_PICTURE:
            return ""
        content = found.read_bytes()
    except (OSError, ValueError, RuntimeError):  # not there, a null byte, a loop of links
        return ""
    return picture_url(content, PICTURES[found.suffix.lower()])


# Plain words ------------------------------------------------------------------------------------


@cache
def _reader() -> MarkdownIt:
    """Reads raw HTML as such, so that its tags are no words."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": True}).enable("table")


def tokens_of(markdown: str) -> list[Token]:
    """The blocks of a text, in order."""
    return _reader().parse(whole_text(markdown))


def words_of(tokens: Iterable[Token]) -> Iterator[str]:
    """The words of each block that has some, without markup."""
    for token in tokens:
        if token.type == "inline":
            yield "".join(map(_shown, token.children or ())).strip()
        elif token.type in {"fence", "code_block"}:
            yield token.content.strip()


def to_text(markdown: str) -> str:
    """The words of a text, a line for each block."""
    return "\n".join(filter(None, words_of(tokens_of(markdown))))


def _shown(token: Token) -> str:
    if token.type in {"softbreak", "hardbreak"}:
        return " "
    return "" if token.type == "html_inline" else token.content


def _inline(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from _inline(token.children or ())
        yield token
