"""text: a word or a short phrase."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from kit.checks.check import Check, Example, need_feedback, need_words, refuse_unknown
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.errors import CheckError
from kit.words import _

NEAR = 0.8
"""From this difflib ratio on, a text counts as misspelt rather than as another word."""


def text(
    prompt: str,
    *,
    answer: str | Sequence[str],
    otherwise: str,
    wrong: Mapping[str, str] | None = None,
    exact: bool = False,
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
        hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Text(Check):
    """See ``text``."""

    answers: tuple[str, ...]
    otherwise: str
    wrong: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False
    kind: ClassVar[str] = "text"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not all(isinstance(each, str) for each in (*self.answers, *self.wrong)):
            raise CheckError(_("An answer of a text check is not a text."), _('As in: answer="5"'))
        if not self.answers or not all(self._normal(answer) for answer in self.answers):
            raise CheckError(_("A text check has an empty answer."), _('As in: answer="NaN"'))
        need_words("otherwise", self.otherwise)
        need_feedback("wrong", self.wrong)
        accepted = {self._normal(answer) for answer in self.answers}
        for mistaken in self.wrong:
            if self._normal(mistaken) in accepted:
                raise CheckError(
                    _("The text {text!r} is both an answer and wrong.").format(text=mistaken),
                    _("Take one of them out."),
                )

    def judge(self, answer: Any) -> Outcome:
        given = self._normal(str(answer))
        if not given:
            return NotAttempted(_("Type your answer, then choose Check."))
        accepted = [self._normal(each) for each in self.answers]
        if given in accepted:
            return Passed(self.why or _("Yes, “{answer}”.").format(answer=self.answers[0]))
        for mistaken, message in self.wrong.items():
            if given == self._normal(mistaken):
                return Failed(message)
        shown = str(answer).strip()[:60]
        if self.exact and given.casefold() in [each.casefold() for each in accepted]:
            return Failed(_("“{given}”: look at capital and small letters.").format(given=shown))
        if difflib.get_close_matches(given, accepted, 1, NEAR):
            return Failed(
                _("“{given}” is nearly it: look at the spelling again.").format(given=shown)
            )
        return Failed(_("Not “{given}”.").format(given=shown) + f" {self.otherwise}")

    def solution(self) -> str:
        return f"**{self.answers[0]}**\n\n{self.why}".strip()

    def examples(self) -> Iterable[Example]:
        yield Example("", "not_attempted")
        for answer in self.answers:
            yield Example(answer, "passed")
        for answer, message in self.wrong.items():
            yield Example(answer, "failed", message)
        yield from self._own_examples()

    def _normal(self, written: str) -> str:
        # An accent may be typed as a letter of its own (as macOS does), which looks the same.
        unquoted = unicodedata.normalize("NFC", written).strip().strip("\"'`“”‘’")
        if self.exact:
            return unquoted
        return re.sub(r"\s+", " ", unquoted.casefold()).strip(" .")
