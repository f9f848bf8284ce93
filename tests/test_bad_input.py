"""What bad input gets: one clear sentence that names the file and the way out, on the page too."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import expect

from kit.store import Store
from tests.conftest import LESSON, Server, Visit, wait_until
from tests.learner import check_root, expect_verdict, give, learn, press_check, tasks_of

pytestmark = pytest.mark.browser


def add_lesson(course: Path, name: str, notebook: str | None) -> None:
    """List another lesson in course.toml; without a notebook its folder is absent."""
    listed = course / "lessons" / "course.toml"
    listed.write_text(f'{listed.read_text()}\n[[lesson]]\nid = "{name}"\n')
    if notebook is not None:
        (course / "lessons" / name).mkdir()
        (course / "lessons" / name / "lesson.ipynb").write_text(notebook)


def lesson_ready(visit: Visit, server: Server) -> None:
    visit.page.goto(server.lesson_url)
    expect(visit.page.locator(".kit-check")).to_have_count(9)


def test_broken_lessons_are_named_and_the_others_work(
    visit: Visit, server: Server, course: Path
) -> None:
    """Home names each broken lesson's file; its own page says the same; lesson 01 still works."""
    visit.watch.expected = True
    add_lesson(course, "02-absent", None)
    add_lesson(course, "03-no-json", '{"cells": [')
    page = visit.page
    page.goto(server.url)
    lessons = page.locator(".kit-lessons")
    expect(lessons).to_contain_text("02-absent/lesson.ipynb does not exist")
    expect(lessons).to_contain_text("03-no-json/lesson.ipynb is not a notebook")
    page.goto(f"{server.base}/kit/lesson/03-no-json")
    expect(page.get_by_role("alert").last).to_contain_text("Restore it from its last good version")
    page.goto(f"{server.base}/kit/lesson/99-nowhere")
    expect(page.get_by_role("alert").last).to_contain_text("has no lesson '99-nowhere'")
    lesson_ready(visit, server)


def test_course_file_broken_while_running(visit: Visit, server: Server, course: Path) -> None:
    """Home says which line of course.toml is wrong, and works again once it is mended."""
    visit.watch.expected = True
    listed = course / "lessons" / "course.toml"
    good = listed.read_text()
    listed.write_text("id = \n" + good)
    visit.page.goto(server.url)
    expect(visit.page.get_by_role("alert").last).to_contain_text("course.toml is not valid TOML")
    expect(visit.page.get_by_role("alert").last).to_contain_text("line 1")
    listed.write_text(good)
    visit.page.goto(server.url)
    expect(visit.page.locator("h1")).to_have_text("Reading the world in tables")


def test_two_checks_with_one_name(visit: Visit, server: Server, course: Path) -> None:
    """The lesson's page names checks.py and both lines; the text can still be read."""
    checks = course / "lessons" / LESSON / "checks.py"
    checks.write_text(checks.read_text() + '\nrows_are = text("?", answer="a", otherwise="b")\n')
    visit.page.goto(server.lesson_url)
    problem = visit.page.locator(".kit-problem").first
    expect(problem).to_contain_text("the check 'rows_are' is there twice (first on line")
    expect(visit.page.locator("#Meet-the-table")).to_have_text("Meet the table")


def test_a_check_that_raises_is_broken_not_wrong(
    visit: Visit, server: Server, course: Path, data: Path
) -> None:
    """A fault in one check is said to be one, is not counted, and the other checks work."""
    tasks = {task.check.id: task for task in tasks_of(course / "lessons" / LESSON)}
    checks = course / "lessons" / LESSON / "checks.py"
    fault = "def share_missing(column):\\n    return 1 / 0"
    checks.write_text(
        f"{checks.read_text()}\nfrom dataclasses import replace\n"
        f'share_missing = replace(share_missing, right_source="{fault}")\n'
    )
    lesson_ready(visit, server)
    root = check_root(visit.page, "share_missing")
    give(visit.page, root, tasks["share_missing"].check, tasks["share_missing"].right)
    press_check(root)
    expect_verdict(root, "This check has a fault")
    expect(root.locator(".kit-check-feedback")).to_contain_text("It is not you")
    learn(visit.page, tasks["rows_are"])
    expect(visit.page.locator(".kit-outline-done")).to_have_text("1 of 9 checks")


def test_missing_video(visit: Visit, server: Server, course: Path) -> None:
    """A missing video is said in words with its path; the transcript is still there."""
    (course / "lessons" / LESSON / "media" / "meet-the-table.webm").unlink()
    lesson_ready(visit, server)
    problem = visit.page.locator(".kit-media .kit-problem")
    expect(problem).to_contain_text("meet-the-table.webm is missing")
    expect(problem).to_be_visible()
    visit.page.locator(".kit-media summary", has_text="Transcript").click()
    expect(visit.page.locator(".kit-media-lines")).to_contain_text("penguins")
    assert visit.watch.complaints == []


def test_broken_video_and_unreadable_captions(visit: Visit, server: Server, course: Path) -> None:
    """Of a video that is cut off, one of 0 bytes, and captions in another encoding, each is said in
    words; what there is of the film plays.
    """
    media = course / "lessons" / LESSON / "media"
    whole = (media / "meet-the-table.webm").read_bytes()
    (media / "meet-the-table.webm").write_bytes(whole[: len(whole) // 2])
    captions = (media / "meet-the-table.en.vtt").read_text()
    (media / "meet-the-table.en.vtt").write_bytes(captions.encode("utf-16"))
    lesson_ready(visit, server)
    problems = visit.page.locator(".kit-media .kit-problem:not(:empty)")
    expect(problems.first).to_contain_text("meet-the-table.webm is cut off")
    expect(problems.last).to_contain_text("meet-the-table.en.vtt is not text in UTF-8")
    expect(problems).to_have_count(2)
    visit.page.get_by_role("button", name="play", exact=True).click()
    video = visit.page.locator("video")
    wait_until(lambda: float(video.evaluate("film => film.currentTime")) > 0.5)

    (media / "meet-the-table.webm").write_bytes(b"")
    lesson_ready(visit, server)
    expect(problems.first).to_contain_text("meet-the-table.webm is empty")
    expect(visit.page.locator("video")).to_have_count(0)
    visit.page.locator(".kit-media summary", has_text="Transcript").click()
    expect(visit.page.locator(".kit-media-lines")).to_contain_text("penguins")
    assert visit.watch.complaints == []


def test_damaged_store_is_set_aside_and_said_so(
    visit: Visit, server: Server, course: Path, data: Path
) -> None:
    """Work goes on in a new store; Home names the file that was kept."""
    tasks = tasks_of(course / "lessons" / LESSON)
    lesson_ready(visit, server)
    learn(visit.page, tasks[0])
    for name in ("progress.sqlite3-wal", "progress.sqlite3-shm"):
        (data / name).unlink(missing_ok=True)
    (data / "progress.sqlite3").write_bytes(b"this is no database" * 500)
    learn(visit.page, tasks[1])
    (aside,) = Store(data / "progress.sqlite3").damaged_files()
    assert aside.read_bytes().startswith(b"this is no database")
    visit.page.goto(server.url)
    expect(visit.page.locator(".kit-problem")).to_contain_text(str(aside))
    expect(visit.page.locator(".kit-lessons")).to_contain_text("1 of 9 checks")


def test_store_of_a_newer_version(visit: Visit, server: Server, course: Path, data: Path) -> None:
    """The page says to update; the file is not touched; the answer is still judged."""
    data.mkdir(exist_ok=True)
    newer = sqlite3.connect(data / "progress.sqlite3")
    newer.execute("PRAGMA user_version = 99")
    newer.commit()
    newer.close()
    before = (data / "progress.sqlite3").read_bytes()
    tasks = tasks_of(course / "lessons" / LESSON)
    lesson_ready(visit, server)
    root = check_root(visit.page, tasks[0].check.id)
    give(visit.page, root, tasks[0].check, tasks[0].right)
    press_check(root)
    expect_verdict(root, "Right")
    expect(root.locator(".kit-problem")).to_contain_text("Your answer is not saved")
    expect(root.locator(".kit-problem")).to_contain_text("written by a newer version")
    expect(root.locator(".kit-check-saved")).to_have_text("")
    visit.page.goto(server.url)
    expect(visit.page.get_by_role("alert").last).to_contain_text("Update Lesson Kit")
    assert (data / "progress.sqlite3").read_bytes() == before


def test_media_outside_the_course_is_not_served(visit: Visit, server: Server, course: Path) -> None:
    """No `..`, no link that leads out, no hidden file, no checks.py: 404 for each."""
    visit.watch.expected = True
    secret = course / "secret.png"
    secret.write_bytes(b"secret")
    media = course / "lessons" / LESSON / "media"
    (media / "link.png").symlink_to(secret)
    (media / ".hidden.png").write_bytes(b"secret")
    (course / "lessons" / "plain.png").write_bytes(b"fine")
    ask = visit.page.request.get
    assert ask(f"{server.base}/kit/media/plain.png").body() == b"fine"
    for path in (
        f"{LESSON}/media/link.png",
        f"{LESSON}/media/.hidden.png",
        f"{LESSON}/checks.py",
        f"{LESSON}/lesson.ipynb",
        "../secret.png",
        "..%2Fsecret.png",
        "%2e%2e/secret.png",
        f"{LESSON}/../../secret.png",
        f"{LESSON}/media",
        str(secret),
        "%00.png",
    ):
        answer = ask(f"{server.base}/kit/media/{path}")
        assert answer.status in {400, 403, 404}, path
        assert answer.body() != b"secret", path


def test_media_has_range_and_type(visit: Visit, server: Server) -> None:
    """A part of a video can be asked for, with its type, and is revalidated cheaply."""
    url = f"{server.base}/kit/media/{LESSON}/media/meet-the-table.webm"
    part = visit.page.request.get(url, headers={"Range": "bytes=100-199"})
    assert part.status == 206
    assert len(part.body()) == 100
    assert part.headers["content-type"] == "video/webm"
    again = visit.page.request.get(url, headers={"If-None-Match": part.headers["etag"]})
    assert again.status == 304


def test_without_the_token_nothing_is_shown(visit: Visit, server: Server) -> None:
    """Pages, media and the API ask for the token."""
    context = visit.page.context.browser.new_context()  # type: ignore[union-attr]
    for path in ("kit/", f"kit/lesson/{LESSON}", f"kit/media/{LESSON}/media/meet-the-table.webm"):
        answer = context.request.get(f"{server.base}/{path}", max_redirects=0)
        assert answer.status in {302, 403}, path
        assert "penguins" not in answer.text()
    context.close()


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_course_that_may_only_be_read(visit: Visit, server: Server, course: Path) -> None:
    """Where no copy can be made, the lesson's own notebook opens."""
    if os.geteuid() == 0:
        # Root may write anywhere: a file in the way of the copy has the same effect.
        (course / "lessons" / LESSON / "my-lesson.part").mkdir()
    else:
        (course / "lessons" / LESSON).chmod(0o555)
    visit.page.goto(f"{server.base}/kit/notebook/{LESSON}")
    visit.page.wait_for_url(re.compile(r"/lab/tree/lessons/.*/lesson\.ipynb"))
    if os.geteuid() != 0:
        (course / "lessons" / LESSON).chmod(0o755)
