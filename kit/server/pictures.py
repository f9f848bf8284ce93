"""Pictures in a lesson's text: of the lesson's folder, wherever its page is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from nbconvert.filters.markdown_mistune import IPythonRenderer
from voila.exporter import VoilaMarkdownRenderer

_SOURCE = re.compile(r"""(<img\b[^>]*?\ssrc\s*=\s*["'])([^"']*)(["'])""", re.IGNORECASE)


class LessonFiles:
    """The server's contents manager, as Voila's exporter gets it for the page of a lesson.

    Args:
        contents: the manager itself, of which Voila reads the notebook.
        lesson: the lesson's id.
        url: makes an address on this server of a path.
    """

    def __init__(self, contents: Any, lesson: str, url: Callable[[str], str]) -> None:
        self._contents = contents
        self._lesson = lesson
        self._url = url

    def __getattr__(self, name: str) -> Any:
        return getattr(self._contents, name)

    def address_of(self, source: str) -> str:
        """The address of a picture as a notebook names it; any that is no path stays as it is."""
        try:
            parts = urlsplit(source)
        except ValueError:
            return source
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return source
        path = posixpath.normpath(posixpath.join(self._lesson, unquote(parts.path)))
        return self._url(f"kit/media/{quote(path)}")


class PageMarkdown(VoilaMarkdownRenderer):
    """Voila's, but pictures are asked for: it would read each file, and cannot with this server's
    contents manager."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return str(IPythonRenderer.image(self, text, self._address_of(url), title))

    def block_html(self, html: str) -> str:
        return str(super().block_html(self._with_addresses(html)))

    def inline_html(self, html: str) -> str:
        return str(super().inline_html(self._with_addresses(html)))

    def _with_addresses(self, html: str) -> str:
        return _SOURCE.sub(lambda found: found[1] + self._address_of(found[2]) + found[3], html)

    def _address_of(self, source: str) -> str:
        files = self.contents_manager
        return files.address_of(source) if isinstance(files, LessonFiles) else source
