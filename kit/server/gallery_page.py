"""``/kit/gallery``, ``/kit/gallery/<kind>``: every kind of check in every state, for teachers."""

from __future__ import annotations

import nbformat
from tornado.web import authenticated

from kit.apps.gallery import kinds, states
from kit.course import Course, load_course
from kit.errors import KitError
from kit.server.composed_page import ComposedPage
from kit.words import _


class GalleryPage(ComposedPage):
    """The kinds as a list, or one kind in each of its states."""

    @authenticated
    async def get(self, kind: str = "") -> None:
        try:
            course = load_course(self.course_folder)
            if kind and kind not in kinds():
                raise KitError(
                    _("There is no kind of check called {kind!r}.").format(kind=kind),
                    _("The kinds are: {kinds}.").format(kinds=", ".join(kinds())),
                )
        except KitError as error:
            self._show_problem(error, status=404)
            return
        await self.compose(
            course,
            self._notebook(course, kind),
            title=kind or _("Kinds of check"),
            words={"starting": ""},
        )

    def _notebook(self, course: Course, kind: str) -> nbformat.NotebookNode:
        new = nbformat.v4
        cells = [new.new_markdown_cell(self._contents(kind), id="kinds")]
        if kind:
            cells.append(new.new_code_cell("from kit.apps.gallery import show", id="set-up"))
        for state, words in states().items() if kind else ():
            cells.append(new.new_markdown_cell(f"## {words}", id=state.replace("_", "-")))
            source = f"show({kind!r}, {state!r})"
            cells.append(new.new_code_cell(source, id=f"check-{state}".replace("_", "-")))
        return new.new_notebook(cells=cells)

    def _contents(self, kind: str) -> str:
        links = [f"[{each}]({self._url(f'kit/gallery/{each}')})" for each in kinds()]
        title = kind or _("Kinds of check")
        said = _("Each kind of check, in each state that a learner may meet.")
        return f"# {title}\n\n{said} {' · '.join(links)}"
