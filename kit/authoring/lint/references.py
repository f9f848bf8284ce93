"""What a Markdown text refers to: pictures, links, and what a browser would load for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

REMOTE = re.compile(r"(?:https?:|ftp:|s3:)?//", re.IGNORECASE)
LOADED_BY = ("src", "srcset", "poster", "data", "action", "background")
_BARE = re.compile(r"https?://[^\s<>)\]]+")
_IN_STYLE = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")


@dataclass(frozen=True)
class Reference:
    """Something that a text points to.

    Attributes:
        kind: "picture", "link" (followed when the reader wants to) or "loaded" (at once).
        target: the file or address.
        alt: of a picture: the words in its place.
    """

    kind: str
    target: str
    alt: str = ""

    @property
    def is_remote(self) -> bool:
        """Whether it is not in the lesson's folder."""
        return REMOTE.match(self.target) is not None

    @property
    def is_file(self) -> bool:
        """Whether it names a file; not an address, a place on the page or an attachment."""
        return not re.match(r"[a-z][a-z0-9+.-]*:|//|#|$", self.target, re.IGNORECASE)


@lru_cache(maxsize=500)  # several rules read the same texts
def references(markdown: str) -> tuple[Reference, ...]:
    """All references of a Markdown text, in their order; none from its code."""
    return tuple(_of_tokens(_parser().parse(markdown)))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("table")


def _of_tokens(tokens: Sequence[Token]) -> Iterator[Reference]:
    in_link = False
    for token in tokens:
        if token.type == "image":
            yield Reference("picture", str(token.attrs["src"]), token.content)
        elif token.type == "link_open":
            in_link = True
            yield Reference("link", str(token.attrs["href"]))
        elif token.type == "link_close":
            in_link = False
        elif token.type in {"html_block", "html_inline"}:
            yield from _of_html(token.content)
        elif token.type == "text" and not in_link:
            yield from (Reference("link", bare) for bare in _BARE.findall(token.content))
        yield from _of_tokens(token.children if token.type == "inline" and token.children else ())


def _of_html(source: str) -> list[Reference]:
    reader = _Html()
    reader.feed(source)
    reader.close()
    return reader.found


class _Html(HTMLParser):
    """Collects the references of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Reference] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.found.append(Reference("picture", values.get("src", ""), values.get("alt", "")))
        elif tag == "a" and "href" in values:
            self.found.append(Reference("link", values["href"]))
        loaded = [values[name] for name in LOADED_BY if name in values and tag != "img"]
        loaded += [values["href"]] if tag == "link" and "href" in values else []
        loaded += _IN_STYLE.findall(values.get("style", ""))
        self.found += [Reference("loaded", target) for target in loaded]

    def handle_data(self, data: str) -> None:
        self.found += [Reference("loaded", target) for target in _IN_STYLE.findall(data)]
