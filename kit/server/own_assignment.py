"""An assignment in JupyterLab: the student's own copy of what was released."""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from tornado.web import authenticated

from kit.course import Assignment, Course, load_course
from kit.errors import KitError
from kit.server.pages import AppPage
from kit.words import _


class OwnAssignment(AppPage):
    """``/kit/assignment/<id>``: open it in JupyterLab, in the folder where nbgrader fetches it to.

    At the first visit it is put there: from the course's own ``assignments/release``, as a
    student's edition has it, or by nbgrader from where the teacher hands it out.
    """

    @authenticated
    async def get(self, assignment_id: str) -> None:
        try:
            course = load_course(self.course_folder)
            found = next((each for each in course.assignments if each.id == assignment_id), None)
            if found is None:
                raise KitError(_("There is no assignment {name}.").format(name=assignment_id))
            notebook = await _notebook(course, found)
        except KitError as error:
            self._show_problem(error, status=404)
            return
        path = notebook.relative_to(course.root).as_posix()
        self.redirect(self._url(f"lab/tree/{quote(path)}"))


async def _notebook(course: Course, assignment: Assignment) -> Path:
    """The notebook of a student's copy, or the copy's folder where it has several.

    Raises:
        KitError: it was not handed out yet.
    """
    own = course.root / assignment.id
    if not own.is_dir():
        released = course.root / "assignments" / "release" / assignment.id
        if released.is_dir():
            _copy(released, own)
        else:
            await _fetch(course, assignment)
    notebooks = sorted(own.glob("*.ipynb"))
    if not notebooks:
        raise KitError(
            _("{title} is not handed out yet.").format(title=assignment.title),
            _("Come back later, or ask your teacher."),
        )
    return notebooks[0] if len(notebooks) == 1 else own


def _copy(released: Path, own: Path) -> None:
    """Whole, or not at all."""
    part = own.with_name(f".{own.name}.{uuid4()}")
    try:
        shutil.copytree(released, part)
        part.rename(own)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        if not own.is_dir():  # it was opened twice at once
            raise KitError(
                _("{folder} cannot be written: {reason}.").format(folder=own, reason=error.strerror)
            ) from error


async def _fetch(course: Course, assignment: Assignment) -> None:
    """Have nbgrader fetch it; where it cannot, nothing is there afterwards."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "nbgrader", "fetch_assignment", assignment.id,
        f"--course={course.id}", cwd=course.root, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await process.wait()
