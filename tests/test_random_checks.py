"""Random authors and random learners: nothing breaks, and only what is right passes.

The bench does the same with many more.
"""

from __future__ import annotations

from random import Random

import pytest

from bench.random_checks import KINDS, broken_promises

CASES = 60


@pytest.mark.parametrize("kind", KINDS)
def test_no_promise_is_broken(kind: str) -> None:
    draws = [Random(f"test/{kind}/{number}") for number in range(CASES)]
    assert [fault for draw in draws for fault in broken_promises(KINDS[kind](draw), draw)] == []
