"""LessonWidget: where the learner is in the lesson, and how far.

In a notebook it is the bar under ``checks = lesson()``. In the app it shows nothing itself: it
keeps the page's outline true and tells the journal which section is being read.
"""

from __future__ import annotations

from typing import Any

import traitlets

from kit.errors import KitError
from kit.journal import Journal
from kit.progress import LessonProgress
from kit.summary import summary
from kit.widgets.widget import Widget
from kit.words import _


class LessonWidget(Widget):
    """The lesson's progress, kept true while the learner works."""

    files = "lesson"
    lesson = traitlets.Dict().tag(sync=True)
    progress = traitlets.Dict().tag(sync=True)

    def __init__(self, journal: Journal, *, in_app: bool) -> None:
        self._journal = journal
        lesson = journal.lesson
        super().__init__(
            lesson={
                "id": lesson.id,
                "title": lesson.title,
                "in_app": in_app,
                "place": journal.place(),
                "words": {"app": _("Open as app"), "home": _("Home")},
            },
            progress=self._summary(),
        )
        journal.on_record(self._refresh)
        self.on_msg(self._on_message)

    def _refresh(self) -> None:
        self.progress = self._summary()

    def _summary(self) -> dict[str, Any]:
        try:
            return summary(self._journal.lesson, self._journal.progress())
        except KitError as error:
            return {**summary(self._journal.lesson, LessonProgress()), "problem": str(error)}

    def _on_message(self, _widget: object, message: Any, _buffers: object) -> None:
        if not isinstance(message, dict):
            return
        sections = {section.id for section in self._journal.lesson.sections}
        if message.get("refresh"):  # another tab has saved something
            self._refresh()
        elif message.get("opened") in sections:
            try:
                self._journal.record("opened", message["opened"])
            except KitError as error:
                self.progress = {**self.progress, "problem": str(error)}

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        text = f"{self.lesson['title']}: {self.progress['words']}"
        return {**data, "text/plain": text, "text/markdown": text}, metadata
