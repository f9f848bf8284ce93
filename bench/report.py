"""Figures as the rows of one table: what, the kit, its rival, the aim, and whether it is met."""

from __future__ import annotations

from collections.abc import Iterator
from functools import singledispatch
from typing import Any

from rich.table import Table

from bench.dashboard import DashboardBench, Shown
from bench.feedback import FeedbackBench
from bench.grading_rows import grading_rows, survived_rows
from bench.judging import JudgingBench
from bench.kernel_rows import crowd_rows, kernels_rows, many_rows
from bench.kill_writer import Result
from bench.library import Library, LibraryBench
from bench.page_rows import page_rows
from bench.players import PlayersBench
from bench.row import Row, median, percentiles
from bench.startup import StartupBench

FEEDBACK_P95_MS = 150
IMPORT_MS = 100
OWN_SEARCH_P95_MS, SEARCH_P95_MS, INDEX_SECONDS = 50, 100, 60
JUDGE_P95_MS, BIG_TABLE_MS = 20, 300
CROWDED_CHECK_P95_MS, FIRST_FRAME_MS = 300, 500
DASHBOARD_MS = 2000


@singledispatch
def rows(figures: Any) -> Iterator[Row]:
    """The rows of what a bench measured."""
    raise TypeError(f"There are no rows for {type(figures).__name__}.")


for each_kind in (page_rows, kernels_rows, many_rows, crowd_rows, grading_rows, survived_rows):
    rows.register(each_kind)


@rows.register
def _(figures: FeedbackBench) -> Iterator[Row]:
    for name, each in {**figures.kinds, "all together": figures.overall}.items():
        yield Row(
            f"Check to feedback: {name}",
            percentiles(each),
            aim=f"p95 below {FEEDBACK_P95_MS} ms",
            met=each.p95 < FEEDBACK_P95_MS,
        )


@rows.register
def _(figures: StartupBench) -> Iterator[Row]:
    added = {"import kit": figures.kit_adds, "from kit import lesson": figures.lesson_adds}
    for statement, each in added.items():
        yield Row(
            f"`{statement}` adds to a kernel",
            median(each),
            f"{median(figures.bare)} without",
            aim=f"below {IMPORT_MS} ms",
            met=each.median < IMPORT_MS,
        )
    yield Row("`kit start` to its answer", median(figures.kit_start))


@rows.register
def _(figures: JudgingBench) -> Iterator[Row]:
    for kind, each in figures.kinds.items():
        aim = f"p95 below {JUDGE_P95_MS} ms"
        met = each.p95 < JUDGE_P95_MS
        once = "to prepare" in kind  # while the lesson is read
        yield Row(
            f"Judging: {kind}",
            percentiles(each),
            aim="" if once else aim,
            met=None if once else met,
        )
    for name, each in figures.big_tables.items():
        aim = f"below {BIG_TABLE_MS} ms"
        met = each.most < BIG_TABLE_MS
        yield Row(f"Judging a table of 100,000 × 10: {name}", median(each), aim=aim, met=met)
    cases, faults = sum(figures.cases.values()), figures.faults
    yield Row(
        "Random checks, each answered at random",
        f"{cases:,} of {len(figures.cases)} kinds, {len(faults)} faults {' '.join(faults[:3])}",
        aim="none breaks, none is bare, only what is right passes",
        met=not faults,
    )


@rows.register
def _(figures: LibraryBench) -> Iterator[Row]:
    yield from _library("the course", figures.own, OWN_SEARCH_P95_MS)
    size = f"{figures.generated.lessons} lessons, {figures.generated.hours:,.0f} h of transcripts"
    yield from _library(size, figures.generated, SEARCH_P95_MS)


def _library(name: str, each: Library, most: int) -> Iterator[Row]:
    yield Row(
        f"Library of {name}: read ({each.parts:,} parts)",
        f"{each.seconds:,.2f} s; {each.megabytes:,.1f} MB on disk, {each.memory:,.0f} MB in memory",
        aim=f"below {INDEX_SECONDS} s",
        met=each.seconds < INDEX_SECONDS,
    )
    for kind, times in {**each.questions, "all together": each.overall}.items():
        yield Row(
            f"Search in {name}: {kind}",
            percentiles(times),
            aim=f"p95 below {most} ms",
            met=times.p95 < most,
        )


@rows.register
def _(figures: DashboardBench) -> Iterator[Row]:
    aim, met = f"below {DASHBOARD_MS} ms", figures.again.figure.median < DASHBOARD_MS
    what = f"The class of {figures.learners}, read for the first time"
    yield from _shown(what, figures.first)
    yield from _shown(f"The class of {figures.learners}, again", figures.again, aim, met)


def _shown(what: str, each: Shown, aim: str = "", met: bool | None = None) -> Iterator[Row]:
    yield Row(f"{what}: first sentence", median(each.first))
    yield Row(f"{what}: sentences", median(each.sentences))
    yield Row(f"{what}: first figure", median(each.figure), aim=aim, met=met)
    yield Row(f"{what}: all of it", median(each.whole))


@rows.register
def _(figures: PlayersBench) -> Iterator[Row]:
    for each in figures.crowds:
        crowd = f"{each.players} players"
        if each.first_byte and each.beats:
            stalls = f"{each.stalls} in {each.seconds:.0f} s"
            yield Row(f"{crowd}: stalls", stalls, aim="none", met=not each.stalls)
            yield Row(f"{crowd}: first byte of a part", percentiles(each.first_byte))
            yield Row(f"{crowd}: told until kept", percentiles(each.beats))
        yield Row(
            f"{crowd}: Check to feedback",
            percentiles(each.check),
            aim=f"p95 below {CROWDED_CHECK_P95_MS} ms",
            met=each.check.p95 < CROWDED_CHECK_P95_MS,
        )
        yield Row(
            f"{crowd}: Play to first frame",
            median(each.first_frame),
            aim=f"below {FIRST_FRAME_MS} ms",
            met=each.first_frame.median < FIRST_FRAME_MS,
        )
        yield Row(
            f"{crowd}: processors used, memory",
            f"server {each.server_cpu:.2f}, {each.server_mb:.0f} MB; "
            f"kernel {each.kernel_cpu:.2f}, {each.kernel_mb:.0f} MB",
        )


@rows.register
def _(figures: Result) -> Iterator[Row]:
    sound = "intact" if figures.intact else "DAMAGED"
    yield Row(
        f"Acknowledged answers after {figures.rounds:,} × kill -9",
        f"{figures.acknowledged:,} acknowledged, {figures.lost:,} lost, "
        f"{figures.duplicated:,} twice, files {sound}",
        aim="none lost, none twice, files intact",
        met=figures.intact and not figures.lost and not figures.duplicated,
    )


def table(lines: list[Row]) -> Table:
    """The rows as a table for a terminal."""
    shown = Table(title="Median (quartiles; extremes), times in milliseconds", title_justify="left")
    for heading in ("What", "Kit", "Stock Voila, or bare Python", "Ratio or aim", "Met"):
        shown.add_column(heading, overflow="fold")
    for line in lines:
        met = {True: "[green]yes", False: "[red]no", None: ""}[line.met]
        shown.add_row(line.what, line.kit, line.rival, line.aim, met)
    return shown
