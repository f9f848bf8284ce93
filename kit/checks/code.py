"""code: the learner writes a function, and it is called with the author's examples."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, ClassVar

from kit.checks.arguments import need_feedback, refuse_unknown
from kit.checks.code_check import CodeCheck
from kit.checks.compare import RELATIVE, kind_of
from kit.checks.outcome import Failed, Outcome, Passed
from kit.checks.rules import Wrong, misconception
from kit.checks.running.calls import are_alike, call_words, came_words, is_same_value, wrong_words
from kit.checks.running.constructs import is_written_with, need_construct
from kit.checks.running.explain import explain
from kit.checks.running.limits import TimeUp
from kit.checks.running.properties import Counterexample, Property, counterexample, generated, tried
from kit.checks.running.work import Run, Work, call
from kit.errors import CheckError
from kit.words import _, ngettext

MOST_CALLS = 3
"""How many calls of one counterexample are shown."""

Demands = Mapping[str, str]
"""Constructs that the code is to have, or not to have -> what to say where it is otherwise."""


@dataclass(frozen=True)
class Made:
    """A function of the author's, and its run for each case."""

    function: Callable[..., Any]
    runs: list[Run]


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
        try:
            copy.deepcopy(self.arguments)
        except Exception as error:
            raise CheckError(
                _("A case cannot be copied for each call: {error!r}.").format(error=error),
                _("Give plain values, tables or arrays; a list in the place of a generator."),
            ) from error


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
    wrong: Wrong | None = None,
    properties: Sequence[Property] = (),
    uses: Demands | None = None,
    avoids: Demands | None = None,
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
            learner whose function gives the same results; the predicate of a ``when`` gets the
            learner's function.
        properties: what must hold for any arguments, each a ``holds(...)``.
        uses: constructs that the code is to be written with, such as ``"for"`` (see
            ``pattern``), and what to say where it is not; looked at when the results are right.
        avoids: constructs that it is not to be written with (likewise).
        tolerance: how far numbers may differ, relative.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(code, more)
    return Code(
        prompt=prompt, name=function, starter=starter, right_source=solution, cases=cases,
        wrong=wrong or {}, properties=properties, uses=uses or {}, avoids=avoids or {},
        tolerance=tolerance, hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Code(CodeCheck):
    """See ``code``; ``name`` is the function's."""

    cases: Sequence[Case]
    properties: Sequence[Property] = ()
    uses: Demands = field(default_factory=dict)
    avoids: Demands = field(default_factory=dict)
    kind: ClassVar[str] = "code"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not str(self.name).isidentifier():
            raise CheckError(
                _("{name!r} is not a function's name.").format(name=self.name),
                _("As in: function='f'"),
            )
        if not _are(Case, self.cases) or not self.cases:
            raise CheckError(_("A code check has no cases."), _("As in: cases=[case([1, 2])]"))
        if not _are(Property, self.properties):
            raise CheckError(
                _("The properties of a check are no list of holds(...)."),
                _('As in: properties=[holds("...", given=lambda st: [...], check=...)]'),
            )
        for keyword, demands in (("uses", self.uses), ("avoids", self.avoids)):
            need_feedback(keyword, demands)
            for construct in demands:
                self._need_demand(keyword, construct)

    def _need_demand(self, keyword: str, construct: str) -> None:
        """Refuse what names no construct, or asks for another one than the solution has."""
        need_construct(construct)
        found = is_written_with(construct, self.right_source, self.name)
        if found is not None and found is not (keyword == "uses"):
            raise CheckError(
                _("{keyword}={{{construct!r}: ...}} does not hold of the solution itself.").format(
                    keyword=keyword, construct=construct
                ),
                _("Write the solution as it is asked for, or take that entry out."),
            )

    @property
    def _part(self) -> str:
        return self.name

    def _absent(self) -> str:
        return _(
            "There is no function called `{name}` yet: `def {name}(...):` begins it. "
            "Check the spelling."
        ).format(name=self.name)

    def _judge_work(self, work: Work) -> Outcome:
        if not callable(work.value):
            return Failed(
                _("`{name}` is {kind}, not a function: `def {name}(...):` begins one.").format(
                    name=self.name, kind=kind_of(work.value)
                )
            )
        runs = self._run_cases(work.value)
        return (
            self._judge_results(work, runs)
            or self._judge_properties(work, runs)
            or self._judge_writing(work)
        )

    def _judge_results(self, work: Work, runs: Sequence[Run]) -> Failed | None:
        right = [
            not run.error and is_same_value(run.value, expected, self.tolerance)
            for run, expected in zip(runs, self._expected, strict=True)
        ]
        if all(right):
            return None
        score = self._score(sum(right))
        first = right.index(False)
        return self._mistake(work, work.value, partial(self._is_same, runs), score) or Failed(
            self._case_feedback(first, work.value, runs[first], sum(right)), score
        )

    def _judge_properties(self, work: Work, runs: Sequence[Run]) -> Failed | None:
        """Whether what must hold for any arguments does, of a function that the cases pass."""
        for index, wanted in enumerate(self.properties):
            found = counterexample(wanted, work.value, self._generated[index])
            if not found:
                continue
            self._need_held(wanted, found.arguments)
            score = self._score(len(self.cases) + index)

            def is_same(source: str, found: Counterexample = found) -> bool:
                return self._is_same(runs, source) and self._calls_alike(found, source)

            return self._mistake(work, work.value, is_same, score) or Failed(
                self._property_feedback(wanted, found), score
            )
        return None

    def _judge_writing(self, work: Work) -> Outcome:
        """Whether right code is written as it was asked for."""
        passed = self.why or self._gave(_("Yes: `{name}` gave what was expected {examples}."))
        known = True
        met = len(self.cases) + len(self.properties)
        for wanted, demands in ((True, self.uses), (False, self.avoids)):
            for construct, says in demands.items():
                found = is_written_with(construct, work.source, self.name)
                known = known and found is not None
                if found is (not wanted):
                    return Failed(self._works_but(says), self._score(met), misconception(says))
                met += 1
        if not known:
            passed += " " + _("(How it is written could not be seen here: only what it does.)")
        return Passed(passed)

    def _works_but(self, asked: str) -> str:
        works = self._gave(_("`{name}` works: it gave what was expected {examples}."))
        return f"{works} {asked}"

    def _gave(self, said: str) -> str:
        n = len(self.cases)
        examples = ngettext("in the one example", "in all {n} examples", n)
        return said.format(name=self.name, examples=examples)

    def _score(self, right: int) -> float:
        """The share of what is asked that is right."""
        asked = (self.cases, self.properties, self.uses, self.avoids)
        return right / sum(len(each) for each in asked)

    def _run_cases(self, function: Callable[..., Any]) -> list[Run]:
        """A run for each case; those after one that took too long are not reached."""
        runs: list[Run] = []
        for each in self.cases:
            if runs and isinstance(runs[-1].error, TimeUp):
                runs.append(runs[-1])
            else:
                runs.append(call(function, copy.deepcopy(each.arguments)))
        return runs

    def _case_feedback(self, index: int, function: Any, run: Run, right: int) -> str:
        each = self.cases[index]
        made = call_words(self.name, each.arguments)
        came = wrong_words(function, made, each.arguments, run, self._expected[index])
        count = _("{right} of {n} examples are right so far.").format(
            right=right, n=len(self.cases)
        )
        return " ".join(part for part in (came, each.because, count if right else "") if part)

    def _property_feedback(self, wanted: Property, found: Counterexample) -> str:
        says = _("It must hold that {says}.").format(says=wanted.says.strip().rstrip("."))
        came = [came_words(self.name, *each) for each in found.calls[-MOST_CALLS:]]
        if isinstance(found.run.error, TimeUp):
            came = [explain(found.run.error)]
        elif not came:  # the author's check stumbled before it called the function
            made = call_words(self.name, found.arguments)
            came = [_("It does not for {call}.").format(call=made)]
        works = ngettext(
            "The example is right, but not all others are.",
            "All {n} examples are right, but not all others are.",
            len(self.cases),
        )
        return " ".join(part for part in (works, *came, says, wanted.because) if part)

    @cached_property
    def _expected(self) -> list[Any]:
        made: Made = self._made(self.right_source)
        for run in made.runs:
            if run.error:
                raise CheckError(
                    _("The solution of the check {id!r} stops with {error!r}.").format(
                        id=self.id, error=run.error
                    ),
                    _("Mend it."),
                )
        return [run.value for run in made.runs]

    @cached_property
    def _generated(self) -> list[list[tuple[Any, ...]]]:
        """The arguments for each property."""
        return [generated(each) for each in self.properties]

    def _need_held(self, wanted: Property, arguments: tuple[Any, ...]) -> None:
        """Refuse a property that the solution has not, for the same arguments (CheckError)."""
        found = tried(wanted, self._made(self.right_source).function, arguments)
        if found:
            raise CheckError(
                _(
                    "The solution of the check {id!r} has not the property “{says}”, for "
                    "{arguments!r}: check= gave {value!r} ({error!r})."
                ).format(
                    id=self.id, says=wanted.says, arguments=arguments, value=found.run.value,
                    error=found.run.error,
                ),
                _("Mend check=, which gives back True where it holds; or leave such out of given="),
            )  # fmt: skip

    def _is_same(self, runs: Sequence[Run], source: str) -> bool:
        """Whether a source of the author defines a function that gives the same results."""
        return are_alike(runs, self._made(source).runs, self.tolerance)

    def _calls_alike(self, found: Counterexample, source: str) -> bool:
        """Whether it gives the same results also where a property does not hold."""
        function = self._made(source).function
        runs = [call(function, copy.deepcopy(arguments)) for arguments, _run in found.calls]
        return are_alike([run for _arguments, run in found.calls], runs, self.tolerance)

    def _make(self, source: str) -> Made:
        work = self.work(source)
        if work.error or not callable(work.value):
            raise CheckError(
                _(
                    "A source of the check {id!r} does not define the function {name!r} "
                    "({error!r})."
                ).format(id=self.id, name=self.name, error=work.error),
                _("Mend its solution and its wrong ones."),
            )
        return Made(work.value, self._run_cases(work.value))

    def prepare(self) -> None:
        super().prepare()
        _ = self._generated


def source_of(value: Any) -> str:
    """The code of a function, as far as Python knows it, else ""."""
    try:
        return inspect.getsource(value)
    except (OSError, TypeError):
        return ""


def _are(kind: type, values: object) -> bool:
    return isinstance(values, list | tuple) and all(isinstance(each, kind) for each in values)
