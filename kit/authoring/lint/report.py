"""The report: findings for people, grouped by file, and for machines, as JSON."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit.authoring.lint.finding import ERROR, NOTE, WARNING, Finding, Severity
from kit.authoring.lint.run import Reached, Report
from kit.words import _, ngettext

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

ORDER = [ERROR, WARNING, NOTE]
STYLES: dict[Severity, str] = {ERROR: "bold red", WARNING: "yellow", NOTE: "dim"}


def for_machines(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings as JSON can hold them."""
    return [{**asdict(each), "path": str(_short(each.path))} for each in findings]


def print_report(report: Report, console: Console) -> None:
    """Findings by file: errors, then warnings, then notes; and at the end how many."""
    findings = report.findings
    files = {each.path: None for each in findings}  # a set that keeps the order of the lessons
    for path in files:
        console.print(_path_text(path))
        here = sorted(
            (each for each in findings if each.path == path),
            key=lambda each: ORDER.index(each.severity),
        )
        for each in here:
            _print_finding(each, console)
        console.print()
    console.print(_counts(report))


@contextmanager
def progress_bar() -> Iterator[Reached]:
    """A bar on stderr, where that is a terminal; yields what ``lint`` tells of its progress."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    # The checks catch what their code prints: the bar keeps to the stderr that there is now.
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("", total=None)
        yield lambda lesson, done, rules: bar.update(
            task, description=lesson, completed=done, total=rules
        )


def _print_finding(finding: Finding, console: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    names = {ERROR: _("error"), WARNING: _("warning"), NOTE: _("note")}
    head = Text()
    head.append(names[finding.severity], STYLES[finding.severity])
    head.append(f"  {finding.cell}" if finding.cell else "", "bold")
    head.append(f"  {finding.rule}", "dim")
    console.print(Padding(head, (0, 0, 0, 2)))
    console.print(Padding(Text(finding.message), (0, 0, 0, 4)))
    if finding.mend:
        console.print(Padding(Text(finding.mend, "green"), (0, 0, 0, 4)))


def _path_text(path: Path) -> Text:
    from rich.text import Text

    return Text(str(_short(path)), "bold underline")


def _short(path: Path) -> Path:
    """A path as it is typed from here."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def _counts(report: Report) -> str:
    looked_at = ngettext("{n} lesson looked at", "{n} lessons looked at", report.lessons)
    return ", ".join([*_parts(report.findings), looked_at]) + "."


def _parts(findings: Sequence[Finding]) -> Iterator[str]:
    counts = Counter(each.severity for each in findings)
    yield ngettext("{n} error", "{n} errors", counts[ERROR])
    yield ngettext("{n} warning", "{n} warnings", counts[WARNING])
    figures = [each.figures for each in findings if each.rule == "mutants-counted"]
    if figures:
        total = {key: sum(int(each[key]) for each in figures) for key in figures[0]}
        yield _(
            "mutants: {killed} fail, {equivalent} equivalent, {survived} survive"
        ).format_map(total)  # fmt: skip
