"""``/kit/gallery``, ``/kit/gallery/<kind>``: every kind of check in every state, for teachers."""

from __future__ import annotations

import nbformat
from tornado.web import authenticated

from kit.apps.gallery import FOLDER, LESSON, pages, states
from kit.course import CHECKS_FILE, load_course
from kit.errors import KitError
from kit.server.composed_page import ComposedPage
from kit.words import _


class GalleryPage(ComposedPage):
    """The kinds as a list, or one kind in each of its states."""

    @authenticated
    async def get(self, page: str = "") -> None:
        try:
            course = load_course(self.course_folder)
            if page and page not in pages():
                raise KitError(
                    _("There is no kind of check called {kind!r}.").format(kind=page),
                    _("The kinds are: {kinds}.").format(kinds=", ".join(pages())),
                )
        except KitError as error:
            self._show_problem(error, status=404)
            return
        await self.compose(
            course,
            self._one(page) if page else self._all(),
            title=page or _("Kinds of check"),
            forgets=True,  # each state is shown as it is, whatever was typed there before
            words={"starting": "", "saved": _("What you answer in this gallery is not kept.")},
        )

    def _all(self) -> nbformat.NotebookNode:
        said = _(
            "What a check can ask. Each page shows one kind in every state that a learner may "
            "meet. All of them are written in `{path}`: copy the one that fits your question."
        ).format(path=FOLDER / LESSON / CHECKS_FILE)
        kinds = "\n".join(f"- {self._link(page)}: {shown}" for page, shown in pages().items())
        return _notebook(f"# {_('Kinds of check')}\n\n{said}\n\n{kinds}")

    def _one(self, page: str) -> nbformat.NotebookNode:
        every = f"[{_('All kinds')}]({self._url('kit/gallery')})"
        others = [f"**{each}**" if each == page else self._link(each) for each in pages()]
        links = "\N{NO-BREAK SPACE}· ".join([every, *others])
        shown = pages()[page]
        return _notebook(
            f"# {page}\n\n{shown[0].upper()}{shown[1:]}.\n\n{links}",
            "from kit.apps.gallery import show",
            *(f"show({page!r}, {state!r})" for state in states(page)),
        )

    def _link(self, page: str) -> str:
        return f"[{page}]({self._url(f'kit/gallery/{page}')})"


def _notebook(text: str, *sources: str) -> nbformat.NotebookNode:
    new = nbformat.v4
    cells = [new.new_markdown_cell(text, id="kinds")]
    for number, source in enumerate(sources):
        cells.append(new.new_code_cell(source, id=f"cell-{number}"))
    return new.new_notebook(cells=cells)
