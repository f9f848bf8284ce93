"""Which state of a file this is: changes whenever the file is saved, and costs no reading of it."""

from __future__ import annotations

from pathlib import Path


def stamp(path: Path) -> str:
    """Time and size of a file, as its ETag and ``?v=`` have them; "" for one that is not there."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ""
    return f"{found.st_mtime_ns:x}-{found.st_size:x}"
