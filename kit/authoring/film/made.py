"""What the tools made, and of what: media/made.json. The same inputs are not worked on twice.

Everything is made in a folder elsewhere and put into place at the end, all files at once: whoever
ends us, and wherever the disk is full, the files of before stay as they were.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.words import _

RECORD = "made.json"
"""The record of a folder, beside the files that it is about."""

_PREFIX = "kit-media-"
_OWNER = re.compile(rf"{_PREFIX}(\d+)-")
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Facts:
    """What is told of one made film: its length in seconds and its loudness (None: no sound)."""

    seconds: float
    lufs: float | None


def inputs_of(folder: Path, sources: Iterable[Path], how: Mapping[str, Any]) -> dict[str, Any]:
    """What a file is made of, as the record of a folder has it.

    Args:
        folder: where the file will be.
        sources: the files whose content counts.
        how: the arguments, and a number that grows when the way of making changes.

    Raises:
        KitError: one of the files cannot be read.
    """
    named = {os.path.relpath(path, folder).replace(os.sep, "/"): path for path in sources}
    return {
        "from": {name: fingerprint(named[name]) for name in sorted(named)},
        "recipe": hashlib.sha256(json.dumps(how, sort_keys=True).encode()).hexdigest(),
    }


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file.

    Raises:
        KitError: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise KitError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror),
            _("Check the file and its permissions."),
        ) from error
    return digest.hexdigest()


def is_made(folder: Path, names: Iterable[str], inputs: Mapping[str, Any]) -> bool:
    """Whether these files are there, as they were made, of just that."""
    record = read_record(folder)
    return all(
        {key: entry.get(key) for key in inputs} == inputs
        and (folder / name).is_file()
        and fingerprint(folder / name) == entry.get("sha256")
        for name in names
        for entry in [record.get(name, {})]
    )


def read_record(folder: Path) -> dict[str, dict[str, Any]]:
    """What made.json says of each file; nothing where it cannot be read: all is made anew."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    entries = found.items() if isinstance(found, dict) else ()
    return {name: entry for name, entry in entries if isinstance(entry, dict)}


@contextmanager
def workshop() -> Iterator[Path]:
    """A folder to make things in, gone afterwards; one that was left by a kill goes now.

    Raises:
        KitError: there is no room for it, or for what is written there.
    """
    _sweep(Path(tempfile.gettempdir()))
    try:
        with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-") as name:
            yield Path(name)
    except OSError as error:
        raise KitError(
            _("A file for the work in {folder} cannot be written: {reason}.").format(
                folder=tempfile.gettempdir(), reason=error.strerror or error
            ),
            _("Make room on the disk, or set TMPDIR to a folder where there is."),
        ) from error


def _sweep(folder: Path) -> None:
    if os.name != "posix":  # elsewhere nobody can be asked without being ended
        return
    for left in folder.glob(f"{_PREFIX}*"):
        owner = _OWNER.match(left.name)
        if owner and not _runs(int(owner[1])):
            shutil.rmtree(left, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def put_in_place(
    files: Sequence[Path], folder: Path, inputs: Mapping[str, Any], facts: Mapping[str, Facts]
) -> list[Path]:
    """Move what was made into a folder, all files or none, and write it down.

    A file that the tools did not make, or that was changed since, is kept as NAME.bak.

    Args:
        files: what was made, elsewhere.
        folder: where it belongs.
        inputs: what it was made of: see ``inputs_of``.
        facts: of the films among the files, by name.

    Raises:
        KitError: one cannot be written; those of before are there.
    """
    before = read_record(folder)
    record = dict(before)
    for file in files:
        known = facts.get(file.name)
        told = {"seconds": round(known.seconds, 3), "lufs": known.lufs} if known else {}
        size = {"sha256": fingerprint(file), "bytes": file.stat().st_size}
        record[file.name] = {**inputs, **size, **told}
    text = json.dumps(record, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    with _beside(folder) as halves:
        for file in (*files, _written(files[0].parent / RECORD, text)):
            place = folder / file.name
            halves[place] = place.with_name(f".{place.name}.part")
            _copy(file, halves[place], place)
        for place, half in halves.items():
            if place.name != RECORD:
                _keep_foreign(place, half, before.get(place.name, {}))
        for place, half in halves.items():  # the record last: without it all is made once more
            os.replace(half, place)
    return [folder / file.name for file in files]


@contextmanager
def _beside(folder: Path) -> Iterator[dict[Path, Path]]:
    """Files that wait beside their places; those that are left over go."""
    halves: dict[Path, Path] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield halves
    except OSError as error:
        raise KitError(
            _("{path} cannot be written: {error}.").format(
                path=error.filename or folder, error=error.strerror
            ),
            _("Is there room on the disk, and may you write there?"),
        ) from error
    finally:
        for half in halves.values():
            if half.is_file():
                half.unlink()


def _copy(made: Path, half: Path, place: Path) -> None:
    """Copy what was made to the disk where it belongs; an error names its place there."""
    try:
        shutil.copyfile(made, half)
        with half.open("rb") as file:
            os.fsync(file.fileno())
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(place)) from error


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _keep_foreign(place: Path, new: Path, entry: Mapping[str, Any]) -> None:
    """Keep a file as NAME.bak that neither is what we made nor what we put in its place."""
    if place.is_file() and fingerprint(place) not in {entry.get("sha256"), fingerprint(new)}:
        backup = place.with_name(f"{place.name}.bak")
        _copy(place, backup, backup)
