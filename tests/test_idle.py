"""What a kernel does while a learner reads: in a real kernel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

LOOK = "print(*done)"
SECONDS = 30


@pytest.fixture
def kernel() -> Iterator[BlockingKernelClient]:
    manager, client = start_new_kernel()
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_jobs_are_done_when_no_cell_runs_and_one_that_raises_stops_none(
    kernel: BlockingKernelClient,
) -> None:
    begin = (
        "from kit.widgets.idle import idle\n"
        "done = []\n"
        "for job in (lambda: done.append(1), lambda: 1 / 0, lambda: done.append(2)): idle.add(job)"
    )
    assert printed(kernel, f"{begin}\n{LOOK}") == ""
    assert printed(kernel, waiting_for("done[1:]")) == "1 2"


def test_the_author_s_sources_have_been_run_before_the_first_answer(
    kernel: BlockingKernelClient,
) -> None:
    begin = (
        "from kit.checks import case, code\n"
        "from kit.widgets.idle import idle\n"
        "ran = []\n"
        "check = code('Double it.', function='f', starter='f = ...', cases=[case(1)],\n"
        "    solution='ran.append(1)\\nf = lambda n: 2 * n', wrong={'f = lambda n: 1': 'No.'})\n"
        "object.__setattr__(check, 'namespace', {'ran': Shared()})\n"
        "idle.add(check.prepare); done = ran"
    )
    shared = (
        "class Shared:\n"
        "    def append(self, each): ran.append(each)\n"
        "    def __deepcopy__(self, memo): return self\n"
    )
    printed(kernel, shared + begin)
    assert printed(kernel, waiting_for("done")) == "1"
    answered = "from kit.checks import attempt\nattempt(check, check.work('f = lambda n: 3'))"
    assert printed(kernel, f"{answered}\n{LOOK}") == "1"


def test_jobs_wait_while_the_machine_is_at_work_but_not_for_ever(
    kernel: BlockingKernelClient,
) -> None:
    begin = (
        "import kit.widgets.idle as module, time\n"
        "done, looks = [], []\n"
        "busy = lambda: looks.append(time.monotonic()) or 100.0\n"
        "module.QUIET_SECONDS = 0.05; module.psutil.cpu_percent = busy\n"
        "module.idle.add(lambda: done.append(len(looks)))"
    )
    printed(kernel, begin)
    assert printed(kernel, waiting_for("done")) == "6"  # one when it was added, then five


def waiting_for(condition: str) -> str:
    """Code that lets the kernel's loop go on until a condition holds, then shows ``done``."""
    return (
        "import asyncio\n"
        f"async with asyncio.timeout({SECONDS}):\n"
        f"    while not ({condition}): await asyncio.sleep(0.01)\n"
        f"{LOOK}"
    )


def printed(kernel: BlockingKernelClient, source: str) -> str:
    """What a cell prints; it must not fail."""
    said: list[str] = []

    def hear(message: dict[str, dict[str, str]]) -> None:
        said.append(message["content"].get("text", ""))

    reply = kernel.execute_interactive(source, output_hook=hear, timeout=60)
    assert reply["content"]["status"] == "ok", reply["content"]
    return "".join(said).strip()
