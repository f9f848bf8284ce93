"""table: the learner makes a DataFrame or a Series, and it is compared with the author's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from kit.checks.arguments import refuse_unknown
from kit.checks.code_check import CodeCheck
from kit.checks.compare import RELATIVE, kind_of
from kit.checks.outcome import Failed, Outcome, Passed
from kit.checks.rules import Wrong
from kit.checks.running.work import Work
from kit.checks.tables.frames import difference, is_same
from kit.errors import CheckError
from kit.words import _

if TYPE_CHECKING:
    import pandas as pd

    Made = pd.DataFrame | pd.Series[Any]


def table(
    prompt: str,
    *,
    frame: str,
    starter: str,
    solution: str,
    wrong: Wrong | None = None,
    tolerance: float = RELATIVE,
    row_order: bool = False,
    dtypes: bool = False,
    hints: Sequence[str] = (),
    why: str = "",
    **more: Any,
) -> Table:
    """Ask for a table.

    Args:
        prompt: what it holds, in Markdown.
        frame: the name of the variable that the learner's DataFrame or Series has.
        starter: the code that the learner begins with: what the notebook's cell above the
            check holds, and the editor in the app.
        solution: source that makes the right DataFrame or Series under that name, from names
            that checks.py defines.
        wrong: misconceptions: source that makes a wrong table, and what to say to a learner
            whose table is the same; the predicate of a ``when`` gets the learner's table.
        tolerance: how far numbers may differ, relative.
        row_order: whether the order of rows matters. Where it does not, row labels that mean
            something (text, dates, or an index with a name) still belong to their rows; bare
            row numbers do not.
        dtypes: whether the columns' types, and the names of the index, must be the solution's
            own; else numbers are numbers.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(table, more)
    return Table(
        prompt=prompt, name=frame, starter=starter, right_source=solution, wrong=wrong or {},
        tolerance=tolerance, row_order=row_order, dtypes=dtypes, hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Table(CodeCheck):
    """See ``table``; ``name`` is the variable's."""

    row_order: bool = False
    dtypes: bool = False
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

    def _judge_work(self, work: Work) -> Outcome:
        expected: Made = self._made(self.right_source)
        if _is_like(work.value, expected):
            found = difference(work.value, expected, **self._counts)
        else:
            found = self._not_a_table(work.value, expected)
        if found is None:
            return Passed(self.why or _size(expected))
        return self._mistake(work, work.value, lambda key: self._is_same(work.value, key)) or (
            Failed(found)
        )

    @property
    def _counts(self) -> dict[str, Any]:
        """What counts in a comparison."""
        return {
            "tolerance": self.tolerance,
            "row_order": self.row_order,
            "dtypes": self.dtypes,
            "index_names": self.dtypes,
        }

    def _is_same(self, made: Made, source: str) -> bool:
        """Whether a wrong source makes the learner's table."""
        other: Made = self._made(source)
        return _is_like(made, other) and is_same(made, other, **self._counts)

    def _not_a_table(self, value: Any, expected: Made) -> str:
        wanted = _("one column (Series)") if expected.ndim == 1 else _("a table (DataFrame)")
        said = _("`{name}` is {kind}; {wanted} was expected.").format(
            name=self.name, kind=kind_of(value), wanted=wanted
        )
        advice = {
            "Series": _(
                "One column, or one summary of each column, is a Series: two pairs of brackets, "
                "`[[...]]`, keep a table, and `pd.DataFrame({...})` makes one."
            ),
            "DataFrame": _('One pair of brackets takes a column out: `table["name"]`.'),
            "NoneType": _("Some methods change a table and give nothing back."),
        }
        return f"{said} {advice.get(type(value).__name__, '')}".strip()

    def _make(self, source: str) -> Made:
        import pandas as pd

        work = self.work(source)
        if work.error or not isinstance(work.value, pd.DataFrame | pd.Series):
            raise CheckError(
                _(
                    "A source of the check {id!r} does not make the table {name!r} ({error!r})."
                ).format(id=self.id, name=self.name, error=work.error),
                _("Mend its solution and its wrong ones."),
            )
        return work.value


def _is_like(value: Any, other: Made) -> bool:
    """Whether a value is a table where the other is one, and a Series where that is one."""
    import pandas as pd

    return isinstance(value, pd.Series if other.ndim == 1 else pd.DataFrame)


def _size(made: Made) -> str:
    if made.ndim == 1:
        return _("Yes: {n} values, as expected.").format(n=len(made))
    rows, columns = made.shape
    return _("Yes: {rows} rows and {columns} columns, as expected.").format(
        rows=rows, columns=columns
    )
