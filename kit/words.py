"""The words that people read, through gettext, so that a course can be in any language.

Catalogues are looked for in ``kit/locale/<language>/LC_MESSAGES/lesson-kit.mo``; where there is
none for the language, the English words in the code are shown.
"""

from __future__ import annotations

import gettext
import os
from datetime import date, datetime
from functools import cache
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parent / "locale"


@cache
def _catalogue(language: str | None) -> gettext.NullTranslations:
    languages = [language] if language else None
    return gettext.translation("lesson-kit", LOCALE_FOLDER, languages, fallback=True)


def _(message: str) -> str:
    """The message in the language of ``KIT_LANGUAGE``, or else of the environment."""
    return _catalogue(os.environ.get("KIT_LANGUAGE")).gettext(message)


def ngettext(singular: str, plural: str, n: int, **more: object) -> str:
    """The form that fits the number ``n``, with ``{n}`` and what else it names filled in."""
    form = _catalogue(os.environ.get("KIT_LANGUAGE")).ngettext(singular, plural, n)
    return form.format(n=n, **more)


def date_time(when: datetime) -> str:
    """ "22 Nov 2026, 18:05", by this computer's clock; a time without a zone is such a one."""
    local = _local(when)
    return _("{date}, {time}").format(date=_date(local), time=f"{local:%H:%M}")


def date_words(day: date) -> str:
    """ "Sunday, 22 Nov 2026"."""
    return _("{weekday}, {date}").format(weekday=_weekday(day), date=_date(day))


def weekday(when: datetime) -> str:
    """ "Sunday", by this computer's clock."""
    return _weekday(_local(when))


def _date(day: date) -> str:
    months = (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )  # fmt: skip
    return _("{day} {month} {year}").format(day=day.day, month=months[day.month - 1], year=day.year)


def _weekday(day: date) -> str:
    days = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"),
        _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return days[day.weekday()]


def _local(when: datetime) -> datetime:
    try:
        return when.astimezone() if when.tzinfo else when
    except OverflowError:  # in the calendar's first or last year
        return when
