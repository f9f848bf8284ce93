"""plot: the learner draws a chart, and what it shows is compared with the author's."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from kit.checks.arguments import need_words, refuse_unknown
from kit.checks.charts.drawing import Drawing, drawing_of
from kit.checks.charts.drawings import (
    ASPECTS,
    LABELLED,
    Words,
    difference,
    labels_met,
    panels_difference,
)
from kit.checks.code_check import CodeCheck
from kit.checks.compare import RELATIVE, kind_of
from kit.checks.outcome import Failed, NotAttempted, Outcome, Passed
from kit.checks.rules import Wrong
from kit.checks.running.work import Work
from kit.errors import CheckError
from kit.words import _

USUAL = ("kind", "data", "scale", "labels")
"""What is compared unless a check says otherwise."""


def plot(
    prompt: str,
    *,
    figure: str,
    starter: str,
    solution: str,
    wrong: Wrong | None = None,
    compare: Sequence[str] = USUAL,
    label_words: Words | None = None,
    tolerance: float = RELATIVE,
    hints: Sequence[str] = (),
    why: str = "",
    **more: Any,
) -> Plot:
    """Ask for a chart.

    Args:
        prompt: what it shows, in Markdown.
        figure: the name of the variable that the learner's Axes or Figure has, or whatever
            ``df.plot`` gives.
        starter: the code that the learner begins with: what the notebook's cell above the
            check holds, and the editor in the app.
        solution: source that draws the right chart under that name, from names that checks.py
            defines (``plt`` too, if it uses that).
        wrong: misconceptions: source that draws a wrong chart, and what to say to a learner
            whose chart shows the same; the predicate of a ``when`` gets the learner's
            ``Drawing``.
        compare: what counts: "kind" (points, lines, bars, ...), "data", "scale" (linear or
            logarithmic), "labels" (of the axes, where the solution has them), "title", "limits",
            "legend", "order" (of bars). Colours, sizes and fonts never count.
        label_words: what the labels must say: "xlabel", "ylabel" or "title" -> words, such as
            ``{"xlabel": ["mass", "g"]}``; for a list of words in the place of one, any of them.
        tolerance: how far numbers may differ, relative.
        hints, why, more: see ``Check``.

    Raises:
        CheckError: the arguments contradict each other.
    """
    refuse_unknown(plot, more)
    return Plot(
        prompt=prompt, name=figure, starter=starter, right_source=solution, wrong=wrong or {},
        compare=compare, label_words=label_words or {}, tolerance=tolerance, hints=hints, why=why,
        **more,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Plot(CodeCheck):
    """See ``plot``; ``name`` is the variable's."""

    compare: Sequence[str] = USUAL
    label_words: Words = field(default_factory=dict)
    kind: ClassVar[str] = "plot"

    def __post_init__(self) -> None:
        super().__post_init__()
        if not str(self.name).isidentifier():
            raise CheckError(
                _("{name!r} is not a variable's name.").format(name=self.name),
                _("As in: figure='ax'"),
            )
        if not isinstance(self.compare, list | tuple) or not self.compare:
            raise CheckError(
                _("compare={value!r} is no list of what to compare.").format(value=self.compare),
                _('As in: compare=["kind", "data", "labels"]'),
            )
        for aspect in self.compare:
            _need_one_of(ASPECTS, "compare", aspect)
        self._need_label_words()

    def _need_label_words(self) -> None:
        if not isinstance(self.label_words, dict):
            raise CheckError(
                _("label_words is no dictionary."), _('As in: {"xlabel": ["mass", "g"]}')
            )
        for key, words in self.label_words.items():
            _need_one_of(LABELLED, "label_words", key)
            if not isinstance(words, list | tuple) or not words:
                raise CheckError(
                    _("label_words[{key!r}] is no list of words.").format(key=key),
                    _('As in: {"xlabel": ["mass", "g"]}'),
                )
            for word in words:
                for each in word if isinstance(word, list | tuple) and word else [word]:
                    need_words(f"label_words[{key!r}]", each)
            aspect = "title" if key == "title" else "labels"
            if aspect not in self.compare:
                raise CheckError(
                    _("label_words[{key!r}] is never looked at.").format(key=key),
                    _('Add "{aspect}" to compare=.').format(aspect=aspect),
                )

    def _absent(self) -> str:
        return _(
            "There is no chart called `{name}` yet: `figure, {name} = plt.subplots()` makes room "
            "for one, and `{name} = table.plot(...)` draws one."
        ).format(name=self.name)

    def _judge_work(self, work: Work) -> Outcome:
        drawing = drawing_of(work.value)
        if drawing is None:
            return Failed(self._not_a_chart(work.value))
        if not any(panel.marks for panel in drawing.panels):
            empty = _("The chart `{name}` is empty: nothing is drawn in it yet.").format(
                name=self.name
            )
            # In a notebook, the code of the start has made it.
            return Failed(empty) if work.source else NotAttempted(empty)
        return self._judge_drawing(work, drawing)

    def _judge_drawing(self, work: Work, drawing: Drawing) -> Outcome:
        found = self._differences(drawing, self._expected, self.label_words)
        if not any(found):
            return Passed(self.why or _("Yes: your chart shows what was asked for."))
        right = found.index(next(filter(None, found)))
        drawn = len({"kind", "data"} & set(self.compare))
        score = (right - 1) / (len(found) - 1) if right > drawn else 0.0
        said = f"{_('What is drawn is right.')} {found[right]}" if score else str(found[right])
        return self._mistake(
            work, drawing, lambda source: self._is_same(drawing, source), score
        ) or Failed(said, score)

    def _differences(self, got: Drawing, other: Drawing, words: Words) -> list[str | None]:
        """What differs: in the number of charts, then in each aspect, in the order of telling."""
        number = panels_difference(got, other)
        aspects = [aspect for aspect in ASPECTS if aspect in self.compare]
        if number:
            return [number, *[None for _aspect in aspects]]
        return [None] + [
            difference(aspect, got, other, words=words, tolerance=self.tolerance)
            for aspect in aspects
        ]

    def _is_same(self, drawing: Drawing, source: str) -> bool:
        """Whether a wrong source draws the learner's chart, with and without the same labels."""
        other: Drawing = self._made(source)
        return (
            labels_met(drawing, self.label_words) == labels_met(other, self.label_words)
            and bool(drawing.legend) is bool(other.legend)
            and not any(self._differences(drawing, other, {}))
        )

    def _not_a_chart(self, value: Any) -> str:
        if value is None:
            return _(
                "`{name}` is nothing (None): `plt.show()` shows a chart and gives nothing back. "
                "Give the name to what draws, as in `figure, {name} = plt.subplots()`."
            ).format(name=self.name)
        if _is_figure(value):
            return _("The figure `{name}` is empty: nothing is drawn in it yet.").format(
                name=self.name
            )
        return _("`{name}` is {kind}; a chart (Axes or Figure) was expected.").format(
            name=self.name, kind=kind_of(value)
        )

    @cached_property
    def _expected(self) -> Drawing:
        expected: Drawing = self._made(self.right_source)
        for aspect in ("labels", "title"):
            found = difference(aspect, expected, expected, words=self.label_words)
            if found:
                raise CheckError(
                    _("The solution of the check {id!r} lacks its label_words: {found}").format(
                        id=self.id, found=found
                    ),
                    _("Put them into its labels."),
                )
        return expected

    def _make(self, source: str) -> Drawing:
        work = self.work(source)
        drawing = None if work.error else drawing_of(work.value)
        if not drawing or not any(panel.marks for panel in drawing.panels):
            raise CheckError(
                _(
                    "A source of the check {id!r} does not draw the chart {name!r} ({error!r})."
                ).format(id=self.id, name=self.name, error=work.error),
                _("Mend its solution and its wrong ones."),
            )
        return drawing


def _is_figure(value: Any) -> bool:
    module = sys.modules.get("matplotlib.figure")
    return module is not None and isinstance(value, module.FigureBase)


def _need_one_of(known: Sequence[str], keyword: str, value: object) -> None:
    if value not in known:
        near = difflib.get_close_matches(str(value), known, 1)
        raise CheckError(
            _("{keyword} has no {value!r}.").format(keyword=keyword, value=value),
            _("Did you mean {near!r}?").format(near=near[0])
            if near
            else _("It has: {known}.").format(known=", ".join(known)),
        )
