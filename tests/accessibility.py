"""What axe-core finds wrong on a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
"""The rules of WCAG 2.2, levels A and AA."""


def violations(
    page: Page, *, inside: str = "", rules: tuple[str, ...] = WCAG
) -> list[tuple[str, str]]:
    """The rules that the page breaks, each with the first element that breaks it.

    Args:
        page: as it is shown now.
        inside: a selector of what is looked at; all of the page if left out.
        rules: tags of rules; () for all that axe-core has, which are more than WCAG's.
    """
    context = {"include": [[inside]]} if inside else None
    options = {"runOnly": list(rules)} if rules else None
    found = Axe().run(page, context=context, options=options).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


def assert_accessible(page: Page, where: str) -> None:
    """The page breaks no rule of WCAG 2.2 AA."""
    assert violations(page) == [], f"axe-core on {where}"
