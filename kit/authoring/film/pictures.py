"""Slides become pictures: Markdown to HTML, drawn by a headless Chromium.

The page is read from a file with the network cut off, so what a slide needs must lie next to it.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kit.authoring.chromium import open_chromium
from kit.errors import KitError
from kit.media.markdown import parser
from kit.media.slides import Slide
from kit.words import _

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDTH, HEIGHT = 1280, 720
"""Pixels of a slide."""

CAPTIONS_HEIGHT = 216
"""Pixels at the foot of a slide that hold nothing: players show captions there. Measured in
Chromium, in a film 704 px wide: two lines, above the controls, reach up to 30 % of its height."""

# The colours are those of the pages that the film is shown on.
_STYLES = (
    Path(__file__).parents[2] / "widgets" / "tokens.css",
    Path(__file__).with_name("slides.css"),
)
# Each gives what an author must mend: how many pixels too far down and to the right the slide
# goes, and the pictures not found.
_OVERFLOW = """() => {
  const main = document.querySelector("main");
  const shown = document.createRange();
  shown.selectNodeContents(main);
  const content = shown.getBoundingClientRect();
  const room = main.getBoundingClientRect();
  return [content.bottom - room.bottom, content.right - room.right].map(Math.ceil);
}"""
_MISSING = """() => [...document.images].filter((i) => !i.naturalWidth)
  .map((i) => i.getAttribute("src"))"""


def draw_slides(
    slides: Sequence[Slide], source: Path, language: str, folder: Path, done: Callable[[], None]
) -> list[Path]:
    """One PNG file for each slide, of 1280 x 720 pixels; ``done`` is called after each.

    Args:
        slides: the slides.
        source: the file that they stand in; their pictures' paths start from its folder.
        language: of the slides' words, such as ``"en"``.
        folder: where to write.
        done: called after each slide.

    Raises:
        KitError: no Chromium, a picture that is not there, or a slide with more than fits.
    """
    pictures = []
    with open_chromium() as browser:
        for picture in draw_slides_in(browser, slides, source, language, folder):
            pictures.append(picture)
            done()
    return pictures


def draw_slides_in(
    browser: Browser, slides: Sequence[Slide], source: Path, language: str, folder: Path
) -> Iterator[Path]:
    """``draw_slides`` in a browser that is open: the files, each as soon as it is drawn."""
    with browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}, offline=True) as context:
        page = context.new_page()
        for slide in slides:
            document = folder / f"slide-{slide.number:02}.html"
            document.write_text(_document(slide, source.parent, language), encoding="utf-8")
            page.goto(document.as_uri(), wait_until="load")
            _complain(page, source, slide)
            picture = document.with_suffix(".png")
            page.screenshot(path=picture)
            yield picture


def files_shown(slides: Sequence[Slide], source: Path) -> list[Path]:
    """The files that the slides are drawn from: the pictures in them."""
    names = [
        str(token.attrs["src"])
        for slide in slides
        for block in parser().parse(slide.markdown)
        for token in block.children or ()
        if token.type == "image"
    ]
    shown = [source.parent / unquote(name) for name in dict.fromkeys(names)]
    return [path for path in shown if path.is_file()]


def style() -> str:
    """The style sheet of the slides, as it is now."""
    return "".join(sheet.read_text(encoding="utf-8") for sheet in _STYLES)


def _document(slide: Slide, base: Path, language: str) -> str:
    return (
        f'<!doctype html><html lang="{html.escape(language)}" '
        f'style="--captions-height: {CAPTIONS_HEIGHT}px"><meta charset="utf-8">'
        f'<base href="{base.resolve().as_uri()}/"><title>{html.escape(slide.title)}</title>'
        f"<style>{style()}</style><main>{parser().render(slide.markdown)}</main></html>"
    )


def _complain(page: Page, source: Path, slide: Slide) -> None:
    place = _("{path}, line {line}: slide {number} ({title})").format(
        path=source, line=slide.line, number=slide.number, title=slide.title
    )
    if missing := page.evaluate(_MISSING):
        raise KitError(
            _("{place} shows a picture that is not there: {pictures}.").format(
                place=place, pictures=", ".join(missing)
            ),
            _("Put it next to the slides, and write its path from their folder."),
        )
    down, right = page.evaluate(_OVERFLOW)
    if down > 0:
        raise KitError(
            _("{place} goes {down} px too far down, where captions will cover it.").format(
                place=place, down=down
            ),
            _(
                "Shorten it, or make it two slides; the lowest {height} of {all} px stay free."
            ).format(height=CAPTIONS_HEIGHT, all=HEIGHT),
        )
    if right > 0:
        raise KitError(
            _("{place} is {right} px too wide.").format(place=place, right=right),
            _("Shorten its lines, or leave out a column."),
        )
