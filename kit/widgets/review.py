"""ReviewWidget: how far a session of review is; the page around it hears it as of a lesson."""

from __future__ import annotations

from typing import Any

import traitlets

from kit.journal import Journal
from kit.summary import questions_done
from kit.widgets.widget import Widget
from kit.words import _


class ReviewWidget(Widget):
    """Counts the items of a session that were answered.

    Args:
        items: the journal and the check's id of each item.
    """

    files = "lesson"
    lesson = traitlets.Dict().tag(sync=True)
    progress = traitlets.Dict().tag(sync=True)

    def __init__(self, items: list[tuple[Journal, str]]) -> None:
        self._items = items
        lesson = {"id": "", "title": _("Review"), "in_app": True, "place": "review", "words": {}}
        super().__init__(lesson=lesson, progress=self._summary())
        for journal, _item in items:
            journal.on_record(self._refresh)

    def _refresh(self) -> None:
        self.progress = self._summary()

    def _summary(self) -> dict[str, Any]:
        done = sum(journal.progress().item(item).passed for journal, item in self._items)
        total = len(self._items)
        return {
            "done": done,
            "total": total,
            "words": questions_done(done, total),
            "problem": "",
            "sections": {},
        }
