"""CodeCheck: what the kinds have in common whose learner answers with code."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from kit.checks.check import Check, Example, need_feedback, need_tolerance
from kit.checks.compare import RELATIVE
from kit.checks.explain import explain
from kit.checks.outcome import Failed, NotAttempted, Outcome
from kit.checks.rules import Wrong, examples_of
from kit.checks.work import MISSING, Work, is_same_code, run_alone
from kit.errors import CheckError
from kit.words import _


@dataclass(frozen=True, kw_only=True)
class CodeCheck(Check):
    """A check that is answered with code; see ``code`` and ``table``.

    Attributes:
        name: of the function or the variable that the learner makes.
        starter: the code that the learner begins with.
        right_source: source that makes the right one.
        wrong: source that makes a wrong one -> what to say to whoever makes the same.
        tolerance: how far numbers may differ, relative.
    """

    name: str
    starter: str
    right_source: str
    wrong: Wrong = field(default_factory=dict)
    tolerance: float = RELATIVE
    takes_code: ClassVar[bool] = True

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

    def judge(self, answer: Work) -> Outcome:
        """Whether there is something to judge; then ``_judge_value`` judges it."""
        if is_same_code(answer.source, self.starter):
            return NotAttempted(
                _("The code is as it was at the start. Change it, then choose Check.")
            )
        if answer.error:
            return Failed(explain(answer.error))
        if answer.value is not MISSING and answer.value is not Ellipsis:
            return self._judge_value(answer.value)
        if not answer.source.strip():
            return NotAttempted(
                _("`{name}` is not there yet. Write it, run it, then choose Check.").format(
                    name=self.name
                )
            )
        return Failed(self._absent())

    @abstractmethod
    def _judge_value(self, value: Any) -> Outcome:
        """The outcome for what the learner made."""

    @abstractmethod
    def _absent(self) -> str:
        """What to say where the code makes nothing of that name (Markdown)."""

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
        for source, message in examples_of(self.wrong):
            yield Example(source, "failed", message)
        yield from self._own_examples()
