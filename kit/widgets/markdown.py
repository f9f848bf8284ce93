"""Authors' Markdown -> HTML that is safe to put on a page."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("table")


@lru_cache(maxsize=512)
def to_html(markdown: str) -> str:
    """Render CommonMark and tables; raw HTML in the text is shown as text."""
    import nh3

    # No pictures: a learner's own words come back in the feedback, and must ask no other server.
    # Half of a character, which an answer or an error may hold, can be neither cleaned nor sent.
    whole = markdown.encode("utf-8", "replace").decode()
    return nh3.clean(
        _parser().render(whole),
        tags=nh3.ALLOWED_TAGS - {"img"},
        url_schemes={"http", "https", "mailto"},
    )


def clean_html(html: str) -> str:
    """HTML that a library made (a DataFrame's, say), without scripts, styles and handlers."""
    import nh3

    return nh3.clean(
        html,
        tags=nh3.ALLOWED_TAGS - {"img"},
        attributes={"th": {"scope", "colspan", "rowspan"}},
        url_schemes=set(),
    )
