"""An edition as a folder, which takes the place of the one before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from kit.authoring.edition.contents import MARK
from kit.errors import BuildError
from kit.words import _


def refuse_other(out: Path) -> None:
    """Raise a BuildError where a folder holds something else than an edition."""
    if out.exists() and not (out / MARK).is_file() and (not out.is_dir() or any(out.iterdir())):
        raise BuildError(
            _("{out} holds something that kit build did not make.").format(out=out),
            _("Name a folder that is empty or not there yet."),
        )


def put(files: Mapping[str, bytes], out: Path, new: Path) -> None:
    """Write the edition at ``new``, then change it for the one before, which stays until then."""
    for name, content in files.items():
        path = new / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    before = out.with_name(f".{out.name}.before")
    _take_up(before, out)
    if (out / MARK).is_file():
        _carry_over(out, new)
    if not out.exists():
        os.replace(new, out)
        return
    os.replace(out, before)
    try:
        os.replace(new, out)
    except OSError:
        os.replace(before, out)
        raise
    shutil.rmtree(before, ignore_errors=True)  # the next build removes what is left of it


def _take_up(before: Path, out: Path) -> None:
    """End what a build began that was killed in the middle of the change."""
    if not (before / MARK).is_file():
        return
    if out.exists():
        shutil.rmtree(before)
    else:
        os.replace(before, out)


def _carry_over(before: Path, new: Path) -> None:
    """Keep what somebody made in the edition since, such as their own copy of a notebook."""
    built = {*(before / MARK).read_text(encoding="utf-8").splitlines(), MARK}
    for path in before.rglob("*"):
        name = path.relative_to(before)
        if path.is_file() and name.as_posix() not in built and not (new / name).exists():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, new / name)
