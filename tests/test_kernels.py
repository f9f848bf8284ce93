"""Warm kernels: forked by the zygote, and in all that one can see as if started by themselves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client import BlockingKernelClient, KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from kit.kernels import owner
from kit.kernels.owner import NAME, Zygotes
from tests.conftest import alive, wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the zygote")
FEW = ["numpy"]


@pytest.fixture(scope="module", autouse=True)
def zygotes() -> Iterator[Zygotes]:
    """The zygote of these tests, which imports little."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", NAME)
        KernelProvisionerFactory.clear_instance()
        patch.setattr(owner.zygotes, "modules", FEW)
        yield owner.zygotes
        owner.zygotes.close()
    KernelProvisionerFactory.clear_instance()


@contextmanager
def kernel(
    manager: KernelManager | None = None, **how: Any
) -> Iterator[tuple[KernelManager, BlockingKernelClient]]:
    """A kernel that runs, and a client of it."""
    manager = manager or KernelManager()
    manager.start_kernel(**how)
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield manager, client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def value(client: BlockingKernelClient, expression: str, *, before: str = "") -> Any:
    """What an expression is in the kernel."""
    said = client.execute_interactive(
        before, user_expressions={"it": expression}, timeout=60, allow_stdin=False, output_hook=id
    )
    content = said["content"]
    assert content["status"] == "ok", content
    shown = content["user_expressions"]["it"]
    assert shown["status"] == "ok", shown
    return eval(shown["data"]["text/plain"])


def pid_of(manager: KernelManager) -> int:
    return int(manager.provisioner.pid)


def is_warm(manager: KernelManager) -> bool:
    return manager.provisioner._forked is not None


# As if started by itself -------------------------------------------------------------------------


def test_it_is_a_kernel_with_the_folder_environment_and_arguments_that_were_asked_for(
    tmp_path: Path,
) -> None:
    asked = {**os.environ, "MINE": "ä b", "TZ": "Asia/Tokyo"}
    asked.pop("LANG", None)
    more = ["--HistoryManager.hist_file=:memory:"]
    with kernel(env=asked, cwd=str(tmp_path), extra_arguments=more) as (manager, client):
        assert is_warm(manager)
        assert value(client, "os.getcwd()", before="import os, sys, time") == str(tmp_path)
        assert value(client, "os.environ['MINE'], time.tzname[0]") == ("ä b", "JST")
        assert value(client, "'LANG' in os.environ") is False
        assert value(client, "str(get_ipython().history_manager.hist_file)") == ":memory:"
        assert value(client, "sys.argv[1:]") == ["-f", manager.connection_file, *more]
        assert value(client, "Path(sys.argv[0]).name", before="from pathlib import Path") == (
            "ipykernel_launcher.py"
        )
        assert value(client, "'' in sys.path") is True
        assert value(client, "__name__, os.getsid(0) == os.getpid()") == ("__main__", True)


SEEN = """(
    sorted(each.name.split('-')[0] for each in threading.enumerate()),
    [repr(signal.getsignal(n)) for n in (signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE)],
    signal.pthread_sigmask(signal.SIG_BLOCK, []), os.umask(0o22), sys.flags.safe_path,
    resource.getrlimit(resource.RLIMIT_NOFILE), gc.isenabled(), locale.getlocale(),
    sys.dont_write_bytecode, sys.stdin.closed, os.environ.get('OPENBLAS_NUM_THREADS'),
    os.environ.get('MPLBACKEND'), os.getpgid(0) == os.getpid(),
)"""


def test_a_look_around_shows_what_it_shows_in_a_stock_kernel() -> None:
    seen = []
    for name in (NAME, "local-provisioner"):
        with kernel(manager=started_by(name)) as (_, client):
            seen.append(value(client, SEEN, before=f"import {LOOKED_AT}"))
    assert seen[0] == seen[1]


LOOKED_AT = "gc, locale, os, resource, signal, sys, threading"


def started_by(provisioner: str) -> KernelManager:
    manager = KernelManager()
    manager.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": provisioner}
    return manager


def test_its_debugger_knows_the_modules_that_were_imported_before() -> None:
    """Which it got from the zygote: to look at each would make 7 MB of memory its own."""
    with kernel() as (_, client):
        known = "get_ipython().kernel._kernel_modules"
        assert value(client, f"numpy.__file__ in {known}", before="import numpy") is True
        assert value(client, f"get_ipython().kernel.debugger.kernel_modules is {known}") is True


def test_a_page_can_ask_it_for_all_its_widgets(zygotes: Zygotes) -> None:
    """ipywidgets was imported where there was no kernel that could be asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zygotes, "modules", [*FEW, "ipywidgets"])
        with kernel() as (_manager, client):
            client.execute_interactive("import ipywidgets; it = ipywidgets.IntSlider()", timeout=60)
            comm = {"comm_id": "asked", "target_name": "jupyter.widget.control"}
            metadata = {"version": "1.0.0"}
            opened = client.session.msg("comm_open", {**comm, "data": {}}, metadata=metadata)
            asked = {"comm_id": "asked", "data": {"method": "request_states"}}
            client.shell_channel.send(opened)
            client.shell_channel.send(client.session.msg("comm_msg", asked))
            while (said := client.get_iopub_msg(timeout=60))["msg_type"] != "comm_msg":
                assert said["msg_type"] != "comm_close", "it does not know what it is asked"
            names = [each["model_name"] for each in said["content"]["data"]["states"].values()]
            assert "IntSliderModel" in names


def test_it_need_not_read_the_lessons_of_its_course_again(zygotes: Zygotes, course: Path) -> None:
    folder = course / "lessons"
    look = (
        "from pathlib import Path; from kit.course import _outline, load_course\n"
        f"titles = [each.title for each in load_course(Path({str(folder)!r})).lessons]\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zygotes, "modules", [*FEW, "kit.course"])  # another zygote, which reads it
        patch.setattr(zygotes, "course", str(folder))
        with kernel() as (_manager, client):
            assert value(client, "_outline.cache_info().misses - len(titles)", before=look) == 0
            saved = folder / "01-meet-the-table" / "lesson.ipynb"
            saved.write_text(saved.read_text().replace("Meet the table", "Greet the table"))
            assert value(client, "titles[0]", before=look) == "Greet the table"


def test_each_has_random_numbers_of_its_own() -> None:
    drawn = set()
    for _ in range(2):
        with kernel() as (_manager, client):
            drawn.add(value(client, "random.random()", before="import random, numpy, uuid"))
            drawn.add(value(client, "float(numpy.random.rand())"))
            drawn.add(value(client, "str(uuid.uuid1())"))
    assert len(drawn) == 6


def test_what_it_prints_by_itself_goes_where_it_was_told(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as out, kernel(stdout=out, stderr=subprocess.DEVNULL) as (
        _manager, client,
    ):  # fmt: skip
        value(client, "os.write(1, b'one')", before="import os, sys")
        value(client, "os.write(2, b'two')")
        value(client, "os.system('echo three')")
    assert (tmp_path / "out").read_text() == "onethree\n"


def test_what_its_log_says_is_what_a_stock_kernels_says(tmp_path: Path) -> None:
    """Programs sort out such lines by how they begin."""
    said = []
    for name in (NAME, "local-provisioner"):
        with (tmp_path / name).open("w") as file, kernel(started_by(name), stderr=file) as (
            manager, client,
        ):  # fmt: skip
            assert hasattr(manager.provisioner, "is_warm") is (name == NAME)
            value(client, "1")
        said.append((tmp_path / name).read_text())
    assert said[0] == said[1]
    assert "WARNING" in said[0], "that it talks over TCP"


def test_at_its_end_it_does_what_was_put_off_until_then(tmp_path: Path) -> None:
    """Though it leaves out the rest of what Python does at its end."""
    later = (
        "import atexit, threading, time\n"
        "said = open('said', 'w')\n"
        "atexit.register(lambda: said.write('at exit\\n') and said.flush())\n"
        "wait = lambda: (time.sleep(0.3), said.write('a thread, '))\n"
        "threading.Thread(target=wait).start()"
    )
    with kernel(cwd=str(tmp_path)) as (manager, client):
        assert is_warm(manager)
        value(client, "0", before=later)
        manager.shutdown_kernel()
    assert (tmp_path / "said").read_text() == "a thread, at exit\n"


# Its life ---------------------------------------------------------------------------------------


def files_of(manager: KernelManager) -> list[Path]:
    """Its connection file, and its sockets where they are files."""
    file = Path(manager.connection_file)
    return list(file.parent.glob(f"{file.stem}*"))


def test_it_is_interrupted_restarted_and_shut_down() -> None:
    with kernel() as (manager, client):
        first = pid_of(manager)
        # Or the kernel would still refuse what comes straight after the interrupt.
        message = client.execute("import time\nwhile True: time.sleep(1)", stop_on_error=False)
        wait_until(lambda: busy(client))
        manager.interrupt_kernel()
        answer = client.get_shell_msg(timeout=20)
        assert answer["parent_header"]["msg_id"] == message
        assert answer["content"]["ename"] == "KeyboardInterrupt"
        value(client, "1", before="mine = 5")
        manager.restart_kernel()
        client.wait_for_ready(timeout=60)
        assert is_warm(manager)
        assert pid_of(manager) != first
        assert value(client, "'mine' in globals()") is False
        pid = pid_of(manager)
        manager.shutdown_kernel()
        assert not psutil.pid_exists(pid)
        assert not manager.is_alive()
        assert files_of(manager) == []


def busy(client: BlockingKernelClient) -> bool:
    message = client.get_iopub_msg(timeout=20)
    return bool(message["msg_type"] == "execute_input")


def test_a_kernel_that_ends_by_itself_is_known_to_have_ended_and_how(zygotes: Zygotes) -> None:
    for code, ends in ((7, "os._exit(7)"), (-9, "os.kill(os.getpid(), 9)")):
        with kernel() as (manager, client):
            client.execute(f"import os; {ends}")
            wait_until(lambda manager=manager: not manager.is_alive())
            assert manager.provisioner._forked.poll() == code
            assert not psutil.pid_exists(pid_of(manager)), "it was reaped at once"


def test_it_is_looked_after_however_many_files_its_owner_has_open() -> None:
    files = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]
    try:
        with kernel() as (manager, client):
            assert manager.provisioner._forked.handle > 1024
            assert value(client, "1 + 1") == 2
            assert manager.is_alive()
    finally:
        for each in files:
            os.close(each)


def test_what_it_has_started_ends_with_it() -> None:
    with kernel() as (manager, client):
        pid = value(
            client, "child.pid", before="import subprocess as s; child = s.Popen(['sleep', '600'])"
        )
        assert alive(pid)
        manager.shutdown_kernel(now=True)
        wait_until(lambda: not alive(pid))


def test_sockets_that_are_files_are_gone_with_their_kernel(tmp_path: Path) -> None:
    """IPC instead of TCP."""
    own = KernelManager(transport="ipc", connection_file=str(tmp_path / "kernel-1.json"))
    with kernel(own) as (manager, client):
        assert is_warm(manager)
        assert value(client, "6 * 7") == 42
        assert len(files_of(manager)) == 6
    assert files_of(manager) == []


# The zygote's -------------------------------------------------------------------------------------


def test_it_has_one_thread_however_many_it_has_forked(zygotes: Zygotes) -> None:
    with kernel(), kernel() as (manager, _client):
        zygote = manager.provisioner._forked.zygote
        assert os.listdir(f"/proc/{zygote.pid}/task") == [str(zygote.pid)]
        assert psutil.Process(pid_of(manager)).ppid() == zygote.pid


def test_a_kernel_keeps_nothing_of_the_zygotes_open(zygotes: Zygotes) -> None:
    with kernel() as (manager, client):
        files = value(client, "os.listdir('/proc/self/fd')", before="import os")
        zygote = manager.provisioner._forked.zygote
        sockets = {
            os.readlink(f"/proc/{zygote.pid}/fd/{each}")
            for each in os.listdir(f"/proc/{zygote.pid}/fd")
        } - {"/dev/null"}
        mine = {os.readlink(f"/proc/{pid_of(manager)}/fd/{each}") for each in files if int(each) > 2
                and os.path.exists(f"/proc/{pid_of(manager)}/fd/{each}")}  # fmt: skip
        assert not {each for each in sockets & mine if each.startswith("socket:")}


def test_where_it_has_died_its_kernels_end_and_the_next_one_has_another(zygotes: Zygotes) -> None:
    with kernel() as (manager, _client):
        zygote = manager.provisioner._forked.zygote
        os.kill(zygote.pid, signal.SIGKILL)
        wait_until(lambda: not manager.is_alive())
        wait_until(lambda: not alive(pid_of(manager)))
        with kernel() as (another, client):
            assert is_warm(another)
            assert another.provisioner._forked.zygote.pid != zygote.pid
            assert value(client, "1 + 1") == 2
        manager.restart_kernel()
        assert is_warm(manager)


def test_where_packages_have_changed_it_is_replaced_and_the_old_ones_kernels_live_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    packages = tmp_path / "site-packages"
    packages.mkdir()
    monkeypatch.syspath_prepend(str(packages))
    with kernel() as (first, client):
        old = first.provisioner._forked.zygote.pid
        (packages / "new.py").touch()
        with kernel() as (second, _client):
            assert is_warm(second)
            assert second.provisioner._forked.zygote.pid != old
            assert value(client, "2 + 2") == 4
    with kernel():
        wait_until(lambda: not alive(old), what="its last kernel has ended")


OWNER = """
import os, sys, time
from jupyter_client import KernelManager
os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = "kit-warm"
manager = KernelManager()
manager.start_kernel()
forked = manager.provisioner._forked
print(forked.pid, forked.zygote.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_its_owner_and_so_do_its_kernels(number: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True) as own:
        assert own.stdout
        pids = [int(each) for each in own.stdout.readline().split()]
        assert all(map(alive, pids))
        own.send_signal(number)
    wait_until(lambda: not any(map(alive, pids)), seconds=10)


POOL = """
import os
from multiprocessing import get_context
from jupyter_client import AsyncKernelManager
from jupyter_core.utils import run_sync
os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = "kit-warm"

async def start_and_end_one():
    manager = AsyncKernelManager()
    await manager.start_kernel()
    try:
        return manager.provisioner.is_warm
    finally:
        await manager.shutdown_kernel(now=True)

def is_warm(_number):
    return run_sync(start_and_end_one)()

print(is_warm(0))
with get_context("fork").Pool(2) as pool:
    print(pool.map_async(is_warm, range(4)).get(timeout=60))
"""


def test_processes_of_a_pool_have_zygotes_of_their_own() -> None:
    """They are forked with their owner's zygote, loop and threads, none of which they can use."""
    done = subprocess.run([sys.executable, "-c", POOL], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["True", "[True, True, True, True]"], done.stderr


FORKED_MEANWHILE = """
import os, signal
from kit.kernels.owner import zygotes

zygotes.modules = ()
with zygotes._lock:  # a thread is starting a kernel
    if not (forked := os.fork()):
        signal.alarm(60)
        zygotes.wait()
        os._exit(0)
print(os.waitpid(forked, 0)[1])
"""


def test_a_process_that_is_forked_while_a_kernel_starts_starts_its_own() -> None:
    """The thread that would have let go of the lock is none of its."""
    script = [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKED_MEANWHILE]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.stdout == "0\n", done.stderr


def test_ports_are_chosen_and_told_once_a_kernel_can_be_forked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until then others might take the ports, and who reads the file would wait for the kernel."""
    file, seen = tmp_path / "kernel-1.json", tmp_path / "seen"
    (tmp_path / "slow.py").write_text(
        f"import os\nopen({str(seen)!r}, 'w').write(str(os.path.exists({str(file)!r})))\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    alone = Zygotes(["slow"])
    monkeypatch.setattr("kit.kernels.provisioner.zygotes", alone)
    with kernel(KernelManager(connection_file=str(file))) as (manager, _client):
        assert is_warm(manager)
        assert file.exists()
    assert seen.read_text() == "False"
    alone.close()


# Where it is not asked, or cannot ----------------------------------------------------------------


def test_a_zygote_with_threads_does_not_fork(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """And the kernel is started the usual way, with a line in the log."""
    (tmp_path / "busy.py").write_text(
        "from threading import Thread\nimport time\n"
        "Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    alone = Zygotes(["busy"])
    monkeypatch.setattr("kit.kernels.provisioner.zygotes", alone)
    with caplog.at_level("INFO"), kernel() as (manager, client):
        assert not is_warm(manager)
        assert value(client, "1 + 2") == 3
    assert "2 threads" in caplog.text
    alone.close()


def test_where_it_dies_again_and_again_kernels_are_started_the_usual_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "deadly.py").write_text(
        f"import os\nopen({str(tmp_path / 'deaths')!r}, 'a').write('x')\nos._exit(3)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("kit.kernels.provisioner.zygotes", Zygotes(["deadly"]))
    for _ in range(2):
        with kernel() as (manager, client):
            assert not is_warm(manager)
            assert value(client, "1 + 2") == 3
    assert (tmp_path / "deaths").read_text() == "xx"


def test_another_python_kernelspec_or_environment_gets_the_usual_way(tmp_path: Path) -> None:
    other = tmp_path / "python"
    other.symlink_to(sys.executable)
    for change in ("argv", "env"):
        manager = KernelManager()
        if change == "argv":
            manager.kernel_spec.argv[0] = str(other)
            manager.kernel_spec.env["PYTHONPATH"] = os.pathsep.join(sys.path)
        else:
            manager.kernel_spec.env["PYTHONHASHSEED"] = "1"
        with kernel(manager) as (_manager, client):
            assert not is_warm(manager)
            assert value(client, "1 + 3") == 4
