"""What a learner may read of a check, whatever its kind: a walk through its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from kit.checks import Check

NEVER_SHOWN = {
    "id", "namespace", "family", "variant", "name", "passes", "fails", "right_source", "pattern",
    "answer", "answers", "also", "unit", "compare", "label_words", "properties", "arguments",
}  # fmt: skip
"""Fields that hold answers, or names that only the program reads."""

KEYS_SHOWN = {"pairs", "distractors"}
"""Mappings whose keys are shown too."""


def words_of(check: Check) -> Iterator[str]:
    """Each text of a check: question, options, starter, hints, feedback, model answer."""
    return _of_fields(check)


def word_count(text: str) -> int:
    """Words: what stands between spaces and has a letter or a digit."""
    return sum(bool(re.search(r"\w", word)) for word in text.split())


def _of_fields(thing: Any) -> Iterator[str]:
    for each in fields(thing):
        if each.name not in NEVER_SHOWN:
            value = getattr(thing, each.name)
            if each.name in KEYS_SHOWN and isinstance(value, Mapping):
                yield from map(str, value)
            yield from _of_value(value)


def _of_value(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _of_value(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _of_value(each)
    elif is_dataclass(value):
        yield from _of_fields(value)
