"""What a student made, as HTML that does nothing and fetches nothing."""

from __future__ import annotations

import base64
import binascii
import html as escaping
import io
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup
from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from kit.grading.feedback.verdict import plain
from kit.media.file_types import PICTURES
from kit.media.markdown import LARGEST_PICTURE, picture_url, safe_html
from kit.words import _

LONGEST_TEXT = 20_000
"""Characters of one text that a page shows; who needs more has the notebook."""

LONGEST_HTML = 200_000
DEEPEST_HTML = 60
"""Elements in each other. To clean what is deeper takes time that grows with its square."""

_LEVEL = 2
"""By which a notebook's headings are below the page's own."""

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_VOID = frozenset({"br", "hr", "img", "input", "col", "wbr", "link", "meta"})
_PICTURE_TYPES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")
_LONGEST_FORMULA = 300
_FORMULA_POINTS = 13  # as the text around it


def code(source: str, lexer: str = "ipython3") -> Markup:
    """Code in colours."""
    if len(source) > LONGEST_TEXT:
        return text(source)
    return _as_is(Highlight2HTML(pygments_lexer=lexer)(source))


def text(said: str) -> Markup:
    """Text as it is, without colours of terminals."""
    said = plain(said).rstrip()
    more = _("… and more, which is left out here.")
    short = said if len(said) <= LONGEST_TEXT else f"{said[:LONGEST_TEXT]}\n{more}"
    return Markup("<pre>{}</pre>").format(short)


def markdown(
    source: str,
    folder: Path | None = None,
    attachments: Mapping[str, Any] | None = None,
    with_html: bool = False,
) -> Markup:
    """Markdown with formulas.

    Args:
        folder: in which the pictures are that it names.
        with_html: whether HTML in it is HTML, and not text.
    """
    if len(source) > LONGEST_TEXT:
        return text(source)
    renderer = _Renderer(folder, attachments or {}, escape=not with_html)
    with suppress(Exception):  # a text that a parser cannot take can still be read
        found = _safe(MarkdownWithMath(renderer=renderer).render(source))
        if found or not source.strip():
            return _as_is(_TABLE.sub(lambda table: _region(table[0]), found))
    return text(source)


def output(shown: NotebookNode) -> Markup:
    """One output of a cell; "" for what cannot be shown without running it."""
    if shown.output_type == "stream":
        return text(shown.text)
    if shown.output_type == "error":
        return text("\n".join(map(str, shown.traceback)) or f"{shown.ename}: {shown.evalue}")
    data = shown.get("data", {})
    for kind in ("text/html", *_PICTURE_TYPES, "text/markdown", "text/latex", "text/plain"):
        if kind in data and (found := _as_html(kind, data[kind])):
            return found
    return Markup("")


def _as_html(kind: str, data: Any) -> Markup:
    said = "".join(map(str, data)) if isinstance(data, list) else str(data)
    if kind == "text/html":
        found = _safe(said)
        says_something = "<img" in found or re.sub(r"<[^>]*>|\s", "", found)
        return _as_is(_region(found)) if says_something else Markup("")
    if kind in _PICTURE_TYPES:
        return _picture(said, kind)
    if kind in {"text/markdown", "text/latex"}:
        return markdown(said)
    return text(said)


def _picture(data: str, kind: str) -> Markup:
    if kind == "image/svg+xml":  # as a picture it runs no scripts
        url = picture_url(data.encode(errors="replace"), kind)
    else:
        try:
            url = picture_url(base64.b64decode("".join(data.split()), validate=True), kind)
        except (ValueError, binascii.Error):
            return Markup("")
    if len(url) > LARGEST_PICTURE * 4 // 3:
        return Markup("")
    return Markup('<img src="{}" alt="{}">').format(url, _("What this cell has drawn"))


def _region(safe: str) -> str:
    """What may be wider than a phone: it can be moved sideways, by keyboard, too."""
    name = escaping.escape(_("Table"))
    return f'<div class="kit-scroll" role="region" tabindex="0" aria-label="{name}">{safe}</div>'


def _as_is(safe: str) -> Markup:
    return Markup(safe)  # noqa: S704 - of Pygments, which escapes, or of ``_safe``


def _safe(html: str) -> str:
    """HTML without what runs or is fetched; "" where to find that out takes too long."""
    if len(_PLAIN_DATA.sub("", html)) > LONGEST_HTML or _depth(html) > DEEPEST_HTML:
        return ""
    clean = re.sub(r"<img(?![^>]*\ssrc=)[^>]*>", "", safe_html(html))
    return re.sub(r"<img(?![^>]*\salt=)", '<img alt=""', clean)


_PLAIN_DATA = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]+")


def _depth(html: str) -> int:
    """How many elements are in each other, or more, where some have no end."""
    deepest, inside = 0, list[str]()
    for found in _TAG.finditer(html):
        name = found[2].lower()
        if found[1] and inside and inside[-1] == name:
            inside.pop()
        elif not found[1] and name not in _VOID:
            inside.append(name)
            deepest = max(deepest, len(inside))
    return deepest


class _Renderer(IPythonRenderer):  # type: ignore[misc]
    """nbconvert's; pictures and formulas are part of the page."""

    def __init__(
        self, folder: Path | None, attachments: Mapping[str, Any], *, escape: bool
    ) -> None:
        super().__init__(escape=escape, attachments=attachments, exclude_anchor_links=True)
        self._folder = folder

    def heading(self, text: str, level: int, **_more: Any) -> str:
        return f"<h{min(level + _LEVEL, 6)}>{text}</h{min(level + _LEVEL, 6)}>\n"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """A picture of the notebook's, or its description."""
        source = self._attached(url) if url.startswith("attachment:") else self._file(url)
        if url.startswith("data:image/"):
            source = url
        said = escaping.escape(text)
        return f'<img src="{escaping.escape(source)}" alt="{said}">' if source else said

    def _attached(self, url: str) -> str:
        found = self.attachments.get(unquote(url.removeprefix("attachment:")), {})
        for kind in _PICTURE_TYPES:
            if isinstance(found.get(kind), str):
                return f"data:{kind};base64,{found[kind]}"
        return ""

    def _file(self, url: str) -> str:
        if self._folder is None:
            return ""
        with suppress(OSError, ValueError, RuntimeError):  # not there, a null byte, a loop of links
            path = (self._folder / unquote(url)).resolve()
            inside = path.is_relative_to(self._folder.resolve())
            kind = PICTURES.get(path.suffix.lower())
            if inside and kind and path.stat().st_size <= LARGEST_PICTURE:
                return picture_url(path.read_bytes(), kind)
        return ""

    def inline_math(self, body: str) -> str:
        return _formula(body)

    def block_math(self, body: str) -> str:
        return f"<p>{_formula(body)}</p>"

    def latex_environment(self, name: str, body: str) -> str:
        return f"<pre>{escaping.escape(body)}</pre>"


@lru_cache(maxsize=500)
def _formula(tex: str) -> str:
    """A formula as a picture with its TeX as description; as code where it cannot be drawn."""
    said = escaping.escape(" ".join(tex.split()))
    if len(said) <= _LONGEST_FORMULA:
        with suppress(Exception):  # of TeX, matplotlib knows a part
            return f'<img src="{picture_url(_drawn(tex), "image/svg+xml")}" alt="${said}$">'
    return f"<code>{said}</code>"


def _drawn(tex: str) -> bytes:
    """As SVG, the same each time."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import MathTextParser

    formula, font = f"${' '.join(tex.split())}$", FontProperties(size=_FORMULA_POINTS)
    width, height, depth, *_more = MathTextParser("path").parse(formula, 72, font)
    figure = Figure(figsize=(width / 72, height / 72))
    figure.text(0, depth / height, formula, fontproperties=font)
    drawn = io.BytesIO()
    with rc_context({"svg.hashsalt": "kit"}):
        figure.savefig(drawn, dpi=72, format="svg", transparent=True, metadata={"Date": None})
    return drawn.getvalue()


def all_outputs(outputs: Sequence[NotebookNode]) -> list[Markup]:
    """All outputs of a cell, without those that show nothing."""
    return [found for found in map(output, outputs) if found]
