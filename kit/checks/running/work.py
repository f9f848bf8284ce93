"""Work: what a learner made with code, and running it."""

from __future__ import annotations

import ast
import builtins
import contextlib
import copy
import importlib
import io
import linecache
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any

from kit.checks.check import Check
from kit.checks.running.limits import SECONDS, time_limit

MISSING: Any = type("Missing", (), {"__repr__": lambda _: "MISSING"})()
"""The value of a name that is not defined."""

MAX_OUTPUT = 20_000
FILE_NAME = "<your code>"


@dataclass(frozen=True)
class Work:
    """What a learner made.

    Attributes:
        value: what is under the name that was asked for (a function, a table, a chart), or
            ``MISSING``.
        source: the code that made it, as far as it is known, else "".
        error: what running the source raised, or None.
    """

    value: Any = MISSING
    source: str = ""
    error: BaseException | None = None


@dataclass(frozen=True)
class Run:
    """What running a piece of code did.

    Attributes:
        printed: what it wrote to stdout and stderr, cut at ``MAX_OUTPUT`` characters.
        value: the value of its last line where that is an expression, else ``MISSING``.
        error: what it raised, or None.
        figures: the matplotlib figures that it left open; they are closed now.
    """

    printed: str
    value: Any = MISSING
    error: BaseException | None = None
    figures: tuple[Any, ...] = ()


class NobodyToAsk(Exception):
    """Code called ``input()`` where nobody can type."""


def run_source(source: str, namespace: dict[str, Any], seconds: float = SECONDS) -> Run:
    """Run a learner's code in a namespace, as a notebook cell would, with a time limit."""
    printed = CappedText(MAX_OUTPUT)
    figures: list[Any] = []
    value = MISSING
    try:
        statements, last = _compiled(source)
        _load_pyplot(source)
        with _captured(printed, figures), time_limit(seconds):
            exec(statements, namespace)  # noqa: S102 - a learner's code runs in their kernel
            if last is not None:
                value = eval(last, namespace)  # noqa: S307 - likewise
    except BaseException as error:
        return Run(printed.getvalue(), error=error, figures=tuple(figures))
    return Run(printed.getvalue(), MISSING if value is None else value, figures=tuple(figures))


def run_alone(source: str, name: str, given: Mapping[str, Any]) -> Work:
    """Run a source beside the given names, as the app would in the kernel, and take one name.

    The checks among the names are left out: a source means the learner's ``mean_known``, not
    the check of that name. Each source has copies of its own, so that what it does to a table
    changes nothing for the next.
    """
    namespace = own_names(given)
    run = run_source(source, namespace)
    return Work(namespace.get(name, MISSING), source, run.error)


def own_names(given: Mapping[str, Any]) -> dict[str, Any]:
    """The names of a checks.py for code to run beside: copies, and no checks among them."""
    memo: dict[int, Any] = {}
    return {
        key: _own_copy(value, memo) if not key.startswith("__") else value
        for key, value in given.items()
        if not isinstance(value, Check)
    }


def _own_copy(value: Any, memo: dict[int, Any]) -> Any:
    """A copy where there can be one; a module or an open file is shared."""
    try:
        return copy.deepcopy(value, memo)
    except Exception:
        return value


def call(function: Callable[..., Any], arguments: tuple[Any, ...], seconds: float = SECONDS) -> Run:
    """Call a learner's function with a time limit; what it returns is the ``value``."""
    printed = CappedText(MAX_OUTPUT)
    try:
        with _captured(printed, []), time_limit(seconds):
            value = function(*arguments)
    except BaseException as error:
        return Run(printed.getvalue(), error=error)
    return Run(printed.getvalue(), value)


def _compiled(source: str) -> tuple[CodeType, CodeType | None]:
    """Code objects for the statements, and for a last expression (None where there is none)."""
    tree = ast.parse(source, FILE_NAME)
    # So that a traceback, and inspect.getsource, can show the learner's lines.
    linecache.cache[FILE_NAME] = (len(source), None, source.splitlines(keepends=True), FILE_NAME)
    value = None
    match tree.body:
        case [*_, ast.Expr(value=last)]:
            tree.body.pop()
            value = compile(ast.Expression(last), FILE_NAME, "eval")
    return compile(tree, FILE_NAME, "exec"), value


@contextlib.contextmanager
def _captured(text: CappedText, figures: list[Any]) -> Iterator[None]:
    """Keep what code prints and draws, so that neither reaches a page by itself."""
    ask = builtins.input
    builtins.input = _nobody_answers
    try:
        with contextlib.redirect_stdout(text), contextlib.redirect_stderr(text), _drawn(figures):
            yield
    finally:
        builtins.input = ask


def _load_pyplot(source: str) -> None:
    """Load what a source loads anyway, so that its ``plt.show`` can be replaced before it runs."""
    if "matplotlib" in source:
        with contextlib.suppress(ImportError):
            importlib.import_module("matplotlib.pyplot")


def _nobody_answers(prompt: object = "") -> str:
    raise NobodyToAsk(prompt)


@contextlib.contextmanager
def _drawn(figures: list[Any]) -> Iterator[None]:
    """Take the figures that code leaves open out of pyplot, which would show them in a notebook.

    Figures that are open already are out of the code's reach, so that nothing is drawn on them.
    """
    others = dict(_open_figures())
    show = _replace_show(lambda *_, **__: None)
    try:
        _open_figures().clear()
        yield
    finally:
        _replace_show(show)
        now = _open_figures()
        figures += [manager.canvas.figure for manager in now.values()]
        if now:
            sys.modules["matplotlib.pyplot"].close("all")
        now.update(others)


def _open_figures() -> dict[int, Any]:
    """pyplot's own table of open figures, or an empty one where nothing was drawn yet."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    return helpers.Gcf.figs if helpers else {}


def _replace_show(show: Any) -> Any:
    """Put another ``plt.show`` in place; gives back the one before, None for none."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    before = getattr(pyplot, "show", None)
    if show and before:
        pyplot.show = show
    return before


class CappedText(io.StringIO):
    """Text that stops growing at a size, so that a print in a loop fills no memory."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, text: str) -> int:
        room = self.limit - self.tell()
        if room > 0:
            super().write(text[:room])
            if len(text) > room:
                super().write(f"{os.linesep}...")
        return len(text)
