"""Files over HTTP: a course's media, and the kit's own styles and scripts.

Of a course nothing but media is served: never its checks.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from pathlib import Path

from jupyter_server.base.handlers import AuthenticatedFileHandler, FileFindHandler
from tornado.web import HTTPError

from kit.errors import CourseError
from kit.media.file_types import MEDIA
from kit.media.served import is_served
from kit.media.stamp import stamp
from kit.server.known_course import KnownCourse

A_YEAR = 31_536_000


class CourseMedia(AuthenticatedFileHandler):
    """Media files of a course's lessons, with Range and ETag (tornado's own), and with If-Range.

    An address with ``?v=`` and the present ETag may be kept for ever: the next version has another.
    """

    auth_resource = "kit"  # and not all contents

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
        if self.request.headers.get("If-Range", self.compute_etag()) != self.compute_etag():
            self.request.headers.pop("Range", None)  # the part would be of another version
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


class KitStatic(FileFindHandler):
    """The kit's own CSS and JavaScript."""

    def get_content_type(self) -> str:
        return mimetypes.guess_type(str(self.absolute_path))[0] or "text/plain"
