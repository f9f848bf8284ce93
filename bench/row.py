"""One line of the report: what, the kit, its rival, the aim, and whether it is met."""

from __future__ import annotations

from dataclasses import dataclass

from bench.spread import Spread


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


def faster(what: str, kit: Spread, stock: Spread, at_least: float = 1) -> Row:
    """How many times as fast the kit is."""
    ratio = stock.median / kit.median
    aim = f"{ratio:.2f} × as fast" + (f", at least {at_least:g} ×" if at_least > 1 else "")
    return Row(what, median(kit), median(stock), aim, ratio > at_least)


def median(each: Spread) -> str:
    """The middle one, with the quartiles and the extremes."""
    around = f"{each.p25:,.0f}–{each.p75:,.0f}; {each.least:,.0f}–{each.most:,.0f}"
    return f"{each.median:,.0f} ({around})"


def percentiles(each: Spread) -> str:
    """How long most wait, and how long nearly all."""
    return f"p50 {each.median:,.0f}, p95 {each.p95:,.0f} ({each.least:,.0f}–{each.most:,.0f})"
