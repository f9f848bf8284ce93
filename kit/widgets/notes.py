"""NotesWidget: the notes that are posted beside a lesson, to read again and to print."""

from __future__ import annotations

from typing import Any

import traitlets

from kit.journal import Journal
from kit.media.markdown import to_html
from kit.widgets.mimebundle import Bundle, with_text
from kit.widgets.widget import Widget
from kit.words import _

LARGEST = 2_000_000
"""Bytes of notes that are shown."""


class NotesWidget(Widget):
    """The notes of one file. See ``kit.Notes`` for the arguments."""

    files = "notes"
    notes = traitlets.Dict().tag(sync=True)

    def __init__(self, journal: Journal, path: str, *, title: str) -> None:
        self._path = path
        folder = journal.lesson.folder
        html, problem = "", ""
        try:
            with (folder / path).open("rb") as file:
                text = file.read(LARGEST).decode("utf-8-sig", "replace")
            html = to_html(text, (folder / path).parent, folder)
        except (OSError, ValueError) as error:
            problem = _("The notes {path} cannot be read: {reason}.").format(
                path=path, reason=getattr(error, "strerror", None) or error
            )
        words = {"print": _("Print")}
        title = title or _("Notes: {lesson}").format(lesson=journal.lesson.title)
        shown = {"item": path, "title": title, "html": html, "problem": problem, "words": words}
        super().__init__(notes=shown)

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        text = f"{self.notes['title']} ({self._path})"
        return with_text(super()._repr_mimebundle_(**kwargs), _("Notes"), text)
