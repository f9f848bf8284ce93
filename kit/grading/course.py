"""A course's folder as nbgrader knows it, and a teacher's round through it."""

from __future__ import annotations

import logging
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbformat.v4 import new_notebook
from nbgrader.api import MissingEntry
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import temp_attrs
from traitlets.config import Config

from kit.course import load_course
from kit.errors import KitError
from kit.grading.autograde import Graded, KitAutograde
from kit.grading.collect import collect_by_ours, refusals
from kit.grading.feedback import make_pages_of_ours
from kit.grading.folders import handed_in_at
from kit.grading.ledger import Ledger, open_ledger
from kit.grading.runs import Step, begun, last_run
from kit.grading.status import not_released, status_of
from kit.programs import find_own_programs
from kit.words import _

SETTINGS = "nbgrader_config.py"
MOST_BACKUPS = 10
_BACKUPS = ".kit-backups"
_SQLITE = "sqlite:///"


class GradingError(KitError):
    """Something of a course's assignments that cannot be done as it stands."""


def find_course_dir(start: Path) -> Path:
    """The nearest folder that is nbgrader's: ``start``, ``assignments`` in it, or above.

    Raises:
        GradingError: there is none.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        for each in (folder, folder / "assignments"):
            if (each / SETTINGS).is_file() or (each / "source").is_dir():
                return each
    raise GradingError(
        _("There are no assignments in {folder}.").format(folder=start),
        _("Name the folder that holds source/, as in: kit grade a1 --course ~/course"),
    )


class GradingCourse:
    """nbgrader's course directory.

    Attributes:
        folder: it.
        coursedir, api: nbgrader's own, with the settings of the folder.
    """

    def __init__(self, folder: Path) -> None:
        find_own_programs()
        self.folder = folder
        app = NbGrader()
        app.raise_config_file_errors = True  # or it would grade by other settings than the course's
        try:
            with _inside(folder):
                app.initialize([f"--log-level={logging.ERROR}"], root=str(folder))
        except Exception as error:  # what the settings raise: they are code
            raise GradingError(
                _("nbgrader's settings cannot be read: {error}.").format(error=error),
                _("Look at {file}.").format(file=folder / SETTINGS),
            ) from error
        collect_by_ours(app.config)
        self._app, self.coursedir = app, app.coursedir
        self.api = NbGraderAPI(self.coursedir, parent=app)

    @property
    def has_exchange(self) -> bool:
        """Whether nbgrader can hand out and collect by itself here."""
        return bool(self.api.exchange_is_functional)

    def ledger(self) -> Ledger:
        """The gradebook.

        Raises:
            KitError: it cannot be opened.
        """
        return open_ledger(self.coursedir.db_url, self.coursedir.course_id)

    # The round ----------------------------------------------------------------------------------

    def release(self, assignment: str) -> dict[str, Any]:
        """Make the students' version, and hand it out where there is an exchange."""
        if not (self.folder / self.coursedir.source_directory / assignment).is_dir():
            raise GradingError(
                _("There is no assignment {name} in {folder}.").format(
                    name=assignment, folder=self.folder / self.coursedir.source_directory
                ),
                _("Those that there are: {names}.").format(names=", ".join(self.sources()) or "-"),
            )
        with begun(self.folder, Step.RELEASE, assignment) as record:
            self.back_up()
            self._do(self.api.generate_assignment, assignment)
            if due := self.due(assignment):
                with self.ledger() as ledger, ledger.written():
                    ledger.update_or_create_assignment(assignment, duedate=due)
            if self.has_exchange:
                self._do(self.api.release_assignment, assignment)
            folder = self.release_folder(assignment)
            record.result = {
                "assignment": assignment,
                "folder": str(folder),
                "notebooks": sorted(each.name for each in folder.glob("*.ipynb")),
                "handed_out": self.has_exchange,
            }
            return record.result

    def release_folder(self, assignment: str) -> Path:
        """Where the students' version is, once it is released."""
        form = self.coursedir.format_path(self.coursedir.release_directory, ".", assignment)
        return Path(os.path.normpath(form))

    def collect(self, assignment: str) -> dict[str, Any]:
        """Fetch what students have handed in."""
        if not self.has_exchange:
            raise GradingError(
                _("There is no exchange here to collect from."),
                _("Put submissions into {folder}, or set Exchange.root in {settings}.").format(
                    folder=self.folder
                    / self.coursedir.submitted_directory
                    / "STUDENT"
                    / assignment,
                    settings=SETTINGS,
                ),
            )
        with begun(self.folder, Step.COLLECT, assignment) as record:
            before = self.handed_in(assignment)
            done = self._do(self.api.collect, assignment)
            now = self.handed_in(assignment)
            record.result = {
                "assignment": assignment,
                "submitted": sorted(now),
                "new": sorted(
                    each for each in now if each not in before or now[each] != before[each]
                ),
                "refused": refusals(done.get("log", "")),
            }
            return record.result

    def handed_in(self, assignment: str) -> dict[str, datetime | None]:
        """Who has handed in, and when (UTC, as nbgrader has its times), where that is known."""
        return {name: self._handed_in_at(assignment, name) for name in self.submitted(assignment)}

    def _handed_in_at(self, assignment: str, student: str) -> datetime | None:
        folder = self.coursedir.format_path(self.coursedir.submitted_directory, student, assignment)
        with suppress(KitError):  # a damaged one; grading says so
            return handed_in_at(Path(folder))
        return None

    def grade(
        self,
        assignment: str,
        *,
        student: str = "*",
        workers: int = 0,
        regrade: bool = False,
        resume: bool = False,
        level: str = "",
        cluster: str = "",
        tell: Callable[[Graded, int], None] = lambda _graded, _left: None,
    ) -> list[Graded]:
        """Grade what was handed in and is not graded yet, or whose tests have changed.

        Args:
            student: only this one's.
            workers: how many notebooks run at a time; 0 for one per processor.
            regrade: all of them once more.
            resume: go on with the last run, where that was stopped: as it was begun, without those
                that it has graded.
            level: of the kernels, where it is not that of the settings.
            cluster: the address of a scheduler of Dask, whose workers run them; "" for this
                machine.
            tell: called with each, and how many are still to come.

        Raises:
            GradingError: nothing was handed in, or there is no such assignment.
            KitError: kernels cannot be shut in here, or the cluster is not one.
        """
        if not self.submitted(assignment, student):
            raise GradingError(
                _("Nothing was handed in for {name}.").format(name=assignment),
                _("Submissions belong into {folder}; `kit collect` fetches them.").format(
                    folder=self.folder / self.coursedir.submitted_directory / "STUDENT" / assignment
                ),
            )
        earlier: list[Mapping[str, Any]] = []
        last = last_run(self.folder, Step.GRADE, assignment) if resume else None
        if last and last.can_go_on:
            earlier = [each for each in last.graded.values() if not each["problem"]]
            regrade, student = last.options["regrade"], last.options["student"]
        with begun(
            self.folder, Step.GRADE, assignment, earlier, regrade=regrade, student=student
        ) as record:
            if regrade:
                self.back_up()
            self.coursedir.assignment_id, self.coursedir.student_id = assignment, student
            converter = KitAutograde(coursedir=self.coursedir, parent=self._app)
            converter.force, converter.workers = regrade, workers

            def told(graded: Graded, left: int) -> None:
                record.tell(graded.as_data(), left)
                tell(graded, left)

            converter.tell = told
            converter.cluster = cluster or converter.cluster
            if level:
                converter.update_config(Config(ConfinedExecute={"level": level}))
            but = [self.coursedir.student_id_exclude, *(each["student"] for each in earlier)]
            try:
                with temp_attrs(self.coursedir, student_id_exclude=",".join(filter(None, but))):
                    converter.start()
            except NbGraderException as error:
                if not converter.graded:  # else each says why, in what is returned
                    raise GradingError(str(error)) from error
            return sorted(converter.graded, key=lambda each: each.student)

    def feedback(self, assignment: str) -> dict[str, Any]:
        """Write a page for each student, and hand it back where there is an exchange."""
        with begun(self.folder, Step.FEEDBACK, assignment) as record:
            make_pages_of_ours(self.api)
            self._do(self.api.generate_feedback, assignment)
            if self.has_exchange:
                self._do(self.api.release_feedback, assignment)
            record.result = {
                "assignment": assignment,
                "students": self.with_feedback(assignment),
                "handed_back": self.has_exchange,
            }
            return record.result

    def extend(self, assignment: str, student: str, until: datetime) -> dict[str, Any]:
        """Let a student hand in until then; penalties that were given are worked out anew.

        Raises:
            GradingError: there is no such assignment, or it is due at no time.
        """
        with self.ledger() as ledger, ledger.written():
            try:
                due = ledger.find_assignment(assignment).duedate
            except MissingEntry as error:
                raise _not_released(assignment) from error
            if due is None:
                raise GradingError(
                    _("{name} is due at no time.").format(name=assignment),
                    _("Give it a date in the formgrader, or with `nbgrader db assignment add`."),
                )
            ledger.extend(assignment, student, until.astimezone(UTC).replace(tzinfo=None))
            with suppress(MissingEntry):
                submission = ledger.find_submission(assignment, student)
                ledger.apply_extension(submission)
                ledger.db.flush()
                self._settle_lateness(ledger, submission)
        return {"assignment": assignment, "student": student, "until": until.isoformat()}

    def _settle_lateness(self, ledger: Ledger, submission: Any) -> None:
        with ledger.lent():
            for notebook in submission.notebooks:
                named = {
                    "assignment": submission.assignment.name,
                    "student": submission.student.id,
                    "notebook": notebook.name,
                    "db_url": self.coursedir.db_url,
                }
                AssignLatePenalties(parent=self._app)(new_notebook(), {"nbgrader": named})

    def status(self, assignment: str) -> dict[str, Any]:
        """Who has handed in, what is graded, and what waits for the teacher.

        Raises:
            GradingError: it is not released.
        """
        with self.ledger() as ledger:
            try:
                return status_of(self, ledger, ledger.find_assignment(assignment))
            except MissingEntry as error:
                raise _not_released(assignment) from error

    def overview(self) -> list[dict[str, Any]]:
        """The status of all assignments, those that are not released among them."""
        with self.ledger() as ledger:
            known = {each.name: each for each in ledger.assignments}
            return [
                status_of(self, ledger, known[name]) if name in known else not_released(self, name)
                for name in sorted({*known, *self.sources()})
            ]

    def with_feedback(self, assignment: str) -> list[str]:
        """The students for whom a page of feedback was written."""
        pages = self.folder.glob(f"{self.coursedir.feedback_directory}/*/{assignment}/*.html")
        return sorted({each.parent.parent.name for each in pages})

    def due(self, assignment: str) -> datetime | None:
        """When the course says that it is due (UTC, as nbgrader has its times)."""
        with suppress(KitError):
            for each in load_course(self.folder.parent / "lessons").assignments:
                if each.id == assignment and each.due:
                    return each.due.astimezone(UTC).replace(tzinfo=None)
        return None

    # What is there ------------------------------------------------------------------------------

    def sources(self) -> list[str]:
        """The assignments that were written."""
        folder = self.folder / self.coursedir.source_directory
        return sorted(each.name for each in folder.glob("[!.]*") if each.is_dir())

    def submitted(self, assignment: str, student: str = "*") -> list[str]:
        """The students who have handed in, or this one."""
        form = self.coursedir.format_path(self.coursedir.submitted_directory, student, assignment)
        depth = Path(
            self.coursedir.format_path(self.coursedir.submitted_directory, "*", assignment)
        ).parts.index("*")
        found = Path(form).anchor and Path(Path(form).anchor).glob(
            str(Path(form).relative_to(Path(form).anchor))
        )
        return sorted(each.parts[depth] for each in found or () if each.is_dir())

    def back_up(self) -> Path | None:
        """Copy the gradebook, where it is a file; the last few copies are kept."""
        url = self.coursedir.db_url
        source = Path(url.removeprefix(_SQLITE))
        if not url.startswith(_SQLITE) or not source.is_file():
            return None
        folder = self.folder / _BACKUPS
        folder.mkdir(exist_ok=True)
        copy = folder / f"gradebook-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.db"
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
        for each in sorted(folder.glob("gradebook-*.db"))[:-MOST_BACKUPS]:
            each.unlink()
        return copy

    def _do(self, step: Callable[[str], dict[str, Any]], assignment: str) -> dict[str, Any]:
        """One of nbgrader's steps, and what it tells.

        Raises:
            GradingError: it failed; with what nbgrader says.
        """
        with _inside(self.folder):
            done = step(assignment)
        if not done["success"]:
            raise GradingError(
                _("nbgrader could not do that for {name}: {reason}.").format(
                    name=assignment,
                    reason=reason_in(f"{done.get('error', '')}\n{done.get('log', '')}"),
                ),
                _("`nbgrader --debug` says more."),
            )
        return done


def _not_released(assignment: str) -> GradingError:
    return GradingError(
        _("{name} is not in the gradebook.").format(name=assignment),
        _("Release it first: kit release {name}").format(name=assignment),
    )


def reason_in(log: str) -> str:
    """What the first exception says that is no summary of nbgrader's."""
    found = re.findall(r"^[ \t]*([A-Za-z.]+(?:Error|Exception): .+)$", log, re.MULTILINE)
    own = [each for each in found if "NbGraderException" not in each]
    return next(iter([*own, *found]), log.strip().rpartition("\n")[2]).rstrip(".")


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """nbgrader reads settings from the current folder, too."""
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
