"""A widget's script and style: what all widgets share, then its own.

anywidget takes one module and one style sheet as text. They are joined here rather than imported
in the browser, because a widget also works where no server of ours serves files. Where one does,
it gives the same by address (``WIDGETS_URL``): a page with twenty checks loads one script once.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent

PARTS = {
    "check": ("storage", "inputs"),
    "lesson": (),
    "link": (),
    "media": ("keys", "storage", "player"),
    "notes": ("print",),
    "slides": ("storage", "keys", "print"),
}
"""Of which parts each widget is made: a part is a file ``<part>.js`` or ``.css``, the files of a
folder ``<part>/``, or both."""

WIDGETS_URL = "KIT_WIDGETS_URL"
"""The variable that tells a kernel where its page finds the widgets' files, and that their styles
are on the page."""


@cache
def script(name: str) -> str:
    """The module of a widget: ``dom.js``, then each part, then ``<name>.js``."""
    return _joined("dom.js", *_of_parts(name, "js"), f"{name}.js")


@cache
def style(name: str) -> str:
    """The style sheet of a widget: the tokens, ``shared.css``, ``<name>.css``, then each part's."""
    return _joined("tokens.css", "shared.css", f"{name}.css", *_of_parts(name, "css"))


@cache
def page_style() -> str:
    """The style sheet of a page with any of the widgets."""
    own = (each for name in PARTS for each in (f"{name}.css", *_of_parts(name, "css")))
    return _joined("tokens.css", "shared.css", *dict.fromkeys(own))


def address(name: str) -> str:
    """Where ``script`` is, from ``WIDGETS_URL`` on; changes with what it is."""
    return f"{name}.js?v={version(script(name))}"


@cache
def version(text: str) -> str:
    """A short name for a text that no other text has."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def script_here(name: str) -> str:
    """The module for the page that this kernel works for: ``script``, or what loads that."""
    widgets = os.environ.get(WIDGETS_URL)
    if not widgets:
        return script(name)
    path = json.dumps(widgets + address(name))
    return f"export default (await import(new URL({path}, location))).default;"


def style_here(name: str) -> str:
    """The style sheet for the page that this kernel works for; "" where it has it."""
    return "" if os.environ.get(WIDGETS_URL) else style(name)


def _of_parts(name: str, ending: str) -> Iterator[str]:
    for part in PARTS[name]:
        if (HERE / f"{part}.{ending}").is_file():
            yield f"{part}.{ending}"
        yield from (f"{part}/{each.name}" for each in sorted((HERE / part).glob(f"*.{ending}")))


def _joined(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)
