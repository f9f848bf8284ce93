"""Constructs: what code is written with, such as a loop, a comprehension or a call of ``len``.

An author names one by a word of ``WORDS``, or by a piece of code in which ``_`` is anything and
``...`` any arguments or lines: ``"_.iterrows(...)"``, ``"len(_)"``, ``"for _ in range(...): ..."``.
"""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kit.errors import CheckError
from kit.words import _

WORDS: dict[str, tuple[type[ast.AST], ...]] = {
    "for": (ast.For, ast.AsyncFor),
    "while": (ast.While,),
    "if": (ast.If, ast.IfExp),
    "lambda": (ast.Lambda,),
    "import": (ast.Import, ast.ImportFrom),
    "try": (ast.Try, ast.TryStar),
    "comprehension": (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
}
EXAMPLES = {
    "for": "for mass in masses: print(mass)",
    "while": "while total < 100: total += 1",
    "if": "if mass > 5000: print(mass)",
    "lambda": "masses.map(lambda mass: mass / 1000)",
    "import": "import math",
    "try": "try: mass = float(text)\nexcept ValueError: mass = 0",
    "comprehension": "[mass / 1000 for mass in masses]",
    "len(_)": "total / len(masses)",
    "_.sum(...)": 'penguins["mass"].sum(skipna=False)',
    "_.iterrows(...)": "rows = list(penguins.iterrows())",
    "_.groupby(...).mean()": 'penguins.groupby("species").mean()',
    "for _ in range(...): ...": "for i in range(2, 9): print(i)",
    "_[_]": 'penguins["mass"]',
    "_ | _": "is_heavy | is_old",
    "_ != np.nan": "masses != np.nan",
}
"""Each word, and some pieces of code, with code that is written with it."""
UNSEEN = ("ctx", "kind", "type_comment")
"""Parts of a piece of code that say nothing of how it is written."""


@dataclass(frozen=True, eq=False)
class Pattern:
    """A rule's key that fits code by how it is written; see ``pattern``."""

    construct: str
    example: str

    def __post_init__(self) -> None:
        need_construct(self.construct)


def pattern(construct: str, *, example: str) -> Pattern:
    """A key of ``wrong`` that fits code which is written with a construct.

    Args:
        construct: a word (for, while, if, lambda, import, try, comprehension), or one line of code
            in which ``_`` is anything and ``...`` any arguments or lines, such as
            ``"_.iterrows(...)"``.
        example: a wrong source that it fits; the course's tests give it.
    """
    return Pattern(construct, example)


def need_construct(construct: object) -> None:
    """Refuse what names no construct.

    Raises:
        CheckError: says what does.
    """
    if not isinstance(construct, str) or _model(construct) is None:
        raise CheckError(
            _("{construct!r} is no construct that code can be written with.").format(
                construct=construct
            ),
            _(
                "Give one of {words}; or one line of code in which `_` is anything and `...` any "
                'arguments, such as "_.iterrows(...)".'
            ).format(words=", ".join(WORDS)),
        )


def is_written_with(construct: str, source: str, name: str) -> bool | None:
    """Whether the code that makes a name is written with a construct.

    Looks at the statements that make the name and at those that make what they use, not at what
    else stands there, such as a loop that tries the function out. None where the source is not
    known, or is not Python.
    """
    tree = _parsed(source)
    if tree is None or not tree.body:
        return None
    parts = list(_makers(tree, name)) or tree.body
    nodes = (node for part in parts for node in ast.walk(part))
    if construct in WORDS:
        return any(isinstance(node, WORDS[construct]) for node in nodes)
    model = _model(construct)
    return any(_fits(model, node) for node in nodes)


def makes(source: str, name: str) -> bool:
    """Whether a source makes a name by itself, however it does that."""
    tree = _parsed(source)
    return tree is not None and any(name in _made_by(each) for each in tree.body)


def _parsed(source: str) -> ast.Module | None:
    try:
        return ast.parse(textwrap.dedent(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _model(construct: str) -> Any:
    """What to look for: a word, or the tree of a piece of code; None where it is neither."""
    if construct in WORDS:
        return construct
    tree = _parsed(construct)
    match tree.body if tree else []:
        case [ast.Expr(value=value)]:
            return value
        case [statement]:
            return statement
    return None


def _makers(tree: ast.Module, name: str) -> Iterator[ast.stmt]:
    """The statements that make a name, and those that make what they use."""
    wanted, seen = [name], {name}
    left = list(tree.body)
    while wanted:
        now = wanted.pop()
        for statement in [each for each in left if now in _made_by(each)]:
            left.remove(statement)
            yield statement
            used = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
            wanted += used - seen
            seen |= used


def _made_by(statement: ast.stmt) -> set[str]:
    """The names that a statement gives a value, in a function's body those of others."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    names = set()
    for node in ast.walk(statement):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.alias(name=name, asname=other):
                names.add(other or name.partition(".")[0])
    return names


def _fits(model: Any, node: Any) -> bool:  # noqa: PLR0911 - a table of forms
    """Whether a piece of code has the form of a model."""
    match model:
        case ast.Name(id="_"):
            return isinstance(node, ast.expr)
        case ast.Constant() if _is_dots(model):
            return isinstance(node, ast.expr)
        case ast.Constant(value=value):
            return isinstance(node, ast.Constant) and _is_equal(value, node.value)
        case ast.Call():
            return isinstance(node, ast.Call) and _fits_call(model, node)
        case ast.AST():
            return type(model) is type(node) and all(
                _fits(getattr(model, part), getattr(node, part))
                for part in model._fields
                if part not in UNSEEN
            )
        case list():
            return isinstance(node, list) and _fits_list(model, node)
    return bool(model == node) or (model == "_" and isinstance(node, str))


def _is_equal(value: Any, other: Any) -> bool:
    """Whether two constants are one: 0 is 0.0, but not False."""
    return bool(value == other) and isinstance(value, bool) is isinstance(other, bool)


def _fits_call(model: ast.Call, node: ast.Call) -> bool:
    named = {each.arg: each.value for each in model.keywords}
    given = {each.arg: each.value for each in node.keywords}
    return (
        _fits(model.func, node.func)
        and _fits_list(model.args, node.args)
        and (any(map(_is_dots, model.args)) or given.keys() == named.keys())
        and all(name in given and _fits(value, given[name]) for name, value in named.items())
    )


def _fits_list(models: list[Any], nodes: list[Any]) -> bool:
    if not models:
        return not nodes
    first, *others = models
    if _is_dots(first):
        return any(_fits_list(others, nodes[n:]) for n in range(len(nodes) + 1))
    return bool(nodes) and _fits(first, nodes[0]) and _fits_list(others, nodes[1:])


def _is_dots(model: Any) -> bool:
    """Whether it is ``...``, among arguments or as a line."""
    value = model.value if isinstance(model, ast.Expr) else model
    return isinstance(value, ast.Constant) and value.value is Ellipsis
