"""What a preview adds to the server: the pages can ask whether a file was saved, and start over.

The page asks twice a second for a digest of the lesson's files. Being told, over a socket or
server-sent events, would need a watcher, and a connection to be mended on both sides whenever the
server is restarted; a question that got no answer is asked again.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError, authenticated

from kit.course import CHECKS_FILE, COURSE_FILE, NOTEBOOK_FILE
from kit.words import _

FOLDERS = ("data", "media")
"""Of a lesson; what is in them counts, but for hidden files and caches."""


class Preview:
    """An author who looks at a course as a new student does.

    Args:
        course_folder: of course.toml.
        folder: where progress is kept for the time being; one folder in it for each new student.
    """

    def __init__(self, course_folder: Path, folder: Path) -> None:
        self._course_folder = course_folder
        self._folder = folder
        self._run = uuid.uuid4().hex  # another server than a page's own has none of its kernels
        self._students = 0
        self.start_over()

    def start_over(self) -> None:
        """Go on as a student who has done nothing yet; kernels started from now on are theirs."""
        self._students += 1
        os.environ["KIT_DATA"] = str(self._folder / f"student-{self._students}")

    def digest(self, lesson_id: str) -> str:
        """Changes with each file of the lesson that is saved, with the student and the server."""
        seen = [self._run, self._students, *map(_stamp, _watched(self._course_folder, lesson_id))]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]

    def page(self, url: Callable[[str], str], lesson_id: str) -> dict[str, Any]:
        """What a page needs: of this module ``preview.js``, and of the template ``page_words``."""
        return {
            "digest": self.digest(lesson_id),
            "state_url": url(f"kit/api/preview/{quote(lesson_id, safe='')}"),
            "links": [
                *([self._to_notebook(url, lesson_id)] if lesson_id else []),
                {"url": url("kit/gallery"), "words": _("Kinds of check")},
            ],
            "script": url("kit/static/preview.js"),
            "style": url("kit/static/preview.css"),
            "words": {
                "preview": _("Preview"),
                "reloads": _("Preview: reloads when you save."),
                "start_over": _("Start over as a new student"),
            },
            "page_words": {
                "saved": _("This is a preview: answers are not kept."),
                "no_server": _(
                    "The preview has ended. Start it again with kit preview; this page notices."
                ),
                "server_back": _("The preview is back."),
            },
        }

    def _to_notebook(self, url: Callable[[str], str], lesson_id: str) -> dict[str, str]:
        lesson = f"{self._course_folder.name}/{lesson_id}/{NOTEBOOK_FILE}"
        return {"url": url(f"lab/tree/{quote(lesson)}"), "words": _("Edit in JupyterLab")}


class PreviewState(APIHandler):
    """``/kit/api/preview/<lesson-id>``: whether something was saved; POST: start over."""

    @property
    def preview(self) -> Preview:
        preview: Preview = self.settings["kit_preview"]
        return preview

    @authenticated
    def get(self, lesson_id: str) -> None:
        if Path(lesson_id).name != lesson_id:
            raise HTTPError(404)
        self.finish({"digest": self.preview.digest(lesson_id)})

    @authenticated
    def post(self, _lesson_id: str) -> None:
        self.preview.start_over()
        self.set_status(204)
        self.finish()


def _watched(course_folder: Path, lesson_id: str) -> Iterator[Path]:
    """The files whose change an author wants to see, in a fixed order."""
    lesson = course_folder / lesson_id
    yield course_folder / COURSE_FILE
    if lesson_id:
        yield lesson / NOTEBOOK_FILE
        yield lesson / CHECKS_FILE
        for name in FOLDERS:
            yield from _files_below(lesson / name)


def _files_below(folder: Path) -> Iterator[Path]:
    for inside, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not _is_aside(each))
        yield from (Path(inside, each) for each in sorted(files) if not _is_aside(each))


def _is_aside(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__" or name.endswith("~")


def _stamp(path: Path) -> tuple[str, ...]:
    """Differs once a file was written, or another one took its place."""
    try:
        found = path.stat()
    except OSError:
        return (str(path),)
    return (str(path), *map(str, (found.st_ino, found.st_size, found.st_mtime_ns)))
