"""Review: what was missed or unsure comes back after 1, 3, 7 and 21 days, mixed across lessons."""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from kit.course import Course, load_course
from kit.events import Event
from kit.journal import Journal
from kit.progress import LessonProgress, builds_on
from kit.review import INTERVALS, Due, due_items, interleaved, schedule
from kit.store import Store
from tests.conftest import LESSON, Server, Visit
from tests.learner import check_root, expect_verdict, give, press_check, tasks_of

BEGIN = datetime(2026, 3, 2, 12, tzinfo=UTC)


def did(day: float, verb: str = "answered", item: str = "mean", **result: Any) -> Event:
    at = (BEGIN + timedelta(days=day)).isoformat(timespec="microseconds")
    lesson = result.pop("lesson", LESSON)
    return Event(
        learner="ada", course="c", lesson=lesson, item=item, verb=verb, result=result, at=at
    )


def wrong(day: float, **more: Any) -> Event:
    return did(day, outcome="failed", answer="1", **more)


def right(day: float, **more: Any) -> Event:
    return did(day, outcome="passed", answer="2", **more)


def days_until_due(*events: Event) -> list[int]:
    return [(due.on - BEGIN.date()).days for due in schedule(events)]


def test_what_was_right_and_sure_never_comes_back() -> None:
    assert days_until_due(right(0)) == []
    assert days_until_due(right(0, confidence="sure")) == []


@pytest.mark.parametrize(
    "event",
    [wrong(0), right(0, confidence="guess"), right(0, confidence="think_so"), did(0, "revealed")],
)
def test_what_was_missed_or_unsure_comes_back_tomorrow(event: Event) -> None:
    assert days_until_due(event) == [1]
    assert days_until_due(event, right(0.01)) == [1], "though it was right a moment later"


def test_each_right_answer_lengthens_the_interval_until_it_is_known() -> None:
    events = [wrong(0)]
    day = 0
    for days in INTERVALS:
        assert days_until_due(*events) == [day + days]
        day += days
        events.append(right(day))
    assert days_until_due(*events) == []


def test_a_miss_begins_anew() -> None:
    events = [wrong(0), right(1), right(4), wrong(11)]
    assert days_until_due(*events) == [12]
    assert days_until_due(*events, right(12, confidence="guess")) == [13]


def test_practice_before_the_day_moves_nothing() -> None:
    assert days_until_due(wrong(0), right(1), right(2), right(3)) == [4]


def test_starting_over_empties_the_plan() -> None:
    assert days_until_due(wrong(0), did(1, "reset", item="")) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.sampled_from("ab")), max_size=20))
def test_merging_in_any_order_and_twice_gives_one_plan(done: list[tuple[int, bool, str]]) -> None:
    events = [(right if good else wrong)(day, item=item) for day, good, item in done]
    shuffled = random.Random(0).sample(events, len(events)) + events
    assert schedule(shuffled) == schedule(events)


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+00:00", "9999-12-20T00:00:00+00:00"])
@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Auckland"])
def test_a_clock_far_off_stops_nothing(at: str, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    odd = Event(
        learner="ada", course="c", lesson=LESSON, item="mean", verb="opened", result={}, at=at
    )
    assert schedule([odd, wrong(0, item="other")])
    monkeypatch.undo()
    time.tzset()


def test_what_was_missed_while_the_clock_was_ahead_comes_back_once_it_is_right(
    tmp_path: Path,
) -> None:
    """And what is missed later comes back by the right clock."""
    store = Store(tmp_path / "progress.sqlite3")
    for event in (wrong(365), wrong(366, item="rows"), right(2), wrong(3, item="shape")):
        store.append([event])
    due = {due.item: (due.on - BEGIN.date()).days for due in schedule(store.events())}
    assert due == {"mean": 3, "rows": 3, "shape": 4}


def test_lessons_take_turns() -> None:
    due = [Due(lesson, item, date(2026, 3, 1), 0) for lesson, item in ("ax", "ay", "az", "bx")]
    order = [(each.lesson, each.item) for each in interleaved(due)]
    assert order == [("a", "x"), ("b", "x"), ("a", "y"), ("a", "z")]


def test_a_check_that_the_course_has_no_more_is_not_asked(course: Path) -> None:
    loaded = load_course(course / "lessons")
    events = [wrong(0, item="rows_are"), wrong(0, item="gone")]
    assert [due.item for due in due_items(loaded, events, date(2027, 1, 1))] == ["rows_are"]


def with_mastery(course: Path, opens: str) -> Course:
    """The course with its first lesson twice, so that one builds on the other."""
    toml = course / "lessons" / "course.toml"
    text = toml.read_text().split("[[lesson]]")[0]
    lessons = "".join(f'[[lesson]]\nid = "{name}"\n' for name in (LESSON, "02-again"))
    toml.write_text(f'{text}\nopens = "{opens}"\n{lessons}')
    (course / "lessons" / LESSON).rename(course / "lessons" / "02-again")
    (course / "lessons" / LESSON).mkdir()
    for name in ("lesson.ipynb", "checks.py"):
        copy = (course / "lessons" / "02-again" / name).read_bytes()
        (course / "lessons" / LESSON / name).write_bytes(copy)
    return load_course(course / "lessons")


def test_a_lesson_asks_for_mastery_only_where_the_course_does(course: Path) -> None:
    always = with_mastery(course, "always")
    assert builds_on(always, always.lessons[1], {}) is None


def test_a_lesson_builds_on_the_one_before_until_that_is_mastered(course: Path) -> None:
    loaded = with_mastery(course, "mastery")
    first, second = loaded.lessons
    assert builds_on(loaded, second, {}) == first
    assert builds_on(loaded, first, {}) is None
    from kit.progress import ItemProgress

    items = {check: ItemProgress(passed=True) for check in first.check_ids[:8]}
    assert builds_on(loaded, second, {first.id: LessonProgress(items=items, at="2026")}) is None


@pytest.mark.browser
def test_a_session_leaves_out_what_was_before_whatever_the_clock_says(
    course: Path, tmp_path: Path
) -> None:
    loaded, store = load_course(course / "lessons"), Store(tmp_path / "progress.sqlite3")
    about: dict[str, Any] = {
        "learner": "ada", "course": loaded.id, "lesson": LESSON, "verb": "answered",
    }  # fmt: skip
    store.append([Event(**about, item="rows_are", at=BEGIN.isoformat())])
    session = Journal(loaded, loaded.lesson(LESSON), anew=True, store=store, learner="ada")
    assert session.events() == []
    store.append([Event(**about, item="known_sex", at="1970-01-02T00:00:00+00:00")])
    assert [event.item for event in session.events()] == ["known_sex"]


def test_a_session_asks_anew_and_plans_the_next_one(
    visit: Visit, server: Server, course: Path, data: Path
) -> None:
    """Home says what is due; each item is asked as if it were new; right ones come back later."""
    store, ago = Store(data / "progress.sqlite3"), datetime.now(UTC) - timedelta(days=2)
    tasks = [each for each in tasks_of(course / "lessons" / LESSON) if each.check.kind != "table"]
    name = load_course(course / "lessons").id
    for task in tasks[:4]:
        result = {"outcome": "failed", "answer": task.wrong.answer, "feedback": ""}
        store.append(
            [
                Event(
                    learner="ada", course=name, lesson=LESSON, item=task.check.id,
                    verb="answered", result=result, at=ago.isoformat(timespec="microseconds"),
                )
            ]
        )  # fmt: skip
    page = visit.page
    page.reload()
    page.get_by_role("link", name="Review: 4 questions are due").click()
    expect(page.locator(".kit-check")).to_have_count(4)
    expect(page.locator(".kit-check-verdict")).to_have_count(0)
    for task in tasks[:4]:
        root = check_root(page, task.check.id)
        give(page, root, task.check, task.right)
        press_check(root)
        expect_verdict(root, "Right")
    expect(page.locator("[data-kit-finished]")).to_contain_text("That was all for today")
    page.reload()
    expect(page.locator("main")).to_contain_text("Nothing is due today. The next questions come on")
    assert visit.watch.outside == []
    assert visit.watch.complaints == []


@pytest.mark.browser
def test_looking_ahead_is_always_possible(visit: Visit, server: Server, course: Path) -> None:
    """A lesson that builds on another says so, and works all the same."""
    with_mastery(course, "mastery")
    page = visit.page
    page.goto(server.url)
    expect(page.locator(".kit-lessons")).to_contain_text("you can look ahead")
    page.goto(f"{server.base}/kit/lesson/02-again")
    expect(page.locator(".kit-notice")).to_contain_text("0 of 9 checks")
    task = tasks_of(course / "lessons" / "02-again")[0]
    root = check_root(page, task.check.id)
    give(page, root, task.check, task.right)
    press_check(root)
    expect_verdict(root, "Right")
