"""What jupyter_client and nbclient ask of kernels, they get of forked ones: a part of their suites.

`python -m tests.upstream` runs the whole of them.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.upstream.fetch import NotFetched, fetch
from tests.upstream.run import STOCK, SUITES, Run, Suite, differences, run

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the zygote"),
    pytest.mark.skipif("KIT_UPSTREAM" not in os.environ, reason="KIT_UPSTREAM is not set"),
]
AT_LEAST_FORKED = 5


@pytest.fixture(scope="module")
def fetched() -> Path:
    """The suites; without a registry they cannot be had, and CI has one."""
    try:
        return fetch(list(SUITES))
    except NotFetched as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))
def test_a_suite_ends_as_it_ends_with_stock_kernels(suite: Suite, fetched: Path) -> None:
    stock = run(suite, STOCK, fetched, quick=True)
    passed, _skipped, failed = stock.counts()
    assert passed, stock.printed
    assert not failed, stock.printed
    forked = run(suite, suite.ways[-1], fetched, quick=True)
    assert differences(stock, forked) == {}, forked.printed
    assert forked.forked >= AT_LEAST_FORKED, forked.kernels


def test_a_test_that_ends_otherwise_or_is_not_run_is_a_difference() -> None:
    stock = Run({"a": "passed", "b": "skipped", "c": "failed"}, Counter(), 1.0, "")
    other = Run({"a": "failed", "c": "failed", "d": "passed"}, Counter(), 1.0, "")
    assert list(differences(stock, other)) == ["a", "b", "d"]
    assert differences(stock, stock) == {}


def test_where_no_registry_can_be_reached_pip_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(NotFetched, match="No matching distribution found for nbclient"):
        fetch(["nbclient"], kept=tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []
