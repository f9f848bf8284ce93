"""choice: one of several options, each with feedback of its own."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from kit.checks.check import Check, Example, refuse_unknown
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.errors import CheckError
from kit.words import _


@dataclass(frozen=True)
class Option:
    """One option of a choice; see ``right`` and ``wrong``."""

    text: str
    because: str
    is_right: bool

    def __post_init__(self) -> None:
        if not isinstance(self.text, str) or not self.text.strip():
            raise CheckError(
                _("An option of a choice has no text: {text!r}.").format(text=self.text),
                _('As in: right("190", "Yes: ...")'),
            )
        if not isinstance(self.because, str) or not self.because.strip():
            raise CheckError(
                _("An option of a choice has no feedback."), _("Say why it is right or not.")
            )


def right(text: str, because: str) -> Option:
    """The right option, and why it is right (Markdown)."""
    return Option(text, because, is_right=True)


def wrong(text: str, because: str) -> Option:
    """A distractor, and what to say to who holds that misconception (Markdown)."""
    return Option(text, because, is_right=False)


def choice(prompt: str, *options: Option, hints: Sequence[str] = (), **more: Any) -> Choice:
    """Ask for one of several options.

    Args:
        prompt: the question, in Markdown.
        options: one ``right(...)`` and one or more ``wrong(...)``. They are shown in an order
            that is mixed, but always the same for this question.
        hints, more: see ``Check``.

    Raises:
        CheckError: the options cannot make a choice.
    """
    refuse_unknown(choice, more)
    return Choice(prompt=prompt, options=options, hints=hints, **more)


@dataclass(frozen=True, kw_only=True)
class Choice(Check):
    """See ``choice``."""

    options: tuple[Option, ...]
    kind: ClassVar[str] = "choice"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not all(isinstance(option, Option) for option in self.options):
            raise CheckError(
                _("An option of a choice is not right(...) or wrong(...)."),
                _('As in: right("190", "Yes: ...")'),
            )
        if sum(option.is_right for option in self.options) != 1 or len(self.options) < 2:  # noqa: PLR2004
            raise CheckError(
                _("A choice needs one right(...) and at least one wrong(...)."),
                _("Add what is missing."),
            )
        texts = [option.text.strip() for option in self.options]
        if len(set(texts)) < len(texts):
            raise CheckError(
                _("Two options of a choice have the same text."), _("Make them differ.")
            )

    def judge(self, answer: Any) -> Outcome:
        chosen = str(answer).strip()
        if not chosen:
            return NotAttempted(_("Choose one of the answers, then choose Check."))
        for option in self.options:
            if option.text.strip() == chosen:
                return Passed(option.because) if option.is_right else Failed(option.because)
        return NotAttempted(_("That answer is no longer one of the options. Choose another."))

    def solution(self) -> str:
        option = next(option for option in self.options if option.is_right)
        return f"**{option.text}**\n\n{option.because}"

    def form(self) -> dict[str, Any]:
        texts = [option.text.strip() for option in self.options]
        # Not for secrecy: authors tend to write the right option first.
        random.Random(self.prompt).shuffle(texts)  # noqa: S311
        return {"options": texts}

    def text(self) -> str:
        options = "\n".join(f"- {text}" for text in self.form()["options"])
        return f"{self.prompt}\n\n{options}"

    def examples(self) -> Iterable[Example]:
        yield Example("", "not_attempted")
        for option in self.options:
            yield Example(option.text, "passed" if option.is_right else "failed", option.because)
        yield from self._own_examples()
