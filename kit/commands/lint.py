"""``kit lint``: what a script can find wrong in a course, or in one lesson."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kit.commands.options import json_option, target_argument

EXIT_ERRORS_FOUND = 1


@click.command()
@target_argument
@json_option
def lint(name: str, as_json: bool) -> None:
    """Find what is wrong in a lesson or a course, and what to do.

    Each lesson is run, and each check is tried with right and wrong answers; nothing is changed,
    and nobody's progress is touched. docs/lint.md lists the rules. Exit code 1: there are errors.

    LESSON is its id, or a path: its folder or a file in it. COURSE is the folder of a course; the
    course around the current folder if left out.

    \b
    Examples:
      kit lint
      kit lint 01-meet-the-table
      kit lint lessons/01-meet-the-table/checks.py
      kit lint ~/courses/tables --json > findings.json
    """
    from rich.console import Console

    from kit.authoring.lint import lint as find_mistakes
    from kit.authoring.lint import report
    from kit.commands.target import find_target

    target = find_target(name, Path())
    with report.progress_bar() as reached:
        found = find_mistakes(target.folder, target.lesson, reached=reached)
    if as_json:
        click.echo(json.dumps(report.for_machines(found.findings)))
    else:
        report.print_report(found, Console(markup=False, emoji=False, highlight=False))
    sys.exit(EXIT_ERRORS_FOUND if found.has_errors else 0)
