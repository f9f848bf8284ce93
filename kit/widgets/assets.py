"""A widget's script and style: what all widgets share, then its own.

anywidget takes one module and one style sheet as text. They are joined here rather than imported
in the browser, because a widget also works where no server of ours serves files.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def script(name: str, inputs: bool = False) -> str:
    """The module of a widget: ``dom.js``, the inputs of a check where asked for, ``<name>.js``."""
    own = ["inputs.js", *(f"inputs/{each.name}" for each in sorted((HERE / "inputs").glob("*.js")))]
    names = ("dom.js", *(own if inputs else []), f"{name}.js")
    return "\n".join(_read(each) for each in names)


def style(name: str, inputs: bool = False) -> str:
    """The style sheet of a widget: the tokens, ``shared.css``, ``<name>.css``, then the inputs'."""
    own = [f"inputs/{each.name}" for each in sorted((HERE / "inputs").glob("*.css"))]
    names = ("tokens.css", "shared.css", f"{name}.css", *(own if inputs else []))
    return "\n".join(_read(each) for each in names)


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
