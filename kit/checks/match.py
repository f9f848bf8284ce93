"""match: pairs to make, each left with a drop-down of the right-hand sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from kit.checks.arguments import need_feedback, need_words, refuse_unknown
from kit.checks.check import Check, Example
from kit.checks.json_answer import parse_named_texts, to_json
from kit.checks.mixing import mixed
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.checks.quote import MAX_READABLE, as_words, cut
from kit.checks.rules import When, Wrong, misconception, plain_keys
from kit.errors import CheckError
from kit.words import _, ngettext

Pair = tuple[str, str]


def match(
    prompt: str,
    pairs: Mapping[str, str] | Sequence[Pair],
    *,
    otherwise: str,
    distractors: Sequence[str] = (),
    wrong: Wrong | None = None,
    hints: Sequence[str] = (),
    why: str = "",
    **more: Any,
) -> Match:
    """Ask which right-hand side belongs to each left.

    Args:
        prompt: the question, in Markdown.
        pairs: each left (Markdown) with its right (plain text); a right may belong to several.
        otherwise: what to try, for a pair that is none of ``wrong``.
        distractors: right-hand sides that belong to none.
        wrong: misconceptions: the pair ``(left, right)`` each one gives, and what to say to it; the
            predicate of a ``when`` gets a dictionary of all pairs, "" where nothing is chosen.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(match, more)
    given = pairs.items() if isinstance(pairs, Mapping) else pairs
    try:
        own = tuple((left, right) for left, right in given)
    except (TypeError, ValueError):
        raise CheckError(
            _("pairs of a match is no dictionary."), _('As in: pairs={"`mean()`": "an average"}')
        ) from None
    if isinstance(distractors, str):
        distractors = [distractors]
    return Match(
        prompt=prompt, pairs=own, otherwise=otherwise, distractors=tuple(distractors),
        wrong=wrong or {}, hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Match(Check):
    """See ``match``. Its answer is a dictionary: left -> right."""

    pairs: tuple[Pair, ...]
    otherwise: str
    distractors: tuple[str, ...] = ()
    wrong: Wrong = field(default_factory=dict)
    kind: ClassVar[str] = "match"
    markdown_in_form: ClassVar[tuple[str, ...]] = ("lefts",)

    def __post_init__(self) -> None:
        super().__post_init__()
        need_words("otherwise", self.otherwise)
        need_feedback("wrong", self.wrong)
        self._refuse_texts()
        for key in plain_keys(self.wrong):
            self._refuse_key(key)

    def _refuse_texts(self) -> None:
        for each in (*(text for pair in self.pairs for text in pair), *self.distractors):
            if not isinstance(each, str) or not each.strip():
                raise CheckError(
                    _("A text of a match is empty, or not a text: {text!r}.").format(text=each),
                    _('As in: pairs={"`mean()`": "an average"}'),
                )
        if len(self.pairs) < 2:  # noqa: PLR2004 - one is no match
            raise CheckError(_("A match needs two pairs."), _("Add a pair."))
        for each in _repeated([left for left, _right in self.pairs]):
            raise CheckError(
                _("Two pairs have the same left: {text!r}.").format(text=each),
                _("Make them differ: each left has one right."),
            )
        rights = dict.fromkeys(right for _left, right in self.pairs)
        for each in _repeated([*rights, *self.distractors]):
            raise CheckError(
                _("The distractor {text!r} is a right-hand side of a pair, or there twice.").format(
                    text=each
                ),
                _("Take it out of distractors: a right may be chosen for several lefts."),
            )
        if len(rights) + len(self.distractors) < 2:  # noqa: PLR2004 - likewise
            raise CheckError(
                _("A match has one right-hand side only."), _("Add another, or a distractor.")
            )

    def _refuse_key(self, key: Any) -> None:
        if not isinstance(key, tuple) or len(key) != 2:  # noqa: PLR2004 - a pair
            raise CheckError(
                _("The key {key!r} of wrong is no pair.").format(key=key),
                _('As in: wrong={("`mean()`", "a sum"): "..."}'),
            )
        left, right = key
        if left not in self._rights:
            raise CheckError(
                _("wrong has the left {text!r}, which no pair has.").format(text=left),
                _("Write it as it is in pairs."),
            )
        if right not in self._options():
            raise CheckError(
                _("wrong has the right-hand side {text!r}, which nobody can choose.").format(
                    text=right
                ),
                _("Add it to distractors, or write it as it is in pairs."),
            )
        if self._rights[left] == right:
            raise CheckError(
                _("The pair {key!r} is both right and wrong.").format(key=key),
                _("Take one of them out."),
            )

    @property
    def _rights(self) -> dict[str, str]:
        return dict(self.pairs)

    def _options(self) -> list[str]:
        own = list(dict.fromkeys(right for _left, right in self.pairs))
        return mixed(
            self.prompt,
            [*own, *self.distractors],
            lambda texts: [text for text in texts if text in own] == own,
        )

    def judge(self, answer: Mapping[str, str]) -> Outcome:
        given = {left: answer.get(left, "") for left in self._rights}
        if not any(given.values()):
            return NotAttempted(_("Choose what belongs together, then choose Check."))
        if gone := [each for each in given.values() if each and each not in self._options()]:
            return NotAttempted(
                _("{text} is no longer one of the choices. Choose again.").format(
                    text=as_words(gone[0])
                )
            )
        mistaken = [left for left, right in self.pairs if given[left] != right]
        if not mistaken:
            return Passed(self.why or _("Yes, all of them belong together."))
        right = len(self.pairs) - len(mistaken)
        count = ngettext(
            "{n} of {all} is right.", "{n} of {all} are right.", right, all=len(self.pairs)
        )
        says, name = self._first_wrong(given, mistaken)
        return Failed(f"{count}\n\n{says}", right / len(self.pairs), name)

    def _first_wrong(self, given: Mapping[str, str], mistaken: Sequence[str]) -> tuple[str, str]:
        """What to say to the first rule that fits, else to the first wrong pair."""
        for key, says in self.wrong.items():
            if isinstance(key, When):
                if key.predicate(given):
                    return says, misconception(says)
            elif given[key[0]] == key[1]:
                return f"{_pair(*key)}: {says}", misconception(says)
        chosen = [left for left in mistaken if given[left]]
        if not chosen:
            return _("Some are still without a choice.") + f" {self.otherwise}", ""
        return f"{_pair(chosen[0], given[chosen[0]])}: " + _("these do not belong together.") + (
            f" {self.otherwise}"
        ), ""

    def solution(self) -> str:
        pairs = "\n".join(f"- {left} → {right}" for left, right in self.pairs)
        return f"{pairs}\n\n{self.why}".strip()

    def form(self) -> dict[str, Any]:
        return {"lefts": list(self._rights), "options": self._options()}

    def text(self) -> str:
        lefts = "\n".join(f"- {left} → ____" for left in self._rights)
        options = "\n".join(f"- {option}" for option in self._options())
        return "\n\n".join([self.prompt, lefts, _("To choose from:"), options])

    def parse(self, written: str) -> dict[str, str]:
        return parse_named_texts(written)

    def written(self, answer: Any) -> str:
        return to_json(answer)

    def readable(self, written: str) -> str:
        """The pairs that are wrong, or else all."""
        given = parse_named_texts(written)
        chosen = [(left, given[left]) for left in self._rights if given.get(left)]
        wrong = [pair for pair in chosen if pair not in self.pairs] or chosen
        pairs = (f"{left.replace('`', '')} → {cut(right, 30)}" for left, right in wrong)
        return cut(", ".join(pairs), MAX_READABLE)

    def examples(self) -> Iterable[Example]:
        right = self._rights
        yield Example({}, "not_attempted")
        yield Example(right, "passed")
        for key, says in self.wrong.items():
            answer = key.example if isinstance(key, When) else {**right, key[0]: key[1]}
            yield Example(answer, "failed", says)
        for left in right:
            other = next(option for option in self._options() if option != right[left])
            yield Example({**right, left: other}, "failed")
        yield Example(dict(self.pairs[:-1]), "failed")
        yield from self._own_examples()


def _pair(left: str, right: str) -> str:
    return f"{left} → {as_words(right)}"


def _repeated(texts: Sequence[str]) -> list[str]:
    """Texts that are there before, but for spaces around them."""
    seen = [text.strip() for text in texts]
    return [text for n, text in enumerate(seen) if text in seen[:n]]
