"""nbgrader's ``Autograde``: several submissions at a time, and one writer.

For each submission: its files are put together in a folder of the attempt, beside the one where
they will be; each notebook gets the teacher's own cells back, by nbgrader's preprocessors, and is
run; then marks and attempt are written in one transaction, and the folder takes its place. Who is
killed in between leaves a folder behind: the next run puts it in its place if its attempt was
written, and throws it away if not. So done stays done, and nothing is done twice.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import uuid4

import nbformat
from jupyter_core.utils import run_sync
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde, NbGraderException
from nbgrader.preprocessors import Execute
from traitlets import Integer, Type, Unicode

from kit.errors import KitError, printable
from kit.grading import handed_in
from kit.grading.execute import ConfinedExecute, files_in, run
from kit.grading.folders import Folders, handed_in_at
from kit.grading.handed_in import UnusableError
from kit.grading.ledger import Attempt, open_ledger, reason_of
from kit.grading.model import failed_tests, is_solved
from kit.grading.outcomes import UNUSABLE, Outcome
from kit.grading.work import Ran, Work
from kit.grading.write import NotebookWriter, Prepared, through
from kit.kernels.owner import warm_up
from kit.words import _

Runs = Callable[[Work], Any]
Submission = tuple[str, str, list[str]]
"""Assignment, student, and paths of the notebooks."""


class StarvedError(KitError):
    """A kernel was kept waiting for a processor until its time was over."""


@dataclass
class Graded:
    """What came of one submission, as it is told to whoever asked for it.

    Attributes:
        details: by notebook: ``marks`` by cell, ``outcomes``, ``seconds``; ``broken``: tests that
            fail for the teacher's own solution, and what they say.
        problem: why it was not graded; "" where it was.
        before: the points that it had, if it was graded before.
        has_starved: whether the problem is that its kernel was kept waiting for a processor.
    """

    assignment: str
    student: str
    score: float = 0.0
    max_score: float = 0.0
    details: dict[str, dict[str, Any]] = field(default_factory=dict)
    problem: str = ""
    before: float | None = None
    has_starved: bool = False

    @property
    def outcomes(self) -> list[str]:
        """Of all its notebooks."""
        return sorted({each for one in self.details.values() for each in one["outcomes"]})

    @property
    def unusable(self) -> list[str]:
        """Those that mean that a notebook was not run at all."""
        return [each for each in self.outcomes if each in UNUSABLE]

    def as_data(self) -> dict[str, Any]:
        """For a machine."""
        return {
            "assignment": self.assignment,
            "student": self.student,
            "score": self.score,
            "max_score": self.max_score,
            "before": self.before,
            "outcomes": self.outcomes,
            "problem": self.problem or None,
            "notebooks": self.details,
        }


class KitAutograde(Autograde):  # type: ignore[misc]
    """As ever, for many submissions at a time.

    Attributes:
        run: takes a ``Work`` and returns its ``Ran``, be it here or elsewhere.
        tell: called with each ``Graded`` as soon as it is written, and how many are still to come.
    """

    workers = Integer(0, help=_("How many notebooks run at a time; 0: one per processor.")).tag(
        config=True
    )
    cluster = Unicode("", help=_("The address of Dask's scheduler; '': this machine.")).tag(
        config=True
    )
    execute_class = Type(ConfinedExecute, klass=Execute)

    run: Runs = staticmethod(run)
    tell: Callable[[Graded, int], None] = staticmethod(lambda _graded, _left: None)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.graded: list[Graded] = []

    def convert_notebooks(self) -> None:
        """Grade all submissions that are to be graded.

        Raises:
            NbGraderException: some of them could not be.
        """
        if not self.cluster:
            warm_up(level=self._executor.level)
        self._ledger = open_ledger(self.coursedir.db_url, self.coursedir.course_id)
        with self._ledger, self._ledger.lent():
            run_sync(self._grade_all if not self.cluster else self._grade_on_cluster)()
        failed = [each for each in self.graded if each.problem or each.unusable]
        for each in failed:
            said = each.problem or ", ".join(each.unusable)
            self.log.error("%s", printable(f"{each.assignment} of {each.student}: {said}"))
        if failed:
            raise NbGraderException(
                _("{count} of {all} submissions could not be graded.").format(
                    count=len(failed), all=len(self.graded)
                )
            )

    async def _grade_on_cluster(self) -> None:
        from kit.grading.cluster import cluster

        async with cluster(self.cluster) as found:
            self.run, self.workers = found.run, self.workers or found.places
            await self._grade_all()

    async def _grade_all(self) -> None:
        waiting = list(self._to_grade())
        for each in sorted({assignment for assignment, _student, _notebooks in waiting}):
            await self._try_model(each)
        places = asyncio.Semaphore(self.workers or os.cpu_count() or 1)
        left = len(waiting)

        def done(graded: Graded) -> None:
            nonlocal left
            left -= 1
            self.graded.append(graded)
            self.tell(graded, left)

        async def grade(each: Submission) -> Submission | None:
            async with places:
                graded = await self._grade(*each)
            if graded.has_starved:
                return each
            done(graded)
            return None

        for put_off in await asyncio.gather(*map(grade, waiting)):
            if put_off:  # one by one: nothing of ours keeps it waiting now
                done(await self._grade(*put_off))

    def _to_grade(self) -> Iterator[Submission]:
        for path, notebooks in sorted(self.assignments.items()):
            # By a name of ours: nbgrader cannot read every name that a notebook can have.
            named = self.init_single_notebook_resources(str(Path(path, "_.ipynb")))["nbgrader"]
            assignment, student = named["assignment"], named["student"]
            self._recover(assignment, student)
            if student in (self.coursedir.student_id_exclude or "").split(","):
                continue
            if self._is_due(assignment, student, notebooks):
                yield assignment, student, sorted(notebooks)
            else:
                self.log.info("%s is graded already", path)

    def _is_due(self, assignment: str, student: str, notebooks: list[str]) -> bool:
        destination = self._folders.graded(assignment, student)
        wanted = [destination / Path(each).name for each in notebooks]
        if self.coursedir.notebook_id == "*":
            wanted = [destination]
        if self.force or not all(each.exists() for each in wanted):
            return True
        try:
            submitted = self._folders.submitted(assignment, student)
            new, old = handed_in_at(submitted), handed_in_at(destination)
            if new is not None and old is not None and new > old:
                return True
            attempts = self._ledger.attempts(assignment, student)
            return bool(attempts) and attempts[-1].digest != self._digest(assignment, student)
        except (KitError, OSError):  # what is wrong is told when it is graded
            return True

    async def _try_model(self, assignment: str) -> None:
        """Find the tests that the teacher's own solution fails: nobody is to lose points by them.

        Those that fail twice: a machine that was too busy once is no fault of a test.
        """
        for name, path in self._folders.sources(assignment):
            try:
                found = self._ledger.find_notebook(name, assignment)
                model = handed_in.read(path)
            except (MissingEntry, UnusableError):
                continue
            if not self._executor.enabled or not is_solved(
                model, self._folders.released(assignment, name)
            ):
                continue
            handed_in.put_back(model, found)
            named = {"assignment": assignment, "student": ".", "notebook": name}
            resources = {"nbgrader": {**named, "db_url": self.coursedir.db_url}}
            model = through(self.sanitize_preprocessors, model, resources, self.exporter)
            work = self._work(model, named, path.parent)
            try:
                broken = failed_tests(await self._run(work))
                again = failed_tests(await self._run(work)) if broken else {}
            except Exception as error:
                reason = reason_of(error, path.parent)
                self.log.warning("%s: your own solution cannot be run: %s", work.name, reason)
                continue
            broken = {name: said for name, said in again.items() if name in broken}
            for each, said in broken.items():
                self.log.error("%s/%s: the test %s is broken: %s", assignment, name, each, said)
            self._writer.broken[assignment, name] = broken

    # One submission -----------------------------------------------------------------------------

    async def _grade(self, assignment: str, student: str, notebooks: list[str]) -> Graded:
        graded = Graded(assignment, student)
        attempt = str(uuid4())
        stage = self._folders.stage(assignment, student, attempt)
        try:
            self._need_known(assignment, student)
            self._folders.put_together(stage, assignment, student)
            prepared = [self._prepare(each, stage) for each in self._known(notebooks, assignment)]
            if self._folders.has_links(assignment, student):
                prepared[0].outcomes.append(Outcome.LINKS_LEFT_OUT)
            for one in prepared:
                if one.work:
                    one.ran = await self._run(one.work)
            self._write(graded, attempt, prepared, stage)
            self._folders.take_its_place(stage, assignment, student)
            self.set_permissions(assignment, student)
        except (KitError, NbGraderException, MissingEntry) as error:
            graded.problem, graded.has_starved = str(error), isinstance(error, StarvedError)
        except Exception as error:
            self.log.debug("%s of %s", assignment, student, exc_info=True)
            graded.problem = _("It could not be graded: {reason}.").format(
                reason=reason_of(error, stage.parent)
            )
        finally:
            if graded.problem:
                shutil.rmtree(stage, ignore_errors=True)
        return graded

    async def _run(self, work: Work) -> Ran:
        """Run it; once more if its kernel died, as the machine may have ended it.

        Raises:
            StarvedError: the machine was too busy to run it within its time.
        """
        ran: Ran = await self.run(work)
        if Outcome.DIED in ran.outcomes:
            ran = await self.run(work)
        if ran.has_starved:
            raise StarvedError(
                _("The machine was too busy to run {name} within its time.").format(name=work.name),
                _("Grade it again when less is going on."),
            )
        return ran

    def _need_known(self, assignment: str, student: str) -> None:
        try:
            self._ledger.find_assignment(assignment)
        except MissingEntry as error:
            raise NbGraderException(
                _("There is no assignment {name} in the gradebook; release it first.").format(
                    name=assignment
                )
            ) from error
        if not self.create_student:
            self._ledger.find_student(student)

    def _known(self, notebooks: list[str], assignment: str) -> list[str]:
        ours = {each.name for each in self._ledger.find_assignment(assignment).notebooks}
        known = [each for each in notebooks if Path(each).stem in ours]
        for each in set(notebooks) - set(known):
            self.log.warning("Skipping unknown notebook: %s", each)
        if not known:
            raise NbGraderException(_("No notebook of the assignment was handed in."))
        return known

    def _prepare(self, path: str, stage: Path) -> Prepared:
        """A notebook with the teacher's own cells in it, ready to be run."""
        resources = self.init_single_notebook_resources(path)
        resources["metadata"] = {"path": str(stage), "name": Path(path).stem}
        named = resources["nbgrader"]
        one = Prepared(named["notebook"], resources)
        try:
            notebook = handed_in.read(Path(path))
            known = self._ledger.find_notebook(named["notebook"], named["assignment"])
            released = self._folders.released(named["assignment"], named["notebook"])
            one.outcomes += handed_in.differences(notebook, known, released)
            handed_in.put_back(notebook, known)
            one.notebook = through(self.sanitize_preprocessors, notebook, resources, self.exporter)
        except UnusableError as error:
            one.outcomes.append(error.outcome)
        except Exception as error:
            self.log.warning("%s: %s", path, error, exc_info=True)
            one.outcomes.append(Outcome.INVALID)
        if one.notebook is not None and self._executor.enabled:
            one.work = self._work(one.notebook, named, stage)
        return one

    def _work(self, notebook: NotebookNode, named: Mapping[str, str], folder: Path) -> Work:
        return Work(
            name=f"{named['assignment']}/{named['student']}/{named['notebook']}",
            notebook=nbformat.writes(notebook),
            files=files_in(folder),
            settings=self._executor.settings(),
            seed=_seed(named["assignment"]),
        )

    def _write(self, graded: Graded, attempt: str, prepared: list[Prepared], stage: Path) -> None:
        assignment, student = graded.assignment, graded.student
        before = self._ledger.attempts(assignment, student)
        graded.before = before[-1].score if before else None
        with self._ledger.written():
            self._ledger.update_or_create_student(student)
            timestamp = handed_in_at(self._folders.submitted(assignment, student))
            submission = self._ledger.update_or_create_submission(
                assignment, student, **({"timestamp": timestamp} if timestamp else {})
            )
            self._ledger.apply_extension(submission)
            for one in prepared:
                graded.details[one.name] = self._writer.write(one, stage)
            if self.coursedir.notebook_id == "*":
                for missing in {each.name for each in submission.notebooks} - set(graded.details):
                    graded.details[missing] = self._writer.give_nothing(
                        assignment, student, missing, [Outcome.MISSING_NOTEBOOK]
                    )
            self._ledger.db.flush()
            self._ledger.db.refresh(submission)
            graded.score, graded.max_score = submission.score, submission.max_score
            self._ledger.add_attempt(
                Attempt(
                    id=attempt,
                    assignment=assignment,
                    student=student,
                    digest=self._digest(assignment, student),
                    score=graded.score,
                    max_score=graded.max_score,
                    details=graded.details,
                    submitted_at=submission.timestamp,
                )
            )

    def _recover(self, assignment: str, student: str) -> None:
        """Finish what was written, and throw away what was not, of a run that was killed."""
        for attempt, stage in self._folders.left_behind(assignment, student):
            if self._ledger.has_attempt(attempt):
                self._folders.take_its_place(stage, assignment, student)
            else:
                utils.rmtree(str(stage))

    def _digest(self, assignment: str, student: str) -> str:
        """Of all that marks depend on: what was handed in, the tests and how they are run."""
        if assignment not in self._tests:
            cells = sorted(
                (notebook.name, cell.name, cell.checksum or "", cell.cell_type)
                for notebook in self._ledger.find_assignment(assignment).notebooks
                for cell in notebook.source_cells
                if cell.locked
            )
            limits = {**self._executor.settings(), "level": ""}
            about = [cells, self._folders.digest_of_source(assignment), limits]
            self._tests[assignment] = json.dumps(about)
        return self._folders.digest(assignment, student, self._tests[assignment])

    @cached_property
    def _folders(self) -> Folders:
        return Folders(self.coursedir, self.exclude_overwriting)

    @cached_property
    def _writer(self) -> NotebookWriter:
        return NotebookWriter(self._ledger, self.exporter, self.autograde_preprocessors)

    @cached_property
    def _tests(self) -> dict[str, str]:
        return {}

    @cached_property
    def _executor(self) -> ConfinedExecute:
        executor: ConfinedExecute = self.execute_class(parent=self.exporter)
        return executor


def _seed(assignment: str) -> int:
    """The same for everybody, and for each grading."""
    return int.from_bytes(hashlib.sha256(assignment.encode()).digest()[:4], "big")
