"""Every kind of check in every state that a learner may meet, for teachers to look at.

The checks are those of ``gallery_course``; a state is reached as a learner reaches it, on a store
that is thrown away.
"""

from __future__ import annotations

import atexit
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from kit.checks import Check, Example, load_checks
from kit.checks.running.work import own_names
from kit.course import CHECKS_FILE, Course, load_course
from kit.errors import StoreFull
from kit.journal import Journal
from kit.store import Store
from kit.words import _

if TYPE_CHECKING:
    from kit.widgets.check import CheckWidget

FOLDER = Path(__file__).parent / "gallery_course"
LESSON = "every-kind"


@cache
def gallery() -> Course:
    """The course of the gallery."""
    return load_course(FOLDER)


@cache
def kinds() -> dict[str, Check]:
    """One check for each kind, by the kind's name."""
    checks = load_checks(gallery().lesson(LESSON).folder / CHECKS_FILE).values()
    return {check.kind: check for check in checks if not check.family}


def states() -> dict[str, str]:
    """The states, each with its words."""
    return {
        "fresh": _("Fresh"),
        "not_attempted": _("Checked without an answer"),
        "wrong": _("Wrong"),
        "partly": _("Partly right"),
        "right": _("Right"),
        "hints": _("With hints"),
        "solution": _("With the solution, after three attempts"),
        "sure": _("Asked how sure one is"),
        "restored": _("Restored, from last time"),
        "broken": _("The check has a fault"),
        "not_saved": _("The disk is full"),
    }


def show(kind: str, state: str) -> CheckWidget | None:
    """A check of a kind in a state; None where the kind has no such state."""
    check = kinds()[kind]
    return _REACHED[state](check, _journal(kind, state))


def _journal(kind: str, state: str) -> Journal:
    return Journal(gallery(), gallery().lesson(LESSON), store=_store(), learner=f"{kind} {state}")


@cache
def _store() -> Store:
    folder = tempfile.TemporaryDirectory(prefix="kit-gallery-")
    atexit.register(folder.cleanup)
    return Store(Path(folder.name) / "progress.sqlite3")


def _widget(check: Check, journal: Journal) -> CheckWidget:
    from kit.widgets.check import CheckWidget

    return CheckWidget(check, journal, own_names(check.namespace), in_app=True)


def _after(check: Check, journal: Journal, *steps: dict[str, Any]) -> CheckWidget:
    """The widget after what a browser would have sent."""
    widget = _widget(check, journal)
    for step in steps:
        widget.receive({"confidence": "think_so", **step})
    return widget


def _check_step(check: Check, example: Example) -> dict[str, Any]:
    return {"do": "check", "answer": check.written(example.answer)}


def _example(check: Check, outcome: str) -> Example | None:
    return next((each for each in check.examples() if each.outcome == outcome), None)


def _answered(outcome: str) -> Callable[[Check, Journal], CheckWidget | None]:
    def reach(check: Check, journal: Journal) -> CheckWidget | None:
        example = _example(check, outcome)
        return _after(check, journal, _check_step(check, example)) if example else None

    return reach


def _partly(check: Check, journal: Journal) -> CheckWidget | None:
    for number, example in enumerate(check.examples()):
        own = Journal(
            journal.course,
            journal.lesson,
            store=journal.store,
            learner=f"{journal.learner} {number}",
        )
        widget = _after(check, own, _check_step(check, example))
        if widget.state["partial"]:
            return widget
    return None


def _hints(check: Check, journal: Journal) -> CheckWidget | None:
    return _after(check, journal, {"do": "hint"}, {"do": "hint"}) if check.hints else None


def _solution(check: Check, journal: Journal) -> CheckWidget | None:
    wrong = _example(check, "failed")
    if not wrong:
        return None
    return _after(check, journal, *[_check_step(check, wrong)] * 3, {"do": "reveal"})


def _sure(check: Check, journal: Journal) -> CheckWidget:
    return _widget(replace(check, confidence=True), journal)


def _restored(check: Check, journal: Journal) -> CheckWidget | None:
    right = _answered("passed")(check, journal)
    return _widget(check, journal) if right else None


def _broken(check: Check, journal: Journal) -> CheckWidget | None:
    def fail(_answer: object) -> NoReturn:
        raise ZeroDivisionError("a fault of the author's")

    faulty = replace(check)
    object.__setattr__(faulty, "judge", fail)
    return _answered("passed")(faulty, journal)


def _not_saved(check: Check, journal: Journal) -> CheckWidget | None:
    def full(_events: object) -> NoReturn:
        raise StoreFull(_("The disk is full."), _("Make room, then choose Check again."))

    journal.store = Store(_store().path)
    vars(journal.store)["append"] = full
    return _answered("passed")(check, journal)


_REACHED: dict[str, Callable[[Check, Journal], CheckWidget | None]] = {
    "fresh": _widget,
    "not_attempted": _answered("not_attempted"),
    "wrong": _answered("failed"),
    "partly": _partly,
    "right": _answered("passed"),
    "hints": _hints,
    "solution": _solution,
    "sure": _sure,
    "restored": _restored,
    "broken": _broken,
    "not_saved": _not_saved,
}
