"""An edition as one zip file, whose bytes follow from its contents alone."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from kit.authoring.edition.contents import MARK
from kit.errors import BuildError
from kit.words import _

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip file can say."""

UNIX = 3
"""Which system it is from: the same one, also where it is built on Windows."""


def refuse_other(out: Path) -> None:
    """Raise a BuildError where a file is something else than an edition."""
    if out.exists() and not _is_edition(out):
        raise BuildError(
            _("{out} is there, and kit build did not make it.").format(out=out),
            _("Name another one."),
        )


def put(files: Mapping[str, bytes], out: Path, new: Path) -> None:
    """Write the edition at ``new``, then change it for the one before."""
    with zipfile.ZipFile(new, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.external_attr = 0o644 << 16
            entry.create_system = UNIX
            archive.writestr(entry, content, zipfile.ZIP_STORED)
    os.replace(new, out)


def _is_edition(path: Path) -> bool:
    """Whether a file is a zip that was built here (a text document may be a zip file, too)."""
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MARK in archive.namelist()
