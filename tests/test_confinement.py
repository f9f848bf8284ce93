"""Kernels that are shut in: what hostile code reaches, and what ordinary code goes on doing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client import KernelManager
from traitlets.config import Config

from kit.kernels import confined
from kit.kernels.confined import NotConfinedError
from kit.kernels.keeper import BUFFER_BYTES
from kit.kernels.levels import EXAM, LESSON
from kit.kernels.owner import Zygotes
from tests.attacks.corpus import ATTACKS
from tests.confined import (
    AN_ORDINARY_USER,
    IS_ROOT,
    kernel,
    on_linux,
    readable,
    said,
    text_of,
    warm,
)
from tests.conftest import ROOT, alive, wait_until

__all__ = ["readable", "warm"]
pytestmark = on_linux


# What hostile code reaches ------------------------------------------------------------------------


def leg(level: str, *, as_user: bool = False) -> list[str]:
    return [level, "--as", str(AN_ORDINARY_USER)] if as_user else [level]


LEGS = [leg("open"), leg(LESSON), leg(EXAM), *([leg(EXAM, as_user=True)] if IS_ROOT else [])]


@pytest.fixture(scope="module")
def tried() -> dict[str, dict[str, Any]]:
    """What came of every attack, by leg. They mostly wait, and so run at the same time."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    running = {
        " ".join(each): subprocess.Popen(
            [sys.executable, "-m", "tests.attacks", *each],
            cwd=ROOT, env=clean, stdout=subprocess.PIPE, text=True,
        )
        for each in LEGS
    }  # fmt: skip
    return {name: json.loads(process.communicate()[0]) for name, process in running.items()}


def test_there_are_at_least_forty() -> None:
    assert len(ATTACKS) >= 40


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str, tried: dict[str, dict[str, Any]]) -> None:
    """It works in an open kernel, so that this test can fail, and in no other; and the kernel
    before it, and so after the one before, does what it should.
    """
    for level, came in tried.items():
        result = came["results"][name]
        assert result["well"], f"{level}: the kernel was not well before"
        if level != "open":
            assert not result["escaped"], level
        elif IS_ROOT or not ATTACKS[name].root:
            assert result["escaped"], "it does not even work where nothing is in its way"


def test_siblings_are_as_they_were(tried: dict[str, dict[str, Any]]) -> None:
    assert all(came["sibling_well"] for came in tried.values())


def test_one_leg_was_an_ordinary_users(tried: dict[str, dict[str, Any]]) -> None:
    assert {came["uid"] for came in tried.values()} - {0}


def test_a_limit_that_ends_a_kernel_is_told(tried: dict[str, dict[str, Any]]) -> None:
    results = tried[EXAM]["results"]
    for bomb in (
        "a memory bomb in many processes",
        "a memory bomb that never falls silent",
        "memory that waits in sockets",
    ):
        assert results[bomb]["ended_by"] == "memory"
    assert results["sleep without end"]["ended_by"] == "time"
    others = {name: each["ended_by"] for name, each in results.items() if each["ended_by"]}
    assert set(others.values()) == {"memory", "time"}, others


# What ordinary code goes on doing -----------------------------------------------------------------


ORDINARY = {
    "a plot": "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]); plt.savefig('/tmp/a.png')\n"
    "plt.show(); print('done')",
    "a table": "import pandas as pd\ntable = pd.read_csv('data.csv')\n"
    "table.groupby('a').sum().to_csv('/tmp/b.csv'); print('done', pd.read_csv('/tmp/b.csv').size)",
    "files": "import os, shutil, tempfile\nfrom pathlib import Path\n"
    "home = Path.home(); (home / 'a').mkdir(); (home / 'a' / 'b.txt').write_text('x')\n"
    "(home / 'a').rename(home / 'c'); shutil.rmtree(home / 'c')\n"
    "tempfile.NamedTemporaryFile().close(); print('done', os.getcwd())",
    "another Python": "import subprocess, sys\n"
    "print(subprocess.run([sys.executable, '-c', 'import json; print(\"done\")'],"
    " capture_output=True, text=True, check=True).stdout)",
    "a shell": "!echo done",
    "processes": "from concurrent.futures import ProcessPoolExecutor\nimport multiprocessing\n"
    "fork = multiprocessing.get_context('fork')\n"
    "with ProcessPoolExecutor(2, fork) as pool: print('done', list(pool.map(abs, [-1, -2])))",
    "a pool": "import multiprocessing\n"
    "with multiprocessing.Pool(2) as pool: print('done', pool.map(abs, [-1]))\n"
    "multiprocessing.get_context('spawn').Pool(1).map(abs, [-1]); multiprocessing.Pipe()",
    "threads": "from concurrent.futures import ThreadPoolExecutor\n"
    "with ThreadPoolExecutor(8) as pool: print('done', sum(pool.map(abs, range(100))))",
    "asyncio": "import asyncio\nawait asyncio.sleep(0.01)\n"
    "process = await asyncio.create_subprocess_exec('echo', 'done',"
    " stdout=asyncio.subprocess.PIPE)\n"
    "print((await process.communicate())[0].decode())",
    "a loop of its own": "import asyncio, threading\n"
    "def own(): asyncio.run(asyncio.sleep(0.01)); print('done')\n"
    "thread = threading.Thread(target=own); thread.start(); thread.join()",
    "a server of its own": "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
    "own = socket.create_connection(server.getsockname()); print('done')",
    "a widget": "import ipywidgets\nslider = ipywidgets.IntSlider(3)\ndisplay(slider)\n"
    "print('done', slider.value)",
    "a progress bar": "from rich.progress import track\nimport time\n"
    "for _ in track(range(20)): time.sleep(0.01)\nprint('done')",
    "long output": "for at in range(3000): print('line', at, 'x' * 100)\nprint('done')",
    "random numbers": "import secrets, random, uuid, numpy\n"
    "print('done', secrets.token_hex(2), numpy.random.rand())",
    "a database": "import sqlite3\nfile = sqlite3.connect('/tmp/own.db')\n"
    "file.execute('create table a(b)'); file.commit(); print('done')",
    "numbers that are large": "import numpy as np\n"
    "print('done', (np.ones((500, 500)) @ np.ones((500, 500))).sum())",
}


@pytest.mark.parametrize("level", [LESSON, EXAM])
def test_ordinary_things_work(level: str, readable: Path) -> None:
    (readable / "data.csv").write_text("a,b\n1,2\n1,3\n")
    with kernel(level, readable) as (_manager, client):
        for what, code in ORDINARY.items():
            assert "done" in text_of(said(client, code)), what
        asked: list[str] = []

        def answer(message: dict[str, Any]) -> None:
            asked.append(message["content"]["prompt"])
            client.input("Ada")

        shown = said(client, "print('hello', input('Name? '))", stdin_hook=answer)
        assert asked == ["Name? "]
        assert "hello Ada" in text_of(shown)


def test_it_is_interrupted_restarted_and_shut_down_and_leaves_nothing(readable: Path) -> None:
    with kernel(EXAM, readable) as (manager, client):
        place = Path(manager.ip).parent
        keeper = psutil.Process(manager.provisioner.pid)
        asked = client.execute("import time\nwhile True: time.sleep(1)")
        wait_until(lambda: client.get_iopub_msg(timeout=20)["msg_type"] == "execute_input")
        manager.interrupt_kernel()
        answer = client.get_shell_msg(timeout=20)
        assert answer["parent_header"]["msg_id"] == asked
        assert answer["content"]["ename"] == "KeyboardInterrupt"
        said(client, "open('/tmp/mine', 'w').write('x'); mine = 1")
        manager.restart_kernel()
        client.wait_for_ready(timeout=60)
        code = "import os; print(os.path.exists('/tmp/mine'), 'mine' in globals())"
        assert text_of(said(client, code)) == "False False\n"
        wait_until(lambda: not keeper.is_running())
        keeper = psutil.Process(manager.provisioner.pid)
        family = keeper.children(recursive=True)
        assert len(family) == 2
        manager.shutdown_kernel()
        wait_until(lambda: not any(map(alive, (each.pid for each in [keeper, *family]))))
        assert not place.exists()


def test_it_ends_when_its_keeper_is_killed_and_is_known_to_have(readable: Path) -> None:
    with kernel(EXAM, readable) as (manager, client):
        keeper = psutil.Process(manager.provisioner.pid)
        family = keeper.children(recursive=True)
        keeper.kill()
        wait_until(lambda: not manager.is_alive())
        wait_until(lambda: not any(map(alive, (each.pid for each in family))))
        manager.restart_kernel()
        client.wait_for_ready(timeout=60)
        assert text_of(said(client, "print(1)")) == "1\n"


def test_how_it_ends_is_known(readable: Path) -> None:
    for code, end in ((7, "os._exit(7)"), (137, "os.kill(os.getpid(), 9)")):
        with kernel(EXAM, readable) as (manager, client):
            client.execute(f"import os; {end}")
            wait_until(lambda manager=manager: not manager.is_alive())
            assert manager.provisioner._forked.poll() == code
            assert manager.provisioner.ended_by == ""


def test_what_it_writes_past_the_notebook_is_handed_on_up_to_a_limit(
    readable: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with kernel(EXAM, readable, output_bytes=1000) as (_manager, client):
        said(client, "import os; os.write(2, b'short\\n')", silent=False)
        said(client, "for _ in range(100): os.write(2, b'y' * 100)")
        time.sleep(0.3)
    written = capfd.readouterr().err
    assert "short" in written
    assert written.count("y") < 1000
    assert "left out" in written


def test_limits_are_kept_although_nobody_takes_its_output(readable: Path) -> None:
    """A pipe that is full: whoever writes to it waits."""
    outlet, full = os.pipe()
    os.set_blocking(full, False)
    with suppress(BlockingIOError):
        while os.write(full, bytes(65536)):
            pass
    os.set_blocking(full, True)
    config = Config()
    config.WarmProvisioner.level = EXAM
    config.WarmProvisioner.limits = {"wall_seconds": 2}
    manager = KernelManager(config=config)
    manager.start_kernel(cwd=str(readable), stdout=full, stderr=full)
    client = manager.client()
    client.start_channels()
    client.execute("import os\nwhile True: os.write(2, b'x')")
    try:
        wait_until(lambda: manager.provisioner.ended_by == "time", seconds=10)
        wait_until(lambda: not manager.is_alive(), seconds=5)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        os.close(outlet)
        os.close(full)


SLOW_WALLS = """
import time
from kit.kernels import linux
mount_proc = linux.mount_proc
def slowly(place):
    time.sleep(2.5)
    mount_proc(place)
linux.mount_proc = slowly
"""


def test_what_the_machine_has_in_memory_is_not_taken_for_the_kernels(
    readable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as a kernel has no tree of its own, its keeper sees all of the machine's processes:
    on a busy machine it looks at them before there is one.
    """
    (readable / "slow_walls.py").write_text(SLOW_WALLS)
    monkeypatch.setenv("PYTHONPATH", str(readable))
    alone = Zygotes(["slow_walls"])
    monkeypatch.setattr("kit.kernels.provisioner.zygotes", alone)
    held = bytearray(b"x") * 500_000_000
    with kernel(EXAM, readable, memory_bytes=400_000_000) as (manager, client):
        assert text_of(said(client, "import time; time.sleep(1.5); print(1)")) == "1\n"
        assert manager.provisioner.ended_by == ""
    alone.close()
    del held


def test_sockets_of_its_network_hold_little_and_are_of_usual_kinds(readable: Path) -> None:
    with kernel(LESSON, readable) as (_manager, client):
        most = "[int(open(f'/proc/sys/net/ipv4/tcp_{x}mem').read().split()[2]) for x in 'rw']"
        assert text_of(said(client, f"print(*{most})")) == f"{BUFFER_BYTES} {BUFFER_BYTES}\n"
        other = (  # MPTCP, for which Linux would load a module
            "import socket\ntry: socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)\n"
            "except OSError as error: print(error.strerror)"
        )
        assert text_of(said(client, other)) == "Protocol not supported\n"


@pytest.mark.parametrize("place", ["/var", "/var/tmp", "/dev/shm", "/tmp"])
def test_a_course_may_be_anywhere(place: str) -> None:
    with tempfile.TemporaryDirectory(dir=place) as folder:
        os.chmod(folder, 0o755)
        Path(folder, "data.csv").write_text("a\n1\n")
        with kernel(LESSON, Path(folder)) as (_manager, client):
            assert text_of(said(client, "print(open('data.csv').read())")) == "a\n1\n\n"


def test_what_a_killed_owner_left_goes_with_the_next(readable: Path) -> None:
    left = Path(tempfile.gettempdir(), "kit-kernel-4194305-left")  # no process has such an id
    left.mkdir(exist_ok=True)
    confined._sweep.cache_clear()
    with kernel(EXAM, readable):
        assert not left.exists()


def test_a_course_in_the_scratch_folders_place_can_be_read_and_not_written(readable: Path) -> None:
    """Tests' courses, and those of many containers, are in /tmp, where scratch is."""
    (readable / "data.csv").write_text("a\n1\n")
    with kernel(LESSON, readable) as (_manager, client):
        assert text_of(said(client, "print(open('data.csv').read())")) == "a\n1\n\n"
        tried = "try: open('data.csv', 'a')\nexcept OSError as error: print(error.strerror)"
        assert text_of(said(client, tried)).strip() in {
            "Read-only file system", "Permission denied",
        }  # fmt: skip


def test_other_assignments_are_not_there(readable: Path) -> None:
    for name in ("ada", "ben"):
        (readable / name).mkdir()
        (readable / name / "work.txt").write_text(name)
    config = Config()
    config.WarmProvisioner.level = EXAM
    manager = KernelManager(config=config)
    manager.start_kernel(cwd=str(readable / "ada"))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        assert text_of(said(client, "import os; print(os.listdir('..'))")) == "['ada']\n"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.mark.skipif(not IS_ROOT, reason="anybody else's kernel is its owner's")
def test_a_folder_that_only_its_owner_may_read_is_named(readable: Path) -> None:
    readable.chmod(0o700)
    with (
        pytest.raises(NotConfinedError, match=f"{readable}: Permission denied"),
        kernel(LESSON, readable),
    ):
        pass
