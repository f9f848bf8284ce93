"""Let a class have the kit's pages, and nothing else of the Jupyter Server.

A learner whose kernels are confined must not reach by the server what the kernels cannot: the
course's files to change them, a checks.py to read its answers, other people's kernels.
"""

from __future__ import annotations

import re
from typing import Any

from jupyter_server.auth import Authorizer, User
from jupyter_server.base.handlers import Template404
from jupyter_server.serverapp import ServerApp
from tornado.routing import PathMatches, Rule

_USED = (
    "kit(/|$)",
    "voila/(static|labextensions|themes|execution|api/shutdown)/",
    "api/kernels/",
    "static/",
    "log(in|out)$",
    r"favicon\.ico$",
)
"""What the pages ask for, as regular expressions of addresses after the server's own."""


class AppsOnly(Authorizer):
    """The kit's own, and kernels: each by its name, which only its own page knows."""

    def is_authorized(self, handler: Any, user: User, action: str, resource: str) -> bool:
        return resource == "kit" or (resource == "kernels" and "kernel_id" in handler.path_kwargs)


def keep_to_the_pages(server: ServerApp) -> None:
    """Let no other address of the server answer: not all of its handlers ask who may."""
    base = re.escape(server.web_app.settings["base_url"])
    router = server.web_app.default_router
    others = Rule(PathMatches(f"{base}(?!{'|'.join(_USED)}).*"), Template404)
    router.rules.insert(0, router.process_rule(others))
