"""table: the learner makes a DataFrame, and it is compared with the author's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from kit.checks.check import Check, Example
from kit.checks.compare import RELATIVE, is_gap, kind_of, same, shown
from kit.checks.explain import explain
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.checks.work import MISSING, Work, is_same_code, run_alone
from kit.errors import CheckError
from kit.words import _

if TYPE_CHECKING:
    import pandas as pd


def table(
    prompt: str,
    *,
    frame: str,
    starter: str,
    solution: str,
    wrong: Mapping[str, str] | None = None,
    tolerance: float = RELATIVE,
    row_order: bool = False,
    hints: Sequence[str] = (),
    why: str = "",
    **more: Any,
) -> Table:
    """Ask for a table.

    Args:
        prompt: what it holds, in Markdown.
        frame: the name of the variable that the learner's DataFrame has.
        starter: the code that the learner begins with: what the notebook's cell above the
            check holds, and the editor in the app.
        solution: source that makes the right DataFrame under that name, from names that
            checks.py defines.
        wrong: misconceptions: source that makes a wrong table, and what to say to a learner
            whose table is the same.
        tolerance: how far numbers may differ, relative.
        row_order: whether the order of rows matters.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    return Table(
        prompt=prompt, frame=frame, starter=starter, right_source=solution, wrong=wrong or {},
        tolerance=tolerance, row_order=row_order, hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Table(Check):
    """See ``table``."""

    frame: str
    starter: str
    right_source: str
    wrong: Mapping[str, str] = field(default_factory=dict)
    tolerance: float = RELATIVE
    row_order: bool = False
    kind: ClassVar[str] = "table"
    takes_code: ClassVar[bool] = True

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.frame.isidentifier():
            raise CheckError(f"{self.frame!r} is not a variable's name.", "As in: frame='heavy'")

    @property
    def name(self) -> str:
        """The name under which the learner's work is looked for."""
        return self.frame

    def judge(self, answer: Work) -> Outcome:
        value = answer.value
        if is_same_code(answer.source, self.starter):
            return NotAttempted(
                _("The code is as it was at the start. Change it, then choose Check.")
            )
        absent = value is MISSING or value is Ellipsis
        if absent and not answer.error and "=" not in answer.source:
            return NotAttempted(
                _("`{name}` is not made yet. Write the code, run it, then choose Check.").format(
                    name=self.frame
                )
            )
        if answer.error:
            return Failed(explain(answer.error))
        if absent:
            return Failed(
                _("There is no table called `{name}` yet: `{name} = ...` makes it.").format(
                    name=self.frame
                )
            )
        if type(value).__name__ != "DataFrame":
            return Failed(self._not_a_table(value))
        return self._judge_frame(value)

    def _judge_frame(self, frame: pd.DataFrame) -> Outcome:
        found = self._difference(frame, self._expected)
        if found is None:
            rows, columns = self._expected.shape
            return Passed(
                self.why
                or _("Yes: {rows} rows and {columns} columns, as expected.").format(
                    rows=rows, columns=columns
                )
            )
        for mistaken, message in self._mistaken:
            if self._difference(frame, mistaken) is None:
                return Failed(message)
        return Failed(found)

    def _difference(self, frame: pd.DataFrame, other: pd.DataFrame) -> str | None:
        return difference(frame, other, tolerance=self.tolerance, row_order=self.row_order)

    def _not_a_table(self, value: Any) -> str:
        said = _("`{name}` is {kind}; a table (DataFrame) was expected.").format(
            name=self.frame, kind=kind_of(value)
        )
        if type(value).__name__ == "Series":
            return f"{said} " + _(
                "One column, or one summary of each column, is a Series: two pairs of brackets, "
                "`[[...]]`, keep a table, and `pd.DataFrame({...})` makes one."
            )
        if value is None:
            return f"{said} " + _("Some methods change a table and give nothing back.")
        return said

    @cached_property
    def _expected(self) -> pd.DataFrame:
        return self._make(self.right_source)

    @cached_property
    def _mistaken(self) -> list[tuple[pd.DataFrame, str]]:
        return [(self._make(source), message) for source, message in self.wrong.items()]

    def _make(self, source: str) -> pd.DataFrame:
        work = self.work(source)
        if work.error or type(work.value).__name__ != "DataFrame":
            raise CheckError(
                f"A source of the check {self.id!r} does not make the table {self.frame!r} "
                f"({work.error!r}).",
                "Mend its solution and its wrong ones.",
            )
        made: pd.DataFrame = work.value
        return made

    def work(self, source: str) -> Work:
        """Run a source beside the names of checks.py, as the app would in the kernel."""
        return run_alone(source, self.frame, self.namespace)

    def solution(self) -> str:
        return f"```python\n{self.right_source.strip()}\n```\n\n{self.why}".strip()

    def form(self) -> dict[str, Any]:
        return {"starter": self.starter, "name": self.frame}

    def text(self) -> str:
        return f"{self.prompt}\n\n```python\n{self.starter.strip()}\n```"

    def examples(self) -> Iterable[Example]:
        yield Example(self.starter, "not_attempted")
        yield Example(self.right_source, "passed")
        for source, message in self.wrong.items():
            yield Example(source, "failed", message)
        yield from self._own_examples()


def difference(
    got: pd.DataFrame,
    expected: pd.DataFrame,
    *,
    tolerance: float = RELATIVE,
    row_order: bool = True,
) -> str | None:
    """The first difference of two tables, in words (Markdown), or None where they are equal.

    Looks at the columns, then the number of rows, then the index, then the cells from the top.
    """
    return (
        _columns_difference(got, expected)
        or _rows_difference(got, expected)
        or _cells_difference(got, expected, tolerance=tolerance, row_order=row_order)
    )


def _columns_difference(got: pd.DataFrame, expected: pd.DataFrame) -> str | None:
    have, want = list(got.columns), list(expected.columns)
    if have == want:
        return None
    missing = [name for name in want if name not in have]
    extra = [name for name in have if name not in want]
    if missing and extra:
        return _("The column {extra} is not asked for, and {missing} is missing.").format(
            extra=shown(extra[0]), missing=shown(missing[0])
        )
    if missing:
        return _("The column {name} is missing; yours has {columns}.").format(
            name=shown(missing[0]), columns=shown(have)
        )
    if extra:
        return _("The column {name} is more than was asked for.").format(name=shown(extra[0]))
    if len(have) != len(want):
        return _("A column is there twice: {columns}.").format(columns=shown(have))
    return _("The columns are right, but in another order: {columns} was asked for.").format(
        columns=shown(want)
    )


def _rows_difference(got: pd.DataFrame, expected: pd.DataFrame) -> str | None:
    if len(got) == len(expected):
        return None
    said = _("Your table has {got} rows; {expected} were expected.").format(
        got=len(got), expected=len(expected)
    )
    if len(got) > len(expected):
        return f"{said} " + _("Which of yours should not be there?")
    return f"{said} " + _("Which ones are missing: were they filtered, grouped or dropped?")


def _cells_difference(
    got: pd.DataFrame, expected: pd.DataFrame, *, tolerance: float, row_order: bool
) -> str | None:
    if not row_order:
        got, expected = _sorted(got), _sorted(expected)
    if row_order and not same(list(got.index), list(expected.index), tolerance):
        return _("The cells may be right, but the row labels (the index) are {got}.").format(
            got=shown(list(got.index))
        )
    for name in expected.columns:
        mine, theirs = got[name], expected[name]
        if mine.equals(theirs):  # much faster than cell by cell, and the usual case
            continue
        if _type_name(mine) != _type_name(theirs):
            return _("The column {name} should hold {expected}; yours holds {got}.").format(
                name=shown(name), got=_type_name(mine), expected=_type_name(theirs)
            )
        for label, one, other in zip(got.index, mine, theirs, strict=True):
            if not same(one, other, tolerance):
                return _cell_feedback(name, label, one, other)
    return None


def _cell_feedback(name: Any, label: Any, one: Any, other: Any) -> str:
    place = _("In the column {name}, row {label}, there is {got}").format(
        name=shown(name), label=shown(label), got=_("a gap") if is_gap(one) else shown(one)
    )
    if is_gap(other):
        return _("{place}; a gap was expected.").format(place=place)
    return _("{place}; {expected} was expected.").format(place=place, expected=shown(other))


def _sorted(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows in an order that depends on their cells alone; the labels stay with them."""
    keys = frame.astype(str).sum(axis=1) if len(frame.columns) else frame.index.astype(str)
    return frame.iloc[keys.argsort(kind="stable")]


def _type_name(column: pd.Series[Any]) -> str:
    from pandas.api import types

    if types.is_bool_dtype(column):
        return _("True and False")
    if types.is_numeric_dtype(column):
        return _("numbers")
    if types.is_datetime64_any_dtype(column):
        return _("dates")
    if any(callable(value) for value in column):
        return _("methods that were not called (are the brackets `()` missing?)")
    return _("text")
