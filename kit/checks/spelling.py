"""Nearly the right words: what tells a slip of the fingers from another answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from kit.words import _

SHORTEST = 4
"""A word with fewer letters is another word, not a misspelt one: min and max, sum and num."""


def normal(text: str) -> str:
    """A text without what prose does not mind: case, spaces, quotes around it, a final stop."""
    return re.sub(r"\s+", " ", unquoted(text).casefold()).strip(" .")


def unquoted(text: str) -> str:
    """A text without the spaces and quotes around it."""
    # An accent may be typed as a letter of its own (as macOS does), which looks the same.
    return unicodedata.normalize("NFC", text).strip().strip("\"'`“”‘’")


def near_miss(given: str, meant: str) -> str:
    """What to look at, where the given text is nearly the one that was meant; "" where it is not.

    Both count as code or as prose alike; they are taken to differ.
    """
    words, right = re.findall(r"\w+", given), re.findall(r"\w+", meant)
    if not right or len(words) != len(right):
        return ""
    if words == right:
        return _("the words are right; look at the signs around them.")
    if [each.casefold() for each in words] == [each.casefold() for each in right]:
        return _("nearly; look at capital and small letters.")
    return _("nearly; look at the spelling again.") if _misspelt(words, right) else ""


def _misspelt(words: Sequence[str], right: Sequence[str]) -> bool:
    differing = [
        (a.casefold(), b.casefold())
        for a, b in zip(words, right, strict=True)
        if a.casefold() != b.casefold()
    ]
    return all(min(len(a), len(b)) >= SHORTEST and _one_slip(a, b) for a, b in differing)


def _one_slip(a: str, b: str) -> bool:
    """Whether a letter is wrong, missing, too many, or two have changed places."""
    start = _alike(a, b)
    a, b = a[start:], b[start:]
    end = _alike(a[::-1], b[::-1])
    a, b = a[: len(a) - end], b[: len(b) - end]
    if not (a + b).isalpha():
        return False  # another digit is another number
    return max(len(a), len(b)) == 1 or (len(a) == 2 and a == b[::-1])  # noqa: PLR2004 - a swap


def _alike(a: str, b: str) -> int:
    """How many letters are the same from the start."""
    pairs = enumerate(zip(a, b, strict=False))
    return next((n for n, (x, y) in pairs if x != y), min(len(a), len(b)))
