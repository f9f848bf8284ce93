"""checks.py -> checks by id, or an error that names the file and the line."""

from __future__ import annotations

import ast
import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from kit.checks.check import Check
from kit.errors import CheckError

KINDS = frozenset({"choice", "code", "number", "table", "text"})


def load_checks(path: Path) -> dict[str, Check]:
    """Run a lesson's checks.py and collect its checks, in the order of the file.

    Raises:
        CheckError: the file is missing, is not Python, raises, or names two checks alike; says
            in which line.
    """
    source = _read(path)
    _refuse_repeated_names(source, path)
    module = ModuleType(f"checks of {path.parent.name}")
    module.__file__ = str(path)
    try:
        exec(compile(source, str(path), "exec"), module.__dict__)  # noqa: S102 - the author's file
    except (Exception, SystemExit) as error:
        raise _located(error, path) from error
    return {
        name: replace(value, id=name, namespace=module.__dict__)
        for name, value in vars(module).items()
        if isinstance(value, Check)
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CheckError(
            f"{path} does not exist.", "Restore it: the lesson's notebook asks for its checks."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CheckError(f"{path} cannot be read: {error}.", "Restore it.") from None


def _refuse_repeated_names(source: str, path: Path) -> None:
    lines: dict[str, int] = {}
    for name, line in _named_checks(source, path):
        if name in lines:
            raise CheckError(
                f"{path}, line {line}: the check {name!r} is there twice (first on line "
                f"{lines[name]}).",
                "Give one of them another name: the name is what learners' progress is kept under.",
            )
        lines[name] = line


def _named_checks(source: str, path: Path) -> Iterator[tuple[str, int]]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or "?"
        raise CheckError(
            f"{path}, line {line}: this is not Python: {error}.",
            "Look at that line and the one above it.",
        ) from None
    for node in tree.body:
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id=kind))
            ) if kind in KINDS:
                yield name, node.lineno


def _located(error: BaseException, path: Path) -> CheckError:
    frames = traceback.extract_tb(error.__traceback__)
    line = next((frame.lineno for frame in reversed(frames) if frame.filename == str(path)), "?")
    if isinstance(error, CheckError):
        return CheckError(f"{path}, line {line}: {error.what}", error.mend)
    return CheckError(
        f"{path}, line {line}: {type(error).__name__}: {error}.",
        "Mend that line; the lesson's checks cannot be used before.",
    )
