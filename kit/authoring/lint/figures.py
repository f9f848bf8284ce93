"""Numbers in texts: found, read, and compared as they were rounded."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

NUMBER = re.compile(
    r"(?<![\w.,])[-\u2212+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w]|[.,]\d)"
)
"""Not a part of a name (N67A1), a version (0.1.6) or a column (`2nd`)."""

NOT_PROSE = re.compile(
    r"```.*?(?:```|\Z)|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|\]\([^)]*\)|<[^>]+>|https?://\S+",
    re.DOTALL,
)
"""Code, formulas, addresses and HTML, in which digits are no statement."""

LEAST_DIGITS = 3


@dataclass(frozen=True)
class Figure:
    """A number as it is written.

    Attributes:
        text: with its commas and sign.
        value: what it stands for.
        decimals: how many digits stand behind its point.
    """

    text: str
    value: float
    decimals: int

    @property
    def says_much(self) -> bool:
        """Whether it is no small whole number, such as are in any text."""
        return self.decimals > 0 or sum(map(str.isdigit, self.text)) >= LEAST_DIGITS

    def rounds(self, value: float) -> bool:
        """Whether a value, with or without its sign, is this one when it is rounded."""
        half: float = 0.5 * 10.0**-self.decimals
        return abs(abs(value) - abs(self.value)) <= half * (1 + 1e-9)


def figures_in(text: str) -> Iterator[Figure]:
    """The numbers of a text."""
    for found in NUMBER.finditer(text):
        written = found[0]
        value = float(written.replace(",", "").replace("\u2212", "-"))
        if math.isfinite(value):
            mantissa = re.split("[eE]", written)[0]
            yield Figure(written, value, len(mantissa.partition(".")[2]))


def prose_of(markdown: str) -> str:
    """A Markdown text without code, formulas and addresses."""
    return NOT_PROSE.sub(" ", markdown)


def values_in(texts: Iterable[str]) -> set[float]:
    """All numbers of some texts."""
    return {figure.value for text in texts for figure in figures_in(text)}
