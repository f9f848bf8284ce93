"""The rows of a page's figures."""

from __future__ import annotations

from collections.abc import Iterator

from bench.moments import CHECK_CAME
from bench.page import Openings, PageBench
from bench.row import Row, faster, median

PAGE_TIMES = 2.0


def page_rows(figures: PageBench) -> Iterator[Row]:
    """Openings beside stock Voila, where the time goes, and what is least possible."""
    visits = {
        "first visit": (figures.kit_first, figures.stock_first),
        "again": (figures.kit_again, figures.stock_again),
    }
    for visit, (kit, stock) in visits.items():
        yield faster(f"Click to text, {visit}", kit.text, stock.text)
        what = f"Click to answerable, {visit}"
        yield faster(what, kit.answerable, stock.answerable, PAGE_TIMES)
        yield faster(f"Click to verdict, {visit}", kit.verdict, stock.verdict)
    yield from _where_the_time_goes(figures.kit_first, figures.kit_again)
    yield from _floor(figures)


def _where_the_time_goes(first: Openings, again: Openings) -> Iterator[Row]:
    """What happens after the click, and after what happened before it, on either visit."""
    visits = [
        {
            **each.moments,
            "the text is shown": each.text,
            "the check can be answered": each.answerable,
        }
        for each in (first, again)
    ]
    shown: dict[str, list[str]] = {}
    for visit in visits:
        before = 0.0
        for name, each in sorted(visit.items(), key=lambda moment: moment[1].median):
            step = f"{each.median:,.0f} (+{each.median - before:,.0f})"
            shown.setdefault(name, []).append(step)
            before = each.median
    for name, (at_first, then) in shown.items():
        yield Row(f"After the click: {name}", f"first visit {at_first}; again {then}")


def _floor(figures: PageBench) -> Iterator[Row]:
    floor = figures.floor
    first, again = floor.scripts_first.median, floor.scripts_again.median
    yield Row(
        "Floor: until scripts ask for a kernel, without one",
        f"first visit {first:,.0f}; again {again:,.0f}",
    )
    yield Row("Floor: a kernel's first check, without a page", median(floor.first_check))
    yield Row("Floor: and all its cells", median(floor.all_cells))
    least = [
        max(scripts, floor.first_check.median)
        + visit.answerable.median
        - visit.moments[CHECK_CAME].median
        for scripts, visit in ((first, figures.kit_first), (again, figures.kit_again))
    ]
    yield Row(
        "Floor: click to answerable, where nothing waits",
        f"first visit {least[0]:,.0f}; again {least[1]:,.0f}",
    )
