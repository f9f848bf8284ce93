"""What a film of slides promises: to its author, and to those who watch it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import wave
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import webvtt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.authoring.film.encode import LOUDNESS
from kit.authoring.film.narrate import captions, chapters
from kit.authoring.film.pictures import CAPTIONS_HEIGHT, HEIGHT, WIDTH
from kit.authoring.film.speech import FIRST_PAUSE, SENTENCE_PAUSE, SLIDE_PAUSE, flite, join_speech
from kit.errors import KitError
from kit.media.captions import (
    LINE_LENGTH,
    LINES,
    LONGEST,
    READING_SPEED,
    SHORTEST,
    Cue,
    cues_of_sentence,
    reading_time,
    write_vtt,
)
from kit.media.slides import Sentence, Slide, read_slides
from tests.conftest import ROOT

FILMS = sorted(ROOT.glob("lessons/*/media/slides.md"))
MEGABYTE = 1_000_000

SLIDES = """\
## *Some* `cells` are empty

| sex | body_mass_g |
|-----|------------:|
| NaN |         NaN |

<!-- notes:
pandas shows a gap as {NaN|nan}.
It is not a zero.
-->

---

## Count them

<!-- notes: Two. -->
"""


@pytest.fixture
def slides(tmp_path: Path) -> Path:
    file = tmp_path / "slides.md"
    file.write_text(SLIDES, encoding="utf-8")
    return file


# Slides -----------------------------------------------------------------------------------------


def test_a_slide_is_its_heading_its_markdown_and_its_notes(slides: Path) -> None:
    first, second = read_slides(slides)
    assert (first.number, first.line, first.title) == (1, 1, "Some cells are empty")
    assert (second.number, second.line, second.title) == (2, 14, "Count them")
    assert "| NaN |" in first.markdown
    assert "notes" not in first.markdown


def test_the_captions_show_one_word_and_the_voice_speaks_another(slides: Path) -> None:
    assert read_slides(slides)[0].sentences == (
        Sentence("pandas shows a gap as NaN.", "pandas shows a gap as nan."),
        Sentence("It is not a zero.", "It is not a zero."),
    )


def test_a_full_stop_inside_a_sentence_does_not_end_it(slides: Path) -> None:
    slides.write_text("# A\n<!-- notes: About 4.5 g, i.e. little. “Why?” Look! And so on. -->")
    shown = [sentence.shown for sentence in read_slides(slides)[0].sentences]
    assert shown == ["About 4.5 g, i.e. little.", "“Why?”", "Look!", "And so on."]


def test_the_last_separator_may_be_followed_by_nothing(slides: Path) -> None:
    before = read_slides(slides)
    slides.write_text(SLIDES + "\n---\n\n")
    assert read_slides(slides) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A\n<!-- notes: One. -->\n\n---\n\nno heading\n", "line 6: slide 2 has no heading"),
        ("# A\n<!-- notes: One. -->\n---\n\n\n# B\n", "line 6: slide 2 (B) has no notes"),
        (
            "# A\n<!-- notes: One. -->\n---\n# B\n\n<!-- notes: Two.",
            "line 6: slide 2 has a comment",
        ),
        ("# A\n<!-- notes:\nOne.\n-->\n<!-- later -->\n", "line 5: slide 1 has a comment"),
        ("\n\n---\n\n", "hold no slide"),
    ],
)
def test_a_wrong_slide_is_named_with_its_file_and_line(slides: Path, text: str, said: str) -> None:
    slides.write_text(text, encoding="utf-8")
    with pytest.raises(KitError) as caught:
        read_slides(slides)
    assert str(slides) in caught.value.what
    assert said in caught.value.what
    assert caught.value.mend


def test_a_file_that_is_no_text_is_named_with_its_line(slides: Path) -> None:
    slides.write_bytes(b"# A\n\n<!-- notes: One \xff -->")
    with pytest.raises(KitError, match=re.escape(f"{slides}, line 3: this is not text in UTF-8")):
        read_slides(slides)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KitError, match=re.escape(str(tmp_path / "none.md"))):
        read_slides(tmp_path / "none.md")


# Captions ---------------------------------------------------------------------------------------

SENTENCE = st.lists(
    st.from_regex(r"[a-z]{1,12}[,:]?", fullmatch=True), min_size=1, max_size=60
).map(" ".join)
PACE = st.floats(min_value=1, max_value=3)
"""How many times slower than a reader reads."""


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=SENTENCE, start=st.floats(min_value=0, max_value=3600), pace=PACE)
def test_every_sentence_is_shown_whole_in_cues_that_can_be_read(
    text: str, start: float, pace: float
) -> None:
    """Two lines of 42 characters, and one to seven seconds, however long the sentence."""
    end = start + pace * reading_time(text)
    cues = list(cues_of_sentence(text, start, end))
    assert " ".join(cue.text for cue in cues) == text
    assert (cues[0].start, cues[-1].end) == (start, end)
    assert all(one.end == other.start for one, other in pairwise(cues))
    assert_readable(cues)


def assert_readable(cues: Sequence[Cue]) -> None:
    for cue in cues:
        lines = write_vtt([cue]).splitlines()[4:]
        assert len(lines) <= LINES
        assert max(map(len, lines)) <= LINE_LENGTH
        # a thousandth for the clock of WebVTT
        assert SHORTEST - 0.001 <= cue.end - cue.start <= LONGEST + 0.001
        assert cue.speed <= READING_SPEED * 1.001


def test_a_long_sentence_is_cut_after_a_comma_near_its_middle() -> None:
    text = "The data come from Dr Kristen Gorman, and from the Palmer Station research program."
    assert [cue.text for cue in cues_of_sentence(text, 0, 8)] == [
        "The data come from Dr Kristen Gorman,",
        "and from the Palmer Station research program.",
    ]


def test_digits_get_the_time_that_it_takes_to_say_them() -> None:
    spoken, digits = cues_of_sentence("All the rows of the years: 110, 114 and 120", 0, 8)
    assert digits.text == "110, 114 and 120"
    assert digits.end - digits.start > spoken.end - spoken.start


def test_captions_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    cues = [
        Cue(0.5, 1.5, "Is 1 < 2 & 3 > 2?"),
        Cue(59.9996, 3661.25, "A caption of more than one line is cut where both are as long."),
    ]
    file = tmp_path / "a.vtt"
    file.write_text(write_vtt(cues), encoding="utf-8")
    first, second = webvtt.read(str(file)).captions
    assert (first.start, first.end) == ("00:00:00.500", "00:00:01.500")
    assert first.text == "Is 1 &lt; 2 &amp; 3 &gt; 2?"
    assert (second.start, second.end) == ("00:01:00.000", "01:01:01.250")
    assert second.text == "A caption of more than one line\nis cut where both are as long."


# Speech -----------------------------------------------------------------------------------------

RATE = 16_000


def spoken(folder: Path, name: str, seconds: float, rate: int = RATE) -> Path:
    """What a voice would have written, all of one loudness."""
    with wave.open(str(folder / name), "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        sound.writeframes(b"\x01\x01" * round(seconds * rate))
    return folder / name


def seconds_in(sound: Path) -> float:
    with wave.open(str(sound), "rb") as opened:
        return opened.getnframes() / opened.getframerate()


def test_every_sentence_gets_the_time_in_which_it_is_said(slides: Path, tmp_path: Path) -> None:
    voices = [
        [spoken(tmp_path, "1.wav", 2.03), spoken(tmp_path, "2.wav", 1.5)],
        [spoken(tmp_path, "3.wav", 1.25)],
    ]
    joined = tmp_path / "speech.wav"
    one, two = join_speech(read_slides(slides), voices, joined, frame_rate=10)
    first, second = one.said
    assert first.start == pytest.approx(FIRST_PAUSE)
    assert first.end == pytest.approx(FIRST_PAUSE + 2.03)
    assert second.start == pytest.approx(first.end + SENTENCE_PAUSE)
    assert one.end == pytest.approx(second.end + SLIDE_PAUSE, abs=0.1)
    assert two.start == one.end
    assert two.said[0].start == pytest.approx(two.start + FIRST_PAUSE)
    assert seconds_in(joined) == pytest.approx(two.end)


def test_slides_change_on_a_frame_so_that_sound_and_picture_never_drift(
    slides: Path, tmp_path: Path
) -> None:
    voices = [[spoken(tmp_path, "1.wav", 1.777)] * 2, [spoken(tmp_path, "2.wav", 1.234)]]
    for scene in join_speech(read_slides(slides), voices, tmp_path / "speech.wav", frame_rate=10):
        assert scene.end * 10 == pytest.approx(round(scene.end * 10))


def test_the_voice_waits_for_those_who_read(slides: Path, tmp_path: Path) -> None:
    """A word said in no time stays for a second, with its caption."""
    voices = [[spoken(tmp_path, "1.wav", 0.2)] * 2, [spoken(tmp_path, "2.wav", 0.2)]]
    scenes = join_speech(read_slides(slides), voices, tmp_path / "speech.wav", frame_rate=10)
    assert_readable(captions(scenes))
    assert [cue.text for cue in chapters(scenes)] == ["Some cells are empty", "Count them"]


def test_voices_that_do_not_fit_together_are_refused(slides: Path, tmp_path: Path) -> None:
    voices = [[spoken(tmp_path, "1.wav", 1)] * 2, [spoken(tmp_path, "2.wav", 1, rate=8_000)]]
    with pytest.raises(KitError, match="all at one rate"):
        join_speech(read_slides(slides), voices, tmp_path / "speech.wav", frame_rate=10)


def test_flite_says_that_it_speaks_english_only() -> None:
    with pytest.raises(KitError, match=r"flite speaks English, not 'de'\..*--voice espeak-ng"):
        flite("de")


# The whole, with the real programs --------------------------------------------------------------


def run_narrate(slides: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own: one process holds one Playwright."""
    command = [sys.executable, "-m", "kit.authoring.film.narrate", str(slides)]
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


def frame_of(film: Path, second: float) -> list[bytes]:
    """The rows of a frame, one byte of brightness for each pixel."""
    command = [
        *("ffmpeg", "-v", "error", "-ss", str(second), "-i", str(film), "-frames:v", "1"),
        *("-f", "rawvideo", "-pix_fmt", "gray", "-"),
    ]
    pixels = subprocess.check_output(command)
    assert len(pixels) == WIDTH * HEIGHT
    return [pixels[start : start + WIDTH] for start in range(0, len(pixels), WIDTH)]


@pytest.mark.browser
def test_slides_become_a_film_with_captions_and_chapters(slides: Path) -> None:
    made = run_narrate(slides)
    assert made.returncode == 0, made.stderr
    film = slides.with_suffix(".webm")
    said = webvtt.read(str(film.with_suffix(".en.vtt"))).captions
    marks = webvtt.read(str(film.with_suffix(".chapters.vtt"))).captions
    facts = facts_of(film)
    assert [cue.text for cue in said] == ["pandas shows a gap as NaN.", "It is not a zero.", "Two."]
    assert [cue.text for cue in marks] == ["Some cells are empty", "Count them"]
    assert said[1].end < marks[0].end == marks[1].start < said[2].start
    assert float(facts["format"]["duration"]) == pytest.approx(seconds(marks[1].end), abs=0.2)
    assert (facts["video"]["codec_name"], facts["audio"]["codec_name"]) == ("vp9", "opus")
    assert facts["video"] | {"width": WIDTH, "height": HEIGHT} == facts["video"]
    assert loudness_of(film) == pytest.approx(LOUDNESS, abs=2)
    assert film.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    assert list(slides.parent.glob(".*")) == []

    frame = frame_of(film, 1)
    room, foot = frame[:-CAPTIONS_HEIGHT], frame[-CAPTIONS_HEIGHT:]
    assert min(map(min, room)) < 60, "the words are there, dark on white"
    assert min(map(min, foot)) > 240, "nothing stands where captions are shown"
    assert min(row[-1] for row in frame) > 240, "the picture reaches the edge"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("Text.\n\n" * 6, "px too far down, where captions will cover it"),
        ("`" + "a" * 90 + "`", "px too wide"),
        ("![Nothing](no.png)", "shows a picture that is not there: no.png"),
    ],
    ids=["down", "right", "picture"],
)
def test_a_slide_that_cannot_be_shown_is_named_and_the_old_film_stays(
    slides: Path, markdown: str, said: str
) -> None:
    film = slides.with_suffix(".webm")
    film.write_bytes(b"the old film")
    slides.write_text(f"{SLIDES}\n---\n\n## Too much\n\n{markdown}\n\n<!-- notes: Three. -->\n")
    made = run_narrate(slides)
    assert made.returncode == 2
    shown = " ".join(made.stderr.split())
    assert f"{slides}, line 20: slide 3 (Too much) " in shown
    assert said in shown
    assert "Traceback" not in made.stderr
    assert film.read_bytes() == b"the old film"
    assert sorted(slides.parent.iterdir()) == [slides, film]


@pytest.mark.browser
def test_without_a_browser_it_says_how_to_get_one(slides: Path, tmp_path: Path) -> None:
    path = folder_with(tmp_path, "ffmpeg", "flite")
    made = run_narrate(slides, PATH=str(path), PLAYWRIGHT_BROWSERS_PATH=str(tmp_path / "none"))
    assert made.returncode == 2
    assert "Chromium is not on the path, and Playwright's own does not start" in made.stderr
    assert "sudo apt install chromium, or playwright install chromium" in made.stderr
    assert "Traceback" not in made.stderr


@pytest.mark.browser
def test_a_browser_that_does_not_start_is_named(slides: Path, tmp_path: Path) -> None:
    path = folder_with(tmp_path, "ffmpeg", "flite", "false")
    (path / "chromium").symlink_to(path / "false")
    made = run_narrate(slides, PATH=str(path))
    assert made.returncode == 2
    assert f"{path / 'chromium'} does not start" in made.stderr
    assert "Traceback" not in made.stderr


@pytest.mark.parametrize("missing", ["ffmpeg", "flite"])
def test_a_missing_program_is_named_with_its_package(
    slides: Path, tmp_path: Path, missing: str
) -> None:
    path = folder_with(tmp_path, *{"ffmpeg", "flite"} - {missing})
    made = run_narrate(slides, PATH=str(path))
    assert made.returncode == 2
    assert f"{missing} is not installed. Install it: sudo apt install {missing}" in made.stderr


def test_a_film_is_written_as_webm_only(slides: Path) -> None:
    command = [sys.executable, "-m", "kit.authoring.film.narrate", str(slides), "--out", "a.mp4"]
    made = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert made.returncode == 2
    assert "a.mp4 does not end in .webm. Give it a name such as a.webm." in made.stderr


# The films of the course ------------------------------------------------------------------------

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
    assert float(facts_of(film)["format"]["duration"]) < 6 * 60
    assert loudness_of(film) == pytest.approx(LOUDNESS, abs=1)
    said = webvtt.read(str(film.with_suffix(".en.vtt"))).captions
    assert_readable([Cue(seconds(cue.start), seconds(cue.end), cue.text) for cue in said])


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def test_every_number_of_the_first_film_is_what_pandas_gives() -> None:
    """On the slides and in what is said; years, dates, names and a licence are no results."""
    (source,) = (file for file in FILMS if "01-meet-the-table" in file.parts)
    penguins = pd.read_csv(source.parents[1] / "data" / "penguins.csv")
    given = re.compile(r"200[789](?:-\d\d-\d\d)?\b(?!\.)|\(2014\)|N1A1|CC0|\b250 g|\bat 0 g")
    told = given.sub("", all_words_of(read_slides(source)))
    found = re.findall(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?", told)
    assert len(found) > 50
    assert sorted({number.rstrip(",") for number in found} - numbers_of(penguins)) == []


def all_words_of(slides: Sequence[Slide]) -> str:
    told = [sentence.shown for slide in slides for sentence in slide.sentences]
    return "\n".join([*told, *(slide.markdown for slide in slides)])


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
