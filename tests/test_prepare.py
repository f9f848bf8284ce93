"""A recorded film becomes what browsers play; whatever ends the work, no half-made file is left."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner, Result

from kit.authoring.film import encode as films
from kit.authoring.film.encode import Source, encode, make_poster
from kit.authoring.film.loudness import LOUDNESS
from kit.authoring.film.made import inputs_of, is_made, put_in_place, read_record, workshop
from kit.authoring.film.prepare import PrepareOrder, ask_ffprobe, prepare
from kit.cli import main
from kit.errors import KitError
from kit.media.captions import read_captions
from kit.media.container import probe
from tests.conftest import wait_until
from tests.film import PICTURE, SOUND, facts_of, ffmpeg, folder_with, loudness_of

CHAPTERS = """\
;FFMETADATA1
[CHAPTER]
TIMEBASE=1/1000
START=0
END=1000
title=Rows & columns
[CHAPTER]
TIMEBASE=1/1000
START=1000
END=2000
"""
SECOND = ("-f", "lavfi", "-i", "testsrc2=s=160x90:r=5:d=1")
"""A picture of one second, soon encoded."""

PREPARE = (sys.executable, "-m", "kit.cli", "media", "prepare")


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quiet film of 2 s, larger than ours, with two chapters, of a kind no browser plays."""
    folder = tmp_path_factory.mktemp("recorded")
    (folder / "meta.txt").write_text(CHAPTERS)
    target = folder / "walk.mkv"
    ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=s=1600x1200:r=2:d=2"), *SOUND,
        *("-i", folder / "meta.txt", "-map_metadata", "2", "-c:v", "mpeg4", "-q:v", "3"),
        *("-t", "2", target),
    )  # fmt: skip
    return target


@pytest.fixture(scope="module")
def made(recording: Path) -> Path:
    """The folder with what the recording became; not to be written to."""
    out = recording.parent / "media"
    assert prepared(recording, "--out", out)["new"] is True
    return out


def kit_prepare(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["media", "prepare", *map(str, arguments)])


def prepared(*arguments: str | Path) -> dict[str, object]:
    done = kit_prepare(*arguments, "--json")
    assert done.exit_code == 0, done.stderr
    record = json.loads(done.stdout)
    assert isinstance(record, dict)
    return record


def test_a_recording_becomes_what_browsers_play(made: Path) -> None:
    for name, codecs in (("walk.webm", ("vp9", "opus")), ("walk.mp4", ("h264", "aac"))):
        facts = facts_of(made / name)
        assert (facts["video"]["codec_name"], facts["audio"]["codec_name"]) == codecs
        assert (facts["video"]["width"], facts["video"]["height"]) == (960, 720)
        assert probe(made / name).problem is None
        assert loudness_of(made / name) == pytest.approx(LOUDNESS, abs=1)


def test_with_its_poster_its_chapters_and_a_record(made: Path) -> None:
    marks = read_captions(made / "walk.chapters.vtt").cues
    assert [(cue.start, cue.text) for cue in marks] == [(0, "Rows & columns"), (1, "Part 2")]
    assert (made / "walk.png").read_bytes().startswith(b"\x89PNG")
    names = {"walk.webm", "walk.mp4", "walk.png", "walk.chapters.vtt"}
    assert {file.name for file in made.iterdir()} == {*names, "made.json"}


def test_nothing_is_done_twice(tmp_path: Path) -> None:
    source, out = tmp_path / "walk.avi", tmp_path / "media"
    ffmpeg(*SECOND, *SOUND, "-t", "1", source)
    assert prepared(source, "--out", out)["new"] is True
    before = {file: file.stat().st_mtime_ns for file in out.iterdir()}
    assert prepared(source, "--out", out)["new"] is False
    assert {file: file.stat().st_mtime_ns for file in out.iterdir()} == before
    assert prepared(source, "--out", out, "--poster", "0:00.5")["new"] is True
    assert list(out.glob("*.bak")) == []


@pytest.mark.parametrize(
    ("inputs", "budget", "names"),
    [
        ((*PICTURE, *SOUND, "-t", "1"), 24_000, ("walk.webm", "walk.mp4")),
        ((*SOUND, "-t", "1"), 9_000, ("walk.webm", "walk.m4a")),
    ],
    ids=["film", "sound"],
)
def test_what_is_made_fits_into_its_budget(
    inputs: Sequence[str], budget: int, names: Sequence[str], tmp_path: Path
) -> None:
    ffmpeg(*inputs, tmp_path / "walk.mkv")
    long = ask_ffprobe(tmp_path / "walk.mkv").seconds
    media = tmp_path / "media"
    prepare(PrepareOrder(tmp_path / "walk.mkv", media, budget), told_to_nobody)
    for name in names:
        assert budget / 2 < (media / name).stat().st_size <= budget
        assert probe(media / name).seconds == pytest.approx(long, abs=0.1)


def told_to_nobody(_what: str, _done: float, _total: float) -> None:
    pass


def test_a_sound_becomes_a_sound(tmp_path: Path) -> None:
    ffmpeg(*SOUND, tmp_path / "talk.wav")
    prepared(tmp_path / "talk.wav")
    for name, codec in (("talk.webm", "opus"), ("talk.m4a", "aac")):
        assert facts_of(tmp_path / name)["audio"]["codec_name"] == codec
        assert loudness_of(tmp_path / name) == pytest.approx(LOUDNESS, abs=1)
    assert not (tmp_path / "talk.png").exists()


def test_a_film_without_sound_is_made_and_told(tmp_path: Path) -> None:
    ffmpeg(*SECOND, tmp_path / "mute.avi")
    done = kit_prepare(tmp_path / "mute.avi")
    assert done.exit_code == 0, done.stderr
    assert "0:01 long, and nothing to be heard." in done.stdout


def test_a_recording_that_does_not_tell_its_length_is_measured(tmp_path: Path) -> None:
    live = tmp_path / "live.webm"
    encoders = ("-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus")
    ffmpeg(*SECOND, *SOUND, *encoders, "-t", "1", "-f", "webm", "-live", "1", live)
    assert "does not say how long it is" in str(probe(live).problem)
    assert ask_ffprobe(live).seconds == pytest.approx(1, abs=0.2)


def test_a_poster_is_made_of_its_picture_and_of_none_that_follows(tmp_path: Path) -> None:
    """Or all of a film would wait in the memory, decoded."""
    still, film = tmp_path / "still.png", tmp_path / "film.png"
    for seconds, target in ((0.1, still), (2, film)):
        make_poster(("-f", "lavfi", "-i", f"testsrc2=s=160x90:r=10:d={seconds}"), target, 16)
    assert film.read_bytes() == still.read_bytes()


@pytest.mark.parametrize("name", ["intro:1", "-dash", "a%d", "a%03d b'{}"])
def test_a_film_may_have_any_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a protocol, of an option, of a row of pictures: ffmpeg is to take it for none of these."""
    monkeypatch.chdir(tmp_path)
    ffmpeg(*PICTURE, *SOUND, "-t", "1", "walk.mov")
    os.rename("walk.mov", f"{name}.mov")
    prepare(PrepareOrder(Path(f"{name}.mov"), Path(), 24_000), told_to_nobody)
    names = {f"{name}{ending}" for ending in (".mov", ".webm", ".mp4", ".png")}
    assert {file.name for file in tmp_path.iterdir()} == {*names, "made.json"}


@pytest.mark.parametrize("name", ["walk.mov", "walk.ts"])
def test_when_the_last_picture_has_begun_the_poster_is_that(name: str, tmp_path: Path) -> None:
    """Also where the sound goes on for longer, as players show it then."""
    source, posters = tmp_path / name, set()
    ffmpeg(*SECOND, *SOUND, source)
    for second in (0.8, 1.1, 2.98):
        order = PrepareOrder(source, tmp_path / "media", poster=second)
        prepare(order, told_to_nobody)
        ffmpeg("-i", tmp_path / "media" / "walk.png", "-pix_fmt", "rgb24", tmp_path / "shown.ppm")
        posters.add((tmp_path / "shown.ppm").read_bytes())
    assert len(posters) == 1


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
    done = kit_prepare(tmp_path / name, "--out", tmp_path / "media")
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "media").exists()


def test_the_original_is_never_written_over(tmp_path: Path) -> None:
    ffmpeg(*SECOND, tmp_path / "walk.mp4")
    before = (tmp_path / "walk.mp4").read_bytes()
    done = kit_prepare(tmp_path / "walk.mp4")
    assert done.exit_code == 2
    assert "walk.mp4 would be written over by what is made of it." in done.stderr
    assert (tmp_path / "walk.mp4").read_bytes() == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--poster", "soon"), "'soon' is no time of a film."),
        (("--poster", "9:00"), "has no picture at second 540: it has 2."),
        (("--budget", "nan"), "nan is no size of a film."),
        (("--budget", "inf"), "inf is no size of a film."),
        (("--budget", "1e303"), "1e+303 is no size of a film."),
    ],
)
def test_what_cannot_be_had_is_said(
    options: tuple[str, str], said: str, recording: Path, tmp_path: Path
) -> None:
    done = kit_prepare(recording, "--out", tmp_path / "media", *options)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
    assert not (tmp_path / "media").exists()


def test_what_does_not_fit_is_said(tmp_path: Path) -> None:
    ffmpeg("-f", "lavfi", "-i", "sine=d=16", tmp_path / "walk.wav")
    done = kit_prepare(tmp_path / "walk.wav", "--out", tmp_path / "media", "--budget", "0.1")
    assert done.exit_code == 2
    assert "16 seconds do not fit into 0.1 MB. Make it shorter" in " ".join(done.stderr.split())
    assert not (tmp_path / "media").exists()


def test_a_budget_that_leaves_nothing_for_the_picture_is_refused(tmp_path: Path) -> None:
    ffmpeg(*SECOND, *SOUND, tmp_path / "walk.mkv")
    with pytest.raises(KitError, match=r"walk\.webm: 3 seconds do not fit"):
        prepare(PrepareOrder(tmp_path / "walk.mkv", tmp_path / "media", 9_000), told_to_nobody)
    assert not (tmp_path / "media").exists()


@pytest.mark.parametrize("missing", ["ffmpeg", "ffprobe"])
def test_a_missing_program_is_named_with_its_package(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ffmpeg(*SOUND, tmp_path / "a.wav")
    path = folder_with(tmp_path, *{"ffmpeg", "ffprobe"} - {missing})
    monkeypatch.setenv("PATH", str(path))
    done = kit_prepare(tmp_path / "a.wav")
    assert done.exit_code == 2
    assert f"{missing} is not installed. Install it: sudo apt install ffmpeg" in done.stderr


# What ffmpeg leaves -----------------------------------------------------------------------------

CUT = """#!/bin/sh
FFMPEG "$@" || exit
for target; do :; done
truncate -s -2000 "${target#file:}"
"""


@pytest.mark.parametrize("sound", [(), ("-map", "1:a")], ids=["silent", "with sound"])
def test_a_film_that_is_cut_off_is_refused(
    sound: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stand-in for a version of ffmpeg that does not fail where the disk is full."""
    program = tmp_path / "ffmpeg"
    program.write_text(CUT.replace("FFMPEG", str(shutil.which("ffmpeg"))))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    source = Source((*SECOND, *SOUND), ("-map", "0:v"), (), sound, 1)
    with pytest.raises(KitError, match=r"is not whole\. walk\.webm is cut off"):
        encode(source, films.WEBM, tmp_path / "walk.webm", None, lambda _second: None)


@pytest.mark.parametrize("sound", [(), ("-map", "1:a")], ids=["silent", "with sound"])
def test_a_film_without_its_length_is_refused(sound: Sequence[str], tmp_path: Path) -> None:
    unfinished = replace(films.WEBM, container=("-live", "1"))
    source = Source((*SECOND, *SOUND), ("-map", "0:v"), (), sound, 1)
    with pytest.raises(KitError, match=r"is not whole\. walk\.webm does not say how long"):
        encode(source, unfinished, tmp_path / "walk.webm", None, lambda _second: None)


# What ends the work -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long_recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small and restless: its first bytes are soon written, and its last ones are not."""
    target = tmp_path_factory.mktemp("long") / "walk.avi"
    noise = "color=gray:s=160x90:r=30:d=30,noise=alls=100:allf=t"
    ffmpeg("-f", "lavfi", "-i", noise, "-c:v", "mpeg4", "-q:v", "20", target)
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


def test_what_a_kill_left_in_the_temporary_folder_goes_with_the_next_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, other = tmp_path / f"kit-media-{ended.pid}-x", tmp_path / f"kit-media-{os.getpid()}-x"
    for folder in (left, other):
        folder.mkdir()
    with workshop() as work:
        assert set(tmp_path.iterdir()) == {other, work}, "that of a running process stays"


@pytest.mark.parametrize("most", [30_000, 100_000], ids=["first film", "second film"])
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
    (media / "a.webm").write_text("mine, too")
    (work / "a.webm").write_text("third")
    put_in_place([work / "a.webm"], media, inputs, {})
    assert (media / "a.webm.bak").read_text() == "mine"
    assert (media / "a.webm.2.bak").read_text() == "mine, too"


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
    assert not is_made(media, ["a.webm", "a.png"], inputs), "one was taken away"
    source.write_text("two")
    assert not is_made(media, ["a.webm"], inputs_of(media, [source], {"voice": "flite"}))


@pytest.mark.parametrize("text", ["", "[]", '{"a.webm": 1}', "{", "\xff"])
def test_a_damaged_record_means_that_all_is_made_anew(text: str, tmp_path: Path) -> None:
    (tmp_path / "made.json").write_text(text, encoding="latin-1")
    assert read_record(tmp_path) == {}
    assert not is_made(tmp_path, ["a.webm"], {})
