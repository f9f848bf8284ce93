"""What a run of a learner's code shows under the editor of the app."""

from __future__ import annotations

from kit.checks.explain import explain
from kit.checks.limits import time_limit
from kit.checks.work import MISSING, Run
from kit.widgets.markdown import clean_html, to_html

MAX_CHARACTERS = 20_000


def output_of(run: Run) -> dict[str, str]:
    """What a run shows under the editor: text printed, the last value, or the error explained."""
    shown = {"text": _plain(run.printed), "html": ""}
    if run.error:
        return {**shown, "html": to_html(explain(run.error))}
    if run.value is MISSING:
        return shown
    try:
        with time_limit():
            as_html = getattr(run.value, "_repr_html_", None)
            table = as_html() if callable(as_html) else None
            if isinstance(table, str):
                return {**shown, "html": clean_html(table)}
            return {**shown, "text": shown["text"] + _plain(repr(run.value))}
    except BaseException as error:
        return {**shown, "html": to_html(explain(error))}


def _plain(text: str) -> str:
    """Text of a size and kind that can be sent: a lone half of a character cannot."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode()
