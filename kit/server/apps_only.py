"""Let a class have the kit's pages, and nothing else of the Jupyter Server.

A learner whose kernels are confined must not reach by the server what the kernels cannot: the
course's files to change them, a checks.py to read its answers, other people's kernels.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.auth import Authorizer, User


class AppsOnly(Authorizer):
    """The kit's own, and kernels: each by its name, which only its own page knows."""

    def is_authorized(self, handler: Any, user: User, action: str, resource: str) -> bool:
        return resource == "kit" or (resource == "kernels" and "kernel_id" in handler.path_kwargs)
