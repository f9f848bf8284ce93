"""What a learner's error means, and its likely cause."""

from __future__ import annotations

import linecache
import traceback

from kit.checks.limits import SECONDS, TimeUp
from kit.checks.work import FILE_NAME
from kit.words import _


def explain(error: BaseException) -> str:
    """A sentence or two of Markdown: what stopped the code, on which line, and a likely cause."""
    if isinstance(error, TimeUp):
        return _(
            "Your code was still running after {seconds:g} seconds, so it was stopped. "
            "Is there a loop that never ends?"
        ).format(seconds=SECONDS)
    if isinstance(error, SyntaxError):
        return _syntax(error)
    where = _line_of(error)
    stopped = (
        _("Your code stopped on line {line} with `{error}`.").format(line=where, error=_one(error))
        if where
        else _("Your code stopped with `{error}`.").format(error=_one(error))
    )
    return f"{stopped} {_cause(error)}".strip()


def _syntax(error: SyntaxError) -> str:
    if error.lineno is None:  # raised by the code itself
        return _("Your code stopped with `{error}`.").format(error=_one(error))
    line = (error.text or linecache.getline(FILE_NAME, error.lineno)).strip()
    said = _("Python cannot read line {line}, `{text}`: {message}.").format(
        line=error.lineno, text=line[:80].replace("`", "'"), message=str(error.msg).rstrip(".?")
    )
    if isinstance(error, IndentationError):
        return f"{said} " + _("Look at the spaces at its beginning, and at the line above.")
    return f"{said} " + _(
        "A missing colon, bracket or quote is the usual cause, also on the line above."
    )


def _cause(error: BaseException) -> str:  # noqa: PLR0911 - a table of causes
    match error:
        case NameError():
            return _(
                "Python does not know that name: check its spelling, and that the code which "
                "defines it has run."
            )
        case KeyError():
            return _(
                "There is no column or key of that name: check the spelling, capitals and "
                "underscores against `.columns`."
            )
        case AttributeError():
            return _("That value has no such method or column: what type is it?")
        case ZeroDivisionError():
            return _("Something was divided by zero: can a length or a count be 0 here?")
        case TypeError() if "'method'" in str(error) or "'function'" in str(error):
            return _("A method was not called: are the brackets `()` missing?")
        case TypeError() if "argument" in str(error):
            return _("It was called with other arguments than it takes: compare the brackets.")
        case TypeError():
            return _("A value has another type than this operation needs: look at each one.")
        case ValueError():
            return _("A value has the right type but cannot be used here: look at it.")
        case IndexError():
            return _("A position lies beyond the end: the first one is 0.")
        case RecursionError():
            return _("A function went on calling itself.")
        case SystemExit():
            return _("Take out the call that ends the program.")
        case KeyboardInterrupt():
            return _("It was interrupted.")
        case MemoryError():
            return _("Something grew too large.")
    return ""


def _one(error: BaseException) -> str:
    try:
        message = str(error).strip().splitlines()
    except Exception:  # a learner's own error may have a faulty __str__
        message = []
    text = f"{type(error).__name__}: {message[0]}" if message else type(error).__name__
    return text[:200].replace("`", "'")


def _line_of(error: BaseException) -> int | None:
    """The last line of the learner's own code in the traceback (a notebook's cell or ours)."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == FILE_NAME or "ipykernel_" in frame.filename
    ]
    return lines[-1] if lines else None
