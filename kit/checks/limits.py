"""A time limit for code in this thread."""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 5.0


class TimeUp(BaseException):
    """Code ran for longer than it may.

    No ``Exception``, so that a learner's ``except Exception:`` does not swallow it.
    """


@contextmanager
def time_limit(seconds: float = SECONDS) -> Iterator[None]:
    """Raise ``TimeUp`` in the block when it takes longer than ``seconds``.

    Works in the main thread, where a kernel runs a learner's code; elsewhere there is no limit.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    main = threading.get_ident()
    timer = threading.Timer(seconds, _interrupt, [main])
    timer.daemon = True
    previous = signal.signal(signal.SIGINT, _raise_time_up)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        signal.signal(signal.SIGINT, previous)


def _raise_time_up(_number: int, _frame: FrameType | None) -> None:
    raise TimeUp


def _interrupt(thread: int) -> None:
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(thread, signal.SIGINT)  # also ends a sleep or a blocking read
    else:
        _thread.interrupt_main()
