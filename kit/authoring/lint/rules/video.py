"""Videos and sounds: whole files, short ones, captions, and a question in them or afterwards."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kit.authoring.lint.finding import ERROR, NOTE, WARNING, Finding
from kit.authoring.lint.linted import Cell, Linted
from kit.authoring.lint.rules.registry import rule
from kit.authoring.lint.shown import word_count
from kit.media.captions import captions_of, read_captions
from kit.media.container import probe
from kit.progress import PLAYED
from kit.words import _

LONGEST_FILM = 6 * 60
"""Seconds; students seldom watch beyond that (Guo, Kim and Rubin 2014)."""

BUDGET = 3_000_000
"""Bytes; over a line of 1 Mbit/s they take 24 seconds."""

WORDS_UNTIL_ASKED = 60


@dataclass(frozen=True)
class Film:
    """A ``Video(...)`` or ``Audio(...)`` of the notebook; paths are below the lesson's folder.

    Attributes:
        kind: "video" or "audio".
        captions: by language, as the player takes them.
        others: the further files that the call names.
    """

    cell: Cell
    kind: str
    path: str
    captions: Mapping[str, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()


def videos_of(lesson: Linted) -> list[Film]:
    """What the notebook plays, where the arguments are written out."""
    folder, language = lesson.lesson.folder, lesson.course.language
    return [
        Film(
            cell,
            shown.kind,
            shown.id,
            captions_of(folder, shown.id, shown.options.get("captions"), language),
            tuple(filter(None, map(shown.text, _FILES))),
        )
        for cell in lesson.code
        for shown in cell.shows
        if shown.kind in PLAYED
    ]


_FILES = ("poster", "chapters")


def seconds_of(lesson: Linted, film: Film) -> float:
    """How long it is: by its own file, or else until its last caption; 0 where neither tells."""
    folder = lesson.lesson.folder
    cues = (read_captions(folder / path).cues for path in film.captions.values())
    return probe(folder / film.path).seconds or max(
        (each[-1].end for each in cues if each), default=0
    )


@rule("video-files", ERROR)
def files_of_videos_exist(lesson: Linted) -> Iterator[Finding]:
    """Each video or sound, its captions and its poster are in the lesson's folder."""
    for film in videos_of(lesson):
        for name in (film.path, *film.captions.values(), *film.others):
            if not os.path.isfile(lesson.lesson.folder / name):
                message = _("The file {name} of a video is not there.")
                mend = _("Put it there, or write its path from the lesson's folder.")
                yield lesson.in_cell(film.cell, message, mend, name=name)


@rule("media-playable", ERROR)
def media_can_be_played(lesson: Linted) -> Iterator[Finding]:
    """Each video or sound is whole, of the kind that its name says, and has sound; a video has a
    picture."""
    for film in videos_of(lesson):
        path = lesson.lesson.folder / film.path
        found = probe(path) if os.path.isfile(path) else None
        if found and found.problem:
            what, mend = found.problem.what, found.problem.mend
            yield lesson.in_cell(film.cell, "{what}", "{mend}", what=what, mend=mend)
        elif found and film.kind == "video" and not found.has_picture:
            message = _("{path} has sound and no picture.")
            yield lesson.in_cell(film.cell, message, _("Show it with Audio(...)."), path=film.path)


@rule("video-length", ERROR)
def videos_are_short(lesson: Linted) -> Iterator[Finding]:
    """No video and no sound is longer than six minutes."""
    for film in videos_of(lesson):
        seconds = seconds_of(lesson, film)
        if seconds > LONGEST_FILM:
            message = _("{path} takes {minutes:.1f} minutes; six are the most.")
            mend = _("Split it, and ask something between the parts.")
            yield lesson.in_cell(film.cell, message, mend, path=film.path, minutes=seconds / 60)


@rule("video-size", NOTE)
def films_are_small(lesson: Linted) -> Iterator[Finding]:
    """A video or sound of over 3 MB is named: slow lines wait for it."""
    for film in videos_of(lesson):
        path = lesson.lesson.folder / film.path
        size = path.stat().st_size if os.path.isfile(path) else 0
        if size > BUDGET:
            message = _("{path} has {size:.1f} MB; a lesson's film can do with {budget:.0f}.")
            mend = _("Make it with --budget {budget:.0f}: see kit media prepare --help.")
            values = {"path": film.path, "size": size / 1e6, "budget": BUDGET / 1e6}
            yield lesson.in_cell(film.cell, message, mend, **values)


@rule("video-asked", WARNING)
def a_question_goes_with_each_video(lesson: Linted) -> Iterator[Finding]:
    """A check is asked in each video or sound, or follows it at once."""
    for film in videos_of(lesson):
        if not film.cell.checks and _words_until_asked(lesson, film) > WORDS_UNTIL_ASKED:
            message = _("No check is asked in {path}, and none follows it.")
            mend = _(
                "Ask something that only who watched can answer: in it, as in "
                'checks={{"1:18": checks.its_name}}, or straight after it.'
            )
            yield lesson.in_cell(film.cell, message, mend, path=film.path)


def _words_until_asked(lesson: Linted, film: Film) -> float:
    words = 0
    for cell in lesson.cells[lesson.cells.index(film.cell) + 1 :]:
        if cell.checks:
            return words
        words += word_count(cell.source) if cell.kind == "markdown" else 0
    return float("inf")
