"""``kit search``: everything in a course in one search."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kit.commands.options import course_option, json_option, lesson_option
from kit.words import _

if TYPE_CHECKING:
    from rich.text import Text

    from kit.library.excerpt import Marked
    from kit.library.search import Found


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--kind", "kinds", multiple=True, help=_("Only this kind; may be given again."))
@lesson_option
@course_option
@json_option
def search(
    words: tuple[str, ...], kinds: tuple[str, ...], lesson: str, course: Path, as_json: bool
) -> None:
    """Search the lessons, what their videos say, slides, notes, links and terms.

    Kinds: section, video, audio, slides, notes, link, term.

    \b
    Examples:
      kit search missing values
      kit search groupby --kind video --kind term
      kit search mean --lesson 03-groups --json
    """
    from kit.course import find_course_folder
    from kit.library.index import refresh
    from kit.library.search import search as search_index
    from kit.library.wording import as_record

    folder = find_course_folder(course)
    refresh(folder)
    found = search_index(folder, " ".join(words), kinds=kinds, lesson=lesson)
    if as_json:
        click.echo(json.dumps(as_record(found)))
    else:
        _print(found, narrowed=bool(kinds or lesson))


def _print(found: Found, *, narrowed: bool) -> None:
    from rich.console import Console
    from rich.padding import Padding

    from kit.library.wording import place_words, said_of, what_to_try

    console = Console(markup=False, emoji=False, highlight=False)
    for sentence in said_of(found):
        console.print(sentence)
    if not found.hits:
        tries = ", ".join(what_to_try(narrowed=narrowed))
        console.print(_("Try: {tries}.").format(tries=tries))
    for hit in found.hits:
        console.print()
        console.print(_marked(hit.title, "bold"), style="bold")
        console.print(place_words(hit), style="dim")
        console.print(Padding(_marked(hit.text, "bold"), (0, 0, 0, 2)))


def _marked(marked: Marked, style: str) -> Text:
    from rich.text import Text

    return Text.assemble(
        *((text, f"{style} underline" if is_hit else "") for text, is_hit in marked)
    )
