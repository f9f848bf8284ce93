"""``/kit/class``: the class as its teacher sees it, and the scripts that draw it.

Only where its reader may see everybody's marks: a server with ``--confine`` is a learner's, and
has none of this.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kit.server.media import KitStatic
from kit.server.pages import CoursePage
from kit.words import _

SCRIPTS = {"plotly.min.js": ("plotly", "package_data"), "dt_bundle.js": ("itables", "html")}
"""Files, each with the package whose wheel holds it, and the folder there."""

Route = tuple[str, type, dict[str, Any]]


class ClassPage(CoursePage):
    """The class: progress, marks, mistakes."""

    app = "class.ipynb"

    def _describe(self, common: dict[str, Any]) -> dict[str, Any]:
        words = {**common["words"], "opening": _("Looking at your class…")}
        return {**common, "kind": "class", "title": _("Class"), "words": words}


def class_routes(page: dict[str, Any]) -> list[Route]:
    """What a teacher's server has.

    Args:
        page: what every page about the whole course is made with.
    """
    folders = [str(_package(name) / folder) for name, folder in SCRIPTS.values()]
    files = "|".join(name.replace(".", r"\.") for name in SCRIPTS)
    return [
        (r"/kit/class/?", ClassPage, page),
        (rf"/kit/class/({files})", KitStatic, {"path": folders}),
    ]


def _package(name: str) -> Path:
    """Where it is installed; it is not imported."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(name)
    return Path(spec.origin).parent
