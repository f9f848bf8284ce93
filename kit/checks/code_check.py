"""CodeCheck: what the kinds have in common whose learner answers with code."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from kit.checks.arguments import need_feedback, need_tolerance
from kit.checks.check import Check, Example
from kit.checks.compare import RELATIVE
from kit.checks.outcome import Failed, NotAttempted, Outcome
from kit.checks.rules import When, Wrong, first_fit, plain_keys
from kit.checks.running.code_text import is_same_code
from kit.checks.running.constructs import Pattern, is_written_with
from kit.checks.running.explain import explain
from kit.checks.running.limits import RULE_SECONDS
from kit.checks.running.work import MISSING, Work, call, run_alone
from kit.errors import CheckError
from kit.words import _


@dataclass(frozen=True, kw_only=True)
class CodeCheck(Check):
    """A check that is answered with code; see ``code``, ``table`` and ``plot``.

    Attributes:
        name: of the function or the variable that the learner makes.
        starter: the code that the learner begins with.
        right_source: source that makes the right one.
        wrong: rules: a source that makes a wrong one, ``when`` or ``pattern`` -> what to say.
        tolerance: how far numbers may differ, relative.
    """

    name: str
    starter: str
    right_source: str
    wrong: Wrong = field(default_factory=dict)
    tolerance: float = RELATIVE

    def __post_init__(self) -> None:
        super().__post_init__()
        for source in (self.starter, self.right_source):
            if not isinstance(source, str):
                raise CheckError(
                    _("The starter or the solution of a check is not a text."),
                    _('As in: starter="..."'),
                )
        need_tolerance(self.tolerance)
        need_feedback("wrong", self.wrong)
        for key in self.wrong:
            self._need_key(key)

    def _need_key(self, key: object) -> None:
        """Refuse a rule's key that stands for no code, or for right code (likewise)."""
        source = key.example if isinstance(key, When | Pattern) else key
        if not isinstance(source, str):
            raise CheckError(
                _("wrong={{{key!r}: ...}} is no code.").format(key=source),
                _(
                    "Give a source that makes a wrong one, or when(..., example=source), or "
                    "pattern(..., example=source)."
                ),
            )
        if is_same_code(source, self.right_source):
            raise CheckError(
                _("A source is both the solution and wrong: {source!r}.").format(source=source),
                _("Take it out of wrong=."),
            )

    def judge(self, answer: Work) -> Outcome:
        """Whether there is something to judge; then ``_judge_work`` judges it."""
        if is_same_code(answer.source, self.starter):
            return NotAttempted(
                _(
                    "The code is as it was at the start. Change it (in a notebook, run that cell, "
                    "too), then choose Check."
                )
            )
        if answer.error:
            return Failed(explain(answer.error))
        if answer.value is not MISSING and answer.value is not Ellipsis:
            return self._judge_work(answer)
        if not answer.source.strip():
            return NotAttempted(
                _("`{name}` is not there yet. Write it, run it, then choose Check.").format(
                    name=self.name
                )
            )
        return Failed(self._absent())

    @abstractmethod
    def _judge_work(self, work: Work) -> Outcome:
        """The outcome for what the learner made."""

    @abstractmethod
    def _absent(self) -> str:
        """What to say where the code makes nothing of that name (Markdown)."""

    def _mistake(
        self, work: Work, seen: Any, is_same: Callable[[str], bool], score: float = 0.0
    ) -> Failed | None:
        """The outcome by the first rule that fits wrong work, if any does.

        Args:
            work: what the learner made.
            seen: what the predicates of ``when`` get of it.
            is_same: whether a wrong source makes the same.
            score: how much of the work is right.
        """

        def fits(key: str | Pattern) -> bool:
            if isinstance(key, Pattern):
                return bool(is_written_with(key.construct, work.source, self._part))
            return is_same(key)

        return first_fit(self._rules, seen, fits, score)

    @abstractmethod
    def _make(self, source: str) -> Any:
        """What a source of the author makes, as this kind compares it.

        Raises:
            CheckError: it makes nothing of the kind.
        """

    def _made(self, source: str) -> Any:
        """The same; each source is run once."""
        if source not in self._all_made:
            self._all_made[source] = self._make(source)
        return self._all_made[source]

    @cached_property
    def _all_made(self) -> dict[str, Any]:
        return {}

    def prepare(self) -> None:
        for source in (self.right_source, *plain_keys(self.wrong)):
            if isinstance(source, str):
                self._made(source)

    @property
    def _part(self) -> str:
        """The name whose making counts as the learner's code; "" for all of it."""
        return ""

    @cached_property
    def _rules(self) -> Wrong:
        """``wrong``, where a predicate that a learner's value makes stumble does not fit."""
        return {
            When(partial(_holds, key.predicate), example=key.example)
            if isinstance(key, When)
            else key: says
            for key, says in self.wrong.items()
        }

    def work(self, source: str) -> Work:
        """Run a source beside the names of checks.py, as the app would in the kernel."""
        return run_alone(source, self.name, self.namespace)

    def solution(self) -> str:
        return f"```python\n{self.right_source.strip()}\n```\n\n{self.why}".strip()

    def form(self) -> dict[str, Any]:
        return {"starter": self.starter, "name": self.name}

    def text(self) -> str:
        return f"{self.prompt}\n\n```python\n{self.starter.strip()}\n```"

    def examples(self) -> Iterable[Example]:
        yield Example(self.starter, "not_attempted")
        yield Example(self.right_source, "passed")
        for key, says in self.wrong.items():
            source = key.example if isinstance(key, When | Pattern) else key
            yield Example(source, "failed", says)
        yield from self._own_examples()


def _holds(predicate: Callable[[Any], bool], value: Any) -> bool:
    """Whether a predicate holds; it may run a learner's function, which may do anything."""
    run = call(lambda: bool(predicate(value)), (), RULE_SECONDS)
    return run.error is None and run.value
