"""Files that are written whole or not at all.

What is new is written beside its place, brought to the disk, and then takes the place at once:
whoever ends us, and wherever the disk is full, the file of before is there, or the new one.
"""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TypeAlias

Content: TypeAlias = str | bytes | Path
"""What is to be in a file: a text (as UTF-8, its lines as they are), bytes, or a file's copy."""


def replace_file(path: Path, content: Content, *, keep_backup: bool = False) -> Path | None:
    """Write one file, see ``replace_files``; the file of before may be kept: see ``backup_of``.

    Returns:
        Where the file of before is kept; None where none is.

    Raises:
        OSError: it cannot be written.
    """
    kept: dict[Path, Content] = {}
    if keep_backup and path.is_file():
        kept[backup_of(path)] = path
    replace_files({**kept, path: content})
    return next(iter(kept), None)


def replace_files(contents: Mapping[Path, Content]) -> None:
    """Write files that belong together: none takes its place before all are on the disk.

    A file gets the permissions of the one whose place it takes; where there is none, a copy those
    of what it is a copy of. A link gives way to a file: resolve it first to write where it leads.

    Args:
        contents: what is to be in each file, in the order in which they take their places.

    Raises:
        OSError: one cannot be written; names it. The files of before are as they were, and
            nothing is left beside them.
    """
    parts: dict[Path, Path] = {}
    try:
        for place, content in contents.items():
            part = place.with_name(f".{place.name}.part")
            with _naming(place):
                part.unlink(missing_ok=True)  # of somebody who was ended
                parts[place] = part
                _write(part, content, place)
        for place, part in parts.items():
            with _naming(place):
                os.replace(part, place)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def backup_of(path: Path) -> Path:
    """Where a file is kept before another takes its place: NAME.bak, or NAME.2.bak and so on.

    What is there stays: it may be the only good one, or somebody's own. A file that is kept
    already is not kept twice.
    """
    names = (
        path.with_name(f"{path.name}.{n}.bak" if n > 1 else f"{path.name}.bak") for n in count(1)
    )
    return next(each for each in names if not os.path.lexists(each) or _is_copy(each, path))


def _is_copy(backup: Path, path: Path) -> bool:
    is_file = backup.is_file() and not backup.is_symlink()
    return is_file and filecmp.cmp(backup, path, shallow=False)


def _write(part: Path, content: Content, place: Path) -> None:
    """Write a file for a place, as far as the disk."""
    with part.open("xb") as file:
        if place.is_file() and not place.is_symlink():
            shutil.copymode(place, part)
        elif isinstance(content, Path):
            shutil.copymode(content, part)
        if isinstance(content, Path):
            with content.open("rb") as source:
                shutil.copyfileobj(source, file)
        else:
            file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _naming(place: Path) -> Iterator[None]:
    """Errors name the file that was to be written, and not the one beside it."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(place)) from error
