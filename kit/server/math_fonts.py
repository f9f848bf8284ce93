"""The fonts of formulas: MathJax's, which Voila ships and its own templates declare.

They lie there under names that change with each version, among fonts of other things; which one a
file is, its own table of names says.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import authenticated
from voila.paths import collect_static_paths

FAMILIES = {
    "Zero": "MJXZERO",
    **{f"Size{n}-Regular": f"MJXTEX-S{n}" for n in range(1, 5)},
    **{
        name: f"MJXTEX{ending}"
        for name, ending in {
            "Main-Regular": "", "Main-Bold": "-B", "Math-Italic": "-I", "Main-Italic": "-MI",
            "Math-BoldItalic": "-BI", "AMS-Regular": "-A", "Calligraphic-Regular": "-C",
            "Calligraphic-Bold": "-CB", "Fraktur-Regular": "-FR", "Fraktur-Bold": "-FRB",
            "SansSerif-Regular": "-SS", "SansSerif-Bold": "-SSB", "SansSerif-Italic": "-SSI",
            "Script-Regular": "-SC", "Typewriter-Regular": "-T", "Vector-Regular": "-V",
            "Vector-Bold": "-VB",
        }.items()
    },
}  # fmt: skip
"""What MathJax 3 calls its fonts, by their own names after ``MathJax_``."""


class MathFonts(JupyterHandler):
    """``/kit/static/math.css``: where each font is; a browser asks for those that it needs."""

    @authenticated
    async def get(self) -> None:
        fonts = await asyncio.to_thread(_fonts)
        place = url_path_join(self.base_url, "voila/static")
        self.set_header("Content-Type", "text/css")
        self.set_header("Cache-Control", "private, max-age=86400")
        self.finish(
            "".join(
                f'@font-face {{ font-family: {family}; src: url("{place}/{name}") format("woff"); '
                "font-display: swap; }\n"
                for family, name in fonts.items()
            )
        )


@cache
def _fonts() -> dict[str, str]:
    """The names of the files, by family."""
    found = dict[str, str]()
    for folder in collect_static_paths(["voila", "nbconvert"], "base"):
        for path in sorted(Path(folder).glob("*.woff")):
            for family in _families(path):
                found.setdefault(family, path.name)
    return found


def _families(path: Path) -> Iterator[str]:
    try:
        with TTFont(path, lazy=True) as font:
            name = font["name"].getDebugName(6) or ""
    except (OSError, TTLibError):
        return
    if family := FAMILIES.get(name.removeprefix("MathJax_")):
        yield family
