"""What a film's file says of itself, and how it is told what is wrong with it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.media.container import probe
from tests.film import PICTURE, QUICK_VP9, SOUND, facts_of, ffmpeg, film
from tests.planted.film import tiny_webm


def put(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.parametrize(("ending", "kind"), [(".webm", "WebM"), (".mp4", "MP4"), (".m4v", "MP4")])
def test_a_whole_film_has_a_length_a_picture_and_sound(
    ending: str, kind: str, tmp_path: Path
) -> None:
    path = put(tmp_path, f"a{ending}", film(".webm" if ending == ".webm" else ".mp4"))
    found = probe(path)
    assert (found.kind, found.has_picture, found.has_sound) == (kind, True, True)
    assert found.problem is None
    assert found.seconds == pytest.approx(float(facts_of(path)["format"]["duration"]), abs=0.01)


@pytest.mark.parametrize("name", ["a.m4a", "a.wav", "a.mp3", "a.ogg", "a.webm"])
def test_a_sound_has_no_picture(name: str, tmp_path: Path) -> None:
    ffmpeg(*SOUND, *(("-c:a", "libopus") if name == "a.webm" else ()), tmp_path / name)
    found = probe(tmp_path / name)
    assert (found.has_picture, found.has_sound, found.problem) == (False, True, None)


def test_the_index_of_an_mp4_may_stand_first_or_last(tmp_path: Path) -> None:
    last = put(tmp_path, "last.mp4", film(".mp4"))
    ffmpeg("-i", last, "-c", "copy", "-movflags", "+faststart", tmp_path / "first.mp4")
    assert probe(tmp_path / "first.mp4").seconds == pytest.approx(probe(last).seconds)


@pytest.mark.parametrize("ending", [".webm", ".mp4"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.999])
def test_a_film_that_is_cut_off_is_told(ending: str, share: float, tmp_path: Path) -> None:
    whole = film(ending)
    path = put(tmp_path, f"a{ending}", whole[: int(len(whole) * share)])
    found = probe(path)
    assert found.problem
    assert f"a{ending} is cut off: only its first" in found.problem.what
    assert not found.is_whole


def test_what_is_left_of_a_film_still_tells_its_tracks(tmp_path: Path) -> None:
    found = probe(put(tmp_path, "a.webm", film(".webm")[:9000]))
    assert (found.has_picture, found.has_sound) == (True, True)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.webm", b"", "a.webm is empty: it has 0 bytes."),
        ("a.webm", b"<html>Not found</html>", "a.webm is no film and no sound that browsers play."),
        ("a.mp4", tiny_webm(), "a.mp4 holds WebM, which is not what its name says."),
        ("a.webm", tiny_webm(sound=False), "a.webm has no sound."),
        ("a.webm", tiny_webm(0), "a.webm does not say how long it is"),
        ("a.webm", tiny_webm() + b"\xff" * 9, ""),
        ("a.webm", tiny_webm().replace(b"webm", b"matr"), "a.webm holds Matroska, which not every"),
        ("a.webm", tiny_webm()[:60] + bytes(99), "a.webm is damaged."),
        ("a.mp4", b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\1moov", "a.mp4 is cut off"),
        ("a.mp4", b"\0\0\0\x10ftypisom\0\0\0\0\0\0\0\2moov", "a.mp4 is damaged."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_told(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    problem = probe(put(tmp_path, name, content)).problem
    assert (problem.what if problem else "").startswith(said)
    assert bool(problem) == bool(said)
    assert not problem or problem.mend


def test_real_files_that_browsers_do_not_play_are_told(tmp_path: Path) -> None:
    film_of = (*PICTURE, *SOUND)
    ffmpeg(*film_of, *QUICK_VP9, "-c:a", "libopus", tmp_path / "a.mkv")
    ffmpeg(*film_of, "-c:v", "mpeg4", "-c:a", "mp2", tmp_path / "a.avi")
    ffmpeg(*PICTURE, *QUICK_VP9, tmp_path / "mute.webm")
    assert "holds Matroska" in str(probe(tmp_path / "a.mkv").problem)
    assert "is no film and no sound that browsers play" in str(probe(tmp_path / "a.avi").problem)
    assert "has no sound" in str(probe(tmp_path / "mute.webm").problem)


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.webm")  # to open it would be to wait for ever
    assert "pipe.webm cannot be read" in str(probe(tmp_path / "pipe.webm").problem)
    assert "none.webm cannot be read: No such file" in str(probe(tmp_path / "none.webm").problem)
    assert "cannot be read: it is not a file" in str(probe(tmp_path).problem)


@settings(max_examples=400, deadline=None)
@given(
    ending=st.sampled_from([".webm", ".mp4"]),
    places=st.lists(st.integers(0, 3000), max_size=8),
    values=st.lists(st.integers(0, 255), min_size=8, max_size=8),
    length=st.integers(0, 60_000),
)
def test_no_file_makes_it_fail(
    ending: str, places: list[int], values: list[int], length: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:  # fmt: skip
    """Any bytes changed and the end cut off: an answer, and no exception."""
    content = bytearray(film(ending)[:length])
    for place, value in zip(places, values, strict=False):
        if place < len(content):
            content[place] = value
    found = probe(put(tmp_path_factory.getbasetemp(), f"odd{ending}", bytes(content)))
    assert found.seconds >= 0
