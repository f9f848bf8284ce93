"""Every kind of check in every state that a learner may meet, for teachers to look at.

The checks are those of ``gallery_course``. A state is reached as a learner reaches it: by what a
browser sends, one step after the other, on a store that is thrown away. What goes wrong here
("trouble") really goes wrong.
"""

from __future__ import annotations

import atexit
import tempfile
from collections import defaultdict
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.checks import Check, Failed, attempt, load_checks, number, when
from kit.checks.code_check import CodeCheck
from kit.checks.running.work import own_names
from kit.course import CHECKS_FILE, Course, load_course
from kit.journal import Journal
from kit.store import FILE_NAME, Store
from kit.words import _

if TYPE_CHECKING:
    from kit.widgets.check import CheckWidget

FOLDER = Path(__file__).parent / "gallery_course"
LESSON = "every-kind"
TROUBLE = "trouble"
"""The page of what may go wrong, which looks the same for every kind."""

Step = dict[str, str]
"""What a browser sends; see ``CheckWidget.receive``."""


@cache
def gallery() -> Course:
    """The course of the gallery."""
    return load_course(FOLDER)


@cache
def kinds() -> dict[str, Check]:
    """One check for each kind, by the kind's name."""
    checks = load_checks(gallery().lesson(LESSON).folder / CHECKS_FILE).values()
    return {check.kind: check for check in checks if not check.family}


def pages() -> dict[str, str]:
    """The pages of the gallery, a kind each and ``TROUBLE``, with what they show."""
    return {
        "choice": _("one of several options"),
        "choices": _("all the options that are right"),
        "number": _("a number, with a unit or without; this one asks, too, how sure one is"),
        "text": _("a word or a short phrase"),
        "blanks": _("what is missing in a text or in code"),
        "order": _("lines to put in order, and to indent"),
        "match": _("what belongs to what"),
        "code": _("a function"),
        "table": _("a table"),
        "plot": _("a chart"),
        "reflect": _("a text of one's own, to compare with another"),
        TROUBLE: _("a check with a fault, an answer that cannot be saved"),
    }


def states(page: str) -> dict[str, str]:
    """The states that a page shows, each with its words."""
    if page == TROUBLE:
        return {
            "broken": _("The check has a fault"),
            "not_saved": _("The answer cannot be saved"),
        }
    return {
        "fresh": _("Fresh"),
        "not_attempted": _("Checked without an answer"),
        "wrong": _("Wrong"),
        "partly": _("Partly right"),
        "right": _("Right"),
        "hints": _("With hints"),
        "solution": _("With the solution, after three attempts"),
        "restored": _("Restored, from last time"),
    }


def show(page: str, state: str) -> CheckWidget | None:
    """Show a state's name and give the check in that state; nothing where a kind has none such."""
    from IPython.display import Markdown, display

    widget = _TROUBLES[state]() if page == TROUBLE else reach(page, state)
    if widget:
        display(Markdown(f"## {states(page)[state]}"))
    return widget


def reach(kind: str, state: str) -> CheckWidget | None:
    """A check of a kind in a state; None where the kind has no such state."""
    steps = _steps(kind, state)
    if steps is None:
        return None
    check = kinds()[kind]
    journal = _journal(f"{kind} {state}")
    widget = _after(steps, check, journal)
    return _after([], check, journal) if state == "restored" else widget


def _steps(kind: str, state: str) -> list[Step] | None:
    """What leads to a state; None where nothing does."""
    answers = _answers(kind)
    match state:
        case "fresh":
            return []
        case "hints":
            return [{"do": "hint"}] * 2 if kinds()[kind].hints else None
        case "not_attempted":
            return [_check(answers[state][0])]
        case "right" | "restored":
            return [_check(answers["passed"][-1])]
        case "wrong" | "partly":
            return [_check(answers[state][0])] if answers[state] else None
        case "solution":
            wrong = [*answers["wrong"], *answers["partly"]] * 3
            return [*map(_check, wrong[:3]), {"do": "reveal"}] if wrong else None
    raise KeyError(state)


def _check(answer: str) -> Step:
    return {"do": "check", "answer": answer, "confidence": "think_so"}


@cache
def _answers(kind: str) -> dict[str, list[str]]:
    """A kind's examples as a browser sends them, by what comes of them; its author's own last."""
    check = kinds()[kind]
    found = defaultdict(list)
    for example in check.examples():
        found[_came_of(check, example.answer)].append(check.written(example.answer))
    return found


def _came_of(check: Check, answer: Any) -> str:
    outcome = attempt(check, check.work(answer) if isinstance(check, CodeCheck) else answer)
    if isinstance(outcome, Failed):
        return "partly" if outcome.score else "wrong"
    return outcome.name


def _after(steps: list[Step], check: Check, journal: Journal) -> CheckWidget:
    """The widget, once a browser has sent these."""
    from kit.widgets.check import CheckWidget

    widget = CheckWidget(check, journal, own_names(check.namespace), in_app=True)
    for step in steps:
        widget.receive(step)
    return widget


def _journal(learner: str, store: Store | None = None) -> Journal:
    """Where a state is kept: each has a learner of its own."""
    own = store or Store(_folder() / FILE_NAME)
    return Journal(gallery(), gallery().lesson(LESSON), store=own, learner=learner)


@cache
def _folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="kit-gallery-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


# Trouble --------------------------------------------------------------------------------------


def _broken() -> CheckWidget:
    """A check whose author made a mistake: its rule divides by zero."""
    check = number(
        "How long is the Alder?",
        answer=120,
        unit="km",
        otherwise="Look at its row.",
        wrong={when(lambda km: km / 0 > 1, example=4): "That is its number of bridges."},
    )
    return _after([_check("4")], replace(check, id="alder"), _journal("broken"))


def _not_saved() -> CheckWidget:
    """An answer to be kept in a folder that is none."""
    file = _folder() / "a-file"
    file.touch()
    store = Store(file / FILE_NAME)
    check = kinds()["text"]
    return _after([_check(_answers("text")["passed"][0])], check, _journal("not saved", store))


_TROUBLES = {"broken": _broken, "not_saved": _not_saved}
