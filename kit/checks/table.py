"""table: the learner makes a DataFrame, and it is compared with the author's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from kit.checks.check import refuse_unknown
from kit.checks.code_check import CodeCheck
from kit.checks.compare import RELATIVE, kind_of
from kit.checks.frames import difference
from kit.checks.outcome import Failed, Outcome, Passed
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
        row_order: whether the order of rows matters. Where it does not, row labels that mean
            something (text, dates, or an index with a name) still belong to their rows; bare
            row numbers do not.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(table, more)
    return Table(
        prompt=prompt, name=frame, starter=starter, right_source=solution, wrong=wrong or {},
        tolerance=tolerance, row_order=row_order, hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Table(CodeCheck):
    """See ``table``; ``name`` is the variable's."""

    row_order: bool = False
    kind: ClassVar[str] = "table"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not str(self.name).isidentifier():
            raise CheckError(
                _("{name!r} is not a variable's name.").format(name=self.name),
                _("As in: frame='heavy'"),
            )

    def _absent(self) -> str:
        return _("There is no table called `{name}` yet: `{name} = ...` makes it.").format(
            name=self.name
        )

    def _judge_value(self, value: Any) -> Outcome:
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
            name=self.name, kind=kind_of(value)
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
                _(
                    "A source of the check {id!r} does not make the table {name!r} ({error!r})."
                ).format(id=self.id, name=self.name, error=work.error),
                _("Mend its solution and its wrong ones."),
            )
        made: pd.DataFrame = work.value
        return made
