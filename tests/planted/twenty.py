"""A lesson with twenty checks, and how long ``kit lint`` takes: python -m tests.planted.twenty"""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path

from kit.authoring.lint import lint
from tests.planted.clean import CHECKS, Draft, code, filler, markdown

COPIES, CHECKS_IN_ALL = 3, 20


def twenty_checks() -> Draft:
    """The clean lesson's checks again and again, the last ones first: nine of them take code."""
    head, *parts = re.split(r"^(?=\w+ = (?:choice|number|text|code|table)\()", CHECKS, flags=re.M)
    draft = Draft(checks=head)
    draft.cells = [draft.cell(name) for name in ("title", "set-up", "rows", "worked", "drawn")]
    named = [(f"{part.split()[0]}_{n}", part) for n in range(COPIES) for part in parts[::-1]]
    for name, part in named[:CHECKS_IN_ALL]:
        draft.checks += name + part[part.index(" = ") :] + "\n"
        draft.cells += [markdown(f"text-{name}", filler(60)), code(name, f"checks.{name}")]
    return draft


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        course = twenty_checks().write(Path(folder))
        began = time.perf_counter()
        report = lint(course)
        seconds = time.perf_counter() - began
    (mutants,) = [each.figures for each in report.findings if each.rule == "mutants-counted"]
    print(f"{seconds:.1f} s; mutants: {dict(mutants)}")


if __name__ == "__main__":
    main()
