"""Files over HTTP: a course's media, and the kit's own styles and scripts.

Of a course nothing but media is served: never its checks.
"""

from __future__ import annotations

import mimetypes
import re
import unicodedata
from collections.abc import Container, Sequence
from pathlib import Path, PurePosixPath

from jupyter_server.base.handlers import AuthenticatedFileHandler, FileFindHandler
from tornado.web import HTTPError

from kit.errors import CourseError
from kit.media.file_types import MEDIA, PICTURES
from kit.media.stamp import stamp
from kit.server.known_course import KnownCourse

SHARED_FOLDER = "media"
"""The folder beside the lessons that is served too."""

A_YEAR = 31_536_000


class CourseMedia(AuthenticatedFileHandler):
    """Media files of a course's lessons, with Range and ETag (tornado's own).

    An address with ``?v=`` and the present ETag may be kept for ever: the next version has another.
    """

    def initialize(self, known: KnownCourse) -> None:
        super().initialize(path=str(known.folder))
        self.known = known

    def parse_url_path(self, url_path: str) -> str:
        """Refuse what leads nowhere in the course before the disk is asked.

        Raises:
            HTTPError: 404.
        """
        self._refuse_others(url_path.split("/"))
        return str(super().parse_url_path(url_path))

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Refuse what leads elsewhere by a link, and what is no file.

        Raises:
            HTTPError: 404 for all of them, so that nothing can be learnt about other files.
        """
        try:
            path, top = Path(absolute_path).resolve(), Path(root).resolve()
            is_file = path.is_file()
        except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a name too long
            raise HTTPError(404) from error
        if not is_file or not path.is_relative_to(top):
            raise HTTPError(404)
        self._refuse_others(path.relative_to(top).parts)
        return str(path)

    def _refuse_others(self, parts: Sequence[str]) -> None:
        try:
            lessons = self.known.lesson_ids()
        except CourseError as error:
            raise HTTPError(404) from error
        if not is_served(parts, lessons):
            raise HTTPError(404)

    def check_xsrf_cookie(self) -> None:
        """Needs the login, but no Referer: some browsers send none, and a video changes nothing."""

    def get_content_type(self) -> str:
        return MEDIA[self._path.suffix.lower()]

    def compute_etag(self) -> str:
        """From time and size: a hash of the content would read a whole video for each part."""
        return f'"{stamp(self._path)}"'

    def get_cache_time(self, *_of_what: object) -> int:
        return 0  # see set_headers

    def set_headers(self) -> None:
        super().set_headers()
        asked, present = self.get_query_argument("v", ""), stamp(self._path)
        for_ever = f"private, max-age={A_YEAR}, immutable"
        # Else it is revalidated by its ETag.
        self.set_header("Cache-Control", for_ever if asked == present else "private, no-cache")
        if self._path.suffix.lower() == ".pdf":  # in a sandbox Chromium neither shows nor prints it
            policy = super(AuthenticatedFileHandler, self).content_security_policy
            self.set_header("Content-Security-Policy", policy)

    def write_error(self, status_code: int, **_why: object) -> None:
        """Nothing but the status: who asks is a player, and a page would say more."""
        self.finish()

    @property
    def _path(self) -> Path:
        return Path(str(self.absolute_path))


def is_served(parts: Sequence[str], lessons: Container[str]) -> bool:
    """Whether a path below the course's folder may be looked for: a medium of one of these lessons,
    of the shared folder, or a picture that lies beside them.
    """
    ending = PurePosixPath(parts[-1]).suffix.lower()
    if not all(map(_is_plain, parts)):
        return False
    if len(parts) == 1:  # beside course.toml, and of no lesson
        return ending in PICTURES
    return ending in MEDIA and (parts[0] in lessons or parts[0] == SHARED_FOLDER)


_ODD = re.compile(r"[\x00-\x1f\x7f/\\:]")
"""What separates folders, names a drive or a stream, or ends a name, on one system or another."""


def _is_plain(name: str) -> bool:
    """Whether this is one file's name on any system, not hidden, however it is normalised."""
    normal = unicodedata.normalize("NFKC", name)
    hidden = name.startswith(".") or normal.startswith(".")
    return (
        bool(name)
        and not hidden
        and not _ODD.search(name)
        and not (name.endswith((".", " ")) or "/" in normal or "\\" in normal)
    )


class KitStatic(FileFindHandler):
    """The kit's own CSS and JavaScript."""

    def get_content_type(self) -> str:
        return mimetypes.guess_type(str(self.absolute_path))[0] or "text/plain"
