"""order: lines to put in order (a Parsons problem), with lines among them that do not belong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, ClassVar

from kit.checks.arguments import need_feedback, need_words, refuse_unknown
from kit.checks.check import Check, Example
from kit.checks.json_answer import parse_list, to_json
from kit.checks.lines import SPACES, Line, author_line, distractor_line, line_of, read_line
from kit.checks.mixing import mixed
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.checks.quote import as_code, as_words, cut
from kit.checks.rules import Wrong, examples_of, first_fit, misconception, plain_keys
from kit.errors import CheckError
from kit.words import _, ngettext

LEAST_LEVELS = 4
"""Steps that a learner can indent by, also where the right lines need fewer."""


def order(
    prompt: str,
    lines: Sequence[str | Line],
    *,
    otherwise: str,
    distractors: Mapping[str, str] | None = None,
    also: Sequence[Sequence[str | Line]] = (),
    wrong: Wrong | None = None,
    indent: bool = True,
    code: bool = True,
    hints: Sequence[str] = (),
    why: str = "",
    **more: Any,
) -> Order:
    """Ask to put lines in order, and to indent them.

    Args:
        prompt: the question, in Markdown.
        lines: the lines in a right order, each with its spaces (four a step). Two that are the same
            may stand for each other. The learner sees them mixed.
        otherwise: what to try, for an order or a lack of lines that is none of ``wrong``.
        distractors: lines that do not belong, and what to say to who uses them. With these, the
            learner chooses which lines to use; without, all are in use from the start.
        also: other right orders of the same lines.
        wrong: misconceptions: a tuple of lines with their spaces, and what to say to this order;
            the predicate of a ``when`` gets a list of (line without spaces, steps).
        indent: whether the learner is to indent the lines; otherwise only their order counts.
        code: False where the lines are steps in words: Markdown, never indented.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(order, more)
    levels = indent and code
    for each in (lines, *also):
        if isinstance(each, str) or not isinstance(each, Sequence):
            raise CheckError(
                _("The lines of an order are no list: {value!r}.").format(value=each),
                _('As in: lines=["for row in rows:", "    print(row)"]'),
            )
    return Order(
        prompt=prompt, lines=tuple(author_line(each, levels) for each in lines),
        also=tuple(tuple(author_line(each, levels) for each in other) for other in also),
        distractors={distractor_line(text): says for text, says in dict(distractors or {}).items()},
        wrong=wrong or {}, otherwise=otherwise, indent=levels, code=code, hints=hints, why=why,
        **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Order(Check):
    """See ``order``. Its answer is a list of lines, each a ``Line``; a text with spaces will do."""

    lines: tuple[Line, ...]
    otherwise: str
    also: tuple[tuple[Line, ...], ...] = ()
    distractors: Mapping[str, str] = field(default_factory=dict)
    wrong: Wrong = field(default_factory=dict)
    indent: bool = True
    code: bool = True
    kind: ClassVar[str] = "order"
    markdown_in_form: ClassVar[tuple[str, ...]] = ("steps",)

    def __post_init__(self) -> None:
        super().__post_init__()
        need_words("otherwise", self.otherwise)
        need_feedback("distractors", self.distractors)
        need_feedback("wrong", self.wrong)
        self._refuse_too_few()
        for text in self.distractors:
            if text in {line for line, _level in self.lines}:
                raise CheckError(
                    _("The line {text!r} is among lines and among distractors.").format(text=text),
                    _("Take one of them out."),
                )
        for other in self.also:
            if Counter(text for text, _level in other) != self._texts:
                raise CheckError(
                    _("also has an order of other lines: {lines}.").format(
                        lines=[text for text, _level in other]
                    ),
                    _("Give all of lines, and no other line, in another order."),
                )
        for key in plain_keys(self.wrong):
            self._refuse_key(key)

    def _refuse_too_few(self) -> None:
        least = 2 if self.distractors else 3
        if len(self.lines) < least:
            raise CheckError(
                _("An order needs {least} lines.").format(least=least),
                _("Give more lines, or distractors."),
            )
        if self._is_right_order(self._mixed()):
            raise CheckError(_("Every order of these lines is right."), _("Make the lines differ."))

    def _refuse_key(self, key: object) -> None:
        if not isinstance(key, tuple) or not key:
            raise CheckError(
                _("The key {key!r} of wrong is no tuple of lines.").format(key=key),
                _('As in: wrong={("print(total)", "total = 0"): "..."}, or a when(...).'),
            )
        lines = [author_line(each, self.indent) for each in key]
        if unknown := [text for text, _level in lines if text not in self._known]:
            raise CheckError(
                _("The line {text!r} in wrong is none of the lines.").format(text=unknown[0]),
                _("Write it as it is in lines or distractors."),
            )
        if lines in self._targets:
            raise CheckError(
                _("An order in wrong is also right: {lines}.").format(lines=lines),
                _("Take it out."),
            )

    @property
    def _texts(self) -> Counter[str]:
        return Counter(text for text, _level in self.lines)

    @property
    def _known(self) -> Counter[str]:
        return self._texts + Counter(list(self.distractors))

    @property
    def _targets(self) -> list[list[Line]]:
        return [list(self.lines), *(list(other) for other in self.also)]

    def _is_right_order(self, texts: Sequence[str]) -> bool:
        used = [text for text in texts if text not in self.distractors]
        return used in [[text for text, _level in target] for target in self._targets]

    def _mixed(self) -> list[str]:
        """All lines as the learner gets them."""
        return mixed(self.prompt, self._known.elements(), self._is_right_order)

    def _at_start(self) -> list[Line]:
        return [] if self.distractors else [(text, 0) for text in self._mixed()]

    def judge(self, answer: Sequence[str | Line]) -> Outcome:
        given = [line_of(each, self.indent) for each in answer]
        if given in ([], self._at_start()):
            return NotAttempted(_("Put the lines in order, then choose Check."))
        if Counter(text for text, _level in given) - self._known:
            return NotAttempted(_("The lines have changed since. Put them in order anew."))
        if given in self._targets:
            return Passed(self.why or _("Yes, that is a right order."))
        right = max(_common_start(given, target) for target in self._targets)
        score = right / max(len(given), len(self.lines))
        count = ngettext(
            "The first one is right.", "The first {n} are right.", right
        ) if right else ""  # fmt: skip
        if failed := first_fit(self.wrong, given, lambda key: self._is_key(key, given), score):
            return replace(failed, feedback=f"{failed.feedback} {count}".strip())
        says, name = self._first_wrong(given, right)
        return Failed(f"{count} {says}".strip(), score, name)

    def _is_key(self, key: tuple[str | Line, ...], given: list[Line]) -> bool:
        return [line_of(each, self.indent) for each in key] == given

    def _first_wrong(self, given: Sequence[Line], right: int) -> tuple[str, str]:
        """What to say to the first line that is out of place, and the misconception's name."""
        if right == len(given):
            return _("Something is still missing below.") + f" {self.otherwise}", ""
        text, level = given[right]
        line = self._title(right, text)
        if distractor := self.distractors.get(text):
            return f"{line}: {distractor}", misconception(distractor)
        for target in self._targets:
            if _common_start(given, target) == right and target[right][0] == text:
                return f"{line}, {_steps_off(level - target[right][1])}", ""
        return (
            _("{line}, comes too early: something else has to come before it.").format(line=line)
            + f" {self.otherwise}"
        ), ""

    def _title(self, place: int, text: str) -> str:
        if self.code:
            return _("Line {n}, {line}").format(n=place + 1, line=as_code(cut(text)))
        return _("Step {n}, {step}").format(n=place + 1, step=as_words(text))

    def solution(self) -> str:
        return f"{self._block(self.lines, '1.')}\n\n{self.why}".strip()

    def _block(self, lines: Iterable[Line], mark: str) -> str:
        """Lines as Markdown: code, or a list."""
        if not self.code:
            return "\n".join(f"{mark} {text}" for text, _level in lines)
        code = "\n".join(" " * SPACES * level + text for text, level in lines)
        return f"```python\n{code}\n```"

    def form(self) -> dict[str, Any]:
        texts = self._mixed()
        deepest = max(level for target in self._targets for _text, level in target)
        return {
            "lines": texts,
            "choose": bool(self.distractors),
            "levels": max(deepest, LEAST_LEVELS) if self.indent else 0,
            **({} if self.code else {"steps": texts}),
        }

    def wrong_options(self) -> Iterable[tuple[str, str]]:
        return self.distractors.items()

    def text(self) -> str:
        return f"{self.prompt}\n\n{self._block([(text, 0) for text in self._mixed()], '-')}"

    def parse(self, written: str) -> list[Line]:
        return [read_line(each) for each in parse_list(written)]

    def written(self, answer: Any) -> str:
        return to_json([line_of(each, indent=True) for each in answer])

    def readable(self, written: str) -> str:
        """The first line that is out of place, or how many there are."""
        given = [line_of(each, self.indent) for each in self.parse(written)]
        right = max(_common_start(given, target) for target in self._targets)
        if right == len(given):
            return ngettext("{n} line", "{n} lines", right)
        text, level = given[right]
        return _("line {n}: {text}").format(n=right + 1, text="→ " * level + cut(text, 40))

    def examples(self) -> Iterable[Example]:
        yield Example(self._at_start(), "not_attempted")
        for target in self._targets:
            yield Example(target, "passed")
        for key, says in examples_of(self.wrong):
            yield Example([line_of(each, self.indent) for each in key], "failed", says)
        right = list(self.lines)
        for text, says in examples_of(self.distractors):
            if not self.wrong:  # a rule may speak first
                yield Example([*right, (text, 0)], "failed", says)
        yield from (Example(each, "failed") for each in self._wrong_orders())
        yield from self._own_examples()

    def _wrong_orders(self) -> Iterator[list[Line]]:
        """A wrong order, a wrong step and a missing line, as far as there are such."""
        not_wrong = [self._at_start(), *self._targets]
        swapped = (
            [*self.lines[:n], *self.lines[n : n + 2][::-1], *self.lines[n + 2 :]]
            for n in range(len(self.lines) - 1)
        )
        yield from islice((each for each in swapped if each not in not_wrong), 1)
        (text, level), *rest = self.lines
        if self.indent and [(text, level + 1), *rest] not in not_wrong:
            yield [(text, level + 1), *rest]
        if self.distractors:
            yield list(self.lines[:-1])


def _common_start(given: Sequence[Line], target: Sequence[Line]) -> int:
    """How many lines from the top are the same."""
    pairs = zip(given, target, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(given), len(target)))


def _steps_off(steps: int) -> str:
    if steps > 0:
        return ngettext(
            "is one step too deep: what does it belong to?",
            "is {n} steps too deep: what does it belong to?",
            steps,
        )
    return ngettext(
        "is one step too shallow: what does it belong to?",
        "is {n} steps too shallow: what does it belong to?",
        -steps,
    )
