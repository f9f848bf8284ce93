"""The page: headings, pictures and their words, links, and nothing from the network."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import unquote

from kit.authoring.lint.finding import ERROR, WARNING, Finding
from kit.authoring.lint.linted import Linted
from kit.authoring.lint.references import Reference, references
from kit.authoring.lint.rules.registry import rule
from kit.authoring.lint.shown import words_of
from kit.notebook import AUTHORS_TAGS, SECTION_LEVEL, WORK, headings_in, is_check_cell
from kit.words import _

WIDEST_CODE = 75
"""Characters that the app's column has room for."""

FILE_NAME = re.compile(r"^\S+\.(?:png|jpe?g|gif|svg|webp)$|^(?:image|picture|figure|plot)$", re.I)
BELITTLING = re.compile(r"\b(?:simply|just|obvious(?:ly)?|easy|easily|trivial(?:ly)?)\b", re.I)
DOWNLOADS = re.compile(r"^\s*(?:[%!]\s*(?:pip|conda|curl|wget)\b)", re.MULTILINE)
NETWORK_CALLS = {"urlopen", "urlretrieve", "load_dataset", "get_dataset", "fetch_openml"}
NETWORK_MODULES = {"requests", "urllib", "httpx", "aiohttp", "socket", "http"}
ADDRESS = re.compile(r"^(?:https?|ftp|s3)://")
ADDRESS_IN_CODE = re.compile(r"""["'](?:https?|ftp|s3)://""")


@rule("headings", ERROR)
def headings_are_in_order(lesson: Linted) -> Iterator[Finding]:
    """One `#` title comes first, then `##` sections; no level is left out."""
    level, levels = 0, set[int]()
    for cell in lesson.prose:
        for heading in headings_in(cell.source, cell.id):
            new, text = heading.level, heading.title
            if level == 0 and new != 1:
                message = _("The first heading is {text!r}, not a title.")
                mend = _("Begin the lesson with a cell “# Title”.")
                yield lesson.in_cell(cell, message, mend, text=text)
            elif level and new == 1:
                message = _("{text!r} is a second title.")
                yield lesson.in_cell(cell, message, _("Make it a section: ## {text}"), text=text)
            elif new > level + 1:
                message = _("{text!r} has {new} # after a heading that has {old}.")
                mend = _("Go down one level at a time: screen readers list a page by its headings.")
                yield lesson.in_cell(cell, message, mend, text=text, new=new, old=level)
            level = new
            levels.add(new)
    if SECTION_LEVEL not in levels:
        message = _("The lesson has no sections, so nobody can find a place in it again.")
        yield lesson.in_file(lesson.path, "", message, _("Begin each part with a ## heading."))


def _references(lesson: Linted) -> Iterator[tuple[Callable[..., Finding], Reference]]:
    """What the text and the checks refer to, each with what makes a finding of it."""
    for cell in lesson.prose:
        for each in references(cell.source):
            yield partial(lesson.in_cell, cell), each
    for name, check in lesson.checks.items():
        for each in references("\n\n".join(words_of(check))):
            yield partial(lesson.in_checks, name), each


@rule("alt-text", ERROR)
def pictures_have_words(lesson: Linted) -> Iterator[Finding]:
    """Each picture has words in its place, that say what it shows."""
    for at, picture in _references(lesson):
        words = picture.alt.strip()
        if picture.kind == "picture" and (not words or FILE_NAME.match(words)):
            yield at(
                _("The picture {target} has no words in its place."),
                _("Say what it shows: ![Two humps, at 3,600 and 5,600 g]({target})"),
                target=picture.target,
            )


@rule("figure-alt", ERROR)
def drawn_figures_have_words(lesson: Linted) -> Iterator[Finding]:
    """Each cell that draws a figure has `alt` in its metadata, that says what is to be seen."""
    for cell in lesson.code:
        drawn = any(
            kind.startswith("image/")
            for output in lesson.run.outputs.get(cell.id, ())
            for kind in output.get("data", {})
        )
        if drawn and not cell.alt.strip() and WORK not in cell.tags:
            yield lesson.in_cell(
                cell,
                _("This cell draws a figure, and has no words in its place."),
                _(
                    "In JupyterLab: property inspector (gear, top right), Cell Metadata; add "
                    '"alt": "..." with what is to be seen.'
                ),
            )


@rule("file-missing", ERROR)
def files_that_the_text_names_exist(lesson: Linted) -> Iterator[Finding]:
    """Each picture, and each file that is linked to, is in the lesson's folder."""
    for at, each in _references(lesson):
        name = unquote(each.target.partition("#")[0].partition("?")[0])
        if each.is_file and not os.path.exists(lesson.lesson.folder / name):
            message = _("The text names the file {name}, which is not there.")
            mend = _("Put it into the lesson's folder, or write its path from there.")
            yield at(message, mend, name=name)


@rule("network", ERROR)
def nothing_is_loaded_from_the_network(lesson: Linted) -> Iterator[Finding]:
    """No picture, style, script or line of code needs the network: lessons work offline."""
    message = _("{what} is loaded from the network; learners may have none.")
    mend = _("Put a copy into media/ or data/, and name that file.")
    for cell in lesson.code:
        for what in _loaded_by_code(cell.source):
            yield lesson.in_cell(cell, message, mend, what=what)
    for at, each in _references(lesson):
        if each.kind != "link" and each.is_remote:
            yield at(message, mend, what=each.target)
    for line, what in _loaded_by_file(lesson):
        yield lesson.in_file(lesson.checks_path, f"line {line}", message, mend, what=what)


def _loaded_by_file(lesson: Linted) -> Iterator[tuple[int, str]]:
    try:
        tree = ast.parse(lesson.checks_path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return  # checks-load says so
    yield from ((node.lineno, what) for node, what in _loaded_by_tree(tree))


def _loaded_by_code(source: str) -> Iterator[str]:
    yield from (found[0].strip() for found in DOWNLOADS.finditer(source))
    try:
        tree = ast.parse(re.sub(r"^\s*[%!].*$", "", source, flags=re.MULTILINE))
    except (SyntaxError, ValueError):
        return  # the run says so
    yield from (what for _node, what in _loaded_by_tree(tree))


def _loaded_by_tree(tree: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    for node in _without_cards(tree):
        match node:
            case ast.Constant(value=str(text)) if ADDRESS.match(text):
                yield node, text
            case ast.Constant(value=str(text)) if ADDRESS_IN_CODE.search(text):
                yield node, _("the address in a piece of code")
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                if name in NETWORK_CALLS:
                    yield node, f"{name}(...)"
            case ast.Import(names=names):
                for each in names:
                    if each.name.partition(".")[0] in NETWORK_MODULES:
                        yield node, f"import {each.name}"
            case ast.ImportFrom(module=str(module)):
                if module.partition(".")[0] in NETWORK_MODULES:
                    yield node, f"from {module} import"


def _without_cards(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of code but for each ``Link(...)``: a card loads nothing from its address."""
    match node:
        case ast.Call(func=ast.Name(id="Link")):
            return
    yield node
    for part in ast.iter_child_nodes(node):
        yield from _without_cards(part)


@rule("links", WARNING)
def links_lead_outside(lesson: Linted) -> Iterator[Finding]:
    """A link to the network is an extra, not a part of the lesson."""
    for at, each in _references(lesson):
        if each.kind == "link" and each.is_remote:
            message = _("The link {target} leads out of the lesson; offline it leads nowhere.")
            mend = _("Say in the text what the reader needs from there, or put it into notes.md.")
            yield at(message, mend, target=each.target)


@rule("code-width", WARNING)
def code_fits_into_its_column(lesson: Linted) -> Iterator[Finding]:
    """No line of code has over 75 characters: a page shows no more of it at once."""
    for cell in lesson.code:
        if AUTHORS_TAGS & cell.tags or is_check_cell(cell.source):  # on no page
            continue
        lines = cell.source.split("\n")
        long = [number for number, line in enumerate(lines, start=1) if len(line) > WIDEST_CODE]
        if long:
            message = _("Line {n} has {length} characters; after the 75th it has to be scrolled.")
            mend = _("Break it inside brackets, or give a part of it a name.")
            values = {"n": long[0], "length": len(lines[long[0] - 1])}
            yield lesson.in_cell(cell, message, mend, **values)


@rule("belittling", WARNING)
def nothing_is_called_easy(lesson: Linted) -> Iterator[Finding]:
    """Nothing is called simple, obvious or easy: who is stuck reads that it is their fault."""
    if not lesson.course.language.startswith("en"):
        return
    message = _("“{word}” tells who is stuck that it is their fault: …{around}…")
    mend = _("Leave the word out; the sentence says the same.")
    for at, text in _texts(lesson):
        for found in BELITTLING.finditer(text):
            around = text[max(0, found.start() - 25) : found.end() + 25]
            yield at(message, mend, word=found[0], around=" ".join(around.split()))


def _texts(lesson: Linted) -> Iterator[tuple[Callable[..., Finding], str]]:
    """The words of the notebook, of the notes beside it and of the checks."""
    for cell in lesson.prose:
        yield partial(lesson.in_cell, cell), cell.source
    folder = lesson.lesson.folder
    for path in sorted([*folder.glob("*.md"), *folder.glob("data/*.md")]):
        yield partial(lesson.in_file, path, ""), path.read_text(encoding="utf-8", errors="replace")
    for name, check in lesson.checks.items():
        for text in words_of(check):
            yield partial(lesson.in_checks, name), text
