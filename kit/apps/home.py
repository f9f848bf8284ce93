"""Home: the course at a glance. ``home.ipynb`` shows what this makes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2

from kit.course import Assignment, Course, Lesson, find_course_folder, load_course
from kit.errors import KitError
from kit.events import Event, today
from kit.linked_store import OPEN_FILE, own_store
from kit.progress import (
    LessonProgress,
    builds_on,
    continue_at,
    fold,
    is_finished,
    is_mastered,
)
from kit.review import due_items
from kit.store import current_learner
from kit.summary import words_done
from kit.words import _, date_time, ngettext, weekday

TEMPLATES = Path(__file__).parent / "template"


def home_html() -> str:
    """The body of the Home page of the course that the working folder belongs to."""
    course = load_course(find_course_folder(Path.cwd()))
    problem = None
    progress: dict[str, LessonProgress] = {}
    set_aside: list[Path] = []
    events: list[Event] = []
    try:
        store = own_store()
        events = store.events(learner=current_learner(), course=course.id)
        progress = fold(events)
        set_aside = store.damaged_files()
    except KitError as error:
        problem = error
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)
    return environment.get_template("home.html.j2").render(
        course=course,
        problem=problem,
        set_aside=set_aside,
        place=_place(course, progress),
        lessons=[_row(course, lesson, progress) for lesson in course.lessons],
        due=[_due(each) for each in _upcoming(course)],
        reviews=_reviews(course, events),
        class_url=_class_url(course),
        grading_url=_grading_url(course),
        _=_,
    )


def base_url() -> str:
    """The server's base URL, as Voila gives it to the kernel of a page."""
    return os.environ.get("VOILA_BASE_URL", "/")


def _lesson_url(lesson: Lesson, section: str = "") -> str:
    anchor = f"#{section}" if section else ""
    return f"{base_url()}kit/lesson/{quote(lesson.id, safe='')}{anchor}"


def _place(course: Course, progress: Mapping[str, LessonProgress]) -> dict[str, Any] | None:
    place = continue_at(course, progress)
    if place is None:
        return None
    usable = [lesson for lesson in course.lessons if not lesson.problem]
    done = all(is_finished(each, progress.get(each.id, LessonProgress())) for each in usable)
    return {
        "first": not any(each.at for each in progress.values()),
        "all_done": done,
        "url": _lesson_url(place.lesson, place.section),
        "lesson": place.lesson.title,
        "minutes": place.lesson.minutes,
        "section": place.section_title,
    }


def _row(course: Course, lesson: Lesson, progress: Mapping[str, LessonProgress]) -> dict[str, Any]:
    own = progress.get(lesson.id, LessonProgress())
    done, total = own.done(lesson.check_ids), len(lesson.check_ids)
    if is_finished(lesson, own):
        state = _("Finished")
    elif total and is_mastered(course, lesson, own):
        state = _("Mastered")
    elif own.at:
        state = _("Started")
    elif not lesson.problem and (before := builds_on(course, lesson, progress)):
        state = _("Builds on “{lesson}”; you can look ahead").format(lesson=before.title)
    else:
        state = _("Not started")
    return {
        "lesson": lesson,
        "url": _lesson_url(lesson),
        "done": done,
        "total": total,
        "words": words_done(done, total),
        "state": state,
    }


def _reviews(course: Course, events: list[Event]) -> dict[str, Any] | None:
    """How many items are due for review today, and the way there."""
    due = len(due_items(course, events, today()))
    if not due:
        return None
    words = ngettext("Review: {n} question is due", "Review: {n} questions are due", due)
    return {"url": f"{base_url()}kit/review", "words": words}


def _class_url(course: Course) -> str:
    """The class's page, where there is a class; a learner who is shut in has none."""
    found = (
        course.root / "assignments" / each for each in ("gradebook.db", "submitted", "progress")
    )
    there = OPEN_FILE not in os.environ and any(each.exists() for each in found)
    return f"{base_url()}kit/class" if there else ""


def _grading_url(course: Course) -> str:
    """The page of grading, where assignments are written."""
    source = course.root / "assignments" / "source"
    is_teachers = OPEN_FILE not in os.environ and source.is_dir()
    return f"{base_url()}kit/grading" if is_teachers else ""


def _upcoming(course: Course) -> list[Assignment]:
    """In the order in which they are due; at the end those that are due at no time."""
    return sorted(course.assignments, key=lambda each: (not each.due, str(each.due)))


def _due(assignment: Assignment) -> dict[str, Any]:
    found = {"title": assignment.title, "url": _assignment_url(assignment), "when": ""}
    if (due := assignment.due) is None:
        return found
    now = datetime.now(due.tzinfo)  # a date without a zone is the teacher's local time
    return {
        **found,
        "iso": due.isoformat(),
        "when": _("{weekday}, {when}").format(weekday=weekday(due), when=date_time(due)),
        "late": due < now,
    }


def _assignment_url(assignment: Assignment) -> str:
    """Where it opens in JupyterLab; "" for a learner who has none."""
    if OPEN_FILE in os.environ:
        return ""
    return f"{base_url()}kit/assignment/{quote(assignment.id, safe='')}"
