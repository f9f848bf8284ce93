"""The contract of a check: what every kind has in common."""

from __future__ import annotations

import hashlib
import json
import traceback
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from kit.checks.arguments import need_feedback, pairs_of
from kit.checks.outcome import Broken, NotAttempted, Outcome
from kit.errors import CheckError
from kit.words import _

if TYPE_CHECKING:
    from kit.checks.variants import Family

NEVER = "never"


@dataclass(frozen=True)
class Example:
    """An answer whose outcome the author promises; every check ships with some.

    Attributes:
        answer: as a learner would give it (source text for code and table checks).
        outcome: the outcome's name: "passed", "failed" or "not_attempted".
        says: words that the feedback must contain.
    """

    answer: Any
    outcome: str
    says: str = ""


@dataclass(frozen=True, kw_only=True)
class Check(ABC):
    """One question: judges a plain value and says why.

    Attributes:
        prompt: the question, in Markdown.
        hints: the hint ladder, in Markdown: direct the eye, name the tool, nearly the answer.
        why: shown with a right answer: why it is right, in one line.
        solution_after: failed attempts after which the solution may be seen; None for only after
            passing, "never" for not even then.
        confidence: whether to ask "How sure are you?" before the verdict.
        passes, fails: further answers that must pass, and that must fail (answer -> words that
            the feedback must contain, or pairs of these); the test of the course runs them.
        id: its name in checks.py (set by ``load_checks``).
        namespace: the names of its checks.py, for the sources that it runs (likewise).
        family, variant: the variants that it is one of, and its number; see ``variants``.
    """

    prompt: str
    hints: Sequence[str] = ()
    why: str = ""
    solution_after: int | str | None = 3
    confidence: bool = False
    passes: Sequence[Any] = ()
    fails: Mapping[Any, str] | Sequence[tuple[Any, str]] = field(default_factory=dict)
    id: str = ""
    namespace: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)
    family: Family | None = field(default=None, repr=False, compare=False)
    variant: int = 0

    kind: ClassVar[str]
    markdown_in_form: ClassVar[tuple[str, ...]] = ()
    """Keys of ``form`` that hold Markdown, or lists of it: the browser gets HTML beside them."""

    def __post_init__(self) -> None:
        if not isinstance(self.prompt, str) or not self.prompt.strip():
            raise CheckError(
                _("The question of a check is empty."), _("Write it as the first argument.")
            )
        if not isinstance(self.why, str):
            raise CheckError(_("The why of a check is not a text."), _('As in: why="..."'))
        if isinstance(self.hints, str) or not all(isinstance(hint, str) for hint in self.hints):
            raise CheckError(
                _("The hints of a check are not a list of texts."), _('As in: hints=["...", "..."]')
            )
        after = self.solution_after
        if after not in {None, NEVER} and (type(after) is not int or after < 1):
            raise CheckError(
                _("solution_after={value!r} is not a number of attempts.").format(value=after),
                _('Give a whole number from 1 on, None for after passing, or "never".'),
            )
        need_feedback("fails", self.fails)

    @abstractmethod
    def judge(self, answer: Any) -> Outcome:
        """The outcome for an answer. May raise: ``attempt`` turns that into ``Broken``."""

    @abstractmethod
    def solution(self) -> str:
        """The right answer, in Markdown; shown when the author's policy allows it."""

    @abstractmethod
    def examples(self) -> Iterable[Example]:
        """Answers with their promised outcomes, the author's and those that follow."""

    def prepare(self) -> None:  # noqa: B027 - most kinds have nothing to prepare
        """Do beforehand what the first judging would take long for. May raise, as ``judge``."""

    def parse(self, written: str) -> Any:
        """What the browser sent, as ``judge`` takes it.

        Raises:
            ValueError: no input of this kind gives such a text.
        """
        return written

    def written(self, answer: Any) -> str:
        """An answer as the browser sends it: the opposite of ``parse``."""
        return str(answer)

    def readable(self, written: str) -> str:
        """An earlier answer as one line of plain text."""
        return written

    def form(self) -> dict[str, Any]:
        """What the browser needs to ask the question, as JSON. Never holds the answer."""
        return {}

    def afterwards(self) -> dict[str, Any]:
        """What the browser needs besides, once the check is passed; as ``form``."""
        return {}

    def text(self) -> str:
        """The question as Markdown, for places where it cannot be answered."""
        return self.prompt

    def wrong_options(self) -> Iterable[tuple[str, str]]:
        """What may be chosen though it is wrong, each with what is said to it ("" for nothing)."""
        return ()

    def version(self) -> str:
        """Content hash of what the learner sees: 12 hexadecimal digits."""
        seen = json.dumps([self.kind, self.prompt, self.form()], sort_keys=True)
        return hashlib.sha256(seen.encode()).hexdigest()[:12]

    def _own_examples(self) -> Iterator[Example]:
        for answer in self.passes:
            yield Example(answer, "passed")
        for answer, says in pairs_of(self.fails):
            yield Example(answer, "failed", says)


def attempt_written(check: Check, written: str) -> Outcome:
    """Judge what the browser sent; see ``attempt``."""
    try:
        answer = check.parse(written)
    except (ValueError, RecursionError):
        return NotAttempted(_("That answer could not be read. Give it again, then choose Check."))
    return attempt(check, answer)


def attempt(check: Check, answer: Any) -> Outcome:
    """Judge an answer; a check that raises is broken, and that is not the learner's fault."""
    try:
        return check.judge(answer)
    except Exception:
        return Broken(
            _(
                "It is not you. Your work is saved, and this does not "
                "count. Go on, and tell your teacher that the check `{id}` broke."
            ).format(id=check.id),
            fault=traceback.format_exc(),
        )
