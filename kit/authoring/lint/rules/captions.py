"""Captions: there are some, players can read them, and so can people."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from kit.authoring.film.caption_faults import Fault, faults_of
from kit.authoring.lint.finding import ERROR, WARNING, Finding
from kit.authoring.lint.linted import Linted
from kit.authoring.lint.rules.registry import rule
from kit.authoring.lint.rules.video import Film, videos_of
from kit.errors import KitError
from kit.media.captions import read_captions
from kit.media.slides import Slide, read_slides
from kit.words import _, ngettext


@rule("video-captions", ERROR)
def videos_have_captions(lesson: Linted) -> Iterator[Finding]:
    """Each video or sound has captions (WebVTT), of which the kit makes the transcript."""
    for film in videos_of(lesson):
        if not film.captions:
            message = _("{path} has no captions.")
            mend = _("Put them beside it as {name}; kit media narrate writes such a file.")
            name = f"{Path(film.path).stem}.en.vtt"
            yield lesson.in_cell(film.cell, message, mend, path=film.path, name=name)


@rule("captions-file", ERROR)
def captions_can_be_read(lesson: Linted) -> Iterator[Finding]:
    """Captions are WebVTT in UTF-8, and each of them has its times."""
    for film, path in _files(lesson):
        problem = read_captions(path).problem
        if problem:
            what, mend = problem.what, problem.mend
            yield lesson.in_cell(film.cell, "{what}", "{mend}", what=what, mend=mend)


@rule("captions-pace", WARNING)
def captions_can_be_followed(lesson: Linted) -> Iterator[Finding]:
    """No caption asks for more than 20 characters a second, has more than two lines or one of more
    than 42 characters, or begins before the one above it ends."""
    for _film, path in _files(lesson):
        faults: dict[str, list[Fault]] = {}
        for fault in faults_of(read_captions(path).cues):
            faults.setdefault(_KINDS.get(fault.kind, ""), []).append(fault)
        for kind, found in faults.items():
            if kind:
                yield _finding(lesson, path, kind, found)


@rule("captions-notes", WARNING)
def films_say_what_their_slides_say(lesson: Linted) -> Iterator[Finding]:
    """Where a video was made of slides, its captions hold each sentence of their notes."""
    for film in videos_of(lesson):
        path = lesson.lesson.folder / film.path
        captions = [lesson.lesson.folder / name for name in film.captions.values()]
        said = [_plain(cue.text for cue in read_captions(each).cues) for each in captions]
        for slides in sorted(path.parent.glob("*.md")) if os.path.isdir(path.parent) else ():
            told = _sentences(slides)
            lost = [each for each in told if not any(each[1] in words for words in said)]
            if lost and len(lost) <= len(told) / 2:  # more, and it was made of something else
                slide, sentence = lost[0]
                message = _(
                    "The film {film} does not say “{sentence}”: it is older than its slides."
                )
                mend = _("Make it anew: kit media narrate {slides} --out {film}")
                values = {"film": path.name, "slides": slides.name, "sentence": sentence}
                yield lesson.in_file(slides, f"line {slide.line}", message, mend, **values)


def _sentences(path: Path) -> list[tuple[Slide, str]]:
    """What is said over slides; nothing where the file is of another kind."""
    try:
        slides = read_slides(path)
    except KitError:
        return []
    return [(slide, _plain([each.shown])) for slide in slides for each in slide.sentences]


def _plain(texts: Iterable[str]) -> str:
    """With single spaces, however the lines are broken."""
    return " ".join(" ".join(texts).split())


_KINDS = {
    "speed": "speed", "line": "lines", "lines": "lines", "order": "overlap", "overlap": "overlap",
}  # fmt: skip


def _finding(lesson: Linted, path: Path, kind: str, found: list[Fault]) -> Finding:
    first, n = found[0], len(found)
    messages = {
        "speed": ngettext(
            "{n} caption is gone before it can be read. {first}",
            "{n} captions are gone before they can be read. The first: {first}",
            n, first=first.message,
        ),
        "lines": ngettext(
            "{n} caption is too long for the screen. {first}",
            "{n} captions are too long for the screen. The first: {first}",
            n, first=first.message,
        ),
        "overlap": ngettext(
            "{n} caption overlaps with another. {first}",
            "{n} captions overlap with others. The first: {first}",
            n, first=first.message,
        ),
    }  # fmt: skip
    mend = _("Type kit media captions {name}: it mends what is safe, and lists the rest.")
    where = f"line {first.line}"
    values = {"message": messages[kind], "name": path.name}
    return lesson.in_file(path, where, "{message}", mend, **values)


def _files(lesson: Linted) -> Iterator[tuple[Film, Path]]:
    """The files of captions that are there, each with its film."""
    for film in videos_of(lesson):
        for name in film.captions.values():
            path = lesson.lesson.folder / name
            if os.path.isfile(path):
                yield film, path
