"""Slides: their pictures travel inside the page, so that it waits for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from kit.authoring.lint.finding import WARNING, Finding
from kit.authoring.lint.linted import Linted
from kit.authoring.lint.references import references
from kit.authoring.lint.rules.registry import rule
from kit.errors import KitError
from kit.media.deck import cells_of_slides
from kit.media.markdown import LARGEST_PICTURE as LARGEST_SHOWN
from kit.media.slides import read_slides
from kit.words import _

LARGEST_PICTURE, LARGEST_DECK = 1_000_000, 10_000_000
"""Bytes."""


@dataclass(frozen=True)
class Picture:
    """A picture on a slide.

    Attributes:
        slide: which one, from 1.
        name: the file's, or what stands for it.
        size: in bytes.
    """

    slide: int
    name: str
    size: int


@rule("slides-size", WARNING)
def slides_have_small_pictures(lesson: Linted) -> Iterator[Finding]:
    """No picture on a slide has over 1 MB, and those of one file have not over 10 MB together: the
    page waits for them."""
    shown = (each.id for cell in lesson.code for each in cell.shows if each.kind == "slides")
    for name in dict.fromkeys(shown):
        path = lesson.lesson.folder / name
        try:
            pictures = list(_pictures(path))
        except KitError:
            continue  # the run says so
        mend = _("Save it with fewer pixels: a slide is seldom wider than 1,600.")
        for each in pictures:
            if each.size > LARGEST_PICTURE:
                message = (
                    _("Slide {slide}: the picture {name} has {size:.1f} MB; one does with 1.")
                    if each.size <= LARGEST_SHOWN
                    else _("Slide {slide}: the picture {name} is not shown: it has {size:.1f} MB.")
                )
                values = {"slide": each.slide, "name": each.name, "size": each.size / 1e6}
                yield lesson.in_file(path, "", message, mend, **values)
        together = sum(each.size for each in pictures if each.size <= LARGEST_SHOWN)
        if together > LARGEST_DECK:
            message = _("The pictures have {size:.0f} MB together; the page waits for all of them.")
            mend = _("Save them with fewer pixels, or divide the slides: 10 MB are the most.")
            yield lesson.in_file(path, "", message, mend, size=together / 1e6)


def _pictures(path: Path) -> Iterator[Picture]:
    """Those that the slides of a file show; of a PDF none, since its pages are drawn one by one.

    Raises:
        KitError: the file cannot be read.
    """
    if path.suffix.lower() == ".md":
        for slide in read_slides(path):
            yield from _named_in(slide.markdown, path, slide.number)
    elif path.suffix.lower() == ".ipynb":
        number = 0
        for cell in cells_of_slides(path):
            number += cell.slide_type in {"slide", "subslide"}
            yield from _named_in(cell.source if cell.kind == "markdown" else "", path, number)
            for output in cell.outputs:
                if picture := output.get("image/png"):
                    yield Picture(number, _("of the output"), len(picture) * 3 // 4)


def _named_in(markdown: str, path: Path, slide: int) -> Iterator[Picture]:
    for each in references(markdown):
        file = path.parent / unquote(each.target)
        if each.kind == "picture" and each.is_file and os.path.isfile(file):
            yield Picture(slide, each.target, file.stat().st_size)
