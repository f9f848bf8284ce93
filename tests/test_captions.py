"""Captions: cut so that they can be read, read back, judged, and mended where that is safe."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
import webvtt
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.authoring.film.caption_faults import faults_of
from kit.authoring.film.cues import cues_of_sentence, reading_time, write_vtt
from kit.authoring.film.mend_captions import mend_captions
from kit.cli import main
from kit.media.captions import (
    Captions,
    Cue,
    captions_of,
    chapters_of,
    language_of,
    read_captions,
)
from tests.film import assert_readable

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


# Reading ----------------------------------------------------------------------------------------


def read(folder: Path, content: str | bytes, name: str = "walk.de.vtt") -> Captions:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_captions(path)


TWO = "WEBVTT\n\n00:01.000 --> 00:03.000\nGrüße.\n\n00:03.000 --> 00:05.000\nUnd weiter.\n"


def test_captions_are_read_with_their_language_and_lines(tmp_path: Path) -> None:
    found = read(tmp_path, TWO)
    assert found == Captions("de", (Cue(1, 3, "Grüße."), Cue(3, 5, "Und weiter.")))
    assert [cue.line for cue in found.cues] == [3, 6]


def test_what_is_no_word_is_left_out(tmp_path: Path) -> None:
    text = (
        "\ufeffWEBVTT - by hand\r\nKind: captions\r\n\r\nNOTE a --> b is no time\r\nmore\r\n\r\n"
        "STYLE\r\n::cue { color: red }\r\n\r\nfirst\r\n01:00:00.500 --> 01:00:02.000 line:0\r\n"
        "<v Ada>Is <i>1 &lt; 2</i>?\r\n<00:00:01.000>Yes, <c.red>it</c> is.\r\n"
    )
    found = read(tmp_path, text.replace("a --> b", "a to b"))
    assert found.problem is None
    assert found.cues == (Cue(3600.5, 3602, "Is 1 < 2?\nYes, it is."),)


@pytest.mark.parametrize(
    ("content", "said", "count"),
    [
        (b"", "holds no captions", 0),
        ("WEBVTT\n", "holds no captions", 0),
        (TWO.encode("cp1252"), "is not text in UTF-8; its encoding seems to be Windows-1252", 2),
        (TWO.encode("utf-16"), "is not text in UTF-8; its encoding seems to be UTF-16", 2),
        (TWO.removeprefix("WEBVTT\n\n"), "does not begin with the line WEBVTT", 2),
        (TWO.replace("00:03.000 -->", "3 -->"), "line 6: these are no times of WebVTT", 1),
        (TWO.replace("--> 00:03", "--> 00:01"), "line 3: this caption ends before it begins", 1),
    ],
)
def test_what_is_wrong_with_a_file_is_told(
    content: str | bytes, said: str, count: int, tmp_path: Path
) -> None:
    """And what can be read of it is there."""
    found = read(tmp_path, content)
    assert said in str(found.problem)
    assert found.problem
    assert found.problem.mend
    assert len(found.cues) == count


@pytest.mark.parametrize("hours", ["9" * 400, "9" * 5000])
def test_a_time_that_no_film_has_is_told(tmp_path: Path, hours: str) -> None:
    file = tmp_path / "a.vtt"
    file.write_text(
        f"WEBVTT\n\n{hours}:00:01.000 --> {hours}:00:02.000\nA\n\n00:01.000 --> 00:02.000\nB"
    )
    captions = read_captions(file)
    assert [cue.text for cue in captions.cues] == ["B"]
    assert "a.vtt, line 3: these are no times of WebVTT." in str(captions.problem)


def test_an_entity_of_no_character_is_none(tmp_path: Path) -> None:
    file = tmp_path / "a.vtt"
    file.write_text(f"WEBVTT\n\n00:01.000 --> 00:02.000\nA &#{'9' * 5000}; &amp;\n")
    (cue,) = read_captions(file).cues
    assert cue.text == f"A &#{'9' * 5000}; &"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in str(read_captions(tmp_path / "a.vtt").problem)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("walk.de.vtt", "de"), ("walk.zh-Hans.vtt", "zh-Hans"), ("walk.chapters.vtt", ""),
        ("walk.vtt", ""), ("the-table.vtt", ""),
    ],
)  # fmt: skip
def test_a_name_states_a_language(name: str, language: str) -> None:
    assert language_of(Path(name)) == language


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("", {"de": "m/a.de.vtt", "en": "m/a.en.vtt"}),
        (None, {"de": "m/a.de.vtt", "en": "m/a.en.vtt"}),
        (3, {"de": "m/a.de.vtt", "en": "m/a.en.vtt"}),
        ("m/a.vtt", {"de": "m/a.de.vtt", "en": "m/a.vtt"}),
        ("m/b.fr.vtt", {"de": "m/a.de.vtt", "en": "m/a.en.vtt", "fr": "m/b.fr.vtt"}),
        ({"en": "m/b.en.vtt"}, {"en": "m/b.en.vtt"}),
        ({}, {}),
    ],
)
def test_captions_are_named_or_lie_beside_their_film(
    named: object, found: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "m").mkdir()
    for name in ("a.de.vtt", "a.en.vtt", "a.chapters.vtt", "a.vtt", "ab.en.vtt", "b.en.vtt"):
        (tmp_path / "m" / name).touch()
    assert captions_of(tmp_path, "m/a.webm", named, "en") == found
    assert chapters_of(tmp_path, "m/a.webm", named) == (
        named if named and isinstance(named, str) else "m/a.chapters.vtt"
    )
    assert chapters_of(tmp_path, "m/b.webm", "") == ""


def test_our_own_files_are_read_as_another_reader_does(tmp_path: Path) -> None:
    cues = [Cue(0.5, 1.5, "Is 1 < 2 & 3?"), Cue(59.9, 3661.25, "One.")]
    found = read(tmp_path, write_vtt(cues))
    others = webvtt.read(str(tmp_path / "walk.de.vtt")).captions
    assert found.cues == tuple(cues)
    assert [cue.start for cue in others] == ["00:00:00.500", "00:00:59.900"]


# Judging and mending ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cues", "kinds"),
    [
        ([Cue(0, 2, "A."), Cue(2, 4, "B.")], []),
        ([Cue(2, 4, "A."), Cue(0, 2, "B.")], ["order"]),
        ([Cue(0, 2, "A."), Cue(1, 4, "B.")], ["overlap"]),
        ([Cue(0, 2, "a" * 40)], []),
        ([Cue(0, 1.9, "a" * 40)], ["speed"]),
        ([Cue(0, 0.5, "A.")], ["short"]),
        ([Cue(0, 8, "A.")], ["long"]),
        ([Cue(0, 3, "a" * 43)], ["line"]),
        ([Cue(0, 3, "A.\nB.\nC.")], ["lines"]),
    ],
)
def test_a_fault_is_found(cues: list[Cue], kinds: list[str]) -> None:
    assert [fault.kind for fault in faults_of(cues)] == kinds


def captions_command(path: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["media", "captions", str(path), *options])


BAD = """\
00:00:05,000 --> 00:00:07,000
Später.

00:00:01,000 --> 00:00:03,300
Das ist eine sehr lange Zeile, die auf keinen Schirm passt.

00:00:03,000 --> 00:00:03,500 align:start
Dreißig Zeichen in kurzer Zeit.

00:00:09,000 --> 00:00:09,900
<i>Das sind viel zu viele Zeichen für so wenig Zeit.</i>

00:00:10,000 --> 00:00:12,000
Ende.
"""


def test_what_is_safe_is_mended_and_the_rest_is_told(tmp_path: Path) -> None:
    path = tmp_path / "walk.de.vtt"
    path.write_bytes(BAD.encode("cp1252"))
    said = captions_command(path)
    assert said.exit_code == 1, said.output
    assert path.read_text(encoding="utf-8") == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n"
        "Das ist eine sehr lange Zeile,\ndie auf keinen Schirm passt.\n\n"
        "00:00:03.000 --> 00:00:04.550 align:start\nDreißig Zeichen in kurzer Zeit.\n\n"
        "00:00:05.000 --> 00:00:07.000\nSpäter.\n\n"
        "00:00:09.000 --> 00:00:10.000\n"
        "<i>Das sind viel zu viele Zeichen für so wenig Zeit.</i>\n\n"
        "00:00:10.000 --> 00:00:12.000\nEnde.\n"
    )
    assert (tmp_path / "walk.de.vtt.bak").read_bytes() == BAD.encode("cp1252")
    assert "Saved as UTF-8; it was Windows-1252." in said.output
    assert "caption 4 at 0:09, line 13: 49.0 characters a second; 20 can be read." in said.output
    assert list(tmp_path.glob(".*")) == []


def test_mended_captions_need_no_mending(tmp_path: Path) -> None:
    path = tmp_path / "walk.de.vtt"
    path.write_bytes(BAD.encode("utf-16"))
    mend_captions(path)
    before = path.read_bytes()
    (tmp_path / "walk.de.vtt.bak").unlink()
    assert mend_captions(path).mended == ()
    assert path.read_bytes() == before
    assert not (tmp_path / "walk.de.vtt.bak").exists()


def test_check_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "walk.de.vtt"
    path.write_text(BAD, encoding="utf-8")
    said = captions_command(path, "--check", "--json")
    assert said.exit_code == 1
    record = json.loads(said.stdout)
    assert record["backup"] is None
    assert len(record["mended"]) == 5
    left = [(fault["cue"], fault["kind"]) for fault in record["left"]]
    assert left == [(1, "speed"), (4, "speed"), (4, "line")]
    assert path.read_text(encoding="utf-8") == BAD
    assert list(tmp_path.iterdir()) == [path]


def test_captions_without_a_fault_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "walk.de.vtt"
    path.write_text(TWO, encoding="utf-8")
    said = captions_command(path)
    assert (said.exit_code, list(tmp_path.iterdir())) == (0, [path])
    assert said.output == f"{path}: nothing is left to mend.\n"


CLOSE = """\
WEBVTT
Kind: captions
00:00:05.000 --> 00:00:07.000
Later.

00:00:01.000 --> 00:00:02.000 align:start
First.
00:00:02.000 --> 00:00:03.000
Second.
"""


def test_captions_that_no_blank_line_separates_are_told_apart(tmp_path: Path) -> None:
    """As browsers do: after the header, and after another caption."""
    path = tmp_path / "walk.en.vtt"
    path.write_text(CLOSE)
    said = captions_command(path)
    assert said.exit_code == 0, said.output
    assert path.read_text() == (
        "WEBVTT\nKind: captions\n\n00:00:01.000 --> 00:00:02.000 align:start\nFirst.\n\n"
        "00:00:02.000 --> 00:00:03.000\nSecond.\n\n00:00:05.000 --> 00:00:07.000\nLater.\n"
    )
    assert "2 captions have a blank line above them." in said.output
    assert "3 captions put in order." in said.output
    assert mend_captions(path).mended == ()


def test_times_that_cannot_be_read_are_told_apart_too(tmp_path: Path) -> None:
    path = tmp_path / "walk.en.vtt"
    path.write_text(TWO + "5 --> 7\nLost.\n")
    said = captions_command(path)
    assert said.exit_code == 1
    assert "line 9: These are no times of WebVTT." in said.output
    assert "caption" not in said.output.split("left for you:")[1]
    assert path.read_text().endswith("Und weiter.\n\n5 --> 7\nLost.\n")


def test_a_backup_that_is_there_stays(tmp_path: Path) -> None:
    """The user's own, or the file as it was before the first mending."""
    path, own = tmp_path / "walk.de.vtt", tmp_path / "walk.de.vtt.bak"
    own.write_text("mine")
    for text in (BAD, BAD.replace("Ende", "Schluss"), BAD):
        path.write_text(text, encoding="utf-8")
        said = captions_command(path)
    assert own.read_text() == "mine"
    assert (tmp_path / "walk.de.vtt.2.bak").read_text(encoding="utf-8") == BAD
    assert "Schluss" in (tmp_path / "walk.de.vtt.3.bak").read_text(encoding="utf-8")
    assert f"As it was, it is kept as {path}.2.bak." in said.output
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TWO, BAD], ids=["WebVTT", "SubRip"])
def test_captions_in_utf_16_without_its_mark_are_read(
    text: str, encoding: str, tmp_path: Path
) -> None:
    path, other = tmp_path / "walk.de.vtt", tmp_path / "other.de.vtt"
    path.write_bytes(text.encode(encoding))
    other.write_text(text, encoding="utf-8")
    said = captions_command(path)
    captions_command(other)
    assert "Saved as UTF-8; it was UTF-16." in said.output
    assert read_captions(path) == read_captions(other)


def test_subrip_becomes_webvtt_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "walk.de.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,500\nHallo.\n")
    assert captions_command(path).exit_code == 0
    found = read_captions(tmp_path / "walk.de.vtt")
    assert (found.cues, found.problem) == ((Cue(1, 2.5, "Hallo."),), None)
    assert path.read_text().startswith("1\n00:00:01,000")


def test_chapters_may_be_long(tmp_path: Path) -> None:
    path = tmp_path / "walk.chapters.vtt"
    path.write_text(write_vtt([Cue(0, 60, "One"), Cue(60, 99, "Two")]))
    assert captions_command(path).exit_code == 0


def test_a_chapter_without_its_times_is_told(tmp_path: Path) -> None:
    path = tmp_path / "walk.chapters.vtt"
    path.write_text(write_vtt([Cue(0, 60, "One")]) + "\n60 --> 99\nTwo\n")
    said = captions_command(path)
    assert said.exit_code == 1
    assert "line 7: These are no times of WebVTT." in said.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be used: No such file"),
        (b"", "holds no captions. Write WebVTT:"),
        (b"\x1aE\xdf\xa3", "holds no captions. Write WebVTT:"),
        ("Grüße".encode("cp1252"), "holds no captions. Write WebVTT:"),
    ],
)
def test_what_is_no_captions_file_is_refused(
    content: bytes | None, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "walk.vtt"
    if content is not None:
        path.write_bytes(content)
    refused = captions_command(path)
    assert refused.exit_code == 2
    assert said in " ".join(refused.output.split())
    assert "kit media" not in refused.output, "that is what was typed"


CAPTION = st.tuples(
    st.floats(0, 60), st.floats(0.1, 9), st.text("ab ,<&é", min_size=1, max_size=120)
).filter(lambda caption: caption[2].strip() != "")


@settings(max_examples=200, deadline=None)
@given(given_captions=st.lists(CAPTION, min_size=1, max_size=8))
def test_mending_changes_no_word_and_no_beginning(
    given_captions: list[tuple[float, float, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.vtt"
    made = (Cue(start, start + long, text) for start, long, text in given_captions)
    path.write_text(write_vtt(made), encoding="utf-8")
    before = read_captions(path).cues
    mend_captions(path)
    told = [(cue.start, cue.text.split()) for cue in sorted(before, key=lambda cue: cue.start)]
    after = [(cue.start, cue.text.split()) for cue in read_captions(path).cues]
    assert sorted(after) == sorted(told)
    assert [start for start, _words in after] == sorted(start for start, _words in after)
