"""text: a word or a short phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from kit.checks.arguments import need_feedback, need_words, refuse_unknown
from kit.checks.check import Check, Example
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.checks.quote import cut
from kit.checks.rules import Wrong, examples_of, first_fit, plain_keys
from kit.checks.spelling import near_miss, normal, unquoted
from kit.errors import CheckError
from kit.words import _


def text(
    prompt: str,
    *,
    answer: str | Sequence[str],
    otherwise: str,
    wrong: Wrong | None = None,
    exact: bool = False,
    pattern: str = "",
    hints: Sequence[str] = (),
    why: str = "",
    **more: Any,
) -> Text:
    """Ask for a word or a short phrase.

    Args:
        prompt: the question, in Markdown.
        answer: the right text, or several that are as good; the first is shown as the solution.
        otherwise: what to try, for a text that is none of ``wrong``.
        wrong: misconceptions: the text each one gives, and what to say to it.
        exact: whether case and spaces matter; quotes around the text never do.
        pattern: a regular expression; a text that it matches as a whole is right too.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(text, more)
    answers = (
        tuple(answer) if isinstance(answer, Sequence) and not isinstance(answer, str) else (answer,)
    )
    return Text(
        prompt=prompt, answers=answers, otherwise=otherwise, wrong=wrong or {}, exact=exact,
        pattern=pattern, hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Text(Check):
    """See ``text``."""

    answers: tuple[str, ...]
    otherwise: str
    wrong: Wrong = field(default_factory=dict)
    exact: bool = False
    pattern: str = ""
    kind: ClassVar[str] = "text"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not all(isinstance(each, str) for each in (*self.answers, *plain_keys(self.wrong))):
            raise CheckError(_("An answer of a text check is not a text."), _('As in: answer="5"'))
        if not self.answers or not all(self._normal(answer) for answer in self.answers):
            raise CheckError(_("A text check has an empty answer."), _('As in: answer="NaN"'))
        need_words("otherwise", self.otherwise)
        need_feedback("wrong", self.wrong)
        try:
            re.compile(self.pattern)
        except (re.error, TypeError) as error:
            raise CheckError(
                _("pattern={pattern!r} is no regular expression: {error}.").format(
                    pattern=self.pattern, error=error
                ),
                _('As in: pattern=r"pd\\.read_csv\\(.*\\)"'),
            ) from None
        accepted = [self._normal(answer) for answer in self.answers]
        for mistaken in plain_keys(self.wrong):
            if self._is_right(self._normal(mistaken), accepted):
                raise CheckError(
                    _("The text {text!r} is both an answer and wrong.").format(text=mistaken),
                    _("Take one of them out."),
                )

    def judge(self, answer: Any) -> Outcome:
        given = self._normal(str(answer))
        if not given:
            return NotAttempted(_("Type your answer, then choose Check."))
        accepted = [self._normal(each) for each in self.answers]
        if self._is_right(given, accepted):
            return Passed(self.why or _("Yes: “{answer}” is right.").format(answer=self.answers[0]))
        if failed := first_fit(
            self.wrong, str(answer).strip(), lambda mistaken: given == self._normal(mistaken)
        ):
            return failed
        shown = cut(str(answer))
        if near := next(filter(None, (near_miss(given, each) for each in accepted)), ""):
            return Failed(_("“{given}”: {near}").format(given=shown, near=near))
        return Failed(_("Not “{given}”.").format(given=shown) + f" {self.otherwise}")

    def solution(self) -> str:
        return f"**{self.answers[0]}**\n\n{self.why}".strip()

    def examples(self) -> Iterable[Example]:
        yield Example("", "not_attempted")
        for answer in self.answers:
            yield Example(answer, "passed")
        for answer, message in examples_of(self.wrong):
            yield Example(answer, "failed", message)
        yield from self._own_examples()

    def _is_right(self, given: str, accepted: Sequence[str]) -> bool:
        if given in accepted:
            return True
        flags = 0 if self.exact else re.IGNORECASE
        return bool(self.pattern) and re.fullmatch(self.pattern, given, flags) is not None

    def _normal(self, written: str) -> str:
        return unquoted(written) if self.exact else normal(written)
