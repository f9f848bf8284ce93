"""SlidesWidget: a lesson's slides, one at a time."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import traitlets

from kit.errors import KitError, StoreError
from kit.journal import Journal
from kit.media.deck import Deck, picture_of, read_deck
from kit.widgets.mimebundle import Bundle, with_text
from kit.widgets.widget import Widget
from kit.words import _

WIDEST = 2400
"""Pixels of a picture that a browser may ask for."""


class SlidesWidget(Widget):
    """The slides of one file. See ``kit.Slides`` for the arguments."""

    files = "slides"
    slides = traitlets.Dict().tag(sync=True)

    def __init__(self, journal: Journal, path: str, *, title: str, notes: bool) -> None:
        self._journal = journal
        self._folder = journal.lesson.folder
        self._item = path
        self._opened = False
        deck, problem = Deck(()), ""
        try:
            deck = read_deck(self._folder / path, self._folder)
        except KitError as error:
            problem = str(error)
        self._count = len(deck.pages)
        if deck.left_out:
            title = _("{title} (the first {n} of {all} slides)").format(
                title=title, n=self._count, all=self._count + deck.left_out
            )
        super().__init__(
            slides={
                "lesson": journal.lesson.id,
                "item": path,
                "place": journal.place(path),
                "title": title,
                "pages": [
                    {
                        "title": page.title,
                        "html": page.html,
                        "text": page.text if deck.in_pictures else "",
                        "notes": page.notes if notes else "",
                    }
                    for page in deck.pages
                ],
                "images": deck.in_pictures,
                "widest": WIDEST,
                "problem": problem,
                "words": _words(),
            }
        )
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, message: Any, _buffers: object) -> None:
        self.receive(message)

    def receive(self, message: Any) -> None:
        """Answer one message from the browser; what no page of ours sends gets none."""
        if not isinstance(message, dict):
            return
        if message.get("do") == "opened":
            self._record_opened()
        elif message.get("do") == "page":
            self._send_page(message.get("n"), message.get("width"))

    def _record_opened(self) -> None:
        """Note once that the learner turned a page of these."""
        if not self._opened:
            self._opened = True
            with suppress(StoreError):  # the lesson's bar says so; the slides turn all the same
                self._journal.record("opened", self._item)

    def _send_page(self, number: object, width: object) -> None:
        """A page of a PDF, drawn."""
        if not isinstance(number, int) or not 1 <= number <= self._count:
            return
        if not isinstance(width, int) or not 1 <= width <= WIDEST:
            return
        about = {"do": "page", "n": number, "width": width}
        try:
            picture = picture_of(self._folder / self._item, number, width)
        except KitError as error:
            self.send({**about, "message": str(error)})
        else:
            self.send(about, [picture])

    def _repr_mimebundle_(self, **kwargs: Any) -> Bundle:
        text = f"{self.slides['title']} ({self._item})"
        return with_text(super()._repr_mimebundle_(**kwargs), _("Slides"), text)


def _words() -> dict[str, str]:
    return {
        "slide": _("Slide"),
        "at": _("Slide {n} of {of}"),
        "previous": _("Previous"),
        "next": _("Next"),
        "overview": _("Overview"),
        "notes": _("What is said"),
        "print": _("Print"),
        "file": _("Open the PDF"),
        "keys": _("Keys: arrows turn the slides, T shows the overview."),
        "keys_notes": _("Keys: arrows turn the slides, T shows the overview, N what is said."),
    }
