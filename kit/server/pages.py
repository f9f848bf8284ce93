"""The kit's pages: Home and each lesson, as Voila apps over the kit's template.

Voila renders the notebook, starts its kernel and brings the widgets; what is ours is the template
around it, and that the text is on the screen before the kernel has started.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
import nbformat
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated
from voila.configuration import VoilaConfiguration
from voila.handler import VoilaHandler

from kit import __version__
from kit.course import Course, Lesson, load_course
from kit.errors import CourseError, KitError
from kit.journal import Journal
from kit.notebook import cell_id, is_check_cell, with_anchors
from kit.progress import LessonProgress, is_finished
from kit.summary import summary
from kit.words import _

APPS = Path(__file__).parent.parent / "apps"
WIDGETS = Path(__file__).parent.parent / "widgets"
TEMPLATES = APPS / "template"
WIDGET_EXTENSIONS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]


def app_configuration(server: ServerApp, *, progressive: bool) -> VoilaConfiguration:
    """Voila's settings for the kit's pages.

    Args:
        progressive: whether the page comes first and its cells run afterwards, which a page with
            widgets wants; otherwise outputs are part of the page.
    """
    configuration = VoilaConfiguration(parent=server)
    configuration.progressive_rendering = progressive
    configuration.strip_sources = False
    configuration.extension_allowlist = WIDGET_EXTENSIONS
    configuration.prelaunch_hook = _prepare_notebook
    configuration.page_config_hook = _local_mathjax
    return configuration


def _local_mathjax(page_config: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Without an address Voila takes the MathJax that it ships, not the one of a CDN."""
    return {**page_config, "fullMathjaxUrl": "null", "mathjaxConfig": "null"}


def _prepare_notebook(
    handler: AppPage,
    notebook: nbformat.NotebookNode,
    cwd: str,
) -> nbformat.NotebookNode:
    for number, cell in enumerate(notebook.cells):
        _prepare_cell(cell, number)
    notebook.cells = [cell for cell in notebook.cells if not _is_for_notebooks_only(cell)]
    notebook.metadata["kit"] = handler.page
    return notebook


def _is_for_notebooks_only(cell: nbformat.NotebookNode) -> bool:
    """The cell for the learner's own code: in the app its check has an editor in its place."""
    return "work" in cell.metadata.get("tags", [])


def _prepare_cell(cell: nbformat.NotebookNode, number: int) -> None:
    cell.setdefault("id", cell_id(number))
    if cell.cell_type == "code":
        cell.outputs = []
        cell.execution_count = None
        cell.metadata["kit"] = {"plumbing": is_check_cell(cell.source)}
    elif cell.cell_type == "markdown":
        cell.source = with_anchors(cell.source, cell.id)


WAITS_BEFORE_GIVING_UP = 6
"""Of ten seconds each."""
LOOK_EVERY_SECONDS = 30
LOOKS_BEFORE_END = 3


class AppPage(VoilaHandler):
    """A page of the kit that Voila makes of a notebook.

    Attributes:
        page: what the template shows around the notebook; see ``template/index.html.j2``.
    """

    page: dict[str, Any]
    _kernels: _PageKernels

    @property
    def kernel_manager(self) -> Any:
        """Where Voila starts the page's kernel."""
        return self._kernels

    def initialize(self, *, course_folder: Path, **options: Any) -> None:
        super().initialize(template_paths=[str(TEMPLATES)], **options)
        self.course_folder = course_folder

    async def _render(self, notebook_path: str) -> None:
        self.xsrf_token  # noqa: B018 - sets the cookie that the page's requests need
        waits = 0
        async for piece in self.get_generator(notebook_path):
            # Where Voila fails in the middle of a page it goes on waiting for ever.
            waits += "voila_heartbeat()" in piece
            if waits == WAITS_BEFORE_GIVING_UP:
                self.write(self._gave_up())
                return
            self.write(piece)
            self.flush()

    def _gave_up(self) -> str:
        said = html.escape(_("This page could not be made. Reload it, or see the server's log."))
        return f'<div class="kit-problem" role="alert"><p>{said}</p></div></body></html>'

    def _common(self, course: Course) -> dict[str, Any]:
        return {
            "language": course.language,
            "course": course.title,
            "home_url": self._url("kit/"),
            "static": {name: self._static(name) for name in ("tokens.css", "page.css", "page.js")},
            "alive_url": self._url("kit/api/alive"),
            "words": _page_words(),
        }

    def _show_problem(self, error: KitError, *, status: int, course: Course | None = None) -> None:
        """A page that says what is wrong, in the same clothes as the others."""
        self.set_status(status)
        common = self._common(course or Course("", _("This course"), self.course_folder))
        page = {**common, "title": _("This cannot be opened"), "kind": "problem"}
        template = _problem_templates().get_template("problem.html.j2")
        self.finish(template.render(page=page, problem=error, base_url=self.base_url))

    def write_error(self, status_code: int, **details: Any) -> None:
        """An unforeseen fault: said in words here, its traceback is in the server's log."""
        if self._headers_written:  # part of the page is out already
            self.finish()
            return
        what = _("Something went wrong on this page (error {code}); it is not you.")
        mend = _("Reload the page. If it stays so, tell your teacher what you did last.")
        self._show_problem(KitError(what.format(code=status_code), mend), status=status_code)

    def _static(self, name: str) -> str:
        folder = WIDGETS if name == "tokens.css" else APPS / "static"
        return self._url(f"kit/static/{name}") + f"?v={_digest(folder / name)}"

    def _url(self, path: str) -> str:
        return str(url_path_join(self.base_url, path))


class LessonPage(AppPage):
    """``/kit/lesson/<lesson-id>``: the author's notebook as an app."""

    @authenticated
    async def get(self, lesson_id: str) -> None:
        course = None
        try:
            course = load_course(self.course_folder)
            lesson = course.usable_lesson(lesson_id)
            _refuse_invalid(lesson.notebook)
        except KitError as error:
            self._show_problem(error, status=404 if course else 500, course=course)
            return
        self.page = self._describe(course, lesson)
        preload = {"PYTHONSTARTUP": str(APPS / "preload.py")}
        self._kernels = _PageKernels(self.settings["kernel_manager"], preload)
        try:
            await self._render(lesson.notebook.relative_to(course.root).as_posix())
        finally:
            asyncio.ensure_future(self._kernels.end_when_left())  # noqa: RUF006

    def _describe(self, course: Course, lesson: Lesson) -> dict[str, Any]:
        try:
            progress = Journal(course, lesson).progress()
        except KitError:  # the widgets on the page meet it too, and say it
            progress = LessonProgress()
        shown = summary(lesson, progress)
        section = lesson.section_of(progress.position)
        return {
            **self._common(course),
            "kind": "lesson",
            "title": lesson.title,
            "sections": [
                {"id": each.id, "title": each.title, **shown["sections"][each.id]}
                for each in lesson.sections
            ],
            "words_done": shown["words"],
            "finished": is_finished(lesson, progress),
            "editor_url": self._url("kit/static/vendor/editor.js"),
            "notebook_url": self._url(f"kit/notebook/{quote(lesson.id, safe='')}"),
            "resume": {"id": section.id, "title": section.title} if section else None,
            **self._neighbours(course, lesson),
        }

    def _neighbours(self, course: Course, lesson: Lesson) -> dict[str, Any]:
        usable = [each for each in course.lessons if not each.problem]
        place = [each.id for each in usable].index(lesson.id)
        around = {"previous": place - 1, "next": place + 1}
        return {
            name: {
                "url": self._url(f"kit/lesson/{quote(usable[at].id, safe='')}"),
                "title": usable[at].title,
            }
            if 0 <= at < len(usable)
            else None
            for name, at in around.items()
        }


def _refuse_invalid(notebook: Path) -> None:
    """Voila would begin such a page and never end it."""
    try:
        nbformat.validate(nbformat.read(notebook, as_version=4), relax_add_props=True)
    except Exception as error:  # what nbformat raises is of many kinds
        reason = str(error).strip().splitlines()[0][:200]
        raise CourseError(
            _("{path} is not a valid notebook: {reason}.").format(path=notebook, reason=reason),
            _("Open it in JupyterLab and save it again, or restore its last good version."),
        ) from error


class HomePage(AppPage):
    """``/kit/``: the course at a glance, made by ``apps/home.ipynb``."""

    @authenticated
    async def get(self) -> None:
        try:
            course = load_course(self.course_folder)
        except KitError as error:
            self._show_problem(error, status=500)
            return
        self.page = {**self._common(course), "kind": "app", "title": _("Home")}
        self._kernels = _PageKernels(self.settings["kernel_manager"])
        try:
            await self._render("home.ipynb")
        finally:
            await self._kernels.shut_down()  # nothing on the page needs it any more

    @property
    def contents_manager(self) -> Any:
        """Where Voila gets the notebook from: the kit's own apps."""
        return _AppNotebooks()


class _AppNotebooks:
    """Just enough of a contents manager for Voila to load one of the kit's notebooks."""

    def get(self, path: str, **_more: Any) -> dict[str, Any]:
        notebook = nbformat.read(APPS / path, as_version=4)
        return {"type": "notebook", "path": path, "content": notebook}

    def file_exists(self, _path: str) -> bool:
        return False


class _PageKernels:
    """The server's kernels, remembering those that this page started.

    Args:
        kernels: the server's kernel manager.
        environment: variables to add to that of a kernel which is started here.
    """

    def __init__(self, kernels: Any, environment: Mapping[str, str] | None = None) -> None:
        self._all = kernels
        self._environment = dict(environment or {})
        self._own: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name in {"notebook_data", "get_pool_size"}:  # Voila asks whether it owns the server
            raise AttributeError(name)
        return getattr(self._all, name)

    async def start_kernel(self, *, env: dict[str, str], **options: Any) -> str:
        env = {**env, **self._environment}
        kernel_id = str(await self._all.start_kernel(env=env, **options))
        self._own.append(kernel_id)
        return kernel_id

    async def shut_down(self) -> None:
        for kernel_id in self._own:
            if kernel_id in self._all:
                await self._all.shutdown_kernel(kernel_id, now=True)

    async def end_when_left(self) -> None:
        """End the kernels when no page has been connected to them for a while.

        The page itself ends its kernel when it is closed, but only once its scripts have
        loaded, and not when the browser is killed.
        """
        looks_without = 0
        while looks_without < LOOKS_BEFORE_END and any(each in self._all for each in self._own):
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            connected = any(
                self._all.kernel_model(each)["connections"]
                for each in self._own
                if each in self._all
            )
            looks_without = 0 if connected else looks_without + 1
        await self.shut_down()


class OwnNotebook(JupyterHandler):
    """``/kit/notebook/<lesson-id>``: open the learner's copy of a lesson in JupyterLab.

    The copy is made at the first visit. The author's notebook stays as it was, so that the app
    never runs what a learner wrote in a cell, and a new edition never meets a learner's changes.
    """

    def initialize(self, course_folder: Path) -> None:
        self.course_folder = course_folder

    @authenticated
    def get(self, lesson_id: str) -> None:
        try:
            course = load_course(self.course_folder)
            lesson = course.usable_lesson(lesson_id)
            _refuse_invalid(lesson.notebook)
        except KitError as error:
            raise HTTPError(404, str(error)) from error
        notebook = _own_copy(lesson)
        path = notebook.relative_to(course.root).as_posix()
        self.redirect(url_path_join(self.base_url, "lab/tree", quote(path)))


def _own_copy(lesson: Lesson) -> Path:
    """The learner's copy, made now if there is none; the original where none can be made."""
    if not lesson.own_notebook.exists():
        part = lesson.own_notebook.with_suffix(".part")
        notebook = nbformat.read(lesson.notebook, as_version=4)
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(_about_the_copy(), id="own-copy"))
        try:
            nbformat.write(notebook, part)
            part.replace(lesson.own_notebook)
        except OSError:  # a course that may only be read
            return lesson.notebook
    return lesson.own_notebook


def _about_the_copy() -> str:
    return _(
        "*This is your own copy of the lesson. Run each cell with Shift+Enter, or all of them "
        "with Run › Run All Cells: then the questions appear. In the questions on code, write in "
        "the cell above and run it before you check.*"
    )


class Alive(APIHandler):
    """``/kit/api/alive``: whether this server answers, and for which course."""

    def initialize(self, course_folder: Path) -> None:
        self.course_folder = course_folder

    @authenticated
    def get(self) -> None:
        self.finish({"course": str(self.course_folder), "version": __version__})


@cache
def _problem_templates() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def _page_words() -> dict[str, str]:
    """The words around a page's content, in the learner's language."""
    return {
        "skip": _("Skip to the content"),
        "sections": _("Sections"),
        "notebook": _("Open as notebook"),
        "dark": _("Dark colours"),
        "light": _("Light colours"),
        "starting": _("You can read already; the questions are getting ready…"),
        "opening": _("Opening your course…"),
        "slow": _("This takes longer than usual. If it stays so, reload the page."),
        "resume": _("You were last at:"),
        "saved": _("Your answers are saved on this computer."),
        "lessons": _("Lessons"),
        "back_to": _("Back to"),
        "finished": _("You have finished this lesson: every question is answered right."),
        "home": _("Home"),
        "previous": _("Previous lesson"),
        "next": _("Next lesson"),
        "table": _("Table"),
        "code": _("Code"),
        "output": _("Output"),
        "stopped": _(
            "The lesson's code has stopped. Everything you answered is saved, and what you typed "
            "stays too."
        ),
        "bring_back": _("Start it again"),
        "no_server": _(
            "Lesson Kit does not answer. Everything you answered is saved. Start it again on this "
            "computer (make start, or kit start); this page notices when it is back."
        ),
        "server_back": _("Lesson Kit is back. Everything you answered is saved."),
    }
