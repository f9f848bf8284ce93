"""A short film with what belongs to it, a lesson that shows nothing else, and who watches it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.conftest import LESSON, wait_until

FILM = "media/short.webm"
SECONDS = 40
LINES = [
    "The island was loud that morning.",
    "Nobody had counted the penguins yet.",
    "So they walked from nest to nest,",
    "and wrote each penguin into a row.",
    "A row is one bird in one season.",
    "Some cells stayed empty: a gap.",
    "A gap is not a zero.",
    "Now count the rows yourself.",
]
"""What is said, five seconds each."""
GERMAN = [f"Satz {number}." for number in range(1, 9)]
CHAPTERS = ["Morning", "Counting"]
"""Of twenty seconds each."""


def make_film(path: Path) -> None:
    """A test picture whose every frame differs, with a tone."""
    command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "lavfi"]
    command += ["-i", "testsrc=size=320x180:rate=25", "-f", "lavfi", "-i", "sine=440"]
    command += ["-t", str(SECONDS), "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8"]
    command += ["-b:v", "200k", "-g", "25", "-c:a", "libopus", "-b:a", "24k", str(path)]
    subprocess.run(command, check=True)


def vtt(texts: list[str], seconds: int) -> str:
    """WebVTT with a cue for each text, one after the other."""
    return "WEBVTT\n\n" + "\n".join(
        f"{clock(at * seconds)} --> {clock((at + 1) * seconds)}\n{text}\n"
        for at, text in enumerate(texts)
    )


def clock(seconds: int) -> str:
    return f"00:{seconds // 60:02}:{seconds % 60:02}.000"


def film_lesson(course: Path, film: Path, source: str, lesson: str = LESSON) -> Path:
    """Make a lesson of nothing but the film and a check of lesson 01, or of that lesson itself."""
    folder = course / "lessons" / lesson
    media = folder / "media"
    if lesson != LESSON:
        like = course / "lessons" / LESSON
        shutil.copytree(like, folder, ignore=shutil.ignore_patterns("media", "*.ipynb"))
        media.mkdir()
        listed = course / "lessons" / "course.toml"
        listed.write_text(f'{listed.read_text()}\n[[lesson]]\nid = "{lesson}"\n')
    (folder / FILM).write_bytes(film.read_bytes())
    (media / "short.en.vtt").write_text(vtt(LINES, 5))
    (media / "short.de.vtt").write_text(vtt(GERMAN, 5))
    (media / "short.chapters.vtt").write_text(vtt(CHAPTERS, 20))
    cells = [
        ("markdown", "title", "# A film"),
        ("code", "set-up", "from kit import lesson\n\nchecks = lesson()"),
        ("markdown", "watch", "## Watch"),
        ("code", "film", source),
        ("code", "asked", "checks.rows_are"),
        ("markdown", "end", "## The end"),
    ]
    python = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": python},
        "cells": [
            {"cell_type": kind, "id": own_id, "metadata": {}, "source": text}
            | ({"outputs": [], "execution_count": None} if kind == "code" else {})
            for kind, own_id, text in cells
        ],
    }
    (folder / "lesson.ipynb").write_text(json.dumps(notebook))
    return folder


def shows(arguments: str = "", kind: str = "Video") -> str:
    """The source of a cell that shows the film."""
    return f'from kit import {kind}\n\n{kind}("{FILM}", title="A short film"{arguments})'


def player(page: Page) -> Locator:
    """The player, once its controls are there and the film can be sought in."""
    root = page.locator(".kit-media")
    expect(root.locator("media-play-button")).to_be_visible()
    wait_until(lambda: root.locator("video, audio").evaluate("film => film.readyState") >= 1)
    return root


def press(root: Locator, name: str) -> None:
    """Choose one of the buttons of the controls."""
    root.get_by_role("button", name=name, exact=True).click()


def time_of(root: Locator) -> float:
    return float(root.locator("video, audio").evaluate("film => film.currentTime"))


def is_paused(root: Locator) -> bool:
    return bool(root.locator("video, audio").evaluate("film => film.paused"))


def plays_past(root: Locator, seconds: float) -> None:
    wait_until(lambda: time_of(root) > seconds, what=f"the film did not come to {seconds} s")


def open_details(root: Locator, name: str) -> None:
    root.locator("summary", has_text=name).click()
