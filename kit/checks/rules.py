"""Rules: what to say to which wrong answer. They are ordered, and the first that fits speaks.

An author writes them as ``wrong={key: says}``. A key is an answer that a misconception gives, or
``when(predicate, example=...)`` for many such answers; ``called(name, says)`` names the
misconception, so that a teacher can count it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kit.checks.arguments import need_words
from kit.checks.outcome import Failed
from kit.errors import CheckError
from kit.words import _


class Misconception(str):
    """What to say to a misconception that has a name; see ``called``.

    Attributes:
        name: of the misconception.
    """

    __slots__ = ("name",)
    name: str


@dataclass(frozen=True, eq=False)
class When:
    """A rule's key that fits many answers; see ``when``."""

    predicate: Callable[[Any], bool]
    example: Any

    def __post_init__(self) -> None:
        if not callable(self.predicate):
            raise CheckError(
                _("when({value!r}, ...) is no function.").format(value=self.predicate),
                _("As in: when(lambda grams: grams < 100, example=4.2)"),
            )


Wrong = Mapping[Any, str]
"""Rules in their order: which answer, and what to say to it; some of the words have a name."""


def called(name: str, says: str) -> Misconception:
    """Feedback that also names the misconception, for the teacher.

    Args:
        name: two to five words, such as "missing as zero".
        says: what to say to the learner (Markdown).
    """
    need_words("called", says)
    named = Misconception(says)
    named.name = name
    return named


def when(predicate: Callable[[Any], bool], *, example: Any) -> When:
    """A key of ``wrong`` that fits every answer for which the predicate holds.

    Args:
        predicate: gets the answer as the check judges it.
        example: an answer for which it holds; the course's tests give it.
    """
    return When(predicate, example)


def first_fit(
    wrong: Wrong, answer: Any, is_same: Callable[[Any], bool], score: float = 0.0
) -> Failed | None:
    """The outcome by the first rule that fits; None where none does.

    Args:
        wrong: the rules, in their order.
        answer: what the predicates of ``when`` get.
        is_same: whether the answer is the one that a plain key stands for.
        score: how much of the answer is right, 0 to below 1.
    """
    for key, says in wrong.items():
        fits = key.predicate(answer) if isinstance(key, When) else is_same(key)
        if fits:
            return Failed(says, score, misconception(says))
    return None


def examples_of(wrong: Wrong) -> Iterator[tuple[Any, str]]:
    """An answer for each rule, and what it must be told."""
    for key, says in wrong.items():
        yield (key.example if isinstance(key, When) else key), says


def plain_keys(wrong: Wrong) -> list[Any]:
    """The keys that are answers themselves."""
    return [key for key in wrong if not isinstance(key, When)]


def misconception(says: str) -> str:
    """The name of the misconception to which this is said, or ""."""
    return says.name if isinstance(says, Misconception) else ""
