"""The figure of how a video was watched: each second seen, seen again, and left at."""

from __future__ import annotations

import warnings
from itertools import pairwise
from math import ceil
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from kit.errors import ExportError
from kit.heat_report import Chapter, HeatReport, heat_title
from kit.media.clock import clock
from kit.words import _

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WATCHED, AGAIN, LEFT, CHAPTER = "#9ec5e8", "#0b4f8a", "#a33b00", "#6b6b6b"
SIZE = (10, 5.5)  # inches
MAX_TITLE = 28
"""Characters of a chapter's title."""

MOST_BINS = 1000
"""Stretches of a video that are drawn: more would not be seen."""

TICKS, MAX_TICKS = (5, 10, 15, 30, 60, 120, 300, 600, 1800, 7200), 12
"""Seconds from one to the next."""


def draw_heat(report: HeatReport, to: Path) -> None:
    """Draw a report as SVG, PNG or PDF, by the file's ending.

    Raises:
        ExportError: the file cannot be written, or nothing can be drawn in such a file.
    """
    import matplotlib as mpl

    try:
        # Text stays text in an SVG: who opens it has the letters, and a screen reader reads them.
        with mpl.rc_context({"svg.fonttype": "none"}), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Glyph .* missing from font")
            figure_of(report).savefig(to)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ExportError(
            _("{path} cannot be written: {reason}.").format(path=to, reason=reason),
            _("Name a file that ends in .svg, .png or .pdf, in a folder of yours."),
        ) from error


def figure_of(report: HeatReport) -> Figure:
    """Above, by second: learners who watched it, and times it was watched again; below: left.

    Of a long video, by stretches of some seconds: above their mean, below their sum.
    """
    from matplotlib.figure import Figure

    width = max(1, ceil(len(report.passes) / MOST_BINS))
    edges = [*range(0, len(report.passes), width), len(report.passes)]
    figure = Figure(figsize=SIZE, layout="constrained")
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    figure.suptitle(heat_title(report), x=0.01, horizontalalignment="left", parse_math=False)
    watched, again = (
        [fmean(every[start:end]) for start, end in pairwise(edges)]
        for every in (report.watched, report.again)
    )
    left = [sum(report.left[start:end]) for start, end in pairwise(edges)]
    label = _("learners who watched it")
    upper.stairs(watched, edges, fill=True, color=WATCHED, label=label)
    label = _("times it was watched again")
    upper.stairs(again, edges, color=AGAIN, linewidth=2, label=label)
    upper.set_ylabel(_("Learners, times"))
    figure.legend(loc="outside lower left", ncols=2, frameon=False)
    lower.stairs(left, edges, fill=True, color=LEFT)
    lower.set_ylabel(_("Visits that\nended here"))
    lower.set_xlabel(_("Time in the video (minutes:seconds)"))
    for axes in (upper, lower):
        axes.spines[["top", "right"]].set_visible(False)
        axes.yaxis.get_major_locator().set_params(integer=True)
        axes.set_ylim(bottom=0)
    _mark_time(lower, len(report.passes))
    for chapter in report.chapters:
        _mark_chapter(upper, lower, chapter)
    return figure


def _mark_time(axes: Axes, seconds: int) -> None:
    step = next((each for each in TICKS if seconds <= each * MAX_TICKS), TICKS[-1])
    ticks = range(0, seconds + 1, step)
    axes.set_xticks(ticks, [clock(tick) for tick in ticks])
    axes.set_xlim(0, max(seconds, 1))


def _mark_chapter(upper: Axes, lower: Axes, chapter: Chapter) -> None:
    title = chapter.title
    short = title if len(title) <= MAX_TITLE else f"{title[: MAX_TITLE - 1]}…"
    for axes in (upper, lower):
        axes.axvline(chapter.start, color=CHAPTER, linewidth=0.8, linestyle=":")
    upper.annotate(
        short, (chapter.start, 1), xycoords=upper.get_xaxis_transform(), rotation=30,
        xytext=(2, 2), textcoords="offset points", fontsize="small", color=CHAPTER,
        parse_math=False,
    )  # fmt: skip
