"""``python -m tests.upstream.grading``: nbgrader's own tests of ``nbgrader autograde``, our ways.

They are in nbgrader's wheel. ``autograde`` puts ``KitAutograde`` in the place of its ``Autograde``;
``lists`` sets two entries of its list of preprocessors, as assignments/nbgrader_config.py does.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import click

from tests.upstream.grading_ways import AUTOGRADE, LISTS, WAY

ROOT = Path(__file__).parents[2]
TESTS = "nbgrader.tests.apps.test_nbgrader_autograde"
STOCK = "stock"
SOLUTION_FAILS = "the teacher's own solution fails the test: nobody loses points by it"
NEVER_STOPS = "one that fails does not end the run: it is marked, and told of"
DIFFERENT: dict[str, dict[str, str]] = {
    LISTS: {},
    AUTOGRADE: {
        "test_handle_failure": NEVER_STOPS,
        "test_handle_failure_single_notebook": NEVER_STOPS,
        "test_hidden_tests_single_notebook": SOLUTION_FAILS,
        "test_autograde_timeout": SOLUTION_FAILS,
    },
}
"""What passes with stock and fails with ours, on purpose, and why."""


def run_tests(way: str, select: str = "") -> dict[str, str]:
    """How each test ended: passed, failed or skipped.

    Args:
        select: pytest's ``-k``.
    """
    with TemporaryDirectory(prefix="kit-", ignore_cleanup_errors=True) as place:
        report = Path(place) / "report.xml"
        home = Path(place) / "home"
        home.mkdir()
        scripts = sysconfig.get_path("scripts")
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "tests.upstream.grading_ways",
             "-p", "no:cacheprovider", f"--junitxml={report}", f"--basetemp={place}/tmp",
             "-k", select, "--pyargs", TESTS],
            cwd=place,
            env={
                **{name: value for name, value in os.environ.items() if "PYTEST" not in name},
                WAY: way, "HOME": str(home), "PYTHONPATH": str(ROOT),
                "PATH": os.pathsep.join([scripts, os.environ.get("PATH", os.defpath)]),
            },
            stdout=subprocess.DEVNULL,
            check=False,
        )  # fmt: skip
        return {
            each.attrib["name"]: next(
                (_ENDS[part.tag] for part in each if part.tag in _ENDS), "passed"
            )
            for each in ElementTree.parse(report).iter("testcase")
        }


_ENDS = {"failure": "failed", "error": "failed", "skipped": "skipped"}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Run them with stock nbgrader and in both of our ways; exits with 1 on a difference that is
    not meant.
    """
    stock = run_tests(STOCK)
    print_ends(STOCK, stock)
    bad = False
    for way, meant in DIFFERENT.items():
        ours = run_tests(way)
        print_ends(way, ours)
        for test in sorted(stock):
            if ours.get(test) != stock[test]:
                click.echo(f"  {test}: {ours.get(test, 'not run')}: {meant.get(test, 'NOT MEANT')}")
                bad |= test not in meant
    raise SystemExit(bad)


def print_ends(way: str, ends: dict[str, str]) -> None:
    """So many passed, failed and were skipped."""
    counted = {each: list(ends.values()).count(each) for each in sorted(set(ends.values()))}
    click.echo(f"{way}: " + ", ".join(f"{count} {end}" for end, count in counted.items()))


if __name__ == "__main__":
    main()
