"""``kit doctor``: what this machine can do for the kit."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kit.commands.options import json_option

if TYPE_CHECKING:
    from kit.doctor import Finding


@click.command()
@json_option
def doctor(*, as_json: bool) -> None:
    """Say what this machine can do, what the kit does because of it, and what to install.

    Kernels are really started, an open one and one that is shut in. Nothing is changed. Exit code
    1: something is missing that the kit cannot do without.

    \b
    Examples:
      kit doctor
      kit doctor --json
    """
    from kit.doctor import MISSING, examine

    findings = []
    for finding in examine():
        findings.append(finding)
        if not as_json:
            _print(finding)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in findings]))
    sys.exit(any(each.state == MISSING for each in findings))


def _print(finding: Finding) -> None:
    from kit.doctor import LESS, WELL

    signs = {WELL: ("✓", "green"), LESS: ("–", "yellow")}
    sign, colour = signs.get(finding.state, ("✗", "red"))
    click.echo(f"{click.style(sign, fg=colour, bold=True)} {finding.name}: {finding.found}")
    for line in filter(None, (finding.means, finding.mend)):
        click.echo(f"    {line}")
