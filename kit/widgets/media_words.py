"""The words on a player, in the learner's language."""

from __future__ import annotations

from typing import Any

from kit.words import _


def media_words() -> dict[str, Any]:
    """The words that the browser needs, by their names in ``media.js`` and ``player/``.

    Those of the controls are under ``player``, by the controls' own English.
    """
    return {**_own(), "asks": _of_questions(), "player": _of_controls()}


def _own() -> dict[str, Any]:
    return {
        "captions": _("Captions"),
        "off": _("Off"),
        "speed": _("Speed"),
        "chapter": _("Chapter"),
        "transcript": _("Transcript"),
        "search": _("Search the transcript"),
        "found": [_("{n} line found"), _("{n} lines found")],
        "found_none": _("No line has this."),
        "resume": _("You were at {time}."),
        "watched": _("{percent} % watched"),
        "done": _("Watched"),
        "seen": _("Counts as seen: you have passed the checks of this section."),
        "more": _("Keys, download, what you have watched"),
        "download": _("Download ({size} MB)"),
        "passes": _("How often you have watched each part"),
        "part": _("Part"),
        "times": _("Times"),
        "keys": _keys(),
        "keys_title": _("Keys, while the player has the focus"),
        "unsaved": _(
            "Lesson Kit does not answer. What you have watched is kept in this browser, and saved "
            "when it is back."
        ),
        "cannot_play": _("This browser cannot play the file {path}. Tell your teacher."),
        "fetching": _("Fetching {path}: {percent} %"),
        "too_big": _(
            "{path} has {size} MB, too many to be shown here, where no server gives out files. "
            "Open the lesson in JupyterLab or in the app."
        ),
    }


def _keys() -> list[list[str]]:
    return [
        ["K", _("Play or pause")],
        ["J, L", _("10 seconds back, 10 seconds on")],
        ["M", _("Sound off or on")],
        ["C", _("Captions on or off")],
        ["<, >", _("Slower, faster")],
        ["F", _("Full screen, or back")],
    ]


def _of_questions() -> dict[str, str]:
    return {
        "at": _("Question at {time}"),
        "list": _("Questions in this video"),
        "go_on": _("Go on"),
        "skip": _("Skip this question"),
        "answer": _("Answer"),
        "close": _("Close"),
        "passed": _("right"),
        "skipped": _("skipped"),
        "open": _("not answered yet"),
        "failed": _("This question cannot be shown here. Answer it in the lesson's text."),
    }


def _of_controls() -> dict[str, str]:
    return {
        "Play": _("Play"),
        "Pause": _("Pause"),
        "play": _("play"),
        "pause": _("pause"),
        "Mute": _("Mute"),
        "Unmute": _("Unmute"),
        "mute": _("mute"),
        "unmute": _("unmute"),
        "volume": _("volume"),
        "seek": _("seek"),
        "Seek backward": _("Back"),
        "Seek forward": _("Forward"),
        "seek back {seekOffset} seconds": _("{seekOffset} seconds back"),
        "seek forward {seekOffset} seconds": _("{seekOffset} seconds on"),
        "Enter fullscreen mode": _("Full screen"),
        "Exit fullscreen mode": _("Leave full screen"),
        "enter fullscreen mode": _("full screen"),
        "exit fullscreen mode": _("leave full screen"),
        "Enter picture in picture mode": _("In a window of its own"),
        "Exit picture in picture mode": _("Back into the page"),
        "enter picture in picture mode": _("in a window of its own"),
        "exit picture in picture mode": _("back into the page"),
        "playback time": _("time"),
        "video player": _("video"),
        "audio player": _("sound"),
        "chapter: {chapterName}": _("chapter: {chapterName}"),
        "hour": _("hour"),
        "hours": _("hours"),
        "minute": _("minute"),
        "minutes": _("minutes"),
        "second": _("second"),
        "seconds": _("seconds"),
        "{time} remaining": _("{time} left"),
        "{currentTime} of {totalTime}": _("{currentTime} of {totalTime}"),
        "video not loaded, unknown time.": _("not loaded yet"),
        "media loading": _("loading"),
    }
