"""A time limit for code in the main thread, where a kernel runs a learner's code."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import FrameType
from typing import Any

SECONDS = 5.0
RULE_SECONDS = 1.0
"""What an author's predicate may take, which may call the learner's function."""
PROPERTY_SECONDS = 2.0
"""What trying a property on generated arguments may take; one call more may follow."""
AGAIN_SECONDS = 0.1
"""How often ``TimeUp`` is raised again where a learner's bare ``except:`` swallowed it."""


class TimeUp(BaseException):
    """Code ran for longer than it may.

    No ``Exception``, so that a learner's ``except Exception:`` does not swallow it.
    """


def time_limit(seconds: float = SECONDS) -> AbstractContextManager[None]:
    """Raise ``TimeUp`` in the block when it takes longer than ``seconds``.

    The learner's own Interrupt stays a ``KeyboardInterrupt``. Within another such block, that
    one's time goes on. Outside the main thread there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        return nullcontext()
    return _alarm(seconds) if hasattr(signal, "setitimer") else _interrupt(seconds)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    block = sys._getframe(2)  # below this generator and its __enter__
    trace = sys.gettrace()
    swallowed = False

    def time_is_up(number: int, frame: FrameType | None) -> None:
        nonlocal swallowed
        if swallowed:
            _end_at_the_next_line(frame, block)
        swallowed = frame is not None and not _is_way_in_or_out(frame)
        _raise_time_up(number, frame)

    previous = signal.signal(signal.SIGALRM, time_is_up)
    began, outer = time.monotonic(), 0.0
    try:
        outer = signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN_SECONDS)[0]
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
            if swallowed:
                sys.settrace(trace)
        finally:
            signal.signal(signal.SIGALRM, previous)
            if outer:
                left = outer - (time.monotonic() - began)
                signal.setitimer(signal.ITIMER_REAL, max(left, AGAIN_SECONDS), AGAIN_SECONDS)


def _end_at_the_next_line(frame: FrameType | None, block: FrameType) -> None:
    """Raise ``TimeUp`` in the ``except:`` itself, which it does not catch."""

    def end(inside: FrameType, event: str, _value: object) -> Any:
        if event == "line" and not _is_way_in_or_out(inside):
            raise TimeUp
        return end

    while frame is not None and frame is not block:
        frame.f_trace = end
        frame = frame.f_back
    sys.settrace(lambda _frame, _event, _value: None)  # or else Python asks no frame's own


def _is_way_in_or_out(frame: FrameType) -> bool:
    return frame.f_code.co_filename in _WAY_IN_AND_OUT


_WAY_IN_AND_OUT = {time_limit.__code__.co_filename, contextmanager.__code__.co_filename}


def _raise_time_up(_number: int, frame: FrameType | None) -> None:
    # Raised on the way in or out, it would leave the timer running. The next alarm comes soon.
    if frame is None or not _is_way_in_or_out(frame):
        raise TimeUp


@contextmanager
def _interrupt(seconds: float) -> Iterator[None]:
    """For Windows, which has no ``setitimer``: an interrupt, once."""
    timer = threading.Timer(seconds, _thread.interrupt_main)
    timer.daemon = True
    previous = signal.signal(signal.SIGINT, _raise_time_up)
    try:
        timer.start()
        yield
    finally:
        try:
            timer.cancel()
            timer.join()
        finally:
            signal.signal(signal.SIGINT, previous)
