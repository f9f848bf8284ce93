"""The server's end of a confined kernel's store: it reads and writes for one learner alone.

What comes from the kernel may be anything: it is read as JSON of a limited length, each event is
checked as one in a file that somebody hands in, and one kernel can write so much and no more.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from multiprocessing.connection import Connection
from typing import Any

from kit.errors import KitError, StoreError, StoreFull
from kit.events import Event
from kit.store import Store
from kit.words import _

_LONGEST_REQUEST = 4 * 2**20
MOST_WRITTEN = 32 * 2**20
"""Bytes of one kernel: a year of one lesson."""


def serve_store(learner: str) -> int:
    """Start to serve this learner's events; returns the kernel's end, as an open file.

    It is served until the kernel, and all to whom it gave that file, have closed it.
    """
    own, its = socket.socketpair()
    service = _Service(learner, Store())
    threading.Thread(
        target=service.serve, args=(Connection(own.detach()),), name="kit-store", daemon=True
    ).start()
    return its.detach()


_WORK_SECONDS, _SHARE = 2.0, 0.2
"""Processor time that one kernel has at once, and its part of one processor from then on."""


class _Service:
    def __init__(self, learner: str, store: Store) -> None:
        self._learner = learner
        self._store = store
        self._left = MOST_WRITTEN

    def serve(self, link: Connection) -> None:
        began = time.monotonic()
        with link:
            while True:
                try:
                    request = link.recv_bytes(_LONGEST_REQUEST)
                    link.send_bytes(json.dumps(self._answer(request)).encode())
                except (EOFError, OSError):  # it has ended, or sends what is no request
                    return
                due = (time.thread_time() - _WORK_SECONDS) / _SHARE - (time.monotonic() - began)
                if due > 0:  # others are served by the same process
                    time.sleep(due)

    def _answer(self, request: bytes) -> dict[str, Any]:
        try:
            return {"answer": self._do(json.loads(request), len(request))}
        except KitError as error:
            return {"error": type(error).__name__, "what": error.what, "mend": error.mend}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            return {"error": "StoreError", "what": f"{error}", "mend": ""}

    def _do(self, asked: dict[str, Any], length: int) -> list[str]:
        if asked["do"] == "events":
            place = {name: str(asked[name]) for name in ("course", "lesson")}
            return [each.to_json() for each in self._store.events(learner=self._learner, **place)]
        events = [self._own(line) for line in asked["events"]]
        self._left -= length
        if self._left < 0:
            raise StoreFull(
                _("This page has written more than one page may."), _("Reload it to go on.")
            )
        if asked["do"] == "append":
            return [each.to_json() for each in self._store.append(events)]
        if asked["do"] == "grow":
            return sorted(self._store.grow(events))
        raise ValueError(asked["do"])

    def _own(self, line: str) -> Event:
        event = Event.from_json(line)
        if event.learner != self._learner or event.device or event.seq:
            raise StoreError(_("This is not {learner}'s to write.").format(learner=self._learner))
        return event
