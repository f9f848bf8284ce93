"""How a video of a lesson was watched: as data, and as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from kit.course import Course, Lesson
from kit.errors import CourseError
from kit.events import Event
from kit.heat import heat
from kit.media.captions import chapters_of, read_captions
from kit.media.clock import clock
from kit.media.container import probe
from kit.notebook import Shown, read_cells, shown_by
from kit.progress import PLAYED
from kit.words import _, ngettext

if TYPE_CHECKING:
    from rich.table import Table

STRETCHES = 10
"""Into how many parts a video without chapters is divided."""


@dataclass(frozen=True)
class Chapter:
    """A chapter of a video; times in seconds."""

    start: float
    end: float
    title: str


@dataclass(frozen=True)
class HeatReport:
    """How a video was watched; what is counted has one entry a second, as in ``Heat``.

    Attributes:
        lesson, video: their ids.
        title: what the video is called.
        duration: in seconds, 0 where nobody has watched it.
        learners: how many have watched some of it.
    """

    lesson: str
    video: str
    title: str
    duration: float = 0.0
    learners: int = 0
    passes: tuple[int, ...] = ()
    watched: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    chapters: tuple[Chapter, ...] = ()


def heat_report(course: Course, lesson: Lesson, video: str, events: Iterable[Event]) -> HeatReport:
    """How a video was watched.

    Args:
        video: its path as in the lesson; "" for the only one.
        events: of any learners, in any order; those of other courses and lessons are passed over.

    Raises:
        CourseError: the lesson has no such video, or several and none is named.
    """
    shown = _find(lesson, video)
    own = (event for event in events if (event.course, event.lesson) == (course.id, lesson.id))
    found = heat(own, shown.id, probe(lesson.folder / shown.id).seconds)
    return HeatReport(
        lesson=lesson.id,
        video=shown.id,
        title=shown.text("title") or shown.id,
        duration=found.duration,
        learners=found.learners,
        passes=found.passes,
        watched=found.watched,
        again=found.again,
        left=found.left,
        chapters=tuple(_chapters(lesson.folder, shown)),
    )


def _find(lesson: Lesson, video: str) -> Shown:
    every = [each for cell in read_cells(lesson.notebook) for each in shown_by(cell)]
    played = {each.id: each for each in reversed(every) if each.kind in PLAYED}
    if video in played:
        return played[video]
    if not video and len(played) == 1:
        return next(iter(played.values()))
    names = ", ".join(sorted(played)) or _("none")
    if video:
        what = _("The lesson {id!r} has no video {video!r}.").format(id=lesson.id, video=video)
        raise CourseError(what, _("It has: {names}.").format(names=names))
    what = ngettext(
        "The lesson {id!r} has {n} video.",
        "The lesson {id!r} has {n} videos.",
        len(played),
        id=lesson.id,
    )
    raise CourseError(what, _("Name one of: {names}.").format(names=names))


def _chapters(folder: Path, shown: Shown) -> Iterator[Chapter]:
    name = chapters_of(folder, shown.id, shown.options.get("chapters"))
    for cue in read_captions(folder / name).cues if name else ():
        yield Chapter(cue.start, cue.end, " ".join(cue.text.split()))


def heat_title(report: HeatReport) -> str:
    """What the figure and the table show, in one line."""
    return ngettext(
        "How “{title}” was watched, by {n} learner",
        "How “{title}” was watched, by {n} learners",
        report.learners,
        title=report.title,
    )


def heat_table(report: HeatReport) -> Table:
    """The report by chapters, or by tenths of the video, as a table for a terminal."""
    from rich.table import Table

    table = Table(title=heat_title(report), title_justify="left")
    table.add_column(_("From"), justify="right")
    table.add_column(_("Chapter"))
    for name in (_("Learners"), _("Times again"), _("Left here")):
        table.add_column(name, justify="right")
    for start, end, title in _stretches(report):
        table.add_row(
            clock(start),
            title,
            f"{_mean(report.watched[start:end]):.1f}",
            f"{_mean(report.again[start:end]):.1f}",
            str(sum(report.left[start:end])),
        )
    table.caption = _("Learners and times: the mean of the chapter's seconds.")
    return table


def _stretches(report: HeatReport) -> list[tuple[int, int, str]]:
    """First second, the one after the last, and title."""
    length = len(report.passes)
    chapters = [each for each in report.chapters if int(each.start) < length]
    if not chapters:
        steps = sorted({round(length * part / STRETCHES) for part in range(STRETCHES + 1)})
        return [(start, end, "") for start, end in pairwise(steps)]
    starts = [0, *(int(each.start) for each in chapters[1:]), length]
    return [
        (start, end, each.title)
        for (start, end), each in zip(pairwise(starts), chapters, strict=True)
    ]


def _mean(seconds: Sequence[int]) -> float:
    return sum(seconds) / len(seconds) if seconds else 0.0
