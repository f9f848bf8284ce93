"""What a learner's error means, and its likely cause."""

from __future__ import annotations

import difflib
import inspect
import linecache
import re
import traceback
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kit.checks.running.limits import SECONDS, TimeUp, time_limit
from kit.checks.running.work import FILE_NAME, NobodyToAsk
from kit.words import _, ngettext


def explain(error: BaseException, cause: str = "") -> str:
    """A sentence or two of Markdown: what stopped the code, on which line, and a likely cause.

    Args:
        error: what the learner's code raised.
        cause: the likely cause, where the caller knows it better.
    """
    if isinstance(error, TimeUp):
        return _(
            "Your code was still running after {seconds:g} seconds, so it was stopped. "
            "Is there a loop that never ends?"
        ).format(seconds=SECONDS)
    if isinstance(error, SyntaxError):
        return _syntax(error)
    where = _line_of(error)
    if isinstance(error, NobodyToAsk):
        return _nobody_types(where)
    stopped = (
        _("Your code stopped on line {line} with `{error}`.").format(line=where, error=_one(error))
        if where
        else _("Your code stopped with `{error}`.").format(error=_one(error))
    )
    return f"{stopped} {cause or _cause(error)}".strip()


def misfit(function: Callable[..., Any], arguments: Sequence[Any]) -> str:
    """How a function's brackets differ from a call with so many arguments; "" where they fit."""
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):
        return ""
    try:
        signature.bind(*arguments)
    except TypeError:
        names = [f"`{name}`" for name in signature.parameters]
        return " ".join(
            [
                ngettext("It was called with {n} value;", "It was called with {n} values;",
                         len(arguments)),
                ngettext("yours takes {n}: {names}.", "yours takes {n}: {names}.", len(names),
                         names=", ".join(names)) if names else _("yours takes none."),
                _("Compare the brackets after `def`."),
            ]
        )  # fmt: skip
    return ""


def _nobody_types(line: int | None) -> str:
    said = _("Your code asks with `input()`, but nobody can type here: give the value in the code.")
    return f"{said} " + _("It is on line {line}.").format(line=line) if line else said


def _syntax(error: SyntaxError) -> str:
    if not isinstance(error.lineno, int) or not isinstance(error.text, str | None):
        # It was raised by the code itself.
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


def _cause(error: BaseException) -> str:  # noqa: PLR0911, PLR0912 - a table of causes
    match error:
        case Exception() if re.search("[Tt]oo many ind(exers|ices)", _message(error)):
            return _(
                "There are more positions in the square brackets than it has directions: a table "
                "has rows and columns, one column has rows only."
            )
        case NameError():
            return _(
                "Python does not know that name: check its spelling, and that the code which "
                "defines it has run."
            )
        case KeyError():
            return _nearest_column(_names_in(error), _tables_on_the_way(error)) or _(
                "There is no column or key of that name: check the spelling, capitals and "
                "underscores against `.columns`."
            )
        case AttributeError():
            return _nearest_column([str(error.name)], [error.obj]) or _(
                "That value has no such method or column: what type is it?"
            )
        case ZeroDivisionError():
            return _("Something was divided by zero: can a length or a count be 0 here?")
        case TypeError() if re.search("'method'|'function'", _message(error)):
            return _("A method was not called: are the brackets `()` missing?")
        case TypeError() if "argument" in _message(error):
            return _arguments(_message(error))
        case TypeError():
            return _("A value has another type than this operation needs: look at each one.")
        case ValueError() if "is ambiguous" in _message(error):
            return _(
                "A whole column is neither True nor False: write `&` for and, `|` for or, `~` for "
                "not, with each condition in brackets; in an `if`, ask about one value."
            )
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


_GIVEN = re.compile(
    r"takes (?P<takes>[\w ]*?) (?:positional )?arguments? (?:but (?P<given>\d+)|\((?P<also>\d+))"
)
_LEFT_OUT = re.compile(r"missing \d+ required [\w-]* ?arguments?: (?P<names>.*)")


def _arguments(message: str) -> str:
    """What is wrong with the brackets of a call, from Python's words for it."""
    if found := _GIVEN.search(message):
        given = int(found["given"] or found["also"])
        takes = _("none") if found["takes"] in {"0", "no"} else found["takes"]
        of_object = "." in message.partition("(")[0] and "positional" in message
        return " ".join(
            [
                ngettext("The call gives {n} value;", "The call gives {n} values;", given),
                _("it takes {takes}.").format(takes=takes),
                *([_("(The object before the dot is counted as one.)")] if of_object else []),
            ]
        )
    if found := _LEFT_OUT.search(message):
        return _("The call leaves out what the function needs: {names}.").format(
            names=found["names"].replace("'", "`")
        )
    return _("It was called with other arguments than it takes: compare the brackets.")


def _nearest_column(names: Iterable[str], tables: Sequence[Any]) -> str:
    """The column that was probably meant by a name that a table has not."""
    columns = [str(each) for table in tables if _is_table(table) for each in table.columns]
    for name in names:
        for other in columns:
            if other.casefold() == name.casefold():
                return _(
                    "There is no column `{name}`, but there is `{other}`: capitals matter."
                ).format(name=name, other=other)
        if near := difflib.get_close_matches(name, columns, 1):
            return _("There is no column `{name}`: did you mean `{other}`?").format(
                name=name, other=near[0]
            )
    return ""


def _is_table(value: Any) -> bool:
    kind = type(value)
    return kind.__name__ == "DataFrame" and kind.__module__.startswith("pandas")


def _names_in(error: KeyError) -> list[str]:
    """The names that were not found: pandas lists several of them in one text."""
    said = error.args[0] if error.args else None
    return [said, *re.findall(r"'([^']*)'", said)] if isinstance(said, str) else []


def _tables_on_the_way(error: KeyError) -> list[Any]:
    """What the failing calls were about, the last call first."""
    frames = [frame for frame, _line in traceback.walk_tb(error.__traceback__)]
    return [frame.f_locals.get(name) for frame in reversed(frames) for name in ("self", "obj")]


def _one(error: BaseException) -> str:
    message = _message(error).strip().splitlines()
    text = f"{type(error).__name__}: {message[0]}" if message else type(error).__name__
    return text[:200].replace("`", "'")


def _message(error: BaseException) -> str:
    try:
        with time_limit(1.0):
            return str(error)
    except BaseException:  # a learner's own error may have a faulty __str__
        return ""


def _line_of(error: BaseException) -> int | None:
    """The last line of the learner's own code in the traceback (a notebook's cell or ours)."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename == FILE_NAME or "ipykernel_" in frame.filename
    ]
    return lines[-1] if lines else None
