"""What goes to a worker, and what comes back: plain data, which can be sent anywhere."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kit.grading.outcomes import Ended

_MUCH = 0.2


@dataclass(frozen=True)
class Work:
    """A notebook to be run.

    Attributes:
        name: of whose it is and which, for messages alone.
        notebook: as JSON, with the teacher's own cells in it.
        files: what stands beside it, by path.
        settings: of nbgrader's ``Execute`` and ours, by trait.
        seed: of ``random`` and NumPy.
    """

    name: str
    notebook: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "files": _text(self.files)}

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> Work:
        """What ``to_json`` gave."""
        return cls(**{**read, "files": _bytes(read["files"])})


@dataclass(frozen=True)
class CellRun:
    """How one cell ended, after how many seconds, and how many of them its kernel waited for a
    processor.
    """

    ended: Ended
    seconds: float = 0.0
    waited_seconds: float = 0.0


@dataclass(frozen=True)
class Ran:
    """What became of a ``Work``. All of it but ``cells`` and ``outcomes`` a learner can choose.

    Attributes:
        notebook: as JSON, with outputs.
        cells: one for each of the notebook's.
        outcomes: what happened to the whole of it.
        made: files that it has made or changed, by path.
        seconds: all of it, and until its kernel was ready.
        versions: of what it ran with.
    """

    notebook: str
    cells: list[CellRun]
    outcomes: list[str] = field(default_factory=list)
    made: Mapping[str, bytes] = field(default_factory=dict)
    seconds: float = 0.0
    started_seconds: float = 0.0
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_starved(self) -> bool:
        """Whether a cell was stopped whose kernel waited for a good part of its time."""
        return any(
            each.ended in {Ended.TIMEOUT, Ended.STUCK}
            and each.waited_seconds > _MUCH * each.seconds
            for each in self.cells
        )

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "made": _text(self.made)}

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> Ran:
        """What ``to_json`` gave."""
        cells = [CellRun(**{**each, "ended": Ended(each["ended"])}) for each in read["cells"]]
        return cls(**{**read, "cells": cells, "made": _bytes(read["made"])})


def _text(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: base64.b64encode(body).decode() for path, body in files.items()}


def _bytes(files: Mapping[str, str]) -> dict[str, bytes]:
    return {path: base64.b64decode(body) for path, body in files.items()}
