"""Scores: which mutants of a solution a check catches, and which it lets pass."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from kit.authoring.lint.mutants import Mutant, is_line, mutants_of
from kit.checks import attempt
from kit.checks.code_check import CodeCheck
from kit.checks.plot import Plot
from kit.checks.running.limits import TimeUp

LEAST_SECONDS = 1.0
TIMES_THE_SOLUTION = 10
"""A mutant that takes so much longer than the solution, and over a second, runs for ever."""


@dataclass(frozen=True)
class Score:
    """What became of the mutants of a check's solution.

    Attributes:
        killed: how many the check failed, as it should.
        equivalent: how many passed and are declared as no mistake by the author.
        survived: those that passed.
        unused: what the author declared and no mutant that passes is.
    """

    killed: int
    equivalent: int
    survived: tuple[Mutant, ...]
    unused: tuple[str, ...] = ()


def score(check: CodeCheck, declared: Sequence[str]) -> Score:
    """Give a check the mutants of its solution.

    Args:
        declared: the author's ``EQUIVALENT`` lines for it.
    """
    source = check.right_source
    try:
        mutants = mutants_of(
            source,
            keep_last=not isinstance(check, Plot),
            compared=check.compare if isinstance(check, Plot) else (),
        )
    except (SyntaxError, ValueError):  # the solution does not pass either: another rule says so
        return Score(0, 0, ())
    began = time.process_time()
    if not _passes(check, source, 60.0):  # likewise
        return Score(0, 0, ())
    seconds = max(LEAST_SECONDS, TIMES_THE_SOLUTION * (time.process_time() - began))
    passing = [mutant for mutant in mutants if _passes(check, mutant.source, seconds)]
    survived = tuple(
        mutant for mutant in passing if not any(is_line(each, mutant.line) for each in declared)
    )
    unused = tuple(
        each for each in declared if not any(is_line(each, mutant.line) for mutant in passing)
    )
    killed = len(mutants) - len(passing)
    return Score(killed, len(passing) - len(survived), survived, unused)


def _passes(check: CodeCheck, source: str, seconds: float) -> bool:
    """Whether a check passes a source; one that raises or takes too long does not."""
    try:
        with _cpu_limit(seconds):
            return attempt(check, check.work(source)).name == "passed"
    except TimeUp:
        return False
    finally:
        _close_figures()


@contextmanager
def _cpu_limit(seconds: float) -> Iterator[None]:
    """Raise ``TimeUp`` when this process has computed for so long.

    The checks' own limit is by the clock, longer, and uses the other timer, so both can run.
    """
    if not hasattr(signal, "ITIMER_VIRTUAL"):  # Windows: the checks' own limit has to do
        yield
        return

    def time_is_up(_number: int, _frame: FrameType | None) -> None:
        raise TimeUp

    previous = signal.signal(signal.SIGVTALRM, time_is_up)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, previous)
        # Raised on the way out of the checks' own limit, it would leave that timer running.
        signal.setitimer(signal.ITIMER_REAL, 0)


def _close_figures() -> None:
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
