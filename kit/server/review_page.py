"""``/kit/review``: what is due of all lessons, as one page of questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import nbformat
from tornado.web import authenticated

from kit.course import Course, load_course
from kit.errors import KitError
from kit.events import today
from kit.review import INTERVALS, SESSION, Due, interleaved, planned
from kit.server.composed_page import ComposedPage
from kit.store import Store, current_learner
from kit.summary import questions_done
from kit.words import _, date_words, ngettext


class ReviewPage(ComposedPage):
    """A session of at most ten items, each asked as if it were new."""

    @authenticated
    async def get(self) -> None:
        try:
            course = load_course(self.course_folder)
            plan = planned(course, Store().events(learner=current_learner(), course=course.id))
            day = today()
            due = interleaved([each for each in plan if each.on <= day])
            next_day = next((each.on for each in plan if each.on > day), None)
            notebook = self._notebook(course, due, next_day)
        except KitError as error:
            self._show_problem(error, status=500)
            return
        words = {"finished": _what_is_left(due), **({} if due else {"starting": ""})}
        done = questions_done(0, len(due[:SESSION])) if due else ""
        await self.compose(course, notebook, title=_("Review"), words=words, words_done=done)

    def _notebook(
        self, course: Course, due: Sequence[Due], next_day: date | None
    ) -> nbformat.NotebookNode:
        new = nbformat.v4
        session = due[:SESSION]
        cells = [new.new_markdown_cell(_introduction(due, next_day), id="review")]
        if session:
            items = [(each.lesson, each.item, each.seen) for each in session]
            source = f"from kit.apps.review import Session\nsession = Session({items!r})"
            cells.append(new.new_code_cell(source, id="session"))
        for number, each in enumerate(session):
            cells.append(new.new_markdown_cell(self._from(course, each), id=f"from-{number}"))
            cells.append(new.new_code_cell(f"session.show({number})", id=f"item-{number}"))
        return new.new_notebook(cells=cells)

    def _from(self, course: Course, due: Due) -> str:
        """Where an item comes from, as a link to its section."""
        lesson = course.lesson(due.lesson)
        section = lesson.section_of(due.item)
        url = self._lesson_url(lesson, section.id if section else "")
        title = lesson.title.replace("[", "(").replace("]", ")")
        return _("From [{lesson}]({url})").format(lesson=title, url=url)


def _introduction(due: Sequence[Due], next_day: date | None) -> str:
    title = f"# {_('Review')}"
    if due:
        many = ngettext("{n} question is due.", "{n} questions are due.", len(due))
        why = _(
            "They are questions that you missed or were not sure of. Asked again after {days} "
            "days, what you learnt stays."
        ).format(days=_days())
        return f"{title}\n\n{many} {why}"
    nothing = _("Nothing is due today.")
    if next_day:
        return f"{title}\n\n{nothing} " + _("The next questions come on {day}.").format(
            day=date_words(next_day)
        )
    return f"{title}\n\n{nothing} " + _(
        "Questions that you miss, or are not sure of, come back here after {days} days."
    ).format(days=_days())


def _days() -> str:
    """ "1, 3, 7 and 21"."""
    *first, last = map(str, INTERVALS)
    return _("{first} and {last}").format(first=", ".join(first), last=last)


def _what_is_left(due: Sequence[Due]) -> str:
    left = len(due) - SESSION
    if left <= 0:
        return _("That was all for today.")
    return ngettext(
        "Well done. {n} more question is due: reload the page for it.",
        "Well done. {n} more questions are due: reload the page for them.",
        left,
    )
