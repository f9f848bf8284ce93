"""A Markdown file of slides with speaker notes, read into plain values.

Slides are separated by a line ``---``. The first heading of a slide names its chapter. What is
said over the slide stands in a comment, as sentences::

    ## Some cells are empty

    | sex | body_mass_g |
    |-----|------------:|
    | NaN |         NaN |

    <!-- notes: pandas shows a gap as {NaN|nan}. It is not a zero. -->

``{NaN|nan}`` is a pronunciation: the left side is shown in the captions, the right side spoken.
A second comment, ``<!-- voice: gaps.wav -->``, names a recording of the same sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kit.errors import KitError
from kit.media.markdown import parser
from kit.words import _

_SEPARATOR = re.compile(r"^---[ \t]*$", re.MULTILINE)
_NOTES = re.compile(r"<!--\s*notes:")
_VOICE = re.compile(r"<!--\s*voice:")
_END = "-->"
_PRONUNCIATION = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
# A full stop before a small letter ends no sentence ("approx. two"), nor does one in "4.5".
_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][”\"')]))\s+(?![a-z])")


@dataclass(frozen=True)
class Sentence:
    """One sentence of the notes: as the captions show it, and as the voice gets it."""

    shown: str
    spoken: str


@dataclass(frozen=True)
class Slide:
    """One slide: its number and the line of the file it begins on, both from 1; its chapter
    title, its Markdown, what is said over it, and the recording of that, relative to the file."""

    number: int
    line: int
    title: str
    markdown: str
    sentences: tuple[Sentence, ...]
    voice: str = ""


def read_slides(path: Path, *, narrated: bool = False) -> list[Slide]:
    """Every slide of a file, in order; the last separator may be followed by nothing.

    Args:
        narrated: whether each slide must have what a film needs: a heading, which names its
            chapter, and notes, which are spoken.

    Raises:
        KitError: the file cannot be read, or a slide lacks what it must have; names the file and
            the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KitError(
            _("The slides {path} cannot be read: {error}.").format(path=path, error=error.strerror),
            _("Check the path."),
        ) from error
    except UnicodeDecodeError as error:
        raise KitError(
            _("{path}, line {line}: this is not text in UTF-8.").format(
                path=path, line=error.object[: error.start].count(b"\n") + 1
            ),
            _("Save the file again as UTF-8."),
        ) from error
    slides = [
        _slide(path, number, line, block, narrated=narrated)
        for number, (line, block) in enumerate(_blocks(text), start=1)
    ]
    if not slides:
        raise KitError(
            _("The slides {path} hold no slide.").format(path=path),
            _("Write a heading and a comment <!-- notes: ... -->."),
        )
    return slides


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """What stands between the separators, each with the line that it begins on."""
    line = 1
    for block in _SEPARATOR.split(text):
        if block.strip():
            blank = block[: -len(block.lstrip())]
            yield line + blank.count("\n"), block.strip()
        line += block.count("\n")


def _slide(path: Path, number: int, line: int, block: str, *, narrated: bool) -> Slide:
    without_notes, notes = _without(_NOTES, block)
    markdown, voice = _without(_VOICE, without_notes)
    before, comment, _after = markdown.partition("<!--")
    if comment:
        raise KitError(
            _(
                "{path}, line {line}: slide {number} has a comment that is open, or not notes."
            ).format(path=path, line=line + before.count("\n"), number=number),
            _(
                "Write notes as <!-- notes: ... -->, and keep the line --- out of them; a "
                "recording is <!-- voice: FILE -->."
            ),
        )
    title = _first_heading(markdown)
    if narrated and not title:
        raise KitError(
            _("{path}, line {line}: slide {number} has no heading.").format(
                path=path, line=line, number=number
            ),
            _("Begin it with a line such as '## Some cells are empty': it names the chapter."),
        )
    sentences = _sentences(" ".join(notes))
    if narrated and not sentences:
        raise KitError(
            _("{path}, line {line}: slide {number} ({title}) has no notes.").format(
                path=path, line=line, number=number, title=title
            ),
            _("Say what is told over it in a comment: <!-- notes: Two or three sentences. -->"),
        )
    return Slide(number, line, title, markdown.strip(), sentences, " ".join(voice).strip())


def without_notes(path: Path) -> str:
    """The text of a file of slides without what is said over them.

    Raises:
        KitError: as of ``read_slides``.
    """
    read_slides(path)
    return _without(_NOTES, path.read_text(encoding="utf-8-sig"))[0]


def _without(comment: re.Pattern[str], block: str) -> tuple[str, list[str]]:
    """The block without such comments, and what stands in each; their lines stay, empty: others
    keep their numbers. A pattern from beginning to end would look for each end anew.
    """
    *ended, last = block.split(_END)
    kept, said = list[str](), list[str]()
    for piece in ended:
        begins = comment.search(piece)
        if begins:
            said.append(piece[begins.end() :])
            kept += [piece[: begins.start()], "\n" * piece.count("\n", begins.start())]
        else:
            kept += [piece, _END]
    return "".join([*kept, last]), said


def _first_heading(markdown: str) -> str:
    """The plain words of the first heading: a chapter list shows no emphasis and no code."""
    tokens = parser().parse(markdown)
    for token, following in pairwise(tokens):
        if token.type == "heading_open":
            return "".join(child.content for child in following.children or ())
    return ""


def _sentences(notes: str) -> tuple[Sentence, ...]:
    words = " ".join(notes.split())
    return tuple(
        Sentence(
            shown=_PRONUNCIATION.sub(r"\1", sentence), spoken=_PRONUNCIATION.sub(r"\2", sentence)
        )
        for sentence in _SENTENCE_END.split(words)
        if sentence
    )
