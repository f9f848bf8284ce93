"""What lint says of films beyond the planted mistakes: what counts as asked, and what is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.authoring.lint import NOTE, Finding, lint
from kit.authoring.lint.kernel import Run
from tests.planted.clean import CAPTIONS, LESSON, VIDEO, Draft
from tests.planted.film import tiny_webm


def findings(draft: Draft, folder: Path) -> list[Finding]:
    """Of the rules about media; no cell is run for them."""
    found = lint(draft.write(folder), LESSON, runner=lambda _folder, _cells: Run({})).findings
    return [each for each in found if each.rule.startswith(("video", "captions", "media"))]


def test_a_check_in_the_video_counts_as_asked(tmp_path: Path) -> None:
    draft = Draft()
    video = draft.cell("video")
    video["source"] = VIDEO.replace("title=", 'checks={"0:50": checks.how_many},\n    title=')
    draft.take_out("video", "check-how-many")
    draft.put_after("check-one-row", video)
    assert findings(draft, tmp_path) == []


@pytest.mark.parametrize(
    "options", ["", 'captions={"en": "media/walk.en.vtt", "de": "media/walk.de.vtt"},\n    ']
)
def test_captions_may_lie_beside_the_film_or_be_named_by_language(
    options: str, tmp_path: Path
) -> None:
    draft = Draft()
    draft.cell("video")["source"] = VIDEO.replace('captions="media/walk.vtt",\n    ', options)
    draft.files |= {"media/walk.en.vtt": CAPTIONS, "media/walk.de.vtt": CAPTIONS.encode("utf-16")}
    (found,) = findings(draft, tmp_path)
    assert (found.rule, found.cell) == ("captions-file", "video")
    assert "walk.de.vtt is not text in UTF-8" in found.message
    assert "kit media captions" in found.mend


def test_captions_without_a_language_are_in_that_of_the_course(tmp_path: Path) -> None:
    """They go before those of that language which lie beside the film, as in the player."""
    draft = Draft()
    draft.files["media/walk.en.vtt"] = CAPTIONS.encode("utf-16")
    assert findings(draft, tmp_path) == []


@pytest.mark.parametrize(
    "name", ["", "/", "..", "media", "\\0", "\\ud800", "a" * 300, "a" * 300 + "/a.webm"]
)
def test_a_film_that_is_no_file_is_told(name: str, tmp_path: Path) -> None:
    draft = Draft()
    draft.cell("video")["source"] = f'Video("{name}", title="A walk", chapters="{name}")'
    found = findings(draft, tmp_path)
    assert [each.rule for each in found if "fault" in each.message] == []
    assert {each.rule for each in found} == {"video-files", "video-captions"}


def test_a_sound_is_looked_at_like_a_video(tmp_path: Path) -> None:
    draft = Draft()
    draft.cell("video")["source"] = 'Audio("media/walk.webm", captions="media/walk.vtt")'
    draft.files["media/walk.webm"] = tiny_webm(400, picture=False)
    (found,) = findings(draft, tmp_path)
    assert found.rule == "video-length"


def test_a_film_over_the_budget_is_a_note(tmp_path: Path) -> None:
    draft = Draft()
    draft.files["media/walk.webm"] = tiny_webm() + bytes(3_000_000)
    (found,) = findings(draft, tmp_path)
    assert (found.rule, found.severity, found.cell) == ("video-size", NOTE, "video")
    assert "media/walk.webm has 3.0 MB; a lesson's film can do with 3." in found.message
    assert "--budget 3" in found.mend


def test_many_captions_of_one_kind_are_one_finding(tmp_path: Path) -> None:
    times = [f"00:{n:02}.000 --> 00:{n:02}.500" for n in range(10)]
    draft = Draft()
    draft.files["media/walk.vtt"] = "WEBVTT\n\n" + "\n\n".join(f"{t}\n{'a' * 30}" for t in times)
    (found,) = findings(draft, tmp_path)
    assert (found.path.name, found.cell) == ("walk.vtt", "line 3")
    assert found.message.startswith("10 captions are gone before they can be read. The first: ")
