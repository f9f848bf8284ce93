"""Judging: what it costs, and whether random authors and random learners can break it.

Costs are of judging alone, in this process, without a browser: each answer that ships with a check
of the course and of the gallery, and tables of 100,000 rows and 10 columns.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd

from bench.random_checks import KINDS, broken_promises
from bench.spread import Spread, spread
from kit.apps.gallery import FOLDER
from kit.checks import Check, Work, attempt, load_checks, table
from kit.checks.code_check import CodeCheck
from kit.course import CHECKS_FILE, load_course

ROOT = Path(__file__).parent.parent
BIG_ROWS, BIG_COLUMNS = 100_000, 10
BIG_ROUNDS = 5


@dataclass(frozen=True)
class JudgingBench:
    """What judging costs, in milliseconds, and the promises that were looked at.

    Attributes:
        kinds: the time for one answer, by kind; see ``_costs``.
        big_tables: the time for a table of 100,000 x 10, by what is different in it.
        cases: how many random checks were answered, by kind.
        faults: what went wrong with them, in words.
    """

    kinds: dict[str, Spread]
    big_tables: dict[str, Spread]
    cases: dict[str, int]
    faults: list[str]


def steps(rounds: int) -> int:
    """How often ``measure_judging`` calls ``advance``."""
    return len(KINDS) + 2


def measure_judging(rounds: int, advance: Callable[[], None]) -> JudgingBench:
    """Time the judging, and answer ``rounds`` random checks of each kind."""
    kinds = _costs()
    advance()
    big = _big_tables()
    advance()
    faults: list[str] = []
    for kind, make in KINDS.items():
        for number in range(rounds):
            draw = Random(f"{kind}/{number}")
            faults += [f"{kind} {number}: {fault}" for fault in broken_promises(make(draw), draw)]
        advance()
    return JudgingBench(kinds, big, dict.fromkeys(KINDS, rounds), faults)


def _costs() -> dict[str, Spread]:
    """Costs by kind, of a check that is prepared, as a page does while it is read; and for code
    what the preparing costs (the author's solution and each misconception are run once).
    """
    times: dict[str, list[float]] = {}
    for check in _checks():
        given = [_given(check, each.answer) for each in check.examples()]
        begin = time.perf_counter()
        check.prepare()
        if isinstance(check, CodeCheck):
            cost = (time.perf_counter() - begin) * 1000
            times.setdefault(f"{check.kind}, to prepare", []).append(cost)
        for answer in given:
            times.setdefault(check.kind, []).append(_milliseconds(check, answer))
    return {kind: spread(each) for kind, each in times.items()}


def _checks() -> Iterator[Check]:
    for course in (load_course(ROOT / "lessons"), load_course(FOLDER)):
        for lesson in course.lessons:
            yield from load_checks(lesson.folder / CHECKS_FILE).values()


def _given(check: Check, answer: Any) -> Any:
    return check.work(answer) if isinstance(check, CodeCheck) else answer


def _milliseconds(check: Check, answer: Any) -> float:
    begin = time.perf_counter()
    attempt(check, answer)
    return (time.perf_counter() - begin) * 1000


def _big_tables() -> dict[str, Spread]:
    """Judge a large table that is right, right in another order, and wrong in one cell."""
    made = _big_table()
    check = table(
        "Make big.", frame="big", starter="big = ...", solution="big = made", tolerance=1e-6
    )
    object.__setattr__(check, "namespace", {"made": made})
    attempt(check, Work(made, "big = made"))
    one_cell = made.copy()
    one_cell.iloc[BIG_ROWS // 2, 0] = "another"
    cases = {
        "right": made.copy(),
        "right, rows shuffled": made.sample(frac=1, random_state=1),
        "one cell wrong": one_cell,
        "one cell wrong, rows shuffled": one_cell.sample(frac=1, random_state=1),
    }
    times: dict[str, list[float]] = {}
    for _round in range(BIG_ROUNDS):
        for name, frame in cases.items():
            gc.collect()
            times.setdefault(name, []).append(_milliseconds(check, Work(frame, "big = mine")))
    return {name: spread(each) for name, each in times.items()}


def _big_table() -> pd.DataFrame:
    """Two columns of text, three of whole numbers, five of decimals with gaps."""
    random = np.random.default_rng(1)
    columns: dict[str, Any] = {}
    for number in range(2):
        columns[f"text{number}"] = random.integers(0, 50_000, BIG_ROWS).astype(str)
    for number in range(3):
        columns[f"whole{number}"] = random.integers(0, 1_000, BIG_ROWS)
    for number in range(BIG_COLUMNS - 5):
        values = random.normal(size=BIG_ROWS)
        values[random.integers(0, BIG_ROWS, 1_000)] = np.nan
        columns[f"decimal{number}"] = values
    return pd.DataFrame(columns)
