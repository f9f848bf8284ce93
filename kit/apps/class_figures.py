"""The figures of the class's page, as Plotly takes them: plain data, drawn in the browser.

Colours are named as in ``tokens.css``; ``class.js`` puts in what they are in light and in dark.
``customdata`` names the rows of the table behind a figure to which a part of it leads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from kit.classroom.class_data import Learner
from kit.classroom.insight import LessonInsight, MarksInsight
from kit.classroom.items import POOR, Item
from kit.classroom.tables import band_names, band_of
from kit.words import _

Figure = dict[str, Any]

MOST_NAMES = 40
"""Learners whose names still fit beside their rows."""

FEW = 10
"""Learners below whom an axis that chose its own ticks would show halves of them."""

LONGEST_NAME = 24
_LEGEND = {"orientation": "h", "yref": "container", "y": 1, "yanchor": "top", "x": 0}
_BAND_COLOURS = ("--kit-band-1", "--kit-band-2", "--kit-band-3", "--kit-band-4", "--kit-band-5",
                 "--kit-band-6")  # fmt: skip


def progress_figure(insight: LessonInsight, learners: Sequence[Learner]) -> Figure:
    """Learners by sections, as a map; who has done most stands at the top."""
    order = sorted(range(len(learners)), key=lambda place: sum(insight.rows[place].done))
    totals = [len(column.checks) for column in insight.columns]
    names = [_short(learners[place]) for place in order]
    shares = [
        [
            round(done / total, 3) if done or tried else None
            for done, tried, total in zip(
                insight.rows[place].done, insight.rows[place].tried, totals, strict=True
            )
        ]
        for place in order
    ]
    sections = [f"{escape(c.title)}<br>{escape(c.lesson_title)}" for c in insight.columns]
    ids = [learners[place].id for place in order]
    heat = {
        "type": "heatmap", "z": shares, "zmin": 0, "zmax": 1, "xgap": 1, "ygap": 0,
        "x": list(range(len(sections))), "y": list(range(len(order))),
        "text": sections, "hoverongaps": False, "showscale": True,
        "colorscale": [[0, "--kit-heat-0"], [0.5, "--kit-heat-1"], [1, "--kit-heat-2"]],
        "colorbar": {"title": {"text": _("Checks right"), "side": "right"}, "tickformat": ".0%",
                     "thickness": 12, "len": 1, "tickvals": [0, 0.5, 1]},
        "kit": {"columns": sections, "rows": names, "keys": ids},
    }  # fmt: skip
    few = len(order) <= MOST_NAMES
    return {
        "data": [heat],
        "layout": {
            "height": min(620, 150 + (22 if few else 3) * max(4, len(order))),
            "margin": {"l": 150 if few else 30, "r": 10, "t": 10, "b": 56},
            "xaxis": _lessons_axis(insight),
            "yaxis": {
                "title": {"text": "" if few else _("Learners: who has done most at the top")},
                "tickvals": list(range(len(order))) if few else [],
                "ticktext": names if few else [], "showgrid": False, "zeroline": False,
            },
        },
    }  # fmt: skip


def _lessons_axis(insight: LessonInsight) -> dict[str, Any]:
    """A tick in the middle of each lesson's sections, with the lesson's number."""
    places: dict[str, list[int]] = {}
    for place, column in enumerate(insight.columns):
        places.setdefault(column.lesson, []).append(place)
    return {
        "tickvals": [sum(own) / len(own) for own in places.values()],
        "ticktext": [_lesson_name(lesson, insight) for lesson in places],
        "showgrid": False, "zeroline": False, "tickangle": 0,
        "title": {"text": _("Sections, by lesson")},
    }  # fmt: skip


def _lesson_name(lesson: str, insight: LessonInsight) -> str:
    number = lesson.partition("-")[0]
    if number.isdigit():
        return number
    title = next(each.lesson_title for each in insight.columns if each.lesson == lesson)
    return escape(_cut(title))


def marks_figure(insight: MarksInsight, learners: Sequence[Learner]) -> Figure:
    """How many learners are in which band of marks, an assignment a bar."""
    totals = insight.totals
    counted = {
        assignment: Counter(band_of(totals.get(each.id, {}).get(assignment)) for each in learners)
        for assignment in insight.assignments
    }
    names = list(insight.assignments)
    bars = [
        {
            "type": "bar", "orientation": "h", "name": words,
            "y": [escape(_cut(name)) for name in names],
            "x": [counted[name][band] for name in names],
            "text": [str(counted[name][band] or "") for name in names],
            "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
            "marker": {"color": _BAND_COLOURS[band], "line": {"width": 1, "color": "--kit-paper"}},
            "insidetextfont": {"color": f"{_BAND_COLOURS[band]}-text"},
            "customdata": [f"{name}:{band}" for name in names],
            "hovertemplate": "%{x} · " + escape(words) + "<extra>%{y}</extra>",
        }
        for band, words in enumerate(band_names())
    ]  # fmt: skip
    return {
        "data": bars,
        "layout": {
            "barmode": "stack", "height": 140 + 46 * max(1, len(names)),
            "margin": {"l": 10, "r": 10, "t": 40, "b": 50},
            "xaxis": {"title": {"text": _("Learners")}, "rangemode": "tozero", "tickformat": "d",
                      "dtick": 1 if len(learners) < FEW else None, "zeroline": False},
            "yaxis": {"autorange": "reversed", "automargin": True, "type": "category"},
            "legend": {**_LEGEND, "traceorder": "normal"},
        },
    }  # fmt: skip


def items_figure(insight: MarksInsight) -> Figure:
    """Tasks by how hard they are and how well they tell apart."""
    known = [
        each
        for each in insight.items
        if each.difficulty is not None and each.discrimination is not None
    ]
    dots = [
        {
            "type": "scatter", "mode": "markers", "name": escape(_cut(assignment)),
            "x": [each.difficulty for each in own], "y": [each.discrimination for each in own],
            "text": [escape(each.cell) for each in own],
            "customdata": [f"{each.assignment}/{each.notebook}/{each.cell}" for each in own],
            "marker": {"size": 12, "symbol": place % 8, "color": f"--kit-series-{place % 4 + 1}"},
            "hovertemplate": "%{text}<br>%{x:.2f} · %{y:.2f}<extra>%{fullData.name}</extra>",
        }
        for place, assignment in enumerate(insight.assignments)
        if (own := [each for each in known if each.assignment == assignment])
    ]  # fmt: skip
    line = {"color": "--kit-control", "width": 1, "dash": "dash"}
    return {
        "data": dots,
        "layout": {
            "height": 400, "margin": {"l": 10, "r": 10, "t": 40, "b": 50},
            "xaxis": {"title": {"text": _("Difficulty (1: everybody got it)")},
                      "range": [-0.02, 1.02], "tickformat": ".1f", "zeroline": False},
            "yaxis": {"title": {"text": _("Discrimination (correlation)")}, "automargin": True,
                      "range": [min([-0.1, *map(_lowest, known)]), 1.02], "zeroline": False},
            "shapes": [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": POOR, "y1": POOR,
                        "line": line}],
            "showlegend": len(dots) > 1,
            "legend": _LEGEND,
        },
    }  # fmt: skip


def _lowest(item: Item) -> float:
    return (item.discrimination or 0.0) - 0.1


def _short(learner: Learner) -> str:
    return escape(_cut(learner.name or learner.id))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"
