"""A teacher's round: ``kit release``, ``collect``, ``grade``, ``feedback``, ``grades``, ``extend``
and ``assignment status``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kit.commands.options import json_option
from kit.errors import KitError, printable
from kit.grading.runs import can_be_stopped
from kit.words import _, date_time, ngettext

if TYPE_CHECKING:
    from kit.grading.autograde import Graded
    from kit.grading.course import GradingCourse

EXIT_SOME_FAILED = 1
FORMS = ("csv", "canvas", "moodle", "brightspace")

assignment_argument = click.argument("assignment")
course_option = click.option(
    "--course",
    type=click.Path(path_type=Path),
    default=".",
    help=_("nbgrader's course folder, with source/ in it; `assignments` here, or this folder."),
)


def _open(course: Path) -> GradingCourse:
    from kit.grading.course import GradingCourse, find_course_dir

    return GradingCourse(find_course_dir(course))


def _say(found: Any, as_json: bool, words: str) -> None:
    click.echo(json.dumps(found) if as_json else words)


@click.command()
@assignment_argument
@course_option
@json_option
def release(assignment: str, course: Path, as_json: bool) -> None:
    """Make the students' version of ASSIGNMENT: without solutions and hidden tests.

    It is due when course.toml says so. Where nbgrader has an exchange, it is handed out as well.
    The gradebook is copied first.

    \b
    Examples:
      kit release a1
      kit release a1 --course ~/courses/tables/assignments
    """
    done = _open(course).release(assignment)
    words = _("{name} is in {folder}.").format(name=assignment, folder=done["folder"])
    if done["handed_out"]:
        words += " " + _("It was handed out.")
    _say(done, as_json, words)


@click.command()
@assignment_argument
@course_option
@json_option
def collect(assignment: str, course: Path, as_json: bool) -> None:
    """Fetch what students have handed in for ASSIGNMENT, from nbgrader's exchange.

    \b
    Examples:
      kit collect a1
    """
    done = _open(course).collect(assignment)
    count = len(done["new"])
    words = ngettext(
        "{n} new submission, {all} in all.",
        "{n} new submissions, {all} in all.",
        count,
        all=len(done["submitted"]),
    )
    _say(done, as_json, words)


@click.command()
@assignment_argument
@click.option("--student", default="*", help=_("Only this one's."))
@click.option(
    "--workers", type=click.IntRange(min=1), help=_("How many run at a time; one per processor.")
)
@click.option(
    "--cluster", default="", metavar="ADDRESS", help=_("Run them on Dask's workers instead.")
)
@click.option("--regrade", is_flag=True, help=_("All of them once more; by hand stays by hand."))
@click.option("--resume", is_flag=True, help=_("Go on with the last run, a --regrade too."))
@click.option(
    "--level",
    type=click.Choice(["exam", "open"]),
    default="exam",
    help=_("`open`: run submissions with your own rights, where they cannot be shut in."),
)
@course_option
@json_option
def grade(
    assignment: str,
    *,
    student: str,
    workers: int | None,
    cluster: str,
    regrade: bool,
    resume: bool,
    level: str,
    course: Path,
    as_json: bool,
) -> None:
    """Grade what was handed in for ASSIGNMENT.

    Each notebook runs in a kernel of its own, which is shut in: without a network, and with nothing
    but its own files. What is graded already stays, unless its tests have changed. A run that was
    stopped goes on where it was. Exit code 1: some could not be graded; each says why.

    \b
    Examples:
      kit grade a1
      kit grade a1 --student ada --regrade
      kit grade a1 --resume
      kit grade a1 --workers 8 --json > graded.json
      kit grade a1 --cluster tcp://10.0.0.5:8786
    """
    opened = _open(course)
    with can_be_stopped(), _progress(len(opened.submitted(assignment, student))) as tell:
        graded = opened.grade(
            assignment,
            student=student,
            workers=workers or 0,
            cluster=cluster,
            regrade=regrade,
            resume=resume,
            level=level if level != "exam" else "",
            tell=tell,
        )
    if as_json:
        click.echo(json.dumps([each.as_data() for each in graded]))
    else:
        _print_graded(assignment, graded)
    sys.exit(EXIT_SOME_FAILED if any(each.problem or each.unusable for each in graded) else 0)


def _print_graded(assignment: str, graded: Sequence[Graded]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kit.grading.outcomes import in_words

    console = Console(markup=False, emoji=False, highlight=False)
    if not graded:
        console.print(_("All of {name} is graded already.").format(name=assignment))
        return
    table = Table(box=None, pad_edge=False)
    for head in (_("Student"), _("Points"), _("Before"), _("To know")):
        table.add_column(head, justify="right" if head in {_("Points"), _("Before")} else "left")
    for each in graded:
        changed = each.before is not None and each.before != each.score
        said = (
            [printable(each.problem)] if each.problem else [in_words(one) for one in each.outcomes]
        )
        points = "" if each.problem else f"{each.score:g} / {each.max_score:g}"
        before = f"{each.before:g}" if changed and each.before is not None else ""
        table.add_row(Text(printable(each.student)), points, before, Text(" ".join(said)))
    console.print(table)
    broken = {
        (name, cell): said
        for each in graded
        for name, notebook in each.details.items()
        for cell, said in notebook.get("broken", {}).items()
    }
    for (name, cell), said in sorted(broken.items()):
        words = _("The test {cell} of {notebook} fails for your own solution, too: {said}")
        console.print(words.format(cell=cell, notebook=name, said=printable(said)), style="red")
    failed = sum(1 for each in graded if each.problem)
    done = len(graded) - failed
    console.print(ngettext("{n} submission graded.", "{n} submissions graded.", done))
    if failed:
        words = ngettext("{n} could not be graded.", "{n} could not be graded.", failed)
        console.print(words, style="red")


@contextmanager
def _progress(most: int) -> Iterator[Callable[[Graded, int], None]]:
    """A bar on stderr, where that is a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(file=sys.stderr)
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(_("Grading"), total=most)
        done = 0

        def tell(_graded: Graded, left: int) -> None:
            nonlocal done
            done += 1
            bar.update(task, completed=done, total=done + left)

        yield tell


@click.command()
@assignment_argument
@course_option
@json_option
def feedback(assignment: str, course: Path, as_json: bool) -> None:
    """Write a page of feedback for each student of ASSIGNMENT, and hand it back.

    \b
    Examples:
      kit feedback a1
    """
    done = _open(course).feedback(assignment)
    count = len(done["students"])
    words = ngettext("Feedback for {n} student.", "Feedback for {n} students.", count)
    if done["handed_back"]:
        words += " " + _("It was handed back.")
    _say(done, as_json, words)


@click.command()
@click.argument("assignments", nargs=-1)
@click.option("--to", "form", type=click.Choice(FORMS), default="csv", help=_("For which program."))
@course_option
@json_option
def grades(assignments: tuple[str, ...], form: str, course: Path, as_json: bool) -> None:
    """Print the grades of ASSIGNMENTS, or of all, for a spreadsheet or a learning platform.

    \b
    Examples:
      kit grades > grades.csv
      kit grades a1 a2 --to canvas > canvas.csv
    """
    from kit.grading import grades as of

    with _open(course).ledger() as ledger:
        found = of.grades(ledger, assignments)
    if as_json:
        click.echo(json.dumps([vars(each) for each in found]))
        return
    waiting = sum(each.waits for each in found)
    if waiting:
        words = ngettext(
            "{n} of these is still to be marked by hand.",
            "{n} of these are still to be marked by hand.",
            waiting,
        )
        click.echo(words, err=True)
    click.echo(of.FORMS[form](found), nl=False)


@click.command()
@assignment_argument
@click.argument("student")
@click.argument("until", metavar="DATE")
@course_option
@json_option
def extend(assignment: str, student: str, until: str, *, course: Path, as_json: bool) -> None:
    """Let STUDENT hand in ASSIGNMENT until DATE, before anything is taken off for being late.

    DATE is a day (its end, in this machine's time zone) or a day and a time.

    \b
    Examples:
      kit extend a1 ada 2027-03-05
      kit extend a1 ada "2027-03-05 12:00"
    """
    done = _open(course).extend(assignment, student, _moment(until))
    words = _("{student} can hand in {name} until {until}.").format(
        student=student, name=assignment, until=date_time(_moment(until))
    )
    _say(done, as_json, words)


def _moment(said: str) -> datetime:
    try:
        found = datetime.fromisoformat(said)
    except ValueError as error:
        raise KitError(
            _("{said!r} is no date.").format(said=said),
            _("Write it as in 2027-03-05, or 2027-03-05 12:00."),
        ) from error
    if len(said.strip()) <= len("2027-03-05"):
        found = datetime.combine(found.date(), time(23, 59, 59))
    return found.astimezone()


@click.group()
def assignment() -> None:
    """Look after the assignments of a course.

    \b
    Example:
      kit assignment status a1
    """


@assignment.command()
@click.argument("name", metavar="[ASSIGNMENT]", default="")
@course_option
@json_option
def status(name: str, course: Path, as_json: bool) -> None:
    """Show who has handed in ASSIGNMENT, what is graded, and what waits for you.

    Without ASSIGNMENT, all of them are shown, with numbers.

    \b
    Examples:
      kit assignment status
      kit assignment status a1
      kit assignment status a1 --json
    """
    opened = _open(course)
    found: Any = opened.status(name) if name else opened.overview()
    if as_json:
        click.echo(json.dumps(found))
    elif name:
        _print_status(found)
    else:
        _print_overview(found)


def _print_status(found: dict[str, Any]) -> None:
    from kit.grading.outcomes import in_words

    handed_in = len(found["submitted"])
    rows = {
        _("Handed in"): f"{handed_in} / {max(found['students'], handed_in)}",
        _("To grade"): _names(found["to_grade"]),
        _("To mark by hand"): _names(found["to_mark_by_hand"]),
        _("Late"): _names(found["late"]),
        _("Mean"): "-"
        if found["mean_score"] is None
        else f"{found['mean_score']:g} / {found['max_score']:g}",
    }
    width = max(map(len, rows))
    for head, said in rows.items():
        click.echo(f"{head:<{width}}  {said}")
    for outcome, students in sorted(found["outcomes"].items()):
        click.echo(f"\n{in_words(outcome)}\n  {printable(', '.join(students))}")


def _print_overview(found: Sequence[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    counted = {
        _("Handed in"): "submitted", _("To grade"): "to_grade", _("By hand"): "to_mark_by_hand",
        _("Late"): "late", _("Feedback"): "feedback",
    }  # fmt: skip
    table = Table(box=None, pad_edge=False)
    table.add_column(_("Assignment"))
    table.add_column(_("Released"))
    for head in counted:
        table.add_column(head, justify="right")
    for each in found:
        released = _("yes") if each["released"] else _("no")
        counts = (str(len(each[name])) for name in counted.values())
        table.add_row(Text(each["assignment"]), released, *counts)
    Console(markup=False, emoji=False, highlight=False).print(table)


def _names(students: Sequence[str], most: int = 8) -> str:
    more = "" if len(students) <= most else f", … ({len(students)})"
    return printable(", ".join(students[:most])) + more if students else "-"
