"""What one student hands in, by whatever means, costs no other student a point or a day."""

from __future__ import annotations

import csv
import getpass
import io
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from nbformat.v4 import new_code_cell, new_notebook

from kit.cli import main
from kit.errors import KitError
from kit.grading.autograde import Graded
from kit.grading.course import GradingCourse, GradingError
from kit.grading.execute import write_files, write_made
from kit.grading.folders import DEEPEST, MOST_FILES, handed_in_at, plain_files
from kit.grading.grades import FORMS, Grade
from kit.grading.handed_in import UnusableError, read
from kit.grading.marks import shows_points
from tests.confined import on_linux
from tests.small_assignment import (
    NAME,
    NOTEBOOK,
    RIGHT,
    answered,
    by_student,
    hand_in,
    make_course,
    marks,
    write_course,
)

pytestmark = on_linux

Judged = tuple[GradingCourse, dict[str, Graded]]

NO_TIMES = {
    "words": b"the day after tomorrow",
    "before-all-time": b"0001-01-01 00:00:00 +1400",
    "no-zone": b"2026-10-01 10:00:00 99999999999",
    "no-text": b"\xff\xfe\x00",
    "too-long": b"1" * 100_000,
}


@pytest.fixture
def course(tmp_path: Path) -> GradingCourse:
    return make_course(tmp_path / "course")


# The files beside a notebook ----------------------------------------------------------------------


def _a_pipe(folder: Path) -> None:
    os.mkfifo(folder / "timestamp.txt")


def _a_name_of_two_lines(folder: Path) -> None:
    (folder / "a\nb.ipynb").write_text("{}")


def _many_files(folder: Path) -> None:
    for number in range(MOST_FILES + 1):
        (folder / f"f{number}").touch()


def _deep_folders(folder: Path) -> None:
    (folder / "/".join("d" * (DEEPEST + 2))).mkdir(parents=True)


@pytest.mark.parametrize("harm", [_a_pipe, _many_files, _deep_folders])
def test_what_stops_one_stops_no_other(harm: Callable[[Path], None], course: GradingCourse) -> None:
    harm(hand_in(course, "eve", answered(course)).parent)
    hand_in(course, "zoe", answered(course))
    for _round in range(2):  # what is graded already is looked at, too
        graded = by_student(course.grade(NAME, regrade=True))
        assert graded["eve"].problem
        assert (graded["zoe"].problem, marks(course, "zoe")) == ("", RIGHT)


def test_a_notebooks_name_stops_nobody(course: GradingCourse) -> None:
    """nbgrader cannot read it: nobody was graded, and all were said to be graded already."""
    _a_name_of_two_lines(hand_in(course, "eve", answered(course)).parent)
    hand_in(course, "zoe", answered(course))
    graded = by_student(course.grade(NAME))
    assert {name: each.score for name, each in graded.items()} == {"eve": 7.0, "zoe": 7.0}


def test_that_nothing_could_be_graded_is_no_success(course: GradingCourse) -> None:
    hand_in(course, "eve", answered(course)).unlink()
    with pytest.raises(GradingError, match="No notebooks"):
        course.grade(NAME)


@pytest.mark.parametrize("said", NO_TIMES.values(), ids=NO_TIMES)
def test_what_is_no_time_is_told_and_stops_nobody(said: bytes, course: GradingCourse) -> None:
    path = hand_in(course, "eve", answered(course)).with_name("timestamp.txt")
    path.write_text("2026-10-01 10:00:00 UTC")
    course.grade(NAME)
    path.write_bytes(said)
    hand_in(course, "zoe", answered(course))
    graded = by_student(course.grade(NAME))
    assert "timestamp.txt does not say" in graded["eve"].problem
    assert graded["zoe"].problem == ""
    assert course.status(NAME)["submitted"] == ["eve", "zoe"]
    with pytest.raises(KitError, match="does not say when"):
        handed_in_at(path.parent)


def test_many_files_are_found_at_once(tmp_path: Path) -> None:
    _many_files(tmp_path)
    (tmp_path / "f0").unlink()
    began = time.monotonic()
    assert len([*plain_files(tmp_path, ["*.ipynb", "*.pyc"])]) == MOST_FILES
    assert time.monotonic() - began < 5


# An exchange --------------------------------------------------------------------------------------

WHEN = "2026-10-01 10:00:00 UTC"


@pytest.fixture
def inbound(tmp_path: Path) -> Path:
    """Of an exchange on this machine: every student may write there."""
    found = tmp_path / "exchange" / "small" / "inbound"
    found.mkdir(parents=True)
    found.parent.parent.chmod(0o777)
    return found


@pytest.fixture
def shared(tmp_path: Path, inbound: Path) -> GradingCourse:
    exchange = str(inbound.parent.parent)
    course = write_course(tmp_path / "course", f"c.Exchange.root = {exchange!r}\n")
    course.release(NAME)
    return course


def _put(inbound: Path, student: str, when: str = WHEN) -> Path:
    folder = inbound / f"{student}+{NAME}+{when}+r4nd0m"
    folder.mkdir()
    (folder / "timestamp.txt").write_text(when)
    (folder / NOTEBOOK).write_text("{}")
    return folder


def test_a_link_that_is_handed_in_gives_nothing_of_the_teachers_away(
    shared: GradingCourse, inbound: Path
) -> None:
    """nbgrader copies what it leads to, with the teacher's rights: the solution, for one."""
    folder = _put(inbound, "eve")
    source = shared.folder / "source"
    (folder / "solution.txt").symlink_to(source / NAME / NOTEBOOK)
    (folder / "all").symlink_to(source)
    os.mkfifo(folder / "pipe")
    assert shared.collect(NAME)["new"] == ["eve"]
    taken = shared.folder / "submitted" / "eve" / NAME
    assert sorted(each.name for each in taken.iterdir()) == [NOTEBOOK, "timestamp.txt"]


@pytest.mark.parametrize(
    "name", [f"eve+{NAME}+tomorrow+x", f"..+{NAME}+{WHEN}+x", f"e\x1b[2Jve+{NAME}+{WHEN}+x"]
)
def test_a_folder_of_an_odd_name_stops_nobody(
    name: str, shared: GradingCourse, inbound: Path
) -> None:
    (inbound / name).mkdir()
    (inbound / f"bob+{NAME}+{WHEN}+x").symlink_to(shared.folder / "source" / NAME)
    _put(inbound, "zoe")
    found = shared.collect(NAME)
    assert found["submitted"] == ["zoe"]
    assert any("is no submission" in each for each in found["refused"])
    assert not (shared.folder / NAME).exists()
    assert all(each.isprintable() for each in found["refused"])


def test_a_folder_that_cannot_be_copied_stops_nobody(shared: GradingCourse, inbound: Path) -> None:
    _deep_folders(_put(inbound, "eve"))
    (inbound / f"file+{NAME}+{WHEN}+x").write_text("no folder")
    _put(inbound, "zoe")
    found = shared.collect(NAME)
    assert found["submitted"] == ["zoe"]
    assert any("folders deep" in each for each in found["refused"])


def test_a_time_that_is_none_can_be_handed_in_anew(shared: GradingCourse, inbound: Path) -> None:
    (_put(inbound, "eve") / "timestamp.txt").write_text("whenever")
    shared.collect(NAME)
    _put(inbound, "eve", WHEN.replace("10:", "11:"))
    _put(inbound, "zoe")
    assert shared.collect(NAME)["new"] == ["eve", "zoe"]
    at = handed_in_at(shared.folder / "submitted" / "eve" / NAME)
    assert at == datetime(2026, 10, 1, 11, tzinfo=UTC).replace(tzinfo=None)


def test_nobody_hands_in_for_somebody_else(
    shared: GradingCourse, inbound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a student has handed in, what others put there in their name is left out."""
    me = getpass.getuser()
    own, forged = _put(inbound, me), _put(inbound, me, WHEN.replace("10:", "23:"))
    (own / NOTEBOOK).write_text("my own")
    owners = {forged.name: "eve"}
    monkeypatch.setattr(
        "kit.grading.collect.find_owner", lambda path: owners.get(os.path.basename(path), me)
    )
    found = shared.collect(NAME)
    assert (shared.folder / "submitted" / me / NAME / NOTEBOOK).read_text() == "my own"
    assert any("belongs to somebody else. It was left out." in each for each in found["refused"])


def test_where_students_share_an_owner_it_is_told(shared: GradingCourse, inbound: Path) -> None:
    """As on a hub whose containers all run as one user: nbgrader takes it, and so do we."""
    _put(inbound, "ada")
    found = shared.collect(NAME)
    assert found["new"] == ["ada"]
    assert any("It was taken all the same." in each for each in found["refused"])


# What a kernel says -------------------------------------------------------------------------------

KERNEL = (
    "from IPython.display import clear_output, display, update_display\nk = get_ipython().kernel\n"
)
SENDS = (
    KERNEL + "def square(n):\n"
    "    k.session.send(k.iopub_socket, {!r}, {}, parent=k.get_parent())\n"
    "    return n * n"
)
WRONG = "def square(n):\n    return n"
NO_HALF = "def half(n):\n    return n"
SHOWS = KERNEL + "text = k.shell.display_formatter.formatters['text/plain']\n"
IN_HALF = {  # a part of the points was earned: what the cell showed is taken away, or changed
    "clears-it": (
        KERNEL + "k.shell.events.register('post_run_cell', lambda _ran: clear_output())\n" + NO_HALF
    ),
    "shows-nothing": KERNEL + "k.shell.ast_node_interactivity = 'none'\n" + NO_HALF,
    "catches-it": (
        "import ipywidgets\nout = ipywidgets.Output()\n"
        "def half(n):\n    out.__enter__()\n    return n"
    ),
    "no-number": SHOWS + "text.for_type(int, lambda _n, p, _c: p.text('nan'))\n" + NO_HALF,
    "below-zero": SHOWS + "text.for_type(int, lambda _n, p, _c: p.text('-1'))\n" + NO_HALF,
    "two-results": (
        KERNEL + "def half(n):\n"
        "    said = {'data': {'text/plain': '4'}, 'metadata': {}, 'execution_count': 1}\n"
        "    k.session.send(k.iopub_socket, 'execute_result', said, parent=k.get_parent())\n"
        "    return n"
    ),
}
FORGES = {  # no test can fail any more, or a reply is none
    "turns-asserts-away": (
        KERNEL + "k.shell.input_transformers_cleanup.append(\n"
        "    lambda lines: [each for each in lines if 'assert' not in each])\n" + WRONG
    ),
    "makes-replies-good": (
        KERNEL + "send = k.session.send\n"
        "def good(stream, kind, content=None, *more, **named):\n"
        "    if kind == 'execute_reply':\n"
        "        content = {**content, 'status': 'ok'}\n"
        "    return send(stream, kind, content, *more, **named)\n"
        "k.session.send = good\nk.shell._showtraceback = lambda *_what: None\n" + WRONG
    ),
    "replies-nothing": (
        KERNEL + "send = k.session.send\n"
        "def odd(stream, kind, content=None, *more, **named):\n"
        "    said = {} if kind == 'execute_reply' else content\n"
        "    return send(stream, kind, said, *more, **named)\n"
        "k.session.send = odd\n" + WRONG
    ),
    "signs-wrong": (
        KERNEL + "def square(n):\n"
        "    k.iopub_socket.send_multipart([b'<IDS|MSG>', b'x', b'{}', b'{}', b'{}', b'{}'])\n"
        "    return n"
    ),
}
ODD = {  # it earns its points, and shows what is no output
    "no-data": SENDS.format("display_data", "{'data': 5, 'metadata': 7}"),
    "odd-name": SENDS.format("display_data", "{'data': {}, 'transient': {'display_id': [1]}}"),
    "odd-stream": SENDS.format("stream", "{'name': ['x'], 'text': {'q': 1}}"),
    "odd-error": SENDS.format("error", "{'ename': [], 'evalue': 1, 'traceback': 5}"),
    "no-state": SENDS.format("status", "{}"),
    "no-widget": SENDS.format("comm_open", "{'target_name': 'jupyter.widget', 'data': {}}"),
    "makes-a-folder-of-its-name": (
        "import os\ndef square(n):\n    os.makedirs('small.ipynb/x', exist_ok=True)\n"
        "    open('small.ipynb/x/y', 'w').write('z')\n    return n * n"
    ),
    "makes-many-files": (
        "import kit.grading.inside as inside\nfrom IPython.display import publish_display_data\n"
        "inside.made = lambda: publish_display_data(\n"
        "    {inside.MADE: {f'f{number}': '' for number in range(50_000)}})\n"
        "def square(n):\n    return n * n"
    ),
}
ANEW = (
    KERNEL + "def square(n):\n"
    "    for _at in range(200):\n"
    "        display({'text/plain': 'a'}, raw=True, display_id='one')\n"
    "    update_display({'text/plain': 'x' * 2_000_000}, raw=True, display_id='one')\n"
    "    return n * n"
)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        course = make_course(tmp_path_factory.mktemp("judged"))
        for name, half in IN_HALF.items():
            hand_in(course, name, answered(course, half=half))
        for name, square in {**FORGES, **ODD, "shows-anew": ANEW}.items():
            hand_in(course, name, answered(course, square=square))
        return course, by_student(course.grade(NAME))


@pytest.mark.parametrize("name", IN_HALF)
def test_a_result_that_is_not_shown_gives_no_points(name: str, judged: Judged) -> None:
    course, graded = judged
    assert graded[name].problem == ""
    half = marks(course, name)["test-half"]
    assert half is not None
    assert half <= 1.0
    assert marks(course, name)["test-square"] == 2.0


@pytest.mark.parametrize("name", FORGES)
def test_where_no_test_can_fail_none_gives_points(name: str, judged: Judged) -> None:
    """That the kernel says so of a test that must fail proves it. Code that looks out for that one
    can go on: what runs in the kernel can do all that the kernel can.
    """
    course, graded = judged
    assert (graded[name].problem, graded[name].outcomes) == ("", ["forged"])
    assert marks(course, name)["test-square"] == marks(course, name)["test-again"] == 0.0


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_message_is_passed_over(name: str, judged: Judged) -> None:
    course, graded = judged
    assert graded[name].problem == ""
    given = marks(course, name)
    assert given == RIGHT or name == "odd-error"
    assert given["test-half"] == 4.0
    folder = course.folder / "autograded" / name / NAME
    assert (folder / NOTEBOOK).is_file()
    assert len([*folder.iterdir()]) < 500


def test_what_is_shown_anew_in_many_places_counts_in_each(judged: Judged) -> None:
    """2 MB in 200 places are 400 MB in the file, and more in the memory of who grades."""
    course, graded = judged
    assert graded["shows-anew"].outcomes == ["flood"]
    written = course.folder / "autograded" / "shows-anew" / NAME / NOTEBOOK
    assert written.stat().st_size < 10**6


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("points", True),
        ("points  # of four", True),
        ("points;", False),
        ("points = 1", False),
        ("'ä'; points", True),
        ("points[0] + 1", True),
        ("round(points, 1)", True),
        ("print(points)", False),
        ("check(square)", False),
        ("None", False),
        ("2.5", True),
        ("%time points", False),
        ("", False),
    ],
)
def test_which_tests_end_by_showing_points(source: str, expected: bool) -> None:
    assert shows_points(source) is expected


def test_a_very_long_notebook_holds_nobody_up(tmp_path: Path) -> None:
    path = tmp_path / NOTEBOOK
    cell = new_code_cell("1")
    path.write_text(
        json.dumps(new_notebook(cells=[{**cell, "id": f"c{n}"} for n in range(20_000)]))
    )
    with pytest.raises(UnusableError, match="too large"):
        read(path)
    output = {"output_type": "stream", "name": "stdout", "text": "x"}
    path.write_text(json.dumps(new_notebook(cells=[{**cell, "outputs": [output] * 50_000}])))
    assert read(path).cells[0].outputs == []


# What the teacher reads ---------------------------------------------------------------------------


def test_a_name_says_nothing_to_the_terminal(course: GradingCourse) -> None:
    hand_in(course, "e\x1b]0;hello\x07ve", b"")
    (hand_in(course, "e\x1b[2Jva", answered(course)).parent / "timestamp.txt").write_text("never")
    for command in (["grade", NAME], ["assignment", "status", NAME]):
        said = CliRunner().invoke(main, [*command, "--course", str(course.folder)]).output
        assert "ve" in said
        assert "\x1b" not in said
        assert "\x07" not in said


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", "\uff1d1+1"])
def test_a_name_is_no_formula(name: str) -> None:
    one = Grade("a1", name, name, name, name, "", 1.0, 2.0)
    for form in FORMS.values():
        rows = [*csv.reader(io.StringIO(form([one])))]
        values = [each for row in rows[1:] for each in row if each.strip("'#").startswith(name)]
        assert values
        assert all(each[0] in "'#" for each in values)


# Folders that links lead to -----------------------------------------------------------------------


def test_files_are_there_where_the_way_to_them_is_a_link(tmp_path: Path) -> None:
    """As /tmp is one on macOS, and homes are on many a server."""
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real" / "out").symlink_to(tmp_path)
    write_files(tmp_path / "link", {"a/b.txt": b"x", "out/c.txt": b"x", "d.ipynb/e": b"x"})
    found = {str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*") if each.is_file()}
    assert found == {"real/a/b.txt"}


def test_what_is_nbgraders_own_is_not_written(tmp_path: Path) -> None:
    write_made(tmp_path, {"timestamp.txt": b"x", "./Timestamp.TXT": b"x", "own.txt": b"x"})
    assert [each.name for each in tmp_path.iterdir()] == ["own.txt"]
