"""Pace: how much there is to read, how soon something is asked, and are the minutes true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from kit.authoring.lint.finding import ERROR, NOTE, WARNING, Finding
from kit.authoring.lint.linted import Cell, Linted
from kit.authoring.lint.rules.registry import rule
from kit.authoring.lint.rules.video import seconds_of, videos_of
from kit.authoring.lint.shown import word_count
from kit.checks import Check
from kit.checks.code_check import CodeCheck
from kit.course import COURSE_FILE
from kit.notebook import SECTION_LEVEL, headings_in
from kit.words import _

WORDS_A_MINUTE = 180
"""For prose with code and figures in it; other non-fiction is read at 238 (Brysbaert 2019)."""

CODE_MINUTES, CHOICE_MINUTES = 3, 1
MINUTES = {"order": 2, "blanks": 2, "match": 2, "reflect": 2}
OFF = 0.2
WORDS = range(900, 1201)
BEFORE_THE_FIRST, MEDIAN_BETWEEN, MOST_BETWEEN = 150, 120, 300


@dataclass(frozen=True)
class Model:
    """How long a lesson takes, in minutes."""

    reading: float
    watching: float
    answering: float

    @property
    def total(self) -> float:
        return self.reading + self.watching + self.answering


def model(lesson: Linted) -> Model:
    """The minutes of reading the text, watching the videos and answering the checks."""
    return Model(
        words_of_lesson(lesson) / WORDS_A_MINUTE,
        sum(seconds_of(lesson, video) for video in videos_of(lesson)) / 60,
        sum(minutes_of(check) for check in lesson.checks.values()),
    )


def minutes_of(check: Check) -> int:
    """What answering a check takes: three for code, two for a part of it, one for a choice."""
    return MINUTES.get(check.kind, CODE_MINUTES if isinstance(check, CodeCheck) else CHOICE_MINUTES)


def words_of_lesson(lesson: Linted) -> int:
    return sum(word_count(cell.source) for cell in lesson.prose)


def words_by_section(lesson: Linted) -> dict[str, int]:
    """Words below each ``##`` heading; those before the first one count with "" as its title."""
    words = {"": 0}
    title = ""
    for cell in lesson.prose:
        found = headings_in(cell.source, cell.id)
        title = next((each.title for each in found if each.level == SECTION_LEVEL), title)
        words[title] = words.get(title, 0) + word_count(cell.source)
    return words


@rule("stated-minutes", ERROR)
def stated_minutes_are_the_modelled_ones(lesson: Linted) -> Iterator[Finding]:
    """`minutes` in course.toml is within 20 % of the modelled minutes."""
    modelled, stated = model(lesson), lesson.lesson.minutes
    if abs(stated - modelled.total) > OFF * modelled.total:
        message = _(
            "{id}: {stated} minutes are stated, and {total:.0f} are modelled: {reading:.0f} of "
            "reading, {watching:.0f} of watching, {answering:.0f} of answering."
        )
        path = lesson.course.folder / COURSE_FILE
        yield lesson.in_file(
            path,
            _line_in_course(lesson),
            message,
            _("Write minutes = {total:.0f}"),
            id=lesson.lesson.id,
            stated=stated,
            total=modelled.total,
            reading=modelled.reading,
            watching=modelled.watching,
            answering=modelled.answering,
        )


def _line_in_course(lesson: Linted) -> str:
    lines = (lesson.course.folder / COURSE_FILE).read_text(encoding="utf-8-sig").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.strip().startswith("id") and f'"{lesson.lesson.id}"' in line:
            return f"line {number}"
    return ""


@rule("minutes-modelled", NOTE)
def minutes_are_modelled(lesson: Linted) -> Iterator[Finding]:
    """The words, and the modelled minutes of reading (by section), watching and answering."""
    modelled = model(lesson)
    sections = {
        f"reading: {title or _('before the first section')}": round(count / WORDS_A_MINUTE, 1)
        for title, count in words_by_section(lesson).items()
    }
    longest = max(sections, key=lambda title: sections[title])
    figures = {
        "words": words_of_lesson(lesson),
        "reading": round(modelled.reading, 1),
        "watching": round(modelled.watching, 1),
        "answering": modelled.answering,
        "minutes": round(modelled.total, 1),
        "stated": lesson.lesson.minutes,
    }
    message = _(
        "{words} words; {minutes} minutes: {reading} of reading, {watching} of watching, "
        "{answering} of answering; {stated} stated. Longest to read: {longest} ({most} minutes)."
    ).format(**figures, longest=longest.removeprefix("reading: "), most=sections[longest])
    yield Finding(lesson.path, "", message, "", figures={**figures, **sections})


@rule("lesson-length", WARNING)
def a_lesson_has_about_a_thousand_words(lesson: Linted) -> Iterator[Finding]:
    """A lesson has 900 to 1,200 words."""
    n = words_of_lesson(lesson)
    if n not in WORDS:
        message = _("The text has {n:,} words; 900 to 1,200 fit into one sitting.")
        mend = _("Cut, or split the lesson.") if n > WORDS[-1] else _("Say more, or join lessons.")
        yield lesson.in_file(lesson.path, "", message, mend, n=n)


@rule("rhythm", ERROR)
def learners_are_asked_early_and_often(lesson: Linted) -> Iterator[Finding]:
    """The first check within 150 words; between checks 120 in the median and 300 at most."""
    gaps = list(_words_before_checks(lesson))
    if not gaps:
        return
    (first_words, first), *between = gaps
    if first_words > BEFORE_THE_FIRST:
        message = _("{n} words stand before the first check; 150 are the most.")
        mend = _("Ask something earlier, such as what one row is, or cut.")
        yield lesson.in_cell(first, message, mend, n=first_words)
    for words, cell in between:
        if words > MOST_BETWEEN:
            message = _("{n} words stand between the check before and this one; 300 are the most.")
            yield lesson.in_cell(cell, message, _("Ask something in between, or cut."), n=words)
    middle = median(words for words, _cell in between) if between else 0
    if middle > MEDIAN_BETWEEN:
        message = _("In the median, {n:.0f} words stand between two checks; 120 are the most.")
        yield lesson.in_file(lesson.path, "", message, _("Ask more often, or cut."), n=middle)


def _words_before_checks(lesson: Linted) -> Iterator[tuple[int, Cell]]:
    words = 0
    for cell in lesson.cells:
        if cell.kind == "markdown":
            words += word_count(cell.source)
        elif cell.checks:
            yield words, cell
            words = 0
