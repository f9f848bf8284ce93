"""The gallery's course, served and open in a browser: one check of each kind, and one drawn."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kit.apps.gallery import FOLDER
from kit.apps.gallery import LESSON as GALLERY
from kit.course import load_course
from kit.exchange import reset_progress
from kit.journal import Journal
from kit.progress import ItemProgress
from tests.conftest import Server, Visit, Watch, free_port
from tests.learner import Task, learn, tasks_of

ALL = tasks_of(FOLDER / GALLERY)
TASKS = {task.check.kind: task for task in ALL if not task.check.family}
DRAWN = {task.check.kind: task for task in ALL if task.check.family}


@dataclass
class Room:
    """A server of the gallery's course, and one learner's browser window.

    A test says in which state it needs the room; what is so already is left as it is, so that
    tests that need the same cost one page.

    Attributes:
        server, visit: the real things.
        survived: the checks that were answered when server and kernel were killed last.
    """

    server: Server
    visit: Visit
    survived: set[str] = field(default_factory=set)

    @property
    def page(self) -> Page:
        return self.visit.page

    @property
    def url(self) -> str:
        return f"{self.server.base}/kit/lesson/{GALLERY}"

    def open(self) -> None:
        """The lesson as an app, ready to be answered."""
        self.page.goto(self.url)
        expect(self.page.locator(".kit-check")).to_have_count(len(ALL), timeout=60_000)

    def need_app(self) -> None:
        """The lesson as an app is in the window."""
        if self.page.url != self.url:
            self.open()

    def need_fresh(self, *checks: str) -> None:
        """These are not answered, no hint is taken, and no word was sent of them."""
        self.need_app()
        items = map(self._item, checks)
        if any(item.tried or item.hints for item in items):
            self.begin_anew()
            self.open()

    def need_answered(self, tasks: Iterable[Task]) -> None:
        """These were answered wrong, then right, with a hint between."""
        self.need_app()
        wanted = list(tasks)
        self.need_fresh(*(task.check.id for task in wanted if not self._is_learnt(task)))
        for task in wanted:
            if not self._is_learnt(task):
                learn(self.page, task)

    def need_restarted(self, tasks: Iterable[Task]) -> None:
        """Kernel and server were killed with kill -9 since these were answered."""
        wanted = {task.check.id: task for task in tasks}
        self.need_answered(wanted.values())
        if self.survived.issuperset(wanted):
            return
        self.survived = set(wanted)
        self.visit.watch.expected = True
        for kernel in self.server.kernels():
            kernel.kill()
        self.server.kill()
        self.server.start()
        self.page.goto(self.server.url)
        self.visit.watch.expected = False
        self.open()

    def begin_anew(self) -> None:
        """As a learner who has done nothing yet."""
        reset_progress(load_course(self.server.course / "lessons"))
        self.page.evaluate("localStorage.clear()")
        self.visit.watch.received.clear()
        self.survived.clear()

    def _item(self, check: str) -> ItemProgress:
        course = load_course(self.server.course / "lessons")
        return Journal(course, course.lesson(GALLERY)).progress().item(check)

    def _is_learnt(self, task: Task) -> bool:
        item = self._item(task.check.id)
        return item.passed and item.hints == min(1, len(task.check.hints))


@contextmanager
def opened(browser: Browser, folder: Path) -> Iterator[Room]:
    """The room, in a folder of its own; it asks no other server for anything, and complains not."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "KIT_DATA": "data", "JUPYTER_RUNTIME_DIR": "runtime", "JUPYTER_CONFIG_DIR": "jupyter",
            "IPYTHONDIR": "ipython", "MPLCONFIGDIR": "matplotlib",
        }.items():  # fmt: skip
            patch.setenv(name, str(folder / value))
        patch.setenv("KIT_LEARNER", "ada")
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        lessons = folder / "course" / "lessons"
        shutil.copytree(FOLDER, lessons, ignore=shutil.ignore_patterns("my-lesson*", "__pycache__"))
        server = Server(folder / "course", folder / "server.log", free_port()).start()
        # Smooth scrolling would make each press wait for its end.
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        context.set_default_timeout(30_000)
        watch = Watch(server.base, keep_bodies=True)
        page = context.new_page()
        watch.attach(page)
        page.goto(server.url)
        yield Room(server, Visit(page, watch))
        context.close()
        server.stop()
        assert watch.outside == []
        assert watch.complaints == []
