"""Writes docs/checks.md from the code: what each kind takes, and what is tested of it.

python -m docs.make_checks
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from kit import checks
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


def page() -> str:
    """The whole text."""
    common = _table(_described(inspect.getdoc(checks.Check) or "", "Attributes"))
    parts = [HEAD.format(common=common, matrix=matrix())]
    for title, factories in FACTORIES.items():
        parts.append(f"## {title}\n")
        parts.extend(_section(factory) for factory in factories)
    return "\n".join(parts).rstrip() + "\n"


def _section(factory: Callable[..., Any]) -> str:
    doc = inspect.getdoc(factory) or ""
    first, _, rest = doc.partition("\n")
    more = rest.split("\nArgs:")[0].strip()
    table = _table(_described(doc, "Args"))
    signature = f"`{factory.__name__}({', '.join(inspect.signature(factory).parameters)})`"
    return "\n\n".join(part for part in (f"{signature}: {first}", more, table) if part) + "\n"


def _described(doc: str, section: str) -> Iterator[tuple[str, str]]:
    """Names and their descriptions of a section of a docstring."""
    found = re.search(rf"^{section}:\n((?:[ ]+.*\n?|\n(?=[ ]))+)", doc, re.MULTILINE)
    for entry in re.split(r"\n(?=    \S)", found[1].rstrip()) if found else ():
        name, _, words = entry.strip().partition(":")
        yield name, " ".join(words.split())


def _table(rows: Iterator[tuple[str, str]]) -> str:
    lines = [
        f"| `{name}` | {words.replace('``', '`').replace('|', chr(92) + '|')} |"
        for name, words in rows
    ]
    return "\n".join(["| | |", "|---|---|", *lines]) if lines else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
