"""A widget's script and style: what all widgets share, then its own.

anywidget takes one module and one style sheet as text. They are joined here rather than imported
in the browser, because a widget also works where no server of ours serves files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).parent


def script(name: str, *parts: str) -> str:
    """The module of a widget: ``dom.js``, then each part, then ``<name>.js``.

    A part is a file ``<part>.js``, the files of a folder ``<part>/``, or both.
    """
    return _joined("dom.js", *_of_parts(parts, "js"), f"{name}.js")


def style(name: str, *parts: str) -> str:
    """The style sheet of a widget: the tokens, ``shared.css``, ``<name>.css``, then each part's."""
    return _joined("tokens.css", "shared.css", f"{name}.css", *_of_parts(parts, "css"))


def _of_parts(parts: Iterable[str], ending: str) -> Iterator[str]:
    for part in parts:
        if (HERE / f"{part}.{ending}").is_file():
            yield f"{part}.{ending}"
        yield from (f"{part}/{each.name}" for each in sorted((HERE / part).glob(f"*.{ending}")))


def _joined(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)
