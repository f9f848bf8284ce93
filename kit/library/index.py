"""The index of a course: an SQLite file with FTS5, beside the learner's data.

It can always be made anew from the course, so a damaged one, or one of another version, is
deleted and made anew. That is right for this file and for no other of the kit.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kit.course import COURSE_FILE, Course, Lesson, load_course
from kit.errors import KitError
from kit.library.contents import Contents, contents_of
from kit.library.words import vocabulary
from kit.media.stamp import stamp
from kit.rescue import is_damage
from kit.store import data_folder
from kit.words import _

FORMAT = 3
_BUSY_SECONDS = 10.0
_LOCK_SECONDS = 300.0
_TABLES = """
begin;
create table about (language text, stamp text);
create table lesson (
    id integer primary key, name text unique, title text, place integer, stamps text
);
create table part (
    id integer primary key, lesson integer, kind text, source text, cell text,
    title text, text text, label text, marks text, name text
);
create index part_lesson on part (lesson);
create index part_kind on part (kind);
create table word (word text primary key) without rowid;
create virtual table found using fts5 (
    title, text, label, content='part', content_rowid='id', prefix='2 3', tokenize='{tokens}'
);
commit;
"""
_TOKENS = "unicode61 remove_diacritics 2"

Result = TypeVar("Result")


@dataclass(frozen=True)
class Refreshed:
    """What ``refresh`` did: how many lessons it read anew, and how many parts there are now."""

    lessons: int
    parts: int


def index_file(course: Path) -> Path:
    """Where the index of the course in this folder is kept.

    Raises:
        StoreError: no folder can be where ``KIT_DATA`` says.
    """
    name = hashlib.sha256(str(course.resolve()).encode("utf-8", "replace")).hexdigest()[:16]
    return data_folder() / "library" / f"{name}.sqlite3"


def refresh(course: Path) -> Refreshed:
    """Bring the index up to date: lessons whose files changed are read anew.

    One that is up to date costs a look at each file's time. Searches go on meanwhile.

    Args:
        course: the folder of course.toml.

    Raises:
        CourseError: course.toml cannot be used.
        KitError: the index cannot be written.
    """
    file = index_file(course)
    with _told(file), _only_one(file):
        try:
            return _refresh(course, file)
        except sqlite3.DatabaseError as error:
            if not _is_damaged(error):
                raise
            delete(file)
            return _refresh(course, file)


@contextmanager
def _only_one(file: Path) -> Iterator[None]:
    """Keep others from changing the index; who reads it is not kept waiting."""
    from filelock import FileLock, Timeout

    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with FileLock(file.with_suffix(".lock"), timeout=_LOCK_SECONDS):
            yield
    except Timeout as error:
        raise KitError(
            _("Another program has kept the library's index {file} locked.").format(file=file),
            _("Wait a moment, then search again."),
        ) from error


def read(course: Path, work: Callable[[sqlite3.Connection], Result]) -> Result:
    """What ``work`` makes of the index, which is as one moment left it; made if there is none.

    Args:
        course: the folder of course.toml.
        work: raises a ``sqlite3.DatabaseError`` where the index holds what was never written there.

    Raises:
        CourseError: course.toml cannot be used.
        KitError: the index cannot be read or made.
    """
    file = index_file(course)

    def reading() -> Result:
        if not is_there(file):
            refresh(course)
        with closing(_connect(file)) as connection:
            connection.execute("begin")  # else a lesson could go between two questions
            return work(connection)

    before = stamp(file)
    with _told(file):
        try:
            return reading()
        except sqlite3.DatabaseError as error:
            if not _is_damaged(error):
                raise
            with _only_one(file):
                if stamp(file) == before:  # else another process was here first
                    delete(file)
            return reading()


def is_there(file: Path) -> bool:
    """Whether there is an index of this version, whatever its state."""
    try:
        with closing(_connect(file)) as connection:
            return _version(connection) == FORMAT
    except sqlite3.Error:
        return False


def _connect(file: Path, *, write: bool = False) -> sqlite3.Connection:
    if not write and not file.exists():
        raise sqlite3.OperationalError(_("it is not there"))
    connection = sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None)
    if not write:
        connection.execute("pragma query_only = on")
    return connection


@contextmanager
def _told(file: Path) -> Iterator[None]:
    """Say in words why the index cannot be used."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise KitError(
            _("The library's index {file} cannot be used: {reason}.").format(
                file=file, reason=reason
            ),
            _("The lessons work without it. Free some space, or set KIT_DATA to another folder."),
        ) from error


def _is_damaged(error: sqlite3.Error) -> bool:
    """Whether the file is at fault; a table that is not there can be made anew, too."""
    gone = ("no such table", "no such column")
    return is_damage(error) or any(words in str(error) for words in gone)


def decoded(column: str, kind: type[Result]) -> Result:
    """What a column holds, which is of this kind, as JSON.

    Raises:
        DatabaseError: what stands there was never written there.
    """
    try:
        value = json.loads(column)
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(f"malformed index: {error}") from error
    if not isinstance(value, kind):
        raise sqlite3.DatabaseError(f"malformed index: {column[:100]}")
    return value


def delete(file: Path) -> None:
    """Forget an index; the next ``refresh`` makes it anew."""
    for name in (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm"))):
        name.unlink(missing_ok=True)


def _refresh(course: Path, file: Path) -> Refreshed:
    if file.exists():
        with closing(_connect(file, write=True)) as connection:
            if _version(connection) == FORMAT and not _is_stale(connection, course):
                return Refreshed(0, _count(connection))
    now = stamp(course / COURSE_FILE)
    loaded = load_course(course)
    _make_tables(file, loaded)
    with closing(_connect(file, write=True)) as connection:
        connection.execute("pragma synchronous = off")
        read = _read_anew(connection, loaded)
        with _transaction(connection):
            connection.execute("update about set stamp = ?", (now,))
        return Refreshed(read, _count(connection))


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("select count(*) from part").fetchone()[0])


def _is_stale(connection: sqlite3.Connection, course: Path) -> bool:
    if _about(connection)[1] != stamp(course / COURSE_FILE):
        return True
    rows = connection.execute("select stamps from lesson")
    return any(not _is_current(stamps) for (stamps,) in rows)


def _is_current(stamps: str) -> bool:
    """Whether a lesson's files are as they were when it was read."""
    return all(stamp(Path(path)) == kept for path, kept in decoded(stamps, dict).items())


def _make_tables(file: Path, course: Course) -> None:
    """The tables, unless they are there: of this version, and for the course's language."""
    if file.exists():
        with closing(_connect(file, write=True)) as connection:
            if _version(connection) == FORMAT and _about(connection)[0] == course.language:
                return
        delete(file)
    # The stemmer is Porter's, which is for English.
    tokens = f"porter {_TOKENS}" if course.language.lower().startswith("en") else _TOKENS
    with closing(_connect(file, write=True)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.executescript(_TABLES.format(tokens=tokens))
        with _transaction(connection):
            connection.execute("insert into about values (?, '')", (course.language,))
            connection.execute(f"pragma user_version = {FORMAT}")


def _about(connection: sqlite3.Connection) -> tuple[str, str]:
    """The language that the index is for, and the stamp of the course.toml that it was read by."""
    about = connection.execute("select language, stamp from about").fetchone()
    return about or ("", "")


def _read_anew(connection: sqlite3.Connection, course: Course) -> int:
    rows = connection.execute("select name, id, stamps from lesson").fetchall()
    known = {name: (number, stamps) for name, number, stamps in rows}
    listed = {lesson.id: lesson for lesson in course.lessons}
    with _transaction(connection):
        for name in known.keys() - listed.keys():
            _forget(connection, known[name][0])
    changed = [
        lesson
        for name, lesson in listed.items()
        if name not in known or not _is_current(known[name][1])
    ]
    for lesson in changed:
        contents = contents_of(lesson, course.language)
        with _transaction(connection):
            if lesson.id in known:
                _forget(connection, known[lesson.id][0])
            _keep(connection, lesson, contents)
    with _transaction(connection):
        connection.executemany("update lesson set place = ? where name = ?", enumerate(listed))
    return len(changed)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
    connection.execute("commit")


def _forget(connection: sqlite3.Connection, lesson: int) -> None:
    # An index of outside content is told the words that it is to forget.
    connection.execute(
        "insert into found (found, rowid, title, text, label) "
        "select 'delete', id, title, text, label from part where lesson = ?",
        (lesson,),
    )
    connection.execute("delete from part where lesson = ?", (lesson,))
    connection.execute("delete from lesson where id = ?", (lesson,))


def _keep(connection: sqlite3.Connection, lesson: Lesson, contents: Contents) -> None:
    row = (lesson.id, lesson.title, json.dumps(dict(contents.stamps)))
    number = connection.execute(
        "insert into lesson (name, title, stamps) values (?, ?, ?)", row
    ).lastrowid
    connection.executemany(
        "insert into part (lesson, kind, source, cell, title, text, label, marks, name) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                number, part.kind, part.source, part.cell, part.title, part.text,
                f"{kind_label(part.kind)} {lesson_label(number or 0)}",
                json.dumps(part.marks), part.name,
            )
            for part in contents.parts
        ),
    )  # fmt: skip
    connection.execute(
        "insert into found (rowid, title, text, label) "
        "select id, title, text, label from part where lesson = ?",
        (number,),
    )
    words = set[str]().union(*(vocabulary(f"{part.title} {part.text}") for part in contents.parts))
    connection.executemany("insert or ignore into word values (?)", ((word,) for word in words))


def kind_label(kind: str) -> str:
    """The word that stands in the index for a kind."""
    return f"kind{kind}"


def lesson_label(number: int) -> str:
    """The word that stands in the index for a lesson."""
    return f"lesson{number}"
