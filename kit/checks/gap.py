"""gap: one gap of ``blanks``, and what may stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kit.checks.arguments import need_feedback
from kit.checks.rules import Wrong, plain_keys
from kit.errors import CheckError
from kit.words import _


@dataclass(frozen=True)
class Gap:
    """One gap of ``blanks``; see ``gap``."""

    answer: str
    also: tuple[str, ...] = ()
    wrong: Wrong = field(default_factory=dict)
    options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        need_feedback("wrong", self.wrong)
        for each in (self.answer, *self.also, *plain_keys(self.wrong), *self.options):
            if not isinstance(each, str) or not each.strip():
                raise CheckError(
                    _("A text of a gap is empty, or not a text: {text!r}.").format(text=each),
                    _('As in: gap("mean()", also=["mean(skipna=True)"])'),
                )
        if len(set(self.options)) < len(self.options):
            raise CheckError(
                _("Two options of a gap have the same text."), _("Take one of them out.")
            )
        for each in (self.answer, *self.also, *plain_keys(self.wrong)):
            if self.options and each not in self.options:
                raise CheckError(
                    _("The text {text!r} of a gap is none of its options.").format(text=each),
                    _("Add it to options, or nobody can choose it."),
                )


def gap(
    answer: str,
    *,
    also: Sequence[str] = (),
    wrong: Wrong | None = None,
    options: Sequence[str] = (),
) -> Gap:
    """One gap of ``blanks``.

    Args:
        answer: what belongs there.
        also: what is as good.
        wrong: misconceptions: the text each one gives, and what to say to it; the predicate of a
            ``when`` gets the text.
        options: what to choose from, in a drop-down; without it, the learner types.

    Raises:
        CheckError: the arguments contradict each other.
    """
    return Gap(answer, _as_tuple("also", also), wrong or {}, _as_tuple("options", options))


def _as_tuple(name: str, texts: Sequence[str]) -> tuple[str, ...]:
    if isinstance(texts, str):
        raise CheckError(
            _("{name}={value!r} of a gap is not a list.").format(name=name, value=texts),
            _('As in: {name}=["..."]').format(name=name),
        )
    return tuple(texts)
