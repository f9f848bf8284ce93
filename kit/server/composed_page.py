"""A page whose notebook the server makes: questions in a row, without a lesson's text."""

from __future__ import annotations

import asyncio
from typing import Any

from nbformat import NotebookNode

from kit.course import Course
from kit.server.kernels import PageKernels
from kit.server.pages import PRELOAD, AppPage, OneNotebook


class ComposedPage(AppPage):
    """A page in the clothes of a lesson's, made of a notebook that is in no file."""

    async def compose(self, course: Course, notebook: NotebookNode, **page: Any) -> None:
        """Render the notebook.

        Args:
            page: what differs from an empty lesson's page; ``words`` are added to the usual ones.
        """
        common = self._common(course)
        empty = {
            "kind": "lesson", "sections": [], "finished": False, "resume": None, "words_done": "",
            "builds_on": None, "notebook_url": "", "previous": None, "next": None,
        }  # fmt: skip
        words = {**common["words"], **page.pop("words", {})}
        self.page = {**common, **empty, **page, "words": words}
        self._notebook_made = notebook
        self._kernels = PageKernels(self.settings["kernel_manager"], PRELOAD)
        try:
            # A name in the course's folder, because the kernel works where the notebook is.
            await self._render((course.folder / "page.ipynb").relative_to(course.root).as_posix())
        finally:
            asyncio.ensure_future(self._kernels.end_when_left())  # noqa: RUF006

    def is_plumbing(self, _source: str) -> bool:
        return True

    @property
    def contents_manager(self) -> OneNotebook:
        """Where Voila gets the notebook from."""
        return OneNotebook(self._notebook_made)
