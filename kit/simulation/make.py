"""Make a class in which nobody is real, in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from kit import __version__
from kit.classroom.class_files import PROGRESS_FOLDER, SIMULATED_FILE
from kit.classroom.course_directory import CONFIG_FILE, CourseDirectory, read_course_directory
from kit.course import Course
from kit.errors import NewError
from kit.events import Event
from kit.simulation.assignment_work import (
    Assigned,
    Attempt,
    attempted,
    copied,
    graded_notebook,
    read_assigned,
    submitted_notebook,
)
from kit.simulation.learning import BEGINS, Learning, repertoires
from kit.simulation.nbgraders_own import Graded, release, source_notebooks, write_gradebook
from kit.simulation.people import Person, people
from kit.words import _

_README = """# A simulated class

Nobody in it is real: `kit simulate` drew {learners} learners (seed {seed}) and what they did in
“{title}”. Look at it with

    kit start path/to/this/folder

and open /kit/class, or with `kit insight` in it.
"""


@dataclass(frozen=True)
class Simulated:
    """What was made.

    Attributes:
        copied: who handed in whose work, as pairs of ids.
        notebooks, events: how many were handed in, and how many things were done in lessons.
    """

    folder: Path
    learners: int
    seed: int
    copied: Sequence[tuple[str, str]]
    notebooks: int
    events: int


def simulate(
    course: Course, folder: Path, *, learners: int, seed: int, tell: Callable[[str], None]
) -> Simulated:
    """Make a copy of a course's lessons and assignments, with a class that works through them.

    The same course, number and seed give the same class (nbgrader's own ids aside).

    Args:
        folder: is made; must not be there.
        tell: is told what comes next, in words.

    Raises:
        NewError: it cannot be made there; nothing is left of it.
        CheckError: a lesson's checks cannot be used.
    """
    place = Path(os.path.abspath(folder.expanduser()))
    if os.path.lexists(place):
        raise NewError(
            _("{path} is there already.").format(path=place),
            _("Name a folder that is to be made: a simulated class is not mixed with a real one."),
        )
    with _made_aside(place) as aside:
        made = _simulate(course, aside, learners, seed, tell)
    return replace(made, folder=place)


@contextmanager
def _made_aside(place: Path) -> Iterator[Path]:
    """A folder that takes its place once all is in it, or is gone."""
    try:
        aside = Path(tempfile.mkdtemp(prefix=f".{place.name}.", dir=place.parent))
        try:
            yield aside
            aside.chmod(0o755)
            aside.rename(place)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise NewError(
            _("{path} cannot be written: {reason}.").format(
                path=error.filename or place, reason=error.strerror
            ),
            _("Name a place in a folder of yours with enough room."),
        ) from error


def _simulate(
    course: Course, aside: Path, learners: int, seed: int, tell: Callable[[str], None]
) -> Simulated:
    random = Random(seed)  # noqa: S311 - no secret
    where = _copy_course(course, aside)
    tell(_("Releasing the assignments …"))
    sources = source_notebooks(where.root)
    for assignment in dict.fromkeys(path.parent.name for path in sources):
        release(where, assignment)
    assigned = [_assigned(where, path, random) for path in sources]
    tell(_("Asking the lessons’ checks what they say to right and wrong answers …"))
    known = repertoires(course, random)
    tell(_("Learning, handing in, grading …"))
    everybody = people(learners, random)
    graded = list(_hand_in(where, assigned, everybody, random))
    events = 0
    for person in everybody:
        done = list(Learning(course, known, person, random).events())
        _write_progress(where, person, done, graded)
        events += len(done)
    write_gradebook(where, everybody, graded)
    ids = {each.number: each.id for each in everybody}
    made = Simulated(
        aside, learners, seed,
        [(p.id, ids[p.copies_from]) for p in everybody if p.copies_from],
        len(graded), events,
    )  # fmt: skip
    _write_about(course, aside, where, made)
    return made


def _copy_course(course: Course, aside: Path) -> CourseDirectory:
    own = shutil.ignore_patterns("my-lesson*", "__pycache__", ".*", "*.bak", "*.part")
    shutil.copytree(course.folder, aside / course.folder.name, ignore=own)
    root = aside / "assignments"
    theirs = course.root / "assignments"
    root.mkdir()
    if (theirs / "source").is_dir():
        shutil.copytree(theirs / "source", root / "source", ignore=own)
    # One of the course's own could name another gradebook, which is a real one.
    (root / CONFIG_FILE).write_text(_CONFIG.format(course_id=course.id), encoding="utf-8")
    return read_course_directory(root)


_CONFIG = '''"""Settings of nbgrader for this simulated class."""

from pathlib import Path

c = get_config()  # noqa: F821 - given by nbgrader
c.CourseDirectory.root = str(Path(__file__).parent)
c.CourseDirectory.course_id = {course_id!r}
'''


def _assigned(where: CourseDirectory, source: Path, random: Random) -> Assigned:
    name = source.relative_to(where.root / "source")
    return read_assigned(source, where.root / "release" / name, random)


def _hand_in(
    where: CourseDirectory,
    assigned: Sequence[Assigned],
    everybody: Sequence[Person],
    random: Random,
) -> Iterator[Graded]:
    """Everybody's work, written beside ``source/``; of the last assignment half is not marked."""
    attempts: dict[tuple[int, str, str], Attempt] = {}
    last = max((each.assignment for each in assigned), default="")
    # Who copies comes after those who work.
    for person in sorted(everybody, key=lambda each: (each.copies_from is not None, each.number)):
        for number, each in enumerate(assigned):
            place = (each.assignment, each.name)
            if person.copies_from is not None:
                original = attempts.get((person.copies_from, *place))
                if original is None:
                    continue
                attempt = copied(original, each, random)
            elif random.random() > person.diligence + 0.35 - 0.1 * number:
                continue
            else:
                marked = each.assignment != last or random.random() < 0.5  # noqa: PLR2004
                attempt = attempted(each, person, random, marked=marked)
            attempts[person.number, *place] = attempt
            for folder, notebook in (
                (where.submitted, submitted_notebook(each, attempt)),
                (where.autograded, graded_notebook(each, attempt)),
            ):
                file = folder / person.id / each.assignment / f"{each.name}.ipynb"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
            at = BEGINS + timedelta(days=14 + 21 * number + random.uniform(0, 7))
            yield Graded(person, *place, at, attempt.points)


def _write_progress(
    where: CourseDirectory, person: Person, events: Sequence[Event], graded: Sequence[Graded]
) -> None:
    """Beside the last work that was handed in; of who has handed in none, in a folder of all."""
    own = [each.assignment for each in graded if each.person.id == person.id]
    file = where.root / PROGRESS_FOLDER / f"{person.id}.jsonl"
    if own:
        file = where.submitted / person.id / own[-1] / "progress.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{each.to_json()}\n" for each in events), encoding="utf-8")


def _write_about(course: Course, aside: Path, where: CourseDirectory, made: Simulated) -> None:
    about = {
        "simulated": True, "learners": made.learners, "seed": made.seed, "kit": __version__,
        "copied": made.copied,
    }  # fmt: skip
    text = json.dumps(about, indent=1)
    (where.root / SIMULATED_FILE).write_text(f"{text}\n", encoding="utf-8")
    readme = _README.format(learners=made.learners, seed=made.seed, title=course.title)
    (aside / "README.md").write_text(readme, encoding="utf-8")
