"""code: the learner writes a function, and it is called with the author's examples."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from kit.checks.check import refuse_unknown
from kit.checks.code_check import CodeCheck
from kit.checks.compare import RELATIVE, as_code, kind_of, same, short, shown
from kit.checks.explain import explain
from kit.checks.limits import TimeUp
from kit.checks.outcome import Failed, Outcome, Passed
from kit.checks.work import Run, call
from kit.errors import CheckError
from kit.words import _


@dataclass(frozen=True)
class Case:
    """One call of the learner's function; see ``case``."""

    arguments: tuple[Any, ...]
    because: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.because, str):
            raise CheckError(
                _("The because of a case is not a text."), _('As in: case(2, because="...")')
            )


def case(*arguments: Any, because: str = "") -> Case:
    """Call the function with these arguments and expect what the solution returns.

    Args:
        arguments: what the function is called with (copied for each call).
        because: what this case is about, added to the feedback when it fails (Markdown).
    """
    return Case(arguments, because)


def code(
    prompt: str,
    *,
    function: str,
    starter: str,
    solution: str,
    cases: Sequence[Case],
    wrong: Mapping[str, str] | None = None,
    tolerance: float = RELATIVE,
    hints: Sequence[str] = (),
    why: str = "",
    **more: Any,
) -> Code:
    """Ask for a function.

    Args:
        prompt: what it takes and returns, in Markdown.
        function: its name.
        starter: the code that the learner begins with: what the notebook's cell above the
            check holds, and the editor in the app.
        solution: source that defines a right function; it gives each case's expected value.
        cases: the calls, easy ones first. Use other data than the lesson shows, so that a
            hard-coded result fails.
        wrong: misconceptions: source that defines a wrong function, and what to say to a
            learner whose function gives the same results.
        tolerance: how far numbers may differ, relative.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(code, more)
    return Code(
        prompt=prompt, name=function, starter=starter, right_source=solution,
        cases=tuple(cases), wrong=wrong or {}, tolerance=tolerance, hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Code(CodeCheck):
    """See ``code``; ``name`` is the function's."""

    cases: tuple[Case, ...]
    kind: ClassVar[str] = "code"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not str(self.name).isidentifier():
            raise CheckError(
                _("{name!r} is not a function's name.").format(name=self.name),
                _("As in: function='f'"),
            )
        if not self.cases or not all(isinstance(each, Case) for each in self.cases):
            raise CheckError(_("A code check has no cases."), _("As in: cases=[case([1, 2])]"))

    def _absent(self) -> str:
        return _(
            "There is no function called `{name}` yet: `def {name}(...):` begins it. "
            "Check the spelling."
        ).format(name=self.name)

    def _judge_value(self, value: Any) -> Outcome:
        if not callable(value):
            return Failed(
                _("`{name}` is {kind}, not a function: `def {name}(...):` begins one.").format(
                    name=self.name, kind=kind_of(value)
                )
            )
        return self._judge_function(value)

    def _judge_function(self, function: Callable[..., Any]) -> Outcome:
        runs = self._run_cases(function)
        right = [
            not run.error and same(run.value, expected, self.tolerance)
            for run, expected in zip(runs, self._expected, strict=True)
        ]
        if all(right):
            return Passed(
                self.why
                or _("Yes: `{name}` gave what was expected in all {n} examples.").format(
                    name=self.name, n=len(runs)
                )
            )
        score = sum(right) / len(right)
        for mistaken, message in self._mistaken:
            if _same_results(runs, mistaken, self.tolerance):
                return Failed(message, score)
        first = right.index(False)
        return Failed(self._case_feedback(first, runs[first], sum(right)), score)

    def _run_cases(self, function: Callable[..., Any]) -> list[Run]:
        """A run for each case; those after one that took too long are not reached."""
        runs: list[Run] = []
        for each in self.cases:
            if runs and isinstance(runs[-1].error, TimeUp):
                runs.append(runs[-1])
            else:
                runs.append(call(function, copy.deepcopy(each.arguments)))
        return runs

    def _case_feedback(self, index: int, run: Run, right: int) -> str:
        each = self.cases[index]
        made = as_code(f"{self.name}({', '.join(short(one) for one in each.arguments)})")
        if run.error:
            came = _("{call} did not come back. {cause}").format(
                call=made, cause=explain(run.error)
            )
        elif run.value is None:
            came = _(
                "{call} gave nothing back (`None`); {expected} was expected. "
                "Is the `return` missing?"
            ).format(call=made, expected=shown(self._expected[index]))
        elif run.value is Ellipsis or run.value is NotImplemented:
            came = _("{call} gave back the `...` of the start.").format(call=made)
        else:
            came = _("{call} gave {got}; {expected} was expected.").format(
                call=made, got=shown(run.value), expected=shown(self._expected[index])
            )
        count = _("{right} of {n} examples are right so far.").format(
            right=right, n=len(self.cases)
        )
        return " ".join(part for part in (came, each.because, count if right else "") if part)

    @cached_property
    def _expected(self) -> list[Any]:
        runs = self._run_author(self.right_source)
        for run in runs:
            if run.error:
                raise CheckError(
                    _("The solution of the check {id!r} stops with {error!r}.").format(
                        id=self.id, error=run.error
                    ),
                    _("Mend it."),
                )
        return [run.value for run in runs]

    @cached_property
    def _mistaken(self) -> list[tuple[list[Run], str]]:
        return [(self._run_author(source), message) for source, message in self.wrong.items()]

    def _run_author(self, source: str) -> list[Run]:
        work = self.work(source)
        if work.error or not callable(work.value):
            raise CheckError(
                _(
                    "A source of the check {id!r} does not define the function {name!r} "
                    "({error!r})."
                ).format(id=self.id, name=self.name, error=work.error),
                _("Mend its solution and its wrong ones."),
            )
        return self._run_cases(work.value)


def source_of(value: Any) -> str:
    """The code of a function, as far as Python knows it, else ""."""
    try:
        return inspect.getsource(value)
    except (OSError, TypeError):
        return ""


def _same_results(runs: Sequence[Run], others: Sequence[Run], tolerance: float) -> bool:
    return all(
        type(run.error) is type(other.error)
        and (bool(run.error) or same(run.value, other.value, tolerance))
        for run, other in zip(runs, others, strict=True)
    )
