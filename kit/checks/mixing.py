"""An order that is mixed, but always the same for a question."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable

TRIES = 100


def mixed(
    seed: str, texts: Iterable[str], gives_away: Callable[[list[str]], bool] = lambda _texts: False
) -> list[str]:
    """Shuffle texts, as the seed says; the same seed gives the same order on every machine.

    Args:
        seed: the question, say.
        texts: what to shuffle.
        gives_away: whether an order shows the answer; such a one is taken only where (nearly)
            every order does.
    """
    order = list(texts)
    draw = random.Random(seed)  # noqa: S311 - not for secrecy
    for _attempt in range(TRIES):
        draw.shuffle(order)
        if not gives_away(order):
            break
    return order
