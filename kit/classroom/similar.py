"""Submissions that are nearly the same, by winnowing: a place to look at, not a verdict.

The fingerprints are those of Schleimer, Wilkerson and Aiken (2003), Winnowing: local algorithms for
document fingerprinting, SIGMOD: of the hashes of all runs of K tokens the least in each window of
W is taken, so that two texts which share a run of K + W - 1 tokens share a fingerprint.

Of code, the names that a learner chose, comments and layout do not count; of a text, punctuation
and capitals do not. What the assignment gives is subtracted, and, as Moss does (option -m), what
many have in common: a short task has few right answers.
"""

from __future__ import annotations

import ast
import hashlib
import keyword
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

from kit.classroom.class_data import Pair, Work, Written

K_CODE, W_CODE = 8, 5
K_TEXT, W_TEXT = 5, 4
"""Tokens in a run, and runs in a window: 12 tokens of code or 8 words the same are always found."""

MANY = 0.1
"""The share of submissions from which on a fingerprint is what the task asks for."""

FEWEST_MANY = 4
"""In a small class: so many have it before it is that."""

LIKE = 0.5
"""The share of the smaller submission's fingerprints that makes two of them nearly the same."""

FEWEST = 8
"""Fingerprints in common, below which chance would do."""

MOST_PAIRS = 200

Prints = dict[int, str]
"""Fingerprints, each with the cell in which it is."""

_CODE = re.compile(
    r"""(?P<skip>\#[^\n]*|\s+)|(?P<text>(?P<quote>\"{3}|'{3}|\"|')(?:\\.|(?!(?P=quote)).)*(?P=quote))
    |(?P<name>[^\W\d]\w*)|(?P<number>\d[\w.]*)|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_ASSIGNED = re.compile(r"^\s*([^\W\d]\w*)\s*=(?!=)|\bfor\s+([^\W\d]\w*)\s+in\b", re.MULTILINE)


def similar_pairs(
    works: Sequence[Work], given: Mapping[tuple[str, str], Sequence[str]]
) -> list[Pair]:
    """The pairs that are nearly the same, the most alike first; at most ``MOST_PAIRS``."""
    by_notebook: dict[tuple[str, str], list[Work]] = defaultdict(list)
    for work in works:
        by_notebook[work.assignment, work.notebook].append(work)
    found = [
        pair
        for notebook, own in by_notebook.items()
        for pair in _pairs(own, _runs_given(given.get(notebook, ())))
    ]
    found.sort(key=lambda pair: (-pair.share, -pair.shared, pair.one, pair.other))
    return found[:MOST_PAIRS]


def _pairs(works: Sequence[Work], given: Collection[int]) -> Iterable[Pair]:
    prints = _rare([fingerprints_of(work, given) for work in works])
    owners: dict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(prints):
        for each in own:
            owners[each].append(number)
    shared: dict[tuple[int, int], list[int]] = defaultdict(list)
    for each, numbers in owners.items():
        for pair in combinations(numbers, 2):
            shared[pair].append(each)
    for (one, other), common in shared.items():
        share = len(common) / min(len(prints[one]), len(prints[other]))
        if share >= LIKE and len(common) >= FEWEST:
            cells = Counter(prints[one][each] for each in common)
            work, another = works[one], works[other]
            yield Pair(
                work.assignment, work.notebook, work.learner, another.learner,
                share, len(common), tuple(cell for cell, _ in cells.most_common()),
            )  # fmt: skip


def _rare(prints: Sequence[Prints]) -> list[Prints]:
    """Without what many have."""
    times = Counter(each for own in prints for each in own)
    many = max(FEWEST_MANY, math.ceil(MANY * len(prints)))
    return [{each: cell for each, cell in own.items() if times[each] <= many} for own in prints]


def fingerprints_of(work: Work, given: Collection[int] = ()) -> Prints:
    """The fingerprints of what a learner wrote, without those of what was given."""
    found: Prints = {}
    for written in work.written:
        for each in winnowed(_runs(written), W_CODE if written.is_code else W_TEXT):
            if each not in given:
                found.setdefault(each, written.cell)
    return found


def winnowed(hashes: Sequence[int], window: int) -> set[int]:
    """The least hash of each window, the last of those that are the same."""
    if not hashes:
        return set()
    windows = range(max(1, len(hashes) - window + 1))
    return {min(hashes[start : start + window]) for start in windows}


def _runs_given(sources: Iterable[str]) -> set[int]:
    """All runs, and not only those that winnowing would take: another text has other windows."""
    return {
        run
        for source in sources
        for is_code in (True, False)
        for run in _runs(Written("", is_code, source))
    }


def _runs(written: Written) -> list[int]:
    tokens = code_tokens(written.source) if written.is_code else text_tokens(written.source)
    size = K_CODE if written.is_code else K_TEXT
    return [_hash(tokens[start : start + size]) for start in range(max(0, len(tokens) - size + 1))]


def _hash(tokens: Sequence[str]) -> int:
    joined = "\0".join(tokens).encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest())


def code_tokens(source: str) -> list[str]:
    """The tokens of Python that may have mistakes; a name that it gives to something is ``_``."""
    own = _own_names(source)
    tokens = []
    for match in _CODE.finditer(source):
        kind, text = match.lastgroup, match.group()
        if kind == "skip" or match["skip"]:
            continue
        if match["text"]:
            tokens.append(f'"{text.strip(match["quote"])}"')  # whichever quotes
        else:
            tokens.append("_" if text in own else text)
    return tokens


def _own_names(source: str) -> set[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        found = {name for match in _ASSIGNED.findall(source) for name in match if name}
        return {name for name in found if not keyword.iskeyword(name)}
    names = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return names | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def text_tokens(source: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(source)]
