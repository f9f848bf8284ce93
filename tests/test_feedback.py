"""Feedback for a student: what it tells, and what it never tells of a hidden test."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Browser, Page

from kit.grading.course import GradingCourse
from kit.grading.feedback.exporter import happened
from kit.grading.feedback.html import markdown
from kit.grading.feedback.marks import Marks
from kit.grading.feedback.source import Source, fill
from kit.grading.outcomes import in_words
from kit.kernels import owner
from tests.accessibility import assert_accessible
from tests.confined import on_linux

pytestmark = on_linux

NAME = "f1"
SECRET = "zq7"
"""In each value of a hidden test, and nowhere else."""

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
EXPORTER = 'c.GenerateFeedback.exporter_class = "kit.grading.feedback.FeedbackExporter"\n'
SETTINGS = """
c = get_config()
c.CourseDirectory.course_id = "small"
c.Execute.timeout = 6
c.ConfinedExecute.limits = {"memory_bytes": 400 * 2**20}
"""
TEST_EARLY = "assert early(1) == 2, 'One more than one is two.'"
TEST_SHOUT = f"""
assert shout("a") == "A", f"expected A, got {{shout('a')}}"
### BEGIN HIDDEN TESTS
import math as {SECRET}math
given = "{SECRET}given"
got = shout(given)
assert isinstance(got, str), "Give back a text."
assert got == "{SECRET.upper()}GIVEN", f"For {{given}} it gave back {{got}}, in the place of A."
### END HIDDEN TESTS
assert shout("") == ""
"""
TEST_PARTS = f"""
### BEGIN HIDDEN TESTS
points = 3
if parts("{SECRET}parts") != 5:
    print("1 of 3 points: letters are to be counted, too.")
    points = 1
points
### END HIDDEN TESTS
"""
TEST_LATER = 'assert shout("b") == "B"\nassert not SEEN'
SOLUTIONS = {
    "early": "def early(n):\n    return n + 1",
    "shout": "def shout(n):\n    return n.upper()",
    "look": "SEEN = []",
    "parts": "def parts(text):\n    return 5",
    "why": "Because.",
}
LEAKS = {  # what a student's function does with what a hidden test gives to it
    "print": "print(n)",
    "stderr": "import sys; sys.stderr.write(n); return n.upper()",
    "warning": "import warnings; warnings.warn(n); return n",
    "log": "import logging; logging.warning(n); return n",
    "error": "raise KeyError(n)",
    "teachers-words": "raise AssertionError(f'expected A, got {n}')",
    "hidden-words": "raise AssertionError(f'For {n} it gave back {n}, in the place of A.')",
    "pythons-words": "raise NameError(f\"name '{n}' is not defined\")",
    "name-of-an-error": "raise type(n, (Exception,), {})(n)",
    "cause": "raise KeyError('x') from ValueError(n)",
    "context": "try:\n        raise ValueError(n)\n    except ValueError:\n        return 1 / 0",
    "note": "error = ValueError('v'); error.add_note(n); raise error",
    "group": "raise ExceptionGroup(n, [ValueError(n)])",
    "no-frames": "error = AssertionError(n); raise error.with_traceback(None)",
    "made-code": "exec(f'def {n}(): raise ValueError()\\n{n}()')",
    "html": "from IPython.display import HTML, display; display(HTML(f'<b>{n}</b>')); return n",
    "picture": "show_picture(n); return n",
    "again": "HANDLE.update({'text/plain': n}, raw=True); return n",
    "keep": "KEPT.append(n); return n.upper()",
    "source": "print(In[-1]); KEPT.append(In[-1]); return n.upper()",
    "verbose": "get_ipython().run_line_magic('xmode', 'Verbose'); raise ValueError(1)",
    "own-traceback": "get_ipython().set_custom_exc((Exception,), tell); raise ValueError(n)",
    "object": "return Odd(n)",
    "file": "write_files(n); return n.upper()",
    "wrong": "return n",
}
BEFORE = """
from IPython.display import display
KEPT = []
HANDLE = display({"text/plain": "nothing yet"}, raw=True, display_id=True)

def show_picture(n):
    import base64
    display({"image/png": base64.b64encode(n.encode() * 3).decode()}, raw=True)

def tell(shell, kind, error, tb, tb_offset=None):
    shell._showtraceback(kind, error, ["Cell In[1], line 1", str(error), str(tb.tb_frame.f_locals)])

def write_files(n):
    for name in ["page.html", "other.html", "hill.png", "timestamp.txt", "submission_secret.txt"]:
        open(name, "w").write(n)

class Odd(str):
    def __eq__(self, other): print(self, other); return False
    def __repr__(self): return str.__str__(self)
    __hash__ = None
"""
LOOK = "SEEN = []\nprint('kept:', KEPT)\nHANDLE\nraise ValueError(KEPT)"


def about(grade_id: str, **more: Any) -> dict[str, Any]:
    whole = {"grade": False, "solution": False, "locked": False, "task": False, **more}
    return {"nbgrader": {"grade_id": grade_id, "schema_version": 3, **whole}}


def source() -> NotebookNode:
    """As a teacher writes it."""

    def solution(name: str) -> NotebookNode:
        return new_code_cell(
            f"### BEGIN SOLUTION\n{SOLUTIONS[name]}\n### END SOLUTION",
            metadata=about(name, solution=True),
        )

    def test(name: str, code: str, points: float) -> NotebookNode:
        facts = about(f"test-{name}", grade=True, locked=True, points=points)
        return new_code_cell(code.strip(), metadata=facts)

    table = f"| a column | another |\n|---|---|\n| {'many words ' * 20} | {'x' * 90} |"
    formulas = "How steep is $\\frac{a}{b}$?\n\n$$\\nonsense{$$"
    intro = f"# A page\n\n{formulas}\n\n![A hill](hill.png)\n\n{table}"
    why = about("why", grade=True, solution=True, points=3.0)
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [
        new_markdown_cell(intro, metadata=about("intro", locked=True)),
        solution("early"),
        test("early", TEST_EARLY, 1.0),
        new_markdown_cell("## Loud words", metadata=about("words", locked=True)),
        solution("shout"),
        test("shout", TEST_SHOUT, 2.0),
        solution("look"),
        test("later", TEST_LATER, 1.0),
        solution("parts"),
        test("parts", TEST_PARTS, 3.0),
        new_markdown_cell("A reason.", metadata=why),
    ]
    return new_notebook(cells=cells, metadata={"kernelspec": spec})


def answered(course: GradingCourse, **sources: str) -> NotebookNode:
    """What was released, with answers in it: right ones, where nothing else is given."""
    path = course.folder / "release" / NAME / "page.ipynb"
    notebook = nbformat.read(path, as_version=4)
    answers = {**SOLUTIONS, **{name.replace("_", "-"): code for name, code in sources.items()}}
    for cell in notebook.cells:
        name = cell.metadata["nbgrader"]["grade_id"]
        cell.source = answers.get(name, cell.source)
    return notebook


def leaking(course: GradingCourse, body: str) -> NotebookNode:
    shout = f"def shout(n):\n    if len(n) < 2:\n        return n.upper()\n    {body}"
    return answered(course, early=f"{SOLUTIONS['early']}\n{BEFORE}", shout=shout, look=LOOK)


def hand_in(course: GradingCourse, student: str, notebook: NotebookNode | str) -> Path:
    folder = course.folder / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    text = notebook if isinstance(notebook, str) else json.dumps(notebook)
    (folder / "page.ipynb").write_text(text)
    (folder / "hill.png").write_bytes(PICTURE)
    (folder / "timestamp.txt").write_text("2026-11-02 10:00:00.000000 UTC")
    (folder / "submission_secret.txt").write_text("hush")
    return folder


def make_course(folder: Path) -> GradingCourse:
    (folder / "source" / NAME).mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(SETTINGS)
    nbformat.write(source(), folder / "source" / NAME / "page.ipynb")
    (folder / "source" / NAME / "hill.png").write_bytes(PICTURE)
    course = GradingCourse(folder)
    course.release(NAME)
    return course


OUTCOMES = {
    "died": "import os; os._exit(1)",
    "timeout": "while True: pass",
    "memory": "all = []\n    while True: all.append(b'x' * 10**7)",
    "flood": "while True: print('x' * 1000)",
}
HOSTILE = "<img src=x onerror='window.hacked = 1'><script>window.hacked = 2</script>"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GradingCourse]:
    """All of the students have their feedback in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        made = make_course(tmp_path_factory.mktemp("course"))
        for name, body in LEAKS.items():
            hand_in(made, name, leaking(made, body))
        for name, body in OUTCOMES.items():
            hand_in(made, name, answered(made, shout=f"def shout(n):\n    {body}"))
        hand_in(made, "unreadable", "Dear teacher,")
        hand_in(made, "early", answered(made, early="def early(n):\n    return n"))
        hand_in(made, "typo", answered(made, shout="def shout(n):\n    return m.upper()"))
        hand_in(made, "parts", answered(made, parts="def parts(text):\n    return 4"))
        without = answered(made)
        del without.cells[2]
        hand_in(made, "missing-cells", without)
        hand_in(made, "hostile", hostile(made))
        hand_in(made, "<script>window.hacked=3<&>\"'", answered(made))
        made.grade(NAME, workers=2)
        made.feedback(NAME)
        yield made
        owner.zygotes.close()


def hostile(course: GradingCourse) -> NotebookNode:
    notebook = answered(course, why=f"{HOSTILE} [x](javascript:hack()) <b>&</b> ![y]({HOSTILE})")
    drawn = (
        "<svg xmlns='http://www.w3.org/2000/svg' onload='window.hacked=4'>"
        "<script>window.hacked=4</script><image href='https://kit.test/x'/></svg>"
    )
    table = f"<table onclick='hack()'><tr><th>wide</th>{'<td>9</td>' * 99}</tr></table>"
    look = next(each for each in notebook.cells if each.metadata.nbgrader.grade_id == "look")
    look.source = f"SEEN = [] #{HOSTILE}{'x' * 500}"
    look.outputs = [
        new_output("display_data", {"text/html": f"{table}{HOSTILE}<iframe src='https://kit.test'>"}),
        new_output("display_data", {"image/svg+xml": drawn}),
        new_output("display_data", {"image/png": "\"><script>window.hacked=5</script>"}),
        new_output("display_data", {"text/markdown": f"**bold** {HOSTILE}"}),
        new_output("display_data", {"application/javascript": "window.hacked = 6"}),
        new_output("stream", name="stdout", text=f"\x1b[31m{HOSTILE}{'y' * 500}"),
        new_output("error", ename="E", evalue="v", traceback=[HOSTILE]),
    ]  # fmt: skip
    return notebook


def page_of(course: GradingCourse, student: str) -> str:
    return (course.folder / "feedback" / student / NAME / "page.html").read_text()


# What it never tells -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", LEAKS)
def test_nothing_of_a_hidden_test_is_there(name: str, course: GradingCourse) -> None:
    page = page_of(course, name)
    assert SECRET not in page.lower()
    for form in (b"zq7given", b"xzq7given", b"xxzq7given"):
        assert base64.b64encode(form)[4:9].decode() not in page
    assert "test-shout" in page


@pytest.mark.parametrize("name", [each for each in LEAKS if each != "file"])
def test_the_teacher_has_all_of_it(name: str, course: GradingCourse) -> None:
    """Of what is hidden from a student, nothing is hidden from who marks: it did leak."""
    path = course.folder / "autograded" / name / NAME / "page.ipynb"
    notebook = nbformat.read(path, as_version=4)
    shown = json.dumps([each.get("outputs") for each in notebook.cells])
    picture = base64.b64encode(f"{SECRET}given".encode() * 3).decode()
    assert SECRET in shown.lower() or picture in shown


@pytest.mark.parametrize("name", LEAKS)
def test_no_file_goes_along_that_was_made_while_hidden_tests_ran(
    name: str, course: GradingCourse
) -> None:
    folder = course.folder / "feedback" / name / NAME
    assert {each.name for each in folder.iterdir()} <= {
        "page.html",
        "timestamp.txt",
        "submission_secret.txt",
    }
    assert (folder / "submission_secret.txt").read_text() == "hush"
    assert not any(SECRET in each.read_text() for each in folder.iterdir())


def test_nbgraders_own_command_and_its_button_make_the_same_pages(course: GradingCourse) -> None:
    students = ("error", "keep", "hostile", "unreadable")
    ours = {name: page_of(course, name) for name in students}
    settings = course.folder / "nbgrader_config.py"
    settings.write_text(SETTINGS + EXPORTER)
    try:
        command = [sys.executable, "-m", "nbgrader", "generate_feedback", NAME, "--force"]
        subprocess.run(command, cwd=course.folder, check=True, capture_output=True, timeout=300)
        assert {name: page_of(course, name) for name in students} == ours
        done = GradingCourse(course.folder).api.generate_feedback(NAME)
        assert done["success"]
        assert {name: page_of(course, name) for name in students} == ours
    finally:
        settings.write_text(SETTINGS)


# What it tells -----------------------------------------------------------------------------------


def test_the_teachers_words_say_what_was_expected(course: GradingCourse) -> None:
    assert "One more than one is two." in page_of(course, "early")
    assert "AssertionError" in page_of(course, "early")  # no hidden test has run before it
    assert "For … it gave back …, in the place of A." in page_of(course, "wrong")
    assert "1 of 3 points: letters are to be counted, too." in page_of(course, "parts")
    assert "1 of 3 points" not in page_of(course, "early")


def test_an_error_in_the_students_code_is_found_in_it(course: GradingCourse) -> None:
    page = page_of(course, "typo")
    assert "Your code ended with NameError: name &#39;m&#39; is not defined" in page
    assert "line 2 of your cell" in page
    assert "<code>return m.upper()</code>" in page


def test_a_test_that_is_not_shown_is_told_of(course: GradingCourse) -> None:
    assert "There are more tests here, which are not shown." in page_of(course, "typo")
    assert "The tests of this part are not shown." in page_of(course, "typo")
    assert "A test failed that is not shown here." in page_of(course, "no-frames") or (
        "Your code ended with AssertionError" in page_of(course, "no-frames")
    )


@pytest.mark.parametrize("name", [*OUTCOMES, "unreadable", "missing-cells"])
def test_what_happened_is_told(name: str, course: GradingCourse) -> None:
    page = page_of(course, name)
    assert in_words(name) in page
    assert "What happened when it was graded" in page
    if name == "died":
        assert "The notebook ended its own kernel here." in page
        assert "It did not run." in page
    if name == "missing-cells":
        assert "not in your notebook" in page


def test_comments_marks_and_lateness_are_there_after_a_regrade(course: GradingCourse) -> None:
    with course.ledger() as ledger, ledger.written():
        comment = ledger.find_comment("why", "page", NAME, "wrong")
        comment.manual_comment = f"Think **again** of it. {HOSTILE}"
        ledger.find_grade("why", "page", NAME, "wrong").manual_score = 2.5
    hand_in(course, "wrong", answered(course, shout="def shout(n):\n    return 7"))
    course.grade(NAME, student="wrong", regrade=True)
    with course.ledger() as ledger, ledger.written():
        ledger.find_submission_notebook("page", NAME, "wrong").late_submission_penalty = 1.25
    course.feedback(NAME)
    page = page_of(course, "wrong")
    assert "Think <strong>again</strong> of it." in page
    assert "Comments:" in page
    assert "2.5 / 3" in page
    assert "−1.25" in page
    assert "it gave back" not in page
    assert HOSTILE not in page


# How it is shown ---------------------------------------------------------------------------------


@pytest.fixture(params=["light", "dark"])
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A phone without a network."""
    size = {"width": 390, "height": 844}
    context = browser.new_context(viewport=size, color_scheme=request.param, offline=True)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("name", ["hostile", "typo", "unreadable", "died", "early", "wrong"])
def test_it_can_be_read_on_a_phone(name: str, reader: Page, course: GradingCourse) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.on("pageerror", lambda error: complaints.append(str(error)))
    reader.on("console", lambda message: complaints.append(message.text))
    path = course.folder / "feedback" / name / NAME / "page.html"
    reader.goto(path.as_uri())
    assert [each for each in asked if not each.startswith("data:")] == [path.as_uri()]
    assert complaints == []
    assert reader.evaluate("document.documentElement.scrollWidth") == 390
    if name == "hostile":  # a wide table is moved within the page
        assert reader.evaluate("document.querySelector('.kit-scroll').scrollWidth") > 390
    assert reader.evaluate("window.hacked") is None
    assert_accessible(reader, name)
    broken = "[...document.images].filter(each => !each.naturalWidth).map(each => each.alt)"
    assert reader.evaluate(broken) == []
    is_dark = reader.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    paper = reader.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(21, 23, 26)" if is_dark else "rgb(255, 255, 255)")


@pytest.mark.browser
def test_a_name_is_a_name(browser: Browser, course: GradingCourse) -> None:
    """A student's folder can have any; the page says it."""
    name = "<script>window.hacked=3<&>\"'"
    page = browser.new_page()
    page.goto((course.folder / "feedback" / name / NAME / "page.html").as_uri())
    assert page.evaluate("window.hacked") is None
    assert name in page.inner_text("main")
    page.close()


@pytest.mark.browser
def test_links_lead_from_the_points_to_the_parts(browser: Browser, course: GradingCourse) -> None:
    page = browser.new_page()
    page.goto((course.folder / "feedback" / "typo" / NAME / "page.html").as_uri())
    links = page.locator(".kit-points a")
    for place in range(links.count()):
        link = links.nth(place)
        part = page.locator(str(link.get_attribute("href")))
        points = link.locator("xpath=ancestor::tr").locator("td").last.inner_text()
        assert points in part.locator(".kit-part-head").inner_text()
    page.close()


# The parts ---------------------------------------------------------------------------------------

SIGNS = [("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")]


def test_what_is_between_nbgraders_signs_is_hidden() -> None:
    whole = "a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc\n### BEGIN HIDDEN TESTS\nd"
    assert Source(whole, SIGNS).shown == "a\nc"


def test_a_line_of_a_test_is_told_only_where_all_of_it_is_seen() -> None:
    test = Source("if a:\n    assert (\n        b\n    )\n### BEGIN HIDDEN TESTS\nc", SIGNS)
    assert test.statement(3) == "assert (\n    b\n)"
    assert test.statement(1) == "if a:"
    assert test.statement(6) == ""
    assert Source("no python at all (", SIGNS).statement(1) == ""


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("assert a, 'Not so.'", "Not so.", "Not so."),
        ("assert a, 'Not so.'", "Not so. And more.", None),
        (
            "assert a, f'It is not {b} but {c}.'",
            "It is not seen but unseen.",
            "It is not seen but ….",
        ),
        ("assert a, 'Not' + ' so.'", "Not so.", "Not so."),
        ("raise ValueError('Not so.')", "Not so.", "Not so."),
        ("assert a, f'{b}'", "seen", None),
        ("assert a, f'{b} != {c}'", "seen != unseen", None),
        ("assert a, words", "seen", None),
        ("check('Not so.')", "Not so.", None),
    ],
)
def test_only_words_that_stand_in_a_test_are_the_teachers(
    code: str, text: str, said: str | None
) -> None:
    found = [fill(each, text, "it was seen.") for each in Source(code, SIGNS).failing()]
    assert next((each for each in found if each), None) == said


def test_a_notebook_that_was_not_handed_in_is_told_of_in_the_others() -> None:
    marks = Marks({}, {}, 0.0, 0.0, 0.0, missing=["second"])
    assert happened(marks) == ["second: it is part of the assignment, and was not handed in."]


def test_a_text_that_would_take_long_is_shown_as_text() -> None:
    assert "&lt;div&gt;" in markdown("<div>" * 2000, with_html=True)
    assert "<pre>" in markdown("x" * 100_000)
