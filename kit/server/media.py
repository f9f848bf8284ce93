"""Files over HTTP: a course's media, and the kit's own styles and scripts."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from jupyter_server.base.handlers import AuthenticatedFileHandler, FileFindHandler
from tornado.web import HTTPError

TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
"""What is served, and as what: media only. The rest of a course (its checks) is never served."""


class CourseMedia(AuthenticatedFileHandler):
    """Media files below the course's folder, with Range and ETag (tornado's own)."""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Refuse what is no media file, is hidden, or leads out of the course by a link.

        Raises:
            HTTPError: 404 for all of them, so that nothing can be learnt about other files.
        """
        try:
            path, top = Path(absolute_path).resolve(), Path(root).resolve()
        except (OSError, ValueError) as error:  # a loop of links, a null byte
            raise HTTPError(404) from error
        inside = path.relative_to(top).parts if path.is_relative_to(top) else ()
        hidden = any(part.startswith(".") for part in inside)
        if not inside or hidden or path.suffix.lower() not in TYPES or not path.is_file():
            raise HTTPError(404)
        return str(path)

    def check_xsrf_cookie(self) -> None:
        """Needs the login, but no Referer: some browsers send none, and a video changes nothing."""

    def get_content_type(self) -> str:
        return TYPES[Path(str(self.absolute_path)).suffix.lower()]

    def compute_etag(self) -> str:
        """From time and size: a hash of the content would read a whole video for each part."""
        stat = Path(str(self.absolute_path)).stat()
        return f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "private, no-cache")  # revalidated by ETag


class KitStatic(FileFindHandler):
    """The kit's own CSS and JavaScript."""

    def get_content_type(self) -> str:
        return mimetypes.guess_type(str(self.absolute_path))[0] or "text/plain"
