"""What the page of grading shows: counts, steps and their progress, in words."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

from kit.course import Assignment
from kit.grading.outcomes import UNUSABLE, in_words
from kit.grading.runs import Ended, Run, Step, moment
from kit.server.grading_desk import Desk, Wanted
from kit.words import _, date_time, ngettext, weekday

A_MINUTE = 60


@dataclass(frozen=True)
class Fact:
    """A count, and where more is told of it."""

    name: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Button:
    """A step that can be taken: ``do`` is what the form sends."""

    do: str
    label: str
    is_next: bool = False


@dataclass(frozen=True)
class Row:
    """What came of one submission. ``weight``: 0 where it could not be graded, 1 where there is
    something to know, 2 where all is well.
    """

    student: str
    points: str
    before: str
    said: Sequence[str]
    weight: int
    url: str


@dataclass(frozen=True)
class Progress:
    """How far a grading is; ``all`` is 0 while nobody knows how many there are."""

    done: int
    all: int
    words: str
    left: str


@dataclass(frozen=True)
class Card:
    """One assignment on the page; ``waits`` where another one is being worked on."""

    id: str
    title: str
    facts: Sequence[Fact] = ()
    buttons: Sequence[Button] = ()
    note: str = ""
    waits: bool = False
    said: str = ""
    problem: str = ""
    progress: Progress | None = None
    rows: Sequence[Row] = field(default_factory=list)


def cards(desk: Desk, listed: Sequence[Assignment], base_url: str) -> list[Card]:
    """All assignments, in the order of course.toml; others follow."""
    order = [each.id for each in listed]
    titles = {each.id: each for each in listed}
    found = desk.runs()
    names = [each for each in order if each in desk.assignments]
    names += [each for each in desk.assignments if each not in order]
    return [
        _Assignment(
            name, titles.get(name), desk,
            [each for each in found if each.assignment == name], base_url,
        ).card(is_busy(desk, found))
        for name in names
    ]  # fmt: skip


def is_busy(desk: Desk, found: Sequence[Run]) -> bool:
    """Whether something is being done with one of the assignments."""
    return desk.wanted is not None or any(each.ended is None for each in found)


@dataclass(frozen=True)
class _Assignment:
    name: str
    listed: Assignment | None
    desk: Desk
    runs: Sequence[Run]
    base_url: str

    @cached_property
    def told(self) -> Mapping[str, Any] | None:
        """Its status, with what was done since that was told."""
        known = next(
            (each for each in self.desk.overview or () if each["assignment"] == self.name), None
        )
        if known is None:
            return None
        told = {**known}
        for run in self.runs:
            if run.last > self.desk.told_at:
                told.update(_since(told, run))
        return told

    def _of(self, step: Step) -> Run | None:
        return next((each for each in self.runs if each.step is step), None)

    def card(self, is_busy: bool) -> Card:
        last = self.runs[-1] if self.runs else None
        now = self._now()
        graded = self._of(Step.GRADE)
        return Card(
            id=self.name,
            title=self.listed.title if self.listed else self.name,
            facts=self._facts(),
            buttons=[Button("stop", _("Stop"))] if now else self._buttons(graded),
            note=self._note(),
            waits=is_busy and not now,
            said="" if now or not last or self._problem(last) else _said(last),
            problem="" if now else self.desk.refused.get(self.name, "") or self._problem(last),
            progress=_progress(now) if now else None,
            rows=() if isinstance(now, Wanted) else self._rows(graded),
        )

    def _rows(self, run: Run | None) -> list[Row]:
        """The submissions of a grading, those with problems first."""
        if run is None:
            return []
        is_older = run.ended is not None and run.last < self.desk.told_at
        present = self.told["scores"] if self.told and is_older else {}
        found = [
            _row(run, name, each, present.get(name, each["score"]), self.base_url)
            for name, each in run.graded.items()
        ]
        return sorted(found, key=lambda each: (each.weight, each.student))

    def _now(self) -> Run | Wanted | None:
        """What is being done with it."""
        goes_on = next((each for each in self.runs if each.ended is None), None)
        wanted = self.desk.wanted
        return goes_on or (wanted if wanted and wanted.assignment == self.name else None)

    def _problem(self, last: Run | None) -> str:
        return last.problem if last and last.ended is Ended.FAILED else ""

    def _note(self) -> str:
        told = self.told
        if told and told["released"] and not told["can_collect"] and not told["submitted"]:
            return _(
                "There is no exchange on this machine: put what was handed in into {folder}."
            ).format(folder=f"assignments/submitted/STUDENT/{self.name}")
        return ""

    def _facts(self) -> list[Fact]:
        told = self.told
        if not told:
            return [Fact(_("Due"), self._due(None))]
        if not told["released"] and not told["submitted"]:
            return [Fact(_("Due"), self._due(told["due"])), Fact(_("Released"), _("not yet"))]
        grader = f"{self.base_url}formgrader/"
        name = quote(self.name, safe="")
        handed_in = len(told["submitted"])
        counted = [
            Fact(
                _("Handed in"),
                _("{n} of {all}").format(n=handed_in, all=told["students"])
                if told["students"] > handed_in
                else str(handed_in),
                f"{grader}manage_submissions/{name}" if handed_in else "",
            ),
            Fact(_("Graded"), str(len(told["graded"]))),
        ]
        if told["to_grade"]:
            counted.append(Fact(_("To grade"), str(len(told["to_grade"]))))
        by_hand = len(told["to_mark_by_hand"])
        counted.append(
            Fact(_("To mark by hand"), str(by_hand), f"{grader}gradebook/{name}" if by_hand else "")
        )
        troubled = len({each for students in told["outcomes"].values() for each in students})
        counted.append(Fact(_("With problems"), str(troubled)))
        if told["late"]:
            counted.append(Fact(_("Late"), str(len(told["late"]))))
        if told["feedback"]:
            counted.append(Fact(_("With feedback"), str(len(told["feedback"]))))
        return [Fact(_("Due"), self._due(told["due"])), *counted]

    def _due(self, told: str | None) -> str:
        due = datetime.fromisoformat(told).replace(tzinfo=UTC) if told else None
        due = due or (self.listed.due if self.listed else None)
        return f"{weekday(due)}, {date_time(due)}" if due else _("no date")

    def _buttons(self, graded: Run | None) -> list[Button]:
        told = self.told
        if not told:
            return []
        if not told["released"]:
            return [Button("release", _("Release"), is_next=True)]
        goes_on = graded is not None and graded.can_go_on
        wanted = {
            "resume": _("Go on grading") if goes_on else "",
            "collect": _("Collect") if told["can_collect"] else "",
            "grade": _("Grade") if told["submitted"] and not goes_on else "",
            "feedback": _("Give feedback") if told["graded"] else "",
            "regrade": _("Grade all again") if told["graded"] else "",
            "release": _("Release again"),
        }
        shown = [name for name, label in wanted.items() if label]
        after = _next(told, goes_on=goes_on)
        return [Button(name, wanted[name], is_next=name == after) for name in shown]


def _since(told: Mapping[str, Any], run: Run) -> dict[str, Any]:
    """What a run has changed of a status that was told before."""
    if run.step is Step.GRADE:
        done = {name for name, each in run.graded.items() if not each["problem"]}
        return {
            "graded": sorted({*told["graded"], *done}),
            "to_grade": sorted({*told["to_grade"]} - done),
        }
    if run.ended is not Ended.DONE:
        return {}
    if run.step is Step.COLLECT:
        to_grade = sorted({*told["to_grade"], *run.result["new"]})
        return {"submitted": run.result["submitted"], "to_grade": to_grade}
    if run.step is Step.FEEDBACK:
        return {"feedback": run.result["students"]}
    return {"released": True}


def _next(told: Mapping[str, Any], *, goes_on: bool) -> str:
    """The step that is most likely wanted now."""
    if goes_on:
        return "resume"
    if told["to_grade"]:
        return "grade"
    if not told["submitted"]:
        return "collect"
    if told["graded"] and not told["to_mark_by_hand"] and not told["feedback"]:
        return "feedback"
    return ""


# What was done -----------------------------------------------------------------------------------


def _said(run: Run) -> str:
    when = date_time(moment(run.last))
    if run.ended in {Ended.STOPPED, Ended.KILLED}:
        return f"{when}: {_ended_early(run)}"
    return f"{when}: {_DONE[run.step](run)}"


def _ended_early(run: Run) -> str:
    if run.step is not Step.GRADE:
        return _("It was ended in the middle. Do it again.")
    why = _("Stopped.") if run.ended is Ended.STOPPED else _("The grading was cut off.")
    done = ngettext(
        "{n} submission is graded and stays so.", "{n} submissions are graded and stay so.",
        len(run.graded),
    )  # fmt: skip
    left = ngettext("{n} is left.", "{n} are left.", run.left) if run.left else ""
    return " ".join(filter(None, (why, done, left)))


def _released(run: Run) -> str:
    if run.result.get("handed_out"):
        return _("Released and handed out.")
    return _("Released: students get what is in {folder}.").format(
        folder=f"assignments/release/{run.assignment}"
    )


def _collected(run: Run) -> str:
    return ngettext(
        "{n} new submission, {all} in all.", "{n} new submissions, {all} in all.",
        len(run.result.get("new", ())), all=len(run.result.get("submitted", ())),
    )  # fmt: skip


def _graded(run: Run) -> str:
    failed = sum(1 for each in run.graded.values() if each["problem"])
    if not run.graded:
        return _("All that was handed in is graded already.")
    said = ngettext("{n} submission graded.", "{n} submissions graded.", len(run.graded) - failed)
    if failed:
        more = ngettext("{n} could not be graded.", "{n} could not be graded.", failed)
        said = f"{said} {more}"
    return said


def _fed_back(run: Run) -> str:
    said = ngettext(
        "Feedback for {n} student was written.", "Feedback for {n} students was written.",
        len(run.result.get("students", ())),
    )  # fmt: skip
    return f"{said} {_('It was handed back.')}" if run.result.get("handed_back") else said


_DONE = {
    Step.RELEASE: _released,
    Step.COLLECT: _collected,
    Step.GRADE: _graded,
    Step.FEEDBACK: _fed_back,
}


def _progress(now: Run | Wanted) -> Progress:
    if not isinstance(now, Run) or now.left is None:
        return Progress(0, 0, _STARTS[now.step], "")
    done, left = len(now.graded), now.left
    words = _("{n} of {all} graded").format(n=done, all=done + left)
    return Progress(done, done + left, words, _time_left(now, left))


def _time_left(run: Run, left: int) -> str:
    if not run.graded_now or not left:
        return ""
    seconds = (run.last - run.began) / run.graded_now * left - (time.time() - run.last)
    if seconds < A_MINUTE:
        return _("less than a minute left")
    return ngettext("about {n} minute left", "about {n} minutes left", round(seconds / A_MINUTE))


_STARTS = {
    Step.RELEASE: _("Making the students' version…"),
    Step.COLLECT: _("Fetching what was handed in…"),
    Step.GRADE: _("Getting ready to grade…"),
    Step.FEEDBACK: _("Writing a page for each student…"),
}


def _row(run: Run, student: str, told: Mapping[str, Any], score: float, base_url: str) -> Row:
    """What came of a submission, with the points that it has by now: some are given by hand."""
    outcomes = told["outcomes"]
    changed = told["before"] is not None and told["before"] != told["score"]
    failed = bool(told["problem"]) or any(each in UNUSABLE for each in outcomes)
    place = f"{quote(student, safe='')}/{quote(run.assignment, safe='')}"
    return Row(
        student=student,
        points="" if told["problem"] else f"{score:g} / {told['max_score']:g}",
        before=f"{told['before']:g}" if changed and not told["problem"] else "",
        said=[told["problem"]] if told["problem"] else [in_words(each) for each in outcomes],
        weight=0 if failed else 1 if outcomes else 2,
        url="" if told["problem"] else f"{base_url}formgrader/manage_students/{place}",
    )
