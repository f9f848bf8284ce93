"""A file is written whole or not at all, whatever ends the work."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kit.authoring.film.made import inputs_of, put_in_place
from kit.authoring.film.mend_captions import mend_captions
from kit.authoring.lint.course_ids import record
from kit.authoring.new import new_assignment, new_course, new_lesson
from kit.course import load_course
from kit.errors import KitError
from kit.exchange import write_lines
from kit.whole_file import replace_file, replace_files
from tests.conftest import wait_until

WRITER = """
import sys
from pathlib import Path
from kit.whole_file import replace_file
replace_file(Path(sys.argv[1]), Path("/dev/stdin"))
"""


@contextmanager
def full_disk(room: int) -> Iterator[None]:
    """No file may grow beyond some bytes: what a writer meets is what a full disk does to it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_text_its_bytes_or_a_copy_take_the_place_of_the_file(tmp_path: Path) -> None:
    place, other = tmp_path / "a.txt", tmp_path / "other"
    other.write_bytes(b"third")
    for content, wanted in (
        ("fürst\r\n", "fürst\r\n".encode()),
        (b"\xff", b"\xff"),
        (other, b"third"),
    ):
        assert replace_file(place, content) is None
        assert contents(tmp_path) == {"a.txt": wanted, "other": b"third"}


def test_the_file_of_before_is_kept_where_there_is_one(tmp_path: Path) -> None:
    place = tmp_path / "a.txt"
    assert replace_file(place, "one", keep_backup=True) is None
    assert replace_file(place, "two", keep_backup=True) == tmp_path / "a.txt.bak"
    assert contents(tmp_path) == {"a.txt": b"two", "a.txt.bak": b"one"}


def test_a_backup_that_is_there_stays(tmp_path: Path) -> None:
    """It may be the only good one, or somebody's own: the next one gets a number."""
    place, own = tmp_path / "a.txt", tmp_path / "own"
    own.write_text("own")
    (tmp_path / "a.txt.bak").symlink_to(own)
    (tmp_path / "a.txt.2.bak").mkdir()
    kept = {}
    for text in ("one", "two", "one", "three"):
        kept[text] = replace_file(place, text, keep_backup=True)
    assert kept == {
        "one": tmp_path / "a.txt.4.bak",
        "two": tmp_path / "a.txt.3.bak",
        "three": tmp_path / "a.txt.3.bak",
    }
    assert (tmp_path / "a.txt.3.bak").read_text() == "one", "the same is not kept twice"
    assert (tmp_path / "a.txt.bak").is_symlink()
    assert own.read_text() == "own"


def test_the_mode_of_the_old_file_stays(tmp_path: Path) -> None:
    """And the copy of it is not for more eyes than it was."""
    place, usual = tmp_path / "a.txt", tmp_path / "usual"
    usual.touch()
    replace_file(place, "old")
    assert mode_of(place) == mode_of(usual)
    place.chmod(0o640)
    replace_file(place, "new", keep_backup=True)
    assert mode_of(place) == mode_of(tmp_path / "a.txt.bak") == 0o640


def test_a_link_gives_way_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    kept, place = tmp_path / "kept", tmp_path / "a.txt"
    kept.write_text("kept")
    kept.chmod(0o400)
    place.symlink_to(kept)
    replace_file(place, "new")
    assert not place.is_symlink()
    assert mode_of(place) != 0o400
    assert contents(tmp_path) == {"kept": b"kept", "a.txt": b"new"}


def test_killed_in_the_middle_the_old_file_is_there(tmp_path: Path) -> None:
    """What is copied comes from a pipe, and its writer is killed before all of it came."""
    place, part = tmp_path / "a.txt", tmp_path / ".a.txt.part"
    place.write_text("old")
    command = [sys.executable, "-c", WRITER, str(place)]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0)
    assert writer.stdin
    writer.stdin.write(b"new " * 100_000)
    wait_until(lambda: part.is_file() and part.stat().st_size > 0)
    writer.kill()
    assert writer.wait() != 0
    assert place.read_text() == "old"
    replace_file(place, "new")
    assert contents(tmp_path) == {"a.txt": b"new"}, "what was left goes with the next"
    writer.stdin.close()


def test_files_that_belong_together_take_their_places_together(tmp_path: Path) -> None:
    """The second cannot be written: what would be beside it is somebody's folder."""
    one, two = tmp_path / "one", tmp_path / "two"
    for place in (one, two):
        place.write_text("old")
    (tmp_path / ".two.part").mkdir()
    with pytest.raises(OSError, match=f"{two}'"):
        replace_files({one: "new", two: "new"})
    assert contents(tmp_path) == {"one": b"old", "two": b"old"}


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(IsADirectoryError, match=r"a\.txt"):
        replace_file(tmp_path / "a.txt", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


# Who writes so -----------------------------------------------------------------------------------


def captions(folder: Path) -> Callable[[], object]:
    (folder / "walk.vtt").write_text("00:00:01,000 --> 00:00:02,500\nHallo.\n\n" * 9)
    return lambda: mend_captions(folder / "walk.vtt")


def ids(folder: Path) -> Callable[[], object]:
    course = load_course(new_course(str(folder / "rivers")).path / "lessons")
    record(course)
    return lambda: record(course)


def progress(folder: Path) -> Callable[[], object]:
    write_lines(["old"], folder / "me.jsonl")
    return lambda: write_lines(["{}"] * 99, folder / "me.jsonl")


def films(folder: Path) -> Callable[[], object]:
    """The film fits and its record does not."""
    made = folder / "work" / "a.webm"
    made.parent.mkdir()
    made.write_text("film")
    put_in_place([made], folder, inputs_of(folder, [], {}), {})
    made.write_text("new")
    return lambda: put_in_place([made], folder, inputs_of(folder, [], {}), {})


def lesson(folder: Path) -> Callable[[], object]:
    """The lesson's own files fit and course.toml does not."""
    course = large_course(folder)
    return lambda: new_lesson("Lakes", course)


def assignment(folder: Path) -> Callable[[], object]:
    course = large_course(folder)
    return lambda: new_assignment("Lakes", course)


def large_course(folder: Path) -> Path:
    course = new_course(str(folder / "rivers")).path
    (course / "assignments" / "source").mkdir(parents=True, exist_ok=True)
    with (course / "lessons" / "course.toml").open("a") as toml:
        toml.write("# a long remark\n" * 10_000)
    return course


@pytest.mark.parametrize(
    ("writer", "room"),
    [(captions, 99), (ids, 99), (progress, 99), (films, 99), (lesson, 99_999),
     (assignment, 99_999)],
)  # fmt: skip
def test_on_a_full_disk_it_is_said_and_all_is_as_it_was(
    writer: Callable[[Path], Callable[[], object]], room: int, tmp_path: Path
) -> None:
    write = writer(tmp_path)
    before = contents(tmp_path)
    with full_disk(room), pytest.raises(KitError, match=r"cannot be \w+: File too large\. \w"):
        write()
    assert contents(tmp_path) == before
    write()
    assert contents(tmp_path) != before
