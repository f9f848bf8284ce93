"""blanks: gaps in a text or in code, each filled in by typing or by choosing."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from kit.checks.arguments import need_feedback, need_words, refuse_unknown
from kit.checks.check import Check, Example
from kit.checks.gap import Gap
from kit.checks.json_answer import parse_named_texts, to_json
from kit.checks.mixing import mixed
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.checks.quote import MAX_READABLE, as_code, as_words, cut
from kit.checks.rules import Wrong, examples_of, first_fit, plain_keys
from kit.checks.running.code_text import program, tokens
from kit.checks.spelling import near_miss, normal
from kit.errors import CheckError
from kit.words import _, ngettext

PLACE = re.compile(r"\{\{(\w+)\}\}")
"""Where a gap is in a template."""


def blanks(
    prompt: str,
    template: str,
    *,
    gaps: Mapping[str, Gap],
    otherwise: str,
    code: bool = False,
    wrong: Wrong | None = None,
    hints: Sequence[str] = (),
    why: str = "",
    **more: Any,
) -> Blanks:
    """Ask for what is missing in a text or in code.

    Args:
        prompt: the question, in Markdown.
        template: the text, with ``{{name}}`` where a gap is: Markdown, or code.
        gaps: the gaps by their names. The browser gets the names, so none may give its answer away.
        otherwise: what to try, for a gap whose text is none of its ``wrong``.
        code: whether the template is Python; then spaces and the style of quotes do not matter, and
            what makes the same program is as good. In a text, case and spaces do not matter.
        wrong: rules about all gaps together, each a ``when``: its predicate gets a dictionary of
            the gaps' texts, "" where one is empty.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(blanks, more)
    if isinstance(template, str):
        template = textwrap.dedent(template).strip("\n")
    return Blanks(
        prompt=prompt, template=template, gaps=gaps, otherwise=otherwise, code=code,
        wrong=wrong or {}, hints=hints, why=why, **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Blanks(Check):
    """See ``blanks``. Its answer is a dictionary of the gaps' texts."""

    template: str
    gaps: Mapping[str, Gap]
    otherwise: str
    code: bool = False
    wrong: Wrong = field(default_factory=dict)
    kind: ClassVar[str] = "blanks"
    markdown_in_form: ClassVar[tuple[str, ...]] = ("prose",)

    def __post_init__(self) -> None:
        super().__post_init__()
        need_words("template", self.template)
        need_words("otherwise", self.otherwise)
        need_feedback("wrong", self.wrong)
        if not isinstance(self.gaps, Mapping) or not self.gaps:
            raise CheckError(_("blanks has no gaps."), _('As in: gaps={"method": gap("mean()")}'))
        if plain_keys(self.wrong):
            raise CheckError(
                _("A key of wrong of blanks is not when(...)."),
                _("What is wrong in one gap belongs into that gap(..., wrong={...})."),
            )
        self._refuse_other_places()
        for name, each in self.gaps.items():
            self._refuse_gap(name, each)

    def _refuse_other_places(self) -> None:
        """Each gap has one place, and each place a gap."""
        places = PLACE.findall(self.template)
        for name in places:
            if name not in self.gaps:
                raise CheckError(
                    _("The template has {{{{{name}}}}}, but gaps has no {name!r}.").format(
                        name=name
                    ),
                    _("The gaps are: {names}.").format(names=", ".join(map(str, self.gaps))),
                )
        for name in self.gaps:
            if places.count(name) != 1:
                raise CheckError(
                    _("The gap {name!r} is in the template {n} times.").format(
                        name=name, n=places.count(name)
                    ),
                    _("Write {{{{{name}}}}} in the one place where it is.").format(name=name),
                )

    def _refuse_gap(self, name: str, each: object) -> None:
        if not isinstance(each, Gap):
            raise CheckError(
                _("The gap {name!r} is not gap(...).").format(name=name),
                _('As in: gaps={"method": gap("mean()")}'),
            )
        if normal(name) in {normal(text) for text in (each.answer, *each.also)}:
            raise CheckError(
                _("The gap {name!r} has its answer as its name, which the browser gets.").format(
                    name=name
                ),
                _("Give it a name that says what it is for."),
            )
        for text in (each.answer, *each.also):
            if not self._is_something(name, text):
                raise CheckError(
                    _("The gap {name!r} has an answer without words: {text!r}.").format(
                        name=name, text=text
                    ),
                    _("Spaces, quotes and stops do not matter here. Ask for something else."),
                )
        for text in plain_keys(each.wrong):
            if self._is_right(name, text):
                raise CheckError(
                    _("In the gap {name!r}, {text!r} is both right and wrong.").format(
                        name=name, text=text
                    ),
                    _("Take one of them out."),
                )

    @property
    def _names(self) -> list[str]:
        """The gaps, in the order of their places."""
        return PLACE.findall(self.template)

    def judge(self, answer: Mapping[str, str]) -> Outcome:
        given = {name: answer.get(name, "").strip() for name in self._names}
        if not any(given.values()):
            return NotAttempted(_("Fill in the gaps, then choose Check."))
        for name, text in given.items():
            if text and self.gaps[name].options and text not in self.gaps[name].options:
                return NotAttempted(
                    _("“{text}” is no longer one of the options. Choose again.").format(
                        text=cut(text)
                    )
                )
        mistaken = [name for name in given if not self._is_right(name, given[name])]
        if not mistaken:
            return Passed(
                self.why or ngettext("Yes, that fits.", "Yes, all {n} gaps are right.", len(given))
            )
        score = 1 - len(mistaken) / len(given)
        count = self._count(len(given) - len(mistaken))
        if failed := first_fit(self.wrong, given, lambda _key: False, score):
            return replace(failed, feedback=f"{failed.feedback}\n\n{count}".strip())
        return self._failed(given, mistaken, score, count)

    def _failed(
        self, given: Mapping[str, str], mistaken: Sequence[str], score: float, count: str
    ) -> Failed:
        """What to say to each wrong gap; ``otherwise`` stands once, below them all."""
        said, name, needs_more = [count], "", False
        for each in mistaken:
            rule = first_fit(self.gaps[each].wrong, given[each], self._same_as(each, given[each]))
            if not given[each]:
                said.append(_("{gap} is still empty.").format(gap=self._title(each)))
                continue
            says = rule.feedback if rule else self._near_miss(each, given[each])
            name = name or (rule.misconception if rule else "")
            needs_more = needs_more or not says
            said.append(f"{self._shown(each, given[each])}: {says or _('that does not fit.')}")
        if needs_more:
            said.append(self.otherwise)
        return Failed("\n\n".join(filter(None, said)), score, name)

    def _count(self, right: int) -> str:
        if len(self.gaps) == 1:
            return ""
        return ngettext(
            "{n} of {all} gaps is right.", "{n} of {all} gaps are right.", right,
            all=len(self.gaps),
        )  # fmt: skip

    def _title(self, name: str) -> str:
        if len(self.gaps) == 1:
            return _("The gap")
        return "**" + _("Gap {n}").format(n=self._names.index(name) + 1) + "**"

    def _shown(self, name: str, text: str) -> str:
        quoted = as_code(cut(text)) if self.code else as_words(text)
        return quoted if len(self.gaps) == 1 else f"{self._title(name)}, {quoted}"

    def _near_miss(self, name: str, text: str) -> str:
        gap = self.gaps[name]
        meant = () if gap.options else (gap.answer, *gap.also)
        return next(filter(None, (near_miss(text, each) for each in meant)), "")

    def _is_right(self, name: str, text: str) -> bool:
        same = self._same_as(name, text)
        return any(same(each) for each in (self.gaps[name].answer, *self.gaps[name].also))

    def _is_something(self, name: str, text: str) -> bool:
        return bool(self.gaps[name].options or self.code or normal(text))

    def _same_as(self, name: str, text: str) -> Callable[[str], bool]:
        """Whether another text is the same in this gap."""
        if self.gaps[name].options:
            return lambda other: other.strip() == text.strip()
        if not self.code:
            return lambda other: normal(other) == normal(text)
        made = program(self.filled({name: text}))

        def same(other: str) -> bool:
            wanted = program(self.filled({name: other}))
            if made and wanted:
                return made == wanted
            return tokens(other) == tokens(text)

        return same

    def filled(self, texts: Mapping[str, str]) -> str:
        """The template with these texts, and with the answers in the other gaps."""
        return PLACE.sub(
            lambda place: texts.get(place[1], self.gaps[place[1]].answer), self.template
        )

    def solution(self) -> str:
        if self.code:
            return f"```python\n{self.filled({})}\n```\n\n{self.why}".strip()
        return f"{PLACE.sub(self._bold, self.template)}\n\n{self.why}".strip()

    def _bold(self, place: re.Match[str]) -> str:
        answer = self.gaps[place[1]].answer
        in_code = self.template[: place.start()].count("`") % 2
        return answer if in_code else f"**{answer}**"

    def form(self) -> dict[str, Any]:
        names = self._names
        numbered = PLACE.sub(lambda place: f"{{{{{names.index(place[1]) + 1}}}}}", self.template)
        gaps = [{"name": name, "options": self._options(name)} for name in names]
        return {"code" if self.code else "prose": numbered, "gaps": gaps}

    def _options(self, name: str) -> list[str]:
        options = self.gaps[name].options
        return mixed(f"{self.prompt}/{name}", options) if options else []

    def wrong_options(self) -> Iterable[tuple[str, str]]:
        for gap in self.gaps.values():
            right = {gap.answer, *gap.also}
            yield from (
                (text, gap.wrong.get(text, "")) for text in gap.options if text not in right
            )

    def text(self) -> str:
        shown = PLACE.sub("____", self.template)
        shown = f"```python\n{shown}\n```" if self.code else shown
        choices = [
            f"- {self._title(name)}: {' / '.join(options)}"
            for name in self._names
            if (options := self._options(name))
        ]
        return "\n\n".join(filter(None, [self.prompt, shown, "\n".join(choices)]))

    def parse(self, written: str) -> dict[str, str]:
        return parse_named_texts(written)

    def written(self, answer: Any) -> str:
        return to_json(answer)

    def readable(self, written: str) -> str:
        """The gaps that are wrong, or else all."""
        given = {name: parse_named_texts(written).get(name, "") for name in self._names}
        wrong = [name for name in given if not self._is_right(name, given[name])]
        gaps = [
            _("gap {n}: {text}").format(n=n, text=cut(given[name], 30) or "…")
            for n, name in enumerate(given, 1)
            if name in wrong or not wrong
        ]
        return cut(", ".join(gaps), MAX_READABLE)

    def examples(self) -> Iterable[Example]:
        right = {name: gap.answer for name, gap in self.gaps.items()}
        yield Example({}, "not_attempted")
        yield Example(right, "passed")
        for name, gap in self.gaps.items():
            for each in gap.also:
                yield Example({**right, name: each}, "passed")
            for each, says in examples_of(gap.wrong):
                yield Example({**right, name: each}, "failed", says)
            if len(right) > 1:
                yield Example({**right, name: ""}, "failed")
        for answer, says in examples_of(self.wrong):
            yield Example(answer, "failed", says)
        yield from self._own_examples()
