"""What stands for a widget where none can be shown: in a saved notebook, on paper, in a search."""

from __future__ import annotations

from typing import Any

Bundle = tuple[dict[str, Any], dict[str, Any]]
"""Data by MIME type, and metadata, as IPython takes them from ``_repr_mimebundle_``."""


def with_text(bundle: Bundle, kind: str, text: str) -> Bundle:
    """The widget, and its kind and words as text."""
    data, metadata = bundle
    return {**data, "text/plain": text, "text/markdown": f"**{kind}:** {text}"}, metadata
