"""The files of a video or a sound: those that are named, and those that lie beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.media.captions import captions_beside, language_of, read_captions
from kit.media.container import look
from kit.media.stamp import stamp
from kit.words import _

_TYPES = {"WebM": "webm", "MP4": "mp4", "Ogg": "ogg", "WAV": "wav", "MP3": "mpeg"}
_SECOND_SOURCES = (".mp4", ".m4a")
"""What a browser takes that cannot play the file itself; it lies beside it under its name."""


@dataclass(frozen=True)
class MediaFiles:
    """What a browser gets to know of a video or a sound, as values for JSON.

    Attributes:
        sources: the file, and others that hold the same; none where it cannot be played.
        poster: the picture that is shown before it plays, or None.
        captions: by language, that of the course first.
        chapters: [start, end, title] each, times in seconds.
        problem: what is wrong with any of them, a line each; "" where nothing is.
    """

    sources: list[dict[str, Any]] = field(default_factory=list)
    poster: dict[str, str] | None = None
    captions: list[dict[str, Any]] = field(default_factory=list)
    chapters: list[tuple[float, float, str]] = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True)
class Named:
    """What the notebook names; what is left out is looked for beside the file.

    Attributes:
        path: the video or the sound, as all paths from the lesson's folder.
        captions: a file in the course's language, or files by language.
        poster: an image; is not looked for where the kind is "audio".
        chapters: a WebVTT file.
    """

    kind: str
    path: str
    captions: str | Mapping[str, str] = ""
    poster: str = ""
    chapters: str = ""


def media_files(folder: Path, named: Named, language: str) -> MediaFiles:
    """What there is of it in a lesson's folder."""
    captions, unreadable = _captions(folder, named, language)
    chapters = named.chapters or _beside(folder, named.path, ".chapters.vtt")
    return MediaFiles(
        sources=list(_sources(folder, named)),
        poster=_poster(folder, named),
        captions=captions,
        chapters=[
            (cue.start, cue.end, _on_one_line(cue.text))
            for cue in (read_captions(folder / chapters).cues if chapters else ())
        ],
        problem="\n".join([*_problems(folder, named), *unreadable]),
    )


def _sources(folder: Path, named: Named) -> Iterator[dict[str, Any]]:
    own = Path(named.path)
    others = (own.with_suffix(ending).as_posix() for ending in _SECOND_SOURCES)
    for path in dict.fromkeys([named.path, *others]):
        film = look(folder / path) if (folder / path).is_file() else None
        if film and (film.has_picture or film.has_sound):
            yield {
                "path": path,
                "type": f"{named.kind}/{_TYPES.get(film.kind, 'webm')}",
                "bytes": (folder / path).stat().st_size,
                "v": stamp(folder / path),
            }


def _problems(folder: Path, named: Named) -> Iterator[str]:
    path = folder / named.path
    if not path.is_file():
        yield _(
            "The file {path} is missing. Everything else in the lesson works; ask your teacher for "
            "it, or read the section's text."
        ).format(path=path)
    elif problem := look(path).problem:
        yield _for_learner(problem)


def _captions(folder: Path, named: Named, language: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The captions that can be read, and what is wrong with the others."""
    found, problems = [], []
    by_language = _captions_by_language(folder, named, language)
    for each in sorted(by_language, key=lambda tag: (tag != language, tag)):
        captions = read_captions(folder / by_language[each])
        if captions.problem:
            problems.append(_for_learner(captions.problem))
        if captions.cues:
            cues = [(cue.start, cue.end, _on_one_line(cue.text)) for cue in captions.cues]
            found.append({"language": each, "label": each, "cues": cues})
    return found, problems


def _captions_by_language(folder: Path, named: Named, language: str) -> dict[str, str]:
    if isinstance(named.captions, Mapping):
        return dict(named.captions)
    beside = {
        tag: path.relative_to(folder).as_posix()
        for tag, path in captions_beside(folder / named.path).items()
    }
    if named.captions:
        own = language_of(Path(named.captions)) or language
        return {**beside, own: named.captions}
    return beside


def _poster(folder: Path, named: Named) -> dict[str, str] | None:
    if named.kind == "audio":
        return None
    path = named.poster or _beside(folder, named.path, ".png")
    return {"path": path, "v": stamp(folder / path)} if (folder / path).is_file() else None


def _beside(folder: Path, path: str, ending: str) -> str:
    """The file with the same name and another ending; "" where there is none."""
    other = Path(path).with_suffix(ending).as_posix()
    return other if (folder / other).is_file() else ""


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _for_learner(problem: KitError) -> str:
    return _("{problem} It is not you: tell your teacher. The rest of the lesson works.").format(
        problem=problem.what
    )
