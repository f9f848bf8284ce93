"""``/kit/frontend.js``: the parts of Voila's frontend, and of the widgets' own, in one file.

Voila's page asks for about ninety files, one after the other. Most are parts that webpack made,
and a part that is there already is not asked for: to load it is to append it to an array of the
page. The whole comes as one, packed, and is kept by the browser until one of its parts changes.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import authenticated
from voila.paths import collect_static_paths
from voila.utils import get_voila_labextensions_path

from kit.media.stamp import stamp
from kit.server.media import A_YEAR

LARGEST_PART = 400_000
"""Bytes. The two larger ones are what few pages need: they are asked for by those."""

WIDGETS = ("@jupyter-widgets/jupyterlab-manager", "anywidget", "@voila-dashboards/widgets-manager8")
_IS_PART = re.compile(
    rb"""(?:/\*.*?\*/\s*)? (?:"use[ ]strict";\s*)? \(?self(?:\.|\[")(?:webpack|rspack)Chunk""",
    re.X | re.S,
)
_LONGEST_BEGINNING = 300


class FrontendScripts(JupyterHandler):
    """All parts; packed for whoever can unpack them."""

    auth_resource = "kit"

    @authenticated
    async def get(self) -> None:
        made = version()
        packed = await asyncio.get_running_loop().run_in_executor(None, _packed, made)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Vary", "Accept-Encoding")
        if self.get_query_argument("v", "") == made:
            self.set_header("Cache-Control", f"private, max-age={A_YEAR}, immutable")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(packed)
        else:
            self.finish(gzip.decompress(packed))


def address(base_url: str) -> str:
    """Where a page has them, as they are now."""
    return f"{url_path_join(base_url, 'kit/frontend.js')}?v={version()}"


def version() -> str:
    """Another one when a part has changed."""
    return sha256(repr([(each, stamp(each)) for each in _files()]).encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def _files() -> list[Path]:
    voila = [Path(each) for each in collect_static_paths(["voila", "nbconvert"], "base")]
    extensions = [Path(each) for each in get_voila_labextensions_path([])]
    return [
        part
        for folders in (
            voila,
            *([each / name / "static" for each in extensions] for name in WIDGETS),
        )
        for part in _parts(folders)
    ]


def _parts(folders: Sequence[Path]) -> Iterator[Path]:
    """Each from the first folder that has it."""
    names = sorted({file.name for folder in folders for file in folder.glob("*.js")})
    for name in names:
        file = next(each / name for each in folders if (each / name).exists())
        if file.stat().st_size <= LARGEST_PART:
            with file.open("rb") as opened:
                if _IS_PART.match(opened.read(_LONGEST_BEGINNING)):
                    yield file


@lru_cache(maxsize=1)
def _packed(_version: str) -> bytes:
    """Each in a function of its own: what is strict in one is not so in the next."""
    parts = [b"(function(){%b\n})();\n" % each.read_bytes() for each in _files()]
    return gzip.compress(b"".join(parts), mtime=0)
