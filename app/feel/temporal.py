"""Dates, times, moments and durations: read from text, written as text, and moved along the calendar."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.feel.values import YearsMonths

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[\w+/-]{1,64})?"
)
_MONTHS = re.compile(r"(-?)P(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?")
_SECONDS = re.compile(
    r"(-?)P(?:([0-9]{1,9})D)?(T)?(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,12})(?:\.([0-9]{1,9}))?S)?"
)
_MICROSECOND = timedelta(microseconds=1)
Moment = date | time | datetime | timedelta | YearsMonths


def read_moment(text: str) -> Moment | None:
    """The value of `@"…"`: whatever the text is a form of, or None."""
    for read in (read_date, read_date_and_time, read_time, read_duration):
        if (found := read(text)) is not None:
            return found
    return None


def read_date(text: str) -> date | None:
    """`2026-03-01`."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """`10:30:00`, with `Z`, `+02:00` or `@Europe/Sofia` if it has a zone."""
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hour, minute, second, fraction, zone = match.groups()
    try:
        place = read_zone(zone)
        return time(int(hour), int(minute), int(second), _microseconds(fraction), tzinfo=place)
    except ValueError:
        return None


def read_date_and_time(text: str) -> datetime | None:
    """`2026-03-01T10:30:00`, or a date alone for its midnight."""
    day_text, mark, time_text = text.partition("T")
    day = read_date(day_text)
    moment = read_time(time_text) if mark else time(0)
    return None if day is None or moment is None else datetime.combine(day, moment)


def read_duration(text: str) -> timedelta | YearsMonths | None:
    """`P1Y2M` or `P3DT4H5M6S`."""
    if (match := _MONTHS.fullmatch(text)) and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearsMonths(-months if match[1] else months)
    match = _SECONDS.fullmatch(text)
    if not match or not any(match.group(2, 4, 5, 6)) or bool(match[3]) != any(match.group(4, 5, 6)):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in match.group(2, 4, 5, 6))
    try:
        found = timedelta(days, seconds, _microseconds(match[7]), 0, minutes, hours)
        return -found if match[1] else found
    except OverflowError:
        return None


def read_zone(text: str | None) -> tzinfo | None:
    """The zone after a time. Raises ValueError if there is no such zone."""
    if not text:
        return None
    if text == "Z":
        return UTC
    if text.startswith("@"):
        return named_zone(text[1:])
    parts = [int(part) for part in text[1:].split(":")]
    if parts[0] > 14 or any(part > 59 for part in parts[1:]):
        raise ValueError(text)
    offset = timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2] if len(parts) > 2 else 0)
    return timezone(-offset if text[0] == "-" else offset)


@lru_cache(maxsize=256)
def named_zone(name: str) -> tzinfo:
    """A zone such as Europe/Sofia. Raises ValueError if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError, ValueError):
        raise ValueError(name) from None


def _microseconds(fraction: str | None) -> int:
    return int((fraction or "0").ljust(6, "0")[:6])


def write(value: Moment) -> str:
    """The text that reads back as this value."""
    if isinstance(value, YearsMonths):
        return _write_months(value.months)
    if isinstance(value, timedelta):
        return _write_seconds(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    zone = value.tzinfo
    plain = value.replace(tzinfo=None).isoformat()
    if zone is None:
        return plain
    if isinstance(zone, ZoneInfo):
        return f"{plain}@{zone.key}"
    offset = value.isoformat()[len(plain) :]
    return plain + ("Z" if offset == "+00:00" else offset)


def _write_months(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    text = (f"{years}Y" if years else "") + (f"{rest}M" if rest or not years else "")
    return ("-P" if months < 0 else "P") + text


def _write_seconds(value: timedelta) -> str:
    whole = abs(value)
    hours, seconds = divmod(whole.seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    fraction = f".{whole.microseconds:06d}".rstrip("0") if whole.microseconds else ""
    clock = "".join(f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M")) if number)
    if seconds or fraction:
        clock += f"{seconds}{fraction}S"
    days = f"{whole.days}D" if whole.days else ""
    return ("-P" if value < timedelta(0) else "P") + (days + (f"T{clock}" if clock else "") or "T0S")


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day. Raises ValueError outside years 1 to 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError("year")
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def add_seconds(moment: datetime, duration: timedelta) -> datetime:
    """The moment so much later, counted in real time also across a change of the clock."""
    if isinstance(moment.tzinfo, ZoneInfo):
        return (moment.astimezone(UTC) + duration).astimezone(moment.tzinfo)
    return moment + duration


def months_between(start: date, end: date) -> int:
    """Whole months from one day to the other, negative if the end is earlier."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    late = (end.day, *_clock(end)) < (start.day, *_clock(start))
    return months - 1 if late else months


def _clock(moment: date) -> tuple[int, ...]:
    if not isinstance(moment, datetime):
        return (0,)
    return (moment.hour, moment.minute, moment.second, moment.microsecond)


def microseconds(duration: timedelta) -> Decimal:
    """The exact length of a duration."""
    return Decimal(duration // _MICROSECOND)


def from_microseconds(amount: Decimal) -> timedelta:
    """The duration of this length. Raises OverflowError if it is too long."""
    return timedelta(microseconds=int(amount))
