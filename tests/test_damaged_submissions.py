"""Submissions that are damaged, by accident or on purpose: each has its outcome, and harms none."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kit.grading.autograde import Graded
from kit.grading.course import GradingCourse
from kit.grading.handed_in import LARGEST_NOTEBOOK
from kit.kernels import owner
from tests.confined import on_linux
from tests.small_assignment import (
    NAME,
    NOTEBOOK,
    RIGHT,
    answered,
    by_student,
    cell,
    hand_in,
    make_course,
    marks,
)

pytestmark = on_linux

BROKEN = {"unreadable", "invalid-notebook", "too-large"}
FINE: set[str] = set()
DEEP = b"[" * 900 + b"]" * 900
ALTERED = {"altered-cells"}
UNKNOWN = {"missing-cells", "unknown-cells"}


def text(course: GradingCourse) -> str:
    return json.dumps(answered(course))


def about(notebook: Any, grade_id: str = "test-square") -> Any:
    return cell(notebook, grade_id).metadata["nbgrader"]


Damage = Callable[[Any], Any]
AS_BYTES: dict[str, tuple[Callable[[bytes], bytes], set[str]]] = {
    "empty": (lambda _good: b"", {"unreadable"}),
    "a-word": (lambda _good: b"hello", {"unreadable"}),
    "zeros": (lambda _good: bytes(1000), {"unreadable"}),
    "half": (lambda good: good[: len(good) // 2], {"unreadable"}),
    "all-but-one": (lambda good: good[:-1], {"unreadable"}),
    "more-behind": (lambda good: good + b"}", {"unreadable"}),
    "utf-16": (lambda good: good.decode().encode("utf-16"), {"unreadable"}),
    "latin-1": (lambda good: good.replace(b"I think", b"\xe9\xff"), {"unreadable"}),
    "with-a-mark": (lambda good: b"\xef\xbb\xbf" + good, FINE),
    "a-list": (lambda good: b"[" + good + b"]", {"invalid-notebook"}),
    "a-number": (lambda _good: b"1", {"invalid-notebook"}),
    "nothing": (lambda _good: b"null", {"invalid-notebook"}),
    "no-fields": (lambda _good: b"{}", {"invalid-notebook"}),
    "deep": (lambda _good: b"[" * 100_000 + b"]" * 100_000, {"unreadable"}),
    "deep-metadata": (
        lambda good: good.replace(b'"kernelspec"', b'"x": ' + DEEP + b', "kernelspec"', 1),
        {*BROKEN},
    ),
    "a-page": (lambda _good: b"<!DOCTYPE html><p>Log in", {"unreadable"}),
    "a-zip": (lambda _good: b"PK\x03\x04" + bytes(100), {"unreadable"}),
    "infinite": (lambda good: good.replace(b'"points": 2.0', b'"points": Infinity'), ALTERED),
    "not-a-number": (lambda good: good.replace(b'"points": 2.0', b'"points": NaN'), ALTERED),
    "long-number": (
        lambda good: good.replace(b'"points": 2.0', b'"points": ' + b"9" * 5000),
        {*BROKEN},
    ),
}  # fmt: skip
CHANGED: dict[str, tuple[Damage, set[str]]] = {
    "format-2": (lambda book: book.update(nbformat=2), {"invalid-notebook"}),
    "format-9": (lambda book: book.update(nbformat=9), {"invalid-notebook"}),
    "format-text": (lambda book: book.update(nbformat="4"), {"invalid-notebook"}),
    "no-format": (lambda book: book.pop("nbformat"), {"invalid-notebook"}),
    "no-cells": (lambda book: book.pop("cells"), {"invalid-notebook"}),
    "cells-a-dict": (lambda book: book.update(cells={}), {"invalid-notebook"}),
    "cells-of-text": (lambda book: book.update(cells=["x"]), {"invalid-notebook"}),
    "not-one-cell": (lambda book: book.update(cells=[]), {"missing-cells"}),
    "odd-cell": (lambda book: book["cells"][0].update(cell_type="poem"), {"invalid-notebook"}),
    "no-source": (lambda book: book["cells"][1].pop("source"), {"invalid-notebook"}),
    "source-a-number": (lambda book: book["cells"][1].update(source=7), {"invalid-notebook"}),
    "outputs-text": (lambda book: book["cells"][1].update(outputs="x"), {"invalid-notebook"}),
    "odd-output": (
        lambda book: book["cells"][1].update(outputs=[{"output_type": "smell"}]),
        {"invalid-notebook"},
    ),
    "no-metadata": (lambda book: book["cells"][1].pop("metadata"), {"invalid-notebook"}),
    "same-ids": (lambda book: [each.update(id="x") for each in book["cells"]], FINE),
    "bad-ids": (lambda book: [each.update(id="no id!") for each in book["cells"]], FINE),
    "no-ids": (lambda book: [each.pop("id") for each in book["cells"]], FINE),
    "about-a-text": (
        lambda book: cell(book, "test-square")["metadata"].update(nbgrader="x"),
        {"missing-cells"},
    ),
    "about-a-list": (
        lambda book: cell(book, "test-square")["metadata"].update(nbgrader=[1]),
        {"missing-cells"},
    ),
    "id-a-list": (
        lambda book: about(book).update(grade_id=["test-square"]),
        {"missing-cells"},
    ),
    "id-of-another": (
        lambda book: about(book).update(grade_id="test-half"),
        {"missing-cells", "duplicate-cells", *ALTERED},
    ),
    "id-unknown": (
        lambda book: about(book).update(grade_id="mine"),
        UNKNOWN,
    ),
    "id-long": (
        lambda book: about(book).update(grade_id="x" * 100_000),
        UNKNOWN,
    ),
    "id-a-query": (
        lambda book: about(book).update(grade_id="'; DROP TABLE grade; --"),
        UNKNOWN,
    ),
    "points-a-text": (lambda book: about(book).update(points="all"), ALTERED),
    "points-below-0": (lambda book: about(book).update(points=-5), ALTERED),
    "no-points": (lambda book: about(book).pop("points"), ALTERED),
    "no-grade": (lambda book: about(book).update(grade=False), ALTERED),
    "a-solution": (lambda book: about(book).update(solution=True), ALTERED),
    "a-task": (lambda book: about(book).update(task=True), ALTERED),
    "unlocked": (lambda book: about(book).update(locked=False), ALTERED),
    "a-text-now": (
        lambda book: cell(book, "test-square").update(cell_type="markdown"),
        {"invalid-notebook"},
    ),
    "schema-1": (lambda book: about(book).update(schema_version=1), FINE),
    "schema-99": (lambda book: about(book).update(schema_version=99), FINE),
    "schema-a-text": (
        lambda book: about(book).update(schema_version="3"),
        FINE,
    ),
    "kernel-a-path": (
        lambda book: book["metadata"]["kernelspec"].update(name="../../x"),
        {"other-kernel"},
    ),
    "kernel-nothing": (lambda book: book["metadata"].update(kernelspec=None), {*BROKEN}),
    "no-kernel": (lambda book: book["metadata"].pop("kernelspec"), FINE),
    "metadata-a-list": (lambda book: book.update(metadata=[]), {"invalid-notebook"}),
    "many-cells": (
        lambda book: book["cells"].extend(
            {"cell_type": "markdown", "id": f"m{at}", "metadata": {}, "source": ""}
            for at in range(5000)
        ),
        FINE,
    ),
    "unpaired": (
        lambda book: cell(book, "why").update(source="\ud800"),
        {*BROKEN},
    ),
}
NAMES = ["ada lovelace", "o'brien", 'a"b', "-rf", "a;b", "ünï", "😀", "x" * 100, "%s", "{0}", "a,b"]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GradingCourse]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield make_course(tmp_path_factory.mktemp("course"))
        owner.zygotes.close()


@pytest.fixture(scope="module")
def graded(course: GradingCourse) -> dict[str, Graded]:
    """All of them in one run."""
    for name, (damage, _outcomes) in AS_BYTES.items():
        hand_in(course, name, damage(text(course).encode()))
    for name, (change, _outcomes) in CHANGED.items():
        notebook = json.loads(text(course), object_hook=_Book)
        change(notebook)
        hand_in(course, name, json.dumps(notebook))
    for name in NAMES:
        hand_in(course, name, answered(course))
    _hand_in_odd_files(course)
    return by_student(course.grade(NAME))


class _Book(dict[str, Any]):
    """A part of a notebook, whose fields are attributes as well."""

    def __getattr__(self, name: str) -> Any:
        return self[name]


def _hand_in_odd_files(course: GradingCourse) -> None:
    large = hand_in(course, "large", "")
    os.truncate(large, LARGEST_NOTEBOOK + 1)
    for name, target in {"links": "/etc/passwd", "loops": NOTEBOOK}.items():
        path = hand_in(course, name, "")
        path.unlink()
        path.symlink_to(target)
    path = hand_in(course, "folder", "")
    path.unlink()
    path.mkdir()
    beside = hand_in(course, "beside", answered(course)).parent
    (beside / "secret").symlink_to(course.folder / "gradebook.db")
    (beside / "all").symlink_to("/")
    (beside / "data.txt").write_text("from the student")
    os.mkfifo(beside / "pipe")
    (beside / ("n" * 250)).write_text("a long name")
    (beside / "a\nb").write_text("a name of two lines")
    (beside / "other.ipynb").write_text("not of this assignment")
    late = hand_in(course, "odd-time", answered(course)).parent
    (late / "timestamp.txt").write_text("the day after tomorrow")


def test_there_are_at_least_fifty() -> None:
    assert len(AS_BYTES) + len(CHANGED) + len(NAMES) >= 50


@pytest.mark.parametrize("name", [*AS_BYTES, *CHANGED])
def test_each_has_its_outcome(name: str, course: GradingCourse, graded: dict[str, Graded]) -> None:
    _damage, expected = {**AS_BYTES, **CHANGED}[name]
    assert graded[name].problem == ""
    assert set(graded[name].outcomes) <= expected
    given = marks(course, name)
    if expected:
        assert graded[name].outcomes
        assert not given["test-square"] or "duplicate-cells" not in graded[name].outcomes
    if BROKEN & set(graded[name].outcomes):
        assert set(given.values()) == {0.0}
    elif not graded[name].outcomes:
        assert all(mark in {right, 0.0} for mark, right in _pairs(given))


def _pairs(given: Any) -> list[tuple[Any, Any]]:
    return [(given[name], RIGHT[name]) for name in RIGHT]


@pytest.mark.parametrize("name", NAMES)
def test_odd_names_are_names(name: str, course: GradingCourse, graded: dict[str, Graded]) -> None:
    assert graded[name].problem == ""
    assert marks(course, name) == RIGHT


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("large", "too-large"),
        ("links", "unreadable"),
        ("loops", "unreadable"),
        ("folder", "unreadable"),
    ],
)  # fmt: skip
def test_what_is_no_file(name: str, outcome: str, graded: dict[str, Graded]) -> None:
    also = ["links-left-out"] if name in {"links", "loops"} else []
    assert name not in graded or graded[name].outcomes == [*also, outcome]


def test_what_stands_beside_is_copied_but_no_links(
    course: GradingCourse, graded: dict[str, Graded]
) -> None:
    assert (graded["beside"].problem, graded["beside"].outcomes) == ("", ["links-left-out"])
    assert marks(course, "beside") == RIGHT
    folder = course.folder / "autograded" / "beside" / NAME
    names = {each.name for each in folder.iterdir()}
    assert {"data.txt", NOTEBOOK, "a\nb"} <= names
    assert not names & {"secret", "all", "pipe"}
    assert (folder / "data.txt").read_text() == "from the teacher"


def test_the_gradebook_is_whole_and_the_teacher_is_told(
    course: GradingCourse, graded: dict[str, Graded]
) -> None:
    assert len(graded) >= len(AS_BYTES) + len(CHANGED) + len(NAMES)
    with closing(sqlite3.connect(course.folder / "gradebook.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    told = course.status(NAME)["outcomes"]
    assert "half" in told["unreadable"]
    for folder in (course.folder / "autograded").glob("*/*"):
        assert folder.name == NAME
        assert Path(folder / NOTEBOOK).exists()
