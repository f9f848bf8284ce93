"""VideoWidget: a lesson's video, with captions, transcript, and on from where it was left."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from kit.errors import KitError
from kit.journal import Journal
from kit.progress import seconds_of, segments_of
from kit.widgets.assets import script, style
from kit.words import _

MAX_SEGMENTS = 100


class VideoWidget(anywidget.AnyWidget):
    """One video of the lesson. See ``kit.Video`` for the arguments."""

    _esm = script("video")
    _css = style("video")
    video = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(
        self, journal: Journal, path: str, *, title: str, captions: str, poster: str
    ) -> None:
        self._journal = journal
        self._path = path
        folder = journal.lesson.folder
        missing = [
            name for name in (path, captions, poster) if name and not (folder / name).is_file()
        ]
        super().__init__(
            video={
                "lesson": journal.lesson.id,
                "title": title,
                "source": path,
                "captions": "" if captions in missing else captions,
                "poster": "" if poster in missing else poster,
                "language": journal.course.language,
                "missing": _missing_words(folder / path) if path in missing else "",
                "transcript": _transcript(folder / captions)
                if captions and captions not in missing
                else [],
                "words": _words(),
            },
            state=self._left_at(),
        )
        self.on_msg(self._on_message)

    def _left_at(self) -> dict[str, Any]:
        try:
            progress = self._journal.progress().item(self._path)
        except KitError as error:
            return {"position": 0.0, "watched": 0.0, "problem": str(error)}
        return {"position": progress.position, "watched": progress.watched, "problem": ""}

    def _on_message(self, _widget: object, message: Any, _buffers: object) -> None:
        """Keep the segments that the browser says were played."""
        if not isinstance(message, dict) or not isinstance(message.get("segments"), list):
            return
        result = {
            "segments": list(segments_of(message))[:MAX_SEGMENTS],
            "position": seconds_of(message.get("position")),
            "duration": seconds_of(message.get("duration")),
        }
        try:
            self._journal.record("watched", self._path, result)
        except KitError as error:
            self.state = {**self.state, "problem": str(error)}
        else:
            self.state = self._left_at()

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        text = f"{self.video['title']} ({self._path})"
        return {**data, "text/plain": text, "text/markdown": f"**{_('Video')}:** {text}"}, metadata


def _transcript(captions: Path) -> list[dict[str, Any]]:
    """The captions as [{"start": seconds, "text": ...}], or nothing where they are no WebVTT."""
    import webvtt
    from webvtt.errors import MalformedFileError

    try:
        cues = webvtt.read(str(captions))
    except (MalformedFileError, OSError, UnicodeDecodeError):
        return []
    return [
        {
            "start": cue.start_time.in_milliseconds() / 1000,
            "text": html.unescape(cue.text.replace("\n", " ")),
        }
        for cue in cues.captions
    ]


def _missing_words(path: Path) -> str:
    return _(
        "The video {path} is missing. Everything else in the lesson works; ask your teacher for "
        "the file, or read the section's text."
    ).format(path=path)


def _words() -> dict[str, str]:
    return {
        "transcript": _("Transcript"),
        "captions": _("Captions"),
        "resume": _("You were at {time}."),
        "watched": _("{percent} % watched"),
        "no_server": _("This video plays in JupyterLab and in the app; its file is {path}."),
        "cannot_play": _("This video cannot be played here. Its file is {path}."),
    }
