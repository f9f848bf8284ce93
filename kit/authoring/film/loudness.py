"""Loudness: measured and set after EBU R 128, in two passes of ffmpeg's loudnorm.

-16 LUFS is usual for speech on phones and laptops. True peaks stay at -2 dBTP before Opus and AAC,
which may add a little to them.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from kit.authoring.film.ffmpeg import REPORTING, Reached, file_name, run_ffmpeg

LOUDNESS = -16.0
"""LUFS, over the whole film."""

SILENT = -70.0
"""LUFS below which EBU R 128 hears nothing."""

_TARGET = f"loudnorm=I={LOUDNESS}:TP=-2:LRA=11"


@dataclass(frozen=True)
class Loudness:
    """What EBU R 128 says of a sound: ``level`` and ``threshold`` in LUFS, ``spread`` in LU,
    ``peak`` in dBTP."""

    level: float
    peak: float
    spread: float
    threshold: float

    @property
    def is_silent(self) -> bool:
        return not math.isfinite(self.level) or self.level <= SILENT


def measure_loudness(sound: Path, reached: Reached | None = None) -> Loudness:
    """The loudness of a sound or of a film's sound."""
    measuring = f"{_TARGET}:print_format=json"
    report = run_ffmpeg(
        *("-i", file_name(sound), "-vn", "-af", measuring, *REPORTING), reached=reached
    )
    found = json.loads(report[report.rindex("{") : report.rindex("}") + 1])
    keys = ("input_i", "input_tp", "input_lra", "input_thresh")
    return Loudness(*(float(found[key]) for key in keys))


def levelled(measured: Loudness) -> str:
    """The filter of the second pass, which knows what the first one measured."""
    return (
        f"{_TARGET}:linear=true:measured_I={measured.level}:measured_TP={measured.peak}"
        f":measured_LRA={measured.spread}:measured_thresh={measured.threshold}"
    )
