"""Other people's programs (ffmpeg, a voice): found, run, and their failures told.

They are run and never imported, so that their licences stay theirs.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from kit.errors import KitError
from kit.words import _


def find_program(name: str, package: str) -> Path:
    """Where a program is.

    Args:
        name: what it is called on the path, such as ``"ffmpeg"``.
        package: what installs it on Debian and Ubuntu.

    Raises:
        KitError: it is not on the path.
    """
    found = shutil.which(name)
    if found is None:
        raise KitError(
            _("{name} is not installed.").format(name=name),
            _(
                "Install it: sudo apt install {package} (or with your own system's packages)."
            ).format(package=package),
        )
    return Path(found)


def run_program(
    program: Path, *arguments: str, stdin: str = "", on_line: Callable[[str], None] | None = None
) -> str:
    """Run a program to its end; it ends with us, however we end.

    Args:
        program: the program's full path.
        arguments: what it is given; never seen by a shell.
        stdin: what it reads on its standard input.
        on_line: called with each line that it writes, as it comes.

    Returns:
        What it wrote, on standard output and standard error together.

    Raises:
        KitError: it cannot be started, or it failed; quotes the last thing it said.
    """
    command = [str(program), *arguments]
    with _started(program, command) as process:
        try:
            lines = _talk(process, stdin, on_line)
        except BaseException:  # Ctrl-C too: no program is left behind that goes on writing
            process.kill()
            raise
    if process.returncode:
        last = next((line for line in reversed(lines) if line), str(process.returncode))
        raise KitError(
            _("{name} failed: {said}.").format(name=program.name, said=last.rstrip(".")),
            _("Nothing was written. Run it by hand to see more: {command}").format(
                command=" ".join(command)
            ),
        )
    return "\n".join(lines)


def _started(program: Path, command: Sequence[str]) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(  # noqa: S603  (a list of our own making, no shell)
            [*_ends_with_us(), *command],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except OSError as error:
        raise KitError(
            _("{program} cannot be started: {reason}.").format(
                program=program, reason=error.strerror
            ),
            _("Nothing was written. Can you run it by hand?"),
        ) from error


def _talk(
    process: subprocess.Popen[str], stdin: str, on_line: Callable[[str], None] | None
) -> list[str]:
    if process.stdin:
        with suppress(BrokenPipeError):  # it has ended already; what it says tells why
            process.stdin.write(stdin)
            process.stdin.close()
    lines = []
    for line in process.stdout or ():
        lines.append(line.rstrip())
        if on_line:
            on_line(lines[-1])
    return lines


def _ends_with_us() -> list[str]:
    """What makes Linux end a program when we are killed; elsewhere it runs to its end."""
    found = shutil.which("setpriv")
    is_whole = found and Path(found).resolve().name == "setpriv"  # busybox's cannot do it
    return [str(found), "--pdeathsig", "KILL", "--"] if is_whole else []
