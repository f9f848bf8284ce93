"""Finding: one mistake, where it is and what to write instead; and Rule: what looks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from kit.words import _


class Severity(StrEnum):
    """How much a finding matters: only errors make ``kit lint`` fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True)
class Finding:
    """One mistake, or (as a note) one figure.

    Attributes:
        path: the file that it is in.
        cell: the notebook cell's id, or "line N" of any other file; "" for the whole file.
        message: what is wrong.
        mend: what to write instead.
        rule, severity: whose it is; filled in by ``Rule.findings``.
        figures: what was counted or measured, by name.
    """

    path: Path
    cell: str
    message: str
    mend: str
    rule: str = ""
    severity: Severity = ERROR
    figures: Mapping[str, float] = field(default_factory=dict)


class UnusableError(Exception):
    """A part of a lesson that a rule needs cannot be had; another rule says why."""


class Subject(Protocol):
    """What rules look at: a lesson or a course."""

    @property
    def path(self) -> Path: ...


Looked = TypeVar("Looked", bound=Subject)


@dataclass(frozen=True)
class Rule(Generic[Looked]):
    """One rule.

    Attributes:
        name: as findings and docs/lint.md name it.
        look: yields its findings; its docstring says what it asks for.
    """

    name: str
    severity: Severity
    look: Callable[[Looked], Iterator[Finding]]

    @property
    def asks(self) -> str:
        """What it asks for, in a sentence or two."""
        return " ".join((self.look.__doc__ or "").split())

    def findings(self, subject: Looked) -> list[Finding]:
        """All that it finds. A fault of the rule itself is a finding too, and stops no other."""
        found: list[Finding] = []
        try:
            for each in self.look(subject):
                found.append(replace(each, rule=self.name, severity=self.severity))
        except UnusableError:
            pass
        except Exception as error:
            found.append(self._crash(subject, error))
        return found

    def _crash(self, subject: Looked, error: Exception) -> Finding:
        what = _("The rule {rule} has a fault and did not finish: {kind}: {error}.").format(
            rule=self.name, kind=type(error).__name__, error=error
        )
        mend = _("It is not you: report this sentence to who maintains the kit.")
        return Finding(subject.path, "", what, mend, self.name, ERROR)
