"""The Jupyter Server extension: the kit's pages, a course's media, and starting it all."""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "kit.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from kit.server.extension import load

    load(server)
