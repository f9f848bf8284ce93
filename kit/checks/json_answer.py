"""Answers of several parts, as the browser sends them: JSON of the shape that a kind expects."""

from __future__ import annotations

import json
from typing import Any


def parse_list(written: str) -> list[Any]:
    """A list; "" is an empty one.

    Raises:
        ValueError: it is something else.
    """
    value = json.loads(written) if written.strip() else []
    if not isinstance(value, list):
        raise ValueError("not a list")  # noqa: TRY004 - one error for what no input gives
    return value


def parse_texts(written: str) -> list[str]:
    """A list of texts; likewise."""
    return [_text(each) for each in parse_list(written)]


def parse_named_texts(written: str) -> dict[str, str]:
    """An object whose values are texts; likewise."""
    value = json.loads(written) if written.strip() else {}
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - likewise
    return {name: _text(each) for name, each in value.items()}


def to_json(value: Any) -> str:
    """An answer as the browser sends it."""
    return json.dumps(value, ensure_ascii=False)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")  # noqa: TRY004 - likewise
    return value
