"""The store of a kernel that is shut in: reached through a socket, of one learner alone.

A confined kernel sees no file of progress. It starts with a connected socket, whose other end its
server holds (``kit.kernels.store_service``); requests and answers are JSON.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kit import errors
from kit.errors import StoreError
from kit.events import Event
from kit.store import Store
from kit.words import _

OPEN_FILE = "KIT_STORE"
"""The variable that names the socket's number."""


def own_store() -> Store:
    """Where this process keeps what a learner does."""
    number = os.environ.get(OPEN_FILE)
    return _linked(int(number)) if number else Store()


@cache
def _linked(number: int) -> LinkedStore:
    return LinkedStore(Connection(number))


class LinkedStore(Store):
    """As ``Store``, of whose file it knows nothing. May be used from any thread."""

    def __init__(self, link: Connection) -> None:
        super().__init__(Path("/nowhere"))
        self._link = link
        self._lock = threading.Lock()

    def append(self, events: Iterable[Event]) -> list[Event]:
        told = self._ask("append", events=[event.to_json() for event in events])
        return [Event.from_json(line) for line in told]

    def grow(self, events: Iterable[Event]) -> set[str]:
        return set(self._ask("grow", events=[event.to_json() for event in events]))

    def settle(self) -> None:
        self.append(())

    def events(self, *, learner: str = "", course: str = "", lesson: str = "") -> list[Event]:
        told = self._ask("events", learner=learner, course=course, lesson=lesson)
        return [Event.from_json(line) for line in told]

    def damaged_files(self) -> list[Path]:
        return []  # the teacher's business: a learner can do nothing about them

    def _ask(self, what: str, **about: Any) -> Any:
        with self._lock:
            try:
                self._link.send_bytes(json.dumps({"do": what, **about}).encode())
                answer = json.loads(self._link.recv_bytes())
            except (EOFError, OSError) as error:
                raise StoreError(
                    _("The server that keeps your progress does not answer."),
                    _("Reload the page."),
                ) from error
        if "error" in answer:
            kind = getattr(errors, answer["error"], StoreError)
            raise kind(answer["what"], answer["mend"])
        return answer["answer"]
