"""MediaWidget: a lesson's video or sound, with transcript, chapters and checks, and on from where
it was left.

Where there is a server, the browser tells that what was played (``kit/server/played.py``); the
messages here do the same for a notebook in VS Code, where the file comes this way too.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from math import inf
from typing import Any

import traitlets

from kit.course import NEEDS
from kit.errors import CourseError, KitError
from kit.journal import Journal
from kit.media.clock import parse_clock
from kit.played import refusal
from kit.widgets.check import CheckWidget
from kit.widgets.media_files import Named, media_files
from kit.widgets.media_words import media_words
from kit.widgets.mimebundle import Bundle, with_text
from kit.widgets.widget import Widget
from kit.words import _

PIECE_BYTES = 2**20
"""Of a file that comes through messages, at once."""
MOST_BYTES = 50 * 10**6
"""Of such a file, in all: the browser holds it in memory."""

Checks = Mapping[str | float, CheckWidget]


class MediaWidget(Widget):
    """One video or sound of the lesson. See ``kit.Video`` for the arguments."""

    files = "media"
    media = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        journal: Journal,
        named: Named,
        *,
        title: str,
        checks: Checks | None = None,
        watched: float = NEEDS,
    ) -> None:
        self._journal = journal
        self._named = named
        self._asks = {_seconds_of(at): _checked(check) for at, check in (checks or {}).items()}
        lesson, language = journal.lesson, journal.course.language
        files = media_files(lesson.folder, named, language)
        super().__init__(
            media={
                "kind": named.kind,
                "lesson": lesson.id,
                "item": named.path,
                "place": journal.place(named.path),
                "title": title,
                "language": language,
                "problem": files.problem,
                "words": media_words(),
                "needs": watched,
                "sources": files.sources,
                "poster": files.poster,
                "captions": files.captions,
                "chapters": files.chapters,
                "asks": [
                    {"at": at, "check": check.check.id, "widget": f"anywidget:{check.model_id}"}
                    for at, check in sorted(self._asks.items())
                ],
            },
            state=self._state(),
        )
        self.on_msg(self._on_message)
        journal.on_record(self._refresh)

    def _state(self) -> dict[str, Any]:
        fresh = {"position": 0.0, "watched": 0.0, "done": False, "duration": 0.0}
        try:
            progress = self._journal.progress()
            watching = self._journal.watching(self._named.path, progress)
        except KitError as error:
            return {**fresh, "skipped": [], "problem": str(error)}
        ids = [check.check.id for check in self._asks.values()]
        skipped = [check_id for check_id in ids if progress.item(check_id).skipped]
        return {**fresh, **watching, "skipped": skipped, "problem": ""}

    def _refresh(self) -> None:
        self.state = self._state()

    def _on_message(self, _widget: object, message: Any, _buffers: object) -> None:
        self.receive(message)

    def receive(self, message: Any) -> None:
        """Answer one message from the browser; what no page of ours sends gets none."""
        if not isinstance(message, dict):
            return
        if message.get("do") == "played":
            self.send({"do": "played", "turn": message.get("turn"), **self._played(message)})
        elif message.get("do") == "file":
            self._send_piece(message.get("path"), message.get("from"))

    def _played(self, message: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return self._journal.played(message)
        except (KitError, ValueError) as error:
            return refusal(error)

    def _send_piece(self, path: object, start: object) -> None:
        """A part of the file, for where no server gives it out."""
        sizes = {source["path"]: source["bytes"] for source in self.media["sources"]}
        if path not in sizes or not isinstance(start, int) or not 0 <= start < sizes[path]:
            return
        about = {"do": "file", "path": path, "from": start, "bytes": sizes[path]}
        if sizes[path] > MOST_BYTES:
            self.send({**about, "too_big": True})
            return
        try:
            with (self._journal.lesson.folder / str(path)).open("rb") as file:
                file.seek(start)
                self.send(about, [file.read(PIECE_BYTES)])
        except OSError as error:
            self.send({**about, "message": error.strerror})

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        kind = _("Video") if self._named.kind == "video" else _("Audio")
        text = f"{self.media['title']} ({self._named.path})"
        return with_text(super()._repr_mimebundle_(**kwargs), kind, text)


def _seconds_of(at: str | float) -> float:
    """When a check is asked: 78, 78.5, or what ``parse_clock`` reads.

    Raises:
        CourseError: it is none of these.
    """
    if isinstance(at, str):
        with suppress(ValueError):
            return parse_clock(at)
    elif isinstance(at, int | float) and not isinstance(at, bool) and 0 <= at < inf:
        return float(at)
    raise CourseError(
        _("A check is to be asked at {at!r}, which is no time of a film.").format(at=at),
        _('Write minutes and seconds, as in checks={"1:18": checks.rows_are}.'),
    )


def _checked(check: object) -> CheckWidget:
    if isinstance(check, CheckWidget):
        return check
    raise CourseError(
        _("A film can ask checks only, and {given} is none.").format(given=type(check).__name__),
        _('Name one of checks.py, as in checks={"1:18": checks.rows_are}.'),
    )
