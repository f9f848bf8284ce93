"""Videos: captions, length, files, and a question straight afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kit.authoring.lint.finding import ERROR, WARNING, Finding
from kit.authoring.lint.linted import Cell, Linted
from kit.authoring.lint.rules.registry import rule
from kit.authoring.lint.shown import word_count
from kit.authoring.programs import run_program
from kit.errors import KitError
from kit.words import _

LONGEST = 6 * 60
"""Seconds; students seldom watch beyond that (Guo, Kim and Rubin 2014)."""

WORDS_UNTIL_ASKED = 60


@dataclass(frozen=True)
class Film:
    """A ``Video(...)`` of the notebook; paths are below the lesson's folder."""

    cell: Cell
    path: str
    captions: str
    poster: str


def videos_of(lesson: Linted) -> list[Film]:
    """The videos that the notebook shows, where their arguments are written out."""
    return [
        Film(
            cell,
            shown.id,
            str(shown.options.get("captions", "")),
            str(shown.options.get("poster", "")),
        )
        for cell in lesson.code
        for shown in cell.shows
        if shown.kind == "video"
    ]


def seconds_of(lesson: Linted, video: Film) -> float:
    """How long a video is: by ffprobe, or else until its last caption; 0 where neither tells."""
    folder = lesson.lesson.folder
    path = folder / video.path
    probed = _probed(path, path.stat().st_mtime) if path.is_file() else 0.0
    return probed or _last_cue(folder / video.captions)


@lru_cache
def _probed(path: Path, _changed: float) -> float:
    """Seconds by ffprobe, asked once for a file as it is; 0 where it does not tell."""
    found = shutil.which("ffprobe")
    if not found:
        return 0.0
    arguments = ("-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(path))
    try:
        return float(run_program(Path(found), *arguments))
    except (KitError, ValueError):  # no video, or one without a stated length
        return 0.0


def _last_cue(path: Path) -> float:
    import webvtt
    from webvtt.errors import MalformedFileError

    try:
        cues = webvtt.read(str(path)).captions if path.is_file() else []
    except (MalformedFileError, OSError, UnicodeDecodeError):
        return 0.0
    return float(cues[-1].end_in_seconds) if cues else 0.0


@rule("video-captions", ERROR)
def videos_have_captions(lesson: Linted) -> Iterator[Finding]:
    """Each video has captions (WebVTT), of which the kit makes the transcript."""
    for video in videos_of(lesson):
        path = lesson.lesson.folder / video.captions
        if not video.captions:
            message = _("The video {path} has no captions.")
            mend = _('Add captions="media/....vtt"; kit.authoring.film.narrate writes such a file.')
            yield lesson.in_cell(video.cell, message, mend, path=video.path)
        elif path.is_file() and not _last_cue(path):
            message = _("{path} holds no captions that can be read.")
            mend = _("Write WebVTT: WEBVTT, then 00:00:01.000 --> 00:00:04.000, then the words.")
            yield lesson.in_cell(video.cell, message, mend, path=video.captions)


@rule("video-files", ERROR)
def files_of_videos_exist(lesson: Linted) -> Iterator[Finding]:
    """Each video, its captions and its poster are in the lesson's folder."""
    for video in videos_of(lesson):
        for name in filter(None, (video.path, video.captions, video.poster)):
            if not (lesson.lesson.folder / name).is_file():
                message = _("The file {name} of a video is not there.")
                mend = _("Put it there, or write its path from the lesson's folder.")
                yield lesson.in_cell(video.cell, message, mend, name=name)


@rule("video-length", ERROR)
def videos_are_short(lesson: Linted) -> Iterator[Finding]:
    """No video is longer than six minutes."""
    for video in videos_of(lesson):
        seconds = seconds_of(lesson, video)
        if seconds > LONGEST:
            message = _("The video {path} takes {minutes:.1f} minutes; six are the most.")
            mend = _("Split it, and ask something between the parts.")
            yield lesson.in_cell(video.cell, message, mend, path=video.path, minutes=seconds / 60)


@rule("video-asked", WARNING)
def a_question_follows_each_video(lesson: Linted) -> Iterator[Finding]:
    """A check follows each video at once."""
    for video in videos_of(lesson):
        after = lesson.cells[lesson.cells.index(video.cell) + 1 :]
        words = 0
        for cell in after:
            if cell.checks or words > WORDS_UNTIL_ASKED:
                break
            words += word_count(cell.source) if cell.kind == "markdown" else 0
        else:
            words = WORDS_UNTIL_ASKED + 1
        if words > WORDS_UNTIL_ASKED:
            message = _("No check follows the video {path}.")
            mend = _("Ask something that only who watched can answer, straight after it.")
            yield lesson.in_cell(video.cell, message, mend, path=video.path)
