"""Days and numbers of days as they stand in a sentence, in Bulgarian and English."""

from datetime import date

from app.words import Words

_WEEKDAYS = {
    "bg": ("пн", "вт", "ср", "чт", "пт", "сб", "нд"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def long_day(day: date) -> Words:
    """чт 26.11.2026 / Thu 26 Nov 2026"""
    return {
        "bg": f"{_WEEKDAYS['bg'][day.weekday()]} {day:%d.%m.%Y}",
        "en": f"{_WEEKDAYS['en'][day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}",
    }


def short_day(day: date, today: date) -> Words:
    """чт 26.11 / Thu 26 Nov; with the year when it is not this one."""
    if day.year != today.year:
        return long_day(day)
    return {
        "bg": f"{_WEEKDAYS['bg'][day.weekday()]} {day:%d.%m}",
        "en": f"{_WEEKDAYS['en'][day.weekday()]} {day.day} {_MONTHS[day.month - 1]}",
    }


def period(first: date, last: date) -> Words:
    """Two days that belong together."""
    one, other = long_day(first), long_day(last)
    return {"bg": f"{one['bg']} – {other['bg']}", "en": f"{one['en']} – {other['en']}"}


def working_days(number: int) -> Words:
    """1 раб. ден, 2 раб. дни / 1 working day, 2 working days"""
    return {
        "bg": f"{number} раб. ден" if number == 1 else f"{number} раб. дни",
        "en": f"{number} working day" if number == 1 else f"{number} working days",
    }
