"""The attacks, by name. Each is code that a learner's cell could hold.

The code finds ``world`` (see ``world.py``) and ``call``, which makes a system call by its number;
it sets ``escaped``. What raises has not escaped. Of some it shows only outside of the kernel, after
its end, whether they have.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

PRELUDE = """
import ctypes, glob, mmap, os, platform, signal, socket, struct, subprocess, sys, time
from pathlib import Path
escaped = False
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
def call(x86, arm, *given):
    number = x86 if platform.machine() == "x86_64" else arm
    done = libc.syscall(*[ctypes.c_long(each) if isinstance(each, int) else each
                          for each in (number, *given)])
    if done < 0: raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return done
def answer(family, kind, address):
    with socket.socket(family, kind) as own:
        own.settimeout(2)
        own.connect(address)
        own.send(b"?")
        return own.recv(100).decode() == world["secret"]
def read(path): return world["secret"] in Path(path).read_text()
def holds(path):
    with open(path, "rb", 0) as file: return file.read(64)
def written(path):
    Path(path).write_text("x")
    return Path(path).read_text() == "x"
"""


@dataclass(frozen=True)
class Attack:
    """One way out.

    Attributes:
        code: what is run.
        during, seen: what shows outside that it has worked, where the code itself cannot tell:
            while the kernel still runs, or after its end.
        root: whether only root can do it at level open.
        limits: of the kernel, so that a bomb need not be large.
    """

    code: str
    during: str = ""
    seen: str = ""
    root: bool = False
    limits: dict[str, Any] = field(default_factory=dict)


_STAY = "time.sleep(1.5)"  # twice as long as Linux's helpers look; a bomb's fuse

ATTACKS: dict[str, Attack] = {
    # The network
    "tcp over IPv4": Attack(
        "escaped = answer(socket.AF_INET, socket.SOCK_STREAM, ('127.0.0.1', world['tcp']))"
    ),
    "tcp over IPv6": Attack(
        "escaped = answer(socket.AF_INET6, socket.SOCK_STREAM, ('::1', world['tcp6']))"
    ),
    "udp": Attack(
        "escaped = answer(socket.AF_INET, socket.SOCK_DGRAM, ('127.0.0.1', world['udp']))"
    ),
    "a UNIX socket": Attack("escaped = answer(socket.AF_UNIX, socket.SOCK_STREAM, world['unix'])"),
    "an abstract UNIX socket": Attack(
        "escaped = answer(socket.AF_UNIX, socket.SOCK_STREAM, '\\0' + world['abstract'])"
    ),
    "a UNIX socket in the course's folder": Attack(
        "escaped = answer(socket.AF_UNIX, socket.SOCK_STREAM, world['course_unix'])"
    ),
    "a letter to a UNIX socket in the course's folder": Attack(
        "own, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)\n"
        "own.sendto(b'posted', world['course_post'])",
        seen="world_has_heard('posted', 2)",
    ),
    "the network's other interfaces": Attack(
        "escaped = [name for _, name in socket.if_nameindex()] != ['lo']"
    ),
    "raw packets": Attack(
        "socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close(); escaped = True", root=True
    ),
    "another protocol family": Attack(
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 9).close(); escaped = True"  # audit
    ),
    "a port that others can reach": Attack(
        "own = socket.create_server(('0.0.0.0', world['free']))",
        during="socket.create_connection(('127.0.0.1', world['free']), 2)",
    ),
    # Files
    "a secret in another's home": Attack("escaped = read(world['home'] + '/secret.txt')"),
    "the keys of another's programs": Attack(
        "escaped = any(read(each) for each in glob.glob(world['home'] + '/.ssh/*'))"
    ),
    "writing to the course": Attack("escaped = written(world['course'] + '/new.txt')"),
    "changing the course": Attack(
        "escaped = os.chmod(world['course'] + '/data.csv', 0o600) is None"
    ),
    "writing beside the course": Attack(
        "written(world['course'] + '/../beside.txt')",
        seen="os.path.exists(world['folder'] + '/beside.txt')",
    ),
    "writing to the packages": Attack("escaped = written(world['packages'] + '/kit_attack.py')"),
    "writing to a home": Attack("escaped = written(world['home'] + '/new.txt')"),
    "leaving a file in /tmp": Attack(
        "written('/tmp/' + world['name'])", seen="os.path.exists('/tmp/' + world['name'])"
    ),
    "leaving a file in /var/tmp": Attack(
        "written('/var/tmp/' + world['name'])", seen="os.path.exists('/var/tmp/' + world['name'])"
    ),
    "leaving a file in /dev/shm": Attack(
        "written('/dev/shm/' + world['name'])", seen="os.path.exists('/dev/shm/' + world['name'])"
    ),
    "a secret in /dev/shm": Attack("escaped = read('/dev/shm/' + world['shared'])"),
    "a symbolic link to a secret": Attack(
        "os.symlink(world['home'] + '/secret.txt', '/tmp/link-' + world['name'])\n"
        "escaped = read('/tmp/link-' + world['name'])"
    ),
    "a hard link that can be written": Attack(
        "os.link(world['course'] + '/data.csv', world['course'] + '/own.csv'); escaped = True"
    ),
    "up and out by ..": Attack(
        "top = os.open('/', os.O_PATH)\n"
        "for _ in range(40): top = os.open('..', os.O_PATH, dir_fd=top)\n"
        "os.fchdir(top); escaped = read('.' + world['home'] + '/secret.txt')"
    ),
    "by the owner's root": Attack(
        "escaped = read(f\"/proc/{world['owner']}/root{world['home']}/secret.txt\")"
    ),
    "by the owner's open files": Attack(
        "escaped = read(f\"/proc/{world['owner']}/fd/{world['open']}\")"
    ),
    "by a file's handle": Attack(
        "handle = ctypes.create_string_buffer(struct.pack('Ii', 128, 0) + bytes(128))\n"
        "mount = ctypes.c_int()\n"
        "path = os.fsencode(world['home'] if os.path.exists(world['home']) else '/usr')\n"
        "call(303, 264, -100, path, handle, ctypes.byref(mount), 0)\n"
        "escaped = call(304, 265, os.open('/', os.O_RDONLY), handle, 0) > 0",
        root=True,
    ),
    "the store of others": Attack(
        "store = Path(world['data'] + '/progress.sqlite3')\n"
        "escaped = world['secret'].encode() in store.read_bytes()"
    ),
    "progress of another learner": Attack(
        "from kit.events import Event\nfrom kit.linked_store import own_store\n"
        "own_store().append([Event(learner='bob', course='c', lesson='l', verb='opened')])",
        seen="any(each.learner == 'bob' for each in Store().events())",
    ),
    "connection files of others": Attack(
        "escaped = 'key' in Path(world['connection']).read_text()"
    ),
    "another kernel's sockets": Attack(
        "with socket.socket(socket.AF_UNIX) as own: own.connect(world['sibling_socket'])\n"
        "escaped = True"
    ),
    # Devices and the system
    "devices of the machine": Attack(
        "for each in ('/dev/fuse', '/dev/kvm', '/dev/tty0', '/dev/loop-control'):\n"
        "    try: escaped = os.open(each, os.O_RDWR) > 0 or escaped\n"
        "    except OSError: pass"
    ),
    "a device of one's own": Attack(
        "place = '/tmp/zero-' + world['name']\n"
        "os.mknod(place, 0o600 | 0o020000, os.makedev(1, 5)); escaped = len(holds(place)) == 64",
        root=True,
    ),
    "the machine's messages": Attack("escaped = os.open('/dev/kmsg', os.O_RDONLY) > 0", root=True),
    "the machine's settings": Attack(
        "escaped = os.open('/proc/sys/kernel/core_pattern', os.O_WRONLY) > 0", root=True
    ),
    "the machine's name": Attack(
        "socket.sethostname(socket.gethostname()); escaped = True", root=True
    ),
    "control groups": Attack(
        "escaped = any(os.access(each, os.W_OK) for each in glob.glob('/sys/fs/cgroup/*'))",
        root=True,
    ),
    # Other processes
    "seeing other processes": Attack("escaped = os.path.exists(f\"/proc/{world['owner']}/stat\")"),
    "the owner's environment": Attack(
        "escaped = 'PATH=' in Path(f\"/proc/{world['owner']}/environ\").read_text()"
    ),
    "its own first environment": Attack(
        "escaped = world['secret'] in os.environ.get('KIT_TEST_SECRET', '')"
        " + Path('/proc/self/environ').read_text()"
    ),
    "a signal to the owner": Attack("os.kill(world['owner'], 0); escaped = True"),
    "a signal to the zygote": Attack("os.kill(world['zygote'], 0); escaped = True"),
    "a signal to a sibling": Attack("os.kill(world['sibling'], 0); escaped = True"),
    "tracing a sibling": Attack(
        "call(101, 117, 16, world['sibling'], 0, 0); escaped = True\n"
        "os.waitpid(world['sibling'], 0x40000000); call(101, 117, 17, world['sibling'], 0, 0)"
    ),
    "a sibling's memory by /proc": Attack(
        "with open(f\"/proc/{world['sibling']}/mem\", 'rb', 0) as memory:\n"
        "    memory.seek(world['address']); escaped = memory.read(6) == b'sesame'"
    ),
    "a sibling's memory by a call": Attack(
        "own = ctypes.create_string_buffer(6)\n"
        "here, there = struct.pack('PN', ctypes.addressof(own), 6), "  # struct iovec
        "struct.pack('PN', world['address'], 6)\n"
        "call(310, 270, world['sibling'], here, 1, there, 1, 0)\n"
        "escaped = own.raw == b'sesame'"
    ),
    "the zygote's socket": Attack(
        "zygote = os.pidfd_open(world['zygote'])\n"
        "for each in range(3, 60):\n"
        "    try: own = call(438, 438, zygote, each, 0)\n"
        "    except OSError: continue\n"
        "    escaped |= os.readlink(f'/proc/self/fd/{own}').startswith('socket:')"
    ),
    "a shared memory segment": Attack(
        "libc.shmat.restype = ctypes.c_void_p\n"
        "place = libc.shmat(world['segment'], None, 0)\n"
        "escaped = ctypes.string_at(place, 6) == b'sesame'"
    ),
    # Rights
    "programs with another's rights": Attack(
        "escaped = 'NoNewPrivs:\\t0' in Path('/proc/self/status').read_text()"
    ),
    "mounting": Attack(
        "escaped = libc.mount(b'none', b'/mnt', b'tmpfs', 0, b'size=4k') == 0\n"
        "libc.umount2(b'/mnt', 2)",
        root=True,
    ),
    "namespaces in namespaces": Attack(
        "if os.fork() == 0:\n"
        "    try: call(272, 97, 0x10000000); os._exit(0)\n"
        "    except OSError: os._exit(1)\n"
        "escaped = os.wait()[1] == 0"
    ),
    "a new namespace by clone": Attack(
        "libc = ctypes.PyDLL(None)  # which lets no other thread in between\n"
        "number = 56 if platform.machine() == 'x86_64' else 220\n"
        "child = libc.syscall(number, 0x10000011, 0, 0, 0, 0)\n"
        "if child == 0: libc._exit(0)\n"
        "escaped = child > 0 and os.waitpid(child, 0)[0] == child"
    ),
    "the owner's namespaces": Attack(
        "call(308, 268, os.open(f\"/proc/{world['owner']}/ns/uts\", os.O_RDONLY), 0)\n"
        "escaped = True",
        root=True,
    ),
    "another root": Attack("os.chroot('/usr'); escaped = True", root=True),
    "another user": Attack("os.setegid(12345); os.setegid(0); escaped = True", root=True),
    "keyrings": Attack(
        "escaped = call(248, 217, b'user', world['name'].encode(), b'x', 1, -4) > 0"
    ),
    "io_uring": Attack("escaped = call(425, 425, 4, ctypes.create_string_buffer(200)) > 0"),
    "programs in the system's own core": Attack(
        "attributes = struct.pack('IIII', 2, 4, 4, 1) + bytes(112)\n"
        "escaped = call(321, 280, 0, attributes, 128) > 0",
        root=True,
    ),
    "page faults of one's own": Attack("escaped = call(323, 282, 1) > 0"),
    "watching the machine": Attack(
        "attributes = ctypes.create_string_buffer(struct.pack('IIQ', 1, 112, 0) + bytes(96))\n"
        "escaped = call(298, 241, attributes, -1, 0, -1, 0) > 0",
        root=True,
    ),
    # Bombs
    "a fork bomb": Attack(
        "children = []\n"
        "try:\n"
        "    for _ in range(150):\n"
        "        child = os.fork()\n"
        "        if child == 0:\n"
        "            time.sleep(20); os._exit(0)\n"
        "        children.append(child)\n"
        f"    {_STAY}\n"
        "except OSError: pass\n"
        "escaped = len(children) == 150\n"
        "for child in children: os.kill(child, 9); os.waitpid(child, 0)",
        limits={"processes": 40},
    ),
    "a memory bomb": Attack(
        "held = bytearray(2_500_000_000); escaped = True",
        limits={"address_bytes": 2_500_000_000},
    ),
    "a memory bomb in many processes": Attack(
        "for _ in range(6):\n"
        "    if os.fork() == 0:\n"
        "        held = bytearray(b'x') * 100_000_000; time.sleep(8); os._exit(0)\n"
        "time.sleep(5); escaped = True",
        limits={"memory_bytes": 300_000_000},
    ),
    "a memory bomb that never falls silent": Attack(
        "for _ in range(6):\n"
        "    if os.fork() == 0:\n"
        "        held = bytearray(b'x') * 100_000_000; time.sleep(8); os._exit(0)\n"
        "for _ in range(50): os.write(2, b'.'); time.sleep(0.1)\n"
        "escaped = True",
        limits={"memory_bytes": 300_000_000},
    ),
    "memory that no process has": Attack(
        "held = mmap.mmap(-1, 1_000_000); held.madvise(mmap.MADV_DONTNEED); escaped = True"
    ),
    "memory of the device of zeros": Attack(
        "held = mmap.mmap(os.open('/dev/zero', os.O_RDWR), 1_000_000); escaped = True"
    ),
    "memory that waits in sockets": Attack(
        "for _ in range(6):\n"
        "    if os.fork() == 0:\n"
        "        held = [socket.socketpair() for _ in range(90)]\n"
        "        for each, _ in held: each.setblocking(False); each.send(bytes(200_000))\n"
        "        time.sleep(8); os._exit(0)\n"
        "time.sleep(5); escaped = True",
        limits={"memory_bytes": 400_000_000},
    ),
    "sockets as large as the machine lets them be": Attack(
        "own, _ = socket.socketpair()\n"
        "before = own.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)\n"
        "own.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**30)\n"
        "escaped = own.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) > before"
    ),
    "a large file": Attack(
        "place = Path('/tmp/large-' + world['name'])\n"
        "try:\n"
        "    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "    escaped = place.write_bytes(bytes(20_000_000)) == 20_000_000\n"
        "finally: place.unlink(missing_ok=True)",
        limits={"file_bytes": 10_000_000},
    ),
    "many files": Attack(
        "places = [Path(f\"/tmp/many-{world['name']}-{at}\") for at in range(10)]\n"
        "try:\n"
        "    for each in places: each.write_bytes(bytes(8_000_000))\n"
        "    escaped = True\n"
        "finally:\n"
        "    for each in places: each.unlink(missing_ok=True)",
        limits={"scratch_bytes": 40_000_000},
    ),
    "names without end": Attack(
        "place = '/tmp/names-' + world['name']; os.mkdir(place)\n"
        "try:\n"
        "    for at in range(3000): os.mkdir(f'{place}/{at}')\n"
        "    escaped = True\n"
        "finally: subprocess.run(['rm', '-rf', place])",
        limits={"scratch_files": 1000},
    ),
    "output without end": Attack(
        "for _ in range(80): os.write(2, b'x' * 100_000)",
        seen="os.path.getsize(world['log']) > 4_000_000",
        limits={"output_bytes": 100_000},
    ),
    "open files without end": Attack(
        "held = [os.open('/dev/null', os.O_RDONLY) for _ in range(500)]; escaped = True",
        limits={"open_files": 200},
    ),
    "a loop without end": Attack(
        "child = subprocess.Popen([sys.executable, '-c', 'while True: pass'])\n"
        "def used(): return int(Path(f'/proc/{child.pid}/stat').read_text().split()[13])\n"
        "while child.poll() is None and not escaped:\n"
        "    time.sleep(0.2); escaped = used() > 3 * os.sysconf('SC_CLK_TCK')\n"
        "child.kill(); child.wait()",
        limits={"cpu_seconds": 2},
    ),
    "sleep without end": Attack("time.sleep(6); escaped = True", limits={"wall_seconds": 2}),
    "memory in files without names": Attack(
        "held = os.memfd_create('held'); os.write(held, bytes(1_000_000)); escaped = True"
    ),
    # After the end
    "a process that outlives the kernel": Attack(
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        for each in range(200):\n"
        "            try: os.close(each)\n"
        "            except OSError: pass\n"
        "        time.sleep(3)\n"
        "        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as own:\n"
        "            own.sendto(b'late', ('127.0.0.1', world['udp']))\n"
        "    os._exit(0)\n"
        "os.wait()",
        seen="world_has_heard('late', 5)",
    ),
    "what is left in the scratch folder": Attack(
        "place = Path(os.environ.get('TMPDIR', '/tmp')) / ('left-' + world['name'])\n"
        "place.write_text('x')",
        seen="os.path.exists(os.environ.get('TMPDIR', '/tmp') + '/left-' + world['name'])",
    ),
}
