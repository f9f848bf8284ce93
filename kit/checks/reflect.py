"""reflect: a free text, kept, and then compared by the learner with a model answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from kit.checks.arguments import need_words, refuse_unknown
from kit.checks.check import Check, Example
from kit.checks.outcome import NotAttempted, Outcome, Passed
from kit.errors import CheckError
from kit.words import _, ngettext


def reflect(
    prompt: str,
    *,
    model: str,
    points: Sequence[str] = (),
    least: int = 10,
    hints: Sequence[str] = (),
    **more: Any,
) -> Reflect:
    """Ask for a text in the learner's own words. No program judges it: they do.

    Args:
        prompt: the question, in Markdown.
        model: an answer that would do, in Markdown; shown once theirs is kept.
        points: what a good answer has, each a sentence that they tick or not.
        least: the words that a text must have to be kept.
        hints, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(reflect, more)
    return Reflect(
        prompt=prompt, model=model, points=tuple(points), least=least, hints=hints, **more
    )


@dataclass(frozen=True, kw_only=True)
class Reflect(Check):
    """See ``reflect``."""

    model: str
    points: tuple[str, ...] = ()
    least: int = 10
    kind: ClassVar[str] = "reflect"
    markdown_in_form: ClassVar[tuple[str, ...]] = ("points",)

    def __post_init__(self) -> None:
        super().__post_init__()
        need_words("model", self.model)
        for each in self.points:
            need_words("points", each)
        if type(self.least) is not int or self.least < 1:
            raise CheckError(
                _("least={value!r} is not a number of words.").format(value=self.least),
                _("As in: least=20"),
            )

    def judge(self, answer: Any) -> Outcome:
        words = len(str(answer).split())
        if not words:
            return NotAttempted(_("Write your answer, then choose Check."))
        if words < self.least:
            said = ngettext("That is {n} word.", "That are {n} words.", words)
            return NotAttempted(
                f"{said} " + _("Take at least {least}: say why, too.").format(least=self.least)
            )
        return Passed(_("Compare it with the answer below, which is one of many good ones."))

    def solution(self) -> str:
        return self.model

    def form(self) -> dict[str, Any]:
        return {"least": self.least}

    def afterwards(self) -> dict[str, Any]:
        return {"points": list(self.points)}

    def readable(self, written: str) -> str:
        return ""  # they are all good answers

    def examples(self) -> Iterable[Example]:
        yield Example("", "not_attempted")
        if self.least > 1:
            yield Example("word", "not_attempted")
        yield Example(" ".join(["word"] * self.least), "passed")
        yield from self._own_examples()
