"""What jupyter_client and nbclient ask of kernels, they get of forked ones: a part of their suites.

The set-up of `make test` gets the suites. `python -m tests.upstream` runs the whole of them.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.upstream.fetch import KEPT, NotFetched, fetch, fetched
from tests.upstream.run import SUITES, Run, Suite, differences, run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the zygote")
AT_LEAST_FORKED = 15


def the_suites(kept: Path = KEPT) -> Path:
    """Where they are; without a network they could not be had, and CI has one."""
    try:
        return fetched(list(SUITES), kept)
    except NotFetched as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))
def test_with_forked_kernels_a_part_of_a_suite_passes_as_it_does_with_stock_ones(
    suite: Suite,
) -> None:
    """All of it passes with stock kernels, which need not be started here to know."""
    forked = run(suite, suite.ways[-1], the_suites(), quick=True)
    _passed, skipped, failed = forked.counts()
    assert (forked.code, skipped, failed) == (0, 0, 0), forked.printed
    assert forked.forked >= AT_LEAST_FORKED, forked.kernels


def test_a_test_that_ends_otherwise_or_is_not_run_is_a_difference() -> None:
    stock = Run({"a": "passed", "b": "skipped", "c": "failed"}, Counter(), 1.0, "", 1)
    other = Run({"a": "failed", "c": "failed", "d": "passed"}, Counter(), 1.0, "", 1)
    assert list(differences(stock, other)) == ["a", "b", "d"]
    assert differences(stock, stock) == {}


def test_without_the_suites_ci_fails_and_others_are_told_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"`python -m tests.upstream.fetch` gets them"):
        the_suites(tmp_path)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(NotFetched, match="the suites of jupyter_client and nbclient are not here"):
        the_suites(tmp_path)


def test_where_no_registry_can_be_reached_pip_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(NotFetched, match="No matching distribution found for nbclient"):
        fetch(["nbclient"], kept=tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []
