"""What all of the kit's pages share, and those about the whole course, as Voila apps."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import quote

import jinja2
import nbformat
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import url_path_join
from tornado.web import authenticated
from voila.configuration import VoilaConfiguration
from voila.handler import VoilaHandler
from voila.utils import get_page_config

from kit import __version__
from kit.course import Course, Lesson, load_course
from kit.errors import KitError
from kit.server.class_kernels import RETRY_AFTER_SECONDS, ServerFullError
from kit.server.kernels import PageKernels
from kit.server.page_words import page_words
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
    configuration.allow_template_override = "NO"  # by an address, which could name none that is
    configuration.allow_theme_override = "NO"
    configuration.prelaunch_hook = _with_page
    return configuration


def page_configuration(server: ServerApp) -> dict[str, Any]:
    """What Voila's frontend is told on every page with widgets."""
    settings = server.web_app.settings
    told = get_page_config(
        base_url=settings["base_url"],
        settings=settings,
        log=server.log,
        voila_configuration=app_configuration(server, progressive=True),
    )
    # Without an address Voila takes the MathJax that it ships, not the one of a CDN.
    return {**told, "fullMathjaxUrl": "null", "mathjaxConfig": "null"}


def _with_page(
    handler: CoursePage, notebook: nbformat.NotebookNode, cwd: str
) -> nbformat.NotebookNode:
    notebook.metadata["kit"] = handler.page
    return notebook


WAITS_BEFORE_GIVING_UP = 6
"""Of ten seconds each."""


class AppPage(JupyterHandler):
    """A page of the kit."""

    _preview: dict[str, Any] | None = None

    def initialize(self, *, course_folder: Path, **options: Any) -> None:
        super().initialize(**options)
        self.course_folder = course_folder

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
        self.finish(self._rendered("problem.html.j2", page, problem=error))

    async def _is_full(self, kernels: PageKernels) -> bool:
        """Whether there is no place for one more kernel, which the page then says."""
        try:
            await kernels.wait_for_place()
        except ServerFullError as error:
            self.set_header("Retry-After", str(RETRY_AFTER_SECONDS))
            self._show_problem(error, status=503)
            return True
        return False

    def _rendered(self, template: str, page: Mapping[str, Any], **more: Any) -> str:
        return templates().get_template(template).render(page=page, base_url=self.base_url, **more)

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


class CoursePage(AppPage, VoilaHandler):
    """A page about the whole course, that Voila makes of one of the kit's own notebooks.

    Attributes:
        app: the notebook's name in ``apps/``.
        page: what the template shows around the notebook; see ``template/index.html.j2``.
    """

    app: ClassVar[str]
    page: dict[str, Any]
    _kernels: PageKernels

    def initialize(self, **options: Any) -> None:
        super().initialize(template_paths=[str(TEMPLATES)], **options)

    @property
    def kernel_manager(self) -> PageKernels:
        """Where Voila starts the page's kernel."""
        return self._kernels

    @property
    def contents_manager(self) -> OneNotebook:
        """Where Voila gets the notebook from."""
        return OneNotebook(nbformat.read(APPS / self.app, as_version=4))

    @authenticated
    async def get(self) -> None:
        self._see_preview()
        try:
            course = load_course(self.course_folder)
        except KitError as error:
            self._show_problem(error, status=500)
            return
        self._kernels = PageKernels(self.settings["kernel_manager"])
        if await self._is_full(self._kernels):
            return
        self.page = self._describe(self._common(course))
        try:
            await self._render()
        finally:
            await self._kernels.shut_down()  # nothing on the page needs it any more

    def _describe(self, common: dict[str, Any]) -> dict[str, Any]:
        """``page``, of what all pages have."""
        raise NotImplementedError

    async def _render(self) -> None:
        waits = 0
        async for piece in self.get_generator(self.app):
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


class Alive(APIHandler):
    """``/kit/api/alive``: whether this server answers, and for which course."""

    def initialize(self, course_folder: Path) -> None:
        self.course_folder = course_folder

    @authenticated
    def get(self) -> None:
        self.finish({"course": str(self.course_folder), "version": __version__})


@cache
def templates() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
