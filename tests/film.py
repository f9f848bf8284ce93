"""What tests of films share: small media made by the real ffmpeg, and what is found in a film."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from kit.authoring.film.cues import write_vtt
from kit.media.captions import LINE_LENGTH, LINES, LONGEST_CUE, READING_SPEED, SHORTEST_CUE, Cue

QUICK_VP9 = ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8")
PICTURE = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=10:d=3")
SOUND = ("-f", "lavfi", "-i", "sine=f=300:d=3,volume=-20dB")


def ffmpeg(*arguments: str | Path) -> None:
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True)


@cache
def film(ending: str) -> bytes:
    """Three seconds of a picture and a tone, in the container that the ending names."""
    encoders = (*QUICK_VP9, "-c:a", "libopus") if ending == ".webm" else ("-c:v", "libx264")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"film{ending}"
        ffmpeg(*PICTURE, *SOUND, *encoders, target)
        return target.read_bytes()


def kit(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command, in a process of its own: one process holds one Playwright."""
    command = [sys.executable, "-m", "kit.cli", *map(str, arguments)]
    return subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip


def folder_with(tmp_path: Path, *programs: str) -> Path:
    """A folder for the path that holds these programs and no others."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in programs:
        found = shutil.which(name)
        assert found, f"{name} is not installed"
        (folder / name).symlink_to(found)
    return folder


def facts_of(film: Path) -> dict[str, dict[str, Any]]:
    """What ffprobe says of each stream, and of the whole under "format"."""
    entries = "stream=codec_type,codec_name,width,height:format=duration"
    command = ["ffprobe", "-v", "error", "-show_entries", entries, "-of", "json", str(film)]
    found = json.loads(subprocess.check_output(command))
    return {"format": found["format"]} | {each["codec_type"]: each for each in found["streams"]}


def loudness_of(film: Path) -> float:
    """In LUFS, by another meter than the one that set it."""
    command = ["ffmpeg", "-nostats", "-i", str(film), "-vn", "-af", "ebur128", "-f", "null", "-"]
    heard = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(re.findall(r"I: +(-?[\d.]+) LUFS", heard)[-1])


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def assert_readable(cues: Sequence[Cue]) -> None:
    for cue in cues:
        lines = write_vtt([cue]).splitlines()[4:]
        assert len(lines) <= LINES
        assert max(map(len, lines)) <= LINE_LENGTH
        # a thousandth for the clock of WebVTT
        assert SHORTEST_CUE - 0.001 <= cue.end - cue.start <= LONGEST_CUE + 0.001
        assert cue.speed <= READING_SPEED * 1.001
