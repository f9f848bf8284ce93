"""The planted mistakes: each is put into the clean lesson by itself, and one rule finds it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.planted.clean import (
    CAPTIONS,
    LESSON,
    README,
    SLIDES,
    Draft,
    clean_cells,
    code,
    filler,
    markdown,
)
from tests.planted.film import tiny_webm

NOTEBOOK, CHECKS_FILE, COURSE = f"{LESSON}/lesson.ipynb", f"{LESSON}/checks.py", "course.toml"
READ_ME = f"{LESSON}/data/README.md"


@dataclass(frozen=True)
class Mistake:
    """One mistake.

    Attributes:
        name: what is wrong, for the list of tests.
        rule: the one that finds it; no other does.
        path: the file that the finding names, below the course's folder.
        where: the cell that it names; for checks.py the text that its line begins with.
        put: puts it into a draft.
    """

    name: str
    rule: str
    path: str
    where: str
    put: Callable[[Draft], object]


MISTAKES: list[Mistake] = []
TINY_MP4 = b"\0\0\0\x10ftypisom\0\0\0\0"
WRONG_TIME = "\n1:00 --> 2:00\nB\n"
SECOND_CAPTION = "\n00:59.000 --> 01:02.000\nB\n"


def captions(words: str, end: str = "30.000") -> str:
    """A file with one caption."""
    return f"WEBVTT\n\n00:00.000 --> 00:{end}\n{words.rstrip()}\n"


Put = Callable[[Draft], None]


def mistake(rule: str, path: str, where: str = "") -> Callable[[Put], Put]:
    """Add a function to the list; its name says what is wrong."""

    def add(put: Put) -> Put:
        MISTAKES.append(Mistake(put.__name__.replace("_", " "), rule, path, where, put))
        return put

    return add


def told(rule: str, path: str, where: str, *names: tuple[str, Put]) -> None:
    """Add several of one rule and place."""
    for name, put in names:
        MISTAKES.append(Mistake(name, rule, path, where, put))


def of_course(old: str, new: str) -> Put:
    def put(draft: Draft) -> None:
        assert old in draft.course
        draft.course = draft.course.replace(old, new)

    return put


def of_checks(*swaps: tuple[str, str]) -> Put:
    def put(draft: Draft) -> None:
        for old, new in swaps:
            draft.swap(old, new)

    return put


def of_file(name: str, text: str | bytes | None) -> Put:
    return lambda draft: draft.files.__setitem__(name, text)


def of_cell(name: str, old: str, new: str) -> Put:
    def put(draft: Draft) -> None:
        cell = draft.cell(name)
        assert old in cell["source"]
        cell["source"] = cell["source"].replace(old, new)

    return put


def saying(name: str, text: str) -> Put:
    return lambda draft: draft.say(name, text)


# Files ------------------------------------------------------------------------------------------

told(
    "course-file", COURSE, "",
    ("course.toml is no TOML", of_course("[[lesson]]", "[[lesson")),
    ("minutes are a text", of_course("minutes = 20", 'minutes = "twenty"')),
    ("the course has no id", of_course('id = "shells"\n', "")),
)  # fmt: skip
told(
    "notebook", NOTEBOOK, "",
    ("lesson.ipynb is no notebook", of_file("lesson.ipynb", "# Shells\n")),
    ("lesson.ipynb is missing", of_file("lesson.ipynb", None)),
    ("the notebook is of an old format", of_file("lesson.ipynb", '{"worksheets": []}')),
)  # fmt: skip


@mistake("lesson-listed", COURSE)
def a_lesson_is_not_listed(draft: Draft) -> None:
    draft.beside["02-sand/lesson.ipynb"] = '{"cells": []}'


@mistake("cell-ids", NOTEBOOK, "cell-5")
def a_cell_has_no_id(draft: Draft) -> None:
    del draft.cell("mean")["id"]


@mistake("cell-ids", NOTEBOOK, "scales")
def two_cells_have_one_id(draft: Draft) -> None:
    draft.cell("distance")["id"] = "scales"


@mistake("outputs-cleared", NOTEBOOK, "worked")
def an_output_is_saved(draft: Draft) -> None:
    draft.cell("worked")["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "32.21875\n"}
    ]


@mistake("outputs-cleared", NOTEBOOK, "worked")
def the_number_of_a_run_is_saved(draft: Draft) -> None:
    draft.cell("worked")["execution_count"] = 3


told(
    "checks-load", CHECKS_FILE, "one_row =",
    ("checks.py is no Python", of_checks(("one_row = choice(", "one_row = = choice("))),
    ("checks.py raises", of_checks(("one_row = choice(", "one_row = coice("))),
)  # fmt: skip
told(
    "checks-load", CHECKS_FILE, "kept =",
    ("a keyword is misspelt", of_checks(
        ("kept = choice(", 'kept = choice(hint=["Look."], prompt=""); kept = choice(')
    )),
    ("a choice has no right option", of_checks(
        ("kept = choice(", 'kept = choice("Why?", wrong("a", "Look.")); kept = choice(')
    )),
)  # fmt: skip
told(
    "checks-load", CHECKS_FILE, "one_row = kept =",
    ("two checks have one id", of_checks(("kept = choice(", "one_row = kept = choice("))),
)  # fmt: skip
told(
    "data-source", READ_ME, "",
    ("the licence is missing", of_file("data/README.md", README.replace("public domain", "open"))),
    ("the source is missing", of_file("data/README.md", "One row of shells.csv: CC0.")),
    ("a data file is not named", of_file("data/sand.csv", "a,b\n1,2\n")),
    ("nothing says where the data are from", of_file("data/README.md", " ")),
)  # fmt: skip
told(
    "row-unit", READ_ME, "",
    ("nothing says what a row is", of_file("data/README.md", README.replace("One row", "A line"))),
)  # fmt: skip


@mistake("asks", NOTEBOOK)
def nothing_is_asked(draft: Draft) -> None:
    asking = [cell["id"] for cell in draft.cells if cell["source"].startswith("checks.")]
    draft.take_out(*asking, "work-share", "work-difference", "work-heavy", "video")
    draft.checks = ""
    of_course("minutes = 20", "minutes = 5")(draft)


# What is asked ----------------------------------------------------------------------------------


@mistake("check-exists", NOTEBOOK, "sand")
def a_check_does_not_exist(draft: Draft) -> None:
    draft.put_after("check-kept", code("sand", "checks.kpt"))


@mistake("check-shown", CHECKS_FILE, "kept =")
def a_check_is_never_shown(draft: Draft) -> None:
    draft.take_out("check-kept")
    draft.cell("scales")["source"] = filler(20)
    draft.cell("choose")["source"] += " " + filler(60)


@mistake("check-shown", NOTEBOOK, "again")
def a_check_is_shown_twice(draft: Draft) -> None:
    draft.cells.append(code("again", "checks.one_row"))


told(
    "starter-cell", NOTEBOOK, "work-heavy",
    ("the starter is another one", of_cell("work-heavy", "...", "None")),
)  # fmt: skip


@mistake("starter-cell", CHECKS_FILE, "heavy =")
def the_starter_is_not_tagged(draft: Draft) -> None:
    draft.cell("work-heavy")["metadata"] = {}


@mistake("starter-cell", NOTEBOOK, "worked")
def a_worked_cell_is_tagged(draft: Draft) -> None:
    draft.cell("worked")["metadata"] = {"tags": ["work"]}


told(
    "hints", CHECKS_FILE, "middle =",
    ("a check has no hints", of_checks(
        ('count."},\n    hints=HINTS,\n', 'count."},\n')
    )),
    ("a check has two hints", of_checks(
        ('count."},\n    hints=HINTS', 'count."},\n    hints=HINTS[:2]')
    )),
)  # fmt: skip
told(
    "distractor-feedback", CHECKS_FILE, "one_row =",
    ("a distractor is only wrong", of_checks(
        ("A gram is a unit. What was put on the scales?", "Wrong.")
    )),
    ("two distractors share their feedback", of_checks(
        ("A gram is a unit. What was put on the scales?",
         "Both beaches have several rows; what differs between these?")
    )),
)  # fmt: skip

CHOICE = 'choice("What comes {n}?", right("{n} a", "Yes, that is what comes {n} here."), ' \
    'wrong("{n} b", "That is not what comes {n} here."), hints=HINTS)'  # fmt: skip


@mistake("kinds", CHECKS_FILE)
def there_are_three_kinds(draft: Draft) -> None:
    begin, end = draft.checks.index("middle = text("), draft.checks.index("share_above = code(")
    middle = "middle = " + CHOICE.format(n="first") + "\n\n"
    draft.checks = draft.checks[:begin] + middle + draft.checks[end:]
    draft.checks = draft.checks[: draft.checks.index("heavy = table(")]
    draft.checks += "heavy = " + CHOICE.format(n="last") + "\n"
    draft.take_out("work-heavy")


@mistake("check-count", CHECKS_FILE)
def there_are_ten_checks(draft: Draft) -> None:
    draft.checks += f"ninth = {CHOICE.format(n='ninth')}\ntenth = {CHOICE.format(n='tenth')}\n"
    draft.swap('"heavy"]', '"heavy", "ninth", "tenth"]')
    draft.cells += [code("check-ninth", "checks.ninth"), markdown("more", filler(100))]
    draft.cells += [code("check-tenth", "checks.tenth")]


told(
    "code-answers", CHECKS_FILE, "heavy =",
    ("only the solution is tried", of_checks(
        ("    passes=['heavy = shells.query(\"mass_g > 12\")\\n'],\n", "")
    )),
    ("one wrong answer is tried", of_checks(
        ("        'heavy = shells[shells[\"mass_g\"] < 12]\\n': "
         "\"These are the light ones.\",\n", "")
    )),
)  # fmt: skip

# Promises ---------------------------------------------------------------------------------------


@mistake("runs", NOTEBOOK, "broken")
def a_cell_raises(draft: Draft) -> None:
    draft.put_after("worked", code("broken", 'shells["colour"]'))


@mistake("runs", NOTEBOOK, "endless")
def a_cell_never_ends(draft: Draft) -> None:
    draft.seconds = 1
    draft.put_after("set-up", code("endless", "while True:\n    pass"))


told(
    "right-passes", CHECKS_FILE, "total =",
    ("a right answer fails", of_checks(("fails={400.0", "passes=[84.0],\n    fails={400.0"))),
)  # fmt: skip
told(
    "check-breaks", CHECKS_FILE, "difference =",
    ("the solution raises", of_checks(
        ("return abs(one - other)", "return abs(one - othr)"),
        ('EQUIVALENT = {"difference": ["return abs(other - one)"]}\n', ""),
    )),
)  # fmt: skip
told(
    "check-breaks", CHECKS_FILE, "total =",
    ("a rule raises", of_checks(("lambda grams: grams < 1", "lambda grams: grams.kilograms < 1"))),
)  # fmt: skip


@mistake("right-passes", CHECKS_FILE, "heavy =")
def the_starter_is_the_solution(draft: Draft) -> None:
    draft.swap('"heavy = ...\\n"', "'heavy = shells[shells[\"mass_g\"] > 12]\\n'")
    draft.cell("work-heavy")["source"] = 'heavy = shells[shells["mass_g"] > 12]'


@mistake("starter-waits", CHECKS_FILE, "how_many =")
def an_empty_answer_counts(draft: Draft) -> None:
    draft.checks = draft.checks.replace(
        "how_many = number(",
        "from kit.checks import Failed\n"
        "from kit.checks.number import Number\n\n\n"
        "class Strict(Number):\n"
        "    def judge(self, answer):\n"
        '        return super().judge(answer) if answer else Failed("No.")\n\n\n'
        "how_many = number(",
    )
    draft.swap("\ntotal = number(", "how_many.__class__ = Strict\ntotal = number(")
    draft.swap("how_many.__class__ = Strict", 'object.__setattr__(how_many, "__class__", Strict)')


told(
    "wrong-fails", CHECKS_FILE, "total =",
    ("a wrong answer passes", of_checks(("fails={400.0", "fails={83.255"))),
)  # fmt: skip
told(
    "own-message", CHECKS_FILE, "total =",
    ("a misconception is told another's message", of_checks(
        ("wrong={\n        95.0:", 'wrong={\n        when(lambda grams: grams > 90, example=99): '
         '"That is far too much for so few shells.",\n        95.0:')
    )),
    ("a failing answer is told something else", of_checks(('"too high"', '"too low"'))),
)  # fmt: skip
told(
    "own-message", CHECKS_FILE, "share_above =",
    ("two wrong functions do the same", of_checks(
        ('""": "That is a count.', '""": "That is a number.",\n        """\\\ndef share_above'
         '(values, limit):\n    return len([each for each in values if each > limit])\n'
         '""": "That is a count.')
    )),
)  # fmt: skip
told(
    "mutants", CHECKS_FILE, "share_above =",
    ("no case has the limit itself", of_checks(
        ("case([1, 2, 3, 4], 2,", "case([1, 2, 3, 4], 2.5,"),
        ('        """\\\ndef share_above(values, limit):\n    return sum(value >= limit for value '
         'in values) / len(values)\n""": "The limit itself is not above the limit.",\n',
         '        "def share_above(values, limit):\\n    return 0": "What is counted here?",\n'),
    )),
)  # fmt: skip
told(
    "mutants", CHECKS_FILE, "difference =",
    ("an equivalent mutant is not declared", of_checks(
        ('EQUIVALENT = {"difference": ["return abs(other - one)"]}\n', "")
    )),
)  # fmt: skip
told(
    "declarations", CHECKS_FILE, "EQUIVALENT",
    ("EQUIVALENT names no check", of_checks(
        ('EQUIVALENT = {"difference"', 'EQUIVALENT = {"differences": [], "difference"')
    )),
    ("EQUIVALENT is no dictionary of lists", of_checks(
        ('one)"]}', 'one)"], "heavy": "heavy = shells"}')
    )),
)  # fmt: skip
told(
    "declarations", CHECKS_FILE, "NUMBERS",
    ("NUMBERS is no list", of_checks(('NUMBERS = [shells["mass_g"].sum(), "1.5"]', "NUMBERS = 5"))),
)  # fmt: skip
told(
    "equivalent-used", CHECKS_FILE, "EQUIVALENT",
    ("EQUIVALENT has a line that no mutant needs", of_checks(
        ('["return abs(other - one)"]', '["return abs(other - one)", "return 1"]')
    )),
)  # fmt: skip

# Objectives -------------------------------------------------------------------------------------

told(
    "objectives", NOTEBOOK, "title",
    ("two objectives", of_cell("title", "- You can choose", "- You will choose")),
)  # fmt: skip
told(
    "objectives-declared", CHECKS_FILE, "",
    ("nothing says which check serves which objective", of_checks(("OBJECTIVES =", "_GOALS ="))),
)  # fmt: skip
told(
    "objectives-served", CHECKS_FILE, "OBJECTIVES",
    ("an objective has no check", of_checks(
        ('["one_row", "how_many"]', "[]"), ('"kept"]', '"kept", "one_row", "how_many"]')
    )),
    ("OBJECTIVES names no check", of_checks(('"heavy"]', '"heavy", "light"]'))),
    ("OBJECTIVES names another objective", of_checks(("choose rows", "find rows"))),
)  # fmt: skip
told(
    "objectives-served", CHECKS_FILE, "middle =",
    ("a check serves no objective", of_checks(('"total", "middle", "kept"', '"total", "kept"'))),
)  # fmt: skip

# Answers and numbers ----------------------------------------------------------------------------

told(
    "answer-on-page", NOTEBOOK, "end",
    ("a number that is asked for stands in the text", saying("end", "All weigh 83.25 g.")),
    ("a word that is asked for stands in the text", saying("end", "The Median is in between.")),
    ("the feedback of a right option stands in the text", saying(
        "end", "Yes, the scales were broken on that very day. So it goes."
    )),
    ("a line of a solution stands in the text", saying(
        "end", "```python\nreturn abs( one - other )  # as you know\n```"
    )),
)  # fmt: skip


@mistake("answer-on-page", NOTEBOOK, "not-run-shown")
def a_number_that_is_asked_for_stands_in_the_code(draft: Draft) -> None:
    draft.put_after("worked", code("not-run-shown", "# 83.25 together\nlen(shells)"))


@mistake("answer-on-page", NOTEBOOK, "not-run-shown")
def a_solution_is_a_worked_example(draft: Draft) -> None:
    draft.put_after("worked", code("not-run-shown", "heavy = shells[shells['mass_g'] > 12]"))


@mistake("answer-on-page", CHECKS_FILE, "kept =")
def a_hint_holds_the_answer_of_another_check(draft: Draft) -> None:
    draft.swap(
        'down."),\n    hints=HINTS', 'down."),\n    hints=[*HINTS[:2], "83.25 g without it."]'
    )


@mistake("answer-in-output", CHECKS_FILE, "total =")
def a_number_that_is_asked_for_is_printed(draft: Draft) -> None:
    draft.put_after("worked", code("printed", 'shells["mass_g"].sum()'))


def asking(check: str, text: str) -> Put:
    """Add a check ``more`` at the end, and then a text."""

    def put(draft: Draft) -> None:
        kind = check[: check.index("(")]
        draft.checks += f"\nfrom kit.checks import {kind}, gap\n\nmore = {check}\n"
        draft.swap('"heavy"]', '"heavy", "more"]')
        draft.cells += [code("check-more", "checks.more"), markdown("last", text)]

    return put


ORDER = (
    'order("Put them in order.", lines=["n = 0", "for shell in shells:", "    n += 1"], '
    'otherwise="What begins a loop?", hints=HINTS)'
)
BLANKS = (
    'blanks("Fill it in.", "lightest = shells.{{a}}", gaps={"a": gap("nsmallest(1)"{more})}, '
    'code=True, otherwise="What is small?", hints=HINTS)'
)
REFLECT = (
    'reflect("What do you see?", model="Most of them are from the north beach.", least=5, '
    "hints=HINTS)"
)
MANY = (
    'choice("Which?", right("a", "Yes, a belongs to the first ones."), '
    'right("b", "Yes, b belongs to the first ones."), wrong("c", "That one comes much later."), '
    "many=True, hints=HINTS)"
)
told(
    "answer-on-page", NOTEBOOK, "last",
    ("lines to be put in order stand in order", asking(
        ORDER, "```python\nn = 0\nfor shell in shells:\n    n += 1\n```"
    )),
    ("a line to be completed stands complete", asking(
        BLANKS.replace("{more}", ""), "```python\nlightest = shells.nsmallest(1)\n```"
    )),
    ("a model answer stands in the text", asking(
        REFLECT, "Well? Most of them are from the north beach."
    )),
    ("the feedback of one of many stands in the text", asking(
        MANY, "Yes, b belongs to the first ones."
    )),
)  # fmt: skip
told(
    "distractor-feedback", CHECKS_FILE, "more =",
    ("an option of a gap has no feedback", asking(
        BLANKS.replace("{more}", ', options=["nsmallest(1)", "head(1)"]'), "Well?"
    )),
)  # fmt: skip
told(
    "numbers", NOTEBOOK, "end",
    ("a number comes from nowhere", saying("end", "The longest has 35.7 mm.")),
    ("a number is rounded wrongly", saying("end", "The mean length is 32.21 mm.")),
)  # fmt: skip

# The page ---------------------------------------------------------------------------------------

told(
    "headings", NOTEBOOK, "gaps",
    ("there are two titles", of_cell("gaps", "## What", "# What")),
    ("a level is left out", of_cell("gaps", "## What is known?", "## What?\n\n#### Known")),
)  # fmt: skip
told(
    "headings", NOTEBOOK, "rows",
    ("there is no title", of_cell("title", "# Shells", "**Shells**")),
)  # fmt: skip
told(
    "alt-text", CHECKS_FILE, "kept =",
    ("a picture in a question has no words", of_checks(
        ("What does a gap say?", "What does a gap say? ![](media/beach.svg)")
    )),
)  # fmt: skip
told(
    "alt-text", NOTEBOOK, "gaps",
    ("a picture has no words", of_cell("gaps", "![A beach]", "![]")),
    ("a picture has its file's name for words", of_cell("gaps", "![A beach]", "![beach.svg]")),
    ("a picture in HTML has no words", of_cell(
        "gaps", "![A beach](media/beach.svg)", '<img src="media/beach.svg">'
    )),
)  # fmt: skip


@mistake("figure-alt", NOTEBOOK, "drawn")
def a_drawn_figure_has_no_words(draft: Draft) -> None:
    draft.cell("drawn")["metadata"] = {}


told(
    "file-missing", NOTEBOOK, "end",
    ("a picture is missing", saying("end", "![A dune](media/dune.svg)")),
    ("a file that is linked to is missing", saying("end", "See [the notes](notes.md).")),
)  # fmt: skip
told(
    "network", NOTEBOOK, "end",
    ("a picture is on the network", saying("end", "![A dune](https://example.org/dune.png)")),
    ("a picture of an address without its scheme", saying(
        "end", '<img src="//example.org/dune.png" alt="A dune">'
    )),
    ("a script is on the network", saying("end", '<script src="https://example.org/a.js"></script>')),
    ("a style loads from the network", saying(
        "end", "<style>p { background: url('https://example.org/a.png') }</style>"
    )),
)  # fmt: skip


@mistake("network", NOTEBOOK, "not-run-far")
def code_reads_an_address(draft: Draft) -> None:
    source = 'def far():\n    return pd.read_csv("https://example.org/shells.csv")'
    draft.put_after("worked", code("not-run-far", source))


@mistake("network", NOTEBOOK, "not-run-far")
def code_imports_a_module_of_the_network(draft: Draft) -> None:
    draft.put_after("worked", code("not-run-far", "import urllib.request"))


told(
    "network", CHECKS_FILE, "kept =",
    ("a hint shows a picture of the network", of_checks(
        ('down."),\n    hints=HINTS',
         'down."),\n    hints=[*HINTS, "![A dune](http://example.org/a.png)"]')
    )),
)  # fmt: skip
told(
    "network", CHECKS_FILE, "shells =",
    ("checks.py reads an address", of_checks(
        ("\n\nOBJECTIVES", '; FAR = "https://example.org/a.csv"\n\nOBJECTIVES')
    )),
)  # fmt: skip
told(
    "links", NOTEBOOK, "end",
    ("a link leads outside", saying("end", "See [there](https://example.org/).")),
    ("a bare address leads outside", saying("end", "See https://example.org/ for more.")),
)  # fmt: skip
told(
    "belittling", NOTEBOOK, "end",
    ("something is called simple", saying("end", "Simply count them.")),
    ("something is called easy", saying("end", "That is easy.")),
)  # fmt: skip
told(
    "belittling", f"{LESSON}/notes.md", "",
    ("the notes call something obvious", of_file("notes.md", "Obviously, a gap is a gap.")),
)  # fmt: skip
told(
    "belittling", CHECKS_FILE, "total =",
    ("feedback says just", of_checks(("Add up the masses.", "Just add up the masses."))),
)  # fmt: skip

told(
    "code-width", NOTEBOOK, "worked",
    ("a line of code is wide", of_cell("worked", "\n", "  # " + "wide " * 20 + "\n")),
)  # fmt: skip


@mistake("code-width", NOTEBOOK, "work-heavy")
def a_starter_is_wide(draft: Draft) -> None:
    wide = "heavy = ...  # " + "the rows of the shells " * 3
    of_cell("work-heavy", "heavy = ...", wide.strip())(draft)
    draft.swap('starter="heavy = ...', f'starter="{wide.strip()}')


# Videos -----------------------------------------------------------------------------------------

told(
    "video-captions", NOTEBOOK, "video",
    ("a video has no captions", of_cell("video", '    captions="media/walk.vtt",\n', "")),
)  # fmt: skip
told(
    "video-files", NOTEBOOK, "video",
    ("a video is missing", of_file("media/walk.webm", None)),
    ("the captions are missing", of_file("media/walk.vtt", None)),
    ("the poster is missing", of_cell("video", "media/beach.svg", "media/sea.svg")),
)  # fmt: skip
told(
    "media-playable", NOTEBOOK, "video",
    ("a video has 0 bytes", of_file("media/walk.webm", b"")),
    ("a video is cut off", of_file("media/walk.webm", tiny_webm()[:-30])),
    ("a video is a text", of_file("media/walk.webm", "Not found.\n")),
    ("a video is of another kind", of_file("media/walk.webm", TINY_MP4)),
    ("a video has no sound", of_file("media/walk.webm", tiny_webm(sound=False))),
    ("a video has no picture", of_file("media/walk.webm", tiny_webm(picture=False))),
    ("a video does not tell its length", of_file("media/walk.webm", tiny_webm(0))),
)  # fmt: skip
told(
    "captions-file", NOTEBOOK, "video",
    ("the captions are empty", of_file("media/walk.vtt", "WEBVTT\n")),
    ("the captions are in UTF-16", of_file("media/walk.vtt", CAPTIONS.encode("utf-16"))),
    ("the captions are in cp1252", of_file("media/walk.vtt", captions("Möwen.").encode("cp1252"))),
    ("the captions are SubRip", of_file("media/walk.vtt", CAPTIONS.removeprefix("WEBVTT\n\n"))),
    ("the captions have a wrong time", of_file("media/walk.vtt", captions("A.") + WRONG_TIME)),
)  # fmt: skip
told(
    "captions-pace", f"{LESSON}/media/walk.vtt", "line 3",
    ("the captions go too fast", of_file("media/walk.vtt", captions("word " * 8, end="01.500"))),
    ("the captions have long lines", of_file("media/walk.vtt", captions("word " * 20))),
    ("the captions have three lines", of_file("media/walk.vtt", captions("A\nB\nC"))),
)  # fmt: skip
told(
    "captions-pace", f"{LESSON}/media/walk.vtt", "line 6",
    ("the captions overlap", of_file("media/walk.vtt", CAPTIONS + SECOND_CAPTION)),
)  # fmt: skip
told(
    "captions-notes", f"{LESSON}/media/slides.md", "line 1",
    ("the slides say more", of_file("media/slides.md", SLIDES.replace(". ", ". Sun. "))),
)  # fmt: skip


def showing_slides(draft: Draft, *sizes: int, name: str = "media/deck.md") -> None:
    """Show slides with pictures of these sizes in bytes."""
    draft.files[name] = "\n\n---\n\n".join(
        f"# Slide {number}\n\n![A shell]({number}.png)" for number in range(len(sizes))
    )
    for number, size in enumerate(sizes):
        draft.files[f"media/{number}.png"] = b"\0" * size
    draft.put_after("set-up", code("deck", f"from kit import Slides\n\nSlides({name!r})"))


told(
    "slides-size", f"{LESSON}/media/deck.md", "",
    ("a picture of slides is large", lambda draft: showing_slides(draft, 9, 1_000_001)),
    ("a picture of slides is not shown", lambda draft: showing_slides(draft, 3_000_001)),
    ("slides are large together", lambda draft: showing_slides(draft, *[900_000] * 12)),
)  # fmt: skip


@mistake("slides-size", f"{LESSON}/deck.ipynb")
def an_output_of_slides_is_large(draft: Draft) -> None:
    output = {"output_type": "display_data", "data": {"image/png": "A" * 1_400_000}}
    cell = {**code("one", "shells"), "outputs": [output]}
    cell["metadata"] = {"slideshow": {"slide_type": "slide"}}
    draft.files["deck.ipynb"] = json.dumps({"cells": [cell], "nbformat": 4})
    draft.put_after("set-up", code("deck", 'from kit import Slides\n\nSlides("deck.ipynb")'))


@mistake("video-length", NOTEBOOK, "video")
def a_video_takes_seven_minutes(draft: Draft) -> None:
    draft.files["media/walk.webm"] = tiny_webm(7 * 60)
    of_course("minutes = 20", "minutes = 26")(draft)


@mistake("video-asked", NOTEBOOK, "video")
def no_question_follows_the_video(draft: Draft) -> None:
    video = draft.cell("video")
    draft.take_out("video")
    draft.put_after("check-one-row", video)


# Pace -------------------------------------------------------------------------------------------

told(
    "stated-minutes", COURSE, "line 5",
    ("too many minutes are stated", of_course("minutes = 20", "minutes = 26")),
    ("too few minutes are stated", of_course("minutes = 20", "minutes = 15")),
    ("no minutes are stated", of_course("minutes = 20\n", "")),
)  # fmt: skip


@mistake("lesson-length", NOTEBOOK)
def the_text_is_short(draft: Draft) -> None:
    draft.cell("end")["source"] = "## How many, then?"


@mistake("lesson-length", NOTEBOOK)
def the_text_is_long(draft: Draft) -> None:
    draft.say("end", filler(300))


@mistake("rhythm", NOTEBOOK, "check-one-row")
def the_first_question_comes_late(draft: Draft) -> None:
    draft.say("title", filler(60))


@mistake("rhythm", NOTEBOOK, "check-kept")
def nothing_is_asked_for_long(draft: Draft) -> None:
    draft.say("scales", filler(210))


@mistake("rhythm", NOTEBOOK)
def too_little_is_asked_in_the_median(draft: Draft) -> None:
    for name in ("mean", "gaps", "sorted", "scales"):
        draft.say(name, filler(30))


# Ids --------------------------------------------------------------------------------------------


def released() -> dict[str, Any]:
    """What a release of the clean lesson wrote."""
    shown = [str(cell["source"]) for cell in clean_cells()]
    return {
        "course": "shells",
        "lessons": {
            LESSON: {
                "sections": ["rows", "gaps", "choose", "end"],
                "checks": [each.removeprefix("checks.") for each in shown if each[:7] == "checks."],
                "videos": ["media/walk.webm"],
            }
        },
    }


@mistake("ids-kept", NOTEBOOK)
def a_section_has_another_id(draft: Draft) -> None:
    draft.beside["ids.json"] = json.dumps(released())
    draft.cell("gaps")["id"] = "the-gaps"


@mistake("ids-kept", NOTEBOOK)
def a_check_has_another_id(draft: Draft) -> None:
    draft.beside["ids.json"] = json.dumps(released())
    draft.checks = draft.checks.replace("how_many", "how_many_rows")
    of_cell("check-how-many", "how_many", "how_many_rows")(draft)


@mistake("ids-kept", COURSE)
def a_lesson_is_gone(draft: Draft) -> None:
    ids = released()
    ids["lessons"]["00-sea"] = {"sections": [], "checks": ["waves"], "videos": []}
    draft.beside["ids.json"] = json.dumps(ids)


@mistake("ids-kept", COURSE)
def the_course_has_another_id(draft: Draft) -> None:
    draft.beside["ids.json"] = json.dumps({**released(), "course": "seashells"})


@mistake("ids-kept", "ids.json")
def the_list_of_ids_is_damaged(draft: Draft) -> None:
    draft.beside["ids.json"] = '{"course": "shells"'
