"""Progress for the command line: as data and as a table."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from kit.course import Course, Lesson
from kit.events import today
from kit.progress import PLAYED, LessonProgress, continue_at, fold, is_finished, is_seen
from kit.review import due_items
from kit.store import Store, current_learner
from kit.summary import words_done
from kit.words import _, date_time, ngettext

if TYPE_CHECKING:
    from rich.table import Table


def progress_report(course: Course, lesson: str = "") -> dict[str, Any]:
    """What the learner has done in a course, or in one lesson of it, as JSON-able data.

    Raises:
        CourseError: there is no such lesson.
        StoreError: the store cannot be read.
    """
    learner, store = current_learner(), Store()
    events = store.events(learner=learner, course=course.id)
    progress = fold(events)
    wanted = [course.lesson(lesson)] if lesson else list(course.lessons)
    place = continue_at(course, progress)
    return {
        "course": course.id,
        "title": course.title,
        "learner": learner,
        "continue": {"lesson": place.lesson.id, "section": place.section} if place else None,
        "review_due": [
            {"lesson": due.lesson, "check": due.item, "since": due.on.isoformat()}
            for due in due_items(course, events, today())
            if not lesson or due.lesson == lesson
        ],
        "damaged_files": [str(path) for path in store.damaged_files()],
        "lessons": [_lesson(each, progress.get(each.id, LessonProgress())) for each in wanted],
    }


def _lesson(lesson: Lesson, progress: LessonProgress) -> dict[str, Any]:
    return {
        "id": lesson.id,
        "title": lesson.title,
        "problem": str(lesson.problem) if lesson.problem else None,
        "done": progress.done(lesson.check_ids),
        "total": len(lesson.check_ids),
        "finished": is_finished(lesson, progress),
        "position": progress.position,
        "at": progress.at,
        "checks": [
            {
                "id": check,
                "passed": progress.item(check).passed,
                "attempts": progress.item(check).attempts,
                "hints": progress.item(check).hints,
                "solution_seen": bool(progress.item(check).revealed),
            }
            for check in lesson.check_ids
        ],
        "media": [
            {
                "item": item.id,
                "kind": item.kind,
                "position": progress.item(item.id).position,
                "duration": progress.item(item.id).duration,
                "watched": progress.item(item.id).watched,
                "needs": item.needs,
                "done": is_seen(section, item, progress),
            }
            for section in lesson.sections
            for item in section.items
            if item.kind in PLAYED
        ],
    }


def _date_time(at: str) -> str:
    """An event's time by this computer's clock, or as it is where a fault of the disk spoilt it."""
    try:
        return date_time(datetime.fromisoformat(at))
    except ValueError:
        return at


def _videos(media: list[dict[str, Any]]) -> str:
    """How much of each video was watched, in the order of the lesson."""
    words = (_("seen") if each["done"] else f"{each['watched']:.0%}" for each in media)
    return ", ".join(words)


def progress_table(report: dict[str, Any]) -> Table:
    """The report as a table for a terminal."""
    from rich.table import Table

    table = Table(title=f"{report['title']} · {report['learner']}", title_justify="left")
    for name in (_("Lesson"), _("Checks"), _("Videos"), _("Last there")):
        table.add_column(name)
    for lesson in report["lessons"]:
        if lesson["problem"]:
            table.add_row(lesson["title"], lesson["problem"], "", "")
            continue
        when = _date_time(lesson["at"]) if lesson["at"] else _("not started")
        checks = words_done(lesson["done"], lesson["total"])
        table.add_row(lesson["title"], checks, _videos(lesson["media"]), when)
    kept = _("A damaged progress file was kept as {path}")
    notes = [kept.format(path=path) for path in report["damaged_files"]]
    if due := len(report["review_due"]):
        notes.append(ngettext("Review: {n} question is due", "Review: {n} questions are due", due))
    table.caption = "\n".join(notes)
    return table
