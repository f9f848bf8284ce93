"""The rows of what is measured of grading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.grading import Evening, GradingBench, efficiency, median_ratio, typical
from bench.kill_grading import Survived
from bench.row import Row

TIMES = 12
GROWS_AT_MOST = 1.5
"""Times as long for a submission among the most as for one among a hundred, or as much memory."""


def grading_rows(figures: GradingBench) -> Iterator[Row]:
    """A class's submissions, by the kit and by stock nbgrader, and how the kit's work grows."""
    kit, stock = typical(figures.kit), typical(figures.stock)
    ratio = median_ratio(figures)
    yield Row(
        f"Grading {kit.submissions} submissions", _said(kit), _said(stock),
        f"{ratio:.1f} × as fast, at least {TIMES} ×", ratio >= TIMES,
    )  # fmt: skip
    yield Row(
        "  of which: the kit's own process; kernels; the floor",
        f"CPU {kit.own_cpu_seconds:.1f} s; {kit.cpu_seconds - kit.own_cpu_seconds:.1f} s; "
        f"students' cells alone {figures.floor:.1f} s",
    )
    different = len(figures.different)
    yield Row(
        "  marks that differ", str(different), aim="none", met=not different,
    )  # fmt: skip
    yield from _by_count("notebooks at a time", figures.workers)
    yield from _by_count("processes of Dask", figures.cluster)
    yield from _growth(figures.growth)


def survived_rows(figures: Survived) -> Iterator[Row]:
    """Whether a class's work is safe from being killed."""
    killed = ", ".join(f"{count} {name}" for name, count in figures.kills.items())
    faults = "; ".join(figures.faults[:3])
    yield Row(
        f"A teacher's round killed {sum(figures.kills.values())} times ({killed})",
        f"{figures.rounds} came to their end; {figures.acknowledged} submissions, "
        f"{len(figures.faults)} faults {faults}".strip(),
        aim="none lost, none wrong, none twice", met=not figures.faults,
    )  # fmt: skip


def _said(each: Evening) -> str:
    return f"{each.seconds:.1f} s, CPU {each.cpu_seconds:.1f} s"


def _by_count(what: str, evenings: Mapping[int, Evening]) -> Iterator[Row]:
    shares = efficiency(evenings)
    for count, each in evenings.items():
        yield Row(f"  {count} {what}", f"{each.seconds:.1f} s, efficiency {shares[count]:.0%}")


def _growth(by_size: Mapping[int, Evening]) -> Iterator[Row]:
    sizes = sorted(by_size)
    base = by_size[sizes[1]]  # in the smallest, starting counts for most
    for size in sizes:
        each = by_size[size]
        slower = each.seconds / size / (base.seconds / base.submissions)
        more = each.memory / base.memory
        yield Row(
            f"  {size} submissions",
            f"{1000 * each.seconds / size:.0f} ms each, {each.memory:.0f} MB",
            aim="linear, memory flat" if size == sizes[-1] else "",
            met=max(slower, more) <= GROWS_AT_MOST if size == sizes[-1] else None,
        )
