"""An insight for the command line: as data, and as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kit.classroom import sentences, tables
from kit.classroom.insight import Insight
from kit.words import ngettext

if TYPE_CHECKING:
    from rich.table import Table as RichTable

MOST_ROWS = 10
"""Of each table in a terminal; ``--json`` has all."""


def is_simulated(insight: Insight) -> bool:
    """Whether any of it is of learners who are not real."""
    parts = (insight.book, insight.progress, insight.handed_in)
    return any(part.simulated for part in parts)


def problems_of(insight: Insight) -> list[str]:
    """What could not be read."""
    parts = (insight.book, insight.progress, insight.handed_in)
    return [problem for part in parts for problem in part.problems]


def said_of(insight: Insight) -> list[str]:
    """Who is stuck where, and what most got wrong."""
    said = [
        *sentences.of_the_class(insight.learners, insight.marks),
        *sentences.of_lessons(insight.lessons),
        *sentences.of_marks(insight.marks),
        *sentences.of_work(insight.work),
    ]
    return [each.text for each in said]


def as_record(insight: Insight) -> dict[str, Any]:
    """What the page shows, as JSON-able data."""
    lessons, marks, work = insight.lessons, insight.marks, insight.work
    return {
        "course": insight.course.id,
        "title": insight.course.title,
        "simulated": is_simulated(insight),
        "chosen": asdict(insight.choice),
        "problems": problems_of(insight),
        "said": said_of(insight),
        "learners": [each._asdict() for each in insight.learners],
        "sections": [asdict(each) for each in lessons.columns],
        "progress": [asdict(each) for each in lessons.rows],
        "stuck": [asdict(each) for each in lessons.stuck],
        "wrong": [asdict(each) for each in lessons.wrong],
        "marks": [
            {"learner": learner, "assignment": assignment, **asdict(total)}
            for learner, own in marks.totals.items()
            for assignment, total in own.items()
        ],
        "items": [asdict(each) for each in marks.items],
        "errors": [asdict(each) for each in work.errors],
        "similar": [each._asdict() for each in work.similar],
    }


def tables_of(insight: Insight) -> Iterator[tables.Table]:
    """The page's tables, but for the one with a column for each section."""
    names = {each.id: each for each in insight.everybody}
    yield tables.stuck_table(insight.lessons)
    yield tables.wrong_table(insight.lessons)
    yield tables.marks_table(insight.marks, insight.learners)
    yield tables.items_table(insight.marks)
    yield tables.errors_table(insight.work.errors)
    yield tables.similar_table(insight.work.similar, names, insight.keys)


def for_terminal(table: tables.Table) -> RichTable:
    """A table's first rows."""
    from rich.table import Table as RichTable

    shown = RichTable(title=table.title, title_justify="left")
    for place, column in enumerate(table.columns):
        shown.add_column(column, justify="right" if place in table.numbers else "left")
    for row in table.rows[:MOST_ROWS]:
        shown.add_row(*(cell.text for cell in row.cells))
    if (more := len(table.rows) - MOST_ROWS) > 0:
        shown.caption = ngettext(
            "{n} more row is in what --json gives",
            "{n} more rows are in what --json gives",
            more,
        )
    return shown
