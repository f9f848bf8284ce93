"""The numbers that a lesson's film says or shows; tests compute each of them anew."""

from __future__ import annotations

import re
from pathlib import Path

from kit.media.slides import read_slides

NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?")


def numbers_told(lesson: Path, given: list[str]) -> set[str]:
    """The numbers on the slides and in the captions, as they are written there.

    Args:
        given: patterns of those that are no results: years, limits that a question sets.
    """
    slides = read_slides(lesson / "media" / "slides.md")
    said = [sentence.shown for slide in slides for sentence in slide.sentences]
    told = "\n".join([*(slide.markdown for slide in slides), *said])
    for pattern in given:
        told = re.sub(pattern, " ", told)
    return {found[0].rstrip(",") for found in NUMBER.finditer(told)}
