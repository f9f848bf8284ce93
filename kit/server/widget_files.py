"""``/kit/widgets/``: the scripts of the kit's widgets, and their styles as one."""

from __future__ import annotations

from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

from kit.server.media import A_YEAR
from kit.widgets.assets import PARTS, address, page_style, script, version


class WidgetFiles(JupyterHandler):
    """A widget's script, or the page's style sheet."""

    auth_resource = "kit"

    @authenticated
    def get(self, name: str, ending: str) -> None:
        if ending == "js" and name in PARTS:
            text, kind = script(name), "text/javascript"
        elif (name, ending) == ("page", "css"):
            text, kind = page_style(), "text/css"
        else:
            raise HTTPError(404)
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        if self.get_query_argument("v", "") == version(text):
            self.set_header("Cache-Control", f"private, max-age={A_YEAR}, immutable")
        self.finish(text)


def page_files(base_url: str) -> dict[str, Any]:
    """What a page with widgets loads from here: its ``style``, and ``scripts`` that it will use."""
    here = url_path_join(base_url, "kit/widgets/")
    return {
        "style": f"{here}page.css?v={version(page_style())}",
        "scripts": [here + address(name) for name in PARTS],
    }
