"""Working days of a country, the date a unit promises, and the words for how much time is left. Pure.

Public holidays, moved ones included, come from the package holidays; half-days are working days.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from app.domain.deadlines.wording import long_day, period, short_day, working_days
from app.words import LANGUAGES, Words, say

#: Recommendations are ready at least this many working days before the purchase is published.
BEFORE_PUBLICATION = 3

_DAY = timedelta(days=1)
_HOLIDAY_LANGUAGES = {"bg": "bg", "en": "en_US"}


class LineKind(enum.StrEnum):
    START = "start"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    LIMIT = "limit"
    EXPRESS = "express"
    RESULT = "result"


@dataclass(frozen=True)
class Line:
    """One line of a reckoning: the day it is about and what it says."""

    kind: LineKind
    on: date
    words: Words


@dataclass(frozen=True)
class Reckoning:
    """A promised date, whether only the mandatory rules can be looked at until then, and how it came about."""

    due: date
    express: bool
    lines: tuple[Line, ...]


def local_date(moment: datetime, time_zone: str) -> date:
    """The calendar day of a moment where the unit is."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def holiday_name(day: date, country: str) -> Words | None:
    """What public holiday it is, or None."""
    names = {language: _holidays(country, day.year, language).get(day, "") for language in LANGUAGES}
    return names if all(names.values()) else None


def is_working_day(day: date, country: str) -> bool:
    """Neither Saturday, Sunday nor a public holiday."""
    return day.weekday() < 5 and holiday_name(day, country) is None


def add_working_days(start: date, days: int, country: str) -> date:
    """The day that many working days after the start, which is not counted; before it when negative.

    With no days it is the start itself, or the first working day after it.
    """
    step = -_DAY if days < 0 else _DAY
    day = start
    if days == 0:
        while not is_working_day(day, country):
            day += _DAY
    for _ in range(abs(days)):
        day += step
        while not is_working_day(day, country):
            day += step
    return day


def working_days_between(start: date, end: date, country: str) -> int:
    """How many working days come after the start up to the end, the end included; negative when it lies before."""
    if end < start:
        return -working_days_between(end, start, country)
    return sum(is_working_day(day, country) for day in _days(start + _DAY, end))


def promised_date(complete_on: date, size_days: int, publish_on: date | None, country: str) -> Reckoning:
    """The date to promise: so many working days from a complete request, but in time before publication.

    Where the size does not fit before publication, the case is express: the mandatory rules only, by the latest
    useful day, and never before the first working day after the start.
    """
    full = add_working_days(complete_on, size_days, country)
    latest = add_working_days(publish_on, -BEFORE_PUBLICATION, country) if publish_on else full
    express = latest < full
    due = max(latest, add_working_days(complete_on, 1, country)) if express else full
    lines = [_start(complete_on, size_days), *_skipped(complete_on, due, country)]
    if publish_on:
        lines.append(_limit(publish_on, latest))
    if express:
        lines.append(_express(due, size_days))
    return Reckoning(due, express, (*lines, _result(due)))


def due_words(due: date, today: date, country: str, language: str) -> str:
    """How much time is left, in words: „след 2 раб. дни, чт 26.11“."""
    return say(_due_words(due, today, country), language)


def _due_words(due: date, today: date, country: str) -> Words:
    left = working_days_between(today, due, country)
    day = short_day(due, today)
    if due == today:
        return {"bg": "днес", "en": "today"}
    if due < today:
        late = working_days(-left) if left else None
        if late is None:
            return {"bg": f"просрочено от {day['bg']}", "en": f"overdue since {day['en']}"}
        return {"bg": f"просрочено с {late['bg']}, от {day['bg']}", "en": f"overdue by {late['en']}, since {day['en']}"}
    if due == today + _DAY:
        return {"bg": f"утре, {day['bg']}", "en": f"tomorrow, {day['en']}"}
    if left == 0:
        return {"bg": f"до {day['bg']}", "en": f"by {day['en']}"}
    count = working_days(left)
    return {"bg": f"след {count['bg']}, {day['bg']}", "en": f"in {count['en']}, {day['en']}"}


def _start(day: date, size: int) -> Line:
    count, when = working_days(size), long_day(day)
    words = {
        "bg": f"Пълна заявка: {when['bg']}; броим {count['bg']} от следващия ден.",
        "en": f"Complete request: {when['en']}; we count {count['en']} from the next day.",
    }
    return Line(LineKind.START, day, words)


def _skipped(start: date, end: date, country: str) -> Iterator[Line]:
    """Each weekend and each holiday on a weekday between the two, once, in order."""
    for day in _days(start + _DAY, end):
        name = holiday_name(day, country)
        if name is not None and day.weekday() < 5:
            when = long_day(day)
            yield Line(LineKind.HOLIDAY, day, {one: f"{when[one]}: {name[one]}." for one in LANGUAGES})
        elif day.weekday() == 5 or (day.weekday() == 6 and day == start + _DAY):
            yield _weekend(day)


def _weekend(first: date) -> Line:
    when = period(first, first + _DAY) if first.weekday() == 5 else long_day(first)
    return Line(LineKind.WEEKEND, first, {"bg": f"{when['bg']}: почивни дни.", "en": f"{when['en']}: weekend."})


def _limit(publish_on: date, latest: date) -> Line:
    published, last, count = long_day(publish_on), long_day(latest), working_days(BEFORE_PUBLICATION)
    words = {
        "bg": f"Публикуване: {published['bg']}; най-късно {count['bg']} преди това: {last['bg']}.",
        "en": f"Publication: {published['en']}; at the latest {count['en']} before: {last['en']}.",
    }
    return Line(LineKind.LIMIT, latest, words)


def _express(due: date, size: int) -> Line:
    count = working_days(size)
    words = {
        "bg": f"Няма {count['bg']} до публикуването: преглеждаме само задължителните изисквания.",
        "en": f"There are not {count['en']} before publication: we look at the mandatory rules only.",
    }
    return Line(LineKind.EXPRESS, due, words)


def _result(due: date) -> Line:
    when = long_day(due)
    return Line(LineKind.RESULT, due, {"bg": f"Обещана дата: {when['bg']}.", "en": f"Promised date: {when['en']}."})


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * _DAY


@cache
def _holidays(country: str, year: int, language: str) -> dict[date, str]:
    """The public holidays of one year; in the country's own language where the package has no other."""
    code = {"EL": "GR", "UK": "GB"}.get(country, country)
    found = holidays.country_holidays(code, years=year)
    wanted: str | None = _HOLIDAY_LANGUAGES[language]
    supported = found.supported_languages
    if wanted not in supported:
        wanted = "en_US" if "en_US" in supported else found.default_language
    return dict(holidays.country_holidays(code, years=year, language=wanted))
