"""Which files of a course are sent to a browser: its media, and never its checks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from pathlib import PurePosixPath

from kit.media.file_types import MEDIA, PICTURES

SHARED_FOLDER = "media"
"""The folder beside the lessons that is served too."""


def is_served(parts: Sequence[str], lessons: Container[str]) -> bool:
    """Whether a path below the course's folder may be looked for: a medium of one of these lessons,
    of the shared folder, or a picture that lies beside them.
    """
    ending = PurePosixPath(parts[-1]).suffix.lower()
    if not all(map(_is_plain, parts)):
        return False
    if len(parts) == 1:  # beside course.toml, and of no lesson
        return ending in PICTURES
    return ending in MEDIA and (parts[0] in lessons or parts[0] == SHARED_FOLDER)


_ODD = re.compile(r"[\x00-\x1f\x7f/\\:]")
"""What separates folders, names a drive or a stream, or ends a name, on one system or another."""


def _is_plain(name: str) -> bool:
    """Whether this is one file's name on any system, not hidden, however it is normalised."""
    normal = unicodedata.normalize("NFKC", name)
    hidden = name.startswith(".") or normal.startswith(".")
    return (
        bool(name)
        and not hidden
        and not _ODD.search(name)
        and not (name.endswith((".", " ")) or "/" in normal or "\\" in normal)
    )
