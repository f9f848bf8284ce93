"""Programs that were installed with the kit, whether its environment is activated or not."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def find_own_programs() -> None:
    """Let this process, and those it starts, find them by name: nbgrader so runs ``alembic``."""
    own = str(Path(sys.executable).parent)
    found = os.environ.get("PATH", os.defpath).split(os.pathsep)
    if own not in found:
        os.environ["PATH"] = os.pathsep.join([own, *found])
