"""Comparing two drawings, in words, one aspect after another."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kit.checks.charts import marks
from kit.checks.charts.drawing import Drawing
from kit.checks.charts.mark import (
    BARS,
    GUIDES,
    LINE,
    NAMED,
    POINTS,
    Mark,
    date_words,
    kind_words,
)
from kit.checks.compare import RELATIVE
from kit.words import _, ngettext

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Words = Mapping[str, Sequence[str | Sequence[str]]]
"""What labels must contain: "xlabel", "ylabel" or "title" -> words; of a list of words, one."""

LABELLED = ("xlabel", "ylabel", "title")
OF_SPAN = 0.01
"""How far limits may differ, as a share of what they span."""


def difference(
    aspect: str,
    got: Drawing,
    expected: Drawing,
    *,
    words: Words | None = None,
    tolerance: float = RELATIVE,
) -> str | None:
    """The first difference of two drawings in one aspect, in words (Markdown), or None.

    Args:
        aspect: one of ``ASPECTS``.
        got, expected: drawings with as many axes.
        words: what the labels of the first axes must contain.
        tolerance: how far numbers may differ, relative.
    """
    compare = _COMPARED[aspect]
    for mine, theirs in zip(got.panels, expected.panels, strict=False):
        found = compare(mine, theirs, words or {}, tolerance)
        if found:
            return found
        words = None
    return None


def panels_difference(got: Drawing, expected: Drawing) -> str | None:
    """Whether a figure has as many axes as another, in words; None where it has."""
    have, want = len(got.panels), len(expected.panels)
    if have == want:
        return None
    return _("Your figure has {got}; {n} asked for.").format(
        got=ngettext("{n} chart", "{n} charts", have),
        n=ngettext("{n} was", "{n} were", want),
    )


def _kind_difference(got: Drawing, expected: Drawing, *_others: Any) -> str | None:
    extra = [kind for kind in got.kinds if kind not in (*expected.kinds, *GUIDES)]
    missing = [kind for kind in expected.kinds if kind not in got.kinds]
    if missing and extra:
        return _("Your chart has {extra}; {missing} were asked for.").format(
            extra=kind_words(extra[0]), missing=kind_words(missing[0])
        )
    if missing:
        return _("Your chart has no {missing}.").format(missing=kind_words(missing[0]))
    if extra:
        return _("Your chart has {extra}, which were not asked for.").format(
            extra=kind_words(extra[0])
        )
    return None


def _data_difference(
    got: Drawing, expected: Drawing, _words: Words, tolerance: float
) -> str | None:
    for kind in expected.kinds:
        mine, theirs = (
            [mark for mark in drawing.marks if mark.kind == kind] for drawing in (got, expected)
        )
        found = marks.difference(kind, mine, theirs, tolerance, expected.dated)
        if found:
            return found
    return _cut_bars(got, expected) or _out_of_sight(got, expected)


def _cut_bars(got: Drawing, expected: Drawing) -> str | None:
    """Whether bars are cut off at their foot, where those expected are not."""
    for mark in expected.marks:
        if mark.kind not in BARS or not (mark.y > 0).all():
            continue
        axis = "x" if "horizontal" in mark.kind else "y"
        mine, theirs = (min(getattr(drawing, f"{axis}lim")) for drawing in (got, expected))
        if theirs <= 0 < mine and getattr(got, f"{axis}scale") == "linear":
            return _(
                "The {axis} axis starts at {start}: bars must start at 0, or their lengths say "
                "nothing."
            ).format(axis=axis, start=f"{mine:,.6g}")
    return None


def _out_of_sight(got: Drawing, expected: Drawing) -> str | None:
    """Whether limits leave out what they show in the other drawing; the data are the same."""
    for axis in ("x", "y"):
        low, high = sorted(getattr(got, f"{axis}lim"))
        least, most = sorted(getattr(expected, f"{axis}lim"))
        for mark in expected.marks:
            values = _values_along(axis, mark, expected)
            start, end = values.min(initial=high), values.max(initial=low)
            hair = OF_SPAN * (most - least)
            if (least <= start < low - hair) or (most >= end > high + hair):
                return _(
                    "The {axis} axis runs from {start} to {end}: some of the {kind} are cut off."
                ).format(
                    axis=axis, start=f"{low:,.6g}", end=f"{high:,.6g}", kind=kind_words(mark.kind)
                )
    return None


def _values_along(axis: str, mark: Mark, drawing: Drawing) -> NDArray[np.float64]:
    """Where the data of a mark lie along an axis, as far as that is a number."""
    across = "y" if "horizontal" in mark.kind else "x"
    if mark.kind in BARS and axis != across:
        return mark.y
    if mark.kind in {POINTS, LINE} and not (axis == "x" and drawing.dated):
        values: NDArray[np.float64] = getattr(mark, axis)
        return values[abs(values) < math.inf]  # gaps out, too
    return mark.y[:0]


def _scale_difference(got: Drawing, expected: Drawing, *_others: Any) -> str | None:
    for axis in ("x", "y"):
        mine, theirs = (getattr(drawing, f"{axis}scale") for drawing in (got, expected))
        if mine != theirs:
            return _("The scale of the {axis} axis is {got}; {n} was asked for.").format(
                axis=axis, got=_scale_words(mine), n=_scale_words(theirs)
            )
    return None


def _scale_words(scale: str) -> str:
    words = {"linear": _("linear"), "log": _("logarithmic")}
    return f"{words.get(scale, scale)} (`{scale}`)"


def _order_difference(got: Drawing, expected: Drawing, *_others: Any) -> str | None:
    """Of bars, boxes and slices: whether they stand in the order that was asked for."""
    mine, theirs = (
        [mark.names for mark in drawing.marks if mark.kind in NAMED] for drawing in (got, expected)
    )
    for have, want in zip(mine, theirs, strict=False):
        if [name.casefold() for name in have] != [name.casefold() for name in want]:
            return _("The bars stand in the order {got}; {n} was asked for.").format(
                got=", ".join(have[:10]), n=", ".join(want[:10])
            )
    return None


def labels_met(drawing: Drawing, words: Words) -> dict[str, list[bool]]:
    """Of each label, whether it is there, and which of its words it contains."""
    return {
        key: [bool(getattr(drawing, key))]
        + [_says(drawing, key, word) for word in words.get(key, ())]
        for key in LABELLED
    }


def _says(drawing: Drawing, key: str, word: str | Sequence[str]) -> bool:
    choices = [word] if isinstance(word, str) else word
    label = getattr(drawing, key).casefold()
    # As a word of its own: the "g" of grams is not in "length".
    return any(re.search(rf"(?<!\w){re.escape(each.casefold())}(?!\w)", label) for each in choices)


def _labels_difference(
    got: Drawing, expected: Drawing, words: Words, _tolerance: float
) -> str | None:
    return _label_difference("xlabel", got, expected, words) or _label_difference(
        "ylabel", got, expected, words
    )


def _title_difference(
    got: Drawing, expected: Drawing, words: Words, _tolerance: float
) -> str | None:
    return _label_difference("title", got, expected, words)


def _label_difference(key: str, got: Drawing, expected: Drawing, words: Words) -> str | None:
    label = getattr(got, key)
    named = {
        "xlabel": (_("The x axis has no label."), _("The label of the x axis")),
        "ylabel": (_("The y axis has no label."), _("The label of the y axis")),
        "title": (_("The chart has no title: say what it shows."), _("The title")),
    }[key]
    if not label:
        return named[0] if getattr(expected, key) or words.get(key) else None
    for word in words.get(key, ()):
        if not _says(got, key, word):
            if "_" in label and label.isidentifier():
                return _("{what}, “{label}”, is a column's name: write it out for readers.").format(
                    what=named[1], label=label
                )
            return _("{what}, “{label}”, says nothing of {word}.").format(
                what=named[1], label=label, word=_word_words(word, getattr(expected, key))
            )
    return None


def _word_words(word: str | Sequence[str], label: str) -> str:
    """A word that is missing: as the unit, where the solution's label has it in brackets."""
    first = word if isinstance(word, str) else word[0]
    in_brackets = re.findall(r"[(\[](.*?)[)\]]", label)
    return _("the unit ({unit})").format(unit=first) if first in in_brackets else f"“{first}”"


def _limits_difference(got: Drawing, expected: Drawing, *_others: Any) -> str | None:
    for axis in ("x", "y"):
        mine, theirs = (getattr(drawing, f"{axis}lim") for drawing in (got, expected))
        span = abs(theirs[1] - theirs[0])
        if any(abs(one - other) > OF_SPAN * span for one, other in zip(mine, theirs, strict=True)):
            shown: Callable[[float], str] = (
                date_words if axis == "x" and expected.dated else "{:,.6g}".format
            )
            return _(
                "The {axis} axis runs from {start} to {end}; from {a} to {b} was asked for."
            ).format(
                axis=axis, start=shown(mine[0]), end=shown(mine[1]), a=shown(theirs[0]),
                b=shown(theirs[1]),
            )  # fmt: skip
    return None


def _legend_difference(
    got: Drawing, expected: Drawing, _words: Words, tolerance: float
) -> str | None:
    mine, theirs = (
        {" ".join(entry.split()).casefold(): entry for entry in drawing.legend}
        for drawing in (got, expected)
    )
    if theirs and not mine:
        if any(mark.label for mark in got.marks):
            return _(
                "What is drawn has labels, but no legend shows them: the chart's `.legend()` does."
            )
        return _("The chart has no legend: what tells its parts apart?")
    for key, entry in theirs.items():
        if key not in mine:
            return _("The legend has no entry “{entry}”; yours says {got}.").format(
                entry=entry, got=", ".join(f"“{each}”" for each in mine.values())
            )
    if len(mine) > len(theirs) > 0:
        extra = next(entry for key, entry in mine.items() if key not in theirs)
        return _("The legend has an entry “{entry}” that was not asked for.").format(entry=extra)
    return _swapped_labels(got, expected, tolerance) if theirs else None


def _swapped_labels(got: Drawing, expected: Drawing, tolerance: float) -> str | None:
    """Whether the right data have each other's labels."""
    for theirs in expected.marks:
        own = theirs.label.casefold()
        # Those of the same label first: they are right as a rule.
        labelled = [mine for mine in got.marks if mine.label and own]
        labelled.sort(key=lambda mine: mine.label.casefold() != own)
        for mine in labelled:
            if marks.is_same(mine, theirs, tolerance):
                if mine.label.casefold() == own:
                    break
                return _("The legend calls “{got}” what is “{n}”.").format(
                    got=mine.label, n=theirs.label
                )
    return None


_COMPARED: dict[str, Callable[[Drawing, Drawing, Words, float], str | None]] = {
    "kind": _kind_difference,
    "data": _data_difference,
    "scale": _scale_difference,
    "order": _order_difference,
    "labels": _labels_difference,
    "title": _title_difference,
    "limits": _limits_difference,
    "legend": _legend_difference,
}
ASPECTS = tuple(_COMPARED)
"""What can be compared, in the order in which a learner is told."""
