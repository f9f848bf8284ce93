"""Run notebooks on other machines, by dask.distributed.

Whoever reaches a scheduler can run programs on its workers: it belongs behind a firewall, or on
``tls://`` addresses. What a worker runs is shut in there as it is here.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from kit.errors import KitError
from kit.grading.execute import run_json, versions
from kit.grading.work import Ran, Work
from kit.words import _

ANSWERS_WITHIN_SECONDS = 10
AHEAD = 2
"""Notebooks for each place of the cluster, so that none waits for what comes over the network."""


class Cluster:
    """Workers that wait for notebooks.

    Attributes:
        places: how many notebooks to keep under way.
    """

    def __init__(self, client: Any, threads: int) -> None:
        self._client = client
        self.places = AHEAD * threads

    async def run(self, work: Work) -> Ran:
        """As ``execute.run``; what was lost with a worker runs on another one."""
        done = await self._client.submit(run_json, json.dumps(work.to_json()), pure=False)
        return Ran.from_json(json.loads(done))


@asynccontextmanager
async def cluster(address: str) -> AsyncIterator[Cluster]:
    """The workers of the scheduler at an address.

    Raises:
        KitError: dask.distributed is not installed; nobody answers there; there are no workers, or
            they have other versions than are here, so that marks could depend on where they ran.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise KitError(
            _("Grading on a cluster needs dask.distributed, which is not installed."),
            _("Install it: pip install 'lesson-kit[cluster]'"),
        ) from error
    try:
        client = await Client(address, asynchronous=True, timeout=ANSWERS_WITHIN_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise KitError(
            _("No scheduler of Dask answers at {address}.").format(address=address),
            _("Start one with `dask scheduler`, and `dask worker {address}`.").format(
                address=address
            ),
        ) from error
    async with client:
        need_the_same(await client.run(versions), address)
        yield Cluster(client, sum((await client.nthreads()).values()))


def need_the_same(theirs: dict[str, dict[str, str]], address: str) -> None:
    """Refuse workers on which marks could be others than here.

    Args:
        theirs: what ``versions`` says, by worker.

    Raises:
        KitError: there are none, or they differ.
    """
    if not theirs:
        raise KitError(
            _("The scheduler at {address} has no workers.").format(address=address),
            _("Start some: dask worker {address} --nthreads 1").format(address=address),
        )
    ours = versions()
    for worker, found in theirs.items():
        other = {name: said for name, said in found.items() if said != ours.get(name)}
        if other or len(found) < len(ours):
            raise KitError(
                _("The worker {worker} has other versions than are here: {versions}.").format(
                    worker=worker,
                    versions=", ".join(f"{name} {said}" for name, said in sorted(other.items())),
                ),
                _("Install there what is installed here, so that marks are the same."),
            )
