"""What all widgets of the kit share: where their script and style come from."""

from __future__ import annotations

from typing import ClassVar

import anywidget
import traitlets

from kit.widgets.assets import script_here, style_here


class Widget(anywidget.AnyWidget):
    """A widget of the kit.

    Attributes:
        files: the name of its script and style.
    """

    files: ClassVar[str]
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    @traitlets.default("_esm")
    def _script(self) -> str:
        return script_here(self.files)

    @traitlets.default("_css")
    def _style(self) -> str:
        return style_here(self.files)
