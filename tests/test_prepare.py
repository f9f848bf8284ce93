"""A recorded film becomes what browsers play; whatever ends the work, no half-made file is left."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import psutil
import pytest

from kit.authoring.film.loudness import LOUDNESS
from kit.authoring.film.made import inputs_of, is_made, put_in_place, read_record
from kit.authoring.film.prepare import probe
from kit.errors import KitError
from kit.media import container
from kit.media.captions import read_captions
from tests.conftest import wait_until
from tests.film import PICTURE, SOUND, facts_of, ffmpeg, folder_with, kit, loudness_of

CHAPTERS = """\
;FFMETADATA1
[CHAPTER]
TIMEBASE=1/1000
START=0
END=2000
title=Rows & columns
[CHAPTER]
TIMEBASE=1/1000
START=2000
END=3000
"""
PREPARE = (sys.executable, "-m", "kit.cli", "media", "prepare")
LONG = ("-f", "lavfi", "-i", "testsrc2=s=1280x720:r=30:d=8")


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A quiet film of 3 s, larger than ours, with two chapters, of a kind no browser plays."""
    (tmp_path / "meta.txt").write_text(CHAPTERS)
    target = tmp_path / "recorded" / "walk.mkv"
    target.parent.mkdir()
    ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=1600x1200:r=4:d=3"), *SOUND,
        *("-i", tmp_path / "meta.txt", "-map_metadata", "2", "-c:v", "mpeg4", "-q:v", "3", target),
    )  # fmt: skip
    return target


def prepared(*arguments: str | Path) -> dict[str, object]:
    done = kit("media", "prepare", *arguments, "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert isinstance(record, dict)
    return record


def test_a_recording_becomes_what_browsers_play(recording: Path, tmp_path: Path) -> None:
    out = tmp_path / "media"
    made = prepared(recording, "--out", out)
    assert made["new"] is True
    names = {"walk.webm", "walk.mp4", "walk.png", "walk.chapters.vtt"}
    assert {file.name for file in out.iterdir()} == {*names, "made.json"}
    for name, codecs in (("walk.webm", ("vp9", "opus")), ("walk.mp4", ("h264", "aac"))):
        facts = facts_of(out / name)
        assert (facts["video"]["codec_name"], facts["audio"]["codec_name"]) == codecs
        assert (facts["video"]["width"], facts["video"]["height"]) == (960, 720)
        assert container.probe(out / name).problem is None
        assert loudness_of(out / name) == pytest.approx(LOUDNESS, abs=1)
    marks = read_captions(out / "walk.chapters.vtt").cues
    assert [(cue.start, cue.text) for cue in marks] == [(0, "Rows & columns"), (2, "Part 2")]
    assert (out / "walk.png").read_bytes().startswith(b"\x89PNG")
    assert_nothing_is_done_twice(recording, out)


def assert_nothing_is_done_twice(recording: Path, out: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in out.iterdir()}
    assert prepared(recording, "--out", out)["new"] is False
    assert {file: file.stat().st_mtime_ns for file in out.iterdir()} == before
    assert prepared(recording, "--out", out, "--poster", "0:02")["new"] is True
    (out / "walk.mp4").unlink()
    assert prepared(recording, "--out", out, "--poster", "0:02")["new"] is True
    assert list(out.glob("*.bak")) == []


def test_a_film_fits_into_its_budget(recording: Path, tmp_path: Path) -> None:
    prepared(recording, "--out", tmp_path, "--budget", "0.1")
    for name in ("walk.webm", "walk.mp4"):
        assert 30_000 < (tmp_path / name).stat().st_size <= 100_000
        assert container.probe(tmp_path / name).seconds == pytest.approx(3, abs=0.1)


def test_a_sound_becomes_a_sound(tmp_path: Path) -> None:
    ffmpeg(*SOUND, tmp_path / "talk.wav")
    prepared(tmp_path / "talk.wav")
    for name, codec in (("talk.webm", "opus"), ("talk.m4a", "aac")):
        assert facts_of(tmp_path / name)["audio"]["codec_name"] == codec
        assert loudness_of(tmp_path / name) == pytest.approx(LOUDNESS, abs=1)
    assert not (tmp_path / "talk.png").exists()


def test_a_film_without_sound_is_made_and_told(tmp_path: Path) -> None:
    ffmpeg(*PICTURE, tmp_path / "mute.avi")
    done = kit("media", "prepare", tmp_path / "mute.avi")
    assert done.returncode == 0, done.stderr
    assert "0:03 long, and nothing to be heard." in done.stdout


def test_a_recording_that_does_not_tell_its_length_is_measured(tmp_path: Path) -> None:
    live = tmp_path / "live.webm"
    encoders = ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus")
    ffmpeg(*PICTURE, *SOUND, *encoders, "-f", "webm", "-live", "1", live)
    assert "does not say how long it is" in str(container.probe(live).problem)
    assert probe(live).seconds == pytest.approx(3, abs=0.2)


# What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.mp4", None, "none.mp4 cannot be read: No such file or directory."),
        ("empty.mp4", b"", "empty.mp4 is empty: it has 0 bytes."),
        ("page.mp4", b"<html>", "page.mp4 is no film and no sound that ffmpeg can read."),
        ("half.mp4", b"\0\0\0\x10ftypisom\0\0\0\0\0\1\0\0moov", "half.mp4 is cut off"),
    ],
)
def test_what_is_no_whole_film_is_refused(
    name: str, content: bytes | None, said: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = kit("media", "prepare", tmp_path / name, "--out", tmp_path / "media")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "media").exists()


def test_the_original_is_never_written_over(tmp_path: Path) -> None:
    ffmpeg(*PICTURE, *SOUND, tmp_path / "walk.mp4")
    before = (tmp_path / "walk.mp4").read_bytes()
    done = kit("media", "prepare", tmp_path / "walk.mp4")
    assert done.returncode == 2
    assert "walk.mp4 would be written over by what is made of it." in done.stderr
    assert (tmp_path / "walk.mp4").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--poster", "soon"), "'soon' is no time of a film."),
        (("--poster", "9:00"), "has no picture at second 540: it has 3."),
        (("--budget", "0.1"), ""),
    ],
)
def test_what_cannot_be_had_is_said(
    options: tuple[str, str], said: str, recording: Path, tmp_path: Path
) -> None:
    if not said:
        ffmpeg(*PICTURE, "-f", "lavfi", "-i", "sine=d=20", recording)
        said = "seconds do not fit into 0.1 MB. Make it shorter"
    done = kit("media", "prepare", recording, "--out", tmp_path / "media", *options)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())
    assert not (tmp_path / "media").exists()


@pytest.mark.parametrize("missing", ["ffmpeg", "ffprobe"])
def test_a_missing_program_is_named_with_its_package(missing: str, tmp_path: Path) -> None:
    (tmp_path / "a.mkv").write_bytes(b"")
    ffmpeg(*SOUND, tmp_path / "a.wav")
    path = folder_with(tmp_path, *{"ffmpeg", "ffprobe"} - {missing})
    done = kit("media", "prepare", tmp_path / "a.wav", PATH=str(path))
    assert done.returncode == 2
    assert f"{missing} is not installed. Install it: sudo apt install ffmpeg" in done.stderr


# What ends the work -----------------------------------------------------------------------------


@pytest.fixture
def long_recording(tmp_path: Path) -> Path:
    target = tmp_path / "recorded" / "walk.avi"
    target.parent.mkdir()
    ffmpeg(*LONG, "-c:v", "mpeg4", target)
    return target


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """A folder with the films of before."""
    folder = tmp_path / "media"
    folder.mkdir()
    for name in ("walk.webm", "walk.mp4", "walk.png"):
        (folder / name).write_bytes(b"the old " + name.encode())
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def start(recording: Path, media: Path, work: Path) -> subprocess.Popen[bytes]:
    """``kit media prepare``, once its ffmpeg has written the beginning of a film."""
    work.mkdir()
    command = [*PREPARE, str(recording), "--out", str(media)]
    running = subprocess.Popen(
        command, env=os.environ | {"TMPDIR": str(work)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_until(lambda: any(file.stat().st_size for file in work.glob("*/walk.webm")))
    return running


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_who_is_ended_leaves_the_old_films_and_nothing_half_made(
    how: signal.Signals, long_recording: Path, media: Path, tmp_path: Path
) -> None:
    before, work = contents(media), tmp_path / "work"
    running = start(long_recording, media, work)
    children = psutil.Process(running.pid).children(recursive=True)
    assert [child.name() for child in children] == ["ffmpeg"]
    running.send_signal(how)
    assert running.wait(20) != 0
    psutil.wait_procs(children, 20)
    assert not any(child.is_running() for child in children)
    assert contents(media) == before
    if how == signal.SIGINT:
        assert list(work.iterdir()) == []


def test_what_a_kill_left_in_the_temporary_folder_goes_with_the_next_work(tmp_path: Path) -> None:
    ffmpeg(*SOUND, tmp_path / "talk.wav")
    work = tmp_path / "work"
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, other = work / f"kit-media-{ended.pid}-x", work / f"kit-media-{os.getpid()}-x"
    for folder in (left, other):
        folder.mkdir(parents=True)
    kit("media", "prepare", tmp_path / "talk.wav", TMPDIR=str(work))
    assert list(work.iterdir()) == [other], "that of a running process stays"


@pytest.mark.parametrize("most", [30_000, 90_000])
def test_a_full_disk_leaves_the_old_films(
    most: int, recording: Path, media: Path, tmp_path: Path
) -> None:
    """No file may grow beyond some bytes: what ffmpeg meets is what a full disk does to it."""
    before, work = contents(media), tmp_path / "work"
    work.mkdir()
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most))
    command = [*PREPARE, str(recording), "--out", str(media)]
    done = subprocess.run(
        command, env=os.environ | {"TMPDIR": str(work)}, preexec_fn=limit, timeout=120,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert contents(media) == before
    assert list(work.iterdir()) == []


# The record -------------------------------------------------------------------------------------


def test_all_files_are_put_in_place_or_none(tmp_path: Path) -> None:
    """One of them cannot be written: a folder has its name."""
    work, media = tmp_path / "work", tmp_path / "media"
    for folder in (work, media / ".b.vtt.part"):
        folder.mkdir(parents=True)
    for name in ("a.webm", "b.vtt"):
        (work / name).write_text("new")
        (media / name).write_text("old")
    inputs = inputs_of(media, [work / "a.webm"], {})
    with pytest.raises(KitError, match="cannot be written: Is a directory"):
        put_in_place([work / "a.webm", work / "b.vtt"], media, inputs, {})
    assert (media / "a.webm").read_text() == "old"
    assert {file.name for file in media.iterdir()} == {"a.webm", "b.vtt", ".b.vtt.part"}


def test_a_file_that_somebody_else_made_is_kept(tmp_path: Path) -> None:
    work, media = tmp_path / "work", tmp_path / "media"
    work.mkdir()
    media.mkdir()
    (media / "a.webm").write_text("mine")
    inputs = inputs_of(media, [], {"number": 1})
    for text in ("first", "second"):
        (work / "a.webm").write_text(text)
        put_in_place([work / "a.webm"], media, inputs, {})
    assert (media / "a.webm").read_text() == "second"
    assert (media / "a.webm.bak").read_text() == "mine"


def test_a_record_is_of_content_and_not_of_times(tmp_path: Path) -> None:
    source, media, work = tmp_path / "s.md", tmp_path / "media", tmp_path / "work"
    work.mkdir()
    source.write_text("one")
    (work / "a.webm").write_text("film")
    inputs = inputs_of(media, [source], {"voice": "flite"})
    put_in_place([work / "a.webm"], media, inputs, {})
    os.utime(source, (1, 1))
    assert is_made(media, ["a.webm"], inputs_of(media, [source], {"voice": "flite"}))
    assert not is_made(media, ["a.webm"], inputs_of(media, [source], {"voice": "piper"}))
    assert not is_made(media, ["a.webm", "a.png"], inputs)
    source.write_text("two")
    assert not is_made(media, ["a.webm"], inputs_of(media, [source], {"voice": "flite"}))


@pytest.mark.parametrize("text", ["", "[]", '{"a.webm": 1}', "{", "\xff"])
def test_a_damaged_record_means_that_all_is_made_anew(text: str, tmp_path: Path) -> None:
    (tmp_path / "made.json").write_text(text, encoding="latin-1")
    assert read_record(tmp_path) == {}
    assert not is_made(tmp_path, ["a.webm"], {})
