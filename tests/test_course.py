"""Course: what course.toml and the folders say, or one sentence that names the file."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kit.course import (
    Course,
    Item,
    Lesson,
    Section,
    find_course_folder,
    find_lesson,
    load_course,
)
from kit.errors import CourseError
from kit.notebook import is_check_cell, read_cells

NOBODY = 65534
TOML = """
id = "tables"
title = "Tables"

[[lesson]]
id = "01-first"
goal = "read a table"
minutes = 25

[[lesson]]
id = "02-second"
"""


def markdown(source: str | list[str], cell_id: str = "words") -> dict[str, Any]:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}


def code(source: str, cell_id: str = "code") -> dict[str, Any]:
    return {
        "cell_type": "code", "id": cell_id, "metadata": {}, "source": source,
        "outputs": [], "execution_count": None,
    }  # fmt: skip


def notebook(*cells: dict[str, Any]) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A course of two lessons that can be read; returns the folder of its course.toml."""
    return write_course(tmp_path / "course" / "lessons")


def write_course(folder: Path, toml: str = TOML) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "course.toml").write_text(toml, encoding="utf-8")
    for name in ("01-first", "02-second"):
        cells = [markdown(f"# {name} title", "top"), markdown("## Part", "part"), code("checks.a")]
        (folder / name).mkdir(exist_ok=True)
        (folder / name / "lesson.ipynb").write_text(notebook(*cells), encoding="utf-8")
    return folder


def sections_of(folder: Path, *cells: dict[str, Any]) -> tuple[Section, ...]:
    """The sections of a lesson that has these cells."""
    (folder / "01-first" / "lesson.ipynb").write_text(notebook(*cells), encoding="utf-8")
    lesson = load_course(folder).lesson("01-first")
    assert lesson.problem is None
    return lesson.sections


def problem_of(folder: Path, content: str | bytes) -> str:
    """What is said about a lesson whose notebook holds this; the other one must still load."""
    path = folder / "01-first" / "lesson.ipynb"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return problem_of_first(load_course(folder), path)


def problem_of_first(course: Course, path: Path) -> str:
    first, second = course.lessons
    assert second.problem is None
    assert second.check_ids == ("a",)
    assert first.problem is not None
    assert first.check_ids == ()
    assert str(path) in first.problem.what
    assert first.problem.mend.endswith(".")
    return str(first.problem)


def refusal(folder: Path, toml: str | bytes) -> str:
    """What is said about a course.toml that cannot be used."""
    path = folder / "course.toml"
    path.write_bytes(toml.encode() if isinstance(toml, str) else toml)
    with pytest.raises(CourseError) as refused:
        load_course(folder)
    assert str(path) in refused.value.what
    assert refused.value.mend
    return str(refused.value)


# A course that can be read ----------------------------------------------------------------------


def test_a_course_says_what_its_file_says(folder: Path) -> None:
    course = load_course(folder)
    assert (course.id, course.title, course.folder) == ("tables", "Tables", folder)
    assert (course.summary, course.language, course.mastery) == ("", "en", 0.8)
    assert course.root == folder.parent
    first, second = course.lessons
    assert (first.id, first.goal, first.minutes) == ("01-first", "read a table", 25)
    assert (second.goal, second.minutes) == ("", 0)
    assert first.folder == folder / "01-first"
    assert first.notebook == folder / "01-first" / "lesson.ipynb"


def test_a_lesson_is_titled_by_its_first_heading_or_by_its_folder(folder: Path) -> None:
    path = folder / "02-second" / "lesson.ipynb"
    path.write_text(notebook(markdown("## Only a section")), encoding="utf-8")
    first, second = load_course(folder).lessons
    assert (first.title, second.title) == ("01-first title", "Second")


@pytest.mark.parametrize(
    "language",
    [
        "en", "de", "haw", "en-US", "EN-us", "zh-Hans-CN", "es-419", "sl-rozaj-biske", "de-CH-1996",
        "en-u-ca-gregory", "de-DE-u-co-phonebk-x-private",
    ],
)  # fmt: skip
def test_a_language_is_a_tag_that_browsers_know(folder: Path, language: str) -> None:
    (folder / "course.toml").write_text(f'language = "{language}"\n{TOML}')
    assert load_course(folder).language == language


def test_loading_writes_nothing(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    load_course(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_assignments_have_a_title_and_a_date(folder: Path) -> None:
    entries = """
        [[assignment]]
        id = "a1"
        title = "Field report"
        due = 2026-12-01T18:00:00Z
        [[assignment]]
        id = "a2"
        due = 2026-12-08
        [[assignment]]
        id = "a3"
    """
    (folder / "course.toml").write_text(TOML + entries, encoding="utf-8")
    first, second, third = load_course(folder).assignments
    assert (first.title, first.due) == ("Field report", datetime(2026, 12, 1, 18, tzinfo=UTC))
    assert (second.title, second.due) == ("a2", datetime(2026, 12, 8, 23, 59))  # noqa: DTZ001
    assert third.due is None


def test_a_lesson_is_found_by_its_id_and_others_are_named(folder: Path) -> None:
    course = load_course(folder)
    assert course.lesson("02-second").id == "02-second"
    with pytest.raises(CourseError, match=r"no lesson '03-third'\. Its lessons: 01-first, 02"):
        course.lesson("03-third")


# course.toml that cannot be used ----------------------------------------------------------------


def test_a_missing_course_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"course\.toml does not exist\. Name a folder"):
        load_course(tmp_path)


def test_a_course_file_that_is_no_toml_says_where(folder: Path) -> None:
    words = refusal(folder, 'id = "tables"\ntitle = Tables')
    assert "is not valid TOML: " in words
    assert "line 2" in words


def test_a_course_file_that_is_no_utf8_is_refused(folder: Path) -> None:
    assert "is not valid TOML: 'utf-8' codec" in refusal(folder, 'title = "Übung"'.encode("latin1"))


def test_a_course_file_that_is_a_folder_is_refused(folder: Path) -> None:
    (folder / "course.toml").unlink()
    (folder / "course.toml").mkdir()
    with pytest.raises(CourseError, match=r"course\.toml cannot be read: Is a directory"):
        load_course(folder)


HEAD = 'id = "tables"\ntitle = "Tables"\n'
LESSON = HEAD + '[[lesson]]\nid = "01-first"\n'
ASSIGNMENT = HEAD + '[[assignment]]\nid = "a1"\n'


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("", "'id' is missing"),
        ('id = "tables"', "'title' is missing"),
        ('id = 5\ntitle = "Tables"', "'id' is not a text"),
        ('id = " "\ntitle = "Tables"', "'id' is not a text"),
        ('id = "tables"\ntitle = ["Tables"]', "'title' is not a text"),
        (HEAD + "summary = 5", "'summary' is not a text"),
        (HEAD + "language = true", "'language' is not a text"),
        (HEAD + 'language = "en_US"', "'language' is \"en_US\", which is no language tag (BCP 47)"),
        (HEAD + 'language = "en_US"', 'Write it with hyphens, as in: language = "en-US"'),
        (HEAD + 'language = "English"', 'As in: language = "en" or "en-US"'),
        (HEAD + 'language = ""', 'As in: language = "en" or "en-US"'),
        (HEAD + 'language = "de-"', 'As in: language = "en" or "en-US"'),
        (HEAD + 'language = " de"', 'As in: language = "en" or "en-US"'),
        (HEAD + 'mastery = "0.8"', "'mastery' is not a number from 0 to 1"),
        (HEAD + "mastery = true", "'mastery' is not a number from 0 to 1"),
        (HEAD + "mastery = 80", "'mastery' is not a number from 0 to 1"),
        (HEAD + "mastery = -0.1", "'mastery' is not a number from 0 to 1"),
        (HEAD + "mastery = nan", "'mastery' is not a number from 0 to 1"),
        (HEAD + 'lesson = "01-first"', "'lesson' is not a list of tables"),
        (HEAD + 'lesson = ["01-first"]', "'lesson' is not a list of tables"),
        (HEAD + "[lesson]\nid = '01-first'", "'lesson' is not a list of tables"),
        (HEAD + "[[lesson]]\n", "lesson 1: 'id' is missing"),
        (LESSON + "[[lesson]]\nid = 2", "lesson 2: 'id' is not a text"),
        (LESSON + "goal = 5", "lesson 1: 'goal' is not a text"),
        (LESSON + 'minutes = "25"', "lesson 1: 'minutes' is not a whole number of 0 or more"),
        (LESSON + "minutes = 2.5", "lesson 1: 'minutes' is not a whole number of 0 or more"),
        (LESSON + "minutes = -1", "lesson 1: 'minutes' is not a whole number of 0 or more"),
        (LESSON + "minutes = true", "lesson 1: 'minutes' is not a whole number of 0 or more"),
        (LESSON + '[[lesson]]\nid = "01-first"', "'lesson' has the id '01-first' twice"),
        (ASSIGNMENT + "title = 5", "assignment 1: 'title' is not a text"),
        (ASSIGNMENT + 'due = "tomorrow"', "assignment 1: 'due' is not a date"),
        (ASSIGNMENT + "due = 18:00:00", "assignment 1: 'due' is not a date"),
        (ASSIGNMENT + '[[assignment]]\nid = "a1"', "'assignment' has the id 'a1' twice"),
    ],
)
def test_a_wrong_key_of_the_course_file_is_named(folder: Path, toml: str, words: str) -> None:
    assert words in refusal(folder, toml)


# A lesson that cannot be read leaves the others alone -------------------------------------------


@pytest.mark.parametrize("content", ["", "{", "# Meet the table", "NaN,", "[" * 100_000])
def test_a_notebook_that_is_no_json_is_a_problem_of_its_lesson(folder: Path, content: str) -> None:
    assert "lesson.ipynb is not a notebook: " in problem_of(folder, content)


def test_a_notebook_that_is_no_utf8_is_a_problem_of_its_lesson(folder: Path) -> None:
    content = notebook(markdown("é")).replace("\\u00e9", "é").encode("latin1")
    assert "is not a notebook: 'utf-8' codec" in problem_of(folder, content)


@pytest.mark.parametrize(
    "content",
    ["[]", "5", "null", "{}", '{"cells": {}}', '{"cells": [5]}', '{"worksheets": [{"cells": []}]}'],
)
def test_json_without_cells_is_a_problem_of_its_lesson(folder: Path, content: str) -> None:
    assert "is not a notebook of format 4: it has no list of cells" in problem_of(folder, content)


def test_a_folder_in_the_place_of_the_notebook_is_a_problem_of_its_lesson(folder: Path) -> None:
    path = folder / "01-first" / "lesson.ipynb"
    path.unlink()
    path.mkdir()
    assert "cannot be read: Is a directory" in problem_of_first(load_course(folder), path)


def test_a_missing_lesson_says_who_lists_it(folder: Path) -> None:
    shutil.rmtree(folder / "01-first")
    words = problem_of_first(load_course(folder), folder / "01-first" / "lesson.ipynb")
    assert words.startswith(f"{folder / 'course.toml'} lists this lesson, but ")
    assert "does not exist. Restore the file, or take the lesson out of course.toml." in words


@pytest.mark.parametrize("lesson_id", ["../x", "..", ".", "/etc", ".hidden", "a/b", "01-first/"])
def test_a_lesson_id_may_not_lead_elsewhere(folder: Path, lesson_id: str) -> None:
    elsewhere = write_course(folder.parent / "x")
    (elsewhere / "lesson.ipynb").write_text(notebook(markdown("# Elsewhere")), encoding="utf-8")
    toml = TOML.replace('id = "01-first"', f'id = "{lesson_id}"')
    (folder / "course.toml").write_text(toml, encoding="utf-8")
    words = problem_of_first(load_course(folder), folder / "course.toml")
    assert f"lists the lesson {lesson_id!r}, which is not a folder's name" in words


@pytest.mark.parametrize("lesson_id", ["a\\u0000b", "x" * 300])
def test_a_lesson_id_that_no_folder_can_have_is_a_problem_of_its_lesson(
    folder: Path, lesson_id: str
) -> None:
    toml = TOML.replace('id = "01-first"', f'id = "{lesson_id}"')
    (folder / "course.toml").write_text(toml, encoding="utf-8")
    first, second = load_course(folder).lessons
    assert first.problem is not None
    assert second.problem is None


@pytest.mark.parametrize("target", ["../../elsewhere", "02-second", "01-first", "gone"])
def test_a_lesson_folder_that_is_a_link_is_a_problem_of_its_lesson(
    folder: Path, target: str
) -> None:
    """Wherever it leads: out of the course, to another lesson, to itself or to nothing."""
    write_course(folder.parent.parent / "elsewhere")
    shutil.rmtree(folder / "01-first")
    (folder / "01-first").symlink_to(target)
    words = problem_of_first(load_course(folder), folder / "01-first")
    assert words.endswith(f"is a link to {target}. Put the folder itself in the place of the link.")


def test_a_course_that_is_reached_by_a_link_is_used(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder.parent)
    course = load_course(find_course_folder(tmp_path / "link"))
    assert [lesson.problem for lesson in course.lessons] == [None, None]
    assert find_lesson(tmp_path / "link" / "lessons" / "02-second")[1].id == "02-second"


@contextmanager
def without_roots_rights() -> Iterator[None]:
    """Root may read whatever the permissions say; nobody may not (no change for others)."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A course in a folder that nobody may enter."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    yield write_course(folder / "lessons")
    shutil.rmtree(folder)


def test_a_notebook_without_permission_is_a_problem_of_its_lesson(shelf: Path) -> None:
    path = shelf / "01-first" / "lesson.ipynb"
    path.chmod(0)
    with without_roots_rights():
        course = load_course(shelf)
    words = problem_of_first(course, path)
    assert "cannot be read: Permission denied. Check the file and its permissions." in words


def test_a_course_file_without_permission_is_named(shelf: Path) -> None:
    (shelf / "course.toml").chmod(0)
    with without_roots_rights(), pytest.raises(CourseError) as refused:
        load_course(shelf)
    assert f"{shelf / 'course.toml'} cannot be read: Permission denied." in str(refused.value)


def test_the_cells_of_a_missing_notebook_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"^\S*gone\.ipynb does not exist\."):
        read_cells(tmp_path / "gone.ipynb")


# Sections and items -----------------------------------------------------------------------------


def test_a_section_is_known_by_its_cell_and_called_by_its_heading(folder: Path) -> None:
    sections = sections_of(
        folder,
        markdown("# Title\n\nWords.", "top"),
        markdown("Before.\n\n## What is *one* row? ##\nWords.", "rows"),
        markdown("### Not a section", "sub"),
        markdown("##  The `size` of [it](x.md) \n", "size"),
    )
    assert [(each.id, each.title) for each in sections] == [
        ("rows", "What is one row?"),
        ("size", "The size of it"),
    ]


def test_a_title_keeps_the_underscores_of_a_name(folder: Path) -> None:
    (section,) = sections_of(folder, markdown("## Count with `value_counts`, in _both_ columns"))
    assert section.title == "Count with value_counts, in both columns"


def test_a_section_keeps_its_id_when_it_is_reworded(folder: Path) -> None:
    (before,) = sections_of(folder, markdown("## One", "rows"))
    (after,) = sections_of(folder, markdown("## One row", "rows"))
    assert before.id == after.id


def test_two_headings_in_one_cell_are_two_sections(folder: Path) -> None:
    cells = [markdown("## One\n\n## Two\n\n### Sub\n\n## Three", "both"), code("checks.a")]
    one, two, three = sections_of(folder, *cells)
    assert len({one.id, two.id, three.id}) == 3
    assert (one.id, one.items, two.items) == ("both", (), ())
    assert three.items == (Item("a", "check"),)


@pytest.mark.parametrize(
    "source",
    [
        "```\n## Not a heading\n```",
        "~~~ python\n## Not a heading\n~~~",
        "##Not a heading",
        "####### Not a heading",
        "words ## not a heading",
        "    ## not a heading",
        "<div>\n## not a heading\n</div>",
        "<!--\n## not a heading\n-->",
        "- ## not of the lesson",
        "##",
        "not a heading\n---",
    ],
)
def test_what_is_no_heading_begins_no_section(folder: Path, source: str) -> None:
    sections = sections_of(folder, markdown(f"## Real\n\n{source}\n", "real"), code("## code"))
    assert [section.title for section in sections] == ["Real"]


def test_a_heading_may_be_indented(folder: Path) -> None:
    assert [section.title for section in sections_of(folder, markdown("   ## Real"))] == ["Real"]


def test_a_heading_after_a_code_fence_begins_a_section(folder: Path) -> None:
    source = "```\n# a comment\n```\n\n## Real\n\n```\n# another\n```"
    assert [section.title for section in sections_of(folder, markdown(source))] == ["Real"]


def test_cells_may_be_lists_of_lines_and_lack_an_id(folder: Path) -> None:
    """As nbformat writes them, and as notebooks of format 4.4 and older are."""
    cell = markdown(["# Title\n", "\n", "## Part\n", "words"])
    del cell["id"]
    (section,) = sections_of(folder, code("1"), cell)
    assert (section.id, section.title) == ("cell-1-2", "Part")


def test_checks_and_videos_are_the_items_of_their_section(folder: Path) -> None:
    one, two = sections_of(
        folder,
        markdown("## One", "one"),
        code("checks = lesson()"),
        code("checks.rows_are"),
        code('Video(\n    "media/a.webm", title="A",\n)'),
        markdown("## Two", "two"),
        code("print(1)\nchecks.size"),
        code('Audio("media/b.webm", title="B", watched=0.5)'),
    )
    assert one.items == (Item("rows_are", "check"), Item("media/a.webm", "video"))
    assert two.items == (Item("size", "check"), Item("media/b.webm", "audio", needs=0.5))


def test_items_before_the_first_section_belong_to_it(folder: Path) -> None:
    cells = [code("checks.early"), markdown("## One", "one"), code("checks.late")]
    (section,) = sections_of(folder, *cells)
    assert [item.id for item in section.items] == ["early", "late"]


@pytest.mark.parametrize("source", ["%matplotlib inline", "!ls", "for", "\0", "(" * 1000])
def test_a_cell_that_is_no_python_hides_no_other_cell(folder: Path, source: str) -> None:
    cells = [markdown("## One"), code(source), code("checks.a"), markdown("checks.not_this")]
    (section,) = sections_of(folder, *cells)
    assert section.items == (Item("a", "check"),)


def test_a_lesson_knows_its_checks_in_order_and_the_section_of_each_item(folder: Path) -> None:
    cells = [
        markdown("## One", "one"), code("checks.b"), code('Video("v.webm", title="V")'),
        markdown("## Two", "two"), code("checks.a"),
    ]  # fmt: skip
    lesson = Lesson("l", folder, "L", sections=sections_of(folder, *cells))
    assert lesson.check_ids == ("b", "a")
    found = [lesson.section_of(item) for item in ("b", "v.webm", "a", "two", "gone")]
    assert [section.id if section else None for section in found] == [
        "one", "one", "two", "two", None,
    ]  # fmt: skip


# Plumbing cells ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "from kit import lesson\n\nchecks = lesson()",
        "checks.rows_are",
        "# show it\nchecks.rows_are",
        'from kit import Video\nVideo("a.webm", title="A")',
        "checks.one\nchecks.two",
        'checks = lesson("lessons/01-first")',
    ],
)
def test_a_cell_that_shows_checks_is_plumbing(source: str) -> None:
    assert is_check_cell(source)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# nothing",
        "import pandas as pd",
        "import pandas as pd\nchecks.rows_are",
        "report = 5\nchecks.report",
        "report",
        "penguins.shape",
        "%matplotlib inline",
        "checks.",
        "\0",
    ],
)
def test_a_cell_with_code_of_its_own_is_no_plumbing(source: str) -> None:
    assert not is_check_cell(source)


# Finding ----------------------------------------------------------------------------------------


def test_a_course_is_found_from_its_root_its_folder_and_below(folder: Path) -> None:
    below = folder / "01-first" / "data" / "deep"
    below.mkdir(parents=True)
    for start in (folder.parent, folder, folder / "01-first", below, folder.parent / "assignments"):
        assert find_course_folder(start) == folder


def test_the_nearest_course_is_found(folder: Path) -> None:
    inner = write_course(folder / "01-first" / "inner")
    assert find_course_folder(inner / "02-second") == inner


def test_a_relative_folder_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "01-first")
    assert find_course_folder(Path()) == folder
    assert find_lesson(Path())[1].id == "01-first"


def test_no_course_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"There is no course\.toml in .*Name the folder") as none:
        find_course_folder(tmp_path)
    assert str(tmp_path / "lessons") in str(none.value)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("~nosuchuser/x", "~nosuchuser/x is in no home folder of this computer. Name the folder"),
        ("/" + "x" * 300, "cannot be read: File name too long."),
        ("/x" * 3000, "cannot be read: File name too long."),
    ],
    ids=lambda value: value[:20],
)
def test_a_folder_that_cannot_be_is_named(start: str, words: str) -> None:
    with pytest.raises(CourseError, match=re.escape(words)) as refused:
        find_course_folder(Path(start))
    assert start in str(refused.value)


def test_a_link_that_leads_to_itself_holds_no_course(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(CourseError, match=r"There is no course\.toml in .*loop"):
        find_course_folder(tmp_path / "loop")


def test_a_course_without_permission_is_named(shelf: Path) -> None:
    shelf.chmod(0)
    with without_roots_rights(), pytest.raises(CourseError, match="cannot be read: Permission"):
        find_course_folder(shelf)
    shelf.chmod(0o755)


def test_a_lesson_is_found_from_its_folder_and_from_below(folder: Path) -> None:
    below = folder / "02-second" / "data" / "deep"
    below.mkdir(parents=True)
    for start in (folder / "02-second", below):
        course, lesson = find_lesson(start)
        assert (course.id, lesson.id) == ("tables", "02-second")


def test_a_folder_that_is_no_lesson_is_named(folder: Path) -> None:
    (folder / "02-second-old").mkdir()
    for start in (folder, folder / "02-second-old"):
        with pytest.raises(CourseError, match="is not a lesson of") as refused:
            find_lesson(start)
        assert str(start) in str(refused.value)


def test_a_broken_lesson_that_is_asked_for_says_what_is_wrong(folder: Path) -> None:
    (folder / "01-first" / "lesson.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(CourseError, match="is not a notebook"):
        find_lesson(folder / "01-first")
    assert find_lesson(folder / "02-second")[1].id == "02-second"


@pytest.mark.parametrize("value", ["[" * 10_000, "9" * 5000])
def test_a_course_file_that_goes_too_far_is_refused(folder: Path, value: str) -> None:
    assert "is not valid TOML" in refusal(folder, f'id = "a"\ntitle = {value}')


def test_a_cell_that_is_nested_too_deeply_hides_no_other_cell(folder: Path) -> None:
    cells = [markdown("## One"), code("-" * 100_000 + "1"), code("checks.a")]
    (section,) = sections_of(folder, *cells)
    assert [item.id for item in section.items] == ["a"]


@pytest.mark.parametrize(
    "source",
    [
        "````\n```\n## Not a heading\n```\n````",
        "```\n## Not a heading, and the fence is never closed",
        "  ```\n## Not a heading\n  ```",
    ],
)
def test_no_heading_within_any_fence_begins_a_section(folder: Path, source: str) -> None:
    sections = sections_of(folder, markdown(f"## Real\n\n{source}\n"))
    assert [section.title for section in sections] == ["Real"]


def test_a_title_may_end_with_a_hash(folder: Path) -> None:
    (section,) = sections_of(folder, markdown("## Learn C#"))
    assert section.title == "Learn C#"


def test_windows_line_ends_are_no_part_of_a_title(folder: Path) -> None:
    (section,) = sections_of(folder, markdown("## One\r\nwords\r\n"))
    assert section.title == "One"


def test_cells_with_one_id_lose_no_checks(folder: Path) -> None:
    sections = sections_of(
        folder,
        markdown("## One", "same"), code("checks.a"),
        markdown("## Two", "same"), code("checks.b"),
    )  # fmt: skip
    assert [item.id for section in sections for item in section.items] == ["a", "b"]


def test_a_check_beside_a_magic_command_is_found(folder: Path) -> None:
    cells = [markdown("## One"), code("%matplotlib inline\nchecks.a")]
    (section,) = sections_of(folder, *cells)
    assert [item.id for item in section.items] == ["a"]


def test_a_lesson_without_sections_has_its_checks(folder: Path) -> None:
    (folder / "01-first" / "lesson.ipynb").write_text(
        json.dumps({"cells": [markdown("# Title", "top"), code("checks.a")]})
    )
    assert load_course(folder).lesson("01-first").check_ids == ("a",)
