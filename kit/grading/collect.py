"""nbgrader's ``ExchangeCollect``: what one student has put there concerns nobody else.

Into the inbound folder of an exchange every student writes folders of any name, with anything in
them. nbgrader's own gives up on all at the first that it cannot read, follows links with the rights
of the teacher, and takes the newest folder that bears a student's name, whoever has written it.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import find_owner, rmtree, temp_attrs
from traitlets.config import Config

from kit.errors import KitError
from kit.grading.folders import handed_in_at, plain_files
from kit.words import _

_REFUSED = "[ERROR] "
_NEVER = datetime(1, 1, 1)  # noqa: DTZ001 - as nbgrader has its times


def collect_by_ours(settings: Config) -> None:
    """Let submissions be collected so, where a course's settings name nothing else."""
    if "collect" not in settings.ExchangeFactory:
        settings.ExchangeFactory.collect = SafeCollect


def refusals(log: str) -> list[str]:
    """What a collection tells that it has not taken, or does not trust."""
    return [each.removeprefix(_REFUSED) for each in log.splitlines() if each.startswith(_REFUSED)]


class SafeCollect(ExchangeCollect):  # type: ignore[misc]
    """Takes plain files alone; a folder that cannot be taken is told, and the others are taken."""

    src_records: list[Mapping[str, Any]]

    def _path_to_record(self, path: str) -> Mapping[str, Any]:
        try:
            found: Mapping[str, Any] = super()._path_to_record(path)
            student = found["username"]
            if not student.isprintable() or student.startswith(".") or os.path.islink(path):
                raise ValueError
        except Exception:  # of nbgrader, or of the dates that it reads
            self._refuse(path, _("This is no submission, and was left out."))
            return {"username": "", "filename": "", "timestamp": _NEVER}
        return found

    def _sort_by_timestamp(self, records: Sequence[Mapping[str, Any]]) -> Any:
        """Of one student: what somebody else has put there counts only where there is no other."""
        own = [each for each in records if self._is_owners(each)] if self.check_owner else records
        for each in records:
            if each not in own:
                taken = _("It was left out.") if own else _("It was taken all the same.")
                said = _("It bears the name of {student}, and belongs to somebody else.")
                self._refuse(each["filename"], f"{said.format(student=each['username'])} {taken}")
        return super()._sort_by_timestamp(own or records)

    def _is_owners(self, record: Mapping[str, Any]) -> bool:
        with suppress(KeyError, OSError):
            owner = find_owner(os.path.join(self.inbound_path, record["filename"]))
            return bool(owner == record["username"])
        return not record["username"]

    def copy_files(self) -> None:
        records = [each for each in self.src_records if each["username"]]
        for each in records:
            self.src_records = [each]
            try:
                with temp_attrs(self.coursedir, get_existing_timestamp=_time_in):
                    super().copy_files()
            except Exception as error:  # of what is in it
                self._refuse(each["filename"], str(error))
        self.src_records = records

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        """As ever, of its plain files.

        Raises:
            KitError: they are too many.
        """
        with tempfile.TemporaryDirectory(prefix="kit-") as place:
            copy = Path(place, "handed-in")
            copy.mkdir(0o755)
            for path in plain_files(Path(src), self.coursedir.ignore):
                target = copy / path.relative_to(src)
                target.parent.mkdir(parents=True, exist_ok=True)
                _copy(path, target, 1000 * self.coursedir.max_dir_size)
            try:
                super().do_copy(str(copy), dest, log)
            except BaseException:
                if os.path.isdir(dest):
                    rmtree(dest)
                raise

    def _refuse(self, path: str, why: str) -> None:
        self.log.error("%r: %s", os.path.basename(path), why)


def _time_in(folder: str) -> datetime | None:
    """What says no time is older than what comes now."""
    with suppress(KitError):
        return handed_in_at(Path(folder))
    return None


def _copy(path: Path, target: Path, most: int) -> None:
    """The student may put a link there meanwhile, or go on writing."""
    opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(opened, "rb") as source:
        found = os.fstat(opened)
        if not stat.S_ISREG(found.st_mode):
            return
        if found.st_size > most:
            raise KitError(_("{name} is too large.").format(name=path.name))
        with target.open("wb") as written:
            left = found.st_size
            while left > 0 and (read := source.read(min(left, 2**20))):
                written.write(read)
                left -= len(read)
