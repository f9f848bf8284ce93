"""The tables of an insight: what the page shows behind its figures, and ``kit insight`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from urllib.parse import quote, urlencode

from kit.classroom.class_data import Learner, Pair
from kit.classroom.insight import LessonInsight, MarksInsight, Total
from kit.classroom.items import POOR
from kit.classroom.mistakes import ErrorMet
from kit.classroom.sections import Column
from kit.classroom.sentences import one_line, title_of
from kit.words import _, date_words, ngettext

BANDS = (0.25, 0.5, 0.75)
"""Where one band of marks ends and the next begins, as shares of the points."""


@dataclass(frozen=True)
class Cell:
    """One place in a table.

    Attributes:
        text: what is shown.
        value: what it is sorted by, and what a spreadsheet gets; the text where it is None.
        link: an address after the server's own, where there is more of it.
        who: the ids of learners whom it counts.
        detail: a longer text behind it.
    """

    text: str
    value: float | str | None = None
    link: str = ""
    who: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True)
class TableRow:
    """A row.

    Attributes:
        keys: the names under which a figure's parts lead to it.
        about: the assignment that it is about, or "".
    """

    cells: Sequence[Cell]
    keys: Sequence[str] = ()
    about: str = ""


@dataclass(frozen=True)
class Table:
    """A table of an insight.

    Attributes:
        name: of its file, and of its place on the page.
        title: what it shows.
        columns: their heads.
        numbers: which of the columns are numbers.
    """

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[TableRow]
    numbers: frozenset[int] = field(default_factory=frozenset)


def learner_cell(learner: Learner) -> Cell:
    shown = f"{learner.name} ({learner.id})" if learner.name else learner.id
    return Cell(shown, link=f"kit/class?{urlencode({'learners': learner.id})}")


def progress_table(insight: LessonInsight, learners: Sequence[Learner]) -> Table:
    """Learners and sections: how many of a section's checks are done."""
    total = sum(len(column.checks) for column in insight.columns)
    rows = [
        TableRow(
            [
                learner_cell(learner),
                Cell(f"{sum(row.done)}", sum(row.done)),
                Cell(_day(row.at), row.at),
                *(
                    Cell(f"{done}/{len(column.checks)}" if done or tried else "", done)
                    for column, done, tried in zip(
                        insight.columns, row.done, row.tried, strict=True
                    )
                ),
            ],
            [learner.id],
        )
        for learner, row in zip(learners, insight.rows, strict=True)
    ]
    columns = [
        _("Learner"),
        ngettext("Done of {n}", "Done of {n}", total),
        _("Last there"),
        *(f"{column.title} · {column.lesson_title}" for column in insight.columns),
    ]
    return Table(
        "progress", _("How many checks of each section are answered right"), columns, rows,
        frozenset(range(1, len(columns))) - {2},
    )  # fmt: skip


def _day(at: str) -> str:
    try:
        return date_words(datetime.fromisoformat(at).astimezone().date()) if at else _("never")
    except (ValueError, OverflowError):  # a fault of the disk spoilt it
        return at


def stuck_table(insight: LessonInsight) -> Table:
    rows = []
    for each in insight.stuck:
        place = title_of(insight.columns, each.lesson, each.section)
        rows.append(
            TableRow(
                [
                    _section_cell(place),
                    _who_cell(each.learners),
                    Cell(str(each.tried_by), each.tried_by),
                    Cell(each.check),
                    Cell(place.lesson_title),
                ]
            )
        )
    columns = [_("Section"), _("Stuck"), _("Tried it"), _("Check"), _("Lesson")]
    return Table("stuck", _("Checks at which learners are stuck"), columns, rows, frozenset({1, 2}))


def _who_cell(learners: tuple[str, ...]) -> Cell:
    return Cell(str(len(learners)), len(learners), who=learners)


def _section_cell(place: Column) -> Cell:
    link = f"kit/lesson/{quote(place.lesson, safe='')}#{quote(place.section, safe='')}"
    return Cell(place.title, link=link)


def wrong_table(insight: LessonInsight) -> Table:
    rows = []
    for each in insight.wrong:
        place = title_of(insight.columns, each.lesson, each.section)
        rows.append(
            TableRow(
                [
                    Cell(one_line(each.answer) or _("(nothing)"), each.answer, detail=each.answer),
                    _who_cell(each.learners),
                    Cell(str(each.tried_by), each.tried_by),
                    Cell(each.check),
                    _section_cell(place),
                    Cell(each.misconception or one_line(each.said), each.said, detail=each.said),
                ]
            )
        )
    columns = [
        _("Answer given most"), _("Made by"), _("Tried it"), _("Check"), _("Section"),
        _("Feedback"),
    ]  # fmt: skip
    return Table("wrong", _("Commonest mistakes in lessons"), columns, rows, frozenset({1, 2}))


def band_names() -> list[str]:
    """The bands of marks in words, from the lowest; then what has no mark."""
    pairs = pairwise((0.0, *BANDS, 1.0))
    return [
        *(_("{low:.0%} to {high:.0%}").format(low=low, high=high) for low, high in pairs),
        _("waits to be marked"),
        _("not handed in"),
    ]


def band_of(total: Total | None) -> int:
    """The place in ``band_names``."""
    if total is None:
        return len(BANDS) + 2
    return len(BANDS) + 1 if total.waiting else sum(total.share >= edge for edge in BANDS)


def marks_table(insight: MarksInsight, learners: Sequence[Learner]) -> Table:
    """Learners and assignments: points so far."""
    totals = insight.totals
    rows = []
    for learner in learners:
        own = totals.get(learner.id, {})
        found = [own.get(each) for each in insight.assignments]
        keys = [
            f"{assignment}:{band_of(total)}"
            for assignment, total in zip(insight.assignments, found, strict=True)
        ]
        rows.append(TableRow([learner_cell(learner), *map(_total_cell, found)], keys))
    return Table(
        "marks", _("Points for each assignment"), [_("Learner"), *insight.assignments], rows,
        frozenset(range(1, len(insight.assignments) + 1)),
    )  # fmt: skip


def _total_cell(total: Total | None) -> Cell:
    if total is None:
        return Cell("", -1.0)
    text = f"{total.points:g}/{total.most:g}"
    if total.waiting:
        text = _("{points} so far").format(points=text)
    return Cell(text, total.points, link=submission_link(total.key))


def submission_link(key: str) -> str:
    """nbgrader's own page of a notebook that was handed in."""
    return f"formgrader/submissions/{quote(key, safe='')}/?index=0"


def items_table(insight: MarksInsight) -> Table:
    rows = []
    for each in insight.items:
        place = "/".join(quote(part, safe="") for part in (each.assignment, each.notebook))
        rows.append(
            TableRow(
                [
                    Cell(each.cell, link=f"formgrader/gradebook/{place}/"),
                    Cell(each.assignment),
                    Cell(f"{each.most:g}", each.most),
                    Cell(str(each.learners), each.learners),
                    _share_cell(each.difficulty),
                    _number_cell(each.discrimination),
                    _who_cell(each.less),
                    Cell(str(each.waiting) if each.waiting else "", each.waiting),
                ],
                [f"{each.assignment}/{each.notebook}/{each.cell}"],
                about=each.assignment,
            )
        )
    columns = [
        _("Task"), _("Assignment"), _("Points"), _("Marked"), _("Difficulty"), _("Discrimination"),
        _("Got less than all"), _("Waiting"),
    ]  # fmt: skip
    return Table(
        "items", _("Difficulty and discrimination of tasks"), columns, rows, frozenset(range(2, 8))
    )


def _share_cell(share: float | None) -> Cell:
    return Cell("", -1.0) if share is None else Cell(f"{share:.2f}", round(share, 4))


def _number_cell(number: float | None) -> Cell:
    if number is None:
        return Cell("", -2.0)
    poor = " ⚑" if number < POOR else ""
    return Cell(f"{number:.2f}{poor}", round(number, 4))


def errors_table(errors: Sequence[ErrorMet]) -> Table:
    rows = [
        TableRow(
            [
                Cell(each.cell or each.notebook),
                _who_cell(each.learners),
                Cell(each.assignment),
                Cell(each.error),
                Cell(one_line(each.message), each.message, detail=each.message),
            ],
            about=each.assignment,
        )
        for each in errors
    ]
    columns = [_("Cell"), _("Met by"), _("Assignment"), _("Error"), _("It says")]
    return Table("errors", _("Commonest errors in assignments"), columns, rows, frozenset({1}))


def similar_table(
    pairs: Sequence[Pair], names: dict[str, Learner], keys: dict[tuple[str, str, str], str]
) -> Table:
    """Pairs that are alike.

    Args:
        names: all learners by their ids.
        keys: nbgrader's ids of submissions, by learner, assignment and notebook.
    """

    def cell(pair: Pair, learner: str) -> Cell:
        key = keys.get((learner, pair.assignment, pair.notebook), "")
        shown = learner_cell(names.get(learner, Learner(learner)))
        return Cell(shown.text, link=submission_link(key) if key else shown.link)

    rows = [
        TableRow(
            [
                Cell(f"{each.share:.0%}", round(each.share, 4)),
                cell(each, each.one),
                cell(each, each.other),
                Cell(each.assignment),
                Cell(str(each.shared), each.shared),
                Cell(", ".join(each.cells)),
            ]
        )
        for each in pairs
    ]
    columns = [
        _("Alike"), _("One"), _("Other"), _("Assignment"), _("Passages"), _("Where"),
    ]  # fmt: skip
    return Table(
        "similar", _("Submissions that are nearly the same"), columns, rows, frozenset({0, 4})
    )
