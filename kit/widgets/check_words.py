"""The words on a check, in the learner's language: those of every check, and those of a kind."""

from __future__ import annotations

from collections.abc import Callable

from kit.words import _


def check_words(kind: str, *, in_app: bool) -> dict[str, str]:
    """The words that the browser needs for a check of a kind, by their names in ``check.js``."""
    own = _OF_KIND.get(kind)
    return {**_common(in_app=in_app), **(own() if own else {})}


def _common(*, in_app: bool) -> dict[str, str]:
    return {
        "check": _("Check"),
        "checking": _("Checking…"),
        "another": _("Another one"),
        "how_sure": _("How sure are you?"),
        "sure": _("Sure"),
        "think_so": _("I think so"),
        "guess": _("A guess"),
        "points": _("What does yours have? Tick it."),
        "hint": _("Hint"),
        "left": _("({n} left)"),
        "hints": _("Hints"),
        "reveal": _("Show solution"),
        "solution": _("Solution"),
        "start_over": _("Start over"),
        "start_over_sure": _("Put the code of the start in place of yours?"),
        "tried": _("Tried so far:"),
        "output": _("Output"),
        "saved": _("Saved"),
        "restored": _("Saved earlier"),
        "passed": _("Right"),
        "failed": _("Not yet"),
        "partial": _("Partly right"),
        "not_attempted": _("Not answered yet"),
        "broken": _("This check has a fault"),
        "no_answer": _no_answer(in_app=in_app),
    }


def _no_answer(*, in_app: bool) -> str:
    mend = (
        _("If this stays so, reload the page; what you have saved is safe.")
        if in_app
        else _(
            "If this stays so, restart the notebook and run its first cell; your answers are safe."
        )
    )
    return _("Still waiting for an answer.") + " " + mend


def _choices() -> dict[str, str]:
    return {"choose_all": _("Choose all that are right.")}


def _gaps() -> dict[str, str]:
    return {"gap": _("Gap {n} of {all}"), "choose": _("Choose…")}


def _order() -> dict[str, str]:
    return {
        "order_program": _("Your program"),
        "order_steps": _("Your order"),
        "order_unused": _("Not used"),
        "order_empty": _("No line is used yet."),
        "order_help": _("Drag the lines, or use their buttons."),
        "order_keys": _("Keys: ↑ ↓ go to a line, Alt+↑ ↓ move it."),
        "order_keys_indent": _("Keys: ↑ ↓ go to a line, Alt+↑ ↓ move it, ← → indent it."),
        "order_place": _("Now line {n} of {all}"),
        "order_level": _("indent {n}"),
        "order_aside": _("Now not used"),
        "up": _("Move up"),
        "down": _("Move down"),
        "outdent": _("Indent less"),
        "indent": _("Indent more"),
        "use": _("Use"),
        "leave_out": _("Leave out"),
    }


def _code() -> dict[str, str]:
    return {
        "run": _("Run"),
        "running": _("Running…"),
        "editor": _("Your code"),
        "editor_help": _(
            "Ctrl+Enter checks, Shift+Enter runs. To leave the editor, press Escape, then Tab."
        ),
        "cell_above": _("Write it in the cell above, run that cell, then choose Check."),
        "saved_code": _("Your saved answer"),
    }


def _reflect() -> dict[str, str]:
    """No program can call a reflection right."""
    return {
        "passed": _("Kept"),
        "solution": _("An answer that would do"),
        "reflect_help": _("Your text stays on this computer."),
        "reflect_keys": _("Ctrl+Enter checks."),
    }


_OF_KIND: dict[str, Callable[[], dict[str, str]]] = {
    "choices": _choices,
    "blanks": _gaps,
    "match": _gaps,
    "order": _order,
    "code": _code,
    "table": _code,
    "plot": _code,
    "reflect": _reflect,
}
