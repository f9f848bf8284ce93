"""``kit new``: a course, a lesson or an assignment that works at once, to be written over.

Each is made aside and then moved into its place, so that there is never half of one, and nothing
that is there is written over. What they are made of is in ``scaffold/``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kit.authoring.course_entry import with_entry
from kit.course import COURSE_FILE, find_course_folder, load_course
from kit.errors import CourseError, NewError, quoted
from kit.whole_file import replace_files
from kit.words import _

SCAFFOLD = Path(__file__).parent / "scaffold"
FIRST_LESSON = "01-two-rain-gauges"
LONGEST_NAME = 80
"""Characters; a file system takes 255 bytes, and others' names are made of this one."""

NUMBER = re.compile(r"^(\d{1,3})[-_](?=.*\w)")
"""Before the name of a lesson's folder, as in 03-penguin-colours; with more digits it is a year."""

HIDDEN = {"gitignore": ".gitignore", "gitkeep": ".gitkeep"}
"""Files that would already do something in the scaffold under their own name."""


@dataclass(frozen=True)
class Made:
    """What was made.

    Attributes:
        path: its folder.
        id: what course.toml calls it.
        title: what students see.
        files: relative to ``path``.
    """

    path: Path
    id: str
    title: str
    files: tuple[str, ...]


def new_course(where: str) -> Made:
    """Make a course with one lesson.

    Args:
        where: the folder to be made; its last part is the course's name.

    Raises:
        NewError: it cannot be made there; nothing was changed.
    """
    path = Path(os.path.abspath(os.path.expanduser(where)))
    _refuse_no_name(path.name or where)
    words = {"ID": _slug(path.name), "TITLE": _title(path.name)}
    files = _filled("course", words)
    files.update(_below(f"lessons/{FIRST_LESSON}", _lesson_files(FIRST_LESSON)))
    toml = files[f"lessons/{COURSE_FILE}"].decode()
    entry = _entry("lesson", {"ID": FIRST_LESSON})
    files[f"lessons/{COURSE_FILE}"] = with_entry(toml, "lesson", entry).encode()
    with _errors_in_words(path):
        _put(files, path)
    return Made(path, words["ID"], words["TITLE"], tuple(files))


def new_lesson(name: str, start: Path) -> Made:
    """Add a lesson to the course around a folder.

    Args:
        name: "Penguin colours", which gets the next number, or "03-penguin-colours". Where there
            are lessons and none has a number, it gets none either.
        start: see ``find_course_folder``.

    Raises:
        NewError: it cannot be made; nothing was changed.
        CourseError: course.toml is broken.
    """
    _refuse_no_folders_name(name)
    folder = _course_around(start)
    listed = [lesson.id for lesson in load_course(folder).lessons]
    number = "" if NUMBER.match(name.strip()) else _next_number(listed, _folders_in(folder))
    lesson_id = number + _slug(name)
    _refuse_listed(lesson_id, listed)
    files = _lesson_files(name)
    _add_to_course(files, folder / lesson_id, folder / COURSE_FILE, "lesson", {"ID": lesson_id})
    return Made(folder / lesson_id, lesson_id, _title_of_numbered(name), tuple(files))


def new_assignment(name: str, start: Path) -> Made:
    """Add an assignment to the course around a folder; arguments and errors as ``new_lesson``."""
    _refuse_no_folders_name(name)
    folder = _course_around(start)
    course = load_course(folder)
    source = course.root / "assignments" / "source"
    words = {"ID": _slug(name), "TITLE": _title_of_numbered(name)}
    _refuse_listed(words["ID"], [assignment.id for assignment in course.assignments])
    files = _filled("assignment", words)
    files = {f"{words['ID']}.ipynb": files.pop("assignment.ipynb"), **files}
    target = source / words["ID"]
    with _errors_in_words(source):
        source.mkdir(parents=True, exist_ok=True)
    _add_to_course(files, target, folder / COURSE_FILE, "assignment", words)
    return Made(target, words["ID"], words["TITLE"], tuple(files))


# Names -----------------------------------------------------------------------------------------


def _title_of_numbered(name: str) -> str:
    """ "03-penguin-colours" and "Penguin colours" are both "Penguin colours"."""
    return _title(NUMBER.sub("", name.strip()))


def _title(name: str) -> str:
    """ "river-lengths" is "River lengths"."""
    words = name.strip()
    if " " not in words:
        words = re.sub(r"[-_]+", " ", words).strip()
    return words[:1].upper() + words[1:]


def _slug(name: str) -> str:
    """A name for a folder and an address: small letters and digits, with hyphens between."""
    plain = unicodedata.normalize("NFC", name).lower()
    return re.sub(r"[\W_]+", "-", plain).strip("-")


def _next_number(listed: list[str], folders: list[str]) -> str:
    """What to write before the next lesson's name: "03-", or "" where lessons have no numbers."""
    numbers = [found[1] for name in (*listed, *folders) if (found := NUMBER.match(name))]
    if listed and not numbers:
        return ""
    width = max(map(len, numbers), default=0)
    return f"{max(map(int, numbers), default=0) + 1:0{max(width, 2)}}-"


def _folders_in(folder: Path) -> list[str]:
    with _errors_in_words(folder):
        return [path.name for path in folder.iterdir() if path.is_dir()]


def _refuse_no_name(name: str) -> None:
    is_name = name.isprintable() and _slug(name) and not name.startswith(".")
    if not is_name or len(name) > LONGEST_NAME:
        raise NewError(
            _("{name} is no folder's name.").format(name=quoted(name)),
            _("Use letters, digits and hyphens, at most {n} of them, as in: river-lengths").format(
                n=LONGEST_NAME
            ),
        )


def _refuse_no_folders_name(name: str) -> None:
    """Refuse a path as well: a lesson and an assignment have their place."""
    _refuse_no_name("" if "/" in name or "\\" in name else name)


def _refuse_listed(name: str, listed: list[str]) -> None:
    if name in listed:
        raise NewError(
            _("course.toml lists {name!r} already.").format(name=name), _("Choose another name.")
        )


def _course_around(start: Path) -> Path:
    try:
        return find_course_folder(start)
    except CourseError as error:
        raise NewError(
            error.what,
            _("Go to a course's folder, or name it with --course. kit new course NAME makes one."),
        ) from error


# Files -----------------------------------------------------------------------------------------


def _lesson_files(name: str) -> dict[str, bytes]:
    return _filled("lesson", {"TITLE": _title_of_numbered(name)})


def _filled(folder: str, words: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a scaffold by name, with ``@TITLE@`` and the like filled in."""
    files = {}
    for path in sorted((SCAFFOLD / folder).rglob("*")):
        name = path.relative_to(SCAFFOLD / folder)
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(name.parts):
            own = name.with_name(HIDDEN.get(name.name, name.name)).as_posix()
            files[own] = _fill(path, words).encode()
    return files


def _entry(kind: str, words: Mapping[str, str]) -> str:
    return _fill(SCAFFOLD / "entries" / f"{kind}.toml", words)


def _fill(path: Path, words: Mapping[str, str]) -> str:
    text = path.read_text(encoding="utf-8")
    for name, value in words.items():
        in_quotes = json.dumps(value, ensure_ascii=False)  # TOML's quotes are JSON's
        written = {".toml": in_quotes, ".ipynb": in_quotes[1:-1]}.get(path.suffix, value)
        text = text.replace(f"@{name}@", written)
    return text


def _below(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}/{name}": content for name, content in files.items()}


def _put(files: Mapping[str, bytes], target: Path) -> None:
    """Make a folder of files, whole or not at all."""
    if os.path.lexists(target):
        raise NewError(_("{path} is there already.").format(path=target), _("Choose another name."))
    with tempfile.TemporaryDirectory(prefix=".lesson-kit-", dir=target.parent) as temporary:
        new = Path(temporary) / "new"
        for name, content in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        os.rename(new, target)


def _add_to_course(
    files: Mapping[str, bytes], target: Path, toml: Path, kind: str, words: Mapping[str, str]
) -> None:
    """Make a folder and list it in course.toml: both, or neither."""
    toml = toml.resolve()  # a link stays one
    with _errors_in_words(target):
        before = toml.read_bytes()
        text = before.decode("utf-8-sig")
        mark = before[: len(before) - len(text.encode())]  # of an editor that begins files with it
        after = mark + with_entry(text, kind, _entry(kind, words)).encode()
        _put(files, target)
        try:
            replace_files({toml.with_name(f"{COURSE_FILE}.bak"): toml, toml: after})
        except BaseException:  # Ctrl-C too
            shutil.rmtree(target)
            raise


@contextmanager
def _errors_in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise NewError(
            _("{path} cannot be made: {reason}.").format(path=path, reason=error.strerror),
            _("Choose a folder that you may write to; nothing was changed."),
        ) from error
