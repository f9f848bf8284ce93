"""What a saved notebook keeps of a check: its question as text.

A live widget cannot be shown again without its kernel: a notebook that is opened the next day
would show "model not found" in its place. So the reference to the widget is left out of the file,
and what every viewer can show, the question as Markdown, stays.
"""

from __future__ import annotations

from typing import Any

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def keep_questions_as_text(*, model: dict[str, Any], **_more: Any) -> None:
    """Contents manager's pre-save hook: drop widget views that have a text beside them."""
    content = model.get("content")
    if model.get("type") != "notebook" or not isinstance(content, dict):
        return
    for cell in content.get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data")
            if isinstance(data, dict) and "text/markdown" in data:
                data.pop(WIDGET_VIEW, None)
