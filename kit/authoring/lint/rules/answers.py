"""Answers: none stands on the page, where a learner reads it without having found it.

In the app a lesson is one page, so what stands after a check is read before it is answered. The
hints, feedback and starters of *other* checks count as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kit.authoring.lint.figures import LEAST_DIGITS, figures_in
from kit.authoring.lint.finding import ERROR, WARNING, Finding
from kit.authoring.lint.linted import Linted
from kit.authoring.lint.rules.numbers import outputs_of
from kit.authoring.lint.rules.registry import rule
from kit.authoring.lint.shown import word_count, words_of
from kit.checks import Check, attempt
from kit.checks.blanks import Blanks
from kit.checks.choice import Choice
from kit.checks.code_check import CodeCheck
from kit.checks.number import Number
from kit.checks.order import Order
from kit.checks.reflect import Reflect
from kit.checks.text import Text
from kit.words import _

LINE = 13
"""Characters from which a line of code is more than what any code has."""

SENTENCE = 5
"""Words from which a sentence of feedback is more than what any text has."""

Secret = Callable[[str], str]
"""Finds an answer in a text: what of it stands there, or ""."""


@dataclass(frozen=True)
class Place:
    """A text that a learner may read, and the finding to make of an answer in it."""

    text: str
    found: Callable[[str, str], Finding]


@rule("answer-on-page", ERROR)
def no_answer_stands_on_the_page(lesson: Linted) -> Iterator[Finding]:
    """No answer stands in a cell, or in what another check shows."""
    for name, check in lesson.checks.items():
        seen: set[tuple[str, str]] = set()
        places = [*_cells(lesson, name), *_other_checks(lesson, name)]
        for secret in _secrets(check):
            for place in places:
                what = secret(place.text)
                finding = place.found(name, what) if what else None
                if finding and (str(finding.path), finding.cell) not in seen:
                    seen.add((str(finding.path), finding.cell))
                    yield finding


@rule("answer-in-output", WARNING)
def no_output_gives_an_answer(lesson: Linted) -> Iterator[Finding]:
    """No output of the notebook's own code shows an answer, unless it is to be read from there."""
    for name, check in lesson.checks.items():
        if not isinstance(check, Number | Text):
            continue
        for text in outputs_of(lesson):
            what = next(filter(None, (secret(text) for secret in _secrets(check))), "")
            if what:
                message = _("An output of the notebook shows the answer “{what}”.")
                mend = _("Is it to be read from there? If not, let the code show other data.")
                yield lesson.in_checks(name, message, mend, what=what)
                break


def _cells(lesson: Linted, own: str) -> Iterator[Place]:
    message = _("The answer to checks.{check} stands in this cell: “{what}”")
    mend = _("Leave it out, or ask about other data: the whole lesson is one page.")
    for cell in lesson.cells:
        if own not in cell.checks:
            yield Place(
                cell.source,
                lambda check, what, cell=cell: lesson.in_cell(  # type: ignore[misc]
                    cell, message, mend, check=check, what=what
                ),
            )


def _other_checks(lesson: Linted, own: str) -> Iterator[Place]:
    message = _("What this check shows holds the answer to checks.{check}: “{what}”")
    mend = _("Say it in other words or with other data; learners read hints in any order.")
    for name, check in lesson.checks.items():
        if name != own:
            yield Place(
                "\n".join(words_of(check)),
                lambda of, what, name=name: lesson.in_checks(  # type: ignore[misc]
                    name, message, mend, check=of, what=what
                ),
            )


def _secrets(check: Check) -> list[Secret]:  # noqa: PLR0911 - one for each kind
    """What would give a check's answer away, by its kind."""
    match check:
        case Number():
            return [_number(check)]
        case Text():
            return [_words(each, check.exact) for each in check.answers]
        case Choice():
            right = [option.because for option in check.options if option.is_right]
            return [_sentence(each) for because in right for each in _sentences(because)]
        case Reflect():
            return [_sentence(each) for each in _sentences(check.model)]
        case Order():
            return [_block([text for text, _level in check.lines])]
        case Blanks(code=True):
            answers = {name: gap.answer for name, gap in check.gaps.items()}
            return _lines(check.filled(answers), given=check.template)
        case CodeCheck():
            return _lines(check.right_source, given=check.starter)
    return []


def _number(check: Number) -> Secret:
    """Any number that the check passes; small whole ones are in every text."""
    unit = f" {check.unit}" if check.ask_unit else ""

    def find(text: str) -> str:
        for figure in figures_in(text):
            digits = sum(map(str.isdigit, figure.text))
            if digits >= LEAST_DIGITS and attempt(check, figure.text + unit).name == "passed":
                return figure.text
        return ""

    return find


def _words(answer: str, exact: bool) -> Secret:
    flags = re.NOFLAG if exact else re.IGNORECASE
    pattern = re.compile(rf"(?<!\w){re.escape(answer.strip())}(?!\w)", flags)

    def find(text: str) -> str:
        found = pattern.search(text) if len(answer.strip()) >= LEAST_DIGITS else None
        return found[0] if found else ""

    return find


def _sentence(sentence: str) -> Secret:
    wanted = " ".join(sentence.split())
    return lambda text: wanted if wanted in " ".join(text.split()) else ""


def _line(line: str) -> Secret:
    wanted = _code(line)
    return lambda text: wanted if any(wanted == _code(each) for each in text.splitlines()) else ""


def _block(lines: Sequence[str]) -> Secret:
    """The right lines one below the other: each of them by itself is shown in the question."""
    wanted = "".join(map(_code, lines))

    def find(text: str) -> str:
        return lines[0].strip() + " …" if wanted in "".join(map(_code, text.splitlines())) else ""

    return find


def _code(line: str) -> str:
    """A line of code without its spaces, comment and style of quotes."""
    return re.sub(r"\s+", "", re.sub(r"\s#.*", "", line)).replace("'", '"').rstrip(",")


def _sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.!?:])\s+", text.strip())
    return [part for part in parts if word_count(part) >= SENTENCE]


def _lines(source: str, given: str) -> list[Secret]:
    """The lines of a solution that the learner has to find: those that are not given."""
    there = {_code(line) for line in given.splitlines()}
    return [
        _line(line)
        for line in source.splitlines()
        if len(_code(line)) >= LINE and _code(line) not in there and not _is_common(line.strip())
    ]


def _is_common(line: str) -> bool:
    """A line that says nothing of the solution: an import, a comment, the head of a function."""
    return line.startswith(("import ", "from ", "#", "def ", "plt.show"))
