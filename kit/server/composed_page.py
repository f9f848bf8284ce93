"""A page whose notebook the server makes: questions in a row, without a lesson's text."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode

from kit.course import Course
from kit.server.lesson_page import QuestionsPage
from kit.server.page_notebook import page_notebook


class ComposedPage(QuestionsPage):
    """A page in the clothes of a lesson's, made of a notebook that is in no file."""

    async def compose(self, course: Course, notebook: NotebookNode, **page: Any) -> None:
        """Show the notebook; its kernel works in the course's folder.

        Args:
            page: what differs from an empty lesson's page; ``words`` are added to the usual ones.
        """
        common = self._common(course)
        empty = {
            "kind": "lesson", "sections": [], "finished": False, "resume": None, "words_done": "",
            "builds_on": None, "notebook_url": "", "previous": None, "next": None,
        }  # fmt: skip
        words = {**common["words"], **page.pop("words", {})}
        shown = page_notebook(notebook, is_plumbing=lambda _source: True)
        await self._show(shown, {**common, **empty, **page, "words": words}, course.folder.name)
