"""A session of review: what is due of all lessons, each asked as if it were new.

The server makes a notebook of it, with a cell for each item; ``Session`` runs in its kernel.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kit.course import CHECKS_FILE, find_course_folder, load_course
from kit.errors import CheckError
from kit.journal import Journal
from kit.words import _

if TYPE_CHECKING:
    from kit.checks import Check
    from kit.widgets.check import CheckWidget


class Session:
    """The items of one session; ``show`` gives the widget of one.

    Args:
        items: the lesson, the check and the variant that was seen last, of each.
    """

    def __init__(self, items: Sequence[tuple[str, str, int]]) -> None:
        from IPython.display import display

        from kit.widgets.review import ReviewWidget

        self._course = load_course(find_course_folder(Path.cwd()))
        self._items = items
        self._journals = {
            lesson: Journal(self._course, self._course.usable_lesson(lesson), anew=True)
            for lesson, _check, _seen in items
        }
        display(ReviewWidget([(self._journals[lesson], check) for lesson, check, _seen in items]))

    def show(self, number: int) -> CheckWidget:
        """The widget of an item, by its place from 0 on.

        Its code runs beside the names of the lesson's checks.py: the lesson's notebook is not open.

        Raises:
            CheckError: the lesson's checks.py cannot be used, or has no such check any more.
        """
        from kit.checks.running.work import own_names
        from kit.widgets.check import CheckWidget

        lesson, name, seen = self._items[number]
        journal = self._journals[lesson]
        check = self._check(lesson, name)
        drawn = check.family.another(seen) if check.family else check
        return CheckWidget(drawn, journal, own_names(check.namespace), in_app=True)

    def _check(self, lesson: str, name: str) -> Check:
        path = self._journals[lesson].lesson.folder / CHECKS_FILE
        try:
            return _checks_of(path)[name]
        except KeyError:
            raise CheckError(
                _("{path} has no check {name!r} any more.").format(path=path, name=name),
                _("Go on with the next question."),
            ) from None


@cache
def _checks_of(path: Path) -> dict[str, Check]:
    from kit.checks import load_checks

    return load_checks(path)
