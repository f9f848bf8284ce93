"""The kit's pages: Home and each lesson, as Voila apps over the kit's template.

Voila renders the notebook, starts its kernel and brings the widgets; what is ours is the template
around it, and that the text is on the screen before the kernel has started.
"""

from __future__ import annotations

import asyncio
import hashlib
import html
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import jinja2
import nbformat
from jupyter_server.base.handlers import APIHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado.web import authenticated
from voila.configuration import VoilaConfiguration
from voila.handler import VoilaHandler

from kit import __version__
from kit.course import Course, Lesson, load_course
from kit.errors import KitError
from kit.notebook import cell_id, is_check_cell, is_on_page, shown_by, with_anchors
from kit.progress import LessonProgress, builds_on, fold, is_finished
from kit.server.kernels import PageKernels
from kit.server.own_notebook import refuse_invalid
from kit.server.page_words import page_words
from kit.server.pictures import LessonFiles
from kit.store import Store, current_learner
from kit.summary import summary
from kit.words import _

APPS = Path(__file__).parent.parent / "apps"
WIDGETS = Path(__file__).parent.parent / "widgets"
TEMPLATES = APPS / "template"
PRELOAD = {"PYTHONSTARTUP": str(APPS / "preload.py")}
"""For the kernel of a page with checks."""

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
        _prepare_cell(cell, number, handler.is_plumbing)
    notebook.cells = [cell for cell in notebook.cells if is_on_page(cell)]
    notebook.metadata["kit"] = handler.page
    return notebook


def _prepare_cell(
    cell: nbformat.NotebookNode, number: int, is_plumbing: Callable[[str], bool]
) -> None:
    cell.setdefault("id", cell_id(number))
    if cell.cell_type == "code":
        cell.outputs = []
        cell.execution_count = None
        cell.metadata["kit"] = {
            "plumbing": is_plumbing(cell.source),
            "awaited": any(shown_by(cell)),  # a check or a video: there is room kept for it
        }
    elif cell.cell_type == "markdown":
        cell.source = with_anchors(cell.source, cell.id)


WAITS_BEFORE_GIVING_UP = 6
"""Of ten seconds each."""


class AppPage(VoilaHandler):
    """A page of the kit that Voila makes of a notebook.

    Attributes:
        page: what the template shows around the notebook; see ``template/index.html.j2``.
    """

    page: dict[str, Any]
    _kernels: PageKernels
    _preview: dict[str, Any] | None = None

    @property
    def kernel_manager(self) -> Any:
        """Where Voila starts the page's kernel."""
        return self._kernels

    def is_plumbing(self, source: str) -> bool:
        """Whether a cell's code says nothing to a learner, and is not shown."""
        return is_check_cell(source)

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

    def _see_preview(self, lesson_id: str = "") -> None:
        """Note what an author's preview needs, before anything is read that it looks at."""
        if preview := self.settings.get("kit_preview"):
            self._preview = preview.page(self._url, lesson_id)

    def _common(self, course: Course) -> dict[str, Any]:
        return {
            "language": course.language,
            "course": course.title,
            "home_url": self._url("kit/"),
            "static": {name: self._static(name) for name in ("tokens.css", "page.css", "page.js")},
            "alive_url": self._url("kit/api/alive"),
            "editor_url": self._url("kit/static/vendor/editor.js"),
            "preview": self._preview,
            "words": {**page_words(), **(self._preview or {}).get("page_words", {})},
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

    def _lesson_url(self, lesson: Lesson, section: str = "") -> str:
        anchor = f"#{section}" if section else ""
        return self._url(f"kit/lesson/{quote(lesson.id, safe='')}") + anchor

    def _url(self, path: str) -> str:
        return str(url_path_join(self.base_url, path))


class LessonPage(AppPage):
    """``/kit/lesson/<lesson-id>``: the author's notebook as an app."""

    @authenticated
    async def get(self, lesson_id: str) -> None:
        self._see_preview(lesson_id)
        course = None
        try:
            course = load_course(self.course_folder)
            lesson = course.usable_lesson(lesson_id)
            refuse_invalid(lesson.notebook)
        except KitError as error:
            self._show_problem(error, status=404 if course else 500, course=course)
            return
        self.page = self._describe(course, lesson)
        self._files = LessonFiles(super().contents_manager, lesson.id, self._url)
        self._kernels = PageKernels(self.settings["kernel_manager"], PRELOAD)
        try:
            await self._render(lesson.notebook.relative_to(course.root).as_posix())
        finally:
            asyncio.ensure_future(self._kernels.end_when_left())  # noqa: RUF006

    @property
    def contents_manager(self) -> LessonFiles:
        """Where Voila gets the notebook from, and its pictures."""
        return self._files

    def _describe(self, course: Course, lesson: Lesson) -> dict[str, Any]:
        everything = _progress_of(course)
        progress = everything.get(lesson.id, LessonProgress())
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
            "notebook_url": self._notebook_url(lesson),
            "resume": {"id": section.id, "title": section.title} if section else None,
            "builds_on": self._builds_on(course, lesson, everything),
            **self._neighbours(course, lesson),
        }

    def _notebook_url(self, lesson: Lesson) -> str:
        """The way to the learner's own copy; none in a preview, which would make one."""
        has_none = self._preview or self.settings.get("kit_apps_only")
        return "" if has_none else self._url(f"kit/notebook/{quote(lesson.id, safe='')}")

    def _builds_on(
        self, course: Course, lesson: Lesson, progress: Mapping[str, LessonProgress]
    ) -> dict[str, str] | None:
        """What to say of a lesson that the course would have mastered first, and the way there."""
        before = builds_on(course, lesson, progress)
        if before is None:
            return None
        done = summary(before, progress.get(before.id, LessonProgress()))["words"]
        return {
            "title": before.title,
            "url": self._lesson_url(before),
            "words": _(
                "This lesson builds on the one before it, where you have done {done}. Look ahead "
                "as far as you like; your answers count here too."
            ).format(done=done),
        }

    def _neighbours(self, course: Course, lesson: Lesson) -> dict[str, Any]:
        usable = [each for each in course.lessons if not each.problem]
        place = [each.id for each in usable].index(lesson.id)
        around = {"previous": place - 1, "next": place + 1}
        return {
            name: {
                "url": self._lesson_url(usable[at]),
                "title": usable[at].title,
            }
            if 0 <= at < len(usable)
            else None
            for name, at in around.items()
        }


def _progress_of(course: Course) -> dict[str, LessonProgress]:
    """The learner's progress by lesson; empty where it cannot be read, which the widgets say."""
    try:
        return fold(Store().events(learner=current_learner(), course=course.id))
    except KitError:
        return {}


class CoursePage(AppPage):
    """A page about the whole course, made by one of the kit's own notebooks.

    Attributes:
        app: the notebook's name in ``apps/``.
    """

    app: ClassVar[str]

    @authenticated
    async def get(self) -> None:
        self._see_preview()
        try:
            course = load_course(self.course_folder)
        except KitError as error:
            self._show_problem(error, status=500)
            return
        self.page = self._describe(self._common(course))
        self._kernels = PageKernels(self.settings["kernel_manager"])
        try:
            await self._render(self.app)
        finally:
            await self._kernels.shut_down()  # nothing on the page needs it any more

    def _describe(self, common: dict[str, Any]) -> dict[str, Any]:
        """``page``, of what all pages have."""
        raise NotImplementedError

    @property
    def contents_manager(self) -> OneNotebook:
        """Where Voila gets the notebook from."""
        return OneNotebook(nbformat.read(APPS / self.app, as_version=4))


class HomePage(CoursePage):
    """``/kit/``: the course at a glance."""

    app = "home.ipynb"

    def _describe(self, common: dict[str, Any]) -> dict[str, Any]:
        return {**common, "kind": "app", "title": _("Home")}


class OneNotebook:
    """Just enough of a contents manager for Voila to load a notebook that the kit gives it."""

    def __init__(self, notebook: nbformat.NotebookNode) -> None:
        self._notebook = notebook

    def get(self, path: str, **_more: Any) -> dict[str, Any]:
        return {"type": "notebook", "path": path, "content": self._notebook}

    def file_exists(self, _path: str) -> bool:
        return False


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
