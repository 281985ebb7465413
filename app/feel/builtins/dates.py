"""Built-ins that make and read dates, times and durations. None reads the clock."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from app.feel import temporal
from app.feel.budget import Budget
from app.feel.builtins.registry import Declared
from app.feel.numbers import CONTEXT, small_integer
from app.feel.values import YearsMonths

declared = Declared()
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@declared("date", "from")
def to_date(budget: Budget, source: Any) -> date | None:
    """A date from text, or the day of a moment."""
    if type(source) is str:
        return temporal.read_date(source)
    if type(source) is datetime:
        return source.date()
    return source if type(source) is date else None


@declared("date", "year: number, month: number, day: number")
def date_of(budget: Budget, year: Decimal, month: Decimal, day: Decimal) -> date | None:
    """A date from its parts."""
    return date(_whole(year), _whole(month), _whole(day))


@declared("time", "from")
def to_time(budget: Budget, source: Any) -> time | None:
    """A time of day from text, or that of a moment."""
    if type(source) is str:
        return temporal.read_time(source)
    if type(source) is datetime:
        return source.timetz()
    if type(source) is date:
        return time(0, tzinfo=temporal.read_zone("Z"))
    return source if type(source) is time else None


@declared("time", "hour: number, minute: number, second: number, offset?: span")
def time_of(
    budget: Budget, hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None
) -> time | None:
    """A time of day from its parts."""
    zone = None if offset is None else timezone(offset)
    whole = second.to_integral_value(ROUND_FLOOR)
    micro = int(CONTEXT.scaleb(CONTEXT.subtract(second, whole), Decimal(6)))
    return time(_whole(hour), _whole(minute), _whole(whole), micro, tzinfo=zone)


def _whole(number: Decimal) -> int:
    """The number as an integer. Raises ValueError if it is not whole or far too large."""
    found = small_integer(number)
    if found is None:
        raise ValueError(number)
    return found


@declared("date and time", "from")
def to_date_and_time(budget: Budget, source: Any) -> datetime | None:
    """A moment from text, or the midnight of a date."""
    if type(source) is str:
        return temporal.read_date_and_time(source)
    if type(source) is date:
        return datetime.combine(source, time(0))
    return source if type(source) is datetime else None


@declared("date and time", "date: day, time: time")
def date_and_time_of(budget: Budget, day: date, moment: time) -> datetime:
    """A moment from a day and a time of day."""
    return datetime.combine(day.date() if isinstance(day, datetime) else day, moment)


@declared("duration", "from: string")
def to_duration(budget: Budget, text: str) -> timedelta | YearsMonths | None:
    """A duration from text such as P5D or P1Y6M."""
    return temporal.read_duration(text)


@declared("years and months duration", "from: day, to: day")
def years_and_months(budget: Budget, start: date, end: date) -> YearsMonths:
    """The whole months between two days."""
    plain = [day.replace(tzinfo=None) if isinstance(day, datetime) else day for day in (start, end)]
    if type(plain[0]) is not type(plain[1]):
        plain = [datetime.combine(day, time(0)) if type(day) is date else day for day in plain]
    return YearsMonths(temporal.months_between(*plain))


@declared("day of week", "date: day")
def day_of_week(budget: Budget, day: date) -> str:
    """Monday to Sunday."""
    return _WEEKDAYS[day.weekday()]


@declared("day of year", "date: day")
def day_of_year(budget: Budget, day: date) -> Decimal:
    """1 to 366."""
    return Decimal(day.timetuple().tm_yday)


@declared("month of year", "date: day")
def month_of_year(budget: Budget, day: date) -> str:
    """January to December."""
    return _MONTHS[day.month - 1]


@declared("week of year", "date: day")
def week_of_year(budget: Budget, day: date) -> Decimal:
    """The week of ISO 8601."""
    return Decimal(day.isocalendar().week)
