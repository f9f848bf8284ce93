"""Progress: one result from the same events, however they are ordered, repeated and merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.course import Course, Item, Lesson, Section, load_course
from kit.errors import CourseError
from kit.events import Event
from kit.played import Segment, union
from kit.progress import (
    ItemProgress,
    LessonProgress,
    continue_at,
    fold,
    is_finished,
    is_seen,
)
from kit.report import progress_report, progress_table
from kit.store import Store
from tests.strategies import did, histories, json_values, seconds, unhurried


def answered(outcome: str, minute: int, item: str = "one") -> Event:
    return did("answered", minute, item, outcome=outcome, answer=str(minute))


def one(*events: Event) -> ItemProgress:
    """The progress of the item "one"."""
    return fold(events)["01-a"].item("one")


# One result -------------------------------------------------------------------------------------


@unhurried
@given(histories, st.data())
def test_any_order_and_any_repetition_give_the_same_progress(
    events: list[Event], data: st.DataObject
) -> None:
    repeated = data.draw(st.lists(st.sampled_from(events), max_size=12)) if events else []
    mixed = data.draw(st.permutations(events + repeated))
    assert fold(mixed) == fold(events)


@unhurried
@given(histories, st.data())
def test_any_split_into_two_devices_merges_into_the_same_progress(
    events: list[Event], data: st.DataObject
) -> None:
    """Also where some events are on both, and whichever is merged into the other."""
    places = data.draw(st.lists(st.sampled_from("abx"), min_size=len(events), max_size=len(events)))
    laptop = [event for event, place in zip(events, places, strict=True) if place in "ax"]
    lab = [event for event, place in zip(events, places, strict=True) if place in "bx"]
    assert fold(laptop + lab) == fold(lab + laptop) == fold(events)


def test_two_stores_merge_into_the_same_progress_whichever_is_first(tmp_path: Path) -> None:
    laptop, lab = Store(tmp_path / "laptop.sqlite3"), Store(tmp_path / "lab.sqlite3")
    laptop.append([answered("failed", 1), did("hinted", 2, hint=0), answered("passed", 5)])
    lab.append([did("hinted", 3, hint=0), did("revealed", 4), answered("failed", 6)])
    lab_events = lab.events()
    lab.append(laptop.events())
    laptop.append(lab_events)
    laptop.append(lab_events)
    assert laptop.events() == lab.events()
    assert one(*laptop.events()) == one(*lab.events())
    assert one(*lab.events()).attempts == 3


clocks = st.sampled_from(
    [timedelta(0), timedelta(days=365), timedelta(days=3), timedelta(minutes=-5), None]
)
"""How far ahead a clock is; None has lost the time."""


def by_clock(minute: int, ahead: timedelta | None, item: str) -> Event:
    """An answer, so many minutes after 1 June 2026, with the time that a clock showed."""
    right = datetime(2026, 6, 1, tzinfo=UTC) + timedelta(minutes=minute)
    shown = datetime(1970, 1, 1, tzinfo=UTC) if ahead is None else right + ahead
    at = shown.isoformat(timespec="microseconds")
    return replace(did("answered", 0, item, outcome="failed", answer=minute), at=at)


def written(store: Store, errors: Sequence[timedelta | None], item: str) -> list[list[Event]]:
    """Write an event by each of the clocks; what the store gives half-way and at the end."""
    events = [by_clock(minute, error, item) for minute, error in enumerate(errors)]
    read = []
    for part in (events[: len(events) // 2], events[len(events) // 2 :]):
        store.append(part)
        read.append(store.events())
    assert [event.id for event in read[-1]] == [event.id for event in events]
    return read


@settings(unhurried, max_examples=40)
@given(st.lists(clocks, max_size=6), st.lists(clocks, max_size=6), st.data())
def test_two_stores_merge_into_one_result_whatever_their_clocks_showed(
    of_laptop: list[timedelta | None], of_lab: list[timedelta | None], data: st.DataObject
) -> None:
    """Also where a part was merged before a clock was set right."""
    with TemporaryDirectory() as folder:
        laptop, lab, third = (Store(Path(folder, name)) for name in ("laptop", "lab", "third"))
        exports = [*written(laptop, of_laptop, "one"), *written(lab, of_lab, "two")]
        for export in data.draw(st.permutations(exports)):
            third.append(export)
        laptop.append(exports[-1])
        lab.append(laptop.events())
        assert laptop.events() == lab.events() == third.events()
        for item, errors in (("one", of_laptop), ("two", of_lab)):
            progress = fold(third.events()).get("01-a", LessonProgress()).item(item)
            assert [each["answer"] for each in progress.tried] == list(range(len(errors)))


def test_the_place_is_the_last_one_though_the_clock_was_ahead_before(tmp_path: Path) -> None:
    store = Store(tmp_path / "progress.sqlite3")
    for minute, ahead, item in ((0, 365, "one"), (1, 365, "two"), (2, 0, "one")):
        store.append([by_clock(minute, timedelta(days=ahead), item)])
    progress = fold(store.events())["01-a"]
    assert progress.position == "one"
    assert progress.at == by_clock(2, timedelta(0), "one").at


def test_nothing_done_is_no_progress() -> None:
    assert fold([]) == {}


def test_progress_is_kept_by_lesson() -> None:
    elsewhere = replace(answered("passed", 2), lesson="02-b")
    progress = fold([answered("failed", 1), elsewhere])
    assert not progress["01-a"].item("one").passed
    assert progress["02-b"].item("one").passed


# Answers ----------------------------------------------------------------------------------------


def test_passed_stays_passed_after_a_later_wrong_answer() -> None:
    progress = one(answered("passed", 1), answered("failed", 2))
    assert progress.passed
    assert progress.attempts == 2


def test_only_judged_answers_count_as_attempts() -> None:
    """A check that broke, and an empty answer, are not the learner's."""
    progress = one(answered("broken", 1), answered("not_attempted", 2), did("answered", 3))
    assert (progress.attempts, progress.passed) == (0, False)


def test_tried_answers_are_in_the_order_of_time() -> None:
    progress = one(answered("passed", 3), answered("failed", 1), answered("failed", 2))
    assert [each["answer"] for each in progress.tried] == ["1", "2", "3"]


def test_a_solution_that_was_seen_stays_seen() -> None:
    assert one(did("revealed", 1), answered("passed", 2)).revealed
    assert not one(did("hinted", 1, hint=0), answered("passed", 2)).revealed


def test_a_hint_taken_on_two_devices_is_one_hint() -> None:
    laptop = [did("hinted", 1, hint=0), did("hinted", 2, hint=1)]
    lab = [did("hinted", 3, hint=0)]
    assert one(*laptop, *lab).hints == 2


def test_done_counts_the_checks_that_were_passed() -> None:
    progress = fold([answered("passed", 1), answered("failed", 2, "two")])["01-a"]
    assert progress.done(["one", "two", "three"]) == 1


# Starting over ----------------------------------------------------------------------------------


def test_a_reset_starts_the_lesson_over() -> None:
    before = [answered("passed", 1), did("hinted", 2, hint=0)]
    progress = fold([*before, did("reset", 3, "")])["01-a"]
    assert progress == LessonProgress()


def test_what_was_done_after_a_reset_counts() -> None:
    events = [answered("passed", 1), did("reset", 2, ""), answered("failed", 3)]
    assert one(*events).attempts == 1
    assert not one(*events).passed


def test_the_last_reset_counts_in_whatever_order_they_arrive() -> None:
    events = [
        did("reset", 4, ""),
        answered("passed", 3),
        did("reset", 2, ""),
        answered("failed", 5),
    ]
    assert [each["outcome"] for each in one(*events).tried] == ["failed"]


def test_a_reset_leaves_the_other_lessons_alone() -> None:
    elsewhere = replace(answered("passed", 1), lesson="02-b")
    assert fold([elsewhere, did("reset", 2, "")])["02-b"].item("one").passed


# Videos -----------------------------------------------------------------------------------------


def seconds_in(segments: Sequence[Segment]) -> set[int]:
    """A plain reference: the whole seconds that segments between whole seconds cover."""
    return {second for start, end in segments for second in range(int(start), int(end))}


@unhurried
@given(st.lists(st.tuples(seconds, seconds).filter(lambda pair: pair[0] < pair[1])))
def test_the_union_covers_the_same_seconds_in_disjoint_sorted_segments(
    segments: list[Segment],
) -> None:
    joined = union(segments)
    assert seconds_in(joined) == seconds_in(segments)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(joined))


def test_segments_that_touch_are_joined() -> None:
    assert union([(5.0, 9.0), (0.0, 2.5), (2.5, 5.0)]) == ((0.0, 9.0),)


def test_watched_is_the_share_of_seconds_that_were_played_once_or_more() -> None:
    progress = one(
        did("watched", 1, segments=[[0, 30], [20, 40]], position=40, duration=100),
        did("watched", 2, segments=[[10, 40], [90, 100]], position=100, duration=100),
    )
    assert progress.watched == pytest.approx(0.5)
    assert progress.segments == ((0.0, 40.0), (90.0, 100.0))


spans = st.tuples(seconds, seconds).filter(lambda pair: pair[0] < pair[1])
played_there = st.lists(st.tuples(st.sampled_from(["laptop", "lab"]), spans), max_size=8)


@settings(unhurried, max_examples=60)
@given(played_there, st.data())
def test_what_was_played_on_two_devices_is_the_union_however_it_is_told_and_merged(
    played: list[tuple[str, Segment]], data: st.DataObject
) -> None:
    """Each span is told while it grows, some of it twice or late, with other things done between;
    then the devices are merged in any order, some of it twice.
    """
    with TemporaryDirectory() as folder:
        stores = {name: Store(Path(folder, name)) for name in ("laptop", "lab", "third")}
        for device, (start, end) in played:
            told = data.draw(st.lists(st.integers(int(start) + 1, int(end)), max_size=3))
            span = did("watched", 1, segments=[[start, end]], duration=30)
            for reached in [*told, end]:
                so_far = {"segments": [[start, reached]], "duration": 30}
                assert not stores[device].grow([replace(span, result=so_far)])
            if data.draw(st.booleans()):
                stores[device].append([answered("failed", 1)])
        for store in stores.values():
            store.settle()
        exports = [stores["laptop"].events(), stores["lab"].events()]
        for export in data.draw(st.permutations([*exports, *exports])):
            stores["third"].append(export)
        events = stores["third"].events()
    progress = fold(events).get("01-a", LessonProgress()).item("one")
    covered = {second for _, span in played for second in range(int(span[0]), int(span[1]))}
    assert seconds_in(progress.segments) == covered
    assert progress.watched == pytest.approx(len(covered) / 30)
    assert sum(event.verb == "watched" for event in events) == len(played)


def test_a_shorter_new_film_can_be_watched_whole() -> None:
    old = did("watched", 1, segments=[[150, 200]], position=200, duration=200)
    assert one(old, did("watched", 2, segments=[], position=0, duration=100)).watched == 0.0
    assert one(old, did("watched", 2, segments=[[0, 100]], duration=100)).watched == 1.0


def test_a_length_that_is_not_known_yet_hides_none_that_was() -> None:
    progress = one(did("watched", 1, segments=[[0, 50]], duration=100), did("watched", 2))
    assert progress.duration == 100


def test_a_question_that_was_passed_over_is_no_attempt() -> None:
    progress = one(did("skipped", 1, video="media/a.webm", at=78.0))
    assert (progress.skipped, progress.attempts, progress.passed) == (True, 0, False)


FILM = Item("media/a.webm", "video")


@pytest.mark.parametrize(
    ("seconds", "seen"), [(0, False), (89, False), (89.6, True), (90, True), (100, True)]
)
def test_a_video_is_seen_once_nine_tenths_were_watched(seconds: float, seen: bool) -> None:
    section = Section("s", "S", (FILM,))
    watched = did("watched", 1, FILM.id, segments=[[0, seconds]], duration=100)
    assert is_seen(section, FILM, fold([watched])["01-a"]) == seen


def test_a_video_of_which_the_author_asks_less_is_seen_sooner() -> None:
    film = Item(FILM.id, "video", needs=0.5)
    watched = did("watched", 1, FILM.id, segments=[[0, 50]], duration=100)
    assert is_seen(Section("s", "S", (film,)), film, fold([watched])["01-a"])


def test_who_passed_every_check_of_the_section_need_not_watch() -> None:
    section = Section("s", "S", (FILM, Item("one", "check"), Item("two", "check")))
    first, second = answered("passed", 1), answered("passed", 2, "two")
    assert not is_seen(section, FILM, fold([first])["01-a"])
    assert is_seen(section, FILM, fold([first, second])["01-a"])
    assert not is_seen(Section("s", "S", (FILM,)), FILM, LessonProgress())


def test_a_video_goes_on_where_it_was_left_last() -> None:
    progress = one(
        did("watched", 2, segments=[], position=12.5, duration=100),
        did("watched", 1, segments=[], position=80, duration=100),
    )
    assert progress.position == 12.5


def test_no_video_is_watched_more_than_whole() -> None:
    assert one(did("watched", 1, segments=[[0, 100]], duration=50)).watched == 1.0
    assert one(did("watched", 1, segments=[[0, 100]])).watched == 0.0


NO_SEGMENTS: list[object] = [
    None, 5, "0-10", {"from": 0, "to": 10}, [5], [[1]], [[1, 2, 3]], [["a", "b"]], [[None, None]],
    [[9, 3]], [[-3, -1]], [[5, float("nan")]], [[1, float("inf")]], [[]], ["ab"], [[4, 4]],
]  # fmt: skip


@pytest.mark.parametrize("segments", NO_SEGMENTS, ids=repr)
def test_what_is_no_segment_is_passed_over(segments: object) -> None:
    good = did("watched", 1, segments=[[10, 20]], duration=100)
    assert one(good, did("watched", 2, segments=segments)).segments == ((10.0, 20.0),)


@pytest.mark.parametrize("value", [None, "12", [], {}, -5, float("nan"), float("inf")], ids=repr)
def test_a_position_or_duration_that_is_no_number_counts_as_0(value: object) -> None:
    progress = one(did("watched", 1, segments=[[0, 10]], position=value, duration=value))
    assert (progress.position, progress.duration, progress.watched) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("outcome", [None, 1, "Passed", "", True], ids=repr)
def test_an_outcome_that_nobody_knows_is_passed_over(outcome: object) -> None:
    assert one(did("answered", 1, outcome=outcome)).attempts == 0


# Where to continue ------------------------------------------------------------------------------

SECTIONS = (
    Section("begin", "The beginning", (Item("one", "check"), Item("media/a.webm", "video"))),
    Section("end", "The end", (Item("two", "check"),)),
)


def a_course(*lessons: Lesson) -> Course:
    return Course(id="c", title="C", folder=Path("lessons"), lessons=lessons)


def a_lesson(lesson_id: str, **more: Any) -> Lesson:
    fields = {"title": lesson_id, "sections": SECTIONS, **more}
    return Lesson(id=lesson_id, folder=Path("lessons") / lesson_id, **fields)


A, B, C = a_lesson("01-a"), a_lesson("02-b"), a_lesson("03-c")
BROKEN = a_lesson("02-b", sections=(), problem=CourseError("It is broken."))


def place(course: Course, *events: Event) -> tuple[str, str] | None:
    """The lesson and the section to continue at."""
    found = continue_at(course, fold(events))
    return (found.lesson.id, found.section) if found else None


def finished(lesson: Lesson, minute: int) -> list[Event]:
    return [replace(answered("passed", minute, item), lesson=lesson.id) for item in ("one", "two")]


def test_the_first_run_begins_with_the_first_lesson() -> None:
    assert place(a_course(A, B)) == ("01-a", "")


@pytest.mark.parametrize(
    ("item", "section"),
    [("one", "begin"), ("media/a.webm", "begin"), ("two", "end"), ("end", "end"), ("gone", "")],
)
def test_it_goes_on_in_the_section_of_the_last_item(item: str, section: str) -> None:
    events = [did("opened", 1, ""), did("opened", 2, "begin"), did("opened", 3, item)]
    assert place(a_course(A, B), *events) == ("01-a", section)


def test_it_goes_on_in_the_lesson_that_was_last_even_if_another_one_came_first() -> None:
    in_b = replace(did("opened", 1, "end"), lesson="02-b")
    assert place(a_course(A, B, C), in_b) == ("02-b", "end")
    assert place(a_course(A, B, C), in_b, did("opened", 2, "begin")) == ("01-a", "begin")


def test_opening_the_lesson_itself_does_not_lose_the_place() -> None:
    assert place(a_course(A), answered("failed", 1, "two"), did("opened", 2, "")) == ("01-a", "end")


def test_after_a_finished_lesson_comes_the_next_one() -> None:
    assert place(a_course(A, B, C), *finished(A, 1)) == ("02-b", "")


def test_a_finished_lesson_is_followed_by_the_next_that_is_not_finished() -> None:
    assert place(a_course(A, B, C), *finished(B, 1), *finished(A, 2)) == ("03-c", "")


def test_the_next_one_comes_before_one_that_was_left_out() -> None:
    assert place(a_course(A, B, C), *finished(B, 1)) == ("03-c", "")


def test_after_the_last_lesson_come_those_that_were_left_out() -> None:
    assert place(a_course(A, B, C), *finished(B, 1), *finished(C, 2)) == ("01-a", "")


def test_a_next_lesson_that_was_begun_goes_on_where_it_was_left() -> None:
    begun = replace(answered("passed", 1, "two"), lesson="02-b")
    assert place(a_course(A, B), begun, *finished(A, 2)) == ("02-b", "end")


def test_when_all_is_finished_it_stays_at_the_last_one() -> None:
    assert place(a_course(A, B), *finished(A, 1), *finished(B, 2)) == ("02-b", "end")


def test_broken_lessons_are_left_out() -> None:
    assert place(a_course(BROKEN, C)) == ("03-c", "")
    assert place(a_course(A, BROKEN, C), *finished(A, 1)) == ("03-c", "")
    opened = replace(did("opened", 5, ""), lesson="02-b")
    assert place(a_course(A, BROKEN, C), opened) == ("01-a", "")


def test_there_is_no_place_where_no_lesson_can_be_opened() -> None:
    assert place(a_course(BROKEN)) is None
    assert place(a_course()) is None


def test_a_lesson_is_finished_when_every_check_is_passed() -> None:
    passed = fold(finished(A, 1))["01-a"]
    assert is_finished(A, passed)
    assert not is_finished(A, fold([answered("passed", 1)])["01-a"])
    assert not is_finished(A, LessonProgress())


def test_a_lesson_without_checks_is_finished_when_it_was_opened() -> None:
    without = a_lesson("01-a", sections=())
    assert not is_finished(without, LessonProgress())
    assert is_finished(without, fold([did("opened", 1, "")])["01-a"])


def test_a_lesson_that_got_a_new_check_is_not_finished_any_more() -> None:
    """Nothing that was passed is lost."""
    longer = a_lesson(
        "01-a", sections=(*SECTIONS, Section("new", "New", (Item("three", "check"),)))
    )
    progress = fold(finished(A, 1))["01-a"]
    assert not is_finished(longer, progress)
    assert progress.done(longer.check_ids) == 2


@unhurried
@given(
    st.sampled_from(["answered", "hinted", "watched", "opened"]),
    st.dictionaries(
        st.sampled_from(["outcome", "hint", "segments", "position", "duration", "answer"]),
        json_values | st.just(10**400) | st.lists(st.just([0, 10**400])),
    ),
)
def test_whatever_a_result_holds_progress_can_be_told(verb: str, result: dict[str, Any]) -> None:
    event = replace(did(verb, 1), result=result)
    assert fold([event, answered("passed", 2)])["01-a"].item("one").passed


@pytest.mark.parametrize("hint", [[], {}, None, "0"])
def test_what_is_no_hint_is_not_counted(hint: object) -> None:
    assert one(did("hinted", 1, hint=0), did("hinted", 2, hint=hint)).hints == 1


@pytest.mark.parametrize("segments", [[[None, 5]], [[float("nan"), 5]], [["0", 5]], [[-3, 5]]])
def test_what_has_no_beginning_is_no_segment(segments: object) -> None:
    good = did("watched", 1, segments=[[10, 20]], duration=100)
    assert one(good, did("watched", 2, segments=segments)).segments == ((10.0, 20.0),)


def test_a_report_tells_of_each_video_how_far_it_was_watched(course: Path, data: Path) -> None:
    loaded = load_course(course / "lessons")
    film = "media/meet-the-table.webm"
    seen = did("watched", 1, film, segments=[[0, 30]], position=30.5, duration=60)
    Store().append([replace(seen, course=loaded.id, lesson=loaded.lessons[0].id)])
    report = progress_report(loaded, loaded.lessons[0].id)
    (told,) = [each for each in report["lessons"][0]["media"] if each["item"] == film]
    assert told == {
        "item": film, "kind": "video", "position": 30.5, "duration": 60.0, "watched": 0.5,
        "needs": 0.9, "done": False,
    }  # fmt: skip
    assert "50%" in [*progress_table(report).columns[2].cells]
