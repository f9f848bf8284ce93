"""The rows of what is measured of kernels: one, ten thousand, and a class's at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict

from bench.crowd import CONFINED, KIT, STOCK, Crowd, CrowdBench
from bench.kernels import AT_ONCE, KernelsBench
from bench.many import Many, ManyBench
from bench.row import Row, median, percentiles
from kit.kernels.levels import OPEN

REPLY_TIMES, NOTEBOOK_TIMES, OWN_TIMES = 8.0, 3.0, 3.5
CONFINING_MS, ZYGOTE_SLOPE_KB = 40, 100
CROWD_P95_SECONDS, CROWD_TIMES = {30: 2, 100: 4}, 10


def kernels_rows(figures: KernelsBench) -> Iterator[Row]:
    """A kernel's start and memory, and what confining it costs."""
    kit, stock = figures.warm, figures.stock
    for what, mine, its, least in (
        ("Kernel: start to its first reply", kit.reply, stock.reply, REPLY_TIMES),
        ("Kernel: a notebook through nbclient", kit.notebook, stock.notebook, NOTEBOOK_TIMES),
        ("Kernel: memory of its own (USS, MB)", kit.own, stock.own, OWN_TIMES),
    ):
        ratio = its.median / mine.median
        aim = f"{ratio:.1f}x less, at least {least:g}x"
        yield Row(what, median(mine), median(its), aim, ratio >= least)
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
            f"{median(level.reply)}, {level.own.median:.0f} MB of its own",
            aim=f"adds {level.added.median:.0f} ms, below {CONFINING_MS}" if is_confined else "",
            met=level.added.median < CONFINING_MS if is_confined else None,
        )
    if figures.why_not:
        yield Row("Confined kernels are not measured", figures.why_not)


def many_rows(figures: ManyBench) -> Iterator[Row]:
    """What is left of many kernels."""
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


def crowd_rows(figures: CrowdBench) -> Iterator[Row]:
    """How long a class waits, and what it needs."""
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
    return Row(what, percentiles(kit.usable), percentiles(stock.usable), aim, met)


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
