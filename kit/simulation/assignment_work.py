"""What a simulated learner hands in of an assignment, and how it would come back from grading.

No code is run: that a test fails, and with which of its messages, is drawn.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from kit.simulation.answers import (
    disguised,
    in_own_style,
    own_words,
    solution_of,
    stub_of,
    with_mistake,
)
from kit.simulation.people import Person

_PARTIAL = re.compile(r"(\d+) of (\d+) points[^\"']*")
_MISSING = re.compile(r"(\d+) points? (?:is|are) missing[^\"']*")
_STUB_ERROR = ("NotImplementedError", "")
_BREAKS = (
    ("SyntaxError", "'(' was never closed"),
    ("SyntaxError", "invalid syntax"),
    ("IndentationError", "unexpected indent"),
)


@dataclass(frozen=True)
class Test:
    """A test cell: its points, what its assertions say, and which points it gives for a part."""

    cell: str
    points: float
    messages: tuple[str, ...]
    partial: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Exercise:
    """A cell to be solved, with the tests that follow it.

    Attributes:
        points: of the cell itself, where it is marked by hand.
        difficulty, slope: of the logistic model, see ``Person.chance``.
    """

    cell: str
    source: str
    is_code: bool
    points: float | None
    difficulty: float
    slope: float
    tests: tuple[Test, ...] = ()


@dataclass
class Attempt:
    """What one learner did with an assignment's notebook.

    Attributes:
        written: the new source of each cell that was solved.
        outputs: of cells, as nbformat has them.
        points: of cells; None while a cell waits to be marked by hand.
    """

    written: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    points: dict[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Assigned:
    """An assignment's notebook, as its author wrote it and as it was released."""

    assignment: str
    name: str
    source: Mapping[str, Any]
    release: Mapping[str, Any]
    exercises: tuple[Exercise, ...]

    @cached_property
    def by_cell(self) -> dict[str, Exercise]:
        return {each.cell: each for each in self.exercises}


def read_assigned(source: Path, release: Path, random: Random) -> Assigned:
    """An assignment's notebook; how hard its exercises are is drawn."""
    notebook = json.loads(source.read_text(encoding="utf-8"))
    found: list[Exercise] = []
    for cell in notebook["cells"]:
        own = cell["metadata"].get("nbgrader", {})
        text = "".join(cell["source"])
        if own.get("solution"):
            points = float(own["points"]) if own.get("grade") else None
            exercise = Exercise(
                own["grade_id"], text, cell["cell_type"] == "code", points,
                difficulty=random.gauss(-0.4, 0.8), slope=random.uniform(0.7, 2.0),
            )  # fmt: skip
            found.append(exercise)
        elif own.get("grade") and found:
            test = _test(own["grade_id"], float(own["points"]), text)
            last = found[-1]
            found[-1] = Exercise(**{**last.__dict__, "tests": (*last.tests, test)})
    return Assigned(
        source.parent.name, source.stem, notebook,
        json.loads(release.read_text(encoding="utf-8")), tuple(found),
    )  # fmt: skip


def _test(cell: str, points: float, source: str) -> Test:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return Test(cell, points, ("The test failed.",), ())
    asserted = (node.msg for node in ast.walk(tree) if isinstance(node, ast.Assert) and node.msg)
    messages = tuple(dict.fromkeys(filter(None, map(_words, asserted)))) or ("",)
    partial = [(float(m[1]), m[0]) for m in _PARTIAL.finditer(source) if float(m[2]) == points]
    partial += [(points - float(m[1]), m[0]) for m in _MISSING.finditer(source)]
    return Test(cell, points, messages, tuple(partial))


def _words(node: ast.expr) -> str:
    """What an assertion says; what it fills in is an ellipsis."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _words(part) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return ""


def attempted(assigned: Assigned, person: Person, random: Random, *, marked: bool) -> Attempt:
    """What a learner makes of an assignment.

    Args:
        marked: whether the teacher has marked this one's texts already.
    """
    attempt = Attempt()
    for exercise in assigned.exercises:
        if not exercise.is_code:
            _write(attempt, exercise, person, random, marked=marked)
        elif random.random() < person.chance(exercise.difficulty, exercise.slope):
            solution = in_own_style(solution_of(exercise.source), random)
            attempt.written[exercise.cell] = solution
            attempt.points.update({test.cell: test.points for test in exercise.tests})
        else:
            _fail(attempt, exercise, person, random)
    return attempt


def copied(attempt: Attempt, assigned: Assigned, random: Random) -> Attempt:
    """Another's attempt, handed in with other names and a few other words."""
    again = deepcopy(attempt)
    for cell, text in attempt.written.items():
        is_code = assigned.by_cell[cell].is_code
        again.written[cell] = _renamed(text, random) if is_code else disguised(text, random)
    return again


def _renamed(code: str, random: Random) -> str:
    names = re.findall(r"^ +([a-z_]\w*) = ", code, re.MULTILINE)
    for name in set(names):
        code = re.sub(rf"\b{name}\b(?!\s*=[^=\n]*,)", f"{name}{random.choice('123_')}", code)
    return code


def _write(
    attempt: Attempt, exercise: Exercise, person: Person, random: Random, *, marked: bool
) -> None:
    share = person.chance(exercise.difficulty, exercise.slope)
    attempt.written[exercise.cell] = own_words(random, 5 + round(3 * share))
    most = exercise.points or 0.0
    points = min(most, max(0.0, float(round(most * random.gauss(share, 0.12)))))
    attempt.points[exercise.cell] = points if marked else None


def _fail(attempt: Attempt, exercise: Exercise, person: Person, random: Random) -> None:
    kind = random.random()
    if kind < 0.15 + 0.1 * (1 - person.diligence):
        attempt.written[exercise.cell] = stub_of(exercise.source)
        error = _STUB_ERROR
    elif kind < 0.3:  # noqa: PLR2004 - it is no Python
        attempt.written[exercise.cell] = solution_of(exercise.source).replace(")", "", 1)
        error = random.choice(_BREAKS)
    else:
        wrong = with_mistake(solution_of(exercise.source), random)
        attempt.written[exercise.cell] = in_own_style(wrong, random)
        _fail_tests(attempt, exercise, random)
        return
    attempt.outputs[exercise.cell] = [_raised(*error)]
    name = ("NameError", f"name '{exercise.cell.replace('-', '_')}' is not defined")
    for test in exercise.tests:
        attempt.points[test.cell] = 0.0
        attempt.outputs[test.cell] = [_raised(*(_STUB_ERROR if error == _STUB_ERROR else name))]


def _fail_tests(attempt: Attempt, exercise: Exercise, random: Random) -> None:
    """At least one of them."""
    if not exercise.tests:
        return
    surely = random.randrange(len(exercise.tests))
    for place, test in enumerate(exercise.tests):
        if place != surely and random.random() < 0.4:  # noqa: PLR2004
            attempt.points[test.cell] = test.points
        elif test.partial and random.random() < 0.35:  # noqa: PLR2004
            points, says = random.choice(test.partial)
            attempt.points[test.cell] = points
            attempt.outputs[test.cell] = [_printed(f"{says}\n"), _shown(f"{points:g}")]
        else:
            weights = [1 / (1 + n) for n in range(len(test.messages))]
            message = random.choices(test.messages, weights)[0]
            attempt.points[test.cell] = 0.0
            attempt.outputs[test.cell] = [_raised("AssertionError", message)]


def _raised(name: str, says: str) -> dict[str, Any]:
    line = f"{name}: {says}" if says else name
    return {"output_type": "error", "ename": name, "evalue": says, "traceback": [line]}


def _printed(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}


def _shown(text: str) -> dict[str, Any]:
    data = {"text/plain": text}
    return {"output_type": "execute_result", "execution_count": 1, "data": data, "metadata": {}}


def submitted_notebook(assigned: Assigned, attempt: Attempt) -> dict[str, Any]:
    """The released notebook with the learner's answers."""
    return _answered(assigned.release, attempt, {})


def graded_notebook(assigned: Assigned, attempt: Attempt) -> dict[str, Any]:
    """The author's notebook with the learner's answers, and what came of its tests."""
    return _answered(assigned.source, attempt, attempt.outputs)


def _answered(
    notebook: Mapping[str, Any], attempt: Attempt, outputs: Mapping[str, Sequence[dict[str, Any]]]
) -> dict[str, Any]:
    cells = []
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
        own = {**cell, "source": attempt.written.get(name, cell["source"])}
        if cell["cell_type"] == "code":
            own |= {"outputs": list(outputs.get(name, [])), "execution_count": None}
        cells.append(own)
    return {**notebook, "cells": cells, "metadata": {**notebook["metadata"], "simulated": True}}
