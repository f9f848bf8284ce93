"""A widget's script and style: what all widgets share, then its own.

anywidget takes one module and one style sheet as text. They are joined here rather than imported
in the browser, because a widget also works where no server of ours serves files.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def script(name: str) -> str:
    """The module of a widget: ``dom.js``, then ``<name>.js``."""
    return _read("dom.js") + _read(f"{name}.js")


def style(name: str) -> str:
    """The style sheet of a widget: the tokens, ``shared.css``, then ``<name>.css``."""
    return _read("tokens.css") + _read("shared.css") + _read(f"{name}.css")


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
