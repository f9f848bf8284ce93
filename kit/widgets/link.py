"""LinkWidget: a page outside of the course, as a card that asks for nothing from it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import traitlets

from kit.errors import CourseError
from kit.widgets.mimebundle import Bundle, with_text
from kit.widgets.widget import Widget
from kit.words import _


class LinkWidget(Widget):
    """A card for one address. See ``kit.Link`` for the arguments."""

    files = "link"
    link = traitlets.Dict().tag(sync=True)

    def __init__(self, url: str, *, title: str, about: str) -> None:
        words = {
            "needs": _("needs the internet"),
            "new": _("opens in a new tab"),
            "offline": _("You are offline now. Keep it for later: the lesson goes on without it."),
        }
        link = {"url": url, "title": title, "about": about, "host": _host(url), "words": words}
        super().__init__(link=link)

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        text = f"{self.link['title']} ({self.link['url']})"
        return with_text(super()._repr_mimebundle_(**kwargs), _("Link"), text)


def _host(url: str) -> str:
    """The site's name.

    Raises:
        CourseError: it is no address of a web page.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in {"http", "https"} or not host:
        raise CourseError(
            _("{url!r} is not the address of a web page.").format(url=url[:200]),
            _("Write the whole address, as in https://pandas.pydata.org/docs/."),
        )
    return host.removeprefix("www.")
