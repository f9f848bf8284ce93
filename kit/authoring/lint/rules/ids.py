"""Ids: what learners' progress is kept under is still there."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from kit.authoring.lint.course_ids import IDS_FILE, flat, ids_of, read_ids
from kit.authoring.lint.finding import ERROR, Finding
from kit.authoring.lint.linted import LintedCourse
from kit.authoring.lint.rules.registry import course_rule
from kit.errors import CourseError
from kit.words import _


@course_rule("ids-kept", ERROR)
def recorded_ids_are_there(course: LintedCourse) -> Iterator[Finding]:
    """Every id recorded in `lessons/ids.json` is still there: progress is kept by it."""
    path = course.course.folder / IDS_FILE
    try:
        before = flat(read_ids(path))
    except CourseError as error:
        yield Finding(path, "", error.what, error.mend)
        return
    now = flat(ids_of(course.course))
    readable = {lesson.id for lesson in course.course.lessons if not lesson.problem}
    for place, kind, name in sorted(before - now):
        if place in {"", *readable}:  # of a lesson that is gone, its parts are not listed
            yield _vanished(course, place, kind, name, now - before)


def _vanished(
    course: LintedCourse, place: str, kind: str, name: str, added: set[tuple[str, str, str]]
) -> Finding:
    nouns = {
        "course": _("The course"), "lesson": _("The lesson"), "section": _("The section"),
        "check": _("The check"), "video": _("The video"),
    }  # fmt: skip
    alike = [other for there, sort, other in added if (there, sort) == (place, kind)]
    near = difflib.get_close_matches(name, alike, 1, 0.3) or (alike if len(alike) == 1 else [])
    message = _("{noun} {name!r} is recorded in ids.json and is gone.").format(
        noun=nouns[kind], name=name
    )
    if near:
        message += " " + _("Is it {near!r} now?").format(near=near[0])
    mend = _(
        "Learners' progress is kept under {name!r}: give it that id again (wording may change, "
        "ids may not). If it is gone on purpose, record that with: kit record-ids"
    ).format(name=name)
    lesson = next((each for each in course.course.lessons if each.id == place), None)
    return Finding(lesson.notebook if lesson else course.path, "", message, mend)
