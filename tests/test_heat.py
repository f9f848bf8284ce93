"""Heat: which seconds of a video are watched, watched again and left, by whom, as plot and data."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.patches import Patch, StepPatch

from kit.cli import main
from kit.course import load_course
from kit.errors import CourseError, ExportError
from kit.events import Event
from kit.exchange import read_events
from kit.heat import Heat, heat, passes
from kit.heat_figure import draw_heat, figure_of
from kit.heat_report import Chapter, HeatReport, heat_report
from kit.played import A_DAY
from kit.store import Store
from tests.conftest import LESSON
from tests.strategies import did, histories, json_values, unhurried

FILM = "media/meet-the-table.webm"


def watched(minute: int, *segments: list[float], learner: str = "ada", **result: Any) -> Event:
    told = {"duration": 10.0, "session": "s", "segments": list(segments), **result}
    return replace(did("watched", minute, "film", **told), learner=learner)


def test_each_pass_over_a_second_counts() -> None:
    """The first one as watched, the others as watched again."""
    events = [watched(1, [0, 6]), watched(2, [4, 10]), watched(3, [4, 6], learner="bo")]
    found = heat(events, "film")
    assert (found.duration, found.learners) == (10.0, 2)
    assert found.passes == (1, 1, 1, 1, 3, 3, 1, 1, 1, 1)
    assert found.watched == (1, 1, 1, 1, 2, 2, 1, 1, 1, 1)
    assert found.again == (0, 0, 0, 0, 1, 1, 0, 0, 0, 0)
    assert passes(events[:2], "film") == [1, 1, 1, 1, 2, 2, 1, 1, 1, 1]


@given(st.lists(st.floats(0, 10), min_size=2, max_size=20, unique=True))
def test_a_film_that_is_told_in_pieces_was_watched_once(cuts: list[float]) -> None:
    """However finely, and wherever it is cut."""
    edges = sorted({0.0, 10.0, *cuts})
    pieces = [watched(1, [start, end]) for start, end in pairwise(edges)]
    assert heat(pieces, "film").passes == (1,) * 10


@pytest.mark.parametrize(
    ("position", "left"), [(3.2, {3: 1}), (9.4, {9: 1}), (9.5, {}), (10, {}), (0, {0: 1})]
)
def test_where_a_visit_ends_before_the_film_it_was_left(
    position: float, left: dict[int, int]
) -> None:
    events = [watched(1, [0, 9], position=9), watched(2, position=position)]
    assert heat(events, "film").left == tuple(left.get(second, 0) for second in range(10))


def test_each_visit_has_an_end_of_its_own() -> None:
    events = [
        watched(1, position=2), watched(2, position=5), watched(3, position=5, session="t"),
        watched(4, position=7, learner="bo"),
    ]  # fmt: skip
    assert heat(events, "film").left == (0, 0, 0, 0, 0, 2, 0, 1, 0, 0)


def test_only_this_film_counts_and_only_since_the_lesson_was_begun_anew() -> None:
    other = replace(watched(4, [0, 10]), item="other")
    events = [watched(1, [0, 10]), did("reset", 2, ""), watched(3, [2, 4]), other]
    assert heat(events, "film").passes == (0, 0, 1, 1, 0, 0, 0, 0, 0, 0)
    assert heat(events, "none") == Heat()
    assert passes([], "film") == []


def test_the_length_is_that_of_the_film_that_was_watched_last() -> None:
    events = [watched(1, [0, 10]), watched(2, [0, 4], duration=4.0)]
    assert heat(events, "film").passes == (2, 2, 2, 2)


@pytest.mark.parametrize("told", [0.4, 4.0, 86_400.0, 0.0])
def test_no_single_learner_says_how_long_a_film_is(told: float) -> None:
    """Whatever is in the file that one hands in: the median of what players say counts."""
    others = [watched(1, [0, 10], learner=name) for name in ("ada", "bo", "cem")]
    found = heat([*others, watched(2, [0, told], learner="dan", duration=told)], "film")
    assert (found.duration, found.learners) == (10.0, 4)
    assert found.passes[0] == 3 + (told > 0.5)


def test_the_films_file_knows_its_length_best() -> None:
    found = heat([watched(1, [0, 10]), watched(2, position=7)], "film", 6.2)
    assert (found.duration, found.passes) == (6.2, (1,) * 6)
    assert heat([watched(1, [0, 10])], "film", 1e300).duration == A_DAY


def test_seconds_are_counted_alike_however_they_are_told() -> None:
    """As counted one by one: what is watched by each, and how often."""
    told = {"ada": [[0.0, 4.4], [4.4, 6.0], [2.0, 5.0]], "bo": [[5.6, 5.8], [9.0, 99.0]], "cem": []}
    events = [watched(1, *stretches, learner=name) for name, stretches in told.items()]
    each = [passes([event], "film") for event in events]
    found = heat(events, "film")
    assert found.passes == tuple(map(sum, zip(*each, strict=True)))
    assert found.watched == tuple(sum(map(bool, second)) for second in zip(*each, strict=True))


@unhurried
@given(histories, st.data())
def test_any_order_and_any_repetition_give_the_same_heat(
    events: list[Event], data: st.DataObject
) -> None:
    events = [event for event in events if event.lesson == "01-a"]
    repeated = data.draw(st.lists(st.sampled_from(events), max_size=12)) if events else []
    mixed = data.draw(st.permutations(events + repeated))
    assert heat(mixed, "one") == heat(events, "one")


@unhurried
@given(
    st.dictionaries(st.sampled_from(["segments", "position", "duration", "session"]), json_values)
)
def test_whatever_a_result_holds_the_heat_can_be_told(result: dict[str, Any]) -> None:
    found = heat([did("watched", 1, "film", **result), watched(2, [0, 10])], "film")
    assert len(found.passes) == len(found.watched) == len(found.left)
    assert all(count >= 0 for count in found.again)


def test_no_film_is_longer_than_a_day() -> None:
    """Or a crafted export would fill the memory."""
    found = heat([watched(1, [0, 1e300], duration=1e300)], "film")
    assert len(found.passes) == A_DAY
    assert found.passes[-1] == 1


# The command ------------------------------------------------------------------------------------


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["progress", "heat", *arguments])


def of_lesson(course: Path, *segments: list[float], learner: str = "ada") -> Event:
    course_id = load_course(course / "lessons").id
    event = watched(1, *segments, learner=learner, duration=270.3, position=120.0)
    return replace(event, course=course_id, lesson=LESSON, item=FILM)


@pytest.fixture
def handed_in(course: Path, data: Path, tmp_path: Path) -> Path:
    """A folder with what three learners handed in."""
    folder = tmp_path / "class"
    folder.mkdir()
    for number, learner in enumerate(("ada", "bo", "cem")):
        event = of_lesson(course, [0, 120], [30 * number, 60], learner=learner)
        line = replace(event, device=learner, seq=1).to_json()
        (folder / f"{learner}.jsonl").write_text(line + "\n")
    return folder


def test_your_own_heat(course: Path, data: Path) -> None:
    assert "Nobody has watched “Meet the table" in run(LESSON, "--course", str(course)).output
    Store().append([of_lesson(course, [0, 120])])
    table = run(LESSON, "--course", str(course)).output
    assert "by 1 learner" in table
    report = json.loads(run(LESSON, FILM, "--course", str(course), "--json").output)
    assert (report["lesson"], report["video"], report["learners"]) == (LESSON, FILM, 1)
    assert sum(report["passes"]) == 120
    assert len(report["passes"]) == len(report["again"]) == len(report["left"]) == 270
    assert [chapter["start"] for chapter in report["chapters"]]
    assert report["file"] is None


def test_the_heat_of_a_class_as_a_figure(course: Path, handed_in: Path, tmp_path: Path) -> None:
    to = tmp_path / "heat.svg"
    asked = (LESSON, "--course", str(course), "--from", str(handed_in), "--to", str(to))
    assert str(to) in run(*asked).output
    report = json.loads(run(*asked, "--json").output)
    assert report["learners"] == 3
    assert max(report["watched"]) == 3
    assert report["left"][120] == 3
    assert report["file"] == str(to)
    assert ET.parse(to).getroot().tag.endswith("svg")


def test_the_figure_says_what_it_shows(course: Path, handed_in: Path) -> None:
    """Title, both axes with their units, a legend, and each chapter where it begins."""
    loaded = load_course(course / "lessons")
    events = [event for file in handed_in.iterdir() for event in read_events(file)]
    report = heat_report(loaded, loaded.lesson(LESSON), "", events)
    figure = figure_of(report)
    assert figure.get_suptitle() == f"How “{report.title}” was watched, by 3 learners"
    upper, lower = figure.axes
    assert lower.get_xlabel() == "Time in the video (minutes:seconds)"
    assert (upper.get_ylabel(), lower.get_ylabel()) == (
        "Learners, times", "Visits that\nended here"
    )  # fmt: skip
    ticks = [label.get_text() for label in lower.get_xticklabels()]
    assert ticks[:3] == ["0:00", "0:30", "1:00"]
    (legend,) = figure.legends
    assert len(legend.get_texts()) == 2
    said = [text.get_text() for text in upper.texts]
    assert len(said) == len(report.chapters) > 2


@pytest.mark.parametrize("title", ["a $x$ b", "50 % of \\alpha", "<b>&", "日本"])
def test_any_title_can_be_drawn(tmp_path: Path, title: str) -> None:
    chapters = (Chapter(0.0, 9.0, title),)
    report = HeatReport("l", "v", title, 1.0, 1, (1,), (1,), (0,), (0,), chapters)
    draw_heat(report, tmp_path / "heat.svg")


def test_a_time_from_an_hour_on_has_its_hours() -> None:
    seconds = (1,) * 4000
    figure = figure_of(HeatReport("l", "v", "T", 4000.0, 1, seconds, seconds, seconds, seconds))
    ticks = [label.get_text() for label in figure.axes[1].get_xticklabels()]
    assert ticks[-2:] == ["50:00", "1:00:00"]


def test_a_figure_that_cannot_be_written_is_said_so(
    course: Path, handed_in: Path, tmp_path: Path
) -> None:
    for name in ("heat.docx", "none/heat.svg"):
        to = tmp_path / name
        result = run(
            LESSON, "--course", str(course), "--from", str(handed_in), "--to", str(to)
        )  # fmt: skip
        assert result.exit_code == 2
        assert re.search(rf"{name} cannot be written: .*\.svg, \.png or \.pdf", result.output)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("none",), "has no lesson 'none'"),
        ((LESSON, "media/none.webm"), f"has no video 'media/none.webm'. It has: {FILM}"),
    ],
)
def test_what_is_not_there_is_said_so(
    arguments: tuple[str, ...], words: str, course: Path, data: Path
) -> None:
    result = run(*arguments, "--course", str(course))
    assert result.exit_code == 2
    assert words in result.output


def test_one_learners_file_empties_nobodys_heat(course: Path, handed_in: Path) -> None:
    """The length is that of the film's file."""
    event = replace(of_lesson(course, [0, 0.4], learner="dan"), device="dan", seq=1)
    told = {**event.result, "duration": 0.4}
    later = replace(event, result=told, at="2026-10-30T10:00:00+00:00")
    (handed_in / "dan.jsonl").write_text(later.to_json() + "\n")
    asked = (LESSON, "--course", str(course), "--from", str(handed_in))
    report = json.loads(run(*asked, "--json").output)
    assert (len(report["passes"]), report["learners"]) == (270, 4)
    assert report["passes"][0] == 4


def stairs_of(patch: Patch) -> Any:
    """What is drawn: values, and the edges between them."""
    assert isinstance(patch, StepPatch)
    return patch.get_data()


@pytest.mark.parametrize("hours", [10, 24])
def test_a_long_film_is_drawn_in_a_moment(hours: int, tmp_path: Path) -> None:
    seconds = (3,) * (hours * 3600)
    left = (*seconds[1:], 500)
    report = HeatReport("l", "v", "T", float(len(seconds)), 3, seconds, seconds, seconds, left)
    began = time.monotonic()
    draw_heat(report, tmp_path / "heat.svg")
    assert time.monotonic() - began < 5
    assert (tmp_path / "heat.svg").stat().st_size < 300_000
    upper, lower = figure_of(report).axes
    by_learners, _again, ended = map(stairs_of, (*upper.patches, *lower.patches))
    assert {*by_learners.values} == {3}, "of each stretch the mean"
    assert sum(ended.values) == sum(left), "of each stretch all"
    assert ended.edges[-1] == len(seconds)


@pytest.mark.parametrize("name", ["", ".", "\\0", "\\ud800", "a" * 300, "../..", "media"])
def test_a_video_without_a_film_has_no_heat(course: Path, data: Path, name: str) -> None:
    notebook = course / "lessons" / LESSON / "lesson.ipynb"
    content = json.loads(notebook.read_text())
    source = f'Video("{name}", title="A", chapters="{name}", captions="{name}")'
    cell = {"cell_type": "code", "source": source, "metadata": {}, "id": "odd", "outputs": []}
    notebook.write_text(json.dumps({**content, "cells": [cell]}))
    result = run(LESSON, "--course", str(course))
    assert (result.exit_code, result.exception) == (0, None)
    assert "Nobody has watched" in result.output


def test_a_file_that_is_no_export_is_named(course: Path, handed_in: Path) -> None:
    (handed_in / "dan.jsonl").write_text("{}\n")
    result = run(LESSON, "--course", str(course), "--from", str(handed_in))
    assert result.exit_code == 2
    assert "dan.jsonl, line 1: not an event" in result.output


def test_of_several_videos_one_has_to_be_named(course: Path, data: Path) -> None:
    notebook = course / "lessons" / LESSON / "lesson.ipynb"
    content = json.loads(notebook.read_text())
    source = 'Audio("media/song.webm", title="A song")'
    more = {"cell_type": "code", "source": source, "metadata": {}, "id": "more", "outputs": []}
    notebook.write_text(json.dumps({**content, "cells": [*content["cells"], more]}))
    loaded = load_course(course / "lessons")
    with pytest.raises(CourseError, match=f"has 2 videos. Name one of: {FILM}, media/song.webm"):
        heat_report(loaded, loaded.lesson(LESSON), "", [])
    assert heat_report(loaded, loaded.lesson(LESSON), "media/song.webm", []).title == "A song"


def test_an_error_of_the_figure_is_one_of_ours(tmp_path: Path) -> None:
    report = HeatReport("l", "v", "")
    draw_heat(report, tmp_path / "empty.png")
    with pytest.raises(ExportError):
        draw_heat(report, tmp_path / "empty.xyz")
