"""``kit new``: what it makes works at once, and what was there stays as it was."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from kit.authoring.course_entry import with_entry
from kit.authoring.lint import NOTE, lint
from kit.authoring.lint.linted import Linted
from kit.authoring.lint.rules.answers import no_answer_stands_on_the_page
from kit.authoring.lint.trials import trials_of
from kit.authoring.new import FIRST_LESSON, SCAFFOLD, new_assignment, new_course, new_lesson
from kit.checks import load_checks
from kit.cli import main
from kit.course import load_course
from kit.errors import NewError
from tests.conftest import ROOT, STARTS_WITHIN_SECONDS, Server, free_port
from tests.learner import learn, tasks_of


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return new_course(str(tmp_path / "river-course")).path


def contents(folder: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["new", *arguments])
    return result.exit_code, result.output


# It works at once -----------------------------------------------------------------------------


def test_a_new_course_is_learnt_to_its_end(
    course: Path, data: Path, tmp_path: Path, browser: Browser
) -> None:
    """Started as it was made; every question is answered wrong, then right, in a browser."""
    server = Server(course, tmp_path / "server.log", free_port()).start()
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    try:
        context.set_default_timeout(STARTS_WITHIN_SECONDS * 1000)
        page = context.new_page()
        page.goto(server.url)
        page.get_by_role("link", name="Start: Two rain gauges").click()
        page.locator('[data-check="conclusion"]').wait_for()
        assert page.get_by_text("For you, the author").count() == 0
        for task in tasks_of(course / "lessons" / FIRST_LESSON):
            learn(page, task)
        expect(page.locator("[data-kit-finished]")).to_be_visible()
        expect(page.locator("#kit-cells .kit-problem:not(:empty)")).to_have_count(0)
    finally:
        context.close()
        server.stop()


def test_lint_finds_nothing(course: Path) -> None:
    """Neither in the course's first lesson nor in one that was added."""
    new_lesson("Penguin colours", course)
    findings = lint(course / "lessons").findings
    assert [each for each in findings if each.severity != NOTE] == []
    assert {each.path.parent.name for each in findings} == {FIRST_LESSON, "02-penguin-colours"}


def test_the_kinds_to_be_copied_work(course: Path) -> None:
    """At the end of checks.py, with the # taken away."""
    path = course / "lessons" / FIRST_LESSON / "checks.py"
    source = path.read_text()
    imported, _, rest = source.partition("from kit.checks import ")
    head, _, tail = rest.partition("# Other kinds, to be copied")
    paragraphs = tail.split("\n#\n")
    code = [each for each in paragraphs if re.match(r"# (\w+ = \w+\(|@)", each)]
    copied = "\n".join(each.replace("\n# ", "\n").removeprefix("# ") for each in code)
    kinds = "match, plot, table, text, variants, "
    path.write_text(f"{imported}from kit.checks import {kinds}{head}{copied}")
    checks = load_checks(path)
    added = [name for name in checks if name not in load_checks(SCAFFOLD / "lesson" / "checks.py")]
    loaded = load_course(course / "lessons")
    on_page = no_answer_stands_on_the_page(Linted(loaded, loaded.lesson(FIRST_LESSON)))
    assert [each.message for each in on_page] == []
    assert added == [
        "asks_for_gaps", "from_the_table", "what_it_says", "wettest", "hill_in_bars",
        "share_of_days",
    ]  # fmt: skip
    for trial in (each for name in added for each in trials_of(checks[name])):
        assert trial.outcome.name == trial.example.outcome, trial
        assert trial.example.says in trial.outcome.feedback


def nbgrader(*arguments: str, cwd: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it calls alembic
    ended = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=cwd, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended.stdout + ended.stderr


@pytest.fixture
def assignment(course: Path, data: Path) -> Path:
    """A new assignment's notebook; ``data`` keeps Jupyter's own files out of this account's."""
    return new_assignment("Field report", course).path / "field-report.ipynb"


def test_a_new_assignment_is_released(course: Path, assignment: Path) -> None:
    """nbgrader makes the students' version: no solution, no hidden test, no marking scheme."""
    nbgrader("generate_assignment", "field-report", cwd=course / "assignments")
    released = course / "assignments" / "release" / "field-report" / "field-report.ipynb"
    before, after = assignment.read_text(), released.read_text()
    for secret in ("### BEGIN SOLUTION", "### BEGIN HIDDEN", "MARK SCHEME", "For you, the teacher"):
        assert secret in before
        assert secret not in after
    assert "YOUR CODE HERE" in after
    assert "YOUR ANSWER HERE" in after
    cells = {cell["id"]: cell for cell in nbformat.read(released, as_version=4).cells}
    points = {name: cell.metadata["nbgrader"].get("points") for name, cell in cells.items()}
    assert {name: n for name, n in points.items() if n} == {
        "test-long-rivers": 4, "what-is-missing": 3,
    }  # fmt: skip
    assert cells["about"].metadata["editable"] is False


def test_a_new_assignment_is_validated(assignment: Path) -> None:
    """Its solution passes its tests; numbers copied from the page fail the hidden ones."""
    said = nbgrader("validate", str(assignment), cwd=assignment.parent)
    assert "Success! Your notebook passes all the tests." in said
    text = assignment.read_text()
    solution = 'return table.loc[long_enough, \\"river\\"].tolist()'
    assert solution in text
    copied = 'return [\\"Bolt\\", \\"Elm\\"] if least == 200 else []'
    assignment.write_text(text.replace(solution, copied))
    said = nbgrader("validate", str(assignment), cwd=assignment.parent)
    assert "assert long_rivers(others, 50)" in said
    assert "assert long_rivers(rivers, 200)" in said.split("The error was")[0]


def test_home_knows_the_assignment(course: Path, assignment: Path) -> None:
    found = load_course(course / "lessons").assignments
    assert [(each.id, each.title) for each in found] == [("field-report", "Field report")]


# Names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "folder", "title"),
    [
        ("Penguin colours", "02-penguin-colours", "Penguin colours"),
        ("03-penguin-colours", "03-penguin-colours", "Penguin colours"),
        ("penguin_colours", "02-penguin-colours", "Penguin colours"),
        ("Größe & Länge", "02-größe-länge", "Größe & Länge"),
        ('The "best" of 3 rivers', "02-the-best-of-3-rivers", 'The "best" of 3 rivers'),
        ("El Niño's \\ warm sea", "", ""),
        ("2026", "02-2026", "2026"),
    ],
)
def test_a_lesson_gets_its_number_and_title(
    course: Path, name: str, folder: str, title: str
) -> None:
    if not folder:
        with pytest.raises(NewError, match="is no folder's name"):
            new_lesson(name, course)
        return
    made = new_lesson(name, course)
    assert (made.path.name, made.id, made.title) == (folder, folder, title)
    loaded = load_course(course / "lessons")
    assert [lesson.id for lesson in loaded.lessons] == [FIRST_LESSON, folder]
    assert (loaded.lessons[1].title, loaded.lessons[1].problem) == (title, None)


def test_the_next_number_is_after_all_that_are_there(course: Path) -> None:
    """Listed or not."""
    new_lesson("07-groups", course)
    (course / "lessons" / "11-not-listed").mkdir()
    assert new_lesson("Last", course / "lessons" / "07-groups").id == "12-last"


@pytest.mark.parametrize(
    ("listed", "added"),
    [
        ([], ["01-a", "02-b"]),
        (["98-last"], ["99-a", "100-b", "101-c"]),
        (["009-nine"], ["010-a", "011-b"]),
        (["1-one", "10-ten"], ["11-a"]),
        (["intro", "groups"], ["a", "b"]),
        (["01-rows", "appendix"], ["02-a"]),
        (["2026-field-trip"], ["a"]),
    ],
    ids=lambda names: " ".join(names) or "none",
)
def test_each_lesson_gets_a_number_of_its_own(
    course: Path, listed: list[str], added: list[str]
) -> None:
    """As wide as those before; none in a course that numbers none."""
    toml = course / "lessons" / "course.toml"
    entries = "".join(f'[[lesson]]\nid = "{name}"\n' for name in listed)
    toml.write_text(f'id = "c"\ntitle = "C"\n{entries}')
    (course / "lessons" / FIRST_LESSON).rename(course / "not-listed")
    (course / "lessons" / "data").mkdir()
    (course / "lessons" / "200-lines.txt").touch()
    assert [new_lesson(name[-1], course).id for name in added] == added


def test_a_number_is_no_part_of_a_lessons_title_but_of_a_courses(
    course: Path, tmp_path: Path
) -> None:
    assert new_lesson("100-groups", course).title == "Groups"
    assert new_lesson("2026-field-trip", course).title == "2026 field trip"
    assert new_course(str(tmp_path / "50-states")).title == "50 states"


@pytest.mark.parametrize("command", ["course", "lesson", "assignment"])
@pytest.mark.parametrize("name", ["", " ", ".", "..", "!!!", ".hidden", "a\nb", "a\0b", "x" * 300])
def test_no_folders_name(course: Path, command: str, name: str) -> None:
    before = contents(course.parent)
    more = [] if command == "course" else ["--course", str(course)]
    given = f"{course.parent}/{name}" if command == "course" and name not in {"", "."} else name
    exit_code, said = run(command, given, *more)
    assert (exit_code, said.count("\n")) == (2, 1), said
    assert "is no folder's name" in said or "is there already" in said
    assert contents(course.parent) == before


# What was there stays ----------------------------------------------------------------------------


def test_nothing_is_written_over(course: Path) -> None:
    new_lesson("02-groups", course)
    new_assignment("a1", course)
    (course / "lessons" / "03-half").mkdir()
    (course / "assignments" / "source" / "a2").mkdir()
    before = contents(course)
    for command, name, says in (
        ("lesson", "02-groups", "course.toml lists '02-groups' already"),
        ("lesson", "03-half", "03-half is there already"),
        ("assignment", "a1", "course.toml lists 'a1' already"),
        ("assignment", "a2", "a2 is there already"),
    ):
        exit_code, said = run(command, name, "--course", str(course))
        assert (exit_code, said.count("\n")) == (2, 1)
        assert says in said
    exit_code, said = run("course", str(course))
    assert exit_code == 2
    assert f"{course} is there already" in said
    assert contents(course) == before


@pytest.mark.parametrize("command", ["lesson", "assignment"])
def test_not_in_a_course(tmp_path: Path, command: str) -> None:
    exit_code, said = run(command, "x", "--course", str(tmp_path))
    assert (exit_code, said.count("\n")) == (2, 1)
    assert "There is no course.toml in" in said
    assert "kit new course NAME makes one." in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("toml", "says"),
    [("id = ", "is not valid TOML"), ("title = 'a'", "'id' is missing")],
)
@pytest.mark.parametrize("command", ["lesson", "assignment"])
def test_a_broken_course_is_left_as_it_is(course: Path, command: str, toml: str, says: str) -> None:
    (course / "lessons" / "course.toml").write_text(toml)
    before = contents(course)
    exit_code, said = run(command, "x", "--course", str(course))
    assert (exit_code, said.count("\n")) == (2, 1)
    assert says in said
    assert contents(course) == before


def test_no_right_to_write(tmp_path: Path) -> None:
    for place in ("/proc/x", str(tmp_path / "none" / "x")):
        exit_code, said = run("course", place)
        assert (exit_code, said.count("\n")) == (2, 1), said
        assert f"{place} cannot be made: No such file or directory." in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("make", [new_lesson, new_assignment])
@pytest.mark.parametrize("fails", ["rename", "replace"])
def test_nothing_is_left_half_made(
    course: Path,
    make: Callable[[str, Path], object],
    fails: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Wherever the disk is full: both the folder and its entry, or neither."""

    def full(*_paths: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = contents(course)
    with monkeypatch.context() as patch:
        patch.setattr(os, fails, full)
        with pytest.raises(NewError, match="cannot be made: No space left on device"):
            make("x", course)
    assert contents(course) == before
    make("x", course)


# course.toml -------------------------------------------------------------------------------------

PLAIN = 'id = "c"\ntitle = "C"  # mine\n\n[[lesson]]\nid = "01-a"  # first\n'
DUE = '# Work to hand in\n[[assignment]]\nid = "a1"\n'
ENTRY = '[[lesson]]\nid = "02-b"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PLAIN, f"{PLAIN}\n{ENTRY}"),
        (PLAIN.rstrip(), f"{PLAIN}\n{ENTRY}"),
        (f"{PLAIN}\n{DUE}", f"{PLAIN}\n{ENTRY}\n{DUE}"),
        (f"{PLAIN}{DUE}", f"{PLAIN}\n{ENTRY}\n{DUE}"),
        (f"{PLAIN}# minutes = 5\n\n{DUE}", f"{PLAIN}# minutes = 5\n\n{ENTRY}\n{DUE}"),
        ('id = "c"\n', f'id = "c"\n\n{ENTRY}'),
        (f'id = "c"\n\n{DUE}', f'id = "c"\n\n{DUE}\n{ENTRY}'),
        (PLAIN.replace("\n", "\r\n"), f"{PLAIN}\n{ENTRY}".replace("\n", "\r\n")),
        (f"{PLAIN}[lesson.more]\nx = 1\n\n{DUE}", f"{PLAIN}[lesson.more]\nx = 1\n\n{DUE}\n{ENTRY}"),
        (
            f'text = """\n[[lesson]]\n"""\n{DUE}',
            f'text = """\n[[lesson]]\n"""\n\n{ENTRY}\n{DUE}',
        ),
        (
            f'text = """\n[[lesson]]\n[[x]]\n"""\n{DUE}',
            f'text = """\n[[lesson]]\n[[x]]\n"""\n{DUE}\n{ENTRY}',
        ),
    ],
    ids=[
        "plain", "no last line end", "before the assignments", "without an empty line",
        "a comment of the entry", "first", "first, after the assignments", "Windows",
        "a table of the entry", "a header in a text", "two headers in a text",
    ],
)  # fmt: skip
def test_an_entry_is_added_and_the_rest_stays(before: str, after: str) -> None:
    added = with_entry(before, "lesson", ENTRY)
    assert added == after
    was, now = tomllib.loads(before), tomllib.loads(added)
    assert now.pop("lesson") == [*was.pop("lesson", []), {"id": "02-b"}]
    assert now == was


@pytest.mark.parametrize("lessons", ['lesson = [{id = "01-a"}]', 'lesson = "01-a"', "[lesson]"])
def test_what_nothing_can_be_added_to_is_refused(lessons: str) -> None:
    with pytest.raises(NewError, match="in a way that nothing can be added to"):
        with_entry(f'id = "c"\n{lessons}\n', "lesson", ENTRY)


def test_course_toml_keeps_its_mark_and_mode_and_link(course: Path, tmp_path: Path) -> None:
    """A byte order mark, the permissions, and a link that leads to it from elsewhere."""
    toml = course / "lessons" / "course.toml"
    kept = tmp_path / "kept.toml"
    kept.write_bytes(b"\xef\xbb\xbf" + toml.read_bytes())
    kept.chmod(0o640)
    toml.unlink()
    toml.symlink_to(kept)
    before = kept.read_bytes()
    new_lesson("Groups", course)
    assert kept.read_bytes().startswith(b"\xef\xbb\xbf# The course")
    assert kept.stat().st_mode & 0o777 == 0o640
    assert toml.is_symlink()
    assert kept.with_name("course.toml.bak").read_bytes() == before
    assert len(load_course(course / "lessons").lessons) == 2


# What it says ------------------------------------------------------------------------------------


def test_it_says_what_comes_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands are typed as they stand."""
    monkeypatch.chdir(tmp_path)
    assert "\n  kit start 'my course'\n" in run("course", "my course")[1]
    monkeypatch.chdir(tmp_path / "my course")
    assert "\n  kit preview lessons/02-groups\n" in run("lesson", "Groups")[1]
    assert "\n  cd assignments\n  nbgrader generate_assignment a1\n" in run("assignment", "a1")[1]


def test_for_machines(tmp_path: Path) -> None:
    made = json.loads(run("course", str(tmp_path / "rivers"), "--json")[1])
    assert (made["path"], made["id"], made["title"]) == (
        str(tmp_path / "rivers"), "rivers", "Rivers",
    )  # fmt: skip
    folder = tmp_path / "rivers"
    files = {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}
    assert set(made["files"]) == files


def test_nothing_of_the_scaffold_is_kept_back() -> None:
    """git, and with it the wheel, has every file of it."""
    files = [path for path in SCAFFOLD.rglob("*") if "__pycache__" not in path.parts]
    asked = "\n".join(map(str, files))
    ignored = subprocess.run(
        ["git", "check-ignore", "--stdin"],
        cwd=ROOT, input=asked, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ignored.stdout == ""
