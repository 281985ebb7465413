"""When a timer is due: ISO 8601 literals, and the values a FEEL expression may give instead."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.feel.values import YearsMonths

_DURATION = re.compile(
    r"P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,9})S)?)?\Z",
    re.ASCII,
)

_LITERAL = re.compile(r"[PR][0-9T/]|[0-9]", re.ASCII)


class NotATime(ValueError):
    """The value says no moment a timer could wait for."""


def is_literal(text: str) -> bool:
    """Whether a timer text is an ISO literal; anything else is FEEL."""
    return _LITERAL.match(text) is not None


def literal(text: str) -> timedelta | YearsMonths | date | datetime:
    """The duration, day or moment an ISO literal says. Raises NotATime."""
    if text.startswith("P"):
        return _duration(text)
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError as error:
        raise NotATime(text[:60]) from error


def _duration(text: str) -> timedelta | YearsMonths:
    match = _DURATION.match(text)
    parts = {name: int(value) for name, value in match.groupdict().items() if value} if match else {}
    if not parts:
        raise NotATime(text[:60])
    months = parts.pop("years", 0) * 12 + parts.pop("months", 0)
    if months and parts:
        raise NotATime(text[:60])
    return YearsMonths(months) if months else timedelta(**parts)


def due_at(value: Any, now: datetime) -> datetime:
    """The moment meant by a duration from now, a day (its start in UTC) or a moment. Raises NotATime."""
    try:
        return _due_at(value, now)
    except (OverflowError, ValueError) as error:
        raise NotATime(str(value)[:60]) from error


def _due_at(value: Any, now: datetime) -> datetime:
    if isinstance(value, timedelta) and value >= timedelta(0):
        return now + value
    if isinstance(value, YearsMonths) and value.months >= 0:
        return _months_later(now, value.months)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(), UTC)
    raise NotATime(str(value)[:60])


def _months_later(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
