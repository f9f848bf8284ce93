"""The library: everything in the course in one search. ``library.ipynb`` shows what this makes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import jinja2

from kit.apps.home import base_url
from kit.course import find_course_folder
from kit.errors import KitError
from kit.library.contents import KINDS
from kit.library.excerpt import as_html
from kit.library.index import refresh
from kit.library.search import Found, Hit, Term, glossary, kinds_in, search
from kit.library.wording import kind_names, place_words, said_of, what_to_try
from kit.words import _

TEMPLATES = Path(__file__).parent / "template"
SCRIPT = Path(__file__).parent / "static" / "library.js"


def library_html() -> str:
    """The body of the library's page, for the course that the working folder belongs to."""
    asked = parse_qs(os.environ.get("QUERY_STRING", ""))
    question = " ".join(asked.get("q", [])).strip()
    kinds = [kind for kind in asked.get("kind", []) if kind in KINDS]
    folder = find_course_folder(Path.cwd())
    problem = None
    found, terms, there = None, list[Term](), list[str]()
    try:
        refresh(folder)
        terms, there = glossary(folder), kinds_in(folder)
        found = search(folder, question, kinds=kinds) if question else None
    except KitError as error:
        problem = error
    names = kind_names()
    return _environment().get_template("library.html.j2").render(
        question=question,
        kinds=[(each, names[each], each in kinds) for each in KINDS if each in {*there, *kinds}],
        said=said_of(found) if found else [],
        results=results_html(found, base_url(), narrowed=bool(kinds)) if found else "",
        letters=_by_letter(terms),
        problem=problem,
        base_url=base_url(),
        version=_digest(SCRIPT),
        _=_,
    )  # fmt: skip


def results_html(found: Found, base: str, *, narrowed: bool) -> str:
    """What was found, as the page shows it.

    Args:
        base: the server's base URL.
        narrowed: whether only some kinds or one lesson were searched.
    """
    return _environment().get_template("library_results.html.j2").render(
        tries=[] if found.hits else what_to_try(narrowed=narrowed),
        hits=[_row(hit, base) for hit in found.hits],
        _=_,
    )  # fmt: skip


def _row(hit: Hit, base: str) -> dict[str, Any]:
    return {
        "url": base + hit.url,
        "title": as_html(hit.title),
        "place": place_words(hit),
        "text": as_html(hit.text),
    }


def _by_letter(terms: Sequence[Term]) -> list[tuple[str, list[Term]]]:
    """The terms by their first letter; those that begin with none come first."""
    return [
        (letter, list(those))
        for letter, those in groupby(
            sorted(terms, key=_sorting), key=lambda term: _sorting(term)[0]
        )
    ]


def _sorting(term: Term) -> tuple[str, str]:
    first = term.term[:1].upper()
    return (first if first.isalpha() else "#", term.term.casefold())


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True)


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
