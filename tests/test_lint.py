"""kit lint: each planted mistake is found where it is, and a lesson without one has no findings."""

from __future__ import annotations

import ast
import io
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from kit.authoring.lint import ERROR, NOTE, WARNING, Finding, Report, lint
from kit.authoring.lint.figures import figures_in, prose_of
from kit.authoring.lint.finding import Rule
from kit.authoring.lint.kernel import CodeCell, Run, run_cells
from kit.authoring.lint.linted import Linted
from kit.authoring.lint.mutants import is_line, mutants_of
from kit.authoring.lint.references import references
from kit.authoring.lint.report import for_machines, print_report
from kit.authoring.lint.rules import COURSE_RULES, LESSON_RULES
from kit.authoring.lint.run import COURSE_FILE_RULE
from kit.authoring.lint.scores import score
from kit.checks import case, code
from kit.cli import main
from kit.commands.target import find_target
from kit.course import Lesson, load_course
from tests.conftest import ROOT
from tests.planted.clean import LESSON, Draft
from tests.planted.mistakes import MISTAKES, Mistake

RUNS: dict[tuple[CodeCell, ...], Run] = {}


def report_on(path: Path, seconds: int = 60) -> Report:
    """What lint finds; lessons with the same worked code share one run in a kernel."""

    def run_once(folder: Path, cells: Sequence[CodeCell]) -> Run:
        worked = tuple(
            replace(cell, tags=())
            for cell in cells
            if not cell.source.startswith(("checks.", "from kit"))
            and not cell.id.startswith(("work-", "not-run-"))
        )
        if worked not in RUNS:
            RUNS[worked] = run_cells(folder, worked, seconds)
        return RUNS[worked]

    target = find_target(str(path), Path())
    return lint(target.folder, target.lesson, runner=run_once)


def found_in(path: Path, seconds: int = 60) -> list[Finding]:
    """Its errors and warnings."""
    findings = report_on(path, seconds).findings
    return [finding for finding in findings if finding.severity != NOTE]


# Mistakes ---------------------------------------------------------------------------------------


def test_the_clean_lesson_has_no_findings(tmp_path: Path) -> None:
    assert found_in(Draft().write(tmp_path)) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_planted_mistake_is_found_where_it_is(mistake: Mistake, tmp_path: Path) -> None:
    """By its rule and by no other; the finding says what to write instead."""
    draft = Draft()
    mistake.put(draft)
    course = draft.write(tmp_path)
    found = found_in(course, draft.seconds)
    assert {finding.rule for finding in found} == {mistake.rule}, found
    places = {(str(finding.path.relative_to(course)), finding.cell) for finding in found}
    assert (mistake.path, where(mistake, course)) in places
    for finding in found:
        assert finding.message.rstrip()[-1] in ".?…”"
        assert finding.mend
        assert "has a fault" not in finding.message


def where(mistake: Mistake, course: Path) -> str:
    """The cell that the finding has to name; a line of checks.py is found by how it begins."""
    if not mistake.path.endswith("checks.py") or not mistake.where:
        return mistake.where
    lines = (course / mistake.path).read_text().splitlines()
    return f"line {next(n for n, line in enumerate(lines, 1) if line.startswith(mistake.where))}"


def test_every_rule_is_tried_with_a_planted_mistake() -> None:
    rules = {rule.name for rule in COURSE_RULES}
    rules |= {rule.name for rule in LESSON_RULES if rule.severity != NOTE}
    assert {mistake.rule for mistake in MISTAKES} == {*rules, COURSE_FILE_RULE}
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES) >= 40


@pytest.mark.parametrize("lesson", load_course(ROOT / "lessons").lessons, ids=lambda each: each.id)
def test_the_lessons_of_the_course_have_no_errors(lesson: Lesson) -> None:
    found = lint(ROOT / "lessons", lesson.id).findings
    assert [each for each in found if each.severity == ERROR or each.rule == "hints"] == []
    assert next(each.figures for each in found if each.rule == "mutants-counted")["survived"] == 0


# What stops what --------------------------------------------------------------------------------


@pytest.fixture
def faulty_rule(monkeypatch: pytest.MonkeyPatch) -> str:
    def look(lesson: Linted) -> Iterator[Finding]:
        """Raise."""
        yield lesson.in_file(lesson.path, "", "Found before.", "Mend it.")
        raise ValueError(lesson.lesson.id)

    monkeypatch.setattr("kit.authoring.lint.run.LESSON_RULES", [Rule("odd", WARNING, look)])
    return "odd"


def test_a_rule_that_crashes_is_a_finding(faulty_rule: str, tmp_path: Path) -> None:
    kept, crash = found_in(Draft().write(tmp_path))
    assert (kept.message, kept.severity) == ("Found before.", WARNING)
    assert (crash.rule, crash.severity) == (faulty_rule, ERROR)
    assert f"The rule odd has a fault and did not finish: ValueError: {LESSON}." in crash.message


def test_a_fault_in_one_lesson_stops_no_other(tmp_path: Path) -> None:
    draft = Draft()
    draft.say("end", "Simply count them.")
    draft.course = draft.course.replace("[[lesson]]", '[[lesson]]\nid = "00-sea"\n\n[[lesson]]', 1)
    draft.beside["00-sea/lesson.ipynb"] = "no notebook"
    report = report_on(draft.write(tmp_path))
    rules = {finding.rule for finding in report.findings if finding.severity != NOTE}
    assert rules == {"notebook", "belittling"}
    assert report.lessons == 2


def test_words_of_another_language_are_left_alone(tmp_path: Path) -> None:
    draft = Draft()
    draft.course = 'language = "de"\n' + draft.course
    title = draft.cell("title")
    title["source"] = title["source"].replace("You can ", "")
    draft.say("end", "Das ist just so.")
    assert found_in(draft.write(tmp_path)) == []


# The command ------------------------------------------------------------------------------------


def test_the_command_runs_the_lesson_and_touches_no_progress(data: Path, tmp_path: Path) -> None:
    draft = Draft()
    draft.cell("worked")["execution_count"] = 1
    result = CliRunner().invoke(main, ["lint", str(draft.write(tmp_path)), "--json"])
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {"path", "cell", "message", "mend", "rule", "severity", "figures"} == set(found[0])
    mistakes = [(each["rule"], each["cell"]) for each in found if each["severity"] != "note"]
    assert mistakes == [("outputs-cleared", "worked")]
    figures = {each["rule"]: each["figures"] for each in found if each["severity"] == "note"}
    assert figures["mutants-counted"] == {"killed": 17, "equivalent": 1, "survived": 0}
    assert figures["minutes-modelled"]["reading: What is known?"] == 1.7
    assert not data.exists()


def test_a_folder_that_the_course_does_not_list(tmp_path: Path) -> None:
    course = Draft().write(tmp_path)
    (course / "02-sand").mkdir()
    result = CliRunner().invoke(main, ["lint", str(course / "02-sand")])
    assert result.exit_code == 2
    assert "has no lesson '02-sand'" in result.stderr


def test_the_report_is_by_file_errors_first_and_ends_with_counts(tmp_path: Path) -> None:
    notebook, checks = tmp_path / "lesson.ipynb", tmp_path / "checks.py"
    figures = {"killed": 7, "equivalent": 1, "survived": 2}
    report = Report(
        (
            Finding(notebook, "end", "Easy [b]is[/b].", "Do not.", "belittling", WARNING),
            Finding(checks, "line 5", "No hints.", "Add three.", "hints", WARNING),
            Finding(notebook, "title", "No title.", "Add one.", "headings", ERROR),
            Finding(checks, "", "Mutants: 7 fail.", "", "mutants-counted", NOTE, figures),
        ),
        1,
    )
    console = Console(file=io.StringIO(), width=100, markup=False)
    print_report(report, console)
    printed = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert [line.rstrip() for line in printed if line.strip()] == [
        str(notebook),
        "  error  title  headings", "    No title.", "    Add one.",
        "  warning  end  belittling", "    Easy [b]is[/b].", "    Do not.",
        str(checks),
        "  warning  line 5  hints", "    No hints.", "    Add three.",
        "  note  mutants-counted", "    Mutants: 7 fail.",
        "1 error, 2 warnings, mutants: 7 fail, 1 equivalent, 2 survive, 1 lesson looked at.",
    ]  # fmt: skip
    assert [each["severity"] for each in for_machines(report.findings)][:2] == ["warning"] * 2


# Ids --------------------------------------------------------------------------------------------


def record_ids(course: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["record-ids", "--course", str(course), *more])


def test_ids_are_recorded_and_the_last_ones_are_kept(tmp_path: Path) -> None:
    course = Draft().write(tmp_path)
    said = record_ids(course)
    assert said.exit_code == 0
    assert "+ check one_row (01-shells)" in said.stdout
    first = json.loads((course / "ids.json").read_text())
    assert first["lessons"][LESSON]["sections"] == ["rows", "gaps", "choose", "end"]
    assert found_in(course) == []

    notebook = course / LESSON / "lesson.ipynb"
    notebook.write_text(notebook.read_text().replace('"id": "gaps"', '"id": "holes"'))
    (finding,) = found_in(course / LESSON)
    assert "Is it 'holes' now?" in finding.message
    assert "kit record-ids" in finding.mend

    again = json.loads(record_ids(course, "--json").stdout)
    assert (again["added"], again["gone"]) == (
        [[LESSON, "section", "holes"]],
        [[LESSON, "section", "gaps"]],
    )
    assert json.loads((course / "ids.json.bak").read_text()) == first
    assert found_in(course) == []


def test_ids_of_a_lesson_that_cannot_be_read_are_not_recorded(tmp_path: Path) -> None:
    draft = Draft()
    draft.files["lesson.ipynb"] = "no notebook"
    course = draft.write(tmp_path)
    said = record_ids(course)
    assert said.exit_code == 2
    assert "is not a notebook" in said.stderr
    assert not (course / "ids.json").exists()


# Mutants ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = a + b", ["x = a - b"]),
        ("x = a / b", ["x = a * b", "x = b / a"]),
        ("x += 2", ["x -= 2", "x += 3", "x += 1"]),
        ("x = a < 3", ["x = a <= 3", "x = a > 3", "x = a < 4", "x = a < 2"]),
        ("x = a == 'm'", ["x = a != 'm'", "x = a == 'm_'"]),
        ("x = a and b", ["x = a or b"]),
        ("x = not a", ["x = a"]),
        ("x = f(True)", ["x = True", "x = f(False)"]),
        ("x = f(a, b)", ["x = f(b, a)"]),
        ("x = max(a, b)", ["x = min(a, b)"]),
        ("x = a.mean()", ["x = a", "x = a.median()"]),
        ("x = pd.f(a, how='left')", ["x = a", "x = pd.f(a)", "x = pd.f(a, how='inner')"]),
        ("x = len(a)", ["x = len(a) - 1", "x = a"]),
        ("x = a[:n]", ["x = a[:n + 1]"]),
        ("x = range(n)", ["x = range(n + 1)", "x = n"]),
        ("x = t[t.a > t.b]", ["x = t[t.a >= t.b]", "x = t[t.a < t.b]", "x = t[~(t.a > t.b)]"]),
        ("if a:\n    b = c", ["if not a:"]),
        ("ax.set_title(t)", ["# ax.set_title(t)"]),
        ("ax.hist(t, color='red')", ["# ax.hist(t, color='red')"]),
        ("plt.show()", []),
        ("def f(a: 3) -> 4:\n    return a", []),
    ],
)
def test_the_mutants_of_a_line(source: str, lines: list[str]) -> None:
    assert sorted(mutant.line for mutant in mutants_of(source, keep_last=False)) == sorted(lines)


def test_each_mutant_is_python_and_differs_in_one_place() -> None:
    source = (ROOT / "kit" / "authoring" / "lint" / "mutants.py").read_text()
    original = ast.unparse(ast.parse(source))
    mutants = mutants_of(source, keep_last=False)
    assert len({mutant.source for mutant in mutants}) == len(mutants) > 100
    for mutant in mutants[::10]:
        ast.parse(mutant.source)
        assert mutant.source != original
        assert mutant.line != mutant.was


def test_the_last_line_that_shows_something_is_left_as_it_is() -> None:
    assert mutants_of("f(1)", keep_last=True) == []
    assert mutants_of("f(1)", keep_last=False) != []


def test_of_a_drawing_only_what_is_compared_is_changed() -> None:
    source = "ax.set_ylim(2)\nax.plot(a.sort_values(), label=t)\nax.set_title(f(t))"
    lines = [mutant.line for mutant in mutants_of(source, keep_last=False, compared=["title"])]
    assert lines == [
        "# ax.plot(a.sort_values(), label=t)",
        "# ax.set_title(f(t))",
        "ax.set_title(t)",
    ]
    every = mutants_of(source, keep_last=False)
    assert "ax.plot(a.sort_values())" in [mutant.line for mutant in every]


def test_quotes_and_spaces_of_a_declared_line_do_not_matter() -> None:
    assert is_line('x  =  a["b"]', "x = a['b']")
    assert not is_line("x = a['c']", "x = a['b']")


def test_a_mutant_that_never_ends_is_caught_soon() -> None:
    check = code(
        "Halve it until it is small.",
        function="halves",
        starter="",
        solution="def halves(n):\n    while n > 9:\n        n = n // 2\n    return n\n",
        cases=[case(80), case(19), case(9), case(18), case(20)],
    )
    began = time.monotonic()
    counted = score(check, [])
    assert time.monotonic() - began < 10
    assert counted.killed > 5
    assert {mutant.line for mutant in counted.survived} <= {"n = n / 2"}


# What stands in a text --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("4,201.75 g and −25.69", [4201.75, -25.69]),
        ("mean 4.201754e+03", [4201.754]),
        ("N67A1, 0.1.6, the 2nd", []),
        ("from 2,700 to 6,300 g.", [2700, 6300]),
        ("in 2007–2009, 110, 114", [2007, 2009, 110, 114]),
        ("`x = 99.5` and $n = 342$ and [it](a-1.5.md)", []),
    ],
)
def test_the_numbers_of_a_text(text: str, numbers: list[float]) -> None:
    assert [figure.value for figure in figures_in(prose_of(text))] == numbers


@pytest.mark.parametrize(
    ("written", "value", "fits"),
    [
        ("4,202", 4201.754386, True),
        ("4,201", 4201.754386, False),
        ("4201.8", 4201.754386, True),
        ("25.69", -25.686291, True),
        ("0.01", 0.0058, True),
    ],
)
def test_a_rounded_number_is_the_same(written: str, value: float, fits: bool) -> None:
    assert next(iter(figures_in(written))).rounds(value) is fits


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("![a](b.png)", [("picture", "b.png")]),
        ("[![a](b.png)](https://c.org)", [("link", "https://c.org"), ("picture", "b.png")]),
        ("See https://c.org.", [("link", "https://c.org.")]),
        ("<https://c.org>", [("link", "https://c.org")]),
        ("![a][1]\n\n[1]: b.png", [("picture", "b.png")]),
        ("`![a](b.png)` and\n\n```\n![a](b.png)\n```", []),
        ("| a |\n|---|\n| ![a](b.png) |", [("picture", "b.png")]),
        (
            "<video poster='b.png' src=\"//c.org/d\">",
            [("loaded", "//c.org/d"), ("loaded", "b.png")],
        ),
        ("<p style='background: url(b.png)'>", [("loaded", "b.png")]),
        ("<a href='b.md'>b</a>", [("link", "b.md")]),
    ],
)
def test_what_a_text_refers_to(text: str, found: list[tuple[str, str]]) -> None:
    assert [(each.kind, each.target) for each in references(text)] == found


def test_lint_leaves_the_environment_as_it_was(tmp_path: Path) -> None:
    before, here = dict(os.environ), Path.cwd()
    found_in(Draft().write(tmp_path))
    assert (dict(os.environ), Path.cwd()) == (before, here)
