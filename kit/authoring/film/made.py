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
from kit.whole_file import Content, backup_of, replace_files
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

    A file that the tools did not make, or that was changed since, is kept: see ``backup_of``.

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
    places: dict[Path, Content] = {folder / file.name: file for file in files}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        kept = {
            backup_of(place): place
            for place in places
            if _is_foreign(place, before.get(place.name, {}), record[place.name])
        }
        # the record last: without it all is made once more
        replace_files({**kept, **places, folder / RECORD: text})
    except OSError as error:
        raise KitError(
            _("{path} cannot be written: {error}.").format(
                path=error.filename or folder, error=error.strerror
            ),
            _("Is there room on the disk, and may you write there?"),
        ) from error
    return list(places)


def _is_foreign(place: Path, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a file is neither what we made nor what we put in its place."""
    own = {before.get("sha256"), after["sha256"]}
    return place.is_file() and fingerprint(place) not in own
