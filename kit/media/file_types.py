"""The files of a lesson by how their names end: as what each is sent, and what it holds."""

from __future__ import annotations

PICTURES = {
    ".gif": "image/gif", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png",
    ".svg": "image/svg+xml", ".webp": "image/webp",
}  # fmt: skip
FILMS = {
    ".webm": "video/webm", ".weba": "audio/webm", ".mp4": "video/mp4", ".m4v": "video/mp4",
    ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".oga": "audio/ogg", ".opus": "audio/ogg",
    ".wav": "audio/wav", ".mp3": "audio/mpeg",
}  # fmt: skip
"""Films and sounds that present browsers play."""

MEDIA = {
    **PICTURES, **FILMS, ".pdf": "application/pdf", ".vtt": "text/vtt; charset=utf-8",
}  # fmt: skip
"""All that is sent to a browser as it is."""

CONTAINERS = {"WebM": "webm", "MP4": "mp4", "Ogg": "ogg", "WAV": "wav", "MP3": "mpeg"}
"""What a film or a sound may be packed in, and the second half of its type."""

_PACKED = {kind: container for container, kind in CONTAINERS.items()}

CONTAINER_OF = {ending: _PACKED[kind.partition("/")[2]] for ending, kind in FILMS.items()}
"""In what a file of each name is packed."""
