"""When two pieces of code are the same, however they are spaced and quoted."""

from __future__ import annotations

import ast
import re
import warnings
from functools import lru_cache

_TOKEN = re.compile(
    r""" ("[^"]*" | '[^']*')                      # a text
       | \w+ | [0-9.]+ | \*\* | // | -> | <> | [-+*/%&|^=<>!:@]= | \S """,
    re.VERBOSE,
)


@lru_cache(maxsize=100)  # a solution is compared with each wrong answer
def program(source: str) -> str | None:
    """What makes the source this program and no other; None where it is not Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a learner's "\d", on the learner's page
            return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def is_same_code(source: str, other: str) -> bool:
    """Whether two sources differ in white space and comments at the most."""
    one, two = program(source), program(other)
    return one == two if one and two else source.strip() == other.strip()


def tokens(source: str) -> list[str]:
    """The words and signs of a piece that need not be whole: ``for row in``."""
    return [f'"{found[0][1:-1]}"' if found[1] else found[0] for found in _TOKEN.finditer(source)]
