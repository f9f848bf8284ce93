"""Linted: a lesson, or a course, as the rules see it. Its parts are made when first asked for."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kit.authoring.lint.finding import Finding, UnusableError
from kit.authoring.lint.kernel import CodeCell, Run, run_cells
from kit.authoring.lint.scores import Score, score
from kit.authoring.lint.trials import Trial, trials_of
from kit.checks import Check, load_checks
from kit.checks.code_check import CodeCheck
from kit.course import CHECKS_FILE, COURSE_FILE, Course, Lesson
from kit.errors import CheckError, KitError
from kit.notebook import Shown, read_cells, shown_by, tags_of

Runner = Callable[[Path, Sequence[CodeCell]], Run]


@dataclass(frozen=True)
class Cell:
    """One cell of the notebook.

    Attributes:
        id: its own, or a numbered one where it has none.
        kind: "markdown", "code" or "raw".
        tags: in small letters.
        alt: the words in the place of the figure that it draws.
        was_run: whether it is saved with outputs, or with the number of its run.
        shows: the checks and media that its code shows.
        has_own_id: whether the id is in the file.
    """

    id: str
    kind: str
    source: str
    tags: frozenset[str] = frozenset()
    alt: str = ""
    was_run: bool = False
    shows: tuple[Shown, ...] = ()
    has_own_id: bool = True

    @property
    def checks(self) -> list[str]:
        """The ids of the checks that it shows."""
        return [shown.id for shown in self.shows if shown.kind == "check"]


@dataclass(frozen=True)
class LintedCourse:
    """A course for the rules of courses."""

    course: Course

    @property
    def path(self) -> Path:
        return self.course.folder / COURSE_FILE


@dataclass(frozen=True)
class Linted:
    """A lesson for the rules of lessons.

    Attributes:
        runner: runs code cells in a folder; a real kernel by default.
    """

    course: Course
    lesson: Lesson
    runner: Runner = field(default=run_cells, compare=False)

    @property
    def path(self) -> Path:
        return self.lesson.notebook

    @property
    def checks_path(self) -> Path:
        return self.lesson.folder / CHECKS_FILE

    @cached_property
    def cells(self) -> list[Cell]:
        """The notebook's cells.

        Raises:
            UnusableError: it is no notebook.
        """
        if self.lesson.problem:
            raise UnusableError
        try:
            return [_cell(cell) for cell in read_cells(self.path)]
        except KitError as error:
            raise UnusableError from error

    @cached_property
    def readme(self) -> str:
        """What data/README.md says, or "" where there is none."""
        path = self.readme_path
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""

    @property
    def readme_path(self) -> Path:
        return self.lesson.folder / "data" / "README.md"

    @cached_property
    def prose(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.kind == "markdown"]

    @cached_property
    def code(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.kind == "code"]

    @property
    def checks(self) -> dict[str, Check]:
        """The checks of checks.py; none where the lesson has no such file and asks for none.

        Raises:
            UnusableError: checks.py cannot be loaded.
        """
        if isinstance(self._loaded, CheckError):
            raise UnusableError from self._loaded
        return self._loaded

    @property
    def checks_problem(self) -> CheckError | None:
        """Why checks.py cannot be loaded."""
        return self._loaded if isinstance(self._loaded, CheckError) else None

    @cached_property
    def _loaded(self) -> dict[str, Check] | CheckError:
        if not self.checks_path.exists() and not any(cell.checks for cell in self.cells):
            return {}
        try:
            return load_checks(self.checks_path)
        except CheckError as error:
            return error

    def declared(self, name: str) -> Any:
        """What checks.py says under a name that lint reads, such as ``EQUIVALENT``; or None."""
        first = next(iter(self.checks.values()), None)
        return first.namespace.get(name) if first else None

    def declared_lists(self, name: str) -> dict[str, list[str]]:
        """The same of a dictionary of lists of texts; without what has another shape."""
        value = self.declared(name)
        entries = value.items() if isinstance(value, dict) else ()
        return {key: list(each) for key, each in entries if is_list_of_texts(key, each)}

    @cached_property
    def run(self) -> Run:
        """What the code cells did, from top to bottom."""
        self.checks  # noqa: B018 - without them the set-up cell fails, and another rule says why
        cells = [CodeCell(cell.id, cell.source, tuple(sorted(cell.tags))) for cell in self.code]
        return self.runner(self.lesson.folder, cells)

    @cached_property
    def trials(self) -> list[Trial]:
        """Every check with every answer whose outcome its author promises."""
        return [trial for check in self.checks.values() for trial in trials_of(check)]

    @cached_property
    def scores(self) -> Mapping[str, Score]:
        """How each check that takes code does with the mutants of its solution."""
        equivalent = self.declared_lists("EQUIVALENT")
        return {
            name: score(check, equivalent.get(name, ()))
            for name, check in self.checks.items()
            if isinstance(check, CodeCheck)
        }

    @cached_property
    def _lines(self) -> dict[str, int]:
        """The line of checks.py on which each name is defined; none of a sealed file."""
        lines: dict[str, int] = {}
        try:
            body = ast.parse(self.checks_path.read_text(encoding="utf-8")).body
        except (OSError, ValueError, SyntaxError):
            return lines
        for node in body:
            for target in node.targets if isinstance(node, ast.Assign) else [node]:
                name = getattr(target, "id", None) or getattr(target, "name", None)
                if name:
                    lines.setdefault(name, node.lineno)
        return lines

    def in_cell(self, cell: Cell, message: str, mend: str, /, **values: object) -> Finding:
        """A finding in a cell of the notebook; ``values`` fill the gaps of its two sentences."""
        return self.in_file(self.path, cell.id, message, mend, **values)

    def in_checks(self, name: str, message: str, mend: str, /, **values: object) -> Finding:
        """A finding where checks.py defines a name (a check, or something that lint reads)."""
        line = self._lines.get(name)
        where = f"line {line}" if line else ""
        return self.in_file(self.checks_path, where, message, mend, id=name, **values)

    def in_file(
        self, path: Path, where: str, message: str, mend: str, /, **values: object
    ) -> Finding:
        """A finding anywhere."""
        return Finding(path, where, message.format(**values), mend.format(**values))


def is_list_of_texts(key: object, value: object) -> bool:
    """Whether an entry of a dictionary is a text with a list of texts."""
    texts = [key, *value] if isinstance(value, list | tuple) else [None]
    return all(isinstance(each, str) for each in texts)


def _cell(cell: dict[str, Any]) -> Cell:
    """A cell of a file in which anything may stand."""
    alt = cell["metadata"].get("alt")
    return Cell(
        id=cell["id"],
        kind=cell["cell_type"],
        source=cell["source"],
        tags=tags_of(cell),
        alt=alt if isinstance(alt, str) else "",
        was_run=bool(cell.get("outputs")) or cell.get("execution_count") is not None,
        shows=tuple(shown_by(cell)),
        has_own_id=cell["has_own_id"],
    )
