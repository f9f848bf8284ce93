"""Slides become pictures: Markdown to HTML, drawn by a headless Chromium.

The page is read from a file with the network cut off, so what a slide needs must lie next to it.
"""

from __future__ import annotations

import html
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kit.authoring.slides import Slide, slide_parser
from kit.errors import KitError
from kit.words import _

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDTH, HEIGHT = 1280, 720
"""Pixels of a slide."""

# The colours are those of the pages that the film is shown on.
_STYLES = (
    Path(__file__).parents[1] / "widgets" / "tokens.css",
    Path(__file__).with_name("slides.css"),
)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--hide-scrollbars",
)
# Both give what an author must mend: how far the slide runs over, and the pictures not found.
_OVERFLOW = """() => {
  const main = document.querySelector("main");
  return Math.max(main.scrollWidth - main.clientWidth, main.scrollHeight - main.clientHeight);
}"""
_MISSING = """() => [...document.images].filter((i) => !i.naturalWidth)
  .map((i) => i.getAttribute("src"))"""


def draw_slides(
    slides: Sequence[Slide], base: Path, language: str, folder: Path, done: Callable[[], None]
) -> list[Path]:
    """One PNG file for each slide, of 1280 x 720 pixels; ``done`` is called after each.

    Args:
        slides: the slides.
        base: the folder that their pictures' relative paths start from.
        language: of the slides' words, such as ``"en"``.
        folder: where to write.
        done: called after each slide.

    Raises:
        KitError: no Chromium, a picture that is not there, or a slide with more than fits.
    """
    pictures = []
    with _page() as page:
        for slide in slides:
            source = folder / f"slide-{slide.number:02}.html"
            source.write_text(_document(slide, base, language), encoding="utf-8")
            page.goto(source.as_uri(), wait_until="load")
            _complain(page, slide)
            pictures.append(source.with_suffix(".png"))
            page.screenshot(path=pictures[-1])
            done()
    return pictures


@contextmanager
def _page() -> Iterator[Page]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise KitError(
            _("Playwright is not installed."), _("Install it: pip install playwright")
        ) from error
    with sync_playwright() as playwright:
        own = Path(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=_chromium(own), args=[*_FLAGS])
        try:
            size = {"width": WIDTH, "height": HEIGHT}
            yield browser.new_context(viewport=size, offline=True).new_page()  # type: ignore[arg-type]
        finally:
            browser.close()


def _chromium(own: Path) -> Path:
    """The system's Chromium, or else playwright's own."""
    for found in filter(None, map(shutil.which, _BROWSERS)):
        return Path(found)
    if own.exists():
        return own
    raise KitError(
        _("Chromium is not installed."),
        _("Install it: sudo apt install chromium, or playwright install chromium"),
    )


def _document(slide: Slide, base: Path, language: str) -> str:
    style = "".join(sheet.read_text(encoding="utf-8") for sheet in _STYLES)
    return (
        f'<!doctype html><html lang="{html.escape(language)}"><meta charset="utf-8">'
        f'<base href="{base.resolve().as_uri()}/"><title>{html.escape(slide.title)}</title>'
        f"<style>{style}</style><main>{slide_parser().render(slide.markdown)}</main></html>"
    )


def _complain(page: Page, slide: Slide) -> None:
    name = {"number": slide.number, "title": slide.title}
    if missing := page.evaluate(_MISSING):
        raise KitError(
            _("Slide {number} ({title}) shows a picture that is not there: {pictures}.").format(
                **name, pictures=", ".join(missing)
            ),
            _("Put it next to the slides, and write its path from their folder."),
        )
    if (over := page.evaluate(_OVERFLOW)) > 0:
        raise KitError(
            _("Slide {number} ({title}) holds {over} px more than fits.").format(**name, over=over),
            _("Shorten it, or make it two slides."),
        )
