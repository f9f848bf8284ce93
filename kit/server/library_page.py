"""The library: its page, and the search that the page asks while one types."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import APIHandler
from tornado.web import authenticated

from kit.apps.library import results_html
from kit.errors import CourseError, KitError
from kit.library.index import index_file, is_there, refresh
from kit.library.search import search
from kit.library.wording import as_record, said_of
from kit.server.pages import CoursePage
from kit.words import _

LOOK_EVERY_SECONDS = 10.0


class LibraryPage(CoursePage):
    """``/kit/library``: the course's search and its glossary."""

    app = "library.ipynb"

    def _describe(self, common: dict[str, Any]) -> dict[str, Any]:
        words = {**common["words"], "opening": _("Searching…")}
        return {**common, "kind": "library", "title": _("Library"), "words": words}


class Librarian:
    """Keeps a course's index up to date while it is searched, and keeps nobody waiting for it."""

    def __init__(self, course: Path) -> None:
        self.course = course
        self._looked = -LOOK_EVERY_SECONDS
        self._looking: asyncio.Task[None] | None = None

    async def look(self) -> None:
        """See to it that files which changed are read; wait for that only where no index is.

        Raises:
            KitError: there is no index, and none can be made.
        """
        idle = self._looking is None or self._looking.done()
        if idle and time.monotonic() - self._looked >= LOOK_EVERY_SECONDS:
            self._looking = asyncio.create_task(self._refresh())
        if self._looking and not await asyncio.to_thread(is_there, index_file(self.course)):
            await self._looking

    async def _refresh(self) -> None:
        try:
            await asyncio.to_thread(refresh, self.course)
        except KitError:  # who searches meets it, too, and says it
            return
        finally:
            self._looked = time.monotonic()


class LibraryApi(APIHandler):
    """``/kit/api/library?q=&kind=&lesson=``: what is found, as records and as the page shows it."""

    def initialize(self, librarian: Librarian) -> None:
        self.librarian = librarian

    @authenticated
    async def get(self) -> None:
        question = " ".join(self.get_query_arguments("q"))
        kinds = self.get_query_arguments("kind")
        lesson = self.get_query_argument("lesson", "")
        try:
            await self.librarian.look()
            found = await asyncio.to_thread(
                search, self.librarian.course, question, kinds=kinds, lesson=lesson
            )
        except KitError as error:
            self.set_status(400 if isinstance(error, CourseError) else 503)
            self.finish({"message": str(error)})
            return
        shown = results_html(found, self.base_url, narrowed=bool(kinds or lesson))
        self.finish({**as_record(found), "said": said_of(found), "html": shown})
