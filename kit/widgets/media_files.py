"""The files of a video or a sound: those that are named, and those that lie beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.media.captions import captions_of, chapters_of, read_captions
from kit.media.container import Container, probe
from kit.media.file_types import CONTAINERS
from kit.media.stamp import stamp
from kit.words import _

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
    names = dict.fromkeys([named.path, *(_beside(named.path, each) for each in _SECOND_SOURCES)])
    files = {name: probe(folder / name) for name in names if (folder / name).is_file()}
    captions, unreadable = _captions(folder, named, language)
    chapters = chapters_of(folder, named.path, named.chapters)
    return MediaFiles(
        sources=[
            _source(folder, named.kind, name, file)
            for name, file in files.items()
            if file.has_picture or file.has_sound
        ],
        poster=_poster(folder, named),
        captions=captions,
        chapters=[
            (cue.start, cue.end, _on_one_line(cue.text))
            for cue in (read_captions(folder / chapters).cues if chapters else ())
        ],
        problem="\n".join([*_problems(named.path, files.get(named.path)), *unreadable]),
    )


def _source(folder: Path, kind: str, name: str, file: Container) -> dict[str, Any]:
    return {
        "path": name,
        "type": f"{kind}/{CONTAINERS.get(file.kind, 'webm')}",
        "bytes": (folder / name).stat().st_size,
        "v": stamp(folder / name),
    }


def _problems(path: str, file: Container | None) -> Iterator[str]:
    if file is None:
        yield _(
            "The file {path} is missing. Everything else in the lesson works; ask your teacher for "
            "it, or read the section's text."
        ).format(path=path)
    elif file.problem:
        yield _for_learner(file.problem)


def _captions(folder: Path, named: Named, language: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The captions that can be read, and what is wrong with the others."""
    found, problems = [], []
    by_language = captions_of(folder, named.path, named.captions, language)
    for each in sorted(by_language, key=lambda tag: (tag != language, tag)):
        captions = read_captions(folder / by_language[each])
        if captions.problem:
            problems.append(_for_learner(captions.problem))
        if captions.cues:
            cues = [(cue.start, cue.end, _on_one_line(cue.text)) for cue in captions.cues]
            found.append({"language": each, "label": each, "cues": cues})
    return found, problems


def _poster(folder: Path, named: Named) -> dict[str, str] | None:
    if named.kind == "audio":
        return None
    path = named.poster or _beside(named.path, ".png")
    return {"path": path, "v": stamp(folder / path)} if (folder / path).is_file() else None


def _beside(path: str, ending: str) -> str:
    """The name of another file of the same film."""
    own = Path(path)
    return (own.parent / f"{own.stem}{ending}").as_posix()


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _for_learner(problem: KitError) -> str:
    return _("{problem} It is not you: tell your teacher. The rest of the lesson works.").format(
        problem=problem.what
    )
