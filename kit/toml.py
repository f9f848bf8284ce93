"""A TOML file whose every mistake is said with its key and a way out."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kit.errors import CourseError, unreadable
from kit.words import _

_MODULE = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")


def read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise CourseError(
            _("{path} does not exist.").format(path=path),
            _("Name a folder that has one, or make it."),
        ) from None
    except (ValueError, RecursionError) as error:  # TOML, its text, a number or its depth
        raise CourseError(
            _("{path} is not valid TOML: {reason}.").format(path=path, reason=error),
            _("Mend that line."),
        ) from None
    except OSError as error:
        raise unreadable(path, error) from None


class Table:
    """A TOML table that says which key of which file is missing or wrong."""

    def __init__(self, values: dict[str, Any], path: Path, where: str = "") -> None:
        self.values = values
        self.path = path
        self.where = where

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if value is None:
            raise self._error(key, _("is missing"), _('Add it, as in: {key} = "..."'))
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self._error(key, _("is not a text"), _('Write it in quotes: {key} = "..."'))
        return value

    def name(self, key: str) -> str:
        """A text that can stand in a file's name."""
        value = self.text(key)
        if not re.fullmatch(r"[\w][\w .-]*", value):
            raise self._error(
                key, _("has a sign that is no letter or digit"), _('As in: {key} = "tables-1"')
            )
        return value

    def whole(self, key: str, default: int) -> int:
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self._error(key, _("is not a whole number of 0 or more"), _("As in: {key} = 25"))
        return value

    def share(self, key: str, default: float) -> float:
        value = self.values.get(key, default)
        if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 1:
            raise self._error(key, _("is not a number from 0 to 1"), _("As in: {key} = 0.8"))
        return float(value)

    def modules(self, key: str) -> tuple[str, ...]:
        """Names of Python modules; none if the key is missing."""
        value = self.values.get(key, [])
        names = value if isinstance(value, list) else [None]
        if not all(isinstance(each, str) and _MODULE.fullmatch(each) for each in names):
            what = _("is no list of modules")
            raise self._error(key, what, _('As in: {key} = ["scipy.stats", "seaborn"]'))
        return tuple(names)

    def one_of(self, key: str, values: tuple[str, ...]) -> str:
        """One of these texts; the first where the key is missing."""
        value = self.values.get(key, values[0])
        if value not in values:
            known = _(" or ").join(f'"{each}"' for each in values)
            raise self._error(
                key,
                _("is not {known}").format(known=known),
                _("As in: {key} = {value}").format(key="{key}", value=f'"{values[0]}"'),
            )
        return str(value)

    def moment(self, key: str) -> datetime | None:
        value = self.values.get(key)
        if isinstance(value, datetime) or value is None:
            return value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, 23, 59)  # noqa: DTZ001 - local
        raise self._error(
            key, _("is not a date"), _("Without quotes, as in: {key} = 2026-12-01T18:00:00")
        )

    def tables(self, key: str) -> list[Table]:
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self._error(key, _("is not a list of tables"), _("Begin each one with [[{key}]]"))
        tables = [
            Table(value, self.path, f"{key} {number}: ")
            for number, value in enumerate(values, start=1)
        ]
        names = [table.text("id") for table in tables]
        for name in names:
            if names.count(name) > 1:
                raise self._error(
                    key,
                    _("has the id {name!r} twice").format(name=name),
                    _("Give each its own id."),
                )
        return tables

    def _error(self, key: str, what: str, mend: str) -> CourseError:
        return CourseError(f"{self.path}: {self.where}{key!r} {what}.", mend.format(key=key))
