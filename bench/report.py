"""Figures as the rows of one table: what, the kit, its rival, the aim, and whether it is met."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import singledispatch
from typing import Any

from rich.table import Table

from bench.crowd import CONFINED, KIT, STOCK, Crowd, CrowdBench
from bench.feedback import FeedbackBench
from bench.judging import JudgingBench
from bench.kernels import AT_ONCE, KernelsBench
from bench.kill_writer import Result
from bench.library import Library, LibraryBench
from bench.many import Many, ManyBench
from bench.page import PageBench
from bench.players import PlayersBench
from bench.spread import Spread
from bench.startup import StartupBench
from kit.kernels.levels import OPEN

FEEDBACK_P95_MS = 150
IMPORT_MS = 100
OWN_SEARCH_P95_MS, SEARCH_P95_MS, INDEX_SECONDS = 50, 100, 60
REPLY_TIMES, NOTEBOOK_TIMES, OWN_TIMES = 8.0, 3.0, 3.5
JUDGE_P95_MS, BIG_TABLE_MS = 20, 300
CROWDED_CHECK_P95_MS, FIRST_FRAME_MS = 300, 500
CONFINING_MS, ZYGOTE_SLOPE_KB = 40, 100
CROWD_P95_SECONDS, CROWD_TIMES = {30: 2, 100: 4}, 10


@dataclass(frozen=True)
class Row:
    """One line of the report, in words.

    Attributes:
        met: None where there is no aim.
    """

    what: str
    kit: str
    rival: str = ""
    aim: str = ""
    met: bool | None = None


@singledispatch
def rows(figures: Any) -> Iterator[Row]:
    """The rows of what a bench measured."""
    raise TypeError(f"There are no rows for {type(figures).__name__}.")


@rows.register
def _(figures: PageBench) -> Iterator[Row]:
    visits = {
        "first visit": (figures.kit_first, figures.stock_first),
        "again": (figures.kit_again, figures.stock_again),
    }
    for visit, (kit, stock) in visits.items():
        yield _faster(f"Click to text, {visit}", kit.text, stock.text)
        yield _faster(f"Click to answerable, {visit}", kit.answerable, stock.answerable)
        yield _faster(f"Click to verdict, {visit}", kit.verdict, stock.verdict)


@rows.register
def _(figures: FeedbackBench) -> Iterator[Row]:
    for name, each in {**figures.kinds, "all together": figures.overall}.items():
        yield Row(
            f"Check to feedback: {name}",
            _percentiles(each),
            aim=f"p95 below {FEEDBACK_P95_MS} ms",
            met=each.p95 < FEEDBACK_P95_MS,
        )


@rows.register
def _(figures: StartupBench) -> Iterator[Row]:
    added = {"import kit": figures.kit_adds, "from kit import lesson": figures.lesson_adds}
    for statement, each in added.items():
        yield Row(
            f"`{statement}` adds to a kernel",
            _median(each),
            f"{_median(figures.bare)} without",
            aim=f"below {IMPORT_MS} ms",
            met=each.median < IMPORT_MS,
        )
    yield Row("`kit start` to its answer", _median(figures.kit_start))


@rows.register
def _(figures: KernelsBench) -> Iterator[Row]:
    kit, stock = figures.warm, figures.stock
    for what, mine, its, least in (
        ("Kernel: start to its first reply", kit.reply, stock.reply, REPLY_TIMES),
        ("Kernel: a notebook through nbclient", kit.notebook, stock.notebook, NOTEBOOK_TIMES),
        ("Kernel: memory of its own (USS, MB)", kit.own, stock.own, OWN_TIMES),
    ):
        ratio = its.median / mine.median
        aim = f"{ratio:.1f}x less, at least {least:g}x"
        yield Row(what, _median(mine), _median(its), aim, ratio >= least)
    yield Row(
        f"{AT_ONCE} kernels at once: memory (PSS, MB)",
        f"{kit.shared:,.0f}",
        f"{stock.shared:,.0f}",
        f"{stock.shared / kit.shared:.1f}x less",
    )
    for name, level in figures.levels.items():
        is_confined = name != OPEN
        yield Row(
            f"Kernel, level {name}: start to its first reply",
            f"{_median(level.reply)}, {level.own.median:.0f} MB of its own",
            aim=f"adds {level.added.median:.0f} ms, below {CONFINING_MS}" if is_confined else "",
            met=level.added.median < CONFINING_MS if is_confined else None,
        )
    if figures.why_not:
        yield Row("Confined kernels are not measured", figures.why_not)


@rows.register
def _(figures: JudgingBench) -> Iterator[Row]:
    for kind, each in figures.kinds.items():
        aim = f"p95 below {JUDGE_P95_MS} ms"
        met = each.p95 < JUDGE_P95_MS
        once = "to prepare" in kind  # while the lesson is read
        yield Row(
            f"Judging: {kind}",
            _percentiles(each),
            aim="" if once else aim,
            met=None if once else met,
        )
    for name, each in figures.big_tables.items():
        aim = f"below {BIG_TABLE_MS} ms"
        met = each.most < BIG_TABLE_MS
        yield Row(f"Judging a table of 100,000 × 10: {name}", _median(each), aim=aim, met=met)
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
            _percentiles(times),
            aim=f"p95 below {most} ms",
            met=times.p95 < most,
        )


@rows.register
def _(figures: PlayersBench) -> Iterator[Row]:
    for each in figures.crowds:
        crowd = f"{each.players} players"
        if each.first_byte and each.beats:
            stalls = f"{each.stalls} in {each.seconds:.0f} s"
            yield Row(f"{crowd}: stalls", stalls, aim="none", met=not each.stalls)
            yield Row(f"{crowd}: first byte of a part", _percentiles(each.first_byte))
            yield Row(f"{crowd}: told until kept", _percentiles(each.beats))
        yield Row(
            f"{crowd}: Check to feedback",
            _percentiles(each.check),
            aim=f"p95 below {CROWDED_CHECK_P95_MS} ms",
            met=each.check.p95 < CROWDED_CHECK_P95_MS,
        )
        yield Row(
            f"{crowd}: Play to first frame",
            _median(each.first_frame),
            aim=f"below {FIRST_FRAME_MS} ms",
            met=each.first_frame.median < FIRST_FRAME_MS,
        )
        yield Row(
            f"{crowd}: processors used, memory",
            f"server {each.server_cpu:.2f}, {each.server_mb:.0f} MB; "
            f"kernel {each.kernel_cpu:.2f}, {each.kernel_mb:.0f} MB",
        )


@rows.register
def _(figures: CrowdBench) -> Iterator[Row]:
    crowds: dict[int, dict[str, Crowd]] = {}
    for each in figures.crowds:
        crowds.setdefault(each.learners, {})[each.way] = each
    for learners, ways in crowds.items():
        kit, stock = ways[KIT.name], ways[STOCK.name]
        yield _crowd(learners, KIT.name, kit, stock)
        if confined := ways.get(CONFINED.name):
            yield _crowd(learners, CONFINED.name, confined, stock)
        for what, shown in _OF_A_CROWD.items():
            both = f"{shown(kit)}; confined {shown(confined)}" if confined else shown(kit)
            yield Row(f"{learners} learners: {what}", both, shown(stock))
    for name, why in figures.left_out.items():
        yield Row(f"{name} is not measured", why)


@rows.register
def _(figures: ManyBench) -> Iterator[Row]:
    yield from _many("kernels", figures.free)
    if figures.confined:
        yield from _many("confined kernels", figures.confined)
    else:
        yield Row("Confined kernels are not measured", figures.why_not)


def _many(name: str, many: Many) -> Iterator[Row]:
    what = f"{many.kernels:,} {name}"
    left = {each.replace("_", " "): number for each, number in asdict(many.left).items() if number}
    said = ", ".join(f"{number} {each}" for each, number in left.items())
    speed = f"{many.kernels / many.seconds:.1f} a second"
    yield Row(
        f"{what}: started, asked and ended",
        f"{speed}; {many.hung} hung, {said or 'nothing'} left",
        aim="none hangs, nothing is left",
        met=not many.hung and not left,
    )
    marks = ", ".join(f"{held:.1f} at {forked:,}" for forked, held in many.memory.items())
    yield Row(
        f"{what}: the zygote's memory (RSS, MB)",
        f"{marks}; {many.slope:+,.0f} kB for 1,000",
        aim=f"below {ZYGOTE_SLOPE_KB} kB for 1,000",
        met=many.slope < ZYGOTE_SLOPE_KB,
    )
    yield Row(
        f"{what}: zygotes, and their threads",
        f"{many.zygotes}, {many.threads}",
        aim="one, with one",
        met=(many.zygotes, many.threads) == (1, 1),
    )


def _crowd(learners: int, name: str, kit: Crowd, stock: Crowd) -> Row:
    """The time until a crowd's page is usable, beside stock Voila."""
    times = stock.usable.p95 / kit.usable.p95
    aim = f"{times:.1f}x less at p95"
    met = None
    if seconds := CROWD_P95_SECONDS.get(learners):
        aim = f"p95 below {seconds} s; {aim}"
        met = kit.usable.p95 < seconds * 1000 and not kit.in_vain
    if learners == min(CROWD_P95_SECONDS):
        aim += f", at least {CROWD_TIMES}x"
        met = met and times >= CROWD_TIMES
    what = f"{learners} learners in 10 s, {name}: page to usable"
    return Row(what, _percentiles(kit.usable), _percentiles(stock.usable), aim, met)


def _in_vain(crowd: Crowd) -> str:
    why = "; ".join(f"{count} x {why}" for why, count in crowd.in_vain.items())
    return f"{sum(crowd.in_vain.values())} of {crowd.learners}{f' ({why})' if why else ''}"


def _in_chromium(crowd: Crowd) -> str:
    return "never" if crowd.in_chromium is None else f"{crowd.in_chromium:,.0f}"


def _held(crowd: Crowd) -> str:
    unread = f", {crowd.memory.unread} unread" if crowd.memory.unread else ""
    return f"{crowd.memory.shared:,.0f} PSS, {crowd.memory.own:,.0f} USS{unread}"


_OF_A_CROWD: dict[str, Callable[[Crowd], str]] = {
    "waited in vain": _in_vain,
    "one in Chromium, to answerable": _in_chromium,
    "memory of server and kernels (MB)": _held,
    "processor seconds": lambda crowd: (
        f"{crowd.cpu:,.1f}, and {crowd.visitors_cpu:,.1f} of visitors"
    ),
}


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


def _faster(what: str, kit: Spread, stock: Spread) -> Row:
    ratio = stock.median / kit.median
    return Row(what, _median(kit), _median(stock), f"{ratio:.2f} × as fast", ratio > 1)


def table(lines: list[Row]) -> Table:
    """The rows as a table for a terminal."""
    shown = Table(title="Median (quartiles; extremes), times in milliseconds", title_justify="left")
    for heading in ("What", "Kit", "Stock Voila, or bare Python", "Ratio or aim", "Met"):
        shown.add_column(heading, overflow="fold")
    for line in lines:
        met = {True: "[green]yes", False: "[red]no", None: ""}[line.met]
        shown.add_row(line.what, line.kit, line.rival, line.aim, met)
    return shown


def _median(each: Spread) -> str:
    around = f"{each.p25:,.0f}–{each.p75:,.0f}; {each.least:,.0f}–{each.most:,.0f}"
    return f"{each.median:,.0f} ({around})"


def _percentiles(each: Spread) -> str:
    return f"p50 {each.median:,.0f}, p95 {each.p95:,.0f} ({each.least:,.0f}–{each.most:,.0f})"
