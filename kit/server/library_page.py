"""The library: its page, and the search that the page asks while one types."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import nbformat
from jupyter_server.base.handlers import APIHandler
from tornado.web import authenticated

from kit.apps.library import results_html, said_of
from kit.course import load_course
from kit.errors import CourseError, KitError
from kit.library.index import index_file, is_there, refresh
from kit.library.search import search
from kit.library.told import as_record
from kit.server.kernels import PageKernels
from kit.server.pages import APPS, AppPage, OneNotebook
from kit.words import _

LOOK_EVERY_SECONDS = 10.0


class LibraryPage(AppPage):
    """``/kit/library``: the course's search and its glossary, made by ``apps/library.ipynb``."""

    @authenticated
    async def get(self) -> None:
        self._see_preview()
        try:
            course = load_course(self.course_folder)
        except KitError as error:
            self._show_problem(error, status=500)
            return
        common = self._common(course)
        words = {**common["words"], "opening": _("Searching…")}
        self.page = {**common, "kind": "library", "title": _("Library"), "words": words}
        self._kernels = PageKernels(self.settings["kernel_manager"])
        try:
            await self._render("library.ipynb")
        finally:
            await self._kernels.shut_down()  # nothing on the page needs it any more

    @property
    def contents_manager(self) -> Any:
        """Where Voila gets the notebook from: the kit's own apps."""
        return OneNotebook(nbformat.read(APPS / "library.ipynb", as_version=4))


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
