"""The course's assignments: what nbgrader makes of them, and what an answer gets."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from kit.course import load_course
from tests.conftest import ROOT, own_data
from tests.handed_in import ANSWERS, Answer

SOURCE = ROOT / "assignments" / "source"
NOTEBOOKS = {
    "a1": SOURCE / "a1" / "field-report.ipynb",
    "a2": SOURCE / "a2" / "late-planes.ipynb",
    "a3": SOURCE / "a3" / "el-nino-story.ipynb",
}
SOLUTION = re.compile(
    r"^( *)### BEGIN SOLUTION\n(.*?)^ *### END SOLUTION$", re.DOTALL | re.MULTILINE
)
HIDDEN = re.compile(
    r"^### BEGIN HIDDEN TESTS\n(.*?)^### END HIDDEN TESTS$", re.DOTALL | re.MULTILINE
)


# What nbgrader makes of them ---------------------------------------------------------------------


@dataclass(frozen=True)
class Marked:
    """A course directory in which all was handed in and marked."""

    folder: Path
    marks: dict[str, dict[str, dict[str, dict[str, Any]]]]

    def points(self, assignment: str, student: str) -> dict[str, float]:
        """What a student got for each cell that is marked by tests."""
        marks = self.marks[assignment][student]
        return {cell: marks[cell]["points"] for cell in judging(assignment)}

    def said(self, assignment: str, student: str, cells: list[str]) -> str:
        """What a student reads below these cells once they are marked."""
        folder = self.folder / "autograded" / student / assignment
        notebook = nbformat.read(folder / NOTEBOOKS[assignment].name, as_version=4)
        return "\n".join(
            output.get("text") or f"{output.ename}: {output.evalue}"
            for cell in notebook.cells
            if cell.id in cells
            for output in cell.outputs
            if output.output_type in {"stream", "error"}
        )


@cache
def cells_of(assignment: str) -> dict[str, Any]:
    notebook = nbformat.read(NOTEBOOKS[assignment], as_version=4)
    return {cell.id: cell for cell in notebook.cells}


def of_nbgrader(cell: Any) -> dict[str, Any]:
    found: dict[str, Any] = cell.metadata.get("nbgrader", {})
    return found


@cache
def solved(assignment: str) -> dict[str, tuple[str, ...]]:
    """The cells to be solved with code, and the tests below each of them."""
    found: dict[str, tuple[str, ...]] = {}
    current = ""
    for name, cell in cells_of(assignment).items():
        about = of_nbgrader(cell)
        if cell.cell_type != "code" or not about:
            continue
        if about["solution"]:
            current = name
            found[name] = ()
        elif about["grade"]:
            found[current] += (name,)
    return found


def judging(assignment: str) -> list[str]:
    return [test for tests in solved(assignment).values() for test in tests]


def by_hand(assignment: str) -> Any:
    """The one cell that the teacher marks."""
    (cell,) = (
        cell
        for cell in cells_of(assignment).values()
        if cell.cell_type == "markdown" and of_nbgrader(cell).get("grade")
    )
    return cell


def with_answer(assignment: str, cell: str, code: str) -> str:
    """A cell with a student's answer in the place of the solution."""

    def answer(solution: re.Match[str]) -> str:
        return textwrap.indent(textwrap.dedent(code).strip("\n"), solution[1])

    text, count = SOLUTION.subn(answer, cells_of(assignment)[cell].source)
    assert count == 1
    return text


def students(assignment: str) -> dict[str, dict[str, str]]:
    """Who hands in what: the model solution, nothing, and all answers of above.

    Tasks stand on their own, so one student gives an answer to each of them.
    """
    answers = ANSWERS[assignment]
    report = by_hand(assignment)
    model = {name: cells_of(assignment)[name].source for name in solved(assignment)}
    found = {"model": {**model, report.id: report.source}, "blank": {}}
    for n in range(max(map(len, answers.values()))):
        found[f"student-{n}"] = {
            cell: with_answer(assignment, cell, each[n].code)
            for cell, each in answers.items()
            if n < len(each)
        }
    return found


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marked]:
    """Everything is handed in and marked, once: each submission takes a kernel."""
    place = tmp_path_factory.mktemp("marking")
    folder = place / "assignments"
    shutil.copytree(SOURCE, folder / "source", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copy(ROOT / "assignments" / "nbgrader_config.py", folder)
    handed_in = {assignment: students(assignment) for assignment in NOTEBOOKS}
    (folder / "handed-in.json").write_text(json.dumps(handed_in), encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it calls alembic
    with pytest.MonkeyPatch.context() as patch:
        own_data(place, patch)
        ended = subprocess.run(
            [sys.executable, "-m", "tests.marking", str(folder)],
            cwd=ROOT, env={**os.environ, "PATH": path}, capture_output=True, text=True, timeout=400,
            check=False,
        )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-6000:]
    yield Marked(folder, json.loads((folder / "marks.json").read_text(encoding="utf-8")))
    shutil.rmtree(folder)


EACH = pytest.mark.parametrize("assignment", NOTEBOOKS)


def secrets(assignment: str) -> Iterator[str]:
    """The lines of solutions, of hidden tests, and of what stands where the teacher marks."""
    for cell in cells_of(assignment).values():
        for pattern in (SOLUTION, HIDDEN):
            for found in pattern.finditer(cell.source):
                yield from found[found.lastindex or 0].splitlines()
    yield from by_hand(assignment).source.splitlines()


@EACH
def test_what_is_released_gives_nothing_away(marked: Marked, assignment: str) -> None:
    (path,) = (marked.folder / "release" / assignment).glob("*.ipynb")
    assert path.name == NOTEBOOKS[assignment].name
    text = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    for word in ("SOLUTION", "HIDDEN", "MARK SCHEME"):
        assert word not in text
    shown = {
        line.strip()
        for cell in cells_of(assignment).values()
        if cell is not by_hand(assignment)
        for line in HIDDEN.sub("", SOLUTION.sub("", cell.source)).splitlines()
    }
    hidden = {line.strip() for line in secrets(assignment)} - shown
    assert len(hidden) > 50
    assert hidden & {line.strip() for line in text.splitlines()} == set()


@EACH
def test_what_is_released_is_whole(marked: Marked, assignment: str) -> None:
    """All cells, with a place to write in each that is to be solved; and the data beside it."""
    folder = marked.folder / "release" / assignment
    notebook = nbformat.read(folder / NOTEBOOKS[assignment].name, as_version=4)
    released = {cell.id: cell for cell in notebook.cells}
    assert [*released] == [*cells_of(assignment)]
    for name in solved(assignment):
        assert released[name].source.count("# YOUR CODE HERE\n") == 1
        assert released[name].source.count("raise NotImplementedError()") == 1
    assert released[by_hand(assignment).id].source == "YOUR ANSWER HERE"
    for name, cell in cells_of(assignment).items():
        is_locked = of_nbgrader(cell).get("locked", False)
        assert released[name].metadata.get("editable", True) is not is_locked
    for file in (SOURCE / assignment / "data").iterdir():
        assert (folder / "data" / file.name).read_bytes() == file.read_bytes()


@EACH
def test_the_model_solution_gets_all_points(marked: Marked, assignment: str) -> None:
    points = {
        name: of_nbgrader(cells_of(assignment)[name])["points"] for name in judging(assignment)
    }
    assert marked.points(assignment, "model") == points
    assert marked.said(assignment, "model", judging(assignment)) == ""
    report = by_hand(assignment).id
    assert marked.marks[assignment]["model"][report] == {"points": 0, "by_hand": True}


@EACH
def test_its_chart_is_drawn(marked: Marked, assignment: str) -> None:
    folder = marked.folder / "autograded" / "model" / assignment
    notebook = nbformat.read(folder / NOTEBOOKS[assignment].name, as_version=4)
    drawn = [
        cell.id
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    assert drawn == ["chart-example", "chart"]


@EACH
def test_nothing_gets_nothing(marked: Marked, assignment: str) -> None:
    marks = marked.marks[assignment]["blank"]
    assert set(marks) == {*judging(assignment), by_hand(assignment).id}
    assert all(mark == {"points": 0, "by_hand": False} for mark in marks.values())


def cases() -> list[Any]:
    return [
        pytest.param(assignment, cell, n, answer, id=f"{assignment}, {cell}: {answer.about}")
        for assignment, answers in ANSWERS.items()
        for cell, each in answers.items()
        for n, answer in enumerate(each)
    ]


@pytest.mark.parametrize(("assignment", "cell", "n", "answer"), cases())
def test_an_answer_gets_its_points_and_words_that_help(
    marked: Marked, assignment: str, cell: str, n: int, answer: Answer
) -> None:
    tests = solved(assignment)[cell]
    points = marked.points(assignment, f"student-{n}")
    said = marked.said(assignment, f"student-{n}", [*tests])
    assert tuple(points[test] for test in tests) == answer.points, said
    assert bool(said) == bool(answer.says)
    assert answer.says in said
    if answer.says:
        assert "Error" not in said.replace("AssertionError", "")


@EACH
def test_enough_mistakes_are_tried(assignment: str) -> None:
    """In each task some, among them a half-right one; and for each test one that it stops."""
    answers = ANSWERS[assignment]
    assert [*answers] == [*solved(assignment)]
    for cell, each in answers.items():
        tests = solved(assignment)[cell]
        most = [of_nbgrader(cells_of(assignment)[test])["points"] for test in tests]
        wrong = [answer for answer in each if answer.says]
        assert len(wrong) >= 5
        assert [answer.points for answer in each if not answer.says] != []
        for answer in each:
            assert (answer.points == tuple(most)) is not bool(answer.says)
        for n in range(len(tests)):
            assert min(answer.points[n] for answer in wrong) == 0


# How they are written ----------------------------------------------------------------------------


@EACH
def test_the_notebook_is_as_jupyterlab_saves_one(assignment: str) -> None:
    text = NOTEBOOKS[assignment].read_text(encoding="utf-8")
    raw = json.loads(text)
    assert text == json.dumps(raw, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    nbformat.validate(raw)
    assert (raw["nbformat"], raw["nbformat_minor"]) == (4, 5)
    assert raw["metadata"]["kernelspec"]["name"] == "python3"
    assert len(cells_of(assignment)) == len(raw["cells"])
    for name, cell in cells_of(assignment).items():
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
        assert [line for line in cell.source.splitlines() if line != line.rstrip()] == []
        about = of_nbgrader(cell)
        if about:
            assert (about["grade_id"], about["schema_version"]) == (name, 3)


@EACH
def test_points_are_as_the_student_is_told(assignment: str) -> None:
    """In the table, in each heading, and in the cells; three fifths of them are for tests."""
    cells = cells_of(assignment)
    table = re.findall(r"^\| (\d\. .+) \| (\d+) \| (.+) \|$", cells["how"].source, re.MULTILINE)
    text = "\n".join(cell.source for cell in cells.values() if cell.cell_type == "markdown")
    headings = re.findall(r"^## (\d\. .+) \((\d+) points\)$", text, re.MULTILINE)
    assert headings == [(task, points) for task, points, _ in table]
    given: dict[str, float] = {}
    heading = ""
    for cell in cells.values():
        found = re.match(r"## (\d\. .+) \(", cell.source)
        heading = found[1] if found else heading
        if of_nbgrader(cell).get("grade"):
            given[heading] = given.get(heading, 0) + of_nbgrader(cell)["points"]
    assert given == {task: int(points) for task, points, _ in table}
    tested = sum(int(points) for _, points, who in table if who == "tests")
    assert [who for _, _, who in table][-1] == "your teacher"
    assert tested / sum(given.values()) == 0.6


@EACH
def test_every_test_says_what_to_look_at(assignment: str) -> None:
    for name in judging(assignment):
        for node in ast.walk(ast.parse(cells_of(assignment)[name].source)):
            if isinstance(node, ast.Assert):
                assert node.msg is not None, name
                assert len(ast.unparse(node.msg)) > 20, name


@EACH
def test_the_teacher_has_a_mark_scheme(assignment: str) -> None:
    """For each of the things that the student is told, from 3 points to 0; and a model answer."""
    cells = cells_of(assignment)
    report = by_hand(assignment)
    asked = re.findall(r"^- \*\*(.+)\*\*:", cells[f"ask-{report.id}"].source, re.MULTILINE)
    model, scheme = re.split(r"### BEGIN MARK SCHEME", report.source)
    told = re.findall(r"^- \*\*(.+)\.\*\* 3: .+ 2: .+ 1: .+ 0: .+\.$", scheme, re.MULTILINE)
    assert told == asked
    assert of_nbgrader(report)["points"] == 3 * len(asked)
    words = len(model.split())
    assert 100 <= words <= 150
    assert f"has {words} words" in scheme


@EACH
def test_data_have_a_source_and_a_licence(assignment: str) -> None:
    folder = SOURCE / assignment / "data"
    about = (folder / "README.md").read_text(encoding="utf-8")
    for path in folder.glob("*.csv"):
        table = pd.read_csv(path)
        assert f"## {path.name}: {len(table):,} rows, {table.shape[1]} columns" in about
    assert {path.suffix for path in folder.iterdir()} == {".csv", ".md"}
    for word in ("**Collected by**", "**Copied from**", "**Licence**", "**One row**"):
        assert word in about
    assert re.search(r"\*Data: .+ public domain", cells_of(assignment)["title"].source)


def test_the_course_lists_them() -> None:
    """With a title and a day, in the order in which they are taken."""
    found = load_course(ROOT / "lessons").assignments
    assert [each.id for each in found] == sorted(path.name for path in SOURCE.iterdir())
    for each in found:
        assert cells_of(each.id)["title"].source.startswith(f"# {each.title}\n")
    days = [each.due for each in found]
    assert None not in days
    assert days == sorted(days, key=str)


@pytest.mark.parametrize(
    "made",
    [
        "release/a1/field-report.ipynb", "submitted/ada/a1/field-report.ipynb", "autograded/ada",
        "feedback/ada", "gradebook.db", "gradebook.db-wal", "gradebook.db-shm", ".kit-marking",
        "source/a1/.ipynb_checkpoints/field-report.ipynb",
    ],
)  # fmt: skip
def test_what_is_made_of_them_is_not_committed(made: str) -> None:
    asked = ["git", "check-ignore", "--quiet", f"assignments/{made}"]
    assert subprocess.run(asked, cwd=ROOT, check=False).returncode == 0


# Their numbers -----------------------------------------------------------------------------------


def told(assignment: str) -> str:
    """All that they say, on one line."""
    texts = [
        f"{cell.source} {cell.metadata.get('alt', '')}"
        for cell in cells_of(assignment).values()
        if cell.cell_type == "markdown" or "alt" in cell.metadata
    ]
    texts.append((SOURCE / assignment / "data" / "README.md").read_text(encoding="utf-8"))
    return " ".join(" ".join(texts).split())


def table(assignment: str, name: str, **how: Any) -> Any:
    return pd.read_csv(SOURCE / assignment / "data" / f"{name}.csv", **how)


def test_numbers_of_the_field_report() -> None:
    raw = table("a1", "penguins_raw")
    lessons = ROOT / "lessons" / "02-select-and-filter" / "data" / "penguins_raw.csv"
    assert (SOURCE / "a1" / "data" / "penguins_raw.csv").read_bytes() == lessons.read_bytes()
    species = raw["Species"].str.split().str[0]
    sexless = raw["Sex"].isna()
    no_nitrogen = raw["Delta 15 N (o/oo)"].isna()
    comment = raw["Comments"].fillna("")
    not_sampled = comment.str.contains("not sampled")
    assert raw.loc[not_sampled, ["Body Mass (g)", "Sex"]].isna().all(axis=None)
    assert species[not_sampled].tolist() == ["Adelie", "Gentoo"]
    by_species = species[sexless].value_counts()
    first = (species == "Adelie") & (raw["studyName"] == "PAL0708")
    nitrogen = species[no_nitrogen].value_counts()
    assert (first & no_nitrogen).sum() == nitrogen["Adelie"]
    assert comment[no_nitrogen].str.contains("Not enough blood").mean() > 0.5
    bills = raw[["Culmen Length (mm)", "Culmen Depth (mm)"]].dropna()
    low, high = bills.min().round(), bills.max()
    text = told("a1")
    for phrase in (
        f"There are {len(raw)} rows",
        f"Of {sexless.sum()} birds ({by_species['Adelie']} Adelies, {by_species['Gentoo']} Gentoos",
        f"{comment[sexless].str.contains('No blood').sum()} gave no blood for the test",
        f"for {comment[sexless].str.contains('did not amplify').sum()} the test failed",
        f"missing for {no_nitrogen.sum()} birds, {nitrogen['Adelie']} of them Adelies",
        f"{nitrogen['Adelie']} Adelies, {nitrogen['Gentoo']} Gentoos, {nitrogen['Chinstrap']} Ch",
        f"{len(bills)} dots: bill length from {low.iloc[0]:.0f} to {high.iloc[0]:.0f} mm",
        f"bill depth from {low.iloc[1]:.0f} to {high.iloc[1]:.0f} mm",
    ):
        assert phrase in text
    assert set(by_species.index) == {"Adelie", "Gentoo"}


def test_numbers_of_the_late_planes() -> None:
    flights, planes, airlines = (table("a2", name) for name in ("flights", "planes", "airlines"))
    unknown = ~flights["tailnum"].isin(planes["tailnum"])
    fleet = flights[unknown]["carrier"].isin(["AA", "MQ"]).sum()
    left = flights.groupby("origin")["dep_delay"].agg(["count", "mean"]).round(1)
    arrived = flights.groupby("carrier")["arr_delay"].agg(["size", "count", "mean", "median"])
    late = arrived.sort_values("mean").iloc[-1]
    assert late.equals(arrived.loc["EV"])
    assert arrived["median"].idxmax() == "EV"
    envoy = flights.loc[flights["carrier"] == "MQ", "arr_delay"]
    newark = flights[flights["origin"] == "EWR"]
    of_ev = newark["carrier"] == "EV"
    there = newark.groupby("carrier")["arr_delay"].agg(["count", "mean"])
    others = newark.loc[~of_ev, "arr_delay"]
    text = told("a2")
    for phrase in (
        f"Of the {len(flights)} flights, {unknown.sum()} were flown by a plane",
        f"{fleet} of the {unknown.sum()} flights whose plane",
        *(f"{left.loc[name, 'mean']} at" for name in ("JFK", "EWR")),
        f"{left.loc['LGA', 'mean']} minutes at LaGuardia ({left.loc['LGA', 'count']:.0f} flights)",
        f"Of the {len(arrived)} airlines",
        f"mean delay is {late['mean']:.0f} minutes, and its median, {late['median']} minutes",
        f"({late['count']:.0f} known arrivals)",
        f"flight of {envoy.max():.0f} minutes, its mean falls from {envoy.mean():.0f} to "
        f"{envoy[envoy < envoy.max()].mean():.0f} minutes",
        f"{of_ev.sum()} of ExpressJet's {late['size']:.0f} flights left Newark",
        f"a mean of {there.loc['EV', 'mean']:.0f} minutes ({there.loc['EV', 'count']:.0f} flights)",
        f"American {there.loc['AA', 'mean']:.0f} ({there.loc['AA', 'count']:.0f} flights)",
        f"together had {others.mean():.0f} ({others.count()} flights)",
        f"The {late['size'] - late['count']:.0f} flights without a known arrival",
        f"the mean ({late['mean']:.1f}, n = {late['count']:.0f})",
        f"({envoy.mean():.1f}, {envoy[envoy < envoy.max()].mean():.1f})",
        f"({there.loc['EV', 'mean']:.1f}, n = {there.loc['EV', 'count']:.0f}, against American's "
        f"{there.loc['AA', 'mean']:.1f}, n = {there.loc['AA', 'count']:.0f}, or "
        f"{others.mean():.1f} for all others, n = {others.count()})",
        f"{arrived.shape[0]} of the {len(airlines)} have flights",
        f"The {flights['dep_delay'].isna().sum()} flights without a departure delay",
    ):
        assert phrase in text
    assert not planes["tailnum"].duplicated().any()
    assert planes[["manufacturer", "model", "seats"]].notna().all(axis=None)
    assert not flights.duplicated(["carrier", "flight"]).any()


def test_numbers_of_the_el_nino_story() -> None:
    wide = table("a3", "elnino")
    months = table("a3", "months", parse_dates=["date"])
    long = wide.melt(id_vars="YEAR", var_name="month", value_name="celsius")
    long["date"] = pd.to_datetime(long["month"] + " " + long["YEAR"].astype(str), format="%b %Y")
    usual = long.groupby("month")["celsius"].mean()
    anomaly = (long["celsius"] - long["month"].map(usual)).round(3)
    computed = long.assign(anomaly=anomaly)[["date", "celsius", "anomaly"]]
    pd.testing.assert_frame_equal(months, computed, atol=1e-9, check_dtype=False)
    in_time = computed.set_index("date")["anomaly"].sort_index()
    hot = in_time >= 2
    runs = hot[hot].groupby((hot != hot.shift()).cumsum()).size().sort_values()
    very = in_time[in_time >= 3]
    years = very.groupby(very.index.year).size()
    assert {*years.index} == {1982, 1983, 1997, 1998}
    highest = in_time.idxmax()
    text = told("a3")
    for phrase in (
        f"{runs.iloc[-1]} months in a row were at least 2 °C",
        f"{years[1997] + years[1998]} months of these two years at least 3 °C",
        f"{runs.iloc[-2]} months in a row of at least 2 °C",
        f"and {years[1982] + years[1983]} of at least 3 °C",
        f"{highest:%B %Y} was {in_time.max():.1f} °C warmer than usual",
        f"{in_time['1997':].idxmax():%B %Y} was {in_time['1997':].max():.1f} °C",
        f"from {usual['JAN']:.1f} °C in January to {usual['MAR']:.1f} °C in March",
        f"falls to {usual['SEP']:.1f} °C in September",
        f"where {usual['MAR']:.1f} °C are usual",
        f"| {long['celsius'].min()} | {long['celsius'].max()} |",
    ):
        assert phrase in text
    assert (usual.idxmax(), usual.idxmin()) == ("MAR", "SEP")
    first = hot[hot].groupby((hot != hot.shift()).cumsum()).apply(lambda run: run.index[0])
    assert first[runs.index[-2:]].dt.strftime("%B %Y").tolist() == ["October 1982", "May 1997"]
