"""Writes docs/checks.md from the code: what each kind takes, and what is tested of it.

python -m docs.make_checks
"""

from __future__ import annotations

import dataclasses
import inspect
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kit import checks
from kit.checks.running.constructs import EXAMPLES
from tests.test_every_kind import matrix

PAGE = Path(__file__).with_name("checks.md")
FACTORIES: dict[str, list[Callable[..., Any]]] = {
    "choice": [checks.choice, checks.right, checks.wrong],
    "number": [checks.number],
    "text": [checks.text],
    "blanks": [checks.blanks, checks.gap],
    "order": [checks.order],
    "match": [checks.match],
    "code": [checks.code, checks.case, checks.holds],
    "table": [checks.table],
    "plot": [checks.plot],
    "reflect": [checks.reflect],
    "In any kind": [checks.called, checks.when, checks.pattern, checks.variants],
}
HEAD = """\
# Checks

Written by `make docs` from the code; a test holds it to that. Each kind is shown at work in the
gallery: `kit start`, then `/kit/gallery`; and written down, to be copied, in
[its checks.py](../kit/apps/gallery_course/every-kind/checks.py).

## What every kind takes

{common}

## What is tested

Each mark is a test in a real Chromium (`tests/test_every_kind.py`), run by `make test`. *Key not in
the browser*: after a wrong answer nothing of the right one is in any page, script or message.
*Restored*: after `kill -9` of kernel and server. *Variants*: "Another one" asks something else and
is judged by itself.

{matrix}
"""
CONSTRUCTS = """\
## Constructs

What code is written with, for `uses` and `avoids` of `code` and for `pattern`: a word, or one line
of code in which `_` is anything and `...` any arguments or lines. `if` is also the one within an
expression, and `comprehension` that of a list, a set, a dictionary or a generator. Only the code
that makes the function or the variable is looked at, and what that uses: not, say, a loop that
tries it out.

| construct | code that is written with it |
|---|---|
{examples}
"""
NEEDED = "needed"
LINKS = {
    "see ``Check``": "see [what every kind takes](#what-every-kind-takes)",
    "see ``pattern``": "see [constructs](#constructs)",
}
"""What stands on this page of the places that the docstrings name."""


def page() -> str:
    """The whole text."""
    common = _table(
        _described(inspect.getdoc(checks.Check) or "", "Attributes"), _defaults_of_all()
    )
    parts = [HEAD.format(common=common, matrix=matrix())]
    for title, factories in FACTORIES.items():
        parts.append(f"## {title}\n")
        parts.extend(_section(factory) for factory in factories)
    parts.append(CONSTRUCTS.format(examples="\n".join(_examples())))
    return "\n".join(parts).rstrip() + "\n"


def _section(factory: Callable[..., Any]) -> str:
    doc = inspect.getdoc(factory) or ""
    first, _, rest = doc.partition("\n")
    more = rest.split("\nArgs:")[0].strip()
    table = _table(_described(doc, "Args"), _defaults(factory))
    signature = f"`{factory.__name__}({', '.join(inspect.signature(factory).parameters)})`"
    return "\n\n".join(part for part in (f"{signature}: {first}", more, table) if part) + "\n"


def _described(doc: str, section: str) -> Iterator[tuple[str, str]]:
    """Names and their descriptions of a section of a docstring."""
    found = re.search(rf"^{section}:\n((?:[ ]+.*\n?|\n(?=[ ]))+)", doc, re.MULTILINE)
    for entry in re.split(r"\n(?=    \S)", found[1].rstrip()) if found else ():
        name, _, words = entry.strip().partition(":")
        yield name, " ".join(words.split())


def _defaults(factory: Callable[..., Any]) -> dict[str, str]:
    """What each argument is where it is left out, in Markdown."""
    return {
        name: {each.VAR_POSITIONAL: "any number", each.VAR_KEYWORD: ""}.get(
            each.kind, NEEDED if each.default is each.empty else _written(each.default)
        )
        for name, each in inspect.signature(factory).parameters.items()
    }


def _defaults_of_all() -> dict[str, str]:
    """Those of what every kind takes."""
    nothing = dataclasses.MISSING
    return {
        each.name: _written(each.default_factory())
        if each.default_factory is not nothing
        else NEEDED
        if each.default is nothing
        else _written(each.default)
        for each in dataclasses.fields(checks.Check)
    }


def _written(value: Any) -> str:
    return f"`{json.dumps(value) if isinstance(value, str) else repr(value)}`"


def _examples() -> Iterator[str]:
    for construct, example in EXAMPLES.items():
        code = "<br>".join(f"`{line}`" for line in example.split("\n"))
        yield f"| {_cell(f'`{construct}`')} | {_cell(code)} |"


def _table(rows: Iterator[tuple[str, str]], defaults: dict[str, str]) -> str:
    """Each argument, or several that are told of together, what it is by default, and its words."""
    lines = []
    for names, words in rows:
        given = ", ".join(filter(None, (defaults[name] for name in names.split(", "))))
        lines.append(f"| `{names}` | {_cell(given)} | {_cell(words)} |")
    head = ["| argument | default | |", "|---|---|---|"]
    return "\n".join([*head, *lines]) if lines else ""


def _cell(words: str) -> str:
    for place, link in LINKS.items():
        words = words.replace(place, link)
    return words.replace("``", "`").replace("|", r"\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
