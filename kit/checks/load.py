"""checks.py -> checks by id, or an error that names the file and the line."""

from __future__ import annotations

import ast
import traceback
from collections.abc import Container, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from kit.checks.check import Check
from kit.checks.running.limits import TimeUp, time_limit
from kit.checks.seal import SEALED_FILE, NotSealed, unseal
from kit.checks.variants import Family
from kit.errors import CheckError
from kit.words import _

SECONDS = 30.0
"""What a checks.py may take; reading a lesson's data takes a fraction of it."""


def load_checks(path: Path) -> dict[str, Check]:
    """Run a lesson's checks.py and collect its checks, in the order of the file.

    In a student's edition a sealed file stands in its place (see ``seal``).

    Raises:
        CheckError: the file is missing, is not Python, raises, or names two checks alike; says
            in which line.
    """
    tree = _parsed(_read(path), path)
    module = ModuleType(f"checks of {path.parent.name}")
    module.__file__ = str(path)
    try:
        with time_limit(SECONDS):
            exec(compile(tree, str(path), "exec"), module.__dict__)  # noqa: S102 - the author's file
    except (Exception, SystemExit, KeyboardInterrupt, TimeUp) as error:
        raise _located(error, path) from error
    named = {
        name: value for name, value in vars(module).items() if isinstance(value, Check | Family)
    }
    _refuse_repeated_names(tree, named, path)
    try:
        return {name: _as_check(value, name, module) for name, value in named.items()}
    except Exception as error:
        raise _located(error, path) from error


def _as_check(value: Check | Family, name: str, module: ModuleType) -> Check:
    own = replace(value, id=name, namespace=module.__dict__)
    return own.variant(0) if isinstance(own, Family) else own


def _read(path: Path) -> str:
    sealed = path.with_name(SEALED_FILE)
    try:
        if sealed.exists() and not path.exists():
            return unseal(sealed.read_bytes())
        return path.read_text(encoding="utf-8")
    except NotSealed as error:
        raise CheckError(
            _("{path} cannot be read: {error}.").format(path=sealed, error=error),
            _("Take that file from the course again; your progress is not in it."),
        ) from None
    except FileNotFoundError:
        raise CheckError(
            _("{path} does not exist.").format(path=path),
            _("Restore it: the lesson's notebook asks for its checks."),
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise CheckError(
            _("{path} cannot be read: {error}.").format(path=path, error=error), _("Restore it.")
        ) from None


def _parsed(source: str, path: Path) -> ast.Module:
    try:
        return ast.parse(source, str(path))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or "?"
        raise CheckError(
            _("{path}, line {line}: this is not Python: {error}.").format(
                path=path, line=line, error=error
            ),
            _("Look at that line and the one above it."),
        ) from None


def _refuse_repeated_names(tree: ast.Module, checks: Container[str], path: Path) -> None:
    lines: dict[str, int] = {}
    for name, line in _assigned_names(tree):
        if name in lines and name in checks:
            raise CheckError(
                _(
                    "{path}, line {line}: the check {name!r} is there twice "
                    "(first on line {first})."
                ).format(path=path, line=line, name=name, first=lines[name]),
                _(
                    "Give one of them another name: the name is what learners' progress is "
                    "kept under."
                ),
            )
        lines.setdefault(name, line)


def _assigned_names(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Names that the file itself gives, with their lines; not where one is made of itself."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node.lineno
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            used = {each.id for each in ast.walk(node.value) if isinstance(each, ast.Name)}
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for each in (part for target in targets for part in ast.walk(target)):
                if isinstance(each, ast.Name) and each.id not in used:
                    yield each.id, node.lineno


def _located(error: BaseException, path: Path) -> CheckError:
    frames = traceback.extract_tb(error.__traceback__)
    inside = [frame.lineno for frame in frames if frame.filename == str(path)]
    line = inside[-1] if inside else getattr(error, "lineno", None) or "?"
    if isinstance(error, CheckError):
        return CheckError(
            _("{path}, line {line}: {what}").format(path=path, line=line, what=error.what),
            error.mend,
        )
    if isinstance(error, TimeUp):
        return CheckError(
            _("{path}, line {line}: still running after {seconds:g} seconds.").format(
                path=path, line=line, seconds=SECONDS
            ),
            _("Is there a loop that never ends?"),
        )
    return CheckError(
        _("{path}, line {line}: {kind}: {error}.").format(
            path=path, line=line, kind=type(error).__name__, error=error
        ),
        _("Mend that line; the lesson's checks cannot be used before."),
    )
