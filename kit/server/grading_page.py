"""``/kit/grading``: a teacher's round with the course's assignments.

Only where its reader may see everybody's marks: a server with ``--confine`` has none of this. What
the page shows is made here, at each look; the page itself only puts it in its place, so that it can
be closed, loaded again, or used without scripts.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Template
from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError, authenticated

from kit.course import Course, load_course
from kit.errors import KitError
from kit.grading.runs import BusyError, Step
from kit.server.grading_desk import Desk
from kit.server.grading_view import Card, cards
from kit.server.pages import AppPage, templates
from kit.words import _

LOOK_WITHIN_SECONDS = 0.2
RESOURCE = "kit-grading"
"""For an authorizer: to look is to read, to take a step is to write."""

Route = tuple[str, type, dict[str, Any]]


class _Command(NamedTuple):
    step: Step
    options: tuple[str, ...] = ()


COMMANDS = {
    "release": _Command(Step.RELEASE),
    "collect": _Command(Step.COLLECT),
    "grade": _Command(Step.GRADE),
    "regrade": _Command(Step.GRADE, ("--regrade",)),
    "resume": _Command(Step.GRADE, ("--resume",)),
    "feedback": _Command(Step.FEEDBACK),
}


class GradingPage(AppPage):
    """The page, and the forms on it."""

    auth_resource = RESOURCE

    def initialize(self, **options: Any) -> None:
        self.desk: Desk = options.pop("desk")
        super().initialize(**options)

    @authenticated
    @authorized
    async def get(self) -> None:
        try:
            course = load_course(self.course_folder)
        except KitError as error:
            self._show_problem(error, status=500)
            return
        looks = self.desk.look()
        with suppress(TimeoutError):  # the page comes first, and is told later
            await asyncio.wait_for(asyncio.shield(looks), LOOK_WITHIN_SECONDS)
        page = {**self._common(course), "kind": "grading", "title": _("Grading")}
        shown = cards(self.desk, course.assignments, self.base_url)
        self.set_header("Cache-Control", "no-store")
        self.finish(
            self._rendered(
                "grading.html.j2", page,
                cards=[(card, _parts(card)) for card in shown], xsrf=self.xsrf_form_html(),
                status=_status(self.desk, shown), problem=self.desk.problem,
                is_busy=any(card.progress for card in shown),
                style=self._static("grading.css"), script=self._static("grading.js"),
                lost=_(
                    "Lesson Kit does not answer. What was graded is kept. Start it again "
                    "(make start, or kit start); this page notices when it is back."
                ),
                _=_,
            )
        )  # fmt: skip

    @authenticated
    @authorized
    async def post(self) -> None:
        """Take a step, or stop one: ``do`` with ``assignment``."""
        wanted = self.get_body_argument("do", "")
        assignment = self.get_body_argument("assignment", "")
        try:
            await self._do(wanted, assignment)
        except KitError as error:
            status = 409 if isinstance(error, BusyError) else 400
            if "application/json" in self.request.headers.get("Accept", ""):
                self.set_status(status)
                self.finish({"message": str(error)})
            else:
                self._show_problem(error, status=status)
            return
        if "application/json" in self.request.headers.get("Accept", ""):
            self.finish({})
        else:
            self.redirect(self._url("kit/grading"), status=303)

    async def _do(self, wanted: str, assignment: str) -> None:
        if wanted == "stop":
            self.desk.stop()
            return
        if wanted not in COMMANDS or assignment not in self.desk.assignments:
            raise KitError(
                _("That cannot be done: {do!r} with {name!r}.").format(do=wanted, name=assignment),
                _("Reload the page; it shows what there is."),
            )
        await self.desk.take(COMMANDS[wanted].step, assignment, *COMMANDS[wanted].options)


class GradingApi(APIHandler):
    """``/kit/api/grading``: what the page shows now, in pieces; with an ETag, as tornado has it."""

    auth_resource = RESOURCE

    def initialize(self, course_folder: Path, desk: Desk) -> None:
        self.course_folder, self.desk = course_folder, desk

    @authenticated
    @authorized
    async def get(self) -> None:
        if self.get_query_argument("look", ""):
            self.desk.look()
        try:
            course = load_course(self.course_folder)
        except KitError as error:
            raise HTTPError(500, str(error)) from error
        shown = cards(self.desk, course.assignments, self.base_url)
        self.set_header("Cache-Control", "private, no-cache")
        self.finish(
            {
                "busy": any(card.progress for card in shown) or self.desk.is_looking,
                "status": _status(self.desk, shown),
                "problem": self.desk.problem,
                "cards": [{"id": card.id, **_parts(card)} for card in shown],
            }
        )


def grading_routes(course_folder: Path, desk: Desk) -> list[Route]:
    """What a teacher's server has."""
    known = {"course_folder": course_folder, "desk": desk}
    return [(r"/kit/grading/?", GradingPage, known), (r"/kit/api/grading", GradingApi, known)]


def _parts(card: Card) -> dict[str, Any]:
    """A card in pieces of HTML, each of which changes by itself; and its rows, by student."""
    made = _pieces().make_module({"_": _})
    return {
        "facts": str(made.facts(card)),  # type: ignore[attr-defined]
        "does": str(made.does(card)),  # type: ignore[attr-defined]
        "told": str(made.told(card)),  # type: ignore[attr-defined]
        "rows": [
            [row.student, str(made.row(row))]  # type: ignore[attr-defined]
            for row in card.rows
        ],
    }


def _pieces() -> Template:
    return templates().get_template("grading_parts.html.j2")


def _status(desk: Desk, shown: list[Card]) -> str:
    """What goes on, for those who do not see the page; it changes seldom."""
    for card in shown:
        if card.progress:
            return _("{title} is being worked on; the others wait.").format(title=card.title)
    if desk.overview is None and not desk.problem and shown:
        return _("Looking at what was handed in…")
    return ""


def make_desk(course_folder: Path) -> Desk:
    """The desk of a course.

    Args:
        course_folder: the folder of course.toml.
    """
    return Desk(Course("", "", course_folder).root / "assignments")
