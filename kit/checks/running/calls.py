"""Calls of a learner's function: whether what came is right, and both in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Any

from kit.checks.compare import same, short, shown
from kit.checks.quote import as_code
from kit.checks.running.explain import explain, misfit
from kit.checks.running.work import Run, call
from kit.words import _


def is_same_value(got: Any, expected: Any, tolerance: float) -> bool:
    """As ``same``, of what a learner's function gave: that may have a faulty ``==``."""
    run = call(same, (got, expected, tolerance))
    if run.error:
        same(expected, expected, tolerance)  # where that fails too, the check is at fault
    return not run.error and bool(run.value)


def are_alike(runs: Sequence[Run], others: Sequence[Run], tolerance: float) -> bool:
    """Whether the same calls of two functions came to the same."""
    return all(
        type(run.error) is type(other.error)
        and (bool(run.error) or is_same_value(run.value, other.value, tolerance))
        for run, other in zip(runs, others, strict=True)
    )


def call_words(name: str, arguments: Sequence[Any]) -> str:
    """A call as inline code: ``share([1, 2])``."""
    return as_code(f"{name}({', '.join(short(one) for one in arguments)})")


def came_words(name: str, arguments: Sequence[Any], run: Run) -> str:
    """What came of a call."""
    made = call_words(name, arguments)
    if run.error:
        return _("{call} did not come back. {cause}").format(call=made, cause=explain(run.error))
    return _("{call} gave {got}.").format(call=made, got=shown(run.value))


def wrong_words(
    function: Callable[..., Any], made: str, arguments: Sequence[Any], run: Run, expected: Any
) -> str:
    """What came of a call, where something else was expected.

    Args:
        function: the learner's.
        made: the call in words.
        arguments: the call's.
        run: what came of it.
        expected: what was expected.
    """
    if run.error:
        about = misfit(function, arguments) if isinstance(run.error, TypeError) else ""
        return _("{call} did not come back. {cause}").format(
            call=made, cause=explain(run.error, about)
        )
    if run.value is None:
        return _(
            "{call} gave nothing back (`None`); {expected} was expected. Is the `return` missing?"
        ).format(call=made, expected=shown(expected))
    if run.value is Ellipsis or run.value is NotImplemented:
        return _("{call} gave back the `...` of the start.").format(call=made)
    said = _("{call} gave {got}; {expected} was expected.").format(
        call=made, got=shown(run.value), expected=shown(expected)
    )
    return f"{said} {_where(run.value, expected)}".strip()


def _where(got: Any, expected: Any) -> str:
    """Where two values of one kind differ, if that does not show in a line."""
    kind = type(expected).__name__
    if kind in {"DataFrame", "Series"} and type(got).__name__ == kind:
        from kit.checks.tables.frames import difference

        run = call(lambda: difference(got, expected, index_names=False), ())
        return run.value or ""
    if shown(got) != shown(expected):
        return ""
    if type(got) in {str, list, tuple} and type(got) is type(expected):
        for place, one, other in zip(count(), got, expected, strict=False):
            if not is_same_value(one, other, 0):
                return _("At position {n} (the first is 0) there is {got}, not {expected}.").format(
                    n=place, got=shown(one), expected=shown(other)
                )
        return _("Yours has {got} items, not {n}.").format(got=len(got), n=len(expected))
    return _("They look alike here, but differ further on, or in their type.")
