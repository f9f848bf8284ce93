"""Mutants: a solution with one small mistake put in, as a learner might make it.

A check that passes a mutant does not see that mistake. Each mutant differs from the solution in
one place: an operator, a comparison, a constant, a bound, a call left out, arguments swapped, a
condition turned round, or one method in the place of another.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
"""No swap makes numbers or texts so large that the time limit would be needed."""

NOT_COMMUTATIVE = (ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,),
}  # fmt: skip

NAMES = {
    "mean": "median", "median": "mean", "sum": "count", "count": "nunique", "nunique": "count",
    "size": "count", "min": "max", "max": "min", "idxmin": "idxmax", "idxmax": "idxmin",
    "std": "var", "var": "std", "first": "last", "last": "first", "head": "tail", "tail": "head",
    "any": "all", "all": "any", "isna": "notna", "notna": "isna", "isnull": "notnull",
    "nlargest": "nsmallest", "nsmallest": "nlargest", "ffill": "bfill", "bfill": "ffill",
    "upper": "lower", "lower": "upper", "startswith": "endswith", "endswith": "startswith",
    "scatter": "plot", "bar": "barh", "barh": "bar", "set_xlabel": "set_ylabel",
    "set_ylabel": "set_xlabel", "inner": "left", "left": "inner", "outer": "inner",
    "right": "left", "floor": "ceil", "ceil": "floor", "append": "insert",
}  # fmt: skip
"""Methods, functions, and names of them in texts, as in ``agg("mean")`` or ``how="left"``."""

LEFT_ALONE = {
    "color", "c", "alpha", "edgecolor", "facecolor", "linewidth", "lw", "linestyle", "ls",
    "marker", "markersize", "s", "figsize", "layout", "dpi", "fontsize", "frameon", "rotation",
    "cmap", "zorder", "loc", "validate",
}  # fmt: skip
"""Keywords that change how a drawing looks and not what it says, or that only make sure."""

NAMES_OF_ASPECTS = {
    "labels": {"xlabel", "ylabel", "set_xlabel", "set_ylabel"},
    "title": {"title", "set_title", "suptitle"},
    "limits": {"xlim", "ylim", "set_xlim", "set_ylim", "axis", "margins"},
    "legend": {"legend", "label", "labels"},
    "order": {"sort_values", "sort_index", "sorted", "invert_xaxis", "invert_yaxis"},
}
"""Calls and keywords of what a check may compare in a drawing, or may leave out."""

SYMMETRIC = {"max", "min", "gcd", "isclose", "print"}
"""Functions whose arguments may stand in any order."""

MODULES = {"pd", "np", "plt", "math", "random", "st"}
"""What stands before a dot and is no value that a call could be left out of."""


@dataclass(frozen=True)
class Mutant:
    """A solution with one mistake.

    Attributes:
        source: the whole code.
        line: what the changed line (or lines) became, in Python's own layout and on one line; a
            line that was left out is there as a comment.
        was: the same of the solution.
    """

    source: str
    line: str
    was: str


def mutants_of(source: str, *, keep_last: bool, compared: Iterable[str] = ()) -> list[Mutant]:
    """The mutants of a solution, each once, in the order of its lines.

    Args:
        source: valid Python.
        keep_last: the last line of the code, where it is an expression, only shows something
            and is left as it is.
        compared: of a drawing, the aspects that count; the others are left as they are.
    """
    others = set(NAMES_OF_ASPECTS) - set(compared)
    left_alone = frozenset(
        LEFT_ALONE.union(*(NAMES_OF_ASPECTS[each] for each in others if compared))
    )
    tree = ast.parse(source)
    last = tree.body[-1] if tree.body else None
    kept = last if keep_last and isinstance(last, ast.Expr) else None
    original = ast.unparse(tree)
    found: dict[str, Mutant] = {}
    for place in _places(tree, kept, left_alone):
        for mutated in _mutated(tree, place):
            if mutated != original and mutated not in found:
                found[mutated] = Mutant(mutated, *_difference(original, mutated))
    return list(found.values())


def is_line(written: str, line: str) -> bool:
    """Whether an author's text names this line of a mutant; quotes and spaces do not matter."""
    return _plain(written) == _plain(line)


@dataclass(frozen=True)
class _Place:
    """Where in the tree a node stands, so that another can be put there."""

    parent: ast.AST
    field: str
    index: int | None
    left_alone: frozenset[str]

    def get(self) -> Any:
        value = getattr(self.parent, self.field)
        return value if self.index is None else value[self.index]

    def put(self, node: Any) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def _places(node: ast.AST, kept: ast.AST | None, left_alone: frozenset[str]) -> Iterator[_Place]:
    """All places below a node, without annotations and what is left alone."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns"}:
            continue
        several = isinstance(value, list)
        for index, child in enumerate(value if several else [value]):
            called = _called(child)
            if not isinstance(child, ast.AST) or child is kept or called in left_alone:
                if isinstance(child, ast.Call):  # what stands before its dot is not left alone
                    yield from _places(child.func, kept, left_alone)
                continue
            yield _Place(node, name, index if several else None, left_alone)
            yield from _places(child, kept, left_alone)


def _called(node: object) -> str | None:
    """The name of a keyword, or of the function that is called."""
    match node:
        case ast.keyword(arg=str(name)):
            return name
        case ast.Expr(value=ast.Call() as call):
            return _called(call)
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name
    return None


def _mutated(tree: ast.Module, place: _Place) -> Iterator[str]:
    """The code with each of the mistakes that the node at a place can have."""
    node = place.get()
    for change in CHANGES:
        for other in change(node, place):
            place.put(other)
            yield ast.unparse(tree)
            place.put(node)


def _operators(node: Any, _place: _Place) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            if type(op) in OPERATORS:
                yield ast.BinOp(left, OPERATORS[type(op)](), right)
            if isinstance(op, NOT_COMMUTATIVE):
                yield ast.BinOp(right, op, left)
        case ast.AugAssign(target=target, op=op, value=value) if type(op) in OPERATORS:
            yield ast.AugAssign(target, OPERATORS[type(op)](), value)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.UnaryOp(op=op, operand=operand) if not isinstance(op, ast.UAdd):
            yield operand


def _comparisons(node: Any, _place: _Place) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=comparators):
            for other in COMPARISONS[type(op)]:
                yield ast.Compare(left, [other()], comparators)


def _constants(node: Any, place: _Place) -> Iterator[ast.expr]:
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value + 1)
            if value > 1:
                yield ast.Constant(value - 1)
        case ast.Constant(value=str(value)) if isinstance(place.parent, ast.Compare):
            yield ast.Constant(f"{value}_")


def _bounds(node: Any, place: _Place) -> Iterator[ast.expr]:
    """One too many or too few: in slices, ``range`` and ``len``."""
    is_bound = isinstance(place.parent, ast.Slice) or _is_call_of(place.parent, "range")
    if is_bound and place.field != "func" and not isinstance(node, ast.Constant):
        yield ast.BinOp(node, ast.Add(), ast.Constant(1))
    if _is_call_of(node, "len"):
        yield ast.BinOp(node, ast.Sub(), ast.Constant(1))


def _dropped(node: Any, place: _Place) -> Iterator[ast.AST]:
    """Calls and keywords left out."""
    match node:
        case ast.Call() if isinstance(place.parent, ast.Expr):
            pass  # the whole line is left out
        case ast.Expr(value=ast.Call(func=func)) if not ast.unparse(func).endswith("show"):
            yield ast.Pass()
        case ast.Call(func=ast.Attribute(value=value)) if ast.unparse(value) not in MODULES:
            yield value
        case ast.Call(args=[only]):
            yield only
    match node:
        case ast.Call(func=func, args=args, keywords=keywords):
            for keyword in keywords:
                if keyword.arg not in place.left_alone:
                    yield ast.Call(func, args, [each for each in keywords if each is not keyword])


def _swapped(node: Any, _place: _Place) -> Iterator[ast.expr]:
    match node:
        case ast.Call(func=func, args=[first, second, *rest], keywords=keywords):
            if ast.unparse(func).rpartition(".")[2] not in SYMMETRIC:
                yield ast.Call(func, [second, first, *rest], keywords)


def _conditions(node: Any, place: _Place) -> Iterator[ast.expr]:
    """Conditions turned round: of ``if`` and ``while``, and in brackets behind a table."""
    if place.field == "test" or (place.field == "ifs" and isinstance(node, ast.expr)):
        yield ast.UnaryOp(ast.Not(), node)
    is_filter = isinstance(place.parent, ast.Subscript) and place.field == "slice"
    is_mask = isinstance(node, ast.Compare | ast.Name | ast.Call) or (
        isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr)
    )
    if is_filter and is_mask:
        yield ast.UnaryOp(ast.Invert(), node)


def _names(node: Any, _place: _Place) -> Iterator[ast.expr]:
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr=name), args=args, keywords=keywords):
            if name in NAMES:
                other = ast.Attribute(value, NAMES[name], ast.Load())
                yield ast.Call(other, args, keywords)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
            if name in {"min", "max", "any", "all"}:
                yield ast.Call(ast.Name(NAMES[name], ast.Load()), args, keywords)
        case ast.Constant(value=str(name)) if name in NAMES:
            yield ast.Constant(NAMES[name])


CHANGES: tuple[Callable[[Any, _Place], Iterator[ast.AST]], ...] = (
    _operators, _comparisons, _constants, _bounds, _dropped, _swapped, _conditions, _names,
)  # fmt: skip


def _is_call_of(node: object, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _difference(original: str, mutated: str) -> tuple[str, str]:
    """What the lines that differ became, and what they were; each on one line."""
    new, old = mutated.splitlines(), original.splitlines()
    while new and old and new[0] == old[0]:
        del new[0], old[0]
    while new and old and new[-1] == old[-1]:
        del new[-1], old[-1]
    line, was = (" ".join(map(str.strip, lines)) for lines in (new, old))
    return (f"# {was}" if line == "pass" else line), was


def _plain(line: str) -> str:
    return re.sub(r"\s+", " ", line.replace('"', "'")).strip()
