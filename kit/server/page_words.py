"""The words around a page's content, in the learner's language."""

from __future__ import annotations

from kit.words import _


def page_words() -> dict[str, str]:
    """The words around a page's content, in the learner's language."""
    return {
        "skip": _("Skip to the content"),
        "sections": _("Sections"),
        "notebook": _("Open as notebook"),
        "dark": _("Dark colours"),
        "light": _("Light colours"),
        "starting": _("You can read already; the questions are getting ready…"),
        "opening": _("Opening your course…"),
        "search": _("Search the course"),
        "slow": _("This takes longer than usual. If it stays so, reload the page."),
        "resume": _("You were last at:"),
        "saved": _("Your answers are saved on this computer."),
        "lessons": _("Lessons"),
        "back_to": _("Back to"),
        "finished": _("You have finished this lesson: every question is answered right."),
        "home": _("Home"),
        "previous": _("Previous lesson"),
        "next": _("Next lesson"),
        "table": _("Table"),
        "code": _("Code"),
        "output": _("Output"),
        "stopped": _(
            "The lesson's code has stopped. Everything you answered is saved, and what you typed "
            "stays too."
        ),
        "bring_back": _("Start it again"),
        "no_server": _(
            "Lesson Kit does not answer. Everything you answered is saved. Start it again on this "
            "computer (make start, or kit start); this page notices when it is back."
        ),
        "server_back": _("Lesson Kit is back. Everything you answered is saved."),
    }
