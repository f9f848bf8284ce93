"""Results that took a while, kept with a stamp of what they were made of.

They can always be made anew, so one that cannot be read or written is no loss.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from kit.store import data_folder
from kit.whole_file import replace_file

FORMAT = "1"
"""Changes with the shape of what is kept, so that an older version's is not taken for ours."""


class Kept:
    """The results about one folder, each in a file: a line with its stamp, and a line of JSON.

    Attributes:
        folder: where they are, beside the data of whoever looks at the class.
    """

    def __init__(self, about: Path) -> None:
        name = hashlib.sha256(str(about.resolve()).encode("utf-8", "replace")).hexdigest()[:16]
        self.folder = data_folder() / "class" / name

    def get(self, name: str, stamp: str) -> Any | None:
        """What is kept under this name, if it was made of what has this stamp."""
        with suppress(OSError, ValueError), self._file(name).open(encoding="utf-8") as file:
            if file.readline().rstrip("\n") == f"{FORMAT} {stamp}":
                return json.loads(file.readline())
        return None

    def put(self, name: str, stamp: str, value: Any) -> None:
        """Keep it in the place of what was there."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        with suppress(OSError, UnicodeEncodeError):
            self.folder.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_file(self._file(name), f"{FORMAT} {stamp}\n{text}\n")

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.json"


def stamp_of(parts: object) -> str:
    """One short stamp for JSON-able data, such as the stamps of many files."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:32]
