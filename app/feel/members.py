"""What stands after a dot: entries of contexts, of each context in a list, and parts of dates, durations, ranges."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from app.feel.budget import Budget
from app.feel.values import Range, YearsMonths


def _offset(moment: time | datetime) -> timedelta | None:
    return moment.utcoffset()


def _zone(moment: time | datetime) -> str | None:
    return moment.tzinfo.key if isinstance(moment.tzinfo, ZoneInfo) else None


def _seconds(span: timedelta, size: int, within: int | None) -> Decimal:
    """How many whole units of this many seconds the duration has, below the next larger unit."""
    whole = abs(span)
    count = (whole.days * 86400 + whole.seconds) // size
    if within:
        count %= within
    return Decimal(-count if span < timedelta(0) else count)


def _years(span: YearsMonths) -> Decimal:
    years = abs(span.months) // 12
    return Decimal(-years if span.months < 0 else years)


def _months(span: YearsMonths) -> Decimal:
    months = abs(span.months) % 12
    return Decimal(-months if span.months < 0 else months)


_DAY: dict[str, Callable[[Any], Any]] = {
    "year": lambda moment: Decimal(moment.year),
    "month": lambda moment: Decimal(moment.month),
    "day": lambda moment: Decimal(moment.day),
    "weekday": lambda moment: Decimal(moment.isoweekday()),
}
_CLOCK: dict[str, Callable[[Any], Any]] = {
    "hour": lambda moment: Decimal(moment.hour),
    "minute": lambda moment: Decimal(moment.minute),
    "second": lambda moment: Decimal(moment.second),
    "time offset": _offset,
    "timezone": _zone,
}
_PARTS: dict[type, dict[str, Callable[[Any], Any]]] = {
    date: _DAY,
    time: _CLOCK,
    datetime: _DAY | _CLOCK,
    timedelta: {
        "days": lambda span: _seconds(span, 86400, None),
        "hours": lambda span: _seconds(span, 3600, 24),
        "minutes": lambda span: _seconds(span, 60, 60),
        "seconds": lambda span: _seconds(span, 1, 60),
    },
    YearsMonths: {"years": _years, "months": _months},
    Range: {
        "start": lambda interval: interval.low,
        "end": lambda interval: interval.high,
        "start included": lambda interval: interval.low_included,
        "end included": lambda interval: interval.high_included,
    },
}


def member(value: Any, key: str, budget: Budget) -> Any:
    """The member of a value, or null; of a list, the list of its items' members."""
    kind = type(value)
    if kind is dict:
        return value.get(key)
    if kind is list:
        budget.hold_items(len(value))
        return [member(item, key, budget) for item in value]
    part = _PARTS.get(kind, {}).get(key)
    if part is not None:
        return part(value)
    if value is not None:
        budget.warn(f"There is no “{key}” here.", f"Тук няма „{key}“.")
    return None
