"""``python -m tests.upstream``: run the suites, print one table."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from tests.upstream.fetch import NotFetched, fetch
from tests.upstream.run import STOCK, SUITES, Run, Suite, differences, run

WIDTH = 110
HEADINGS = (
    "suite",
    "kernels",
    "passed",
    "skipped",
    "failed",
    "s",
    "forked",
    "others",
    "differences",
)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("names", nargs=-1, type=click.Choice(list(SUITES)), metavar="[SUITE]...")
@click.option("--quick", is_flag=True, help="Only the part that runs in CI.")
@click.option("--logs", type=click.Path(file_okay=False, path_type=Path), default=None,
              help="A folder for what pytest prints.")  # fmt: skip
def main(names: tuple[str, ...], quick: bool, logs: Path | None) -> None:
    """Run the suites of jupyter_client and nbclient with stock kernels and with forked ones.

    SUITE is jupyter_client or nbclient; both if none is given, which takes half an hour. Where
    tests end otherwise than with stock kernels, both are run once more: what differs again is a
    difference, the rest is unsteady by itself. Exits with 1 on a difference, and where no kernel
    was forked.
    """
    try:
        fetched = fetch(list(SUITES))
    except (NotFetched, ValueError) as error:
        raise click.ClickException(str(error)) from error
    table, said, bad = Table(*HEADINGS), [], False
    for suite in [SUITES[name] for name in names or SUITES]:
        compared = Compared(suite, fetched, quick, logs)
        for way in suite.ways[-1:] if quick else suite.ways:
            compared.compare(way)
        for row in compared.rows:
            table.add_row(*row)
        said += compared.said
        bad |= compared.bad
    console = Console(width=WIDTH)
    console.print(table)
    for line in said:
        console.print(line, markup=False, highlight=False)
    raise SystemExit(bad)


class Compared:
    """A suite in the ways in which it was run.

    Attributes:
        rows: of the table.
        said: what is to be said of tests that did not end the same.
        bad: whether a way differs from stock kernels, or is none of ours after all.
    """

    def __init__(self, suite: Suite, fetched: Path, quick: bool, logs: Path | None) -> None:
        self.suite, self.fetched, self.quick, self.logs = suite, fetched, quick, logs
        self.rows: list[tuple[str, ...]] = []
        self.said: list[str] = []
        self.bad = False
        self.stock = self._run(STOCK)
        self._add_row(STOCK, self.stock, "")

    def compare(self, way: str) -> None:
        """Run it in another way; where tests end otherwise, run both once more."""
        other = self._run(way)
        differ = differences(self.stock, other)
        again = differences(self._run(STOCK), self._run(way)) if differ else {}
        for test, how in differ.items():
            what = "Differs twice" if test in again else "Unsteady"
            self.said.append(f"{what}: {self.suite.package} {test}: {how} ({way})")
        if not other.forked:
            self.said.append(f"{self.suite.package}: no kernel was forked ({way})")
        lasting = len(differ.keys() & again.keys())
        self.bad |= bool(lasting) or not other.forked
        self._add_row(way, other, str(lasting))

    def _run(self, way: str) -> Run:
        click.echo(f"{self.suite.package} with kernels: {way} ...", err=True)
        done = run(self.suite, way, self.fetched, quick=self.quick)
        if self.logs:
            self.logs.mkdir(parents=True, exist_ok=True)
            with (self.logs / f"{self.suite.package} {way}.txt").open("a") as file:
                file.write(done.printed)
        return done

    def _add_row(self, way: str, done: Run, differ: str) -> None:
        others = str(done.kernels.total() - done.forked)
        kernels = ("", "") if way == STOCK else (str(done.forked), others)
        counts = map(str, done.counts())
        self.rows.append(
            (self.suite.package, way, *counts, f"{done.seconds:.0f}", *kernels, differ)
        )


if __name__ == "__main__":
    main()
