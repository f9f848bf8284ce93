"""The words of a question: told apart as the index tells them apart, and near ones for a slip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST_WORDS = 16
"""Of a question; what comes after them is not looked for."""

LONGEST_WORD = 60
SHORTEST_FOR_SLIPS = 4
MOST_NEAR = 3
_TWO_SLIPS_FROM = 8
_WORD = re.compile(r"[^\W_](?:\w*[^\W_])?")
_LETTERS = re.compile(r"[^\W\d_]{3,40}")


def words_in(question: str) -> list[str]:
    """The words that are looked for, each once, in order."""
    found = (match[0][:LONGEST_WORD] for match in _WORD.finditer(question[:4000]))
    return list(dict.fromkeys(found))[:MOST_WORDS]


def folded(word: str) -> str:
    """Without case and accents, as SQLite's unicode61 has it."""
    parts = unicodedata.normalize("NFKD", word.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


def vocabulary(text: str) -> set[str]:
    """The words of a text that a slip may stand for: of letters, folded."""
    return {folded(word) for word in set(_LETTERS.findall(text))}


def near(word: str, known: Iterable[str]) -> list[str]:
    """The known words that this one may be a slip of, the nearest first.

    One slip (a letter more, less, another one, or two swapped), or two from eight letters on.
    """
    if len(word) < SHORTEST_FOR_SLIPS:
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = 2 if len(word) >= _TWO_SLIPS_FROM else 1
    found = process.extract(
        folded(word),
        known,
        scorer=OSA.distance,  # type: ignore[arg-type]  # its stub asks for more than is used
        score_cutoff=most,
        limit=MOST_NEAR * 3,
    )
    least = min((slips for _word, slips, _at in found), default=0)
    return [str(each) for each, slips, _at in found if slips == least]
