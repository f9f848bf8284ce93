"""The films of the course: what their slides say, short, small, and true."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import webvtt

from kit.authoring.film.loudness import LOUDNESS
from kit.media.captions import Cue
from kit.media.container import probe
from kit.media.slides import read_slides
from tests.conftest import ROOT
from tests.film import assert_readable, loudness_of, seconds
from tests.narration import numbers_told

FILMS = sorted(ROOT.glob("lessons/*/media/slides.md"))
MEGABYTE = 1_000_000

every_film = pytest.mark.parametrize("source", FILMS, ids=lambda file: file.parts[-3])


def film_of(source: Path) -> Path:
    (film,) = source.parent.glob("*.webm")
    return film


@every_film
def test_a_film_of_the_course_says_what_its_slides_say(source: Path) -> None:
    """Its captions and chapters are those of slides.md as it is now."""
    slides = read_slides(source)
    film = film_of(source)
    said = webvtt.read(str(film.with_suffix(".en.vtt"))).captions
    marks = webvtt.read(str(film.with_suffix(".chapters.vtt"))).captions
    sentences = [sentence.shown for slide in slides for sentence in slide.sentences]
    assert " ".join(cue.text.replace("\n", " ") for cue in said) == " ".join(sentences)
    assert [cue.text for cue in marks] == [slide.title for slide in slides]


@every_film
def test_a_film_of_the_course_is_short_small_and_easy_to_follow(source: Path) -> None:
    film = film_of(source)
    assert film.stat().st_size < 3 * MEGABYTE
    assert probe(film).seconds < 6 * 60
    assert loudness_of(film) == pytest.approx(LOUDNESS, abs=1)
    said = webvtt.read(str(film.with_suffix(".en.vtt"))).captions
    assert_readable([Cue(seconds(cue.start), seconds(cue.end), cue.text) for cue in said])


def test_every_number_of_the_first_film_is_what_pandas_gives() -> None:
    """On the slides and in what is said; years, dates, names and a licence are no results."""
    (source,) = (file for file in FILMS if "01-meet-the-table" in file.parts)
    penguins = pd.read_csv(source.parents[1] / "data" / "penguins.csv")
    given = [
        r"200[789](?:-\d\d-\d\d)?\b(?!\.)",
        r"\(2014\)",
        "N1A1",
        "CC0",
        r"\b250 g",
        r"\bat 0 g",
    ]
    told = numbers_told(source.parents[1], given)
    assert len(told) > 30
    assert told - numbers_of(penguins) == set()


def numbers_of(penguins: pd.DataFrame) -> set[str]:
    """Every result that the film may tell, as it writes it."""
    mass, gaps = penguins["body_mass_g"], penguins.isna().sum()
    shown = penguins.iloc[[0, 1, 2, 3, 4, 8]]
    places = pd.crosstab(penguins["species"], penguins["island"]).to_numpy().flatten()
    counts = [penguins[label].value_counts() for label in ("species", "year")]
    return {
        *(f"{number:,}" for number in (*penguins.shape, penguins.size, mass.count())),
        *(f"{number:,.2f}" for number in (mass.mean(), mass.fillna(0).mean())),
        *(f"{number:,.0f}" for number in (mass.mean(), mass.fillna(0).mean())),
        *(f"{number:,.0f}" for number in (mass.min(), mass.max(), mass[0])),
        *(str(gaps[name]) for name in ("body_mass_g", "flipper_length_mm", "sex")),
        *map(str, (*places, *(number for count in counts for number in count))),
        *map(str, (*shown.index, *shown["body_mass_g"], *shown["flipper_length_mm"])),
        f"{penguins['year'].mean():.2f}",
        "3",  # the rows of the slide that are the first ones
        "5",  # and its columns
    }
