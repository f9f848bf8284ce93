"""A figure that was taken many times: its middle, and how far it spreads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from bench.errors import NotMeasured


@dataclass(frozen=True)
class Spread:
    """What was measured, in milliseconds, summed up.

    Attributes:
        median: the middle one (p50).
        p25, p75: the quartiles.
        p95: 95 of 100 are at most this.
        least, most: the extremes.
        count: how many there are.
    """

    median: float
    p25: float
    p75: float
    p95: float
    least: float
    most: float
    count: int


def spread(milliseconds: Sequence[float]) -> Spread:
    """Sum up measured values.

    Percentiles are interpolated between the values measured (Hyndman and Fan's type 7, the one
    of numpy and of spreadsheets), so that none lies beyond the extremes.

    Raises:
        NotMeasured: there is no value.
    """
    if not milliseconds:
        raise NotMeasured("Not one value was measured.")
    values = sorted(milliseconds)
    cuts = quantiles(values, n=100, method="inclusive") if len(values) > 1 else values * 99
    return Spread(
        median=round(median(values), 1),
        p25=round(cuts[24], 1),
        p75=round(cuts[74], 1),
        p95=round(cuts[94], 1),
        least=round(values[0], 1),
        most=round(values[-1], 1),
        count=len(values),
    )
