"""Progress files that learners handed in, brought into one store of the class, and what they show.

A file is one that ``kit progress export`` wrote. Each event has an id of its own, so the same file
twice, a copy of it, or a later one that holds the earlier, change nothing that is there already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kit.classroom.class_data import ClassProgress, Tried, WasAt, Wrong
from kit.classroom.student_folders import student_files
from kit.errors import ExportError, KitError, StoreBusy, StoreError
from kit.events import Event
from kit.exchange import read_events
from kit.media.stamp import stamp
from kit.progress import ItemProgress, fold
from kit.store import Store
from kit.words import _

SIMULATED = "simulated"
"""What the name of a device begins with on which a simulated learner learns."""

MOST_BYTES = 50_000_000
"""Of one file: some hundred times what a diligent learner does in a course."""

MOST_CHARACTERS = 300
"""Of a wrong answer, and of what was said to it, that are shown."""

MOST_WRONG = 20
"""Different wrong answers of one learner to one check that are looked at."""


@dataclass(frozen=True)
class HandedIn:
    """A progress file; ``learner`` is whose folder it lies in, or "" where it lies in none."""

    path: Path
    learner: str = ""


@dataclass(frozen=True)
class Known:
    """What was found in a file when it had this stamp.

    Attributes:
        events: how many events of this course are in it.
        problem: why nothing was taken from it, or "".
        of_others: learners who had handed in the same events before, under their own name.
    """

    stamp: str
    events: int = 0
    problem: str = ""
    of_others: tuple[str, ...] = ()


def find_progress_files(submitted: Path, folders: Iterable[Path]) -> list[HandedIn]:
    """The progress files in nbgrader's ``submitted/STUDENT/ASSIGNMENT/``, and those in folders.

    What a link leads to is nobody's hand-in, and is passed over.
    """
    found = [HandedIn(each.path, each.student) for each in student_files(submitted, ".jsonl")]
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(folder.glob("**/*.jsonl"))
        found += [HandedIn(each) for each in files if not each.is_symlink()]
    return list({each.path: each for each in found}.values())


def import_files(
    store: Store, course_id: str, files: Sequence[HandedIn], known: dict[str, Known]
) -> dict[str, Known]:
    """Bring in what is new of these files; one that cannot be read keeps no other back.

    Args:
        known: what was found in files before, by their paths; one whose stamp is as it was is not
            read again.

    Returns:
        What was found in each of the files.

    Raises:
        StoreError: the store cannot be written; nothing was brought in.
    """
    stamps = {str(each.path): stamp(each.path) for each in files}
    new = [each for each in files if _stamp(known, each) != stamps[str(each.path)]]
    found = {path: known[path] for path in stamps if path in known}
    if not new:
        return found
    owners = {event.id: event.learner for event in store.events(course=course_id)}
    arrived: list[Event] = []
    for each in new:
        path = str(each.path)
        try:
            events = _events_of(each, course_id)
        except ExportError as error:
            found[path] = Known(stamps[path], problem=str(error))
            continue
        others = {owners[e.id] for e in events if e.id in owners} - {e.learner for e in events}
        owners.update((e.id, e.learner) for e in events if e.id not in owners)
        arrived += events
        found[path] = Known(stamps[path], len(events), of_others=tuple(sorted(others)))
    store.append(arrived)
    return found


def _stamp(known: dict[str, Known], file: HandedIn) -> str:
    found = known.get(str(file.path))
    return found.stamp if found else ""


def _events_of(file: HandedIn, course_id: str) -> list[Event]:
    with suppress(OSError):  # reading it says why
        if file.path.stat().st_size > MOST_BYTES:
            raise ExportError(
                _("{path} is larger than {n} MB.").format(
                    path=file.path, n=MOST_BYTES // 1_000_000
                ),
                _("No learner's progress is: look what it is."),
            )
    events = [each for each in read_events(file.path) if each.course == course_id]
    if file.learner:  # on their own computer they may have another name
        events = [replace(each, learner=file.learner) for each in events]
    return events


def problems_of(files: Iterable[HandedIn], known: dict[str, Known]) -> list[str]:
    """What a teacher should know of the files, a sentence or two for each."""
    problems = []
    for each in files:
        found = known[str(each.path)]
        if found.problem:
            problems.append(_("Left out: {problem}").format(problem=found.problem))
        elif not found.events:
            what = _("Left out: {path} holds nothing that was done in this course.")
            problems.append(what.format(path=each.path))
        elif found.of_others:
            what = _("{path} holds what {others} handed in before, and does not count again.")
            problems.append(what.format(path=each.path, others=", ".join(found.of_others)))
    return problems


def read_progress(store: Store, course_id: str) -> ClassProgress:
    """What all learners in the store did in a course.

    Raises:
        StoreError: the store cannot be read.
    """
    by_learner: dict[str, list[Event]] = defaultdict(list)
    for event in store.events(course=course_id):
        by_learner[event.learner].append(event)
    tried: list[Tried] = []
    places: list[WasAt] = []
    for learner, events in sorted(by_learner.items()):
        for lesson, progress in fold(events).items():
            if progress.at:
                places.append(WasAt(learner, lesson, progress.position, progress.at))
            tried += [
                _tried(learner, lesson, check, item)
                for check, item in progress.items.items()
                if item.tried
            ]
    simulated = any(
        event.device.startswith(SIMULATED) for own in by_learner.values() for event in own[:1]
    )
    return ClassProgress(tried, places, simulated)


def _tried(learner: str, lesson: str, check: str, item: ItemProgress) -> Tried:
    wrong = {
        Wrong(
            _short(result.get("answer")),
            _short(result.get("feedback")),
            _short(result.get("misconception")),
        ): None
        for result in item.tried
        if result.get("outcome") == "failed"
    }
    return Tried(learner, lesson, check, item.attempts, item.passed, [*wrong][:MOST_WRONG])


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else "" if value is None else str(value)
    text = text.strip()
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"


def told(error: KitError) -> list[str]:
    """Why no progress can be shown or brought in."""
    if isinstance(error, StoreBusy):
        return [_("Progress is just being brought in by another program. Reload in a moment.")]
    what = _("Progress that was handed in cannot be brought in.")
    return [f"{what} {error}" if isinstance(error, StoreError) else str(error)]
