"""``python -m bench``: take the figures, print one table."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from bench import (
    crowd,
    dashboard,
    feedback,
    grading,
    grading_survival,
    judging,
    kernels,
    library,
    many,
    page,
    players,
    startup,
    survival,
)
from bench.errors import NotMeasured
from bench.judging import JudgingBench
from bench.kill_grading import Survived
from bench.kill_writer import Result
from bench.machine import Machine, compile_code, this_machine
from bench.many import Left, ManyBench
from bench.report import rows, table
from bench.row import Row

PIPE_WIDTH = 130


@dataclass(frozen=True)
class Bench:
    """One bench.

    Attributes:
        title: shown while it runs.
        measure: takes the rounds and is to call the other argument after each step.
        steps: how often it does so, for a number of rounds.
        rounds, quick_rounds: how many there are, and with ``--quick``.
    """

    title: str
    measure: Callable[[int, Callable[[], None]], Any]
    steps: Callable[[int], int]
    rounds: int
    quick_rounds: int


BENCHES = {
    "page": Bench("Opening a lesson", page.measure_page, page.steps, 7, 3),
    "feedback": Bench("Pressing Check", feedback.measure_feedback, feedback.steps, 40, 10),
    "startup": Bench("Starting", startup.measure_startup, startup.steps, 15, 5),
    "kernels": Bench("Starting kernels", kernels.measure_kernels, kernels.steps, 20, 5),
    "many": Bench("Ending kernels", many.measure_many, many.steps, 10_000, 300),
    "crowd": Bench("A class", crowd.measure_crowd, crowd.steps, 100, 6),
    "judging": Bench("Judging", judging.measure_judging, judging.steps, 1000, 100),
    "library": Bench("Searching", library.measure_library, library.steps, 500, 100),
    "dashboard": Bench("A class's page", dashboard.measure_dashboard, dashboard.steps, 9, 3),
    "grading": Bench("Grading", grading.measure_grading, grading.steps, 100, 10),
    "players": Bench("Watching", players.measure_players, players.steps, 40, 10),
    "killed-grading": Bench(
        "Killing teachers' rounds",
        grading_survival.measure_grading_survival,
        grading_survival.steps,
        1000,
        10,
    ),
    "survival": Bench("Killing writers", survival.measure_survival, survival.steps, 1000, 50),
}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHES)), metavar="[NAME]...")
@click.option("--quick", is_flag=True, help="Fewer rounds: a first look, no figures to quote.")
@click.option(
    "--json",
    "json_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write the figures to this file as well.",
)
def main(names: tuple[str, ...], quick: bool, json_file: Path | None) -> None:
    """Take the kit's figures on this machine, beside stock Voila.

    NAME is page, feedback, startup, kernels, many, crowd, judging, library,
    grading, killed-grading, dashboard, players or survival;
    all of them if left out. many: 10,000 kernels come and go, in a quarter of an hour. crowd: a
    class of 30 and of 100 opens a lesson at once.
    Let the machine be idle: other work shows in every figure. A missed aim is part of the report;
    the exit code is 1 only when something could not be measured, an acknowledged answer was lost, a
    check broke, or a kernel hung or left something behind.

    \b
    Examples:
      python -m bench
      python -m bench --quick page feedback
      python -m bench --json figures.json
    """
    machine, chosen = this_machine(), names or tuple(BENCHES)
    figures: dict[str, Any] = {}
    faults: dict[str, str] = {}
    with _progress() as progress:
        with _spinning(progress, "Compiling, so that no start is the first"):
            compile_code()
        for name in dict.fromkeys(chosen):
            try:
                figures[name] = _run(BENCHES[name], quick, progress)
            except NotMeasured as fault:
                faults[name] = str(fault)
    _print(figures, faults, machine, quick)
    if json_file:
        _write(json_file, figures, faults, machine, quick)
    if faults or any(_is_broken(each) for each in figures.values()):
        sys.exit(1)


def _is_broken(figures: Any) -> bool:
    """Whether a promise was broken, and not only an aim missed."""
    if isinstance(figures, JudgingBench):
        return bool(figures.faults)
    if isinstance(figures, ManyBench):
        return any(each.hung or each.left != Left() for each in figures.levels())
    if isinstance(figures, Survived):
        return bool(figures.faults)
    return isinstance(figures, Result) and figures.lost > 0


def _progress() -> Progress:
    """A bar for each bench, with the time that is left, on stderr."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        speed_estimate_period=600,
    )


@contextmanager
def _spinning(progress: Progress, description: str) -> Iterator[None]:
    """A bar for work whose steps nobody counts."""
    task = progress.add_task(description, total=None)
    yield
    progress.remove_task(task)


def _run(bench: Bench, quick: bool, progress: Progress) -> Any:
    rounds = bench.quick_rounds if quick else bench.rounds
    task = progress.add_task(bench.title, total=bench.steps(rounds))
    return bench.measure(rounds, lambda: progress.advance(task))


def _print(figures: dict[str, Any], faults: dict[str, str], machine: Machine, quick: bool) -> None:
    lines = [row for each in figures.values() for row in rows(each)]
    lines += [Row(BENCHES[name].title, "not measured", met=False) for name in faults]
    # A file or a pipe has no width of its own; 80 columns would fold every figure.
    console = Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)
    console.print(table(lines))
    console.print(
        f"{machine.processors} processors, {machine.memory_gib} GiB, {machine.system}, "
        f"Python {machine.python}; load before: {machine.load}"
        + ("; --quick: too few rounds to quote." if quick else "."),
        highlight=False,
    )
    for name, fault in faults.items():
        click.secho(f"{name}: {fault}", fg="red", err=True)


def _write(
    file: Path, figures: dict[str, Any], faults: dict[str, str], machine: Machine, quick: bool
) -> None:
    record = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": quick,
        "machine": asdict(machine),
        "figures": {name: asdict(each) for name, each in figures.items()},
        "not_measured": faults,
    }
    file.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(prog_name="python -m bench")
