"""What simulated learners write into an assignment: right or wrong, each in their own style."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from functools import cache
from random import Random

from kit.authoring.lint.mutants import mutants_of

_SOLUTION = re.compile(
    r"^[ \t]*### BEGIN SOLUTION\n(?P<solution>.*?)^[ \t]*### END SOLUTION\n?",
    re.DOTALL | re.MULTILINE,
)
_NAMES = {
    0: ("rows", "result", "answer", "found", "out", "mine", "data", "part", "chosen", "final"),
    1: ("condition", "mask", "keep", "wanted", "fits", "first", "a", "flags", "which", "ok"),
    2: ("other", "second", "b", "also", "both", "more", "test2", "again", "rest", "next_one"),
    3: ("third", "c", "last", "extra", "step3", "temp", "x", "helper", "side", "w"),
}
_COMMENTS = (
    "# I looked this up in the lesson",
    "# keep what fits",
    "# not sure about this line",
    "# step by step",
    "# check again later",
)
STUB = "# YOUR CODE HERE\nraise NotImplementedError()\n"


def solution_of(source: str) -> str:
    """A source cell as its author solves it, without the marks around the solution."""
    return _SOLUTION.sub(lambda match: match["solution"], source)


def stub_of(source: str) -> str:
    """A source cell as students get it."""

    def stub(match: re.Match[str]) -> str:
        solution = match["solution"]
        indent = solution[: len(solution) - len(solution.lstrip(" "))]
        return "".join(f"{indent}{line}\n" for line in STUB.splitlines())

    return _SOLUTION.sub(stub, source)


@cache
def mistakes_in(solution: str) -> Sequence[str]:
    """The solution with one small mistake each, as ``kit lint`` makes them; none of what is no
    Python.
    """
    try:
        return [each.source for each in mutants_of(solution, keep_last=True)]
    except SyntaxError:
        return []


def with_mistake(solution: str, random: Random) -> str:
    """The solution with a mistake; some are made more often than others."""
    mistakes = mistakes_in(solution)
    if not mistakes:
        return solution
    return random.choices(mistakes, [1 / (1 + place) for place in range(len(mistakes))])[0]


def in_own_style(code: str, random: Random) -> str:
    """The same code as another person would write it."""
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return code
    tree = ast.fix_missing_locations(_Style(tree, random).visit(tree))
    lines = ast.unparse(tree).splitlines()
    if random.random() < 0.5:  # noqa: PLR2004
        place = random.randrange(len(lines))
        indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
        lines.insert(place, indent + random.choice(_COMMENTS))
    return "\n".join(lines) + "\n"


class _Style(ast.NodeTransformer):
    """Other names for what a function assigns, operands the other way round, steps of their own."""

    def __init__(self, tree: ast.Module, random: Random) -> None:
        self._random = random
        inner = [
            node.id
            for function in ast.walk(tree)
            if isinstance(function, ast.FunctionDef)
            for node in ast.walk(function)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        names = list(dict.fromkeys(inner))
        self._names = {
            name: random.choice(_NAMES[place % len(_NAMES)]) + (str(place) if place > 3 else "")  # noqa: PLR2004
            for place, name in enumerate(names)
        }
        self._turns = random.random()

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(self._names.get(node.id, node.id), node.ctx)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.BitAnd | ast.BitOr) and self._random.random() < self._turns:
            node.left, node.right = node.right, node.left
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        others = {"isna": "isnull", "notna": "notnull"}
        if node.attr in others and self._random.random() < 0.3:  # noqa: PLR2004
            node.attr = others[node.attr]
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        is_loc = isinstance(node.value, ast.Attribute) and node.value.attr == "loc"
        if is_loc and not isinstance(node.slice, ast.Tuple) and self._random.random() < self._turns:
            assert isinstance(node.value, ast.Attribute)  # noqa: S101 - for types
            node.value = node.value.value
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        last = node.body[-1]
        if isinstance(last, ast.Return) and last.value and self._random.random() < self._turns:
            name = self._random.choice(("result", "answer", "out", "res", "r", "table_out"))
            node.body[-1:] = [
                ast.Assign([ast.Name(name, ast.Store())], last.value),
                ast.Return(ast.Name(name, ast.Load())),
            ]
        return node


_SENTENCES = (
    "{Look} at the table first: one row is one {thing}, and {many} of them have a gap.",
    "I {count} {n} rows {without} a value in the column that {matters}.",
    "The largest number is {n}, the smallest {m}, and most lie {between}.",
    "What {surprised} me is that the gaps {are} spread evenly over the groups.",
    "{So} the mean of {n}.{m} says {little} about a single {thing}.",
    "With the median instead, {n} becomes {m}, so a few {extreme} values {pull} the mean.",
    "{Compare} like with like: within each group the difference is {small}.",
    "Nobody {knows} why {n} values are missing, and the comments {help} for {m} of them.",
    "{If} one counts a gap as a zero, the result is wrong by {n} percent.",
    "The chart {shows} {many} dots near {n}, and {hardly} any beyond {m}.",
    "My claim holds for {n} of {m} groups, {but} not for the one with the fewest rows.",
    "These data {cannot} tell what happened {before} the first of these {n} rows.",
    "{Also}, it was measured only {once}, in one place, so I would {not} say more than that.",
    "In {n} cases the test {failed}, and these {thing}s are left out of every count above.",
    "A reader {should} know that {n} rows were {dropped} before I drew the chart.",
    "The {extreme} group has {n} rows, too few to {say} much about its mean of {m}.",
    "{Look} at row {n}: its value is {extreme}, and I {think} it is a slip of the pen.",
    "Between {n} and {m} the two groups {overlap}, so one number does not tell them apart.",
)
_SLOTS = {
    "Look": ("Look", "One should look", "I looked", "Let us look", "We look"),
    "thing": ("bird", "flight", "month", "case", "observation"),
    "many": ("many", "quite a few", "a dozen", "several", "a good part"),
    "count": ("count", "counted", "find", "found", "get"),
    "without": ("without", "that lack", "missing", "which do not have"),
    "matters": ("matters here", "the question is about", "we need", "I used"),
    "between": ("between them", "in the middle", "near the lower end", "not far from the mean"),
    "surprised": ("surprised", "puzzled", "struck", "worried"),
    "are": ("are not", "are hardly", "are by no means", "are far from being"),
    "So": ("So", "Therefore", "That is why", "This means that"),
    "little": ("little", "not much", "next to nothing", "less than it seems"),
    "extreme": ("extreme", "very large", "unusual", "odd"),
    "pull": ("pull up", "move", "spoil", "drive"),
    "Compare": ("Compare", "I compared", "One must compare", "We compared"),
    "small": ("small", "hardly there", "only half as large", "gone"),
    "knows": ("knows", "can say", "wrote down", "recorded"),
    "help": ("help", "explain it", "give a reason", "say something"),
    "If": ("If", "When", "As soon as", "Whenever"),
    "shows": ("shows", "has", "contains", "displays"),
    "hardly": ("hardly", "scarcely", "almost not", "barely"),
    "but": ("but", "though", "yet", "and"),
    "cannot": ("cannot", "do not", "could never", "are not able to"),
    "before": ("before", "after", "long before", "outside of"),
    "Also": ("Also", "Besides", "What is more", "In addition"),
    "once": ("once", "one time", "on a single day", "in one season"),
    "not": ("not", "never", "rather not", "hardly"),
    "failed": ("failed", "gave nothing", "did not work", "was not done"),
    "should": ("should", "must", "ought to", "needs to"),
    "dropped": ("dropped", "left out", "removed", "taken away"),
    "say": ("say", "conclude", "learn", "claim"),
    "think": ("think", "guess", "believe", "suppose"),
    "overlap": ("overlap", "mix", "cannot be told apart", "share most values"),
}


def own_words(random: Random, sentences: int) -> str:
    """A short report about nothing, in so many sentences."""
    frames = random.sample(_SENTENCES, min(sentences, len(_SENTENCES)))

    def filled(frame: str) -> str:
        slots = {name: random.choice(words) for name, words in _SLOTS.items()}
        numbers = {"n": random.randint(2, 344), "m": random.randint(2, 99)}
        return frame.format(**slots, **numbers)

    return " ".join(map(filled, frames))


def disguised(text: str, random: Random) -> str:
    """Somebody else's text with a few words changed."""
    words = text.split(" ")
    for _ in range(max(1, len(words) // 25)):
        place = random.randrange(len(words))
        words[place] = random.choice(("really", "also", "then", "perhaps", "mostly"))
    return " ".join(words)
