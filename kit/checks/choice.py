"""choice: one of several options, or all that are right, each with feedback of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from kit.checks.arguments import refuse_unknown
from kit.checks.check import Check, Example
from kit.checks.json_answer import parse_texts, to_json
from kit.checks.mixing import mixed
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.errors import CheckError
from kit.words import _, ngettext


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


def choice(
    prompt: str, *options: Option, many: bool = False, hints: Sequence[str] = (), **more: Any
) -> Choice:
    """Ask for one of several options, or for all that are right.

    Args:
        prompt: the question, in Markdown.
        options: one ``right(...)`` and one or more ``wrong(...)``. They are shown in an order
            that is mixed, but always the same for this question.
        many: several may be chosen, and any number of options from one on may be right. Each
            option that is rightly chosen, or rightly left, counts towards a part of the whole.
        hints, more: see ``Check``.

    Raises:
        CheckError: the options cannot make a choice.
    """
    refuse_unknown(choice, more)
    kind = Choices if many else Choice
    return kind(prompt=prompt, options=options, hints=hints, **more)


@dataclass(frozen=True, kw_only=True)
class Choice(Check):
    """See ``choice``."""

    options: tuple[Option, ...]
    kind: ClassVar[str] = "choice"
    markdown_in_form: ClassVar[tuple[str, ...]] = ("options",)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not all(isinstance(option, Option) for option in self.options):
            raise CheckError(
                _("An option of a choice is not right(...) or wrong(...)."),
                _('As in: right("190", "Yes: ...")'),
            )
        self._refuse_too_few()
        texts = [option.text.strip() for option in self.options]
        if len(set(texts)) < len(texts):
            raise CheckError(
                _("Two options of a choice have the same text."), _("Make them differ.")
            )

    def _refuse_too_few(self) -> None:
        if len(self._right) != 1 or len(self.options) < 2:  # noqa: PLR2004 - one of each
            raise CheckError(
                _("A choice needs one right(...) and at least one wrong(...)."),
                _("Add what is missing, or say many=True where several are right."),
            )

    @property
    def _right(self) -> list[Option]:
        return [option for option in self.options if option.is_right]

    def judge(self, answer: Any) -> Outcome:
        chosen = str(answer).strip()
        if not chosen:
            return NotAttempted(_("Choose one of the answers, then choose Check."))
        for option in self.options:
            if option.text.strip() == chosen:
                return Passed(option.because) if option.is_right else Failed(option.because)
        return NotAttempted(_("That answer is no longer one of the options. Choose another."))

    def solution(self) -> str:
        return "\n\n".join(f"**{option.text}**\n\n{option.because}" for option in self._right)

    def form(self) -> dict[str, Any]:
        # Authors tend to write the right option first.
        return {"options": mixed(self.prompt, (option.text.strip() for option in self.options))}

    def wrong_options(self) -> Iterable[tuple[str, str]]:
        return ((each.text, each.because) for each in self.options if not each.is_right)

    def text(self) -> str:
        options = "\n".join(f"- {text}" for text in self.form()["options"])
        return f"{self.prompt}\n\n{options}"

    def examples(self) -> Iterable[Example]:
        yield Example("", "not_attempted")
        for option in self.options:
            yield Example(option.text, "passed" if option.is_right else "failed", option.because)
        yield from self._own_examples()


@dataclass(frozen=True, kw_only=True)
class Choices(Choice):
    """A choice of all that are right; see ``choice``. Its answer is a list of options."""

    kind: ClassVar[str] = "choices"

    def _refuse_too_few(self) -> None:
        if not self._right or len(self._right) == len(self.options):
            raise CheckError(
                _("A choice needs at least one right(...) and one wrong(...)."),
                _("Add what is missing."),
            )

    def judge(self, answer: Sequence[str]) -> Outcome:
        chosen = {each.strip() for each in answer}
        if not chosen:
            return NotAttempted(_("Choose all that are right, then choose Check."))
        if not chosen <= {option.text.strip() for option in self.options}:
            return NotAttempted(_("An answer is no longer one of the options. Choose again."))
        mistaken = [o for o in self.options if (o.text.strip() in chosen) != o.is_right]
        if not mistaken:
            return Passed(self.why or " ".join(option.because for option in self._right))
        return Failed(self._feedback(chosen, mistaken), 1 - len(mistaken) / len(self.options))

    def _feedback(self, chosen: set[str], mistaken: list[Option]) -> str:
        """What to say to the first option that should not be chosen; else that some are missing."""
        found = sum(option.text.strip() in chosen for option in self._right)
        count = ngettext(
            "{n} of those you chose is right.", "{n} of those you chose are right.", found
        )
        wrongly = [option for option in mistaken if not option.is_right]
        if wrongly:
            text = wrongly[0].text.strip().rstrip(".")  # a colon follows
            return f"**{text}**: {wrongly[0].because} {count}"
        return f"{count} " + _("Something is still missing: go through the others once more.")

    def parse(self, written: str) -> list[str]:
        return parse_texts(written)

    def written(self, answer: Any) -> str:
        return to_json(answer)

    def readable(self, written: str) -> str:
        return " + ".join(parse_texts(written))

    def examples(self) -> Iterable[Example]:
        right = [option.text for option in self._right]
        yield Example([], "not_attempted")
        yield Example(right, "passed")
        for option in self.options:
            if not option.is_right:
                yield Example([*right, option.text], "failed", option.because)
            elif len(right) > 1:
                yield Example([each for each in right if each != option.text], "failed")
        yield from self._own_examples()
