"""``kit build``: a student's edition that works, gives nothing away, and is the same each time."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from click.testing import CliRunner, Result

from kit.authoring.edition.build import build
from kit.authoring.edition.contents import MARK
from kit.checks import Check, load_checks
from kit.checks.seal import NotSealed, seal, unseal
from kit.cli import main
from kit.course import load_course
from kit.errors import BuildError
from kit.media.deck import read_deck
from kit.media.file_types import MEDIA
from tests.conftest import LESSON, Server, Visit
from tests.learner import learn, tasks_of

NOTEBOOKS_OWN = {"prompt", "starter", "id", "name", "unit"}
"""What a learner is shown before answering."""


def edition_of(course: Path, out: Path, *, as_zip: bool = False) -> Path:
    return build(load_course(course / "lessons"), out, as_zip=as_zip, tell=lambda _: None).path


def contents(edition: Path) -> dict[str, bytes]:
    files = (path for path in edition.rglob("*") if path.is_file())
    return {path.relative_to(edition).as_posix(): path.read_bytes() for path in files}


def texts_of(value: Any) -> Iterator[str]:
    """Every text that a check was given, but for what the question itself shows."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (*texts_of(key), *texts_of(each))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_of(each)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in NOTEBOOKS_OWN | {"namespace", "family"}:
                yield from texts_of(getattr(value, field.name))


def secrets_of(check: Check) -> set[str]:
    """Lines of a check that a learner has to earn."""
    lines = (line.strip() for text in texts_of(check) for line in text.splitlines())
    return {line for line in lines if len(line) >= 12}


def forms_of(secret: str) -> Iterator[bytes]:
    """How a text may stand in a file."""
    escaped = json.dumps(secret)[1:-1]
    for text in {secret, escaped, json.dumps(secret, ensure_ascii=False)[1:-1]}:
        yield text.encode()
        yield text.encode("utf-16-le")


def test_no_answer_stands_in_the_edition_as_text(course: Path, tmp_path: Path) -> None:
    edition = contents(edition_of(course, tmp_path / "out"))
    everything = b"\n".join(edition.values())
    looked_for = 0
    shown = [p for kind in ("*.ipynb", "*.md", "data/*") for p in course.glob(f"lessons/*/{kind}")]
    read_by_all = b"".join(path.read_bytes() for path in shown)
    for lesson in load_course(course / "lessons").lessons:
        checks = load_checks(lesson.folder / "checks.py").values()
        starters = "\n".join(getattr(check, "starter", "") for check in checks)
        for check in checks:
            own = {s for s in secrets_of(check) if s not in starters}
            hidden = {s for s in own if not any(form in read_by_all for form in forms_of(s))}
            looked_for += len(hidden)
            found = [s for s in hidden if any(form in everything for form in forms_of(s))]
            assert found == [], f"{lesson.id}: {check.id}"
    assert looked_for > 100
    assert not any(name.endswith(".py") for name in edition)


def test_the_search_finds_what_is_not_sealed(course: Path) -> None:
    """The test above can fail: in the author's own file each of those lines is found."""
    source = (course / "lessons" / LESSON / "checks.py").read_bytes()
    check = load_checks(course / "lessons" / LESSON / "checks.py")["share_missing"]
    found = [s for s in secrets_of(check) if any(form in source for form in forms_of(s))]
    assert len(found) > 5


@pytest.mark.parametrize("as_zip", [False, True])
def test_the_same_course_gives_the_same_bytes(
    course: Path, tmp_path: Path, as_zip: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = edition_of(course, tmp_path / "one", as_zip=as_zip)
    for path in course.rglob("*"):
        os.utime(path, (1e9, 1e9))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    before = os.umask(0o077)
    other = edition_of(course, tmp_path / "other" / "two", as_zip=as_zip)
    os.umask(before)
    if as_zip:
        assert one.read_bytes() == other.read_bytes()
    else:
        assert contents(one) == contents(other)


def test_the_authors_cells_outputs_and_files_stay_with_the_author(
    course: Path, tmp_path: Path
) -> None:
    lesson = course / "lessons" / LESSON
    notebook = nbformat.read(lesson / "lesson.ipynb", as_version=4)
    new = nbformat.v4
    note = new.new_markdown_cell("A note to myself.", metadata={"tags": ["author"]})
    code = new.new_code_cell("1 + 1", outputs=[new.new_output("stream", text="two")])
    notebook.cells += [note, code]
    nbformat.write(notebook, lesson / "lesson.ipynb")
    (lesson / "media" / "voice.wav").write_bytes(b"RIFF")
    slides = lesson / "media" / "slides.md"
    slides.write_text(slides.read_text() + "\n<!-- voice: voice.wav -->\n")
    edition = edition_of(course, tmp_path / "out")
    built = (edition / "lessons" / LESSON / "lesson.ipynb").read_text()
    assert "A note to myself" not in built
    assert '"two"' not in built
    assert nbformat.validate(nbformat.reads(built, as_version=4)) is None
    names = contents(edition)
    assert f"lessons/{LESSON}/media/slides.md" in names  # which `Slides` shows
    assert f"lessons/{LESSON}/media/voice.wav" not in names  # it is in the film
    assert f"lessons/{LESSON}/media/make_figures.py" not in names
    assert f"lessons/{LESSON}/media/meet-the-table.webm" in names


def test_each_kind_of_file_that_is_served_is_in_an_edition(course: Path, tmp_path: Path) -> None:
    added = {f"lessons/{LESSON}/media/added{ending}" for ending in MEDIA}
    for name in added:
        (course / name).write_bytes(b"any")
    assert added <= contents(edition_of(course, tmp_path / "out")).keys()


def test_what_is_served_beside_the_lessons_is_in_an_edition(course: Path, tmp_path: Path) -> None:
    """The app shows it, wherever it lies; what no page gets stays with the author, and is named."""
    lessons = course / "lessons"
    (lessons / "media" / "deep").mkdir(parents=True)
    (lessons / "drafts").mkdir()
    put = {
        "media/deep/shared.webm", "media/shared.vtt", "media/shared.csv", "cover.png",
    }  # fmt: skip
    kept = {"media/make.py", "ideas.md", "drafts/plan.md", "cover.xcf"}
    for name in put | kept:
        (lessons / name).write_text("any")
    built = build(load_course(lessons), tmp_path / "out", as_zip=False, tell=lambda _: None)
    names = contents(built.path).keys()
    assert {f"lessons/{name}" for name in put} <= names
    assert not names & {f"lessons/{name}" for name in kept}
    left = {f"lessons/{name}" for name in ("media/make.py", "ideas.md", "drafts/", "cover.xcf")}
    assert left <= {*built.left_out}
    assert "lessons/course.toml" in names


def show_in_lesson(course: Path, *sources: str) -> Path:
    """Add cells to the lesson; returns its folder."""
    folder = course / "lessons" / LESSON
    notebook = nbformat.read(folder / "lesson.ipynb", as_version=4)
    notebook.cells += [nbformat.v4.new_code_cell(source) for source in sources]
    nbformat.write(notebook, folder / "lesson.ipynb")
    return folder


def slides_of(folder: Path) -> None:
    """Write a notebook of slides with all that they do not show."""
    new, shown = nbformat.v4, {"slideshow": {"slide_type": "slide"}, "xyz": "xyzmetadata"}
    output = {
        "text/html": "<b>a table</b><!-- xyzcomment -->", "text/plain": "xyzplain",
        "application/json": {"xyz": "xyzjson"},
    }  # fmt: skip
    made = new.new_output("display_data", data=output, metadata={"xyz": "xyzoutput"})
    failed = new.new_output("error", ename="E", evalue="xyzvalue", traceback=["xyztrace"])
    cells = [
        new.new_markdown_cell("xyzbefore"),
        new.new_markdown_cell("# Rows", metadata=shown),
        new.new_code_cell("a_table", metadata=shown, outputs=[made, failed], execution_count=9),
        new.new_raw_cell("xyzraw", metadata=shown),
        new.new_markdown_cell("xyzsaid", metadata={"slideshow": {"slide_type": "notes"}}),
        new.new_markdown_cell("xyzskipped", metadata={"slideshow": {"slide_type": "skip"}}),
        new.new_markdown_cell("xyzsolution", metadata={**shown, "tags": ["solution"]}),
    ]
    notebook = new.new_notebook(cells=cells, metadata={"xyz": "xyzwhole"})
    nbformat.write(notebook, folder / "deck.ipynb")
    nbformat.write(notebook, folder / "other.ipynb")


def test_a_notebook_of_slides_has_what_they_show_and_nothing_else(
    course: Path, tmp_path: Path
) -> None:
    folder = show_in_lesson(course, 'Slides("deck.ipynb", notes=False)')
    slides_of(folder)
    edition = edition_of(course, tmp_path / "out") / "lessons" / LESSON
    built = (edition / "deck.ipynb").read_text()
    assert "xyz" not in built
    assert nbformat.validate(nbformat.reads(built, as_version=4)) is None
    theirs, own = (
        read_deck(edition / "deck.ipynb", edition),
        read_deck(folder / "deck.ipynb", folder),
    )
    assert [replace(page, notes="") for page in own.pages] == list(theirs.pages)
    assert "<b>a table</b>" in theirs.pages[1].html
    assert not (edition / "other.ipynb").exists()


def test_what_is_said_over_slides_comes_along_where_it_is_shown(
    course: Path, tmp_path: Path
) -> None:
    folder = show_in_lesson(course, 'Slides("deck.ipynb")')
    slides_of(folder)
    edition = edition_of(course, tmp_path / "out") / "lessons" / LESSON
    assert read_deck(edition / "deck.ipynb", edition) == read_deck(folder / "deck.ipynb", folder)


@pytest.mark.parametrize("more", [[], ['Slides("../media/deck.md", title="Again")']])
def test_what_is_said_over_slides_stays_where_it_is_not_shown(
    course: Path, tmp_path: Path, more: list[str]
) -> None:
    show_in_lesson(course, 'Slides("../media/deck.md", notes=False)', *more)
    (course / "lessons" / "media").mkdir()
    text = "# One\n\n<!-- notes: Say {this|thiss}. -->\n\n---\n\n# Two\n<!-- notes: And\nthis. -->"
    (course / "lessons" / "media" / "deck.md").write_text(text)
    built = (edition_of(course, tmp_path / "out") / "lessons" / "media" / "deck.md").read_text()
    assert ("this" in built) == bool(more)
    assert built == (text if more else "# One\n\n\n\n---\n\n# Two\n\n")


def test_what_was_taken_out_of_files_is_said_too(course: Path, tmp_path: Path) -> None:
    said = run_build(course, tmp_path / "one").output
    assert "Left out: lessons/01-meet-the-table/" in said
    for word in ("author", "assignment", "said over"):
        assert word not in said
    new, tags = nbformat.v4, {"tags": ["author"]}
    folder = show_in_lesson(course, 'Slides("quiet.md", notes=False)')
    (folder / "quiet.md").write_text("# One")
    notebook = nbformat.read(folder / "lesson.ipynb", as_version=4)
    notebook.cells.append(new.new_markdown_cell("To myself.", metadata=tags))
    nbformat.write(notebook, folder / "lesson.ipynb")
    source = course / "assignments" / "source" / "a1"
    source.mkdir(parents=True)
    nbformat.write(new.new_notebook(cells=[new.new_code_cell("1")]), source / "plain.ipynb")
    cells = [*SOLVED, new.new_markdown_cell("To myself, too.", metadata=tags)]
    nbformat.write(new.new_notebook(cells=cells), source / "a1.ipynb")
    said = " ".join(run_build(course, tmp_path / "two").output.split())
    assert said.endswith(
        ", 2 author's cells, 1 assignment's solutions and hidden tests, what is said over the "
        "slides of 1 file."
    )
    record = json.loads(run_build(course, tmp_path / "two", "--json").stdout)
    assert record["cells_left_out"] == 2
    assert record["assignments_cleared"] == record["slides_without_notes"] == 1


def run_build(course: Path, out: Path, *more: str) -> Result:
    arguments = ["build", str(out), "--course", str(course), *more]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


GRADED = {
    "grade": True, "grade_id": "t", "locked": True, "points": 2, "schema_version": 3,
    "solution": False, "task": False,
}  # fmt: skip
TO_SOLVE = {
    "grade": False, "grade_id": "s", "locked": False, "schema_version": 3, "solution": True,
    "task": False,
}  # fmt: skip
SOLVED = [
    nbformat.v4.new_code_cell(
        "def f(x):\n    ### BEGIN SOLUTION\n    return x + 41\n    ### END SOLUTION",
        metadata={"nbgrader": TO_SOLVE},
    ),
    nbformat.v4.new_code_cell(
        "assert f(1)\n### BEGIN HIDDEN TESTS\nassert f(2) == 43\n### END HIDDEN TESTS",
        metadata={"nbgrader": GRADED},
    ),
]


def test_solutions_and_hidden_tests_of_assignments_are_gone(course: Path, tmp_path: Path) -> None:
    source = course / "assignments" / "source" / "a1"
    source.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=SOLVED), source / "a1.ipynb")
    edition = edition_of(course, tmp_path / "out")
    released = (edition / "assignments" / "release" / "a1" / "a1.ipynb").read_text()
    assert "raise NotImplementedError" in released
    assert "assert f(1)" in released
    for gone in ("x + 41", "== 43", "HIDDEN", "SOLUTION"):
        assert gone not in released


def test_backups_and_authors_cells_of_assignments_are_left_out(
    course: Path, tmp_path: Path
) -> None:
    source = course / "assignments" / "source" / "a1"
    source.mkdir(parents=True)
    new = nbformat.v4
    secret = new.new_markdown_cell("The answer is 42.", metadata={"tags": ["Author"]})
    plain = new.new_markdown_cell("Read this.")
    nbformat.write(new.new_notebook(cells=[secret, plain]), source / "a1.ipynb")
    for name in ("a1.ipynb.bak", "a1.ipynb~", "a1.ipynb.orig"):
        (source / name).write_text("The answer is 42.")
    edition = contents(edition_of(course, tmp_path / "out"))
    assert [name for name in edition if name.startswith("assignments")] == [
        "assignments/release/a1/a1.ipynb"
    ]
    assert b"The answer is 42" not in b"".join(edition.values())


def test_a_link_in_a_lesson_is_named(course: Path, tmp_path: Path) -> None:
    (tmp_path / "shared.csv").write_text("a\n1\n")
    (course / "lessons" / LESSON / "data" / "shared.csv").symlink_to(tmp_path / "shared.csv")
    with pytest.raises(BuildError, match=r"shared\.csv is a link"):
        edition_of(course, tmp_path / "out")


@pytest.mark.parametrize("name", [b"caf\xe9.csv", b"a\nb.csv"])
def test_a_file_name_that_cannot_be_read_is_said(course: Path, tmp_path: Path, name: bytes) -> None:
    data = course / "lessons" / LESSON / "data"
    (data / os.fsdecode(name)).write_text("a\n1\n")
    out = str(tmp_path / "out")
    result = CliRunner().invoke(main, ["build", out, "--course", str(course)])
    assert result.exit_code == 2
    assert "file name" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_link_to_the_place_stays_one(course: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "site")
    edition_of(course, tmp_path / "link")
    edition_of(course, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert MARK in contents(tmp_path / "site")


def test_the_course_may_be_named_from_inside(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course / "lessons" / LESSON)
    out = str(tmp_path / "out")
    result = CliRunner().invoke(main, ["build", out, "--course", ".."], catch_exceptions=False)
    assert result.exit_code == 0
    assert f"lessons/{LESSON}/checks.sealed" in contents(tmp_path / "out")


def test_what_a_learner_made_in_an_edition_is_kept_by_the_next(
    course: Path, tmp_path: Path
) -> None:
    edition = edition_of(course, tmp_path / "out")
    own = edition / "lessons" / LESSON / "my-lesson.ipynb"
    own.write_text("mine")
    (course / "lessons" / LESSON / "notes.md").unlink()
    edition_of(course, tmp_path / "out")
    assert own.read_text() == "mine"
    assert not (edition / "lessons" / LESSON / "notes.md").exists()


def test_an_edition_that_cannot_be_changed_stays_as_it_was(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = edition_of(course, tmp_path / "out")
    (edition / "mine.txt").write_text("mine")
    before = contents(edition)
    replace_ = os.replace

    def fail_on_the_new(source: Path, target: Path) -> None:
        if Path(source).name == "edition":
            raise OSError(28, "No space left on device", str(target))
        replace_(source, target)

    monkeypatch.setattr(os, "replace", fail_on_the_new)
    with pytest.raises(BuildError, match="No space left"):
        edition_of(course, tmp_path / "out")
    assert contents(edition) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "out"]


def test_a_build_that_was_killed_in_the_middle_of_the_change_is_taken_up(
    course: Path, tmp_path: Path
) -> None:
    edition = edition_of(course, tmp_path / "out")
    (edition / "mine.txt").write_text("mine")
    edition.rename(tmp_path / ".out.before")
    edition_of(course, tmp_path / "out")
    assert (edition / "mine.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["course", "out"]


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(
    course: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(BuildError, match="cannot be read or written"):
        edition_of(course, tmp_path / "file" / "out")
    source = course / "assignments" / "source" / "a1"
    source.mkdir(parents=True)
    (source / "a1.ipynb").write_text("no notebook")
    with pytest.raises(BuildError, match=r"a1\.ipynb cannot be released"):
        edition_of(course, tmp_path / "out")


def test_a_folder_of_something_else_is_never_touched(course: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    for out in (tmp_path / "thesis", course, course / "lessons", course / "lessons" / "out"):
        with pytest.raises(BuildError):
            edition_of(course, out)
    (tmp_path / "thesis.zip").write_text("no zip")
    with zipfile.ZipFile(tmp_path / "thesis.docx", "w") as document:
        document.writestr("word/document.xml", "years of work")
    for name in ("thesis.zip", "thesis.docx"):
        with pytest.raises(BuildError):
            edition_of(course, tmp_path / name, as_zip=True)
    assert contents(tmp_path / "thesis") == {"chapter.txt": b"years of work"}


def test_a_broken_lesson_is_named_and_nothing_is_built(course: Path, tmp_path: Path) -> None:
    (course / "lessons" / LESSON / "checks.py").write_text("mean = numbr()")
    result = CliRunner().invoke(
        main, ["build", str(tmp_path / "out"), "--course", str(course)], catch_exceptions=False
    )
    assert result.exit_code == 2
    assert "checks.py, line 1" in result.stderr
    assert not (tmp_path / "out").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_a_sealed_file_that_was_changed_is_said_to_be(course: Path, tmp_path: Path) -> None:
    sealed = seal("x = 1\n")
    assert unseal(sealed) == "x = 1\n"
    for broken in (b"", sealed[:-1], sealed[:-2] + b"xx", b"\x00" * 200, sealed + b"more"):
        with pytest.raises(NotSealed):
            unseal(broken)


def test_the_zip_opens_as_the_folder(course: Path, tmp_path: Path) -> None:
    folder = contents(edition_of(course, tmp_path / "out"))
    with zipfile.ZipFile(edition_of(course, tmp_path / "out.zip", as_zip=True)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == folder
    assert MARK in folder


@pytest.mark.browser
def test_a_student_learns_with_the_edition(
    visit: Visit, server: Server, course: Path, tmp_path: Path
) -> None:
    """The sealed checks ask, judge and keep answers as the author's do."""
    tasks = tasks_of(course / "lessons" / LESSON)
    edition = edition_of(course, tmp_path / "out")
    server.stop()
    server.course = edition
    server.start()
    visit.page.goto(server.url)
    visit.page.goto(server.lesson_url)
    for task in (tasks[0], tasks[4]):
        learn(visit.page, task)
    assert visit.watch.outside == []
