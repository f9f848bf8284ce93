"""How long the library takes to read a course, and how long a search in it.

Twice: of the project's own course, and of a generated one of 500 lessons with 100 hours of
transcripts (12 minutes a lesson, at 150 words a minute), slides, notes and terms. Its words are
drawn by Zipf's law, as those of real text are: few are in most passages, most are in few.

Each course is read into a new index, and searched, in a process of its own, whose memory is
told. The questions are words of the course: one, two, the twenty commonest, and one with two
letters swapped, which has to be found by comparing it with every word that the course has.
"""

from __future__ import annotations

import itertools
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.errors import NotMeasured
from bench.machine import environment, folder_on_disk
from bench.spread import Spread, spread

COURSE = Path(__file__).parent.parent / "lessons"
LESSONS, QUICK_LESSONS = 500, 50
MINUTES = 12
WORDS_A_MINUTE = 150
VOCABULARY = 30_000
COMMONEST = 20
ENDS_WITHIN_SECONDS = 900


@dataclass(frozen=True)
class Library:
    """What was measured of one course.

    Attributes:
        lessons, hours, parts: how large it is: lessons, hours of transcripts, parts of the index.
        seconds: reading it.
        megabytes: of the index's file.
        memory: of the process in megabytes, after reading or after the questions.
        questions: a search, by kind of question, in milliseconds.
        overall: all questions together.
    """

    lessons: int
    hours: float
    parts: int
    seconds: float
    megabytes: float
    memory: float
    questions: dict[str, Spread]
    overall: Spread


@dataclass(frozen=True)
class LibraryBench:
    """The figures of both courses."""

    own: Library
    generated: Library


def steps(_rounds: int) -> int:
    """How often ``measure_library`` tells that it has come on."""
    return 3


def measure_library(rounds: int, tell: Callable[[], None]) -> LibraryBench:
    """Read and search both courses; ``rounds`` questions of each kind.

    Raises:
        NotMeasured: a course could not be read or searched.
    """
    with folder_on_disk() as folder:
        lessons = LESSONS if rounds >= LESSONS else QUICK_LESSONS
        generated = folder / "lessons"
        write_course(generated, lessons)
        tell()
        own = _measured(COURSE, folder / "own", rounds, hours=0.0)
        tell()
        large = _measured(generated, folder / "large", rounds, hours=lessons * MINUTES / 60)
        tell()
    return LibraryBench(own, large)


def _measured(course: Path, data: Path, rounds: int, hours: float) -> Library:
    command = [sys.executable, "-m", "bench.library", str(course), str(rounds)]
    done = subprocess.run(
        command,
        env=environment(KIT_DATA=str(data)),
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=ENDS_WITHIN_SECONDS,
    )
    if done.returncode:
        raise NotMeasured(f"The library of {course} failed:\n{done.stderr[-2000:]}")
    told: dict[str, Any] = json.loads(done.stdout)
    times: dict[str, list[float]] = told.pop("times")
    return Library(
        hours=hours,
        questions={name: spread(each) for name, each in times.items()},
        overall=spread([*itertools.chain.from_iterable(times.values())]),
        **told,
    )


# In the measured process -------------------------------------------------------------------------


def take(course: Path, rounds: int) -> dict[str, Any]:
    """Read a course into a new index, and search it."""
    from kit.library.index import index_file, read, refresh

    began = time.perf_counter()
    done = refresh(course)
    seconds = time.perf_counter() - began
    after_reading = _resident()
    texts = read(course, lambda index: [text for (text,) in index.execute("select text from part")])
    times = {
        name: [*_timed(course, questions)] for name, questions in _questions(texts, rounds).items()
    }
    return {
        "lessons": done.lessons,
        "parts": done.parts,
        "seconds": round(seconds, 2),
        "megabytes": round(
            sum(file.stat().st_size for file in _files(index_file(course))) / 1e6, 1
        ),
        "memory": round(max(after_reading, _resident()), 1),
        "times": times,
    }


def _resident() -> float:
    """Megabytes. (The highest so far would be that of the process this one was forked from.)"""
    return psutil.Process().memory_info().rss / 1e6


def _files(index: Path) -> Iterable[Path]:
    return index.parent.glob(f"{index.name}*")


def _timed(course: Path, questions: Iterable[str]) -> Iterator[float]:
    from kit.library.search import search

    for question in questions:
        began = time.perf_counter()
        search(course, question)
        yield (time.perf_counter() - began) * 1000


def _questions(texts: list[str], rounds: int) -> dict[str, list[str]]:
    chance = random.Random(1)
    said = [word for text in texts for word in text.split() if word.isalpha() and len(word) > 3]
    counted = _by_count(said)
    long = [word for word in counted if len(word) > 5]
    return {
        "one word": chance.choices(said, k=rounds),
        "two words": [" ".join(_two(chance.choice(texts), chance)) for _each in range(rounds)],
        f"the {COMMONEST} commonest words": counted[:COMMONEST],
        "a slip": [_swapped(chance.choice(long), chance) for _each in range(rounds)],
    }


def _by_count(words: list[str]) -> list[str]:
    from collections import Counter

    return [word for word, _count in Counter(words).most_common()]


def _two(text: str, chance: random.Random) -> list[str]:
    return chance.choices(text.split() or ["a"], k=2)


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


# The generated course ----------------------------------------------------------------------------


def write_course(folder: Path, lessons: int) -> None:
    """A course of so many lessons, each with a film's captions, slides, notes and six sections."""
    chance = random.Random(0)
    words = _words(chance)
    weights = [*itertools.accumulate(1 / (rank + 3) for rank in range(len(words)))]

    def text(count: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=count))

    folder.mkdir(parents=True)
    names = [f"{number:03}-lesson" for number in range(1, lessons + 1)]
    listed = "\n".join(f'[[lesson]]\nid = "{name}"' for name in names)
    (folder / "course.toml").write_text(f'id = "large"\ntitle = "Large"\n\n{listed}\n')
    for name in names:
        _write_lesson(folder / name, text)


def _write_lesson(lesson: Path, text: Callable[[int], str]) -> None:
    (lesson / "media").mkdir(parents=True)
    sections = [f"## {text(4)}\n\n{text(200)}" for _number in range(6)]
    code = 'Video("media/film.webm", title="Film")\nSlides("media/slides.md")\nNotes("notes.md")'
    cells = [
        *({"id": f"s{n}", "cell_type": "markdown", "source": s} for n, s in enumerate(sections)),
        {"id": "media", "cell_type": "code", "source": code},
    ]
    (lesson / "lesson.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    terms = "\n".join(f"- **{text(1)}**: {text(12)}" for _number in range(5))
    (lesson / "notes.md").write_text(f"# {text(4)}\n\n{text(250)}\n\n{terms}\n")
    slides = [f"## {text(5)}\n\n{text(30)}\n\n<!-- notes: {text(40)}. -->\n" for _n in range(10)]
    (lesson / "media" / "slides.md").write_text("\n---\n\n".join(slides))
    (lesson / "media" / "film.webm").write_bytes(b"")
    (lesson / "media" / "film.en.vtt").write_text(_captions(text))


def _captions(text: Callable[[int], str]) -> str:
    a_cue = 4  # seconds
    cues = (
        f"{_clock(at)} --> {_clock(at + a_cue)}\n{text(WORDS_A_MINUTE * a_cue // 60)}\n"
        for at in range(0, MINUTES * 60, a_cue)
    )
    return "\n".join(["WEBVTT\n", *cues])


def _clock(seconds: int) -> str:
    return f"{seconds // 60:02}:{seconds % 60:02}.000"


def _words(chance: random.Random) -> list[str]:
    made = set[str]()
    while len(made) < VOCABULARY:
        syllables = range(chance.randint(2, 5))
        made.add(
            "".join(chance.choice("bcdfghklmnprstvw") + chance.choice("aeiou") for _ in syllables)
        )
    words = sorted(made)
    chance.shuffle(words)
    return words


if __name__ == "__main__":
    json.dump(take(Path(sys.argv[1]), int(sys.argv[2])), sys.stdout)
