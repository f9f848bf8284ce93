"""Times in a film as people write and read them: 1:18, and 1:01:40 from an hour on."""

from __future__ import annotations

import re

_CLOCK = re.compile(
    r"(?:(\d{1,3}):(?=[0-5]?\d:))?(\d{1,5}):([0-5]?\d(?:\.\d+)?)|(\d{1,6}(?:\.\d+)?)", re.ASCII
)


def clock(seconds: float) -> str:
    """The second that a time is in, as ``clock`` of ``widgets/player`` writes it: "1:18"."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def parse_clock(text: str) -> float:
    """The seconds of a time such as "1:18", "75:30", "0:01:18.5" or "78".

    Raises:
        ValueError: it is none.
    """
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    hours, minutes, seconds, alone = found.groups()
    return float(alone) if alone else 3600 * int(hours or 0) + 60 * int(minutes) + float(seconds)
