"""What a film of slides promises: to its author, and to those who watch it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import wave
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import webvtt
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from kit.authoring.film.loudness import LOUDNESS
from kit.authoring.film.narrate import captions, chapters
from kit.authoring.film.own_voice import between, by_length, read_recording
from kit.authoring.film.pictures import CAPTIONS_HEIGHT, HEIGHT, WIDTH, draw_slides_in
from kit.authoring.film.programs import run_program
from kit.authoring.film.speech import (
    FIRST_PAUSE,
    SENTENCE_PAUSE,
    SLIDE_PAUSE,
    Take,
    join_speech,
    whole_take,
)
from kit.authoring.film.voices import choose_voice
from kit.cli import main
from kit.errors import KitError
from kit.media.slides import Sentence, read_slides
from tests.conftest import wait_until
from tests.film import assert_readable, facts_of, ffmpeg, folder_with, kit, loudness_of, seconds

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


FILM = """\
## *No* `cells`

| sex |
|-----|
| NaN |

<!-- notes: A {NaN|nan}. -->

---

## Count

<!-- notes: Two. -->
"""
"""Slides that are soon spoken and filmed."""


@pytest.fixture
def slides(tmp_path: Path) -> Path:
    file = tmp_path / "slides.md"
    file.write_text(SLIDES, encoding="utf-8")
    return file


def narrated_here(*arguments: str | Path) -> Result:
    """The command in this process, where it ends before it opens a browser."""
    return CliRunner().invoke(main, ["media", "narrate", *map(str, arguments)])


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
        read_slides(slides, narrated=True)
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


# Speech -----------------------------------------------------------------------------------------

RATE = 16_000


def spoken(folder: Path, name: str, seconds: float, rate: int = RATE) -> Take:
    """What a voice would have written, all of one loudness."""
    with wave.open(str(folder / name), "wb") as sound:
        sound.setparams((1, 2, rate, 0, "NONE", ""))
        sound.writeframes(b"\x01\x01" * round(seconds * rate))
    return whole_take(folder / name)


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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en/../x", "'en/../x' is no language. Write it as in --language en, or pt-BR."),
        ("", "'' is no language."),
        ("english", "'english' is no language."),
        ("../en", "'../en' is no language."),
    ],
)
def test_a_language_that_captions_cannot_state_is_refused(
    slides: Path, language: str, said: str
) -> None:
    """It becomes part of their name, by which they are found."""
    made = narrated_here(slides, "--language", language)
    assert made.exit_code == 2
    assert said in " ".join(made.stderr.split())
    assert list(slides.parent.iterdir()) == [slides]


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (
            "One.\0 Two.",
            "has a character of NUL in its notes, which no voice can speak. Delete it.",
        ),
        (
            "a " * 100_000,
            "has a sentence of 199,999 characters in its notes. End sentences with . or ! or ?",
        ),
    ],
    ids=["NUL", "long"],
)
def test_notes_that_no_voice_can_speak_are_named_with_their_line(
    slides: Path, notes: str, said: str
) -> None:
    slides.write_text(SLIDES.replace("Two.", notes))
    made = narrated_here(slides)
    assert made.exit_code == 2
    assert f"{slides}, line 14: slide 2 (Count them) {said}" in " ".join(made.stderr.split())
    assert "Traceback" not in made.stderr


def test_a_program_that_cannot_be_started_is_named() -> None:
    """And not the disk, which has room."""
    with pytest.raises(KitError, match=r"true cannot be started: Argument list too long\."):
        run_program(Path("/bin/true"), "a" * 200_000)


def test_flite_says_that_it_speaks_english_only() -> None:
    with pytest.raises(KitError, match=r"flite speaks English, not 'de'\..*--voice espeak-ng"):
        choose_voice("flite", "de")


def frame_of(film: Path, second: float) -> list[bytes]:
    """The rows of a frame, one byte of brightness for each pixel."""
    command = [
        *("ffmpeg", "-v", "error", "-ss", str(second), "-i", str(film), "-frames:v", "1"),
        *("-f", "rawvideo", "-pix_fmt", "gray", "-"),
    ]
    pixels = subprocess.check_output(command)
    assert len(pixels) == WIDTH * HEIGHT
    return [pixels[start : start + WIDTH] for start in range(0, len(pixels), WIDTH)]


# Voices ------------------------------------------------------------------------------------------


def program(path: Path, name: str, script: str) -> None:
    (path / name).write_text(f"#!/bin/sh\n{script}\n")
    (path / name).chmod(0o755)


@pytest.mark.parametrize(
    ("language", "installed", "chosen"),
    [
        ("en", "flite espeak-ng piper model", "piper amy.onnx"),
        ("en", "flite espeak-ng piper", "flite"),
        ("en-gb", "flite espeak-ng model", "flite"),
        ("en", "espeak-ng", "espeak-ng"),
        ("de", "flite espeak-ng", "espeak-ng"),
    ],
)
def test_the_best_voice_that_is_there_speaks(
    language: str, installed: str, chosen: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in installed.split():
        program(tmp_path, name, "")
    model = tmp_path / "amy.onnx"
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("KIT_PIPER_MODEL", str(model) if "model" in installed else "")
    model.touch()
    assert choose_voice("auto", language).name == chosen


def test_piper_gets_its_model_and_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for piper, which is not on every machine that tests: it notes what it is given."""
    program(tmp_path, "piper", 'echo "$@" > "$4.args"; cat > "$4"')
    model = tmp_path / "amy.onnx"
    model.touch()
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    target = tmp_path / "a.wav"
    choose_voice("piper", "en", model).speak("Nine – or ten?", target)
    assert target.read_text() == "Nine – or ten?"
    given = (tmp_path / "a.wav.args").read_text().split()
    assert given == ["--model", str(model), "--output_file", str(target)]


@pytest.mark.parametrize(
    ("is_there", "said"),
    [
        (False, "piper is not installed. Install it"),
        (True, "piper has no model. Name a file .onnx"),
    ],
)
def test_piper_says_what_it_lacks(
    is_there: bool, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_there:
        program(tmp_path, "piper", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("KIT_PIPER_MODEL", raising=False)
    with pytest.raises(KitError, match=said):
        choose_voice("piper", "en")


def test_the_longest_pauses_are_between_sentences() -> None:
    pauses = [(1.0, 1.2), (2.0, 2.6), (4.0, 4.2), (5.0, 5.5)]
    assert between(pauses, 3, 0.3, 7.0) == [(0.3, 2.0), (2.6, 5.0), (5.5, 7.0)]
    assert between(pauses, 1, 0.3, 7.0) == [(0.3, 7.0)]


def test_without_pauses_sentences_take_the_time_of_their_letters() -> None:
    assert by_length([10, 30], 1.0, 5.0) == [(1.0, 2.0), (2.0, 5.0)]


def recorded(target: Path, *tones: tuple[float, float]) -> None:
    """A recording with noise, in which somebody "speaks" between these seconds."""
    on = "+".join(f"between(t,{start},{end})" for start, end in tones)
    speech = f"aevalsrc='0.2*sin(880*t)*({on})+0.0005*random(0)':d={tones[-1][1] + 0.8}:s=44100"
    ffmpeg("-f", "lavfi", "-i", speech, "-ac", "2", target)


def test_the_sentences_of_a_recording_are_heard(slides: Path, tmp_path: Path) -> None:
    recorded(tmp_path / "own.wav", (0.7, 2.1), (2.3, 3.0), (3.7, 5.0))
    found = read_recording(read_slides(slides)[0], tmp_path / "own.wav", tmp_path)
    assert found.is_heard
    shift = 0.7 - 0.05
    wanted = [(0.7 - shift, 3.0 - shift), (3.7 - shift, 5.0 - shift)]
    assert [pytest.approx(span, abs=0.06) for span in wanted] == list(found.take.times)
    assert seconds_in(found.take.file) == pytest.approx(5.0 - shift + 0.05, abs=0.06)


def test_a_recording_without_pauses_is_told(slides: Path, tmp_path: Path) -> None:
    recorded(tmp_path / "own.wav", (0.5, 4.0))
    found = read_recording(read_slides(slides)[0], tmp_path / "own.wav", tmp_path)
    assert not found.is_heard
    first, second = found.take.times
    assert first[1] == second[0]


def test_a_silent_recording_is_refused(slides: Path, tmp_path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "anullsrc=d=3", tmp_path / "own.wav")
    with pytest.raises(KitError, match="Nothing is to be heard in the recording"):
        read_recording(read_slides(slides)[0], tmp_path / "own.wav", tmp_path)


def test_a_recording_that_is_not_there_is_named_with_its_line(slides: Path) -> None:
    slides.write_text(SLIDES + "\n<!-- voice: two.wav -->\n")
    made = narrated_here(slides)
    assert made.exit_code == 2
    assert f"{slides}, line 14: slide 2 names a recording that is not there: two.wav" in made.stderr


@pytest.mark.browser
def test_a_slide_is_spoken_by_ones_own_recording(slides: Path) -> None:
    own = "notes: Two. Of three. -->\n<!-- voice: two.m4a -->"
    slides.write_text(FILM.replace("notes: Two. -->", own))
    recorded(slides.with_name("two.m4a"), (0.2, 1.4), (2.0, 3.1))
    made = kit("media", "narrate", slides, "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["guessed"] == []
    film = slides.with_suffix(".webm")
    _first, two, three = webvtt.read(str(film.with_suffix(".en.vtt"))).captions
    assert (two.text, three.text) == ("Two.", "Of three.")
    assert seconds(two.end) - seconds(two.start) == pytest.approx(1.2, abs=0.1)
    assert seconds(three.start) - seconds(two.end) == pytest.approx(0.6, abs=0.1)
    assert loudness_of(film) == pytest.approx(LOUDNESS, abs=2)
    assert "two.m4a" in json.loads(slides.with_name("made.json").read_text())[film.name]["from"]


# The whole, with the real programs --------------------------------------------------------------


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film of slides; what is beside it is not to be changed."""
    slides = tmp_path_factory.mktemp("film") / "slides.md"
    slides.write_text(FILM)
    made = kit("media", "narrate", slides)
    assert made.returncode == 0, made.stderr
    return slides.with_suffix(".webm")


@pytest.mark.browser
def test_slides_become_a_film_with_captions_and_chapters(film: Path) -> None:
    said = webvtt.read(str(film.with_suffix(".en.vtt"))).captions
    marks = webvtt.read(str(film.with_suffix(".chapters.vtt"))).captions
    facts = facts_of(film)
    assert [cue.text for cue in said] == ["A NaN.", "Two."]
    assert [cue.text for cue in marks] == ["No cells", "Count"]
    assert said[0].end < marks[0].end == marks[1].start < said[1].start
    assert float(facts["format"]["duration"]) == pytest.approx(seconds(marks[1].end), abs=0.2)
    assert (facts["video"]["codec_name"], facts["audio"]["codec_name"]) == ("vp9", "opus")
    assert facts["video"] | {"width": WIDTH, "height": HEIGHT} == facts["video"]
    assert loudness_of(film) == pytest.approx(LOUDNESS, abs=2)
    assert film.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    files = {"slides.md", "slides.webm", "slides.en.vtt", "slides.chapters.vtt", "slides.png"}
    assert {file.name for file in film.parent.iterdir()} == {*files, "made.json"}


@pytest.mark.browser
def test_the_words_stand_above_the_captions(film: Path) -> None:
    frame = frame_of(film, 1)
    room, foot = frame[:-CAPTIONS_HEIGHT], frame[-CAPTIONS_HEIGHT:]
    assert min(map(min, room)) < 60, "the words are there, dark on white"
    assert min(map(min, foot)) > 240, "nothing stands where captions are shown"
    assert min(row[-1] for row in frame) > 240, "the picture reaches the edge"


@pytest.mark.browser
def test_nothing_is_done_twice(film: Path, tmp_path: Path) -> None:
    """The same slides: nothing to do, in no time. Other files: kept, or made anew."""
    again = shutil.copytree(film.parent, tmp_path / "again") / film.name
    slides, said = again.with_suffix(".md"), again.with_suffix(".en.vtt")
    before = again.stat().st_mtime_ns
    told = json.loads(kit("media", "narrate", slides, "--json").stdout)
    assert (told["new"], told["captions"], told["voice"]) == (False, 2, "flite")
    assert told["lufs"] == pytest.approx(LOUDNESS, abs=2)
    assert again.stat().st_mtime_ns == before
    said.write_text(said.read_text() + "\nNOTE mine\n")
    assert json.loads(kit("media", "narrate", slides, "--json").stdout)["new"]
    assert again.read_bytes() == film.read_bytes(), "the same slides give the same bytes"
    assert "NOTE" not in said.read_text()
    assert "NOTE mine" in said.with_name(f"{said.name}.bak").read_text()


TOO_MUCH = f"{FILM}\n---\n\n## Too much\n\nHERE\n\n<!-- notes: Three. -->\n"


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
def test_a_slide_that_cannot_be_shown_is_named(
    slides: Path, markdown: str, said: str, tmp_path: Path, browser: Browser
) -> None:
    slides.write_text(TOO_MUCH.replace("HERE", markdown))
    last = read_slides(slides)[-1:]
    with pytest.raises(KitError) as caught:
        list(draw_slides_in(browser, last, slides, "en", tmp_path))
    assert f"{slides}, line 17: slide 3 (Too much) " in caught.value.what
    assert said in caught.value.what


@pytest.mark.browser
def test_where_a_slide_cannot_be_shown_the_old_film_stays(slides: Path) -> None:
    film = slides.with_suffix(".webm")
    film.write_bytes(b"the old film")
    slides.write_text(TOO_MUCH.replace("HERE", "![Nothing](no.png)"))
    made = kit("media", "narrate", slides)
    assert made.returncode == 2
    assert "shows a picture that is not there: no.png" in " ".join(made.stderr.split())
    assert "Traceback" not in made.stderr
    assert film.read_bytes() == b"the old film"
    assert sorted(slides.parent.iterdir()) == [slides, film]


@pytest.mark.browser
def test_without_a_browser_it_says_how_to_get_one(slides: Path, tmp_path: Path) -> None:
    path = folder_with(tmp_path, "ffmpeg", "flite")
    made = kit(
        "media", "narrate", slides, PATH=str(path), PLAYWRIGHT_BROWSERS_PATH=str(tmp_path / "none")
    )
    assert made.returncode == 2
    assert "Chromium is not on the path, and Playwright's own does not start" in made.stderr
    assert "sudo apt install chromium, or type make media in the folder of" in made.stderr
    assert "Traceback" not in made.stderr


def test_without_playwright_it_names_what_installs_all(
    slides: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not pip, which an environment that uv made does not have."""
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    made = narrated_here(slides)
    assert made.exit_code == 2
    assert "Playwright is not installed. Type make media in the folder of Lesson Kit" in " ".join(
        made.stderr.split()
    )


def test_make_media_installs_what_narrating_needs() -> None:
    """The packages with Playwright among them, and the programs."""
    root = Path(__file__).parents[1]
    command = ["make", "--dry-run", "--always-make", "media"]
    steps = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    assert "-r requirements-dev.lock" in steps
    assert "tests/need_programs.sh" in steps
    assert "\nplaywright==" in (root / "requirements-dev.lock").read_text()


@pytest.mark.browser
def test_a_browser_that_does_not_start_is_named(slides: Path, tmp_path: Path) -> None:
    path = folder_with(tmp_path, "ffmpeg", "flite", "false")
    (path / "chromium").symlink_to(path / "false")
    made = kit("media", "narrate", slides, PATH=str(path))
    assert made.returncode == 2
    assert f"{path / 'chromium'} does not start" in made.stderr
    assert "Traceback" not in made.stderr


@pytest.mark.parametrize("missing", ["ffmpeg", "flite"])
def test_a_missing_program_is_named_with_its_package(
    slides: Path, tmp_path: Path, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(folder_with(tmp_path, *{"ffmpeg", "flite"} - {missing})))
    made = narrated_here(slides)
    assert made.exit_code == 2
    assert f"{missing} is not installed. Install it: sudo apt install {missing}" in made.stderr


def test_a_film_is_written_as_webm_only(slides: Path) -> None:
    made = narrated_here(slides, "--out", "a.mp4")
    assert made.exit_code == 2
    assert "a.mp4 does not end in .webm. Give it a name such as a.webm." in made.stderr


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """For Chromium's socket, whose path may have 107 characters."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.mark.browser
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_who_is_ended_leaves_the_old_film_and_nothing_half_made(
    how: signal.Signals, slides: Path, tmp_path: Path, short_folder: Path
) -> None:
    work = short_folder
    slides.with_suffix(".webm").write_bytes(b"the old film")
    many = " ".join(["Each of these sentences is spoken."] * 60)
    slides.write_text(f"## Many\n\n<!-- notes: {many} -->\n")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    running = subprocess.Popen(
        [sys.executable, "-m", "kit.cli", "media", "narrate", str(slides)],
        env=os.environ | {"TMPDIR": str(work)}, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_until(lambda: list(work.glob("kit-media-*/slide-01-02.wav")))
    children = psutil.Process(running.pid).children(recursive=True)
    running.send_signal(how)
    assert running.wait(20) != 0
    psutil.wait_procs(children, 20)
    assert not any(child.is_running() for child in children)
    left = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    assert left == before
    if how == signal.SIGINT:
        assert list(work.glob("kit-media-*")) == []
