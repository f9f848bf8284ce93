"""What players tell, a beat a second and more: ``/kit/api/played/<lesson>``.

It comes over HTTP and not through the lesson's kernel, so that it is kept while the learner's code
runs for minutes, after the kernel has ended, and when the page is closed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jupyter_server.base.handlers import APIHandler
from tornado.web import authenticated

from kit.errors import CourseError, KitError, StoreError
from kit.heat import passes
from kit.journal import Journal
from kit.played import Played, refusal
from kit.server.known_course import KnownCourse
from kit.words import _

MAX_BODY = 64 * 1024

PAUSE_SECONDS = 0.05
"""Between two writes, so that a kernel with an answer to keep gets its turn at the file."""


@dataclass(frozen=True)
class _Told:
    journal: Journal
    played: Played
    answer: asyncio.Future[dict[str, Any]]

    @property
    def place(self) -> tuple[object, ...]:
        """What one journal can keep: the same lesson, learner and file."""
        journal = self.journal
        return (journal.store.path, journal.learner, journal.place())


class Keeper:
    """Writes what many players tell: one write at a time, each with all that came meanwhile."""

    def __init__(self) -> None:
        self._waiting: list[_Told] = []
        self._writer: asyncio.Task[None] | None = None

    async def keep(self, journal: Journal, played: Played) -> dict[str, Any]:
        """The answer to what a player told, once that is on the disk.

        Raises:
            StoreError: it is not written.
        """
        told = _Told(journal, played, asyncio.get_running_loop().create_future())
        self._waiting.append(told)
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        return await told.answer

    async def _write(self) -> None:
        while self._waiting:
            place = self._waiting[0].place
            batch = [told for told in self._waiting if told.place == place]
            self._waiting = [told for told in self._waiting if told.place != place]
            _answer(batch, await asyncio.to_thread(_keep, batch))
            await asyncio.sleep(PAUSE_SECONDS)
        self._writer = None


def _keep(batch: Sequence[_Told]) -> Sequence[dict[str, Any] | Exception]:
    try:
        return batch[0].journal.keep_played([told.played for told in batch])
    except Exception as error:  # whoever waits for an answer has to get one
        return [error] * len(batch)


def _answer(batch: Sequence[_Told], answers: Sequence[dict[str, Any] | Exception]) -> None:
    for told, answer in zip(batch, answers, strict=True):
        if told.answer.done():  # the browser has gone
            continue
        if isinstance(answer, Exception):
            told.answer.set_exception(answer)
        else:
            told.answer.set_result(answer)


class PlayedApi(APIHandler):
    """GET: where a video was left, and how often each second was played. POST: what was played."""

    def initialize(self, known: KnownCourse, keeper: Keeper) -> None:
        self.known = known
        self.keeper = keeper

    @authenticated
    async def get(self, lesson_id: str) -> None:
        item = self.get_query_argument("item", "")
        if journal := self._journal(lesson_id):
            try:
                self.finish(await asyncio.to_thread(_watching, journal, item))
            except KitError as error:
                self._refuse(refusal(error), error)

    @authenticated
    async def post(self, lesson_id: str) -> None:
        if journal := self._journal(lesson_id):
            try:
                played = journal.read_played(self._body())
                self.finish(await self.keeper.keep(journal, played))
            except (KitError, ValueError) as error:
                self._refuse(refusal(error), error)

    def _journal(self, lesson_id: str) -> Journal | None:
        """The learner's of a lesson; None where that cannot be used, which is then the answer."""
        try:
            return Journal(*self.known.lesson(lesson_id))
        except KitError as error:  # it may just be being saved, or fetched: that passes
            self._refuse({**refusal(error), "refused": False}, error)
            return None

    def _body(self) -> object:
        if len(self.request.body) > MAX_BODY:
            raise ValueError(_("This is more than {n} bytes at once.").format(n=MAX_BODY))
        try:
            return json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise ValueError(_("This is not JSON.")) from None

    def _refuse(self, answer: dict[str, Any], error: KitError | ValueError) -> None:
        self.set_status(_status(error))
        self.finish(answer)


def _watching(journal: Journal, item: str) -> dict[str, Any]:
    watching = journal.watching(item, journal.progress())
    return {**watching, "passes": passes(journal.events(), item)}


def _status(error: KitError | ValueError) -> int:
    if isinstance(error, StoreError):
        return 503
    return 404 if isinstance(error, CourseError) else 400
