"""Pages with questions: a lesson, and others that look like one.

The text is on the screen before there is a kernel. The cells are run from then on, while the
browser still loads the scripts that show what comes of them.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tornado.web import authenticated
from traitlets.config import Config
from voila.utils import ENV_VARIABLE

from kit.course import Course, Lesson, load_course
from kit.errors import KitError
from kit.media.stamp import stamp
from kit.progress import LessonProgress, builds_on, fold, is_finished
from kit.server import frontend_scripts
from kit.server.kernels import PageKernels
from kit.server.lesson_run import LessonRun
from kit.server.page_notebook import PageNotebook, lesson_notebook
from kit.server.pages import AppPage
from kit.server.turns import Turn, turns
from kit.server.widget_files import page_files
from kit.store import Store, current_learner
from kit.summary import summary
from kit.widgets.assets import WIDGETS_URL
from kit.words import _


class QuestionsPage(AppPage):
    """A page of text, and of cells that are run for it."""

    _page_config: Mapping[str, Any]
    _config: Config
    _is_gone = False

    def initialize(self, **options: Any) -> None:
        self._page_config, self._config = options.pop("page_config"), options.pop("config")
        super().initialize(**options)

    async def _show(self, notebook: PageNotebook, page: Mapping[str, Any], folder: str) -> None:
        """Send the page, and begin to run its cells.

        Args:
            page: what the template shows around the notebook; see ``template/lesson.html.j2``.
            folder: where the kernel works, below the server's root.
        """
        kernels = PageKernels(self.settings["kernel_manager"])
        if await self._is_full(kernels):
            return
        self.xsrf_token  # noqa: B018 - sets the cookie that the page's requests need
        self.set_header("Cache-Control", "no-store")  # a kernel is one page's
        files = {
            **page_files(self.base_url),
            "frontend": frontend_scripts.address(self.base_url),
            "voila": f"{self._page_config['fullStaticUrl']}/voila.js",
        }
        self.write(self._rendered("lesson.html.j2", page, cells=notebook.cells, files=files))
        await self.flush()
        turn = await turns.take()
        if self._is_gone:
            turn.give_back()
            return
        end: dict[str, Any]
        try:
            kernel_id = await self._run(kernels, notebook, folder, turn)
            end = {"config": {**self._page_config, "kernelId": kernel_id}}
        except KitError as error:
            end = {"problem": error}
        except Exception:
            self.log.exception("There is no kernel for %s", self.request.path)
            end = {"problem": _no_kernel()}
        if "problem" in end:
            turn.give_back()
        self.finish(self._rendered("lesson_end.html.j2", page, **end))

    def on_connection_close(self) -> None:
        """Whoever has left before their turn needs no kernel."""
        self._is_gone = True
        super().on_connection_close()

    async def _run(
        self, kernels: PageKernels, notebook: PageNotebook, folder: str, turn: Turn
    ) -> str:
        """Start the page's kernel and begin to run its cells; returns the kernel's id."""
        kernel_id = await kernels.start_kernel(
            kernel_name=self._kernel_name(notebook.kernel),
            path=folder,
            env=self._kernel_environment(),
        )
        asyncio.ensure_future(self._when_left(kernels, kernel_id))  # noqa: RUF006
        run = LessonRun(
            kernels.get_kernel(kernel_id), notebook.to_run(), self._config, kernels.is_connected
        )
        run.wait_for_page(kernel_id)
        run.when_over(turn.give_back)
        return kernel_id

    async def _when_left(self, kernels: PageKernels, kernel_id: str) -> None:
        await kernels.end_when_left()
        LessonRun.take(kernel_id)

    def _kernel_name(self, wanted: str) -> str:
        """The notebook's kernelspec; the usual one where this machine has no such."""
        if wanted in self.kernel_spec_manager.find_kernel_specs():
            return wanted
        return str(self.settings["kernel_manager"].default_kernel_name)

    def _kernel_environment(self) -> dict[str, str]:
        """What Voila tells its kernels, and where the page has the widgets' files."""
        return {
            **os.environ,
            ENV_VARIABLE.SCRIPT_NAME: self.request.path,
            ENV_VARIABLE.QUERY_STRING: self.request.query,
            ENV_VARIABLE.VOILA_PREHEAT: "False",
            ENV_VARIABLE.VOILA_BASE_URL: self.base_url,
            ENV_VARIABLE.VOILA_REQUEST_URL: self.request.full_url(),
            WIDGETS_URL: self._url("kit/widgets/"),
        }


def _no_kernel() -> KitError:
    return KitError(
        _("The questions of this page cannot be started; it is not you."),
        _("Reload the page. If it stays so, tell your teacher what you did last."),
    )


class LessonPage(QuestionsPage):
    """``/kit/lesson/<lesson-id>``: the author's notebook as an app."""

    @authenticated
    async def get(self, lesson_id: str) -> None:
        self._see_preview(lesson_id)
        course = None
        try:
            course = load_course(self.course_folder)
            lesson = course.usable_lesson(lesson_id)
            pictures = self._url(f"kit/media/{quote(lesson.id)}")
            notebook = lesson_notebook(lesson.notebook, stamp(lesson.notebook), pictures)
        except KitError as error:
            self._show_problem(error, status=404 if course else 500, course=course)
            return
        folder = lesson.folder.relative_to(course.root).as_posix()
        await self._show(notebook, self._describe(course, lesson), folder)

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
