"""What an author gives to a check, refused at once with what to write in its place."""

from __future__ import annotations

import difflib
import inspect
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeGuard

from kit.errors import CheckError
from kit.words import _


def need_words(name: str, words: object) -> None:
    """Refuse what is no text, or an empty one, where a learner will read it.

    Raises:
        CheckError: names the argument.
    """
    if not isinstance(words, str) or not words.strip():
        raise CheckError(
            _("{name} of a check has no words for the learner: {words!r}.").format(
                name=name, words=words
            ),
            _("Say in a sentence what to look at."),
        )


def need_feedback(name: str, feedback: object) -> None:
    """Refuse a ``wrong`` or ``fails`` that leaves an answer without words (likewise)."""
    try:
        pairs = list(pairs_of(feedback))
    except (TypeError, ValueError):
        raise CheckError(
            _("{name} of a check is no dictionary.").format(name=name),
            _('As in: {name}={{an_answer: "what to say to it"}}').format(name=name),
        ) from None
    for answer, words in pairs:
        need_words(f"{name}[{answer!r}]", words)


def pairs_of(feedback: Any) -> Iterator[tuple[Any, Any]]:
    """Answers and their words: of a dictionary, or of pairs where an answer cannot be a key."""
    yield from feedback.items() if isinstance(feedback, Mapping) else ((a, b) for a, b in feedback)


def need_tolerance(tolerance: object, name: str = "tolerance") -> None:
    """Refuse a tolerance that is no number from 0 on (likewise)."""
    if not is_number(tolerance) or tolerance < 0:
        raise CheckError(
            _("{name}={value!r} is not a number from 0 on.").format(name=name, value=tolerance),
            _("As in: {name}=0.01").format(name=name),
        )


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a finite number, and not True or False."""
    try:
        return (
            isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        )
    except OverflowError:
        return False


def refuse_unknown(factory: Callable[..., Any], keywords: Iterable[str]) -> None:
    """Refuse keywords that no check of this kind has, such as an author's ``hint=``.

    Raises:
        CheckError: names the keyword and the one that was probably meant.
    """
    own = [name for name in inspect.signature(factory).parameters if name not in _NO_KEYWORDS]
    known = list(dict.fromkeys([*own, *COMMON]))
    for keyword in keywords:
        if keyword in known:
            continue
        near = difflib.get_close_matches(keyword, known, 1)
        raise CheckError(
            _("{kind}(...) has no {keyword}=.").format(kind=factory.__name__, keyword=keyword),
            _("Did you mean {near}=?").format(near=near[0])
            if near
            else _("It has: {known}.").format(known=", ".join(known)),
        )


_NO_KEYWORDS = ("prompt", "options", "more")
COMMON = ("hints", "why", "solution_after", "confidence", "passes", "fails")
"""What every kind takes besides its own."""
