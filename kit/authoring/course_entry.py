"""One more entry in course.toml, with the author's comments and layout left as they are.

The text is only added to, and read again before anybody writes it: what does not say the same as
before, and one entry more, is refused.
"""

from __future__ import annotations

import re
import tomllib

from kit.errors import NewError
from kit.words import _


def with_entry(text: str, kind: str, entry: str) -> str:
    """A course.toml with one more entry at the end of its kind.

    Args:
        text: valid TOML.
        kind: "lesson" or "assignment".
        entry: its lines, from ``[[lesson]]`` on.

    Raises:
        NewError: the entries of that kind are written in a way that nothing can be added to.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    entry = entry.strip().replace("\n", end) + end
    for place in (_after_the_last(text, kind), len(text)):
        before, after = text[:place].rstrip("\r\n"), text[place:].lstrip("\r\n")
        parts = [each for each in (before and before + end, entry, after) if each]
        added = end.join(parts)
        if _says_one_more(added, text, kind, entry):
            return added
    raise NewError(
        _("course.toml lists its {kind}s in a way that nothing can be added to.").format(kind=kind),
        _('Write each as an entry of its own: [[{kind}]], and below it id = "...".').format(
            kind=kind
        ),
    )


def _after_the_last(text: str, kind: str) -> int:
    """Where the last entry of a kind ends; the end of the text where there is none."""
    headers = list(re.finditer(r"^[ \t]*\[\[?([^\]\n]*)\]", text, re.MULTILINE))
    own = [number for number, header in enumerate(headers) if header[1].strip() == kind]
    if not own or own[-1] + 1 == len(headers):
        return len(text)
    lines = text[: headers[own[-1] + 1].start()].splitlines(keepends=True)
    while lines and lines[-1].lstrip().startswith("#"):  # what is said right above the next one
        lines.pop()
    return sum(map(len, lines))


def _says_one_more(added: str, text: str, kind: str, entry: str) -> bool:
    try:
        now, wanted, new = tomllib.loads(added), tomllib.loads(text), tomllib.loads(entry)
    except tomllib.TOMLDecodeError:
        return False
    entries = wanted.get(kind, [])
    return isinstance(entries, list) and now == {**wanted, kind: [*entries, *new[kind]]}
